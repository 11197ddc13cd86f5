package event

import (
	"slices"

	"kawat/story"
)

// receivers returns those who hang from the cue itself: "offered aid to Syria",
// "offered Syria aid", "sepakat dengan Peru untuk".
func (s *Stage) receivers(st *story.Story, p *story.Pledge, w, last story.WordID) []story.EntityID {
	if differ(st, p.By) {
		return nil
	}
	var out []story.EntityID
	for c := range st.Children(w) {
		cw := st.Word(c)
		ok := cw.Rel() == "iobj" || cw.Rel() == "obj" && s.isHuman(st, c) || cw.Rel() == "obl" && (marked(st, c, s.dip.to) || marked(st, c, s.dip.with))
		if c <= last || !ok {
			continue
		}
		for _, id := range s.partiesAt(st, c) {
			if e := st.Entity(id); e.Country != "" && !sameSide(st, id, p.By) {
				addOnce(&out, id)
			}
		}
		if len(out) > 0 && c < last+20 && cw.Rel() == "obl" {
			p.Content = p.Content.Cover(st.Subtree(c))
		}
	}
	return out
}

// promisee returns to whom the promise is made: a side named in it, else the
// addressee, else whom the promiser meets in this story. Two promisers bind
// themselves to each other, which needs no name.
func (s *Stage) promisee(st *story.Story, p *story.Pledge, sub, goal story.WordID) []story.EntityID {
	if differ(st, p.By) {
		return nil
	}
	var out, given []story.EntityID // given: those behind "to", "kepada"
	first, end := st.WordsIn(p.Content)
	for w := first; w < end; w++ {
		m := st.Word(w).Mention
		to := m != 0 && s.behindTo(st, w) && s.oneClause(st, goal, w)
		if m != 0 && st.Mention(m).Type != story.AdjectiveMention && s.foreign(st, m, p.By) && (to || w <= goal+2 || s.plain(st, w, goal)) {
			for _, id := range st.Refers(m) {
				if e := st.Entity(id); e.Country != "" && party(e) && len(out) < 4 {
					addOnce(&out, id)
					if to {
						addOnce(&given, id)
					}
				}
			}
		}
	}
	if len(given) > 0 {
		out = given
	}
	out = s.nearest(st, out)
	if len(out) > 0 && st.Entity(out[0]).Kind != story.Organization {
		return out
	}
	if p.Quotation != 0 {
		if a := st.Quotation(p.Quotation).Addressee; a != 0 && st.Entity(a).Country != "" && !sameSide(st, a, p.By) {
			return []story.EntityID{a}
		}
	}
	if with := partnerOf(st, p.By, st.Word(sub).Sent); len(with) > 0 && p.Act != "refuses" {
		return with
	}
	if len(out) > 0 {
		return out
	}
	return s.hostOf(st, p.By)
}

// oneClause reports whether no other verb stands between what is promised and a
// word: not in "strengthen the region against poverty that mobilizes migration to
// the United States".
func (s *Stage) oneClause(st *story.Story, goal, w story.WordID) bool {
	for at := goal + 1; at < w; at++ {
		if word := st.Word(at); word.UPOS == story.VERB && word.Mention == 0 && word.Rel() == "acl" {
			return false
		}
	}
	return true
}

// behindTo reports whether "to", "kepada", "bagi" stands right before the phrase
// of a mention.
func (s *Stage) behindTo(st *story.Story, w story.WordID) bool {
	first := s.phraseStart(st, w)
	return first > sentenceOf(st, w).FirstWord && st.Word(first-1).UPOS == story.ADP && s.dip.to.has(st.Word(first-1))
}

// hostOf returns the state at which a body is posted: "the U.S. Embassy to
// Russia said it would ...".
func (s *Stage) hostOf(st *story.Story, by []story.EntityID) []story.EntityID {
	for i := range st.Mentions {
		m := &st.Mentions[i]
		if m.Entity == 0 || m.Head == 0 || !slices.Contains(by, m.Entity) || st.Entity(m.Entity).Kind == story.State {
			continue
		}
		for c := range st.Children(m.Head) {
			if st.Word(c).Mention == 0 || !marked(st, c, s.dip.to) && !marked(st, c, s.dip.toward) && !marked(st, c, s.dip.at) {
				continue
			}
			for _, id := range st.Denotes(c) {
				if st.Entity(id).Kind == story.State && !sameSide(st, id, by) {
					return []story.EntityID{id}
				}
			}
		}
	}
	return nil
}

// plain reports whether a party in a promise is the one to whom something is
// done: an object, or behind "with", "to", "for". In "guard the trade routes
// amid the war of Iran" it is not.
func (s *Stage) plain(st *story.Story, w, goal story.WordID) bool {
	at := w
	for range maxRise {
		word := st.Word(at)
		if at == goal || word.Head == 0 {
			return true
		}
		switch word.Rel() {
		case "nsubj":
			return st.Word(word.Head).Head == goal // "help Kenya build a port"
		case "acl", "advcl", "ccomp", "parataxis", "csubj":
			return false
		}
		if word.Deprel == "nmod:poss" && st.Word(word.Head).Rel() == "obl" {
			return true // "rebuild bridges in Turkey's quake zone"
		}
		if c := caseOf(st, at); c != 0 {
			cw := st.Word(c)
			ok := s.dip.with.has(cw) || s.dip.to.has(cw) || s.dip.from.has(cw) || s.dip.of.has(cw) || s.dip.toward.has(cw) ||
				s.dip.between.has(cw) || at == w && s.dip.onto.has(cw) || word.Deprel == "nmod:poss"
			if !ok {
				return false
			}
		}
		at = word.Head
	}
	return false
}

// abroadly reports whether a promise without a named recipient concerns another
// state all the same: its words name one, or the story tells of something
// between two. What a government promises its own people is none.
func (s *Stage) abroadly(st *story.Story, p *story.Pledge) bool {
	if differ(st, p.By) {
		return true
	}
	first, end := st.WordsIn(p.Content)
	for w := first; w < end; w++ {
		if m := st.Word(w).Mention; m != 0 && s.foreign(st, m, p.By) || s.dip.mankind.has(st.Word(w)) && w+1 == end {
			return true // "for the benefit of humanity" concerns everybody
		}
	}
	for i := range st.Encounters {
		if enc := &st.Encounters[i]; enc.Status != story.Denied && differ(st, enc.Participants) && st.SentAt(enc.Spans[0].Start) <= leadSentences {
			return true
		}
	}
	for i := range st.Events {
		ev := &st.Events[i]
		if ev.Domestic || len(ev.ActorCountries) == 0 || len(ev.RecipientCountries) == 0 || st.SentAt(ev.Trigger.Start) > leadSentences {
			continue
		}
		for _, id := range p.By {
			c := st.Entity(id).Country
			if slices.Contains(ev.ActorCountries, c) || slices.Contains(ev.RecipientCountries, c) {
				return true
			}
		}
	}
	return false
}

// nearest prefers states and persons to organizations: in "coordinate with
// Russia in BRICS" the promise is to Russia.
func (s *Stage) nearest(st *story.Story, ids []story.EntityID) []story.EntityID {
	var states []story.EntityID
	for _, id := range ids {
		if st.Entity(id).Kind != story.Organization {
			states = append(states, id)
		}
	}
	if len(states) > 0 {
		return preferPersons(st, states)
	}
	return ids
}

// foreign reports whether a mention names somebody of another state.
func (s *Stage) foreign(st *story.Story, m story.MentionID, by []story.EntityID) bool {
	for _, id := range st.Refers(m) {
		if !sameSide(st, id, by) && st.Entity(id).Country != "" {
			return true
		}
	}
	return false
}

func sameSide(st *story.Story, id story.EntityID, by []story.EntityID) bool {
	c := st.Entity(id).Country
	for _, b := range by {
		if b == id || c != "" && st.Entity(b).Country == c {
			return true
		}
	}
	return false
}

// differ reports whether the parties are of more than one state.
func differ(st *story.Story, ids []story.EntityID) bool {
	for _, id := range ids {
		if st.Entity(id).Country != st.Entity(ids[0]).Country {
			return true
		}
	}
	return false
}

// leadSentences is how far into a story its main encounter may be told.
const leadSentences = 6

// partnerOf returns whom one of the parties meets in the story's first
// encounter that has two states and is told at its head or in the sentence
// itself.
func partnerOf(st *story.Story, by []story.EntityID, in story.SentID) []story.EntityID {
	for i := range st.Encounters {
		enc := &st.Encounters[i]
		parts := enc.Participants
		if !differ(st, parts) || enc.Status == story.Denied {
			continue
		}
		if told := st.SentAt(enc.Spans[0].Start); told > leadSentences && told != in {
			continue
		}
		here := false
		var others []story.EntityID
		for _, id := range parts {
			if sameSide(st, id, by) {
				here = true
			} else if st.Entity(id).Country != "" {
				others = append(others, id)
			}
		}
		if here && len(others) > 0 {
			return others
		}
	}
	return nil
}
