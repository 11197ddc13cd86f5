// Package ingest reads inputs into an archive, on all cores, in the order of
// the inputs.
//
// What comes in are paths of files and folders; what goes out are stories in an
// archive, and a [Report] of what was new, what was there, and what could not
// be read, with the reason. Stories that are in the archive are not read again,
// so that a run that ended early, however it ended, is continued by running it
// again. The package judges no story and keeps none in memory beyond a batch.
// For example
//
//	rep, err := ingest.Run(ctx, a, reader, []string{"wires/"}, ingest.Options{})
package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"sync"
	"time"

	"kawat"
	"kawat/archive"
	"kawat/intake"
	"kawat/story"
)

// Options says how inputs are read.
type Options struct {
	// Batch is how many stories are written at once; 0 means 500. What a batch
	// holds is lost, and read again, if the process dies.
	Batch int
	// Every is the longest that a story waits for its batch; 0 means 2 seconds.
	Every time.Duration
	// Stdin is what "-" names.
	Stdin io.Reader
	// Progress is told now and then how far the run is; may be nil.
	Progress func(Progress)
	// NoFound keeps only cleaned texts and not the bytes they were made from.
	NoFound bool
}

// Progress says how far a run is.
type Progress struct {
	Stories int   // put, there already, or failed
	Bytes   int64 // of the inputs, read so far
	Input   string
}

// Report is what became of a run.
type Report struct {
	Added, Known, Withdrawn int
	Failed                  []archive.Failure // the first of them, at most maxFailures
	Failures                int
}

// maxFailures bounds what a report lists; the archive keeps them all.
const maxFailures = 10_000

// Run reads inputs into an archive. An item that cannot be read is reported
// and the others go on; the error is of the archive or of the context, and what
// was committed before stays.
func Run(ctx context.Context, a *archive.Archive, r *kawat.Reader, paths []string, opt Options) (*Report, error) {
	n := newRun(ctx, a, r, opt)
	return n.finish(n.all(n.source(paths)))
}

// Page reads one input that was fetched, such as a page, into an archive. fill
// may add what is known of its stories from where they were listed, such as
// their address; it may be nil.
func Page(ctx context.Context, a *archive.Archive, r *kawat.Reader, name string, in io.Reader, fill func(*story.Story)) (*Report, error) {
	n := newRun(ctx, a, r, Options{})
	n.fill = fill
	return n.finish(n.all(func(yield func(*story.Story, error) bool) { n.input(name, in, yield) }))
}

func newRun(ctx context.Context, a *archive.Archive, r *kawat.Reader, opt Options) *run {
	if opt.Batch <= 0 {
		opt.Batch = 500
	}
	if opt.Every <= 0 {
		opt.Every = 2 * time.Second
	}
	return &run{ctx: ctx, a: a, r: r, opt: opt, due: time.Now().Add(opt.Every)}
}

func (n *run) finish(err error) (*Report, error) {
	// What is read already is kept, also where somebody pressed Ctrl-C.
	if flushErr := n.flush(context.WithoutCancel(n.ctx)); err == nil {
		err = flushErr
	}
	if err == nil {
		err = n.ctx.Err()
	}
	return &n.report, err
}

// run is one run over many inputs.
type run struct {
	ctx    context.Context
	a      *archive.Archive
	r      *kawat.Reader
	opt    Options
	report Report
	batch  []outcome
	due    time.Time
	fill   func(*story.Story) // may be nil
	came   sync.Map           // *story.Story -> origin

	mu   sync.Mutex // guards what the source counts
	done Progress
}

// origin is what must be known of a story from before it was read.
type origin struct {
	key  archive.Key
	file string
}

// outcome is what is to be written about one item.
type outcome struct {
	entry      *archive.Entry
	withdrawal *kawat.Withdrawal
	failure    *archive.Failure
	at         string // position of an item that is fine now
}

// known says that a story is in the archive already.
type known struct{ at string }

func (k *known) Error() string { return k.at + " is in the archive" }

func (n *run) all(src iter.Seq2[*story.Story, error]) error {
	ready := func(st *story.Story) (outcome, error) {
		from, _ := n.came.LoadAndDelete(st)
		found := st.Found
		if n.opt.NoFound {
			found.Bytes = nil
		}
		e, err := n.a.Prepare(archive.Item{Key: from.(origin).key, Record: n.r.Record(st), Found: found})
		return outcome{entry: e, at: st.Found.Input}, err
	}
	for out, err := range kawat.StreamOf(n.ctx, n.r, src, ready) {
		if err != nil {
			if out, err = n.judge(err); err != nil {
				return err
			}
		}
		n.batch = append(n.batch, out)
		if len(n.batch) >= n.opt.Batch || time.Now().After(n.due) {
			if err := n.flush(n.ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// judge tells an item that failed from one that needs no reading.
func (n *run) judge(err error) (outcome, error) {
	var (
		there  *known
		killed *kawat.Withdrawal
		store  *storeError
		item   *intake.Error
		read   *kawat.ReadError
	)
	switch {
	case errors.As(err, &store):
		return outcome{}, store.err
	case errors.As(err, &there):
		return outcome{at: there.at}, nil
	case errors.As(err, &killed):
		return outcome{withdrawal: killed, at: killed.At.String()}, nil
	case errors.As(err, &read):
		return outcome{failure: &archive.Failure{Position: read.Input, Reason: err.Error()}}, nil
	case errors.As(err, &item):
		return outcome{failure: &archive.Failure{Input: item.Input, Position: item.Position.String(), Reason: item.Reason.Error()}}, nil
	}
	return outcome{failure: &archive.Failure{Reason: err.Error()}}, nil
}

// storeError is an error of the archive inside the source.
type storeError struct{ err error }

func (e *storeError) Error() string { return e.err.Error() }

// source yields the stories of all inputs that are not in the archive.
func (n *run) source(paths []string) iter.Seq2[*story.Story, error] {
	return func(yield func(*story.Story, error) bool) {
		for _, path := range paths {
			if path == "-" {
				if n.opt.Stdin == nil || !n.input("stdin", n.opt.Stdin, yield) {
					return
				}
				continue
			}
			for file, err := range intake.Files(path) {
				if !n.file(file, err, yield) {
					return
				}
			}
		}
	}
}

func (n *run) file(file string, err error, yield func(*story.Story, error) bool) bool {
	var f *os.File
	if err == nil {
		f, err = os.Open(file)
	}
	if err != nil {
		return yield(nil, err)
	}
	defer f.Close()
	return n.input(file, f, yield)
}

func (n *run) input(name string, in io.Reader, yield func(*story.Story, error) bool) bool {
	for st, err := range n.r.Stories(name, &counter{n, name, in}) {
		if err == nil {
			if n.fill != nil {
				n.fill(st)
			}
			from := origin{archive.KeyOf(st), name}
			has, hasErr := n.a.Has(n.ctx, from.key)
			switch {
			case hasErr != nil:
				yield(nil, &storeError{hasErr})
				return false
			case has:
				st, err = nil, &known{st.Found.Input}
			default:
				n.came.Store(st, from)
			}
		}
		if !yield(st, err) {
			return false
		}
	}
	return true
}

// counter counts the bytes of an input.
type counter struct {
	n    *run
	name string
	in   io.Reader
}

func (c *counter) Read(p []byte) (int, error) {
	k, err := c.in.Read(p)
	c.n.mu.Lock()
	c.n.done.Bytes += int64(k)
	c.n.done.Input = c.name
	c.n.mu.Unlock()
	return k, err
}

// flush writes a batch as a whole.
func (n *run) flush(ctx context.Context) error {
	if len(n.batch) == 0 {
		return nil
	}
	var done Report
	err := n.a.Update(ctx, func(b *archive.Batch) error {
		done = Report{}
		for i := range n.batch {
			if err := n.write(b, &n.batch[i], &done); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	n.report.Added += done.Added
	n.report.Known += done.Known
	n.report.Withdrawn += done.Withdrawn
	n.report.Failures += done.Failures
	n.report.Failed = append(n.report.Failed, done.Failed[:min(len(done.Failed), maxFailures-len(n.report.Failed))]...)
	n.mu.Lock()
	n.done.Stories += len(n.batch)
	p := n.done
	n.mu.Unlock()
	clear(n.batch)
	n.batch, n.due = n.batch[:0], time.Now().Add(n.opt.Every)
	if n.opt.Progress != nil {
		n.opt.Progress(p)
	}
	return nil
}

func (n *run) write(b *archive.Batch, o *outcome, done *Report) error {
	if o.failure != nil {
		done.Failures++
		done.Failed = append(done.Failed, *o.failure)
		return b.Fail(*o.failure)
	}
	if o.at != "" {
		if err := b.Mend(o.at); err != nil {
			return err
		}
	}
	switch {
	case o.withdrawal != nil:
		done.Withdrawn++
		return b.Withdraw(o.withdrawal.Publisher, o.withdrawal.URL, o.withdrawal.ID)
	case o.entry == nil:
		done.Known++
		return nil
	}
	_, added, err := b.Put(o.entry)
	if added {
		done.Added++
	} else if err == nil {
		done.Known++
	}
	return err
}

// Retry reads again the inputs of which items failed.
func Retry(ctx context.Context, a *archive.Archive, r *kawat.Reader, opt Options) (*Report, error) {
	inputs, err := a.FailedInputs(ctx)
	if err != nil {
		return nil, err
	}
	if len(inputs) == 0 {
		return &Report{}, nil
	}
	rep, err := Run(ctx, a, r, inputs, opt)
	if err != nil {
		return rep, fmt.Errorf("retry: %w", err)
	}
	return rep, nil
}
