package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode"
	"unicode/utf8"
)

// cell is a named value of a row.
type cell struct {
	name  string
	value any
	wide  bool // left out of tables on a terminal
}

// row is one row of an answer.
type row []cell

// rows writes an answer as a table, CSV or JSON Lines. Rows of one answer have
// the same columns.
type rows struct {
	e      *env
	format string
	csv    *csv.Writer
	table  *tabwriter.Writer
	begun  bool
	room   int
}

func newRows(e *env, format string) (*rows, error) {
	if format == "" {
		format = "jsonl"
		if isTerminal(e.out) {
			format = "table"
		}
	}
	r := &rows{e: e, format: format, room: max(60, width(e.out))}
	switch format {
	case "csv":
		r.csv = csv.NewWriter(e.out)
	case "table":
		r.table = tabwriter.NewWriter(e.out, 0, 0, 2, ' ', 0)
	case "jsonl":
	default:
		return nil, fmt.Errorf("unknown format %q: table, csv or jsonl", format)
	}
	return r, nil
}

func (r *rows) add(cells row) error {
	switch r.format {
	case "csv":
		return r.addCSV(cells)
	case "table":
		return r.addTable(cells)
	}
	line, err := cells.MarshalJSON()
	if err != nil {
		return err
	}
	_, err = r.e.out.Write(append(line, '\n'))
	return err
}

func (r *rows) addCSV(cells row) error {
	if !r.begun {
		r.begun = true
		names := make([]string, len(cells))
		for i, c := range cells {
			names[i] = c.name
		}
		if err := r.csv.Write(names); err != nil {
			return err
		}
	}
	values := make([]string, len(cells))
	for i, c := range cells {
		values[i] = plain(c.value, "; ")
	}
	return r.csv.Write(values)
}

// cellWidth is how much of a value a table on a terminal shows.
const cellWidth = 44

func (r *rows) addTable(cells row) error {
	var head, line []string
	for _, c := range cells {
		if c.wide {
			continue
		}
		head = append(head, strings.ToUpper(strings.ReplaceAll(c.name, "_", " ")))
		line = append(line, short(plain(c.value, ", "), cellWidth))
	}
	if !r.begun {
		r.begun = true
		if _, err := fmt.Fprintln(r.table, strings.Join(head, "\t")); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(r.table, strings.Join(line, "\t"))
	return err
}

func (r *rows) flush() error {
	switch {
	case r.csv != nil:
		r.csv.Flush()
		return r.csv.Error()
	case r.table != nil:
		return r.table.Flush()
	}
	return nil
}

// MarshalJSON writes the cells in their order; unknown values are left out.
func (c row) MarshalJSON() ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	buf.WriteByte('{')
	first := true
	for _, x := range c {
		if x.value == "" || x.value == nil {
			continue
		}
		if !first {
			buf.WriteByte(',')
		}
		first = false
		buf.WriteString(strconv.Quote(x.name) + ":")
		if err := enc.Encode(x.value); err != nil {
			return nil, err
		}
		buf.Truncate(buf.Len() - 1)
	}
	buf.WriteByte('}')
	return buf.Bytes(), nil
}

// plain writes a value for CSV and tables.
func plain(v any, sep string) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case []string:
		return strings.Join(v, sep)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case int, bool:
		return fmt.Sprint(v)
	}
	line, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(line)
}

// short makes a value fit a column, on one line, without signs that a terminal
// would obey.
func short(s string, n int) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	}), " ")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
