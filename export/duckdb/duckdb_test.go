// Package duckdb holds Parquet tables to what another program reads from them.
// DuckDB is C++, so that this is a module of its own: Kawat needs no compiler but
// Go's.
package duckdb

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2" // the other program

	"kawat"
	"kawat/export"
	"kawat/plover"
	"kawat/record"
	"kawat/story"
	"kawat/world"
)

// texts are stories of our own that fill every table.
var texts = []string{
	"LIMA, Feb 3 - Peruvian Foreign Minister Ana Silva met her Chilean counterpart Pedro Rojas in Lima on Saturday. \"We will send grain to Chile by 1 March,\" Silva said. The two signed a fisheries agreement.",
	"OSLO, Feb 5 - Norway condemned the arrest of its consul, \"a breach; of law\", Foreign Minister Berit Dahl said on Monday. She will visit Nairobi next week.",
	"Jakarta (5/2) - Menteri Luar Negeri Peru Ana Silva bertemu Menteri Luar Negeri Cile Pedro Rojas di Lima, Sabtu (3/2). Cile menolak tuntutan itu, kata Rojas.",
}

func reports(t *testing.T) export.Source {
	t.Helper()
	r, err := kawat.New(kawat.Options{Published: "2024-02-05"})
	if err != nil {
		t.Fatal(err)
	}
	var list []*record.Record
	for i, text := range texts {
		st := &story.Story{ID: fmt.Sprint("s", i), Text: text, Publisher: "Warta\tUji", URL: "https://warta.example/" + strconv.Itoa(i)}
		if err := r.Read(st); err != nil {
			t.Fatal(err)
		}
		list = append(list, r.Record(st))
	}
	return export.Stream(iter.Seq2[*record.Record, error](func(yield func(*record.Record, error) bool) {
		for _, r := range list {
			if !yield(r, nil) {
				return
			}
		}
	}))
}

// TestDuckDBReadsEveryTable: every table comes back, cell by cell, as its CSV
// has it.
func TestDuckDBReadsEveryTable(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	w, err := world.New()
	if err != nil {
		t.Fatal(err)
	}
	book, err := plover.New()
	if err != nil {
		t.Fatal(err)
	}
	x := export.New(w, book)
	for folder, f := range map[string]export.Format{"csv": export.CSV, "parquet": export.Parquet} {
		if err := x.Folder(ctx, filepath.Join(dir, folder), reports(t), export.Options{Format: f}, "test"); err != nil {
			t.Fatal(err)
		}
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, table := range []string{"stories", "entities", "events", "quotations", "pledges", "encounters", "happenings"} {
		want := cells(t, filepath.Join(dir, "csv", table+".csv"))
		got := read(t, db, filepath.Join(dir, "parquet", table+".parquet"))
		if len(got) != len(want) || len(want) < 2 {
			t.Errorf("%s: %d rows, in CSV %d", table, len(got)-1, len(want)-1)
			continue
		}
		for i := range want {
			for j := range want[i] {
				if !same(got[i][j], want[i][j]) {
					t.Errorf("%s: row %d: %s is %q, in CSV %q", table, i, want[0][j], got[i][j], want[i][j])
				}
			}
		}
	}
	var dyads int
	if err := db.QueryRow(fmt.Sprintf("SELECT count(*) FROM read_parquet('%s') WHERE list_contains(string_split(actor_countries, ';'), 'PER') AND day = DATE '2024-02-03'",
		filepath.Join(dir, "parquet", "events.parquet"))).Scan(&dyads); err != nil || dyads == 0 {
		t.Errorf("%d events of Peru on 3 February, %v", dyads, err)
	}
}

// cells reads a file of CSV, with its head.
func cells(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// read lets DuckDB read a table, with the names of its columns.
func read(t *testing.T, db *sql.DB, path string) [][]string {
	t.Helper()
	rows, err := db.Query(fmt.Sprintf("SELECT COLUMNS(*)::VARCHAR FROM read_parquet('%s')", path))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	out := [][]string{names}
	for rows.Next() {
		row, dest := make([]sql.NullString, len(names)), make([]any, len(names))
		for i := range row {
			dest[i] = &row[i]
		}
		if err := rows.Scan(dest...); err != nil {
			t.Fatal(err)
		}
		line := make([]string, len(row))
		for i, c := range row {
			line[i] = c.String
		}
		out = append(out, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// same reports whether two cells hold the same text or number.
func same(got, want string) bool {
	x, errX := strconv.ParseFloat(got, 64)
	y, errY := strconv.ParseFloat(want, 64)
	return got == want || errX == nil && errY == nil && x == y
}
