package stream

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"kawat/stream/disktest"
)

// lines is what a log said, safe for many goroutines.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// TestFullDiskOfTheServer fills the disk of an embedded server in the middle of
// its work: that is said, and when there is room all goes on by itself and
// nothing is lost.
func TestFullDiskOfTheServer(t *testing.T) {
	if !disktest.Mounts(t) {
		return
	}
	dir := disktest.Small(t, "64m")
	var said lines
	b, r, to := bus(t, Options{Dir: dir, URL: Embedded, MaxBytes: 8 << 20, Log: slog.New(slog.NewTextHandler(&said, nil))}), reader(t), store(t)
	sts := stories(400)
	if _, err := b.Feed(t.Context(), seq(sts[:100]), nil); err != nil {
		t.Fatal(err)
	}
	free := disktest.Fill(t, dir)
	fed := make(chan error, 1)
	go func() {
		_, err := b.Feed(t.Context(), seq(sts[100:]), nil)
		fed <- err
	}()
	start(t, func(ctx context.Context) error { return b.Work(ctx, r, WorkOptions{}) })
	start(t, func(ctx context.Context) error { return b.Collect(ctx, to, CollectOptions{}) })
	select {
	case err := <-fed:
		t.Fatalf("all was sent to a full disk: %v", err)
	case <-time.After(5 * time.Second):
	}
	if !strings.Contains(said.String(), "no space left on device") {
		t.Errorf("said %s", said.String())
	}
	free()
	if err := <-fed; err != nil {
		t.Fatal(err)
	}
	drained(t, b)
	if n := kept(t, to, sts); n != len(sts) {
		t.Errorf("%d of %d are kept", n, len(sts))
	}
}
