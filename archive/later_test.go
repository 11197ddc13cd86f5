package archive_test

import (
	"context"
	"strings"
	"testing"

	"kawat/archive"
	"kawat/record"
)

func TestWhatCameOfAPledge(t *testing.T) { everywhere(t, whatCameOfAPledge) }

// deed makes a story of one event of Peru towards Norway; its sentence is the
// whole text.
func deed(id, publisher, day, typ, cameo, text string) archive.Item {
	it := meeting(id, publisher, day, text)
	ev := &it.Record.Events[0]
	ev.Type, ev.CAMEO, ev.Symmetric, ev.ActorCountries, ev.RecipientCountries, ev.Place = typ, cameo, false, []string{"PER"}, []string{"NOR"}, nil
	it.Record.Entities[1] = record.Entity{ID: "e2", Ref: "state:NOR", Kind: "state", Name: "Norway", Country: "NOR", Offices: []record.Office{}, Mentions: []record.Mention{}}
	it.Record.Quotations = it.Record.Quotations[:0]
	return it
}

func whatCameOfAPledge(t *testing.T, open opener) {
	ctx := context.Background()
	a := open(t, archive.Options{})
	text := "Peru will send fishing vessels to Norway, Ana Silva said."
	promise := deed("promise", "TASS", "2024-04-09", "AGREE", "033", text)
	promise.Record.Pledges = []record.Pledge{{
		ID: "p1", By: []string{"e1"}, To: []string{"e2"}, Act: "will", Content: &record.Span{Start: 5, End: len(text)},
		Proof: record.Proof{Evidence: []record.Span{{Start: 0, End: len(text)}}, Confidence: 0.9, Rule: "test"},
	}}
	put(t, a, promise,
		deed("grain", "AFP", "2024-05-01", "AID", "070", "Peru on Wednesday gave grain to Norway."),
		deed("kept", "AFP", "2024-06-01", "AID", "070", "Peru handed over fishing vessels to Norway on Saturday."),
		deed("before", "AFP", "2024-03-01", "AID", "070", "Peru handed over fishing vessels to Norway last week."),
		deed("long after", "AFP", "2025-09-01", "AID", "070", "Peru handed over fishing vessels to Norway once more."),
		deed("words only", "AFP", "2024-06-03", "ACCUSE", "112", "Peru accused Norway over the fishing vessels."))
	facts, _, err := a.Facts(ctx, []archive.Kind{archive.Pledge}, archive.Filter{}, archive.Page{})
	if err != nil || len(facts) != 1 {
		t.Fatal(len(facts), err)
	}
	later, err := a.LaterOf(ctx, facts)
	if err != nil || len(later) != 1 {
		t.Fatal(later, err)
	}
	var got []string
	for _, l := range later[0] {
		got = append(got, l.Stories[0]+": "+strings.Join(l.About, " "))
	}
	if want := "kept: fishing vessels; grain: "; strings.Join(got, "; ") != want {
		t.Errorf("later: %q, want %q", strings.Join(got, "; "), want)
	}
	events, _, err := a.Facts(ctx, []archive.Kind{archive.Event}, archive.Filter{}, archive.Page{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	if later, err = a.LaterOf(ctx, events); err != nil || later[0] != nil {
		t.Errorf("an event is no pledge: %v, %v", later, err)
	}
}
