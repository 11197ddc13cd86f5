package event

import (
	"slices"
	"strings"

	"kawat/story"
)

// given reads "X menyerahkan surat kepercayaan kepada Y", "X presented
// credentials to Y".
func (s *Stage) given(st *story.Story, w, last story.WordID) []story.EntityID {
	var others []story.EntityID
	end := sentenceOf(st, w).EndWord
	for at := last + 1; at < min(end, last+18); at++ {
		word := st.Word(at)
		if !s.dip.to.has(word) && !s.dip.with.has(word) {
			continue
		}
		if to := s.firstPartyAfter(st, at, end, s.dip.to); to != 0 {
			others = s.partiesAt(st, to)
			break
		}
	}
	return s.withSubject(st, w, others)
}

// presence reads who was there, as words such as "in the presence of", "the
// meeting was attended by" list them. They join the ceremony that is told before
// in the same sentence or to which the sentence points back; what was no
// ceremony takes place between others ("a meeting with X in the presence of Y").
func (s *Stage) presence(st *story.Story, t *telling, told []telling, w, last story.WordID) []story.EntityID {
	if t.kind == "meeting" && !s.ofGathering(st, t, w) {
		return nil // "the country led by the president"
	}
	if t.rule.by == "event/encounter:ceremony-front" && !s.signedBefore(st, w) {
		return nil // "spoke before the president and the king"
	}
	out := s.witnesses(st, w, last)
	s.sameGathering(st, t, w)
	if len(out) == 0 || len(told) == 0 {
		return s.signed(st, t, out)
	}
	before := &told[len(told)-1]
	apart := st.Word(w).Sent - st.Word(before.word).Sent
	switch {
	case before.kind == "call" || before.status != story.Occurred:
		if apart == 0 {
			return nil
		}
	case apart == 0 && before.kind != "ceremony":
		return nil
	case apart == 0, apart <= 2 && s.pointsBack(st, w, t.kind == before.kind):
		t.kind = before.kind
		all := slices.Clone(before.parts)
		for _, id := range out {
			addOnce(&all, id)
		}
		return all
	}
	return s.signed(st, t, out)
}

// signedBefore reports whether a sentence tells of a signing before a word.
func (s *Stage) signedBefore(st *story.Story, w story.WordID) bool {
	for at := sentenceOf(st, w).FirstWord; at < w; at++ {
		if s.dip.references.sign.has(st.Word(at)) {
			return true
		}
	}
	return false
}

// signed keeps the signatories of two states: a law that a president signs and a
// minister countersigns is no meeting.
func (s *Stage) signed(st *story.Story, t *telling, parts []story.EntityID) []story.EntityID {
	if t.kind == "ceremony" && t.rule.by != "event/encounter:ceremony-witness" && !fromTwoStates(st, parts) {
		return nil
	}
	return parts
}

// ofGathering reports whether a passive says who was at a meeting: its subject is
// one, which then tells what kind it was.
func (s *Stage) ofGathering(st *story.Story, t *telling, w story.WordID) bool {
	sub := s.subjectOf(st, w)
	if sub == 0 || sub > w || !s.dip.gather.has(st.Word(sub)) {
		return false
	}
	switch word := st.Word(sub); {
	case s.dip.rite.has(word):
		t.kind = "ceremony"
	case s.summit(word):
		t.kind = "summit"
	}
	return true
}

// sameGathering gives a gathering to which a sentence points back the time and
// the place that were told of it: "menggelar dialog di Berlin pada Selasa. Dialog
// tersebut dihadiri X dan Y".
func (s *Stage) sameGathering(st *story.Story, t *telling, w story.WordID) {
	sub := s.subjectOf(st, w)
	if sub == 0 || !s.dip.gather.has(st.Word(sub)) || st.Child(sub, "det") == 0 {
		return
	}
	first := st.Sent(max(st.Word(w).Sent, 3) - 2).FirstWord
	for at := sentenceOf(st, w).FirstWord - 1; at >= first && at > 0; at-- {
		if !strings.EqualFold(st.Word(at).Form, st.Word(sub).Form) {
			continue
		}
		if tm := timeNear(st, at); tm != nil {
			t.dated, t.date, t.from = true, pointOf(tm), tm.Date
		}
		if p := s.placeOfClause(st, at); p != 0 {
			t.place = s.whereAt(st, p)
		}
		return
	}
}

// summit reports whether a noun is a cue of summits.
func (s *Stage) summit(word *story.Word) bool {
	for _, c := range lookup(s.dip.encounters.cues, word.Form) {
		if len(c.rest) == 0 && c.row >= 0 && s.dip.encounters.rules[c.row].kind == "summit" {
			return true
		}
	}
	return false
}

// pointsBack reports whether a sentence opens by pointing to what was told
// before it: "The signing was witnessed by", "Hal itu disaksikan".
func (s *Stage) pointsBack(st *story.Story, w story.WordID, alike bool) bool {
	sent := sentenceOf(st, w)
	for at := sent.FirstWord; at < min(sent.EndWord, sent.FirstWord+4) && at < w; at++ {
		word := st.Word(at)
		if s.dip.saying.has(word) || alike && word.Rel() == "det" && s.dip.gather.has(st.Word(word.Head)) {
			return true
		}
	}
	return false
}

// atRite reports whether the clause of an encounter says that it was at a
// ceremony: "hugged him during a ceremony".
func (s *Stage) atRite(st *story.Story, w story.WordID) bool {
	for _, head := range [...]story.WordID{w, predicate(st, w)} {
		for c := range st.Children(head) {
			if st.Word(c).Rel() == "obl" && s.dip.rite.has(st.Word(c)) && marked(st, c, s.dip.during) {
				return true
			}
		}
	}
	return false
}

// witnesses reads the list after "in the presence of", "disaksikan oleh".
func (s *Stage) witnesses(st *story.Story, w, last story.WordID) []story.EntityID {
	var out []story.EntityID
	end := min(sentenceOf(st, w).EndWord, last+60)
	for at := last + 1; at < end; at++ {
		if word := st.Word(at); word.UPOS == story.VERB && len(out) > 0 && !s.dip.attended.has(word) && word.Mention == 0 {
			break
		}
		for _, id := range s.partiesAtWord(st, at) {
			if e := st.Entity(id); e.Kind == story.Person || e.Kind == story.Group && highOffice(e) {
				addOnce(&out, id)
			}
		}
	}
	return out
}
