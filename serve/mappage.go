package serve

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"kawat/archive"
)

// periodFacts is how many facts of a period the map and the filters of its page
// look at.
const periodFacts = 1000

// mapPage shows where the events of a period took place and who acted.
func (s *Server) mapPage(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r)
	ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
	defer cancel()
	filter, err := parseFilter(r.URL.Query())
	if err != nil {
		s.show(w, r, http.StatusBadRequest, "error", err.Error(), nil)
		return
	}
	facts, next, err := s.opt.Archive.Facts(ctx, []archive.Kind{archive.Event, archive.Encounter}, filter, archive.Page{Limit: periodFacts})
	if err != nil {
		s.broken(w, r, err)
		return
	}
	dots, lit := f.placesOf(facts)
	s.show(w, r, http.StatusOK, "map", f.ui.Say("map"), map[string]any{
		"Filter": filter, "Map": worldMap(dots, nil, lit, f.ui.Say("map")), "Dots": dots, "Cut": next != "",
	})
}

// placesOf gathers the places of facts, and how often each state acts.
func (f *frame) placesOf(facts []archive.Fact) ([]dot, map[string]int) {
	at, lit := map[string]int{}, map[string]int{}
	var dots []dot
	for i := range facts {
		x := &facts[i]
		if ev := x.Event; ev != nil {
			for _, c := range slices.Concat(ev.ActorCountries, ev.RecipientCountries) {
				lit[c]++
			}
			if ev.Place != nil {
				dots = addDot(dots, at, f.place(ev.Place), ev.Place.Country, ev.Place.Lat, ev.Place.Lon)
			}
		}
		if e := x.Encounter; e != nil && e.Place != nil {
			dots = addDot(dots, at, f.place(e.Place), e.Place.Country, e.Place.Lat, e.Place.Lon)
		}
	}
	slices.SortStableFunc(dots, func(a, b dot) int { return b.Count - a.Count })
	return dots, lit
}

func addDot(dots []dot, at map[string]int, name, country string, lat, lon *float64) []dot {
	if lat == nil || lon == nil {
		return dots
	}
	// One place has many spellings: "MOSCOW" of a dateline, "Moskow".
	spot := fmt.Sprintf("%.1f %.1f", *lat, *lon)
	if k, ok := at[spot]; ok {
		dots[k].Count++
		if strings.ToUpper(dots[k].Name) == dots[k].Name {
			dots[k].Name = name
		}
		return dots
	}
	at[spot] = len(dots)
	return append(dots, dot{Lat: *lat, Lon: *lon, Name: name, Count: 1, Link: "/encounters?place=" + strings.ToLower(name) + "," + country})
}

// dyadsDrawn is how many pairs a network shows.
const dyadsDrawn = 120

// networkPage draws who acts towards whom in a period.
func (s *Server) networkPage(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r)
	ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
	defer cancel()
	since, until := r.URL.Query().Get("since"), r.URL.Query().Get("until")
	for _, day := range []string{since, until} {
		if day != "" && archive.ParseDay(day) == 0 {
			s.show(w, r, http.StatusBadRequest, "error", day, nil)
			return
		}
	}
	dyads, err := s.dyads.get(ctx, archive.DyadsOf{Since: since, Until: until, Limit: dyadsListed})
	if err != nil {
		s.broken(w, r, err)
		return
	}
	dyads = dyads[:min(len(dyads), dyadsDrawn)]
	nodes, edges := f.graph(dyads)
	s.show(w, r, http.StatusOK, "network", f.ui.Say("network"), map[string]any{
		"Since": since, "Until": until, "Dyads": dyads, "Graph": network(nodes, edges, f.ui.Say("network")), "Now": time.Now().Format("2006"),
	})
}

// graph makes nodes of states and edges of pairs, both directions together.
func (f *frame) graph(dyads []archive.Dyad) ([]node, []edge) {
	at, pair := map[string]int{}, map[[2]int]int{}
	var nodes []node
	var edges []edge
	spot := func(code string) int {
		k, ok := at[code]
		if !ok {
			k = len(nodes)
			at[code] = k
			nodes = append(nodes, node{ID: code, Name: f.names.of(code), Link: stateHref(code)})
		}
		return k
	}
	for _, d := range dyads {
		a, b := spot(d.Actor), spot(d.Recipient)
		nodes[a].Weight += d.Reports
		nodes[b].Weight += d.Reports
		key := [2]int{min(a, b), max(a, b)}
		k, ok := pair[key]
		if !ok {
			k = len(edges)
			pair[key] = k
			edges = append(edges, edge{A: a, B: b, Link: dyadHref(d.Actor, d.Recipient)})
		}
		e := &edges[k]
		e.Mean = (e.Mean*float64(e.Weight) + d.Goldstein*float64(d.Reports)) / float64(e.Weight+d.Reports)
		e.Weight += d.Reports
	}
	return nodes, edges
}
