package feed

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// maxAnswer bounds what is read of an answer to a post, so that the connection
// can be used again.
const maxAnswer = 64 << 10

// Post sends a body to an address, under the same guard as pages are fetched:
// never to a private address, and never on by a redirect. An answer other than
// success is a [*StatusError].
func (f *Fetcher) Post(ctx context.Context, address string, header http.Header, body []byte) error {
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("post: %w", err)
	}
	if err := checkScheme(u); err != nil {
		return fmt.Errorf("post %s: %w", u.Redacted(), err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("post %s: %w", u.Redacted(), err)
	}
	req.Header = header.Clone()
	req.Header.Set("User-Agent", f.opt.UserAgent)
	client := *f.client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("post: %w", err)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(resp.Body, maxAnswer)); err != nil {
		return fmt.Errorf("post %s: %w", u.Redacted(), err)
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return &StatusError{u.Redacted(), resp.StatusCode, retryAfter(resp.Header.Get("Retry-After"), time.Now())}
	}
	return nil
}
