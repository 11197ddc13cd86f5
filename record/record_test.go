package record

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"kawat/story"
)

// meeting is a story made by hand with a row in every table, and characters of
// more than one byte before the facts.
func meeting(t *testing.T) *story.Story {
	t.Helper()
	st := &story.Story{
		ID: "beijing", Lang: "id", Text: "Beijing – Xi bertemu Lavrov. “Kami siap,” kata Xi.",
		Publisher: "ANTARA", Credits: []story.Credit{{Name: "Xinhua", Role: "reporter"}},
		Published: story.Published{Raw: "2024-04"},
	}
	at := func(s string, n int) story.Span {
		sp, ok := st.Exact(s, n)
		if !ok {
			t.Fatalf("%q is not in the text", s)
		}
		return sp
	}
	proof := func(s string) story.Evidence {
		return story.Evidence{Spans: []story.Span{at(s, 1)}, By: "test/rule", Score: 87}
	}
	st.Dateline = story.Dateline{Place: "Beijing", Country: "CHN", Date: "2024-04-09", Span: at("Beijing –", 1)}
	st.Parts = []story.Part{{Kind: story.PartDateline, Span: at("Beijing –", 1)}, {Span: at("Xi bertemu Lavrov. “Kami siap,” kata Xi.", 1)}}
	xi := st.AddEntity(story.Entity{
		Ref: "person:CHN/xi", Kind: story.Person, Name: "Xi", Country: "CHN", CAMEO: "CHNGOV", Sector: "GOV",
		Offices: []story.Office{{Title: "Presiden", TitleEN: "President", Function: story.HeadOfState, Status: story.Incumbent, Country: "CHN", AsOf: "2024-04-09"}},
	})
	lavrov := st.AddEntity(story.Entity{Ref: "person:RUS/lavrov", Kind: story.Person, Name: "Lavrov", Country: "RUS"})
	st.AddMention(story.Mention{Span: at("Xi", 1), Entity: xi})
	st.AddMention(story.Mention{Span: at("Kami", 1), Type: story.PronounMention, Entity: xi, Also: []story.EntityID{lavrov}})
	q := st.AddQuotation(story.Quotation{
		Kind: story.Direct, Speaker: xi, Source: at("Xi", 2), Cue: at("kata", 1), CueLemma: "kata",
		Content: []story.Span{at("Kami siap,", 1)}, Medium: story.Speech, Evidence: proof("Kami siap,"),
	})
	where := story.Where{Name: "Beijing", Country: "CHN", Lat: 39.9, Lon: 116.4}
	ev := st.AddEvent(story.Event{
		Type: "CONSULT", CAMEO: "040", Symmetric: true, Actors: []story.EntityID{xi}, Recipients: []story.EntityID{lavrov},
		ActorCountries: []string{"CHN"}, RecipientCountries: []string{"RUS"}, Date: "2024-04-09", Place: where, Status: story.Occurred,
		Trigger: at("bertemu", 1), Quotation: q, AssertedBy: xi, Evidence: proof("Xi bertemu Lavrov."),
	})
	st.Encounters = []story.Encounter{{Kind: "meeting", Status: story.Occurred, Participants: []story.EntityID{xi, lavrov}, Place: where, Event: ev, Evidence: proof("bertemu")}}
	st.Pledges = []story.Pledge{{By: []story.EntityID{xi}, Act: "willing", Content: at("siap", 1), Quotation: q, Evidence: proof("siap")}}
	st.Messages = []story.Message{{Kind: "greeting", Status: story.Requested, From: xi, To: lavrov, Evidence: proof("kata")}}
	st.References = []story.Reference{{Kind: "anniversary", Text: "75 tahun", Ordinal: 75, Year: 1949, Evidence: proof("Kami")}}
	st.Note("when", at("Xi", 1), "the weekday and the date disagree")
	if err := st.Check(); err != nil {
		t.Fatal(err)
	}
	return st
}

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(SchemaJSON))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("record.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("record.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRecordKeepsItsSchema(t *testing.T) {
	s := schema(t)
	for name, st := range map[string]*story.Story{
		"full":  meeting(t),
		"empty": {ID: "x", Lang: "en", Text: "No facts."},
	} {
		line, err := New(st, Options{Coder: Coder{Version: "test", Packs: map[string]string{"id": "1"}}}).AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(doc); err != nil {
			t.Errorf("%s: %v\n%s", name, err, line)
		}
		if bytes.ContainsRune(line, '\n') || strings.Contains(string(line), `:null`) {
			t.Errorf("%s: a line break or a null in %s", name, line)
		}
	}
}

func TestSpansAreCodePoints(t *testing.T) {
	r := New(meeting(t), Options{})
	text := []rune(r.Story.Text)
	c := r.Quotations[0].Content[0]
	if got := string(text[c.Start:c.End]); got != "Kami siap," {
		t.Errorf("content = %q", got)
	}
	if got := string(text[r.Events[0].Trigger.Start:r.Events[0].Trigger.End]); got != "bertemu" {
		t.Errorf("trigger = %q", got)
	}
}

func TestMinConfidenceLeavesNothingDangling(t *testing.T) {
	st := meeting(t)
	st.Quotations[0].Score, st.Events[0].Score = 40, 40
	r := New(st, Options{MinConfidence: 0.5})
	if len(r.Quotations) != 0 || len(r.Events) != 0 {
		t.Fatalf("%d quotations and %d events of 0.4 stay at 0.5", len(r.Quotations), len(r.Events))
	}
	if r.Encounters[0].Event != "" || r.Pledges[0].Quotation != "" {
		t.Error("a fact points at one that was left out")
	}
}

func TestKeyIsStable(t *testing.T) {
	a, b := meeting(t), meeting(t)
	ev := &b.Events[0]
	ev.ActorCountries, ev.RecipientCountries = ev.RecipientCountries, ev.ActorCountries
	ev.Status, ev.Score = story.Planned, 50
	ka, kb := New(a, Options{}).Events[0].Key, New(b, Options{}).Events[0].Key
	if ka != kb {
		t.Errorf("keys of one meeting told from two sides differ: %s, %s", ka, kb)
	}
	ev.Date = "2024-04-10"
	if kc := New(b, Options{}).Events[0].Key; kc == ka {
		t.Error("another day has the same key")
	}
}

func TestSameBytesTwice(t *testing.T) {
	st := meeting(t)
	a, err := New(st, Options{}).AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	b, err := New(st, Options{}).AppendJSON([]byte("head"))
	if err != nil {
		t.Fatal(err)
	}
	if string(b) != "head"+string(a) {
		t.Error("two records of one story differ")
	}
	var back Record
	if err := json.Unmarshal(a, &back); err != nil {
		t.Fatal(err)
	}
	again, err := back.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, again) {
		t.Errorf("reading a record back changes it:\n%s\n%s", a, again)
	}
}
