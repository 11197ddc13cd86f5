package stream

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"kawat/story"
	"kawat/wire"
)

// Fed is what became of a run of Feed.
type Fed struct {
	Sent, Known, Withdrawn int
	Failed                 []error // items that could not be taken from their inputs; at most maxErrors
	Failures               int
}

const maxErrors = 10_000

// window is how many stories are sent before their acknowledgements are awaited.
const window = 128

// Feed sends stories to be read. It waits where the streams are full, and
// returns when all were acknowledged by the server, or with the error of the
// server or the context; what was acknowledged before stays. An error of the
// source stands for one item and does not end the run. told, which may be nil,
// is called after every window with the run so far.
func (b *Bus) Feed(ctx context.Context, src iter.Seq2[*story.Story, error], told func(*Fed)) (*Fed, error) {
	f := &feeding{bus: b, told: told}
	for st, err := range src {
		d, err := f.draft(st, err)
		if d == nil {
			f.fail(err)
			continue
		}
		if err := f.send(ctx, d); err != nil {
			return &f.out, fmt.Errorf("stream %s: %w", Redact(b.opt.URL), err)
		}
	}
	if err := f.settle(ctx); err != nil {
		return &f.out, fmt.Errorf("stream %s: %w", Redact(b.opt.URL), err)
	}
	return &f.out, ctx.Err()
}

// feeding is one run of Feed.
type feeding struct {
	bus     *Bus
	out     Fed
	told    func(*Fed)
	waiting []sent
}

// sent is a message whose acknowledgement is awaited.
type sent struct {
	m   *nats.Msg
	ack jetstream.PubAckFuture
}

func (f *feeding) draft(st *story.Story, err error) (*Draft, error) {
	var killed *wire.Withdrawal
	switch {
	case errors.As(err, &killed):
		f.out.Withdrawn++
		return withdrawalOf(killed), nil
	case err != nil:
		return nil, err
	}
	return draftOf(st), nil
}

func (f *feeding) fail(err error) {
	if f.out.Failures++; len(f.out.Failed) < maxErrors {
		f.out.Failed = append(f.out.Failed, err)
	}
}

func (f *feeding) send(ctx context.Context, d *Draft) error {
	m, err := f.bus.message(ctx, storiesSubject, d.Key, d.Key, d)
	if err != nil {
		return err
	}
	ack, err := f.bus.js.PublishMsgAsync(m)
	if err != nil {
		return err
	}
	if f.waiting = append(f.waiting, sent{m, ack}); len(f.waiting) < window {
		return nil
	}
	return f.settle(ctx)
}

// settle awaits what is under way, and sends again what the server refused.
func (f *feeding) settle(ctx context.Context) error {
	for _, s := range f.waiting {
		var ack *jetstream.PubAck
		var err error
		select {
		case ack = <-s.ack.Ok():
		case err = <-s.ack.Err():
			ack, err = f.bus.insist(ctx, s.m, err)
		case <-ctx.Done():
			err = ctx.Err()
		}
		switch {
		case err != nil:
			return err
		case ack.Duplicate:
			f.out.Known++
		default:
			f.out.Sent++
		}
	}
	f.waiting = f.waiting[:0]
	if f.told != nil {
		f.told(&f.out)
	}
	return nil
}

// insist sends a message until the server has taken it or the context ends:
// while the stream is full or a cluster elects its leader there is only
// waiting. Its id makes the repetition harmless.
func (b *Bus) insist(ctx context.Context, m *nats.Msg, err error) (*jetstream.PubAck, error) {
	var told time.Time
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, time.Second) {
		if !passes(err) {
			return nil, err
		}
		b.makeRoom(ctx, err)
		if wait == time.Second && time.Since(told) > tellEvery {
			told = time.Now()
			b.log.Warn("the stream takes nothing now; waiting", "subject", m.Subject, "error", err)
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), err)
		}
		// The client returns the message with the reply of the first sending.
		again := &nats.Msg{Subject: m.Subject, Data: m.Data, Header: m.Header}
		var ack *jetstream.PubAck
		if ack, err = b.js.PublishMsg(ctx, again); err == nil {
			return ack, nil
		}
	}
}

// tellEvery is how often somebody who waits says so.
const tellEvery = 30 * time.Second

// makeRoom does what can be done about a stream that took nothing.
func (b *Bus) makeRoom(ctx context.Context, err error) {
	if !isFull(err) {
		return
	}
	if b.engine != nil && !strings.Contains(err.Error(), server.ErrMaxBytes.Error()) {
		b.engine.hurt.Store(true) // the disk is full, or was
	}
	if err := b.trim(ctx); err != nil {
		b.log.Warn("a full stream could not be trimmed", "error", err)
	}
}

// isFull reports whether a stream had no room.
func isFull(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && api.ErrorCode == codeStoreFailed
}

// codeStoreFailed is the engine's code for "maximum bytes exceeded" and for a
// disk without room.
const codeStoreFailed = 10077

// passes reports whether waiting may help: whether the server was full, away or
// busy, rather than of the opinion that the message is wrong.
func passes(err error) bool {
	var api *jetstream.APIError
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, nats.ErrConnectionClosed), errors.Is(err, nats.ErrMaxPayload), errors.Is(err, nats.ErrAuthorization):
		return false
	case errors.As(err, &api):
		return api.ErrorCode == codeStoreFailed || api.Code >= 500
	}
	return true // no answer, no responders, no leader, a timeout, a lost connection
}

// trim lets go of stories that were read, where the stream has no more room:
// their records are in the next stream or in the store.
func (b *Bus) trim(ctx context.Context) error {
	s, err := b.js.Stream(ctx, storiesStream)
	if err != nil {
		return err
	}
	c, err := s.Consumer(ctx, readers)
	if err != nil {
		return err
	}
	return s.Purge(ctx, jetstream.WithPurgeSequence(c.CachedInfo().AckFloor.Stream+1))
}
