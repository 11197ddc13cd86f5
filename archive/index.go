package archive

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// pending is what a batch has to write at its end, in order, which is several
// times faster than as it comes.
type pending struct {
	posts   []post
	facts   []post // rows of facts themselves, of no term
	words   []wordsRow
	tallies map[tallyKey]tallySum
	people  map[seenKey]seen
}

type post struct {
	term, day, fact int64
	traits          traits
}

type wordsRow struct {
	story StoryID
	wordsOf
}

type tallyKey struct {
	term                int64
	month, type_, state int
}

type tallySum struct{ reports, goldstein int }

// maxPending bounds what a batch holds back.
const maxPending = 200_000

// index enters a story into everything that is derived.
func (b *Batch) index(id StoryID, e *Entry) error {
	if err := b.learnTerms(e); err != nil {
		return err
	}
	posts, facts, err := postsOf(b, id, e)
	if err != nil {
		return err
	}
	b.pending.posts = append(b.pending.posts, posts...)
	b.pending.facts = append(b.pending.facts, facts...)
	if e.words.surface != "" {
		b.pending.words = append(b.pending.words, wordsRow{id, e.words})
	}
	if err := b.tally(e, 1); err != nil {
		return err
	}
	if err := b.see(e.people); err != nil {
		return err
	}
	copied, err := b.linkCopies(id, e)
	if err != nil {
		return err
	}
	if err := b.join(id, e, copied); err != nil {
		return err
	}
	if len(b.pending.posts) > maxPending {
		return b.flush()
	}
	return nil
}

// unindex takes a story out of everything that is derived.
func (b *Batch) unindex(id StoryID) error {
	if err := b.flush(); err != nil {
		return err
	}
	e, err := b.entryOf(id)
	if err != nil {
		return err
	}
	posts, _, err := postsOf(b, id, e)
	if err != nil {
		return err
	}
	if err := b.exec("DELETE FROM fact WHERE id BETWEEN ? AND ?", int64(id.fact(0)), int64(id.fact(maxFacts))); err != nil {
		return err
	}
	for _, p := range posts {
		if err := b.exec("DELETE FROM post WHERE term = ? AND day = ? AND fact = ?", p.term, p.day, p.fact); err != nil {
			return err
		}
	}
	if err := b.tx.dropWords(id); err != nil {
		return err
	}
	if err := b.tally(e, -1); err != nil {
		return err
	}
	if err := b.unsee(e.people); err != nil {
		return err
	}
	if err := b.part(id); err != nil {
		return err
	}
	if err := b.unlinkCopies(id, e); err != nil {
		return err
	}
	return b.flush()
}

// names gives the numbers of names: a batch adds what is new, others only look
// up.
type names interface {
	number(codeKind, string) (int, error)
	termID(term) (int64, error)
}

// postsOf returns the index's entries of a story, and the rows of its facts.
func postsOf(n names, id StoryID, e *Entry) (posts, facts []post, err error) {
	s := &e.item.Record.Story
	publisher, err := n.number(codePublisher, s.Publisher)
	if err != nil {
		return nil, nil, err
	}
	lang, err := n.number(codeLang, s.Lang)
	if err != nil {
		return nil, nil, err
	}
	for i := range e.facts {
		x := &e.facts[i]
		t, err := traitsOf(n, x)
		if err != nil {
			return nil, nil, err
		}
		t = t.put(fieldLang, uint64(lang)).put(fieldPublisher, uint64(publisher))
		facts = append(facts, post{0, int64(x.day), int64(id.fact(x.n)), t})
		for _, tm := range slices.SortedFunc(maps.Keys(x.terms), compareTerms) {
			tid, err := n.termID(tm)
			if err != nil {
				return nil, nil, err
			}
			posts = append(posts, post{tid, int64(x.day), int64(id.fact(x.n)), t.put(fieldRole, x.terms[tm])})
		}
	}
	return posts, facts, nil
}

func compareTerms(x, y term) int {
	return cmp.Or(cmp.Compare(x.kind, y.kind), strings.Compare(x.text, y.text))
}

func traitsOf(n names, x *fact) (traits, error) {
	typ, err := n.number(codeType, x.typ)
	if err != nil {
		return 0, err
	}
	status, err := n.number(codeStatus, x.status)
	if err != nil {
		return 0, err
	}
	cameo, err := n.number(codeCAMEO, x.cameo)
	if err != nil {
		return 0, err
	}
	var t traits
	return t.put(fieldKind, uint64(x.kind)).put(fieldType, uint64(typ)).put(fieldStatus, uint64(status)).
		put(fieldQuad, uint64(x.quad)).put(fieldConfidence, uint64(x.sure)).put(fieldCAMEO, uint64(cameo)), nil
}

// tally counts a story's events by month, type and status: of all, of each
// actor, and of each dyad in its direction.
func (b *Batch) tally(e *Entry, sign int) error {
	if b.pending.tallies == nil {
		b.pending.tallies = map[tallyKey]tallySum{}
	}
	for i := range e.facts {
		x := &e.facts[i]
		if x.kind != Event {
			continue
		}
		typ, err := b.number(codeType, x.typ)
		if err != nil {
			return err
		}
		status, err := b.number(codeStatus, x.status)
		if err != nil {
			return err
		}
		for _, tm := range x.counted() {
			id, err := b.termID(tm)
			if err != nil {
				return err
			}
			k := tallyKey{id, x.day.month(), typ, status}
			sum := b.pending.tallies[k]
			sum.reports += sign
			sum.goldstein += sign * x.goldstein
			b.pending.tallies[k] = sum
		}
	}
	return nil
}

// counted returns the terms under which an event is counted.
func (x *fact) counted() []term {
	out := []term{{termAll, Event.String()}}
	for tm, role := range x.terms {
		a, c, _ := strings.Cut(tm.text, " ")
		switch {
		case tm.kind == termSide && role&roleFrom != 0:
			out = append(out, term{termActor, tm.text})
		case tm.kind == termPair && role&roleFrom != 0:
			out = append(out, term{termDyad, a + ">" + c})
		}
		if tm.kind == termPair && role&roleTo != 0 {
			out = append(out, term{termDyad, c + ">" + a})
		}
	}
	slices.SortFunc(out, compareTerms)
	return out
}

// flush writes what is pending, each table in the order of its keys.
func (b *Batch) flush() error {
	p := b.pending
	b.pending = pending{}
	slices.SortFunc(p.posts, func(x, y post) int {
		return cmp.Or(cmp.Compare(x.term, y.term), cmp.Compare(x.day, y.day), cmp.Compare(x.fact, y.fact))
	})
	if err := b.tx.putPosts("post", p.posts); err != nil {
		return err
	}
	if err := b.writeFacts(p.facts); err != nil {
		return err
	}
	slices.SortFunc(p.words, func(x, y wordsRow) int { return cmp.Compare(x.story, y.story) })
	if err := b.tx.putWords(p.words); err != nil {
		return err
	}
	if err := b.writePeople(p.people); err != nil {
		return err
	}
	return b.writeTallies(p.tallies)
}

func (b *Batch) writeFacts(facts []post) error {
	slices.SortFunc(facts, func(x, y post) int { return cmp.Compare(x.fact, y.fact) })
	rows := make([][]any, len(facts))
	for i, x := range facts {
		rows[i] = []any{x.fact, x.day, int64(x.traits)}
	}
	return b.tx.put(&sink{"fact(id, day, traits)", "nnn", "ON CONFLICT(id) DO UPDATE SET day = excluded.day, traits = excluded.traits"}, rows)
}

func (b *Batch) writeTallies(tallies map[tallyKey]tallySum) error {
	keys := slices.SortedFunc(maps.Keys(tallies), func(x, y tallyKey) int {
		return cmp.Or(cmp.Compare(x.term, y.term), cmp.Compare(x.month, y.month), cmp.Compare(x.type_, y.type_), cmp.Compare(x.state, y.state))
	})
	rows := make([][]any, len(keys))
	for i, k := range keys {
		rows[i] = []any{k.term, k.month, k.type_, k.state, tallies[k].reports, tallies[k].goldstein}
	}
	if err := b.tx.put(&sink{"tally(term, month, type, status, reports, goldstein)", "nnnnnn", `ON CONFLICT(term, month, type, status)
		DO UPDATE SET reports = tally.reports + excluded.reports, goldstein = tally.goldstein + excluded.goldstein`}, rows); err != nil {
		return err
	}
	for _, k := range keys {
		if tallies[k].reports <= 0 {
			if err := b.exec("DELETE FROM tally WHERE term = ? AND month = ? AND type = ? AND status = ? AND reports = 0 AND goldstein = 0",
				k.term, k.month, k.type_, k.state); err != nil {
				return err
			}
		}
	}
	return nil
}

// joinList writes names as lines.
func joinList(list []string) string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		out = append(out, oneLine(s))
	}
	return strings.Join(out, "\n")
}

func splitList(s string) []string {
	if s == "" {
		return []string{}
	}
	return strings.Split(s, "\n")
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
