package kawat_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kawat"
	"kawat/gold"
	"kawat/record"
	"kawat/story"
)

// wordsHold proves what a record says of words: once it was written and read,
// each span, counted in code points, holds the very words that the stages
// found, counted in bytes; and what it repeats of the copy stands in the copy.
func wordsHold(t *testing.T, st *story.Story, rec *record.Record) {
	t.Helper()
	line, err := rec.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	got := new(record.Record)
	if err := json.Unmarshal(line, got); err != nil {
		t.Fatal(err)
	}
	if err := got.Check(); err != nil {
		t.Fatal(err)
	}
	text := []rune(got.Story.Text)
	same := func(what string, n int, found []story.Span, told []record.Span) {
		t.Helper()
		if len(found) != len(told) || len(told) == 0 {
			t.Fatalf("%s %d has %d spans, was found in %d", what, n, len(told), len(found))
		}
		for i, sp := range told {
			if words := string(text[sp.Start:sp.End]); words == "" || words != st.Slice(found[i]) {
				t.Fatalf("%s %d: %q was found in %q", what, n, words, st.Slice(found[i]))
			}
		}
	}
	for i := range got.Events {
		same("event", i, st.Events[i].Spans, got.Events[i].Evidence)
	}
	for i := range got.Encounters {
		same("encounter", i, st.Encounters[i].Spans, got.Encounters[i].Evidence)
	}
	for i := range got.Quotations {
		same("quotation", i, st.Quotations[i].Content, got.Quotations[i].Content)
	}
	for i := range got.Pledges {
		same("pledge", i, st.Pledges[i].Spans, got.Pledges[i].Evidence)
	}
	for i := range got.Messages {
		same("message", i, st.Messages[i].Spans, got.Messages[i].Evidence)
	}
	copied := strings.Join(strings.Fields(got.Story.Text), " ")
	for i := range got.References {
		same("reference", i, st.References[i].Spans, got.References[i].Evidence)
		if words := strings.Join(strings.Fields(got.References[i].Text), " "); !strings.Contains(copied, words) {
			t.Fatalf("reference %d repeats %q, which the story does not say", i, words)
		}
	}
	for i := range got.Events {
		if words := strings.Join(strings.Fields(got.Events[i].Condition), " "); !strings.Contains(copied, words) {
			t.Fatalf("event %d: the condition %q is not said", i, words)
		}
	}
}

// TestSpansHoldTheirWords reads the golden stories in every language there is,
// with words in another order, and with letters of two to four bytes among
// them.
func TestSpansHoldTheirWords(t *testing.T) {
	r, err := kawat.New(kawat.Options{})
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/stories/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no stories", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c, err := gold.ParseCase(file, data)
		if err != nil {
			t.Fatal(err)
		}
		words := strings.Fields(c.Text)
		for k := range words {
			j := (k * 7) % len(words)
			words[k], words[j] = words[j], words[k]
		}
		for _, text := range []string{c.Text, strings.Join(words, " "), strings.NewReplacer("a ", "á ", "e", "é", "i ", "і ", ". ", ". 🕊 ", ", ", ",\u00a0").Replace(c.Text)} {
			for _, code := range r.Packs().Codes() {
				st := &story.Story{ID: filepath.Base(file), Lang: code, Text: text}
				if err := r.Read(st); err != nil {
					t.Fatal(err)
				}
				if err := st.Check(); err != nil {
					t.Fatal(err)
				}
				wordsHold(t, st, r.Record(st))
			}
		}
	}
}
