package event

import (
	"kawat/story"
)

// This file finds who stands on a side of a fact: the people, states and bodies
// that a phrase names.

// party is somebody named by the copy who can stand on a side of a fact.
func party(e *story.Entity) bool {
	switch e.Kind {
	case story.Person, story.State:
		return true
	case story.Group:
		return e.Country != "" || len(e.Offices) > 0 || len(e.Members) > 0
	case story.Organization:
		return e.Country != ""
	}
	return false
}

// partiesAt returns those whom the noun phrase headed by a word names, with its
// conjuncts and appositions: both in "Menlu Rusia Sergey Lavrov dan Menlu India
// S. Jaishankar", China in "delegasi China".
func (s *Stage) partiesAt(st *story.Story, w story.WordID) []story.EntityID {
	var out []story.EntityID
	s.gather(st, w, &out, 0)
	if len(out) > 0 {
		s.andNext(st, w, &out)
	}
	return preferPersons(st, out)
}

// partiesOf is partiesAt for a word that may be none.
func (s *Stage) partiesOf(st *story.Story, w story.WordID) []story.EntityID {
	if w == 0 {
		return nil
	}
	return s.partiesAt(st, w)
}

// andNext follows a coordination that the tree cut off: in "Presiden Putin dan
// saya" the parser may hang "saya" from the verb.
func (s *Stage) andNext(st *story.Story, w story.WordID, out *[]story.EntityID) {
	m := st.Word(w).Mention
	if m == 0 {
		return
	}
	_, end := st.WordsIn(st.Mention(m).Span)
	limit := sentenceOf(st, w).EndWord
	for range 4 {
		if end < w || end+1 >= limit || !s.dip.and.has(st.Word(end)) {
			return
		}
		next := st.Mention(m)
		for at := end + 1; at < min(limit, end+3); at++ {
			if n := st.Word(at).Mention; n != 0 && st.Word(at).Rel() != "nsubj" && st.Mention(n).Span.Start >= st.Word(end).Span.End {
				if s.named(st, at, out) {
					next = st.Mention(n)
				}
				break
			}
		}
		if _, e := st.WordsIn(next.Span); e > end {
			end = e
			continue
		}
		return
	}
}

func (s *Stage) gather(st *story.Story, w story.WordID, out *[]story.EntityID, depth int) {
	if depth > 6 || len(*out) > 24 {
		return
	}
	nominal := st.Word(w).Mention != 0 && st.Mention(st.Word(w).Mention).Type == story.NominalMention
	found := !(nominal && s.spelledOut(st, w)) && s.named(st, w, out)
	for c := range st.Children(w) {
		cw := st.Word(c)
		switch cw.Rel() {
		case "conj":
			if cw.UPOS != story.VERB && (st.Child(c, "cc") != 0 || !s.placeOnly(st, c) || !found) {
				s.gather(st, c, out, depth+1)
			}
		case "appos", "flat", "list":
			if found && cw.Rel() == "appos" && s.isPerson(st, w) && s.officeOnly(st, c) {
				continue // "Karim Darwish, chair of the committee"
			}
			if found && possessive(st, c) {
				continue // "Ivanka Trump, President Trump's daughter"
			}
			if !found || !s.placeOnly(st, c) { // "Zhou di Fuzhou, China": where, not who
				s.gather(st, c, out, depth+1)
			}
		case "nmod", "compound", "det":
			if cw.UPOS == story.PRON && !found && s.dip.body.has(st.Word(w)) { // "negaranya", "his government"
				if !s.spelledOut(st, w) {
					s.named(st, c, out)
				}
				continue
			}
			// "delegasi China", "the Russian side": the head only says in what shape
			if found && s.dip.body.has(st.Word(w)) && marked(st, c, s.dip.of) && st.Child(c, "conj") != 0 {
				s.conjuncts(st, c, out) // "the presidents of Iran, Russia and Turkey"
				continue
			}
			if !found && s.dip.body.has(st.Word(w)) && (caseOf(st, c) == 0 || marked(st, c, s.dip.of) || marked(st, c, s.dip.from)) {
				s.gather(st, c, out, depth+1)
			} else if cw.UPOS != story.PRON && cw.Deprel != "nmod:poss" && caseOf(st, c) == 0 && s.isHuman(st, c) && !possessive(st, c) {
				s.gather(st, c, out, depth+1)
			}
		case "acl":
			if s.dip.body.has(st.Word(w)) && s.dip.led.has(cw) {
				s.leader(st, c, out) // "a delegation led by Foreign Minister Berg"
			}
		case "amod":
			if !found && s.dip.body.has(st.Word(w)) {
				s.named(st, c, out)
			}
		}
	}
}

// spelledOut reports whether the people of a phrase are named right behind it:
// "their two leaders, Juan Torres and Pedro Soto" are not "they".
func (s *Stage) spelledOut(st *story.Story, w story.WordID) bool {
	for c := range st.Children(w) {
		if rel := st.Word(c).Rel(); c > w && (rel == "appos" || rel == "conj") && s.isPerson(st, c) {
			return true
		}
	}
	return false
}

// leader adds who leads a delegation, or both who lead two: "delegations led by
// Foreign Minister Berg and Foreign Minister Torres".
func (s *Stage) leader(st *story.Story, w story.WordID, out *[]story.EntityID) {
	end := min(sentenceOf(st, w).EndWord, w+10)
	led := false
	for at := w + 1; at < end; at++ {
		if word := st.Word(at); word.UPOS == story.VERB || word.UPOS == story.SCONJ {
			return
		}
		ids := s.partiesAtWord(st, at)
		if len(ids) == 0 || st.Entity(ids[0]).Kind != story.Person {
			continue
		}
		addOnce(out, ids[0])
		_, next := st.WordsIn(mentionAt(st, at).Span)
		if led || next <= at || next >= end || !s.dip.and.has(st.Word(next)) {
			return
		}
		led, at, end = true, next, min(sentenceOf(st, w).EndWord, next+12)
	}
}

// possessive reports whether a name only says whose the next noun is: "Trump" in
// "President Trump's daughter".
func possessive(st *story.Story, w story.WordID) bool {
	m := mentionAt(st, w)
	if m == nil {
		return false
	}
	_, end := st.WordsIn(m.Span)
	return end < sentenceOf(st, w).EndWord && st.Word(end).UPOS == story.PART && st.Word(end).Rel() == "case"
}

// officeOnly reports whether a phrase names the holder of an office without a
// name.
func (s *Stage) officeOnly(st *story.Story, w story.WordID) bool {
	ids := s.partiesAtWord(st, w)
	for _, id := range ids {
		if st.Entity(id).Kind != story.Group {
			return false
		}
	}
	return len(ids) > 0
}

// conjuncts adds the members of a coordination of states behind the first.
func (s *Stage) conjuncts(st *story.Story, w story.WordID, out *[]story.EntityID) {
	for c := range st.Children(w) {
		if st.Word(c).Rel() == "conj" && len(*out) < 24 {
			s.named(st, c, out)
			s.conjuncts(st, c, out)
		}
	}
}

// placeOnly reports whether a phrase names nothing but states or places.
func (s *Stage) placeOnly(st *story.Story, w story.WordID) bool {
	ids := st.Denotes(w)
	for _, id := range ids {
		if k := st.Entity(id).Kind; k != story.State && k != story.Place {
			return false
		}
	}
	return len(ids) > 0
}

// isHuman reports whether a phrase names a person or the holder of an office;
// in "the President of Vietnam" the parser may hang either word from the other.
func (s *Stage) isHuman(st *story.Story, w story.WordID) bool {
	for _, id := range st.Denotes(w) {
		if e := st.Entity(id); e.Kind == story.Person || e.Kind == story.Group && len(e.Offices) > 0 {
			return true
		}
	}
	return false
}

// isPerson reports whether a word, which may be none, names a person.
func (s *Stage) isPerson(st *story.Story, w story.WordID) bool {
	if w == 0 {
		return false
	}
	for _, id := range st.Denotes(w) {
		if st.Entity(id).Kind == story.Person {
			return true
		}
	}
	return false
}

// named appends the parties that a word itself leads to.
func (s *Stage) named(st *story.Story, w story.WordID, out *[]story.EntityID) bool {
	mention := mentionAt(st, w)
	if mention == nil {
		return false
	}
	if mention.Entity == 0 {
		return false
	}
	if holder := nameBehind(st, mention); holder != 0 {
		return addParty(st, out, holder)
	}
	found := addParty(st, out, mention.Entity)
	for _, id := range mention.Also {
		found = addParty(st, out, id) || found
	}
	return found
}

// nameBehind returns the person whose name stands right behind the office of
// somebody nameless: "received the organization's Representative to Mongolia Dr.
// Sergey Diorditsa". 0 if none does.
func nameBehind(st *story.Story, m *story.Mention) story.EntityID {
	if m.Kind != story.Group || m.Type != story.NominalMention || m.Head == 0 || len(st.Entity(m.Entity).Offices) == 0 {
		return 0
	}
	_, at := st.WordsIn(m.Span)
	end := sentenceOf(st, m.Head).EndWord
	for n := 0; at < end && n < 3; n++ {
		word := st.Word(at)
		if id := word.Mention; id != 0 {
			if p := st.Mention(id); p.Kind == story.Person && p.Type == story.NameMention && (p.Title.Empty() || p.Title.Start >= m.Span.End) {
				return p.Entity
			}
			return 0
		}
		if !capital(word.Form) { // an honorific
			return 0
		}
		at++
	}
	return 0
}

func addParty(st *story.Story, out *[]story.EntityID, id story.EntityID) bool {
	e := st.Entity(id)
	if !party(e) {
		return false
	}
	if e.Kind == story.Group && len(e.Members) > 0 {
		for _, m := range e.Members {
			addOnce(out, m)
		}
		return true
	}
	addOnce(out, id)
	return true
}

func addOnce(out *[]story.EntityID, id story.EntityID) {
	for _, have := range *out {
		if have == id {
			return
		}
	}
	*out = append(*out, id)
}

// preferPersons drops states and bodies for which a person of the same state
// already stands: in "Delegasi Rusia, dipimpin Lavrov" it is Lavrov who meets.
func preferPersons(st *story.Story, ids []story.EntityID) []story.EntityID {
	if len(ids) < 2 {
		return ids
	}
	out := make([]story.EntityID, 0, len(ids))
	for i, id := range ids {
		e := st.Entity(id)
		if e.Kind != story.Person && e.Country != "" && hasHumanOf(st, ids, i, e) {
			continue
		}
		out = append(out, id)
	}
	return out
}

// hasHumanOf reports whether a person, or for a state also a group, of the same
// state stands among the others.
func hasHumanOf(st *story.Story, ids []story.EntityID, but int, than *story.Entity) bool {
	for j, id := range ids {
		e := st.Entity(id)
		if j != but && e.Country == than.Country && (e.Kind == story.Person || e.Kind == story.Group && than.Kind == story.State) {
			return true
		}
	}
	return false
}

func (s *Stage) partiesAtWord(st *story.Story, w story.WordID) []story.EntityID {
	var buf [4]story.EntityID
	out := buf[:0]
	s.named(st, w, &out)
	return out
}
