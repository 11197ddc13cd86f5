package serve

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"kawat/archive"
)

// section is a list on a page of several.
type section struct {
	Key  string
	Rows []row
	More string         // address of the whole list
	Told []happeningRow // in place of rows, where the list is of happenings
}

// todayData is what the first page is made of.
type todayData struct {
	Since    string // last visit, a day; "" at the first one
	Sections []section
	Months   []month
	Chart    any
	Empty    bool
	Of       []string // states that the page is about; nil for all
	Spikes   []spike
}

// visitCookie remembers when somebody was last here, visitGap is how long they
// must have been away for it to be another visit.
const (
	visitCookie = "kawat-visit"
	visitGap    = 4 * time.Hour
)

// todaySections are the lists of facts on the first page, the surest of each.
var todaySections = []struct {
	key, path string
	kind      archive.Kind
	sure      float64
	rows      int
	offices   []string
}{
	{"encounters", "/encounters", archive.Encounter, 0.6, 8, nil},
	{"notable-statements", "/quotations", archive.Quotation, 0.8, 8, notableOffices},
	{"pledges", "/pledges", archive.Pledge, 0.6, 6, nil},
}

// notableOffices are those whose holders bind a state by what they say.
var notableOffices = []string{"head-of-state", "head-of-government", "foreign-minister", "secretary-general"}

// todayHappenings is how many happenings the first page shows.
const todayHappenings = 10

func (s *Server) today(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r)
	ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
	defer cancel()
	now := time.Now().UTC()
	d := todayData{Of: s.wanted(w, r), Empty: true}
	last, err := s.sinceVisit(ctx, w, r, f, &d)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	if !last.IsZero() {
		d.Since = last.Format(time.DateOnly)
	}
	if err := s.todayHappenings(ctx, f, &d, now); err != nil {
		s.broken(w, r, err)
		return
	}
	for _, t := range todaySections {
		// What is said of days to come has its place in the lists.
		filter := archive.Filter{MinConfidence: t.sure, Actor: d.Of, Office: t.offices, Until: now.Format(time.DateOnly)}
		facts, _, err := s.opt.Archive.Facts(ctx, []archive.Kind{t.kind}, filter, archive.Page{Limit: t.rows})
		if err != nil {
			s.broken(w, r, err)
			return
		}
		rows, err := s.standing(ctx, f, facts)
		if err != nil {
			s.broken(w, r, err)
			return
		}
		d.Sections = append(d.Sections, section{Key: t.key, Rows: rows, More: t.path + "?" + filterQuery(archive.Filter{Actor: d.Of, Office: t.offices}).Encode()})
		d.Empty = d.Empty && len(facts) == 0
	}
	if err := s.addNews(ctx, f, &d, now); err != nil {
		s.broken(w, r, err)
		return
	}
	s.show(w, r, http.StatusOK, "today", f.ui.Say("today"), d)
}

// todayHappenings adds the newest happenings that have come to pass.
func (s *Server) todayHappenings(ctx context.Context, f *frame, d *todayData, now time.Time) error {
	filter := archive.Filter{Actor: d.Of, Until: now.Format(time.DateOnly), Status: []string{"occurred", "ongoing"}}
	rows, _, err := s.happeningRows(ctx, f, filter, archive.Page{Limit: todayHappenings})
	d.Sections = append(d.Sections, section{Key: "happenings", Told: rows, More: "/happenings?" + filterQuery(archive.Filter{Actor: d.Of}).Encode()})
	d.Empty = d.Empty && len(rows) == 0
	return err
}

// standing makes rows of facts that no reviewer rejected.
func (s *Server) standing(ctx context.Context, f *frame, facts []archive.Fact) ([]row, error) {
	rows, err := s.rows(ctx, f, facts)
	return slices.DeleteFunc(rows, func(r row) bool { return r.Ruling != nil && r.Ruling.What == archive.Rejected }), err
}

// addNews adds the chart, first-time encounters and spikes.
func (s *Server) addNews(ctx context.Context, f *frame, d *todayData, now time.Time) error {
	counts, err := s.counts.get(ctx, archive.CountsOf{Until: now.Format("2006-01")})
	if err != nil {
		return err
	}
	d.Months = monthsOf(counts, maxMonths, func(m string) string { return "/events?since=" + m + "&until=" + m })
	d.Chart = monthChart(d.Months, f.ui.Say)
	news, err := s.notable(ctx, now)
	if err != nil {
		return err
	}
	d.Spikes = news.spikes
	rows, err := s.standing(ctx, f, news.firsts)
	if len(rows) > 0 {
		d.Sections = append([]section{{Key: "first-encounters", Rows: rows}}, d.Sections...)
	}
	return err
}

// newShown is how many facts that came in since the last visit the first page
// shows.
const newShown = 8

// sinceVisit remembers this visit, and adds what came in since the one before,
// whose time it returns; zero where there was none.
func (s *Server) sinceVisit(ctx context.Context, w http.ResponseWriter, r *http.Request, f *frame, d *todayData) (time.Time, error) {
	last := s.lastVisit(w, r)
	if last.IsZero() {
		return last, nil
	}
	after, err := s.opt.Archive.ArrivalBefore(ctx, last)
	if err != nil {
		return last, err
	}
	facts, _, err := s.opt.Archive.Arrived(ctx, []archive.Kind{archive.Event, archive.Encounter, archive.Quotation, archive.Pledge}, archive.Filter{MinConfidence: 0.7, Actor: d.Of}, after)
	if err != nil {
		return last, err
	}
	rows, err := s.standing(ctx, f, facts[:min(len(facts), newShown)])
	if len(rows) > 0 {
		d.Sections = append(d.Sections, section{Key: "new-since", Rows: rows})
	}
	return last, err
}

// lastVisit returns the time of the visit before this one, zero where there was
// none, and remembers this one.
func (s *Server) lastVisit(w http.ResponseWriter, r *http.Request) time.Time {
	now := time.Now().UTC()
	before, began := time.Time{}, now
	if c, err := r.Cookie(visitCookie); err == nil {
		// "this visit's beginning/the last look of the one before"
		one, other, _ := strings.Cut(c.Value, "/")
		if t, err := time.Parse(time.RFC3339, one); err == nil && !t.After(now) {
			if now.Sub(t) < visitGap {
				began = t // still the same visit
				if o, err := time.Parse(time.RFC3339, other); err == nil && o.Before(t) {
					before = o
				}
			} else {
				before = t
			}
		}
	}
	value := began.Format(time.RFC3339)
	if !before.IsZero() {
		value += "/" + before.Format(time.RFC3339)
	}
	http.SetCookie(w, &http.Cookie{Name: visitCookie, Value: value, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	return before
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
