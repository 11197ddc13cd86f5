package export

import (
	"slices"

	"kawat/record"
)

// side is one actor of a row: a state or an organization, and the person or
// body that acts for it where the story names one.
type side struct {
	country string         // as in *_countries; "" unknown
	entity  *record.Entity // nil where only the country is known
	sectors []string
}

// none reports whether there is nobody on this side.
func (s side) none() bool { return s.country == "" && s.entity == nil }

// maxDyads bounds the rows of one event: a summit of 27 has 351 pairs.
const maxDyads = 1000

// dyads expands the sides of an event into pairs, in the order of the record.
// A symmetric event is one pair and not two: who wants both directions doubles
// it. Where everybody stands among the actors, each meets each.
func dyads(r *record.Record, ev *record.Event) [][2]side {
	met := participants(r, ev)
	actors := sides(r, ev.Actors, ev.ActorCountries, ev.ActorSectors, met)
	recipients := sides(r, ev.Recipients, ev.RecipientCountries, ev.RecipientSectors, met)
	var out [][2]side
	add := func(a, b side) {
		if len(out) < maxDyads && !(a.none() && b.none()) {
			out = append(out, [2]side{a, b})
		}
	}
	switch {
	case len(recipients) == 0 && ev.Symmetric && len(actors) > 1:
		for i, a := range actors {
			for _, b := range actors[i+1:] {
				add(a, b)
			}
		}
	case len(recipients) == 0:
		for _, a := range actors {
			add(a, side{})
		}
	case len(actors) == 0:
		for _, b := range recipients {
			add(side{}, b)
		}
	default:
		for _, a := range actors {
			for _, b := range recipients {
				add(a, b)
			}
		}
	}
	return out
}

// participants are the persons of the encounter that an event belongs to: the
// sides of the event are states, and they are who acted for them.
func participants(r *record.Record, ev *record.Event) []*record.Entity {
	var out []*record.Entity
	for i := range r.Encounters {
		if r.Encounters[i].Event != ev.ID {
			continue
		}
		for _, id := range r.Encounters[i].Participants {
			if e := entity(r, id); e != nil && e.Kind == "person" {
				out = append(out, e)
			}
		}
	}
	return out
}

// sides pairs the countries of a side with who acts for them: the first entity
// of the country, a person before a body before the state itself. Entities
// without a country are sides of their own.
func sides(r *record.Record, ids, countries, sectors []string, met []*record.Entity) []side {
	var out []side
	found := make([]*record.Entity, 0, len(ids))
	for _, id := range ids {
		if e := entity(r, id); e != nil {
			found = append(found, e)
		}
	}
	used := map[*record.Entity]bool{}
	for _, c := range countries {
		s := side{country: c, sectors: sectors}
		for _, e := range found {
			if of(e) != c {
				continue
			}
			used[e] = true
			if s.entity == nil || rank(e) < rank(s.entity) {
				s.entity = e
			}
		}
		for _, e := range met {
			if of(e) == c && (s.entity == nil || rank(e) < rank(s.entity)) {
				s.entity = e
			}
		}
		out = append(out, s)
	}
	// An organization stands among the countries by a code that its entity does
	// not carry; with one of each left, they are the same.
	var left []*record.Entity
	for _, e := range found {
		if !used[e] {
			left = append(left, e)
		}
	}
	open := slices.IndexFunc(out, func(s side) bool { return s.entity == nil })
	if open >= 0 && len(left) == 1 {
		out[open].entity = left[0]
		return out
	}
	for _, e := range left {
		if of(e) == "" {
			out = append(out, side{entity: e, sectors: sectors})
		}
	}
	return out
}

// of is the country or organization that an entity acts for.
func of(e *record.Entity) string { return e.Country }

func rank(e *record.Entity) int {
	return slices.Index([]string{"person", "organization", "group", "place", "state"}, e.Kind)
}

// name is what an entity is called in English data.
func (s side) name() string {
	if s.entity == nil {
		return ""
	}
	if s.entity.NameEN != "" {
		return s.entity.NameEN
	}
	return s.entity.Name
}

// ref is the stable reference of a side.
func (s side) ref() string {
	switch {
	case s.entity != nil:
		return s.entity.Ref
	case s.country != "":
		return "state:" + s.country
	}
	return ""
}
