package ingest_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kawat/archive/ingest"
	"kawat/record"
)

// fieldsOfInput gives by-line and copyright in fields alone, and an editor in
// the text.
const fieldsOfInput = `{"uri": "tag:example.org,2024:wire:1", "type": "text", "versioncreated": "2024-04-09T10:00:00Z", "language": "en",
"byline": "By Jane Miller and Tom Archer", "copyrightnotice": "Meridian Wire 2024", "copyrightholder": "Meridian Wire", "headline": "Ministers meet in Geneva",
"body_text": "GENEVA - Norwegian Foreign Minister Anna Berg met Kenyan Foreign Minister Joseph Otieno on Tuesday.\n\nThey signed a fisheries agreement.\n\nEditor: Ruth Hale"}`

// TestRecodeKeepsFields holds a recoding to what a first reading makes of the
// input, also of what is not in the text.
func TestRecodeKeepsFields(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "one.json")
	if err := os.WriteFile(path, []byte(fieldsOfInput), 0o600); err != nil {
		t.Fatal(err)
	}
	a, r := newArchive(t), reader(t)
	if _, err := ingest.Run(ctx, a, r, []string{path}, ingest.Options{}); err != nil {
		t.Fatal(err)
	}
	read := func() *record.Record {
		rep, err := a.ByName(ctx, "tag:example.org,2024:wire:1")
		if err != nil {
			t.Fatal(err)
		}
		return rep.Record
	}
	first := read()
	want := []record.Credit{{Name: "Jane Miller", Role: "reporter"}, {Name: "Tom Archer", Role: "reporter"}, {Name: "Ruth Hale", Role: "editor"}}
	if diff := cmp.Diff(want, first.Story.Credits); diff != "" || first.Story.Copyright != "Meridian Wire 2024" {
		t.Errorf("read: copyright %q, credits\n%s", first.Story.Copyright, diff)
	}
	done, err := ingest.Recode(ctx, a, r, ingest.RecodeOptions{All: true})
	if err != nil || done.Read != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	if diff := cmp.Diff(first, read()); diff != "" {
		t.Errorf("read (-) and read again (+):\n%s", diff)
	}
}
