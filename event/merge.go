package event

import (
	"slices"

	"kawat/story"
)

// merge makes one event of all findings with the same type, sides and day, and
// appends the events to the story in the order of the text.
func (r *run) merge() {
	slices.SortStableFunc(r.found, func(a, b finding) int { return int(a.word) - int(b.word) })
	kept := make([]finding, 0, len(r.found))
	for _, f := range r.found {
		at := slices.IndexFunc(kept, func(k finding) bool { return same(&k.Event, &f.Event, r.newsDay()) })
		if at < 0 {
			kept = append(kept, f)
			continue
		}
		absorbEvent(r.st, &kept[at].Event, &f.Event)
	}
	kept = dropBare(kept)
	for i := range kept {
		r.st.AddEvent(kept[i].Event)
	}
}

// dropBare leaves out tellings without a recipient of acts that the story tells
// with one: "called for a halt" beside "told Washington to halt".
func dropBare(all []finding) []finding {
	return slices.DeleteFunc(slices.Clone(all), func(f finding) bool {
		if len(f.RecipientCountries) > 0 || len(f.ActorCountries) != 1 {
			return false
		}
		return slices.ContainsFunc(all, func(o finding) bool {
			return o.Type == f.Type && len(o.RecipientCountries) > 0 && sameCodes(o.ActorCountries, f.ActorCountries) && sameDay(o.Date, f.Date)
		})
	})
}

// same reports whether two findings are one event.
func same(a, b *story.Event, news string) bool {
	if a.Type != b.Type || (a.Status == story.Denied) != (b.Status == story.Denied) || !sameDay(a.Date, b.Date) {
		return false
	}
	// An arrest without a date beside one of last May: two arrests.
	if quadOfDeed(a.Type) && (a.Date == "") != (b.Date == "") && a.Date+b.Date != news {
		return false
	}
	if sameCodes(a.ActorCountries, b.ActorCountries) && sameCodes(a.RecipientCountries, b.RecipientCountries) {
		return a.Symmetric == b.Symmetric || a.Type == "CONSULT"
	}
	return (a.Symmetric || b.Symmetric) && a.Symmetric == b.Symmetric &&
		sameCodes(a.ActorCountries, b.RecipientCountries) && sameCodes(a.RecipientCountries, b.ActorCountries)
}

// sameDay reports whether two dates may be one: a day that is not told may be
// any, and a month holds its days.
func sameDay(a, b string) bool {
	n := min(len(a), len(b))
	return a[:n] == b[:n]
}

func sameCodes(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for _, c := range a {
		if !slices.Contains(b, c) {
			return false
		}
	}
	return true
}

// absorbEvent adds to an event what another telling of it knows.
func absorbEvent(st *story.Story, a, b *story.Event) {
	if len(b.Date) > len(a.Date) {
		a.Date = b.Date
	}
	a.Place = narrower(st, a.Place, b.Place)
	if len(b.CAMEO) > len(a.CAMEO) || len(b.CAMEO) == len(a.CAMEO) && a.CAMEO[len(a.CAMEO)-1] == '0' {
		a.CAMEO = b.CAMEO
	}
	if a.Mode == "" {
		a.Mode = b.Mode
	}
	if a.AssertedBy != 0 && b.AssertedBy == 0 {
		a.AssertedBy, a.Quotation = 0, b.Quotation
	}
	if b.Status == story.Occurred && a.Status != story.Denied {
		a.Status = story.Occurred
	}
	for _, c := range b.Contexts {
		if !slices.Contains(a.Contexts, c) {
			a.Contexts = append(a.Contexts, c)
		}
	}
	for _, sp := range b.Spans {
		if !slices.Contains(a.Spans, sp) {
			a.Spans = append(a.Spans, sp)
		}
	}
	a.Score = max(a.Score, b.Score)
}
