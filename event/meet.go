package event

import (
	"slices"

	"kawat/story"
)

// objectBelow reports whether one of the words stands soon behind the cue; near
// wants it in the object itself: "addressed the assembly", not "addressing the
// issue at a conference".
func (s *Stage) objectBelow(st *story.Story, w, last story.WordID, set termSet, near bool) bool {
	end := min(sentenceOf(st, w).EndWord, last+14)
	for at := last + 1; at < end; at++ {
		word := st.Word(at)
		if set.has(word) && !s.ofPress(st, at) {
			return true
		}
		if near && (word.UPOS == story.ADP && !s.dip.of.has(word) || word.UPOS == story.VERB || word.UPOS == story.PUNCT) {
			return false
		}
	}
	return false
}

// ofPress reports whether a gathering is one of reporters: "a news conference",
// "konferensi pers".
func (s *Stage) ofPress(st *story.Story, w story.WordID) bool {
	sent := sentenceOf(st, w)
	return w > sent.FirstWord && s.dip.press.has(st.Word(w-1)) || w+1 < sent.EndWord && s.dip.press.has(st.Word(w+1))
}

// withSubject puts the subject of the clause before those already found: the
// tree's, the agent where the subject is what was said ("hal itu disampaikan
// oleh X usai bertemu"), else the nearest party before that no preposition
// marks.
func (s *Stage) withSubject(st *story.Story, w story.WordID, others []story.EntityID) []story.EntityID {
	var out []story.EntityID
	sub := s.subjectOf(st, w)
	if sub != 0 && sub != w && (!st.Dominates(w, sub) || st.Word(sub).Head == w) {
		if out = s.partiesAt(st, sub); sub > w && !addsTo(others, out) {
			sub, out = 0, nil // "setelah bertemu Presiden X", taken for its subject
		}
	}
	for _, find := range [...]func() story.WordID{
		func() story.WordID { return s.subjectWordBefore(st, w) },
		func() story.WordID {
			if up := clauseAbove(st, w); up != w || s.isPassive(st, w) {
				return s.agentOf(st, up)
			}
			return 0
		},
		func() story.WordID { return s.subjectBefore(st, w) },
		func() story.WordID { return s.subjectBehind(st, w) },
	} {
		if len(out) > 0 {
			break
		}
		if sub = find(); sub != 0 {
			out = s.partiesAt(st, sub)
		}
	}
	if len(out) == 0 && len(others) > 0 {
		if id := s.speakerBefore(st, w); id != 0 {
			out, sub = []story.EntityID{id}, 0
		}
	}
	if sub != 0 && st.Word(sub).Mention != 0 && sub < w {
		s.andBefore(st, sub, &out)
	}
	for _, id := range others {
		addOnce(&out, id)
	}
	return out
}

// addsTo reports whether some of the parties are not among the others.
func addsTo(others, parties []story.EntityID) bool {
	for _, id := range parties {
		if !slices.Contains(others, id) {
			return true
		}
	}
	return len(parties) == 0
}

// subjectBehind returns the subject of a sentence that opens with a participle:
// "Meeting the envoy in Luanda, the president asked her".
func (s *Stage) subjectBehind(st *story.Story, w story.WordID) story.WordID {
	sent := sentenceOf(st, w)
	if w > sent.FirstWord+1 {
		return 0
	}
	comma := false
	for at := w + 1; at < min(sent.EndWord, w+lookAround); at++ {
		switch word := st.Word(at); {
		case word.Form == ",":
			comma = true
		case comma && word.Rel() == "nsubj" && len(s.partiesAtWord(st, at)) > 0:
			return at
		}
	}
	return 0
}

// clauseAbove returns the predicate of the clause over that of a word, or its
// own where it is the highest.
func clauseAbove(st *story.Story, w story.WordID) story.WordID {
	p := predicate(st, w)
	if head := st.Word(p).Head; head != 0 {
		return predicate(st, head)
	}
	return p
}

// mutual reads "X bertemu (dengan) Y", "X and Y met", "X, who met Y". A partner
// that is nobody known ("met with criticism") makes no encounter, and neither
// does a bare state, unless people act for it ("the Russian delegation").
func (s *Stage) mutual(st *story.Story, w, last story.WordID, t *telling) []story.EntityID {
	others, partner := s.partners(st, w, s.byPhone(st, w))
	if t.rule.by == "event/encounter:gather" && len(others) == 0 {
		return s.partiesOf(st, s.subjectOf(st, w)) // "parliament will convene and he asked all lawmakers"
	}
	if len(others) == 0 {
		at := s.partnerAfter(st, last)
		if at == 0 && partner && t.kind != "ceremony" {
			return nil
		}
		if at != 0 {
			if others = s.people(st, at); len(others) == 0 {
				return nil
			}
			t.score -= 10
		}
	}
	if t.kind == "ceremony" {
		all := s.withSubject(st, w, others)
		if !fromTwoStates(st, all) {
			return nil // "signed a treaty with Chile" is an act of states
		}
		return all
	}
	all := s.withSubject(st, w, others)
	if len(all) > 0 && s.allOneSide(st, all) && len(others) > 0 {
		if sub := s.subjectHigher(st, w); sub != 0 {
			if top := s.partiesAt(st, sub); addsTo(others, top) { // "will ask China to act when meeting Xi"
				for _, id := range others {
					addOnce(&top, id)
				}
				return top
			}
		}
	}
	return all
}

// subjectHigher returns the subject nearest to the root among those of the
// clauses over a word: a person.
func (s *Stage) subjectHigher(st *story.Story, w story.WordID) story.WordID {
	best := story.WordID(0)
	for range maxRise {
		if sub := st.Child(w, "nsubj"); sub != 0 && sub < w && s.isPerson(st, sub) {
			best = sub
		}
		if w = st.Word(w).Head; w == 0 {
			break
		}
	}
	return best
}

// partners returns those whom the tree gives as partners of a verb of meeting,
// and whether it gives any partner at all.
func (s *Stage) partners(st *story.Story, w story.WordID, call bool) (others []story.EntityID, partner bool) {
	for c := range st.Children(w) {
		cw := st.Word(c)
		switch cw.Rel() {
		case "obj", "iobj":
			if c < w || isTime(st, c) {
				continue // "met Monday with Lavrov"
			}
			partner = true
			others = append(others, s.people(st, c)...)
			for g := range st.Children(c) { // "signed the agreement with the Indian minister"
				if st.Word(g).Rel() == "nmod" && marked(st, g, s.dip.with) {
					others = append(others, s.people(st, g)...)
				}
			}
		case "obl", "nmod":
			if marked(st, c, s.dip.with) || call && marked(st, c, s.dip.to) && s.isHuman(st, c) {
				partner = true // "had spoken to the French president by telephone"
			} else if caseOf(st, c) != 0 || c < w || !s.isPerson(st, c) {
				continue
			}
			others = append(others, s.people(st, c)...)
		}
	}
	return others, partner
}

// isTime reports whether a word belongs to a time expression.
func isTime(st *story.Story, w story.WordID) bool {
	sp := st.Word(w).Span
	first, _ := timesIn(st, story.Span{Start: sp.Start, End: sp.End})
	for i := max(0, first-1); i < len(st.Times) && i <= first; i++ {
		if st.Times[i].Span.Overlaps(sp) {
			return true
		}
	}
	return false
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
			obj := st.Child(w, "obj")
			if marked(st, c, s.dip.by) || obj != 0 && s.dip.guests.has(st.Word(obj)) && marked(st, c, s.dip.from) {
				others = append(others, s.partiesAt(st, c)...)
			}
		}
	}
	if obj := st.Child(w, "obj"); len(others) == 0 && (obj == 0 || obj < w || isTime(st, obj) || caseOf(st, obj) != 0) {
		at := s.firstPartyAfter(st, last, sentenceOf(st, w).EndWord, s.dip.by)
		if at == 0 {
			at = s.partnerAfter(st, last)
		}
		if at == 0 {
			at = s.guestPast(st, last)
		}
		if at != 0 {
			others = s.partiesAt(st, at)
		}
	}
	if !s.anyNamed(st, others) && !anyOffice(st, others) {
		return nil // "Turki menerima jet tempur", "welcomed U.S. companies"
	}
	if sub := s.subjectOf(st, w); sub > last { // "Menlu Chile disambut Menlu Norwegia": the agent, taken for the subject
		if sub = s.subjectBefore(st, w); sub != 0 {
			out := s.partiesAt(st, sub)
			for _, id := range others {
				addOnce(&out, id)
			}
			return out
		}
	}
	return s.withSubject(st, w, others)
}

// guestPast returns the guest behind what two commas enclose right after a verb
// of receiving: "received, this Sunday in Algiers, the Minister".
func (s *Stage) guestPast(st *story.Story, last story.WordID) story.WordID {
	end := sentenceOf(st, last).EndWord
	if last+1 >= end || st.Word(last+1).Form != "," {
		return 0
	}
	for at := last + 2; at < min(end, last+14); at++ {
		if st.Word(at).Form == "," {
			return s.firstPartyAfter(st, at, end, s.dip.by)
		}
	}
	return 0
}

// insideName reports whether a cue is part of a longer name.
func (s *Stage) insideName(st *story.Story, w, last story.WordID) bool {
	sent := sentenceOf(st, w)
	return w > sent.FirstWord+1 && capital(st.Word(w-1).Form) && last+1 < sent.EndWord && capital(st.Word(last+1).Form)
}
