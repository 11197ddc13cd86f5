package entity_test

import (
	"bytes"
	"context"
	"testing"

	"kawat/entity"
	"kawat/lang"
	"kawat/learn"
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
	sents := [][]entity.Labelled{
		{{"Ana", "B-PER"}, {"Silva", "I-PER"}, {"left", "O"}, {".", "O"}},
		{{"They", "O"}, {"met", "O"}, {"Weber", "B-PER"}, {"(", "O"}, {"SBY", "I-PER"}, {")", "O"}}, // a label that follows nothing
	}
	var models [2][]byte
	for i := range models {
		if models[i], err = entity.Train(context.Background(), pack, w, sents, known, learn.TrainOptions{Epochs: 3, Voters: 2}); err != nil {
			t.Fatal(err)
		}
	}
	if len(models[0]) == 0 || !bytes.Equal(models[0], models[1]) {
		t.Errorf("the same input gave %d and %d bytes that differ", len(models[0]), len(models[1]))
	}
}
