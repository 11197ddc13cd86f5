package entity

import (
	"errors"
	"fmt"
	"io/fs"
	"unicode/utf8"

	"kawat/lang"
	"kawat/learn"
	"kawat/tagger"
)

// modelFile is the pack's trained model of names; a pack need not have one.
const modelFile = "names.model"

// The labels of the tagger, in the order of their numbers.
var tagLabels = []string{"O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"}

const (
	personLabel = 1
	orgLabel    = 3
	placeLabel  = 5
)

// tagging is the tagger's memory and what it said of the sentence.
type tagging struct {
	scratch *tagger.Scratch
	labels  []uint8
	margins []int32 // how sure each label is
	traits  []trait
	feats   []uint64
}

func loadTagger(pack *lang.Pack) (*tagger.Model, words, error) {
	data, err := pack.File(modelFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, words{}, nil
	}
	if err != nil {
		return nil, words{}, err
	}
	return readTagger(data)
}

// readTagger reads a file that [Train] made.
func readTagger(data []byte) (*tagger.Model, words, error) {
	known, data, err := cutWords(data)
	if err != nil {
		return nil, words{}, fmt.Errorf("%s: %w", modelFile, err)
	}
	t, err := tagger.Load(data)
	if err != nil {
		return nil, words{}, fmt.Errorf("%s: %w", modelFile, err)
	}
	if len(t.Labels()) != len(tagLabels) {
		return nil, words{}, fmt.Errorf("%s: %d labels, want %d", modelFile, len(t.Labels()), len(tagLabels))
	}
	return t, known, nil
}

// longestTagged is how many cells the tagger reads at once.
const longestTagged = 250

// tag labels the cells of the sentence, if it has a capital.
func (f *finder) tag() {
	t := &f.tagging
	t.labels, t.margins = t.labels[:0], t.margins[:0]
	if f.tagger == nil || !f.hasCapital() {
		return
	}
	f.see()
	for a := 0; a < len(f.cells); a += longestTagged {
		b := min(a+longestTagged, len(f.cells))
		t.scratch.Begin()
		for i := a; i < b; i++ {
			f.describe(i)
		}
		labels, margins := f.tagger.Tag(t.scratch, newsStyle)
		t.labels, t.margins = append(t.labels, labels...), append(t.margins, margins...)
	}
}

// newsStyle is the style of labels that is asked for when stories are read.
const newsStyle = 0

// describe adds a cell to what the tagger reads.
func (f *finder) describe(i int) {
	t := &f.tagging
	form := f.form(i)
	key := max(learn.Hash(form), 1)
	if !t.scratch.Word(f.tagger, key, t.traits[i].word) {
		t.feats = f.wordFeatures(t.feats[:0], i)
		for _, x := range t.feats {
			t.scratch.Add(f.tagger, x)
		}
		t.scratch.Keep(f.tagger, key)
	}
	for _, x := range f.placeFeatures(i) {
		t.scratch.Add(f.tagger, x)
	}
}

func (f *finder) hasCapital() bool {
	for i := range f.cells {
		if f.isCapital(i) {
			return true
		}
	}
	return false
}

func (f *finder) isCapital(i int) bool {
	s := f.cells[i].shape
	return s == capital || s == capitals || s == initial
}

// label returns what the tagger says of a cell, 0 where it says nothing.
func (f *finder) label(i int) uint8 {
	if i < 0 || i >= len(f.tagging.labels) {
		return 0
	}
	return f.tagging.labels[i]
}

func (f *finder) begins(i int, label uint8) bool { return f.label(i) == label }

// inPerson reports whether the tagger sees a person's name at a cell, be it that
// it takes the title before it for part of the name.
func (f *finder) inPerson(i int) bool { l := f.label(i); return l == personLabel || l == personLabel+1 }

// labelOther reports whether the tagger is fairly sure to see something other
// than a person.
func (f *finder) labelOther(i int) bool { return f.label(i) >= orgLabel && f.margin(i) >= fair }

// trait is what the tagger sees of a cell.
type trait struct {
	word  uint64 // hash of the lower-case word
	table uint64 // what the tables know of it
	WordInfo
}

// see fills in the traits of the cells.
func (f *finder) see() {
	t := f.tagging.traits[:0]
	for i := range f.cells {
		c := trait{table: f.tableMark(i)}
		if f.cells[i].shape == number {
			c.word = 0x6e00 + uint64(min(f.cells[i].span.Len(), 5))
		} else {
			c.word = learn.HashLower(f.form(i))
			c.WordInfo = f.words.find(c.word)
		}
		t = append(t, c)
	}
	f.tagging.traits = t
}

// Seeds of the features.
const (
	seedPrefix = 0x601
	seedSuffix = seedPrefix + affixes
	seedShape  = seedSuffix + affixes + iota - 2
	seedFlags
	seedCoarse
	seedFine
	seedTable
	seedLook
)

// affixes is how many letters the longest affix has.
const affixes = 4

// wordFeatures appends what the form of a cell says wherever it stands.
func (f *finder) wordFeatures(out []uint64, i int) []uint64 {
	form, c := f.form(i), &f.tagging.traits[i]
	at := 0
	for n := range uint64(affixes) {
		_, size := utf8.DecodeRuneInString(form[at:])
		if at += size; size == 0 {
			break
		}
		out = append(out, learn.Mix(seedPrefix+n, learn.HashLower(form[:at])))
	}
	at = len(form)
	for n := range uint64(affixes) {
		_, size := utf8.DecodeLastRuneInString(form[:at])
		if at -= size; size == 0 {
			break
		}
		out = append(out, learn.Mix(seedSuffix+n, learn.HashLower(form[at:])))
	}
	return append(out, learn.Mix(seedShape, learn.HashShape(form)), learn.Mix(seedFlags, uint64(c.Flags)),
		learn.Mix(seedCoarse, uint64(c.Coarse)), learn.Mix(seedFine, uint64(c.Fine)))
}

// placeFeatures returns what a cell's place in the sentence and the tables say.
func (f *finder) placeFeatures(i int) [2]uint64 {
	return [2]uint64{learn.Mix(seedTable, f.tagging.traits[i].table), learn.Mix(seedLook, f.look(i))}
}

// look is the shape of a cell with whether it opens the sentence.
func (f *finder) look(i int) uint64 {
	n := uint64(f.cells[i].shape) << 2
	if i == 0 || i == 1 && f.cells[0].shape == mark {
		n |= 1
	}
	if f.cells[i].hyphen {
		n |= 2
	}
	return n | uint64(f.cells[i].class&(cParticle|cStop|cAt|cOf|cAnd|cPoss))<<8
}

// tableMark is what the tables say of a cell.
func (f *finder) tableMark(i int) uint64 {
	if i < 0 || i >= len(f.cells) {
		return 0x7f
	}
	k := f.at[i] - 1
	if k < 0 {
		if row, _ := f.courtesy.match(f.cells, i, len(f.cells)); row >= 0 {
			return 2
		}
		return 1
	}
	c := &f.chunks[k]
	edge := uint64(0)
	if c.a == i {
		edge = 1
	}
	switch c.kind {
	case gazChunk:
		return 0x100 | uint64(c.name.Kind)<<4 | uint64(c.name.Form)<<1 | edge
	case bodyChunk:
		if c.row < 0 {
			return 1
		}
		return 0x200 | uint64(f.bodies[c.row].kind)<<1 | edge
	}
	if f.offices[c.row].opts&oWeak != 0 {
		return 0x400 | edge
	}
	return 0x410 | edge
}
