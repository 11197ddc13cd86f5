package serve

import (
	"strings"

	"kawat/archive"
	"kawat/record"
)

// row is a fact as lists show it.
type row struct {
	Fact   *archive.Fact
	Class  string // colours and shapes it: a quad class, or the kind
	Badge  string // type and code, or kind
	From   []party
	To     []party
	Arrow  string // between the sides; "" where there is one side only
	Detail []string
	Words  string // of the story, that state the fact
	Quoted bool   // the words are somebody's
	Status string
	Day    string
	Place  string
	Href   string          // the fact in its story
	Source string          // publisher, and the agency that it had the copy from
	Title  string          // of the story
	Ruling *archive.Ruling // that counts; nil where nobody decided
	Cite   string          // the words with their source, as a footnote has them
	Became *became         // of a pledge; nil where no story tells
	Judge  string          // address under which the user may decide; "" where not
}

// maxWords bounds the words that a list shows of a fact, in code points.
const maxWords = 420

func (f *frame) rows(facts []archive.Fact) []row {
	out := make([]row, 0, len(facts))
	for i := range facts {
		out = append(out, f.row(&facts[i]))
	}
	return out
}

func (f *frame) row(x *archive.Fact) row {
	s := &x.Report.Story
	r := row{
		Fact: x, Class: x.Kind.String(), Day: x.Day.String(), Href: storyHref(s) + "#" + x.Local(),
		Source: source(s), Title: s.Title, Words: wordsOf(x.Report.Record, x.Spans()),
	}
	switch x.Kind {
	case archive.Event:
		f.event(&r, x)
	case archive.Encounter:
		f.encounter(&r, x)
	case archive.Quotation:
		f.quotation(&r, x)
	case archive.Pledge:
		f.pledge(&r, x)
	default:
		f.message(&r, x)
	}
	if len(r.To) == 0 {
		r.Arrow = ""
	}
	r.Cite = quoted(&r)
	return r
}

// decision is what was decided about the fact, "" where nothing was.
func (r *row) decision() string {
	if r.Ruling == nil {
		return ""
	}
	return r.Ruling.What
}

func source(s *archive.Story) string {
	by := s.Publisher
	for _, a := range s.Agencies {
		if a != by {
			by = strings.TrimPrefix(by+" ← "+a, " ← ")
		}
	}
	return by
}

// wordsOf returns the words of spans, each on one line, with an ellipsis for
// what stands between them.
func wordsOf(r *record.Record, spans []record.Span) string {
	var b strings.Builder
	for _, sp := range spans {
		words := oneLine(stretch(r.Story.Text, sp))
		if words == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(" … ")
		}
		b.WriteString(words)
	}
	return cut(b.String(), maxWords)
}

// stretch returns the code points of a text within a span, without a copy: a
// list shows a few words of many long texts. "" where the span is not of the
// text.
func stretch(text string, sp record.Span) string {
	if sp.Start < 0 || sp.End <= sp.Start {
		return ""
	}
	n, start := 0, -1
	for i := range text {
		if n == sp.Start {
			start = i
		}
		if n == sp.End {
			return text[start:i]
		}
		n++
	}
	if start >= 0 && n == sp.End {
		return text[start:]
	}
	return ""
}

// cut shortens a text to so many code points, with an ellipsis.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	n := 0
	for i := range s {
		if n == most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

func (f *frame) event(r *row, x *archive.Fact) {
	ev, rec := x.Event, x.Report.Record
	r.Class, r.Badge, r.Status = quadClass(ev.CAMEO), ev.Type+" "+ev.CAMEO, ev.Status
	r.From, r.To, r.Arrow = f.side(rec, ev.Actors, ev.ActorCountries), f.side(rec, ev.Recipients, ev.RecipientCountries), "→"
	if ev.Symmetric {
		r.Arrow = "↔"
	}
	r.Place = f.place(ev.Place)
	if ev.Mode != "" {
		r.Detail = append(r.Detail, ev.Mode)
	}
	if ev.Condition != "" {
		r.Detail = append(r.Detail, f.ui.Say("if")+": "+oneLine(ev.Condition))
	}
	r.Detail = append(r.Detail, f.by("asserted-by", rec, ev.AssertedBy)...)
}

// side names who stands on a side: states by their names, and the people and
// bodies that act for them.
func (f *frame) side(rec *record.Record, ids, countries []string) []party {
	people := f.parties(rec, ids...)
	if len(people) == 0 {
		return f.codes(countries...)
	}
	return people
}

func (f *frame) by(key string, rec *record.Record, id string) []string {
	for _, p := range f.parties(rec, id) {
		return []string{f.ui.Say(key) + " " + p.Name}
	}
	return nil
}

func (f *frame) place(p *record.Place) string {
	switch {
	case p == nil:
		return ""
	case p.Name != "":
		return oneLine(p.Name)
	}
	return f.names.of(p.Country)
}

func (f *frame) encounter(r *row, x *archive.Fact) {
	e := x.Encounter
	r.Badge, r.Status, r.Place = f.ui.Say(e.Kind), e.Status, f.place(e.Place)
	r.From = f.parties(x.Report.Record, e.Participants...)
}

func (f *frame) quotation(r *row, x *archive.Fact) {
	q, rec := x.Quotation, x.Report.Record
	r.Badge, r.Quoted = f.ui.Say(q.Kind), q.Kind != "indirect"
	r.From, r.To, r.Arrow = f.parties(rec, q.Speaker), f.parties(rec, q.Addressee), "→"
	r.Detail = append(f.by("on-behalf-of", rec, q.OnBehalfOf), f.by("relayed-by", rec, q.Relay)...)
}

func (f *frame) pledge(r *row, x *archive.Fact) {
	p, rec := x.Pledge, x.Report.Record
	r.Badge, r.From, r.To, r.Arrow = f.ui.Say(p.Act), f.parties(rec, p.By...), f.parties(rec, p.To...), "→"
	if p.Due != "" {
		r.Detail = append(r.Detail, f.ui.Say("due")+" "+p.Due)
	}
	if p.Condition != "" {
		r.Detail = append(r.Detail, f.ui.Say("if")+": "+oneLine(p.Condition))
	}
}

func (f *frame) message(r *row, x *archive.Fact) {
	m, rec := x.Message, x.Report.Record
	r.Badge, r.Status = f.ui.Say(m.Kind), m.Status
	r.From, r.To, r.Arrow = f.parties(rec, m.From), f.parties(rec, m.To), "→"
	r.Detail = f.by("via", rec, m.Via)
}

// quadClass is the class of a CAMEO code's root (roots 01 to 05, 06 to 08, 09
// to 13, 14 to 20).
func quadClass(cameo string) string {
	if len(cameo) < 2 {
		return "event"
	}
	switch root := cameo[:2]; {
	case root <= "05":
		return quads[0]
	case root <= "08":
		return quads[1]
	case root <= "13":
		return quads[2]
	}
	return quads[3]
}

// quoted is a fact's words with who said them and where they stand.
func quoted(r *row) string {
	out := "“" + r.Words + "”"
	if r.Fact.Kind == archive.Quotation && len(r.From) > 0 {
		out += " (" + nameList(r.From) + ")"
	}
	return out + ", " + citation(r) + "."
}
