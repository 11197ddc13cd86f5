package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"kawat/feed"
)

// said is what a command says while it runs.
type said struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

var deskAddress = regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)

// ask gets an address; "" until it answers.
func ask(ctx context.Context, address string) string {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return ""
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return ""
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		return ""
	}
	return string(body)
}

// One process watches and shows: what is dropped into a folder stands on the
// pages a little later, and the page of sources tells how the folder is.
func TestServeWatches(t *testing.T) {
	dir := t.TempDir()
	drop := filepath.Join(dir, "drop")
	if err := os.Mkdir(drop, 0o700); err != nil {
		t.Fatal(err)
	}
	story := filepath.Join(drop, "lima.txt")
	if err := os.WriteFile(story, []byte("Lima (ANTARA) - Presiden Peru Ana Silva pada Selasa (9/4/2024) bertemu dengan Menteri Luar Negeri China Li Wen di Lima."), 0o600); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Minute)
	if err := os.Chtimes(story, old, old); err != nil {
		t.Fatal(err)
	}
	opml := filepath.Join(dir, "feeds.opml")
	var b bytes.Buffer
	if err := feed.WriteOPML(&b, "test", []feed.Source{{Address: drop}}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(opml, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	var errs said
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, []string{"serve", "--archive", filepath.Join(dir, "w.kawat"), "--watch", opml, "--listen", "127.0.0.1:0"}, strings.NewReader(""), io.Discard, &errs)
	}()
	address := ""
	var page struct{ Items []struct{ Words string } }
	for ctx.Err() == nil && len(page.Items) == 0 {
		time.Sleep(50 * time.Millisecond)
		if address = deskAddress.FindString(errs.String()); address == "" {
			continue
		}
		if body := ask(ctx, address+"api/v1/events"); body != "" {
			if err := json.Unmarshal([]byte(body), &page); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(page.Items) != 1 || !strings.Contains(page.Items[0].Words, "bertemu") {
		t.Errorf("the pages show %+v; the command said\n%s", page, errs.String())
	}
	sources := ""
	for ctx.Err() == nil && !strings.Contains(sources, `class="health well"`) { // kept after the look
		time.Sleep(50 * time.Millisecond)
		sources = ask(ctx, address+"sources")
	}
	if !strings.Contains(sources, drop) {
		t.Errorf("the page of sources:\n%s", sources)
	}
	stop()
	if code := <-done; code != 0 {
		t.Errorf("exit %d: %s", code, errs.String())
	}
}

// The list of feeds to begin with can be read and says what it is.
func TestFeedsToBeginWith(t *testing.T) {
	data, err := os.ReadFile("../../examples/feeds.opml")
	if err != nil {
		t.Fatal(err)
	}
	list, err := feed.ReadOPML(bytes.NewReader(data))
	if err != nil || len(list) < 30 || !strings.Contains(string(data), "unverified") {
		t.Fatalf("%d feeds, %v", len(list), err)
	}
	seen := map[string]bool{}
	for _, s := range list {
		if s.Folder() || s.Name == "" || s.Lang == "" || seen[s.Address] {
			t.Errorf("%+v", s)
		}
		seen[s.Address] = true
	}
}
