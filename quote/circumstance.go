package quote

import "kawat/story"

// circumstances finds addressee, relay, on whose behalf and medium in the words
// of the attribution.
func (r *reader) circumstances(f *finding) {
	if f.q.CueWord == 0 {
		return
	}
	sent := r.sent(f.q.CueWord)
	if h := r.hitAt(f.q.CueWord); h != nil && f.cue.takes&takesHearer != 0 && r.pastHearer(h, sent) > h.end && !inside(f.q.Content, r.word(h.end).Span.Start) {
		f.q.AddresseeWord = r.hearer(h.end, sent.EndWord) // "told Peru as she wrapped up a visit to Chile"
	}
	for w := sent.FirstWord; w < sent.EndWord; w++ {
		if inside(f.q.Content, r.word(w).Span.Start) {
			continue
		}
		if n, v := r.valueAt(r.s.media, w, sent.EndWord); n > 0 && (f.q.Medium == "" || f.q.Medium == story.Speech) {
			f.q.Medium = r.s.mediaNames[v]
		}
		if n := r.phraseAt(r.s.behalf, w, sent.EndWord); n > 0 && f.q.BehalfWord == 0 {
			f.q.BehalfWord = r.nominal(w+story.WordID(n), sent.EndWord)
		}
		if r.class(w)&classCredit != 0 && f.q.RelayWord == 0 {
			f.q.RelayWord = r.nominal(w+1, sent.EndWord)
		}
		if r.word(w).Span.Start >= f.q.Cue.End && w < f.q.CueWord+maxAddressee && r.class(w)&(classTo|classMeet) != 0 && f.q.AddresseeWord == 0 && !r.inCue(w) && !r.inTitle(w, f.q.SourceWord) {
			f.q.AddresseeWord = r.hearer(w+1, sent.EndWord)
		}
	}
	if f.q.AddresseeWord == 0 {
		if o := r.st.Child(f.q.CueWord, "iobj", "obj"); f.cue.takes&takesHearer != 0 && o != 0 && (r.human(o) || r.word(o).UPOS == story.PRON) && o != f.q.SourceWord && !inside(f.q.Content, r.word(o).Span.Start) {
			f.q.AddresseeWord = o
		}
	}
	if f.q.AddresseeWord == 0 && f.cue.takes&takesHearer != 0 {
		f.q.AddresseeWord = r.hearer(f.q.CueWord+1, sent.EndWord)
		if f.q.AddresseeWord != 0 && inside(f.q.Content, r.word(f.q.AddresseeWord).Span.Start) {
			f.q.AddresseeWord = 0
		}
	}
	if a := f.q.AddresseeWord; a != 0 {
		// "told Cypriot President Nikos Leventis": the name, wherever the tree hangs it
		f.q.AddresseeWord = r.holder(a, a, min(sent.EndWord, a+maxAddressee))
	}
	if a := f.q.AddresseeWord; a != 0 && r.phraseAt(r.s.relays, a, sent.EndWord) > 0 {
		f.q.RelayWord = a
	}
	if f.q.AddresseeWord == f.q.SourceWord {
		f.q.AddresseeWord = 0
	}
}

// inCue reports whether a word is the second of a cue: "according to".
func (r *reader) inCue(w story.WordID) bool {
	h := r.hitAt(w - 1)
	return h != nil && h.end > w
}

// inTitle reports whether a word belongs to the title of whom a source names: "said
// Tom Hill, ambassador to Peru".
func (r *reader) inTitle(w, source story.WordID) bool {
	if source == 0 || r.word(source).Mention == 0 {
		return false
	}
	return r.st.Mention(r.word(source).Mention).Title.Contains(r.word(w).Span)
}

// maxAddressee bounds the words between a cue and "kepada".
const maxAddressee = 14

// hearer returns the head of the phrase at w if it names somebody who may be
// spoken to: no day, no place.
func (r *reader) hearer(w, limit story.WordID) story.WordID {
	n := r.nominal(w, limit)
	if n == 0 || r.timeAt(n) {
		return 0
	}
	if m := r.word(w).Mention; m != 0 && w != n && r.st.Mention(m).Kind == story.Person {
		n = r.st.Mention(m).Head // "Perdana Menteri Peru Ana Silva": the name
	}
	if r.human(n) || r.word(n).UPOS == story.PRON || r.class(n)&classClitic != 0 || r.phraseAt(r.s.relays, n, limit) > 0 {
		return n
	}
	return 0
}

func inside(spans []story.Span, at int) bool {
	for _, sp := range spans {
		if sp.Start <= at && at < sp.End {
			return true
		}
	}
	return false
}

// nominal returns the head of the noun phrase that begins at or just after w.
func (r *reader) nominal(w, limit story.WordID) story.WordID {
	for j := w; j < limit && j < w+4; j++ {
		if r.punct(j) || r.verbal(j) {
			return 0
		}
		if r.word(j).UPOS.Nominal() {
			for n := 0; n < 6; n++ {
				up := r.word(j).Head
				if up < w || up >= limit || !inPhrase(r.word(j).Rel()) {
					break
				}
				j = up
			}
			return j
		}
	}
	return 0
}
