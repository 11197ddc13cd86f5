package entity_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"kawat/entity"
	"kawat/lang"
	"kawat/story"
	"kawat/world"
)

func TestTrainIsRepeatable(t *testing.T) {
	packs, err := lang.Open()
	if err != nil {
		t.Fatal(err)
	}
	pack, _ := packs.Pack("en")
	w, err := world.New()
	if err != nil {
		t.Fatal(err)
	}
	known := entity.WordTable{}
	known.At("ana").Flags = entity.GivenName
	known.At("silva").Flags = entity.FamilyName
	known.At("left").Coarse = 3
	name := func(form, label string) entity.Labelled { return entity.Labelled{Form: form, Label: label} }
	sents := []entity.Sentence{
		{Tokens: []entity.Labelled{name("Ana", "B-PER"), name("Silva", "I-PER"), name("left", "O"), name(".", "O")}},
		// A label that follows nothing.
		{Tokens: []entity.Labelled{name("They", "O"), name("met", "O"), name("Weber", "B-PER"), name("(", "O"), name("SBY", "I-PER"), name(")", "O")}, Style: 1},
		{Tokens: []entity.Labelled{{Form: "They", UPOS: story.PRON}, {Form: "slept", UPOS: story.VERB}}, Unlabelled: true},
	}
	o := entity.TrainOptions{
		In: 16, Hidden: 16, Epochs: 250, Rate: 0.02, Texts: [][]uint64{{1, 2, 3}, {1, 2}}, LeastTexts: 2,
		Pass: func(int) []entity.Sentence { return slices.Repeat(sents, 6) },
	}
	var models [2][]byte
	for i := range models {
		if models[i], err = entity.Train(context.Background(), pack, w, known, o); err != nil {
			t.Fatal(err)
		}
	}
	if len(models[0]) == 0 || !bytes.Equal(models[0], models[1]) {
		t.Errorf("the same input gave %d and %d bytes that differ", len(models[0]), len(models[1]))
	}
	got, err := entity.Score(pack, w, models[0], sents[:2], 0)
	if err != nil || got["PER"] != [3]int{3, 0, 0} {
		t.Errorf("of three names it finds %v (found, beside, missed; %v)", got, err)
	}
}
