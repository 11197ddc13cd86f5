package gold

import (
	"slices"
	"strings"

	"kawat/story"
)

// anatomy compares a field of the story itself.
func (m *matcher) anatomy(f *Fact) []string {
	field, want, _ := strings.Cut(f.Line, ": ")
	st, got := m.st, ""
	switch field {
	case "lang":
		got = st.Lang
	case "publisher":
		got = st.Publisher
	case "agencies":
		got = strings.Join(st.Agencies, ", ")
	case "copyright":
		got = st.Copyright
	case "published":
		got = st.Published.Raw
	case "title":
		got = st.Title
	case "dateline.place":
		got = st.Dateline.Place
	case "dateline.country":
		got = st.Dateline.Country
	case "dateline.date":
		got = st.Dateline.Date
	case "credits":
		var names []string
		for _, c := range st.Credits {
			names = append(names, c.Role+" "+c.Name)
		}
		got = strings.Join(names, ", ")
	}
	return wrong(nil, field, got == want)
}

// part wants words in a part of a kind.
func (m *matcher) part(f *Fact) []string {
	sp := m.span(f.words[1].alts[0])
	for _, p := range m.st.Parts {
		if p.Span.Contains(sp) {
			return wrong(nil, "kind", p.Kind.String() == f.bare(0))
		}
	}
	return notFound
}

// entity wants a name mention of exactly these words, its kind, country and
// office; "same" wants that words refer to what others refer to, or to nobody.
func (m *matcher) entity(f *Fact) []string {
	if f.first() == "same" {
		return m.same(f)
	}
	sp := m.span(f.words[1].alts[0])
	for i := range m.st.Mentions {
		mention := &m.st.Mentions[i]
		if mention.Span != sp || mention.Entity == 0 {
			continue
		}
		e := m.st.Entity(mention.Entity)
		w := wrong(nil, "kind", e.Kind.String() == f.bare(0))
		if len(f.words) > 2 {
			w = wrong(w, "country", e.Country == strings.TrimPrefix(f.bare(2), "-"))
		}
		if len(f.words) > 3 {
			w = wrong(w, "office", slices.ContainsFunc(e.Offices, func(o story.Office) bool {
				return string(o.Function) == f.bare(3) && (len(f.words) < 5 || string(o.Status) == f.bare(4))
			}))
		}
		return w
	}
	return notFound
}

func (m *matcher) same(f *Fact) []string {
	got := m.refers(f.words[1].alts[0])
	if f.bare(2) == "-" {
		return wrong(nil, "nobody", len(got) == 0)
	}
	if len(got) == 0 {
		return notFound
	}
	var want []story.EntityID
	for _, a := range f.words[2].alts {
		if a.code != "" {
			i := slices.IndexFunc(got, func(id story.EntityID) bool { return m.matches(id, a) })
			if i < 0 {
				return []string{"entity"}
			}
			want = append(want, got[i])
			continue
		}
		want = append(want, m.refers(a)...)
	}
	slices.Sort(got)
	slices.Sort(want)
	return wrong(nil, "entity", slices.Equal(got, slices.Compact(want)))
}

func (m *matcher) encounter(f *Fact, i int) (bool, []string) {
	en := &m.st.Encounters[i]
	call := en.Kind == "call"
	if !m.all(en.Participants, f.words[2]) || call != (f.bare(0) == "call") || !m.touches(f, "words", en.Spans) {
		return false, nil
	}
	w := wrong(nil, "kind", en.Kind == f.bare(0))
	w = wrong(w, "status", string(en.Status) == f.bare(1))
	w = wrong(w, "participants", len(en.Participants) == len(f.words[2].alts))
	w = wrong(w, "date", f.date(en.Date))
	return true, wrong(w, "place", m.place(f, en.Place))
}

func (m *matcher) event(f *Fact, i int) (bool, []string) {
	ev := &m.st.Events[i]
	if ev.Type != f.bare(0) || !m.eventSides(f.words[1:], ev) {
		return false, nil
	}
	if !m.touches(f, "words", append([]story.Span{ev.Trigger}, ev.Spans...)) {
		return false, nil
	}
	w := wrong(nil, "status", string(ev.Status) == f.bare(4))
	if t, ok := f.args["cameo"]; ok {
		w = wrong(w, "cameo", strings.HasPrefix(ev.CAMEO, t.bare))
	}
	if t, ok := f.args["mode"]; ok {
		w = wrong(w, "mode", ev.Mode == t.bare)
	}
	if t, ok := f.args["by"]; ok {
		w = wrong(w, "by", m.is(ev.AssertedBy, t))
	}
	w = wrong(w, "date", f.date(ev.Date))
	return true, wrong(w, "place", m.place(f, ev.Place))
}

// eventSides compares the countries of an event with "A > B" or "A = B".
func (m *matcher) eventSides(words []term, ev *story.Event) bool {
	a, b := words[0], words[2]
	if codes(a, ev.ActorCountries) && codes(b, ev.RecipientCountries) {
		return true
	}
	if words[1].bare != "=" {
		return false
	}
	if codes(b, ev.ActorCountries) && codes(a, ev.RecipientCountries) {
		return true
	}
	both := term{alts: append(slices.Clone(a.alts), b.alts...)}
	return len(ev.RecipientCountries) == 0 && b.bare != "-" && codes(both, ev.ActorCountries)
}

// codes reports whether a term names exactly these codes; "-" wants none.
func codes(t term, got []string) bool {
	if t.bare == "-" {
		return len(got) == 0
	}
	if len(t.alts) != len(got) {
		return false
	}
	for _, a := range t.alts {
		if !slices.Contains(got, a.code) {
			return false
		}
	}
	return true
}

// edge is how many bytes the edge of a content may differ from the gold: a
// complementizer ("bahwa ", "that ") or marks.
const edge = 9

func (m *matcher) quotation(f *Fact, i int) (bool, []string) {
	q := &m.st.Quotations[i]
	if len(q.Content) == 0 {
		return false, nil
	}
	first := m.span(f.words[2].alts[0])
	if abs(q.Content[0].Start-first.Start) > edge {
		return false, nil
	}
	last := f.words[len(f.words)-1].alts[0]
	end := q.Content[len(q.Content)-1].End
	w := wrong(nil, "kind", q.Kind.String() == f.bare(0))
	w = wrong(w, "speaker", m.is(q.Speaker, f.words[1]))
	w = wrong(w, "end", abs(end-m.span(last).End) <= edge)
	if t, ok := f.args["behalf"]; ok {
		w = wrong(w, "behalf", m.is(q.OnBehalfOf, t))
	}
	if t, ok := f.args["to"]; ok {
		w = wrong(w, "to", m.is(q.Addressee, t))
	}
	if t, ok := f.args["relay"]; ok {
		w = wrong(w, "relay", m.is(q.Relay, t))
	}
	if t, ok := f.args["medium"]; ok {
		w = wrong(w, "medium", string(q.Medium) == t.bare)
	}
	return true, w
}

func (m *matcher) pledge(f *Fact, i int) (bool, []string) {
	p := &m.st.Pledges[i]
	sp := m.span(f.words[4].alts[0])
	if !m.all(p.By, f.words[1]) || !sp.Overlaps(p.Content) && !slices.ContainsFunc(p.Spans, sp.Overlaps) {
		return false, nil
	}
	w := wrong(nil, "act", p.Act == f.bare(0))
	w = wrong(w, "to", m.all(p.To, f.words[3]))
	if t, ok := f.args["due"]; ok {
		w = wrong(w, "due", p.Due == t.bare)
	}
	return true, w
}

func (m *matcher) message(f *Fact, i int) (bool, []string) {
	msg := &m.st.Messages[i]
	if !m.is(msg.From, f.words[2]) && !m.is(msg.To, f.words[6]) || !m.touches(f, "words", msg.Spans) {
		return false, nil
	}
	w := wrong(nil, "kind", msg.Kind == f.bare(0))
	w = wrong(w, "status", string(msg.Status) == f.bare(1))
	w = wrong(w, "from", m.is(msg.From, f.words[2]))
	w = wrong(w, "via", m.is(msg.Via, f.words[4]))
	return true, wrong(w, "to", m.is(msg.To, f.words[6]))
}

func (m *matcher) reference(f *Fact, i int) (bool, []string) {
	ref := &m.st.References[i]
	if !slices.ContainsFunc(ref.Spans, m.span(f.words[1].alts[0]).Overlaps) {
		return false, nil
	}
	w := wrong(nil, "kind", ref.Kind == f.bare(0))
	w = wrong(w, "ordinal", f.number("ordinal", ref.Ordinal))
	w = wrong(w, "year", f.number("year", ref.Year))
	if t, ok := f.args["parties"]; ok {
		w = wrong(w, "parties", m.all(ref.Parties, t))
	}
	return true, w
}
