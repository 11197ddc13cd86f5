package gold

import (
	"strings"
	"testing"
)

const visitItem = `{"id":"x","lang":"en","published":"2024-05-15","phenomenon":["visit"],"text":"Kenya's president visited Peru, which praised Chad.",
"events":[{"type":"CONSULT","mode":"visit","cameo":"042","actors":["KEN"],"actor_text":["Kenya's president"],"recipients":["PER"],"recipient_text":["Peru"],
"symmetric":true,"status":"occurred","trigger":"visited"},
{"type":"SUPPORT","cameo":"051","actors":["PER"],"recipients":["TCD"],"recipient_text":["Chad"],"status":"occurred","trigger":"praised","optional":true}]}`

func item(t *testing.T, line string) *EventItem {
	t.Helper()
	items, err := ReadEvents(strings.NewReader(strings.ReplaceAll(line, "\n", " ")))
	if err != nil {
		t.Fatal(err)
	}
	return &items[0]
}

func reading(t *testing.T, events string) *Reading {
	t.Helper()
	r, err := ParseReading([]byte(`{"story":{"id":"x","text":"Kenya's president visited Peru."},"events":[` + events + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const (
	theVisit   = `{"type":"CONSULT","mode":"visit","cameo":"042","actor_countries":["KEN"],"recipient_countries":["PER"],"symmetric":true,"status":"occurred","confidence":0.95}`
	turned     = `{"type":"CONSULT","cameo":"043","actor_countries":["PER"],"recipient_countries":["KEN"],"symmetric":true,"status":"planned"}`
	otherType  = `{"type":"AGREE","cameo":"036","actor_countries":["KEN"],"recipient_countries":["PER"],"status":"planned"}`
	otherSides = `{"type":"CONSULT","cameo":"042","actor_countries":["KEN"],"recipient_countries":["CHL"],"symmetric":true,"status":"occurred"}`
	onlyOption = `{"type":"SUPPORT","cameo":"051","actor_countries":["PER"],"recipient_countries":["TCD"],"status":"occurred"}`
)

func TestEventScore(t *testing.T) {
	for _, c := range []struct {
		name, found       string
		typ, dyad, joint  Tally
		status, cameoFull Ratio
	}{
		{"right", theVisit, Tally{1, 0, 0}, Tally{1, 0, 0}, Tally{1, 0, 0}, Ratio{1, 1}, Ratio{1, 1}},
		{"two-sided events may stand the other way round", turned, Tally{1, 0, 0}, Tally{1, 0, 0}, Tally{1, 0, 0}, Ratio{0, 1}, Ratio{0, 1}},
		{"nothing found", "", Tally{0, 0, 1}, Tally{0, 0, 1}, Tally{0, 0, 1}, Ratio{}, Ratio{}},
		{"another type", otherType, Tally{0, 1, 1}, Tally{1, 0, 0}, Tally{0, 1, 1}, Ratio{}, Ratio{}},
		{"another side", otherSides, Tally{1, 0, 0}, Tally{0, 1, 1}, Tally{0, 1, 1}, Ratio{}, Ratio{}},
		{"optional events neither help nor harm", theVisit + "," + onlyOption, Tally{1, 0, 0}, Tally{1, 0, 0}, Tally{1, 0, 0}, Ratio{1, 1}, Ratio{1, 1}},
		{"one event told twice is false once", theVisit + "," + turned, Tally{1, 1, 0}, Tally{1, 0, 0}, Tally{1, 1, 0}, Ratio{1, 1}, Ratio{1, 1}},
	} {
		s := NewEventScore()
		s.Add(item(t, visitItem), reading(t, c.found))
		if s.Type != c.typ || s.Dyad != c.dyad || s.Joint != c.joint || *s.Details["status"] != c.status || *s.Details["cameo"] != c.cameoFull {
			t.Errorf("%s: type %v dyad %v joint %v status %v cameo %v", c.name, s.Type, s.Dyad, s.Joint, *s.Details["status"], *s.Details["cameo"])
		}
	}
}

func TestEventScoreSilence(t *testing.T) {
	trap := item(t, `{"id":"x","lang":"en","published":"2024-05-15","phenomenon":["trap"],"text":"Kenya beat Peru 2-0.","events":[]}`)
	s := NewEventScore()
	s.Add(trap, reading(t, ""))
	s.Add(trap, reading(t, theVisit))
	if s.Silent != (Ratio{1, 2}) || s.Joint.False != 1 || s.Sure.False != 1 {
		t.Errorf("silent %v, false %d, surely false %d", s.Silent, s.Joint.False, s.Sure.False)
	}
}

func TestSameCodes(t *testing.T) {
	for _, c := range []struct {
		got, want, accept string
		same              bool
	}{
		{"KEN PER", "PER KEN", "", true},
		{"KEN", "PER KEN", "", false},
		{"KEN PER CHL", "PER KEN", "", false},
		{"", "", "", true},
		{"", "KEN", "", false},
		{"KEN", "", "", false},
		{"UNO", "KEN", "UNO", true},
		{"UNO KEN", "KEN", "UNO", true},
	} {
		if got := sameCodes(strings.Fields(c.got), strings.Fields(c.want), strings.Fields(c.accept)); got != c.same {
			t.Errorf("%q for %q accepting %q: %v", c.got, c.want, c.accept, got)
		}
	}
	if !sameCodes(nil, []string{"KEN"}, []string{""}) {
		t.Error("an accepted none is refused")
	}
}

func TestReadEventsRefuses(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"words that are not in the text", strings.Replace(visitItem, `"trigger":"visited"`, `"trigger":"toured"`, 1), "not in its text"},
		{"unknown fields", strings.Replace(visitItem, `"lang"`, `"language"`, 1), "unknown field"},
		{"events without a status", strings.Replace(visitItem, `"status":"occurred",`, "", 1), "lacks"},
		{"items without an id", strings.Replace(visitItem, `"id":"x"`, `"id":""`, 1), "lacks an id"},
		{"what is no JSON", "once upon a time", "line 1"},
	} {
		_, err := ReadEvents(strings.NewReader(strings.ReplaceAll(c.line, "\n", " ")))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestScorePeople(t *testing.T) {
	it := item(t, `{"id":"x","lang":"en","published":"2024-05-15","phenomenon":["message"],"text":"Ana Ruiz met Omar Bah and handed him a letter from King Tupou; she pledged to send ten buses.",
"events":[],"encounters":[{"kind":"meeting","status":"occurred","participants":["Ana Ruiz","Omar Bah"]}],
"pledges":[{"act":"will","by":["Ana Ruiz"],"to":[],"content":"send ten buses"}],
"messages":[{"kind":"letter","status":"occurred","from":"King Tupou","via":"Ana Ruiz","to":"Omar Bah"}]}`)
	r, err := ParseReading([]byte(`{"story":{"id":"x","text":"` + it.Text + `"},
"entities":[{"id":"e1","name":"Ana Ruiz","mentions":[{"start":0,"end":8}]},{"id":"e2","name":"Omar Bah","mentions":[{"start":13,"end":21}]},{"id":"e3","name":"Tupou"}],
"encounters":[{"kind":"meeting","participants":["e1","e2"]},{"kind":"call","participants":["e1","e2"]}],
"pledges":[{"act":"will","by":["e1"],"content":{"start":78,"end":92}}],
"messages":[{"kind":"letter","from":"e3","via":"e1","to":"e2"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	s := NewEventScore()
	s.Add(it, r)
	if s.Encounters != (Tally{1, 1, 0}) || s.Pledges != (Tally{1, 0, 0}) || s.Messages != (Tally{1, 0, 0}) {
		t.Errorf("encounters %v pledges %v messages %v", s.Encounters, s.Pledges, s.Messages)
	}
}
