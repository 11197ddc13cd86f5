package archive

import (
	"context"
	"database/sql"
	"slices"
	"strings"
)

// condition holds for an entry of the index under its term.
type condition struct {
	term term
	role uint64 // the entry's role must have one of these bits; 0 asks nothing
	id   int64  // of the term
}

// question is a filter, compiled: of every group of conditions one must hold,
// and all tests on traits.
type question struct {
	table  string // post or happening_post
	kinds  []Kind
	groups []group
	tests  []test
	first  Day       // 0 open
	last   Day       // 0 open
	words  *wordTree // nil asks nothing
	only   *within   // nil asks nothing
	// listed is a condition of an entry's story, given as an expression, and its
	// arguments; nil asks nothing.
	listed func(story string) (string, []any)
}

// group is a choice of conditions.
type group struct {
	any  []condition
	test *test // asks the same of an entry's traits; nil where only the index tells
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
	if q.words, err = a.wordsAsked(ctx, f.Words); err != nil {
		return nil, false, err
	}
	q.sides(f.Actor, f.Recipient)
	if len(f.Dyad) == 2 {
		x, y := strings.ToUpper(f.Dyad[0]), strings.ToUpper(f.Dyad[1])
		q.groups = append(q.groups, group{any: []condition{{term: term{termPair, min(x, y) + " " + max(x, y)}}}})
	}
	q.choose(termOffice, 0, f.Office, strings.ToLower)
	q.place(f.Place)
	if err := a.persons(ctx, q, f); err != nil {
		return nil, false, err
	}
	if !a.ofTraits(q, f) {
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
	q.groups = append(q.groups, group{any: g})
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
		q.groups = append(q.groups, group{any: pairs})
		return
	}
	q.choose(termSide, roleFrom, actors, strings.ToUpper)
	q.choose(termSide, roleTo, recipients, strings.ToUpper)
}

// maxPairsAsked is how many pairs are walked one by one; of more, the sides are.
const maxPairsAsked = 16

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
	q.groups = append(q.groups, group{any: g})
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
		q.groups = append(q.groups, group{any: g})
	}
	return nil
}

// ofTraits adds what an entry's traits tell; false where a name is unknown to
// the archive.
func (a *Archive) ofTraits(q *question, f *Filter) bool {
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
	exactly := func(have, want string) bool { return have == want }
	for _, x := range []named{
		{f.Publisher, fieldPublisher, codePublisher, termPublisher, exactly},
		{f.Type, fieldType, codeType, termType, strings.EqualFold},
		{f.Status, fieldStatus, codeStatus, termStatus, strings.EqualFold},
		{f.CAMEO, fieldCAMEO, codeCAMEO, termCAMEO, strings.HasPrefix},
		{f.Lang, fieldLang, codeLang, termLang, strings.EqualFold},
	} {
		if len(x.values) > 0 && !a.named(q, x) {
			return false
		}
	}
	return true
}

// named is a choice of names that stand in traits, and are terms as well.
type named struct {
	values []string
	field  field
	code   codeKind
	term   termKind
	match  func(have, want string) bool
}

// maxNamesAsked is how many terms stand for a choice of names; of more, traits
// alone are asked.
const maxNamesAsked = 32

// named adds such a choice; false where the archive knows none of the names.
func (a *Archive) named(q *question, x named) bool {
	t := &test{field: x.field}
	g := group{test: t}
	usual := false
	for _, n := range a.codes.matching(x.code, func(have string) bool {
		return slices.ContainsFunc(x.values, func(want string) bool { return x.match(have, want) })
	}) {
		name := a.codes.text(x.code, n)
		g.any = append(g.any, condition{term: term{x.term, name}})
		usual = usual || x.term == termStatus && name == statusUsual
		if uint64(n) > x.field.max() {
			g.test = nil // a number too large for its field
		}
		t.values = append(t.values, n)
	}
	// A happening has the publishers and languages of all its reports.
	if q.ofHappenings() && (x.term == termPublisher || x.term == termLang) {
		g.test = nil
	}
	if g.test != nil && (usual || len(g.any) > maxNamesAsked) {
		q.tests = append(q.tests, *t)
	} else {
		q.groups = append(q.groups, g)
	}
	return len(g.any) > 0
}

// sampleEntries is how far entries of a term are counted to choose the rarest.
const sampleEntries = 16_000

// settle looks terms up, puts the group with the fewest entries first, and
// leaves to traits what they tell of the others.
func (a *Archive) settle(ctx context.Context, q *question) (bool, error) {
	for i := range q.groups {
		g := &q.groups[i]
		known := g.any[:0]
		for _, c := range g.any {
			found, err := a.lookUp(ctx, &c)
			if err != nil {
				return false, err
			}
			if found {
				known = append(known, c)
			}
		}
		if g.any = known; len(known) == 0 {
			return false, nil
		}
	}
	if len(q.groups) < 2 {
		return true, nil
	}
	first, err := a.rarest(ctx, q)
	if err != nil {
		return false, err
	}
	groups := []group{q.groups[first]}
	for i, g := range q.groups {
		switch {
		case i == first:
		case g.test != nil:
			q.tests = append(q.tests, *g.test)
		default:
			groups = append(groups, g)
		}
	}
	q.groups = groups
	return true, nil
}

// rarest returns the group with the fewest entries. All are counted a short way
// first, and further only while none is at its end.
func (a *Archive) rarest(ctx context.Context, q *question) (int, error) {
	for limit := 250; ; limit *= 8 {
		best, least := 0, limit
		for i := range q.groups {
			n, err := a.weigh(ctx, q, &q.groups[i], least)
			if err != nil {
				return 0, err
			}
			if n < least {
				best, least = i, n
			}
		}
		if least < limit || limit >= sampleEntries {
			return best, nil
		}
	}
}

// weigh counts the entries of a group within the days that are asked for, as far
// as a limit.
func (a *Archive) weigh(ctx context.Context, q *question, g *group, limit int) (int, error) {
	sum := 0
	for _, c := range g.any {
		if sum >= limit {
			break
		}
		n := 0
		days, args := q.days(c.id)
		err := a.read.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM "+q.table+" p WHERE p.term = ?"+days+" LIMIT ?) few", append(args, limit-sum)...).Scan(&n)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

// days writes that an entry is of the days that are asked for, with the
// arguments that go before.
func (q *question) days(before ...any) (string, []any) {
	out, args := "", before
	if q.last != 0 {
		out += " AND p.day <= ?"
		args = append(args, int(q.last))
	}
	if q.first != 0 {
		out += " AND p.day >= ?"
		args = append(args, int(q.first))
	}
	return out, args
}

// lookUp finds a term's id.
func (a *Archive) lookUp(ctx context.Context, c *condition) (bool, error) {
	err := a.read.QueryRowContext(ctx, "SELECT id FROM term WHERE kind = ? AND text = ?", c.term.kind, c.term.text).Scan(&c.id)
	if err == sql.ErrNoRows {
		return false, nil
	}
	return err == nil, err
}
