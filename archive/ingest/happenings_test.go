package ingest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kawat"
	"kawat/archive"
	"kawat/archive/ingest"
)

// cluster is a line of a table of testdata/happenings.
type cluster struct{ id, name, lang, text string }

// clusters reads the stories and writes them as JSON Lines.
func clusters(t *testing.T, table string) ([]cluster, string) {
	t.Helper()
	data, err := os.ReadFile("../../testdata/happenings/" + table)
	if err != nil {
		t.Fatal(err)
	}
	var out []cluster
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if line[0] == '#' || len(f) != 5 {
			continue
		}
		c := cluster{f[0], fmt.Sprintf("%s-%d", f[0], len(out)), f[3], strings.ReplaceAll(f[4], `\n`, "\n\n")}
		out = append(out, c)
		if err := enc.Encode(map[string]string{"id": c.name, "published": f[1], "publisher": f[2], "lang": c.lang, "text": c.text}); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "clusters.jsonl")
	if err := os.WriteFile(path, buf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return out, path
}

func reader(t *testing.T) *kawat.Reader {
	t.Helper()
	r, err := kawat.New(kawat.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func newArchive(t *testing.T) *archive.Archive {
	t.Helper()
	a, err := archive.Open(filepath.Join(t.TempDir(), "a.kawat"), archive.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// TestHappeningsOfTwoLanguages reads the hand-made clusters and compares which
// stories are taken to tell one happening. The floors only rise.
func TestHappeningsOfTwoLanguages(t *testing.T) {
	t.Run("of one sentence", func(t *testing.T) { pairsOfHappenings(t, "clusters.tsv", 0.95) })
	t.Run("longer", func(t *testing.T) { pairsOfHappenings(t, "longer.tsv", 0.85) })
}

func pairsOfHappenings(t *testing.T, table string, floor float64) {
	ctx := context.Background()
	a := newArchive(t)
	list, path := clusters(t, table)
	if _, err := ingest.Run(ctx, a, reader(t), []string{path}, ingest.Options{}); err != nil {
		t.Fatal(err)
	}
	together := map[string]bool{}
	for h, err := range a.EachHappening(ctx, archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		for i, x := range h.Stories {
			for _, y := range h.Stories[i+1:] {
				together[min(x, y)+" "+max(x, y)] = true
			}
		}
	}
	var right, wrong, missed []string
	for i, x := range list {
		for _, y := range list[i+1:] {
			pair := min(x.name, y.name) + " " + max(x.name, y.name)
			switch same := x.id == y.id; {
			case same && together[pair]:
				right = append(right, pair)
			case same:
				missed = append(missed, pair)
			case together[pair]:
				wrong = append(wrong, pair)
			}
		}
	}
	f1 := 2 * float64(len(right)) / float64(2*len(right)+len(wrong)+len(missed))
	slices.Sort(missed)
	t.Logf("pairs: %d right, %d false, %d missed; F1 %.3f", len(right), len(wrong), len(missed), f1)
	t.Logf("false: %q", wrong)
	t.Logf("missed: %q", missed)
	if f1 < floor {
		t.Errorf("F1 %.3f, want %.2f", f1, floor)
	}
}
