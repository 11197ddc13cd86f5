package feed

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// site is a server of feeds that behave well and badly.
type site struct {
	*httptest.Server
	mu   sync.Mutex
	hits map[string]int
	rss  string // body of /rss
	slow chan struct{}
}

func newSite(t *testing.T) *site {
	s := &site{hits: map[string]int{}, slow: make(chan struct{})}
	s.rss = rssOf("/a", "/b")
	mux := http.NewServeMux()
	page := func(path string, h http.HandlerFunc) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			s.mu.Lock()
			s.hits[path]++
			s.mu.Unlock()
			h(w, r)
		})
	}
	text := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, body) }
	}
	page("/robots.txt", text("User-agent: *\nDisallow: /secret\n"))
	page("/rss", func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		body := s.rss
		s.mu.Unlock()
		tag := fmt.Sprintf("%q", fmt.Sprint(len(body)))
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", tag)
		io.WriteString(w, body)
	})
	for _, p := range []string{"/a", "/b", "/c", "/secret"} {
		page(p, text("<p>story "+p+"</p>"))
	}
	page("/gone", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) })
	page("/broken", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	page("/bad.xml", text("<rss><channel><item><title>cut"))
	page("/html", text("<html><body>no feed</body></html>"))
	page("/busy", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	page("/huge", func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 1<<20)) })
	page("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		z.Write(make([]byte, 1<<22))
		z.Close()
	})
	page("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	page("/slow", func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-s.slow:
		}
	})
	page("/feed.json", text(`{"version":"https://jsonfeed.org/version/1.1","title":"Warta","language":"id","items":[{"id":"7","url":"/a","title":"Satu","date_published":"2024-04-09T09:15:00+07:00"}]}`))
	page("/latin", text("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss version=\"2.0\"><channel><item><title>Per\xfa</title><link>/a</link></item></channel></rss>"))
	page("/lies", text("<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><item><title>Per\xfa</title><link>/a</link></item></channel></rss>"))
	page("/sitemap.xml", text(`<?xml version="1.0" encoding="UTF-8"?><sitemapindex><sitemap><loc>/news.xml</loc></sitemap></sitemapindex>`))
	page("/news.xml", text(`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>/c</loc><news:news><news:publication><news:name>Warta</news:name><news:language>id</news:language></news:publication>
<news:publication_date>2024-04-09T09:15:00+07:00</news:publication_date><news:title>Menlu bertemu</news:title></news:news></url></urlset>`))
	s.Server = httptest.NewServer(mux)
	t.Cleanup(func() { close(s.slow); s.Close() })
	return s
}

// Feeds in JSON, in another charset than UTF-8, and in another than they say,
// are read as far as they can be.
func TestWatchOddFeeds(t *testing.T) {
	s := newSite(t)
	for path, title := range map[string]string{"/feed.json": "Satu", "/latin": "Perú", "/lies": ""} {
		g, m := &taken{}, memory(t)
		w := NewWatcher(fetcher(), m, g.take, WatchOptions{Once: true, Pace: time.Millisecond})
		if err := w.Run(t.Context(), []Source{{Address: s.URL + path}}); err != nil {
			t.Fatal(err)
		}
		st, err := m.Load(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		if got := g.all(); !slices.Equal(got, []string{"/a"}) && st.LastError == "" {
			t.Errorf("%s: taken %v, %+v", path, got, st)
		}
		if title != "" && g.last.Item.Title != title {
			t.Errorf("%s: title %q, want %q", path, g.last.Item.Title, title)
		}
	}
}

// A story that its publisher changes under the same address is taken again, and
// only then.
func TestWatchChangedStory(t *testing.T) {
	s, m, g := newSite(t), memory(t), &taken{}
	w := NewWatcher(fetcher(), m, g.take, WatchOptions{Once: true, Pace: time.Millisecond})
	look := func() {
		t.Helper()
		if err := w.Run(t.Context(), []Source{{Address: s.URL + "/rss"}}); err != nil {
			t.Fatal(err)
		}
	}
	look()
	s.mu.Lock()
	s.rss = strings.Replace(s.rss, "<title>T/a</title>", "<title>T/a, corrected</title>", 1)
	s.mu.Unlock()
	look()
	look()
	if got := g.all(); !slices.Equal(got, []string{"/a", "/a", "/b"}) {
		t.Errorf("taken %v", got)
	}
}

func rssOf(links ...string) string {
	b := &strings.Builder{}
	b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>Warta</title><language>id</language>`)
	for _, l := range links {
		fmt.Fprintf(b, `<item><title>T%s</title><link>%s</link><guid>g%s</guid><pubDate>Selasa, 9 April 2024 09:15 WIB</pubDate></item>`, l, l, l)
	}
	b.WriteString(`</channel></rss>`)
	return b.String()
}

func (s *site) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hits[path]
}

// taken gathers what a watcher hands over.
type taken struct {
	mu   sync.Mutex
	list []string
	last Found
	err  error
}

func (g *taken) take(_ context.Context, f *Found) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.err != nil {
		return g.err
	}
	name := f.Path
	if f.Page != nil {
		name = f.Page.URL[strings.LastIndex(f.Page.URL, "/"):]
	}
	g.list = append(g.list, name)
	g.last = *f
	return nil
}

func (g *taken) all() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	out := slices.Clone(g.list)
	slices.Sort(out)
	return out
}

func memory(t *testing.T) *FileMemory {
	m, err := OpenMemory(filepath.Join(t.TempDir(), "sources.json"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func fetcher() *Fetcher {
	return New(Options{UserAgent: "kawat-test", MaxBytes: 256 << 10, Timeout: 2 * time.Second, Allow: local})
}

func TestWatchTakesEveryStoryOnce(t *testing.T) {
	s, m, g := newSite(t), memory(t), &taken{}
	src := []Source{{Address: s.URL + "/rss"}}
	once := func(m *FileMemory) {
		t.Helper()
		if err := NewWatcher(fetcher(), m, g.take, WatchOptions{Once: true, Pace: time.Millisecond}).Run(t.Context(), src); err != nil {
			t.Fatal(err)
		}
	}
	once(m)
	if got := g.all(); !slices.Equal(got, []string{"/a", "/b"}) {
		t.Fatalf("taken %v", got)
	}
	if g.last.Item.Published != "Selasa, 9 April 2024 09:15 WIB" || g.last.Item.Lang != "id" {
		t.Errorf("what the listing says: %+v", g.last.Item)
	}
	again, err := OpenMemory(m.path) // a restart
	if err != nil {
		t.Fatal(err)
	}
	once(again)
	s.mu.Lock()
	s.rss = rssOf("/c", "/b", "/secret", "/gone")
	s.mu.Unlock()
	once(again)
	once(again)
	if got := g.all(); !slices.Equal(got, []string{"/a", "/b", "/c"}) {
		t.Errorf("taken %v", got)
	}
	for path, want := range map[string]int{"/a": 1, "/b": 1, "/secret": 0, "/gone": 1, "/rss": 4} {
		if got := s.count(path); got != want {
			t.Errorf("%s was called %d times, want %d", path, got, want)
		}
	}
}

func TestWatchHandsFailedStoriesOverAgain(t *testing.T) {
	s, m, g := newSite(t), memory(t), &taken{err: errors.New("disk full")}
	src := []Source{{Address: s.URL + "/rss"}}
	w := NewWatcher(fetcher(), m, g.take, WatchOptions{Once: true, Pace: time.Millisecond})
	for range 2 {
		if err := w.Run(t.Context(), src); err != nil {
			t.Fatal(err)
		}
		g.mu.Lock()
		g.err = nil
		g.mu.Unlock()
	}
	if got := g.all(); !slices.Equal(got, []string{"/a", "/b"}) {
		t.Errorf("taken %v", got)
	}
}

func TestWatchSitemap(t *testing.T) {
	s, g := newSite(t), &taken{}
	w := NewWatcher(fetcher(), memory(t), g.take, WatchOptions{Once: true, Pace: time.Millisecond})
	if err := w.Run(t.Context(), []Source{{Address: s.URL + "/sitemap.xml"}}); err != nil {
		t.Fatal(err)
	}
	if got := g.all(); !slices.Equal(got, []string{"/c"}) {
		t.Fatalf("taken %v", got)
	}
	want := Item{ID: s.URL + "/c", Address: s.URL + "/c", Title: "Menlu bertemu", Published: "2024-04-09T09:15:00+07:00", Lang: "id", Publisher: "Warta"}
	if g.last.Item != want {
		t.Errorf("item %+v, want %+v", g.last.Item, want)
	}
}

// A source that misbehaves says so in its state and backs off; the others go on.
func TestWatchBadSources(t *testing.T) {
	s, m, g := newSite(t), memory(t), &taken{}
	bad := map[string]string{
		"/bad.xml": "listing", "/html": "neither feed nor sitemap", "/gone": "404", "/broken": "502", "/busy": "429",
		"/huge": "larger", "/bomb": "larger", "/loop": "redirects", "/slow": "", "/secret": "robots.txt",
	}
	src := []Source{{Address: s.URL + "/rss"}}
	for path := range bad {
		src = append(src, Source{Address: s.URL + path})
	}
	start := time.Now()
	w := NewWatcher(fetcher(), m, g.take, WatchOptions{Once: true, Pace: time.Millisecond, Every: time.Minute})
	if err := w.Run(t.Context(), src); err != nil {
		t.Fatal(err)
	}
	if got := g.all(); !slices.Equal(got, []string{"/a", "/b"}) {
		t.Errorf("taken %v", got)
	}
	for path, want := range bad {
		st, _ := m.Load(s.URL + path)
		if st.Fails != 1 || st.LastError == "" || !strings.Contains(st.LastError, want) {
			t.Errorf("%s: %+v, want an error with %q", path, st, want)
		}
		wait := st.Next.Sub(start)
		if path == "/busy" && wait < 2*time.Hour || wait < 2*time.Minute {
			t.Errorf("%s: asked again after %s", path, wait)
		}
	}
	if st, _ := m.Load(src[0].Address); st.Fails != 0 || st.Taken != 2 || st.LastOK.IsZero() {
		t.Errorf("the good source: %+v", st)
	}
}

// A host that answers slowly must not hold another source up: /rss stands on
// its own host name here.
func TestWatchSlowHostHoldsNobody(t *testing.T) {
	s, g := newSite(t), &taken{}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	other := strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
	seen := make(chan struct{}, 4)
	take := func(ctx context.Context, f *Found) error {
		err := g.take(ctx, f)
		seen <- struct{}{}
		return err
	}
	w := NewWatcher(New(Options{Timeout: time.Minute, Allow: local}), memory(t), take, WatchOptions{Pace: time.Millisecond})
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx, []Source{{Address: other + "/slow"}, {Address: s.URL + "/rss"}}) }()
	<-seen
	<-seen // both stories came while /slow hangs
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestWatchFolder(t *testing.T) {
	dir, m, g := t.TempDir(), memory(t), &taken{}
	w := NewWatcher(fetcher(), m, g.take, WatchOptions{Once: true})
	drop := func(name string, age time.Duration) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(-age)
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	drop("one.txt", time.Minute)
	drop(".hidden", time.Minute)
	drop("halfway.txt", 0)
	for range 2 {
		if err := w.Run(t.Context(), []Source{{Address: dir}}); err != nil {
			t.Fatal(err)
		}
	}
	drop("one.txt", 30*time.Second) // changed
	if err := w.Run(t.Context(), []Source{{Address: dir}, {Address: filepath.Join(dir, "none")}}); err != nil {
		t.Fatal(err)
	}
	one := filepath.Join(dir, "one.txt")
	if got := g.all(); !slices.Equal(got, []string{one, one}) {
		t.Errorf("taken %v", got)
	}
	if st, _ := m.Load(filepath.Join(dir, "none")); !strings.Contains(st.LastError, "folder") {
		t.Errorf("a missing folder: %+v", st)
	}
}

func TestOPML(t *testing.T) {
	want := []Source{{Address: "https://example.org/rss?a=1&b=2", Name: `Warta "Luar" <Negeri>`, Lang: "id"}, {Address: "https://example.net/atom", Name: "News"}}
	var b bytes.Buffer
	if err := WriteOPML(&b, "Kawat", want); err != nil {
		t.Fatal(err)
	}
	got, err := ReadOPML(&b)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("OPML: %v, %v", got, err)
	}
	nested := `<opml version="2.0"><body><outline text="Asia"><outline text="x" xmlUrl="https://example.org/x"/></outline></body></opml>`
	if got, err := ReadOPML(strings.NewReader(nested)); err != nil || len(got) != 1 || got[0].Name != "x" {
		t.Errorf("nested: %v, %v", got, err)
	}
	deep := `<opml version="2.0"><body>` + strings.Repeat("<outline text='a'>", 100) + strings.Repeat("</outline>", 100) + `</body></opml>`
	if _, err := ReadOPML(strings.NewReader(deep)); err == nil {
		t.Error("outlines nested a hundred deep were read")
	}
	if _, err := ReadOPML(strings.NewReader("<opml")); err == nil {
		t.Error("broken OPML was read")
	}
}

func FuzzListing(f *testing.F) {
	f.Add([]byte(rssOf("/a")))
	f.Add([]byte(`<urlset><url><loc>https://example.org/a</loc></url></urlset>`))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"/a"}]}`))
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>x</id><link href="//evil/../a"/></entry></feed>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		items, _, err := listing(body, "https://example.org/feed")
		if err != nil {
			return
		}
		if len(items) > maxItems {
			t.Errorf("%d items", len(items))
		}
		for _, it := range items {
			if !strings.HasPrefix(it.Address, "http://") && !strings.HasPrefix(it.Address, "https://") || it.ID == "" {
				t.Errorf("item %+v", it)
			}
		}
	})
}
