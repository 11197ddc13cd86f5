package serve

import (
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"sync"

	"golang.org/x/time/rate"
)

// policy lets a page load what this server gives and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// maxBody bounds what a client may send.
const maxBody = 2 << 20

// guard stands before every handler: it keeps strangers' pages, too eager
// clients and large bodies out, and a panic of one request to that request.
func (s *Server) guard(next http.Handler) http.Handler {
	crossOrigin := new(http.CrossOriginProtection)
	crossOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, http.StatusForbidden, "forbidden") }))
	next = crossOrigin.Handler(next)
	guarded := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler { //nolint:errorlint // the value itself is the signal
					panic(p)
				}
				s.opt.Log.Error("panic", "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
				s.fail(w, r, http.StatusInternalServerError, "went-wrong")
			}
		}()
		switch {
		case !s.limits.allow(r.RemoteAddr):
			h.Set("Retry-After", "1")
			s.fail(w, r, http.StatusTooManyRequests, "too-many")
		default:
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
			s.admit(w, r, next)
		}
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == streamPath {
			guarded.ServeHTTP(w, r)
			return
		}
		respond(w, r, guarded)
	})
}

// localHost reports whether a request was addressed to this machine by a name
// or number of its own.
func localHost(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	if name == "localhost" {
		return true
	}
	if len(name) > 1 && name[0] == '[' {
		name = name[1 : len(name)-1]
	}
	a, err := netip.ParseAddr(name)
	return err == nil && a.Unmap().IsLoopback()
}

// Requests a second that a client may make, and how many at once.
const (
	clientRate  = 400
	clientBurst = 800
	maxClients  = 10000
)

// limits keeps one client from taking all. It is safe for concurrent use.
type limits struct {
	mu      sync.Mutex
	clients map[string]*rate.Limiter
}

func newLimits() *limits { return &limits{clients: map[string]*rate.Limiter{}} }

func (l *limits) allow(remote string) bool {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.clients[host]
	if c == nil {
		if len(l.clients) >= maxClients {
			clear(l.clients)
		}
		c = rate.NewLimiter(clientRate, clientBurst)
		l.clients[host] = c
	}
	return c.Allow()
}
