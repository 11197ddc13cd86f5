package archive

import (
	"cmp"
	"slices"

	"kawat/archive/reprint"
	"kawat/record"
)

// paragraphs returns the text that copies share: paragraphs alone, since
// credits, captions and "Baca juga" are each paper's own.
func paragraphs(s *record.Story) []string {
	if len(s.Parts) == 0 {
		return []string{s.Text}
	}
	runes := []rune(s.Text)
	var out []string
	for _, p := range s.Parts {
		if (p.Kind == "paragraph" || p.Kind == "title") && p.Start >= 0 && p.Start <= p.End && p.End <= len(runes) {
			out = append(out, string(runes[p.Start:p.End]))
		}
	}
	return out
}

// Limits on the search for copies, so that a story takes the same time however
// many there are.
const (
	maxPerShingle = "48" // newest stories that are looked at for one shingle of the sample
	maxVerified   = 6    // stories that are compared word by word
)

// candidate is a story that may be a copy of another.
type candidate struct {
	id        StoryID
	shared    int // shingles of the samples; a mark counts as four
	contained int // hundredths
	set       reprint.Set
}

// linkCopies finds the stories of which a new one is a copy, or which are
// copies of it, enters the chain, and makes the story findable for those that
// come after it. It reports whether there are such.
func (b *Batch) linkCopies(id StoryID, e *Entry) (bool, error) {
	if len(e.shingles) < reprint.LeastShingles {
		return b.a.noTexts, nil // an archive made anew without texts keeps the chains that it has
	}
	b.w.sets.put(id, e.shingles)
	leads := e.leads()
	found, err := b.candidates(id, e, leads)
	if err != nil {
		return false, err
	}
	for _, c := range found {
		if err := b.linkCopy(id, e, c); err != nil {
			return false, err
		}
	}
	return len(found) > 0, b.putLeads(id, leads)
}

// lead is a number by which copies find each other. What is of a time is looked
// for within some weeks of it; the mark of a whole text, of which there is one,
// through all years.
type lead struct {
	hash   int64
	weight int
	ever   bool
}

// leads are the story's sample of shingles, and the marks of its paragraphs
// and of the whole, which say more.
func (e *Entry) leads() []lead {
	out := []lead{{hash: e.shingles.Mark(), weight: markWeight, ever: true}}
	for _, h := range e.marks {
		out = append(out, lead{hash: h, weight: markWeight})
	}
	for _, h := range e.shingles.Sample() {
		out = append(out, lead{hash: h, weight: 1})
	}
	return out
}

// markWeight is how many shingles a mark is worth.
const markWeight = 4

// spanDays is the length of the spans of time by which samples are kept, a
// power of two; a copy that comes within half of it finds its source.
const spanDays = 64

// always is the span of what has no time.
const always = -1

// span is where a lead of a day is kept, and near the other span where its
// copies may lie.
func (l lead) span(d Day) (span, near int) {
	if l.ever {
		return always, always
	}
	span = int(d) / spanDays
	if int(d)%spanDays < spanDays/2 {
		return span, span - 1
	}
	return span, span + 1
}

func (b *Batch) putLeads(id StoryID, leads []lead) error {
	rows := make([][]any, len(leads))
	for i, l := range leads {
		span, _ := l.span(id.Day())
		rows[i] = []any{span, l.hash, int64(id)}
	}
	return b.tx.put(&sink{"shingle(span, hash, story)", "nnn", "ON CONFLICT DO NOTHING"}, rows)
}

const (
	newestOf  = "SELECT story FROM (SELECT story FROM shingle WHERE span = ? AND hash = ? ORDER BY story DESC LIMIT " + maxPerShingle + ")"
	nearQuery = newestOf + " x UNION ALL " + newestOf + " y"
)

// candidates returns the stories of which enough stands in the new one or the
// other way round, the nearest first.
func (b *Batch) candidates(id StoryID, e *Entry, leads []lead) ([]candidate, error) {
	asks := make([]ask, len(leads))
	for i, l := range leads {
		span, near := l.span(id.Day())
		if asks[i] = (ask{nearQuery, []any{span, l.hash, near, l.hash}}); l.ever {
			asks[i] = ask{newestOf + " x", []any{span, l.hash}}
		}
	}
	found, err := b.tx.ids(asks...)
	if err != nil {
		return nil, err
	}
	counts := map[int64]int{}
	for i, l := range leads {
		for _, other := range found[i] {
			counts[other] += l.weight
		}
	}
	list := make([]candidate, 0, len(counts))
	for other, n := range counts {
		// One shingle in common is chance, but for the shortest texts.
		if StoryID(other) != id && (n > 1 || len(leads) <= 4) {
			list = append(list, candidate{id: StoryID(other), shared: n})
		}
	}
	slices.SortFunc(list, func(x, y candidate) int { return cmp.Or(cmp.Compare(y.shared, x.shared), cmp.Compare(x.id, y.id)) })
	list = list[:min(len(list), maxVerified)]
	if err := b.compare(e, list); err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(c candidate) bool { return c.contained < reprint.Threshold })
	slices.SortStableFunc(list, func(x, y candidate) int { return cmp.Compare(y.contained, x.contained) })
	return list, nil
}

// compare says how much a story shares with others, by their texts or, where
// these are not kept, by their samples.
func (b *Batch) compare(e *Entry, list []candidate) error {
	sizes, err := b.sizesOf(list)
	if err != nil {
		return err
	}
	var near []int64
	for i := range list {
		c := &list[i]
		c.contained = reprint.Estimate(c.shared, len(e.shingles), sizes[c.id])
		if c.contained >= leastEstimate {
			near = append(near, int64(c.id))
		}
	}
	if b.a.noTexts {
		return nil
	}
	sets, err := b.shinglesOf(near)
	if err != nil {
		return err
	}
	for i := range list {
		if set, ok := sets[list[i].id]; ok {
			list[i].set, list[i].contained = set, reprint.Contained(e.shingles, set)
		}
	}
	return nil
}

// leastEstimate is how much two stories must share by their samples to be
// compared word by word: of two that share reprint.Threshold, the samples say
// less than this once in a hundred times, if they are short.
const leastEstimate = 25

// sizesOf returns how many shingles stories have.
func (b *Batch) sizesOf(list []candidate) (map[StoryID]int, error) {
	out := map[StoryID]int{}
	var ids []int64
	for _, c := range list {
		if set, ok := b.w.sets.get(c.id); ok {
			out[c.id] = len(set)
			continue
		}
		ids = append(ids, int64(c.id))
	}
	if len(ids) == 0 {
		return out, nil
	}
	where, arg := b.w.engine.among("id", ids)
	return out, b.tx.each("SELECT id, shingles FROM story WHERE "+where, []any{arg}, func(row scanner) error {
		var id StoryID
		var n int
		err := row.Scan(&id, &n)
		out[id] = n
		return err
	})
}

// resembles reports whether a story's text resembles that of a new one.
func (b *Batch) resembles(id StoryID, e *Entry) (bool, error) {
	var sha []byte
	if _, err := b.one("SELECT text_sha FROM story WHERE id = ?", []any{int64(id)}, &sha); err != nil {
		return false, err
	}
	if slices.Equal(sha, e.sha) || b.a.noTexts {
		return slices.Equal(sha, e.sha), nil
	}
	sets, err := b.shinglesOf([]int64{int64(id)})
	return reprint.Contained(e.shingles, sets[id]) >= reprint.Threshold, err
}

// linkCopy joins the chains of two stories. The older is the source, unless
// one names the other's publisher as its agency: ANTARA carried what Xinhua
// wrote, whichever came in first.
func (b *Batch) linkCopy(id StoryID, e *Entry, c candidate) error {
	source, taken := c.id, id
	if id < c.id {
		source, taken = id, c.id
	}
	mine, theirs := newsOf(e), news{}
	err := b.newsOf(c.id, &theirs)
	if err != nil {
		return err
	}
	switch {
	case slices.Contains(mine.agencies, theirs.publisher) && mine.publisher != theirs.publisher:
		source, taken = c.id, id
	case slices.Contains(theirs.agencies, mine.publisher) && mine.publisher != theirs.publisher:
		source, taken = id, c.id
	}
	kind := reprint.KindOf(e.shingles, c.set)
	if taken == id {
		kind = reprint.KindOf(c.set, e.shingles)
	}
	if kind != reprint.Whole && mine.publisher == theirs.publisher && mine.publisher != "" {
		kind = reprint.Update
	}
	if err := b.joinChains(source, taken); err != nil {
		return err
	}
	var of int64
	var score int
	if _, err := b.one("SELECT of, score FROM reprint WHERE story = ?", []any{int64(taken)}, &of, &score); err != nil {
		return err
	}
	if of != 0 && score >= c.contained {
		return nil
	}
	return b.exec("UPDATE reprint SET of = ?, kind = ?, score = ? WHERE story = ?", int64(source), kind, c.contained, int64(taken))
}

// news is who publishes a story, and who wrote it.
type news struct {
	publisher string
	agencies  []string
}

func newsOf(e *Entry) news { return news{e.item.Record.Story.Publisher, e.item.Record.Story.Agencies} }

func (b *Batch) newsOf(id StoryID, n *news) error {
	var publisher int
	var agencies string
	_, err := b.one("SELECT publisher, agencies FROM story WHERE id = ?", []any{int64(id)}, &publisher, &agencies)
	n.publisher, n.agencies = b.w.codes.text(codePublisher, publisher), splitList(agencies)
	return err
}

// joinChains makes two stories members of one chain, which is named by its
// first story.
func (b *Batch) joinChains(x, y StoryID) error {
	var chains [2]int64
	for i, id := range [2]StoryID{x, y} {
		found, err := b.one("SELECT cluster FROM reprint WHERE story = ?", []any{int64(id)}, &chains[i])
		if err != nil {
			return err
		}
		if !found {
			chains[i] = int64(id)
			if err := b.exec("INSERT INTO reprint(story, cluster, of, kind, score) VALUES (?, ?, 0, 0, 0)", int64(id), int64(id)); err != nil {
				return err
			}
		}
	}
	if chains[0] == chains[1] {
		return nil
	}
	return b.exec("UPDATE reprint SET cluster = ? WHERE cluster = ?", min(chains[0], chains[1]), max(chains[0], chains[1]))
}

// unlinkCopies takes a story out of its chain; what was copied from it counts
// as copied from the first that is left.
func (b *Batch) unlinkCopies(id StoryID, e *Entry) error {
	b.w.sets.drop(id)
	for _, l := range e.leads() {
		span, _ := l.span(id.Day())
		if err := b.exec("DELETE FROM shingle WHERE span = ? AND hash = ? AND story = ?", span, l.hash, int64(id)); err != nil {
			return err
		}
	}
	if b.a.noTexts { // without its text, its leads are not known
		for _, span := range [...]int{int(id.Day()) / spanDays, always} {
			if err := b.exec("DELETE FROM shingle WHERE span = ? AND story = ?", span, int64(id)); err != nil {
				return err
			}
		}
	}
	var chain int64
	found, err := b.one("SELECT cluster FROM reprint WHERE story = ?", []any{int64(id)}, &chain)
	if err != nil || !found {
		return err
	}
	if err := b.exec("DELETE FROM reprint WHERE story = ?", int64(id)); err != nil {
		return err
	}
	left, err := b.ids("SELECT story FROM reprint WHERE cluster = ? ORDER BY story", chain)
	if err != nil || len(left) == 0 {
		return err
	}
	if len(left) == 1 {
		return b.exec("DELETE FROM reprint WHERE story = ?", left[0])
	}
	if err := b.exec("UPDATE reprint SET of = ? WHERE cluster = ? AND of = ? AND story <> ?", left[0], chain, int64(id), left[0]); err != nil {
		return err
	}
	if err := b.exec("UPDATE reprint SET of = 0, kind = 0, score = 0 WHERE story = ? AND of = ?", left[0], int64(id)); err != nil {
		return err
	}
	return b.exec("UPDATE reprint SET cluster = ? WHERE cluster = ?", left[0], chain)
}
