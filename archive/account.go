package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Account is somebody who may sign in at the desk.
type Account struct {
	Name   string
	Role   string // what they may do; the desk knows what roles there are
	Secret string // what proves them: a hash of a password, never the password
	Made   string // RFC 3339, UTC
}

// Accounts returns who may sign in, by name.
func (a *Archive) Accounts(ctx context.Context) ([]Account, error) {
	out, err := collect(ctx, a, "SELECT name, role, secret, made FROM account ORDER BY name", nil, scanAccount)
	return out, a.failed(err)
}

func scanAccount(row scanner, x *Account) error {
	return row.Scan(&x.Name, &x.Role, &x.Secret, &x.Made)
}

// Account returns one account; its error is ErrNotFound where there is none.
func (a *Archive) Account(ctx context.Context, name string) (*Account, error) {
	return a.account(a.read.QueryRowContext(ctx, "SELECT name, role, secret, made FROM account WHERE name = ?", name))
}

func (a *Archive) account(row scanner) (*Account, error) {
	var x Account
	err := scanAccount(row, &x)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("archive %s: account: %w", a.path, explain(err))
	}
	return &x, nil
}

// PutAccount adds an account, or gives one that is there another role and
// secret, which ends its sessions.
func (a *Archive) PutAccount(ctx context.Context, x Account) error {
	return a.decide(ctx, func(d *deskChange) error {
		if err := d.exec("DELETE FROM session WHERE account = ?", x.Name); err != nil {
			return err
		}
		return d.exec(`INSERT INTO account(name, role, secret, made) VALUES (?, ?, ?, ?)
			ON CONFLICT(name) DO UPDATE SET role = excluded.role, secret = excluded.secret`, x.Name, x.Role, x.Secret, time.Now().UTC().Format(time.RFC3339))
	})
}

// RemoveAccount removes an account and ends its sessions; false means that there
// was none.
func (a *Archive) RemoveAccount(ctx context.Context, name string) (removed bool, err error) {
	err = a.decide(ctx, func(d *deskChange) error {
		if err := d.exec("DELETE FROM session WHERE account = ?", name); err != nil {
			return err
		}
		n, err := d.count("DELETE FROM account WHERE name = ?", name)
		removed = n > 0
		return err
	})
	return removed, err
}

// StartSession lets who holds a token be taken for an account until a time.
// What is kept of the token should be a hash. Sessions that are over go.
func (a *Archive) StartSession(ctx context.Context, token []byte, account string, until time.Time) error {
	return a.decide(ctx, func(d *deskChange) error {
		if err := d.exec("DELETE FROM session WHERE until < ?", time.Now().Unix()); err != nil {
			return err
		}
		return d.exec("INSERT INTO session(token, account, until) VALUES (?, ?, ?)", token, account, until.Unix())
	})
}

// SessionOf returns the account that a token stands for; its error is
// ErrNotFound where it stands for none.
func (a *Archive) SessionOf(ctx context.Context, token []byte) (*Account, error) {
	return a.account(a.read.QueryRowContext(ctx, `SELECT a.name, a.role, a.secret, a.made FROM session s JOIN account a ON a.name = s.account
		WHERE s.token = ? AND s.until > ?`, token, time.Now().Unix()))
}

// EndSession ends what StartSession began.
func (a *Archive) EndSession(ctx context.Context, token []byte) error {
	return a.decide(ctx, func(d *deskChange) error { return d.exec("DELETE FROM session WHERE token = ?", token) })
}
