package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A question for words and something else stands between two lists, of which
// either may be long: the stories that hold the words, and the entries of the
// rarest term. It begins at the shorter. Where both are long, a page is found
// near their newest ends, and a stretch of each is enough.

// Limits on the search.
const (
	fewStories   = 3_000  // are looked at one by one
	newestBegun  = 20_000 // stories that a look for beginnings of words lists at once, since it reads all lists in any case
	firstStretch = 250    // entries
	allStretches = 16_000 // entries; where a page is likely to need more, all stories with the words are listed
)

// scanWords returns the first hits of a question for words, newest first.
func (a *Archive) scanWords(ctx context.Context, q *question, after cursor, limit int) ([]hit, error) {
	stories, all, err := a.storiesHolding(ctx, q)
	switch {
	case err != nil || all && len(stories) == 0:
		return nil, err
	case all:
		return a.hitsOf(ctx, q, stories, after, limit)
	case q.only != nil || !a.read.inOrder():
		return a.walk(ctx, q, after, limit)
	}
	return a.walkStretches(ctx, q, stories, after, limit)
}

// storiesHolding returns the newest stories that hold the words, and whether
// they are all.
func (a *Archive) storiesHolding(ctx context.Context, q *question) (stories []int64, all bool, err error) {
	from, id, holds, arg := a.read.listed(q.words)
	query, args := "SELECT "+id+" FROM "+from+" WHERE "+holds, []any{arg}
	most := fewStories
	if q.words.begins() && a.read.inOrder() {
		most = newestBegun
	}
	if q.only != nil {
		query += fmt.Sprintf(" AND %s BETWEEN %d AND %d", id, slices.Min(q.only.stories), slices.Max(q.only.stories))
	}
	err = a.each(ctx, query+" ORDER BY "+id+" DESC LIMIT ?", append(args, most+1), func(row scanner) error {
		var story int64
		err := row.Scan(&story)
		stories = append(stories, story)
		return err
	})
	all = len(stories) <= fewStories
	if q.only != nil {
		stories = slices.DeleteFunc(stories, func(id int64) bool { return !slices.Contains(q.only.stories, int(id)) })
	}
	return stories, all, err
}

// hitsOf looks at the facts of stories, or at the happenings that they tell.
func (a *Archive) hitsOf(ctx context.Context, q *question, stories []int64, after cursor, limit int) ([]hit, error) {
	from, arg := a.read.table(stories)
	var sb strings.Builder
	days, args := q.days(arg, int(after.day), after.fact)
	if q.ofHappenings() {
		all, err := a.everything(ctx, q)
		if err != nil || len(all) == 0 {
			return nil, err
		}
		fmt.Fprintf(&sb, `SELECT DISTINCT p.day, p.fact, p.traits FROM %s CROSS JOIN member m CROSS JOIN happening h CROSS JOIN happening_post p
			WHERE m.fact BETWEEN j.value << %d AND (j.value << %d) + %d AND h.id = m.happening AND p.term = %d AND p.day = h.day AND p.fact = h.id`,
			from, factBits, factBits, maxFacts, all[0].id)
	} else {
		fmt.Fprintf(&sb, `SELECT p.day, p.fact, p.traits FROM %s CROSS JOIN (SELECT id AS fact, day, traits FROM fact) p
			WHERE p.fact BETWEEN j.value << %d AND (j.value << %d) + %d`, from, factBits, factBits, maxFacts)
	}
	sb.WriteString(" AND (p.day, p.fact) < (?, ?)" + days)
	tests := q.tests
	for _, g := range q.groups {
		if g.test != nil {
			tests = append(slices.Clip(tests), *g.test)
			continue
		}
		printGroup(&sb, q.table, g.any)
	}
	printTests(&sb, 0, tests)
	sb.WriteString(" ORDER BY p.day DESC, p.fact DESC LIMIT ?")
	return a.hits(ctx, sb.String(), append(args, limit))
}

// walkStretches walks the entries stretch by stretch. Whether their stories are
// among the newest that hold the words is known; of others it looks only at that
// part of the index of words where they lie.
func (a *Archive) walkStretches(ctx context.Context, q *question, newest []int64, after cursor, limit int) ([]hit, error) {
	bare := *q
	bare.words = nil
	k := &holders{floor: newest[len(newest)-1], held: map[int64]bool{}}
	for _, story := range newest {
		k.held[story] = true
	}
	var out []hit
	for n, need := firstStretch, 0; need < allStretches; n *= 2 {
		hits, err := a.walk(ctx, &bare, after, n)
		if err != nil {
			return nil, err
		}
		kept, err := a.holding(ctx, q, k, hits)
		if errors.Is(err, errDear) {
			break
		}
		if err != nil {
			return nil, err
		}
		out = append(out, kept...)
		if len(out) >= limit || len(hits) < n {
			return out[:min(len(out), limit)], nil
		}
		// Stretches double, so that those up to n are twice n less the first.
		if walked := 2*n - firstStretch; n >= 4*firstStretch {
			need = walked * limit / max(1, len(out))
		}
		after = cursor{hits[n-1].day, hits[n-1].fact}
	}
	rest, err := a.walk(ctx, q, after, limit-len(out))
	return append(out, rest...), err
}

// holders are stories that are known to hold words: all from the floor on.
type holders struct {
	floor int64
	held  map[int64]bool
	looks int // for beginnings of words, below the floor
}

// errDear says that another look at the index of words would cost as much as
// the list of all stories: every look at a beginning of words reads the lists of
// all of them.
var errDear = errors.New("dear")

// holding returns those of some hits whose story, or one of whose stories,
// holds the words.
func (a *Archive) holding(ctx context.Context, q *question, k *holders, hits []hit) ([]hit, error) {
	of, err := a.storiesBehind(ctx, q, hits)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, list := range of {
		for _, story := range list {
			if story < k.floor {
				ids = append(ids, story)
			}
		}
	}
	ids = distinct(ids)
	lie := stretches(ids)
	if len(ids) > 0 && q.words.begins() {
		lie = []stretch{{ids[0], ids[len(ids)-1]}}
		if k.looks++; k.looks > 1 {
			return nil, errDear
		}
	}
	from, id, holds, arg := a.read.listed(q.words)
	query := "SELECT " + id + " FROM " + from + " WHERE " + holds + " AND " + id + " BETWEEN ? AND ?"
	for _, r := range lie {
		if err := a.each(ctx, query, []any{arg, r.first, r.last}, func(row scanner) error {
			var story int64
			err := row.Scan(&story)
			k.held[story] = true
			return err
		}); err != nil {
			return nil, err
		}
	}
	var out []hit
	for i, h := range hits {
		if slices.ContainsFunc(of[i], func(story int64) bool { return k.held[story] }) {
			out = append(out, h)
		}
	}
	return out, nil
}

// storiesBehind returns the stories of each hit.
func (a *Archive) storiesBehind(ctx context.Context, q *question, hits []hit) ([][]int64, error) {
	out := make([][]int64, len(hits))
	if !q.ofHappenings() {
		for i, h := range hits {
			out[i] = []int64{int64(FactID(h.fact).Story())}
		}
		return out, nil
	}
	at, ids := map[int64]int{}, make([]int64, len(hits))
	for i, h := range hits {
		at[h.fact], ids[i] = i, h.fact
	}
	where, arg := a.read.among("happening", ids)
	return out, a.each(ctx, "SELECT happening, fact FROM member WHERE "+where, []any{arg}, func(row scanner) error {
		var of int64
		var x FactID
		err := row.Scan(&of, &x)
		out[at[of]] = append(out[at[of]], int64(x.Story()))
		return err
	})
}

// stretch is a run of stories' ids.
type stretch struct{ first, last int64 }

// Two stretches are taken as one where they lie near each other: to begin
// another look at the index of words costs as much as some weeks of it.
const (
	gapOfStretches = 30 // days
	maxStretches   = 32
)

// stretches covers sorted ids by few stretches.
func stretches(ids []int64) []stretch {
	for gap := int64(gapOfStretches) << numberBits; ; gap *= 2 {
		var out []stretch
		for _, id := range ids {
			if n := len(out); n > 0 && id-out[n-1].last <= gap {
				out[n-1].last = id
				continue
			}
			out = append(out, stretch{id, id})
		}
		if len(out) <= maxStretches {
			return out
		}
	}
}
