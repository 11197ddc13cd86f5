package archive_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kawat/archive"
	"kawat/archive/postgrestest"
	"kawat/record"
	"kawat/story"
)

// meeting makes a story of one meeting, as a reader would.
func meeting(id, publisher, day, text string) archive.Item {
	st := &story.Story{ID: id, Publisher: publisher, Text: text}
	n := len([]rune(text))
	return archive.Item{Key: archive.KeyOf(st), Found: story.Found{Format: "text", Input: id + ".txt", Bytes: []byte(text)}, Record: &record.Record{
		Schema: record.Schema,
		Coder:  record.Coder{Version: "0.1.0", Packs: map[string]string{"en": "1"}},
		Story:  record.Story{ID: id, Publisher: publisher, Lang: "en", Text: text, Published: day, Agencies: []string{}, Credits: []record.Credit{}, Parts: []record.Part{}},
		Entities: []record.Entity{
			{ID: "e1", Ref: "person:PER/silva-ana", Kind: "person", Name: "Ana Silva", Country: "PER", Offices: []record.Office{{Title: "President", Function: "head-of-state", Status: "incumbent", Country: "PER"}}, Mentions: []record.Mention{}},
			{ID: "e2", Ref: "person:CHN/li-wen", Kind: "person", Name: "Li Wen", Country: "CHN", Offices: []record.Office{}, Mentions: []record.Mention{}},
		},
		Events: []record.Event{{
			ID: "ev1", Key: "ev:1", Type: "CONSULT", CAMEO: "040", Goldstein: 1, Symmetric: true, Contexts: []string{}, Actors: []string{"e1"}, Recipients: []string{"e2"},
			ActorCountries: []string{"PER"}, RecipientCountries: []string{"CHN"}, ActorSectors: []string{}, RecipientSectors: []string{}, Date: day, Status: "occurred",
			Place: &record.Place{Name: "Lima", Country: "PER"}, Proof: record.Proof{Evidence: []record.Span{{Start: 0, End: n}}, Confidence: 0.9, Rule: "test"},
		}},
		Encounters: []record.Encounter{}, Quotations: []record.Quotation{{ID: "q1", Kind: "direct", Speaker: "e1", Content: []record.Span{{Start: 0, End: 3}}, Confidence: 0.8, Rule: "test"}},
		Pledges: []record.Pledge{}, Messages: []record.Message{}, References: []record.Reference{}, Notes: []record.Note{},
	}}
}

// opener makes a new archive, which is closed when the test ends.
type opener func(*testing.T, archive.Options) *archive.Archive

func open(t *testing.T, opt archive.Options) *archive.Archive {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "a.kawat"), opt)
}

func openAt(t *testing.T, name string, opt archive.Options) *archive.Archive {
	t.Helper()
	opt.Create = true
	a, err := archive.Open(name, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func TestMain(m *testing.M) { os.Exit(postgrestest.Main(m)) }

// everywhere runs a test over every engine: they answer alike.
func everywhere(t *testing.T, test func(*testing.T, opener)) {
	t.Run("SQLite", func(t *testing.T) { test(t, open) })
	t.Run("PostgreSQL", func(t *testing.T) {
		test(t, func(t *testing.T, opt archive.Options) *archive.Archive {
			t.Helper()
			return openAt(t, postgrestest.Address(t), opt)
		})
	})
}

func put(t *testing.T, a *archive.Archive, items ...archive.Item) {
	t.Helper()
	err := a.Update(context.Background(), func(b *archive.Batch) error {
		for _, it := range items {
			e, err := a.Prepare(it)
			if err != nil {
				return err
			}
			if _, _, err := b.Put(e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsPutIsFound(t *testing.T) { everywhere(t, whatIsPutIsFound) }

func whatIsPutIsFound(t *testing.T, open opener) {
	ctx := context.Background()
	a := open(t, archive.Options{})
	put(t, a, meeting("a", "TASS", "2024-04-09", "Ana Silva met Li Wen."), meeting("b", "ANTARA", "2024-04-10", "Ana Silva saw Li Wen again in Lima."))
	for _, c := range []struct {
		name   string
		filter archive.Filter
		want   int
	}{
		{"all", archive.Filter{}, 2},
		{"actor", archive.Filter{Actor: []string{"PER"}}, 2},
		{"recipient of a symmetric event", archive.Filter{Recipient: []string{"PER"}}, 2},
		{"dyad either way", archive.Filter{Dyad: []string{"PER", "CHN"}}, 2},
		{"unknown dyad", archive.Filter{Dyad: []string{"PER", "USA"}}, 0},
		{"person by a part of the name", archive.Filter{Person: []string{"silva"}}, 2},
		{"speaker", archive.Filter{Speaker: []string{"Li Wen"}}, 2},
		{"office", archive.Filter{Office: []string{"head-of-state"}}, 2},
		{"place", archive.Filter{Place: []string{"lima"}}, 2},
		{"place by state", archive.Filter{Place: []string{"PER"}}, 2},
		{"since", archive.Filter{Since: "2024-04-10"}, 1},
		{"until", archive.Filter{Until: "2024-04-09"}, 1},
		{"until a month", archive.Filter{Until: "2024-04"}, 2},
		{"publisher", archive.Filter{Publisher: []string{"TASS"}}, 1},
		{"type", archive.Filter{Type: []string{"consult"}}, 2},
		{"other type", archive.Filter{Type: []string{"AID"}}, 0},
		{"cameo root", archive.Filter{CAMEO: []string{"04"}}, 2},
		{"quad", archive.Filter{Quad: []string{"1"}}, 2},
		{"confidence", archive.Filter{MinConfidence: 0.95}, 0},
		{"words", archive.Filter{Words: "again lima"}, 1},
		{"phrase", archive.Filter{Words: `"met Li"`}, 1},
		{"prefix", archive.Filter{Words: "aga*"}, 1},
		{"all at once", archive.Filter{Actor: []string{"PER"}, Type: []string{"CONSULT"}, Place: []string{"Lima"}, Publisher: []string{"TASS"}, Words: "met"}, 1},
	} {
		facts, next, err := a.Facts(ctx, []archive.Kind{archive.Event}, c.filter, archive.Page{})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if len(facts) != c.want || next != "" {
			t.Errorf("%s: %d facts, want %d (next %q)", c.name, len(facts), c.want, next)
		}
	}
}

func TestHappeningsPassFilters(t *testing.T) { everywhere(t, happeningsPassFilters) }

func happeningsPassFilters(t *testing.T, open opener) {
	ctx := context.Background()
	a := open(t, archive.Options{})
	other := meeting("c", "ANTARA", "2024-06-01", "Ana Silva kembali bertemu Li Wen membahas perjanjian sungai.")
	other.Record.Story.Lang = "id"
	put(t, a, meeting("a", "TASS", "2024-04-09", "Ana Silva met Li Wen on the treaty."), meeting("b", "AFP", "2024-04-09", "Ana Silva saw Li Wen for the treaty in Lima."), other)
	for _, c := range []struct {
		name   string
		filter archive.Filter
		want   int
	}{
		{"all", archive.Filter{}, 2},
		{"publisher", archive.Filter{Publisher: []string{"TASS"}}, 1},
		{"either publisher", archive.Filter{Publisher: []string{"TASS", "ANTARA"}}, 2},
		{"both reports of one", archive.Filter{Publisher: []string{"TASS", "AFP"}}, 1},
		{"unknown publisher", archive.Filter{Publisher: []string{"Reuters"}}, 0},
		{"language", archive.Filter{Lang: []string{"id"}}, 1},
		{"other language", archive.Filter{Lang: []string{"EN"}}, 1},
		{"unknown language", archive.Filter{Lang: []string{"fr"}}, 0},
		{"words of one report", archive.Filter{Words: "treaty lima"}, 1},
		{"words of no report", archive.Filter{Words: "treaty perjanjian"}, 0},
		{"words and side", archive.Filter{Words: "perjanjian", Actor: []string{"PER"}, Lang: []string{"id"}}, 1},
		{"publisher of the other", archive.Filter{Words: "perjanjian", Publisher: []string{"TASS"}}, 0},
		{"person", archive.Filter{Person: []string{"silva"}, Publisher: []string{"AFP"}}, 1},
	} {
		list, next, err := a.Happenings(ctx, c.filter, archive.Page{})
		if err != nil || len(list) != c.want || next != "" {
			t.Errorf("%s: %d happenings, want %d (next %q, %v)", c.name, len(list), c.want, next, err)
		}
	}
	ids, err := a.Named(ctx, "a")
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	if err := a.Update(ctx, func(b *archive.Batch) error { return b.Delete(ids[0]) }); err != nil {
		t.Fatal(err)
	}
	if list, _, err := a.Happenings(ctx, archive.Filter{Publisher: []string{"TASS"}}, archive.Page{}); err != nil || len(list) != 0 {
		t.Errorf("a publisher whose story is gone still has %d happenings (%v)", len(list), err)
	}
}

func TestCountsAndPeople(t *testing.T) { everywhere(t, countsAndPeople) }

func countsAndPeople(t *testing.T, open opener) {
	ctx := context.Background()
	a := open(t, archive.Options{})
	put(t, a, meeting("a", "TASS", "2024-04-09", "Ana Silva met Li Wen."), meeting("b", "ANTARA", "2024-05-10", "Ana Silva saw Li Wen again."))
	counts, err := a.Counts(ctx, archive.CountsOf{Actor: "CHN", Recipient: "PER", Since: "2024-05"})
	if err != nil {
		t.Fatal(err)
	}
	if want := (archive.Count{Month: "2024-05", Type: "CONSULT", Status: "occurred", Reports: 1, Goldstein: 1}); len(counts) != 1 || counts[0] != want {
		t.Errorf("counts %v, want %v", counts, want)
	}
	people, err := a.People(ctx, "silva", 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(people) != 1 || people[0].Stories != 2 || people[0].Since != "2024-04-09" || people[0].Until != "2024-05-10" ||
		len(people[0].Offices) != 1 || people[0].Offices[0].Function != "head-of-state" {
		t.Errorf("people %+v", people)
	}
}

func TestVerifyProvesAndFinds(t *testing.T) { everywhere(t, verifyProvesAndFinds) }

func verifyProvesAndFinds(t *testing.T, open opener) {
	ctx := context.Background()
	a := open(t, archive.Options{})
	put(t, a, meeting("a", "TASS", "2024-04-09", "Ana Silva met Li Wen."), meeting("b", "ANTARA", "2024-05-10", "Ana Silva saw Li Wen again."))
	faults := func() []string {
		var out []string
		v, err := a.Verify(ctx, func(f archive.Fault) { out = append(out, f.String()) })
		if err != nil {
			t.Fatal(err)
		}
		if v.Stories != 2 || v.Faults == 0 && v.Facts != 4 {
			t.Errorf("looked at %+v", v)
		}
		return out
	}
	if got := faults(); len(got) != 0 {
		t.Errorf("a sound archive has faults: %q", got)
	}
	if err := a.Rebuild(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if got := faults(); len(got) != 0 {
		t.Errorf("a rebuilt archive has faults: %q", got)
	}
	for _, c := range []struct{ name, harm, want string }{
		{"a lost record", "DELETE FROM record WHERE story = (SELECT id FROM story WHERE name = 'b')", "story b: has no record"},
		{"a changed record", "UPDATE record SET body = '0' WHERE story = (SELECT id FROM story WHERE name = 'a')", "story a: its record is not the one that was put"},
	} {
		if err := archive.Harm(a, c.harm); err != nil {
			t.Fatal(err)
		}
		got := faults()
		if !slices.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q among them", c.name, got, c.want)
		}
	}
}

func TestDeletedStoriesLeaveEverything(t *testing.T) { everywhere(t, deletedStoriesLeaveEverything) }

func deletedStoriesLeaveEverything(t *testing.T, open opener) {
	ctx := context.Background()
	a := open(t, archive.Options{})
	text := "Ana Silva met Li Wen in Lima on Tuesday to speak about the treaty on the river, and both said that it was ready."
	put(t, a, meeting("a", "TASS", "2024-04-09", text), meeting("b", "ANTARA", "2024-04-09", text), meeting("c", "AFP", "2024-04-10", "Silva saw Li Wen."))
	ids, err := a.Named(ctx, "a")
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	if err := a.Update(ctx, func(b *archive.Batch) error { return b.Delete(ids[0]) }); err != nil {
		t.Fatal(err)
	}
	if _, err := a.ByName(ctx, "a"); !errors.Is(err, archive.ErrNotFound) {
		t.Errorf("the story is still there: %v", err)
	}
	facts, _, err := a.Facts(ctx, []archive.Kind{archive.Event}, archive.Filter{}, archive.Page{})
	if err != nil || len(facts) != 2 {
		t.Errorf("%d events are left, want 2 (%v)", len(facts), err)
	}
	for h, err := range a.EachHappening(ctx, archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(h.Stories, "a") {
			t.Errorf("happening %s still stands on the story: %q", h.ID, h.Stories)
		}
	}
	v, err := a.Verify(ctx, func(f archive.Fault) { t.Error(f) })
	if err != nil || v.Stories != 2 {
		t.Errorf("%+v, %v", v, err)
	}
	counts, err := a.Counts(ctx, archive.CountsOf{})
	if err != nil || len(counts) != 1 || counts[0].Reports != 2 {
		t.Errorf("counts %+v, %v", counts, err)
	}
}

func TestVersionsAndKills(t *testing.T) { everywhere(t, versionsAndKills) }

func versionsAndKills(t *testing.T, open opener) {
	ctx := context.Background()
	a := open(t, archive.Options{})
	versioned := func(version int, status, text string) archive.Item {
		it := meeting("n1", "AFP", "2024-04-09", text)
		it.Record.Story.Version, it.Record.Story.PubStatus = version, status
		it.Key = archive.KeyOf(&story.Story{ID: "n1", Publisher: "AFP", Version: version, Text: text})
		return it
	}
	current := func() (out []string) {
		for r, err := range a.Reports(ctx, archive.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, r.Record.Story.Text)
		}
		return out
	}
	put(t, a, versioned(1, "usable", "Silva met Li."))
	put(t, a, versioned(3, "usable", "Silva met Li Wen in Lima."))
	put(t, a, versioned(2, "usable", "Silva met Li Wen."))
	if got := current(); !slices.Equal(got, []string{"Silva met Li Wen in Lima."}) {
		t.Errorf("current: %q", got)
	}
	put(t, a, versioned(4, "canceled", "Kill."))
	if got := current(); len(got) != 0 {
		t.Errorf("after the kill: %q", got)
	}
	v, err := a.Verify(ctx, func(f archive.Fault) { t.Error(f) })
	if err != nil || v.Stories != 4 {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestCopiesOfTwoPapersStayTwoReports(t *testing.T) {
	everywhere(t, copiesOfTwoPapersStayTwoReports)
}

func copiesOfTwoPapersStayTwoReports(t *testing.T, open opener) {
	ctx := context.Background()
	a := open(t, archive.Options{})
	text := "Ana Silva met Li Wen in Lima on Tuesday to speak about the treaty on the river, and both said that it was ready."
	carried := meeting("b", "ANTARA", "2024-04-08", text)
	carried.Record.Story.Agencies = []string{"Xinhua"}
	put(t, a, carried, meeting("a", "Xinhua", "2024-04-09", text))
	list, _, err := a.Stories(ctx, archive.Filter{}, archive.Page{})
	if err != nil || len(list) != 2 {
		t.Fatal(len(list), err)
	}
	for _, s := range list {
		if want := map[string]string{"a": "", "b": "a"}[s.Name]; s.ReprintOf != want || s.Cluster == "" {
			t.Errorf("%s is a reprint of %q in %q, want %q: ANTARA carried what Xinhua wrote", s.Name, s.ReprintOf, s.Cluster, want)
		}
	}
	haps, _, err := a.Happenings(ctx, archive.Filter{}, archive.Page{})
	if err != nil {
		t.Fatal(err)
	}
	if len(haps) != 1 {
		t.Errorf("%d happenings; copies of one story tell one meeting, also where their records date it a day apart", len(haps))
	}
}

func TestSearchFindsForms(t *testing.T) { everywhere(t, searchFindsForms) }

func searchFindsForms(t *testing.T, open opener) {
	ctx := context.Background()
	a := open(t, archive.Options{})
	it := meeting("a", "ANTARA", "2024-04-09", "Menlu menegaskan penolakan terhadap tekanan itu.")
	it.Record.Story.Lang = "id"
	put(t, a, it)
	for search, want := range map[string]int{"menolak": 1, "ditolak": 1, "tekan": 1, "menegaskan penolakan": 1, "tolak -tekanan": 0, "terima": 0, "terima OR tolak": 1, `"penolakan itu"`: 0} {
		list, _, err := a.Stories(ctx, archive.Filter{Words: search}, archive.Page{})
		if err != nil || len(list) != want {
			t.Errorf("%s: %d stories, want %d (%v)", search, len(list), want, err)
		}
	}
	if _, _, err := a.Stories(ctx, archive.Filter{Words: "-tolak"}, archive.Page{}); err == nil {
		t.Error("a search of what is not wanted alone is refused")
	}
}
