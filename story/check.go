package story

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Check returns every breach of the invariants that all stages rely on, joined
// into one error, or nil: spans lie inside the text and on code point borders,
// parts stand in order without overlap, sentences, tokens and words count up,
// trees have one root and no cycle, ids name rows that exist, and every fact
// has evidence. It is meant for tests and `kawat archive verify`; O(rows × depth).
func (st *Story) Check() error {
	c := checker{st: st}
	c.parts()
	c.words()
	c.entities()
	c.facts()
	return errors.Join(c.errs...)
}

// maxCheckErrors keeps a broken story from filling a log.
const maxCheckErrors = 20

type checker struct {
	st   *Story
	errs []error
}

func (c *checker) fail(format string, args ...any) {
	if len(c.errs) < maxCheckErrors {
		c.errs = append(c.errs, fmt.Errorf("story %s: %s", c.st.ID, fmt.Sprintf(format, args...)))
	}
}

func (c *checker) span(what string, n int, sp Span) {
	text := c.st.Text
	switch {
	case sp.Start < 0 || sp.End > len(text) || sp.Start > sp.End:
		c.fail("%s %d: span %d-%d outside the text of %d bytes", what, n, sp.Start, sp.End, len(text))
	case sp.Start < len(text) && !utf8.RuneStart(text[sp.Start]), sp.End < len(text) && !utf8.RuneStart(text[sp.End]):
		c.fail("%s %d: span %d-%d cuts a code point", what, n, sp.Start, sp.End)
	}
}

func (c *checker) parts() {
	end := 0
	for i, p := range c.st.Parts {
		c.span("part", i+1, p.Span)
		if p.Span.Start < end {
			c.fail("part %d begins at %d, before the end of the one before it", i+1, p.Span.Start)
			return
		}
		if p.Span.End <= len(c.st.Text) && p.Span.Start <= p.Span.End {
			if gap := c.st.Text[end:p.Span.Start]; strings.TrimSpace(gap) != "" {
				c.fail("part %d: %q stands before it in no part", i+1, gap)
			}
			end = p.Span.End
		}
	}
	if len(c.st.Parts) > 0 && strings.TrimSpace(c.st.Text[end:]) != "" {
		c.fail("%q stands after the last part", c.st.Text[end:])
	}
}

func (c *checker) words() {
	st := c.st
	for i, s := range st.Sents {
		c.span("sentence", i+1, s.Span)
		if s.Part < 0 || s.Part >= len(st.Parts) || !st.Parts[s.Part].Span.Contains(s.Span) {
			c.fail("sentence %d stands outside its part", i+1)
		}
		roots := 0
		for w := s.FirstWord; w < s.EndWord; w++ {
			word := st.Word(w)
			c.span("word", int(w), word.Span)
			if word.Head == 0 {
				roots++
			} else if word.Head < s.FirstWord || word.Head >= s.EndWord {
				c.fail("word %d: head %d lies outside its sentence", w, word.Head)
				return
			}
			if c.cyclic(w, int(s.EndWord-s.FirstWord)) {
				c.fail("word %d stands in a cycle", w)
				return
			}
		}
		if roots != 1 {
			c.fail("sentence %d has %d roots", i+1, roots)
		}
	}
}

func (c *checker) cyclic(w WordID, limit int) bool {
	for n := 0; w != 0; n++ {
		if n > limit {
			return true
		}
		w = c.st.Word(w).Head
	}
	return false
}

func (c *checker) entities() {
	for i, m := range c.st.Mentions {
		c.span("mention", i+1, m.Span)
		c.entity("mention", i+1, m.Entity)
		for _, e := range m.Also {
			c.entity("mention", i+1, e)
		}
	}
	refs := make(map[string]int, len(c.st.Entities))
	for i, e := range c.st.Entities {
		if e.Name == "" || e.Kind == NoKind || e.Ref == "" {
			c.fail("entity %d lacks a name, a kind or a ref", i+1)
		}
		if other := refs[e.Ref]; other > 0 {
			c.fail("entities %d and %d share the ref %s", other, i+1, e.Ref)
		}
		refs[e.Ref] = i + 1
	}
}

func (c *checker) entity(what string, n int, e EntityID) {
	if e < 0 || int(e) > len(c.st.Entities) {
		c.fail("%s %d: no entity %d", what, n, e)
	}
}

func (c *checker) sides(what string, n int, lists ...[]EntityID) {
	for _, list := range lists {
		for _, e := range list {
			if e == 0 {
				c.fail("%s %d: an empty id in a list", what, n)
			}
			c.entity(what, n, e)
		}
	}
}

func (c *checker) evidence(what string, n int, ev Evidence) {
	if len(ev.Spans) == 0 || ev.By == "" {
		c.fail("%s %d has no evidence or no rule", what, n)
	}
	for _, sp := range ev.Spans {
		c.span(what, n, sp)
	}
	if ev.Score > 100 {
		c.fail("%s %d: confidence %d of 100", what, n, ev.Score)
	}
}

func (c *checker) facts() {
	st := c.st
	for i, q := range st.Quotations {
		c.evidence("quotation", i+1, q.Evidence)
		if len(q.Content) == 0 {
			c.fail("quotation %d has no content", i+1)
		}
		for _, sp := range q.Content {
			c.span("quotation", i+1, sp)
		}
		c.sides("quotation", i+1)
		for _, e := range []EntityID{q.Speaker, q.Addressee, q.OnBehalfOf, q.Relay} {
			c.entity("quotation", i+1, e)
		}
		if q.Parent < 0 || int(q.Parent) > len(st.Quotations) || int(q.Parent) == i+1 {
			c.fail("quotation %d: parent %d", i+1, q.Parent)
		}
	}
	for i, ev := range st.Events {
		c.evidence("event", i+1, ev.Evidence)
		c.sides("event", i+1, ev.Actors, ev.Recipients)
		c.entity("event", i+1, ev.AssertedBy)
		if ev.Type == "" || ev.Status == "" {
			c.fail("event %d lacks a type or a status", i+1)
		}
	}
	for i, e := range st.Encounters {
		c.evidence("encounter", i+1, e.Evidence)
		c.sides("encounter", i+1, e.Participants)
	}
	for i, p := range st.Pledges {
		c.evidence("pledge", i+1, p.Evidence)
		c.sides("pledge", i+1, p.By, p.To)
		c.span("pledge", i+1, p.Content)
	}
	for i, m := range st.Messages {
		c.evidence("message", i+1, m.Evidence)
		for _, e := range []EntityID{m.From, m.Via, m.To} {
			c.entity("message", i+1, e)
		}
	}
	for i, r := range st.References {
		c.evidence("reference", i+1, r.Evidence)
		c.sides("reference", i+1, r.Parties)
	}
}

// Exact returns the span of the n-th occurrence (from 1) of a string in the
// text; ok is false where there is none. Tests name facts by it.
func (st *Story) Exact(s string, n int) (sp Span, ok bool) {
	at := 0
	for ; n > 0; n-- {
		i := strings.Index(st.Text[at:], s)
		if i < 0 || s == "" {
			return Span{}, false
		}
		sp = Span{at + i, at + i + len(s)}
		at = sp.Start + 1
	}
	return sp, true
}
