package record

import (
	"fmt"
	"strings"
	"unicode"
)

// view tells a record in phrases, for every form that is made for people.
type view struct {
	r    *Record
	text []rune
	ui   *Words
	byID map[string]*Entity
}

func newView(r *Record, ui *Words) *view {
	v := &view{r: r, text: []rune(r.Story.Text), ui: ui, byID: make(map[string]*Entity, len(r.Entities))}
	for i := range r.Entities {
		v.byID[r.Entities[i].ID] = &r.Entities[i]
	}
	return v
}

func (v *view) say(key string) string { return v.ui.Say(key) }

// words returns the text of a span on one line.
func (v *view) words(sp Span) string { return clean(string(v.text[sp.Start:sp.End])) }

// clean makes a string safe for one line of a terminal: runs of white space and
// control characters become one space.
func clean(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u202e' || r == '\u202d'
	}), " ")
}

// join joins what is not empty.
func join(sep string, parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

func (v *view) ofKind(kind string) []*Entity {
	var out []*Entity
	for i := range v.r.Entities {
		if v.r.Entities[i].Kind == kind {
			out = append(out, &v.r.Entities[i])
		}
	}
	return out
}

func (v *view) name(id string) string {
	if e := v.byID[id]; e != nil {
		return clean(e.Name)
	}
	return ""
}

// nameEN is the name with the English one where that differs.
func (v *view) nameEN(id string) string {
	e := v.byID[id]
	if e == nil {
		return ""
	}
	if e.NameEN != "" && e.NameEN != e.Name && v.ui.Lang != v.r.Story.Lang {
		return clean(e.Name) + " (" + clean(e.NameEN) + ")"
	}
	return clean(e.Name)
}

func (v *view) names(ids []string) string {
	out := make([]string, 0, len(ids))
	for _, id := range ids {
		out = append(out, v.name(id))
	}
	return join(", ", out...)
}

// side tells the states behind a side, and its people and bodies in brackets.
func (v *view) side(ids, countries []string) string {
	names := v.names(ids)
	codes := strings.Join(countries, ", ")
	switch {
	case codes == "":
		return names
	case names == "":
		return codes
	}
	return codes + " (" + names + ")"
}

func (v *view) source() string {
	s := &v.r.Story
	place := ""
	if s.Dateline != nil {
		place = s.Dateline.Place
	}
	by := s.Publisher
	if len(s.Agencies) > 0 && !(len(s.Agencies) == 1 && s.Agencies[0] == s.Publisher) {
		by = join(" ← ", by, strings.Join(s.Agencies, " ← "))
	}
	return clean(join(", ", place, by))
}

func (v *view) published() string {
	s := &v.r.Story
	date := s.Published
	if len(date) > 10 {
		date = date[:10]
	}
	if s.Dateline != nil && s.Dateline.Date != "" {
		return s.Dateline.Date
	}
	return date
}

// warning says that a story is not to be used: withdrawn by its publisher, or
// under embargo.
func (v *view) warning() string {
	switch v.r.Story.PubStatus {
	case "canceled":
		return v.say("withdrawn")
	case "withheld":
		return v.say("embargo")
	}
	return ""
}

func (v *view) offices(e *Entity) string {
	out := make([]string, 0, len(e.Offices))
	for _, o := range e.Offices {
		title := o.Title
		if o.TitleEN != "" && v.ui.Lang != v.r.Story.Lang {
			title = o.TitleEN
		}
		if o.Status != "incumbent" {
			title = v.say(o.Status) + " " + title
		}
		out = append(out, join(", ", title, o.Body))
	}
	return join("; ", out...)
}

func (v *view) where(p *Place) string {
	if p == nil {
		return ""
	}
	name := p.Name
	if name == "" {
		name = v.name(p.Entity)
	}
	if name == "" {
		return p.Country
	}
	return clean(name)
}

func (v *view) encounter(e *Encounter) []string {
	return []string{v.say(e.Kind), v.names(e.Participants), e.Date, v.where(e.Place), v.say(e.Status)}
}

func (v *view) event(ev *Event) []string {
	arrow := " → "
	if ev.Symmetric {
		arrow = " ↔ "
	}
	sides := join(arrow, v.side(ev.Actors, ev.ActorCountries), v.side(ev.Recipients, ev.RecipientCountries))
	out := []string{sides, ev.Mode, ev.Date, v.where(ev.Place), v.say(ev.Status)}
	if ev.AssertedBy != "" {
		out = append(out, v.say("asserted-by")+" "+v.name(ev.AssertedBy))
	}
	if ev.Condition != "" {
		out = append(out, v.say("if")+": "+clean(ev.Condition))
	}
	return out
}

func (v *view) speaker(q *Quotation) string {
	if name := v.name(q.Speaker); name != "" {
		return name
	}
	if q.Source != nil {
		return v.words(*q.Source)
	}
	return v.say("unknown-speaker")
}

func (v *view) quotation(q *Quotation) []string {
	out := []string{v.say(q.Kind)}
	for _, f := range []struct{ key, id string }{{"on-behalf-of", q.OnBehalfOf}, {"to", q.Addressee}, {"relayed-by", q.Relay}} {
		if name := v.name(f.id); name != "" {
			out = append(out, v.say(f.key)+" "+name)
		}
	}
	return out
}

func (v *view) content(q *Quotation) string {
	parts := make([]string, len(q.Content))
	for i, sp := range q.Content {
		parts[i] = v.words(sp)
	}
	return strings.Join(parts, " … ")
}

func (v *view) pledge(p *Pledge) []string {
	head := join(" ", v.names(p.By), v.say(p.Act))
	if to := v.names(p.To); to != "" {
		head += " → " + to
	}
	due, condition := "", ""
	if p.Due != "" {
		due = v.say("due") + " " + p.Due
	}
	if p.Condition != "" {
		condition = v.say("if") + ": " + clean(p.Condition)
	}
	return []string{head, due, condition}
}

func (v *view) message(m *Message) []string {
	path := join(" → ", v.name(m.From), v.name(m.Via), v.name(m.To))
	return []string{v.say(m.Kind), path, v.say(m.Status)}
}

func (v *view) reference(r *Reference) []string {
	year := ""
	if r.Year > 0 {
		year = fmt.Sprintf("%s %d", v.say("year-of-origin"), r.Year)
	}
	return []string{v.say(r.Kind), clean(r.Text), v.names(r.Parties), year}
}
