package quote

import "kawat/story"

// direct attributes runs of quotation marks to the cues beside them.
func (r *reader) direct() {
	for i := range r.runs {
		u := &r.runs[i]
		if u.claimed || u.prev >= 0 || u.first >= u.end || !u.opened && !u.closed {
			continue
		}
		last := i
		for r.runs[last].next >= 0 {
			last = r.runs[last].next
		}
		if u.single && !r.speechLike(i, last) {
			continue
		}
		r.shorten(last)
		if r.left(i, last, true) || r.after(i, last) || r.left(i, last, false) {
			continue
		}
		r.dash(i, last)
	}
}

// shorten ends a run that nobody closed before the attribution that follows it:
// `"Kami siap, kata Lavrov di Moskow.`
func (r *reader) shorten(i int) {
	u := &r.runs[i]
	if u.closed {
		return
	}
	for w := u.first + 2; w < u.end; w++ {
		h := r.hitAt(w)
		if h == nil || h.cue.kind != kindInverted || !r.is(w-1, ',') {
			continue
		}
		for j := w; j < u.end; j++ {
			r.info[j-1].run = 0
		}
		u.end = w
		u.inner.End = r.word(w - 1).Span.End
		u.outer.End = u.inner.End
		return
	}
}

// stop is how the words inside a run end.
type stop uint8

const (
	stopNone  stop = iota // a fragment: `the "deep concern" over`
	stopComma             // waits for its attribution
	stopMild              // ? ! … and dashes: an attribution may follow
	stopFull              // a sentence ends
)

func (r *reader) stopOf(i int) stop {
	u := &r.runs[i]
	s := stopAt(r.st.Text, u.inner.End-1)
	if s == stopNone && u.closed {
		s = stopAt(r.st.Text, u.outer.End)
	}
	return s
}

func stopAt(text string, i int) stop {
	if i < 0 || i >= len(text) {
		return stopNone
	}
	switch text[i] {
	case ',':
		return stopComma
	case '.':
		return stopFull
	case '?', '!', '-', ':':
		return stopMild
	case 0xa6, 0x93, 0x94: // last bytes of … – —
		if i > 1 && text[i-1] == 0x80 {
			return stopMild
		}
	}
	return stopNone
}

// maxTail bounds an attribution behind a quotation.
const maxTail = 45

// after attributes a run to words behind it: `"...," kata Xi`, `"...," the
// minister for trade, who was in Bonn, told reporters`.
func (r *reader) after(i, last int) bool {
	u, z := &r.runs[i], &r.runs[last]
	end := r.stopOf(last)
	if end == stopNone && !r.clauseBefore(i) && !r.speechLike(i, last) {
		return false
	}
	w := r.wordAt(z.outer.End, z.part)
	if w == 0 {
		return false
	}
	limit := r.tailLimit(last, w)
	for w < limit && (r.punct(w) || r.class(w)&classIntro != 0) {
		if end != stopComma && (r.is(w, '.') || r.is(w, ';')) {
			return false
		}
		w++
	}
	if w >= limit {
		return false
	}
	h, s := r.tailCue(w, limit, end)
	if h == nil && end == stopComma {
		return r.openVerb(i, last, w, limit)
	}
	if h == nil || s.empty() {
		return false
	}
	if end == stopFull && r.introduces(h, limit) {
		return false
	}
	r.emitAfter(i, last, h, s, limit)
	_ = u
	return true
}

// introduces reports whether an attribution behind a full stop leads to the
// next quotation rather than back: `"A." Xi berkata, "B."`
func (r *reader) introduces(h *hit, limit story.WordID) bool {
	for w := h.end; w < limit; w++ {
		if r.class(w)&classThat != 0 {
			return true
		}
	}
	return limit-1 >= h.end && (r.is(limit-1, ':') || r.is(limit-1, ','))
}

// tailCue finds cue and source in the words behind a run.
func (r *reader) tailCue(w, limit story.WordID, end stop) (*hit, source) {
	if h := r.hitAt(w); h != nil {
		switch h.cue.kind {
		case kindInverted, kindVerb, kindPreposition:
			if s := r.sourceAfter(h, limit); !s.empty() {
				return h, s
			}
		case kindPassive:
			if s := r.agent(h, limit); !s.empty() {
				return h, s
			}
		}
	}
	if end == stopFull || r.word(w).UPOS == story.CCONJ {
		return nil, source{}
	}
	for j := w + 1; j < limit; j++ {
		h := r.hitAt(j)
		if h == nil || h.cue.kind != kindVerb && h.cue.kind != kindActive {
			continue
		}
		s := r.subject(j, w, limit)
		if s.first != 0 && s.first >= w && s.end <= j && r.maySpeak(s) {
			return h, s
		}
		if r.verbal(j) && r.word(j).Rel() != "acl" {
			return nil, source{}
		}
	}
	return nil, source{}
}

// openVerb reads any verb with a person as its subject behind a comma as a cue:
// `"We never left," Hill shrugged.` English coins such cues daily.
func (r *reader) openVerb(i, last int, w, limit story.WordID) bool {
	if !r.speechLike(i, last) || r.word(w).UPOS == story.CCONJ {
		return false
	}
	for j := w; j < limit && j < w+15; j++ {
		if r.word(j).UPOS != story.VERB {
			continue
		}
		sub := r.ownSubject(j)
		if sub == 0 || sub < w || sub >= limit || !r.human(sub) && r.word(sub).UPOS != story.PRON || r.class(sub)&classRelative != 0 {
			continue
		}
		h := &hit{word: j, end: j + 1, cue: &r.s.open, stem: r.word(j).Span}
		s := r.nounPhrase(sub, w, r.subjectLimit(sub, j, limit))
		r.emitAfter(i, last, h, s, limit)
		return true
	}
	return false
}

// tailLimit returns the end of the words that may attribute the run that ends
// before w: the next run, the end of the sentence, or maxTail words.
func (r *reader) tailLimit(last int, w story.WordID) story.WordID {
	limit := min(r.sent(w).EndWord, w+maxTail)
	for j := w; j < limit; j++ {
		if i := r.runAt(j); i >= 0 && i != last {
			limit = j
			break
		}
	}
	for limit > w && r.opensRun(limit-1) {
		limit--
	}
	return limit
}

// opensRun reports whether a word is the mark that opens a run.
func (r *reader) opensRun(w story.WordID) bool {
	if !r.punct(w) {
		return false
	}
	at := r.word(w).Span.Start
	i := r.runFrom(at)
	return i >= 0 && r.runs[i].outer.Start == at
}

// wordAt returns the first word at or after a byte inside a part, 0 if none.
func (r *reader) wordAt(at, part int) story.WordID {
	end := r.st.Parts[part].Span.End
	first, _ := r.st.WordsIn(story.Span{Start: at, End: end})
	if int(first) > len(r.st.Words) || r.word(first).Span.Start >= end {
		return 0
	}
	return first
}

// clauseBefore reports whether the sentence of a run begins before it with
// words of its own, so that the run is a fragment of a longer clause.
func (r *reader) clauseBefore(i int) bool {
	w := r.clauseStart(i)
	return w != 0 && w < r.runs[i].first
}

// clauseStart returns the first word of the run's clause that counts: after
// connectives and earlier runs.
func (r *reader) clauseStart(i int) story.WordID {
	u := &r.runs[i]
	if u.first >= u.end {
		return 0
	}
	sent := r.sent(u.first)
	w := sent.FirstWord
	if i > 0 && r.runs[i-1].part == u.part {
		for w < u.first && r.word(w).Span.Start < r.runs[i-1].outer.End {
			w++
		}
	}
	w = r.skipConnective(w, u.first)
	for w < u.first && r.punct(w) {
		w++
	}
	return w
}

// emitAfter makes the quotation of a run that an attribution follows, together
// with the run that goes on behind the attribution: `"Kami siap," kata Menlu,
// "untuk berunding."`
func (r *reader) emitAfter(i, last int, h *hit, s source, limit story.WordID) {
	f := r.start(h, s)
	f.q.Kind = story.Direct
	u := &r.runs[i]
	if w := r.clauseStart(i); w != 0 && w < u.first && !u.claimed && r.plainLead(w, u.first) && i == last {
		f.q.Kind = story.Mixed
		f.q.Content = append(f.q.Content, story.Span{Start: r.word(w).Span.Start, End: u.outer.End})
		u.claimed = true
	} else {
		r.claim(&f, i, last)
	}
	f.q.Score = h.cue.score
	if n := last + 1; n < len(r.runs) && r.continues(last, n, limit) {
		z := n
		for r.runs[z].next >= 0 {
			z = r.runs[z].next
		}
		r.shorten(z)
		r.claim(&f, n, z)
	}
	r.add(f)
}

// plainLead reports whether the words before a fragment are the beginning of
// its clause and hold no cue of their own.
func (r *reader) plainLead(w, end story.WordID) bool {
	if end-w > maxTail {
		return false
	}
	any := false
	for ; w < end; w++ {
		if h := r.hitAt(w); h != nil && h.cue.kind != kindNoun && h.cue.kind != kindPreposition && (h.used || h.cue.kind == kindInverted) {
			return false
		}
		any = any || !r.punct(w)
	}
	return any
}

// continues reports whether run n goes on with the quotation that run last and
// its attribution began: only a comma stands before it.
func (r *reader) continues(last, n int, limit story.WordID) bool {
	u, v := &r.runs[last], &r.runs[n]
	if v.part != u.part || v.single != u.single || r.stopOf(last) == stopFull || limit > v.first {
		return false
	}
	i := v.outer.Start - 1
	for i > u.outer.End && r.st.Text[i] == ' ' {
		i--
	}
	return r.st.Text[i] == ','
}

// claim takes the runs from i to last as content.
func (r *reader) claim(f *finding, i, last int) {
	for {
		r.runs[i].claimed = true
		f.q.Content = append(f.q.Content, r.runs[i].inner)
		if i == last || r.runs[i].next < 0 {
			return
		}
		i = r.runs[i].next
	}
}

// left attributes a run to the words before it: `Xi mengatakan, "..."`. When
// strict, the cue must stand right before the mark or its colon.
func (r *reader) left(i, last int, strict bool) bool {
	u := &r.runs[i]
	w, sep := r.before(i)
	if w == 0 {
		return false
	}
	if strict && (sep == 0 || r.stopOf(last) == stopComma && sep != ':') {
		return false
	}
	sent := r.sent(w)
	lo := sent.FirstWord
	if i > 0 && r.runs[i-1].part == r.st.Sents[r.word(w).Sent-1].Part {
		for lo < w && r.word(lo).Span.Start < r.runs[i-1].outer.End {
			lo++
		}
	}
	h := r.leftCue(w, lo, sep, strict)
	if h == nil || h.used || sep == 0 && !r.whole(i, last, h) {
		return false
	}
	s := r.speakerOf(h, lo, sent.EndWord)
	if s.empty() && sep == 0 || s.word != 0 && !r.maySpeak(s) {
		return false
	}
	f := r.start(h, s)
	f.q.Kind = story.Direct
	r.claim(&f, i, last)
	f.q.Score = h.cue.score
	if s.empty() {
		f.q.Score -= 30
	}
	_ = u
	r.add(f)
	return true
}

// before returns the last word before a run and the separator between them: ':'
// or ',' or 0. It looks into the paragraph before where that ends with a colon.
func (r *reader) before(i int) (story.WordID, byte) {
	u := &r.runs[i]
	w := u.first - 1
	for w > 0 && r.word(w).Span.Start >= u.outer.Start {
		w--
	}
	if w <= 0 {
		return 0, 0
	}
	part := r.st.Sents[r.word(w).Sent-1].Part
	sep := byte(0)
	for w > 0 && r.punct(w) {
		switch f := r.word(w).Form[0]; f {
		case ':', ',':
			if sep == 0 {
				sep = f
			}
		case '(', ')', ']', '-':
		default:
			return 0, 0
		}
		w--
	}
	if w <= 0 || part != u.part && sep == 0 || part != u.part && r.nextParagraph(part) != u.part {
		return 0, 0
	}
	if p := r.st.Sents[r.word(w).Sent-1].Part; p != part {
		return 0, 0
	}
	return w, sep
}

// leftCue finds the cue before a run, going back from w over adjuncts.
func (r *reader) leftCue(w, lo story.WordID, sep byte, strict bool) *hit {
	steps := story.WordID(25)
	if strict || sep == 0 {
		steps = 6
	}
	for j := w; j >= lo && j > w-steps; j-- {
		h := r.hitAt(j)
		if h == nil {
			if r.class(j)&(classThat|classJoin) != 0 || sep == 0 && r.verbal(j) && j != w {
				return nil
			}
			if strict && r.punct(j) || sep == 0 && j < w-2 {
				return nil
			}
			continue
		}
		switch h.cue.kind {
		case kindActive, kindVerb, kindPassive:
			if r.content(h.word) {
				return nil
			}
			return h
		case kindPreposition:
			if sep != 0 && !strict {
				return h
			}
			return nil
		case kindInverted:
			if sep == ':' && !r.is(max(j-1, 1), ',') {
				return h
			}
			return nil
		}
	}
	return nil
}

// content reports whether a cue has a clause of its own right of it, outside
// quotation marks.
func (r *reader) content(k story.WordID) bool {
	for c := range r.st.Children(k) {
		if c > k && r.word(c).Rel() == "ccomp" && r.runAt(c) < 0 && r.runAt(r.hi[c-1]) < 0 {
			return true
		}
	}
	return false
}

// whole reports whether a run without a separator before it is the whole
// content: it has a predicate, and the clause ends with it.
func (r *reader) whole(i, last int, h *hit) bool {
	if h.cue.takes&(takesClause|takesThat|takesAlways) == 0 || !r.speechLike(i, last) {
		return false
	}
	if r.stopOf(last) != stopNone {
		return true
	}
	w := r.wordAt(r.runs[last].outer.End, r.runs[last].part)
	return w == 0 || r.punct(w) || r.word(w).Sent != r.word(h.word).Sent
}

// speechLike reports whether what stands in the marks has a predicate or is
// long, so that it is no title, nickname or slogan.
func (r *reader) speechLike(i, last int) bool {
	if i != last {
		return true
	}
	u := &r.runs[i]
	n := 0
	for w := u.first; w < u.end; w++ {
		if r.verbal(w) {
			return true
		}
		if !r.punct(w) {
			n++
		}
	}
	return n >= 6
}

// dash attributes `"..." - Matthew Ingram` at the end of a paragraph.
func (r *reader) dash(i, last int) {
	z := &r.runs[last]
	w := r.wordAt(z.outer.End, z.part)
	if w == 0 || !r.punct(w) || r.stopOf(last) == stopComma {
		return
	}
	switch c := r.word(w).Form; c {
	case "-", "–", "—", "--":
	default:
		return
	}
	sent := r.sent(w)
	if w+1 >= sent.EndWord || sent.EndWord-w > 9 || r.word(w+1).UPOS != story.PROPN {
		return
	}
	for j := w + 1; j < sent.EndWord; j++ {
		if r.verbal(j) {
			return
		}
	}
	s := r.nounPhrase(w+1, w+1, sent.EndWord)
	f := finding{cue: &r.s.open, part: z.part}
	f.q.By, f.q.Score, f.q.Kind = "quote/dash", 75, story.Direct
	f.q.Source, f.q.SourceWord = s.span, s.word
	r.claim(&f, i, last)
	r.add(f)
}

// floating gives runs that nobody attributes a row of their own: the speaker of
// the quotation before them goes on.
func (r *reader) floating() {
	for i := range r.runs {
		u := &r.runs[i]
		if u.claimed || u.prev >= 0 || u.single || u.first >= u.end || !u.opened || !r.floats(i) {
			continue
		}
		last := i
		for r.runs[last].next >= 0 {
			last = r.runs[last].next
		}
		f := finding{part: u.part, cue: &r.s.open}
		f.q.Kind, f.q.By, f.q.Score = story.Direct, "quote/floating", 50
		r.claim(&f, i, last)
		r.add(f)
	}
}

// floats reports whether an unattributed run is speech: it stands as a sentence
// of its own and has a predicate.
func (r *reader) floats(i int) bool {
	u := &r.runs[i]
	if r.clauseBefore(i) || !r.speechLike(i, i) && u.next < 0 {
		return false
	}
	if r.inContent(u.inner) {
		return false
	}
	s := r.stopOf(i)
	if u.next >= 0 {
		return true
	}
	if s == stopNone || s == stopComma {
		return false
	}
	w := r.wordAt(u.outer.End, u.part)
	for w != 0 && int(w) <= len(r.info) && r.punct(w) && r.word(w).Sent == r.word(u.first).Sent {
		w++
	}
	return w == 0 || int(w) > len(r.info) || r.word(w).Sent != r.word(u.end-1).Sent
}

func (r *reader) inContent(sp story.Span) bool {
	for i := len(r.found) - 1; i >= 0; i-- {
		for _, c := range r.found[i].q.Content {
			if c.Overlaps(sp) {
				return true
			}
		}
	}
	return false
}
