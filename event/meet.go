package event

import "kawat/story"

// objectBelow reports whether one of the words stands soon behind the cue; near
// wants it in the object itself: "addressed the assembly", not "addressing the
// issue at a conference".
func (s *Stage) objectBelow(st *story.Story, w, last story.WordID, set termSet, near bool) bool {
	end := min(sentenceOf(st, w).EndWord, last+14)
	for at := last + 1; at < end; at++ {
		word := st.Word(at)
		if set.has(word) {
			return true
		}
		if near && (word.UPOS == story.ADP && !s.dip.of.has(word) || word.UPOS == story.VERB || word.UPOS == story.PUNCT) {
			return false
		}
	}
	return false
}

// withSubject puts the subject of the clause before those already found.
func (s *Stage) withSubject(st *story.Story, w story.WordID, others []story.EntityID) []story.EntityID {
	sub := s.subjectOf(st, w)
	var out []story.EntityID
	if sub != 0 && sub != w && !st.Dominates(w, sub) || sub != 0 && st.Word(sub).Head == w {
		out = s.partiesAt(st, sub)
	}
	if len(out) == 0 {
		if sub = s.lastPartyBefore(st, w, sentenceOf(st, w).FirstWord); sub != 0 {
			out = s.partiesAt(st, sub)
		}
	}
	for _, id := range others {
		addOnce(&out, id)
	}
	return out
}

// mutual reads "X bertemu (dengan) Y", "X and Y met", "X, who met Y". A partner
// that is nobody known ("met with criticism") makes no encounter, and neither
// does a bare state, unless people act for it ("the Russian delegation").
func (s *Stage) mutual(st *story.Story, w, last story.WordID, t *telling) []story.EntityID {
	var others []story.EntityID
	partner := false
	for c := range st.Children(w) {
		cw := st.Word(c)
		switch cw.Rel() {
		case "obj", "iobj":
			partner = partner || c > w
			others = append(others, s.people(st, c)...)
			for g := range st.Children(c) { // "signed the agreement with the Indian minister"
				if st.Word(g).Rel() == "nmod" && marked(st, g, s.dip.with) {
					others = append(others, s.people(st, g)...)
				}
			}
		case "obl", "nmod":
			if marked(st, c, s.dip.with) {
				partner = true
			} else if caseOf(st, c) != 0 || c < w || !s.isPerson(st, c) {
				continue
			}
			others = append(others, s.people(st, c)...)
		}
	}
	if len(others) == 0 {
		at := s.firstPartyAfter(st, last, sentenceOf(st, w).EndWord, s.dip.with)
		if at == 0 && partner {
			return nil
		}
		if at != 0 {
			if others = s.people(st, at); len(others) == 0 {
				return nil
			}
			t.score -= 10
		}
	}
	if t.kind == "ceremony" && !s.anyNamed(st, others) {
		return nil // "signed a treaty with Chile" is an act of states
	}
	return s.withSubject(st, w, others)
}

// people returns the parties of a phrase that is not the bare name of a state.
func (s *Stage) people(st *story.Story, w story.WordID) []story.EntityID {
	ids := s.partiesAt(st, w)
	if s.dip.body.has(st.Word(w)) {
		return ids
	}
	for _, id := range ids {
		if st.Entity(id).Kind != story.State {
			return ids
		}
	}
	return nil
}

// received reads "X menerima (kunjungan) Y", "Y diterima oleh X", "X hosted Y".
func (s *Stage) received(st *story.Story, w, last story.WordID) []story.EntityID {
	var others []story.EntityID
	for c := range st.Children(w) {
		cw := st.Word(c)
		switch cw.Rel() {
		case "obj", "iobj":
			others = append(others, s.partiesAt(st, c)...)
			if len(others) == 0 && s.dip.guests.has(cw) { // "menerima kunjungan X"
				others = append(others, s.owners(st, c)...)
			}
		case "obl":
			if marked(st, c, s.dip.by) {
				others = append(others, s.partiesAt(st, c)...)
			}
		}
	}
	if len(others) == 0 && st.Child(w, "obj") == 0 {
		if at := s.firstPartyAfter(st, last, sentenceOf(st, w).EndWord, s.dip.by); at != 0 {
			others = s.partiesAt(st, at)
		}
	}
	if !s.anyNamed(st, others) && !anyOffice(st, others) {
		return nil // "Turki menerima jet tempur", "welcomed U.S. companies"
	}
	return s.withSubject(st, w, others)
}

// insideName reports whether a cue is part of a longer name.
func (s *Stage) insideName(st *story.Story, w, last story.WordID) bool {
	sent := sentenceOf(st, w)
	return w > sent.FirstWord+1 && capital(st.Word(w-1).Form) && last+1 < sent.EndWord && capital(st.Word(last+1).Form)
}
