package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"kawat/archive/happening"
)

// writer is the one connection that writes, and what it remembers.
type writer struct {
	mu    sync.Mutex // one batch at a time
	db    *sql.DB
	lock  *lock
	codes *codes

	// What is remembered between batches; a batch that fails clears it.
	terms         map[term]int64
	lastOf        map[Day]StoryID
	failures      *int                           // on the list when the writer first asked
	happen        map[int64]*happening.Happening // those met last
	nextHappening int64                          // 0 where it was not looked up yet
}

// openWriter opens, and makes where asked, the file for writing.
func openWriter(path string, opt Options) (*writer, error) {
	l, err := takeLock(path)
	if err != nil {
		return nil, err
	}
	mode := "rw"
	if opt.Create {
		mode = "rwc"
	}
	w := &writer{lock: l, terms: map[term]int64{}, happen: map[int64]*happening.Happening{}}
	if w.db, err = sql.Open("sqlite", dataSource(path, mode, true)); err != nil {
		return nil, errors.Join(err, l.release())
	}
	w.db.SetMaxOpenConns(1)
	if err := w.prepare(opt); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

func (w *writer) prepare(opt Options) error {
	// The kind of file is looked at before anything is written to it.
	if _, err := schemaVersion(w.db); err != nil {
		return err
	}
	if _, err := w.db.Exec("PRAGMA journal_mode = wal"); err != nil {
		return err
	}
	return migrate(context.Background(), w.db, opt)
}

func (w *writer) close() error {
	return errors.Join(w.db.Close(), w.lock.release())
}

// Batch is a change of the archive that happens as a whole or not at all. It is
// not safe for concurrent use.
type Batch struct {
	a        *Archive
	w        *writer
	ctx      context.Context
	tx       *sql.Tx
	stmts    map[string]*sql.Stmt
	newCodes []newCode
	pending  pending
}

// Update runs a change. Where it returns an error, nothing of it is kept.
func (a *Archive) Update(ctx context.Context, change func(*Batch) error) error {
	if a.write == nil {
		return fmt.Errorf("archive %s: %w", a.path, ErrReadOnly)
	}
	w := a.write
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := a.update(ctx, change); err != nil {
		return fmt.Errorf("archive %s: %w", a.path, explain(err))
	}
	return nil
}

func (a *Archive) update(ctx context.Context, change func(*Batch) error) (err error) {
	w := a.write
	tx, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	b := &Batch{a: a, w: w, ctx: ctx, tx: tx, stmts: map[string]*sql.Stmt{}}
	defer func() {
		if err != nil {
			_ = tx.Rollback() // the first error is the one that tells
			w.codes.forget(b.newCodes)
			clear(w.terms)
			clear(w.lastOf)
			clear(w.happen)
			w.nextHappening = 0
		}
	}()
	if err := change(b); err != nil {
		return err
	}
	if err := b.flush(); err != nil {
		return err
	}
	return tx.Commit()
}

// stmt returns a statement, prepared once a batch.
func (b *Batch) stmt(query string) (*sql.Stmt, error) {
	if s := b.stmts[query]; s != nil {
		return s, nil
	}
	s, err := b.tx.PrepareContext(b.ctx, query)
	if err != nil {
		return nil, err
	}
	b.stmts[query] = s
	return s, nil
}

// exec runs a statement that returns no rows.
func (b *Batch) exec(query string, args ...any) error {
	s, err := b.stmt(query)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(b.ctx, args...)
	return err
}

// one reads the one row of a query, and reports whether there is one.
func (b *Batch) one(query string, args []any, dest ...any) (bool, error) {
	s, err := b.stmt(query)
	if err != nil {
		return false, err
	}
	err = s.QueryRowContext(b.ctx, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// ids reads the one column of integers that a query returns.
func (b *Batch) ids(query string, args ...any) ([]int64, error) {
	s, err := b.stmt(query)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(b.ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}
