package serve

import (
	"context"
	"errors"
	"slices"
	"strings"

	"kawat/archive"
	"kawat/record"
)

// became is how what was promised goes on: the happening that the promise
// announces, as it stands now.
type became struct {
	Status string
	Date   string
	Href   string // of the happening, with its history
	Likely bool   // a later event of the same sides that would fulfil it; no story says that it does
}

// addBecame says of each pledge among rows what became of it, as far as stories
// tell: the words of the promise state an event to come, and other stories may
// tell that it came, or was called off.
func (s *Server) addBecame(ctx context.Context, rows []row) error {
	for i := range rows {
		x := rows[i].Fact
		if x.Kind != archive.Pledge {
			continue
		}
		ev := promised(x)
		if ev == nil {
			continue
		}
		h, err := s.opt.Archive.HappeningOf(ctx, ev.ID)
		if errors.Is(err, archive.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		b := &became{Status: h.Status, Date: h.Date, Href: happeningHref(x.Report.Story.Key, ev.Local())}
		if n := len(h.History); n > 0 && h.History[n-1].Date != "" {
			b.Date = h.History[n-1].Date
		}
		if b.Status == "pledged" || b.Status == "planned" {
			later, err := s.fulfilled(ctx, ev)
			if err != nil {
				return err
			}
			if later != nil {
				b = later
			}
		}
		rows[i].Became = b
	}
	return nil
}

// fulfils are the types of deeds by which what is promised under a CAMEO code is
// done.
var fulfils = []struct {
	code  string
	types []string
}{
	{"033", []string{"AID"}},
	{"031", []string{"COOPERATE"}},
	{"032", []string{"COOPERATE", "SUPPORT"}},
	{"034", []string{"CONCEDE", "RETREAT"}},
	{"035", []string{"CONCEDE", "RETREAT"}},
	{"036", []string{"CONSULT"}},
}

// fulfilDays is how long after a promise a deed is looked for.
const fulfilDays = 365

// fulfilled returns a later deed of the one who promised towards whom it was
// promised, nil where there is none.
func (s *Server) fulfilled(ctx context.Context, x *archive.Fact) (*became, error) {
	ev := x.Event
	if len(ev.ActorCountries) != 1 || len(ev.RecipientCountries) != 1 {
		return nil, nil
	}
	for _, f := range fulfils {
		if !strings.HasPrefix(ev.CAMEO, f.code) {
			continue
		}
		said := x.Report.Story.ID.Day()
		found, _, err := s.opt.Archive.Facts(ctx, []archive.Kind{archive.Event}, archive.Filter{
			Actor: ev.ActorCountries, Recipient: ev.RecipientCountries, Type: f.types, Status: []string{"occurred", "ongoing"},
			Since: (said + 1).String(), Until: (said + fulfilDays).String(), MinConfidence: 0.6,
		}, archive.Page{Limit: 1})
		if err != nil || len(found) == 0 {
			return nil, err
		}
		return &became{Status: found[0].Event.Status, Date: found[0].Day.String(), Href: happeningHref(found[0].Report.Story.Key, found[0].Local()), Likely: true}, nil
	}
	return nil, nil
}

// promised returns the event to come that the words of a pledge state, nil where
// they state none.
func promised(x *archive.Fact) *archive.Fact {
	said := x.Pledge.Evidence
	if x.Pledge.Content != nil {
		said = append(slices.Clone(said), *x.Pledge.Content)
	}
	for i := range x.Report.Record.Events {
		ev := &x.Report.Record.Events[i]
		if ev.Status != "pledged" && ev.Status != "planned" && ev.Status != "conditional" || ev.Trigger == nil {
			continue
		}
		if slices.ContainsFunc(said, func(sp record.Span) bool { return sp.Start <= ev.Trigger.Start && ev.Trigger.End <= sp.End }) {
			if fact, ok := x.Report.Fact(ev.ID); ok {
				return &fact
			}
		}
	}
	return nil
}
