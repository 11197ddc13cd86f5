package archive

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"kawat/record"
)

// Change is a fact that came, went or changed between two records of a story.
type Change struct {
	What  string `json:"change"` // came, went, changed
	Kind  string `json:"kind"`   // event, encounter, quotation, pledge, message
	Fact  string `json:"fact"`   // in one line
	Was   string `json:"was,omitempty"`
	Words string `json:"words,omitempty"`
}

// told is a fact in a form that can be compared between records: ids of the
// record are replaced by what they stand for.
type told struct {
	kind, key, line, words string
}

// Diff tells which facts came, went and changed. Two facts are one where their
// key is: of an event its type, sides and day, of a quotation its words, of the
// others who, what and to whom. Confidence and rule do not count.
func Diff(before, after *record.Record) []Change {
	was, is := factsTold(before), factsTold(after)
	var out []Change
	used := make([]bool, len(is))
	for _, x := range was {
		i := slices.IndexFunc(is, func(y told) bool { return y.kind == x.kind && y.key == x.key })
		for i >= 0 && used[i] {
			next := slices.IndexFunc(is[i+1:], func(y told) bool { return y.kind == x.kind && y.key == x.key })
			if next < 0 {
				i = -1
				break
			}
			i += 1 + next
		}
		switch {
		case i < 0:
			out = append(out, Change{What: "went", Kind: x.kind, Fact: x.line, Words: x.words})
			continue
		case is[i].line != x.line:
			out = append(out, Change{What: "changed", Kind: x.kind, Fact: is[i].line, Was: x.line, Words: is[i].words})
		}
		used[i] = true
	}
	for i, y := range is {
		if !used[i] {
			out = append(out, Change{What: "came", Kind: y.kind, Fact: y.line, Words: y.words})
		}
	}
	return out
}

func factsTold(r *record.Record) []told {
	rep := &Report{Record: r}
	names := map[string]string{}
	for i := range r.Entities {
		names[r.Entities[i].ID] = r.Entities[i].Ref
	}
	all := func(ids []string) string {
		out := make([]string, 0, len(ids))
		for _, id := range ids {
			out = append(out, names[id])
		}
		slices.Sort(out)
		return strings.Join(out, "+")
	}
	text := []rune(r.Story.Text)
	var out []told
	for n := 1; ; n++ {
		x, ok := factOf(rep, StoryID(0).fact(n))
		if !ok {
			return out
		}
		t := told{kind: x.Kind.String()}
		var parts []string
		for _, sp := range x.Spans() {
			if sp.Start >= 0 && sp.Start <= sp.End && sp.End <= len(text) {
				parts = append(parts, oneLine(string(text[sp.Start:sp.End])))
			}
		}
		t.words = strings.Join(parts, " … ")
		switch x.Kind {
		case Event:
			ev := x.Event
			t.key = ev.Key
			t.line = fmt.Sprintf("%s %s %s > %s %s %s%s%s", ev.Type, ev.CAMEO, strings.Join(ev.ActorCountries, "+"), strings.Join(ev.RecipientCountries, "+"),
				ev.Date, ev.Status, place(ev.Place), mark(" asserted by ", names[ev.AssertedBy]))
		case Encounter:
			t.key = x.Encounter.Kind + " " + all(x.Encounter.Participants)
			t.line = fmt.Sprintf("%s %s %s %s%s", x.Encounter.Kind, all(x.Encounter.Participants), x.Encounter.Date, x.Encounter.Status, place(x.Encounter.Place))
		case Quotation:
			q := x.Quotation
			t.key = t.words
			t.line = fmt.Sprintf("%s %s%s%s", q.Kind, names[q.Speaker], mark(" to ", names[q.Addressee]), mark(" for ", names[q.OnBehalfOf]))
		case Pledge:
			p := x.Pledge
			t.key = all(p.By) + ">" + all(p.To) + " " + t.words
			t.line = fmt.Sprintf("%s %s > %s%s", p.Act, all(p.By), all(p.To), mark(" by ", p.Due))
		default:
			m := x.Message
			t.key = m.Kind + " " + names[m.From] + ">" + names[m.To]
			t.line = fmt.Sprintf("%s %s > %s%s %s", m.Kind, names[m.From], names[m.To], mark(" via ", names[m.Via]), m.Status)
		}
		t.line = oneLine(t.line)
		out = append(out, t)
	}
}

func mark(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

func place(p *record.Place) string {
	if p == nil {
		return ""
	}
	return mark(" in ", oneLine(p.Name+" "+p.Country))
}

// SameRecord reports whether two records differ in nothing but who made them.
func SameRecord(a, b *record.Record) (bool, error) {
	x, y := *a, *b
	x.Coder, y.Coder = record.Coder{}, record.Coder{}
	one, err := json.Marshal(&x)
	if err != nil {
		return false, err
	}
	two, err := json.Marshal(&y)
	return string(one) == string(two), err
}
