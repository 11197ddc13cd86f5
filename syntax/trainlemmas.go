package syntax

import (
	"context"
	"slices"

	"kawat/learn"
)

// lemmaEpochs is how often the lemmatizer sees the treebanks.
const lemmaEpochs = 10

// trainLemmas trains the choice of scripts on the gold tags. Lemmas that none of
// the model's scripts makes are left out.
func (t *trainer) trainLemmas(ctx context.Context) (*learn.Trainer, error) {
	at := map[string]int{}
	for i, s := range t.scripts {
		at[s.name] = i
	}
	tr := learn.NewTrainer(len(t.scripts), t.lemmaDomain(len(t.Recipe.Styles)-1))
	rnd := learn.Rand(t.Recipe.Seed)
	all := slices.Concat(t.train, t.more)
	order := ordered(len(all))
	scores := make([]int32, len(t.scripts))
	s := newScratch()
	t.chooseScripts(all, at)
	for range lemmaEpochs {
		rnd.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			ex := &all[i]
			domain := t.lemmaDomain(ex.domain)
			titled := isTitled(len(ex.forms), func(i int) string { return ex.forms[i] })
			for j, right := range ex.scripts {
				if right < 0 {
					continue
				}
				var a atom
				a.setForm(ex.forms[j])
				a.setTag(ex.tags[j])
				s.buf = lemmaFeatures(s.buf, &a, ex.forms[j], j == 0 || titled)
				clear(scores)
				tr.Score(s.buf, domain, scores)
				tr.Update(s.buf, domain, int(right), highest(scores))
				tr.Tick()
			}
		}
	}
	return tr, nil
}

// lemmaDomain is the domain of a style's lemmas: treebanks of other conventions
// disagree on them ("setelah" is setelah or telah). 0 where all agree.
func (t *trainer) lemmaDomain(style int) int {
	if len(t.Recipe.Styles) == 1 {
		return 0
	}
	return style + 1
}

// packLemmas makes the table of each style that a treebank has lemmas of, and of
// the default.
func (t *trainer) packLemmas(tr *learn.Trainer) ([]*learn.Table, error) {
	out := make([]*learn.Table, len(t.Recipe.Styles))
	for style, name := range t.Recipe.Styles {
		has := func(b Treebank) bool { return b.Lemmas && b.Style == name }
		if style > 0 && !slices.ContainsFunc(t.Recipe.Treebanks, has) {
			continue
		}
		table, err := tr.Pack(t.lemmaDomain(style), 0)
		if err != nil {
			return nil, err
		}
		out[style] = table
	}
	return out, nil
}

// chooseScripts notes which script makes each word's lemma; negative where none
// of the model's does.
func (t *trainer) chooseScripts(of []example, at map[string]int) {
	known := map[[2]string]int16{}
	for i := range of {
		ex := &of[i]
		ex.scripts = make([]int16, len(ex.forms))
		for j, lemma := range ex.lemmas {
			key := [2]string{ex.forms[j], lemma}
			right, ok := known[key]
			if !ok {
				right = -1
				if k, ok := at[scriptFor(ex.forms[j], lemma)]; ok && lemma != "" {
					right = int16(k)
				}
				known[key] = right
			}
			ex.scripts[j] = right
		}
	}
}

func ordered(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
