package event

import "kawat/story"

// visit reads who goes where, with a host where one is named: "Lavrov tiba di
// Beijing", "kunjungan Lavrov ke Beijing", "mengunjungi Xi", "atas undangan Xi".
func (s *Stage) visit(st *story.Story, rule *encounterRule, first, w, last story.WordID) ([]story.EntityID, story.WordID) {
	var hosts []story.EntityID
	place := story.WordID(0)
	take := func(c story.WordID) {
		if s.isPerson(st, c) {
			hosts = append(hosts, s.partiesAt(st, c)...)
			return
		}
		if place == 0 && st.Word(c).Mention != 0 {
			place = c
		}
	}
	for at := first; at <= last; at++ {
		for c := range st.Children(at) {
			rel := st.Word(c).Rel()
			switch {
			case rule.shape == shapeVisit && rel == "obj":
				take(c)
			case (rel == "obl" || rel == "nmod") && (marked(st, c, s.dip.toward) || marked(st, c, s.dip.at)):
				take(c)
			}
		}
	}
	if place == 0 && len(hosts) == 0 {
		place = s.placeAfter(st, last)
	}
	var guests []story.EntityID
	if rule.shape == shapeTrip {
		for at := first; at <= last; at++ {
			guests = append(guests, s.owners(st, at)...)
		}
		if len(guests) == 0 && place != 0 {
			guests = s.withSubject(st, predicate(st, w), nil)
		}
	} else {
		guests = s.withSubject(st, w, nil)
	}
	if place == 0 && len(hosts) == 0 || len(guests) == 0 {
		return nil, 0
	}
	if !s.anyNamed(st, guests) && len(hosts) == 0 {
		return nil, 0 // "bantuan Indonesia tiba di Gaza", "the U.S. leader, who will visit"
	}
	if place != 0 && len(guests) == 1 && sameState(st, guests[0], place) && len(hosts) == 0 {
		return nil, 0 // a president who tours his own country
	}
	for _, id := range hosts {
		addOnce(&guests, id)
	}
	return guests, place
}

// placeAfter returns the destination right after a cue: "visit to Hungary".
func (s *Stage) placeAfter(st *story.Story, last story.WordID) story.WordID {
	end := min(sentenceOf(st, last).EndWord, last+7)
	seen := false
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
