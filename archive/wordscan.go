package archive

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// A question for words and something else stands between two lists, of which
// either may be long: the stories that hold the words, and the entries of the
// rarest term. Where the index of words lies in the order of time, the two are
// merged from their newest ends (wordmerge.go); else few stories are looked at
// one by one, and of many the engine makes the list.

// fewStories are looked at one by one.
const fewStories = 3_000

// scanWords returns the first hits of a question for words, newest first.
func (a *Archive) scanWords(ctx context.Context, q *question, after cursor, limit int) ([]hit, error) {
	stories, all, err := a.storiesHolding(ctx, q)
	switch {
	case err != nil || all && len(stories) == 0:
		return nil, err
	case all:
		return a.hitsOf(ctx, q, stories, after, limit)
	}
	return a.walk(ctx, q, after, limit)
}

// storiesHolding returns the newest stories that hold the words, and whether
// they are all.
func (a *Archive) storiesHolding(ctx context.Context, q *question) (stories []int64, all bool, err error) {
	from, id, holds, arg := a.read.listed(q.words)
	query, args := "SELECT "+id+" FROM "+from+" WHERE "+holds, []any{arg}
	if q.only != nil {
		query += fmt.Sprintf(" AND %s BETWEEN %d AND %d", id, slices.Min(q.only.stories), slices.Max(q.only.stories))
	}
	err = a.each(ctx, query+" ORDER BY "+id+" DESC LIMIT ?", append(args, fewStories+1), func(row scanner) error {
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
