package archive

import (
	"context"
	"fmt"
	"strings"
)

// Count is how often a type of event was reported in a month.
type Count struct {
	Month     string  `json:"month"` // ISO 8601, "" where the day is unknown
	Type      string  `json:"type"`
	Status    string  `json:"status"`
	Reports   int     `json:"reports"`
	Goldstein float64 `json:"goldstein"` // mean
}

// CountsOf says of whom counts are wanted: of all events, of those of one
// actor, or of one actor towards one recipient.
type CountsOf struct {
	Actor, Recipient string
	Since, Until     string // months or days, both included
}

// Counts returns counts by month, type and status, in this order. They come
// from rollups that every story keeps up to date, less what reviewers rejected
// and with what they corrected; O(rows of the answer + decisions).
func (a *Archive) Counts(ctx context.Context, of CountsOf) ([]Count, error) {
	out, err := a.counts(ctx, of)
	if err != nil {
		return nil, a.failed(err)
	}
	return out, nil
}

func (a *Archive) counts(ctx context.Context, of CountsOf) ([]Count, error) {
	tm := term{termAll, Event.String()}
	switch {
	case of.Actor != "" && of.Recipient != "":
		tm = term{termDyad, strings.ToUpper(of.Actor + ">" + of.Recipient)}
	case of.Actor != "":
		tm = term{termActor, strings.ToUpper(of.Actor)}
	case of.Recipient != "":
		return nil, fmt.Errorf("counts towards %s need an actor", of.Recipient)
	}
	until := lastDay(of.Until).month()
	if until == 0 {
		until = Day(maxDay).month()
	}
	from := ParseDay(of.Since).month()
	read, err := collect(ctx, a, `SELECT y.month, y.type, y.status, y.reports, y.goldstein FROM tally y JOIN term t ON t.id = y.term
		WHERE t.kind = ? AND t.text = ? AND y.month BETWEEN ? AND ? ORDER BY y.month, y.type, y.status`, []any{tm.kind, tm.text, from, until}, func(row scanner, c *Count) error {
		var month, typ, status, goldstein int
		err := row.Scan(&month, &typ, &status, &c.Reports, &goldstein)
		c.Month, c.Type, c.Status = monthName(month), a.codes.text(codeType, typ), a.codes.text(codeStatus, status)
		if c.Reports > 0 {
			c.Goldstein = float64(goldstein*10/c.Reports) / 100
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	changes, err := a.recounts(ctx)
	if err != nil || len(changes) == 0 {
		return read, err
	}
	return recounted(read, changes, tm, from, until), nil
}
