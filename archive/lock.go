package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// lock lets one process write. It is a transaction that stays open on a small
// file beside the archive: the engine gives it up when the process ends,
// however it ends, on every system.
type lock struct {
	db   *sql.DB
	conn *sql.Conn
}

// takeLock fails with ErrBusy where another process holds the lock.
func takeLock(path string) (*lock, error) {
	db, err := sql.Open("sqlite", "file:"+escapePath(path+"-writer")+"?_pragma=busy_timeout(0)")
	if err != nil {
		return nil, err
	}
	l := &lock{db: db}
	if l.conn, err = db.Conn(context.Background()); err == nil {
		_, err = l.conn.ExecContext(context.Background(), "BEGIN EXCLUSIVE")
	}
	if err == nil {
		return l, nil
	}
	l.release()
	var coded interface{ Code() int }
	if errors.As(err, &coded) {
		switch coded.Code() & 0xff {
		case 5, 6:
			return nil, ErrBusy
		}
	}
	return nil, fmt.Errorf("its lock: %w", err)
}

func (l *lock) release() error {
	var err error
	if l.conn != nil {
		err = l.conn.Close()
	}
	return errors.Join(err, l.db.Close())
}
