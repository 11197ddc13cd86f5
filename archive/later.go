package archive

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"kawat/archive/happening"
	"kawat/record"
)

// Limits on what LaterOf looks at.
const (
	laterDays   = 365
	laterCount  = 3
	laterLooked = 48 // happenings of one pledge, the first after it
)

// Later is a happening that was told after a pledge, between its sides.
type Later struct {
	Happening
	About []string // words and names of the pledge that its reports repeat
}

// bearing are the types of what keeps a promise or breaks it: deeds, and
// refusals. That it does is for the reader to judge.
var bearing = [...]string{"AID", "COOPERATE", "AGREE", "CONCEDE", "RETREAT", "REJECT", "SANCTION", "SUPPORT"}

// LaterOf returns what was told within a year after each pledge between its
// sides, at most three happenings each: those that repeat its words or names
// first, the most of them first, else the earliest. What is no pledge, or has no
// two sides, has none.
func (a *Archive) LaterOf(ctx context.Context, pledges []Fact) ([][]Later, error) {
	l := &laterLook{a: a, ctx: ctx, known: map[int64]*happening.Happening{}}
	out := make([][]Later, len(pledges))
	for i := range pledges {
		var err error
		if out[i], err = l.of(&pledges[i]); err != nil {
			return nil, fmt.Errorf("archive %s: after the pledge %s of %s: %w", a.path, pledges[i].Local(), pledges[i].Report.Story.Name, explain(err))
		}
	}
	return out, nil
}

// laterLook remembers happenings: the pledges of one page are of few sides.
type laterLook struct {
	a     *Archive
	ctx   context.Context
	known map[int64]*happening.Happening
}

// candidate of what came later.
type laterHit struct {
	h     *happening.Happening
	about []string
}

func (l *laterLook) of(x *Fact) ([]Later, error) {
	if x.Pledge == nil || x.Day == 0 {
		return nil, nil
	}
	t := tellerOf(x.Report.Record, x.Report.Story.ID, x.Day)
	by, to := t.states(x.Pledge.By), t.states(x.Pledge.To)
	if len(by) == 0 || len(to) == 0 || by[0] == to[0] {
		return nil, nil
	}
	ids, err := l.after(term{termPair, min(by[0], to[0]) + " " + max(by[0], to[0])}, x.Day)
	if err != nil {
		return nil, err
	}
	pledge := t.report(x.ID.number(), "", "pledged", x.Spans())
	var hits []laterHit
	for _, id := range ids {
		h := l.known[id]
		if h == nil || slices.ContainsFunc(h.Reports, func(r happening.Report) bool { return StoryID(r.Story) == x.ID.Story() }) {
			continue // it left meanwhile, or the pledge's own story tells it
		}
		hits = append(hits, laterHit{h, repeated(&pledge, h)})
	}
	slices.SortStableFunc(hits, func(a, b laterHit) int { return cmp.Compare(len(b.about), len(a.about)) })
	return l.show(hits[:min(len(hits), laterCount)])
}

// after returns the first happenings of two sides after a day, and learns them.
func (l *laterLook) after(pair term, day Day) ([]int64, error) {
	q := &question{table: "happening_post", groups: []group{{any: []condition{{term: pair}}}}}
	if ok, err := l.a.settle(l.ctx, q); err != nil || !ok {
		return nil, err
	}
	types := l.a.codes.matching(codeType, func(have string) bool { return slices.Contains(bearing[:], have) })
	if len(types) == 0 {
		return nil, nil
	}
	var ids, new []int64
	err := l.a.each(l.ctx, fmt.Sprintf(`SELECT fact FROM happening_post WHERE term = ? AND day BETWEEN ? AND ? AND ((traits >> %d) & %d) IN (%s)
		ORDER BY day, fact LIMIT %d`, fieldType.at, fieldType.max(), numbers(types), laterLooked),
		[]any{q.groups[0].any[0].id, int(day) + 1, int(day) + laterDays}, func(row scanner) error {
			var id int64
			err := row.Scan(&id)
			if ids = append(ids, id); l.known[id] == nil {
				new = append(new, id)
			}
			return err
		})
	if err != nil || len(new) == 0 {
		return ids, err
	}
	where, arg := l.a.read.among("id", new)
	return ids, l.a.each(l.ctx, "SELECT id, body FROM happening WHERE "+where, []any{arg}, func(row scanner) error {
		var id int64
		var body []byte
		err := row.Scan(&id, &body)
		if err == nil {
			l.known[id], err = unpackHappening(id, body)
		}
		return err
	})
}

// show puts what was chosen into its public form.
func (l *laterLook) show(hits []laterHit) ([]Later, error) {
	if len(hits) == 0 {
		return nil, nil
	}
	ids := make([]int64, len(hits))
	for i := range hits {
		ids[i] = hits[i].h.ID
	}
	members, err := l.a.members(l.ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Later, 0, len(hits))
	for _, x := range hits {
		out = append(out, Later{*present(x.h, members[x.h.ID]), x.about})
	}
	return out, nil
}

// repeated returns what of a pledge's sentence the reports of a happening name
// too: refs across languages, words within one.
func repeated(pledge *happening.Report, h *happening.Happening) []string {
	out := []string{}
	add := func(mine, theirs []string) {
		for _, w := range mine {
			if slices.Contains(theirs, w) && !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	for i := range h.Reports {
		add(pledge.Refs, h.Reports[i].Refs)
		if h.Reports[i].Lang == pledge.Lang {
			add(pledge.Words, h.Reports[i].Words)
		}
	}
	return out
}

// states returns those for which entities act, each once.
func (t *teller) states(ids []string) []string {
	var out []string
	for _, id := range ids {
		e := t.byID[id]
		if e == nil {
			continue
		}
		code := e.Country
		if code == "" && strings.HasPrefix(e.Ref, "org:") && len(e.Ref) == len("org:UNO") {
			code = e.Ref[len("org:"):]
		}
		if code != "" && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}

// tellerOf makes the reports of a record.
func tellerOf(r *record.Record, id StoryID, day Day) *teller {
	t := &teller{r: r, runes: []rune(r.Story.Text), byID: make(map[string]*record.Entity, len(r.Entities)), id: id, day: day}
	for i := range r.Entities {
		t.byID[r.Entities[i].ID] = &r.Entities[i]
	}
	return t
}
