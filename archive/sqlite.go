package archive

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"
	"unicode"

	_ "modernc.org/sqlite" // the engine, in pure Go
)

// sqlite keeps an archive in one file, without a service.
type sqlite struct {
	path  string
	read  *sql.DB
	words *sql.DB // see lists
	write *sql.DB // one connection; nil where read only
	lock  *lock
	notes *sql.DB // one connection, for what people decide; nil where read only
}

func openSQLite(path string, opt Options) (*sqlite, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && (!opt.Create || opt.ReadOnly):
		return nil, fs.ErrNotExist
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	case err == nil && info.IsDir():
		return nil, errors.New("is a folder")
	}
	s := &sqlite{path: path}
	if !opt.ReadOnly {
		if err := s.openWriter(opt); err != nil {
			return nil, errors.Join(err, s.close())
		}
	}
	if opt.Desk || !opt.ReadOnly {
		if err := s.openDesk(); err != nil {
			return nil, errors.Join(err, s.close())
		}
	}
	for _, pool := range []**sql.DB{&s.read, &s.words} {
		if *pool, err = sql.Open("sqlite", dataSource(path, "ro", s.write == nil)); err != nil {
			return nil, errors.Join(err, s.close())
		}
		(*pool).SetMaxOpenConns(mostReaders)
		(*pool).SetMaxIdleConns(mostReaders)
	}
	return s, nil
}

// mostReaders bounds the connections of a pool; each keeps pages.
const mostReaders = 8

// openWriter opens, and makes where asked, the file for writing.
func (s *sqlite) openWriter(opt Options) (err error) {
	if s.lock, err = takeLock(s.path); err != nil {
		return err
	}
	// The engine opens a file that cannot be written all the same, and says so
	// with the first change.
	if err := writable(s.path); err != nil {
		return err
	}
	mode := "rw"
	if opt.Create {
		mode = "rwc"
	}
	if s.write, err = sql.Open("sqlite", dataSource(s.path, mode, true)); err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	// The kind of file is looked at before anything is written to it.
	if _, err := schemaVersion(s.write); err != nil {
		return err
	}
	if _, err := s.write.Exec("PRAGMA journal_mode = wal"); err != nil {
		return err
	}
	return migrate(context.Background(), s.write, opt)
}

// openDesk opens the file for what people decide. The engine's own locks keep
// this connection and a writer of stories, which remembers what it wrote and
// must be alone, out of each other's way.
func (s *sqlite) openDesk() (err error) {
	if s.notes, err = sql.Open("sqlite", dataSource(s.path, "rw", true)); err != nil {
		return err
	}
	s.notes.SetMaxOpenConns(1)
	_, err = schemaVersion(s.notes)
	return err
}

func (s *sqlite) readers() *sql.DB { return s.read }

func (s *sqlite) lists() *sql.DB { return s.words }

func (s *sqlite) desk() *sql.DB { return s.notes }

func (s *sqlite) version(context.Context) (have, known int, err error) {
	have, err = schemaVersion(s.read)
	return have, len(migrations), err
}

func (s *sqlite) aside(ctx context.Context, query string, take func(scanner) error) error {
	db, err := sql.Open("sqlite", dataSource(s.path, "ro", s.write == nil))
	if err != nil {
		return err
	}
	return errors.Join(each(ctx, db, query, nil, take), db.Close())
}

func (s *sqlite) print(query string, args []any) (string, []any) { return query, args }

// holds lists the stories with the words once. To look into the index of words
// for each story that passes all else was tried, and is slower by far: every
// look begins in every segment of the index.
func (s *sqlite) holds(w *wordTree, story string) (string, any) {
	return story + " IN (SELECT rowid FROM words WHERE words MATCH ?)", w.fts5()
}

// searched walks the index of words, which is in the order of ids.
func (s *sqlite) searched(w *wordTree) (from, id, condition string, arg any) {
	return "words w CROSS JOIN story s ON s.id = w.rowid", "w.rowid", "w.words MATCH ?", w.fts5()
}

func (s *sqlite) inOrder() bool { return true }

func (s *sqlite) listed(w *wordTree) (from, id, condition string, arg any) {
	return "words", "rowid", "words MATCH ?", w.fts5()
}

// beginning reads the list of words that the index keeps. It tells of plain
// letters only, since the index knows others by what is left without their marks.
func (s *sqlite) beginning(ctx context.Context, word string, limit int) ([]string, error) {
	word = strings.ToLower(word)
	if strings.ContainsFunc(word, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) {
		return nil, nil
	}
	conn, err := s.words.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "CREATE VIRTUAL TABLE IF NOT EXISTS temp.known_word USING fts5vocab(main, words, row)"); err != nil {
		return nil, err
	}
	var out []string
	err = each(ctx, conn, "SELECT term FROM temp.known_word WHERE term >= ? AND term <= ? LIMIT ?", []any{word, word + string(unicode.MaxRune), limit}, func(row scanner) error {
		var known string
		err := row.Scan(&known)
		out = append(out, known)
		return err
	})
	return out, err
}

func (s *sqlite) table(ids []int64) (string, any) {
	list, _ := json.Marshal(ids) // numbers always have a form
	return "json_each(?) j", string(list)
}

func (s *sqlite) among(column string, ids []int64) (string, any) {
	list, _ := json.Marshal(ids) // numbers always have a form
	return column + " IN (SELECT value FROM json_each(?))", string(list)
}

// pages lets the engine look at every page.
func (s *sqlite) pages(ctx context.Context, found func(string)) error {
	return each(ctx, s.read, "PRAGMA integrity_check(20)", nil, func(row scanner) error {
		var line string
		err := row.Scan(&line)
		if err == nil && line != "ok" {
			found("the file is damaged: " + line)
		}
		return err
	})
}

func (s *sqlite) wordsQuery() string { return "SELECT count(*) FROM words_docsize" }

func (s *sqlite) backup(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", "file:"+escapePath(s.path)+"?mode=ro&_pragma=busy_timeout(10000)")
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return errors.Join(fmt.Errorf("backup %s: %w", path, explain(err)), removeQuietly(path))
	}
	return nil
}

func (s *sqlite) compact(ctx context.Context) error {
	for _, q := range []string{"INSERT INTO words(words) VALUES ('optimize')", "VACUUM", "ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := s.write.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

func (s *sqlite) close() error {
	var errs []error
	for _, db := range []*sql.DB{s.read, s.words, s.write, s.notes} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.lock != nil {
		errs = append(errs, s.lock.release())
	}
	return errors.Join(errs...)
}

// begin starts a change. The file's lock keeps other processes out.
func (s *sqlite) begin(ctx context.Context) (session, bool, error) {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, false, err
	}
	return &sqliteSession{ctx: ctx, tx: tx, stmts: map[string]*sql.Stmt{}}, false, nil
}

// sqliteSession is a transaction with its statements, each prepared once.
type sqliteSession struct {
	ctx   context.Context
	tx    *sql.Tx
	stmts map[string]*sql.Stmt
}

func (s *sqliteSession) stmt(query string) (*sql.Stmt, error) {
	if st := s.stmts[query]; st != nil {
		return st, nil
	}
	st, err := s.tx.PrepareContext(s.ctx, query)
	if err != nil {
		return nil, err
	}
	s.stmts[query] = st
	return st, nil
}

func (s *sqliteSession) exec(query string, args ...any) error {
	st, err := s.stmt(query)
	if err != nil {
		return err
	}
	_, err = st.ExecContext(s.ctx, args...)
	return err
}

func (s *sqliteSession) row(query string, args ...any) scanner {
	st, err := s.stmt(query)
	if err != nil {
		return failed{err}
	}
	return st.QueryRowContext(s.ctx, args...)
}

// failed is the row of a query that could not be asked.
type failed struct{ err error }

func (f failed) Scan(...any) error { return f.err }

func (s *sqliteSession) each(query string, args []any, take func(scanner) error) error {
	st, err := s.stmt(query)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(s.ctx, args...)
	if err != nil {
		return err
	}
	return handOn(rows, take)
}

func (s *sqliteSession) room(Day) error { return nil }

func (s *sqliteSession) ids(asks ...ask) ([][]int64, error) {
	out := make([][]int64, len(asks))
	for i, a := range asks {
		if err := s.each(a.query, a.args, func(row scanner) error {
			var id int64
			err := row.Scan(&id)
			out[i] = append(out[i], id)
			return err
		}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *sqliteSession) terms(list []term) ([]int64, error) {
	out := make([]int64, len(list))
	for i, t := range list {
		err := s.row("SELECT id FROM term WHERE kind = ? AND text = ?", t.kind, t.text).Scan(&out[i])
		if errors.Is(err, sql.ErrNoRows) {
			err = s.row("INSERT INTO term(kind, text) VALUES (?, ?) RETURNING id", t.kind, t.text).Scan(&out[i])
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// rowsAtOnce is how many rows of a sink one statement writes.
const rowsAtOnce = 8

func (s *sqliteSession) put(k *sink, rows [][]any) error {
	one := "(?" + strings.Repeat(",?", len(k.kinds)-1) + ")"
	for n := rowsAtOnce; len(rows) > 0; rows = rows[n:] {
		if len(rows) < n {
			n = 1
		}
		query := "INSERT INTO " + k.into + " VALUES " + one + strings.Repeat(","+one, n-1) + " " + k.update
		if err := s.exec(query, slices.Concat(rows[:n]...)...); err != nil {
			return err
		}
	}
	return nil
}

// postsAtOnce is how many rows one statement writes: the engine's work per row
// is small beside that of a statement.
const postsAtOnce = 50

func (s *sqliteSession) putPosts(table string, posts []post) error {
	const row = "(?,?,?,?)"
	one := "INSERT OR REPLACE INTO " + table + "(term, day, fact, traits) VALUES " + row
	many := one + strings.Repeat(","+row, postsAtOnce-1)
	args := make([]any, 0, 4*postsAtOnce)
	for len(posts) >= postsAtOnce {
		args = args[:0]
		for _, p := range posts[:postsAtOnce] {
			args = append(args, p.term, p.day, p.fact, int64(p.traits))
		}
		if err := s.exec(many, args...); err != nil {
			return err
		}
		posts = posts[postsAtOnce:]
	}
	for _, p := range posts {
		if err := s.exec(one, p.term, p.day, p.fact, int64(p.traits)); err != nil {
			return err
		}
	}
	return nil
}

// putWords writes in the order of ids: the index of words writes out its
// buffer whenever they go backwards.
func (s *sqliteSession) putWords(list []wordsRow) error {
	for _, w := range list {
		if err := s.exec("INSERT INTO words(rowid, surface, stem) VALUES (?, ?, ?)", int64(w.story), w.surface, w.stems); err != nil {
			return err
		}
	}
	return nil
}

func (s *sqliteSession) dropWords(id StoryID) error {
	return s.exec("DELETE FROM words WHERE rowid = ?", int64(id))
}

func (s *sqliteSession) clearWords() error {
	return s.exec("INSERT INTO words(words) VALUES ('delete-all')")
}

func (s *sqliteSession) commit() error { return s.tx.Commit() }

// rollback gives the change up; the first error is the one that tells.
func (s *sqliteSession) rollback() { _ = s.tx.Rollback() }

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

// writable reports why a file that is there cannot be written.
func writable(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("cannot be written: the file or its folder is read-only (%w)", err)
	}
	return f.Close()
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
