package entity

import (
	"errors"
	"fmt"
	"io/fs"

	"kawat/lang"
	"kawat/learn"
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
	feats   learn.Features
	scratch learn.TagScratch
	labels  []uint8
	margins []int32 // how sure each label is
	traits  []trait
}

func tagSpec() learn.TaggerSpec {
	return learn.TaggerSpec{Labels: tagLabels, Joint: 1, Viterbi: true, BIO: true}
}

func loadTagger(pack *lang.Pack) (*learn.Tagger, words, error) {
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
func readTagger(data []byte) (*learn.Tagger, words, error) {
	known, data, err := cutWords(data)
	if err != nil {
		return nil, words{}, fmt.Errorf("%s: %w", modelFile, err)
	}
	t, err := learn.LoadTagger(data)
	if err != nil {
		return nil, words{}, fmt.Errorf("%s: %w", modelFile, err)
	}
	if len(t.Labels()) != len(tagLabels) {
		return nil, words{}, fmt.Errorf("%s: %d labels, want %d", modelFile, len(t.Labels()), len(tagLabels))
	}
	return t, known, nil
}

// tag labels the cells of the sentence.
func (f *finder) tag() {
	f.tagging.labels, f.tagging.margins = f.tagging.labels[:0], f.tagging.margins[:0]
	if f.tagger == nil {
		return
	}
	f.see()
	for a, b := f.segment(0); a < b; a, b = f.segment(b) {
		for len(f.tagging.labels) < a {
			f.tagging.labels, f.tagging.margins = append(f.tagging.labels, 0), append(f.tagging.margins, 0)
		}
		f.features(&f.tagging.feats, a, b)
		f.tagging.labels = f.tagger.Tag(&f.tagging.scratch, &f.tagging.feats, f.tagging.labels)
		f.tagging.margins = append(f.tagging.margins, f.tagging.scratch.Margins()...)
	}
}

// segment returns the next run of cells, from i on, that may hold names: the
// capitals, and what stands between and beside them. The tagger reads no others,
// which spares half of its work.
func (f *finder) segment(i int) (a, b int) {
	const gap = 3 // small words inside a name: "Bank of the South"
	for i < len(f.cells) && !f.isCapital(i) {
		i++
	}
	if i == len(f.cells) {
		return i, i
	}
	last := i
	for j := i + 1; j < len(f.cells) && j <= last+gap; j++ {
		if f.isCapital(j) {
			last = j
		}
	}
	return i, min(last+2, len(f.cells))
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

// labelOther reports whether the tagger sees something other than a person.
func (f *finder) labelOther(i int) bool { return f.label(i) >= orgLabel }

// trait is what the tagger sees of a cell.
type trait struct {
	word  uint64 // hash of the lower-case word
	form  uint64 // how it is written
	table uint64 // what the tables know of it
	WordInfo
}

// beyond is the trait of what lies outside the sentence.
var beyond = trait{word: 0x7fff, form: 0x7fff, table: 0x7f, WordInfo: WordInfo{Flags: 0x80}}

// see fills in the traits of the cells.
func (f *finder) see() {
	t := f.tagging.traits[:0]
	for i := range f.cells {
		c := trait{form: uint64(f.cells[i].shape), table: f.tableMark(i)}
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

func (f *finder) trait(i int) *trait {
	if i < 0 || i >= len(f.tagging.traits) {
		return &beyond
	}
	return &f.tagging.traits[i]
}

// features describes the cells [a, b): word, affixes, how it is written, what
// the tables and the table of words know of it, and the same of its neighbours.
func (f *finder) features(fs *learn.Features, a, b int) {
	fs.Reset()
	for i := a; i < b; i++ {
		fs.Begin()
		c, p, n, pp, nn := f.trait(i), f.trait(i-1), f.trait(i+1), f.trait(i-2), f.trait(i+2)
		w, sh, form := c.word, f.look(i), c.form
		text := f.form(i)
		fs.Add(learn.Mix(1, w))
		fs.Add(learn.Mix(2, sh))
		fs.Add(learn.Mix(3, p.word))
		fs.Add(learn.Mix(4, n.word))
		fs.Add(learn.Mix3(5, w, p.word))
		fs.Add(learn.Mix3(6, w, n.word))
		fs.Add(learn.Mix(7, pp.word))
		fs.Add(learn.Mix(8, nn.word))
		fs.Add(learn.Mix4(9, p.form, form, n.form))
		fs.Add(learn.Mix4(10, pp.form<<8|p.form, form, n.form<<8|nn.form))
		fs.Add(learn.Mix3(11, form, learn.HashLower(tail(text, 3))))
		fs.Add(learn.Mix3(12, form, learn.HashLower(tail(text, 2))))
		fs.Add(learn.Mix3(13, form, learn.HashLower(text[:min(3, len(text))])))
		fs.Add(learn.Mix(14, c.table))
		fs.Add(learn.Mix3(15, p.table, form))
		fs.Add(learn.Mix3(16, form, n.table))
		fs.Add(learn.Mix3(17, c.table, p.table))
		fs.Add(learn.Mix3(18, p.word, form))
		fs.Add(learn.Mix3(19, form, n.word))
		fs.Add(learn.Mix3(20, form, uint64(c.Fine)))
		fs.Add(learn.Mix3(21, form, uint64(c.Coarse)))
		fs.Add(learn.Mix3(22, form, uint64(p.Fine)))
		fs.Add(learn.Mix3(23, form, uint64(n.Fine)))
		fs.Add(learn.Mix3(24, form, uint64(p.Coarse)<<8|uint64(n.Coarse)))
		fs.Add(learn.Mix3(25, form, uint64(pp.Coarse)<<8|uint64(p.Coarse)))
		fs.Add(learn.Mix3(26, form, uint64(n.Coarse)<<8|uint64(nn.Coarse)))
		fs.Add(learn.Mix3(27, form, uint64(c.Flags)))
		fs.Add(learn.Mix4(28, form, uint64(p.Flags)<<8|uint64(c.Flags), p.form))
		fs.Add(learn.Mix4(29, form, uint64(c.Flags)<<8|uint64(n.Flags), n.form))
		fs.Add(learn.Mix4(30, form, uint64(c.Flags), uint64(p.Coarse)))
	}
}

func tail(s string, n int) string { return s[max(0, len(s)-n):] }

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

// known_ is what the tables say of a cell.
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
