package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kawat/archive"
)

func happeningRow(h *archive.Happening) row {
	where, country := place(h.Place)
	return row{
		{"id", h.ID, true},
		{"date", h.Date, false},
		{"type", h.Type, false},
		{"cameo", h.CAMEO, true},
		{"manner", h.Manner, true},
		{"actor_countries", h.ActorCountries, false},
		{"recipient_countries", h.RecipientCountries, false},
		{"actors", h.Actors, false},
		{"recipients", h.Recipients, false},
		{"place", where, false},
		{"place_country", country, true},
		{"status", h.Status, false},
		{"reports", len(h.Events), false},
		{"history", h.History, true},
		{"stories", h.Stories, false},
		{"publishers", h.Publishers, true},
		{"events", h.Events, true},
	}
}

func happenings(e *env) answer {
	return func(ctx context.Context, a *archive.Archive, f *askFlags, out *rows) error {
		return pages(e, f, func(p archive.Page) (int, string, error) {
			list, next, err := a.Happenings(ctx, f.filter, p)
			for i := range list {
				err = errors.Join(err, out.add(happeningRow(&list[i])))
			}
			return len(list), next, err
		})
	}
}

func stories(e *env, search bool) answer {
	return func(ctx context.Context, a *archive.Archive, f *askFlags, out *rows) error {
		if search && strings.TrimSpace(f.filter.Words) == "" {
			return usageError{errors.New("no words to look for")}
		}
		return pages(e, f, func(p archive.Page) (int, string, error) {
			list, next, err := a.Stories(ctx, f.filter, p)
			if err != nil {
				return 0, "", err
			}
			for i := range list {
				r := storyRow(&list[i])
				if search {
					rep, err := a.Get(ctx, list[i].ID)
					if err != nil {
						return 0, "", err
					}
					s, err := a.SnippetOf(rep.Record.Story.Text, f.filter.Words)
					if err != nil {
						return 0, "", err
					}
					r = append(r, cell{"snippet", strings.TrimSpace(s.Before + " [" + s.Match + "] " + s.After), false})
				}
				if err := out.add(r); err != nil {
					return 0, "", err
				}
			}
			return len(list), next, nil
		})
	}
}

func storyRow(s *archive.Story) row {
	return row{
		{"id", s.Name, false},
		{"url", s.URL, true},
		{"title", s.Title, false},
		{"publisher", s.Publisher, false},
		{"agencies", s.Agencies, true},
		{"published", s.Published, false},
		{"lang", s.Lang, false},
		{"reprint_of", s.ReprintOf, false},
		{"cluster", s.Cluster, true},
		{"key", s.Key.String(), true},
		{"coder", s.Coder, true},
	}
}

// timeline merges what happened between two sides with what was promised and
// which messages went, newest first.
func timeline(ctx context.Context, a *archive.Archive, f *askFlags, out *rows) error {
	p := archive.Page{Limit: max(f.limit, 1)}
	if f.limit <= 0 {
		p.Limit = 1000
	}
	haps, _, err := a.Happenings(ctx, f.filter, p)
	if err != nil {
		return err
	}
	facts, _, err := a.Facts(ctx, []archive.Kind{archive.Pledge, archive.Message}, f.filter, p)
	if err != nil {
		return err
	}
	type entry struct {
		day string
		row row
	}
	var all []entry
	for i := range haps {
		h := &haps[i]
		where, _ := place(h.Place)
		all = append(all, entry{h.Date, row{
			{"date", h.Date, false},
			{"what", h.Type, false},
			{"cameo", h.CAMEO, false},
			{"from", h.ActorCountries, false},
			{"to", h.RecipientCountries, false},
			{"people", append([]string{}, slices.Concat(h.Actors, h.Recipients)...), true},
			{"place", where, false},
			{"status", h.Status, false},
			{"reports", len(h.Events), false},
			{"words", "", true},
			{"stories", h.Stories, false},
			{"id", h.ID, true},
		}})
	}
	for i := range facts {
		x := &facts[i]
		v := factView{x, x.Report.Record, []rune(x.Report.Record.Story.Text)}
		var what string
		var from, to []string
		if x.Kind == archive.Pledge {
			what, from, to = "pledge: "+x.Pledge.Act, v.names(x.Pledge.By), v.names(x.Pledge.To)
		} else {
			what, from, to = x.Message.Kind, v.names([]string{x.Message.From}), v.names([]string{x.Message.To})
		}
		all = append(all, entry{x.Day.String(), row{
			{"date", x.Day.String(), false},
			{"what", what, false},
			{"cameo", "", false},
			{"from", from, false},
			{"to", to, false},
			{"people", []string{}, true},
			{"place", "", false},
			{"status", "", false},
			{"reports", 1, false},
			{"words", v.words(x.Spans()), true},
			{"stories", []string{x.Report.Story.Name}, false},
			{"id", x.Local(), true},
		}})
	}
	slices.SortStableFunc(all, func(x, y entry) int { return strings.Compare(y.day, x.day) })
	for _, e := range all[:min(len(all), p.Limit)] {
		if err := out.add(e.row); err != nil {
			return err
		}
	}
	return nil
}

func people(ctx context.Context, a *archive.Archive, f *askFlags, out *rows) error {
	names := slices.Concat(f.filter.Person, f.filter.Speaker)
	if f.filter.Words != "" {
		names = append(names, f.filter.Words)
	}
	if len(names) == 0 {
		return usageError{errors.New("name a person")}
	}
	for _, name := range names {
		list, err := a.People(ctx, name, f.limit)
		if err != nil {
			return err
		}
		for i := range list {
			p := &list[i]
			var offices []string
			for _, o := range p.Offices {
				held := o.Title
				if o.Since != "" {
					held += " (" + o.Since + " to " + o.Until + ")"
				}
				offices = append(offices, held)
			}
			var spellings []string
			for _, n := range p.Names {
				spellings = append(spellings, n.Name)
			}
			r := row{
				{"ref", p.Ref, false},
				{"name", p.Name, false},
				{"country", p.Country, false},
				{"names", spellings, false},
				{"refs", p.Refs, true},
				{"since", p.Since, false},
				{"until", p.Until, false},
				{"stories", p.Stories, false},
				{"held", offices, false},
				{"offices", p.Offices, true},
			}
			if err := out.add(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// pledges tells each promise with what was told later between the same sides.
func pledges(e *env) answer {
	return func(ctx context.Context, a *archive.Archive, f *askFlags, out *rows) error {
		return pages(e, f, func(p archive.Page) (int, string, error) {
			list, next, err := a.Facts(ctx, []archive.Kind{archive.Pledge}, f.filter, p)
			if err != nil {
				return 0, "", err
			}
			later, err := a.LaterOf(ctx, list)
			if err != nil {
				return 0, "", err
			}
			for i := range list {
				lines := []string{}
				for j := range later[i] {
					lines = append(lines, laterLine(&later[i][j]))
				}
				if err := out.add(append(factRow(&list[i]), cell{"later", lines, false})); err != nil {
					return 0, "", err
				}
			}
			return len(list), next, nil
		})
	}
}

// laterLine tells what came after a pledge: "2024-06-03 AID occurred (s1, s2)
// on grain, org:UNO".
func laterLine(l *archive.Later) string {
	line := fmt.Sprintf("%s %s %s (%s)", l.Date, l.Type, l.Status, strings.Join(l.Stories[:min(len(l.Stories), 3)], ", "))
	if len(l.About) > 0 {
		line += " on " + strings.Join(l.About[:min(len(l.About), 4)], ", ")
	}
	return line
}

// countArgs takes an actor and a recipient that stand behind the command.
func countArgs(f *archive.Filter, args []string) error {
	if len(args) > 2 {
		return errors.New("name an actor and at most one recipient")
	}
	if len(args) > 0 {
		f.Actor = args[:1]
	}
	if len(args) > 1 {
		f.Recipient = args[1:]
	}
	return nil
}

func counts(ctx context.Context, a *archive.Archive, f *askFlags, out *rows) error {
	of := archive.CountsOf{Actor: strings.Join(f.filter.Actor, ","), Recipient: strings.Join(f.filter.Recipient, ","), Since: f.filter.Since, Until: f.filter.Until}
	if len(f.filter.Dyad) == 2 {
		of.Actor, of.Recipient = f.filter.Dyad[0], f.filter.Dyad[1]
	}
	list, err := a.Counts(ctx, of)
	if err != nil {
		return err
	}
	for _, c := range list {
		if err := out.add(row{{"month", c.Month, false}, {"type", c.Type, false}, {"status", c.Status, false}, {"reports", c.Reports, false}, {"goldstein", c.Goldstein, false}}); err != nil {
			return err
		}
	}
	return nil
}
