package main

import (
	"encoding/json"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"kawat/archive/sample"
)

// TestClusterUnderFaults reads stories with several workers over a cluster of
// three nodes and a PostgreSQL, while a worker, the leader, the collector and the
// database are killed, one node is cut off and all nodes are killed at once: each
// in turn, and then at random. At the end each story must have exactly one
// record, byte for byte the one that a single process makes. KAWAT_STORIES,
// KAWAT_BYTES (of a story), KAWAT_FAULTS, KAWAT_PAUSE (seconds between faults, on
// average) and KAWAT_WORKERS make it longer.
func TestClusterUnderFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("left out by -short: runs ten processes")
	}
	n, faults, pause := number("KAWAT_STORIES", 150), number("KAWAT_FAULTS", len(harms)), number("KAWAT_PAUSE", 1)
	c := newCluster(t, setup{workers: number("KAWAT_WORKERS", 2), linked: faults > 0})
	input := filepath.Join(c.dir, "copy.jsonl")
	writeStories(t, input, n, number("KAWAT_BYTES", 0))
	begun := time.Now()
	feeder := c.kawat("ingest", "--stream", c.url, input)
	rng := rand.New(rand.NewPCG(uint64(n), uint64(faults)))
	for i := range faults {
		time.Sleep(time.Duration(pause*500+rng.IntN(pause*1000)) * time.Millisecond)
		h := i % len(harms)
		if i >= len(harms) {
			h = rng.IntN(len(harms))
		}
		t.Logf("%s after %s: %s", harms[h].what, time.Since(begun).Round(time.Second), c.standing())
		harms[h].do(c, rng)
	}
	if err := feeder.Wait(); err != nil && feeder.ProcessState.ExitCode() != 1 { // the bad item of the sample
		t.Fatalf("the feeder ended with %v", err)
	}
	c.drained()
	t.Logf("%d stories with %d faults in %s: %.0f stories/s", n, faults, time.Since(begun).Round(time.Second), float64(n)/time.Since(begun).Seconds())
	c.stop(c.collector)
	sameAsOneProcess(t, c.archive, []string{input}, n)
	verify := c.kawat("archive", "verify", "--archive", c.archive, "--stream", c.url)
	if err := verify.Wait(); err != nil {
		t.Errorf("verify: %v", err)
	}
}

// harms are what is done to a cluster; each is mended again.
var harms = []struct {
	what string
	do   func(*cluster, *rand.Rand)
}{
	{"a worker is killed", (*cluster).killWorker},
	{"the leader of the stories is killed", (*cluster).killLeader},
	{"the collector is killed", (*cluster).killCollector},
	{"the database is killed", (*cluster).killDatabase},
	{"a node is cut off", (*cluster).cutOff},
	{"all nodes are killed", (*cluster).killNodes},
	{"a node stands still", (*cluster).freeze},
}

func (c *cluster) killWorker(rng *rand.Rand) {
	w := rng.IntN(len(c.workers))
	c.kill(c.workers[w])
	c.workers[w] = c.kawat("worker", "--stream", c.url)
}

func (c *cluster) killLeader(*rand.Rand) {
	leader := c.leader()
	c.kill(c.nodes[leader])
	time.Sleep(time.Second)
	c.nodes[leader] = c.run("nats-server", c.configs[leader])
}

// leader is the node that leads the stories, or the first.
func (c *cluster) leader() int {
	if s, err := c.bus.Status(c.t.Context()); err == nil {
		for j, name := range c.names {
			if name == s.Leader {
				return j
			}
		}
	}
	return 0
}

func (c *cluster) killCollector(*rand.Rand) {
	c.kill(c.collector)
	c.collector = c.collect()
}

func (c *cluster) killDatabase(*rand.Rand) {
	if err := c.database.Kill(); err != nil {
		c.t.Fatal(err)
	}
	time.Sleep(time.Second)
	if err := c.database.Run(); err != nil {
		c.t.Fatal(err)
	}
}

func (c *cluster) killNodes(*rand.Rand) {
	for _, node := range c.nodes {
		c.kill(node)
	}
	for j := range c.nodes {
		c.nodes[j] = c.run("nats-server", c.configs[j])
	}
}

// cutOff cuts the leader or another node off, for longer than the others need to
// elect a new one or for less.
func (c *cluster) cutOff(rng *rand.Rand) {
	node := c.leader()
	if rng.IntN(2) == 0 {
		node = rng.IntN(len(c.nodes))
	}
	join := c.cut(node)
	time.Sleep(time.Duration(2+rng.IntN(10)) * time.Second)
	join()
}

// freeze stops a node, which keeps its connections, and lets it go on.
func (c *cluster) freeze(rng *rand.Rand) {
	node := c.nodes[rng.IntN(len(c.nodes))]
	if err := node.Process.Signal(syscall.SIGSTOP); err != nil {
		c.t.Error(err)
	}
	time.Sleep(3 * time.Second)
	if err := node.Process.Signal(syscall.SIGCONT); err != nil {
		c.t.Error(err)
	}
}

// writeStories writes stories of the sample, drawn out to so many bytes of text
// with paragraphs of others, and an item that is none.
func writeStories(t *testing.T, path string, n, size int) {
	t.Helper()
	if size == 0 {
		writeSample(t, path, n)
		return
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	enc := json.NewEncoder(f)
	// Each of the others is used once: a paragraph that stood in many stories would
	// make copies of them all.
	others, stop := iter.Pull(sample.Stories(6, 8*n))
	defer stop()
	for st := range sample.Stories(5, n) {
		for len(st.Text) < size {
			other, more := others()
			if !more {
				t.Fatalf("there is no sample for %d stories of %d bytes", n, size)
			}
			if _, rest, _ := strings.Cut(other.Text, "\n\n"); other.Lang == st.Lang && other.CopyOf == "" {
				st.Text += "\n\n" + rest
			}
		}
		if err := enc.Encode(st); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := fmt.Fprintln(f, `{"id":"bad"}`); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// feed sends an input to be read.
func (c *cluster) feed(input string) { c.fed(c.run("kawat", "ingest", "--stream", c.url, input)) }

// fed waits until a feeder is done.
func (c *cluster) fed(feeder *exec.Cmd) {
	c.t.Helper()
	if err := feeder.Wait(); err != nil && feeder.ProcessState.ExitCode() != 1 { // the bad item of the sample
		c.t.Fatalf("the feeder ended with %v", err)
	}
}

// splitSample writes n stories of the sample into each file.
func splitSample(t *testing.T, paths []string, n int) {
	t.Helper()
	all := filepath.Join(t.TempDir(), "all.jsonl")
	writeSample(t, all, n*len(paths))
	text, err := os.ReadFile(all)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	for i, path := range paths {
		if err := os.WriteFile(path, []byte(strings.Join(lines[i*n:(i+1)*n], "")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
