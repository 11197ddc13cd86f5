package main

import (
	"context"
	"iter"
	"slices"

	"kawat/archive"
	"kawat/export"
)

// archived is an archive as the source of an export.
type archived struct{ a *archive.Archive }

func (s archived) Reports(ctx context.Context) iter.Seq2[*export.Report, error] {
	return func(yield func(*export.Report, error) bool) {
		for r, err := range s.a.Reports(ctx, archive.Filter{}) {
			var links map[string]export.Link
			if err == nil {
				links, err = s.links(ctx, r)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(&export.Report{Record: r.Record, Links: links}, nil) {
				return
			}
		}
	}
}

// links ties the events of a story to the happenings that they report. The
// first event among a happening's reports stands for it; what stories tell as
// an encounter only has no code of its own.
func (s archived) links(ctx context.Context, r *archive.Report) (map[string]export.Link, error) {
	happenings, err := s.a.HappeningsOf(ctx, r)
	if err != nil {
		return nil, err
	}
	events := map[string]bool{}
	for i := range r.Record.Events {
		events[r.Record.Events[i].ID] = true
	}
	out := make(map[string]export.Link, len(happenings))
	for id, h := range happenings {
		if !events[id] {
			continue
		}
		first := slices.IndexFunc(h.Events, isEvent)
		out[id] = export.Link{
			Happening: h.ID, Status: h.Status, Date: h.Date, Events: len(h.Events), Sources: max(1, len(h.Publishers)), Stories: len(h.Stories),
			First: first >= 0 && h.Events[first].Event == id && h.Events[first].Fact.Story() == r.Story.ID,
		}
	}
	return out, nil
}

// isEvent tells an event from an encounter by the id that the record gives it.
func isEvent(x archive.HappeningFact) bool {
	return len(x.Event) > 2 && x.Event[:2] == "ev"
}

func (s archived) Happenings(ctx context.Context) iter.Seq2[*export.Happening, error] {
	return func(yield func(*export.Happening, error) bool) {
		for h, err := range s.a.EachHappening(ctx, archive.Filter{}) {
			if err != nil {
				yield(nil, err)
				return
			}
			out := &export.Happening{
				ID: h.ID, Type: h.Type, CAMEO: h.CAMEO, Actors: h.Actors, Recipients: h.Recipients, ActorCountries: h.ActorCountries,
				RecipientCountries: h.RecipientCountries, Date: h.Date, Place: h.Place, Status: h.Status, Stories: h.Stories, Sources: max(1, len(h.Publishers)),
			}
			for _, x := range h.Events {
				out.Events = append(out.Events, export.EventRef{Story: x.Story, Event: x.Event})
			}
			if !yield(out, nil) {
				return
			}
		}
	}
}
