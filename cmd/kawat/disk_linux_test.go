package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kawat/stream/disktest"
)

// TestFullDisksOfACluster fills the disk of one node, that of the database, and
// those of all nodes, while stories flow. Each is said where its operator looks,
// and when there is room all goes on and no story is lost: by itself after the
// database's, and after a restart of the nodes' servers.
func TestFullDisksOfACluster(t *testing.T) {
	if testing.Short() {
		t.Skip("left out by -short: runs ten processes")
	}
	if !disktest.Mounts(t) {
		return
	}
	const n = 150 // of each of three inputs
	c := newCluster(t, setup{workers: 2, disk: func(t *testing.T) string { return disktest.Small(t, "192m") }})
	database := os.Getenv("TMPDIR")
	var inputs []string
	for _, part := range []string{"one", "base", "all"} {
		inputs = append(inputs, filepath.Join(c.dir, part+".jsonl"))
	}
	splitSample(t, inputs, n)

	leader := c.leader()
	free := disktest.Fill(t, c.stores[leader])
	c.feed(inputs[0])
	c.drained()
	free()
	c.restart(leader)
	eventually(t, "all replicas are whole again", func() bool {
		s, err := c.bus.Status(t.Context())
		return err == nil && s.Unhealthy == 0 && s.Leader != ""
	})

	free = disktest.Fill(t, database)
	feeder := c.run("kawat", "ingest", "--stream", c.url, inputs[1])
	eventually(t, "the collector says that the disk is full", func() bool {
		return wrote(t, c.collector, "the store takes no records") && (wrote(t, c.collector, "disk of the database is full") || wrote(t, c.collector, "the connection to the database was lost"))
	})
	free()
	if !c.database.Alive() { // no room for its log: it ends
		if err := c.database.Run(); err != nil {
			t.Fatal(err)
		}
	}
	c.fed(feeder)
	c.drained()

	var frees []func()
	for _, dir := range c.stores {
		frees = append(frees, disktest.Fill(t, dir))
	}
	// The first stories may still find a leader: then the feeder waits. Later it
	// cannot even connect, says why and ends; who sends the same again does no harm.
	feeder = c.run("kawat", "ingest", "--stream", c.url, inputs[2])
	eventually(t, "the feeder says why it waits", func() bool {
		return wrote(t, feeder, "the stream takes nothing now; waiting") || wrote(t, feeder, "their disks are full")
	})
	for i, free := range frees {
		free()
		c.restart(i)
	}
	if wrote(t, feeder, "their disks are full") {
		_ = feeder.Wait() // it says that it failed
		feeder = c.run("kawat", "ingest", "--stream", c.url, inputs[2])
	}
	c.fed(feeder)
	c.drained()
	c.stop(c.collector)
	sameAsOneProcess(t, c.archive, inputs, 3*n)
}

func (c *cluster) restart(node int) {
	c.kill(c.nodes[node])
	c.nodes[node] = c.run("nats-server", c.configs[node])
}

// wrote reports whether a process has written something into its log.
func wrote(t *testing.T, cmd *exec.Cmd, what string) bool {
	t.Helper()
	text, err := os.ReadFile(cmd.Stdout.(*os.File).Name())
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(string(text), what)
}
