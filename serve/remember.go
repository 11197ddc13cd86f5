package serve

import (
	"context"
	"sync"
	"time"
)

// How long an answer that was dear to find is given again, what is dear, how
// long it may take to find it anew, and how many answers are kept.
const (
	rememberFor   = time.Minute
	rememberDear  = 10 * time.Millisecond
	rememberLimit = time.Minute
	rememberMost  = 512
)

// remembered keeps answers that are dear to find and the same for all readers,
// such as who acts towards whom in a million stories. One that is old is given
// once more while it is found anew, so that nobody waits for it twice; what is
// found quickly is not kept. It is safe for concurrent use.
type remembered[K comparable, V any] struct {
	find func(context.Context, K) (V, error)

	mu   sync.Mutex
	kept map[K]*answer[V]
}

type answer[V any] struct {
	mu     sync.Mutex // held while the answer is found first
	value  V
	at     time.Time // zero where there is none yet
	asking bool      // it is being found anew
}

func newRemembered[K comparable, V any](find func(context.Context, K) (V, error)) *remembered[K, V] {
	return &remembered[K, V]{find: find, kept: map[K]*answer[V]{}}
}

// get returns an answer, which is shared: nobody may change it.
func (r *remembered[K, V]) get(ctx context.Context, key K) (V, error) {
	r.mu.Lock()
	a := r.kept[key]
	if a == nil {
		if len(r.kept) >= rememberMost {
			clear(r.kept)
		}
		a = &answer[V]{}
		r.kept[key] = a
	}
	r.mu.Unlock()

	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.at.IsZero() {
		if time.Since(a.at) > rememberFor && !a.asking {
			a.asking = true
			go r.renew(context.WithoutCancel(ctx), key, a)
		}
		return a.value, nil
	}
	start := time.Now()
	v, err := r.find(ctx, key)
	if err == nil && time.Since(start) > rememberDear {
		a.value, a.at = v, time.Now()
		return v, nil
	}
	r.mu.Lock()
	delete(r.kept, key)
	r.mu.Unlock()
	return v, err
}

// forget drops all answers: what they rest on was changed by this server.
func (r *remembered[K, V]) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.kept)
}

// renew finds an answer anew; the old one stays where that fails, until somebody
// asks again.
func (r *remembered[K, V]) renew(ctx context.Context, key K, a *answer[V]) {
	ctx, cancel := context.WithTimeout(ctx, rememberLimit)
	defer cancel()
	v, err := r.find(ctx, key)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asking = false
	if err == nil {
		a.value, a.at = v, time.Now()
	}
}

// forget drops what is remembered, so that who decides sees what it changed.
func (s *Server) forget() {
	s.news.forget()
	s.dyads.forget()
	s.counts.forget()
}
