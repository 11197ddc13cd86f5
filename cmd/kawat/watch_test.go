package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kawat/archive"
)

// A folder into which wires are dropped fills the archive; what was taken is
// not taken again, what cannot be read is kept as a failure.
func TestWatchFolder(t *testing.T) {
	dir := t.TempDir()
	drop := filepath.Join(dir, "drop")
	if err := os.Mkdir(drop, 0o700); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Minute)
	for name, text := range map[string]string{
		"lima.txt":  "Lima (ANTARA) - Presiden Peru Ana Silva pada Selasa (9/4) bertemu dengan Menteri Luar Negeri China Li Wen di Lima.",
		"empty.txt": "",
	} {
		path := filepath.Join(drop, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "w.kawat")
	for range 2 {
		var out, errs bytes.Buffer
		if code := run(t.Context(), []string{"watch", "--archive", file, "--once", drop}, strings.NewReader(""), &out, &errs); code != 0 {
			t.Fatalf("exit %d: %s", code, errs.String())
		}
	}
	a, err := archive.Open(file, archive.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	facts, _, err := a.Facts(t.Context(), []archive.Kind{archive.Event}, archive.Filter{Dyad: []string{"PER", "CHN"}}, archive.Page{})
	if err != nil || len(facts) != 1 {
		t.Errorf("%d meetings, %v", len(facts), err)
	}
	failures, err := a.Failures(t.Context())
	if err != nil || len(failures) != 1 || failures[0].Tries != 1 {
		t.Errorf("failures %+v, %v", failures, err)
	}
	for _, args := range [][]string{{"watch", "x"}, {"watch", "--archive", file}, {"watch", "--archive", file, "--every", "1ms", drop}} {
		var out, errs bytes.Buffer
		if code := run(t.Context(), args, strings.NewReader(""), &out, &errs); code != 2 {
			t.Errorf("%v: exit %d", args, code)
		}
	}
}
