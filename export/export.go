// Package export writes records in the forms that other people's programs
// read: GDELT 2.0 events, mentions and a knowledge graph, POLECAT, Phoenix,
// tables as CSV, Parquet and JSON Lines, networks as GraphML and GEXF.
//
// What comes in is a [Source] of records, with what an archive knows of the
// happenings behind their events; what goes out is one file, or a folder with
// all tables, a dictionary of their columns and a CITATION.cff. Nothing is
// found or judged here: a column that Kawat cannot fill stays empty. Only here
// are the lists of a many-sided event expanded into pairs. Memory does not grow
// with the number of records, but for a network, whose nodes are states. For
// example
//
//	ex, err := export.New(world, book)
//	err = ex.Write(ctx, os.Stdout, export.Stream(records), export.Options{Format: export.GDELT})
package export

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"

	"kawat/plover"
	"kawat/record"
	"kawat/world"
)

// Format is a form of output.
type Format string

// The formats.
const (
	CSV           Format = "csv"
	JSONL         Format = "jsonl"
	Parquet       Format = "parquet"
	GDELT         Format = "gdelt"
	GDELTMentions Format = "gdelt-mentions"
	GKG           Format = "gkg"
	POLECAT       Format = "polecat"
	Phoenix       Format = "phoenix"
	GraphML       Format = "graphml"
	GEXF          Format = "gexf"
)

// Formats returns all formats in the order in which they are documented.
func Formats() []Format {
	return []Format{CSV, JSONL, Parquet, GDELT, GDELTMentions, GKG, POLECAT, Phoenix, GraphML, GEXF}
}

// HasTables reports whether a format holds one of several tables.
func (f Format) HasTables() bool { return f == CSV || f == JSONL || f == Parquet }

// Source is where records come from. An export reads each of its sequences at
// most once.
type Source interface {
	// Reports yields the records in a stable order.
	Reports(ctx context.Context) iter.Seq2[*Report, error]
	// Happenings yields what happened, each with its reports; nil where every
	// event stands for itself.
	Happenings(ctx context.Context) iter.Seq2[*Happening, error]
}

// Report is a record with the happenings behind its events.
type Report struct {
	*record.Record
	// Links holds what is known of each event, by its id. An event without a
	// link stands for itself.
	Links map[string]Link
}

// Link ties an event to its happening.
type Link struct {
	Happening string // id, the same in every export
	First     bool   // this event is the first report, which stands for all
	Status    string // of the happening now; "" for the event's own
	Date      string // of the happening, as precise as any report knows it; "" for the event's own
	Events    int    // events of all reports
	Sources   int    // publishers
	Stories   int    // stories
}

// Happening is one thing that happened, told in one or many stories.
type Happening struct {
	ID                 string        `json:"id"`
	Type               string        `json:"type"`
	CAMEO              string        `json:"cameo,omitempty"`
	Actors             []string      `json:"actors"`
	Recipients         []string      `json:"recipients"`
	ActorCountries     []string      `json:"actor_countries"`
	RecipientCountries []string      `json:"recipient_countries"`
	Date               string        `json:"date,omitempty"`
	Place              *record.Place `json:"place,omitempty"`
	Status             string        `json:"status"`
	Stories            []string      `json:"stories"`
	Sources            int           `json:"-"`
	Events             []EventRef    `json:"events"`
}

// EventRef names an event of a story.
type EventRef struct {
	Story string `json:"story"`
	Event string `json:"event"`
}

// Options says what to write.
type Options struct {
	Format Format
	Table  string // of CSV, JSONL and Parquet; "" for events, or whole records in JSONL
	// Statuses are those of events that go into event data, which has no column
	// for them; nil for occurred and ongoing.
	Statuses []string
	// StatedDates leaves the date of an event in event data empty where nothing
	// states it. Without it such an event has the day of its news, as in GDELT.
	StatedDates bool
	// Spreadsheet makes CSV safe to open in a spreadsheet: text that it would
	// take for a formula is marked with an apostrophe.
	Spreadsheet bool
}

// Exporter writes. It is read-only and safe for many goroutines.
type Exporter struct {
	world *world.World
	book  *plover.Book
	codes *codes
}

// New makes an Exporter.
func New(w *world.World, book *plover.Book) *Exporter {
	return &Exporter{w, book, newCodes(w)}
}

// Write writes one table or file.
func (x *Exporter) Write(ctx context.Context, out io.Writer, src Source, opt Options) error {
	if opt.Statuses == nil {
		opt.Statuses = []string{"occurred", "ongoing"}
	}
	switch opt.Format {
	case CSV, Parquet, JSONL:
		return x.writeTable(ctx, out, src, opt)
	case GDELT:
		return x.writeEvents(ctx, out, src, opt, gdeltColumns, false, x.gdeltRow)
	case GDELTMentions:
		return x.writeMentions(ctx, out, src, opt)
	case GKG:
		return x.writeGKG(ctx, out, src)
	case POLECAT:
		return x.writeEvents(ctx, out, src, opt, polecatColumns, true, x.polecatRow)
	case Phoenix:
		return x.writeEvents(ctx, out, src, opt, phoenixColumns, false, x.phoenixRow)
	case GraphML, GEXF:
		return x.writeNetwork(ctx, out, src, opt)
	}
	return fmt.Errorf("unknown format %q: %v", opt.Format, Formats())
}

// Stream makes a Source of records that come from no archive: every event
// stands for itself. It can be read again if records can.
func Stream(records iter.Seq2[*record.Record, error]) Source { return stream{records} }

type stream struct {
	records iter.Seq2[*record.Record, error]
}

func (s stream) Reports(ctx context.Context) iter.Seq2[*Report, error] {
	return func(yield func(*Report, error) bool) {
		for r, err := range s.records {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(&Report{Record: r}, nil) {
				return
			}
		}
	}
}

func (s stream) Happenings(context.Context) iter.Seq2[*Happening, error] { return nil }

// alone is an event as a happening of its own.
func alone(rep *Report, ev *record.Event) *Happening {
	refs := func(ids []string) []string {
		out := make([]string, 0, len(ids))
		for _, id := range ids {
			if e := entity(rep.Record, id); e != nil {
				out = append(out, e.Ref)
			}
		}
		return out
	}
	return &Happening{
		ID: ownID(rep.Record, ev), Type: ev.Type, CAMEO: ev.CAMEO, Actors: refs(ev.Actors), Recipients: refs(ev.Recipients),
		ActorCountries: ev.ActorCountries, RecipientCountries: ev.RecipientCountries, Date: ev.Date, Place: ev.Place, Status: ev.Status,
		Stories: []string{rep.Story.ID}, Sources: 1, Events: []EventRef{{rep.Story.ID, ev.ID}},
	}
}

// link returns what is known of an event.
func (rep *Report) link(ev *record.Event) Link {
	if l, ok := rep.Links[ev.ID]; ok {
		if l.Status == "" {
			l.Status = ev.Status
		}
		if l.Date == "" {
			l.Date = ev.Date
		}
		return l
	}
	return Link{Happening: ownID(rep.Record, ev), First: true, Status: ev.Status, Date: ev.Date, Events: 1, Sources: 1, Stories: 1}
}

// ownID names an event that stands for itself.
func ownID(r *record.Record, ev *record.Event) string {
	return "h:" + strconv.FormatInt(number(r.Story.Publisher, r.Story.ID, r.Story.SHA256, ev.ID), 16)
}

// entity returns an entity of a record by its id, nil if there is none.
func entity(r *record.Record, id string) *record.Entity {
	i := slices.IndexFunc(r.Entities, func(e record.Entity) bool { return e.ID == id })
	if i < 0 {
		return nil
	}
	return &r.Entities[i]
}
