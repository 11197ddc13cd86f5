package archive

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"math"
	"slices"
)

// Two lists, both from the newest end: the stories that hold the words, in the
// order of their days, and the entries of the rarest term, in the order of the
// days of their facts. Stories are listed in portions. A portion covers some
// days, and of these days the entries are walked whose stories are listed.
//
// A fact may be of another day than its story: announced ahead, or told long
// after. Entries of such days whose stories lie outside what is listed are
// strays, and the index of words is asked for just their stories. So a page
// costs what its stretch of both lists holds, however long they are, and is
// exact.

// Limits on the merge.
const (
	firstPortion = 150    // stories
	nextPortion  = 4      // times as many each time, or fewer where hits so far let expect it
	firstStretch = 250    // entries walked at once
	marginOfDays = 7      // before an old page, stories that told of its days late are listed too
	fewAtOnce    = 1_500  // are listed and looked at, all of them, rather than look for strays
	handedOn     = 20_000 // stories that the engine is handed for comparing; above, the walk compares
)

// What the ways cost for each other: one look at the facts, or happenings, of a
// story is worth as many entries that the engine compares.
const (
	entriesPerStory           = 30
	entriesPerStoryHappenings = 5
)

// merge is a merge under way.
type merge struct {
	a       *Archive
	q       *question
	portion int       // stories to list next, at most
	found   int       // hits so far
	list    *sql.Rows // stories that are not listed yet; nil before the first portion
	after   cursor    // where the last hit was
	first   Day       // of the window: the days whose stories are listed
	open    bool      // there may be more in the window
	done    bool      // there is nothing beyond the window

	// All stories of [floor, top) with the words are known, newest first.
	floor, top int64
	ids        []int64
	astray     map[int64]bool // others that hold the words, as far as they were asked for
	looks      int            // for strays
}

// mergeWords begins a merge for a question for words, after a cursor. It must be
// closed.
func (a *Archive) mergeWords(q *question, after cursor) *merge {
	m := &merge{a: a, q: q, portion: firstPortion, after: after}
	if q.last != 0 && after.day > q.last {
		m.after = cursor{q.last, math.MaxInt64}
	}
	m.top = math.MaxInt64
	if m.after.day < maxDay {
		m.top = int64(storyID(int(m.after.day)+marginOfDays, 0))
	}
	m.floor, m.astray = m.top, map[int64]bool{}
	return m
}

// next returns the next hits, newest first, fewer than limit at the end.
func (m *merge) next(ctx context.Context, limit int) ([]hit, error) {
	if err := m.a.lead(ctx, m.q); err != nil || len(m.q.groups[0].any) == 0 {
		return nil, err
	}
	var out []hit
	for len(out) < limit {
		if !m.open {
			if m.done {
				break
			}
			if err := m.widen(ctx, limit-len(out)); err != nil {
				return nil, err
			}
		}
		kept, err := m.window(ctx, limit-len(out))
		if errors.Is(err, errDear) {
			if err := m.all(ctx); err != nil {
				return nil, err
			}
			continue
		}
		if err != nil {
			return nil, err
		}
		m.found += len(kept)
		out = append(out, kept...)
		if len(out) == limit {
			m.after = cursor{out[limit-1].day, out[limit-1].fact}
			break
		}
		m.open = false
		if m.first <= m.after.day {
			m.after = cursor{m.first, 0}
		}
	}
	return out, nil
}

// widen lists another portion of the stories, and opens the window that they
// cover. It takes about as many as let expect so many hits.
func (m *merge) widen(ctx context.Context, hits int) error {
	if m.list == nil {
		if err := m.begin(ctx); err != nil {
			return err
		}
	}
	portion := m.portion
	if m.found > 0 {
		likely := len(m.ids) * hits / m.found
		portion = min(portion, likely+likely/4+firstPortion)
	}
	if err := m.take(portion); err != nil {
		return err
	}
	m.portion = max(m.portion, nextPortion*portion)
	if few, err := m.few(ctx); err != nil || few {
		return errors.Join(err, m.take(fewAtOnce))
	}
	return nil
}

// take lists so many stories more.
func (m *merge) take(portion int) error {
	n := 0
	for ; n < portion && m.list.Next(); n++ {
		var story int64
		if err := m.list.Scan(&story); err != nil {
			return err
		}
		m.ids = append(m.ids, story)
		m.floor = story
	}
	m.open, m.first = true, m.q.first
	if n < portion {
		m.floor = 0
	} else {
		m.first = max(m.first, StoryID(m.floor).Day()+1)
	}
	m.done = n < portion || m.first == m.q.first
	return m.list.Err()
}

// few guesses, by the days that are listed, whether all stories are few: then
// they are listed, since nothing is astray of a list of all.
func (m *merge) few(ctx context.Context) (bool, error) {
	if m.done || len(m.ids) >= fewAtOnce || m.top < math.MaxInt64 || !m.strays() {
		return false, nil
	}
	var oldest int64
	if err := m.a.read.QueryRowContext(ctx, "SELECT coalesce(min(id), 0) FROM story").Scan(&oldest); err != nil {
		return false, err
	}
	listed, whole := m.ids[0]-m.floor, m.ids[0]-oldest
	return float64(whole)/float64(listed+1)*float64(len(m.ids)) < fewAtOnce, nil
}

// begin begins the list of stories. To begin is dear, above all for phrases and
// beginnings of words, so that it stays open from portion to portion.
func (m *merge) begin(ctx context.Context) error {
	from, id, holds, arg := m.a.read.listed(m.q.words)
	query, args := m.a.read.print("SELECT "+id+" FROM "+from+" WHERE "+holds+" AND "+id+" < ? ORDER BY "+id+" DESC", []any{arg, m.top})
	var err error
	m.list, err = m.a.read.lists().QueryContext(ctx, query, args...)
	return err
}

// all lists all stories, where to ask for strays is dear.
func (m *merge) all(ctx context.Context) error {
	if err := m.close(); err != nil {
		return err
	}
	m.found, m.ids, m.floor, m.top, m.portion = 0, nil, math.MaxInt64, math.MaxInt64, math.MaxInt32
	return m.widen(ctx, math.MaxInt32)
}

// close ends the list of stories.
func (m *merge) close() error {
	if m.list == nil {
		return nil
	}
	list := m.list
	m.list = nil
	return list.Close()
}

// entries counts the entries of the window, as far as a limit.
func (m *merge) entries(ctx context.Context, limit int) (int, error) {
	days := *m.q
	days.first = m.first
	if m.after.day < maxDay {
		days.last = m.after.day
	}
	return m.a.weigh(ctx, &days, &days.groups[0], limit)
}

// window returns the first hits of the window.
func (m *merge) window(ctx context.Context, limit int) ([]hit, error) {
	if m.first > m.after.day {
		return nil, nil
	}
	worth := entriesPerStory
	if m.q.ofHappenings() {
		worth = entriesPerStoryHappenings
	}
	n, err := m.entries(ctx, worth*len(m.ids))
	if err != nil {
		return nil, err
	}
	bare := *m.q
	bare.words, bare.first = nil, m.first
	switch {
	case n >= worth*len(m.ids):
		return m.fromStories(ctx, &bare, limit)
	// To hand an entry on costs as much as to let the engine take up a story's
	// id to compare it by.
	case n >= len(m.ids) && len(m.ids) <= handedOn:
		bare.listed = m.ofListed
	}
	return m.fromEntries(ctx, &bare, limit)
}

// fromEntries walks the entries.
func (m *merge) fromEntries(ctx context.Context, bare *question, limit int) ([]hit, error) {
	var out []hit
	after := m.after
	for stretch := firstStretch; ; stretch *= 2 {
		hits, err := m.a.walk(ctx, bare, after, stretch)
		if err != nil {
			return nil, err
		}
		kept, err := m.holding(ctx, hits, limit-len(out))
		if err != nil {
			return nil, err
		}
		if out = append(out, kept...); len(out) >= limit || len(hits) < stretch {
			return out[:min(len(out), limit)], nil
		}
		after = cursor{hits[stretch-1].day, hits[stretch-1].fact}
	}
}

// fromStories looks at the facts of the stories that are listed, and walks the
// entries for strays alone.
func (m *merge) fromStories(ctx context.Context, bare *question, limit int) ([]hit, error) {
	out, err := m.a.hitsOf(ctx, bare, m.ids, m.after, limit)
	// To look for strays is dear, so that a wider window is tried before.
	for err == nil && len(out) < limit && !m.done && len(m.ids) < fewAtOnce {
		if err := m.widen(ctx, limit); err != nil {
			return nil, err
		}
		bare.first = m.first
		out, err = m.a.hitsOf(ctx, bare, m.ids, m.after, limit)
	}
	if err != nil || !m.strays() {
		return out, err
	}
	if len(out) == limit {
		bare.first = out[limit-1].day // strays further back are of no page
	}
	bare.listed = m.ofStrays
	astray, err := m.fromEntries(ctx, bare, limit)
	if err != nil {
		return nil, err
	}
	out = newestFirst(append(out, astray...))
	return out[:min(len(out), limit)], nil
}

// strays reports whether there may be any: what is said, promised or sent is of
// the day of its story.
func (m *merge) strays() bool {
	dated := m.q.ofHappenings() || slices.Contains(m.q.kinds, Event) || slices.Contains(m.q.kinds, Encounter)
	return dated && (m.floor > 0 || m.top < math.MaxInt64)
}

// ofStrays is the condition that a story, given as an expression, lies outside
// what is listed, and its arguments.
func (m *merge) ofStrays(story string) (string, []any) {
	return "(" + story + " < ? OR " + story + " >= ?)", []any{m.floor, m.top}
}

// ofListed is the condition that a story is listed, or a stray.
func (m *merge) ofListed(story string) (string, []any) {
	astray, args := m.ofStrays(story)
	where, arg := m.a.read.among(story, m.ids)
	return "(" + astray + " OR " + where + ")", append(args, arg)
}

// errDear says that another look at the index of words would cost as much as
// the list of all stories: every look at a beginning of words reads the lists of
// all of them.
var errDear = errors.New("dear")

// holding returns the first of some hits whose story, or one of whose stories,
// holds the words.
func (m *merge) holding(ctx context.Context, hits []hit, limit int) ([]hit, error) {
	of, err := m.a.storiesBehind(ctx, m.q, hits)
	if err != nil {
		return nil, err
	}
	var strays []int64
	known := 0
	for i := range hits {
		if slices.ContainsFunc(of[i], m.holds) {
			if known++; known == limit {
				hits = hits[:i+1] // strays further back are of no page
				break
			}
			continue
		}
		for _, story := range of[i] {
			if story < m.floor || story >= m.top {
				strays = append(strays, story)
			}
		}
	}
	if err := m.ask(ctx, distinct(strays)); err != nil {
		return nil, err
	}
	var out []hit
	for i, h := range hits {
		if slices.ContainsFunc(of[i], m.holds) {
			out = append(out, h)
		}
	}
	return out[:min(len(out), limit)], nil
}

// holds reports whether a story is known to hold the words.
func (m *merge) holds(story int64) bool {
	if story < m.floor || story >= m.top {
		return m.astray[story]
	}
	_, found := slices.BinarySearchFunc(m.ids, story, func(x, y int64) int { return cmp.Compare(y, x) })
	return found
}

// ask asks which strays hold the words.
func (m *merge) ask(ctx context.Context, strays []int64) error {
	lie := stretches(strays)
	if len(strays) > 0 && m.q.words.begins() {
		lie = []stretch{{strays[0], strays[len(strays)-1]}}
		if m.looks++; m.looks > 1 {
			return errDear
		}
	}
	from, id, holds, arg := m.a.read.listed(m.q.words)
	query := "SELECT " + id + " FROM " + from + " WHERE " + holds + " AND " + id + " BETWEEN ? AND ?"
	for _, r := range lie {
		if err := m.a.each(ctx, query, []any{arg, r.first, r.last}, func(row scanner) error {
			var story int64
			err := row.Scan(&story)
			m.astray[story] = true
			return err
		}); err != nil {
			return err
		}
	}
	return nil
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
