package event

import (
	"slices"

	"kawat/story"
)

// encounterStatus reads whether an encounter took place. A cue may say so
// itself; else the words around it do: "akan bertemu", "batal bertemu",
// "menjelang pertemuan", "mendesak pertemuan".
func (s *Stage) encounterStatus(st *story.Story, rule *encounterRule, w story.WordID) story.Status {
	if rule.status != "" {
		return rule.status
	}
	if marked(st, w, s.dip.after) {
		return story.Occurred
	}
	if marked(st, w, s.dip.before) {
		return story.Planned
	}
	if marked(st, w, s.dip.during) {
		if p := predicate(st, w); s.plannedAt(st, p) {
			return story.Planned // "X akan membahasnya dalam pertemuan dengan Y"
		}
		return story.Occurred
	}
	out := s.cueStatus(st, w)
	at := w
	for range maxRise {
		word := st.Word(at)
		if word.Head == 0 || out != story.Occurred {
			return out
		}
		rel, head := word.Rel(), word.Head
		switch rel {
		case "advcl", "acl", "dep":
			if !s.purpose(st, at) {
				if rel == "advcl" && s.plannedAt(st, head) {
					return story.Planned // "will ask China when meeting Xi"
				}
				return out
			}
			// "menolak untuk bertemu", "tiba untuk bertemu"
			if up := s.headStatus(st.Word(head)); up != story.Occurred {
				return up
			}
			return story.Planned
		case "obl", "parataxis", "list":
			return out
		case "ccomp":
			if s.dip.planned.has(st.Word(head)) || s.dip.asked.has(st.Word(head)) {
				return s.headStatus(st.Word(head))
			}
			return out
		case "nsubj", "csubj":
			switch {
			case s.dip.denied.has(st.Word(head)) && !s.negation(st.Word(head)):
				return story.Denied
			case s.dip.happen.has(st.Word(head)) && s.plannedAt(st, head) || rel == "nsubj" && s.dip.planned.has(st.Word(head)) && st.Word(head).UPOS == story.VERB:
				return story.Planned // "pertemuan itu akan digelar", not "would help to usher in a new chapter"
			}
			return out
		}
		at = head
		out = s.cueStatus(st, at)
		if out == story.Occurred {
			out = s.headStatus(st.Word(at))
		}
	}
	return out
}

// purpose reports whether a clause stands behind "untuk", "to".
func (s *Stage) purpose(st *story.Story, w story.WordID) bool {
	for c := range st.Children(w) {
		if cw := st.Word(c); c < w && (cw.Rel() == "mark" || cw.Rel() == "case" || cw.UPOS == story.PART) && s.dip.purpose.has(cw) {
			return true
		}
	}
	return false
}

// negation reports whether a word only negates what it stands with.
func (s *Stage) negation(w *story.Word) bool {
	return w.UPOS == story.PART || w.UPOS == story.ADV || w.UPOS == story.AUX
}

// headStatus reads a verb above a cue: "dijadwalkan bertemu", "menolak bertemu".
func (s *Stage) headStatus(w *story.Word) story.Status {
	switch {
	case s.dip.denied.has(w):
		return story.Denied
	case s.dip.asked.has(w):
		return story.Requested
	case s.dip.planned.has(w):
		return story.Planned
	}
	return story.Occurred
}

// cueStatus reads the small words that depend on a verb.
func (s *Stage) cueStatus(st *story.Story, w story.WordID) story.Status {
	out := story.Occurred
	for c := range st.Children(w) {
		cw := st.Word(c)
		switch cw.Rel() {
		case "aux", "advmod", "mark", "cop", "det", "case":
		default:
			continue
		}
		if c < w && cw.Rel() == "aux" && st.Child(w, "mark") > c && s.purpose(st, w) {
			out = story.Planned // "is to fly to Japan"
		}
		switch {
		case s.dip.denied.has(cw) && cw.Rel() != "case":
			return story.Denied
		case s.dip.cond.has(cw):
			out = story.Conditional
		case s.dip.planned.has(cw) && out == story.Occurred:
			out = story.Planned
		}
	}
	return out
}

func (s *Stage) plannedAt(st *story.Story, w story.WordID) bool {
	for c := range st.Children(w) {
		cw := st.Word(c)
		if r := cw.Rel(); (r == "aux" || r == "advmod") && s.dip.planned.has(cw) {
			return true
		}
	}
	return false
}

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

// mergeTelling adds a telling to the encounter that it tells of again, or
// appends it as one of its own.
func mergeTelling(st *story.Story, all []telling, t telling) []telling {
	for i := range all {
		if sameEncounter(st, &all[i], &t) {
			absorb(st, &all[i], &t)
			return all
		}
	}
	return append(all, t)
}

func sameEncounter(st *story.Story, a, b *telling) bool {
	if (a.kind == "call") != (b.kind == "call") || a.old != b.old && a.date != b.date {
		return false
	}
	if (a.status == story.Denied) != (b.status == story.Denied) {
		return false
	}
	n := overlap(st, a.parts, b.parts)
	small := min(len(a.parts), len(b.parts))
	if n < min(2, small) || n == 0 {
		return false
	}
	if !datesAgree(a.date, b.date) {
		return false
	}
	if (a.dated && a.date == "") != (b.dated && b.date == "") && a.old != b.old {
		return false
	}
	if (a.status == story.Planned) != (b.status == story.Planned) && a.date != b.date && small == 1 {
		return false
	}
	if small == 1 && (a.kind == "summit") != (b.kind == "summit") {
		return false
	}
	if small == 1 {
		return visitFits(st, a, b) && visitFits(st, b, a)
	}
	return true
}

// visitFits reports whether a traveller's visit may be part of an encounter: it
// went to where the encounter was, or to the country of somebody whom the
// traveller met.
func visitFits(st *story.Story, visit, other *telling) bool {
	c := visit.place.Country
	if len(visit.parts) > 1 || c == "" || other.place.Country == c {
		return true
	}
	return len(other.parts) > 1 && other.place.Country == "" && hasCountry(st, other.parts, c)
}

// overlap counts the participants of a that b has too; a state or an unnamed
// holder of an office stands for a person of that state.
func overlap(st *story.Story, a, b []story.EntityID) int {
	n := 0
	var used uint64
	for _, x := range a {
		for j, y := range b {
			if j < 64 && used&(1<<j) == 0 && standsFor(st, x, y) {
				used |= 1 << j
				n++
				break
			}
		}
	}
	return n
}

func standsFor(st *story.Story, x, y story.EntityID) bool {
	if x == y {
		return true
	}
	a, b := st.Entity(x), st.Entity(y)
	if a.Country == "" || a.Country != b.Country || a.Kind == story.Person && b.Kind == story.Person {
		return false
	}
	if a.Kind == story.Group && b.Kind == story.Person || a.Kind == story.Person && b.Kind == story.Group {
		return !functionsDiffer(a, b)
	}
	return true
}

func functionsDiffer(a, b *story.Entity) bool {
	for _, x := range a.Offices {
		for _, y := range b.Offices {
			if x.Function == y.Function {
				return false
			}
		}
	}
	return len(a.Offices) > 0 && len(b.Offices) > 0
}

// ranks orders kinds by how much they say.
var ranks = map[string]int{"talks": 1, "visit": 2, "meeting": 3, "call": 3, "summit": 4, "ceremony": 5}

// absorb adds to an encounter what another telling of it says.
func absorb(st *story.Story, a, t *telling) {
	if t.status == story.Occurred && a.status != story.Denied && (len(t.parts) > 1 || len(a.parts) == 1) {
		a.status = story.Occurred
	}
	if len(a.date) < len(t.date) && (len(a.parts) > 1 || len(t.parts) > 1) {
		a.date = t.date
	}
	a.dated = a.dated || t.dated
	if a.place.Country == "" && (t.place.Country != "" || a.place.Name == "") {
		a.place = t.place
	}
	if ranks[t.kind] > ranks[a.kind] && (a.kind == "talks" || a.kind == "visit" || len(a.parts) < 2) {
		a.kind, a.rule = t.kind, t.rule
	}
	parts := a.parts
	for _, id := range t.parts {
		addOnce(&parts, id)
	}
	a.parts = dropStandIns(st, parts)
	for _, sp := range t.spans {
		if !slices.Contains(a.spans, sp) {
			a.spans = append(a.spans, sp)
		}
	}
	slices.SortFunc(a.spans, byText)
	a.cues = append(a.cues, t.cues...)
	a.score = min(95, max(a.score, t.score)+3)
}

// dropStandIns drops states and unnamed officials for whom a named person
// stands.
func dropStandIns(st *story.Story, ids []story.EntityID) []story.EntityID {
	out := make([]story.EntityID, 0, len(ids))
	for _, id := range ids {
		e := st.Entity(id)
		drop := false
		if e.Kind != story.Person {
			for _, other := range ids {
				if st.Entity(other).Kind == story.Person && standsFor(st, id, other) {
					drop = true
				}
			}
		}
		if !drop {
			out = append(out, id)
		}
	}
	return out
}

// dropBareVisits drops a traveller's visit where an encounter of the same
// traveller in the same country tells what came of it.
func dropBareVisits(st *story.Story, all []telling) []telling {
	return slices.DeleteFunc(all, func(v telling) bool {
		if v.kind != "visit" || len(v.parts) != 1 {
			return false
		}
		for i := range all {
			o := &all[i]
			if len(o.parts) < 2 || o.kind == "call" || !slices.Contains(o.parts, v.parts[0]) || !datesAgree(v.date, o.date) {
				continue
			}
			if v.place.Country == "" || o.place.Country == v.place.Country || hasCountry(st, o.parts, v.place.Country) {
				return true
			}
		}
		return false
	})
}

func hasCountry(st *story.Story, ids []story.EntityID, country string) bool {
	for _, id := range ids {
		if st.Entity(id).Country == country {
			return true
		}
	}
	return false
}
