package quote

import "kawat/story"

// according reads "menurut X, ..." and "..., according to X".
func (r *reader) according(h *hit, sent *story.Sentence) {
	s := r.sourceAfter(h, sent.EndWord)
	if s.empty() || s.word == 0 {
		return
	}
	if n, v := r.valueAt(r.s.relays, s.first, sent.EndWord); n > 0 && r.s.relayState[v] == "" {
		r.relayed(h, s, sent)
		return
	}
	pronoun := h.clitic || r.word(s.word).UPOS == story.PRON || r.class(s.word)&classClitic != 0
	opens := h.word <= r.skipConnective(sent.FirstWord, sent.EndWord)+1 || r.is(h.word-1, ':') || r.is(h.word-1, ';') || h.word > sent.FirstWord && r.class(h.word-1)&classThat != 0
	if opens {
		var first story.WordID
		if s, first = r.opening(h, s, sent, pronoun); first == 0 {
			return
		}
		if s, ok := r.authority(s, sent, pronoun); ok && r.predicate(first, sent.EndWord) && !r.usedBetween(first, sent.EndWord) {
			r.emitClause(r.start(h, s), r.span(first, r.tail(first, sent.EndWord)))
		}
		return
	}
	for w := s.word + 1; w < s.end; w++ {
		if r.is(w, ',') || r.breaks(w) {
			s = r.cut(s, w)
			break
		}
	}
	s, ok := r.authority(s, sent, pronoun)
	first, end := r.lead(h, sent)
	if !ok || first >= end || r.usedBetween(first, end) {
		return
	}
	r.emitAround(h, sent, s, first, end, end-first >= 3 && r.verbIn(first, end))
}

// opening finds where the content of a preposition that opens a sentence
// begins: behind the comma that ends its noun phrase. What stands between two
// commas without a verb belongs to the phrase ("Menurut Lavrov, Menlu Rusia,
// ...").
func (r *reader) opening(h *hit, s source, sent *story.Sentence, pronoun bool) (source, story.WordID) {
	from := h.end
	if s.first >= h.end {
		from = s.first + 1
	}
	last := story.WordID(0)
	for w := from; w < sent.EndWord && w < from+maxSubject; w++ {
		if r.is(w, ',') {
			last = w
			if pronoun || !r.apposed(w+1, sent.EndWord) {
				break
			}
			continue
		}
		if last == 0 && pronoun {
			return s, w
		}
		if last == 0 && r.verbal(w) && !r.phraseMember(s.word, w) && s.end <= w {
			return s, s.end // "Menurut Lavrov perundingan ditunda."
		}
	}
	if last == 0 {
		return s, 0
	}
	if s.first >= h.end && s.end > last {
		s = r.cut(s, last)
	}
	return s, last + 1
}

// apposed reports whether the words from w up to the next comma only say more
// about the noun before: "Menlu Rusia", "yang juga ketua sidang", "Rabu".
func (r *reader) apposed(w, end story.WordID) bool {
	if w >= end {
		return false
	}
	relative := r.class(w)&classRelative != 0
	if u := r.word(w).UPOS; !relative && !u.Nominal() && u != story.NUM && u != story.DET {
		return false
	}
	for ; w < end; w++ {
		if r.is(w, ',') {
			return true
		}
		if !relative && r.verbal(w) {
			return false
		}
	}
	return false
}

// cut ends a source before a word.
func (r *reader) cut(s source, at story.WordID) source {
	if at <= s.first {
		return s
	}
	s.end, s.span.End = at, r.word(at-1).Span.End
	for w := s.first; w < at && s.word >= at; w++ {
		if r.word(w).UPOS.Nominal() {
			s.word = w
		}
	}
	return s
}

// authority settles who speaks behind a preposition: people and bodies
// themselves, a report or figures for the body that they are of ("menurut
// laporan Dewan Keamanan PBB", "according to data from the ministry"), and "the
// report" for whose report was named before.
func (r *reader) authority(s source, sent *story.Sentence, pronoun bool) (source, bool) {
	if pronoun {
		return s, true
	}
	if r.class(s.word)&(classDocument|classWeak) == 0 {
		return s, r.human(s.word)
	}
	for w := s.first; w < sent.EndWord && w < s.first+maxAside && !r.is(w, ','); w++ {
		m := r.word(w).Mention
		if m == 0 {
			continue
		}
		switch r.st.Mention(m).Kind {
		case story.Person, story.State, story.Organization:
			if r.phraseAt(r.s.relays, w, sent.EndWord) > 0 {
				return s, false // "menurut survei Reuters"
			}
			if w >= s.end {
				_, s.end = r.st.WordsIn(r.st.Mention(m).Span)
				s.span.End = r.st.Mention(m).Span.End
			}
			s.word, r.owned = r.st.Mention(m).Head, r.st.Mention(m).Head
			// "a statement by China's Ambassador Li Jiming" is Li's.
			for j := w + 1; j < s.end+2 && j < sent.EndWord && !r.is(j, ','); j++ {
				if p := r.word(j).Mention; p != 0 && r.st.Mention(p).Kind == story.Person && r.st.Mention(p).Title.Contains(r.word(w).Span) {
					s.word, r.owned = r.st.Mention(p).Head, r.st.Mention(p).Head
				}
			}
			return s, true
		}
	}
	if r.owned != 0 && r.class(s.end-1)&classThis != 0 {
		s.word = r.owned
		return s, true
	}
	return s, false
}

// relayed reads a relay that quotes somebody: "According to Reuters, citing the
// ministry, ...". A relay alone is nobody's words.
func (r *reader) relayed(h *hit, s source, sent *story.Sentence) {
	for w := s.first + 1; w < sent.EndWord && w < s.first+10; w++ {
		if r.class(w)&classCredit == 0 {
			continue
		}
		by := *h
		by.end = w + 1
		q := r.sourceAfter(&by, sent.EndWord)
		if q.empty() || !r.human(q.word) {
			return
		}
		q, first := r.opening(&by, q, sent, false)
		if first == 0 || !r.predicate(first, sent.EndWord) || r.usedBetween(first, sent.EndWord) {
			return
		}
		f := r.start(h, q)
		f.q.RelayWord = s.word
		r.emitClause(f, r.span(first, r.tail(first, sent.EndWord)))
		return
	}
}
