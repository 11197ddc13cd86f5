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

// standing is what a row says of a happening, and which event stands for it.
type standing struct {
	link  export.Link
	story archive.StoryID // 0 where no event does
	event string
}

// maxStandings bounds how many happenings are remembered: the reports of one
// come within days of each other, so that few are looked up twice.
const maxStandings = 50_000

func (s archived) Reports(ctx context.Context) iter.Seq2[*export.Report, error] {
	return func(yield func(*export.Report, error) bool) {
		known := map[int64]standing{}
		for r, err := range s.a.Reports(ctx, archive.Filter{}) {
			var links map[string]export.Link
			if err == nil {
				links, err = s.links(ctx, r, known)
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

// links ties the events of a story to the happenings that they report.
func (s archived) links(ctx context.Context, r *archive.Report, known map[int64]standing) (map[string]export.Link, error) {
	numbers, err := s.a.HappeningIDs(ctx, r)
	if err != nil {
		return nil, err
	}
	out := make(map[string]export.Link, len(numbers))
	for event, n := range numbers {
		st, ok := known[n]
		if !ok {
			h, err := s.a.Happening(ctx, n)
			if err != nil {
				return nil, err
			}
			if len(known) >= maxStandings {
				clear(known)
			}
			st = standingOf(h)
			known[n] = st
		}
		l := st.link
		l.First = st.event == event && st.story == r.Story.ID
		out[event] = l
	}
	return out, nil
}

// standingOf finds the first event among a happening's reports. What stories
// tell as an encounter only has no code of its own.
func standingOf(h *archive.Happening) standing {
	st := standing{link: export.Link{
		Happening: h.ID, Status: h.Status, Date: h.Date, Events: len(h.Events), Sources: max(1, len(h.Publishers)), Stories: len(h.Stories),
	}}
	if first := slices.IndexFunc(h.Events, isEvent); first >= 0 {
		st.story, st.event = h.Events[first].Fact.Story(), h.Events[first].Event
	}
	return st
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
