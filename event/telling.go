package event

import (
	"slices"

	"kawat/story"
)

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
	if !datesAgree(a.date, b.date) || longAgo(st, a, b) || longAgo(st, b, a) {
		return false
	}
	together := slices.ContainsFunc(a.spans, func(sp story.Span) bool { return slices.Contains(b.spans, sp) })
	if x, y := a.place.Country, b.place.Country; x != "" && y != "" && x != y && !together && (a.date == "" || b.date == "" || small > 1) {
		return false // "a meeting in Fuzhou" and "a meeting in Jakarta"
	}
	if (a.dated && a.date == "") != (b.dated && b.date == "") && a.old != b.old {
		return false
	}
	if (a.status == story.Planned) != (b.status == story.Planned) && a.date != b.date && small == 1 && (a.date != "" && b.date != "" || a.place.Country != b.place.Country) {
		return false
	}
	if small == 1 && len(a.parts) != len(b.parts) && (a.status == story.Planned) != (b.status == story.Planned) {
		return false // a trip that took place, and a meeting to come
	}
	if a.status == story.Occurred && b.status == story.Planned && b.date == "" && st.Word(b.word).Sent > st.Word(a.word).Sent && small > 1 {
		return false // "Xi met Putin. ... The two will meet again in May."
	}
	if small == 1 && (a.kind == "summit") != (b.kind == "summit") && !together {
		return false
	}
	if a.rule.by == seeOff || b.rule.by == seeOff {
		return false // the farewell at the airport is not the visit
	}
	if small == 1 {
		return visitFits(st, a, b) && visitFits(st, b, a)
	}
	return true
}

// seeOff is the rule of farewells.
const seeOff = "event/encounter:see-off"

// longAgo reports whether one telling is of months or years before the news and
// the other gives no date and stands elsewhere: "visits Singapore" beside "his
// visit in 2019", "was speaking alongside Xi" beside "their first meeting in April".
func longAgo(st *story.Story, old, other *telling) bool {
	if other.date != "" || !farBack(old.date, storyDay(st)) {
		return false
	}
	d := int(st.Word(old.word).Sent) - int(st.Word(other.word).Sent)
	return d > 1 || d < -1
}

// farBack reports whether a date lies two months or more before a day, or in
// another year where the day or the date has no month.
func farBack(date, day string) bool {
	if len(day) < 4 || len(date) < 4 {
		return false
	}
	if len(day) < 7 || len(date) < 7 {
		return date[:4] != day[:4]
	}
	return (number(day[:4])-number(date[:4]))*12+number(day[5:7])-number(date[5:7]) >= 2
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
var ranks = map[string]int{"summit": 1, "visit": 2, "talks": 3, "meeting": 4, "call": 4, "ceremony": 5}

// absorb adds to an encounter what another telling of it says.
func absorb(st *story.Story, a, t *telling) {
	switch {
	case len(t.parts) == 1 && len(a.parts) == 1 && (a.date == "") != (t.date == ""): // the dated telling knows
		if a.date == "" && a.status != story.Denied {
			a.status = t.status
		}
	case t.status == story.Occurred && a.status != story.Denied && (len(t.parts) > 1 || len(a.parts) == 1):
		a.status = story.Occurred
	}
	if len(a.date) < len(t.date) && (len(a.parts) > 1 || len(t.parts) > 1) {
		a.date = t.date
	}
	a.dated = a.dated || t.dated
	if t.kind != "visit" || len(t.parts) > 1 || t.place.Country != "" || len(a.parts) == 1 {
		a.place = narrower(st, a.place, t.place) // not Asia, where the two met on a tour
	}
	if ranks[t.kind] > ranks[a.kind] && (ranks[a.kind] <= ranks["talks"] || len(a.parts) < 2) && (t.kind != "visit" || len(a.parts) < 3) {
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
	if a.host == 0 {
		a.host = t.host
	}
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
		for _, other := range ids {
			o := st.Entity(other)
			switch {
			case e.Kind != story.Person && o.Kind == story.Person:
				drop = drop || standsFor(st, id, other)
			case e.Kind == story.State && o.Kind == story.Organization: // "parlemen Thailand" and Thailand
				drop = drop || e.Country == o.Country
			}
		}
		if !drop {
			out = append(out, id)
		}
	}
	return out
}

// foldVisits folds a traveller's visit into an encounter of the same traveller
// that tells what came of it: somebody of the country is met, or somebody there.
func foldVisits(st *story.Story, all []telling) []telling {
	return slices.DeleteFunc(all, func(v telling) bool {
		if v.kind != "visit" || len(v.parts) != 1 {
			return false
		}
		for i := range all {
			o := &all[i]
			if len(o.parts) < 2 || o.kind == "call" || o.rule.by == seeOff || !slices.Contains(o.parts, v.parts[0]) || !datesAgree(v.date, o.date) || (v.status == story.Denied) != (o.status == story.Denied) {
				continue
			}
			c := v.place.Country
			same := slices.Contains(o.spans, v.spans[0])
			switch {
			case c == "" || o.place.Country == c:
			case o.place.Country == "" && (hasCountry(st, o.parts, c) || same):
				o.place = v.place
			default:
				continue
			}
			if len(o.date) < len(v.date) {
				o.date = v.date
			}
			return true
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
