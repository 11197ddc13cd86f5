package stream

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"kawat"
	"kawat/story"
)

// WorkOptions says how a worker works.
type WorkOptions struct {
	// Metrics counts what is done; may be nil.
	Metrics *Metrics
	// NoFound sends records without the bytes that their stories were made from.
	NoFound bool
}

// Work reads stories until ctx is done; then it finishes those that it has
// begun, gives back the others, and returns nil. Any number of workers, in any
// number of processes, share the stories. What cannot be read is set aside as a
// failure with its reason. A server that is away is waited for.
func (b *Bus) Work(ctx context.Context, r *kawat.Reader, opt WorkOptions) error {
	w := &working{bus: b, opt: opt, stop: ctx, ctx: context.WithoutCancel(ctx), held: map[*job]bool{}}
	ended := make(chan struct{})
	defer close(ended)
	go w.holdOn(ended)
	ready := func(st *story.Story) ([]byte, error) { return r.Record(st).AppendJSON(nil) }
	for line, err := range kawat.StreamOf(w.ctx, r, w.source(), ready) {
		j := w.next()
		if err == nil {
			err = w.deliver(j, line)
		} else {
			err = w.setAside(j, err.Error())
		}
		w.done(j, err)
	}
	return nil
}

// working is one run of Work.
type working struct {
	bus  *Bus
	opt  WorkOptions
	stop context.Context // when it is done, nothing new is begun
	ctx  context.Context // of what was begun, which is finished

	mu   sync.Mutex
	jobs []*job        // begun, in the order in which their outcomes come
	held map[*job]bool // handed out to this worker and not answered for
}

// job is one story under way.
type job struct {
	m     jetstream.Msg
	draft Draft
	begun time.Time
}

// next returns the job whose outcome came.
func (w *working) next() *job {
	w.mu.Lock()
	defer w.mu.Unlock()
	j := w.jobs[0]
	w.jobs = w.jobs[1:]
	return j
}

// done forgets a job. Where the server could not be told, the story will be
// handed out again, and its id makes that harmless.
func (w *working) done(j *job, err error) {
	w.mu.Lock()
	delete(w.held, j)
	w.mu.Unlock()
	if err != nil {
		w.bus.log.Error("a story is left to be handed out again", "story", j.m.Headers().Get(headerKey), "error", err)
	}
}

// holdOn tells the server now and then that the stories which it handed out are
// being worked at, however long the next stream makes the worker wait.
func (w *working) holdOn(ended <-chan struct{}) {
	tick := time.NewTicker(w.bus.readers.CachedInfo().Config.AckWait / 4)
	defer tick.Stop()
	for {
		select {
		case <-ended:
			return
		case <-tick.C:
		}
		w.mu.Lock()
		for j := range w.held {
			// Where this fails the server is away, and hands the story out again.
			_ = j.m.InProgress()
		}
		w.mu.Unlock()
	}
}

// takeAhead is how many stories a worker takes at once: few, so that one that
// dies holds little back.
const takeAhead = 16

// source yields stories as the server hands them out.
func (w *working) source() iter.Seq2[*story.Story, error] {
	return func(yield func(*story.Story, error) bool) {
		for w.stop.Err() == nil {
			for _, j := range w.take() {
				if w.stop.Err() != nil {
					w.done(j, j.m.Nak())
					continue
				}
				st, err := w.open(j)
				if st == nil && err == nil {
					w.done(j, w.kill(j))
					continue
				}
				w.mu.Lock()
				w.jobs = append(w.jobs, j)
				w.mu.Unlock()
				if !yield(st, err) {
					return
				}
			}
		}
	}
}

// take takes the stories that wait, or waits a moment for one.
func (w *working) take() []*job {
	batch, err := w.bus.readers.FetchNoWait(takeAhead)
	jobs := w.collect(batch, err)
	if len(jobs) == 0 {
		ctx, cancel := context.WithTimeout(w.stop, 2*time.Second)
		defer cancel()
		batch, err = w.bus.readers.Fetch(1, jetstream.FetchContext(ctx))
		jobs = w.collect(batch, err)
	}
	return jobs
}

func (w *working) collect(batch jetstream.MessageBatch, err error) []*job {
	var jobs []*job
	if err == nil {
		for m := range batch.Messages() {
			jobs = append(jobs, &job{m: m})
		}
		err = batch.Error()
	}
	w.mu.Lock()
	for _, j := range jobs {
		w.held[j] = true
	}
	w.mu.Unlock()
	if err != nil && w.stop.Err() == nil && !errors.Is(err, context.DeadlineExceeded) && len(jobs) == 0 {
		w.bus.log.Warn("no stories from the stream; trying again", "error", err)
		select {
		case <-time.After(time.Second):
		case <-w.stop.Done():
		}
	}
	return jobs
}

// open takes a story out of its message; nil where it is a withdrawal.
func (w *working) open(j *job) (*story.Story, error) {
	j.begun = time.Now()
	meta, err := j.m.Metadata()
	if err != nil {
		return nil, err
	}
	if meta.NumDelivered > maxTries {
		// Before it is opened: opening it may be what killed the workers.
		return nil, fmt.Errorf("was handed out %d times and never answered for", maxTries)
	}
	if err := w.bus.open(w.ctx, j.m.Headers(), j.m.Data(), &j.draft); err != nil {
		return nil, err
	}
	if j.draft.Withdrawn {
		return nil, nil
	}
	return j.draft.Story()
}

// kill passes a withdrawal on.
func (w *working) kill(j *job) error {
	return w.publish(j, &Outcome{Schema: outcomeSchema, Key: j.draft.Key, Input: j.draft.Input, Kill: &j.draft})
}

// deliver sends a record on.
func (w *working) deliver(j *job, line []byte) error {
	out := &Outcome{Schema: outcomeSchema, Key: j.draft.Key, Format: j.draft.Format, Input: j.draft.Input, Record: line, Body: j.m.Headers().Get(headerBody)}
	if !w.opt.NoFound {
		out.Found = j.draft.Found
	}
	w.opt.Metrics.read(time.Since(j.begun))
	return w.publish(j, out)
}

// publish sends an outcome on, and only then lets the story go. While the next
// stream is full the worker waits: so the pressure comes back to who feeds.
func (w *working) publish(j *job, out *Outcome) error {
	m, err := w.bus.message(w.ctx, recordsSubject, out.Key, out.Key, out)
	if err != nil {
		return err
	}
	if err := w.bus.put(w.ctx, m); err != nil {
		return err
	}
	return j.m.Ack()
}

// setAside moves a story that cannot be read to the failures.
func (w *working) setAside(j *job, reason string) error {
	w.opt.Metrics.failed()
	if err := w.bus.fail(w.ctx, j.m, &j.draft, reason); err != nil {
		return err
	}
	w.bus.log.Warn("a story is set aside", "story", j.m.Headers().Get(headerKey), "id", j.draft.ID, "input", j.draft.Input, "reason", reason)
	return j.m.Ack()
}
