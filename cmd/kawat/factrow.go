package main

import (
	"strings"

	"kawat/archive"
	"kawat/record"
)

// factRow is a fact in the columns of its kind.
func factRow(x *archive.Fact) row {
	v := factView{x, x.Report.Record, []rune(x.Report.Record.Story.Text)}
	var out row
	switch x.Kind {
	case archive.Event:
		out = v.event()
	case archive.Encounter:
		out = v.encounter()
	case archive.Quotation:
		out = v.quotation()
	case archive.Pledge:
		out = v.pledge()
	default:
		out = v.message()
	}
	s := &x.Report.Story
	return append(out, cell{"words", v.words(x.Spans()), false}, cell{"confidence", x.Confidence, true},
		cell{"publisher", s.Publisher, true}, cell{"published", s.Published, true}, cell{"story", s.Name, false},
		cell{"id", x.Local(), true}, cell{"url", s.URL, true}, cell{"lang", s.Lang, true}, cell{"coder", s.Coder, true})
}

// factView tells a fact by the names of its record.
type factView struct {
	x    *archive.Fact
	r    *record.Record
	text []rune
}

func (v *factView) entity(id string) *record.Entity {
	for i := range v.r.Entities {
		if v.r.Entities[i].ID == id {
			return &v.r.Entities[i]
		}
	}
	return nil
}

func (v *factView) name(id string) string {
	if e := v.entity(id); e != nil {
		return e.Name
	}
	return ""
}

func (v *factView) names(ids []string) []string {
	out := []string{}
	for _, id := range ids {
		if n := v.name(id); n != "" {
			out = append(out, n)
		}
	}
	return out
}

func (v *factView) countries(ids []string) []string {
	out := []string{}
	for _, id := range ids {
		if e := v.entity(id); e != nil && e.Country != "" {
			out = append(out, e.Country)
		}
	}
	return out
}

// words returns what spans of the story say; "" where texts are not kept.
func (v *factView) words(spans []record.Span) string {
	var parts []string
	for _, sp := range spans {
		if sp.Start >= 0 && sp.Start <= sp.End && sp.End <= len(v.text) {
			parts = append(parts, strings.Join(strings.Fields(string(v.text[sp.Start:sp.End])), " "))
		}
	}
	return strings.Join(parts, " … ")
}

func place(p *record.Place) (name, country string) {
	if p == nil {
		return "", ""
	}
	return p.Name, p.Country
}

func (v *factView) event() row {
	ev := v.x.Event
	where, country := place(ev.Place)
	return row{
		{"date", ev.Date, false},
		{"type", ev.Type, false},
		{"mode", ev.Mode, true},
		{"cameo", ev.CAMEO, false},
		{"goldstein", ev.Goldstein, true},
		{"actor_countries", ev.ActorCountries, false},
		{"recipient_countries", ev.RecipientCountries, false},
		{"actors", v.names(ev.Actors), true},
		{"recipients", v.names(ev.Recipients), true},
		{"symmetric", ev.Symmetric, true},
		{"status", ev.Status, false},
		{"place", where, false},
		{"place_country", country, true},
		{"asserted_by", v.name(ev.AssertedBy), true},
		{"condition", ev.Condition, true},
		{"key", ev.Key, true},
		{"rule", ev.Rule, true},
	}
}

func (v *factView) encounter() row {
	en := v.x.Encounter
	where, country := place(en.Place)
	return row{
		{"date", en.Date, false},
		{"kind", en.Kind, false},
		{"status", en.Status, false},
		{"participants", v.names(en.Participants), false},
		{"countries", v.countries(en.Participants), false},
		{"place", where, false},
		{"place_country", country, true},
		{"rule", en.Rule, true},
	}
}

func (v *factView) quotation() row {
	q := v.x.Quotation
	speaker, ref, country, office := v.name(q.Speaker), "", "", ""
	if e := v.entity(q.Speaker); e != nil {
		ref, country = e.Ref, e.Country
		if len(e.Offices) > 0 {
			office = e.Offices[0].Title
		}
	}
	if speaker == "" && q.Source != nil {
		speaker = v.words([]record.Span{*q.Source})
	}
	return row{
		{"date", v.x.Day.String(), false},
		{"speaker", speaker, false},
		{"speaker_ref", ref, true},
		{"country", country, false},
		{"office", office, true},
		{"kind", q.Kind, false},
		{"addressee", v.name(q.Addressee), true},
		{"on_behalf_of", v.name(q.OnBehalfOf), true},
		{"relay", v.name(q.Relay), true},
		{"medium", q.Medium, true},
		{"rule", q.Rule, true},
	}
}

func (v *factView) pledge() row {
	p := v.x.Pledge
	return row{
		{"date", v.x.Day.String(), false},
		{"act", p.Act, false},
		{"by", v.names(p.By), false},
		{"by_countries", v.countries(p.By), true},
		{"to", v.names(p.To), false},
		{"to_countries", v.countries(p.To), true},
		{"due", p.Due, false},
		{"condition", p.Condition, true},
		{"rule", p.Rule, true},
	}
}

func (v *factView) message() row {
	m := v.x.Message
	return row{
		{"date", v.x.Day.String(), false},
		{"kind", m.Kind, false},
		{"status", m.Status, true},
		{"from", v.name(m.From), false},
		{"via", v.name(m.Via), false},
		{"to", v.name(m.To), false},
		{"rule", m.Rule, true},
	}
}
