package stream

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"kawat/archive"
)

// Verified is what a comparison of the streams with a store showed.
type Verified struct {
	Came    int // stories that the stream still holds
	Kept    int // of these, in the store
	Waiting int // of these, to be read or to be kept
	Failed  int // of these, set aside
	Queued  int // of these, nowhere: sent to be read again
}

// Verify compares the stories that came in with what the store keeps, and sends
// those again that are nowhere: neither waiting, nor kept, nor set aside. A
// story whose archive was told to delete it is nowhere too. told, which may be
// nil, hears of each that is sent again.
func (b *Bus) Verify(ctx context.Context, in Store, told func(key, input string)) (*Verified, error) {
	v, err := b.verify(ctx, in, told)
	if err != nil {
		return v, fmt.Errorf("stream %s: %w", Redact(b.opt.URL), err)
	}
	return v, nil
}

func (b *Bus) verify(ctx context.Context, in Store, told func(key, input string)) (*Verified, error) {
	v := &Verified{}
	c, err := b.js.Consumer(ctx, storiesStream, readers)
	if err != nil {
		return v, err
	}
	// The order matters: what was answered for by now is in the next stream or
	// the store, and what leaves that stream later is in the store.
	answered := c.CachedInfo().AckFloor.Stream
	waiting, err := b.keys(ctx, recordsStream, recordsSubject)
	if err != nil {
		return v, err
	}
	failed, err := b.keys(ctx, failuresStream, failuresSubject)
	if err != nil {
		return v, err
	}
	seen := map[string]bool{}
	for m, err := range b.each(ctx, storiesStream, storiesSubject) {
		if err != nil {
			return v, err
		}
		key := m.Header.Get(headerKey)
		if seen[key] {
			continue
		}
		seen[key] = true
		v.Came++
		id, err := archive.ParseKey(key)
		if err != nil {
			return v, err
		}
		kept, err := in.Has(ctx, id)
		switch {
		case err != nil:
			return v, err
		case kept:
			v.Kept++
		case failed[key]:
			v.Failed++
		case m.Sequence > answered || waiting[key]:
			v.Waiting++
		default:
			var d Draft
			if err := b.open(ctx, m.Header, m.Data, &d); err != nil {
				return v, err
			}
			if d.Withdrawn {
				v.Kept++ // a kill leaves no key in the store
				continue
			}
			out, err := b.message(ctx, storiesSubject, key, again(key), &d)
			if err != nil {
				return v, err
			}
			if err := b.put(ctx, out); err != nil {
				return v, err
			}
			v.Queued++
			if told != nil {
				told(key, d.Input)
			}
		}
	}
	return v, nil
}

// keys returns the keys of a stream's messages.
func (b *Bus) keys(ctx context.Context, name, subject string) (map[string]bool, error) {
	out := map[string]bool{}
	for m, err := range b.each(ctx, name, subject) {
		if err != nil {
			return nil, err
		}
		out[m.Header.Get(headerKey)] = true
	}
	return out, nil
}

// Status is how the streams stand.
type Status struct {
	Unread    uint64 `json:"unread"`    // stories that no worker has
	Reading   int    `json:"reading"`   // stories that a worker has
	Unkept    uint64 `json:"unkept"`    // records that are not in the store
	Failed    uint64 `json:"failed"`    // stories set aside
	Bytes     uint64 `json:"bytes"`     // of all three streams
	Replicas  int    `json:"replicas"`  // of the stories
	Leader    string `json:"leader"`    // of the stories; "" on a single server
	Unhealthy int    `json:"unhealthy"` // replicas that lag or are away
}

// Status asks the server.
func (b *Bus) Status(ctx context.Context) (*Status, error) {
	s, err := b.status(ctx)
	if err != nil {
		return nil, fmt.Errorf("stream %s: %w", Redact(b.opt.URL), err)
	}
	return s, nil
}

func (b *Bus) status(ctx context.Context) (*Status, error) {
	s := &Status{}
	// The order matters: what came by now is unread, or being read, or among the
	// records, or kept.
	for _, name := range []string{storiesStream, recordsStream, failuresStream} {
		str, err := b.js.Stream(ctx, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		info := str.CachedInfo()
		s.Bytes += info.State.Bytes
		switch name {
		case recordsStream:
			s.Unkept = info.State.Msgs
		case failuresStream:
			s.Failed = info.State.Msgs
		default:
			s.replicas(info)
			c, err := str.Consumer(ctx, readers)
			if err != nil {
				return nil, err
			}
			s.reading(info.State, c.CachedInfo())
		}
	}
	return s, nil
}

func (s *Status) replicas(info *jetstream.StreamInfo) {
	s.Replicas = info.Config.Replicas
	if info.Cluster == nil {
		return
	}
	s.Leader = info.Cluster.Leader
	for _, r := range info.Cluster.Replicas {
		if !r.Current || r.Offline {
			s.Unhealthy++
		}
	}
}

// reading counts the stories that no worker has and those that one has. A
// consumer hears of new messages a moment after their stream has them.
func (s *Status) reading(came jetstream.StreamState, c *jetstream.ConsumerInfo) {
	s.Unread, s.Reading = c.NumPending, c.NumAckPending
	if seen := max(c.Delivered.Stream, came.FirstSeq-min(1, came.FirstSeq)); c.NumPending == 0 && came.LastSeq > seen {
		s.Unread = came.LastSeq - seen
	}
}

// Ready reports whether the server can be reached.
func (b *Bus) Ready(ctx context.Context) error {
	if _, err := b.js.AccountInfo(ctx); err != nil {
		return fmt.Errorf("stream %s: %w", Redact(b.opt.URL), err)
	}
	return nil
}
