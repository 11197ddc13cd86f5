package export

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func dayString(days int32) string {
	return time.Unix(int64(days)*86400, 0).UTC().Format(time.DateOnly)
}

// Dictionary writes the data dictionary: a row for every column of every
// table, with its type and what it holds.
func Dictionary(out io.Writer) error {
	w := csv.NewWriter(out)
	rows := [][]string{{"table", "column", "type", "description"}}
	for _, t := range tables() {
		for _, c := range columnsOf(t.row) {
			rows = append(rows, []string{t.name, c.Name, c.Type, c.About})
		}
	}
	return w.WriteAll(rows)
}

// citation is a CITATION.cff (Citation File Format 1.2.0) of a data set: the
// figures in a paper need the version of the coder that made them.
const citation = `cff-version: 1.2.0
message: "If you use these data, name the version of Kawat that coded them, and the publishers whose stories were read."
type: dataset
title: "Diplomatic record read by Kawat"
version: %q
authors:
  - name: "The Kawat project"
keywords: [events, PLOVER, CAMEO, diplomacy, quotations]
notes: "Read by rules and models from news copy; every row names the rule that found it. The stories belong to their publishers."
`

// Folder writes every table of CSV or Parquet into a folder, in one pass over
// the source, with dictionary.csv and CITATION.cff. The folder is made if it is
// not there; all files come to stand there at the end, or none. version is that
// of the coder.
func (x *Exporter) Folder(ctx context.Context, dir string, src Source, opt Options, version string) error {
	if !opt.Format.HasTables() {
		return fmt.Errorf("format %s is one file", opt.Format)
	}
	var files []*file
	defer func() {
		for _, f := range files {
			f.discard()
		}
	}()
	create := func(name string) (*file, error) {
		f, err := newFile(filepath.Join(dir, name))
		if err == nil {
			files = append(files, f)
		}
		return f, err
	}
	var sinks []sink
	for _, t := range tables() {
		f, err := create(t.name + "." + string(opt.Format))
		if err != nil {
			return err
		}
		s, err := t.open(x, f.buf, opt)
		if err != nil {
			return err
		}
		sinks = append(sinks, s)
	}
	if err := fill(ctx, src, sinks); err != nil {
		return err
	}
	for name, write := range map[string]func(io.Writer) error{
		"dictionary.csv": Dictionary,
		"CITATION.cff": func(out io.Writer) error {
			_, err := io.WriteString(out, fmt.Sprintf(citation, version))
			return err
		},
	} {
		f, err := create(name)
		if err != nil {
			return err
		}
		if err := write(f.buf); err != nil {
			return err
		}
	}
	for _, f := range files {
		if err := f.commit(); err != nil {
			return err
		}
	}
	return nil
}

// File writes a file so that it is there whole or not at all.
func File(path string, write func(io.Writer) error) error {
	f, err := newFile(path)
	if err != nil {
		return err
	}
	defer f.discard()
	if err := write(f.buf); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return f.commit()
}

// file is a file under another name until it is whole.
type file struct {
	path string
	tmp  *os.File
	buf  *bufio.Writer
}

func newFile(path string) (*file, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+strings.TrimPrefix(filepath.Base(path), ".")+"-*")
	if err != nil {
		return nil, err
	}
	return &file{path, tmp, bufio.NewWriterSize(tmp, 1<<16)}, nil
}

func (f *file) commit() error {
	if err := f.buf.Flush(); err != nil {
		return fmt.Errorf("%s: %w", f.path, err)
	}
	if err := f.tmp.Chmod(0o644); err != nil {
		return err
	}
	if err := f.tmp.Close(); err != nil {
		return fmt.Errorf("%s: %w", f.path, err)
	}
	return os.Rename(f.tmp.Name(), f.path)
}

// discard removes what was not committed; after commit there is nothing under
// the other name.
func (f *file) discard() {
	f.tmp.Close()
	os.Remove(f.tmp.Name())
}
