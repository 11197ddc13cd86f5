package feed

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
)

// robotsAge is how long a host's robots.txt is taken as known (RFC 9309, 2.4
// allows a day), robotsRetry how long a host that could not say is left alone.
const (
	robotsAge   = 24 * time.Hour
	robotsRetry = 10 * time.Minute
)

// maxHosts bounds how many hosts are remembered at once.
const maxHosts = 4096

// robots remembers what hosts allow. It is safe for concurrent use.
type robots struct {
	fetcher *Fetcher
	agent   string
	mu      sync.Mutex
	hosts   map[string]*hostRules
}

type hostRules struct {
	mu    sync.Mutex       // held while the file is fetched
	until time.Time        // the rules are taken as known
	group *robotstxt.Group // nil: everything is allowed
	none  bool             // nothing is allowed: the host failed when asked
}

func newRobots(f *Fetcher, agent string) *robots {
	return &robots{fetcher: f, agent: agent, hosts: map[string]*hostRules{}}
}

// host returns the rules of a host, fetched at most once a day.
func (r *robots) host(ctx context.Context, u *url.URL) *hostRules {
	key := u.Scheme + "://" + u.Host
	r.mu.Lock()
	h := r.hosts[key]
	if h == nil {
		if len(r.hosts) >= maxHosts {
			clear(r.hosts)
		}
		h = &hostRules{}
		r.hosts[key] = h
	}
	r.mu.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	if time.Now().Before(h.until) {
		return h
	}
	page, err := r.fetcher.Get(ctx, key+"/robots.txt")
	h.group, h.none, h.until = nil, false, time.Now().Add(robotsAge)
	var status *StatusError
	switch {
	case err == nil:
		if data, err := robotstxt.FromBytes(page.Body); err == nil {
			h.group = data.FindGroup(r.agent)
		}
	case errors.As(err, &status) && status.Code >= 400 && status.Code < 500 && status.Code != http.StatusTooManyRequests:
		// RFC 9309, 2.3.1.3: no such file, no rules.
	default:
		// RFC 9309, 2.3.1.4: a host that cannot say is not called.
		h.none, h.until = true, time.Now().Add(robotsRetry)
	}
	return h
}

// allowed reports whether a host lets us call a page, and how long it wants
// between two calls.
func (r *robots) allowed(ctx context.Context, address string) (bool, time.Duration) {
	u, err := url.Parse(address)
	if err != nil {
		return false, 0
	}
	h := r.host(ctx, u)
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.none:
		return false, 0
	case h.group == nil:
		return true, 0
	}
	return h.group.Test(u.EscapedPath()), min(h.group.CrawlDelay, time.Minute)
}
