package serve

import (
	"context"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"kawat/archive"
)

// stateData is what the page of a state, an organization or a dyad is made of.
type stateData struct {
	A, B     string // codes; B is "" on the page of one state
	Filter   archive.Filter
	Months   []month
	Chart    any
	Sections []section
	Partners []archive.Dyad
	Other    string // address of the dyad from the other side
	With     string // codes of a dyad to compare with, as given
	Compared []compared
}

// compared is a dyad beside another.
type compared struct {
	A, B      string
	Reports   int
	Quads     [4]int // as in quads
	Goldstein float64
	Chart     any
}

// stateSections are the lists on the pages of states.
var stateSections = []struct {
	key, path string
	kinds     []archive.Kind
	rows      int
}{
	{"events", "/events", []archive.Kind{archive.Event}, 12},
	{"encounters", "/encounters", []archive.Kind{archive.Encounter}, 8},
	{"quotations", "/quotations", []archive.Kind{archive.Quotation}, 8},
	{"pledges", "/pledges", []archive.Kind{archive.Pledge}, 8},
	{"messages", "/messages", []archive.Kind{archive.Message}, 5},
}

func (s *Server) statePage(w http.ResponseWriter, r *http.Request) {
	code := strings.ToUpper(r.PathValue("code"))
	s.states(w, r, stateData{A: code}, archive.Filter{Actor: []string{code}}, func(ctx context.Context, d *stateData) error {
		counts, err := s.counts.get(ctx, archive.CountsOf{Actor: code, Until: time.Now().UTC().Format("2006-01")})
		if err != nil {
			return err
		}
		d.Months = monthsOf(counts, maxMonths, func(m string) string { return "/events?actor=" + code + "&since=" + m + "&until=" + m })
		d.Partners, err = s.dyads.get(ctx, archive.DyadsOf{Actor: code, Limit: 24})
		return err
	})
}

func (s *Server) dyadPage(w http.ResponseWriter, r *http.Request) {
	a, b := strings.ToUpper(r.PathValue("a")), strings.ToUpper(r.PathValue("b"))
	d := stateData{A: a, B: b, Other: dyadHref(b, a)}
	f := s.frame(r)
	d.With = r.URL.Query().Get("with")
	s.states(w, r, d, archive.Filter{Dyad: []string{a, b}}, func(ctx context.Context, d *stateData) error {
		var err error
		if d.Months, err = s.dyadMonths(ctx, a, b); err != nil {
			return err
		}
		if with := s.codesOf(d.With); len(with) == 2 {
			return s.compare(ctx, f, d, with)
		}
		return nil
	})
}

// dyadMonths counts by month what two states do towards each other.
func (s *Server) dyadMonths(ctx context.Context, a, b string) ([]month, error) {
	var counts []archive.Count
	until := time.Now().UTC().Format("2006-01") // what is promised for later is no history
	for _, of := range []archive.CountsOf{{Actor: a, Recipient: b, Until: until}, {Actor: b, Recipient: a, Until: until}} {
		c, err := s.counts.get(ctx, of)
		if err != nil {
			return nil, err
		}
		counts = append(counts, c...)
	}
	slices.SortStableFunc(counts, func(x, y archive.Count) int { return strings.Compare(x.Month, y.Month) })
	return monthsOf(counts, maxMonths, func(m string) string { return "/events?dyad=" + a + "," + b + "&since=" + m + "&until=" + m }), nil
}

// compare sets a dyad beside another.
func (s *Server) compare(ctx context.Context, f *frame, d *stateData, with []string) error {
	other, err := s.dyadMonths(ctx, with[0], with[1])
	if err != nil {
		return err
	}
	mine := spread(d.Months, other)
	other = spread(other, d.Months)
	for _, x := range []struct {
		a, b   string
		months []month
	}{{d.A, d.B, mine}, {with[0], with[1], other}} {
		c := compared{A: x.a, B: x.b, Chart: monthChart(x.months, f.ui.Say)}
		sum := 0.0
		for i := range x.months {
			m := &x.months[i]
			for k, n := range m.Count {
				c.Quads[k] += n
			}
			c.Reports += m.total()
			if m.total() > 0 {
				sum += m.Mean * float64(m.total())
			}
		}
		c.Goldstein = sum / float64(max(c.Reports, 1))
		d.Compared = append(d.Compared, c)
	}
	return nil
}

// spread gives months the range of others too, so that two charts have one axis
// of time.
func spread(months, others []month) []month {
	if len(months) == 0 || len(others) == 0 {
		return months
	}
	out := slices.Clone(months)
	last := max(months[len(months)-1].Label, others[len(others)-1].Label)
	for at := others[0].Label; at < months[0].Label; at = monthAfter(at) {
		out = slices.Insert(out, len(out)-len(months), month{Label: at, Mean: math.NaN()})
	}
	for at := out[len(out)-1].Label; at < last; {
		at = monthAfter(at)
		out = append(out, month{Label: at, Mean: math.NaN()})
	}
	return out[max(0, len(out)-maxMonths):]
}

// states shows what a filter finds, with a chart.
func (s *Server) states(w http.ResponseWriter, r *http.Request, d stateData, filter archive.Filter, more func(context.Context, *stateData) error) {
	f := s.frame(r)
	ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
	defer cancel()
	err := more(ctx, &d)
	any := len(d.Months) > 0
	for _, t := range stateSections {
		if err != nil {
			break
		}
		var facts []archive.Fact
		var rows []row
		if facts, _, err = s.opt.Archive.Facts(ctx, t.kinds, filter, archive.Page{Limit: t.rows}); err == nil {
			rows, err = s.rows(ctx, f, facts)
		}
		any = any || len(facts) > 0
		d.Sections = append(d.Sections, section{Key: t.key, Rows: rows, More: t.path + "?" + filterQuery(filter).Encode()})
	}
	if err != nil {
		s.broken(w, r, err)
		return
	}
	if known := f.names[d.A] != "" && (d.B == "" || f.names[d.B] != ""); !any && !known {
		s.notFound(w, r)
		return
	}
	d.Filter, d.Chart = filter, monthChart(d.Months, f.ui.Say)
	title := f.names.of(d.A)
	if d.B != "" {
		title += " – " + f.names.of(d.B)
	}
	s.show(w, r, http.StatusOK, "state", title, d)
}

// dyadsListed is how many pairs of states are looked at where all are.
const dyadsListed = 400

// statesPage lists the pairs of states that act towards each other most.
func (s *Server) statesPage(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r)
	ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
	defer cancel()
	dyads, err := s.dyads.get(ctx, archive.DyadsOf{Limit: dyadsListed})
	if err != nil {
		s.broken(w, r, err)
		return
	}
	type state struct {
		Code, Name string
		Reports    int
	}
	sums := map[string]int{}
	for _, d := range dyads {
		sums[d.Actor] += d.Reports
		sums[d.Recipient] += d.Reports
	}
	list := make([]state, 0, len(sums))
	for code, n := range sums {
		list = append(list, state{code, f.names.of(code), n})
	}
	slices.SortFunc(list, func(x, y state) int { return strings.Compare(x.Name, y.Name) })
	s.show(w, r, http.StatusOK, "states", f.ui.Say("countries"), map[string]any{"States": list, "Dyads": dyads[:min(len(dyads), 40)]})
}
