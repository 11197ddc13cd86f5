package entity

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

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

// How sure the tagger must be, by the mean margin of a name's cells. On news that
// it was not trained on, four of five names of one word above likely are right
// and a half of those around fair.
const (
	fair   = 150
	likely = 330
)

// sureness is the mean margin of cells.
func (f *finder) sureness(a, b int) int {
	sum := 0
	for i := a; i < b; i++ {
		sum += int(f.tagging.margins[i])
	}
	return sum / max(b-a, 1)
}

// tagged returns the end of the name of a label that begins at a cell, the cell
// itself if none does.
func (f *finder) tagged(i int, label uint8) int {
	if f.label(i) != label {
		return i
	}
	end := i + 1
	for f.label(end) == label+1 {
		end++
	}
	return end
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
		for f.label(end) == personLabel+1 {
			end++
		}
		sure := f.sureness(start, end)
		to := f.nameEnd(start, false)
		if to <= start && end > start+1 && sure >= fair && f.namesPlace(start) {
			to = end // "Rio Haryanto"
		}
		if to <= start || to > end+2 && !f.alike(end, to) {
			if to <= start {
				continue
			}
			to = min(to, end)
		}
		if start == 0 && to > 1 && sure < likely && (f.common(0) || f.st.Word(f.cells[0].word).UPOS != story.PROPN) {
			start++ // "Status Mbappe belum jelas"
		}
		if to <= start || f.taken(start, to) || f.hasChunk(start, to) && !(to-start > 1 && sure >= fair && f.namesPlace(start)) || f.allCommon(start, to) {
			continue
		}
		switch trusted := f.trusted(start, to); {
		case to == start+1:
			f.doubt(start, to, story.Person, trusted && (sure >= likely || f.actsAlone(start)))
		case !trusted || sure < 0:
			f.doubt(start, to, story.Person, false)
		default:
			f.person(start, to, nil, "entity/tagger", 70)
		}
		i = to - 1
	}
}

// namesPlace reports whether a name starts with that of a city or region, which
// may be a person's first name too.
func (f *finder) namesPlace(i int) bool {
	k := f.chunkFrom(i)
	return k >= 0 && f.chunks[k].kind == gazChunk && f.chunks[k].b == i+1 && (f.chunks[k].name.Kind == story.Place || f.chunks[k].name.Form == lang.FormCapital)
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
	if f.cells[a].shape == capitals && f.cells[a].span.Len() < 5 && f.sureness(a, b) < likely {
		return false
	}
	return a > 0 || f.st.Word(f.cells[a].word).UPOS == story.PROPN
}

// taggedWholes makes mentions of organizations and places whose names hold
// shorter ones of the gazetteer: "Manchester City", "Pos Indonesia".
func (f *finder) taggedWholes() {
	if f.headline {
		return
	}
	for i := 0; i < len(f.cells); i++ {
		l := f.label(i)
		if l != orgLabel && l != placeLabel {
			continue
		}
		end := f.tagged(i, l)
		if end > i+1 && f.upper(i) && f.upper(end-1) && f.sureness(i, end) >= fair && !f.taken(i, end) && f.wraps(i, end) {
			kind := story.Organization
			if l == placeLabel {
				kind = story.Place
			}
			f.mention(i, end, kind, story.NameMention, "entity/tagger", 65)
		}
		i = end - 1
	}
}

// wraps reports whether cells hold one name of the gazetteer and a capital beside
// it, and nothing that another table knows.
func (f *finder) wraps(a, b int) bool {
	names, others := 0, 0
	for i := a; i < b; i++ {
		k := f.at[i] - 1
		switch {
		case k < 0 && f.is(i, cRealm):
		case k < 0 && f.upper(i):
			others++
		case k < 0 && f.cells[i].shape == lower && f.cells[i].class&(cParticle|cOf|cAnd|cAt|cDet|cPoss) == 0:
			return false // "Blinken discussed Ukraine"
		case k < 0:
		case f.chunks[k].kind != gazChunk || f.chunks[k].a < a || f.chunks[k].b > b || f.chunks[k].name.Form == lang.FormPeople || f.chunks[k].name.Form == lang.FormMetonym:
			return false
		case f.chunks[k].a == i:
			names++
		}
	}
	return names == 1 && others > 0
}

// taggedRest makes mentions of organizations and places that no table knows.
func (f *finder) taggedRest() {
	for i := 0; i < len(f.cells); i++ {
		l := f.label(i)
		if l != orgLabel && l != placeLabel {
			continue
		}
		end := f.tagged(i, l)
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
		f.doubt(a, b, kind, !f.headline && (b > a+1 || f.sureness(a, b) >= fair))
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

// entitled reports whether an office stands in apposition behind a doubtful name:
// "..., Silva, Peru's envoy, said".
func (f *finder) entitled(d *doubtful) bool {
	for k := range f.out {
		m := &f.out[k]
		if m.Code == codeOffice && m.Span.Start > d.Span.End && apposed(f.st.Text, d.Span.End, m.Span.Start, m.Span.End) {
			return true
		}
	}
	return false
}

// apposed reports whether nothing but a comma, and an article, stands between a
// name that ends at a byte offset and an office, behind which another mark closes.
func apposed(text string, end, from, to int) bool {
	const longest = 8 // ", their "
	if from-end > longest || to >= len(text) {
		return false
	}
	gap, ok := strings.CutPrefix(text[end:from], ", ")
	return ok && !strings.ContainsAny(gap, ".,;:\"\n") && strings.IndexByte(",.);", text[to]) >= 0
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
		if d.Kind == story.Person && !d.sure && count[d.name] < 3 && !f.entitled(d) || d.Kind != story.Person && (!d.sure || count[d.name] > 0) {
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
