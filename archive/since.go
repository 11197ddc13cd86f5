package archive

import (
	"context"
	"fmt"
	"time"
)

// Limits on what Since looks at.
const (
	sinceDays  = 365
	sinceCount = 3
)

// Since returns what was told later, within a year, between the sides of a
// pledge: the first deeds (aid, cooperation, sanctions and the like), signings
// and refusals. That they keep or break the promise is for the reader to judge.
func (a *Archive) Since(ctx context.Context, x *Fact) ([]Happening, error) {
	if x.Pledge == nil {
		return nil, nil
	}
	r := x.Report.Record
	by, to := "", ""
	for i := range r.Entities {
		e := &r.Entities[i]
		for _, id := range x.Pledge.By {
			if id == e.ID && by == "" {
				by = e.Country
			}
		}
		for _, id := range x.Pledge.To {
			if id == e.ID && to == "" {
				to = e.Country
			}
		}
	}
	if by == "" || to == "" || by == to || x.Day == 0 {
		return nil, nil
	}
	f := Filter{
		Dyad: []string{by, to}, Since: (x.Day + 1).String(), Until: x.Day.Time().AddDate(0, 0, sinceDays).Format(time.DateOnly),
		Type: []string{"AID", "COOPERATE", "CONCEDE", "RETREAT", "REJECT", "SANCTION", "SUPPORT"},
	}
	all, _, err := a.Happenings(ctx, f, Page{Limit: 200})
	if err != nil {
		return nil, fmt.Errorf("after the pledge %s of %s: %w", x.Local(), x.Report.Story.Name, err)
	}
	var out []Happening
	for i := len(all) - 1; i >= 0 && len(out) < sinceCount; i-- {
		out = append(out, all[i])
	}
	return out, nil
}
