package quote

import (
	"strings"

	"kawat/story"
)

// This file finds who speaks in a document: "the statement added", "PM Modi's
// letter says".

// This file finds who speaks in a document: "the statement added", "PM Modi's
// letter says".

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
