package event

import (
	"slices"

	"kawat/story"
)

// onlyPeople keeps persons and holders of offices.
func onlyPeople(st *story.Story, ids []story.EntityID) []story.EntityID {
	out := make([]story.EntityID, 0, len(ids))
	for _, id := range ids {
		if e := st.Entity(id); e.Kind == story.Person || e.Kind == story.Group && len(e.Offices) > 0 {
			out = append(out, id)
		}
	}
	return out
}

// fromTwoStates reports whether persons of two states are among the parties.
func fromTwoStates(st *story.Story, ids []story.EntityID) bool {
	country := ""
	for _, id := range ids {
		e := st.Entity(id)
		if e.Country == "" || e.Kind != story.Person && (e.Kind != story.Group || !highOffice(e)) {
			continue
		}
		if country != "" && country != e.Country {
			return true
		}
		country = e.Country
	}
	return false
}

// anyNamed reports whether one of the parties is a person with a name, or the
// nameless holder of a high office ("the Norwegian foreign minister").
func (s *Stage) anyNamed(st *story.Story, ids []story.EntityID) bool {
	for _, id := range ids {
		if e := st.Entity(id); e.Kind == story.Person || e.Kind == story.Group && highOffice(e) {
			return true
		}
	}
	return false
}

// anyOffice reports whether one of the parties holds an office.
func anyOffice(st *story.Story, ids []story.EntityID) bool {
	for _, id := range ids {
		if len(st.Entity(id).Offices) > 0 {
			return true
		}
	}
	return false
}

func anyHuman(st *story.Story, ids []story.EntityID) bool {
	for _, id := range ids {
		if k := st.Entity(id).Kind; k == story.Person || k == story.Group {
			return true
		}
	}
	return false
}

// allOneSide reports whether all are of one state and none of them is somebody
// that meets at home: an apposition rather than two sides.
func (s *Stage) allOneSide(st *story.Story, ids []story.EntityID) bool {
	persons := 0
	for _, id := range ids {
		if st.Entity(id).Kind == story.Person {
			persons++
		}
	}
	if persons >= 2 {
		return false
	}
	c := st.Entity(ids[0]).Country
	for _, id := range ids[1:] {
		if st.Entity(id).Country != c {
			return false
		}
	}
	return c != ""
}

// aboutSport reports whether the story is about matches or stages.
func (s *Stage) aboutSport(st *story.Story) bool {
	n := 0
	for i := range st.Words {
		if s.dip.sport.has(&st.Words[i]) {
			n++
		}
	}
	return n >= 3 && n*150 > len(st.Words)
}

// official reports whether a telling is about people who act for states. In
// stories of sport and show it takes a holder of a high office.
func (s *Stage) official(st *story.Story, t *telling, sport bool) bool {
	sides, high := 0, 0
	for _, id := range t.parts {
		e := st.Entity(id)
		switch {
		case highOffice(e):
			high++
			sides++
		case e.Kind == story.State || e.Kind == story.Organization && e.Country != "":
			sides++
		case len(e.Offices) > 0 && e.Country != "":
			sides++
		}
	}
	if sport {
		return high > 1
	}
	if high == 0 && t.rule.shape == shapeMutual && !anyHuman(st, t.parts) {
		return t.rule.kind != "" || s.bodiesMeet(st, t) // "Indonesia bertemu Vietnam" may be anything
	}
	return high > 0 || sides > 0 && sides*2 >= len(t.parts)
}

// bodiesMeet reports whether the sides of a meeting come as delegations or
// officials: "negotiators from Serbia and Kosovo met".
func (s *Stage) bodiesMeet(st *story.Story, t *telling) bool {
	sent := sentenceOf(st, t.word)
	for at := max(sent.FirstWord, t.word-min(t.word, 10)); at < min(sent.EndWord, t.word+6); at++ {
		if s.dip.body.has(st.Word(at)) && st.Word(at).UPOS == story.NOUN {
			return true
		}
	}
	return false
}

// anyHigh reports whether one of the parties holds a high office.
func anyHigh(st *story.Story, ids []story.EntityID) bool {
	return slices.ContainsFunc(ids, func(id story.EntityID) bool { return highOffice(st.Entity(id)) })
}

func highOffice(e *story.Entity) bool {
	for i := range e.Offices {
		if high(e.Offices[i].Function) {
			return true
		}
	}
	return high(e.Held) // "Lavrov met Blinken"
}

func high(f story.Function) bool {
	switch f {
	case "", story.OtherFunction, story.Military, story.Legislator:
		return false
	}
	return true
}
