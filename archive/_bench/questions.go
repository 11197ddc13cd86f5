package main

import (
	"context"
	"strings"

	"kawat/archive"
)

// question is one that the command line asks; i varies its names.
type question struct {
	name string
	ask  func(ctx context.Context, a *archive.Archive, i int) (rows int, err error)
}

var states = []string{"IDN", "RUS", "CHN", "JPN", "IND", "FRA", "DEU", "BRA", "KEN", "EGY", "TUR", "IRN", "PER", "CAN", "NOR", "VNM"}

func state(i int) string { return states[i%len(states)] }

var searches = []string{"penolakan", "river treaty", "\"prisoners' exchange\"", "harbour project", "gandum OR grain", "perda*", "sanctions -steel", "menolak tekanan", "consulates", "visa rules"}

// names are surnames of persons that the archive knows.
var names []string

func findNames(ctx context.Context, a *archive.Archive) error {
	seen := map[string]bool{}
	for x, err := range a.EachFact(ctx, []archive.Kind{archive.Quotation}, archive.Filter{}) {
		if err != nil {
			return err
		}
		for i := range x.Report.Record.Entities {
			if e := &x.Report.Record.Entities[i]; e.Kind == "person" && !seen[e.Name] {
				seen[e.Name] = true
				names = append(names, e.Name[strings.LastIndexByte(e.Name, ' ')+1:])
			}
		}
		if len(names) >= 60 {
			break
		}
	}
	if len(names) == 0 {
		names = []string{"Silva"}
	}
	return nil
}

func questions() []question {
	facts := func(name string, kind archive.Kind, f func(i int) archive.Filter) question {
		return question{name, func(ctx context.Context, a *archive.Archive, i int) (int, error) {
			list, _, err := a.Facts(ctx, []archive.Kind{kind}, f(i), archive.Page{})
			return len(list), err
		}}
	}
	stories := func(name string, f func(i int) archive.Filter) question {
		return question{name, func(ctx context.Context, a *archive.Archive, i int) (int, error) {
			list, _, err := a.Stories(ctx, f(i), archive.Page{})
			return len(list), err
		}}
	}
	happenings := func(name string, f func(i int) archive.Filter) question {
		return question{name, func(ctx context.Context, a *archive.Archive, i int) (int, error) {
			list, _, err := a.Happenings(ctx, f(i), archive.Page{})
			return len(list), err
		}}
	}
	dyad := func(i int) []string { return []string{state(i), state(i*3 + 1)} }
	return []question{
		facts("events", archive.Event, func(int) archive.Filter { return archive.Filter{} }),
		facts("events --actor", archive.Event, func(i int) archive.Filter { return archive.Filter{Actor: []string{state(i)}} }),
		facts("events --dyad", archive.Event, func(i int) archive.Filter { return archive.Filter{Dyad: dyad(i)} }),
		facts("events --dyad --type --since --until", archive.Event, func(i int) archive.Filter {
			return archive.Filter{Dyad: dyad(i), Type: []string{"CONSULT"}, Since: "1995", Until: "2005"}
		}),
		facts("events --actor --recipient --quad 4", archive.Event, func(i int) archive.Filter {
			return archive.Filter{Actor: []string{state(i)}, Recipient: []string{state(i*3 + 1)}, Quad: []string{"4"}}
		}),
		facts("events --type (one of 700) --lang", archive.Event, func(i int) archive.Filter {
			return archive.Filter{Type: []string{"RETREAT"}, Lang: []string{[]string{"id", "en"}[i%2]}}
		}),
		facts("encounters --actor --lang", archive.Encounter, func(i int) archive.Filter {
			return archive.Filter{Actor: []string{state(i)}, Lang: []string{"id"}}
		}),
		facts("events --cameo 163", archive.Event, func(i int) archive.Filter { return archive.Filter{CAMEO: []string{"163"}} }),
		facts("events --status planned --place", archive.Event, func(i int) archive.Filter {
			return archive.Filter{Status: []string{"planned"}, Place: []string{state(i)}}
		}),
		facts("events --office --publisher", archive.Event, func(i int) archive.Filter {
			return archive.Filter{Office: []string{"foreign-minister"}, Publisher: []string{"Delta Post"}}
		}),
		facts("events --words --actor", archive.Event, func(i int) archive.Filter {
			return archive.Filter{Words: searches[i%len(searches)], Actor: []string{state(i)}}
		}),
		facts("events --actor --until (old page)", archive.Event, func(i int) archive.Filter {
			return archive.Filter{Actor: []string{state(i)}, Until: "1996-03"}
		}),
		facts("quotes --speaker", archive.Quotation, func(i int) archive.Filter { return archive.Filter{Speaker: []string{names[i%len(names)]}} }),
		facts("quotes --words --since", archive.Quotation, func(i int) archive.Filter {
			return archive.Filter{Words: searches[i%len(searches)], Since: "2000"}
		}),
		facts("quotes --dyad --min-confidence", archive.Quotation, func(i int) archive.Filter {
			return archive.Filter{Dyad: dyad(i), MinConfidence: 0.7}
		}),
		facts("pledges --dyad", archive.Pledge, func(i int) archive.Filter { return archive.Filter{Dyad: dyad(i)} }),
		happenings("happenings --dyad (timeline)", func(i int) archive.Filter { return archive.Filter{Dyad: dyad(i)} }),
		happenings("happenings --type --status", func(i int) archive.Filter {
			return archive.Filter{Type: []string{"CONSULT"}, Status: []string{"occurred"}}
		}),
		happenings("happenings --person", func(i int) archive.Filter { return archive.Filter{Person: []string{names[i%len(names)]}} }),
		happenings("happenings --words --actor", func(i int) archive.Filter {
			return archive.Filter{Words: searches[i%len(searches)], Actor: []string{state(i)}}
		}),
		stories("stories", func(int) archive.Filter { return archive.Filter{} }),
		stories("stories --publisher --since", func(i int) archive.Filter {
			return archive.Filter{Publisher: []string{"Gema Nusa"}, Since: "2001"}
		}),
		stories("stories --dyad --words", func(i int) archive.Filter {
			return archive.Filter{Words: searches[i%len(searches)], Dyad: dyad(i)}
		}),
		stories("search", func(i int) archive.Filter { return archive.Filter{Words: searches[i%len(searches)]} }),
		{"people", func(ctx context.Context, a *archive.Archive, i int) (int, error) {
			list, err := a.People(ctx, names[i%len(names)], 50)
			return len(list), err
		}},
		{"counts of a dyad", func(ctx context.Context, a *archive.Archive, i int) (int, error) {
			list, err := a.Counts(ctx, archive.CountsOf{Actor: state(i), Recipient: state(i*3 + 1)})
			return len(list), err
		}},
		{"counts of all", func(ctx context.Context, a *archive.Archive, _ int) (int, error) {
			list, err := a.Counts(ctx, archive.CountsOf{})
			return len(list), err
		}},
	}
}
