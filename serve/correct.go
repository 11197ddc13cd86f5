package serve

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"kawat/archive"
	"kawat/record"
)

// choice is one value that a field may have.
type choice struct{ Value, Label string }

// field is a property of a fact that a reviewer may correct.
type field struct {
	Name    string // of the form's control, and the label's key
	Value   string // as text
	Hint    string
	Choices []choice // nil where the field is text
	Many    bool     // several of them
	Chosen  []string

	set func([]string) error
}

// correction is a copy of a fact whose properties are set by fields.
type correction struct {
	body   any
	fields []field
}

var statuses = []string{"occurred", "ongoing", "planned", "pledged", "requested", "conditional", "denied"}

// correctionOf makes the form of a fact.
func (f *frame) correctionOf(x *archive.Fact) *correction {
	c := &correction{}
	e := &corrector{f: f, c: c, rec: x.Report.Record}
	switch x.Kind {
	case archive.Event:
		ev := *x.Event
		c.body = &ev
		e.one("type", &ev.Type, ploverTypes)
		e.text("cameo", &ev.CAMEO, "040", isCAMEO)
		e.one("status", &ev.Status, statuses)
		e.codes("actor", &ev.ActorCountries)
		e.codes("recipient", &ev.RecipientCountries)
		e.text("date", &ev.Date, "2024-04-09", isDate)
		e.place(&ev.Place)
	case archive.Encounter:
		en := *x.Encounter
		c.body = &en
		e.one("kind", &en.Kind, lists[1].Types)
		e.one("status", &en.Status, statuses)
		e.people("participants", &en.Participants)
		e.text("date", &en.Date, "2024-04-09", isDate)
		e.place(&en.Place)
	case archive.Quotation:
		q := *x.Quotation
		c.body = &q
		e.one("kind", &q.Kind, lists[2].Types)
		e.person("speaker", &q.Speaker)
		e.person("on-behalf-of", &q.OnBehalfOf)
	case archive.Pledge:
		p := *x.Pledge
		c.body = &p
		e.one("act", &p.Act, lists[3].Types)
		e.people("by", &p.By)
		e.people("to", &p.To)
		e.text("due", &p.Due, "2024-12", isDate)
	default:
		m := *x.Message
		c.body = &m
		e.one("kind", &m.Kind, lists[4].Types)
		e.one("status", &m.Status, statuses)
		e.person("from", &m.From)
		e.person("via", &m.Via)
		e.person("to", &m.To)
	}
	return c
}

// errUnchanged says that a correction corrects nothing.
var errUnchanged = errors.New("nothing is changed")

// apply sets what a form says, and returns the corrected fact.
func (c *correction) apply(form url.Values) (any, error) {
	changed := false
	for i := range c.fields {
		fd := &c.fields[i]
		values := slices.DeleteFunc(slices.Clone(form[fd.Name]), func(v string) bool { return v == "" })
		was := fd.Chosen
		if fd.Choices == nil {
			was = []string{fd.Value}
			values = []string{strings.TrimSpace(strings.Join(values, ","))}
		}
		if slices.Equal(values, was) {
			continue
		}
		if err := fd.set(values); err != nil {
			return nil, fmt.Errorf("%s: %w", fd.Name, err)
		}
		changed = true
	}
	if !changed {
		return nil, errUnchanged
	}
	return c.body, nil
}

// corrector makes fields.
type corrector struct {
	f   *frame
	c   *correction
	rec *record.Record
}

// one adds a choice of one of a closed set.
func (e *corrector) one(name string, value *string, of []string) {
	fd := field{Name: name, Chosen: []string{*value}, Choices: make([]choice, 0, len(of))}
	for _, v := range of {
		label := e.f.ui.Say(v)
		if strings.ToUpper(v) == v {
			label = v
		}
		fd.Choices = append(fd.Choices, choice{v, label})
	}
	fd.set = func(values []string) error {
		if len(values) != 1 || !slices.Contains(of, values[0]) {
			return fmt.Errorf("%q is no choice", values)
		}
		*value = values[0]
		return nil
	}
	e.c.fields = append(e.c.fields, fd)
}

func (e *corrector) text(name string, value *string, hint string, valid func(string) bool) {
	e.c.fields = append(e.c.fields, field{Name: name, Value: *value, Hint: hint, set: func(values []string) error {
		if v := values[0]; v != "" && !valid(v) {
			return fmt.Errorf("%q is none", v)
		}
		*value = values[0]
		return nil
	}})
}

// codes adds states and organizations by their three letters.
func (e *corrector) codes(name string, value *[]string) {
	e.c.fields = append(e.c.fields, field{Name: name, Value: strings.Join(*value, ","), Hint: "CHN,RUS", set: func(values []string) error {
		list := []string{}
		for _, code := range strings.FieldsFunc(strings.ToUpper(values[0]), func(r rune) bool { return r == ',' || r == ' ' }) {
			if e.f.names[code] == "" {
				return fmt.Errorf("%q is no state or organization", code)
			}
			list = append(list, code)
		}
		*value = list
		return nil
	}})
}

// place adds the state in which something happened.
func (e *corrector) place(value **record.Place) {
	code := ""
	if *value != nil {
		code = (*value).Country
	}
	set := func(values []string) error {
		want := strings.ToUpper(values[0])
		if want == "" {
			*value = nil
			return nil
		}
		if e.f.names[want] == "" {
			return fmt.Errorf("%q is no state", want)
		}
		*value = &record.Place{Country: want} // the name and the point were those of another place
		return nil
	}
	e.c.fields = append(e.c.fields, field{Name: "place-country", Value: code, Hint: "CHN", set: set})
}

// entities are those of the record who can act.
func (e *corrector) entities() []choice {
	var out []choice
	for i := range e.rec.Entities {
		x := &e.rec.Entities[i]
		if x.Kind == "place" {
			continue
		}
		label := oneLine(x.Name)
		if x.Country != "" {
			label += " (" + x.Country + ")"
		}
		out = append(out, choice{x.ID, label})
	}
	return out
}

func (e *corrector) people(name string, value *[]string) {
	of := e.entities()
	e.c.fields = append(e.c.fields, field{Name: name, Many: true, Choices: of, Chosen: slices.Clone(*value), set: func(values []string) error {
		for _, v := range values {
			if !slices.ContainsFunc(of, func(c choice) bool { return c.Value == v }) {
				return fmt.Errorf("%q is nobody in this story", v)
			}
		}
		*value = append([]string{}, values...)
		return nil
	}})
}

func (e *corrector) person(name string, value *string) {
	of := append([]choice{{"", "–"}}, e.entities()...)
	fd := field{Name: name, Choices: of}
	if *value != "" {
		fd.Chosen = []string{*value}
	}
	fd.set = func(values []string) error {
		if len(values) == 0 {
			*value = ""
			return nil
		}
		if len(values) > 1 || !slices.ContainsFunc(of, func(c choice) bool { return c.Value == values[0] }) {
			return fmt.Errorf("%q is nobody in this story", values)
		}
		*value = values[0]
		return nil
	}
	e.c.fields = append(e.c.fields, fd)
}

func isDate(s string) bool { return archive.ParseDay(s) != 0 && len(s) <= len("2024-04-09") }

func isCAMEO(s string) bool {
	return len(s) >= 2 && len(s) <= 4 && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}
