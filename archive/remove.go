package archive

import (
	"context"
	"fmt"
)

// Withdraw takes all versions of a story out of every answer, since its
// publisher killed it. They stay in the archive until they are deleted.
func (b *Batch) Withdraw(publisher, url, id string) error {
	ids, err := b.ids("SELECT id FROM story WHERE doc = ? AND state <> ?", docOf(publisher, address(url, id)), withdrawn)
	if err != nil {
		return err
	}
	for _, old := range ids {
		if err := b.setState(StoryID(old), withdrawn); err != nil {
			return err
		}
	}
	return nil
}

// Delete removes a story and everything derived from it. Its bytes are gone
// from the file once the archive is compacted.
func (b *Batch) Delete(id StoryID) error {
	var st state
	found, err := b.one("SELECT state FROM story WHERE id = ?", []any{int64(id)}, &st)
	switch {
	case err != nil:
		return err
	case !found:
		return fmt.Errorf("story %d %w", id, ErrNotFound)
	case st == current:
		if err := b.unindex(id); err != nil {
			return err
		}
	}
	if err := b.exec("DELETE FROM ruling WHERE story = (SELECT key FROM story WHERE id = ?)", int64(id)); err != nil {
		return err
	}
	for _, table := range []string{"copy", "record", "past_record", "arrival"} {
		if err := b.exec("DELETE FROM "+table+" WHERE story = ?", int64(id)); err != nil {
			return err
		}
	}
	delete(b.w.lastOf, id.Day())
	return b.exec("DELETE FROM story WHERE id = ?", int64(id))
}

// Named returns the ids of all stories that their inputs gave a name or an
// address, or whose key it is, in all versions.
func (a *Archive) Named(ctx context.Context, name string) ([]StoryID, error) {
	query, args := "SELECT id FROM story WHERE name = ? UNION SELECT id FROM story WHERE url = ? AND url <> '' ORDER BY id", []any{name, name}
	if k, err := ParseKey(name); err == nil {
		query, args = "SELECT id FROM story WHERE key = ?", []any{k[:]}
	}
	out, err := collect(ctx, a, query, args, func(row scanner, id *StoryID) error { return row.Scan(id) })
	return out, a.failed(err)
}
