package stream

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Failure is a story that was set aside for a person to look at.
type Failure struct {
	Seq    uint64    `json:"seq"` // its number, by which Replay names it
	Key    string    `json:"key"`
	ID     string    `json:"id,omitempty"`
	Input  string    `json:"input,omitempty"`
	Reason string    `json:"reason"`
	Time   time.Time `json:"time"`
	Draft  *Draft    `json:"draft,omitempty"` // nil where it could not be opened

	body string // name of its large body, "" where it has none
}

// fail sets a message aside with the reason.
func (b *Bus) fail(ctx context.Context, m jetstream.Msg, d *Draft, reason string) error {
	key := m.Headers().Get(headerKey)
	f := Failure{Key: key, Reason: reason, Time: time.Now().UTC()}
	switch {
	case d != nil && d.Schema != "":
		f.ID, f.Input, f.Draft = d.ID, d.Input, d
	case d != nil:
		// It was not opened, or could not be: its bytes are kept as they came.
		var raw Draft
		if b.open(ctx, m.Headers(), m.Data(), &raw) == nil {
			f.ID, f.Input, f.Draft = raw.ID, raw.Input, &raw
		}
	}
	meta, err := m.Metadata()
	if err != nil {
		return err
	}
	id := fmt.Sprintf("%s.%s.%d", key, meta.Stream, meta.Sequence.Stream)
	out, err := b.message(ctx, failuresSubject, key, id, &f)
	if err != nil {
		return err
	}
	return b.put(ctx, out)
}

// Failures yields what was set aside, oldest first.
func (b *Bus) Failures(ctx context.Context) iter.Seq2[*Failure, error] {
	return func(yield func(*Failure, error) bool) {
		for m, err := range b.each(ctx, failuresStream, failuresSubject) {
			f := &Failure{}
			if err == nil {
				if openErr := b.open(ctx, m.Header, m.Data, f); openErr != nil {
					f.Key, f.Reason, f.Time = m.Header.Get(headerKey), "cannot be opened: "+openErr.Error(), m.Time
				}
				f.Seq, f.body = m.Sequence, m.Header.Get(headerBody)
			}
			if !yield(f, err) {
				return
			}
		}
	}
}

// Replay sends a story that was set aside to be read again, and forgets the
// failure.
func (b *Bus) Replay(ctx context.Context, f *Failure) error {
	if f.Draft == nil {
		return fmt.Errorf("failure %d holds no story that could be read again", f.Seq)
	}
	m, err := b.message(ctx, storiesSubject, f.Key, again(f.Key), f.Draft)
	if err != nil {
		return err
	}
	if err := b.put(ctx, m); err != nil {
		return err
	}
	s, err := b.js.Stream(ctx, failuresStream)
	if err != nil {
		return err
	}
	if err := s.DeleteMsg(ctx, f.Seq); err != nil && !errors.Is(err, jetstream.ErrMsgNotFound) {
		return err
	}
	b.drop(ctx, f.body)
	return nil
}

// again makes an id by which a story is sent once more although the server
// remembers its key.
func again(key string) string {
	return key + ".again." + strconv.FormatInt(time.Now().UnixNano(), 36)
}

// put sends a message until the server has it.
func (b *Bus) put(ctx context.Context, m *nats.Msg) error {
	_, err := b.js.PublishMsg(ctx, m)
	if err != nil {
		_, err = b.insist(ctx, m, err)
	}
	return err
}

// each yields the messages of a stream up to its present end, oldest first.
func (b *Bus) each(ctx context.Context, name, subject string) iter.Seq2[*jetstream.RawStreamMsg, error] {
	return func(yield func(*jetstream.RawStreamMsg, error) bool) {
		s, err := b.js.Stream(ctx, name)
		if err != nil {
			yield(nil, fmt.Errorf("%s: %w", name, err))
			return
		}
		last := s.CachedInfo().State.LastSeq
		for seq := uint64(1); seq <= last; seq++ {
			m, err := s.GetMsg(ctx, seq, jetstream.WithGetMsgSubject(subject)) // the first from there on
			if errors.Is(err, jetstream.ErrMsgNotFound) {
				return
			}
			if err != nil {
				yield(nil, fmt.Errorf("%s: %w", name, err))
				return
			}
			if m.Sequence > last || !yield(m, nil) {
				return
			}
			seq = m.Sequence
		}
	}
}
