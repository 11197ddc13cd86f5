package archive

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"kawat/archive/happening"
)

// Limits on the search for the happening of a report.
const (
	daysAround    = 21
	maxHappenings = 40 // nearest in time that a report is compared with
	maxPairsTried = 6
	maxCachedHaps = 20_000
)

// join finds the happening that each of a story's reports tells, or makes a new
// one of it. copied says that the story is one of several copies.
func (b *Batch) join(id StoryID, e *Entry, copied bool) error {
	b.unsettle(e.item.Key)
	return b.joinSome(id, e, copied, func(*happening.Report) bool { return true })
}

// joinSome does so for those of a story's reports that are wanted.
func (b *Batch) joinSome(id StoryID, e *Entry, copied bool, want func(*happening.Report) bool) error {
	reports := slices.DeleteFunc(reportsOf(id, e), func(r happening.Report) bool { return !want(&r) })
	if len(reports) == 0 {
		return nil
	}
	var copies []int64
	if copied {
		var err error
		if copies, err = b.ids("SELECT y.story FROM reprint x JOIN reprint y ON y.cluster = x.cluster WHERE x.story = ? ORDER BY y.story LIMIT 200", int64(id)); err != nil {
			return err
		}
	}
	for _, rep := range reports {
		rep.Copies = copies
		if b.a.noTexts {
			rep.Words = hashed(rep.Words)
		}
		if err := b.joinReport(rep, e); err != nil {
			return err
		}
	}
	return nil
}

// hashed replaces words by short hashes, which compare alike and are no copy.
func hashed(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		sum := sha256.Sum256([]byte(w))
		out[i] = hex.EncodeToString(sum[:3])
	}
	return out
}

func (b *Batch) joinReport(rep happening.Report, e *Entry) error {
	ids, err := b.happeningsNear(&rep, &e.facts[FactID(rep.Fact).number()-1])
	if err != nil {
		return err
	}
	best, match, err := b.bestOf(ids, &rep)
	if err != nil {
		return err
	}
	var before []post
	if best == nil {
		best, err = b.newHappening()
	} else {
		before, err = b.happeningPosts(best)
	}
	if err != nil {
		return err
	}
	best.Add(rep)
	if err := b.exec(`INSERT INTO member(fact, happening, score, why) VALUES (?, ?, ?, ?)
		ON CONFLICT(fact) DO UPDATE SET happening = excluded.happening, score = excluded.score, why = excluded.why`,
		rep.Fact, best.ID, match.Score, match.String()); err != nil {
		return err
	}
	return b.keep(best, before)
}

// bestOf returns the happening that a report fits best, nil where it fits none.
// What people decided stands above all scores.
func (b *Batch) bestOf(ids []int64, rep *happening.Report) (best *happening.Happening, match happening.Match, err error) {
	said, err := b.settle()
	if err != nil {
		return nil, match, err
	}
	if ids, err = b.withDecided(said, ids, rep); err != nil {
		return nil, match, err
	}
	if err := b.learnHappenings(ids); err != nil {
		return nil, match, err
	}
	for _, hid := range ids {
		h, err := b.happening(hid)
		if err != nil {
			return nil, match, err
		}
		switch said.say(h, rep) {
		case Apart:
			continue
		case Together:
			return h, happening.Match{Score: decidedScore, Reasons: []happening.Reason{{Feature: "decided", Points: decidedScore}}}, nil
		}
		if m := happening.Compare(h, rep); m.Same() && (best == nil || m.Score > match.Score) {
			best, match = h, m
		}
	}
	return best, match, nil
}

// decidedScore is that of what people decided.
const decidedScore = 100

// happeningsNear returns the happenings that share two sides with a report, or
// its one side, and lie near it in time; the nearest first.
func (b *Batch) happeningsNear(rep *happening.Report, x *fact) ([]int64, error) {
	kind := termPair
	if len(rep.From)+len(rep.To) < 2 {
		kind = termSide
	}
	var types []int
	for _, t := range happening.Compatible(rep.Type) {
		n, err := b.number(codeType, t)
		if err != nil {
			return nil, err
		}
		types = append(types, n)
	}
	query := fmt.Sprintf(`SELECT fact FROM happening_post WHERE term = ? AND day BETWEEN ? AND ? AND ((traits >> %d) & %d) IN (%s)
		ORDER BY abs(day - ?), fact DESC LIMIT %d`, fieldType.at, fieldType.max(), numbers(types), maxHappenings)
	var asks []ask
	for _, tm := range slices.SortedFunc(maps.Keys(x.terms), compareTerms) {
		if tm.kind != kind || len(asks) == maxPairsTried {
			continue
		}
		id, err := b.termID(tm)
		if err != nil {
			return nil, err
		}
		asks = append(asks, ask{query, []any{id, rep.Day - daysAround, rep.Day + daysAround, rep.Day}})
	}
	found, err := b.tx.ids(asks...)
	if err != nil {
		return nil, err
	}
	out := slices.Concat(found...)
	slices.Sort(out)
	return slices.Compact(out), nil
}

func (b *Batch) newHappening() (*happening.Happening, error) {
	if b.w.nextHappening == 0 {
		if _, err := b.one("SELECT coalesce(max(id), 0) FROM happening", nil, &b.w.nextHappening); err != nil {
			return nil, err
		}
	}
	b.w.nextHappening++
	return &happening.Happening{ID: b.w.nextHappening}, nil
}

// happening returns a happening, from memory where it was met lately.
func (b *Batch) happening(id int64) (*happening.Happening, error) {
	if h := b.w.happen[id]; h != nil {
		return h, nil
	}
	var body []byte
	found, err := b.one("SELECT body FROM happening WHERE id = ?", []any{id}, &body)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("happening %d: %w", id, errDamaged)
	}
	h, err := unpackHappening(id, body)
	if err != nil {
		return nil, err
	}
	b.remember(h)
	return h, nil
}

// learnHappenings reads at once those of some happenings that are not in
// memory.
func (b *Batch) learnHappenings(ids []int64) error {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return b.w.happen[id] != nil })
	if len(ids) == 0 {
		return nil
	}
	where, arg := b.w.engine.among("id", ids)
	return b.tx.each("SELECT id, body FROM happening WHERE "+where, []any{arg}, func(row scanner) error {
		var id int64
		var body []byte
		if err := row.Scan(&id, &body); err != nil {
			return err
		}
		h, err := unpackHappening(id, body)
		if err == nil {
			b.remember(h)
		}
		return err
	})
}

func (b *Batch) remember(h *happening.Happening) {
	if len(b.w.happen) >= maxCachedHaps {
		clear(b.w.happen)
	}
	b.w.happen[h.ID] = h
}

func unpackHappening(id int64, body []byte) (*happening.Happening, error) {
	p, err := newPacker()
	if err != nil {
		return nil, err
	}
	plain, err := p.unpack(body)
	if err != nil {
		return nil, err
	}
	h := &happening.Happening{ID: id}
	if err := json.Unmarshal(plain, &h.Reports); err != nil || len(h.Reports) == 0 {
		return nil, fmt.Errorf("happening %d: %w", id, errDamaged)
	}
	for i := range h.Reports {
		h.Reports[i].Story = int64(FactID(h.Reports[i].Fact).Story())
	}
	return h, nil
}

// keep writes a happening, and what changed of its entries in the index since
// they were those of before.
func (b *Batch) keep(h *happening.Happening, before []post) error {
	p, err := newPacker()
	if err != nil {
		return err
	}
	plain, err := json.Marshal(h.Reports)
	if err != nil {
		return err
	}
	after, err := b.happeningPosts(h)
	if err != nil {
		return err
	}
	if err := b.exec("INSERT INTO happening(id, day, body) VALUES (?, ?, ?) ON CONFLICT(id) DO UPDATE SET day = excluded.day, body = excluded.body",
		h.ID, after[0].day, p.happening.EncodeAll(plain, nil)); err != nil {
		return err
	}
	b.remember(h)
	gone := slices.DeleteFunc(slices.Clone(before), func(x post) bool {
		return slices.ContainsFunc(after, func(y post) bool { return x.term == y.term && x.day == y.day })
	})
	if err := b.unpost(gone); err != nil {
		return err
	}
	return b.tx.putPosts("happening_post", slices.DeleteFunc(after, func(x post) bool { return slices.Contains(before, x) }))
}

// unpost takes entries of a happening out of the index.
func (b *Batch) unpost(posts []post) error {
	for _, x := range posts {
		if err := b.exec("DELETE FROM happening_post WHERE term = ? AND day = ? AND fact = ?", x.term, x.day, x.fact); err != nil {
			return err
		}
	}
	return nil
}

// happeningPosts returns the index's entries of a happening.
func (b *Batch) happeningPosts(h *happening.Happening) ([]post, error) {
	c := h.Course()
	x := &fact{kind: Event, typ: c.Type, status: c.Status, cameo: c.CAMEO, sure: 100, sides: map[string]uint64{}, terms: map[term]uint64{}}
	quad, err := quads()
	if err != nil {
		return nil, err
	}
	x.quad = quad(c.Type)
	x.terms[term{termAll, Event.String()}] = 0
	from, to := uint64(roleFrom), uint64(roleTo)
	if c.Symmetric {
		from, to = roleFrom|roleTo, roleFrom|roleTo
	}
	x.side(from, c.From...)
	x.side(to, c.To...)
	for _, p := range c.Persons {
		x.terms[term{termPerson, p}] = roleFrom | roleTo
	}
	for i := range h.Reports {
		r := &h.Reports[i]
		for _, f := range r.Functions {
			x.terms[term{termOffice, f[min(len(f), 4):]}] = 0
		}
		x.told(r.Publisher, r.Lang)
	}
	x.add(termCAMEO, c.CAMEO)
	x.add(termCountry, c.Country)
	x.add(termPlace, placeName(c.Place))
	x.pairs()
	t, err := traitsOf(b, x)
	if err != nil {
		return nil, err
	}
	out := make([]post, 0, len(x.terms))
	for _, tm := range slices.SortedFunc(maps.Keys(x.terms), compareTerms) {
		id, err := b.termID(tm)
		if err != nil {
			return nil, err
		}
		out = append(out, post{id, int64(c.Day), h.ID, t.put(fieldRole, x.terms[tm])})
	}
	return out, nil
}

// part takes a story's reports out of their happenings.
func (b *Batch) part(id StoryID) error {
	ids, err := b.ids("SELECT DISTINCT happening FROM member WHERE fact BETWEEN ? AND ?", int64(id.fact(0)), int64(id.fact(maxFacts)))
	if err != nil {
		return err
	}
	slices.SortFunc(ids, cmp.Compare[int64])
	for _, hid := range ids {
		if err := b.leave(hid, func(r *happening.Report) bool { return FactID(r.Fact).Story() == id }); err != nil {
			return err
		}
	}
	return nil
}

// leave takes reports out of a happening, and the happening out of the archive
// where it was all of them.
func (b *Batch) leave(hid int64, goes func(*happening.Report) bool) error {
	h, err := b.happening(hid)
	if err != nil {
		return err
	}
	before, err := b.happeningPosts(h)
	if err != nil {
		return err
	}
	for i := range h.Reports {
		if goes(&h.Reports[i]) {
			if err := b.exec("DELETE FROM member WHERE fact = ?", h.Reports[i].Fact); err != nil {
				return err
			}
		}
	}
	h.Reports = slices.DeleteFunc(h.Reports, func(r happening.Report) bool { return goes(&r) })
	if len(h.Reports) > 0 {
		return b.keep(h, before)
	}
	if err := b.unpost(before); err != nil {
		return err
	}
	delete(b.w.happen, hid)
	return b.exec("DELETE FROM happening WHERE id = ?", hid)
}
