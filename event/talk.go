package event

import (
	"slices"

	"kawat/story"
)

// owners returns the parties that a noun belongs to: both in "kunjungan Xi",
// "the visit of the minister", "the minister's visit".
func (s *Stage) owners(st *story.Story, w story.WordID) []story.EntityID {
	var out []story.EntityID
	for c := range st.Children(w) {
		switch st.Word(c).Rel() {
		case "nmod", "obl", "compound", "det", "flat", "appos":
			if caseOf(st, c) == 0 || marked(st, c, s.dip.of) || marked(st, c, s.dip.from) || st.Word(c).Deprel == "nmod:poss" {
				for _, id := range s.partiesAt(st, c) {
					addOnce(&out, id)
				}
			}
		}
	}
	return out
}

// talk reads a noun: "pertemuan Xi dan Lavrov", "a meeting with Lavrov",
// "talks between Xi and Lavrov", "Xi's phone call with Lavrov". Where the
// phrase names one side only, the subject of the clause is the other; states
// before the noun ("a White House meeting") count only where nobody else does.
func (s *Stage) talk(st *story.Story, w, last story.WordID, t *telling) []story.EntityID {
	var out, loose []story.EntityID
	for at := t.first; at <= last; at++ {
		for c := range st.Children(at) {
			if c < t.first || c > last {
				s.talkPart(st, c, t, &out, &loose)
			}
		}
	}
	if len(out) < 2 {
		s.talkRight(st, last, &out)
	}
	if len(out) == 0 && s.strangers(st, t.first, last) {
		return nil // "talks with allies"
	}
	if len(out) >= 2 && !s.allOneSide(st, out) && s.withBoth(st, t.first, last) {
		joined := s.talkSubject(st, w, slices.Clone(out))
		if subject := s.partiesOf(st, s.subjectOf(st, predicate(st, w))); len(joined) == len(out) && (len(subject) == 0 || addsTo(out, subject)) {
			return nil // "renegotiate in talks with Mexico and Canada": the two do not meet each other
		}
		return joined // "he looks forward to talks with both X and Y"
	}
	if len(out) >= 2 && !s.allOneSide(st, out) {
		if !anyHuman(st, out) && !s.told(st, w) {
			return nil
		}
		return out
	}
	t.score -= 5
	if len(out) == 1 && marked(st, w, s.dip.to) && !s.ofSubject(st, w) && s.withBoth(st, t.first, last) {
		if sub := s.subjectBefore(st, w); sub != 0 && s.isPerson(st, sub) {
			return s.join(st, sub, sub, out) // "Moon, in Washington for a summit with Trump, said"
		}
	}
	named := len(out)
	if p := predicate(st, w); named == 0 && t.kind == "summit" && st.Word(p).Rel() == "acl" && st.Child(p, "nsubj") == 0 {
		return nil // "their effort to foil the plots at the summit"
	}
	if named == 0 && s.dip.company.has(st.Word(predicate(st, w))) {
		return nil // "accompanying the governor at this meeting were"
	}
	if s.ofSubject(st, w) && !s.betweenOthers(st, t.first, last) {
		out = s.talkSubject(st, w, out)
	}
	if len(out) < 2 && !anyHuman(st, out) {
		for _, id := range loose {
			addOnce(&out, id)
		}
	}
	if named == 0 && !anyHuman(st, out) && st.Word(w).Rel() != "obj" && st.Word(w).Rel() != "nsubj" {
		return nil // "both Mexico and Canada have pushed back during negotiations": with whom?
	}
	if !anyHuman(st, out) && !s.told(st, w) {
		return nil // "perkembangan negosiasi Indonesia dengan AS": a topic
	}
	return out
}

// withBoth reports whether all whom a talk names stand behind one "with": the
// other side is the subject of the clause, or is not told.
func (s *Stage) withBoth(st *story.Story, first, last story.WordID) bool {
	with := false
	for at := first; at <= last; at++ {
		for c := range st.Children(at) {
			switch {
			case c > last && marked(st, c, s.dip.with):
				with = true
			case (c < first || c > last) && len(s.partiesAt(st, c)) > 0:
				return false
			}
		}
	}
	if !with && last+1 < sentenceOf(st, last).EndWord { // hung from the verb: "held a telephone meeting with"
		return s.dip.with.has(st.Word(last+1)) && st.Word(last+1).UPOS != story.CCONJ
	}
	return with
}

// betweenOthers reports whether a talk is said to be between people of whom
// not all are known: the subject of the clause is none of them.
func (s *Stage) betweenOthers(st *story.Story, first, last story.WordID) bool {
	for at := first; at <= last; at++ {
		for c := range st.Children(at) {
			if c > last && marked(st, c, s.dip.between) && !marked(st, c, s.dip.of) {
				return true
			}
		}
	}
	return false
}

// ofSubject reports whether a talk is one that the subject of its clause holds,
// rather than the matter of something else: not in "melihat kemungkinan
// perundingan dengan Iran".
func (s *Stage) ofSubject(st *story.Story, w story.WordID) bool {
	word := st.Word(w)
	switch word.Rel() {
	case "nmod", "compound", "amod", "appos", "flat":
		if word.Head != 0 && s.dip.standing.has(st.Word(word.Head)) {
			return false // "the lack of progress in negotiations"
		}
		return word.Head != 0 && s.dip.light.has(st.Word(word.Head)) || s.behind(st, w)
	}
	return true
}

// behind reports whether a talk is told as the occasion of something: "dalam
// pertemuan", "usai melakukan pertemuan", "ahead of talks".
func (s *Stage) behind(st *story.Story, w story.WordID) bool {
	if marked(st, w, s.dip.during) || marked(st, w, s.dip.after) || marked(st, w, s.dip.before) {
		return true
	}
	first := sentenceOf(st, w).FirstWord
	for at := w - 1; at >= first && at+5 > w; at-- {
		word := st.Word(at)
		if s.dip.during.has(word) || s.dip.after.has(word) || s.dip.before.has(word) {
			return true
		}
		if word.UPOS == story.PUNCT || word.Mention != 0 && word.UPOS != story.ADJ && word.UPOS != story.PRON || word.UPOS == story.VERB && !s.dip.light.has(word) {
			return false
		}
	}
	return false
}

// strangers reports whether a talk is with somebody who is nobody known.
func (s *Stage) strangers(st *story.Story, first, last story.WordID) bool {
	for at := first; at <= last; at++ {
		for c := range st.Children(at) {
			if marked(st, c, s.dip.with) && st.Word(c).Mention == 0 {
				return true
			}
		}
	}
	return false
}

// told reports whether talks are told as something that takes place rather than
// named as a topic: "mengadakan pembicaraan", "the talks opened", "usai
// pembicaraan".
func (s *Stage) told(st *story.Story, w story.WordID) bool {
	if marked(st, w, s.dip.during) || marked(st, w, s.dip.after) || marked(st, w, s.dip.before) {
		return true
	}
	first := sentenceOf(st, w).FirstWord
	for at := w - 1; at >= first && at+3 > w; at-- { // "menjadi tuan rumah perundingan"
		if s.dip.light.has(st.Word(at)) {
			return true
		}
	}
	word := st.Word(w)
	if word.Head == 0 {
		return false
	}
	head := st.Word(word.Head)
	return s.dip.light.has(head) || s.dip.happen.has(head) || word.Rel() == "nsubj" && head.UPOS == story.VERB
}

// talkSubject adds the subject of the clause in which a talk stands.
func (s *Stage) talkSubject(st *story.Story, w story.WordID, out []story.EntityID) []story.EntityID {
	p := predicate(st, w)
	if p == w {
		if sub := s.subjectOf(st, w); sub != 0 {
			return s.join(st, sub, p, out)
		}
		return out
	}
	// "mengadakan pembicaraan dengan Lavrov": the parser may hang "dengan" from the verb
	for c := range st.Children(p) {
		if c > w && st.Word(c).Rel() == "obl" && (marked(st, c, s.dip.with) || marked(st, c, s.dip.between)) && len(out) < 2 {
			for _, id := range s.partiesAt(st, c) {
				addOnce(&out, id)
			}
		}
	}
	during := marked(st, w, s.dip.during)
	if len(out) == 0 && !s.plainTalk(st, w, p) && !during {
		if !marked(st, w, s.dip.after) {
			return nil
		}
		if out = s.partiesOf(st, s.subjectOf(st, p)); !fromTwoStates(st, out) {
			return nil // "they said in a statement after a meeting in Tokyo"
		}
		return out
	}
	if len(out) == 0 && during { // "pressed Xi in talks", "told officials during talks"
		for c := range st.Children(p) {
			if r := st.Word(c).Rel(); (r == "obj" || r == "iobj") && c < w && anyHuman(st, s.partiesAtWord(st, c)) {
				out = append(out, s.partiesAt(st, c)...)
			}
		}
		if len(out) == 0 {
			out = s.addressed(st, p, w)
		}
	}
	sub := s.subjectOf(st, p)
	if sub != 0 && st.Dominates(sub, w) { // "pertemuan dengan X berlangsung": the talk itself is the subject
		if sub = s.subjectAbove(st, p); sub == 0 {
			return out
		}
	}
	if sub == 0 {
		sub = s.subjectBefore(st, w)
	}
	if sub == 0 {
		sub = s.subjectBehind(st, p) // "Asked at a news conference with X, Y said"
	}
	return s.join(st, sub, p, out)
}

// addressed returns to whom something is said or given in the course of a talk:
// "menyampaikan salam kepada Li dalam pertemuan", "conveyed greetings to the
// king during a courtesy call".
func (s *Stage) addressed(st *story.Story, p, w story.WordID) []story.EntityID {
	for at := p + 1; at < w; at++ {
		if s.isHuman(st, at) && s.behindTo(st, at) {
			return s.partiesAt(st, at)
		}
	}
	return nil
}

// plainTalk reports whether a talk that names nobody may take both sides from
// a plural subject: "kedua pemimpin mengadakan pertemuan".
func (s *Stage) plainTalk(st *story.Story, w, p story.WordID) bool {
	return st.Word(w).Rel() == "obj" && st.Word(w).Head == p
}

// subjectAbove returns the subject of the clause that holds a clause.
func (s *Stage) subjectAbove(st *story.Story, p story.WordID) story.WordID {
	head := st.Word(p).Head
	if head == 0 {
		return 0
	}
	return s.subjectOf(st, predicate(st, head))
}

// join puts the subject's parties first, or the agent's where a passive has
// one ("hal itu disampaikan Dubes X dalam pertemuan dengan Y"), unless they are
// spokesmen, who tell of the talks of others.
func (s *Stage) join(st *story.Story, sub, p story.WordID, others []story.EntityID) []story.EntityID {
	var out []story.EntityID
	if sub != 0 {
		out = s.partiesAt(st, sub)
	}
	if len(out) == 0 {
		if sub = s.agentOf(st, p); sub == 0 {
			sub = s.agentOf(st, clauseAbove(st, p)) // "disampaikan X usai melakukan pertemuan dengan Y"
		}
		if sub == 0 {
			if id := s.speakerBefore(st, p); id != 0 && len(others) > 0 {
				out := []story.EntityID{id}
				for _, id := range others {
					addOnce(&out, id)
				}
				return out
			}
			return others
		}
		out = s.partiesAt(st, sub)
	}
	if st.Word(sub).Mention != 0 && sub < p {
		s.andBefore(st, sub, &out)
	}
	for _, id := range out {
		if spokesman(st.Entity(id)) && len(others) > 0 {
			return others
		}
	}
	for _, id := range others {
		addOnce(&out, id)
	}
	return out
}

// agentOf returns who does what a passive verb says, or who speaks in an
// inverted clause: the phrase behind "oleh", else the one right behind the verb.
func (s *Stage) agentOf(st *story.Story, p story.WordID) story.WordID {
	for c := range st.Children(p) {
		switch st.Word(c).Rel() {
		case "obl", "obj", "nsubj", "nmod", "iobj":
			if (marked(st, c, s.dip.by) || c > p && c < p+5 && caseOf(st, c) == 0) && anyHuman(st, s.partiesAt(st, c)) {
				return c
			}
		}
	}
	return 0
}

func spokesman(e *story.Entity) bool {
	for i := range e.Offices {
		if e.Offices[i].Function == story.Spokesperson {
			return true
		}
	}
	return false
}

// talkPart adds those whom a dependent of a talk names.
func (s *Stage) talkPart(st *story.Story, c story.WordID, t *telling, out, loose *[]story.EntityID) {
	cw := st.Word(c)
	switch cw.Rel() {
	case "nmod", "obl", "compound", "flat", "appos", "amod", "det", "conj", "dep":
	default:
		return
	}
	ok := caseOf(st, c) == 0 || marked(st, c, s.dip.with) || marked(st, c, s.dip.between) || marked(st, c, s.dip.of)
	if marked(st, c, s.dip.to) && (t.kind == "call" || s.isHuman(st, c)) {
		ok = true // "his call to the king", "kunjungan kehormatan kepada Raja"
	}
	if start := s.phraseStart(st, c); start > sentenceOf(st, c).FirstWord && s.dip.at.has(st.Word(start-1)) && !s.isPerson(st, c) {
		return // "a courtesy call at Merdeka Palace", whatever the tree makes of it
	}
	if !ok && cw.Deprel != "nmod:poss" || cw.Rel() == "conj" && !s.isPerson(st, c) {
		return
	}
	if c > t.word && caseOf(st, c) == 0 {
		for d := range st.Children(t.word) {
			if st.Word(d).Rel() == "det" && d > t.word && d < c {
				return // "pada pertemuan tersebut Direktur X": who else was there
			}
		}
	}
	if c < t.first && cw.Deprel != "nmod:poss" && !s.isPerson(st, c) {
		out = loose
	}
	for _, id := range s.partiesAt(st, c) {
		if t.kind != "summit" && caseOf(st, c) == 0 && cw.Deprel != "nmod:poss" && s.isForum(st, id) {
			continue // "pertemuan G20": the gathering, not who came
		}
		addOnce(out, id)
	}
}

// isForum reports whether an entity is an organization of states.
func (s *Stage) isForum(st *story.Story, id story.EntityID) bool {
	e := st.Entity(id)
	if e.Kind != story.Organization || s.world == nil || e.Country == "" {
		return false
	}
	_, state := s.world.State(e.Country)
	return !state
}

// talkRight reads on after a talk where the tree broke: "pertemuan tête-à-tête
// dengan Presiden Y", "a meeting, held in Oslo, with Y", "antara X dan Y".
func (s *Stage) talkRight(st *story.Story, last story.WordID, out *[]story.EntityID) {
	end := min(sentenceOf(st, last).EndWord, last+lookAround)
	for at := last + 1; at < end; at++ {
		word := st.Word(at)
		if s.dip.margin.has(word) {
			return // "talks on the sidelines of the APEC meeting"
		}
		if s.dip.with.has(word) || at < last+5 && s.dip.between.has(word) {
			if to := s.firstPartyAfter(st, at, sentenceOf(st, last).EndWord, s.dip.with); to != 0 {
				for _, id := range s.partiesAt(st, to) {
					addOnce(out, id)
				}
			}
			return
		}
		switch {
		case word.UPOS == story.PUNCT:
			if at = s.pastParenthesis(st, at, end); at == 0 {
				return
			}
			at--
		case word.UPOS == story.VERB || word.UPOS == story.SCONJ || s.dip.relative.has(word):
			return
		case word.Mention != 0 && len(s.partiesAtWord(st, at)) > 0 && !s.dip.at.has(word):
			if prev := st.Word(at - 1); prev.UPOS != story.ADP && prev.UPOS != story.PROPN && prev.UPOS != story.ADJ {
				return // a party of another phrase: "a meeting the minister ..."
			}
		}
	}
}

// byPhone reports whether the clause of a cue speaks of a telephone.
func (s *Stage) byPhone(st *story.Story, w story.WordID) bool {
	sent := sentenceOf(st, w)
	first, end := max(sent.FirstWord, w-min(w, 16)), min(sent.EndWord, w+12)
	for at := first; at < end; at++ {
		if s.dip.call.has(st.Word(at)) {
			return true
		}
	}
	return false
}
