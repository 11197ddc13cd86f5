// Package feed fetches pages politely and watches places where new stories
// appear. What comes in are addresses of pages, feeds (RSS, Atom, JSON Feed),
// news sitemaps and folders; what goes out are bounded bodies with what the
// listing said of them, or errors that say why not. It reads no story.
//
// A fetcher never connects to a private, loopback, link-local or otherwise
// unroutable address, whatever the name resolves to and wherever a redirect
// leads, since addresses come from users and from pages. For example
//
//	f := feed.New(feed.Options{UserAgent: "kawat/1"})
//	page, err := f.Get(ctx, "https://example.org/story")
//
// A [Watcher] asks every source again and again: conditionally, as robots.txt
// allows, at the pace that a host bears, backing off from what fails; one slow
// source never holds the others.
package feed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"syscall"
	"time"
)

// Options says how a Fetcher behaves. Zero values mean the defaults.
type Options struct {
	UserAgent string
	MaxBytes  int64         // of a body after decompression; default 16 MiB
	Timeout   time.Duration // of a whole request; default 20 s
	// Allow says which addresses may be called; default Public.
	Allow func(netip.Addr) bool
}

// Page is a fetched body.
type Page struct {
	URL         string // after redirects
	ContentType string
	Body        []byte
	Validators  Validators
	// Unchanged says that the server still has what the validators of the
	// request name; the body is then empty.
	Unchanged bool
}

// Validators name a version of a page, as its server gave them. The zero value
// names none.
type Validators struct {
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
}

// StatusError is an answer other than a page.
type StatusError struct {
	URL        string // without password
	Code       int
	RetryAfter time.Duration // 0 where the server does not say
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("fetch %s: the server answers %d %s", e.URL, e.Code, http.StatusText(e.Code))
}

// maxRetryAfter bounds what a server may ask for.
const maxRetryAfter = 7 * 24 * time.Hour

// retryAfter reads the header of that name: seconds or a date (RFC 9110, 10.2.3).
func retryAfter(value string, now time.Time) time.Duration {
	wait := time.Duration(0)
	if seconds, err := strconv.ParseInt(value, 10, 32); err == nil {
		wait = time.Duration(seconds) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		wait = at.Sub(now)
	}
	return min(max(wait, 0), maxRetryAfter)
}

// Fetcher gets pages. It is safe for concurrent use.
type Fetcher struct {
	opt    Options
	client *http.Client
}

// maxRedirects is enough for a shortener and a move to https.
const maxRedirects = 5

// New makes a Fetcher.
func New(opt Options) *Fetcher {
	if opt.MaxBytes == 0 {
		opt.MaxBytes = 16 << 20
	}
	if opt.Timeout == 0 {
		opt.Timeout = 20 * time.Second
	}
	if opt.Allow == nil {
		opt.Allow = Public
	}
	f := &Fetcher{opt: opt}
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: f.control}
	f.client = &http.Client{
		Timeout: opt.Timeout,
		Transport: &http.Transport{
			DialContext:       dialer.DialContext, // no proxy: the guard must see the address itself
			ForceAttemptHTTP2: true, MaxResponseHeaderBytes: 64 << 10,
			TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 15 * time.Second,
		},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if len(via) >= maxRedirects {
				return fmt.Errorf("more than %d redirects", maxRedirects)
			}
			return checkScheme(req.URL)
		},
	}
	return f
}

// control runs after name resolution, for every connection, so that neither
// DNS nor a redirect can lead inside.
func (f *Fetcher) control(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("address %q: %w", address, err)
	}
	if !f.opt.Allow(ap.Addr()) {
		return &PrivateError{ap.Addr()}
	}
	return nil
}

// PrivateError is a refused connection.
type PrivateError struct{ Addr netip.Addr }

func (e *PrivateError) Error() string {
	return fmt.Sprintf("%s is no public address; it is not called", e.Addr)
}

// special are address blocks that netip does not class: carrier-grade NAT,
// benchmarking, documentation, reserved, NAT64 and 6to4, which can carry a
// private address inside.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001::/23"),
	netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("100::/64"),
}

// Public reports whether an address lies on the public internet.
func Public(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsValid() || !a.IsGlobalUnicast() || a.IsPrivate() || a.Zone() != "" {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

func checkScheme(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("scheme %q is not fetched", u.Scheme)
	}
	if u.User != nil {
		return errors.New("an address with a password is not fetched")
	}
	return nil
}

// Get fetches one page.
func (f *Fetcher) Get(ctx context.Context, address string) (*Page, error) {
	return f.GetIf(ctx, address, Validators{})
}

// GetIf fetches a page unless the server still has the version that the
// validators name. An answer other than a page is a [*StatusError].
func (f *Fetcher) GetIf(ctx context.Context, address string, known Validators) (*Page, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("fetch: %w", err)
	}
	if err := checkScheme(u); err != nil {
		return nil, fmt.Errorf("fetch %s: %w", u.Redacted(), err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", u.Redacted(), err)
	}
	req.Header.Set("User-Agent", f.opt.UserAgent)
	req.Header.Set("Accept", "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.1")
	if known.ETag != "" {
		req.Header.Set("If-None-Match", known.ETag)
	}
	if known.LastModified != "" {
		req.Header.Set("If-Modified-Since", known.LastModified)
	}
	resp, err := f.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("fetch: %w", err)
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotModified:
		return &Page{URL: resp.Request.URL.String(), Validators: known, Unchanged: true}, nil
	case resp.StatusCode != http.StatusOK:
		return nil, &StatusError{u.Redacted(), resp.StatusCode, retryAfter(resp.Header.Get("Retry-After"), time.Now())}
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, f.opt.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", u.Redacted(), err)
	}
	if int64(len(body)) > f.opt.MaxBytes {
		return nil, fmt.Errorf("fetch %s: the page is larger than %d bytes", u.Redacted(), f.opt.MaxBytes)
	}
	return &Page{
		URL: resp.Request.URL.String(), ContentType: resp.Header.Get("Content-Type"), Body: body,
		Validators: Validators{resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")},
	}, nil
}
