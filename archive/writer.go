package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"kawat/archive/happening"
)

// writer makes one change at a time, and remembers what changes need.
type writer struct {
	mu     sync.Mutex // one batch at a time
	engine engine
	codes  *codes

	// What is remembered between batches; a batch that fails clears it.
	terms         map[term]int64
	lastOf        map[Day]StoryID
	failures      *int                           // on the list when the writer first asked
	happen        map[int64]*happening.Happening // those met last
	nextHappening int64                          // 0 where it was not looked up yet
	sets          sets                           // shingles of those met last
	verdicts      *verdicts                      // on merges; nil where they were not looked up yet
}

func newWriter(e engine, c *codes) *writer {
	return &writer{engine: e, codes: c, terms: map[term]int64{}, lastOf: map[Day]StoryID{}, happen: map[int64]*happening.Happening{}}
}

// forget lets go of what another process, or a change that failed, may have
// made untrue.
func (w *writer) forget() {
	clear(w.terms)
	clear(w.lastOf)
	clear(w.happen)
	w.sets.forget()
	w.failures, w.nextHappening, w.verdicts = nil, 0, nil
}

// Batch is a change of the archive that happens as a whole or not at all. It is
// not safe for concurrent use.
type Batch struct {
	a        *Archive
	w        *writer
	ctx      context.Context
	tx       session
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
		return a.failed(err)
	}
	return nil
}

func (a *Archive) update(ctx context.Context, change func(*Batch) error) (err error) {
	w := a.write
	tx, others, err := w.engine.begin(ctx)
	if err != nil {
		return err
	}
	b := &Batch{a: a, w: w, ctx: ctx, tx: tx}
	defer func() {
		if err != nil {
			tx.rollback()
			w.codes.forget(b.newCodes)
			w.forget()
		}
	}()
	if others {
		w.forget()
		if err := w.codes.load(func(take func(scanner) error) error { return tx.each(codesQuery, nil, take) }); err != nil {
			return err
		}
	}
	if err := change(b); err != nil {
		return err
	}
	if err := b.flush(); err != nil {
		return err
	}
	return tx.commit()
}

// exec runs a statement that returns no rows.
func (b *Batch) exec(query string, args ...any) error { return b.tx.exec(query, args...) }

// one reads the one row of a query, and reports whether there is one.
func (b *Batch) one(query string, args []any, dest ...any) (bool, error) {
	err := b.tx.row(query, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// ids reads the one column of integers that a query returns.
func (b *Batch) ids(query string, args ...any) ([]int64, error) {
	out, err := b.tx.ids(ask{query, args})
	if err != nil {
		return nil, err
	}
	return out[0], nil
}
