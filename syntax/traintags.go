package syntax

import (
	"context"

	"kawat/learn"
)

// folds is how many taggers tag the training set, each what it did not see, so
// that the parser learns from tags as bad as those it will get.
const folds = 4

// tagEpochs is how often the tagger sees the treebanks.
const tagEpochs = 6

// trainTags trains the tagger, and gives each sentence guessed tags.
func (t *trainer) trainTags(ctx context.Context) (*learn.Trainer, error) {
	s := newScratch()
	all := make([]learn.Example, len(t.train))
	for i := range t.train {
		ex := &t.train[i]
		s.setAtoms(&model{clusters: t.clusters}, len(ex.forms), func(j int) string { return ex.forms[j] })
		tagFeatures(&s.feats, s.atoms[:len(ex.forms)])
		all[i] = learn.Example{Feats: s.feats.Clone(), Gold: ex.tags, Domain: ex.domain}
	}
	o := learn.TrainOptions{Epochs: tagEpochs, Seed: t.Recipe.Seed, Domains: len(t.domains) - 1}
	for k := range folds {
		if err := t.guess(ctx, k, all, o); err != nil {
			return nil, err
		}
	}
	t.Log("tags guessed in %d folds", folds)
	return learn.TrainTaggerWeights(ctx, tagSpec(), all, o)
}

// guess tags one fold by a tagger trained on the others.
func (t *trainer) guess(ctx context.Context, k int, all []learn.Example, o learn.TrainOptions) error {
	var seen []learn.Example
	for i := range all {
		if fold(i) != k {
			seen = append(seen, all[i])
		}
	}
	w, err := learn.TrainTaggerWeights(ctx, tagSpec(), seen, o)
	if err != nil {
		return err
	}
	taggers := map[int]*learn.Tagger{}
	var scratch learn.TagScratch
	for i := range all {
		if fold(i) != k {
			continue
		}
		d := all[i].Domain
		if taggers[d] == nil {
			if taggers[d], err = learn.PackTagger(tagSpec(), w, d, 0); err != nil {
				return err
			}
		}
		t.train[i].guess = taggers[d].Tag(&scratch, &all[i].Feats, nil)
	}
	return nil
}

// fold spreads neighbouring sentences, which are of one text, over few folds.
func fold(i int) int { return i / 10 % folds }
