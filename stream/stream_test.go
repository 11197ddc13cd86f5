package stream

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"kawat"
	"kawat/archive"
	"kawat/archive/sample"
	"kawat/story"
	"kawat/wire"
)

// stories are n stories of the sample as an input gives them.
func stories(n int) []*story.Story {
	var out []*story.Story
	for s := range sample.Stories(7, n) {
		out = append(out, &story.Story{
			ID: s.ID, Publisher: s.Publisher, Published: wire.ParsePublished(s.Published), Lang: s.Lang, Title: s.Title, Text: s.Text,
			Found: story.Found{Format: "jsonl", Input: "sample:" + s.ID, Bytes: []byte(s.Text)},
		})
	}
	return out
}

func seq(sts []*story.Story) func(func(*story.Story, error) bool) {
	return func(yield func(*story.Story, error) bool) {
		for _, st := range sts {
			if !yield(st, nil) {
				return
			}
		}
	}
}

func reader(t *testing.T) *kawat.Reader {
	t.Helper()
	r, err := kawat.New(kawat.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func bus(t *testing.T, opt Options) *Bus {
	t.Helper()
	if opt.URL == "" {
		opt.URL, opt.Dir = Embedded, t.TempDir()
	}
	b, err := Connect(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

func store(t *testing.T) Archive {
	t.Helper()
	a, err := archive.Open(filepath.Join(t.TempDir(), "wires.kawat"), archive.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return Archive{a}
}

// start runs something until the test ends and sees that it ends well.
func start(t *testing.T, run func(context.Context) error) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- run(ctx) }()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-done; err != nil {
			t.Errorf("ended with %v", err)
		}
	}
	t.Cleanup(stop)
	return stop
}

// eventually waits for what other goroutines bring about.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if is() {
			return
		}
	}
	t.Fatalf("%s: not within five minutes", what)
}

func drained(t *testing.T, b *Bus) {
	t.Helper()
	eventually(t, "the streams are empty", func() bool {
		s, err := b.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return s.Unread == 0 && s.Reading == 0 && s.Unkept == 0
	})
}

// TestAsOneProcess sees that each story gets exactly one record, byte for byte
// the one that a single process makes.
func TestAsOneProcess(t *testing.T) {
	b, r, to := bus(t, Options{}), reader(t), store(t)
	start(t, func(ctx context.Context) error { return b.Work(ctx, r, WorkOptions{}) })
	start(t, func(ctx context.Context) error { return b.Work(ctx, r, WorkOptions{}) })
	start(t, func(ctx context.Context) error { return b.Collect(ctx, to, CollectOptions{}) })
	sts := stories(60)
	fed, err := b.Feed(t.Context(), seq(append(sts, sts[:10]...)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if fed.Sent != 60 || fed.Known != 10 {
		t.Errorf("sent %d and knew %d, want 60 and 10", fed.Sent, fed.Known)
	}
	drained(t, b)
	got := map[archive.Key]string{}
	for rep, err := range to.Each(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		line, err := rep.Record.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		got[rep.Story.Key] = string(line)
	}
	if len(got) != 60 {
		t.Errorf("%d records are kept, want 60", len(got))
	}
	for _, st := range stories(60) {
		key := archive.KeyOf(st)
		if err := r.Read(st); err != nil {
			t.Fatal(err)
		}
		want, err := r.Record(st).AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		if got[key] != string(want) {
			t.Fatalf("story %s differs from what one process makes:\n%s\n%s", st.ID, got[key], want)
		}
	}
	v, err := b.Verify(t.Context(), to, nil)
	if err != nil {
		t.Fatal(err)
	}
	if *v != (Verified{Came: 60, Kept: 60}) {
		t.Errorf("verified %+v", *v)
	}
}

// TestLargeBodiesGoByReference sends a story whose page is larger than a
// message may be.
func TestLargeBodiesGoByReference(t *testing.T) {
	b, r, to := bus(t, Options{}), reader(t), store(t)
	st := stories(1)[0]
	st.Found.Bytes = make([]byte, 3<<20)
	rand.NewChaCha8([32]byte{}).Read(st.Found.Bytes) // what compression cannot make small
	if _, err := b.Feed(t.Context(), seq([]*story.Story{st}), nil); err != nil {
		t.Fatal(err)
	}
	start(t, func(ctx context.Context) error { return b.Work(ctx, r, WorkOptions{}) })
	start(t, func(ctx context.Context) error { return b.Collect(ctx, to, CollectOptions{}) })
	drained(t, b)
	ids, err := to.Named(t.Context(), st.ID)
	if err != nil || len(ids) != 1 {
		t.Fatalf("%v, %v", ids, err)
	}
	found, err := to.Found(t.Context(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(found, st.Found.Bytes) {
		t.Errorf("the page came back as %d bytes of %d", len(found), len(st.Found.Bytes))
	}
	eventually(t, "the bodies are let go", func() bool {
		left, err := b.bodies.List(t.Context())
		return err != nil && len(left) == 0
	})
}

// TestWhatCannotBeRead is set aside with its reason, and can be sent again.
func TestWhatCannotBeRead(t *testing.T) {
	b, r, to := bus(t, Options{}), reader(t), store(t)
	sts := stories(3)
	sts[1].Lang = "xx"
	if _, err := b.Feed(t.Context(), seq(sts), nil); err != nil {
		t.Fatal(err)
	}
	start(t, func(ctx context.Context) error { return b.Work(ctx, r, WorkOptions{}) })
	start(t, func(ctx context.Context) error { return b.Collect(ctx, to, CollectOptions{}) })
	drained(t, b)
	failed := failures(t, b)
	if len(failed) != 1 || !strings.Contains(failed[0].Reason, "not supported yet: xx") || failed[0].ID != sts[1].ID {
		t.Fatalf("set aside: %+v", failed)
	}
	failed[0].Draft.Lang = "" // as a pack for the language would
	if err := b.Replay(t.Context(), failed[0]); err != nil {
		t.Fatal(err)
	}
	drained(t, b)
	if left := failures(t, b); len(left) != 0 {
		t.Errorf("still set aside: %+v", left)
	}
	if kept, err := to.Has(t.Context(), archive.KeyOf(sts[1])); err != nil || !kept {
		t.Errorf("the story is not kept after its replay: %v", err)
	}
}

func failures(t *testing.T, b *Bus) []*Failure {
	t.Helper()
	var out []*Failure
	for f, err := range b.Failures(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}

// TestAWorkerThatDies leaves its stories to another one.
func TestAWorkerThatDies(t *testing.T) {
	b, r, to := bus(t, Options{AnswerWithin: time.Second}), reader(t), store(t)
	sts := stories(20)
	if _, err := b.Feed(t.Context(), seq(sts), nil); err != nil {
		t.Fatal(err)
	}
	take(t, b, 10) // and never answer
	start(t, func(ctx context.Context) error { return b.Work(ctx, r, WorkOptions{}) })
	start(t, func(ctx context.Context) error { return b.Collect(ctx, to, CollectOptions{}) })
	eventually(t, "all are kept", func() bool { return kept(t, to, sts) == 20 })
}

// take takes stories as a worker does that dies with them.
func take(t *testing.T, b *Bus, n int) {
	t.Helper()
	c, err := b.js.Consumer(t.Context(), storiesStream, readers)
	if err != nil {
		t.Fatal(err)
	}
	batch, err := c.Fetch(n, jetstream.FetchMaxWait(5*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	got := 0
	for range batch.Messages() {
		got++
	}
	if got == 0 {
		t.Fatal("nothing was handed out")
	}
}

func kept(t *testing.T, to Store, sts []*story.Story) int {
	t.Helper()
	n := 0
	for _, st := range sts {
		has, err := to.Has(t.Context(), archive.KeyOf(st))
		if err != nil {
			t.Fatal(err)
		}
		if has {
			n++
		}
	}
	return n
}

// TestAStoryThatKillsItsWorkers is set aside after a few of them.
func TestAStoryThatKillsItsWorkers(t *testing.T) {
	b, r := bus(t, Options{AnswerWithin: 200 * time.Millisecond}), reader(t)
	if _, err := b.Feed(t.Context(), seq(stories(1)), nil); err != nil {
		t.Fatal(err)
	}
	for range maxTries {
		take(t, b, 1)
	}
	start(t, func(ctx context.Context) error { return b.Work(ctx, r, WorkOptions{}) })
	eventually(t, "it is set aside", func() bool { return len(failures(t, b)) == 1 })
	f := failures(t, b)[0]
	if !strings.Contains(f.Reason, "never answered for") || f.Draft == nil {
		t.Errorf("set aside as %+v", f)
	}
}

// TestAFullStreamMakesItsWritersWait feeds more than the streams hold; with a
// worker and a collector all of it passes.
func TestAFullStreamMakesItsWritersWait(t *testing.T) {
	b, r, to := bus(t, Options{MaxBytes: 100 << 10}), reader(t), store(t)
	sts := stories(150)
	fed := make(chan error, 1)
	go func() {
		_, err := b.Feed(t.Context(), seq(sts), nil)
		fed <- err
	}()
	eventually(t, "the stream is full", func() bool {
		s, err := b.Status(t.Context())
		return err == nil && s.Unread > 10
	})
	select {
	case err := <-fed:
		t.Fatalf("all of it was sent into a stream with no room: %v", err)
	case <-time.After(500 * time.Millisecond):
	}
	start(t, func(ctx context.Context) error { return b.Work(ctx, r, WorkOptions{}) })
	start(t, func(ctx context.Context) error { return b.Collect(ctx, to, CollectOptions{}) })
	if err := <-fed; err != nil {
		t.Fatal(err)
	}
	drained(t, b)
	if n := kept(t, to, sts); n != 150 {
		t.Errorf("%d of 150 are kept", n)
	}
}

// TestVerifyFindsGaps takes records away behind everybody's back.
func TestVerifyFindsGaps(t *testing.T) {
	b, r, to := bus(t, Options{}), reader(t), store(t)
	sts := stories(12)
	if _, err := b.Feed(t.Context(), seq(sts), nil); err != nil {
		t.Fatal(err)
	}
	stop := start(t, func(ctx context.Context) error { return b.Work(ctx, r, WorkOptions{}) })
	eventually(t, "all are read", func() bool {
		s, err := b.Status(t.Context())
		return err == nil && s.Unread == 0 && s.Reading == 0
	})
	stop()
	if v, err := b.Verify(t.Context(), to, nil); err != nil || v.Waiting != 12 {
		t.Fatalf("before the loss %+v, %v", v, err)
	}
	s, err := b.js.Stream(t.Context(), recordsStream)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Purge(t.Context(), jetstream.WithPurgeKeep(5)); err != nil {
		t.Fatal(err)
	}
	v, err := b.Verify(t.Context(), to, nil)
	if err != nil {
		t.Fatal(err)
	}
	if v.Queued != 7 || v.Waiting != 5 {
		t.Errorf("after the loss %+v, want 7 queued again", *v)
	}
}

// TestAServerThatMayForget is warned of, loudly.
func TestAServerThatMayForget(t *testing.T) {
	for _, always := range []bool{false, true} {
		s, err := server.NewServer(&server.Options{Port: -1, HTTPPort: -1, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true, SyncAlways: always})
		if err != nil {
			t.Fatal(err)
		}
		s.Start()
		defer s.Shutdown()
		if !s.ReadyForConnections(10 * time.Second) {
			t.Fatal("the server is not ready")
		}
		var said bytes.Buffer
		bus(t, Options{URL: s.ClientURL(), Monitor: "http://" + s.MonitorAddr().String(), Log: slog.New(slog.NewTextHandler(&said, nil))})
		if got := strings.Contains(said.String(), "sync_interval: always"); got == always {
			t.Errorf("a server with SyncAlways %v: said %q", always, said.String())
		}
	}
}

// TestCompressedStreams are warned of: the engine may lose them.
func TestCompressedStreams(t *testing.T) {
	dir := t.TempDir()
	b := bus(t, Options{URL: Embedded, Dir: dir})
	s, err := b.js.Stream(t.Context(), recordsStream)
	if err != nil {
		t.Fatal(err)
	}
	cfg := s.CachedInfo().Config
	if cfg.Compression != jetstream.NoCompression {
		t.Error("a new stream is compressed by the engine")
	}
	cfg.Compression = jetstream.S2Compression
	if _, err := b.js.UpdateStream(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
	b.Close()
	var said bytes.Buffer
	bus(t, Options{URL: Embedded, Dir: dir, Log: slog.New(slog.NewTextHandler(&said, nil))})
	if !strings.Contains(said.String(), ErrCompressed.Error()) || !strings.Contains(said.String(), recordsStream) {
		t.Errorf("said %q", said.String())
	}
}

// TestBodiesAreCompressed sees that a story takes less room in a message than
// it has bytes, that a plain one is read too, and that a bomb is not.
func TestBodiesAreCompressed(t *testing.T) {
	b := bus(t, Options{})
	d := draftOf(stories(1)[0])
	plain, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	m, err := b.message(t.Context(), storiesSubject, d.Key, d.Key, d)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Data) > 2*len(plain)/3 {
		t.Errorf("%d bytes of %d are sent", len(m.Data), len(plain))
	}
	for _, data := range [][]byte{m.Data, plain} {
		var got Draft
		if err := b.open(t.Context(), m.Header, data, &got); err != nil || got.Text != d.Text {
			t.Errorf("%d bytes: %q, %v", len(data), got.Text, err)
		}
	}
	z, err := squeezer()
	if err != nil {
		t.Fatal(err)
	}
	for what, data := range map[string][]byte{"a bomb": z.in.EncodeAll(make([]byte, maxBody+1), nil), "half a body": m.Data[:len(m.Data)/2]} {
		if err := b.open(t.Context(), m.Header, data, new(Draft)); err == nil || !strings.Contains(err.Error(), "does not unpack") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestSecretsStaySecret keeps passwords out of errors.
func TestSecretsStaySecret(t *testing.T) {
	_, err := Connect(t.Context(), Options{URL: "nats://desk:hunter2@127.0.0.1:1,nats://token99@127.0.0.1:2"})
	if err == nil {
		t.Fatal("connected to nothing")
	}
	if s := fmt.Sprint(err); strings.Contains(s, "hunter2") || strings.Contains(s, "token99") {
		t.Errorf("the error tells a secret: %s", s)
	}
}

// TestDamagedDrafts are refused: the key is a hash of what it names.
func TestDamagedDrafts(t *testing.T) {
	b, r := bus(t, Options{}), reader(t)
	d := draftOf(stories(1)[0])
	d.Text += " "
	m, err := b.message(t.Context(), storiesSubject, d.Key, d.Key, d)
	if err != nil {
		t.Fatal(err)
	}
	garbage := &nats.Msg{Subject: storiesSubject, Data: []byte("{"), Header: nats.Header{headerKey: {"k"}}}
	for _, m := range []*nats.Msg{m, garbage} {
		if err := b.put(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	start(t, func(ctx context.Context) error { return b.Work(ctx, r, WorkOptions{}) })
	eventually(t, "both are set aside", func() bool { return len(failures(t, b)) == 2 })
}
