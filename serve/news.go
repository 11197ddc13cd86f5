package serve

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"kawat/archive"
	"kawat/record"
)

// Limits on what counts as news of the first page.
const (
	recentDays   = 60 // an encounter is recent
	historyDays  = 90 // the archive must reach so far before it, for "first" to mean anything
	firstsLooked = 30
	firstsShown  = 6
	spikeTimes   = 3 // reports of a month, as many times the mean of those before
	spikeLeast   = 4 // reports
	spikeMonths  = 6 // before
	spikesShown  = 6
)

// spike is a dyad that was reported on much more than before.
type spike struct {
	Actor, Recipient string
	Now              int
	Before           float64 // mean a month
}

// notables are what is notable about the present: the same for all readers, and
// dear to find.
type notables struct {
	firsts []archive.Fact
	spikes []spike
}

// notable returns first-time encounters and spikes up to a day.
func (s *Server) notable(ctx context.Context, today time.Time) (notables, error) {
	return s.news.get(ctx, today.Format(time.DateOnly))
}

func (s *Server) findNotable(ctx context.Context, today string) (notables, error) {
	var out notables
	last, _, err := s.opt.Archive.Facts(ctx, []archive.Kind{archive.Event}, archive.Filter{Until: today}, archive.Page{Limit: 1})
	if err != nil || len(last) == 0 {
		return out, err
	}
	// An archive of the past has a present of its own: its last day.
	now := last[0].Day.Time()
	if out.firsts, err = s.firstEncounters(ctx, now); err != nil {
		return out, err
	}
	out.spikes, err = s.spikes(ctx, now)
	return out, err
}

// firstEncounters returns recent encounters of two persons of whom the archive
// knows no earlier one, though it reaches back.
func (s *Server) firstEncounters(ctx context.Context, now time.Time) ([]archive.Fact, error) {
	old := archive.Filter{Until: now.AddDate(0, 0, -historyDays).Format(time.DateOnly)}
	if before, _, err := s.opt.Archive.Facts(ctx, []archive.Kind{archive.Event}, old, archive.Page{Limit: 1}); err != nil || len(before) == 0 {
		return nil, err
	}
	recent := archive.Filter{Since: now.AddDate(0, 0, -recentDays).Format(time.DateOnly), Until: now.Format(time.DateOnly), Status: []string{"occurred", "ongoing"}, MinConfidence: 0.6}
	facts, _, err := s.opt.Archive.Facts(ctx, []archive.Kind{archive.Encounter}, recent, archive.Page{Limit: firstsLooked})
	if err != nil {
		return nil, err
	}
	var out []archive.Fact
	seen := map[[2]string]bool{}
	for i := range facts {
		for _, pair := range personPairs(&facts[i]) {
			if seen[pair] || len(out) == firstsShown {
				continue
			}
			seen[pair] = true
			met, err := s.metBefore(ctx, pair, facts[i].Day)
			if err != nil {
				return nil, err
			}
			if !met {
				out = append(out, facts[i])
				break
			}
		}
	}
	return out, nil
}

// maxPairs bounds the pairs of one encounter, such as a summit.
const maxPairs = 6

// personPairs are the pairs of persons of different states who take part.
func personPairs(x *archive.Fact) [][2]string {
	var people []*record.Entity
	for i := range x.Report.Record.Entities {
		e := &x.Report.Record.Entities[i]
		if e.Kind == "person" && e.Ref != "" && e.Country != "" && slices.Contains(x.Encounter.Participants, e.ID) {
			people = append(people, e)
		}
	}
	var out [][2]string
	for i, a := range people {
		for _, b := range people[i+1:] {
			if a.Country != b.Country && len(out) < maxPairs {
				out = append(out, [2]string{min(a.Ref, b.Ref), max(a.Ref, b.Ref)})
			}
		}
	}
	return out
}

// metBefore reports whether two persons met before a day.
func (s *Server) metBefore(ctx context.Context, pair [2]string, day archive.Day) (bool, error) {
	f := archive.Filter{Person: []string{pair[0]}, Until: (day - 1).String(), Status: []string{"occurred", "ongoing"}}
	facts, _, err := s.opt.Archive.Facts(ctx, []archive.Kind{archive.Encounter}, f, archive.Page{Limit: 200})
	if err != nil {
		return false, err
	}
	for i := range facts {
		if slices.Contains(personPairs(&facts[i]), pair) {
			return true, nil
		}
	}
	return false, nil
}

// spikes returns the dyads whose month is far above the months before.
func (s *Server) spikes(ctx context.Context, now time.Time) ([]spike, error) {
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	in := func(t time.Time) string { return t.Format("2006-01") }
	here, err := s.opt.Archive.Dyads(ctx, archive.DyadsOf{Since: in(month), Until: in(month), Limit: 100})
	if err != nil || len(here) == 0 || here[0].Reports < spikeLeast {
		return nil, err
	}
	before, err := s.opt.Archive.Dyads(ctx, archive.DyadsOf{Since: in(month.AddDate(0, -spikeMonths, 0)), Until: in(month.AddDate(0, -1, 0)), Limit: 1000})
	if err != nil || len(before) == 0 { // nothing to be above
		return nil, err
	}
	was := map[string]int{}
	for _, d := range before {
		was[d.Actor+">"+d.Recipient] = d.Reports
	}
	var out []spike
	for _, d := range here {
		mean := float64(was[d.Actor+">"+d.Recipient]) / spikeMonths
		if d.Reports >= spikeLeast && float64(d.Reports) >= spikeTimes*mean && len(out) < spikesShown {
			out = append(out, spike{d.Actor, d.Recipient, d.Reports, mean})
		}
	}
	return out, nil
}

// filterCookie keeps the states that a reader wants the first page to be about.
const filterCookie = "kawat-of"

// maxOf bounds them.
const maxOf = 12

// wanted returns the states that a request's first page is to be about, and
// remembers them where they are newly chosen.
func (s *Server) wanted(w http.ResponseWriter, r *http.Request) []string {
	q := r.URL.Query()
	if !q.Has("of") {
		c, err := r.Cookie(filterCookie)
		if err != nil {
			return nil
		}
		return s.codesOf(c.Value)
	}
	of := s.codesOf(q.Get("of"))
	c := &http.Cookie{Name: filterCookie, Value: strings.Join(of, "."), Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if len(of) == 0 {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
	return of
}

// codesOf reads codes, or names, of states and organizations that the interface
// can name.
func (s *Server) codesOf(text string) []string {
	var out []string
	for name := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == '.' }) {
		code := s.code(strings.TrimSpace(name))
		if s.frames["en"].names[code] != "" && !slices.Contains(out, code) && len(out) < maxOf {
			out = append(out, code)
		}
	}
	return out
}
