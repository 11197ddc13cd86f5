package serve

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A dear answer is found once, given while it is found anew, and an error is
// never kept.
func TestRemembered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		asked := 0
		var fails error
		r := newRemembered(func(_ context.Context, key string) (int, error) {
			mu.Lock()
			asked++
			n, err := asked, fails
			mu.Unlock()
			if key == "dear" {
				time.Sleep(2 * time.Second)
			}
			return n, err
		})
		get := func(key string, want int) {
			t.Helper()
			if v, err := r.get(t.Context(), key); err != nil || v != want {
				t.Errorf("%s: %d, want %d (%v)", key, v, want, err)
			}
		}
		get("dear", 1)
		get("dear", 1)
		get("quick", 2)
		get("quick", 3)
		time.Sleep(2 * rememberFor)
		start := time.Now()
		get("dear", 1) // the old answer, at once
		if time.Since(start) > 0 {
			t.Error("a reader waited for a second look")
		}
		time.Sleep(3 * time.Second)
		synctest.Wait()
		get("dear", 4)
		mu.Lock()
		fails = errors.New("no")
		mu.Unlock()
		time.Sleep(2 * rememberFor)
		get("dear", 4)
		time.Sleep(3 * time.Second)
		synctest.Wait()
		get("dear", 4)
		if _, err := r.get(t.Context(), "other"); err == nil {
			t.Error("an error was swallowed")
		}
		time.Sleep(3 * time.Second)
	})
}

// What a server changed itself it does not answer from memory.
func TestForget(t *testing.T) {
	n := 0
	r := newRemembered(func(context.Context, string) (int, error) {
		n++
		time.Sleep(2 * rememberDear)
		return n, nil
	})
	for _, want := range []int{1, 1, 2} {
		if want == 2 {
			r.forget()
		}
		if got, err := r.get(t.Context(), "x"); got != want || err != nil {
			t.Errorf("got %d %v, want %d", got, err, want)
		}
	}
}
