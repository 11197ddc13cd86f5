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

// TestExamplesOfTheDocumentation runs the Python and R of docs/exports.md on
// files written as it says.
func TestExamplesOfTheDocumentation(t *testing.T) {
	t.Run("python", func(t *testing.T) { examples(t, "python", 3, "python3", "-") })
	t.Run("r", func(t *testing.T) { examples(t, "r", 1, "Rscript", "-") })
}

// examples runs the blocks of one language, of which there are some at least.
func examples(t *testing.T, lang string, least int, program string, args ...string) {
	path, err := exec.LookPath(program)
	if err != nil {
		if os.Getenv("KAWAT_TEST_ALL") != "" {
			t.Fatal(program + " is not here")
		}
		t.Skip(program + " is not here")
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
	blocks := regexp.MustCompile("(?s)```"+lang+"\n(.*?)```").FindAllSubmatch(doc, -1)
	if len(blocks) < least {
		t.Fatalf("%d examples", len(blocks))
	}
	for _, b := range blocks {
		cmd := exec.Command(path, args...)
		cmd.Dir, cmd.Stdin = dir, bytes.NewReader(b[1])
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v: %s\n%s", err, out, b[1])
		}
	}
}
