package serve

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
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

// benchQuestions are some hundred questions of all kinds, of states and months
// that an archive has much of and little: one after the other they find few of
// the records that the last ones found.
func benchQuestions() []string {
	states := []string{"CHN", "IDN", "USA", "RUS", "JPN", "IND", "FRA", "DEU", "BRA", "EGY", "NOR", "PER"}
	words := []string{"minister", "perdagangan", "border talks", "kerja sama", "sanctions", "summit"}
	types := []string{"CONSULT", "AGREE", "ACCUSE", "SUPPORT", "REJECT", "AID"}
	var out []string
	for i, a := range states {
		b := states[(i+1+i%3)%len(states)]
		month := fmt.Sprintf("20%02d-%02d", 20+i%6, 1+i)
		out = append(out, "events?limit=20&until="+month, "events?dyad="+a+","+b+"&limit=20", "quotations?limit=20&words="+url.QueryEscape(words[i%len(words)])+"&since="+month,
			"encounters?actor="+a+"&limit=20", "pledges?recipient="+b+"&limit=20", "counts?actor="+a, "events?type="+types[i%len(types)]+"&until="+month+"&min-confidence=0.8&limit=20",
			"people?name="+[]string{"wi", "li", "sergey", "rahmat"}[i%4], "counts?actor="+a+"&recipient="+b, "dyads?actor="+b)
	}
	return out
}

// BenchmarkAPI asks the API every question once, and then 200 a second, as many
// at once as it takes, and tells how long answers take. Each iteration is one request, so that
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
	questions := benchQuestions()
	ask := func(path string) time.Duration {
		start := time.Now()
		req, err := http.NewRequestWithContext(b.Context(), http.MethodGet, srv.URL+"/api/v1/"+path, nil)
		if err != nil {
			b.Error(err)
			return 0
		}
		resp, err := client.Do(req)
		if err != nil {
			b.Error(err)
			return 0
		}
		defer resp.Body.Close()
		if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.StatusCode != http.StatusOK {
			b.Errorf("%s: %d %v", req.URL, resp.StatusCode, err)
		}
		return time.Since(start)
	}
	var first []time.Duration
	for _, q := range questions { // one after the other, as a desk that was just opened is asked
		first = append(first, ask(q))
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
			d := ask(questions[i%len(questions)])
			mu.Lock()
			defer mu.Unlock()
			took = append(took, d)
		})
	}
	wg.Wait()
	at := func(list []time.Duration, share float64) float64 {
		slices.Sort(list)
		return float64(list[min(int(share*float64(len(list))), len(list)-1)].Microseconds()) / 1000
	}
	b.ReportMetric(at(first, 0.5), "ms-first-p50")
	b.ReportMetric(at(first, 1), "ms-first-max")
	b.ReportMetric(at(took, 0.5), "ms-p50")
	b.ReportMetric(at(took, 0.99), "ms-p99")
}
