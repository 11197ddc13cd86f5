package export

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// table is one of the tables of CSV, Parquet and JSON Lines.
type table struct {
	name  string
	about string
	row   reflect.Type
	write func(x *Exporter, ctx context.Context, out io.Writer, src Source, opt Options) error
}

// tables returns all tables in the order in which they are documented.
func tables() []table {
	return []table{
		tableOf("stories", "one row a story", func(_ *Exporter, rep *Report, put func(StoryRow) error) error { return put(storyRow(rep)) }),
		tableOf("entities", "who and what each story speaks of", func(_ *Exporter, rep *Report, put func(EntityRow) error) error { return entityRows(rep, put) }),
		tableOf("events", "what each story reports, coded", func(x *Exporter, rep *Report, put func(EventRow) error) error { return x.eventRows(rep, put) }),
		tableOf("quotations", "who said what", func(_ *Exporter, rep *Report, put func(QuotationRow) error) error { return quotationRows(rep, put) }),
		tableOf("pledges", "who promised what to whom", func(_ *Exporter, rep *Report, put func(PledgeRow) error) error { return pledgeRows(rep, put) }),
		tableOf("encounters", "who met, called or visited whom", func(_ *Exporter, rep *Report, put func(EncounterRow) error) error { return encounterRows(rep, put) }),
		{
			name: "happenings", about: "what happened, each told in one or many stories", row: reflect.TypeFor[HappeningRow](),
			write: func(_ *Exporter, ctx context.Context, out io.Writer, src Source, opt Options) error {
				return writeRows(out, opt, func(put func(HappeningRow) error) error {
					for h, err := range src.Happenings(ctx) {
						if err != nil {
							return err
						}
						if err := put(happeningRow(h)); err != nil {
							return err
						}
					}
					return nil
				})
			},
		},
	}
}

// tableOf makes a table of rows that are read from reports.
func tableOf[R any](name, about string, rows func(*Exporter, *Report, func(R) error) error) table {
	return table{
		name: name, about: about, row: reflect.TypeFor[R](),
		write: func(x *Exporter, ctx context.Context, out io.Writer, src Source, opt Options) error {
			return writeRows(out, opt, func(put func(R) error) error {
				for rep, err := range src.Reports(ctx) {
					if err != nil {
						return err
					}
					if err := rows(x, rep, put); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

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
		if t.name == opt.Table {
			return t.write(x, ctx, out, src, opt)
		}
	}
	return fmt.Errorf("unknown table %q: there are %s", opt.Table, strings.Join(Tables(), ", "))
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

// writeRows writes rows of one kind in the wanted format.
func writeRows[R any](out io.Writer, opt Options, each func(put func(R) error) error) error {
	switch opt.Format {
	case Parquet:
		return writeParquet(out, each)
	case JSONL:
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		return each(func(row R) error { return enc.Encode(jsonRow(reflect.ValueOf(row))) })
	}
	w := csv.NewWriter(out)
	var header []string
	for _, c := range columnsOf(reflect.TypeFor[R]()) {
		header = append(header, c.Name)
	}
	if err := w.Write(header); err != nil {
		return err
	}
	cells := make([]string, len(header))
	err := each(func(row R) error {
		v := reflect.ValueOf(row)
		for i := range cells {
			cells[i] = cell(v.Field(i), isDay(v.Type().Field(i)), opt.Spreadsheet)
		}
		return w.Write(cells)
	})
	if err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

// parquetGroup is how many rows are held before they are written out.
const parquetGroup = 20_000

func writeParquet[R any](out io.Writer, each func(put func(R) error) error) error {
	// Plain values in pages of the first version are what every reader knows.
	w := parquet.NewGenericWriter[R](
		out, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(parquetGroup), parquet.CreatedBy("kawat", "", ""),
		parquet.DataPageVersion(1), parquet.DefaultEncoding(&parquet.Plain),
	)
	one := make([]R, 1)
	err := each(func(row R) error {
		one[0] = row
		_, err := w.Write(one)
		return err
	})
	if err != nil {
		return err
	}
	return w.Close()
}

// Column is a column of a table, for the dictionary.
type Column struct{ Name, Type, About string }

// columnsOf lists the columns of a row's type.
func columnsOf(t reflect.Type) []Column {
	var out []Column
	for f := range fields(t) {
		out = append(out, Column{f.Tag.Get("json"), typeName(f), f.Tag.Get("doc")})
	}
	return out
}

func fields(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if !yield(t.Field(i)) {
				return
			}
		}
	}
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
func jsonRow(v reflect.Value) orderedRow {
	row := make(orderedRow, 0, v.NumField())
	for i := range v.NumField() {
		f := v.Type().Field(i)
		value := v.Field(i).Interface()
		if isDay(f) {
			value = nil
			if s := cell(v.Field(i), true, false); s != "" {
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
