package archive

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"
)

// LastArrival returns the number of the story that came in last, 0 where none
// did. Numbers grow with the order in which stories come in, which is not that
// of their days.
func (a *Archive) LastArrival(ctx context.Context) (int64, error) {
	var n int64
	if err := a.read.QueryRowContext(ctx, "SELECT coalesce(max(n), 0) FROM arrival").Scan(&n); err != nil {
		return 0, a.failed(err)
	}
	return n, nil
}

// ArrivalBefore returns the number of the last story that had come in at a
// time.
func (a *Archive) ArrivalBefore(ctx context.Context, at time.Time) (int64, error) {
	var n int64
	// Stories come in by the clock: the last one of an earlier second is found
	// from the end, where "new" lies.
	err := a.read.QueryRowContext(ctx, "SELECT coalesce((SELECT n FROM arrival WHERE at < ? ORDER BY n DESC LIMIT 1), 0)", at.Unix()).Scan(&n)
	if err != nil {
		return 0, a.failed(err)
	}
	return n, nil
}

// storiesAtOnce bounds the stories that one look at what is new takes.
const storiesAtOnce = 200

// Arrived returns the facts of some kinds that pass a filter, of stories that
// came in after an arrival, and the last arrival that it looked at: where the
// next look begins. It looks at some stories at once; where last is after, there
// was nothing to look at.
func (a *Archive) Arrived(ctx context.Context, kinds []Kind, f Filter, after int64) (facts []Fact, last int64, err error) {
	if facts, last, err = a.arrived(ctx, kinds, &f, after); err != nil {
		return nil, after, a.failed(err)
	}
	return facts, last, nil
}

func (a *Archive) arrived(ctx context.Context, kinds []Kind, f *Filter, after int64) ([]Fact, int64, error) {
	only, last, err := a.newStories(ctx, after)
	if err != nil || len(only.days) == 0 {
		return nil, last, err
	}
	q, ok, err := a.compile(ctx, "post", kinds, f)
	if err != nil || !ok {
		return nil, last, err
	}
	q.only = only
	hits, err := a.firstHits(ctx, q, start, len(only.stories)*maxFacts)
	if err != nil {
		return nil, last, err
	}
	facts, err := a.load(ctx, hits)
	return facts, last, err
}

// newStories returns the current stories that came in after an arrival, and the
// days of their facts.
func (a *Archive) newStories(ctx context.Context, after int64) (*within, int64, error) {
	only, last := &within{}, after
	if err := a.each(ctx, "SELECT r.n, r.story, s.state FROM arrival r JOIN story s ON s.id = r.story WHERE r.n > ? ORDER BY r.n LIMIT ?", []any{after, storiesAtOnce}, func(row scanner) error {
		var story int
		var st state
		err := row.Scan(&last, &story, &st)
		if st == current {
			only.stories = append(only.stories, story)
		}
		return err
	}); err != nil {
		return nil, after, err
	}
	quad, err := quads()
	if err != nil {
		return nil, after, err
	}
	for _, id := range only.stories {
		r, err := a.scanReport(a.read.QueryRowContext(ctx, reportQuery+"WHERE s.id = ?", int64(id)))
		if errors.Is(err, sql.ErrNoRows) {
			continue // deleted meanwhile
		}
		if err != nil {
			return nil, after, err
		}
		for _, x := range factsOf(r.Record, StoryID(id).Day(), quad) {
			only.days = append(only.days, int(x.day))
		}
	}
	slices.Sort(only.days)
	only.days = slices.Compact(only.days)
	return only, last, nil
}
