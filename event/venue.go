package event

import "kawat/story"

// placeAndTime fills where and when a telling says that it was.
func (s *Stage) placeAndTime(st *story.Story, t *telling, place story.WordID) {
	if tm := timeNear(st, t.word); tm != nil {
		t.dated = true
		if tm.End == "" || len(tm.Date) < 10 {
			t.date = tm.Date
		}
	}
	t.old = s.background(st, t.word)
	if place == 0 {
		place = s.placeOfClause(st, t.word)
	}
	if place != 0 {
		t.place = s.whereAt(st, place)
	}
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

// placeOfClause finds the place that hangs from a cue or from the verb over
// it: "di Beijing".
func (s *Stage) placeOfClause(st *story.Story, w story.WordID) story.WordID {
	clause := predicate(st, w)
	for _, head := range [...]story.WordID{w, clause, clauseOf(st, w)} {
		for c := range st.Children(head) {
			cw := st.Word(c)
			if (cw.Rel() == "obl" || cw.Rel() == "nmod") && marked(st, c, s.dip.at) {
				if p := s.placeIn(st, c, 0); p != 0 {
					return p
				}
			}
		}
	}
	// the tree may hang "di Beijing" from the name before it
	sent := sentenceOf(st, w)
	for at := w + 1; at < min(sent.EndWord, w+20); at++ {
		word := st.Word(at)
		if word.UPOS == story.VERB && word.Mention == 0 && st.Word(at-1).UPOS != story.PUNCT {
			break
		}
		if word.Rel() == "case" && s.dip.at.has(word) && word.Head > at && isPlace(st, word.Head) {
			return word.Head
		}
	}
	return 0
}

// placeIn returns the phrase itself if it names a place or a building, else a
// place below it: "Istana Negara di Jakarta".
func (s *Stage) placeIn(st *story.Story, w story.WordID, depth int) story.WordID {
	if isPlace(st, w) {
		return w
	}
	if depth > 3 {
		return 0
	}
	for c := range st.Children(w) {
		switch st.Word(c).Rel() {
		case "nmod", "appos", "flat", "compound", "conj":
			if p := s.placeIn(st, c, depth+1); p != 0 {
				return p
			}
		}
	}
	return 0
}

// whereAt describes the place that a phrase names.
func (s *Stage) whereAt(st *story.Story, w story.WordID) story.Where {
	ids := st.Denotes(w)
	for _, id := range ids {
		e := st.Entity(id)
		if e.Kind == story.State || e.Kind == story.Place {
			where := story.Where{Entity: id, Name: st.Slice(st.Mention(st.Word(w).Mention).Span), Country: e.Country, Lat: e.Lat, Lon: e.Lon}
			if in := s.cityOf(st, w); in != nil && in.Country != "" { // "Istana Negara di Jakarta": the city knows the country
				where.Country, where.Lat, where.Lon = in.Country, in.Lat, in.Lon
			}
			return where
		}
	}
	return story.Where{}
}

// cityOf returns the place in which a place lies, as the words after it say.
func (s *Stage) cityOf(st *story.Story, w story.WordID) *story.Entity {
	for c := range st.Children(w) {
		if c > w && (marked(st, c, s.dip.at) || caseOf(st, c) == 0 && st.Word(c).Rel() == "nmod") && isPlace(st, c) {
			if e := st.Entity(st.Denotes(c)[0]); e.Kind == story.Place {
				return e
			}
		}
	}
	for at := w + 1; at+1 < min(sentenceOf(st, w).EndWord, w+6); at++ {
		if s.dip.at.has(st.Word(at)) && isPlace(st, at+1) {
			return st.Entity(st.Denotes(at + 1)[0])
		}
		if st.Word(at).UPOS != story.PROPN {
			return nil
		}
	}
	return nil
}
