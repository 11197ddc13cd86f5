package serve

import (
	"context"
	"net/http"

	"kawat/archive"
)

// personData is what the page of a person is made of.
type personData struct {
	Person   archive.Person
	Sections []section
	Travel   any // a map
}

func (s *Server) personPage(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r)
	ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
	defer cancel()
	ref := r.URL.Query().Get("ref")
	people, err := s.opt.Archive.People(ctx, ref, 1)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	if len(people) == 0 || ref == "" {
		s.notFound(w, r)
		return
	}
	d := personData{Person: people[0]}
	var travels []archive.Fact
	for _, t := range []struct {
		key, path string
		kind      archive.Kind
		filter    archive.Filter
		rows      int
	}{
		{"quotations", "/quotations", archive.Quotation, archive.Filter{Speaker: []string{ref}}, 15},
		{"encounters", "/encounters", archive.Encounter, archive.Filter{Person: []string{ref}}, 40},
		{"events", "/events", archive.Event, archive.Filter{Person: []string{ref}}, 12},
		{"pledges", "/pledges", archive.Pledge, archive.Filter{Person: []string{ref}}, 8},
		{"messages", "/messages", archive.Message, archive.Filter{Person: []string{ref}}, 8},
	} {
		facts, _, err := s.opt.Archive.Facts(ctx, []archive.Kind{t.kind}, t.filter, archive.Page{Limit: t.rows})
		if err != nil {
			s.broken(w, r, err)
			return
		}
		if t.kind == archive.Encounter {
			travels = facts
		}
		rows, err := s.rows(ctx, f, facts[:min(len(facts), 15)])
		if err != nil {
			s.broken(w, r, err)
			return
		}
		d.Sections = append(d.Sections, section{Key: t.key, Rows: rows, More: t.path + "?" + filterQuery(t.filter).Encode()})
	}
	d.Travel = travelMap(f, travels, d.Person.Name)
	s.show(w, r, http.StatusOK, "person", d.Person.Name, d)
}

// travelMap shows where somebody met others, in the order of time; nothing
// where no place is known.
func travelMap(f *frame, facts []archive.Fact, name string) any {
	var dots []dot
	var legs []leg
	at := map[string]int{}
	var last *dot
	for i := len(facts) - 1; i >= 0; i-- { // oldest first
		p := facts[i].Encounter.Place
		if p == nil || p.Lat == nil || p.Lon == nil {
			continue
		}
		here := dot{Lat: *p.Lat, Lon: *p.Lon, Name: f.place(p), Count: 1, Link: "/encounters?place=" + p.Country}
		if k, ok := at[here.Name]; ok {
			dots[k].Count++
		} else {
			at[here.Name] = len(dots)
			dots = append(dots, here)
		}
		if last != nil && last.Name != here.Name {
			legs = append(legs, leg{*last, here})
		}
		last = &here
	}
	if len(dots) == 0 {
		return nil
	}
	return worldMap(dots, legs, nil, name)
}
