package kawat

import (
	"context"
	"iter"
	"runtime"
	"sync"

	"kawat/story"
)

// Result is what became of one input: its rendered record, or the error that
// names the input.
type Result struct {
	Output []byte
	Err    error
}

// Stream reads stories on all cores and yields their results in input order.
// The source is drawn from no further ahead than a small multiple of the
// workers, so memory does not grow with the number of stories. An error of the
// source stands for one input and does not end the stream. render turns a read
// story into bytes and runs on the workers too.
//
// The stream ends when the source does, when the consumer stops, or, with the
// stories that are under way, when ctx is done.
func (r *Reader) Stream(ctx context.Context, src iter.Seq2[*story.Story, error], render func(*story.Story) ([]byte, error)) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		for out, err := range StreamOf(ctx, r, src, render) {
			if !yield(Result{Output: out, Err: err}) {
				return
			}
		}
	}
}

// ReadError is the error of a story that could not be read. It says where the
// story stands in its input.
type ReadError struct {
	Input string // name of the input and position in it
	Err   error
}

func (e *ReadError) Error() string { return e.Err.Error() }
func (e *ReadError) Unwrap() error { return e.Err }

// StreamOf is Stream for whatever a consumer makes of read stories.
func StreamOf[T any](ctx context.Context, r *Reader, src iter.Seq2[*story.Story, error], render func(*story.Story) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var wg sync.WaitGroup
		defer wg.Wait()
		defer cancel()
		workers := runtime.GOMAXPROCS(0)
		jobs := make(chan job[T], workers)
		order := make(chan chan result[T], 2*workers)
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer close(order)
			defer close(jobs)
			feed(ctx, src, jobs, order)
		}()
		for range workers {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for j := range jobs {
					j.out <- readOne(r, j, render)
				}
			}()
		}
		for out := range order {
			select {
			case res := <-out:
				if !yield(res.value, res.err) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

type result[T any] struct {
	value T
	err   error
}

type job[T any] struct {
	st  *story.Story
	err error
	out chan result[T]
}

// feed hands every story to the workers and its place in the order to the
// consumer, until the source or the context ends.
func feed[T any](ctx context.Context, src iter.Seq2[*story.Story, error], jobs chan<- job[T], order chan<- chan result[T]) {
	for st, err := range src {
		out := make(chan result[T], 1)
		select {
		case order <- out:
		case <-ctx.Done():
			return
		}
		select {
		case jobs <- job[T]{st, err, out}:
		case <-ctx.Done():
			return
		}
	}
}

func readOne[T any](r *Reader, j job[T], render func(*story.Story) (T, error)) (out result[T]) {
	if out.err = j.err; out.err != nil {
		return out
	}
	if out.err = r.Read(j.st); out.err == nil {
		out.value, out.err = render(j.st)
	}
	if out.err != nil {
		out.err = &ReadError{j.st.Found.Input, out.err}
	}
	return out
}
