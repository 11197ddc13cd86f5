// Package archive keeps many stories, the records read from them, and what may
// be asked of all of them together, in one SQLite file.
//
// What comes in are records with the bytes they were read from ([Item]); what
// goes out are stories, facts, people, happenings and counts that pass a
// [Filter], newest first. The package reads no copy and judges no fact. Stories,
// copies, records and what people decided are the truth; everything else (terms
// to find facts by, counts, people, happenings, the index of words) is derived
// from them and can be made anew. A team's archive stands in a PostgreSQL
// database instead, and answers alike. For example
//
//	a, err := archive.Open("wires.kawat", archive.Options{Create: true})
//	err = a.Update(ctx, func(b *archive.Batch) error { _, err := b.Put(item); return err })
//	page, err := a.Facts(ctx, archive.Events, archive.Filter{Dyad: []string{"CHN", "RUS"}}, archive.Page{})
//
// One process writes a file at a time, any number read meanwhile; those that
// write a database take turns. A batch is in the archive as a whole or not at
// all.
package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"kawat/lang"
)

// Options says how an archive is opened.
type Options struct {
	Create   bool        // make the file where there is none
	ReadOnly bool        // never write; the file may lie on a medium that cannot be written
	Desk     bool        // with ReadOnly: what people decide and want is written all the same, beside a process that writes stories
	Packs    *lang.Packs // for the stems of words; nil means those of the program
	NoTexts  bool        // of a new archive: keep hashes and offsets only, for copy that may not be stored
	Replica  string      // address of a replica that questions are asked of; of an archive on PostgreSQL
}

// Archive is an open archive. It is safe for many goroutines.
type Archive struct {
	path    string
	read    *pool
	write   *writer // nil where read only
	noTexts bool
	desk    bool // what people decide may be written
	codes   *codes
	stems   *stems
	recent  *recent
}

// Errors that callers tell apart.
var (
	ErrNotArchive = errors.New("is not an archive of Kawat")
	ErrNewer      = errors.New("was written by a newer version of Kawat; this version cannot read it")
	ErrReadOnly   = errors.New("is open for reading only")
	ErrBusy       = errors.New("is being written by another process; only one may write at a time")
	ErrNotFound   = errors.New("is not in the archive")
)

// Open opens an archive, and brings the schema of an older one up to date
// unless it is opened for reading only. Its errors name the file.
func Open(path string, opt Options) (*Archive, error) {
	a, err := open(path, opt)
	if err != nil {
		if IsAddress(path) {
			path = withoutPassword(path)
		}
		return nil, fmt.Errorf("archive %s: %w", path, explain(err))
	}
	return a, nil
}

func open(path string, opt Options) (*Archive, error) {
	a := &Archive{path: path, desk: opt.Desk || !opt.ReadOnly, recent: newRecent()}
	var err error
	if a.stems, err = newStems(opt.Packs); err != nil {
		return nil, err
	}
	var e engine
	switch {
	case IsAddress(path):
		a.path = withoutPassword(path)
		e, err = openPostgres(path, opt)
	case opt.Replica != "":
		err = errors.New("is a file, and only PostgreSQL has replicas")
	default:
		e, err = openSQLite(path, opt)
	}
	if err != nil {
		return nil, err
	}
	a.read = &pool{e.readers(), e}
	if err := a.start(opt); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// start reads what questions need to know.
func (a *Archive) start(opt Options) error {
	ctx := context.Background()
	have, known, err := a.read.version(ctx)
	switch {
	case err != nil:
		return err
	case have > known:
		return ErrNewer
	case have < known:
		return fmt.Errorf("has schema %d and must be opened once for writing to become %d", have, known)
	}
	a.codes = newCodes()
	aside := func(take func(scanner) error) error { return a.read.aside(ctx, codesQuery, take) }
	if err := a.codes.load(aside); err != nil {
		return err
	}
	if opt.ReadOnly || IsAddress(a.path) {
		a.codes.others = aside
	}
	if !opt.ReadOnly {
		a.write = newWriter(a.read.engine, a.codes)
	}
	kept, err := a.meta(ctx, "texts")
	if err != nil {
		return err
	}
	a.noTexts = kept == "none"
	return a.refresh(ctx)
}

// refresh makes what is derived anew where a newer schema derives more.
func (a *Archive) refresh(ctx context.Context) error {
	derived, err := a.meta(ctx, "derived")
	switch {
	case err != nil || derived != "stale":
		return err
	case a.write == nil:
		return errors.New("must be opened once for writing, which makes its index anew")
	}
	return a.update(ctx, func(b *Batch) error {
		if err := b.rebuild(nil); err != nil {
			return err
		}
		return b.exec("DELETE FROM meta WHERE key = 'derived'")
	})
}

// Close closes the archive.
func (a *Archive) Close() error { return a.read.close() }

// Path returns the file that holds the archive.
func (a *Archive) Path() string { return a.path }

// KeepsTexts reports whether the archive stores texts beside hashes and
// offsets.
func (a *Archive) KeepsTexts() bool { return !a.noTexts }

// meta returns what the archive says of itself under a key, "" for nothing.
func (a *Archive) meta(ctx context.Context, key string) (string, error) {
	var v string
	err := a.read.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = ?", key).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return v, err
}

// Check reports whether the archive can answer at all.
func (a *Archive) Check(ctx context.Context) error {
	var n int
	if err := a.read.QueryRowContext(ctx, "SELECT count(*) FROM meta").Scan(&n); err != nil {
		return a.failed(err)
	}
	return nil
}

// explain words the engine's errors for people.
func explain(err error) error {
	var coded interface{ Code() int }
	if !errors.As(err, &coded) {
		if told := explainPostgres(err); told != nil {
			return told
		}
		return err
	}
	primary := coded.Code() & 0xff
	if text, ok := engineErrors[primary]; ok {
		return fmt.Errorf("%s (%w)", text, err)
	}
	return fmt.Errorf("engine error %s: %w", strconv.Itoa(primary), err)
}

// engineErrors are the primary result codes of SQLite that users meet.
var engineErrors = map[int]string{
	5:  "is locked by another process",
	6:  "is locked by another process",
	8:  "cannot be written: the file or its folder is read-only",
	10: "could not be read or written by the system; what was committed before is safe",
	11: "is damaged; restore a backup, or copy what can be read with `kawat archive copy`",
	13: "the disk is full; what was committed before is safe, free space and run again",
	14: "cannot be opened; does the folder exist, and may it be written?",
	26: "is not an archive of Kawat, or its first page is damaged",
}
