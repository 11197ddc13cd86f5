package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"kawat"
	"kawat/archive"
	"kawat/archive/postgrestest"
	"kawat/record"
	"kawat/story"
	"kawat/stream"
)

// natsServer is the engine as a process of its own: nats-server FILE.
func natsServer() {
	opt, err := server.ProcessConfigFile(os.Args[1])
	if err == nil {
		opt.NoSigs = true
		var s *server.Server
		if s, err = server.NewServer(opt); err == nil {
			s.ConfigureLogger()
			s.Start()
			s.WaitForShutdown()
			return
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// cluster is three nodes, workers and a collector, each a process.
type cluster struct {
	t         *testing.T
	dir, exe  string
	url       string
	archive   string
	configs   []string
	names     []string
	nodes     []*exec.Cmd
	workers   []*exec.Cmd
	collector *exec.Cmd
	bus       *stream.Bus
	database  *postgrestest.Server
	links     map[way]*link // nil where nobody will be cut off
	stores    []string      // folders of the nodes' streams
}

// setup says what a cluster is made of.
type setup struct {
	workers int
	linked  bool                      // links stand between the nodes, and between them and their clients
	disk    func(t *testing.T) string // makes the folder of a node's streams, and that of the database; nil for any
}

func newCluster(t *testing.T, opt setup) *cluster {
	t.Helper()
	c := &cluster{t: t, dir: t.TempDir()}
	for i := range clusterSize {
		c.stores = append(c.stores, filepath.Join(c.dir, fmt.Sprint("n", i+1)))
	}
	if opt.disk != nil {
		for i := range c.stores {
			c.stores[i] = opt.disk(t)
		}
		t.Setenv("TMPDIR", opt.disk(t))
	}
	var err error
	if c.exe, err = os.Executable(); err != nil {
		t.Fatal(err)
	}
	c.database = postgrestest.New(t)
	c.archive = c.database.Address()
	c.startNodes(opt.linked)
	eventually(t, "the cluster is there", func() bool {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		c.bus, err = stream.Connect(ctx, stream.Options{URL: c.url, Replicas: 3, MaxBytes: 512 << 20, AnswerWithin: 4 * time.Second, Log: slog.New(slog.DiscardHandler)})
		return err == nil
	})
	t.Cleanup(c.bus.Close)
	c.collector = c.collect()
	for range opt.workers {
		c.workers = append(c.workers, c.kawat("worker", "--stream", c.url))
	}
	return c
}

// clusterSize is how many nodes there are.
const clusterSize = 3

func (c *cluster) startNodes(linked bool) {
	c.t.Helper()
	ports := freePorts(c.t, 2*clusterSize)
	var urls []string
	for i := range clusterSize {
		c.names = append(c.names, fmt.Sprint("n", i+1))
		c.configs = append(c.configs, filepath.Join(c.dir, c.names[i]+".conf"))
		if linked {
			c.link(way{clients, i}, ports[i])
			for j := range clusterSize {
				if i != j {
					c.link(way{i, j}, ports[clusterSize+j])
				}
			}
		}
		urls = append(urls, "nats://"+c.reach(way{clients, i}, ports[i]))
		c.configure(i, ports)
	}
	c.url = strings.Join(urls, ",")
	for _, conf := range c.configs {
		c.nodes = append(c.nodes, c.run("nats-server", conf))
	}
}

// reach is the address by which one reaches another: a link where there is one.
func (c *cluster) reach(w way, port int) string {
	if l := c.links[w]; l != nil {
		return l.address()
	}
	return fmt.Sprintf("127.0.0.1:%d", port)
}

// configure writes the configuration of a node. What it tells others of itself
// is the way through the links, so that nobody finds another.
func (c *cluster) configure(i int, ports []int) {
	c.t.Helper()
	var routes []string
	for j := range clusterSize {
		if i != j {
			routes = append(routes, "nats://"+c.reach(way{i, j}, ports[clusterSize+j]))
		}
	}
	client, cluster := "", ""
	if c.links != nil {
		client = fmt.Sprintf("client_advertise: %q\n", c.reach(way{clients, i}, ports[i]))
		cluster = `, cluster_advertise: "127.0.0.1:1"`
	}
	text := fmt.Sprintf("server_name: %s\nlisten: 127.0.0.1:%d\n%sjetstream { store_dir: %q, max_file_store: 16GB, sync_interval: always }\ncluster { name: wires, listen: 127.0.0.1:%d, routes: [%s]%s }\n",
		c.names[i], ports[i], client, c.stores[i], ports[clusterSize+i], strings.Join(routes, ", "), cluster)
	if err := os.WriteFile(c.configs[i], []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

func (c *cluster) collect() *exec.Cmd {
	return c.kawat("collect", "--stream", c.url, "--archive", c.archive)
}

func (c *cluster) kawat(args ...string) *exec.Cmd { return c.run("kawat", args...) }

// run starts this very binary under another name, as TestMain knows it.
func (c *cluster) run(name string, args ...string) *exec.Cmd { return c.start(c.exe, name, args...) }

func (c *cluster) start(exe, name string, args ...string) *exec.Cmd {
	c.t.Helper()
	cmd := &exec.Cmd{Path: exe, Args: append([]string{name}, args...), Env: os.Environ()}
	log, err := os.Create(filepath.Join(c.dir, fmt.Sprintf("%s-%d.log", name, time.Now().UnixNano())))
	if err != nil {
		c.t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may have ended
		_ = cmd.Wait()
		log.Close()
		if text, err := os.ReadFile(log.Name()); err == nil && c.t.Failed() && name == "kawat" {
			c.t.Logf("%s %s:\n%s", name, strings.Join(args, " "), lastLines(string(text), 10))
		}
	})
	return cmd
}

func lastLines(s string, n int) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

// kill kills without any grace, as a power cut does.
func (c *cluster) kill(cmd *exec.Cmd) {
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

// stop lets a process finish.
func (c *cluster) stop(cmd *exec.Cmd) {
	c.t.Helper()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		c.t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		c.t.Errorf("%v ended with %v", cmd.Args, err)
	}
}

// standing says how the streams stand.
func (c *cluster) standing() string {
	ctx, cancel := context.WithTimeout(c.t.Context(), 2*time.Second)
	defer cancel()
	s, err := c.bus.Status(ctx)
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%d unread, %d being read, %d to be kept", s.Unread, s.Reading, s.Unkept)
}

// drained waits until all stories are kept, for as long as there is progress.
func (c *cluster) drained() {
	c.t.Helper()
	c.t.Cleanup(func() {
		if c.t.Failed() {
			c.tell()
		}
	})
	left, since := ^uint64(0), time.Now()
	for time.Since(since) < patience {
		ctx, cancel := context.WithTimeout(c.t.Context(), 5*time.Second)
		s, err := c.bus.Status(ctx)
		cancel()
		if err == nil {
			now := 2*s.Unread + 2*uint64(s.Reading) + s.Unkept
			if now == 0 {
				return
			}
			if now < left {
				left, since = now, time.Now()
			}
		}
		time.Sleep(200 * time.Millisecond)
	}
	c.t.Fatalf("the streams do not become empty: %s", c.standing())
}

// tell logs what the nodes say of the streams and their consumers, for whoever
// has to find out why a run did not end.
func (c *cluster) tell() {
	nc, err := nats.Connect(c.url)
	if err != nil {
		c.t.Logf("nobody answers: %v", err)
		return
	}
	defer nc.Close()
	for _, subject := range []string{"STREAM.INFO.KAWAT_STORIES", "CONSUMER.INFO.KAWAT_STORIES.readers", "STREAM.INFO.KAWAT_RECORDS", "CONSUMER.INFO.KAWAT_RECORDS.collector"} {
		m, err := nc.Request("$JS.API."+subject, nil, 5*time.Second)
		if err != nil {
			c.t.Logf("%s: %v", subject, err)
			continue
		}
		c.t.Logf("%s: %s", subject, m.Data)
	}
}

// patience is how long processes may take to bring something about. It ends a
// test that hangs and measures nothing.
const patience = 3 * time.Minute

// eventually waits for what other processes bring about.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		if is() {
			return
		}
	}
	t.Fatalf("%s: not in time", what)
}

func freePorts(t *testing.T, n int) []int {
	t.Helper()
	var out []int
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		out = append(out, l.Addr().(*net.TCPAddr).Port)
	}
	return out
}

// sameAsOneProcess reads the inputs here and compares what the archive keeps.
func sameAsOneProcess(t *testing.T, path string, inputs []string, n int) {
	t.Helper()
	a, err := archive.Open(path, archive.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	got := map[archive.Key]string{}
	for rep, err := range a.Each(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		line, err := rep.Record.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		got[rep.Story.Key] += strings.Replace(string(line), nextSchema, record.Schema, 1)
	}
	r, err := kawat.New(kawat.Options{})
	if err != nil {
		t.Fatal(err)
	}
	differ := 0
	for _, input := range inputs {
		f, err := os.Open(input)
		if err != nil {
			t.Fatal(err)
		}
		// A key is of the text as it came; results come in the order of the source.
		keys := make(chan archive.Key, n+1)
		src := func(yield func(*story.Story, error) bool) {
			for st, err := range r.Stories(input, f) {
				if err != nil {
					continue // the bad item of the sample
				}
				keys <- archive.KeyOf(st)
				if !yield(st, nil) {
					return
				}
			}
		}
		render := func(st *story.Story) ([]byte, error) { return r.Record(st).AppendJSON(nil) }
		for want, err := range kawat.StreamOf(t.Context(), r, src, render) {
			if err != nil {
				t.Fatal(err)
			}
			key := <-keys
			if got[key] != string(want) {
				differ++
			}
			delete(got, key)
		}
		f.Close()
	}
	if differ > 0 || len(got) > 0 {
		t.Errorf("of %d stories %d have no record or another than one process makes, and %d records are of no story", n, differ, len(got))
	}
}

// TestServeWithAStream runs the desk with a stream inside and sends it stories
// from another process.
func TestServeWithAStream(t *testing.T) {
	if testing.Short() {
		t.Skip("left out by -short: runs processes")
	}
	c := &cluster{t: t, dir: t.TempDir()}
	var err error
	if c.exe, err = os.Executable(); err != nil {
		t.Fatal(err)
	}
	input := filepath.Join(c.dir, "copy.jsonl")
	writeSample(t, input, 20)
	c.archive = filepath.Join(c.dir, "wires.kawat")
	ports := freePorts(t, 2)
	desk := c.kawat("serve", "--archive", c.archive, "--listen", "127.0.0.1:"+strconv.Itoa(ports[0]), "--stream", "embedded", "--stream-listen", "127.0.0.1:"+strconv.Itoa(ports[1]))
	c.url = "nats://127.0.0.1:" + strconv.Itoa(ports[1])
	status := func() *stream.Status {
		cmd := &exec.Cmd{Path: c.exe, Args: []string{"kawat", "stream", "status", "--stream", c.url}, Env: os.Environ()}
		out, err := cmd.Output()
		s := new(stream.Status)
		if err != nil || json.Unmarshal(out, s) != nil {
			return nil
		}
		return s
	}
	eventually(t, "the stream is there", func() bool { return status() != nil })
	if err := c.kawat("ingest", "--stream", c.url, input).Wait(); err == nil {
		t.Error("the bad item was not reported")
	}
	drop := filepath.Join(c.dir, "drop")
	if err := os.Mkdir(drop, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(writeStory(t, c.dir), filepath.Join(drop, "oslo.txt")); err != nil {
		t.Fatal(err)
	}
	if err := c.kawat("watch", "--stream", c.url, "--state", filepath.Join(c.dir, "seen.json"), "--once", drop).Wait(); err != nil {
		t.Errorf("watching a folder: %v", err)
	}
	eventually(t, "all is kept", func() bool {
		s := status()
		return s != nil && s.Unread == 0 && s.Reading == 0 && s.Unkept == 0
	})
	c.stop(desk)
	sameAsOneProcess(t, c.archive, []string{input, filepath.Join(drop, "oslo.txt")}, 21)
}

func writeStory(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "story.txt")
	if err := os.WriteFile(path, []byte("OSLO, April 9 2024 - Norway's foreign minister met his Peruvian counterpart in Oslo on Tuesday.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	// A file that was just written may not be whole; the watcher leaves it alone.
	if err := os.Chtimes(path, time.Time{}, time.Now().Add(-time.Minute)); err != nil {
		t.Fatal(err)
	}
	return path
}
