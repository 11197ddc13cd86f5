package gold

import (
	"strings"
	"testing"
)

func conllu(t *testing.T, text string) []Sentence {
	t.Helper()
	sents, err := ReadCoNLLU(strings.NewReader(strings.ReplaceAll(text, " ", "\t")))
	if err != nil {
		t.Fatal(err)
	}
	return sents
}

const goldTree = `1 Xi Xi PROPN _ _ 2 nsubj _ _
2 tiba tiba VERB _ Voice=Act 0 root _ _
3-4 katanya _ _ _ _ _ _ _ _
3 kata kata VERB _ _ 2 parataxis _ _
4 nya nya PRON _ _ 3 nsubj _ _
5 . . PUNCT _ _ 2 punct _ _

1 Ya ya INTJ _ _ 0 root _ _
`

func TestScoreUD(t *testing.T) {
	g := conllu(t, goldTree)
	same, err := ScoreUD(g, conllu(t, goldTree))
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]Share{"words": same.Words, "sentences": same.Sentences, "LAS": same.LAS, "CLAS": same.CLAS, "lemmas": same.Lemmas} {
		if s.F1() != 100 {
			t.Errorf("gold against itself: %s %v", name, s)
		}
	}
	// One sentence, "katanya" left whole, "Xi" under the wrong head.
	f := conllu(t, `1 Xi Xi PROPN _ _ 3 nsubj:outer _ _
2 tiba tiba VERB _ Voice=Act 0 root _ _
3 katanya kata VERB _ _ 2 parataxis _ _
4 . . PUNCT _ _ 2 punct _ _
5 Ya ya INTJ _ _ 2 discourse _ _
`)
	sc, err := ScoreUD(g, f)
	if err != nil {
		t.Fatal(err)
	}
	if want := (Share{6, 5, 4}); sc.Words != want {
		t.Errorf("words %v, want %v", sc.Words, want)
	}
	if want := (Share{2, 1, 0}); sc.Sentences != want {
		t.Errorf("sentences %v, want %v", sc.Sentences, want)
	}
	if want := (Share{6, 5, 2}); sc.LAS != want {
		t.Errorf("LAS %v, want %v", sc.LAS, want)
	}
	if want := (Share{6, 5, 4}); sc.UPOS != want {
		t.Errorf("UPOS %v, want %v", sc.UPOS, want)
	}
}

func TestScoreUDRefusesOtherText(t *testing.T) {
	if _, err := ScoreUD(conllu(t, goldTree), conllu(t, strings.ReplaceAll(goldTree, "tiba", "pergi"))); err == nil {
		t.Error("two texts were compared")
	}
}
