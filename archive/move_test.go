package archive_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"kawat/archive"
	"kawat/archive/postgrestest"
	"kawat/story"
)

// full makes an archive that holds something in every table: versions, a kill,
// a story that was read again, verdicts, a ruling, an account, a question, a
// failure.
func full(t *testing.T) *archive.Archive {
	t.Helper()
	ctx := context.Background()
	a := open(t, archive.Options{})
	versioned := func(version int, status, text string) archive.Item {
		it := meeting("n1", "AFP", "2024-04-09", text)
		it.Record.Story.Version, it.Record.Story.PubStatus = version, status
		it.Key = archive.KeyOf(&story.Story{ID: "n1", Publisher: "AFP", Version: version, Text: text})
		return it
	}
	page := meeting("page", "NTB", "2023-12-31", "Ana Silva met Li Wen at the year's end.")
	page.Found.Bytes = []byte(strings.Repeat("<p>Ana Silva met Li Wen.</p>", 400)) // kept apart from the text
	put(t, a, meeting("a", "TASS", "2024-04-09", "Ana Silva met Li Wen in Lima."), meeting("b", "ANTARA", "2024-04-09", "In Lima, Li Wen was received by Ana Silva."),
		versioned(1, "usable", "Silva met Li."), versioned(2, "usable", "Silva met Li Wen."), page, meeting("undated", "NTB", "", "Ana Silva met Li Wen, nobody says when."))
	ids, err := a.Named(ctx, "a")
	if err != nil {
		t.Fatal(err)
	}
	again := meeting("a", "TASS", "2024-04-09", "Ana Silva met Li Wen in Lima.")
	again.Record.Coder.Version = "0.2.0"
	e, err := a.Prepare(again)
	if err != nil {
		t.Fatal(err)
	}
	facts, _, err := a.Facts(ctx, []archive.Kind{archive.Event}, archive.Filter{Publisher: []string{"ANTARA"}}, archive.Page{})
	if err != nil || len(facts) != 1 {
		t.Fatal(len(facts), err)
	}
	if err := a.Update(ctx, func(b *archive.Batch) error {
		if err := b.Recode(ids[0], e, false); err != nil {
			return err
		}
		first, err := b.Separate("sari", facts[0].ID)
		if err != nil {
			return err
		}
		if err := b.Recant("budi", first); err != nil {
			return err
		}
		if _, err := b.Separate("sari", facts[0].ID); err != nil {
			return err
		}
		return b.Fail(archive.Failure{Input: "bad.jsonl", Position: "bad.jsonl:3", Reason: "is no story"})
	}); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		a.Rule(ctx, &facts[0], "sari", archive.Accepted, nil, "well read"),
		a.PutAccount(ctx, archive.Account{Name: "sari", Role: "reviewer", Secret: "x"}),
		a.PutQuestion(ctx, &archive.Question{ID: "q", Owner: "sari", Name: "Lima", List: "/events", Query: "place=lima"}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// decided is what people decided and want, and what failed, as lines.
func decided(t *testing.T, a *archive.Archive) string {
	t.Helper()
	ctx := context.Background()
	verdicts, err := a.Verdicts(ctx)
	if err != nil {
		t.Error(err)
	}
	rulings, err := a.AllRulings(ctx, 0, 10)
	if err != nil {
		t.Error(err)
	}
	accounts, err := a.Accounts(ctx)
	if err != nil {
		t.Error(err)
	}
	questions, err := a.Questions(ctx)
	if err != nil {
		t.Error(err)
	}
	failures, err := a.Failures(ctx)
	if err != nil {
		t.Error(err)
	}
	coders, err := a.Coders(ctx)
	if err != nil {
		t.Error(err)
	}
	for i := range verdicts {
		verdicts[i].ID = 0 // each archive numbers its own
	}
	for i := range rulings {
		rulings[i].ID = 0
	}
	if len(verdicts) != 1 || len(rulings) != 1 || len(accounts) != 1 || len(questions) != 1 || len(failures) != 1 {
		t.Errorf("%+v %+v %+v %+v %+v", verdicts, rulings, accounts, questions, failures)
	}
	past := 0
	for _, c := range coders {
		past += c.Past
	}
	out, err := json.MarshalIndent([]any{verdicts, rulings, accounts, questions, failures, past}, "", " ")
	if err != nil {
		t.Error(err)
	}
	return string(out)
}

// An archive goes from a file to a database and from there to another file, and
// nothing is other than it was.
func TestCopiesBetweenEngines(t *testing.T) {
	ctx := context.Background()
	fault := func(f archive.Fault) { t.Errorf("fault: %s", f) }
	first := full(t)
	second := openAt(t, postgrestest.Address(t), archive.Options{})
	third := openAt(t, filepath.Join(t.TempDir(), "third.kawat"), archive.Options{})
	for _, c := range []struct{ from, to *archive.Archive }{{first, second}, {second, third}} {
		if n, err := c.from.CopyTo(ctx, c.to, fault); err != nil || n != 6 {
			t.Errorf("copied %d, %v", n, err)
		}
		if n, err := c.from.CopyTo(ctx, c.to, fault); err != nil || n != 0 {
			t.Errorf("copied %d a second time, %v", n, err)
		}
	}
	want := decided(t, first)
	for _, a := range []*archive.Archive{second, third} {
		if n, err := first.Same(ctx, a, fault); err != nil || n != 6 {
			t.Errorf("compared %d, %v", n, err)
		}
		if got := decided(t, a); got != want {
			t.Errorf("decided here:\n%s\nthere:\n%s", want, got)
		}
		if v, err := a.Verify(ctx, fault); err != nil || v.Stories != 6 {
			t.Errorf("%+v, %v", v, err)
		}
		// The verdict that holds keeps a and b apart.
		for h, err := range a.EachHappening(ctx, archive.Filter{Place: []string{"Lima"}}) {
			if names := strings.Join(h.Stories, " "); err != nil || strings.Contains(names, "a") && strings.Contains(names, "b") {
				t.Errorf("%q are together (%v)", names, err)
			}
		}
	}
}

// Whatever differs between an archive and its copy is named.
func TestSameNamesWhatDiffers(t *testing.T) {
	ctx := context.Background()
	everywhere(t, func(t *testing.T, open opener) {
		from := full(t)
		for harm, want := range map[string]string{
			"UPDATE record SET body = '0' WHERE story = (SELECT id FROM story WHERE name = 'b')":    "story b: in the other archive: its record is not the one that was put",
			"DELETE FROM copy WHERE story = (SELECT id FROM story WHERE name = 'b')":                "story b: differs in the other archive: its text",
			"UPDATE copy SET found = NULL WHERE story = (SELECT id FROM story WHERE name = 'page')": "story page: differs in the other archive: its bytes as found",
			"UPDATE story SET state = 3 WHERE name = 'b'":                                           "story b: differs in the other archive: its state",
			"DELETE FROM story WHERE name = 'b'":                                                    "story b: is not in the other archive",
			"DELETE FROM past_record":                                                               "story a: has 2 records, and 1 in the other archive",
		} {
			to := open(t, archive.Options{})
			if _, err := from.CopyTo(ctx, to, func(f archive.Fault) { t.Error(f) }); err != nil {
				t.Fatal(err)
			}
			if err := archive.Harm(to, harm); err != nil {
				t.Fatal(err)
			}
			var got []string
			if _, err := from.Same(ctx, to, func(f archive.Fault) { got = append(got, f.String()) }); err != nil {
				t.Fatal(err)
			}
			if len(got) == 0 || got[0] != want {
				t.Errorf("%s: %q, want %q", harm, got, want)
			}
		}
	})
}

// A copy that keeps no texts is compared by its records.
func TestCopyWithoutTexts(t *testing.T) {
	ctx := context.Background()
	everywhere(t, func(t *testing.T, open opener) {
		from, to := full(t), open(t, archive.Options{NoTexts: true})
		if n, err := from.CopyTo(ctx, to, func(f archive.Fault) { t.Error(f) }); err != nil || n != 6 {
			t.Errorf("copied %d, %v", n, err)
		}
		again := open(t, archive.Options{NoTexts: true})
		if n, err := to.CopyTo(ctx, again, func(f archive.Fault) { t.Error(f) }); err != nil || n != 6 {
			t.Errorf("copied %d of those without texts, %v", n, err)
		}
		for _, a := range []*archive.Archive{to, again} {
			if n, err := from.Same(ctx, a, func(f archive.Fault) { t.Error(f) }); err != nil || n != 6 {
				t.Errorf("compared %d, %v", n, err)
			}
			if v, err := a.Verify(ctx, func(f archive.Fault) { t.Error(f) }); err != nil || v.Stories != 6 {
				t.Errorf("%+v, %v", v, err)
			}
		}
	})
}
