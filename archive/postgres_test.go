package archive_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kawat/archive"
	"kawat/archive/postgrestest"
)

// Two processes that write the same stories at the same time take turns: every
// story is there once, and what a third one opened before sees all of it.
func TestWritersTakeTurns(t *testing.T) {
	ctx := context.Background()
	address := postgrestest.Address(t)
	writers := []*archive.Archive{openAt(t, address, archive.Options{}), openAt(t, address, archive.Options{})}
	reader, err := archive.Open(address, archive.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	var wg sync.WaitGroup
	for w, a := range writers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 40; i += 4 {
				var items []archive.Item
				for j := i; j < i+4; j++ {
					n := (j + 20*w) % 60 // half of them the other writes, too
					items = append(items, meeting(fmt.Sprint("s", n), fmt.Sprint("Paper ", n%7), fmt.Sprintf("2024-04-%02d", n%28+1), fmt.Sprintf("Ana Silva met Li Wen for the time %d in Lima.", n)))
				}
				put(t, a, items...)
			}
		}()
	}
	wg.Wait()
	v, err := reader.Verify(ctx, func(f archive.Fault) { t.Error(f) })
	if err != nil || v.Stories != 60 {
		t.Errorf("%+v, %v", v, err)
	}
	list, _, err := reader.Stories(ctx, archive.Filter{Publisher: []string{"Paper 3"}}, archive.Page{})
	if err != nil || len(list) != 9 || list[0].Publisher != "Paper 3" {
		t.Errorf("stories of a paper that came after the reader: %+v, %v", list, err)
	}
}

func TestACrashOfTheDatabaseLosesNothing(t *testing.T) {
	ctx := context.Background()
	server := postgrestest.New(t)
	a := openAt(t, server.Address(), archive.Options{})
	put(t, a, meeting("before", "TASS", "2024-04-09", "Ana Silva met Li Wen."))
	e, err := a.Prepare(meeting("lost", "TASS", "2024-04-09", "Ana Silva met Li Wen once more."))
	if err != nil {
		t.Fatal(err)
	}
	err = a.Update(ctx, func(b *archive.Batch) error {
		if _, _, err := b.Put(e); err != nil {
			return err
		}
		return server.Kill()
	})
	if err == nil {
		t.Fatal("a change was kept by a database that was dead")
	}
	if _, err := a.Size(ctx); err == nil {
		t.Error("a dead database answered")
	}
	if err := server.Run(); err != nil {
		t.Fatal(err)
	}
	if err := a.Check(ctx); err != nil { // the pool lets go of dead connections
		t.Error(err)
	}
	put(t, a, meeting("after", "TASS", "2024-04-09", "Ana Silva met Li Wen after the crash."))
	put(t, a, meeting("lost", "TASS", "2024-04-09", "Ana Silva met Li Wen once more."))
	if v, err := a.Verify(ctx, func(f archive.Fault) { t.Error(f) }); err != nil || v.Stories != 3 {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestDatabasesThatAreRefused(t *testing.T) {
	server := postgrestest.New(t)
	_, err := archive.Open(server.AddressOf("empty"), archive.Options{})
	wantError(t, err, "holds no archive")
	_, err = archive.Open(server.AddressOf("empty"), archive.Options{ReadOnly: true})
	wantError(t, err, "holds no archive")

	address := server.AddressOf("newer")
	a := openAt(t, address, archive.Options{})
	if err := archive.Harm(a, "UPDATE meta SET value = '999' WHERE key = 'schema'"); err != nil {
		t.Fatal(err)
	}
	for _, opt := range []archive.Options{{}, {Create: true}, {ReadOnly: true}} {
		if _, err := archive.Open(address, opt); !errors.Is(err, archive.ErrNewer) {
			t.Errorf("%+v: %v, want ErrNewer", opt, err)
		}
	}
	if err := archive.Harm(a, "CREATE SCHEMA other; CREATE TABLE other.meta(song text)"); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Open(server.AddressOf("other"), archive.Options{Create: true}); !errors.Is(err, archive.ErrNotArchive) {
		t.Errorf("tables of others: %v, want ErrNotArchive", err)
	}
	_, err = archive.Open(server.AddressOf("fresh")+"&default_transaction_read_only=on", archive.Options{Create: true})
	wantError(t, err, "read-only")
	_, err = archive.Open(strings.Replace(server.Address(), "/postgres?", "/none?", 1), archive.Options{})
	wantError(t, err, "there is no such database")
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	_, err = archive.Open(address, archive.Options{})
	wantError(t, err, "cannot be reached")
	if err := server.Run(); err != nil {
		t.Fatal(err)
	}
}

// A database of an older schema is brought up to date by who writes, and refused
// to who only reads.
func TestOldDatabasesOpen(t *testing.T) {
	ctx := context.Background()
	for version := 1; version <= archive.Schemas; version++ {
		address := postgrestest.Address(t)
		if err := archive.MakeOld(address, version); err != nil {
			t.Fatal(err)
		}
		if a, err := archive.Open(address, archive.Options{ReadOnly: true}); err == nil {
			a.Close()
			t.Errorf("schema %d is read as it is", version)
		}
		a := openAt(t, address, archive.Options{})
		put(t, a, meeting("a", "TASS", "2024-04-09", "Ana Silva met Li Wen."))
		if v, err := a.Verify(ctx, func(f archive.Fault) { t.Error(f) }); err != nil || v.Stories != 1 {
			t.Errorf("schema %d: %+v, %v", version, v, err)
		}
	}
}

// A second address answers, and the first is written.
func TestAReplicaAnswers(t *testing.T) {
	ctx := context.Background()
	first, second := postgrestest.Address(t), postgrestest.Address(t)
	put(t, openAt(t, second, archive.Options{}), meeting("b", "TASS", "2024-04-09", "Ana Silva met Li Wen."))
	a := openAt(t, first, archive.Options{Replica: second})
	put(t, a, meeting("a", "TASS", "2024-04-09", "Ana Silva met Li Wen."))
	// The second is no replica really, which shows who was asked.
	if list, _, err := a.Stories(ctx, archive.Filter{}, archive.Page{}); err != nil || len(list) != 1 || list[0].Name != "b" {
		t.Errorf("%+v, %v", list, err)
	}
	if list, _, err := openAt(t, first, archive.Options{}).Stories(ctx, archive.Filter{}, archive.Page{}); err != nil || len(list) != 1 || list[0].Name != "a" {
		t.Errorf("%+v, %v", list, err)
	}
	if _, err := archive.Open("wires.kawat", archive.Options{Create: true, Replica: second}); err == nil {
		t.Error("a file has no replica")
	}
}

// A real replica, which streams from the primary, answers what the primary
// answers when it has come so far; who writes is told to go to the primary.
func TestAStreamingReplica(t *testing.T) {
	ctx := context.Background()
	primary := postgrestest.New(t)
	first := primary.AddressOf("wires")
	writer := openAt(t, first, archive.Options{})
	put(t, writer, meeting("a", "TASS", "2024-04-09", "Ana Silva met Li Wen."))
	second := primary.Replica(t).AddressOf("wires")
	desk := openAt(t, first, archive.Options{Replica: second})
	alone, err := archive.Open(second, archive.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer alone.Close()
	// What is written later, in a new month, comes too.
	put(t, writer, meeting("b", "TASS", "2024-05-10", "Ana Silva met Li Wen once more."))
	want, _, err := writer.Stories(ctx, archive.Filter{}, archive.Page{})
	if err != nil || len(want) != 2 {
		t.Fatalf("%+v, %v", want, err)
	}
	for _, a := range []*archive.Archive{desk, alone} {
		var got []archive.Story
		for end := time.Now().Add(time.Minute); len(got) < len(want) && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			if got, _, err = a.Stories(ctx, archive.Filter{}, archive.Page{}); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the replica answers otherwise:\n%s", diff)
		}
	}
	astray := openAt(t, second, archive.Options{})
	e, err := astray.Prepare(meeting("c", "TASS", "2024-05-11", "Ana Silva met Li Wen a third time."))
	if err != nil {
		t.Fatal(err)
	}
	err = astray.Update(ctx, func(b *archive.Batch) error {
		_, _, err := b.Put(e)
		return err
	})
	wantError(t, err, "leads to a replica")
}

// Stories of three months and of none lie in four partitions, their facts in
// those of two years and of none, and a look at one story opens one.
func TestMonthsLieApart(t *testing.T) {
	address := postgrestest.Address(t)
	a := openAt(t, address, archive.Options{})
	for i, day := range []string{"2024-01-31", "2024-02-01", "2024-02-29", "2258-10-10", ""} {
		put(t, a, meeting(fmt.Sprint("s", i), "TASS", day, fmt.Sprintf("Ana Silva met Li Wen for the time %d.", i)))
	}
	parts, err := archive.Tables(a, "record_")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"record_2024_01", "record_2024_02", "record_2258_10", "record_undated"}; !slices.Equal(parts, want) {
		t.Errorf("partitions %q, want %q", parts, want)
	}
	parts, err = archive.Tables(a, "post_")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"post_2024", "post_2258", "post_undated"}; !slices.Equal(parts, want) {
		t.Errorf("partitions %q, want %q", parts, want)
	}
	ids, err := a.Named(context.Background(), "s2")
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	plan, err := archive.Plan(a, ids[0])
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(plan, "record_2024_02") || strings.Contains(plan, "record_2024_01") {
		t.Errorf("a look at one story opens more than its month:\n%s", plan)
	}
	if v, err := a.Verify(context.Background(), func(f archive.Fault) { t.Error(f) }); err != nil || v.Stories != 5 {
		t.Errorf("%+v, %v", v, err)
	}
}

// Searches made at random, with every sign that users may write, find the same
// stories in a file and in a database.
func TestSearchesFindTheSame(t *testing.T) {
	ctx := context.Background()
	file, database := open(t, archive.Options{}), openAt(t, postgrestest.Address(t), archive.Options{})
	words := strings.Fields(`Menlu menegaskan penolakan terhadap tekanan Li Wen met Ana Silva's Lima São Tomé' Dato' kementerian-kementerian
		U.S. $5.5 10,000 2024 naïve Ørsted Κύπρος 北京 ТАСС "ready" cooperation cooperate met talks talked bertemu pertemuan`)
	rng := rand.New(rand.NewPCG(1, 2))
	some := func(n int) string {
		var out []string
		for range n {
			out = append(out, words[rng.IntN(len(words))])
		}
		return strings.Join(out, " ")
	}
	for i := range 40 {
		it := meeting(fmt.Sprint("s", i), "TASS", fmt.Sprintf("2024-04-%02d", i%28+1), some(12))
		it.Record.Story.Lang = []string{"en", "id", "xx"}[i%3]
		put(t, file, it)
		put(t, database, it)
	}
	names := func(a *archive.Archive, search string) string {
		list, _, err := a.Stories(ctx, archive.Filter{Words: search}, archive.Page{Limit: 100})
		out := fmt.Sprint(err != nil)
		for _, s := range list {
			out += " " + s.Name
		}
		return out
	}
	signs := []string{"%s", "%s", "%s", `"%s"`, `"%s`, "-%s", "%s*", `"%s"*`, "%s OR", "(%s)", "%s' & !", "%s:A <->", "*%s", "OR %s", "\x00%s", "\u0301%s", "%s\u0301"}
	met := 0
	for range 600 {
		var parts []string
		for range rng.IntN(3) + 1 {
			parts = append(parts, fmt.Sprintf(signs[rng.IntN(len(signs))], some(rng.IntN(2)+1)))
		}
		search := strings.Join(parts, " ")
		want, got := names(file, search), names(database, search)
		if want != got {
			t.Errorf("%q: in a file %s, in a database %s", search, want, got)
		}
		if len(want) > len("false") {
			met++
		}
	}
	if met < 200 {
		t.Errorf("only %d searches found anything", met)
	}
}
