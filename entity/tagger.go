package entity

import (
	"errors"
	"fmt"
	"io/fs"

	"kawat/lang"
	"kawat/learn"
	"kawat/story"
	"kawat/world"
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
}

func tagSpec() learn.TaggerSpec {
	return learn.TaggerSpec{Labels: tagLabels, Joint: 1, Viterbi: true, BIO: true}
}

func loadTagger(pack *lang.Pack) (*learn.Tagger, error) {
	data, err := pack.File(modelFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	t, err := learn.LoadTagger(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", modelFile, err)
	}
	if len(t.Labels()) != len(tagLabels) {
		return nil, fmt.Errorf("%s: %d labels, want %d", modelFile, len(t.Labels()), len(tagLabels))
	}
	return t, nil
}

// tag labels the cells of the sentence.
func (f *finder) tag() {
	f.tagging.labels = f.tagging.labels[:0]
	if f.tagger == nil {
		return
	}
	for a, b := f.segment(0); a < b; a, b = f.segment(b) {
		for len(f.tagging.labels) < a {
			f.tagging.labels = append(f.tagging.labels, 0)
		}
		f.features(&f.tagging.feats, a, b)
		f.tagging.labels = f.tagger.Tag(&f.tagging.scratch, &f.tagging.feats, f.tagging.labels)
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

// labelOther reports whether the tagger sees something other than a person.
func (f *finder) labelOther(i int) bool { return f.label(i) >= orgLabel }

// features describes the cells [a, b): its word, its affixes, how it is written, what
// the tables know of it, and the same of its neighbours.
func (f *finder) features(fs *learn.Features, a, b int) {
	fs.Reset()
	const out = 0x7fff
	word := func(i int) uint64 {
		if i < 0 || i >= len(f.cells) {
			return out
		}
		if f.cells[i].shape == number {
			return 0x6e00 + uint64(min(f.cells[i].span.Len(), 5))
		}
		return learn.HashLower(f.form(i))
	}
	form := func(i int) uint64 {
		if i < 0 || i >= len(f.cells) {
			return out
		}
		return uint64(f.cells[i].shape)
	}
	for i := a; i < b; i++ {
		fs.Begin()
		w, sh := word(i), f.look(i)
		text := f.form(i)
		fs.Add(learn.Mix(1, w))
		fs.Add(learn.Mix(2, sh))
		fs.Add(learn.Mix(3, word(i-1)))
		fs.Add(learn.Mix(4, word(i+1)))
		fs.Add(learn.Mix3(5, w, word(i-1)))
		fs.Add(learn.Mix3(6, w, word(i+1)))
		fs.Add(learn.Mix(7, word(i-2)))
		fs.Add(learn.Mix(8, word(i+2)))
		fs.Add(learn.Mix4(9, form(i-1), form(i), form(i+1)))
		fs.Add(learn.Mix4(10, form(i-2)<<8|form(i-1), form(i), form(i+1)<<8|form(i+2)))
		fs.Add(learn.Mix3(11, form(i), learn.HashLower(tail(text, 3))))
		fs.Add(learn.Mix3(12, form(i), learn.HashLower(tail(text, 2))))
		fs.Add(learn.Mix3(13, form(i), learn.HashLower(text[:min(3, len(text))])))
		fs.Add(learn.Mix(14, f.tableMark(i)))
		fs.Add(learn.Mix3(15, f.tableMark(i-1), form(i)))
		fs.Add(learn.Mix3(16, form(i), f.tableMark(i+1)))
		fs.Add(learn.Mix3(17, f.tableMark(i), f.tableMark(i-1)))
		fs.Add(learn.Mix3(18, word(i-1), form(i)))
		fs.Add(learn.Mix3(19, form(i), word(i+1)))
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

// taggedPersons makes mentions of the names that only the tagger sees. It is
// believed where the words look like a name and no table claims them.
func (f *finder) taggedPersons() {
	for i := 0; i < len(f.cells); i++ {
		start := i
		if f.owner[i] == 0 {
			start = f.skipCourtesy(i)
		}
		if f.label(start) != personLabel && (start == i || f.label(start) != personLabel+1) || f.owner[start] != 0 {
			i = max(i, start-1)
			continue
		}
		end := start + 1
		for end < len(f.cells) && f.label(end) == personLabel+1 {
			end++
		}
		to := f.nameEnd(start, false)
		if to <= start || to > end+2 && !f.alike(end, to) {
			if to <= start {
				continue
			}
			to = min(to, end)
		}
		if start == 0 && to > 1 && (f.common(0) || f.st.Word(f.cells[0].word).UPOS != story.PROPN) {
			start++ // "Status Mbappe belum jelas"
		}
		if to <= start || f.taken(start, to) || f.hasChunk(start, to) || f.allCommon(start, to) {
			continue
		}
		if !f.trusted(start, to) || to == start+1 {
			f.doubt(start, to, story.Person, f.trusted(start, to) && f.actsAlone(start))
		} else {
			f.person(start, to, nil, "entity/tagger", 70)
		}
		i = to - 1
	}
}

// alike reports whether the tagger sees no other name in the cells.
func (f *finder) alike(a, b int) bool {
	for i := a; i < b; i++ {
		if f.label(i) != 0 {
			return false
		}
	}
	return true
}

func (f *finder) hasChunk(a, b int) bool {
	for i := a; i < b; i++ {
		k := f.at[i] - 1
		if k < 0 {
			continue
		}
		c := &f.chunks[k]
		if c.kind == bodyChunk && c.row >= 0 || c.kind == gazChunk && (b-a == 1 || i == a && c.name.Guard != lang.GuardPerson) {
			return true
		}
	}
	return false
}

// trusted reports whether a name that only the tagger found may be believed: one
// word that opens a sentence is as likely any other word, and in a headline
// every word looks like a name.
func (f *finder) trusted(a, b int) bool {
	if f.headline {
		return false
	}
	if b-a > 1 {
		return true
	}
	if f.cells[a].shape == capitals && f.cells[a].span.Len() < 5 {
		return false
	}
	return a > 0 || f.st.Word(f.cells[a].word).UPOS == story.PROPN
}

// taggedRest makes mentions of organizations and places that no table knows.
func (f *finder) taggedRest() {
	for i := 0; i < len(f.cells); i++ {
		l := f.label(i)
		if l != orgLabel && l != placeLabel {
			continue
		}
		end := i + 1
		for end < len(f.cells) && f.label(end) == l+1 {
			end++
		}
		a, b := i, end
		for a < b && !f.upper(a) {
			a++
		}
		for b > a && !f.upper(b-1) {
			b--
		}
		if b <= a || f.taken(a, b) || b == a+1 && a == 0 && f.st.Word(f.cells[a].word).UPOS != story.PROPN {
			continue
		}
		kind := story.Organization
		if l == placeLabel {
			kind = story.Place
		}
		f.doubt(a, b, kind, !f.headline)
		i = end - 1
	}
}

// doubtful is a name that only the tagger saw, kept until the whole story is
// read: what turns out to be a person's surname is no organization.
type doubtful struct {
	found
	name string
	sure bool
	open bool // it opens its sentence
}

// doubt keeps a name for settle.
func (f *finder) doubt(a, b int, kind story.EntityKind, sure bool) {
	sp := f.span(a, b)
	d := doubtful{name: world.Fold(f.st.Slice(sp)), sure: sure, open: f.opens(a)}
	d.first, d.end = f.cells[a].word, f.cells[b-1].word+1
	d.Mention = story.Mention{
		Span: sp, Kind: kind, Type: story.NameMention,
		Evidence: story.Evidence{Spans: []story.Span{sp}, By: "entity/tagger", Score: 60},
	}
	d.Head = headOf(f.st, d.first, d.end)
	f.later = append(f.later, d)
}

// actsAlone reports whether a word alone is subject of a verb, as somebody is.
func (f *finder) actsAlone(i int) bool {
	w := f.st.Word(f.cells[i].word)
	return !f.opens(i) && w.UPOS == story.PROPN && w.Rel() == "nsubj" && w.Head != 0 && f.st.Word(w.Head).UPOS == story.VERB
}

// opens reports whether a cell is the first word of a sentence or of what is
// quoted in it, where a capital says nothing.
func (f *finder) opens(i int) bool {
	if i == 0 {
		return true
	}
	if f.cells[i-1].shape != mark {
		return false
	}
	switch f.form(i - 1) {
	case ",", "(", "-", ";", "/":
		return false
	}
	return true
}

// settle makes mentions of the doubtful names that nothing contradicts. A
// person of one word must act or come twice.
func (f *finder) settle() {
	if len(f.later) == 0 {
		return
	}
	covered := make([]bool, len(f.st.Words)+2)
	for i := range f.out {
		for w := f.out[i].first; w < f.out[i].end; w++ {
			covered[w] = true
		}
	}
	count := map[string]int{}
	for i := range f.later {
		if f.later[i].Kind == story.Person {
			if !f.later[i].open {
				count[f.later[i].name] += 2
			} else {
				count[f.later[i].name] = max(count[f.later[i].name], 1)
			}
		}
	}
	for i := range f.later {
		d := &f.later[i]
		if d.Kind == story.Person && !d.sure && count[d.name] < 3 || d.Kind != story.Person && (!d.sure || count[d.name] > 0) {
			continue
		}
		free := true
		for w := d.first; w < d.end; w++ {
			free = free && !covered[w]
		}
		if free {
			f.out = append(f.out, d.found)
		}
	}
}
