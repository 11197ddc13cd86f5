package ingest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kawat/archive"
	"kawat/archive/postgrestest"
)

// read returns the stories of a table of testdata/happenings as they are stored.
func read(t *testing.T, table string) []archive.Item {
	t.Helper()
	_, path := clusters(t, table)
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := reader(t)
	var out []archive.Item
	for st, err := range r.Stories("clusters.jsonl", f) {
		if err != nil {
			t.Fatal(err)
		}
		key := archive.KeyOf(st)
		if err := r.Read(st); err != nil {
			t.Fatal(err)
		}
		out = append(out, archive.Item{Key: key, Record: r.Record(st), Found: st.Found})
	}
	return out
}

// arrive stores stories, a few at a time.
func arrive(t *testing.T, a *archive.Archive, items []archive.Item, atOnce int) {
	t.Helper()
	for some := range slices.Chunk(items, atOnce) {
		if err := a.Update(context.Background(), func(b *archive.Batch) error {
			for _, it := range some {
				e, err := a.Prepare(it)
				if err != nil {
					return err
				}
				if _, _, err := b.Put(e); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// told lists the happenings, each by the reports that tell it.
func told(t *testing.T, a *archive.Archive) []string {
	t.Helper()
	var out []string
	for h, err := range a.EachHappening(context.Background(), archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		var reports []string
		for i := range h.Events {
			reports = append(reports, h.Events[i].Story+" "+h.Events[i].Event)
		}
		slices.Sort(reports)
		out = append(out, strings.Join(reports, ", "))
	}
	slices.Sort(out)
	return out
}

func difference(x, y []string) string {
	var out []string
	for _, s := range x {
		if !slices.Contains(y, s) {
			out = append(out, "- "+s)
		}
	}
	for _, s := range y {
		if !slices.Contains(x, s) {
			out = append(out, "+ "+s)
		}
	}
	return strings.Join(out, "\n")
}

// TestOrderOfArrival stores the hand-made clusters in many orders, one by one
// and many at once, in both engines: the happenings are the same, as they come
// and made anew.
func TestOrderOfArrival(t *testing.T) {
	items := read(t, "clusters.tsv")
	first := newArchive(t)
	arrive(t, first, items, len(items))
	if err := first.Rebuild(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	want := told(t, first)
	rnd := rand.New(rand.NewPCG(8, 1))
	for try := range 8 {
		t.Run(fmt.Sprint(try), func(t *testing.T) {
			name := filepath.Join(t.TempDir(), "a.kawat")
			if try%4 == 3 {
				name = postgrestest.Address(t)
			}
			a, err := archive.Open(name, archive.Options{Create: true})
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			order := slices.Clone(items)
			rnd.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
			arrive(t, a, order, 1+try*7)
			if d := difference(want, told(t, a)); d != "" {
				t.Errorf("as they came:\n%s", d)
			}
			if err := a.Rebuild(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			if d := difference(want, told(t, a)); d != "" {
				t.Errorf("made anew:\n%s", d)
			}
		})
	}
}
