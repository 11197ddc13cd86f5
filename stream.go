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
		ctx, cancel := context.WithCancel(ctx)
		var wg sync.WaitGroup
		defer wg.Wait()
		defer cancel()
		workers := runtime.GOMAXPROCS(0)
		jobs := make(chan job, workers)
		order := make(chan chan Result, 2*workers)
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
					j.out <- r.result(j, render)
				}
			}()
		}
		for out := range order {
			select {
			case res := <-out:
				if !yield(res) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

type job struct {
	st  *story.Story
	err error
	out chan Result
}

// feed hands every story to the workers and its place in the order to the
// consumer, until the source or the context ends.
func feed(ctx context.Context, src iter.Seq2[*story.Story, error], jobs chan<- job, order chan<- chan Result) {
	for st, err := range src {
		out := make(chan Result, 1)
		select {
		case order <- out:
		case <-ctx.Done():
			return
		}
		select {
		case jobs <- job{st, err, out}:
		case <-ctx.Done():
			return
		}
	}
}

func (r *Reader) result(j job, render func(*story.Story) ([]byte, error)) Result {
	if j.err != nil {
		return Result{Err: j.err}
	}
	if err := r.Read(j.st); err != nil {
		return Result{Err: err}
	}
	out, err := render(j.st)
	return Result{Output: out, Err: err}
}
