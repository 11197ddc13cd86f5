package event

import (
	"slices"
	"strings"

	"kawat/plover"
	"kawat/story"
)

// consultFrom appends the event that an encounter is, where no frame read one:
// CONSULT between the states of those who met, AGREE 036 where the encounter
// lies ahead. Who is named first acts: the visitor of a visit, the first side
// of a meeting.
func (s *Stage) consultFrom(st *story.Story, t *telling) story.EventID {
	act, ok := encounterAct(t)
	if !ok || t.word == 0 {
		return 0
	}
	ev := story.Event{
		Type: act.typ, Mode: act.mode, CAMEO: act.cameo, Status: act.status, Symmetric: true,
		Date: t.date, Place: t.place, Trigger: st.Word(t.word).Span, TriggerWord: t.word,
		Evidence: story.Evidence{Spans: t.spans, By: t.rule.by, Score: min(t.score, 70)},
	}
	var codes []string
	for _, id := range t.parts {
		e := st.Entity(id)
		if e.Country == "" || len(e.Offices) == 0 && e.Held == "" && e.Kind == story.Person {
			continue
		}
		if !slices.Contains(codes, e.Country) {
			codes = append(codes, e.Country)
		}
		side, countries := &ev.Actors, &ev.ActorCountries
		if e.Country != codes[0] {
			side, countries = &ev.Recipients, &ev.RecipientCountries
		}
		if state := stateEntity(st, e.Country); state != 0 && e.Kind != story.Organization {
			id = state
		}
		addOnce(side, id)
		if !slices.Contains(*countries, e.Country) {
			*countries = append(*countries, e.Country)
		}
	}
	if len(codes) == 1 && t.kind == "visit" && t.place.Country != "" && t.place.Country != codes[0] {
		// "Trump's visit to Beijing": to the state, whoever received him
		codes = append(codes, t.place.Country)
		ev.RecipientCountries = append(ev.RecipientCountries, t.place.Country)
		if state := stateEntity(st, t.place.Country); state != 0 {
			ev.Recipients = append(ev.Recipients, state)
		} else if t.place.Entity != 0 {
			ev.Recipients = append(ev.Recipients, t.place.Entity)
		}
	}
	if len(codes) < 2 || toldAlready(st, &ev) || partOfAct(st, t) {
		return 0
	}
	if len(codes) > 2 && t.kind == "summit" { // all together, nobody to anybody
		ev.Actors, ev.ActorCountries = append(ev.Actors, ev.Recipients...), codes
		ev.Recipients, ev.RecipientCountries = nil, nil
	}
	return st.AddEvent(ev)
}

// encounterAct returns what an encounter is as an act.
func encounterAct(t *telling) (act, bool) {
	a := act{typ: plover.Consult, cameo: "040", status: story.Occurred}
	switch t.kind {
	case "call":
		a.mode, a.cameo = "phone", "041"
	case "visit":
		a.mode, a.cameo = "visit", "042"
	case "meeting", "talks", "summit":
	default:
		return a, false
	}
	switch t.status {
	case story.Occurred:
		return a, true
	case story.Planned:
		return act{typ: plover.Agree, cameo: "036", status: story.Planned}, true
	}
	return a, false
}

// toldAlready reports whether the story already has an event of this type between
// these sides.
func toldAlready(st *story.Story, ev *story.Event) bool {
	for i := range st.Events {
		o := &st.Events[i]
		if o.Type != ev.Type || ev.Type == plover.Agree && !strings.HasPrefix(o.CAMEO, "036") || !datesAgree(o.Date, ev.Date) {
			continue
		}
		all := append(slices.Clone(o.ActorCountries), o.RecipientCountries...)
		if shared(all, ev.ActorCountries) && shared(all, ev.RecipientCountries) {
			return true
		}
	}
	return false
}

// partOfAct reports whether an encounter is only what another act is about:
// "broke off the talks", "refused to meet".
func partOfAct(st *story.Story, t *telling) bool {
	sp := st.Word(t.word).Span
	for i := range st.Events {
		if st.Events[i].Trigger.Contains(sp) && st.Events[i].Type != plover.Consult {
			return true
		}
	}
	return false
}

// shared reports whether two lists have a member in common.
func shared(a, b []string) bool {
	return slices.ContainsFunc(b, func(c string) bool { return slices.Contains(a, c) })
}

// stateEntity returns the story's entity of a state, 0 if it names none.
func stateEntity(st *story.Story, code string) story.EntityID {
	for i := range st.Entities {
		if e := &st.Entities[i]; e.Kind == story.State && e.Country == code {
			return story.EntityID(i + 1)
		}
	}
	return 0
}
