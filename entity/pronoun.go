package entity

import "kawat/story"

// pronoun links a pronoun.
func (r *resolver) pronoun(i int, m *story.Mention) {
	switch m.Code {
	case "1sg":
		m.Entity = r.speakerOf(i)
	case "1pl":
		if id := r.speakerOf(i); id != 0 {
			m.Entity = r.sideOf(id)
		}
	case "side":
		id := r.speakerOf(i)
		if id == 0 {
			id = r.subjectBefore(m, story.NoKind)
		}
		if id != 0 {
			m.Entity = r.sideOf(id)
		}
	case "3sg", "3sgm", "3sgf":
		m.Entity = r.third(i, m, false)
		r.learnSex(m)
	case "3sgn":
		m.Entity = r.third(i, m, true)
	case "3pl":
		r.they(i, m)
	}
}

// learnSex notes what a pronoun tells of whom it means: after "Nur Aini presented
// her credentials to Ivan Petrov", "he" is Petrov. It rules others out and does
// not make him likelier, since it may itself be mistaken.
func (r *resolver) learnSex(m *story.Mention) {
	if m.Entity != 0 && len(m.Code) == 4 && m.Code[3] != 'n' && r.called[m.Entity] == 0 {
		r.called[m.Entity] = m.Code[3]
	}
}

// speakerOf is who speaks where mention i stands: the resolved source of the
// innermost quotation, 0 if it has none.
func (r *resolver) speakerOf(i int) story.EntityID {
	q := r.inQuote[i]
	if q == 0 {
		return 0
	}
	src := r.st.Quotation(q).SourceWord
	if src == 0 {
		return 0
	}
	id := r.st.Word(src).Mention
	if id == 0 {
		return 0
	}
	return r.st.Mention(id).Entity
}

// subjectBefore is the last subject before m in its sentence, else that of the
// sentence before. With a kind, only entities of it (a person may be a group
// with an office).
func (r *resolver) subjectBefore(m *story.Mention, kind story.EntityKind) story.EntityID {
	here := r.st.Word(m.Head).Sent
	for k := len(r.seen) - 1; k >= 0 && here-r.seen[k].sent <= 1; k-- {
		s := &r.seen[k]
		if !s.subject || r.st.Mentions[s.mention].Span.Start >= m.Span.Start {
			continue
		}
		if kind == story.NoKind || s.kind == kind || kind == story.Person && s.kind == story.Group {
			return s.entity
		}
	}
	return 0
}

// Weights of candidates. What decides is the order they put the cases in:
// the subject of the sentence itself, the subject of the one before, anybody in
// the sentence, anybody in the one before.
const (
	nearHere    = 60
	nearBefore  = 50
	perSentence = 15
	asSubject   = 40
	sameTopic   = 12 // a subject for a subject
	goesOn      = 4  // a speaker for a speaker
	heard       = 25 // off whom only somebody's words name
	tie         = 6
	reach       = 3 // sentences back
)

// third links he, she, dia, -nya, or it: the best candidate of the sentences
// before, unless another is as good.
func (r *resolver) third(i int, m *story.Mention, thing bool) story.EntityID {
	best, second := 0, 0
	var got story.EntityID
	here := r.st.Word(m.Head).Sent
	speaker := r.speakerOf(i)
	beside := r.beside(m)
	for k := len(r.seen) - 1; k >= 0; k-- {
		s := &r.seen[k]
		back := int(here - s.sent)
		if back > reach {
			break
		}
		if s.quoted && r.inQuote[i] == 0 && r.speaks(m) {
			continue // who speaks is not whom the words name
		}
		if !r.candidate(s, m, thing) || s.entity == speaker && speaker != 0 || s.entity == beside && beside != 0 {
			continue
		}
		score := r.salience(i, s, m, back)
		if back > 0 && r.paired(s) {
			second = max(second, score) // the other of the two is as good
		}
		switch {
		case s.entity == got:
			best = max(best, score)
		case score > best:
			best, second, got = score, best, s.entity
		case score > second:
			second = score
		}
	}
	if best-second < tie || r.loose(m) && best < nearHere+asSubject {
		return 0
	}
	return got
}

// speaks reports whether a mention names the speaker of a quotation.
func (r *resolver) speaks(m *story.Mention) bool { return r.source[r.st.Word(m.Head).Mention] }

// beside is who else is an argument of the pronoun's verb, by whatever words:
// of "He gave him a painting" the second is not the first.
func (r *resolver) beside(m *story.Mention) story.EntityID {
	here := r.st.Word(m.Head).Sent
	for k := len(r.seen) - 1; k >= 0 && r.seen[k].sent == here; k-- {
		if s := &r.seen[k]; r.st.Mentions[s.mention].Type == story.PronounMention && r.together(s, m) {
			return s.entity
		}
	}
	return 0
}

// loose reports whether a clitic may as well mean a thing: "hasilnya",
// "membahasnya". It then goes to a subject of its own sentence or to nobody.
func (r *resolver) loose(m *story.Mention) bool {
	w := r.st.Word(m.Head)
	return !r.speaks(m) && r.st.Token(w.Token).FirstWord != m.Head && w.Rel() != "nsubj" && !(w.Rel() == "obl")
}

// candidate reports whether a pronoun may mean what was seen.
func (r *resolver) candidate(s *sight, m *story.Mention, thing bool) bool {
	if r.st.Mentions[s.mention].Span.Start >= m.Span.Start || s.plural {
		return false
	}
	ant := &r.st.Mentions[s.mention]
	if s.kind == story.Group && s.speaks && r.oneOfGroup(ant) && !thing {
		return s.sent != r.st.Word(m.Head).Sent || !r.together(s, m)
	}
	if ant.Type == story.AdjectiveMention || ant.Type == story.NestedMention || ant.Type == story.NominalMention && ant.Office.Function == "" && s.kind == story.Group {
		return false
	}
	if thing {
		if s.kind != story.State && s.kind != story.Organization {
			return false
		}
	} else {
		if s.kind != story.Person && !(s.kind == story.Group && len(r.st.Entity(s.entity).Offices) > 0) {
			return false
		}
		g := r.gender[s.entity]
		if g == 0 {
			g = r.called[s.entity]
		}
		if m.Code == "3sgm" && g == 'f' || m.Code == "3sgf" && g == 'm' {
			return false
		}
	}
	return s.sent != r.st.Word(m.Head).Sent || !r.together(s, m)
}

// paired reports whether somebody else of the same kind is joined to what was
// seen: "Presiden A dan Presiden B tiba. Dia ..." may be either.
func (r *resolver) paired(s *sight) bool {
	m := &r.st.Mentions[s.mention]
	if ids := r.joined(m); len(ids) > 1 && r.st.Entity(ids[1]).Kind == s.kind {
		return true
	}
	// By the words, where the tree joins others: name, "dan", title or name; or the
	// same the other way round.
	first, end := r.st.WordsIn(m.Span.Cover(m.Title))
	sent := r.st.Sent(s.sent)
	return end+1 < sent.EndWord && r.st.Word(end).UPOS == story.CCONJ && r.other(end+1, s) ||
		first > sent.FirstWord+1 && r.st.Word(first-1).UPOS == story.CCONJ && r.other(first-2, s)
}

// other reports whether a word names somebody of the same kind as what was seen.
func (r *resolver) other(w story.WordID, s *sight) bool {
	id := r.st.Word(w).Mention
	if id == 0 {
		return false
	}
	m := r.st.Mention(id)
	return m.Entity != 0 && m.Entity != s.entity && r.st.Entity(m.Entity).Kind == s.kind
}

func (r *resolver) salience(i int, s *sight, m *story.Mention, back int) int {
	score := nearHere
	if back > 0 {
		score = nearBefore - perSentence*(back-1)
	}
	if s.subject {
		score += asSubject
		if r.st.Word(m.Head).Rel() == "nsubj" || r.speaks(m) {
			score += sameTopic
		}
		if s.speaks && r.speaks(m) {
			score += goesOn
		}
	}
	if r.parts[s.sent] == r.parts[r.st.Word(m.Head).Sent] {
		score += 4
	}
	if s.quoted && r.inQuote[i] == 0 {
		score -= heard
	}
	if g := r.gender[s.entity]; g != 0 && len(m.Code) == 4 && m.Code[3] == g {
		score += 10
	}
	// Of several in one sentence the first is what it is about.
	if ant := &r.st.Mentions[s.mention]; ant.Type == story.PronounMention {
		score += 2
	}
	return score
}

// they links a plural pronoun to the last plural subject, or to a subject with
// others joined to it.
func (r *resolver) they(i int, m *story.Mention) {
	here := r.st.Word(m.Head).Sent
	for k := len(r.seen) - 1; k >= 0 && here-r.seen[k].sent <= 2; k-- {
		s := &r.seen[k]
		ant := &r.st.Mentions[s.mention]
		if !s.subject || ant.Span.Start >= m.Span.Start {
			continue
		}
		if s.plural {
			m.Entity, m.Also = ant.Entity, ant.Also
			return
		}
		if ids := r.joined(ant); len(ids) > 1 {
			r.set(m, ids)
			return
		}
	}
}

// joined returns the entities of a mention and of those that "and" joins to it.
func (r *resolver) joined(m *story.Mention) []story.EntityID {
	ids := []story.EntityID{m.Entity}
	for c := range r.st.Children(r.top(m)) {
		w := r.st.Word(c)
		if w.Rel() != "conj" || w.Mention == 0 {
			continue
		}
		if o := r.st.Mention(w.Mention); o.Entity != 0 && !contains(ids, o.Entity) {
			ids = append(ids, o.Entity)
		}
	}
	return ids
}
