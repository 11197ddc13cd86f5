package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kawat"
	"kawat/archive"
	"kawat/export"
	"kawat/plover"
	"kawat/record"
	"kawat/world"
)

// exportFlags are the flags of `kawat export`.
type exportFlags struct {
	archive, format, table, out, status string
	spreadsheet, statedDates            bool
}

func exportCommand(e *env) *cobra.Command {
	f := &exportFlags{}
	c := &cobra.Command{
		Use:   "export --format FORMAT [--archive FILE | RECORDS | -]",
		Short: "Write records in the forms that other programs read",
		Long: `Write records in the forms that other programs read.

Records come from an archive, or as JSON Lines from a file or standard input, as kawat read prints them.
Formats: csv, jsonl and parquet (tables), gdelt (events), gdelt-mentions, gkg, polecat, phoenix,
graphml and gexf (network of states). One table goes to standard output unless --out names a
file; csv and parquet without --table write every table into the folder --out, with a dictionary
of their columns and a CITATION.cff; jsonl without --table writes whole records. docs/exports.md tells what each column holds.`,
		Example: `  kawat export --archive wire.kawat --format gdelt --out events.tsv
  kawat read stories.jsonl | kawat export --format gdelt > events.tsv
  kawat export --format parquet --out tables records.jsonl`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if f.archive != "" && len(args) > 0 {
				return usageError{errors.New("records come from --archive or from a file, not from both")}
			}
			if f.archive == "" {
				src, err := exportSource(e, args)
				if err != nil {
					return err
				}
				return exportAll(c.Context(), e, f, src)
			}
			a, err := archive.Open(f.archive, archive.Options{ReadOnly: true})
			if err != nil {
				return err
			}
			defer a.Close() // nothing was written
			return exportAll(c.Context(), e, f, archived{a})
		},
	}
	fl := c.Flags()
	fl.StringVar(&f.archive, "archive", "", "archive to export")
	fl.StringVar(&f.format, "format", "csv", "csv, jsonl, parquet, gdelt, gdelt-mentions, gkg, polecat, phoenix, graphml or gexf")
	fl.StringVar(&f.table, "table", "", "table of csv, jsonl and parquet: "+strings.Join(export.Tables(), ", ")+" (default: events, or all with --out; jsonl: whole records)")
	fl.StringVar(&f.out, "out", "", "file, or folder for all tables (default: standard output)")
	fl.StringVar(&f.status, "status", "occurred,ongoing", "statuses of the events that go into event data")
	fl.BoolVar(&f.statedDates, "stated-dates", false, "leave dates of event data empty where nothing states them (default: the day of the news)")
	fl.BoolVar(&f.spreadsheet, "spreadsheet", false, "mark text in csv that a spreadsheet would take for a formula")
	return c
}

func exportAll(ctx context.Context, e *env, f *exportFlags, src export.Source) error {
	opt := export.Options{Format: export.Format(f.format), Table: f.table, Statuses: strings.Split(f.status, ","), StatedDates: f.statedDates, Spreadsheet: f.spreadsheet}
	switch {
	case !slices.Contains(export.Formats(), opt.Format):
		return usageError{fmt.Errorf("--format %q: there are %v", f.format, export.Formats())}
	case f.table != "" && !opt.Format.HasTables():
		return usageError{fmt.Errorf("--table: %s is one table", f.format)}
	case f.table != "" && !slices.Contains(export.Tables(), f.table):
		return usageError{fmt.Errorf("--table %q: there are %v", f.table, export.Tables())}
	case opt.Format == export.Parquet && f.out == "" && isTerminal(e.out):
		return usageError{errors.New("parquet is not for a terminal: name a file with --out")}
	}
	w, err := world.New()
	if err != nil {
		return err
	}
	book, err := plover.New()
	if err != nil {
		return err
	}
	x := export.New(w, book)
	write := func(out io.Writer) error { return x.Write(ctx, out, src, opt) }
	switch {
	case f.out == "":
		out := bufio.NewWriterSize(e.out, 1<<16)
		if err := write(out); err != nil {
			return err
		}
		return out.Flush()
	case opt.Format != export.JSONL && opt.Format.HasTables() && f.table == "":
		return x.Folder(ctx, f.out, src, opt, kawat.Version)
	}
	return export.File(f.out, write)
}

// exportSource finds where records come from: a file or standard input.
func exportSource(e *env, args []string) (export.Source, error) {
	if len(args) == 0 || args[0] == "-" {
		if len(args) == 0 && isTerminal(e.in) {
			return nil, usageError{errors.New("nothing to export: name an archive, a file of records, or - for standard input")}
		}
		return export.Stream(recordLines("stdin", func() (io.ReadCloser, error) { return io.NopCloser(e.in), nil })), nil
	}
	return export.Stream(recordLines(args[0], func() (io.ReadCloser, error) { return os.Open(args[0]) })), nil
}

// recordLines yields records from JSON Lines. It begins anew each time.
func recordLines(name string, open func() (io.ReadCloser, error)) iter.Seq2[*record.Record, error] {
	return func(yield func(*record.Record, error) bool) {
		in, err := open()
		if err != nil {
			yield(nil, err)
			return
		}
		defer in.Close()
		dec := json.NewDecoder(bufio.NewReaderSize(in, 1<<16))
		for n := 1; ; n++ {
			r := new(record.Record)
			err := dec.Decode(r)
			if errors.Is(err, io.EOF) {
				return
			}
			if err == nil && r.Schema != record.Schema {
				err = fmt.Errorf("is no record: its schema is %q, not %q", r.Schema, record.Schema)
			}
			if err == nil {
				err = r.Check()
			}
			if err != nil {
				yield(nil, fmt.Errorf("%s: record %d: %w", name, n, err))
				return
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}
