package event

import (
	"slices"
	"strings"

	"kawat/lang"
	"kawat/story"
)

// sceneOfHosts places encounters that name no place where one side is the host
// by the nature of the thing: a visitor is met by it, credentials are presented
// to the head of the state that receives, and an ambassador calls on those to
// whom he is posted.
func (s *Stage) sceneOfHosts(st *story.Story) {
	for i := range st.Encounters {
		enc := &st.Encounters[i]
		if enc.Place.Name != "" || enc.Kind != "meeting" && enc.Kind != "ceremony" && enc.Kind != "talks" {
			continue
		}
		if at := s.hostOfVisitor(st, enc); at != 0 {
			e := st.Entity(at)
			enc.Place = story.Where{Entity: at, Name: e.Name, Country: e.Country, Lat: e.Lat, Lon: e.Lon}
			continue
		}
		for _, id := range enc.Participants {
			if at := postOf(st, id); at != 0 && hasCountry(st, enc.Participants, st.Entity(at).Country) {
				e := st.Entity(at)
				enc.Place = story.Where{Entity: at, Name: e.Name, Country: e.Country, Lat: e.Lat, Lon: e.Lon}
				break
			}
			if enc.By == "event/encounter:ceremony-credentials" && headOfState(st.Entity(id)) {
				if at := stateFor(st, id); at != id {
					e := st.Entity(at)
					enc.Place = story.Where{Entity: at, Name: e.Name, Country: e.Country, Lat: e.Lat, Lon: e.Lon}
					break
				}
			}
		}
	}
}

// hostOfVisitor returns the state that somebody visits whom the copy calls a
// visitor: "met with visiting Vietnamese Foreign Minister Tran" is in the state
// of whoever met him.
func (s *Stage) hostOfVisitor(st *story.Story, enc *story.Encounter) story.EntityID {
	first, end := st.WordsIn(enc.Spans[0])
	for w := first; w < end; w++ {
		if !s.dip.visiting.has(st.Word(w)) {
			continue
		}
		for at := w + 1; at < min(end, w+8); at++ {
			for _, id := range s.partiesAtWord(st, at) {
				if !slices.Contains(enc.Participants, id) || st.Entity(id).Country == "" {
					continue
				}
				for _, other := range enc.Participants {
					if c := st.Entity(other).Country; c != "" && c != st.Entity(id).Country {
						if host := stateFor(st, other); st.Entity(host).Kind == story.State {
							return host
						}
					}
				}
			}
		}
	}
	return 0
}

// sceneAtHome places encounters at the home of who received the guest, where
// nothing else tells.
func (s *Stage) sceneAtHome(st *story.Story, hosts []story.EntityID) {
	for i, host := range hosts {
		if host == 0 {
			continue
		}
		enc := &st.Encounters[i]
		if enc.Place.Name != "" {
			if at := s.hostAtHome(st, enc, host); at != 0 && s.unplaced(st, &enc.Place) {
				enc.Place.Country = st.Entity(at).Country // "at his office in Lusail"
			}
			continue
		}
		if at := s.hostAtHome(st, enc, host); at != 0 {
			e := st.Entity(at)
			enc.Place = story.Where{Entity: at, Name: e.Name, Country: e.Country, Lat: e.Lat, Lon: e.Lon}
		}
	}
}

// unplaced reports whether a place is named of which no state is known, and
// which is no part of the world with many.
func (s *Stage) unplaced(st *story.Story, where *story.Where) bool {
	return where.Name != "" && where.Country == "" && where.Entity != 0 && !s.known(st.Entity(where.Entity))
}

// known reports whether a place is one of the world's tables: a city, a region.
func (s *Stage) known(e *story.Entity) bool {
	key, ok := strings.CutPrefix(e.Ref, "place:")
	if !ok || s.world == nil {
		return false
	}
	_, ok = s.world.Place(key)
	return ok
}

// hostAtHome returns the state of whoever received or hosted a guest from
// elsewhere: hosts do so at home, unless the story is written from a third
// country.
func (s *Stage) hostAtHome(st *story.Story, enc *story.Encounter, id story.EntityID) story.EntityID {
	host, abroad := st.Entity(id), false
	for _, other := range enc.Participants {
		c := st.Entity(other).Country
		abroad = abroad || c != "" && c != host.Country
	}
	if host.Country == "" || host.Kind != story.Person || !abroad || enc.Status == story.Denied || enc.Kind == "call" {
		return 0
	}
	if at := st.Dateline.Country; at != "" && at != host.Country && !s.atDesk(st) {
		return 0
	}
	if at := stateFor(st, id); st.Entity(at).Kind == story.State {
		return at
	}
	return 0
}

func ambassador(e *story.Entity) bool {
	return slices.ContainsFunc(e.Offices, func(o story.Office) bool { return o.Function == story.Ambassador })
}

func headOfState(e *story.Entity) bool {
	for i := range e.Offices {
		if f := e.Offices[i].Function; f == story.HeadOfState || f == story.Royal {
			return true
		}
	}
	return false
}

// postOf returns the state to which an ambassador is posted as the title says
// ("Dubes RI untuk Rumania"), 0 for anybody else.
func postOf(st *story.Story, id story.EntityID) story.EntityID {
	e := st.Entity(id)
	if !ambassador(e) {
		return 0
	}
	for i := range st.Mentions {
		m := &st.Mentions[i]
		if m.Entity != id || m.Type == story.PronounMention {
			continue
		}
		sp := m.Span.Cover(m.Title)
		if m.Title.Empty() {
			sp = m.Span
		}
		first, end := st.WordsIn(sp)
		for w := first; w < end; w++ {
			for _, in := range st.Denotes(w) {
				if o := st.Entity(in); o.Kind == story.State && o.Country != e.Country {
					return in
				}
			}
		}
	}
	return 0
}

// sceneOfDateline places encounters that name no place where the story was
// written: a guest whom the story's own country received, and a meeting of that
// country's head told from abroad by a correspondent. The desk of an agency at
// home tells of meetings everywhere.
func (s *Stage) sceneOfDateline(st *story.Story) {
	at := st.Dateline.Country
	if at == "" {
		return
	}
	for i := range st.Encounters {
		enc := &st.Encounters[i]
		if enc.Place.Name != "" || enc.Status != story.Occurred || enc.Date != "" && !datesAgree(enc.Date, storyDay(st)) {
			continue
		}
		switch enc.Kind {
		case "meeting", "talks", "ceremony":
		default:
			continue
		}
		if enc.By == "event/encounter:speak-with" {
			continue // from afar, for all that is told
		}
		if s.onTour(st, enc, i) {
			continue
		}
		if host := hostHere(st, enc, at); host && (enc.By == "event/encounter:receive" || enc.By == "event/encounter:host" || !s.atDesk(st)) {
			enc.Place = s.datelinePlace(st)
		}
	}
}

// onTour places a meeting where an earlier one of the same person was, if the
// other is of that state: "Xi met Trong in Hanoi. He also met the prime minister".
func (s *Stage) onTour(st *story.Story, enc *story.Encounter, i int) bool {
	for k := range i {
		before := &st.Encounters[k]
		if before.Status != story.Occurred || before.Place.Country == "" || before.Kind == "call" || len(enc.Participants) != 2 || !datesAgree(before.Date, enc.Date) {
			continue
		}
		for j, id := range enc.Participants {
			other := st.Entity(enc.Participants[1-j])
			if slices.Contains(before.Participants, id) && other.Country == before.Place.Country && st.Entity(id).Country != other.Country {
				enc.Place = before.Place
				return true
			}
		}
	}
	return false
}

// hostHere reports whether the head of a state is among those who met, and
// somebody from elsewhere.
func hostHere(st *story.Story, enc *story.Encounter, at string) bool {
	host, guest := false, false
	for _, id := range enc.Participants {
		e := st.Entity(id)
		guest = guest || e.Country != "" && e.Country != at
		for j := range e.Offices {
			switch e.Offices[j].Function {
			case story.HeadOfState, story.HeadOfGovernment, story.Royal:
				host = host || e.Country == at
			}
		}
	}
	return host && guest
}

// atDesk reports whether a story was written where its publisher is at home.
func (s *Stage) atDesk(st *story.Story) bool {
	if s.dip.desks[st.Publisher] == st.Dateline.Country {
		return true
	}
	for _, a := range st.Agencies {
		if s.dip.desks[a] == st.Dateline.Country {
			return true
		}
	}
	return false
}

// readDesks reads homes.tsv: at home an agency writes of meetings everywhere.
func (d *diplomacy) readDesks(pack *lang.Pack) error {
	t, err := pack.Table("homes.tsv")
	if err != nil {
		return err
	}
	d.desks = make(map[string]string, len(t.Rows))
	for _, row := range t.Rows {
		d.desks[row.Get("publisher")] = row.Get("country")
	}
	return nil
}
