package event

import (
	"kawat/story"
)

// This file reads where something took place: the place that hangs from a
// clause.

// maxAddress bounds how many words a place may run on over its city and state.
const maxAddress = 14

// placeAndTime fills where and when a telling says that it was.
func (s *Stage) placeAndTime(st *story.Story, t *telling, place story.WordID) {
	if tm := timeNear(st, t.word); tm != nil {
		t.dated = true
		t.date, t.from = pointOf(tm), tm.Date
		if tm.Date == "" && tm.By == "when/weekday" && len(st.Published.Raw) == 7 {
			t.date = st.Published.Raw // "on Wednesday", in a story of which only the month is known
		}
		if s.underWay(st, t.word) && t.from > storyDay(st) {
			t.date, t.from = "", "" // "will end his visit on Friday"
		}
	}
	t.old = s.background(st, t.word)
	if place == 0 {
		place = s.placeOfTalk(st, t)
	}
	if place == 0 {
		place = s.placeOfClause(st, t.word)
	}
	for at := t.first; place == 0 && at <= t.last; at++ {
		place = s.placeOfClause(st, at) // "a round of talks in Istanbul"
	}
	if place == 0 && t.kind != "call" {
		place = s.placeOfJourney(st, t.word)
	}
	if place != 0 {
		t.place = s.whereAt(st, place)
	}
	if place != 0 && s.unplaced(st, &t.place) {
		t.place.Country = s.stateBehind(st, place)
	}
	if t.place.Name == "" && s.saysHere(st, t.word) {
		t.place = s.datelinePlace(st)
	}
}

// placeOfJourney returns the place to which somebody went for an encounter, or of
// which its clause says more: "went to Ankara for talks with X", "flew to Oslo to
// meet X", "a summit in Hamburg, where he is due to meet X".
func (s *Stage) placeOfJourney(st *story.Story, w story.WordID) story.WordID {
	p := predicate(st, w)
	if word := st.Word(p); word.Rel() == "acl" && word.Head != 0 && word.Head < p && isPlace(st, word.Head) {
		return word.Head
	}
	first := sentenceOf(st, w).FirstWord
	for at := w - 1; at > first && at+12 > w; at-- {
		if !s.dip.where.has(st.Word(at)) {
			continue
		}
		for before := at - 1; before >= first && before+5 > at; before-- {
			if isPlace(st, before) {
				return before
			}
		}
		break
	}
	head := p
	if st.Word(p).Rel() == "advcl" && s.purpose(st, p) {
		head = st.Word(p).Head
	} else if !marked(st, w, s.dip.to) {
		return 0
	}
	for c := range st.Children(head) {
		if c > head && c < w && st.Word(c).Rel() == "obl" && marked(st, c, s.dip.toward) && isPlace(st, c) {
			return c
		}
	}
	return 0
}

// background reports whether the clause calls the encounter an earlier one:
// "terakhir bertemu", "previously met".
func (s *Stage) background(st *story.Story, w story.WordID) bool {
	sent := sentenceOf(st, w)
	for at := max(sent.FirstWord, w-2); at < min(sent.EndWord, w+2); at++ {
		if s.dip.last.has(st.Word(at)) {
			return true
		}
	}
	return false
}

// placeOfTalk returns a place that stands before a noun as its qualifier: "the
// Geneva talks", "in a White House meeting". A state so placed is a side of it:
// "the China talks".
func (s *Stage) placeOfTalk(st *story.Story, t *telling) story.WordID {
	if st.Word(t.word).UPOS == story.VERB || t.kind == "call" {
		return 0
	}
	for c := range st.Children(t.word) {
		if c > t.word {
			break
		}
		switch st.Word(c).Deprel {
		case "compound", "nmod", "amod", "nmod:desc", "flat":
		default:
			continue
		}
		if caseOf(st, c) != 0 || st.Word(c).Mention == 0 || !s.isSite(st, c) {
			continue
		}
		return c
	}
	return 0
}

// isSite reports whether a mention names a place or a seat of government, and
// not a state itself.
func (s *Stage) isSite(st *story.Story, w story.WordID) bool {
	m := st.Mention(st.Word(w).Mention)
	if m.Type == story.AdjectiveMention || m.Type == story.PronounMention {
		return false
	}
	for _, id := range st.Denotes(w) {
		switch e := st.Entity(id); e.Kind {
		case story.Place:
			return true
		case story.State:
			_, ok := s.seat(st, m)
			return ok
		}
	}
	return false
}

// placeOfClause finds the place that hangs from a cue or from the verb over
// it: "di Beijing".
func (s *Stage) placeOfClause(st *story.Story, w story.WordID) story.WordID {
	clause := predicate(st, w)
	held := story.WordID(0)
	for c := range st.Children(w) {
		if c > w && st.Word(c).Rel() == "acl" && (s.dip.happen.has(st.Word(c)) || s.dip.light.has(st.Word(c))) {
			held = c // "a meeting, held in the Chinese capital Beijing, with"
		}
	}
	for _, head := range [...]story.WordID{w, held, clause, clauseOf(st, w)} {
		if head == 0 {
			continue
		}
		for c := range st.Children(head) {
			cw := st.Word(c)
			if (cw.Rel() == "obl" || cw.Rel() == "nmod") && (marked(st, c, s.dip.at) || s.dip.margin.has(cw)) {
				if p := s.placeIn(st, c, 0); p != 0 {
					return p
				}
			}
			if cw.Rel() == "obl" && c > w && marked(st, c, s.dip.during) {
				if p := s.placedBelow(st, c); p != 0 {
					return p // "dalam pertemuan G20 di Roma"
				}
			}
		}
	}
	// the tree may hang "di Beijing" from the name before it
	sent := sentenceOf(st, w)
	margin := false // whatever is named behind "on the sidelines of" was there
	for at := w + 1; at < min(sent.EndWord, w+farPlace); at++ {
		word := st.Word(at)
		margin = margin || s.dip.margin.has(word)
		if word.UPOS == story.VERB && word.Mention == 0 && st.Word(at-1).UPOS != story.PUNCT {
			break
		}
		if word.Rel() != "case" || !s.dip.at.has(word) || word.Head < at {
			continue
		}
		if up := st.Word(word.Head).Head; !margin && up > w && st.Word(up).UPOS == story.NOUN && (st.Word(up).Mention == 0 && caseOf(st, up) != 0 || st.Word(up).Rel() == "nsubj") {
			continue // "condolences over a blast in Izmir", "..., the ministry in Ankara said"
		}
		if p := s.placeIn(st, word.Head, 0); p != 0 {
			return p
		}
		for next := at + 1; next < min(sent.EndWord, at+4); next++ {
			if isPlace(st, next) && !s.qualifies(st, next) && titled(st, next, sent.EndWord) == nil {
				return next // "at Merdeka Palace on Thursday", hung from Thursday
			}
		}
	}
	return 0
}

// farPlace bounds the words between what happened and where: "met ... on the
// sidelines of a meeting of foreign ministers of ... in the German city of Bonn".
const farPlace = 32

// capitalOf returns the state whose capital, or a town of which, a phrase speaks
// without naming it: "the Chinese capital", but not "the Chinese city of Wuhan".
func (s *Stage) capitalOf(st *story.Story, w story.WordID) story.WordID {
	if word := st.Word(w); !s.dip.town.has(word) || word.Mention != 0 || st.Child(w, "nmod", "appos", "flat") != 0 {
		return 0
	}
	for c := range st.Children(w) {
		if m := st.Word(c).Mention; m != 0 && c < w && st.Mention(m).Type == story.AdjectiveMention && s.placeOnly(st, c) {
			return c
		}
	}
	return 0
}

// placedBelow returns the place that a preposition of place marks right below a
// noun.
func (s *Stage) placedBelow(st *story.Story, w story.WordID) story.WordID {
	for c := range st.Children(w) {
		if st.Word(c).Rel() == "nmod" && marked(st, c, s.dip.at) {
			if p := s.placeIn(st, c, 1); p != 0 {
				return p
			}
		}
	}
	return 0
}

// placeIn returns the phrase itself if it names a place or a building, else a
// place below it: "Istana Negara di Jakarta", "the Philippine capital Manila".
func (s *Stage) placeIn(st *story.Story, w story.WordID, depth int) story.WordID {
	if isPlace(st, w) && !s.qualifies(st, w) {
		return w
	}
	if p := s.capitalOf(st, w); p != 0 {
		return p
	}
	if depth > 3 {
		return 0
	}
	for c := range st.Children(w) {
		switch st.Word(c).Rel() {
		case "nmod", "appos", "flat", "compound", "conj":
			if marked(st, c, s.dip.toward) && !marked(st, c, s.dip.at) {
				continue // "the drop in migration to the United States"
			}
			if marked(st, c, s.dip.with) || marked(st, c, s.dip.of) && depth > 1 && !s.dip.town.has(st.Word(w)) {
				continue // "in a meeting with China"
			}
			if p := s.placeIn(st, c, depth+1); p != 0 {
				return p
			}
		}
	}
	return 0
}

// isPlace reports whether a word names a state or a place, and does so by its
// name.
func isPlace(st *story.Story, w story.WordID) bool {
	id := st.Word(w).Mention
	if id == 0 {
		return false
	}
	m := st.Mention(id)
	if m.Type != story.NameMention && m.Type != story.NestedMention || !m.Span.Contains(st.Word(w).Span) {
		return false // "China-U.S. relations" is a word with two names
	}
	if a, z := timesIn(st, m.Span); a < z {
		return false // "in May"
	}
	for _, id := range st.Denotes(w) {
		switch st.Entity(id).Kind {
		case story.State, story.Place:
			return true
		}
	}
	return false
}

// qualifies reports whether the name of a place only says whose the noun behind
// it is: "at the U.S. embassy", "in Russia talks".
func (s *Stage) qualifies(st *story.Story, w story.WordID) bool {
	_, end := st.WordsIn(st.Mention(st.Word(w).Mention).Span)
	if end >= sentenceOf(st, w).EndWord {
		return false
	}
	if titled(st, w, sentenceOf(st, w).EndWord) != nil {
		return true // "with U.S. Secretary of State Rex Tillerson"
	}
	next := st.Word(end)
	if next.UPOS == story.PART && next.Rel() == "case" { // "Turkey's capital"
		return true
	}
	if id := next.Mention; id != 0 && st.Mention(id).Kind == story.Organization && st.Mention(id).Span.Contains(st.Word(w).Span) {
		return true // "in Kyiv, the U.S. Embassy said"
	}
	return next.UPOS == story.NOUN && (next.Mention == 0 || st.Mention(next.Mention).Kind == story.Group) && st.Word(w).Head >= end && st.Word(w).Head < end+3
}

// saysHere reports whether a clause says that it happened where the story was
// written: "received here today", "di sini".
func (s *Stage) saysHere(st *story.Story, w story.WordID) bool {
	for _, head := range [...]story.WordID{w, predicate(st, w)} {
		for c := range st.Children(head) {
			if s.dip.here.has(st.Word(c)) {
				return true
			}
		}
	}
	return false
}
