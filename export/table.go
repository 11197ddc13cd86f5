package export

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// table is one of the tables of CSV, Parquet and JSON Lines.
type table struct {
	name  string
	about string
	row   reflect.Type
	open  func(x *Exporter, out io.Writer, opt Options) (sink, error)
}

// sink takes reports and happenings and writes a table's rows of them.
type sink interface {
	report(*Report) error
	happening(*Happening) error
	close() error
}

// tables returns all tables in the order in which they are documented.
func tables() []table {
	return []table{
		tableOf("stories", "one row a story", func(_ *Exporter, rep *Report, put func(StoryRow) error) error { return put(storyRow(rep)) }, nil),
		tableOf("entities", "who and what each story speaks of", func(_ *Exporter, rep *Report, put func(EntityRow) error) error { return entityRows(rep, put) }, nil),
		tableOf("events", "what each story reports, coded", func(x *Exporter, rep *Report, put func(EventRow) error) error { return x.eventRows(rep, put) }, nil),
		tableOf("quotations", "who said what", func(_ *Exporter, rep *Report, put func(QuotationRow) error) error { return quotationRows(rep, put) }, nil),
		tableOf("pledges", "who promised what to whom", func(_ *Exporter, rep *Report, put func(PledgeRow) error) error { return pledgeRows(rep, put) }, nil),
		tableOf("encounters", "who met, called or visited whom", func(_ *Exporter, rep *Report, put func(EncounterRow) error) error { return encounterRows(rep, put) }, nil),
		tableOf("happenings", "what happened, each told in one or many stories", nil, happeningRow),
	}
}

// tableOf makes a table of rows that are read from reports or happenings.
func tableOf[R any](name, about string, rows func(*Exporter, *Report, func(R) error) error, row func(*Happening) R) table {
	return table{
		name: name, about: about, row: reflect.TypeFor[R](),
		open: func(x *Exporter, out io.Writer, opt Options) (sink, error) {
			w, err := newRowWriter[R](out, opt)
			return &rowSink[R]{x, w, rows, row}, err
		},
	}
}

type rowSink[R any] struct {
	x    *Exporter
	w    rowWriter[R]
	rows func(*Exporter, *Report, func(R) error) error
	row  func(*Happening) R
}

func (s *rowSink[R]) report(rep *Report) error {
	if s.rows == nil {
		return nil
	}
	return s.rows(s.x, rep, s.w.put)
}

func (s *rowSink[R]) happening(h *Happening) error {
	if s.row == nil {
		return nil
	}
	return s.w.put(s.row(h))
}

func (s *rowSink[R]) close() error { return s.w.close() }

// Tables returns the names of the tables.
func Tables() []string {
	var out []string
	for _, t := range tables() {
		out = append(out, t.name)
	}
	return out
}

func (x *Exporter) writeTable(ctx context.Context, out io.Writer, src Source, opt Options) error {
	if opt.Table == "" {
		if opt.Format == JSONL {
			return writeRecords(ctx, out, src)
		}
		opt.Table = "events"
	}
	for _, t := range tables() {
		if t.name != opt.Table {
			continue
		}
		s, err := t.open(x, out, opt)
		if err != nil {
			return err
		}
		return fill(ctx, src, []sink{s})
	}
	return fmt.Errorf("unknown table %q: there are %s", opt.Table, strings.Join(Tables(), ", "))
}

// fill reads a source once and gives everything to every table.
func fill(ctx context.Context, src Source, sinks []sink) error {
	happenings := src.Happenings(ctx)
	tell := func(h *Happening) error {
		for _, s := range sinks {
			if err := s.happening(h); err != nil {
				return err
			}
		}
		return nil
	}
	for rep, err := range src.Reports(ctx) {
		if err != nil {
			return err
		}
		for _, s := range sinks {
			if err := s.report(rep); err != nil {
				return err
			}
		}
		for i := 0; happenings == nil && i < len(rep.Events); i++ {
			if err := tell(alone(rep, &rep.Events[i])); err != nil {
				return err
			}
		}
	}
	if happenings != nil {
		for h, err := range happenings {
			if err != nil {
				return err
			}
			if err := tell(h); err != nil {
				return err
			}
		}
	}
	for _, s := range sinks {
		if err := s.close(); err != nil {
			return err
		}
	}
	return nil
}

// writeRecords writes whole records, one a line.
func writeRecords(ctx context.Context, out io.Writer, src Source) error {
	var line []byte
	for rep, err := range src.Reports(ctx) {
		if err != nil {
			return err
		}
		if line, err = rep.AppendJSON(line[:0]); err != nil {
			return err
		}
		if _, err := out.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return nil
}

// rowWriter writes rows of one kind.
type rowWriter[R any] interface {
	put(R) error
	close() error
}

func newRowWriter[R any](out io.Writer, opt Options) (rowWriter[R], error) {
	switch opt.Format {
	case Parquet:
		return newParquetRows[R](out), nil
	case JSONL:
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		return jsonRows[R]{enc, fields(reflect.TypeFor[R]())}, nil
	}
	return newCSVRows[R](out, opt.Spreadsheet)
}

type jsonRows[R any] struct {
	enc    *json.Encoder
	fields []reflect.StructField
}

func (w jsonRows[R]) put(row R) error {
	return w.enc.Encode(jsonRow(reflect.ValueOf(row), w.fields))
}

func (jsonRows[R]) close() error { return nil }

type csvRows[R any] struct {
	w           *csv.Writer
	fields      []reflect.StructField
	cells       []string
	spreadsheet bool
}

func newCSVRows[R any](out io.Writer, spreadsheet bool) (*csvRows[R], error) {
	var header []string
	for _, c := range columnsOf(reflect.TypeFor[R]()) {
		header = append(header, c.Name)
	}
	w := &csvRows[R]{csv.NewWriter(out), fields(reflect.TypeFor[R]()), make([]string, len(header)), spreadsheet}
	return w, w.w.Write(header)
}

func (w *csvRows[R]) put(row R) error {
	v := reflect.ValueOf(row)
	for i, f := range w.fields {
		w.cells[i] = cell(v.FieldByIndex(f.Index), isDay(f), w.spreadsheet)
	}
	return w.w.Write(w.cells)
}

func (w *csvRows[R]) close() error {
	w.w.Flush()
	return w.w.Error()
}

// parquetGroup is how many rows are held before they are written out.
const parquetGroup = 10_000

type parquetRows[R any] struct {
	w   *parquet.GenericWriter[R]
	one []R
}

// newParquetRows writes plain values in pages of the first version, which are
// what every reader knows.
func newParquetRows[R any](out io.Writer) *parquetRows[R] {
	return &parquetRows[R]{parquet.NewGenericWriter[R](
		out, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(parquetGroup), parquet.CreatedBy("kawat", "", ""),
		parquet.DataPageVersion(1), parquet.DefaultEncoding(&parquet.Plain),
	), make([]R, 1)}
}

func (w *parquetRows[R]) put(row R) error {
	w.one[0] = row
	_, err := w.w.Write(w.one)
	return err
}

func (w *parquetRows[R]) close() error { return w.w.Close() }

// Column is a column of a table, for the dictionary.
type Column struct{ Name, Type, About string }

// columnsOf lists the columns of a row's type.
func columnsOf(t reflect.Type) []Column {
	var out []Column
	for _, f := range fields(t) {
		out = append(out, Column{f.Tag.Get("json"), typeName(f), f.Tag.Get("doc")})
	}
	return out
}

// fields returns the fields of a row's type, and those of what it embeds.
func fields(t reflect.Type) []reflect.StructField {
	return slices.DeleteFunc(reflect.VisibleFields(t), func(f reflect.StructField) bool { return f.Anonymous })
}

// isDay reports whether a column holds days.
func isDay(f reflect.StructField) bool {
	return strings.HasSuffix(f.Tag.Get("parquet"), ",date")
}

func typeName(f reflect.StructField) string {
	if isDay(f) {
		return "date"
	}
	t := f.Type
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Int32:
		return "integer"
	case reflect.Float64:
		return "number"
	case reflect.Bool:
		return "boolean"
	}
	return "text"
}

// cell is a value as text: days as ISO 8601, what is missing as nothing.
func cell(v reflect.Value, isDay, spreadsheet bool) string {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Int32:
		if isDay {
			return dayString(int32(v.Int()))
		}
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		return decimal(v.Float())
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	}
	s := v.String()
	if spreadsheet && s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0 {
		return "'" + s
	}
	return s
}

// jsonRow is a row as an object whose days are ISO 8601.
func jsonRow(v reflect.Value, fields []reflect.StructField) orderedRow {
	row := make(orderedRow, 0, len(fields))
	for _, f := range fields {
		value := v.FieldByIndex(f.Index).Interface()
		if isDay(f) {
			value = nil
			if s := cell(v.FieldByIndex(f.Index), true, false); s != "" {
				value = s
			}
		}
		row = append(row, field{f.Tag.Get("json"), value})
	}
	return row
}

type field struct {
	name  string
	value any
}

// orderedRow is an object whose fields keep the order of the columns.
type orderedRow []field

// MarshalJSON writes the fields in order.
func (r orderedRow) MarshalJSON() ([]byte, error) {
	var sb strings.Builder
	sb.WriteByte('{')
	for i, f := range r {
		if i > 0 {
			sb.WriteByte(',')
		}
		value, err := json.Marshal(f.value)
		if err != nil {
			return nil, err
		}
		sb.WriteString(strconv.Quote(f.name) + ":")
		sb.Write(value)
	}
	sb.WriteByte('}')
	return []byte(sb.String()), nil
}
