package archive

import (
	"context"
	"fmt"
	"sync"

	"kawat/record"
)

// recent keeps records that were unpacked lately: to unpack and decode a record
// takes ten times longer than to find it, and readers of the newest stories ask
// for the same ones again and again. A record is kept by its sum, which is of
// its bytes and its text, so that what is kept never grows stale. It is safe for
// many goroutines; what it gives is shared and must not be changed.
//
// Records are in two halves. What is asked for moves to the young one; when that
// is full it becomes the old one, and what nobody asked for since is forgotten.
// So one look costs O(1) and no list has to be kept in order.
type recent struct {
	mu         sync.Mutex
	young, old map[recordSum]keptRecord
	size       int // bytes of the young half
}

// recordSum names a record: its story, its sum, and whether its text is there.
type recordSum struct {
	story StoryID
	sum   string
	text  bool
}

type keptRecord struct {
	record *record.Record
	size   int
}

// recentSize bounds each half, in bytes of packed records' JSON and texts. A
// decoded record takes about three times as many.
const recentSize = 12 << 20

func newRecent() *recent {
	return &recent{young: map[recordSum]keptRecord{}, old: map[recordSum]keptRecord{}}
}

// get returns a record, nil where it is not kept.
func (c *recent) get(s recordSum) *record.Record {
	c.mu.Lock()
	defer c.mu.Unlock()
	if k, ok := c.young[s]; ok {
		return k.record
	}
	k, ok := c.old[s]
	if ok {
		c.add(s, k)
	}
	return k.record
}

// put keeps a record that is so many bytes, unless it is one of the few that
// would drive out hundreds.
func (c *recent) put(s recordSum, r *record.Record, size int) {
	if size > recentSize/16 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.young[s]; !ok {
		c.add(s, keptRecord{r, size})
	}
}

// add puts a record into the young half.
func (c *recent) add(s recordSum, k keptRecord) {
	if c.size+k.size > recentSize && c.size > 0 {
		c.old, c.young, c.size = c.young, map[recordSum]keptRecord{}, 0
	}
	c.young[s] = k
	c.size += k.size
}

// GetAll returns stories with their records, by their ids; those that are not in
// the archive are left out.
func (a *Archive) GetAll(ctx context.Context, ids ...StoryID) (map[StoryID]*Report, error) {
	list := make([]int64, len(ids))
	for i, id := range ids {
		list[i] = int64(id)
	}
	out, err := a.reportsOf(ctx, distinct(list))
	if err != nil {
		return nil, fmt.Errorf("archive %s: %w", a.path, explain(err))
	}
	return out, nil
}

// reportsOf returns stories with their records, by their ids. Only records that
// are not kept from before are read and unpacked.
func (a *Archive) reportsOf(ctx context.Context, ids []int64) (map[StoryID]*Report, error) {
	out := make(map[StoryID]*Report, len(ids))
	missing := make([]int64, 0, len(ids))
	where, arg := a.read.among("s.id", ids)
	err := a.each(ctx, "SELECT "+storyColumns+", d.sum, CASE WHEN c2.story IS NULL THEN 0 ELSE 1 END FROM story s"+storyJoins+
		" JOIN record d ON d.story = s.id LEFT JOIN copy c2 ON c2.story = s.id WHERE "+where, []any{arg}, func(row scanner) error {
		var sum []byte
		var text int
		s, err := a.scanStory(row, &sum, &text)
		if err != nil {
			return err
		}
		r := &Report{Story: *s, Record: a.recent.get(recordSum{s.ID, string(sum), text == 1})}
		if r.Record == nil {
			missing = append(missing, int64(s.ID))
		}
		out[s.ID] = r
		return nil
	})
	if err != nil || len(missing) == 0 {
		return out, err
	}
	if err := a.unpackInto(ctx, out, missing); err != nil {
		return nil, err
	}
	for _, id := range missing {
		if r := out[StoryID(id)]; r.Record == nil { // it left between the two questions
			delete(out, StoryID(id))
		}
	}
	return out, nil
}

// unpackInto reads the records of some reports, and keeps them.
func (a *Archive) unpackInto(ctx context.Context, reports map[StoryID]*Report, ids []int64) error {
	where, arg := a.read.among("d.story", ids)
	return a.each(ctx, "SELECT d.story, d.sum, d.body, c.text FROM record d LEFT JOIN copy c ON c.story = d.story WHERE "+where, []any{arg}, func(row scanner) error {
		var id StoryID
		var sum, body, text []byte
		if err := row.Scan(&id, &sum, &body, &text); err != nil {
			return err
		}
		r := reports[id]
		rec, size, err := unpackSized(body, text)
		if err != nil {
			return fmt.Errorf("story %s: %w", r.Story.Name, err)
		}
		r.Record = rec
		a.recent.put(recordSum{id, string(sum), text != nil}, rec, size)
		return nil
	})
}
