package gold

import (
	"slices"
	"strconv"
	"strings"

	"kawat/story"
)

// Miss is a fact of a golden story that was not met, with what is wrong:
// "found" where there is no such fact at all, else the details that differ,
// such as "date" or "speaker".
type Miss struct {
	Fact    *Fact
	Details []string
}

// Outcome is what became of a golden story.
type Outcome struct {
	Met    int
	Missed []Miss
	// Extra counts facts of a kind that no line of the story's gold asked for.
	Extra map[string]int
}

// Compare holds a story that was read against its gold. Each line is met once,
// by the row that fits it best; rows are not used twice.
func (c *Case) Compare(st *story.Story) Outcome {
	m := matcher{st: st, used: map[string][]bool{
		"encounters": make([]bool, len(st.Encounters)), "events": make([]bool, len(st.Events)),
		"quotations": make([]bool, len(st.Quotations)), "pledges": make([]bool, len(st.Pledges)),
		"messages": make([]bool, len(st.Messages)), "references": make([]bool, len(st.References)),
	}}
	out := Outcome{Extra: map[string]int{}}
	var last []int // facts that nothing may match are judged when the others have taken their rows
	for i := range c.Facts {
		if b := c.Facts[i].first(); b == "none" || b == "not" {
			last = append(last, i)
			continue
		}
		out.judge(&m, &c.Facts[i])
	}
	for kind, used := range m.used {
		for _, u := range used {
			if !u {
				out.Extra[kind]++
			}
		}
	}
	for _, i := range last {
		out.judge(&m, &c.Facts[i])
	}
	return out
}

func (o *Outcome) judge(m *matcher, f *Fact) {
	if details := m.fact(f); len(details) > 0 {
		o.Missed = append(o.Missed, Miss{f, details})
		return
	}
	o.Met++
}

func (f *Fact) first() string {
	if len(f.words) == 0 {
		return ""
	}
	return f.words[0].bare
}

func (f *Fact) bare(i int) string { return f.words[i].bare }

// matcher compares facts with the rows of one story.
type matcher struct {
	st   *story.Story
	used map[string][]bool
}

var notFound = []string{"found"}

func (m *matcher) fact(f *Fact) []string {
	switch f.first() {
	case "none":
		return wrong(nil, "none", m.none(f.Kind))
	case "not":
		if f.Kind != "events" {
			return m.absent(f)
		}
		for i := range m.st.Events {
			if ev := &m.st.Events[i]; ev.Type == f.bare(1) && m.eventSides(f.words[2:], ev) && (f.bare(5) == string(ev.Status) || f.bare(5) == "-") {
				return []string{"not"}
			}
		}
		return nil
	}
	switch f.Kind {
	case "anatomy":
		return m.anatomy(f)
	case "parts":
		return m.part(f)
	case "entities":
		return m.entity(f)
	}
	rows, try := m.rows(f.Kind)
	if try == nil {
		return notFound
	}
	return m.best(f, rows, try)
}

// rows returns how many rows of a kind the story has, and how one is held
// against a line: whether it is meant, and which details are wrong.
func (m *matcher) rows(kind string) (int, func(*Fact, int) (bool, []string)) {
	switch kind {
	case "encounters":
		return len(m.st.Encounters), m.encounter
	case "events":
		return len(m.st.Events), m.event
	case "quotations":
		return len(m.st.Quotations), m.quotation
	case "pledges":
		return len(m.st.Pledges), m.pledge
	case "messages":
		return len(m.st.Messages), m.message
	case "references":
		return len(m.st.References), m.reference
	}
	return 0, nil
}

// absent wants that no row is as the line says in every detail.
func (m *matcher) absent(f *Fact) []string {
	claim := *f
	claim.words = f.words[1:]
	rows, try := m.rows(f.Kind)
	for i := range rows {
		if meant, wrong := try(&claim, i); meant && len(wrong) == 0 {
			return []string{"not"}
		}
	}
	return nil
}

// none reports whether nothing of a kind was found. An encounter that is said
// not to take place ("membatalkan kunjungannya") is none.
func (m *matcher) none(kind string) bool {
	if kind != "encounters" {
		return len(m.used[kind]) == 0
	}
	return !slices.ContainsFunc(m.st.Encounters, func(en story.Encounter) bool { return en.Status != story.Denied })
}

// best takes the free row with the fewest wrong details.
func (m *matcher) best(f *Fact, rows int, try func(*Fact, int) (bool, []string)) []string {
	at, details := -1, []string(nil)
	for i := range rows {
		if m.used[f.Kind][i] {
			continue
		}
		ok, wrong := try(f, i)
		if ok && (at < 0 || len(wrong) < len(details)) {
			at, details = i, wrong
		}
	}
	if at < 0 {
		return notFound
	}
	m.used[f.Kind][at] = true
	return details
}

// span returns the words that an atom quotes; the parser has checked that they
// are there.
func (m *matcher) span(a atom) story.Span {
	sp, _ := m.st.Exact(a.text, a.n)
	return sp
}

// refers returns the entities that the quoted words refer to: those of the
// mention that covers them best.
func (m *matcher) refers(a atom) []story.EntityID {
	sp, best := m.span(a), story.MentionID(0)
	for i := range m.st.Mentions {
		got := m.st.Mentions[i].Span
		if !got.Overlaps(sp) {
			continue
		}
		if best == 0 || off(got, sp) < off(m.st.Mention(best).Span, sp) {
			best = story.MentionID(i + 1)
		}
	}
	return m.st.Refers(best)
}

// off is how far two spans differ.
func off(a, b story.Span) int { return abs(a.Start-b.Start) + abs(a.End-b.End) }

func abs(n int) int { return max(n, -n) }

// is reports whether an entity is what a term of one atom names: a state or an
// organization by its code, anything by its words, nothing by "-".
func (m *matcher) is(id story.EntityID, t term) bool {
	if t.bare == "-" {
		return id == 0
	}
	return id != 0 && slices.ContainsFunc(t.alts, func(a atom) bool { return m.matches(id, a) })
}

func (m *matcher) matches(id story.EntityID, a atom) bool {
	if a.text != "" {
		return slices.Contains(m.refers(a), id)
	}
	return m.st.Entity(id).Country == a.code
}

// all reports whether every atom of a term is among the entities.
func (m *matcher) all(ids []story.EntityID, t term) bool {
	if t.bare == "-" {
		return true
	}
	for _, a := range t.alts {
		if !slices.ContainsFunc(ids, func(id story.EntityID) bool { return m.matches(id, a) }) {
			return false
		}
	}
	return true
}

// touches reports whether evidence holds a byte of the words that an argument
// quotes; true where the fact has no such argument.
func (m *matcher) touches(f *Fact, key string, spans []story.Span) bool {
	t, ok := f.args[key]
	if !ok {
		return true
	}
	sp := m.span(t.alts[0])
	return slices.ContainsFunc(spans, sp.Overlaps)
}

// wrong appends a detail where it does not hold.
func wrong(list []string, detail string, ok bool) []string {
	if ok {
		return list
	}
	return append(list, detail)
}

// date compares; "-" wants that the date stays out.
func (f *Fact) date(got string) bool {
	t, ok := f.args["date"]
	switch {
	case !ok:
		return true
	case t.bare == "-":
		return got == ""
	}
	return got == t.bare
}

func (f *Fact) number(key string, got int) bool {
	t, ok := f.args[key]
	return !ok || t.bare == strconv.Itoa(got)
}

func (m *matcher) place(f *Fact, got story.Where) bool {
	t, ok := f.args["place"]
	switch {
	case !ok:
		return true
	case t.bare == "-":
		return got.Name == "" && got.Country == ""
	case t.bare != "":
		return got.Country == t.bare
	}
	return strings.EqualFold(got.Name, t.alts[0].text) || got.Entity != 0 && m.is(got.Entity, t)
}
