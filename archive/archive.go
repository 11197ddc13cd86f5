// Package archive keeps many stories, the records read from them, and what may
// be asked of all of them together, in one SQLite file.
//
// What comes in are records with the bytes they were read from ([Item]); what
// goes out are stories, facts, people, happenings and counts that pass a
// [Filter], newest first. The package reads no copy and judges no fact. Stories,
// copies, records and what people decided are the truth; everything else (terms
// to find facts by, counts, people, happenings, the index of words) is derived
// from them and can be made anew. For example
//
//	a, err := archive.Open("wires.kawat", archive.Options{Create: true})
//	err = a.Update(ctx, func(b *archive.Batch) error { _, err := b.Put(item); return err })
//	page, err := a.Facts(ctx, archive.Events, archive.Filter{Dyad: []string{"CHN", "RUS"}}, archive.Page{})
//
// One process writes at a time, any number read meanwhile. A batch is in the
// file as a whole or not at all.
package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strconv"

	"kawat/lang"

	_ "modernc.org/sqlite" // the engine, in pure Go
)

// Options says how an archive is opened.
type Options struct {
	Create   bool        // make the file where there is none
	ReadOnly bool        // never write; the file may lie on a medium that cannot be written
	Packs    *lang.Packs // for the stems of words; nil means those of the program
	NoTexts  bool        // of a new archive: keep hashes and offsets only, for copy that may not be stored
}

// Archive is an open archive. It is safe for many goroutines.
type Archive struct {
	path    string
	read    *sql.DB
	write   *writer // nil where read only
	noTexts bool
	codes   *codes
	stems   *stems
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
		return nil, fmt.Errorf("archive %s: %w", path, explain(err))
	}
	return a, nil
}

func open(path string, opt Options) (*Archive, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && (!opt.Create || opt.ReadOnly):
		return nil, fs.ErrNotExist
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	case err == nil && info.IsDir():
		return nil, errors.New("is a folder")
	}
	a := &Archive{path: path}
	if a.stems, err = newStems(opt.Packs); err != nil {
		return nil, err
	}
	if !opt.ReadOnly {
		if a.write, err = openWriter(path, opt); err != nil {
			return nil, err
		}
	}
	if err := a.openReaders(); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

// openReaders opens the readers' pool and what they need to know.
func (a *Archive) openReaders() error {
	var err error
	if a.read, err = sql.Open("sqlite", dataSource(a.path, "ro", a.write == nil)); err != nil {
		return err
	}
	a.read.SetMaxOpenConns(8)
	a.read.SetMaxIdleConns(8)
	version, err := schemaVersion(a.read)
	switch {
	case err != nil:
		return err
	case version > len(migrations):
		return ErrNewer
	case version < len(migrations):
		return fmt.Errorf("has schema %d and must be opened once for writing to become %d", version, len(migrations))
	}
	if a.codes, err = loadCodes(a.read); err != nil {
		return err
	}
	if a.write != nil {
		a.write.codes = a.codes
	}
	kept, err := metaValue(a.read, "texts")
	a.noTexts = kept == "none"
	return err
}

// Close closes the archive.
func (a *Archive) Close() error {
	var errs []error
	if a.read != nil {
		errs = append(errs, a.read.Close())
	}
	if a.write != nil {
		errs = append(errs, a.write.close())
	}
	return errors.Join(errs...)
}

// Path returns the file that holds the archive.
func (a *Archive) Path() string { return a.path }

// KeepsTexts reports whether the archive stores texts beside hashes and
// offsets.
func (a *Archive) KeepsTexts() bool { return !a.noTexts }

// dataSource makes the engine's address of a file. An archive on a medium that
// cannot be written has no room for the engine's side files and is taken to
// stand still.
func dataSource(path, mode string, alone bool) string {
	q := url.Values{}
	q.Set("mode", mode)
	q.Add("_pragma", "busy_timeout(10000)")
	q.Add("_pragma", "cache_size(-65536)")
	q.Add("_pragma", "mmap_size(0)")
	q.Add("_pragma", "temp_store(memory)")
	if mode == "ro" {
		q.Add("_pragma", "query_only(true)")
		if alone && !canWriteBeside(path) {
			q.Set("immutable", "1")
		}
	} else {
		q.Set("_txlock", "immediate")
		q.Add("_pragma", "synchronous(normal)")
		q.Add("_pragma", "foreign_keys(false)")
		q.Add("_pragma", "wal_autocheckpoint(4000)")
	}
	return (&url.URL{Scheme: "file", Opaque: escapePath(path), RawQuery: q.Encode()}).String()
}

// escapePath keeps the signs of an address out of a file's name.
func escapePath(path string) string {
	return (&url.URL{Path: path}).EscapedPath()
}

// canWriteBeside reports whether the engine may keep its side files.
func canWriteBeside(path string) bool {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false
	}
	f.Close()
	probe, err := os.OpenFile(path+"-probe", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return false
	}
	probe.Close()
	return os.Remove(path+"-probe") == nil
}

// schemaVersion returns 0 for an empty file.
func schemaVersion(db *sql.DB) (int, error) {
	var id, version, tables int
	if err := db.QueryRow("PRAGMA application_id").Scan(&id); err != nil {
		return 0, err
	}
	if err := db.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		return 0, err
	}
	if err := db.QueryRow("SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return 0, err
	}
	if id != applicationID && (id != 0 || version != 0 || tables != 0) {
		return 0, ErrNotArchive
	}
	return version, nil
}

func metaValue(db *sql.DB, key string) (string, error) {
	var v string
	err := db.QueryRow("SELECT value FROM meta WHERE key = ?", key).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return v, err
}

// Check reports whether the archive can answer at all.
func (a *Archive) Check(ctx context.Context) error {
	var n int
	if err := a.read.QueryRowContext(ctx, "SELECT count(*) FROM meta").Scan(&n); err != nil {
		return fmt.Errorf("archive %s: %w", a.path, explain(err))
	}
	return nil
}

// explain words the engine's errors for people.
func explain(err error) error {
	var coded interface{ Code() int }
	if !errors.As(err, &coded) {
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
