package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
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
var derivedTables = []string{"post", "fact", "tally", "person", "name_word", "happening", "member", "happening_post", "term"}

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
