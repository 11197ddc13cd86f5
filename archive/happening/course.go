package happening

import (
	"cmp"
	"slices"
)

// Cancelled is the status of what was announced and called off.
const Cancelled = "cancelled"

// Station is a step of a happening's history.
type Station struct {
	Status string
	Date   string
	Report *Report
}

// Course is what a happening is, by all its reports.
type Course struct {
	Type, CAMEO, Manner string
	From, To            []string
	Persons             []string
	Symmetric           bool
	Date                string
	Day                 int
	Place, Country      string
	Status              string
	History             []Station
}

// Add adds a report, in the order of publication.
func (h *Happening) Add(r Report) {
	i, _ := slices.BinarySearchFunc(h.Reports, r, order)
	h.Reports = slices.Insert(h.Reports, i, r)
}

// Remove takes a report out, and reports whether it was there.
func (h *Happening) Remove(fact int64) bool {
	n := len(h.Reports)
	h.Reports = slices.DeleteFunc(h.Reports, func(r Report) bool { return r.Fact == fact })
	return len(h.Reports) < n
}

func order(x, y Report) int {
	return cmp.Or(cmp.Compare(x.Published, y.Published), cmp.Compare(x.Fact, y.Fact))
}

// Course sums the reports up. h must have one at least.
func (h *Happening) Course() Course {
	var c Course
	c.History = h.history()
	c.Status = c.History[len(c.History)-1].Status
	lead := h.lead(c.Status)
	c.Type, c.CAMEO, c.From, c.To, c.Symmetric = lead.Type, lead.CAMEO, lead.From, lead.To, lead.Symmetric
	c.Day = lead.Day
	for i := range h.Reports {
		r := &h.Reports[i]
		for _, p := range r.Persons {
			if !slices.Contains(c.Persons, p) {
				c.Persons = append(c.Persons, p)
			}
		}
	}
	same := func(r *Report) bool { return lies(r) == lies(lead) }
	c.Date = h.most(same, func(r *Report) string { return r.Date })
	c.Place = h.most(same, func(r *Report) string { return r.Place })
	c.Country = h.most(same, func(r *Report) string { return r.Country })
	c.Manner = h.most(same, func(r *Report) string { return r.Manner })
	for i := range h.Reports {
		if r := &h.Reports[i]; r.Date == c.Date && r.Date != "" && same(r) {
			c.Day = r.Day
			break
		}
	}
	return c
}

// lead is the report that stands for all: the first of the final status.
func (h *Happening) lead(status string) *Report {
	for i := range h.Reports {
		if statusOf(&h.Reports[i], h) == status {
			return &h.Reports[i]
		}
	}
	return &h.Reports[0]
}

// most returns the value that most reports give, the first of equals; reports
// that pass come first.
func (h *Happening) most(pass func(*Report) bool, value func(*Report) string) string {
	for _, all := range [...]bool{false, true} {
		count, best := map[string]int{}, ""
		for i := range h.Reports {
			r := &h.Reports[i]
			if v := value(r); v != "" && (all || pass(r)) {
				if count[v]++; count[v] > count[best] {
					best = v
				}
			}
		}
		if best != "" {
			return best
		}
	}
	return ""
}

// statusOf is what a report says became of the happening.
func statusOf(r *Report, h *Happening) string {
	if r.Type == "REJECT" && slices.ContainsFunc(h.Reports, func(o Report) bool { return o.Type != "REJECT" }) {
		return Cancelled
	}
	return r.Status
}

// history lists the stations in the order of publication: a status or a day
// that was not told before. What happened is not undone by a late
// announcement.
func (h *Happening) history() []Station {
	var out []Station
	for i := range h.Reports {
		r := &h.Reports[i]
		s := Station{statusOf(r, h), r.Date, r}
		if len(out) > 0 {
			last := out[len(out)-1]
			if rank(s.Status) < rank(last.Status) || s.Status == last.Status && (s.Date == "" || s.Date == last.Date || !lies(r)) {
				continue
			}
		}
		out = append(out, s)
	}
	return out
}

// rank orders statuses by how much they settle.
func rank(status string) int {
	switch status {
	case "occurred":
		return 4
	case Cancelled, "denied":
		return 3
	case "ongoing":
		return 2
	case "planned", "pledged":
		return 1
	}
	return 0
}
