package ingest_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"kawat/archive/ingest"
)

// TestFailuresAreMended reads a file of no kind that we know and one with a bad
// line, both again when they are as they should be.
func TestFailuresAreMended(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	table, lines := filepath.Join(dir, "a.csv"), filepath.Join(dir, "b.jsonl")
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a, r := newArchive(t), reader(t)
	ask := func(paths ...string) (added, failures int) {
		t.Helper()
		rep, err := ingest.Run(ctx, a, r, paths, ingest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		list, err := a.Failures(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return rep.Added, len(list)
	}
	const good = `{"id": "j1", "text": "NAIROBI - Kenya thanked Norway on Friday."}`
	write(table, "a,b\n1,2\n")
	write(lines, good+"\n{\n")
	if added, failures := ask(dir); added != 1 || failures != 2 {
		t.Errorf("%d added, %d failures; want 1 and 2", added, failures)
	}
	write(table, "headline,body\nThanks,LIMA - Peru thanked Chile on Friday.\n")
	write(lines, good+"\n"+`{"id": "j2", "text": "OSLO - Norway thanked Peru on Friday."}`+"\n")
	again, err := a.FailedInputs(ctx)
	if err != nil || len(again) != 2 {
		t.Fatal(again, err)
	}
	if added, failures := ask(again...); added != 2 || failures != 0 {
		t.Errorf("%d added, %d failures; want 2 and 0", added, failures)
	}
}
