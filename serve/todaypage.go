package serve

import (
	"context"
	"net/http"
	"slices"
	"time"

	"kawat/archive"
)

// section is a list on a page of several.
type section struct {
	Key  string
	Rows []row
	More string // address of the whole list
}

// todayData is what the first page is made of.
type todayData struct {
	Since    string // last visit, a day; "" at the first one
	Sections []section
	Months   []month
	Chart    any
	Empty    bool
}

// visitCookie remembers when somebody was last here, visitGap is how long they
// must have been away for it to be another visit.
const (
	visitCookie = "kawat-visit"
	visitGap    = 4 * time.Hour
)

// todaySections are the lists of the first page, the surest facts of each.
var todaySections = []struct {
	key, path string
	kind      archive.Kind
	sure      float64
	rows      int
}{
	{"encounters", "/encounters", archive.Encounter, 0.6, 8},
	{"events", "/events", archive.Event, 0.7, 10},
	{"quotations", "/quotations", archive.Quotation, 0.8, 8},
	{"pledges", "/pledges", archive.Pledge, 0.6, 6},
}

func (s *Server) today(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r)
	ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
	defer cancel()
	d := todayData{Since: s.lastVisit(w, r), Empty: true}
	for _, t := range todaySections {
		facts, _, err := s.opt.Archive.Facts(ctx, []archive.Kind{t.kind}, archive.Filter{MinConfidence: t.sure}, archive.Page{Limit: t.rows})
		if err != nil {
			s.broken(w, r, err)
			return
		}
		rows, err := s.rows(ctx, f, facts)
		if err != nil {
			s.broken(w, r, err)
			return
		}
		rows = slices.DeleteFunc(rows, func(r row) bool { return r.Ruling != nil && r.Ruling.What == archive.Rejected })
		d.Sections = append(d.Sections, section{t.key, rows, t.path})
		d.Empty = d.Empty && len(facts) == 0
	}
	counts, err := s.opt.Archive.Counts(ctx, archive.CountsOf{})
	if err != nil {
		s.broken(w, r, err)
		return
	}
	d.Months = monthsOf(counts, maxMonths, func(m string) string { return "/events?since=" + m + "&until=" + m })
	d.Chart = monthChart(d.Months, f.ui.Say)
	s.show(w, r, http.StatusOK, "today", f.ui.Say("today"), d)
}

// lastVisit returns the day of the visit before this one, and remembers this
// one.
func (s *Server) lastVisit(w http.ResponseWriter, r *http.Request) string {
	now := time.Now().UTC()
	last, now0 := "", now.Format(time.RFC3339)
	if c, err := r.Cookie(visitCookie); err == nil {
		if t, err := time.Parse(time.RFC3339, c.Value); err == nil && !t.After(now) {
			last = t.Format(time.DateOnly)
			if now.Sub(t) < visitGap {
				now0 = c.Value // still the same visit
			}
		}
	}
	http.SetCookie(w, &http.Cookie{Name: visitCookie, Value: now0, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	return last
}

// maxMonths bounds the bars of a chart.
const maxMonths = 60

// monthsOf makes bars of counts, one a month from the first to the last, the
// last ones where there are more than most.
func monthsOf(counts []archive.Count, most int, link func(month string) string) []month {
	var out []month
	sums := map[string]float64{}
	for _, c := range counts {
		if c.Month == "" || c.Status == "denied" || c.Status == "planned" || c.Status == "conditional" {
			continue // a chart shows what happened and what was said
		}
		for len(out) == 0 || out[len(out)-1].Label < c.Month {
			next := c.Month
			if len(out) > 0 {
				next = monthAfter(out[len(out)-1].Label)
			}
			out = append(out, month{Label: next, Link: link(next)})
			if len(out) > 12*200 {
				break // an archive of two centuries: a date gone wrong
			}
		}
		m := &out[len(out)-1]
		m.Count[quadOfType(c.Type)] += c.Reports
		sums[m.Label] += c.Goldstein * float64(c.Reports)
	}
	out = out[max(0, len(out)-most):]
	for i := range out {
		out[i].Mean = sums[out[i].Label] / float64(max(out[i].total(), 1))
	}
	return out
}

func monthAfter(m string) string {
	t, err := time.Parse("2006-01", m)
	if err != nil {
		return m
	}
	return t.AddDate(0, 1, 0).Format("2006-01")
}

// quadOfType is the place of a PLOVER type's class in quads.
func quadOfType(typ string) int {
	switch typ {
	case "AGREE", "CONSULT", "SUPPORT", "CONCEDE":
		return 0
	case "COOPERATE", "AID", "RETREAT":
		return 1
	case "REQUEST", "ACCUSE", "REJECT", "THREATEN":
		return 2
	}
	return 3
}
