package stream

import (
	"context"
	"fmt"

	"kawat/archive"
)

// Archive is a Store in an archive.
type Archive struct{ *archive.Archive }

// Keep implements [Store]. It is the only writer of its archive while it runs.
func (a Archive) Keep(ctx context.Context, batch []Kept) error {
	entries := make([]*archive.Entry, len(batch))
	for i := range batch {
		if batch[i].Kill != nil {
			continue
		}
		e, err := a.Prepare(batch[i].Item)
		if err != nil {
			return &Refused{err}
		}
		entries[i] = e
	}
	return a.Update(ctx, func(b *archive.Batch) error {
		for i, e := range entries {
			if kill := batch[i].Kill; kill != nil {
				if err := b.Withdraw(kill.Publisher, kill.URL, kill.ID); err != nil {
					return err
				}
				continue
			}
			if _, _, err := b.Put(e); err != nil {
				return fmt.Errorf("%s: %w", batch[i].Item.Record.Story.ID, err)
			}
		}
		return nil
	})
}
