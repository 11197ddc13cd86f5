package quote

import "kawat/story"

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
	if r.clauseBefore(i) || !r.opensItsSentence(i) || !r.speechLike(i, i) && u.next < 0 {
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

// opensItsSentence reports whether nothing but marks stands between a run and
// the beginning of its sentence: no list of titles ("Cantik" dan "Andai Dia
// Tahu").
func (r *reader) opensItsSentence(i int) bool {
	u := &r.runs[i]
	for w := r.sent(u.first).FirstWord; w < u.first; w++ {
		if !r.punct(w) {
			return false
		}
	}
	return true
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
