package syntax

import (
	"bytes"
	"context"
	"os"
	"runtime"
	"slices"
	"testing"
	"testing/fstest"

	"kawat/gold"
	"kawat/lang"
	"kawat/story"
)

// dutch is a pack of a language that Kawat does not know: a name, an
// abbreviation, and a recipe. Nothing in Go is told of it.
func dutch() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"pack.json":  file(`{"code": "nl", "name": "Dutch", "native": "Nederlands", "version": "1", "licence": "Apache-2.0"}`),
		"tokens.tsv": file("kind\tforms\tneeds\texample\nabbreviation\tdr|mr\t\tDr. Ana bezoekt Lima.\n"),
		"train.json": file(`{
			"seed": 7, "epochs": 400,
			"network": {"in": 16, "hidden": 16, "arc": 16, "label": 16, "rate": 0.02},
			"treebanks": [{"name": "Thirty sentences", "release": "1", "file": "nl.conllu", "licence": "Apache-2.0", "lemmas": true}],
			"dev": [{"name": "The same", "release": "1", "file": "nl.conllu", "licence": "Apache-2.0", "lemmas": true}]}`),
	}
}

func trainDutch(t testing.TB, fsys fstest.MapFS) *Trained {
	t.Helper()
	packs, err := lang.Open(fsys)
	if err != nil {
		t.Fatal(err)
	}
	pack, _ := packs.Pack("nl")
	got, err := Train(context.Background(), TrainOptions{Pack: pack, Data: os.DirFS("testdata/training")})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// TestAnotherLanguage trains a language from a treebank alone, twice, with one
// processor and with several: the same bytes; and reads with it.
func TestAnotherLanguage(t *testing.T) {
	fsys := dutch()
	old := runtime.GOMAXPROCS(1)
	first := trainDutch(t, fsys)
	runtime.GOMAXPROCS(max(old, 4))
	second := trainDutch(t, fsys)
	runtime.GOMAXPROCS(old)
	if !bytes.Equal(first.Files[modelFile], second.Files[modelFile]) {
		t.Error("the same recipe and data gave other bytes")
	}
	if s := first.Made.Scores[0]; s.UPOS < 97 || s.UAS < 90 || s.LAS < 85 || s.Lemma < 97 {
		t.Errorf("what was learned is not known by heart: %+v", s)
	}

	fsys["syntax.model"] = &fstest.MapFile{Data: first.Files[modelFile]}
	packs, err := lang.Open(fsys)
	if err != nil {
		t.Fatal(err)
	}
	pack, _ := packs.Pack("nl")
	p, err := New(pack)
	if err != nil {
		t.Fatal(err)
	}
	st := run(t, p, "De president bezoekt Kenia. Dr. Ana stuurt hulp naar Peru.")
	if got, want := sentences(st), []string{"De president bezoekt Kenia.", "Dr. Ana stuurt hulp naar Peru."}; !slices.Equal(got, want) {
		t.Fatalf("sentences %q, want %q", got, want)
	}
	verb := st.Sents[0].Root
	if w := st.Word(verb); w.Form != "bezoekt" || w.Lemma != "bezoeken" || w.UPOS != story.VERB {
		t.Errorf("root %+v, want bezoekt (bezoeken, VERB)", *w)
	}
	if w := st.Word(st.Sents[0].FirstWord + 1); w.Deprel != "nsubj" || w.Head != verb || w.Feats != "Number=Sing" {
		t.Errorf("president: %+v, want the singular subject", *w)
	}
}

// TestTheTreebankReadsItself holds the treebank of the test to its format.
func TestTheTreebankReadsItself(t *testing.T) {
	f, err := os.Open("testdata/training/nl.conllu")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sents, err := gold.ReadCoNLLU(f)
	if err != nil || len(sents) != 30 {
		t.Fatalf("%d sentences, error %v; want 30", len(sents), err)
	}
}
