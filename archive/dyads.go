package archive

import (
	"context"
	"strings"
)

// Dyad is how often one side was reported to act towards another.
type Dyad struct {
	Actor     string  `json:"actor"`
	Recipient string  `json:"recipient"`
	Reports   int     `json:"reports"`
	Goldstein float64 `json:"goldstein"` // mean
}

// DyadsOf says which dyads are wanted: all, or those of one actor.
type DyadsOf struct {
	Actor        string
	Since, Until string // months or days, both included
	Limit        int    // 0 means 50
}

// Dyads returns the dyads of most reports first, less what reviewers rejected and
// with what they corrected. It reads the rollups of all
// dyads: O(dyads × months).
func (a *Archive) Dyads(ctx context.Context, of DyadsOf) ([]Dyad, error) {
	out, err := a.dyads(ctx, of)
	if err != nil {
		return nil, a.failed(err)
	}
	return out, nil
}

func (a *Archive) dyads(ctx context.Context, of DyadsOf) ([]Dyad, error) {
	until := lastDay(of.Until).month()
	if until == 0 {
		until = Day(maxDay).month()
	}
	from := strings.ToUpper(of.Actor) + ">"
	to := from + "\U0010ffff"
	if of.Actor == "" {
		from, to = "", "\U0010ffff"
	}
	first := ParseDay(of.Since).month()
	read, err := collect(ctx, a, `SELECT t.text, sum(y.reports) AS n, sum(y.goldstein) FROM term t JOIN tally y ON y.term = t.id
		WHERE t.kind = ? AND t.text BETWEEN ? AND ? AND y.month BETWEEN ? AND ? GROUP BY t.id HAVING sum(y.reports) > 0 ORDER BY n DESC, t.text LIMIT ?`,
		[]any{termDyad, from, to, first, until, Page{Limit: of.Limit}.limit()}, func(row scanner, d *Dyad) error {
			var text string
			var goldstein int
			err := row.Scan(&text, &d.Reports, &goldstein)
			d.Actor, d.Recipient, _ = strings.Cut(text, ">")
			d.Goldstein = float64(goldstein*10/max(1, d.Reports)) / 100
			return err
		})
	if err != nil {
		return nil, err
	}
	changes, err := a.recounts(ctx)
	if err != nil || len(changes) == 0 {
		return read, err
	}
	return recountedDyads(read, changes, strings.ToUpper(of.Actor), first, until), nil
}
