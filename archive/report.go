package archive

import (
	"slices"
	"strings"
	"unicode"

	"kawat/archive/happening"
	"kawat/record"
)

// reportsOf returns what a record tells for happenings: its events, and
// encounters that belong to no event, such as meetings that are only planned.
func reportsOf(id StoryID, e *Entry) []happening.Report {
	r := e.item.Record
	t := tellerOf(r, id, e.day)
	var out []happening.Report
	for i := range r.Events {
		if rep := t.event(&r.Events[i], i+1); len(rep.From)+len(rep.To) > 0 {
			out = append(out, rep)
		}
	}
	for i := range r.Encounters {
		if rep := t.encounter(&r.Encounters[i], len(r.Events)+i+1); r.Encounters[i].Event == "" && len(rep.From) > 1 {
			out = append(out, rep)
		}
	}
	return out
}

// teller makes reports of one record.
type teller struct {
	r     *record.Record
	runes []rune
	byID  map[string]*record.Entity
	id    StoryID
	day   Day
}

func (t *teller) report(n int, date, status string, evidence []record.Span) happening.Report {
	rep := happening.Report{
		Story: int64(t.id), Fact: int64(t.id.fact(n)), Date: date, Status: status, Published: int(t.day), Day: int(ParseDay(date)),
		Publisher: t.r.Story.Publisher, Lang: t.r.Story.Lang,
	}
	if rep.Day == 0 {
		rep.Day = rep.Published
	}
	t.sentence(&rep, evidence)
	return rep
}

func (t *teller) event(ev *record.Event, n int) happening.Report {
	rep := t.report(n, ev.Date, ev.Status, ev.Evidence)
	rep.Local, rep.Type, rep.CAMEO, rep.Symmetric = ev.ID, ev.Type, ev.CAMEO, ev.Symmetric
	rep.From, rep.To = slices.Clone(ev.ActorCountries), slices.Clone(ev.RecipientCountries)
	t.place(&rep, ev.Place)
	t.people(&rep, ev.Actors, ev.Recipients)
	for i := range t.r.Encounters {
		// An announced visit of one named traveller is an encounter of its own
		// beside the agreement to come.
		if en := &t.r.Encounters[i]; en.Event == ev.ID || en.Event == "" && tellsOf(ev, en) && t.travels(en, ev) {
			rep.Manner = en.Kind
			t.people(&rep, en.Participants)
			if rep.Place == "" && rep.Country == "" {
				t.place(&rep, en.Place)
			}
		}
	}
	return rep
}

// tellsOf reports whether an event may tell of an encounter that has none: of a
// visit to come, or of one that is called off.
func tellsOf(ev *record.Event, en *record.Encounter) bool {
	if strings.HasPrefix(ev.CAMEO, "036") {
		return en.Status == ev.Status
	}
	return ev.Type == "REJECT" && strings.HasPrefix(ev.CAMEO, "125") && en.Status == "denied"
}

// travels reports whether all who take part in an encounter act for sides of an
// event.
func (t *teller) travels(en *record.Encounter, ev *record.Event) bool {
	for _, id := range en.Participants {
		if e := t.byID[id]; e == nil || !slices.Contains(ev.ActorCountries, e.Country) && !slices.Contains(ev.RecipientCountries, e.Country) {
			return false
		}
	}
	return len(en.Participants) > 0
}

func (t *teller) encounter(en *record.Encounter, n int) happening.Report {
	rep := t.report(n, en.Date, en.Status, en.Evidence)
	rep.Local, rep.Type, rep.CAMEO, rep.Manner, rep.Symmetric = en.ID, "CONSULT", "040", en.Kind, true
	t.place(&rep, en.Place)
	t.people(&rep, en.Participants)
	for _, id := range en.Participants {
		if e := t.byID[id]; e != nil && e.Country != "" && !slices.Contains(rep.From, e.Country) {
			rep.From = append(rep.From, e.Country)
		}
	}
	return rep
}

func (t *teller) people(rep *happening.Report, sides ...[]string) {
	for _, id := range slices.Concat(sides...) {
		e := t.byID[id]
		if e == nil || e.Kind != "person" || slices.Contains(rep.Persons, e.Ref) {
			continue
		}
		rep.Persons = append(rep.Persons, e.Ref)
		for _, o := range e.Offices {
			if f := e.Country + " " + o.Function; o.Function != "other" && !slices.Contains(rep.Functions, f) {
				rep.Functions = append(rep.Functions, f)
			}
		}
	}
}

func (t *teller) place(rep *happening.Report, p *record.Place) {
	if p == nil {
		return
	}
	rep.Country = p.Country
	if e := t.byID[p.Entity]; e != nil && e.Kind == "place" {
		rep.Place = e.Ref
	} else if p.Name != "" && e == nil {
		rep.Place = "place:" + strings.ReplaceAll(fold(p.Name), " ", "-")
	}
}

// Limits on what of a sentence is kept to compare it.
const (
	maxReportRefs  = 8
	maxReportWords = 14
)

// sentence adds what the sentence of a report names beside its sides, and its
// words.
func (t *teller) sentence(rep *happening.Report, evidence []record.Span) {
	if len(evidence) == 0 || len(t.runes) == 0 {
		return
	}
	sp := t.around(evidence[0])
	for i := range t.r.Entities {
		e := &t.r.Entities[i]
		if e.Ref == "" || e.Kind == "state" || e.Kind == "person" || len(rep.Refs) == maxReportRefs {
			continue
		}
		if slices.ContainsFunc(e.Mentions, func(m record.Mention) bool { return inside(m.Span, []record.Span{sp}) }) {
			rep.Refs = append(rep.Refs, e.Ref)
		}
	}
	for _, w := range strings.FieldsFunc(string(t.runes[sp.Start:sp.End]), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		// Names are compared as refs; short words are those of grammar.
		if first := []rune(w)[0]; len(w) < 5 && !unicode.IsNumber(first) || unicode.IsUpper(first) {
			continue
		}
		if w = strings.ToLower(w); !slices.Contains(rep.Words, w) && len(rep.Words) < maxReportWords {
			rep.Words = append(rep.Words, w)
		}
	}
}

// around widens a span to its sentence, as far as full stops tell.
func (t *teller) around(sp record.Span) record.Span {
	n := len(t.runes)
	sp.Start, sp.End = min(max(sp.Start, 0), n), min(max(sp.End, 0), n)
	ends := func(i int) bool {
		return t.runes[i] == '\n' || (t.runes[i] == '.' && (i+1 == n || t.runes[i+1] == ' ' || t.runes[i+1] == '\n'))
	}
	for sp.Start > 0 && !ends(sp.Start-1) {
		sp.Start--
	}
	for sp.End < n && !ends(sp.End) {
		sp.End++
	}
	if sp.End < sp.Start {
		sp.End = sp.Start
	}
	return sp
}
