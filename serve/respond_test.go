package serve

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kawat/archive"
)

// firstPageBudget is what the first page with all that it loads may weigh,
// compressed.
const firstPageBudget = 150 << 10

// raw gets an address as a browser does, compressed.
func raw(t *testing.T, address, tag string) (*http.Response, []byte) {
	t.Helper()
	req := get(t, address)
	req.Header.Set("Accept-Encoding", "gzip, br")
	if tag != "" {
		req.Header.Set("If-None-Match", tag)
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, body
}

func TestWeightOfTheFirstPage(t *testing.T) {
	srv := server(t)
	sum := 0
	for _, path := range []string{"/", assetPath("desk.css"), assetPath("desk.js")} {
		resp, body := raw(t, srv.URL+path, "")
		if resp.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s is not compressed", path)
		}
		z, err := gzip.NewReader(strings.NewReader(string(body)))
		if err != nil {
			t.Fatal(err)
		}
		if plain, err := io.ReadAll(z); err != nil || len(plain) <= len(body) {
			t.Errorf("%s: %d bytes of %d, %v", path, len(body), len(plain), err)
		}
		sum += len(body)
	}
	t.Logf("the first page and what it loads: %d bytes", sum)
	if sum > firstPageBudget {
		t.Errorf("the first page weighs %d bytes, more than %d", sum, firstPageBudget)
	}
}

// Whoever has the present version of a page or of an answer gets no other.
func TestEntityTags(t *testing.T) {
	srv := server(t)
	for _, path := range []string{"/events", "/", "/events?format=csv", "/api/v1/events", "/api/v1/dyads", "/openapi.json", "/about"} {
		resp, _ := raw(t, srv.URL+path, "")
		tag := resp.Header.Get("ETag")
		if tag == "" || resp.Header.Get("Vary") == "" {
			t.Errorf("%s: tag %q, vary %q", path, tag, resp.Header.Get("Vary"))
			continue
		}
		for _, have := range []string{tag, `"x", ` + tag, strings.TrimPrefix(tag, "W/")} {
			if again, body := raw(t, srv.URL+path, have); again.StatusCode != http.StatusNotModified || len(body) != 0 || again.Header.Get("ETag") != tag {
				t.Errorf("%s with %s: %d, %d bytes", path, have, again.StatusCode, len(body))
			}
		}
		if other, _ := raw(t, srv.URL+path, `"x"`); other.StatusCode != http.StatusOK {
			t.Errorf("%s with another tag: %d", path, other.StatusCode)
		}
	}
	if resp, _ := raw(t, srv.URL+"/no/such", "*"); resp.StatusCode != http.StatusNotFound || resp.Header.Get("ETag") != "" {
		t.Errorf("an error: %d with tag %q", resp.StatusCode, resp.Header.Get("ETag"))
	}
}

// Every error of the API is a problem document, also those of the router.
func TestProblemsOfTheRouter(t *testing.T) {
	srv := server(t)
	for _, c := range []struct {
		method, path string
		want         int
	}{{http.MethodGet, "/api/v1/no/such", 404}, {http.MethodPost, "/api/v1/events", 404}, {http.MethodDelete, "/api/v1/read", 404}} {
		req, err := http.NewRequestWithContext(t.Context(), c.method, srv.URL+c.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, body := do(t, req)
		var p struct{ Status int }
		if err := json.Unmarshal([]byte(body), &p); err != nil || resp.StatusCode != c.want || p.Status != c.want || resp.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s: %d %s %v", c.method, c.path, resp.StatusCode, body, err)
		}
	}
}

// A stream tells the facts of a story that comes in, and of no other; after a
// break it goes on where it was.
func TestStream(t *testing.T) {
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	a := golden(t)
	s, err := New(Options{Archive: a, Reader: r})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	before, err := a.LastArrival(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	events := listen(ctx, t, srv.URL+streamPath+"?kind=event&actor=PER,CHN", "")
	if e := <-events; e.name != "alive" {
		t.Fatalf("first %+v", e)
	}
	line := `{"id":"new","publisher":"ANTARA","published":"2019-04-10","text":"Lima (ANTARA) - Presiden Peru Ana Silva pada Selasa (9/4) bertemu dengan Menteri Luar Negeri China Li Wen di Lima."}` + "\n" +
		`{"id":"other","publisher":"NTB","published":"2025-02-06","text":"JAKARTA, Feb 6 (NTB) - Norwegian Foreign Minister Ingrid Solberg met Indonesian Foreign Minister Arif Pranoto in Jakarta on Thursday."}` + "\n"
	if err := a.Update(t.Context(), func(b *archive.Batch) error { return putLines(a, b, r, "new", []byte(line)) }); err != nil {
		t.Fatal(err)
	}
	e := next(events)
	if e.name != "fact" || !strings.Contains(e.data, `"story_id":"new"`) || e.id == "" {
		t.Errorf("told: %+v", e)
	}
	again := listen(ctx, t, srv.URL+streamPath+"?kind=event", jsonNumber(before))
	for _, want := range []string{"other", "new"} { // newest day first
		if e := next(again); !strings.Contains(e.data, `"story_id":"`+want+`"`) {
			t.Errorf("after the break: %+v, want %s", e, want)
		}
	}
	if resp, _ := do(t, get(t, srv.URL+streamPath+"?since=yesterday")); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a bad question: %d", resp.StatusCode)
	}
}

func jsonNumber(n int64) string {
	b, err := json.Marshal(n)
	if err != nil {
		return ""
	}
	return string(b)
}

type sent struct{ id, name, data string }

// next returns the next event that is more than a sign of life.
func next(events <-chan sent) sent {
	for e := range events {
		if e.name != "alive" {
			return e
		}
	}
	return sent{}
}

// listen reads a stream until ctx ends.
func listen(ctx context.Context, t *testing.T, address, last string) <-chan sent {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if last != "" {
		req.Header.Set("Last-Event-ID", last)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("%d %s", resp.StatusCode, resp.Header.Get("Content-Type"))
	}
	out := make(chan sent)
	go func() {
		defer close(out)
		defer resp.Body.Close()
		var e sent
		lines := bufio.NewScanner(resp.Body)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			switch key, value, _ := strings.Cut(lines.Text(), ": "); key {
			case "id":
				e.id = value
			case "event":
				e.name = value
			case "data":
				e.data = value
			case "":
				if e.data != "" {
					select {
					case out <- e:
					case <-ctx.Done():
						return
					}
				}
				e = sent{}
			}
		}
	}()
	return out
}
