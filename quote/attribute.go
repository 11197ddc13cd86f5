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

// class is what the lexicon says of a word.
func (s *Stage) class(st *story.Story, w story.WordID) class {
	if w == 0 {
		return 0
	}
	return s.lexicon[strings.ToLower(st.Word(w).Form)].class
}

// farthestUnnamed is how many rows back somebody without a name is looked for.
const farthestUnnamed = 8

// farMore is how many paragraphs back somebody spoke who says more: "pungkasnya".
const farMore = 3

func hasOffice(st *story.Story, id story.EntityID) bool {
	return id != 0 && len(st.Entity(id).Offices) > 0
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
