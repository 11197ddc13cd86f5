package tagger

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"kawat/learn"
	"kawat/neural"
)

// Shape says how large a network is; widths are multiples of 16.
type Shape struct {
	In     int // what the rows of a word's features sum up to
	Hidden int // of one layer in one direction
	Layers int
}

// outWidth is the width of the layer that labels are read from.
const outWidth = 16

// Example is a sentence to learn from.
type Example struct {
	Words []Word
	Gold  []uint8 // numbers of labels; nil where only the tags are known
	Tags  []uint8 // a further label of each word that helps the network to know it, from 1; nil or 0 where unknown
	Style int     // whose conventions the labels follow
}

// Word is what the network sees of a word.
type Word struct {
	Form  uint64   // hash of the form, by which its vector is found
	Feats []uint64 // further features
}

// Seeds of the features that are made here.
const (
	seedForm  = 0x501
	seedStyle = 0x502
)

var unknownForm = learn.Mix(seedForm, 0)

func formFeature(form uint64) uint64 { return learn.Mix(seedForm, form) }

func styleFeature(style int) uint64 { return learn.Mix(seedStyle, uint64(style)) }

// network is a network in training.
type network struct {
	Shape
	labels  []string
	allowed []bool // [before*n+next]; before n is the start
	rows    *neural.Param
	vectors *neural.Vectors
	project *neural.Param // in × in, from the vectors
	stack   *neural.Stack
	out     *neural.Param // 2·hidden × outWidth
	outBias *neural.Param
	moves   *neural.Param // scores of a label after another, as allowed
	tags    *neural.Param // 2·hidden × tags
	tagBias *neural.Param
}

func newNetwork(s Shape, labels []string, rows, tags int, v *neural.Vectors, rnd *learn.Rand) *network {
	n := &network{Shape: s, labels: labels, allowed: allowedMoves(labels), vectors: v}
	n.rows = neural.NewParam(rows, s.In)
	neural.Fill(n.rows.W, 0.2, rnd)
	n.project = neural.NewParam(s.In, s.In)
	neural.Fill(n.project.W, 1/root(s.In), rnd)
	n.stack = neural.NewStack(s.In, s.Hidden, s.Layers, rnd)
	n.out, n.outBias = neural.NewParam(2*s.Hidden, outWidth), neural.NewParam(1, outWidth)
	neural.Fill(n.out.W, 1/root(2*s.Hidden), rnd)
	n.moves = neural.NewParam(1, len(n.allowed))
	t := neural.Round(tags + 1)
	n.tags, n.tagBias = neural.NewParam(2*s.Hidden, t), neural.NewParam(1, t)
	neural.Fill(n.tags.W, 1/root(2*s.Hidden), rnd)
	return n
}

func root(n int) float32 { return float32(math.Sqrt(float64(n))) }

// dense returns all that is learned but the rows of features.
func (n *network) dense() []*neural.Param {
	return append(n.stack.Params(), n.project, n.out, n.outBias, n.moves, n.tags, n.tagBias)
}

// allowedMoves says which label may stand after which under BIO: "I-x" after
// "B-x" and "I-x" alone.
func allowedMoves(labels []string) []bool {
	n := len(labels)
	out := make([]bool, (n+1)*n)
	for before := 0; before <= n; before++ {
		for next, l := range labels {
			kind, inside := strings.CutPrefix(l, "I-")
			out[before*n+next] = !inside || before < n && (labels[before] == "B-"+kind || labels[before] == l)
		}
	}
	return out
}

func checkLabels(labels []string) error {
	if len(labels) < 1 || len(labels) > outWidth {
		return fmt.Errorf("tagger: %d labels, want 1 to %d", len(labels), outWidth)
	}
	if i := slices.Index(labels, ""); i >= 0 {
		return fmt.Errorf("tagger: label %d has no name", i)
	}
	return nil
}
