package archive_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/zstd"

	"kawat/archive"
)

// Archives of every schema stay in testdata, each with the same stories of our
// own: reports of some happenings in two languages, a story and its copy, two
// versions of one, an item that could not be read, and the verdict that one
// report is of another happening; from schema 2 on also what somebody decided of
// a fact, who may sign in, and a saved question. schema-N-bare keeps no texts.
func TestOldArchivesOpen(t *testing.T) {
	ctx := context.Background()
	for _, c := range []struct {
		name   string
		search int // stories with "harbour"; -1 where there are no words
		desk   bool
	}{
		{"schema-1", 3, false},
		{"schema-1-bare", -1, false},
		{"schema-2", 3, true},
		{"schema-2-bare", -1, true},
		{"schema-3", 3, true},
		{"schema-3-bare", -1, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := unpacked(t, c.name)
			_, err := archive.Open(path, archive.Options{ReadOnly: true})
			wantError(t, err, "must be opened once for writing")
			a, err := archive.Open(path, archive.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			if v, err := a.Verify(ctx, func(f archive.Fault) { t.Error(f) }); err != nil || v.Stories != 28 || v.Facts != 62 {
				t.Errorf("%+v, %v", v, err)
			}
			ask(t, a, c.search)
			if c.desk {
				askDesk(t, a)
			}
			if err := a.Rebuild(ctx, nil); err != nil {
				t.Fatal(err)
			}
			ask(t, a, c.search)
		})
	}
}

// askDesk asks for what people decided and want.
func askDesk(t *testing.T, a *archive.Archive) {
	t.Helper()
	ctx := context.Background()
	facts, _, err := a.Facts(ctx, []archive.Kind{archive.Event}, archive.Filter{Dyad: []string{"UKR", "RUS"}, Type: []string{"ACCUSE"}}, archive.Page{})
	if err != nil || len(facts) == 0 {
		t.Fatal(facts, err)
	}
	said, err := a.Decided(ctx, facts[:1])
	if err != nil || len(said) != 1 || said[0] == nil || said[0].What != archive.Accepted || said[0].Who != "ana" {
		t.Errorf("decided of %s: %+v, %v", facts[0].Local(), said, err)
	}
	if who, err := a.Account(ctx, "ana"); err != nil || who.Role != "editor" {
		t.Errorf("account %+v, %v", who, err)
	}
	if list, err := a.Questions(ctx); err != nil || len(list) != 1 || list[0].Query != "type=ACCUSE" {
		t.Errorf("questions %+v, %v", list, err)
	}
	if n, err := a.LastArrival(ctx); err != nil || n != 28 {
		t.Errorf("%d stories arrived, want 28 (%v)", n, err)
	}
}

// unpacked is a copy of an archive of testdata.
func unpacked(t *testing.T, name string) string {
	t.Helper()
	packed, err := os.ReadFile("testdata/" + name + ".kawat.zst")
	if err != nil {
		t.Fatal(err)
	}
	dec, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer dec.Close()
	plain, err := dec.DecodeAll(packed, nil)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name+".kawat")
	if err := os.WriteFile(path, plain, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// ask puts questions whose answers are known to an old archive.
func ask(t *testing.T, a *archive.Archive, search int) {
	t.Helper()
	ctx := context.Background()
	facts, _, err := a.Facts(ctx, []archive.Kind{archive.Event}, archive.Filter{Dyad: []string{"UKR", "RUS"}, Type: []string{"ACCUSE"}}, archive.Page{})
	if err != nil || len(facts) != 2 {
		t.Errorf("%d accusations, want 2 (%v)", len(facts), err)
	}
	haps, _, err := a.Happenings(ctx, archive.Filter{Dyad: []string{"UKR", "RUS"}, Type: []string{"ACCUSE"}}, archive.Page{})
	if err != nil || len(haps) != 2 {
		t.Errorf("%d happenings, want 2: a verdict keeps the reports apart (%v)", len(haps), err)
	}
	haps, _, err = a.Happenings(ctx, archive.Filter{Publisher: []string{"The Meridian"}, Lang: []string{"en"}}, archive.Page{})
	if err != nil || len(haps) == 0 {
		t.Errorf("no happenings of a publisher (%v)", err)
	}
	r, err := a.ByName(ctx, "r2")
	if err != nil || r.Story.ReprintOf != "r1" {
		t.Errorf("r2 is a reprint of %q, want r1 (%v)", r.Story.ReprintOf, err)
	}
	if r, err = a.ByName(ctx, "n1"); err != nil || r.Story.Version != 2 || r.Story.State != "current" {
		t.Errorf("n1 is version %d, %s (%v)", r.Story.Version, r.Story.State, err)
	}
	if people, err := a.People(ctx, "silva", 0); err != nil || len(people) == 0 || people[0].Stories < 3 {
		t.Errorf("people %+v (%v)", people, err)
	}
	if list, err := a.Failures(ctx); err != nil || len(list) != 1 {
		t.Errorf("%d failures, want 1 (%v)", len(list), err)
	}
	stories, _, err := a.Stories(ctx, archive.Filter{Words: "harbour"}, archive.Page{})
	if search < 0 {
		wantError(t, err, "keeps no texts")
	} else if err != nil || len(stories) != search {
		t.Errorf("%d stories of the harbour, want %d (%v)", len(stories), search, err)
	}
}
