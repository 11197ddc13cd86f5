package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kawat/archive"
	"kawat/record"
)

// nextSchema is the format of the records of the next version.
const nextSchema = "kawat.record/next"

// buildNext builds the program as its next version may be: its records have
// another format, with a field that this one does not know.
func buildNext(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	replace := map[string]string{}
	for name, edit := range map[string][2]string{
		"record.go": {`Schema = "` + record.Schema + `"`, `Schema = "` + nextSchema + `"`},
		"build.go":  {"r := &Record{Schema: Schema,", `r := &Record{Schema: Schema, Origin: "next",`},
	} {
		path, err := filepath.Abs(filepath.Join("../../record", name))
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		next := strings.Replace(string(text), edit[0], edit[1], 1)
		next = strings.Replace(next, "type Record struct {", "type Record struct {\n\tOrigin string `json:\"origin,omitempty\"`", 1)
		if !strings.Contains(next, edit[1]) {
			t.Fatalf("%s has no %q to change", name, edit[0])
		}
		replace[path] = filepath.Join(dir, name)
		if err := os.WriteFile(replace[path], []byte(next), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "overlay.json"), overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	exe := filepath.Join(dir, "kawat-next")
	if out, err := exec.Command("go", "build", "-overlay", filepath.Join(dir, "overlay.json"), "-o", exe, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return exe
}

// TestRollingUpgrade replaces the workers one by one, and then the collector, by
// those of the next version while stories flow. Each story has one record, that
// of one process but for the name of the format, and both versions read the
// records of both.
func TestRollingUpgrade(t *testing.T) {
	if testing.Short() {
		t.Skip("left out by -short: builds the program and runs ten processes")
	}
	const n = 60 // of each of three inputs
	next := buildNext(t)
	c := newCluster(t, setup{workers: 2})
	var inputs []string
	for i := range 3 {
		inputs = append(inputs, filepath.Join(c.dir, fmt.Sprintf("%d.jsonl", i)))
	}
	splitSample(t, inputs, n)
	upgrade := func(old *exec.Cmd) *exec.Cmd {
		c.stop(old)
		return c.start(next, "kawat", old.Args[1:]...)
	}
	feeder := c.run("kawat", "ingest", "--stream", c.url, inputs[0])
	for i, old := range c.workers {
		eventually(t, "a record of the workers is on its way or kept", func() bool { return c.count(t) > i })
		c.workers[i] = upgrade(old)
	}
	c.fed(feeder)
	c.feed(inputs[1])
	c.collector = upgrade(c.collector)
	c.feed(inputs[2])
	c.drained()
	c.stop(c.collector)
	sameAsOneProcess(t, c.archive, inputs, 3*n)

	for _, exe := range []string{c.exe, next} {
		cmd := &exec.Cmd{Path: exe, Args: []string{"kawat", "export", "--archive", c.archive, "--format", "jsonl"}, Env: os.Environ()}
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v", exe, err)
		}
		text := string(out)
		all, ours, theirs := strings.Count(text, "\n"), strings.Count(text, `"schema":"`+record.Schema+`"`), strings.Count(text, `"schema":"`+nextSchema+`"`)
		if all != 3*n || ours == 0 || theirs == 0 || ours+theirs != all {
			t.Errorf("%s reads %d records, %d of this version and %d of the next, want %d of both", filepath.Base(exe), all, ours, theirs, 3*n)
		}
	}
}

// count is how many stories the archive has.
func (c *cluster) count(t *testing.T) int {
	t.Helper()
	a, err := archive.Open(c.archive, archive.Options{ReadOnly: true})
	if err != nil {
		return 0 // the collector has not made it yet
	}
	defer a.Close()
	n := 0
	for _, err := range a.Each(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}
