package stream

import (
	"context"
	"errors"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"kawat/archive"
)

// Store takes records for good. To keep the same item twice is the same as to
// keep it once.
type Store interface {
	// Has reports whether a story is kept, also one that was withdrawn since.
	Has(ctx context.Context, key archive.Key) (bool, error)
	// Keep keeps all of a batch or none of it, and returns when it is safe.
	Keep(ctx context.Context, batch []Kept) error
}

// Kept is one thing to be kept: a record, or a publisher's withdrawal.
type Kept struct {
	Item archive.Item
	Kill *Draft // in place of a record
}

// CollectOptions says how records are kept.
type CollectOptions struct {
	Metrics *Metrics      // may be nil
	Batch   int           // records at once, fewer where the store is slow; 0 for 200
	Every   time.Duration // the longest that a record waits for its batch; 0 for a second
}

// Collect keeps the records that workers send, until ctx is done. A record
// leaves its stream when the store has it. A server or a store that is away is
// waited for; a record that the store refuses is set aside as a failure.
func (b *Bus) Collect(ctx context.Context, to Store, opt CollectOptions) error {
	if opt.Batch <= 0 {
		opt.Batch = 200
	}
	if opt.Every <= 0 {
		opt.Every = time.Second
	}
	k := &collecting{bus: b, to: to, opt: opt, size: opt.Batch}
	for ctx.Err() == nil {
		wait, cancel := context.WithTimeout(ctx, opt.Every)
		batch, err := b.collectors.Fetch(k.size, jetstream.FetchContext(wait))
		var msgs []jetstream.Msg
		if err == nil {
			for m := range batch.Messages() {
				msgs = append(msgs, m)
			}
			err = batch.Error()
		}
		cancel()
		if err != nil && len(msgs) == 0 && ctx.Err() == nil && !errors.Is(err, context.DeadlineExceeded) {
			b.log.Warn("no records from the stream; trying again", "error", err)
			pause(ctx, time.Second)
		}
		begun := time.Now()
		k.keep(ctx, msgs)
		k.adapt(len(msgs), time.Since(begun))
	}
	return nil
}

// collecting is one run of Collect.
type collecting struct {
	bus *Bus
	to  Store
	opt CollectOptions

	size int // records that are asked for at once
}

// A batch that takes longer than slowBatch is followed by a smaller one, since
// what dies with its store or its collector begins anew; one that is full and
// takes less than quickBatch, by a larger one.
const (
	slowBatch  = 5 * time.Second
	quickBatch = time.Second
	leastBatch = 10
)

func (k *collecting) adapt(n int, took time.Duration) {
	switch {
	case took > slowBatch:
		k.size = max(k.size/2, min(leastBatch, k.opt.Batch))
	case took < quickBatch && n == k.size:
		k.size = min(2*k.size, k.opt.Batch)
	}
}

// holdOn tells the server now and then that records are being kept, however long
// the store takes; what it returns ends that.
func (k *collecting) holdOn(msgs []jetstream.Msg) (end func()) {
	ended := make(chan struct{})
	go func() {
		tick := time.NewTicker(k.bus.collectors.CachedInfo().Config.AckWait / 4)
		defer tick.Stop()
		for {
			select {
			case <-ended:
				return
			case <-tick.C:
			}
			for _, m := range msgs {
				// Where this fails the server is away, and hands the record out again.
				_ = m.InProgress()
			}
		}
	}()
	return func() { close(ended) }
}

// keep keeps a batch, or its parts where the store refuses the whole. What the
// store cannot take now goes back to its stream.
func (k *collecting) keep(ctx context.Context, msgs []jetstream.Msg) {
	if len(msgs) == 0 {
		return
	}
	defer k.holdOn(msgs)()
	batch := make([]Kept, 0, len(msgs))
	good := msgs[:0:0]
	bodies := make([]string, 0, len(msgs))
	for _, m := range msgs {
		kept, body, err := k.open(ctx, m)
		if err != nil {
			k.refuse(ctx, m, err)
			continue
		}
		batch, good, bodies = append(batch, kept), append(good, m), append(bodies, body)
	}
	// What is read is kept, also where somebody pressed Ctrl-C.
	safe := context.WithoutCancel(ctx)
	if err := k.to.Keep(safe, batch); err != nil {
		k.apart(ctx, good, batch, err)
		return
	}
	k.opt.Metrics.kept(len(good))
	for i, m := range good {
		if err := m.Ack(); err != nil {
			k.bus.log.Warn("a record that is kept could not be acknowledged; it comes again and is known", "error", err)
		}
		k.bus.drop(safe, m.Headers().Get(headerBody))
		k.bus.drop(safe, bodies[i])
	}
}

func (k *collecting) open(ctx context.Context, m jetstream.Msg) (Kept, string, error) {
	var out Outcome
	if err := k.bus.open(ctx, m.Headers(), m.Data(), &out); err != nil {
		return Kept{}, "", err
	}
	if out.Kill != nil {
		return Kept{Kill: out.Kill}, out.Body, nil
	}
	it, err := out.item()
	return Kept{Item: it}, out.Body, err
}

// Refused is the error of a store for what it will never take, such as a record
// whose hash is not that of its text.
type Refused struct{ Err error }

func (e *Refused) Error() string { return e.Err.Error() }
func (e *Refused) Unwrap() error { return e.Err }

// apart keeps each of a batch alone, so that one that is refused does not hold
// up the others. A store that is away makes all of them wait.
func (k *collecting) apart(ctx context.Context, msgs []jetstream.Msg, batch []Kept, err error) {
	var refused *Refused
	if !errors.As(err, &refused) || len(msgs) == 1 {
		for _, m := range msgs {
			if errors.As(err, &refused) {
				k.refuse(ctx, m, err)
			} else if nak := m.NakWithDelay(time.Second); nak != nil {
				k.bus.log.Warn("a record waits to be handed out again", "error", nak)
			}
		}
		if !errors.As(err, &refused) {
			k.bus.log.Error("the store takes no records; trying again", "records", len(msgs), "error", err)
			pause(ctx, time.Second)
		}
		return
	}
	for i, m := range msgs {
		if err := k.to.Keep(context.WithoutCancel(ctx), batch[i:i+1]); err != nil {
			k.apart(ctx, msgs[i:i+1], batch[i:i+1], err)
			continue
		}
		k.opt.Metrics.kept(1)
		if err := m.Ack(); err != nil {
			k.bus.log.Warn("a record that is kept could not be acknowledged; it comes again and is known", "error", err)
		}
	}
}

// refuse sets a record aside that cannot be kept, with what the worker made.
func (k *collecting) refuse(ctx context.Context, m jetstream.Msg, reason error) {
	k.opt.Metrics.failed()
	safe := context.WithoutCancel(ctx)
	err := k.bus.fail(safe, m, nil, "the record cannot be kept: "+reason.Error())
	if err == nil {
		err = m.Ack()
	}
	if err != nil {
		k.bus.log.Error("a record that cannot be kept could not be set aside; it comes again", "error", err)
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
