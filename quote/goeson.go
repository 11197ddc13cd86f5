package quote

import (
	"slices"
	"strings"

	"kawat/story"
)

// This file finds speakers whom the copy names by a pronoun or a description: who
// spoke last goes on.

// This file finds speakers whom the copy names by a pronoun or a description: who
// spoke last goes on.

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
