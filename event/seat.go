package event

import (
	"slices"

	"kawat/story"
)

// seatOfOrgan returns the state in which an organ of the actor sits that speaks
// or decides: "Kementerian Luar Negeri Israel mengecam", "the Kremlin said".
// People travel, organs do not.
func (s *Stage) seatOfOrgan(st *story.Story, ev *story.Event) story.Where {
	if len(ev.ActorCountries) != 1 || s.world == nil {
		return story.Where{}
	}
	c := ev.ActorCountries[0]
	if _, ok := s.world.State(c); !ok || !s.organSpeaks(st, ev, c) {
		return story.Where{}
	}
	for i := range st.Entities {
		if e := &st.Entities[i]; e.Kind == story.State && e.Country == c {
			return story.Where{Entity: story.EntityID(i + 1), Name: e.Name, Country: c, Lat: e.Lat, Lon: e.Lon}
		}
	}
	return story.Where{}
}

// organSpeaks reports whether a ministry, a parliament, a palace of a state
// stands before the act in its sentence, or speaks it.
func (s *Stage) organSpeaks(st *story.Story, ev *story.Event, country string) bool {
	organ := func(id story.EntityID) bool {
		if id == 0 {
			return false
		}
		e := st.Entity(id)
		return e.Kind == story.Organization && e.Country == country
	}
	if ev.Quotation != 0 && organ(st.Quotation(ev.Quotation).Speaker) {
		return true
	}
	own := func(id story.EntityID) bool { return st.Entity(id).Country == country }
	for w := st.Sent(st.Word(ev.TriggerWord).Sent).FirstWord; w < ev.TriggerWord; w++ {
		if m := mentionAt(st, w); m != nil && s.dip.organ.has(st.Word(w)) && m.Entity != 0 && own(m.Entity) && st.Entity(m.Entity).Kind == story.State {
			return true // "pemerintah Israel"
		}
		if s.dip.organ.has(st.Word(w)) && w+1 < ev.TriggerWord && slices.ContainsFunc(st.Denotes(w+1), own) && isPlace(st, w+1) {
			return true
		}
		if st.Word(w).Mention == 0 || s.lx.is(st.Word(w), classMission) {
			continue
		}
		m := st.Mention(st.Word(w).Mention)
		if slices.ContainsFunc(st.Denotes(w), organ) {
			return !s.lx.is(st.Word(m.Head), classMission)
		}
		if _, house := s.seat(st, m); house && slices.ContainsFunc(st.Denotes(w), own) {
			return true
		}
	}
	return false
}

// ambassadorSpeaks reports whether the words of an event name an ambassador of
// the actor's state, who sits elsewhere.
func ambassadorSpeaks(st *story.Story, ev *story.Event) bool {
	first, end := st.WordsIn(ev.Spans[0])
	for w := first; w < end; w++ {
		for _, id := range st.Denotes(w) {
			for i := range st.Entity(id).Offices {
				if st.Entity(id).Offices[i].Function == story.Ambassador && slices.Contains(ev.ActorCountries, st.Entity(id).Country) {
					return true
				}
			}
		}
	}
	return false
}

// posting is a mission of a state and where it is: "the U.S. Embassy to
// Russia", "the North Korean mission in Geneva".
type posting struct {
	of     string // code of the state that it belongs to
	entity story.EntityID
	at     story.Where
}

// acts reports whether the words of an event name the mission.
func (p *posting) acts(st *story.Story, ev *story.Event) bool {
	if slices.Contains(ev.Actors, p.entity) {
		return true
	}
	if ev.Quotation != 0 && st.Quotation(ev.Quotation).Speaker == p.entity {
		return true
	}
	for w := st.Sent(st.Word(ev.TriggerWord).Sent).FirstWord; w < ev.TriggerWord; w++ {
		if slices.Contains(st.Denotes(w), p.entity) {
			return true
		}
	}
	return false
}

// postings finds the missions of a story that the words place.
func (s *Stage) postings(st *story.Story) []posting {
	var out []posting
	for i := range st.Mentions {
		m := &st.Mentions[i]
		if m.Entity == 0 || m.Head == 0 || m.Type == story.PronounMention || len(out) == maxMissions {
			continue
		}
		e := st.Entity(m.Entity)
		if e.Kind != story.Organization || e.Country == "" || !s.lx.is(st.Word(m.Head), classMission) {
			continue
		}
		if slices.ContainsFunc(out, func(p posting) bool { return p.entity == m.Entity }) {
			continue
		}
		if at := s.postedAt(st, m); at.Country != "" && at.Country != e.Country {
			out = append(out, posting{e.Country, m.Entity, at})
		}
	}
	return out
}

// postedAt returns the place behind the preposition after a mission, or the
// city in its name: "Kedutaan Besar AS di Moskow", "KBRI Bucharest".
func (s *Stage) postedAt(st *story.Story, m *story.Mention) story.Where {
	first, at := st.WordsIn(m.Span)
	for w := first; w < at; w++ {
		if w != m.Head && isPlace(st, w) {
			return s.whereAt(st, w)
		}
	}
	end := min(sentenceOf(st, m.Head).EndWord, at+8)
	placed := false
	for w := at; w < end; w++ {
		word := st.Word(w)
		switch {
		case isPlace(st, w) && placed:
			return s.whereAt(st, w)
		case s.dip.at.has(word) || s.dip.toward.has(word) || s.dip.to.has(word):
			placed = true
		case word.UPOS == story.VERB || word.UPOS == story.PUNCT:
			return story.Where{}
		}
	}
	return story.Where{}
}
