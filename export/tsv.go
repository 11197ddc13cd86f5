package export

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"kawat/record"
)

// tsv writes tab-separated rows. The data sets in this form know no quoting,
// so a tab or a line break in a value becomes a space.
type tsv struct {
	out *bufio.Writer
}

var flat = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ", "\x00", "")

func (t tsv) row(cells []string) error {
	for i, c := range cells {
		if i > 0 {
			t.out.WriteByte('\t')
		}
		if strings.ContainsAny(c, "\t\n\r\x00") {
			c = flat.Replace(c)
		}
		t.out.WriteString(c)
	}
	return t.out.WriteByte('\n') // a bufio.Writer keeps the first error
}

// dyadRow is one row of event data.
type dyadRow struct {
	rep   *Report
	ev    *record.Event
	link  Link
	sides [2]side
	date  string // ISO 8601, as precise as known
	cells map[string]string
}

func (d *dyadRow) set(column, value string) { d.cells[column] = value }

// writeEvents writes one row for every pair of every happening, taken from its
// first report.
func (x *Exporter) writeEvents(ctx context.Context, out io.Writer, src Source, opt Options, columns []string, header bool, fill func(*dyadRow)) error {
	t := tsv{bufio.NewWriter(out)}
	if header {
		if err := t.row(columns); err != nil {
			return err
		}
	}
	cells := make([]string, len(columns))
	err := eachDyad(ctx, src, opt, func(d *dyadRow) error {
		if !d.link.First {
			return nil
		}
		fill(d)
		for i, c := range columns {
			cells[i] = d.cells[c]
		}
		return t.row(cells)
	})
	if err != nil {
		return err
	}
	return t.out.Flush()
}

// eachDyad goes through the pairs of all events of the wanted statuses.
func eachDyad(ctx context.Context, src Source, opt Options, do func(*dyadRow) error) error {
	cells := map[string]string{}
	for rep, err := range src.Reports(ctx) {
		if err != nil {
			return err
		}
		for i := range rep.Events {
			ev := &rep.Events[i]
			link := rep.link(ev)
			if !slices.Contains(opt.Statuses, link.Status) {
				continue
			}
			date := link.Date
			if date == "" && !opt.StatedDates {
				date = newsDay(rep.Record)
			}
			for _, pair := range dyads(rep.Record, ev) {
				clear(cells)
				if err := do(&dyadRow{rep, ev, link, pair, date, cells}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// newsDay is the day of a story's news: that of its dateline, else that of its
// publication.
func newsDay(r *record.Record) string {
	if d := r.Story.Dateline; d != nil && len(d.Date) == len(time.DateOnly) {
		return d.Date
	}
	if p := r.Story.Published; len(p) >= len(time.DateOnly) {
		return p[:len(time.DateOnly)]
	}
	return ""
}

// number is a stable whole number of a text, below 2^53 so that programs that
// keep numbers as doubles keep it exactly.
func number(parts ...string) int64 {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return int64(binary.BigEndian.Uint64(sum[:8]) >> 11)
}

// pairID is the id of a row.
func (d *dyadRow) pairID() string {
	return strconv.FormatInt(number(d.link.Happening, d.sides[0].ref(), d.sides[1].ref()), 10)
}

// day is a date that is known to the day.
func day(date string) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, date)
	return t, err == nil
}

// published is when a story was put out, in UTC; ok is false where it did not
// say to the day.
func published(r *record.Record) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, r.Story.Published); err == nil {
		return t.UTC(), true
	}
	return day(r.Story.Published)
}

// stamp is a time as GDELT writes it, "" where it is unknown.
func stamp(r *record.Record) string {
	t, ok := published(r)
	if !ok {
		return ""
	}
	return t.Format("20060102150405")
}

// address is what names a story to others: its address, else its id.
func address(r *record.Record) string {
	if r.Story.URL != "" {
		return r.Story.URL
	}
	return r.Story.ID
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func coordinates(lat, lon *float64) (string, string) {
	if lat == nil || lon == nil {
		return "", ""
	}
	return decimal(*lat), decimal(*lon)
}

func count(n int) string { return fmt.Sprint(n) }
