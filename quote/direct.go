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
	p := i - 1
	for p >= 0 && r.runs[p].part == u.part && r.fragment(p) {
		p-- // `show a "schedule" with visits and "interaction," an official said`
	}
	if p >= 0 && r.runs[p].part == u.part {
		for w < u.first && r.word(w).Span.Start < r.runs[p].outer.End {
			w++
		}
	}
	w = r.skipConnective(w, u.first)
	for w < u.first && r.punct(w) {
		w++
	}
	return w
}

// fragment reports whether a run is no more than words of its sentence's clause.
func (r *reader) fragment(i int) bool {
	u := &r.runs[i]
	return !u.claimed && u.opened && u.closed && u.prev < 0 && u.next < 0 && u.first < u.end && r.stopOf(i) == stopNone && !r.opensItsSentence(i) && r.word(u.first).Sent == r.word(u.end-1).Sent
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
	if h == nil || h.used || sep == 0 && (!r.whole(i, last, h) || !r.adjunctBetween(h, w, sent)) || sep == ',' && !strict && !r.speechLike(i, last) {
		return false
	}
	s := r.speakerOf(h, lo, sent.EndWord)
	if h.cue.kind == kindInverted && sep == ':' && (s.empty() || !r.human(s.word)) && sent.Root != 0 {
		// "Presiden menutup pidatonya dengan pesan berikut:"
		if sub := r.ownSubject(sent.Root); sub != 0 && sub < sent.Root {
			s = r.nounPhrase(sub, sent.FirstWord, sent.Root)
		}
	}
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

// adjunctBetween reports whether only the addressee or an adjunct stands between
// a cue and the mark behind w: `writing in a post "I was there"`, not `told AFP
// the plan "must go"`.
func (r *reader) adjunctBetween(h *hit, w story.WordID, sent *story.Sentence) bool {
	at := r.pastHearer(h, sent)
	return at > w || r.word(at).UPOS == story.ADP || r.timeAt(at) || h.cue.kind == kindPassive || h.cue.kind == kindActive && at+2 > w
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
			if (strict || sep == 0) && r.punct(j) {
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
			opens := j <= r.skipConnective(lo, j+1)+1
			if sep == ':' && !r.is(max(j-1, 1), ',') || sep == ',' && opens {
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
