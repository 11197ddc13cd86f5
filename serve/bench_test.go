package serve

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"kawat/archive"
	"kawat/archive/sample"
)

// benchStories is how many stories of our own the benchmark reads where it is
// given no archive.
const benchStories = 1500

// benchArchive opens the archive that KAWAT_BENCH_ARCHIVE names, such as one of
// a million stories, or makes a small one.
func benchArchive(b *testing.B) *archive.Archive {
	b.Helper()
	if path := os.Getenv("KAWAT_BENCH_ARCHIVE"); path != "" {
		a, err := archive.Open(path, archive.Options{ReadOnly: true})
		if err != nil {
			b.Fatal(err)
		}
		return a
	}
	r, err := reader()
	if err != nil {
		b.Fatal(err)
	}
	a, err := archive.Open(filepath.Join(b.TempDir(), "bench.kawat"), archive.Options{Create: true})
	if err != nil {
		b.Fatal(err)
	}
	var lines []byte
	n := 0
	for st := range sample.Stories(1, benchStories) {
		line, err := json.Marshal(st)
		if err != nil {
			b.Fatal(err)
		}
		lines = append(append(lines, line...), '\n')
		n++
	}
	if err := a.Update(b.Context(), func(batch *archive.Batch) error { return putLines(a, batch, r, "bench", lines) }); err != nil {
		b.Fatal(err)
	}
	return a
}

// BenchmarkAPI asks the API 200 times a second, as many at once as it takes, and
// tells how long answers take. Each iteration is one request, so that
// -benchtime=20s asks some 4,000 times.
func BenchmarkAPI(b *testing.B) {
	a := benchArchive(b)
	defer a.Close()
	r, err := reader()
	if err != nil {
		b.Fatal(err)
	}
	s, err := New(Options{Archive: a, Reader: r})
	if err != nil {
		b.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	defer srv.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	questions := []string{
		"/api/v1/events?limit=20", "/api/v1/events?dyad=CHN,RUS&limit=20", "/api/v1/quotations?words=minister&limit=20", "/api/v1/encounters?actor=IDN&limit=20",
		"/api/v1/pledges?recipient=CHN&limit=20", "/api/v1/counts?actor=IDN", "/api/v1/events?type=CONSULT&since=2024&min-confidence=0.8&limit=20", "/api/v1/people?name=wi",
	}
	took := make([]time.Duration, 0, b.N)
	var mu sync.Mutex
	var wg sync.WaitGroup
	tick := time.NewTicker(time.Second / 200)
	defer tick.Stop()
	b.ResetTimer()
	for i := range b.N {
		<-tick.C
		wg.Go(func() {
			start := time.Now()
			req, err := http.NewRequestWithContext(b.Context(), http.MethodGet, srv.URL+questions[i%len(questions)], nil)
			if err != nil {
				b.Error(err)
				return
			}
			resp, err := client.Do(req)
			if err != nil {
				b.Error(err)
				return
			}
			defer resp.Body.Close()
			if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.StatusCode != http.StatusOK {
				b.Errorf("%s: %d %v", req.URL, resp.StatusCode, err)
			}
			mu.Lock()
			defer mu.Unlock()
			took = append(took, time.Since(start))
		})
	}
	wg.Wait()
	if len(took) == 0 {
		return
	}
	slices.Sort(took)
	at := func(share float64) float64 {
		return float64(took[min(int(share*float64(len(took))), len(took)-1)].Microseconds()) / 1000
	}
	b.ReportMetric(at(0.5), "ms-p50")
	b.ReportMetric(at(0.99), "ms-p99")
}
