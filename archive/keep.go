package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"kawat/story"
)

// Backup writes a copy of the archive as it is at this moment to a new file,
// while others read and write it.
func (a *Archive) Backup(ctx context.Context, path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("backup %s: %w", path, fs.ErrExist)
	}
	return a.read.backup(ctx, path)
}

// removeQuietly removes a file that may not be there.
func removeQuietly(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Compact gives back the room of what was deleted and orders the file for
// reading. It needs as much room again while it runs.
func (a *Archive) Compact(ctx context.Context) error {
	if a.write == nil {
		return fmt.Errorf("archive %s: %w", a.path, ErrReadOnly)
	}
	a.write.mu.Lock()
	defer a.write.mu.Unlock()
	if err := a.write.engine.compact(ctx); err != nil {
		return fmt.Errorf("archive %s: compact: %w", a.path, explain(err))
	}
	return nil
}

// derivedTables are made anew by Rebuild.
var derivedTables = []string{"post", "tally", "person", "name_word", "happening", "member", "happening_post", "term"}

// copyTables are derived from texts, and stay where there are none.
var copyTables = []string{"shingle", "reprint"}

// Rebuild makes everything anew that is derived from the records. Progress is
// told after every few hundred stories; told may be nil.
func (a *Archive) Rebuild(ctx context.Context, told func(stories int)) error {
	return a.Update(ctx, func(b *Batch) error { return b.rebuild(told) })
}

func (b *Batch) rebuild(told func(stories int)) error {
	tables := derivedTables
	if !b.a.noTexts {
		tables = slices.Concat(tables, copyTables)
	}
	for _, t := range tables {
		if err := b.exec("DELETE FROM " + t); err != nil {
			return err
		}
	}
	if err := b.tx.clearWords(); err != nil {
		return err
	}
	b.w.forget()
	for n, last := 0, int64(-1); ; {
		ids, err := b.ids("SELECT id FROM story WHERE id > ? AND state = 0 ORDER BY id LIMIT 500", last)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			e, err := b.entryOf(StoryID(id))
			if err != nil {
				return err
			}
			if err := b.index(StoryID(id), e); err != nil {
				return err
			}
			last = id
		}
		if err := b.flush(); err != nil {
			return err
		}
		if n += len(ids); told != nil {
			told(n)
		}
	}
}

// CopyTo puts all stories of this archive, in all states, into another, and
// reports those that could not be read. What the other archive has already it
// keeps.
func (a *Archive) CopyTo(ctx context.Context, to *Archive, lost func(Fault)) (int, error) {
	n := 0
	for last := int64(-1); ; {
		ids, err := a.idsAfter(ctx, last)
		if err != nil || len(ids) == 0 {
			return n, err
		}
		err = to.Update(ctx, func(b *Batch) error {
			for _, id := range ids {
				added, err := a.copyOne(ctx, b, StoryID(id), lost)
				if err != nil {
					return err
				}
				n += added
			}
			return nil
		})
		if err != nil {
			return n, err
		}
		last = ids[len(ids)-1]
	}
}

func (a *Archive) idsAfter(ctx context.Context, last int64) ([]int64, error) {
	rows, err := a.read.QueryContext(ctx, "SELECT id FROM story WHERE id > ? ORDER BY id LIMIT 500", last)
	if err != nil {
		return nil, fmt.Errorf("archive %s: %w", a.path, explain(err))
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

// copyOne puts one story into another archive, in the state that it has here.
func (a *Archive) copyOne(ctx context.Context, b *Batch, id StoryID, lost func(Fault)) (int, error) {
	r, err := a.Get(ctx, id)
	if err != nil {
		lost(Fault{fmt.Sprint(id), err.Error()})
		return 0, nil
	}
	found, err := a.Found(ctx, id)
	if err != nil {
		lost(Fault{r.Story.Name, err.Error()})
	}
	e, err := b.a.Prepare(Item{Key: r.Story.Key, Record: r.Record, Found: story.Found{Format: r.Story.Format, Input: r.Story.Input, Bytes: found}})
	if err != nil {
		lost(Fault{r.Story.Name, err.Error()})
		return 0, nil
	}
	var have int64
	if there, err := b.one("SELECT id FROM story WHERE key = ?", []any{e.item.Key[:]}, &have); err != nil || there {
		return 0, err
	}
	_, err = b.putAs(e, stateOf(r.Story.State))
	return 1, err
}

func stateOf(name string) state {
	for i, n := range stateNames {
		if n == name {
			return state(i)
		}
	}
	return current
}
