package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kawat/archive/sample"
)

// TestKilledIngestGoesOn kills the real program in the middle of an ingest, at
// random moments, until it gets through, and compares the archive with one that
// was made undisturbed. KAWAT_KILLS and KAWAT_STORIES make it longer.
func TestKilledIngestGoesOn(t *testing.T) {
	if testing.Short() {
		t.Skip("left out by -short: builds the program and runs it many times")
	}
	kills, n := number("KAWAT_KILLS", 3), number("KAWAT_STORIES", 90)
	dir := t.TempDir()
	bin := filepath.Join(dir, "kawat")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	input := filepath.Join(dir, "copy.jsonl")
	writeSample(t, input, n)
	whole, killed := filepath.Join(dir, "whole.kawat"), filepath.Join(dir, "killed.kawat")
	begun := time.Now()
	runToEnd(t, bin, whole, input)
	took := time.Since(begun)

	rng := rand.New(rand.NewPCG(uint64(kills), uint64(n)))
	for i := range kills {
		c := exec.Command(bin, "ingest", "--archive", killed, "--batch", "20", input)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rng.Int64N(int64(took)/int64(kills)*2 + 1)))
		_ = c.Process.Kill() // it may be through already
		_ = c.Wait()
		if _, err := os.Stat(killed); err != nil {
			continue // killed before the file was there
		}
		if out, err := exec.Command(bin, "archive", "verify", "--archive", killed).CombinedOutput(); err != nil && !strings.Contains(string(out), "schema 0") {
			t.Fatalf("after kill %d: %v\n%s", i+1, err, out)
		}
	}
	runToEnd(t, bin, killed, input)
	for _, table := range []string{"story", "copy", "record", "failure", "code", "term", "post", "fact", "tally", "person", "name_word", "shingle", "reprint", "happening", "member", "happening_post"} {
		want, got := dump(t, whole, table), dump(t, killed, table)
		if len(want) == 0 && table != "failure" {
			t.Errorf("%s is empty", table)
		}
		if !slices.Equal(want, got) {
			t.Errorf("%s: %d rows, want %d, and not the same", table, len(got), len(want))
		}
	}
	search := func(path string) []byte {
		out, err := exec.Command(bin, "search", "--archive", path, "--limit", "0", "--format", "csv", "menolak OR said").Output()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if !bytes.Equal(search(whole), search(killed)) {
		t.Error("the two archives answer a search differently")
	}
}

func number(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

func writeSample(t *testing.T, path string, n int) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	enc := json.NewEncoder(f)
	for st := range sample.Stories(5, n) {
		if err := enc.Encode(st); err != nil {
			t.Fatal(err)
		}
	}
	// A bad item stays a failure however often the run is begun.
	if _, err := fmt.Fprintln(f, `{"id":"bad"}`); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// runToEnd ingests all; the bad item makes it end with 1.
func runToEnd(t *testing.T, bin, path, input string) {
	t.Helper()
	out, err := exec.Command(bin, "ingest", "--archive", path, "--batch", "20", input).CombinedOutput()
	if exit := new(exec.ExitError); err == nil || !asExit(err, &exit) || exit.ExitCode() != 1 {
		t.Fatalf("ingest: %v\n%s", err, out)
	}
}

func asExit(err error, to **exec.ExitError) bool {
	e, ok := err.(*exec.ExitError)
	*to = e
	return ok
}

// dump returns the rows of a table in order. How often a failure was tried
// depends on how often the run was begun.
func dump(t *testing.T, path, table string) []string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	columns := "*"
	if table == "failure" {
		columns = "input, position, reason"
	}
	rows, err := db.Query("SELECT " + columns + " FROM " + table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for rows.Next() {
		cells, into := make([]any, len(names)), make([]any, len(names))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%q", cells))
	}
	slices.Sort(out)
	return out
}
