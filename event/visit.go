package event

import (
	"kawat/story"
)

// visit reads who goes where, with a host where one is named: "Lavrov tiba di
// Beijing", "kunjungan Lavrov ke Beijing", "mengunjungi Xi", "atas undangan Xi".
func (s *Stage) visit(st *story.Story, rule *encounterRule, first, w, last story.WordID) ([]story.EntityID, story.WordID) {
	hosts, place := s.destination(st, rule, first, last)
	if place == 0 && len(hosts) == 0 {
		place = s.placeAfter(st, rule, last)
	}
	guests := s.travellers(st, rule, first, w, last, place)
	if len(guests) == 0 {
		return nil, 0
	}
	if place == 0 && len(hosts) == 0 && rule.shape == shapeTrip {
		place = s.announcer(st, w, guests)
	}
	if place == 0 && len(hosts) == 0 {
		return nil, 0
	}
	if !s.anyNamed(st, guests) && len(hosts) == 0 {
		return nil, 0 // "bantuan Indonesia tiba di Gaza", "the U.S. leader, who will visit"
	}
	if rule.shape == shapeVisit && len(guests) == 1 && ambassador(st.Entity(guests[0])) {
		return nil, 0 // an ambassador who arrives at the palace
	}
	if place != 0 && len(guests) == 1 && sameState(st, guests[0], place) && len(hosts) == 0 {
		return nil, 0 // a president who tours his own country
	}
	for _, id := range hosts {
		addOnce(&guests, id)
	}
	return guests, place
}

// addHost adds to a visit the leader of the state visited who speaks or acts in
// the course of it: "During Trump's visit to Beijing, Xi reiterated".
func (s *Stage) addHost(st *story.Story, t *telling) {
	if t.rule.shape != shapeTrip || len(t.parts) != 1 || t.place.Country == "" || !marked(st, t.word, s.dip.during) {
		return
	}
	sub := s.subjectOf(st, predicate(st, t.word))
	if sub == 0 || !s.isPerson(st, sub) {
		return
	}
	for _, id := range s.partiesAt(st, sub) {
		if e := st.Entity(id); e.Kind == story.Person && e.Country == t.place.Country && highOffice(e) && !spokesman(e) && st.Entity(t.parts[0]).Country != e.Country {
			addOnce(&t.parts, id)
		}
	}
}

// destination returns whom or what a cue of travel leads to, as the tree has
// it: its object, or what stands behind "ke", "to", "in".
func (s *Stage) destination(st *story.Story, rule *encounterRule, first, last story.WordID) (hosts []story.EntityID, place story.WordID) {
	for at := first; at <= last; at++ {
		for c := range st.Children(at) {
			rel := st.Word(c).Rel()
			switch {
			case rule.shape == shapeVisit && rel == "obj" && c > at:
			case (rel == "obl" || rel == "nmod") && (marked(st, c, s.dip.toward) || marked(st, c, s.dip.at)):
			default:
				continue
			}
			if s.isPerson(st, c) {
				hosts = append(hosts, s.partiesAt(st, c)...)
			} else if place == 0 {
				place = s.placeIn(st, c, 2)
			}
		}
	}
	return hosts, place
}

// travellers returns who travels: the subject of a verb, the owner of a noun
// ("Lavrov's visit", "a visit by Lavrov"), else the subject of the clause in
// which the noun stands.
func (s *Stage) travellers(st *story.Story, rule *encounterRule, first, w, last, place story.WordID) []story.EntityID {
	if rule.shape == shapeTrip {
		var guests []story.EntityID
		for at := first; at <= last; at++ {
			for _, id := range s.owners(st, at) {
				addOnce(&guests, id)
			}
		}
		if len(guests) == 0 && s.ofSubject(st, w) || !anyHuman(st, guests) {
			guests = s.withSubject(st, predicate(st, w), nil)
		}
		return guests
	}
	opens := w <= sentenceOf(st, w).FirstWord+1                                        // "Visiting Oslo, the president warned"
	if sub := s.subjectOf(st, w); sub != 0 && (sub == place || sub > last && !opens) { // "dijadwalkan mengunjungi Norwegia", taken for its subject
		if sub = s.subjectBefore(st, w); sub != 0 {
			return s.partiesAt(st, sub)
		}
		return nil
	}
	return s.withSubject(st, w, nil)
}

// abroad reports whether a traveller goes to another state, or to a part of the
// world with more than one. A place of which nothing is known may be at home.
func (s *Stage) abroad(st *story.Story, t *telling) bool {
	if c := t.place.Country; c != "" {
		return c != st.Entity(t.parts[0]).Country
	}
	return t.place.Entity != 0 && s.known(st.Entity(t.place.Entity))
}

// announcer returns the state that tells of a visit without saying where it
// goes: "Norway announced a visit by the Chilean president".
func (s *Stage) announcer(st *story.Story, w story.WordID, guests []story.EntityID) story.WordID {
	sub := s.subjectOf(st, predicate(st, w))
	if sub == 0 || sub > w || !isPlace(st, sub) || sameState(st, guests[0], sub) {
		return 0
	}
	return sub
}

// placeAfter returns the destination right after a cue: "visit to Hungary",
// "mengunjungi Hungaria".
func (s *Stage) placeAfter(st *story.Story, rule *encounterRule, last story.WordID) story.WordID {
	end := min(sentenceOf(st, last).EndWord, last+11)
	seen := rule.shape == shapeVisit
	for at := last + 1; at < end; at++ {
		word := st.Word(at)
		if word.UPOS == story.VERB || word.UPOS == story.PUNCT {
			return 0
		}
		if s.dip.toward.has(word) || s.dip.at.has(word) {
			seen = true
			continue
		}
		if seen && word.Mention != 0 && isPlace(st, at) {
			return at
		}
		if p := s.capitalOf(st, at); seen && p != 0 {
			return p
		}
	}
	return 0
}

func sameState(st *story.Story, id story.EntityID, place story.WordID) bool {
	c := st.Entity(id).Country
	for _, p := range st.Denotes(place) {
		if st.Entity(p).Country == c && c != "" {
			return true
		}
	}
	return false
}
