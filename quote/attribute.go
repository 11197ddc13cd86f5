package quote

import (
	"slices"
	"strings"

	"kawat/story"
)

// Attribute fills in the entities of quotations: the speaker from the mention
// of the source, and for a quotation without a source the speaker of the one
// before it in the same or the preceding paragraph. It abstains elsewhere.
func (s *Stage) Attribute(st *story.Story) error {
	for i := range st.Quotations {
		q := &st.Quotations[i]
		q.Speaker = denoted(st, q.SourceWord)
		if q.Speaker == 0 && q.SourceWord != 0 && s.document(st, q) {
			if q.Speaker = s.issuer(st, q.Source); q.Speaker == 0 {
				q.Speaker = s.author(st, i)
			}
			if q.Speaker == 0 && s.pointsBack(st, q) {
				q.Speaker = actor(st, q)
			}
		}
		if q.Speaker == 0 && q.SourceWord == 0 && q.Kind == story.Direct {
			q.Speaker = carried(st, i, 1)
		}
		if j := s.unnamed(st, i); j >= 0 {
			q.Speaker = st.Quotations[j].Speaker
		}
		if q.Speaker == 0 && q.SourceWord == 0 && q.Kind == story.Direct {
			s.inherit(st, i)
		}
		if first, _ := st.WordsIn(q.Source); q.Speaker == 0 && q.RelayWord != 0 && q.SourceWord != 0 && s.class(st, first)&classRelative != 0 {
			q.SourceWord = q.RelayWord // "mengutip Musk yang mengatakan bahwa": nobody else speaks
			q.Speaker = denoted(st, q.SourceWord)
		}
		s.heOf(st, i)
		if id := s.goesOn(st, i); id != 0 {
			q.Speaker = id
			if m := st.Word(q.SourceWord).Mention; m != 0 && st.Mention(m).Type == story.PronounMention {
				st.Mention(m).Entity = id // what it does in what they said is theirs too
			}
		}
		q.Addressee = s.audience(st, q.AddresseeWord)
		if q.Relay = denoted(st, q.RelayWord); q.Relay == 0 && q.RelayWord != 0 && st.Word(q.RelayWord).UPOS == story.PROPN {
			q.Relay = s.audience(st, q.RelayWord)
		}
		if q.Addressee == q.Speaker {
			q.Addressee = 0
		}
		if q.Relay == q.Speaker {
			q.Relay = 0
		}
		q.OnBehalfOf = denoted(st, q.BehalfWord)
		if q.OnBehalfOf == 0 {
			q.OnBehalfOf = behalf(st, q)
		}
		if q.Speaker == 0 && q.Score > 40 {
			q.Score -= 15
		}
	}
	return nil
}

// heOf leads a pronoun behind its quotation to the words for somebody without a name
// who spoke in the sentence before: `A committee aide said talks went on. "We are
// frustrated," he said.`
func (s *Stage) heOf(st *story.Story, i int) {
	q := &st.Quotations[i]
	if i == 0 || q.Parent != 0 || q.SourceWord == 0 || q.Content[0].End > q.Cue.Start || s.class(st, q.SourceWord)&(classThird|classClitic) == 0 {
		return
	}
	at := i - 1
	for st.Quotations[at].Parent != 0 && int(st.Quotations[at].Parent) <= at {
		at = int(st.Quotations[at].Parent) - 1
	}
	p := &st.Quotations[at]
	if s.definite(st, p) && s.unnamed(st, at) < 0 {
		return // "Doktor ilmu politik ini menegaskan ...": somebody whom the copy has named
	}
	if p.SourceWord == 0 || p.Speaker != 0 || st.Word(p.SourceWord).UPOS != story.NOUN || s.class(st, p.SourceWord)&classHuman == 0 || s.document(st, p) {
		return
	}
	first, _ := st.WordsIn(q.Content[0])
	if in := st.Word(p.SourceWord).Sent; first == 0 || int(first) > len(st.Words) || st.Word(first).Sent-in > 1 || st.Word(first).Sent < in {
		return
	}
	q.Speaker, q.Source, q.SourceWord = 0, p.Source, p.SourceWord
}

// class is what the lexicon says of a word.
func (s *Stage) class(st *story.Story, w story.WordID) class {
	if w == 0 {
		return 0
	}
	return s.lexicon[strings.ToLower(st.Word(w).Form)].class
}

// farthestUnnamed is how many rows back somebody without a name is looked for.
const farthestUnnamed = 8

// unnamed returns the row of the last quotation of somebody without a name to whom
// row i points back by the same noun, -1 where there is none: in `"A," one official
// said. Weber called. The official added that B` the official is not Weber, whatever
// her office, unless it is called by the noun and she has spoken since.
func (s *Stage) unnamed(st *story.Story, i int) int {
	q := &st.Quotations[i]
	noun := q.SourceWord
	if noun == 0 || st.Word(noun).UPOS != story.NOUN || !s.definite(st, q) || s.issuer(st, q.Source) != q.Speaker {
		return -1 // "the U.S. official" after "one official"
	}
	for j := i - 1; j >= 0 && j >= i-farthestUnnamed; j-- {
		p := &st.Quotations[j]
		if p.SourceWord == 0 {
			continue
		}
		if !strings.EqualFold(st.Word(p.SourceWord).Form, st.Word(noun).Form) {
			if p.Speaker != 0 && p.Speaker == q.Speaker && called(st.Entity(p.Speaker), st.Word(noun).Form) {
				return -1
			}
			continue
		}
		if p.Speaker != 0 && st.Entity(p.Speaker).Kind == story.Person {
			return -1 // "the Philippine president": whom the noun means is known
		}
		if p.Speaker != 0 && q.Speaker != 0 && st.Entity(p.Speaker).Country != st.Entity(q.Speaker).Country && st.Entity(q.Speaker).Country != "" && st.Entity(q.Speaker).Kind == story.Organization {
			return -1
		}
		return j
	}
	return -1
}

// called reports whether a noun is one of the words of an office of an entity.
func called(e *story.Entity, noun string) bool {
	return slices.ContainsFunc(e.Offices, func(o story.Office) bool {
		return strings.Contains(strings.ToLower(o.Title), strings.ToLower(noun))
	})
}

// definite reports whether a source points to somebody of whom the copy has told:
// "the official", "the same official", "pejabat itu".
func (s *Stage) definite(st *story.Story, q *story.Quotation) bool {
	first, end := st.WordsIn(q.Source)
	return s.class(st, first)&classThis != 0 || end > first && s.class(st, end-1)&classThis != 0
}

// inherit gives a quotation without an attribution the words that name the speaker
// of the one before it, where they name no entity: `"A," one official said. "B."`
func (s *Stage) inherit(st *story.Story, i int) {
	q := &st.Quotations[i]
	for j := i - 1; j >= 0; j-- {
		p := &st.Quotations[j]
		if p.Parent != 0 {
			continue
		}
		if apart(st, p.Part, q.Part) <= 1 && p.Speaker == 0 && p.SourceWord != 0 && p.Kind != story.Indirect {
			q.Source, q.SourceWord = p.Source, p.SourceWord
		}
		return
	}
}

// goesOn returns who spoke last, where a pronoun that opens its sentence or stands
// behind its quotation goes on with them: "Dia menambahkan ...", `"...," it said`.
// Resolution decides where it found somebody of the sentence before who has
// spoken, or who spoke last is of another kind.
func (s *Stage) goesOn(st *story.Story, i int) story.EntityID {
	q := &st.Quotations[i]
	w := q.SourceWord
	if w == 0 || q.CueWord == 0 || q.Parent != 0 {
		return 0
	}
	c := s.lexicon[strings.ToLower(st.Word(w).Form)].class
	if st.Word(w).UPOS != story.PRON && c&classClitic == 0 { // "-nya" is a determiner to some treebanks
		return s.described(st, i)
	}
	behind := q.Content[0].End <= q.Cue.Start
	if c&(classThird|classThing|classClitic) == 0 || !behind && st.Sent(st.Word(w).Sent).FirstWord != w {
		return 0
	}
	more := behind && unsexed(st, w) && s.class(st, q.CueWord)&classMore != 0
	told := q.Speaker != 0 && c&classThing == 0 && unsexed(st, w) && (more || toldOf(st, q))
	if q.Speaker != 0 && !told && (!behind || c&classThing == 0) {
		return 0
	}
	far := 1
	if more {
		far = farMore
	}
	id := carried(st, i, far)
	if id == 0 {
		return 0
	}
	switch person := st.Entity(id).Kind == story.Person; {
	case person && c&classThing == 0, !person && c&classThing != 0 && st.Entity(id).Kind != story.Group:
		return id
	}
	return 0
}

// farMore is how many paragraphs back somebody spoke who says more: "pungkasnya".
const farMore = 3

// unsexed reports whether a pronoun may mean a man or a woman.
func unsexed(st *story.Story, w story.WordID) bool {
	id := st.Word(w).Mention
	return id != 0 && st.Mention(id).Code == "3sg"
}

// toldOf reports whether the entity that a pronoun was taken for stands before it
// only in what others said: in "Silva mengatakan Tan tenggelam. Menurut dia, ..."
// the pronoun is Silva.
func toldOf(st *story.Story, q *story.Quotation) bool {
	last := story.Span{}
	for i := range st.Mentions {
		m := &st.Mentions[i]
		if m.Span.Start >= st.Word(q.SourceWord).Span.Start {
			break
		}
		if m.Entity == q.Speaker && m.Type != story.PronounMention {
			last = m.Span
		}
	}
	if last.Empty() {
		return false
	}
	inside := false
	for i := range st.Quotations {
		p := &st.Quotations[i]
		if p.Content[0].Start > last.Start {
			break
		}
		if p.Speaker == q.Speaker {
			return false // who has spoken may go on
		}
		for _, c := range p.Content {
			inside = inside || c.Contains(last)
		}
	}
	return inside
}

// described returns who spoke last, where a description that opens its sentence
// points back to one person: "Doktor ilmu politik ini menegaskan ..."
func (s *Stage) described(st *story.Story, i int) story.EntityID {
	q := &st.Quotations[i]
	first, end := st.WordsIn(q.Source)
	behind := q.Content[0].End <= q.Cue.Start
	if q.Speaker != 0 && st.Entity(q.Speaker).Kind != story.Group || end <= first+1 || !behind && st.Sent(st.Word(first).Sent).FirstWord != first {
		return 0
	}
	if !s.points(st, end-1) || (s.class(st, q.SourceWord)|s.class(st, first))&classHuman == 0 && !hasOffice(st, q.Speaker) {
		return 0
	}
	if id := carried(st, i, 1); id != 0 && st.Entity(id).Kind == story.Person {
		return id
	}
	return 0
}

// points reports whether a word behind its noun points to one named before.
func (s *Stage) points(st *story.Story, w story.WordID) bool {
	u := st.Word(w).UPOS
	return (u == story.DET || u == story.PRON) && s.lexicon[strings.ToLower(st.Word(w).Form)].class&classThis != 0
}

func hasOffice(st *story.Story, id story.EntityID) bool {
	return id != 0 && len(st.Entity(id).Offices) > 0
}

// document reports whether a source is a text that says something: "the
// statement added", "one of Weber's tweets read".
func (s *Stage) document(st *story.Story, q *story.Quotation) bool {
	if st.Word(q.SourceWord).Mention != 0 {
		return false
	}
	first, end := st.WordsIn(q.Source)
	for w := first; w < end; w++ {
		if s.lexicon[strings.ToLower(st.Word(w).Form)].class&classDocument != 0 {
			return true
		}
	}
	return false
}

// pointsBack reports whether a source is "the statement" or "pernyataan
// tersebut": one of which the copy has just told.
func (s *Stage) pointsBack(st *story.Story, q *story.Quotation) bool {
	first, end := st.WordsIn(q.Source)
	return end-first == 2 && (s.lexicon[strings.ToLower(st.Word(first).Form)].class|s.lexicon[strings.ToLower(st.Word(end-1).Form)].class)&classThis != 0
}

// actor returns the subject of the sentence before a quotation: who issued what
// the quotation reads from. "Weber issued a warning. "Leave now," the statement
// said."
func actor(st *story.Story, q *story.Quotation) story.EntityID {
	first, _ := st.WordsIn(q.Content[0])
	if first == 0 || int(first) > len(st.Words) {
		return 0
	}
	id := st.Word(first).Sent - 1
	if id < 1 {
		return 0
	}
	sent := st.Sent(id)
	if sent.Root == 0 || apart(st, sent.Part, st.Sent(id+1).Part) > 1 {
		return 0
	}
	for c := range st.Children(sent.Root) {
		if st.Word(c).Rel() == "nsubj" {
			return denoted(st, c)
		}
	}
	return 0
}

// issuer returns whose document a source names: "PM Modi's letter", a person
// before a body. 0 where it names nobody.
func (s *Stage) issuer(st *story.Story, source story.Span) story.EntityID {
	got := story.EntityID(0)
	first, end := st.WordsIn(source)
	for w := first; w < end; w++ {
		if s.lexicon[strings.ToLower(st.Word(w).Form)].class&classTo != 0 {
			break // "Weber's letter to Hill"
		}
		id := denoted(st, w)
		if id == 0 {
			continue
		}
		switch st.Entity(id).Kind {
		case story.Person:
			return id
		case story.State, story.Organization:
			if got == 0 {
				got = id
			}
		}
	}
	return got
}

// authorWithin bounds the quotations over which "the statement" points back.
const authorWithin = 6

// author returns who spoke in the statement, release or letter before row i, to
// which "the statement" points back; 0 where the last one was none.
func (s *Stage) author(st *story.Story, i int) story.EntityID {
	for j := i - 1; j >= 0 && j > i-authorWithin; j-- {
		p := &st.Quotations[j]
		if p.SourceWord != 0 && p.Speaker != 0 && s.document(st, p) {
			return p.Speaker
		}
		switch p.Medium {
		case story.Statement, story.PressRelease, story.Letter, story.Post:
			return p.Speaker
		}
	}
	return 0
}

// audience returns the entity of who was spoken to, or who passes the words on.
// People whom only a common noun names ("wartawan", "reporters") become a group,
// a medium that no mention names an organization.
func (s *Stage) audience(st *story.Story, w story.WordID) story.EntityID {
	if id := denoted(st, w); id != 0 || w == 0 {
		return id
	}
	word := st.Word(w)
	m := story.Mention{Span: word.Span, Head: w, Kind: story.Group, Type: story.NominalMention}
	m.Evidence = story.Evidence{Spans: []story.Span{word.Span}, By: "quote/audience", Score: 60}
	prefix := "group:"
	switch _, relay := s.relays[strings.ToLower(word.Form)]; {
	case word.Mention != 0 && st.Mention(word.Mention).Type == story.PronounMention:
		return 0
	case word.UPOS == story.NOUN:
	case word.UPOS == story.PROPN && relay:
		m.Kind, m.Type, prefix = story.Organization, story.NameMention, "org:"
	default:
		return 0
	}
	ref := prefix + strings.ToLower(word.Form)
	for i := range st.Entities {
		if st.Entities[i].Ref == ref {
			m.Entity = story.EntityID(i + 1)
		}
	}
	if m.Entity == 0 {
		m.Entity = st.AddEntity(story.Entity{Ref: ref, Kind: m.Kind, Name: word.Form, Evidence: m.Evidence})
	}
	if word.Mention == 0 {
		word.Mention = st.AddMention(m)
	}
	return m.Entity
}

// denoted returns the entity that the phrase of a word names, 0 if unknown.
func denoted(st *story.Story, w story.WordID) story.EntityID {
	if w == 0 || st.Word(w).Mention == 0 {
		return 0
	}
	id := st.Mention(st.Word(w).Mention).Entity
	if id != 0 && st.Entity(id).Kind == story.Place {
		return 0 // nobody speaks who is a place
	}
	return id
}

// carried returns the speaker of the quotation before row i, where that is
// direct speech or has a named source, and stands at most far paragraphs before.
func carried(st *story.Story, i, far int) story.EntityID {
	q := &st.Quotations[i]
	for j := i - 1; j >= 0; j-- {
		p := &st.Quotations[j]
		if p.Parent != 0 {
			continue
		}
		if apart(st, p.Part, q.Part) > far {
			return 0
		}
		return p.Speaker
	}
	return 0
}

// apart counts the paragraphs from one part to another. Noise between them
// ("Baca juga") does not count.
func apart(st *story.Story, from, to int) int {
	n, para := 0, st.Parts[from].Para
	for i := from + 1; i <= to; i++ {
		if p := &st.Parts[i]; p.Kind == story.PartParagraph && p.Para != para {
			n, para = n+1, p.Para
		}
	}
	return n
}

// behalf returns for whom a speaker speaks by the words themselves: a
// spokesman for the body or the state, anybody else for a state of theirs that
// the content opens with. ("China siap bekerja sama, kata Xi.")
func behalf(st *story.Story, q *story.Quotation) story.EntityID {
	if q.Speaker == 0 {
		return 0
	}
	e := st.Entity(q.Speaker)
	if e.Country == "" || e.Kind == story.State {
		return 0
	}
	deputed := slices.ContainsFunc(e.Offices, func(o story.Office) bool {
		return o.Function == story.Spokesperson || o.Function == story.Ambassador || o.Function == story.Envoy
	})
	if deputed || e.Kind == story.Organization && e.Sector == "GOV" {
		return stateOf(st, e.Country)
	}
	first, end := st.WordsIn(q.Content[0])
	for w := first; w < end && w < first+4; w++ {
		if m := st.Word(w).Mention; m != 0 {
			mm := st.Mention(m)
			if mm.Entity != 0 && mm.Type == story.NameMention && st.Entity(mm.Entity).Kind == story.State && st.Entity(mm.Entity).Country == e.Country {
				return mm.Entity
			}
			return 0
		}
	}
	return 0
}

func stateOf(st *story.Story, country string) story.EntityID {
	for i := range st.Entities {
		if st.Entities[i].Kind == story.State && st.Entities[i].Country == country {
			return story.EntityID(i + 1)
		}
	}
	return 0
}
