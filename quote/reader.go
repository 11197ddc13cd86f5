package quote

import (
	"unicode"
	"unicode/utf8"

	"kawat/story"
)

// reader holds what one call of Find works with.
type reader struct {
	s  *Stage
	st *story.Story

	runs []run
	seen []sight

	info   []wordInfo // by word id - 1
	lo, hi []story.WordID
	hits   []hit
	found  []finding
	owned  story.WordID // whose report or statement was cited last, 0 if none
}

// wordInfo is what the lexicon says about a word.
type wordInfo struct {
	class class
	hit   int32 // index of the hit + 1, 0 if the word is no cue
	time  bool  // stands in an expression of time
	run   int32 // index of the run that holds the word + 1, 0 if none
}

// hit is a word that may be a cue.
type hit struct {
	word   story.WordID
	end    story.WordID // first word after the cue: "according to" has two
	cue    *cue
	clitic bool       // the source is written onto the cue and is no word of its own
	stem   story.Span // of the cue without the clitic
	used   bool
}

// finding is a quotation before it becomes a row.
type finding struct {
	q    story.Quotation
	cue  *cue
	core story.Span // the words of cue and source
	part int
	drop bool
}

func newReader(s *Stage, st *story.Story) *reader {
	n := len(st.Words)
	ids := make([]story.WordID, 2*n)
	return &reader{s: s, st: st, info: make([]wordInfo, n), lo: ids[:n:n], hi: ids[n:]}
}

func (r *reader) word(w story.WordID) *story.Word { return &r.st.Words[w-1] }

// class returns the lexicon's classes of a word; none outside the story.
func (r *reader) class(w story.WordID) class {
	if w < 1 || int(w) > len(r.info) {
		return 0
	}
	return r.info[w-1].class
}

func (r *reader) punct(w story.WordID) bool { return r.word(w).UPOS == story.PUNCT }

// is reports whether a word begins with that byte; false outside the story.
func (r *reader) is(w story.WordID, c byte) bool {
	if w < 1 || int(w) > len(r.info) {
		return false
	}
	f := r.word(w).Form
	return len(f) > 0 && f[0] == c
}

// verbal reports whether a word may be a predicate by its part of speech.
func (r *reader) verbal(w story.WordID) bool {
	u := r.word(w).UPOS
	return u == story.VERB || u == story.AUX
}

// hitAt returns the hit of a word, nil if it is no cue.
func (r *reader) hitAt(w story.WordID) *hit {
	if w < 1 || int(w) > len(r.info) || r.info[w-1].hit == 0 {
		return nil
	}
	return &r.hits[r.info[w-1].hit-1]
}

// runAt returns the index of the run that holds a word, -1 if none does.
func (r *reader) runAt(w story.WordID) int { return int(r.info[w-1].run) - 1 }

// low lower-cases a word into a buffer on the stack of the caller.
func low(buf []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return lowRunes(buf, s[i:])
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf = append(buf, c)
	}
	return buf
}

func lowRunes(buf []byte, s string) []byte {
	for _, c := range s {
		if c == '’' {
			c = '\''
		}
		buf = utf8.AppendRune(buf, unicode.ToLower(c))
	}
	return buf
}

// maxForm bounds the words that are looked up.
const maxForm = 40

// findHits looks every word of the paragraphs up, and notes cues, classes, runs
// and the reach of every subtree.
func (r *reader) findHits() {
	for i := range r.runs {
		for w := r.runs[i].first; w < r.runs[i].end; w++ {
			r.info[w-1].run = int32(i + 1)
		}
	}
	for i := range r.st.Times {
		first, end := r.st.WordsIn(r.st.Times[i].Span)
		for w := first; w < end; w++ {
			// "May told reporters": a person is no month
			if id := r.word(w).Mention; id == 0 || r.st.Mention(id).Kind != story.Person {
				r.info[w-1].time = true
			}
		}
	}
	for s := range r.st.Sents {
		sent := &r.st.Sents[s]
		if r.st.Parts[sent.Part].Kind != story.PartParagraph {
			continue
		}
		for w := sent.FirstWord; w < sent.EndWord; w++ {
			r.lookUp(w, sent)
		}
		r.reach(sent)
	}
}

func (r *reader) lookUp(w story.WordID, sent *story.Sentence) {
	word := r.word(w)
	if len(word.Form) > maxForm || word.UPOS == story.PUNCT {
		return
	}
	var arr [maxForm * 2]byte
	form := low(arr[:0], word.Form)
	e, ok := r.s.lexicon[string(form)]
	in := &r.info[w-1]
	if ok {
		in.class = e.class
		r.addHit(w, e, sent, false)
		return
	}
	// "katanya" that the tokenizer left in one piece.
	if len(form) > 5 && string(form[len(form)-3:]) == r.s.cliticForm {
		if e, ok = r.s.lexicon[string(form[:len(form)-3])]; ok {
			r.addHit(w, e, sent, true)
		}
	}
}

func (r *reader) addHit(w story.WordID, e entry, sent *story.Sentence, clitic bool) {
	for _, c := range e.cues {
		row := &r.s.cues[c]
		if clitic && row.kind != kindInverted && row.kind != kindPreposition && row.kind != kindPassive {
			continue
		}
		end := w + 1
		for _, t := range row.tail {
			if end >= sent.EndWord || !r.equal(end, t) {
				end = 0
				break
			}
			end++
		}
		if end == 0 || r.guarded(w, end, row, sent) {
			continue
		}
		h := hit{word: w, end: end, cue: row, clitic: clitic, stem: r.word(w).Span.Cover(r.word(end - 1).Span)}
		if clitic {
			h.stem.End -= 3
		}
		r.hits = append(r.hits, h)
		r.info[w-1].hit = int32(len(r.hits))
		return
	}
}

// equal reports whether a word's lower-case form is s.
func (r *reader) equal(w story.WordID, s string) bool {
	f := r.word(w).Form
	if len(f) > maxForm {
		return false
	}
	var arr [maxForm * 2]byte
	return string(low(arr[:0], f)) == s
}

// guarded reports whether the words beside a cue make it something else.
// ("Dengan kata lain, perundingan gagal.")
func (r *reader) guarded(w, end story.WordID, c *cue, sent *story.Sentence) bool {
	for _, g := range c.notBefore {
		if end < sent.EndWord && r.equal(end, g) {
			return true
		}
	}
	for _, g := range c.notAfter {
		if w > sent.FirstWord && r.equal(w-1, g) {
			return true
		}
	}
	u := r.word(w).UPOS
	if c.kind == kindVerb && w > sent.FirstWord+1 && r.class(w-2)&classOne != 0 && r.word(w-1).UPOS == story.ADJ && !r.capital(w-1) && r.class(w-1)&classHuman == 0 {
		return true // "the final say"
	}
	if c.kind == kindVerb && w > sent.FirstWord && r.determined(w-1) {
		return true // "Turkey's demand", "its call"
	}
	if c.kind == kindVerb && u != story.VERB && u != story.AUX {
		if u == story.NOUN && (c.past || !r.finiteLess(w) && r.leadsRun(end, sent)) {
			return false // `with one poster writing, "..."`
		}
		// A verb that the tagger mistook still follows a closing mark: `," state officials`.
		return !(w > sent.FirstWord && r.punct(w-1)) || u == story.PROPN
	}
	return c.kind == kindNoun && u == story.VERB
}

// leadsRun reports whether a quotation mark opens at w, or behind the comma or
// colon there.
func (r *reader) leadsRun(w story.WordID, sent *story.Sentence) bool {
	if w < sent.EndWord && (r.is(w, ',') || r.is(w, ':')) {
		w++
	}
	return w < sent.EndWord && r.opensRun(w)
}

// determined reports whether a word before another makes a noun of it.
func (r *reader) determined(w story.WordID) bool {
	word := r.word(w)
	return r.class(w)&classOne != 0 || word.UPOS == story.DET && r.class(w)&classThis != 0 || word.UPOS == story.PART && word.Rel() == "case" || word.UPOS == story.PRON && word.Rel() == "nmod"
}

// reach computes the first and last word below every word of a sentence by
// walking the tree once from the root, without recursion.
func (r *reader) reach(sent *story.Sentence) {
	for w := sent.FirstWord; w < sent.EndWord; w++ {
		r.lo[w-1], r.hi[w-1] = w, w
	}
	if sent.Root == 0 {
		return
	}
	order := make([]story.WordID, 0, sent.EndWord-sent.FirstWord)
	order = append(order, sent.Root)
	for i := 0; i < len(order) && len(order) <= cap(order); i++ {
		for c := range r.st.Children(order[i]) {
			order = append(order, c)
		}
	}
	for i := len(order) - 1; i > 0; i-- {
		w := order[i]
		h := r.word(w).Head
		r.lo[h-1] = min(r.lo[h-1], r.lo[w-1])
		r.hi[h-1] = max(r.hi[h-1], r.hi[w-1])
	}
}

// sent returns the sentence of a word.
func (r *reader) sent(w story.WordID) *story.Sentence { return r.st.Sent(r.word(w).Sent) }

// maxDepth bounds every walk towards the root.
const maxDepth = 60

// span returns the text of the words [first, end) without punctuation at its
// edges. Quotation marks and brackets stay where their partner is inside.
func (r *reader) span(first, end story.WordID) story.Span {
	for first < end && r.punct(first) && !r.keepsOpening(first, end) {
		first++
	}
	for first < end && r.punct(end-1) && !r.keepsClosing(first, end-1) {
		end--
	}
	if first >= end {
		return story.Span{}
	}
	return story.Span{Start: r.word(first).Span.Start, End: r.word(end - 1).Span.End}
}

// keepsOpening reports whether the punctuation at first opens something that
// closes before the last word of [first, end).
func (r *reader) keepsOpening(first, end story.WordID) bool {
	c, _ := utf8.DecodeRuneInString(r.word(first).Form)
	if c == '(' || c == '[' {
		return true
	}
	if _, ok := r.s.marks[c]; !ok {
		return false
	}
	at := r.word(first).Span.Start
	i := r.runFrom(at)
	last := end - 1
	for last > first && r.punct(last) && r.word(last).Span.Start >= r.runEnd(i) {
		last--
	}
	return i >= 0 && r.runs[i].outer.Start == at && r.runs[i].outer.End < r.word(last).Span.End
}

func (r *reader) runEnd(i int) int {
	if i < 0 {
		return 0
	}
	return r.runs[i].outer.End
}

// keepsClosing is keepsOpening for the other end.
func (r *reader) keepsClosing(first, last story.WordID) bool {
	c, _ := utf8.DecodeRuneInString(r.word(last).Form)
	if c == ')' || c == ']' {
		return true
	}
	if _, ok := r.s.marks[c]; !ok {
		return false
	}
	i := r.runTo(r.word(last).Span.End)
	return i >= 0 && r.runs[i].outer.Start > r.word(first).Span.Start
}

// runFrom returns the first run that ends after a byte, -1 if none; runTo the
// run that ends there.
func (r *reader) runFrom(at int) int {
	lo, hi := 0, len(r.runs)
	for lo < hi {
		m := (lo + hi) / 2
		if r.runs[m].outer.End <= at {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo == len(r.runs) {
		return -1
	}
	return lo
}

func (r *reader) runTo(end int) int {
	i := r.runFrom(end - 1)
	if i >= 0 && r.runs[i].outer.End == end {
		return i
	}
	return -1
}
