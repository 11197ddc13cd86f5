package archive

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Question is a question that somebody wants answered again and again.
type Question struct {
	ID    string `json:"id"`
	Owner string `json:"owner"`
	Name  string `json:"name"`
	List  string `json:"list"`  // of the desk, such as "/quotations"
	Query string `json:"query"` // its filter, as parameters of an address
	// Channel is how answers travel: "atom" (its reader comes for them),
	// "webhook" or "mail"; Target is the address that they go to.
	Channel string `json:"channel"`
	Target  string `json:"target,omitempty"`
	Secret  string `json:"secret,omitempty"` // by which a webhook's receiver knows us
	Made    string `json:"made"`             // RFC 3339, UTC

	State QuestionState `json:"-"`
}

// QuestionState is how far a question has been answered.
type QuestionState struct {
	After     int64     `json:"after"` // arrival up to which answers were delivered
	Sent      int       `json:"sent"`  // deliveries, in all
	Fails     int       `json:"fails,omitempty"`
	Next      time.Time `json:"next"` // no try before
	LastOK    time.Time `json:"last_ok"`
	LastError string    `json:"last_error,omitempty"`
}

// Questions returns all saved questions, the oldest first.
func (a *Archive) Questions(ctx context.Context) ([]Question, error) {
	out, err := collect(ctx, a, "SELECT id, body, state FROM question ORDER BY id", nil, func(row scanner, q *Question) error {
		var id, body, state string
		if err := row.Scan(&id, &body, &state); err != nil {
			return err
		}
		if err := cmp.Or(json.Unmarshal([]byte(body), q), json.Unmarshal([]byte(state), &q.State)); err != nil {
			return fmt.Errorf("question %s: %w", id, err)
		}
		return nil
	})
	return out, a.failed(err)
}

// PutQuestion saves a question with its state.
func (a *Archive) PutQuestion(ctx context.Context, q *Question) error {
	body, err := json.Marshal(q)
	if err != nil {
		return err
	}
	state, err := json.Marshal(&q.State)
	if err != nil {
		return err
	}
	return a.decide(ctx, func(d *deskChange) error {
		return d.exec("INSERT INTO question(id, body, state) VALUES (?, ?, ?) ON CONFLICT(id) DO UPDATE SET body = excluded.body, state = excluded.state",
			q.ID, string(body), string(state))
	})
}

// Answered keeps how far a question has been answered; one that was removed
// meanwhile stays removed.
func (a *Archive) Answered(ctx context.Context, id string, s QuestionState) error {
	state, err := json.Marshal(&s)
	if err != nil {
		return err
	}
	return a.decide(ctx, func(d *deskChange) error {
		return d.exec("UPDATE question SET state = ? WHERE id = ?", string(state), id)
	})
}

// RemoveQuestion removes a saved question; false means that there was none.
func (a *Archive) RemoveQuestion(ctx context.Context, id string) (removed bool, err error) {
	err = a.decide(ctx, func(d *deskChange) error {
		n, err := d.count("DELETE FROM question WHERE id = ?", id)
		removed = n > 0
		return err
	})
	return removed, err
}
