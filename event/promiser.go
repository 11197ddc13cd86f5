package event

import (
	"slices"
	"strings"

	"kawat/story"
)

// promiser returns the head of the phrase that names who binds himself.
func (s *Stage) promiser(st *story.Story, rule *pledgeRule, w, goal story.WordID) story.WordID {
	if rule.shape == pledgeNoun {
		for c := range st.Children(w) {
			if len(s.partiesAtWord(st, c)) > 0 && c < goal && !marked(st, c, s.dip.to) {
				return c
			}
		}
		p := predicate(st, w)
		if sub := s.subjectOf(st, p); sub != 0 && sub != w {
			return sub
		}
		return 0
	}
	start := w
	if rule.shape == pledgeFuture {
		start = goal
	} else if r := st.Word(w).Rel(); (r == "aux" || r == "advmod" || r == "amod") && st.Word(w).Head == goal {
		start = goal
	}
	sub := s.subjectOf(st, start)
	if sub == 0 {
		sub = s.lastPartyBefore(st, w, sentenceOf(st, w).FirstWord)
	}
	if sub == 0 || rule.shape != pledgeMarker && strings.HasSuffix(st.Word(sub).Deprel, ":pass") {
		return 0
	}
	return sub
}

// binding keeps those who can bind a state: states, bodies, people with an
// office.
func binding(st *story.Story, ids []story.EntityID) []story.EntityID {
	var out []story.EntityID
	for _, id := range ids {
		e := st.Entity(id)
		if e.Kind == story.Person && bygone(e) {
			continue // a former adviser who agrees to help the prosecutors
		}
		if e.Country != "" && (e.Kind != story.Person || len(e.Offices) > 0) || highOffice(e) {
			out = append(out, id)
		}
	}
	return out
}

// bygone reports whether all offices of somebody are former ones.
func bygone(e *story.Entity) bool {
	return len(e.Offices) > 0 && !slices.ContainsFunc(e.Offices, func(o story.Office) bool { return o.Status != story.Former })
}

// nothing reports whether the object of a verb of promising is none: "offered no
// hint that it would", "made no offer".
func (s *Stage) nothing(st *story.Story, w story.WordID) bool {
	obj := st.Child(w, "obj")
	if obj == 0 {
		return false
	}
	det := st.Child(obj, "det")
	return det != 0 && s.dip.denied.has(st.Word(det))
}

// jointly adds who binds himself together with the promiser: "Norway, together
// with Chile, will launch a fund", "Norwegia bersama dengan Chile akan".
func (s *Stage) jointly(st *story.Story, p *story.Pledge, sub, w story.WordID) {
	if len(p.By) != 1 || sub >= w {
		return
	}
	for at := sub + 1; at < w && at < sub+12; at++ {
		if word := st.Word(at); word.UPOS == story.VERB {
			return
		} else if !s.dip.with.has(word) {
			continue
		}
		if to := s.firstPartyAfter(st, at, w, s.dip.with); to != 0 {
			for _, id := range binding(st, s.partiesAt(st, to)) {
				if !sameSide(st, id, p.By) {
					addOnce(&p.By, id)
				}
			}
		}
		return
	}
}

// deed reports whether a clause says what a treaty or a plan binds its sides to:
// "Under the agreement, Norway will provide ...".
func (s *Stage) deed(st *story.Story, goal story.WordID) bool {
	for c := range st.Children(goal) {
		if r := st.Word(c).Rel(); c < goal && (r == "obl" || r == "nmod" || r == "advcl") && s.dip.pledges.deeds.has(st.Word(c)) && caseOf(st, c) != 0 {
			return true
		}
	}
	first := sentenceOf(st, goal).FirstWord
	for w := first + 1; w < min(goal, first+7); w++ { // the sentence opens with it
		if s.dip.pledges.deeds.has(st.Word(w)) && st.Word(first).UPOS == story.ADP {
			return true
		}
	}
	return false
}

// speakerSide returns the side for which the speaker of a quotation speaks.
func speakerSide(st *story.Story, q story.QuotationID) []story.EntityID {
	if q == 0 {
		return nil
	}
	quo := st.Quotation(q)
	if quo.OnBehalfOf != 0 {
		return []story.EntityID{quo.OnBehalfOf}
	}
	if quo.Speaker != 0 {
		return []story.EntityID{quo.Speaker}
	}
	return nil
}

// speaksForItself reports whether a mere future stands in the words of the
// side that it binds: "Turkey said it would relax the ban", not "Turkey said
// Greece would".
func (s *Stage) speaksForItself(st *story.Story, p *story.Pledge, goal, sub story.WordID) bool {
	if s.dip.first.has(st.Word(sub)) {
		return true
	}
	if s.deed(st, goal) || p.Quotation == 0 && differ(st, p.By) {
		return true // "Chile and Norway will open a joint office"
	}
	if word := st.Word(goal); (word.Rel() == "ccomp" || word.Rel() == "xcomp") && st.Child(goal, "nsubj") == 0 && verbal(st.Word(word.Head)) {
		return !passive(st, word.Head) && !s.isPassive(st, word.Head) // "Norwegia menyatakan akan menambah bantuan"
	}
	// "the embassy said it would restart": the tree shows who says it
	if word := st.Word(goal); word.Rel() == "ccomp" && verbal(st.Word(word.Head)) {
		if sayer := s.subjectOf(st, word.Head); sayer != 0 && sayer != sub {
			for _, id := range s.partiesAt(st, sayer) {
				if sameSide(st, id, p.By) {
					return true
				}
			}
		}
	}
	if p.Quotation == 0 {
		return false
	}
	q := st.Quotation(p.Quotation)
	for _, id := range [...]story.EntityID{q.Speaker, q.OnBehalfOf} {
		if id == 0 {
			continue
		}
		c := st.Entity(id).Country
		for _, by := range p.By {
			if by == id || c != "" && st.Entity(by).Country == c {
				return true
			}
		}
	}
	return false
}
