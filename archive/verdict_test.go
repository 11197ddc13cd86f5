package archive_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"kawat/archive"
)

func TestMergesAreUndone(t *testing.T) { everywhere(t, mergesAreUndone) }

func mergesAreUndone(t *testing.T, open opener) {
	ctx := context.Background()
	a := open(t, archive.Options{})
	put(t, a,
		meeting("a", "TASS", "2024-04-09", "Ana Silva met Li Wen in Lima."),
		meeting("b", "ANTARA", "2024-04-09", "In Lima, Li Wen was received by Ana Silva."),
		meeting("c", "AFP", "2024-04-09", "Silva held talks with her guest Li Wen on Tuesday."))
	together := func() string {
		t.Helper()
		var out []string
		for h, err := range a.EachHappening(ctx, archive.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			names := slices.Clone(h.Stories)
			slices.Sort(names)
			line := ""
			for _, n := range names {
				line += n
			}
			out = append(out, line)
		}
		slices.Sort(out)
		line := ""
		for _, s := range out {
			line += s + " "
		}
		return line
	}
	report := func(name string) archive.FactID {
		t.Helper()
		r, err := a.ByName(ctx, name)
		if err != nil {
			t.Fatal(err)
		}
		x, ok := r.Fact("ev1")
		if !ok {
			t.Fatal("no event")
		}
		return x.ID
	}
	change := func(f func(*archive.Batch) error) {
		t.Helper()
		if err := a.Update(ctx, f); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Verify(ctx, func(f archive.Fault) { t.Error(f) }); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(what, want string) {
		t.Helper()
		if got := together(); got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	rebuilt := func(what, want string) {
		t.Helper()
		expect(what, want)
		if err := a.Rebuild(ctx, nil); err != nil {
			t.Fatal(err)
		}
		expect(what+", made anew", want)
	}
	expect("at first", "abc ")

	var verdict int64
	change(func(b *archive.Batch) (err error) { verdict, err = b.Separate("ana", report("b")); return err })
	rebuilt("b apart", "ac b ")
	if list, err := a.Verdicts(ctx); err != nil || len(list) != 1 || list[0].Who != "ana" || list[0].What != archive.Apart || len(list[0].Others) != 2 {
		t.Errorf("verdicts %+v, %v", list, err)
	}
	err := a.Update(ctx, func(b *archive.Batch) error { _, err := b.Separate("ana", report("b")); return err })
	if !errors.Is(err, archive.ErrAlone) {
		t.Errorf("the only report: %v, want ErrAlone", err)
	}

	// A story that is read again, and one that comes late, do not undo it.
	again := meeting("b", "ANTARA", "2024-04-09", "In Lima, Li Wen was received by Ana Silva.")
	again.Record.Coder.Version = "0.2.0"
	again.Record.Encounters = nil
	e, err := a.Prepare(again)
	if err != nil {
		t.Fatal(err)
	}
	change(func(b *archive.Batch) error { return b.Recode(report("b").Story(), e, false) })
	rebuilt("b read again", "ac b ")

	change(func(b *archive.Batch) error { return b.Recant("ben", verdict) })
	rebuilt("b taken back", "abc ")

	put(t, a, meeting("d", "AFP", "2024-09-01", "Ana Silva met Li Wen in the autumn."))
	expect("another meeting", "abc d ")
	change(func(b *archive.Batch) (err error) {
		verdict, err = b.Unite("ana", report("a"), report("d"))
		return err
	})
	rebuilt("united by hand", "abcd ")
	change(func(b *archive.Batch) error { _, err := b.Separate("ben", report("d")); return err })
	rebuilt("the last verdict holds", "abc d ")
	if err := a.Update(ctx, func(b *archive.Batch) error { return b.Recant("ben", 999) }); !errors.Is(err, archive.ErrNotFound) {
		t.Errorf("a verdict that is none: %v", err)
	}
}
