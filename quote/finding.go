package quote

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"kawat/story"
)

// start makes a finding of a cue and a source, without content.
func (r *reader) start(h *hit, s source) finding {
	h.used = true
	s = r.settled(h, s)
	f := finding{cue: h.cue, core: h.stem.Cover(s.span)}
	f.q.Cue, f.q.CueWord, f.q.CueLemma = h.stem, h.word, h.cue.lemma
	if f.q.CueLemma == "" {
		f.q.CueLemma = r.word(h.word).Lemma
	}
	if f.q.CueLemma == "" {
		f.q.CueLemma = r.word(h.word).Form
	}
	f.q.Source, f.q.SourceWord = s.span, s.word
	f.q.By, f.q.Score, f.q.Medium = h.cue.rule, h.cue.score, h.cue.medium
	return f
}

// add keeps a finding that has content.
func (r *reader) add(f finding) {
	f.q.Content = slices.DeleteFunc(f.q.Content, story.Span.Empty)
	if len(f.q.Content) > 0 {
		r.found = append(r.found, f)
	}
}

// skipConnective returns the first word in [w, limit) after what only joins a
// sentence to the one before it: "Namun,", "Sementara itu,".
func (r *reader) skipConnective(w, limit story.WordID) story.WordID {
	for w < limit && (r.punct(w) || r.word(w).UPOS == story.CCONJ) {
		w++
	}
	n := story.WordID(r.phraseAt(r.s.connective, w, limit))
	if n > 0 && w+n < limit && r.class(w+n)&classTo != 0 {
		n = 0 // "In addition to Peru, ..."
	}
	if n > 0 {
		w += n
		if w < limit && r.is(w, ',') {
			w++
		}
	}
	return w
}

// phraseAt returns the number of words of the longest phrase that stands at w,
// 0 if none does.
func (r *reader) phraseAt(m map[string][]phrase, w, limit story.WordID) int {
	n, _ := r.valueAt(m, w, limit)
	return n
}

func (r *reader) valueAt(m map[string][]phrase, w, limit story.WordID) (words, value int) {
	if w >= limit || len(r.word(w).Form) > maxForm {
		return 0, 0
	}
	var arr [maxForm * 2]byte
	for _, p := range m[string(low(arr[:0], r.word(w).Form))] {
		if len(p.words) <= words || w+story.WordID(len(p.words)) > limit {
			continue
		}
		same := true
		for i := 1; i < len(p.words) && same; i++ {
			same = r.equal(w+story.WordID(i), p.words[i])
		}
		if same {
			words, value = len(p.words), p.value
		}
	}
	return words, value
}

// agent finds who did what a passive cue says: "dikatakan oleh Xi", "disampaikan
// Menlu Lavrov".
func (r *reader) agent(h *hit, limit story.WordID) source {
	for w := h.end; w < limit && w < h.end+5; w++ {
		if r.class(w)&classBy != 0 {
			by := *h
			by.end = w
			return r.sourceAfter(&by, limit)
		}
	}
	s := r.sourceAfter(h, limit)
	if s.word == 0 || h.clitic || r.human(s.word) || r.word(s.word).UPOS == story.PRON {
		return s
	}
	return source{}
}

// speakerOf finds the source that a cue's kind asks for.
func (r *reader) speakerOf(h *hit, lo, hi story.WordID) source {
	switch h.cue.kind {
	case kindInverted, kindPreposition:
		return r.sourceAfter(h, hi)
	case kindPassive:
		if s := r.agent(h, hi); !s.empty() {
			return s
		}
		return source{}
	case kindNoun:
		return r.owner(h, hi)
	}
	return r.subject(h.word, lo, hi)
}

// owner finds whose statement a noun is: "pernyataan Lavrov bahwa ...",
// "Lavrov's claim that ...", "the claim by Lavrov that ...".
func (r *reader) owner(h *hit, hi story.WordID) source {
	sent := r.sent(h.word)
	for c := range r.st.Children(h.word) {
		if w := r.word(c); w.Rel() == "nmod" && (r.human(c) || w.UPOS == story.PRON) && c < hi {
			if c < h.word {
				return r.nounPhrase(c, sent.FirstWord, h.word)
			}
			return r.nounPhrase(c, h.end, min(sent.EndWord, hi))
		}
	}
	w := h.end
	for w < hi && r.class(w)&classBy != 0 {
		w++
	}
	for j := w; j < hi && j < w+8 && !r.punct(j) && r.class(j)&classThat == 0; j++ {
		if j == w && j+1 < hi && r.class(j+1)&classThat != 0 && r.capital(j) {
			return r.nounPhrase(j, w, j+1) // "Pernyataan Ruuk bahwa"
		}
		if m := r.word(j).Mention; m != 0 && r.st.Mention(m).Kind != story.Place {
			s := r.nounPhrase(j, w, r.beforeThat(j, hi))
			s.first, s.span.Start = w, r.word(w).Span.Start
			return s
		}
	}
	return source{}
}

// capital reports whether a word begins with a capital letter.
func (r *reader) capital(w story.WordID) bool {
	c, _ := utf8.DecodeRuneInString(r.word(w).Form)
	return unicode.IsUpper(c)
}

// beforeThat returns the first complementizer or mark from w on.
func (r *reader) beforeThat(w, hi story.WordID) story.WordID {
	for w < hi && !r.punct(w) && r.class(w)&classThat == 0 {
		w++
	}
	return w
}

// finish puts the findings into order, drops what another covers, and makes
// rows of them.
func (r *reader) finish() {
	slices.SortStableFunc(r.found, func(a, b finding) int {
		if a.q.Content[0].Start != b.q.Content[0].Start {
			return a.q.Content[0].Start - b.q.Content[0].Start
		}
		return b.q.Content[len(b.q.Content)-1].End - a.q.Content[len(a.q.Content)-1].End
	})
	for i := range r.found {
		r.dropCovered(i)
	}
	base := len(r.st.Quotations)
	for i := range r.found {
		f := &r.found[i]
		if f.drop {
			continue
		}
		r.circumstances(f)
		q := f.q
		q.Part = r.partAt(q.Content[0].Start)
		q.Spans = append(q.Spans, q.Content...)
		if !f.core.Empty() {
			q.Spans = append(q.Spans, f.core)
		}
		slices.SortFunc(q.Spans, func(a, b story.Span) int { return a.Start - b.Start })
		if q.Medium == "" {
			q.Medium = story.Speech
		}
		r.st.AddQuotation(q)
	}
	r.nest(base)
}

// maxCovering is how many findings back one may share its words with another.
const maxCovering = 24

// dropCovered drops a finding whose words another one, of the same or a surer
// cue, has already.
func (r *reader) dropCovered(i int) {
	f := &r.found[i]
	for j := max(0, i-maxCovering); j < i; j++ {
		g := &r.found[j]
		if !g.drop && r.ownWords(f, g) {
			f.drop = true
			return
		}
		if g.drop || !sameContent(f.q.Content, g.q.Content) || r.nested(f, g) {
			continue
		}
		if f.q.Score > g.q.Score {
			g.drop = true
		} else {
			f.drop = true
			return
		}
	}
}

// ownWords reports whether a finding is what the speaker of another one says in it
// that they say: "Semoga kami berharap ada agenda lagi, ungkap Silva".
func (r *reader) ownWords(f, g *finding) bool {
	if f.q.SourceWord == 0 || r.class(f.q.SourceWord)&classFirst == 0 || g.q.Kind != story.Direct || g.q.CueWord == f.q.CueWord {
		return false
	}
	for _, c := range g.q.Content {
		if c.Contains(f.q.Source) && c.Contains(f.q.Cue) {
			return true
		}
	}
	return false
}

// nested reports whether what one finding holds is told within the other by a
// speaker and a cue of its own. The first person is no other speaker.
func (r *reader) nested(f, g *finding) bool {
	if f.q.Source.Empty() || f.q.Cue.Empty() || r.class(f.q.SourceWord)&classFirst != 0 {
		return false
	}
	for _, c := range g.q.Content {
		if c.Contains(f.q.Source) && c.Contains(f.q.Cue) {
			return true
		}
	}
	return false
}

// sameContent reports whether two contents share more than half of the longer.
func sameContent(a, b []story.Span) bool {
	shared, la, lb := 0, 0, 0
	for _, x := range a {
		la += x.Len()
		for _, y := range b {
			if x.Overlaps(y) {
				shared += min(x.End, y.End) - max(x.Start, y.Start)
			}
		}
	}
	for _, y := range b {
		lb += y.Len()
	}
	return 2*shared > max(la, lb)
}

// nest sets the parent of quotations that stand inside another's content.
func (r *reader) nest(base int) {
	qs := r.st.Quotations
	for i := base; i < len(qs); i++ {
		for j := i - 1; j >= base && j > i-8; j-- {
			for _, c := range qs[j].Content {
				if c.Contains(qs[i].Content[0]) && (qs[i].Cue.Empty() || c.Contains(qs[i].Cue)) && qs[i].Parent == 0 {
					qs[i].Parent = story.QuotationID(j + 1)
				}
			}
		}
	}
}

func (r *reader) partAt(at int) int {
	for i := range r.st.Parts {
		if r.st.Parts[i].Span.Start <= at && at < r.st.Parts[i].Span.End {
			return i
		}
	}
	return 0
}
