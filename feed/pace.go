package feed

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// pacer lets one request at a time through to a host, at the host's pace, and
// so many at a time in all. It is safe for concurrent use.
type pacer struct {
	every time.Duration // between two requests to a host
	all   chan struct{}
	mu    sync.Mutex
	hosts map[string]*hostPace
}

type hostPace struct {
	turn  chan struct{}
	limit *rate.Limiter
}

func newPacer(every time.Duration, atOnce int) *pacer {
	return &pacer{every: every, all: make(chan struct{}, atOnce), hosts: map[string]*hostPace{}}
}

func (p *pacer) host(address string) *hostPace {
	name := ""
	if u, err := url.Parse(address); err == nil {
		name = strings.ToLower(u.Hostname())
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.hosts[name]
	if h == nil {
		if len(p.hosts) >= maxHosts {
			clear(p.hosts)
		}
		h = &hostPace{make(chan struct{}, 1), rate.NewLimiter(rate.Every(p.every), 1)}
		p.hosts[name] = h
	}
	return h
}

// wait returns when a request may go out, with what to call after it; delay is
// what the host asked for.
func (p *pacer) wait(ctx context.Context, address string, delay time.Duration) (done func(), err error) {
	h := p.host(address)
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if delay > p.every {
		h.limit.SetLimit(rate.Every(delay))
	}
	if err := h.limit.Wait(ctx); err != nil {
		<-h.turn
		return nil, err
	}
	select { // last, so that hosts that wait hold no place of others
	case p.all <- struct{}{}:
	case <-ctx.Done():
		<-h.turn
		return nil, ctx.Err()
	}
	return func() { <-p.all; <-h.turn }, nil
}
