package export

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

// TestExamplesOfTheDocumentation runs the Python of docs/exports.md on files
// written as it says.
func TestExamplesOfTheDocumentation(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("KAWAT_TEST_ALL") != "" {
			t.Fatal("python3 is not here")
		}
		t.Skip("python3 is not here")
	}
	doc, err := os.ReadFile("../docs/exports.md")
	if err != nil {
		t.Fatal(err)
	}
	dir, ctx, x, src := t.TempDir(), context.Background(), exporter(t), Stream(seq(records(t)))
	if err := x.Folder(ctx, filepath.Join(dir, "tables"), src, Options{Format: CSV}, "test"); err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]Format{"records.jsonl": JSONL, "events.tsv": GDELT} {
		if err := File(filepath.Join(dir, name), func(out io.Writer) error { return x.Write(ctx, out, src, Options{Format: f}) }); err != nil {
			t.Fatal(err)
		}
	}
	blocks := regexp.MustCompile("(?s)```python\n(.*?)```").FindAllSubmatch(doc, -1)
	if len(blocks) < 3 {
		t.Fatalf("%d examples", len(blocks))
	}
	for _, b := range blocks {
		cmd := exec.Command(python, "-")
		cmd.Dir, cmd.Stdin = dir, bytes.NewReader(b[1])
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v: %s\n%s", err, out, b[1])
		}
	}
}
