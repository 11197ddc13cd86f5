package syntax

import (
	"kawat/learn"
	"kawat/neural"
)

// shape says how large a network is. All but Layers are multiples of 16.
type shape struct {
	In     int // what a word's rows sum up to
	Hidden int // of one layer in one direction
	Layers int
	Arc    int // what arcs are scored by
	Label  int // what relations are scored by
	Tags   int // parts of speech, rounded up
	Feats  int // bundles of features, rounded up; 0 for none
	Rels   int // relations, rounded up
}

// heads is the width of the layer that all scores are read from: as dependent
// and as head of an arc, as dependent and as head of a relation, tags, features.
func (s *shape) heads() int { return 2*s.Arc + 2*s.Label + s.Tags + s.Feats }

// in returns the width of what layer l reads.
func (s *shape) in(l int) int {
	if l == 0 {
		return s.In
	}
	return 2 * s.Hidden
}

// gates is the width of a layer's product: in each direction what goes into the
// memory, how much of it is kept, and how much is shown.
func (s *shape) gates() int { return 6 * s.Hidden }

// Bins of the distance from dependent to head.
const distances = 24

// bin returns the bin of the distance from a word to a head before (negative)
// or after it.
func bin(d int) int {
	side := 0
	if d < 0 {
		d, side = -d, distances/2
	}
	switch {
	case d <= 5:
		return side + d
	case d <= 7:
		return side + 6
	case d <= 10:
		return side + 7
	case d <= 15:
		return side + 8
	case d <= 25:
		return side + 9
	case d <= 40:
		return side + 10
	}
	return side + 11
}

// network is a network in training. Each matrix has the input along its rows.
type network struct {
	shape
	rows      *neural.Param   // of the features of words
	vectors   *neural.Vectors // of words in plain text; they stay as they are
	project   *neural.Param   // in × in, from those vectors
	layers    []*neural.Param // in × gates
	layerBias []*neural.Param
	heads     *neural.Param // 2·hidden × heads
	headBias  *neural.Param
	arc       *neural.Param // arc × arc
	arcBias   *neural.Param
	rootArc   *neural.Param
	rootLabel *neural.Param
	distance  *neural.Param
	rel       *neural.Param // label × rels
	relBias   *neural.Param
}

func newNetwork(s shape, rows int, v *neural.Vectors, rnd *learn.Rand) *network {
	n := &network{shape: s, rows: neural.NewParam(rows, s.In), vectors: v, project: neural.NewParam(s.In, s.In)}
	neural.Fill(n.project.W, 1/sqrt(float32(s.In)), rnd)
	neural.Fill(n.rows.W, 0.2, rnd)
	for l := range s.Layers {
		p := neural.NewParam(s.in(l), s.gates())
		neural.Fill(p.W, sqrt(1.5/float32(s.in(l))), rnd)
		n.layers = append(n.layers, p)
		b := neural.NewParam(1, s.gates())
		n.layerBias = append(n.layerBias, b)
	}
	n.heads, n.headBias = neural.NewParam(2*s.Hidden, s.heads()), neural.NewParam(1, s.heads())
	neural.Fill(n.heads.W, sqrt(1.5/float32(2*s.Hidden)), rnd)
	n.arc, n.arcBias = neural.NewParam(s.Arc, s.Arc), neural.NewParam(1, s.Arc)
	neural.Fill(n.arc.W, 1/float32(s.Arc), rnd)
	n.rootArc, n.rootLabel = neural.NewParam(1, s.Arc), neural.NewParam(1, s.Label)
	neural.Fill(n.rootArc.W, 0.1, rnd)
	neural.Fill(n.rootLabel.W, 0.1, rnd)
	n.distance = neural.NewParam(1, distances)
	n.rel, n.relBias = neural.NewParam(s.Label, s.Rels), neural.NewParam(1, s.Rels)
	neural.Fill(n.rel.W, sqrt(2/float32(s.Label)), rnd)
	return n
}

// dense returns all that is learned but the rows of words, in a fixed order.
func (n *network) dense() []*neural.Param {
	var out []*neural.Param
	out = append(out, n.layers...)
	out = append(out, n.layerBias...)
	return append(out, n.project, n.heads, n.headBias, n.arc, n.arcBias, n.rootArc, n.rootLabel, n.distance, n.rel, n.relBias)
}
