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

// Folder writes every table into a folder, with dictionary.csv and
// CITATION.cff. The folder is made if it is not there; a file is there whole or
// not at all. version is that of the coder.
func (x *Exporter) Folder(ctx context.Context, dir string, src Source, opt Options, version string) error {
	if !opt.Format.HasTables() {
		return fmt.Errorf("format %s is one file", opt.Format)
	}
	for _, t := range tables() {
		opt.Table = t.name
		if err := File(filepath.Join(dir, t.name+"."+string(opt.Format)), func(out io.Writer) error { return x.Write(ctx, out, src, opt) }); err != nil {
			return err
		}
	}
	if err := File(filepath.Join(dir, "dictionary.csv"), Dictionary); err != nil {
		return err
	}
	return File(filepath.Join(dir, "CITATION.cff"), func(out io.Writer) error {
		_, err := io.WriteString(out, fmt.Sprintf(citation, version))
		return err
	})
}

// File writes a file so that it is there whole or not at all.
func File(path string, write func(io.Writer) error) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+strings.TrimPrefix(filepath.Base(path), ".")+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			tmp.Close()
			os.Remove(tmp.Name())
			err = fmt.Errorf("%s: %w", path, err)
		}
	}()
	buf := bufio.NewWriterSize(tmp, 1<<16)
	if err := write(buf); err != nil {
		return err
	}
	if err := buf.Flush(); err != nil {
		return err
	}
	if err := tmp.Chmod(0o644); err != nil {
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}
