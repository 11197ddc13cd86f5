package archive_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"kawat/archive"
	"kawat/record"
)

// What somebody decides of a fact stays beside it, every time, and holds for
// the same claim only.
func TestRulings(t *testing.T) {
	everywhere(t, func(t *testing.T, open opener) {
		a := open(t, archive.Options{})
		put(t, a, meeting("a", "ANTARA", "2024-04-09", "Ana Silva met Li Wen in Lima."), meeting("b", "NTB", "2024-04-10", "Ana Silva met Li Wen."))
		facts, _, err := a.Facts(t.Context(), []archive.Kind{archive.Event}, archive.Filter{}, archive.Page{})
		if err != nil || len(facts) != 2 {
			t.Fatal(len(facts), err)
		}
		x := &facts[1]
		right := *x.Event
		right.Type = "COOPERATE"
		for _, step := range []struct {
			what   string
			became any
		}{{archive.Accepted, nil}, {archive.Rejected, nil}, {archive.Corrected, right}} {
			if err := a.Rule(t.Context(), x, "sari", step.what, step.became, "why"); err != nil {
				t.Fatal(err)
			}
		}
		got, err := a.Decided(t.Context(), facts)
		if err != nil || got[0] != nil || got[1] == nil || got[1].What != archive.Corrected || got[1].Who != "sari" || len(got[1].Became) == 0 {
			t.Fatalf("%+v %v", got, err)
		}
		all, err := a.Rulings(t.Context(), x.Report.Story.Key)
		if err != nil || len(all) != 3 || all[0].What != archive.Accepted || len(all[0].Was) == 0 {
			t.Errorf("history: %+v %v", all, err)
		}
		x.Event.Type = "AID" // as another version of the program might read it
		if got, err := a.Decided(t.Context(), facts); err != nil || got[1] != nil {
			t.Errorf("another claim is taken for the judged one: %+v %v", got[1], err)
		}
		x.Event.Type = "CONSULT"
		if err := a.Rule(t.Context(), x, "sari", archive.Undecided, nil, ""); err != nil {
			t.Fatal(err)
		}
		if got, err := a.Decided(t.Context(), facts); err != nil || got[1] != nil {
			t.Errorf("taken back: %+v %v", got[1], err)
		}
		for name, err := range map[string]error{
			"no decision":             a.Rule(t.Context(), x, "sari", "maybe", nil, ""),
			"nobody":                  a.Rule(t.Context(), x, "", archive.Accepted, nil, ""),
			"a correction of nothing": a.Rule(t.Context(), x, "sari", archive.Corrected, nil, ""),
			"an accepted correction":  a.Rule(t.Context(), x, "sari", archive.Accepted, right, ""),
		} {
			if err == nil {
				t.Errorf("%s is kept", name)
			}
		}
		err = a.Update(t.Context(), func(b *archive.Batch) error { return b.Delete(x.Report.Story.ID) })
		if err != nil {
			t.Fatal(err)
		}
		if all, err := a.AllRulings(t.Context(), 0, 10); err != nil || len(all) != 0 {
			t.Errorf("a deleted story leaves %+v %v", all, err)
		}
	})
}

// People decide while another process writes stories.
func TestDeskBesideWriter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.kawat")
	w := openAt(t, path, archive.Options{})
	put(t, w, meeting("a", "ANTARA", "2024-04-09", "Ana Silva met Li Wen in Lima."))
	desk, err := archive.Open(path, archive.Options{ReadOnly: true, Desk: true})
	if err != nil {
		t.Fatal(err)
	}
	defer desk.Close()
	if err := desk.PutAccount(t.Context(), archive.Account{Name: "sari", Role: "reader", Secret: "x"}); err != nil {
		t.Error(err)
	}
	put(t, w, meeting("b", "NTB", "2024-04-10", "Ana Silva met Li Wen."))
	if list, err := w.Accounts(t.Context()); err != nil || len(list) != 1 {
		t.Errorf("accounts: %+v %v", list, err)
	}
	if err := desk.Update(t.Context(), func(*archive.Batch) error { return nil }); !errors.Is(err, archive.ErrReadOnly) {
		t.Errorf("the desk writes stories: %v", err)
	}
	reader, err := archive.Open(path, archive.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if _, err := reader.RemoveAccount(t.Context(), "sari"); !errors.Is(err, archive.ErrReadOnly) {
		t.Errorf("a reader decides: %v", err)
	}
}

func TestAccountsAndSessions(t *testing.T) {
	everywhere(t, func(t *testing.T, open opener) {
		a := open(t, archive.Options{})
		if err := a.PutAccount(t.Context(), archive.Account{Name: "sari", Role: "reviewer", Secret: "x"}); err != nil {
			t.Fatal(err)
		}
		now := time.Now()
		for token, until := range map[string]time.Time{"good": now.Add(time.Hour), "over": now.Add(-time.Hour)} {
			if err := a.StartSession(t.Context(), []byte(token), "sari", until); err != nil {
				t.Fatal(err)
			}
		}
		if x, err := a.SessionOf(t.Context(), []byte("good")); err != nil || x.Role != "reviewer" {
			t.Errorf("%+v %v", x, err)
		}
		for _, token := range []string{"over", "never", ""} {
			if _, err := a.SessionOf(t.Context(), []byte(token)); !errors.Is(err, archive.ErrNotFound) {
				t.Errorf("session %q: %v", token, err)
			}
		}
		if err := a.PutAccount(t.Context(), archive.Account{Name: "sari", Role: "reader", Secret: "y"}); err != nil {
			t.Fatal(err)
		}
		if _, err := a.SessionOf(t.Context(), []byte("good")); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("another password leaves the session: %v", err)
		}
		if removed, err := a.RemoveAccount(t.Context(), "sari"); err != nil || !removed {
			t.Error(removed, err)
		}
		if removed, err := a.RemoveAccount(t.Context(), "sari"); err != nil || removed {
			t.Error(removed, err)
		}
	})
}

func TestSavedQuestions(t *testing.T) {
	everywhere(t, func(t *testing.T, open opener) {
		a := open(t, archive.Options{})
		q := &archive.Question{ID: "1", Owner: "sari", Name: "Peru", List: "/events", Query: "actor=PER", Channel: "atom"}
		if err := a.PutQuestion(t.Context(), q); err != nil {
			t.Fatal(err)
		}
		if err := a.Answered(t.Context(), "1", archive.QuestionState{After: 7, LastError: "gone"}); err != nil {
			t.Fatal(err)
		}
		list, err := a.Questions(t.Context())
		if err != nil || len(list) != 1 || list[0].Query != q.Query || list[0].State.After != 7 || list[0].State.LastError != "gone" {
			t.Errorf("%+v %v", list, err)
		}
		if removed, err := a.RemoveQuestion(t.Context(), "1"); err != nil || !removed {
			t.Error(removed, err)
		}
		if err := a.Answered(t.Context(), "1", archive.QuestionState{}); err != nil {
			t.Error(err)
		}
		if list, err := a.Questions(t.Context()); err != nil || len(list) != 0 {
			t.Errorf("%+v %v", list, err)
		}
	})
}

// What came in since is told in the order of coming in, whatever its day, and
// passes the filter.
func TestArrived(t *testing.T) {
	everywhere(t, func(t *testing.T, open opener) {
		a := open(t, archive.Options{})
		put(t, a, meeting("a", "ANTARA", "2024-04-09", "Ana Silva met Li Wen in Lima."))
		after, err := a.LastArrival(t.Context())
		if err != nil || after == 0 {
			t.Fatal(after, err)
		}
		kinds := []archive.Kind{archive.Event, archive.Quotation}
		facts, last, err := a.Arrived(t.Context(), kinds, archive.Filter{}, after)
		if err != nil || len(facts) != 0 || last != after {
			t.Errorf("nothing is new: %d %d %v", len(facts), last, err)
		}
		old := meeting("b", "NTB", "2019-01-02", "Ana Silva met Li Wen.")
		empty := meeting("c", "NTB", "2024-04-10", "Nothing happened.")
		empty.Record.Events, empty.Record.Quotations = []record.Event{}, []record.Quotation{}
		put(t, a, old, empty)
		for filter, want := range map[string]int{"": 2, "NTB": 2, "ANTARA": 0} {
			f := archive.Filter{}
			if filter != "" {
				f.Publisher = []string{filter}
			}
			facts, last, err := a.Arrived(t.Context(), kinds, f, after)
			if err != nil || len(facts) != want || last != after+2 {
				t.Errorf("of %q: %d facts up to %d, %v", filter, len(facts), last, err)
			}
		}
		if facts, _, err := a.Arrived(t.Context(), kinds, archive.Filter{Words: "met", Dyad: []string{"PER", "CHN"}, Person: []string{"Ana Silva"}}, after); err != nil || len(facts) == 0 || facts[0].Report.Story.Name != "b" {
			t.Errorf("%+v %v", facts, err)
		}
		if n, err := a.ArrivalBefore(t.Context(), time.Now().Add(time.Hour)); err != nil || n != after+2 {
			t.Error(n, err)
		}
		if n, err := a.ArrivalBefore(t.Context(), time.Now().Add(-time.Hour)); err != nil || n != 0 {
			t.Error(n, err)
		}
	})
}
