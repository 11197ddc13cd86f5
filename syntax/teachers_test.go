package syntax

import (
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"kawat/lang"
)

// TestTeachers trains a network that learns from teachers beside a treebank that
// they doubt, twice: the same bytes whatever the number of processors.
func TestTeachers(t *testing.T) {
	fsys := dutch()
	recipe := strings.Replace(string(fsys["train.json"].Data), `"epochs": 400`,
		`"epochs": 60, "raw": {"file": "raw.gz", "stories": 1},
		 "teachers": {"count": 2, "epochs": 60, "network": {"hidden": 16, "arc": 16, "label": 16, "rate": 0.02}, "sentences": 50, "per_pass": 2}`, 1)
	recipe = strings.Replace(recipe, `"lemmas": true}]`, `"lemmas": true, "doubted": true}]`, 1)
	fsys["train.json"] = &fstest.MapFile{Data: []byte(recipe)}
	treebank, err := os.ReadFile("testdata/training/nl.conllu")
	if err != nil {
		t.Fatal(err)
	}
	var plain bytes.Buffer
	zip := gzip.NewWriter(&plain)
	if _, err := zip.Write([]byte("De minister bezoekt Peru. De president stuurt hulp naar Kenia.\nDe gezant bezoekt Lima.\nDe minister stuurt hulp naar Lima.\n")); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	data := fstest.MapFS{"nl.conllu": {Data: treebank}, "raw.gz": {Data: plain.Bytes()}}
	packs, err := lang.Open(fsys)
	if err != nil {
		t.Fatal(err)
	}
	pack, _ := packs.Pack("nl")
	var log strings.Builder
	train := func(processors int) []byte {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		got, err := Train(context.Background(), TrainOptions{Pack: pack, Data: data, Log: func(f string, _ ...any) { log.WriteString(f + "\n") }})
		if err != nil {
			t.Fatal(err)
		}
		return got.Files[modelFile]
	}
	if !bytes.Equal(train(1), train(3)) {
		t.Error("the same recipe and data gave other bytes")
	}
	if !strings.Contains(log.String(), "teachers on") {
		t.Error("no teacher was heard of")
	}
}

// TestAimsAreWhole holds the shares of an answer to a sum of one.
func TestAimsAreWhole(t *testing.T) {
	a := &aims{}
	a.add([]float32{0.9, 2, 0.001, 0.1})
	a.add(nil)
	sum := 0
	for _, s := range a.of(0, askTag) {
		sum += int(s.part)
	}
	if len(a.of(0, askTag)) != 3 || sum < shareWhole-3 || sum > shareWhole || len(a.of(0, askFeats)) != 0 {
		t.Errorf("shares %v, %v", a.of(0, askTag), a.of(0, askFeats))
	}
}
