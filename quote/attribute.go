package quote

import (
	"slices"

	"kawat/story"
)

// Attribute fills in the entities of quotations: the speaker from the mention
// of the source, and for a quotation without a source the speaker of the one
// before it in the same or the preceding paragraph. It abstains elsewhere.
func (s *Stage) Attribute(st *story.Story) error {
	for i := range st.Quotations {
		q := &st.Quotations[i]
		q.Speaker = denoted(st, q.SourceWord)
		if q.Speaker == 0 && q.SourceWord == 0 && q.Kind == story.Direct {
			q.Speaker = carried(st, i)
		}
		q.Addressee = denoted(st, q.AddresseeWord)
		q.Relay = denoted(st, q.RelayWord)
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

// denoted returns the entity that the phrase of a word names, 0 if unknown.
func denoted(st *story.Story, w story.WordID) story.EntityID {
	if w == 0 || st.Word(w).Mention == 0 {
		return 0
	}
	return st.Mention(st.Word(w).Mention).Entity
}

// carried returns the speaker of the quotation before row i, where that is
// direct speech or has a named source, and stands in the same or the preceding
// paragraph.
func carried(st *story.Story, i int) story.EntityID {
	q := &st.Quotations[i]
	for j := i - 1; j >= 0; j-- {
		p := &st.Quotations[j]
		if p.Parent != 0 {
			continue
		}
		if st.Parts[q.Part].Para-st.Parts[p.Part].Para > 1 {
			return 0
		}
		return p.Speaker
	}
	return 0
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
	spokesman := slices.ContainsFunc(e.Offices, func(o story.Office) bool { return o.Function == story.Spokesperson })
	if spokesman {
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
