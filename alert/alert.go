// Package alert sends what is new to those who asked to be told: to a webhook,
// with a signature by which the receiver knows the sender, or by mail.
//
// What comes in are deliveries that somebody else put together; what goes out
// are requests and messages, or errors that say why not and whether to try
// again. The package keeps nothing and repeats nothing. For example
//
//	err := alert.Webhook(ctx, fetcher, address, secret, &d)
package alert

import (
	"time"
)

// Delivery is one answer to a saved question.
type Delivery struct {
	ID       string `json:"id"` // the same however often it is tried
	Question string `json:"question"`
	Name     string `json:"name"` // that its owner gave it
	Link     string `json:"link"` // to all answers
	Items    []Item `json:"items"`
	Left     int    `json:"left,omitempty"` // answers that did not fit
}

// Item is one new fact.
type Item struct {
	Heading string `json:"heading"`
	Words   string `json:"words"` // of the story
	Day     string `json:"day,omitempty"`
	Source  string `json:"source,omitempty"`
	Link    string `json:"link"` // to the fact in its story
	Fact    any    `json:"fact"` // as the API has it
}

// Times between tries: the first is firstWait, each is twice the one before, and
// none is longer than longestWait.
const (
	firstWait   = time.Minute
	longestWait = 6 * time.Hour
)

// Wait returns how long to wait after a number of failures in a row, at least as
// long as the receiver asked for. jitter, 0 to 1, adds up to a fifth, so that
// many do not come back at once.
func Wait(fails int, asked time.Duration, jitter float64) time.Duration {
	wait := longestWait
	if n := max(fails-1, 0); n < 9 {
		wait = min(firstWait<<n, longestWait)
	}
	wait = max(wait, min(asked, longestWait))
	return wait + time.Duration(jitter*float64(wait)/5)
}
