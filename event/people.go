package event

import (
	"slices"

	"kawat/plover"
	"kawat/story"
)

// This file reads peoples and groups as sides.

// measured returns what a word of measure measures: troops in "a first batch of
// Bangladeshi troops".
func (r *run) measured(w story.WordID) story.WordID {
	for c := range r.st.Children(w) {
		if c > w && r.st.Word(c).Rel() == "nmod" && r.caseClass(c)&(classTo|classWith|classPlace|classAgent) == 0 {
			return c
		}
	}
	// The tree may break off behind "of": "a first batch of Bangladeshi peacekeeping troops".
	end := r.window(w, 6)
	if w+1 >= end || !r.lx.is(r.st.Word(w+1), classOf) {
		return 0
	}
	for i := w + 2; i < end; i++ {
		if word := r.st.Word(i); word.UPOS == story.VERB && word.Rel() != "acl" && word.Rel() != "amod" {
			return 0
		} else if word.UPOS == story.NOUN && r.lx.is(word, classActor|classPeople|classFaction) {
			return i
		}
	}
	return 0
}

// unknown reports whether a name leads to nobody's state or kind, so that only
// the words in it can tell: "Petani Polandia" taken for a place.
func (r *run) unknown(w story.WordID) bool {
	for _, id := range r.st.Denotes(w) {
		if e := r.st.Entity(id); e.Kind == story.Person || e.Country != "" || e.CAMEO != "" {
			return false
		}
	}
	return true
}

// nation returns the state that its people stand for: "the Russians rejected".
func (r *run) nation(w story.WordID) side {
	st := r.st
	det := st.Child(w, "det")
	if st.Word(w).UPOS != story.PROPN || det == 0 || !hasFeat(st.Word(det).Feats, "Definite=Def") || st.Child(w, "amod", "nummod", "nmod", "acl", "compound") != 0 {
		return side{}
	}
	ids := st.Denotes(w)
	if len(ids) != 1 || st.Entity(ids[0]).Kind != story.Group || len(st.Entity(ids[0]).Offices) > 0 {
		return side{}
	}
	return r.groupSide(ids[0], asRecipient)
}

// dwellers returns the state of a people that lives in another's: Bosnia in
// "Bosnian Serbs", the only state told of in "ethnic Turks".
func (r *run) dwellers(w story.WordID) side {
	st := r.st
	word := st.Word(w)
	if word.UPOS != story.PROPN && word.UPOS != story.NOUN || word.Mention == 0 {
		return side{}
	}
	ids := st.Denotes(w)
	if len(ids) != 1 || st.Entity(ids[0]).Kind != story.Group || len(st.Entity(ids[0]).Offices) > 0 || r.lx.of(word) != 0 {
		return side{}
	}
	for c := range st.Children(w) {
		cw := st.Word(c)
		if rel := cw.Rel(); rel != "amod" && rel != "compound" && rel != "nmod" || cw.Mention == word.Mention {
			continue
		}
		if cw.Mention != 0 && (c < w && r.caseWord(c) == 0 || c > w && r.caseClass(c)&(classOf|classPlace) != 0) {
			for _, id := range st.Denotes(c) {
				if e := st.Entity(id); e.Kind == story.State && e.Country != st.Entity(ids[0]).Country {
					return side{entities: []story.EntityID{id}, countries: []string{e.Country}, sectors: nonEmpty(st.Entity(ids[0]).Sector), official: true, sub: true, faction: true}
				}
			}
		}
	}
	return side{}
}

// backer returns the state that stands behind a phrase: "hackers backed by
// Iran", "akun palsu yang dikelola militer Rusia".
func (r *run) backer(w story.WordID) side {
	for c := range r.st.Children(w) {
		word := r.st.Word(c)
		if word.Rel() != "acl" || !r.lx.is(word, classBacked) {
			continue
		}
		if by := r.agent(c); by != 0 {
			s := r.sideOf(by, asActor)
			s.sub, s.official = true, true
			return s
		}
	}
	return side{}
}

// atHome returns the side of a group or body whose state the phrase does not
// name, in a story that names one state only: "the rebels".
func (r *run) atHome(w story.WordID, sub bool) side {
	if r.only == "" || r.st.Word(w).Mention != 0 && r.st.Word(w).UPOS == story.PROPN {
		return side{}
	}
	return r.homeSide(side{official: true, sub: sub, faction: sub})
}

// bothSides returns the two who met, where a plural such as "kedua pihak" was
// resolved to somebody who did not.
func (r *run) bothSides(w story.WordID) side {
	id := r.st.Word(w).Mention
	if id == 0 || r.st.Mention(id).Type != story.NominalMention || len(r.st.Mention(id).Also) != 1 {
		return side{}
	}
	var other side // the pair that met first, if those of the words never did
	for i := range r.met() {
		ev := &r.found[i].Event
		if !ev.Symmetric || ev.Type != plover.Consult || len(ev.ActorCountries) != 1 || len(ev.RecipientCountries) != 1 {
			continue
		}
		pair := r.sides(ev.Actors)
		pair.add(r.sides(ev.Recipients))
		stranger := slices.ContainsFunc(r.st.Refers(id), func(e story.EntityID) bool {
			return !slices.Contains(pair.countries, r.st.Entity(e).Country) && r.st.Entity(e).Kind != story.State
		})
		if !stranger {
			return side{}
		}
		if other.empty() {
			other = pair
		}
	}
	return other
}

func (r *run) groupSide(id story.EntityID, part as) side {
	e := r.st.Entity(id)
	var s side
	for _, m := range e.Members {
		if m != id && r.st.Entity(m).Kind != story.Group {
			s.add(r.entitySide(m, part))
		}
	}
	if !s.empty() || e.Country == "" {
		return s
	}
	if len(e.Offices) == 0 && (part == asActor || part == asFaction && !organized(e.Sector)) {
		return s
	}
	s.entities, s.countries, s.official, s.sub = []story.EntityID{id}, []string{e.Country}, true, true
	if state := r.stateOf(e.Country); state != 0 {
		s.entities[0] = state
	}
	if e.Sector != "" {
		s.sectors = []string{e.Sector}
	}
	return s
}

// organized reports whether a group of a sector acts as one: rebels and troops,
// not refugees.
func organized(sector string) bool {
	switch sector {
	case "REB", "OPP", "MIL", "COP", "PTY", "LEG", "JUD", "LAB", "UAF":
		return true
	}
	return false
}
