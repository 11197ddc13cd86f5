package ingest_test

import (
	"errors"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"kawat/archive"
	"kawat/archive/postgrestest"
)

// everyEngine runs a test over a file and over a database.
func everyEngine(t *testing.T, test func(*testing.T, *archive.Archive)) {
	for engine, name := range map[string]func(*testing.T) string{
		"SQLite":     func(t *testing.T) string { return filepath.Join(t.TempDir(), "a.kawat") },
		"PostgreSQL": func(t *testing.T) string { return postgrestest.Address(t) },
	} {
		t.Run(engine, func(t *testing.T) { test(t, openDatabase(t, name(t))) })
	}
}

// TestPutAndTakenOut puts stories and deletes them again by chance, some of
// them several times. What is there then is what a map would hold, each record
// byte for byte, and everything derived is what these stories alone give.
func TestPutAndTakenOut(t *testing.T) {
	items := read(t, "clusters.tsv")[:40]
	everyEngine(t, func(t *testing.T, a *archive.Archive) {
		rnd := rand.New(rand.NewPCG(8, 2))
		there := map[archive.Key]archive.Item{}
		for range 120 {
			it := items[rnd.IntN(len(items))]
			_, have := there[it.Key]
			if !have || rnd.IntN(3) == 0 {
				arrive(t, a, []archive.Item{it}, 1)
				there[it.Key] = it
				continue
			}
			takeOut(t, a, it.Key)
			delete(there, it.Key)
		}
		var left []archive.Item
		for _, it := range items {
			rep, err := a.ByKey(t.Context(), it.Key)
			if _, have := there[it.Key]; !have {
				if !errors.Is(err, archive.ErrNotFound) {
					t.Errorf("%s was deleted: %v", it.Record.Story.ID, err)
				}
				continue
			}
			left = append(left, it)
			if err != nil {
				t.Errorf("%s: %v", it.Record.Story.ID, err)
				continue
			}
			want, err := it.Record.AppendJSON(nil)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := rep.Record.AppendJSON(nil); err != nil || string(got) != string(want) {
				t.Errorf("%s came back as another: %v", it.Record.Story.ID, err)
			}
		}
		if len(left) == 0 || len(left) == len(items) {
			t.Fatalf("%d of %d stories are left", len(left), len(items))
		}
		if _, err := a.Verify(t.Context(), func(f archive.Fault) { t.Error(f) }); err != nil {
			t.Fatal(err)
		}
		alone := newArchive(t)
		arrive(t, alone, left, 7)
		if d := difference(told(t, alone), told(t, a)); d != "" {
			t.Errorf("happenings of what is left:\n%s", d)
		}
	})
}

func takeOut(t *testing.T, a *archive.Archive, key archive.Key) {
	t.Helper()
	rep, err := a.ByKey(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Update(t.Context(), func(b *archive.Batch) error { return b.Delete(rep.Story.ID) }); err != nil {
		t.Fatal(err)
	}
}

// TestVerdictsGiveBack takes reports out of their happenings and unites others
// by chance, and then takes all of it back in another order: the happenings are
// those of before.
func TestVerdictsGiveBack(t *testing.T) {
	items := read(t, "clusters.tsv")
	everyEngine(t, func(t *testing.T, a *archive.Archive) {
		arrive(t, a, items, 16)
		want := told(t, a)
		rnd := rand.New(rand.NewPCG(8, 3))
		var verdicts []int64
		for range 24 {
			facts := reportsOf(t, a)
			one, other := facts[rnd.IntN(len(facts))], facts[rnd.IntN(len(facts))]
			err := a.Update(t.Context(), func(b *archive.Batch) error {
				v, err := b.Separate("ana", one)
				if errors.Is(err, archive.ErrAlone) {
					v, err = b.Unite("ana", other, one)
				}
				if err == nil {
					verdicts = append(verdicts, v)
				}
				return err
			})
			if err != nil && !errors.Is(err, archive.ErrAlone) {
				t.Fatal(err)
			}
		}
		if len(verdicts) < 12 || difference(want, told(t, a)) == "" {
			t.Fatalf("%d verdicts changed nothing", len(verdicts))
		}
		rnd.Shuffle(len(verdicts), func(i, j int) { verdicts[i], verdicts[j] = verdicts[j], verdicts[i] })
		for _, v := range verdicts {
			if err := a.Update(t.Context(), func(b *archive.Batch) error { return b.Recant("ben", v) }); err != nil {
				t.Fatal(err)
			}
		}
		if list, err := a.Verdicts(t.Context()); err != nil || len(list) != 0 {
			t.Errorf("%d verdicts hold: %v", len(list), err)
		}
		if d := difference(want, told(t, a)); d != "" {
			t.Errorf("taken back:\n%s", d)
		}
		if _, err := a.Verify(t.Context(), func(f archive.Fault) { t.Error(f) }); err != nil {
			t.Fatal(err)
		}
	})
}

// reportsOf lists the reports of all happenings.
func reportsOf(t *testing.T, a *archive.Archive) []archive.FactID {
	t.Helper()
	var out []archive.FactID
	for h, err := range a.EachHappening(t.Context(), archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range h.Events {
			out = append(out, h.Events[i].Fact)
		}
	}
	slices.Sort(out)
	return out
}
