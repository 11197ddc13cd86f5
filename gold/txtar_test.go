package gold_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kawat/gold"
	"kawat/story"
)

// TestStories parses every golden story: each quoted string must be in its
// text, each line must have a known form.
func TestStories(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		files, err := filepath.Glob("../testdata/stories/" + code + "/*.txtar")
		if err != nil || len(files) < 14 {
			t.Fatalf("%s: %d stories, %v", code, len(files), err)
		}
		quiet := 0
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			name := code + "/" + strings.TrimSuffix(filepath.Base(file), ".txtar")
			c, err := gold.ParseCase(name, data)
			if err != nil {
				t.Error(err)
				continue
			}
			for _, f := range c.Facts {
				if f.Kind == "events" && f.Line == "none" {
					quiet++
				}
			}
		}
		if quiet < 3 {
			t.Errorf("%s: only %d stories without an event", code, quiet)
		}
	}
}

const meeting = `A comment.
-- header --
published: 2024-04-10
-- story --
Xi met Lavrov in Beijing. "We agreed," Xi said.
-- anatomy --
dateline.place: Beijing
-- parts --
paragraph "Xi met"
-- entities --
person "Xi" CHN head-of-state
person "Lavrov" RUS foreign-minister
same "Xi"#2 "Xi"
-- encounters --
meeting occurred "Xi"+"Lavrov" date=2024-04-09 place="Beijing"
-- events --
CONSULT RUS = CHN occurred cameo=04 date=2024-04-09 place=CHN words="met"
not ASSAULT CHN > RUS -
-- quotations --
direct "Xi" "We agreed"
-- messages --
none
`

// read is what a reader that understood the story above would make of it.
func read(t *testing.T, text string) *story.Story {
	t.Helper()
	st := &story.Story{Text: text, Dateline: story.Dateline{Place: "Beijing"}}
	st.Parts = []story.Part{{Kind: story.PartParagraph, Span: story.Span{End: len(text)}}}
	at := func(s string, n int) story.Span {
		sp, ok := st.Exact(s, n)
		if !ok {
			t.Fatalf("%q#%d is not in the text", s, n)
		}
		return sp
	}
	xi := st.AddEntity(story.Entity{Kind: story.Person, Country: "CHN", Offices: []story.Office{{Function: story.HeadOfState}}})
	lavrov := st.AddEntity(story.Entity{Kind: story.Person, Country: "RUS", Offices: []story.Office{{Function: story.ForeignMinister}}})
	st.AddMention(story.Mention{Span: at("Xi", 1), Entity: xi})
	st.AddMention(story.Mention{Span: at("Lavrov", 1), Entity: lavrov})
	st.AddMention(story.Mention{Span: at("Xi", 2), Entity: xi})
	evidence := story.Evidence{Spans: []story.Span{at("Xi met Lavrov", 1)}, By: "test"}
	where := story.Where{Name: "Beijing", Country: "CHN"}
	st.Encounters = []story.Encounter{{
		Kind: "meeting", Status: story.Occurred, Participants: []story.EntityID{xi, lavrov},
		Place: where, Date: "2024-04-09", Evidence: evidence,
	}}
	st.AddEvent(story.Event{
		Type: "CONSULT", CAMEO: "040", Symmetric: true, ActorCountries: []string{"CHN"}, RecipientCountries: []string{"RUS"},
		Status: story.Occurred, Date: "2024-04-09", Place: where, Trigger: at("met", 1), Evidence: evidence,
	})
	st.AddQuotation(story.Quotation{Kind: story.Direct, Content: []story.Span{at("We agreed,", 1)}, Speaker: xi, Evidence: evidence})
	return st
}

func TestCompare(t *testing.T) {
	tests := []struct {
		name   string
		change func(*story.Story)
		want   string // facts missed, with details
	}{
		{"all right", func(*story.Story) {}, ""},
		{"place of dateline", func(st *story.Story) { st.Dateline.Place = "" }, "anatomy: dateline.place"},
		{"part", func(st *story.Story) { st.Parts[0].Kind = story.PartNoise }, "parts: kind"},
		{"no part", func(st *story.Story) { st.Parts = nil }, "parts: found"},
		{"office", func(st *story.Story) { st.Entities[1].Offices = nil }, "entities: office"},
		{"kind and country", func(st *story.Story) { st.Entities[0].Kind, st.Entities[0].Country = story.Group, "" }, "entities: kind country"},
		{"longer mention", func(st *story.Story) { st.Mentions[1].Span.End++ }, "entities: found"},
		{"coreference", func(st *story.Story) { st.Mentions[2].Entity = 2 }, "entities: entity"},
		{"unresolved", func(st *story.Story) { st.Mentions[2].Entity = 0 }, "entities: found"},
		{"call", func(st *story.Story) { st.Encounters[0].Kind = "call" }, "encounters: found"},
		{"visit", func(st *story.Story) { st.Encounters[0].Kind = "visit" }, "encounters: kind"},
		{"one side only", func(st *story.Story) { st.Encounters[0].Participants = st.Encounters[0].Participants[:1] }, "encounters: found"},
		{"a third", func(st *story.Story) { st.Encounters[0].Participants = []story.EntityID{1, 2, 2} }, "encounters: participants"},
		{"planned", func(st *story.Story) { st.Encounters[0].Status = story.Planned }, "encounters: status"},
		{"other day", func(st *story.Story) { st.Events[0].Date = "2024-04-10" }, "events: date"},
		{"other type", func(st *story.Story) { st.Events[0].Type = "AGREE" }, "events: found"},
		{"other sides", func(st *story.Story) { st.Events[0].RecipientCountries = []string{"USA"} }, "events: found"},
		{"other code", func(st *story.Story) { st.Events[0].CAMEO = "036" }, "events: cameo"},
		{"other words", func(st *story.Story) {
			st.Events[0].Spans, st.Events[0].Trigger = nil, story.Span{Start: 30, End: 32}
		}, "events: found"},
		{"forbidden event", func(st *story.Story) {
			st.AddEvent(story.Event{Type: "ASSAULT", ActorCountries: []string{"CHN"}, RecipientCountries: []string{"RUS"}})
		}, "events: not"},
		{"indirect", func(st *story.Story) { st.Quotations[0].Kind = story.Indirect }, "quotations: kind"},
		{"wrong speaker", func(st *story.Story) { st.Quotations[0].Speaker = 2 }, "quotations: speaker"},
		{"too long", func(st *story.Story) { st.Quotations[0].Content[0].End = len(st.Text) - 1 }, "quotations: end"},
		{"elsewhere", func(st *story.Story) { st.Quotations[0].Content[0].Start = 0 }, "quotations: found"},
		{"a message", func(st *story.Story) { st.Messages = []story.Message{{Kind: "greeting"}} }, "messages: none"},
	}
	c, err := gold.ParseCase("en/meeting", []byte(meeting))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		st := read(t, c.Text)
		tt.change(st)
		var got []string
		for _, m := range c.Compare(st).Missed {
			got = append(got, m.Fact.Kind+": "+strings.Join(m.Details, " "))
		}
		if s := strings.Join(got, "; "); s != tt.want {
			t.Errorf("%s: missed %q, want %q", tt.name, s, tt.want)
		}
	}
}

func TestCompareCountsExtra(t *testing.T) {
	c, err := gold.ParseCase("en/meeting", []byte(meeting))
	if err != nil {
		t.Fatal(err)
	}
	st := read(t, c.Text)
	st.AddEvent(story.Event{Type: "AGREE"})
	st.AddQuotation(st.Quotations[0])
	out := c.Compare(st)
	if out.Extra["events"] != 1 || out.Extra["quotations"] != 1 || out.Extra["encounters"] != 0 {
		t.Errorf("extra: %v", out.Extra)
	}
}

func TestParseCaseRefuses(t *testing.T) {
	tests := []struct{ old, new, want string }{
		{`person "Lavrov"`, `person "Lavrow"`, `"Lavrow" is not in the text`},
		{`"Xi"#2 "Xi"`, `"Xi"#3 "Xi"`, "occurrence 3"},
		{`words="met"`, `words="meet"`, "not in the text"},
		{`words="met"`, `words="greed"`, "inside a word"},
		{"-- messages --", "-- massages --", "unknown file"},
		{"-- messages --", "-- events --", "stands twice"},
		{"CONSULT RUS = CHN occurred", "CONSULT RUS CHN", "words, want"},
		{`"We agreed"`, `"We agreed`, "string without end"},
		{`"Xi"+"Lavrov"`, `"Xi"and"Lavrov"`, "without a space"},
		{`"Xi"#2`, `"Xi"#x`, "no number"},
		{`"Xi"#2`, `""`, "empty"},
		{"dateline.place: Beijing", "dateline.place Beijing", "field: value"},
		{"-- story --", "-- header2 --", "unknown file"},
	}
	for _, tt := range tests {
		data := strings.Replace(meeting, tt.old, tt.new, 1)
		if data == meeting {
			t.Fatalf("%q is not in the archive", tt.old)
		}
		_, err := gold.ParseCase("en/meeting", []byte(data))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s -> %s: error %v, want %q", tt.old, tt.new, err, tt.want)
		}
	}
	if _, err := gold.ParseCase("en/empty", nil); err == nil {
		t.Error("an empty archive is a golden story")
	}
}
