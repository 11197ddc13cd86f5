package event

import (
	"testing"

	"kawat/lang"
	"kawat/story"
)

// A small word is classed by what it says, not by the word it was made from:
// "sebelum" (before) comes from "belum" (not yet) and denies nothing, while a
// verb keeps the class of its root.
func TestSmallWordsAreNotTheirRoots(t *testing.T) {
	packs, err := lang.Open()
	if err != nil {
		t.Fatal(err)
	}
	pack, _ := packs.Pack("id")
	lx, err := compileLexicon(pack)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		form, lemma string
		pos         story.UPOS
		class, want class
	}{
		{"sebelum", "belum", story.SCONJ, classNegation, 0},
		{"sebelumnya", "belum", story.ADV, classNegation, 0},
		{"Belum", "belum", story.ADV, classNegation, classNegation},
		{"tidaklah", "tidak", story.PART, classNegation, classNegation},
		{"membatalkan", "batal", story.VERB, classNegation, classNegation},
	} {
		if got := lx.of(&story.Word{Form: c.form, Lemma: c.lemma, UPOS: c.pos}) & c.class; got != c.want {
			t.Errorf("%s under %s: class %b, want %b", c.form, c.lemma, got, c.want)
		}
	}
}
