package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"kawat"
	"kawat/archive"
	"kawat/story"
)

// withoutIDs cuts the first column off.
func withoutIDs(text string) string {
	var sb strings.Builder
	for line := range strings.Lines(text) {
		_, rest, _ := strings.Cut(line, "\t")
		sb.WriteString(rest)
	}
	return sb.String()
}

// TestExportOfAnArchive: what an archive gives is what the records themselves
// give.
func TestExportOfAnArchive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.kawat")
	a, err := archive.Open(path, archive.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	r, err := kawat.New(kawat.Options{Published: "2024-04-10"})
	if err != nil {
		t.Fatal(err)
	}
	var lines bytes.Buffer
	err = a.Update(context.Background(), func(b *archive.Batch) error {
		for i, text := range []string{"Peru on Tuesday condemned Chile over the raid.", "Kenya on Tuesday condemned Peru."} {
			st := &story.Story{ID: string(rune('a' + i)), Lang: "en", Text: text, Publisher: "Warta Uji"}
			key := archive.KeyOf(st)
			if err := r.Read(st); err != nil {
				return err
			}
			rec := r.Record(st)
			line, err := rec.AppendJSON(nil)
			if err != nil {
				return err
			}
			lines.Write(append(line, '\n'))
			entry, err := a.Prepare(archive.Item{Key: key, Record: rec})
			if err != nil {
				return err
			}
			if _, _, err := b.Put(entry); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"jsonl", "polecat", "phoenix", "gkg"} {
		status, got, errs := invoke("", "export", "--archive", path, "--format", format)
		_, want, _ := invoke(lines.String(), "export", "--format", format)
		if format == "polecat" || format == "phoenix" { // ids are those of happenings
			got, want = withoutIDs(got), withoutIDs(want)
		}
		if status != 0 || got != want || strings.Count(got, "\n") < 2 {
			t.Errorf("%s: status %d %s\n%s\nwant\n%s", format, status, errs, got, want)
		}
	}
	if _, got, _ := invoke("", "export", "--archive", path, "--format", "csv"); strings.Count(got, ",hap:") != 2 {
		t.Errorf("events without their happenings:\n%s", got)
	}
	if status, got, errs := invoke("", "export", "--archive", path, "--format", "gdelt"); status != 0 || strings.Count(got, "\n") != 2 {
		t.Errorf("status %d %s\n%s", status, errs, got)
	}
	if status, _, errs := invoke("", "export", "--archive", path+".missing"); status != 1 || !strings.Contains(errs, "missing") {
		t.Errorf("a missing archive: status %d %s", status, errs)
	}
}
