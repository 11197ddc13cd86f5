package tagger_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"kawat/learn"
	"kawat/tagger"
)

// Words that begin with "A" are names; those behind them go with them. In style
// 1 only the first word of a name is one.
func examples() (out []tagger.Example) {
	for style := range 2 {
		for _, sent := range [][]string{{"x", "Ab", "Ac", "y"}, {"Ad", "z"}, {"y", "x", "Ae"}, {"z", "Ab", "x"}, {"Ab", "Ad", "Ae", "x"}} {
			ex := tagger.Example{Style: style}
			inside := false
			for _, w := range sent {
				ex.Words = append(ex.Words, word(w))
				label := uint8(0)
				if w[0] == 'A' && (!inside || style == 0) {
					if label = 1; inside {
						label = 2
					}
				}
				inside = w[0] == 'A'
				ex.Gold = append(ex.Gold, label)
				ex.Tags = append(ex.Tags, label+1)
			}
			out = append(out, ex)
		}
	}
	return out
}

func word(w string) tagger.Word {
	return tagger.Word{Form: learn.Hash(w), Feats: []uint64{learn.Mix(2, learn.Hash(w[:1]))}}
}

func train(t *testing.T) *tagger.Model {
	t.Helper()
	m, err := tagger.Train(context.Background(), tagger.Options{
		Shape: tagger.Shape{In: 16, Hidden: 16, Layers: 2}, Labels: []string{"O", "B-N", "I-N"}, Tags: 3, Epochs: 250, Rate: 0.02, Seed: 1,
		Texts: [][]uint64{{learn.Hash("x"), learn.Hash("y")}, {learn.Hash("y"), learn.Hash("x")}}, LeastTexts: 2,
		Pass: func(int) []tagger.Example { return slices.Repeat(examples(), 4) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTaggerLearnsAndIsSure(t *testing.T) {
	m := train(t)
	if again := train(t); !bytes.Equal(m.Bytes(), again.Bytes()) {
		t.Error("the same examples gave another model")
	}
	loaded, err := tagger.Load(m.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var s tagger.Scratch
	for _, ex := range append(examples(), examples()...) { // the second time words are remembered
		s.Begin()
		for _, w := range ex.Words {
			if s.Word(loaded, w.Form, w.Form) {
				continue
			}
			for _, f := range w.Feats {
				s.Add(loaded, f)
			}
			s.Keep(loaded, w.Form)
		}
		got, margins := loaded.Tag(&s, ex.Style)
		if !bytes.Equal(got, ex.Gold) {
			t.Errorf("style %d: got %v, want %v", ex.Style, got, ex.Gold)
		}
		for i, margin := range margins {
			if margin < 0 {
				t.Errorf("word %d beats the others by %d", i, margin)
			}
		}
	}
}

func FuzzLoad(f *testing.F) {
	m, err := tagger.Train(context.Background(), tagger.Options{
		Shape: tagger.Shape{In: 16, Hidden: 16, Layers: 1}, Labels: []string{"O", "B-N", "I-N"}, Epochs: 1, Rate: 0.01,
		Pass: func(int) []tagger.Example { return examples() },
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(m.Bytes())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := tagger.Load(data)
		if err != nil {
			return
		}
		var s tagger.Scratch
		s.Begin()
		for _, w := range examples()[0].Words {
			s.Word(m, 0, w.Form)
			s.Add(m, w.Feats[0])
		}
		labels, margins := m.Tag(&s, 0)
		if len(labels) != 4 || len(margins) != 4 {
			t.Errorf("%d labels, %d margins of 4 words", len(labels), len(margins))
		}
		for _, l := range labels {
			if int(l) >= len(m.Labels()) {
				t.Errorf("label %d of %d", l, len(m.Labels()))
			}
		}
	})
}
