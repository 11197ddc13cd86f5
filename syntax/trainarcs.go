package syntax

import (
	"context"

	"kawat/learn"
)

// trainArcs trains the parser with the dynamic oracle: from the second pass
// on it mostly follows its own choices, and learns what is best from there.
func (t *trainer) trainArcs(ctx context.Context) (*learn.Trainer, error) {
	tr := learn.NewTrainer(1+2*len(t.rels), len(t.domains)-1)
	rnd := learn.Rand(t.Recipe.Seed + 1)
	order := ordered(len(t.train))
	s := newScratch()
	s.scores = make([]int32, 1+2*len(t.rels))
	root := relIndex(t.rels, "root")
	for epoch := range t.Recipe.Epochs {
		rnd.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		wrong, all := 0, 0
		for _, i := range order {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			w, n := t.learnTree(tr, s, &t.train[i], root, epoch > 0, &rnd)
			wrong, all = wrong+w, all+n
		}
		t.Log("parser: pass %d, %d of %d decisions wrong, %d features", epoch+1, wrong, all, tr.Features())
	}
	return tr, nil
}

func (t *trainer) learnTree(tr *learn.Trainer, s *scratch, ex *example, root int, explore bool, rnd *learn.Rand) (wrong, all int) {
	n := len(ex.forms)
	s.setAtoms(&model{clusters: t.clusters}, n, func(j int) string { return ex.forms[j] })
	for j, tag := range ex.guess {
		s.atoms[j].setTag(tag)
	}
	o := newOracle(ex.heads, ex.rels)
	c := &s.cfg
	c.reset(n)
	v := view{atoms: s.atoms, c: c}
	for !c.done() {
		if a, ok := c.forced(root); ok {
			c.apply(a)
			continue
		}
		s.buf = v.features(s.buf)
		clear(s.scores)
		tr.Score(s.buf, ex.domain, s.scores)
		guess := c.best(s.scores, root)
		right := o.best(c, s.scores, guess, root)
		if right != guess {
			wrong++
			tr.Update(s.buf, ex.domain, right, guess)
		}
		tr.Tick()
		all++
		if explore && rnd.Intn(10) > 0 {
			c.apply(guess)
		} else {
			c.apply(right)
		}
	}
	return wrong, all
}

// best returns the action of the highest score among those that lose least:
// the guess itself where it is one of them.
func (o *oracle) best(c *config, scores []int32, guess, root int) int {
	mayShift, mayLeft, mayRight := c.may()
	cs, cl, cr := o.costs(c)
	least := int(^uint(0) >> 1)
	if mayShift {
		least = min(least, cs)
	}
	if mayLeft {
		least = min(least, cl)
	}
	if mayRight {
		least = min(least, cr)
	}
	best := -1
	take := func(a int) {
		if a == guess || best < 0 || best != guess && scores[a] > scores[best] {
			best = a
		}
	}
	if mayShift && cs == least {
		take(shift)
	}
	s0 := c.stack[len(c.stack)-1]
	labels := func(head int32, action func(int) int) {
		if o.head[s0] == head {
			take(action(int(o.rel[s0])))
			return
		}
		for rel := range (len(scores) - 1) / 2 {
			if rel != root {
				take(action(rel))
			}
		}
	}
	if mayLeft && cl == least {
		labels(c.front, leftOf)
	}
	if mayRight && cr == least {
		labels(c.stack[len(c.stack)-2], rightOf)
	}
	return best
}
