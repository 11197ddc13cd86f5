package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"kawat"
	"kawat/archive"
	"kawat/gold"
)

// reader is made once: a Reader is safe for all tests.
var reader = sync.OnceValues(func() (*kawat.Reader, error) { return kawat.New(kawat.Options{}) })

// golden makes an archive of the golden stories of both languages, read as any
// story is.
func golden(t testing.TB) *archive.Archive {
	t.Helper()
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	a, err := archive.Open(filepath.Join(t.TempDir(), "golden.kawat"), archive.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	files, err := filepath.Glob("../testdata/stories/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden stories", err)
	}
	err = a.Update(context.Background(), func(b *archive.Batch) error {
		for _, file := range files {
			if err := putGolden(a, b, r, file); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func putGolden(a *archive.Archive, b *archive.Batch, r *kawat.Reader, file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	name := strings.TrimSuffix(filepath.Base(file), ".txtar")
	c, err := gold.ParseCase(name, data)
	if err != nil {
		return err
	}
	in := map[string]string{"id": name, "text": c.Text}
	for _, field := range []string{"published", "publisher", "title", "url"} {
		if v := c.Header[field]; v != "" {
			in[field] = v
		}
	}
	line, err := json.Marshal(in)
	if err != nil {
		return err
	}
	return putLines(a, b, r, name, append(line, '\n'))
}

// putLines reads stories, a line of JSON each, and puts them.
func putLines(a *archive.Archive, b *archive.Batch, r *kawat.Reader, name string, lines []byte) error {
	for st, err := range r.Stories(name+".jsonl", bytes.NewReader(lines)) {
		if err != nil {
			return err
		}
		key := archive.KeyOf(st)
		if err := r.Read(st); err != nil {
			return err
		}
		e, err := a.Prepare(archive.Item{Key: key, Record: r.Record(st)})
		if err != nil {
			return err
		}
		if _, _, err := b.Put(e); err != nil {
			return err
		}
	}
	return nil
}
