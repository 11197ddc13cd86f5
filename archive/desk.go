package archive

import (
	"context"
	"database/sql"
	"fmt"
)

// decide runs a change of what people decided and want. It never touches what
// is derived from stories, so that it may run beside a process that writes
// them.
func (a *Archive) decide(ctx context.Context, change func(*deskChange) error) (err error) {
	db := a.read.desk()
	if db == nil || !a.desk {
		return fmt.Errorf("archive %s: %w", a.path, ErrReadOnly)
	}
	defer func() {
		if err != nil {
			err = a.failed(err)
		}
	}()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing once committed
	if err := change(&deskChange{ctx, tx, a.read}); err != nil {
		return err
	}
	return tx.Commit()
}

// Decides reports whether what people decide can be written.
func (a *Archive) Decides() bool { return a.desk }

// deskChange is a change under way, with statements in what all engines
// understand.
type deskChange struct {
	ctx context.Context
	tx  *sql.Tx
	p   *pool
}

func (d *deskChange) exec(query string, args ...any) error {
	_, err := d.count(query, args...)
	return err
}

// count returns how many rows a statement changed.
func (d *deskChange) count(query string, args ...any) (int64, error) {
	query, args = d.p.print(query, args)
	res, err := d.tx.ExecContext(d.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}
