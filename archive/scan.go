package archive

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// hit is one row of an index of facts.
type hit struct {
	day    Day
	fact   int64
	traits traits
}

// scan is a look for hits under way, newest first. It must be closed.
type scan struct {
	a     *Archive
	q     *question
	after cursor
	merge *merge // where the question is for words, and their index in order
}

func (a *Archive) scan(q *question, after cursor) *scan {
	s := &scan{a: a, q: q, after: after}
	if q.words != nil && q.only == nil && a.read.inOrder() {
		s.merge = a.mergeWords(q, after)
	}
	return s
}

// next returns the next hits, fewer than limit at the end.
func (s *scan) next(ctx context.Context, limit int) (hits []hit, err error) {
	switch {
	case s.merge != nil:
		return s.merge.next(ctx, limit)
	case s.q.words != nil:
		hits, err = s.a.scanWords(ctx, s.q, s.after, limit)
	default:
		hits, err = s.a.walk(ctx, s.q, s.after, limit)
	}
	if n := len(hits); n > 0 {
		s.after = cursor{hits[n-1].day, hits[n-1].fact}
	}
	return hits, err
}

func (s *scan) close() error {
	if s.merge == nil {
		return nil
	}
	return s.merge.close()
}

// firstHits returns the first hits after a cursor, newest first.
func (a *Archive) firstHits(ctx context.Context, q *question, after cursor, limit int) ([]hit, error) {
	s := a.scan(q, after)
	hits, err := s.next(ctx, limit)
	return hits, errors.Join(err, s.close())
}

// walk walks the entries of the first group of a question.
func (a *Archive) walk(ctx context.Context, q *question, after cursor, limit int) ([]hit, error) {
	if err := a.lead(ctx, q); err != nil {
		return nil, err
	}
	drive, rest := q.groups[0].any, q.groups[1:]
	var all []hit
	for _, c := range drive {
		hits, err := a.walkTerm(ctx, q, c, rest, after, limit)
		if err != nil {
			return nil, err
		}
		all = append(all, hits...)
	}
	if len(drive) > 1 {
		all = newestFirst(all)
	}
	return all[:min(len(all), limit)], nil
}

// lead gives a question that names no term one to begin with.
func (a *Archive) lead(ctx context.Context, q *question) error {
	if len(q.groups) > 0 {
		return nil
	}
	g, err := a.everything(ctx, q)
	q.groups = append(q.groups, group{any: g})
	return err
}

// everything leads to all facts of the wanted kinds.
func (a *Archive) everything(ctx context.Context, q *question) ([]condition, error) {
	g := []condition{}
	for _, k := range q.kinds {
		c := condition{term: term{termAll, k.String()}}
		found, err := a.lookUp(ctx, &c)
		if err != nil {
			return nil, err
		}
		if found {
			g = append(g, c)
		}
	}
	return g, nil
}

// newestFirst sorts hits and drops those that stand under several terms.
func newestFirst(hits []hit) []hit {
	slices.SortFunc(hits, func(x, y hit) int {
		if x.day != y.day {
			return int(y.day) - int(x.day)
		}
		switch {
		case x.fact > y.fact:
			return -1
		case x.fact < y.fact:
			return 1
		}
		return 0
	})
	return slices.CompactFunc(hits, func(x, y hit) bool { return x.fact == y.fact })
}

// walkTerm walks the entries of one term from the newest on, and keeps those
// that hold everything else.
func (a *Archive) walkTerm(ctx context.Context, q *question, c condition, rest []group, after cursor, limit int) ([]hit, error) {
	if q.last != 0 && after.day > q.last {
		// Of two upper bounds the engine would walk from the higher one on.
		after = cursor{q.last, math.MaxInt64}
	}
	var sb strings.Builder
	days, args := q.days(c.id, int(after.day), after.fact)
	fmt.Fprintf(&sb, "SELECT p.day, p.fact, p.traits FROM %s p WHERE p.term = ? AND (p.day, p.fact) < (?, ?)%s", q.table, days)
	if q.only != nil {
		sb.WriteString(" AND p.day IN (" + numbers(q.only.days) + ") AND " + q.ofStory(q.storyOf()+" IN ("+numbers(q.only.stories)+")"))
	}
	printTests(&sb, c.role, q.tests)
	for _, g := range rest {
		printGroup(&sb, q.table, g.any)
	}
	if q.listed != nil {
		where, more := q.listed(q.storyOf())
		sb.WriteString(" AND " + q.ofStory(where))
		args = append(args, more...)
	}
	if q.words != nil {
		holds, arg := a.read.holds(q.words, q.storyOf())
		sb.WriteString(" AND " + q.ofStory(holds))
		args = append(args, arg)
	}
	sb.WriteString(" ORDER BY p.day DESC, p.fact DESC LIMIT ?")
	return a.hits(ctx, sb.String(), append(args, limit))
}

// hits reads the hits that a query returns.
func (a *Archive) hits(ctx context.Context, query string, args []any) ([]hit, error) {
	var out []hit
	err := a.each(ctx, query, args, func(row scanner) error {
		var h hit
		err := row.Scan(&h.day, &h.fact, &h.traits)
		out = append(out, h)
		return err
	})
	return out, err
}

// storyOf is the story of an entry, or of a report of a happening.
func (q *question) storyOf() string {
	if q.ofHappenings() {
		return fmt.Sprintf("(m.fact >> %d)", factBits)
	}
	return fmt.Sprintf("(p.fact >> %d)", factBits)
}

// ofStory writes that a condition holds of the fact's story, or of one of the
// happening's.
func (q *question) ofStory(condition string) string {
	if q.ofHappenings() {
		return "EXISTS (SELECT 1 FROM member m WHERE m.happening = p.fact AND " + condition + ")"
	}
	return condition
}

// ofHappenings reports whether happenings are asked for, which have the
// publishers and languages of all their reports.
func (q *question) ofHappenings() bool { return q.table == "happening_post" }

// printTests writes the tests on traits. All of one value each are one
// comparison. The numbers come from the archive's own tables.
func printTests(sb *strings.Builder, role uint64, tests []test) {
	var mask, value traits
	for _, t := range tests {
		switch {
		case t.least > 0:
			fmt.Fprintf(sb, " AND ((p.traits >> %d) & %d) >= %d", t.field.at, t.field.max(), t.least)
		case len(t.values) == 1:
			mask |= t.field.mask()
			value = value.put(t.field, uint64(t.values[0]))
		default:
			fmt.Fprintf(sb, " AND ((p.traits >> %d) & %d) IN (%s)", t.field.at, t.field.max(), numbers(t.values))
		}
	}
	if mask != 0 {
		fmt.Fprintf(sb, " AND (p.traits & %d) = %d", uint64(mask), uint64(value))
	}
	if role != 0 {
		fmt.Fprintf(sb, " AND (p.traits & %d) <> 0", role)
	}
}

// printGroup writes that the fact stands under one of several terms too.
func printGroup(sb *strings.Builder, table string, g []condition) {
	sb.WriteString(" AND (")
	for i, c := range g {
		if i > 0 {
			sb.WriteString(" OR ")
		}
		fmt.Fprintf(sb, "EXISTS (SELECT 1 FROM %s x WHERE x.term = %d AND x.day = p.day AND x.fact = p.fact", table, c.id)
		if c.role != 0 {
			fmt.Fprintf(sb, " AND (x.traits & %d) <> 0", c.role)
		}
		sb.WriteString(")")
	}
	sb.WriteString(")")
}

func numbers(list []int) string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = fmt.Sprint(n)
	}
	return strings.Join(out, ",")
}
