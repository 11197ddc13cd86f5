package learn_test

import (
	"bytes"
	"context"
	"testing"

	"kawat/learn"
)

// Words that begin with "A" are names; those behind them go with them.
func examples() (data []learn.Example) {
	for _, sent := range [][]string{{"x", "Ab", "Ac", "y"}, {"Ad", "z"}, {"y", "x", "Ae"}, {"z", "Ab", "x"}} {
		var ex learn.Example
		inside := false
		for _, w := range sent {
			ex.Feats.Begin()
			ex.Feats.Add(learn.Mix(1, learn.Hash(w)))
			ex.Feats.Add(learn.Mix(2, learn.Hash(w[:1])))
			label := uint8(0)
			if w[0] == 'A' {
				if label = 1; inside {
					label = 2
				}
			}
			inside = label != 0
			ex.Gold = append(ex.Gold, label)
		}
		data = append(data, ex)
	}
	return data
}

func TestTaggerLearnsAndIsSure(t *testing.T) {
	spec := learn.TaggerSpec{Labels: []string{"O", "B-N", "I-N"}, Joint: 1, Viterbi: true, BIO: true}
	for _, voters := range []int{0, 3} {
		tagger, err := learn.TrainTagger(context.Background(), spec, examples(), learn.TrainOptions{Epochs: 40, Seed: 1, Voters: voters})
		if err != nil {
			t.Fatal(err)
		}
		again, err := learn.TrainTagger(context.Background(), spec, examples(), learn.TrainOptions{Epochs: 40, Seed: 1, Voters: voters})
		if err != nil || !bytes.Equal(tagger.Bytes(), again.Bytes()) {
			t.Errorf("%d voters: the same examples gave another model (%v)", voters, err)
		}
		loaded, err := learn.LoadTagger(tagger.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		var s learn.TagScratch
		for _, ex := range examples() {
			got := loaded.Tag(&s, &ex.Feats, nil)
			if !bytes.Equal(got, ex.Gold) {
				t.Errorf("%d voters: got %v, want %v", voters, got, ex.Gold)
			}
			margins := s.Margins()
			if len(margins) != len(got) {
				t.Fatalf("%d margins for %d labels", len(margins), len(got))
			}
			for i, m := range margins {
				if got[i] == 0 && m != 0 || got[i] == 1 && m <= 0 {
					t.Errorf("label %d has margin %d", got[i], m)
				}
			}
		}
	}
}
