package event

import (
	"strings"

	"kawat/lang"
	"kawat/story"
)

// This file reads the addresses of places: what a name means, in which state and
// town it lies, and which of two says more.

// stateBehind returns the state of the next place that a preposition of place
// marks behind one of no table: "di Rumah Turki, gedung dekat PBB di New York".
func (s *Stage) stateBehind(st *story.Story, w story.WordID) string {
	end := min(sentenceOf(st, w).EndWord, w+maxAddress)
	for at := w + 1; at+1 < end; at++ {
		if word := st.Word(at); word.UPOS == story.VERB && word.Mention == 0 {
			return ""
		} else if s.dip.at.has(word) && isPlace(st, at+1) {
			return s.whereAt(st, at+1).Country
		}
	}
	return ""
}

// datelinePlace describes where the story was written.
func (s *Stage) datelinePlace(st *story.Story) story.Where {
	if st.Dateline.Place == "" {
		return story.Where{}
	}
	where := story.Where{Name: st.Dateline.Place, Country: st.Dateline.Country}
	if s.world == nil {
		return where
	}
	if gaz, err := s.pack.Gazetteer(s.world); err == nil {
		if n, ok := gaz.Lookup(st.Dateline.Place); ok {
			key := n.Place
			if n.Kind == story.Place {
				key = n.Code
			}
			if p, ok := s.world.Place(key); ok {
				where.Lat, where.Lon = p.Lat, p.Lon
			}
		}
	}
	return where
}

// seat returns the place of a house or street that stands for a government:
// the White House is in Washington.
func (s *Stage) seat(st *story.Story, m *story.Mention) (string, bool) {
	if s.world == nil {
		return "", false
	}
	gaz, err := s.pack.Gazetteer(s.world)
	if err != nil {
		return "", false
	}
	n, ok := gaz.Lookup(st.Slice(m.Span))
	return n.Place, ok && n.Form == lang.FormMetonym
}

// whereAt describes the place that a phrase names. What follows the name tells
// in which state it lies: "Istana Konstantinovsky, St. Petersburg, Rusia",
// "the Presidential Palace in Heliopolis".
func (s *Stage) whereAt(st *story.Story, w story.WordID) story.Where {
	id := st.Word(w).Mention
	if id == 0 {
		return story.Where{}
	}
	m := st.Mention(id)
	for _, eid := range st.Denotes(w) {
		e := st.Entity(eid)
		if e.Kind != story.State && e.Kind != story.Place {
			continue
		}
		where := story.Where{Entity: eid, Name: st.Slice(m.Span), Country: e.Country, Lat: e.Lat, Lon: e.Lon}
		if m.Type == story.AdjectiveMention { // "the Chinese capital"
			where.Name = e.Name
		}
		if where.Country == "" && e.Kind == story.Place {
			where.Country = s.countryOf(where.Name)
		}
		_, house := s.seat(st, m)
		in, longer := s.addressOf(st, m)
		switch {
		case in != nil && (house || longer || e.Country == "" || e.Kind == story.Place && in.Kind == story.State):
			where.Country = in.Country
			if in.Kind == story.Place {
				where.Lat, where.Lon = in.Lat, in.Lon
			}
		case longer && house:
			// "Istana Konstantinovsky": no palace of the tables
			where.Country, where.Lat, where.Lon = "", 0, 0
		}
		return where
	}
	return story.Where{}
}

// countryOf returns the state of a place that the story's entities leave open:
// by what follows a comma in its name ("Winnipeg, Canada"), by its name without
// the word that says what it is ("Kota Shanghai", "Okinawa Prefecture"), by the
// cities of the world.
func (s *Stage) countryOf(name string) string {
	if s.world == nil {
		return ""
	}
	gaz, err := s.pack.Gazetteer(s.world)
	if err != nil {
		return ""
	}
	tries := []string{name}
	if i := strings.LastIndexByte(name, ','); i > 0 {
		tries = append(tries, strings.TrimSpace(name[i+1:]), strings.TrimSpace(name[:i]))
	}
	words := strings.Fields(name)
	if n := len(words); n > 1 && lookup(s.dip.district, words[0]) {
		tries = append(tries, strings.Join(words[1:], " "))
	} else if n > 1 && lookup(s.dip.district, words[n-1]) {
		tries = append(tries, strings.Join(words[:n-1], " "))
	}
	for _, try := range tries {
		if n, ok := gaz.Lookup(try); ok && n.Kind == story.State {
			return n.Code
		} else if ok && n.Kind == story.Place {
			if p, ok := s.world.Place(n.Code); ok && p.Country != "" {
				return p.Country
			}
		}
		if code, ok := s.world.CityState(try); ok {
			return code
		}
	}
	return ""
}

// addressOf reads on behind the name of a place: it returns the first city or
// state in which the words say that it lies, and whether its name is longer
// than the mention.
func (s *Stage) addressOf(st *story.Story, m *story.Mention) (in *story.Entity, longer bool) {
	_, at := st.WordsIn(m.Span)
	end := min(sentenceOf(st, m.Head).EndWord, at+maxAddress)
	comma, placed := false, false
	for ; at < end; at++ {
		word := st.Word(at)
		switch {
		case isPlace(st, at) && !s.qualifies(st, at): // not in "New York, Kyrgyz Foreign Minister"
			next := st.Mention(word.Mention)
			if _, house := s.seat(st, next); house {
				return nil, longer
			}
			if e := st.Entity(st.Denotes(at)[0]); e.Country != "" && (comma || placed || longer) {
				return e, longer
			}
			_, z := st.WordsIn(next.Span)
			at = max(at, z-1)
		case word.UPOS == story.PUNCT && (word.Form == "," || word.Form == "("):
			if comma && !placed {
				return nil, longer
			}
			comma = true
		case word.UPOS == story.ADP && s.dip.at.has(word):
			placed = true
		case word.Mention != 0 && !capital(word.Form):
			return nil, longer
		case word.UPOS == story.PROPN || capital(word.Form) && word.UPOS != story.VERB && word.UPOS != story.PRON:
			if !comma && !placed {
				longer = true
			}
		case word.UPOS == story.NOUN && at+1 < end && isPlace(st, at+1), word.UPOS == story.ADJ && placed, word.UPOS == story.DET:
			// "provinsi Fujian", "in southern Turkey"
		default:
			return nil, longer
		}
	}
	return nil, longer
}

// narrower returns the place that says more of two that are told of one
// happening: any rather than none, and a city rather than its state ("a meeting
// in China ... in the port city of Tianjin").
func narrower(st *story.Story, a, b story.Where) story.Where {
	switch {
	case a.Country == "" && (b.Country != "" || a.Name == ""):
		return b
	case a.Country == b.Country && b.Entity != 0 && a.Entity != 0 && st.Entity(a.Entity).Kind == story.State && st.Entity(b.Entity).Kind != story.State:
		return b
	}
	return a
}
