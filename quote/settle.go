package quote

import "kawat/story"

// settled leads a source to the person whom its words name where the tree hangs
// the verb on another word of them: on what describes the person between commas,
// on the place before the name, on the party's or the office's word.
func (r *reader) settled(h *hit, s source) source {
	if s.first == 0 || s.word == 0 || r.personAt(s.word) != 0 {
		return s
	}
	if s.end <= h.word {
		s = r.beforeAdjunct(s)
	}
	if s.end < h.word && r.is(s.end, ',') {
		s = r.apposition(s, h.word)
	}
	if r.personAt(s.word) != 0 {
		return s
	}
	if id := r.opensWith(s); id != 0 {
		return r.from(s, id)
	}
	if id := r.closesWith(s); id != 0 {
		s.word = r.st.Mention(id).Head
	}
	return s
}

// beforeAdjunct widens a source that is no more than an adjunct of a noun to the
// noun: "A joint statement after the meeting only said".
func (r *reader) beforeAdjunct(s source) source {
	w := s.first
	if r.word(w).UPOS != story.ADP {
		w--
	}
	sent := r.sent(s.first)
	if w <= sent.FirstWord || r.word(w).UPOS != story.ADP || r.class(w)&classAside == 0 || !r.word(w-1).UPOS.Nominal() || r.timeAt(w-1) {
		return s
	}
	head := r.topOf(w-1, sent.FirstWord, w)
	if !r.human(head) && r.class(head)&classDocument == 0 {
		return s
	}
	np := r.nounPhrase(head, sent.FirstWord, w)
	np.end, np.span.End = s.end, s.span.End
	return np
}

// personAt is the mention of a person by name that a word leads to, 0 if none.
func (r *reader) personAt(w story.WordID) story.MentionID {
	id := r.word(w).Mention
	if id == 0 || r.st.Mention(id).Kind != story.Person || r.st.Mention(id).Type != story.NameMention {
		return 0
	}
	return id
}

// from is a source from the title of a name on.
func (r *reader) from(s source, id story.MentionID) source {
	m := r.st.Mention(id)
	first, _ := r.st.WordsIn(m.Span.Cover(m.Title))
	if r.capital(s.first) && r.is(first-1, ',') || first < s.first {
		s.first, s.span.Start = first, r.word(first).Span.Start
	}
	s.word = m.Head
	return s
}

// opensWith is the name at the beginning of a source, behind no more than capitals
// or a place and a comma: "Democrat Ana Weber, a member of the panel", "(In) Lima,
// Ana Weber, deputy minister of trade".
func (r *reader) opensWith(s source) story.MentionID {
	for w := s.first; w < s.end && w < s.first+6; w++ {
		if id := r.personAt(w); id != 0 {
			_, end := r.st.WordsIn(r.st.Mention(id).Span)
			if end == s.end || r.is(end, ',') {
				return id
			}
			return 0
		}
		switch {
		case r.is(w, ','):
			if m := r.word(w - 1).Mention; m == 0 || r.st.Mention(m).Kind != story.Place && r.st.Mention(m).Kind != story.State {
				return 0
			}
		case !r.capital(w) || r.word(w).UPOS != story.PROPN && r.s.present == "":
			return 0
		}
	}
	return 0
}

// nameAt reports whether a word is part of a name, and not of an office.
func (r *reader) nameAt(w story.WordID) bool {
	id := r.word(w).Mention
	return id != 0 && r.st.Mention(id).Type == story.NameMention && r.st.Mention(id).Span.Contains(r.word(w).Span)
}

// closesWith is the name at the end of a source that is else a long title in
// capitals, which no table has: "Asisten Kapolri Bidang Sumber Daya Manusia Irjen
// Pol. Budi Santosa". Somebody of hers would be said of a name at once ("Kuasa Hukum
// Ana Silva"), or in small letters ("istri Ana Silva").
func (r *reader) closesWith(s source) story.MentionID {
	const least = 4
	id := r.personAt(s.end - 1)
	if id == 0 || !r.capital(s.first) || r.nameAt(s.first) {
		return 0
	}
	m := r.st.Mention(id)
	first, _ := r.st.WordsIn(m.Span.Cover(m.Title))
	if first < s.first+least {
		return 0
	}
	for w := s.first; w < first; w++ {
		if !r.capital(w) && !r.punct(w) && r.word(w).UPOS != story.CCONJ && r.word(w).UPOS != story.ADP && r.word(w).UPOS != story.NUM {
			return 0
		}
	}
	return id
}
