package archive

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// hit is one row of an index of facts.
type hit struct {
	day    Day
	fact   int64
	traits traits
}

// condition holds for an entry of the index under its term.
type condition struct {
	term   term
	role   uint64 // the entry's role must have one of these bits; 0 asks nothing
	id     int64  // of the term
	weight int64  // about how many entries the term has
}

// question is a filter, compiled: of every group of conditions one must hold,
// and all tests on traits.
type question struct {
	table  string // post or happening_post
	kinds  []Kind
	groups [][]condition
	tests  []test
	first  Day       // 0 open
	last   Day       // 0 open
	words  *wordTree // nil asks nothing
	only   *within   // nil asks nothing
}

// within keeps a question to some stories, whose facts are of some days.
type within struct{ days, stories []int }

// test is a choice among values of one field, or a least value.
type test struct {
	field  field
	values []int
	least  int
}

// compile turns a filter into a question. A question that nothing can answer,
// since a name in it is unknown to the archive, comes back with ok false.
func (a *Archive) compile(ctx context.Context, table string, kinds []Kind, f *Filter) (q *question, ok bool, err error) {
	if err := f.Check(); err != nil {
		return nil, false, err
	}
	q = &question{table: table, kinds: kinds, first: ParseDay(f.Since), last: lastDay(f.Until)}
	if q.words, err = a.searchWords(f.Words); err != nil {
		return nil, false, err
	}
	q.sides(f.Actor, f.Recipient)
	if len(f.Dyad) == 2 {
		x, y := strings.ToUpper(f.Dyad[0]), strings.ToUpper(f.Dyad[1])
		q.groups = append(q.groups, []condition{{term: term{termPair, min(x, y) + " " + max(x, y)}}})
	}
	q.choose(termOffice, 0, f.Office, strings.ToLower)
	if q.ofHappenings() {
		q.choose(termLang, 0, f.Lang, strings.ToLower)
	}
	q.place(f.Place)
	if err := a.persons(ctx, q, f); err != nil {
		return nil, false, err
	}
	a.publishers(q, f.Publisher)
	if !a.traitTests(q, f) {
		return q, false, nil
	}
	ok, err = a.settle(ctx, q)
	return q, ok, err
}

func (q *question) choose(kind termKind, role uint64, values []string, norm func(string) string) {
	if len(values) == 0 {
		return
	}
	var g []condition
	for _, v := range values {
		g = append(g, condition{term: term{kind, norm(v)}, role: role})
	}
	q.groups = append(q.groups, g)
}

// sides adds who acts and towards whom. Of two that are given, the entries of
// the pair are few, and say who of them acts.
func (q *question) sides(actors, recipients []string) {
	var pairs []condition
	for _, a := range actors {
		for _, r := range recipients {
			a, r := strings.ToUpper(a), strings.ToUpper(r)
			role := uint64(roleFrom)
			if a > r {
				role = roleTo
			}
			pairs = append(pairs, condition{term: term{termPair, min(a, r) + " " + max(a, r)}, role: role})
			if a == r || len(pairs) > maxPairsAsked {
				q.choose(termSide, roleFrom, actors, strings.ToUpper)
				q.choose(termSide, roleTo, recipients, strings.ToUpper)
				return
			}
		}
	}
	if len(pairs) > 0 {
		q.groups = append(q.groups, pairs)
		return
	}
	q.choose(termSide, roleFrom, actors, strings.ToUpper)
	q.choose(termSide, roleTo, recipients, strings.ToUpper)
}

// maxPairsAsked is how many pairs are walked one by one; of more, the sides are.
const maxPairsAsked = 16

// publishers adds those of a filter. Where something else leads to facts
// already, their traits tell of whom they are without another look.
func (a *Archive) publishers(q *question, names []string) {
	if len(names) == 0 {
		return
	}
	var nums []int
	for _, name := range names {
		if n, ok := a.codes.find(codePublisher, name); ok && uint64(n) <= fieldPublisher.max() {
			nums = append(nums, n)
		}
	}
	if q.ofHappenings() || len(q.groups) == 0 || len(nums) < len(names) {
		q.choose(termPublisher, 0, names, func(s string) string { return s })
		return
	}
	q.tests = append(q.tests, test{field: fieldPublisher, values: nums})
}

func (q *question) place(values []string) {
	if len(values) == 0 {
		return
	}
	var g []condition
	for _, v := range values {
		if len(v) == 3 && strings.ToUpper(v) == v {
			g = append(g, condition{term: term{termCountry, v}})
		}
		g = append(g, condition{term: term{termPlace, fold(v)}})
	}
	q.groups = append(q.groups, g)
}

// maxPersons bounds how many persons a part of a name may stand for.
const maxPersons = 200

// persons adds the persons and speakers of a filter.
func (a *Archive) persons(ctx context.Context, q *question, f *Filter) error {
	for _, p := range []struct {
		names []string
		role  uint64
	}{{f.Person, 0}, {f.Speaker, roleFrom}} {
		if len(p.names) == 0 {
			continue
		}
		g := []condition{}
		for _, name := range p.names {
			refs, err := a.refsOf(ctx, name)
			if err != nil {
				return err
			}
			for _, ref := range refs {
				g = append(g, condition{term: term{termPerson, ref}, role: p.role})
			}
		}
		q.groups = append(q.groups, g)
	}
	return nil
}

// traitTests adds what is decided by traits alone; false where a name is
// unknown to the archive.
func (a *Archive) traitTests(q *question, f *Filter) bool {
	add := func(fd field, kind codeKind, values []string, match func(have, want string) bool) bool {
		if len(values) == 0 {
			return true
		}
		nums := a.codes.matching(kind, func(have string) bool {
			return slices.ContainsFunc(values, func(want string) bool { return match(have, want) })
		})
		q.tests = append(q.tests, test{field: fd, values: nums})
		return len(nums) > 0
	}
	if len(q.kinds) > 0 {
		var nums []int
		for _, k := range q.kinds {
			nums = append(nums, int(k))
		}
		q.tests = append(q.tests, test{field: fieldKind, values: nums})
	}
	if len(f.Quad) > 0 {
		var nums []int
		for _, s := range f.Quad {
			nums = append(nums, quadNumber(s))
		}
		q.tests = append(q.tests, test{field: fieldQuad, values: nums})
	}
	if f.MinConfidence > 0 {
		q.tests = append(q.tests, test{field: fieldConfidence, least: hundredths(f.MinConfidence)})
	}
	return add(fieldType, codeType, f.Type, strings.EqualFold) &&
		add(fieldStatus, codeStatus, f.Status, strings.EqualFold) &&
		(q.ofHappenings() || add(fieldLang, codeLang, f.Lang, strings.EqualFold)) &&
		add(fieldCAMEO, codeCAMEO, f.CAMEO, strings.HasPrefix)
}

// sampleEntries is how far entries of a term are counted to choose the rarest.
const sampleEntries = 20_000

// settle looks terms up, and orders the groups by how many entries they have.
func (a *Archive) settle(ctx context.Context, q *question) (bool, error) {
	for i := range q.groups {
		known := q.groups[i][:0]
		for _, c := range q.groups[i] {
			found, err := a.lookUp(ctx, &c)
			if err == nil && found && len(q.groups) > 1 {
				err = a.weigh(ctx, q.table, &c)
			}
			if err != nil {
				return false, err
			}
			if found {
				known = append(known, c)
			}
		}
		if q.groups[i] = known; len(known) == 0 {
			return false, nil
		}
	}
	slices.SortStableFunc(q.groups, func(x, y []condition) int { return int(weight(x) - weight(y)) })
	return true, nil
}

func weight(g []condition) int64 {
	var sum int64
	for _, c := range g {
		sum += c.weight
	}
	return sum
}

// lookUp finds a term's id.
func (a *Archive) lookUp(ctx context.Context, c *condition) (bool, error) {
	err := a.read.QueryRowContext(ctx, "SELECT id FROM term WHERE kind = ? AND text = ?", c.term.kind, c.term.text).Scan(&c.id)
	if err == sql.ErrNoRows {
		return false, nil
	}
	return err == nil, err
}

// weigh finds about how many entries a term has.
func (a *Archive) weigh(ctx context.Context, table string, c *condition) error {
	return a.read.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM "+table+" WHERE term = ? LIMIT ?) few", c.id, sampleEntries).Scan(&c.weight)
}

// scan returns the first hits after a cursor, newest first.
func (a *Archive) scan(ctx context.Context, q *question, after cursor, limit int) ([]hit, error) {
	if len(q.groups) == 0 {
		g, err := a.everything(ctx, q)
		if err != nil {
			return nil, err
		}
		q.groups = append(q.groups, g)
	}
	drive, rest := q.groups[0], q.groups[1:]
	var all []hit
	for _, c := range drive {
		hits, err := a.scanTerm(ctx, q, c, rest, after, limit)
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

// scanTerm walks the entries of one term from the newest on, and keeps those
// that hold everything else.
func (a *Archive) scanTerm(ctx context.Context, q *question, c condition, rest [][]condition, after cursor, limit int) ([]hit, error) {
	var sb strings.Builder
	fmt.Fprintf(&sb, "SELECT p.day, p.fact, p.traits FROM %s p WHERE p.term = ? AND (p.day, p.fact) < (?, ?)", q.table)
	args := []any{c.id, int(after.day), after.fact}
	if q.last != 0 {
		sb.WriteString(" AND p.day <= ?")
		args = append(args, int(q.last))
	}
	if q.first != 0 {
		sb.WriteString(" AND p.day >= ?")
		args = append(args, int(q.first))
	}
	if q.only != nil {
		sb.WriteString(" AND p.day IN (" + numbers(q.only.days) + ") AND " + q.ofStory(q.storyOf()+" IN ("+numbers(q.only.stories)+")"))
	}
	printTests(&sb, c.role, q.tests)
	for _, g := range rest {
		printGroup(&sb, q.table, g)
	}
	if q.words != nil {
		holds, arg := a.read.holds(q.words, q.storyOf())
		sb.WriteString(" AND " + q.ofStory(holds))
		args = append(args, arg)
	}
	sb.WriteString(" ORDER BY p.day DESC, p.fact DESC LIMIT ?")
	rows, err := a.read.QueryContext(ctx, sb.String(), append(args, limit)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []hit
	for rows.Next() {
		var h hit
		if err := rows.Scan(&h.day, &h.fact, &h.traits); err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, rows.Err()
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
