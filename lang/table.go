package lang

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Table is a tab-separated table of a pack: a header line that names the
// columns, then one row a line. Empty lines and lines that begin with '#' are
// comments. A stage reads the tables it owns and compiles them once.
type Table struct {
	Name string // such as "cues.tsv"
	Cols []string
	Rows []Row
	cols map[string]int
}

// Row is one row of a table. It remembers where it came from, so that whoever
// compiles it can name file and line in an error.
type Row struct {
	File  string
	Line  int
	cells []string
	table *Table
}

// Get returns a cell without surrounding space; "" where the row is short or
// the table has no such column.
func (r Row) Get(col string) string {
	i, ok := r.table.cols[col]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

// List returns a cell split at "|" into its non-empty, trimmed items.
func (r Row) List(col string) []string {
	s := r.Get(col)
	if s == "" {
		return nil
	}
	var out []string
	for _, item := range strings.Split(s, "|") {
		if item = strings.TrimSpace(item); item != "" {
			out = append(out, item)
		}
	}
	return out
}

// Errorf makes an error that names the row's file and line.
func (r Row) Errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", r.File, r.Line, fmt.Sprintf(format, args...))
}

// Has reports whether the table has a column.
func (t *Table) Has(col string) bool {
	_, ok := t.cols[col]
	return ok
}

// maxTableBytes bounds a table, so that a folder given on the command line
// cannot exhaust memory.
const maxTableBytes = 16 << 20

// parse appends the rows of one file to t. The first file sets the
// columns; a later one (a pack that extends another) may order them otherwise
// but must not bring new ones.
func (t *Table) parse(file string, data []byte) error {
	if len(data) > maxTableBytes {
		return fmt.Errorf("%s: table is larger than %d bytes", file, maxTableBytes)
	}
	if !utf8.Valid(data) {
		return fmt.Errorf("%s: table is not UTF-8", file)
	}
	var order []int   // column of the file -> column of the table
	var slab []string // cells of rows to come; tables are read at every cold start
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		if order == nil {
			cells := strings.Split(line, "\t")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			var err error
			if order, err = t.header(file, n, cells); err != nil {
				return err
			}
			t.Rows = slices.Grow(t.Rows, bytes.Count(data, []byte{'\n'}))
			continue
		}
		if cells := 1 + strings.Count(line, "\t"); cells > len(order) {
			return fmt.Errorf("%s:%d: %d cells under %d columns", file, n, cells, len(order))
		}
		if len(slab) < len(t.Cols) {
			slab = make([]string, 64*len(t.Cols))
		}
		row := Row{File: file, Line: n, cells: slab[:len(t.Cols):len(t.Cols)], table: t}
		slab = slab[len(t.Cols):]
		for i, more := 0, true; more; i++ {
			var cell string
			cell, line, more = strings.Cut(line, "\t")
			row.cells[order[i]] = strings.TrimSpace(cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return nil
}

func (t *Table) header(file string, line int, cells []string) ([]int, error) {
	if t.cols == nil {
		t.cols = make(map[string]int, len(cells))
		for i, c := range cells {
			if c == "" {
				return nil, fmt.Errorf("%s:%d: column %d has no name", file, line, i+1)
			}
			if _, dup := t.cols[c]; dup {
				return nil, fmt.Errorf("%s:%d: column %q stands twice", file, line, c)
			}
			t.cols[c] = i
		}
		t.Cols = cells
	}
	order := make([]int, len(cells))
	for i, c := range cells {
		at, ok := t.cols[c]
		if !ok {
			return nil, fmt.Errorf("%s:%d: unknown column %q; the table has %s", file, line, c, strings.Join(t.Cols, ", "))
		}
		order[i] = at
	}
	return order, nil
}
