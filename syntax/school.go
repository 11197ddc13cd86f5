package syntax

import (
	"context"
	"sync"

	"kawat/learn"
	"kawat/neural"
	"kawat/story"
)

// school trains a network.
type school struct {
	net     *network
	opt     neural.Adam
	shards  [shardsPerBatch]*shard
	turned  turned
	rowGrad []float32
	touched []int32
	isHit   []bool
	done    int     // steps
	rate    float32 // at its highest
	rest    float32 // of the training that is still to come, from 1 to 0
}

// A batch is cut into a fixed number of shards, so that the sums of slopes, and
// with them the model, do not depend on the number of processors.
const shardsPerBatch = 4

func newSchool(net *network, d dropout, rate float32) *school {
	s := &school{
		net: net, rate: rate, rest: 1, opt: neural.Adam{Beta1: 0.9, Beta2: 0.98},
		rowGrad: make([]float32, len(net.rows.W)), isHit: make([]bool, net.rows.Rows),
	}
	for i := range s.shards {
		s.shards[i] = newShard(net, &s.turned, d)
	}
	return s
}

// step learns from one batch.
func (s *school) step(batch []*lesson, seed uint64) report {
	words := 0
	for _, l := range batch {
		words += len(l.rows)
	}
	s.turned.set(s.net)
	parts := cutBatch(batch, words)
	var wg sync.WaitGroup
	for i, sh := range s.shards {
		wg.Go(func() { sh.learn(parts[i], seed*shardsPerBatch+uint64(i), 1/float32(words)) })
	}
	wg.Wait()
	var r report
	for _, sh := range s.shards {
		r.add(&sh.report)
	}
	s.update(parts)
	return r
}

func (r *report) add(o *report) {
	r.words += o.words
	r.arcs += o.arcs
	r.rels += o.rels
	r.tags += o.tags
	r.loss += o.loss
}

// cutBatch gives each shard about the same number of words.
func cutBatch(batch []*lesson, words int) [shardsPerBatch][]*lesson {
	var out [shardsPerBatch][]*lesson
	seen := 0
	for _, l := range batch {
		i := min(seen*shardsPerBatch/words, shardsPerBatch-1)
		out[i] = append(out[i], l)
		seen += len(l.rows)
	}
	return out
}

// warm is the number of steps in which the rate rises.
const warm = 200

// update moves all weights by the slopes that the shards have found, summed in
// the order of the shards.
func (s *school) update(parts [shardsPerBatch][]*lesson) {
	s.opt.Rate = s.rate * min(float32(s.done+1)/warm, 1) * s.rest
	s.done++
	s.opt.Tick()
	for i, p := range s.net.dense() {
		g := s.shards[0].grads[i]
		for _, sh := range s.shards[1:] {
			neural.Axpy(g, 1, sh.grads[i])
		}
		s.opt.Step(p, 0, g)
	}
	s.touched = s.touched[:0]
	d := s.net.In
	for i, part := range parts {
		g := s.shards[i].rowGrad
		for _, l := range part {
			for _, rows := range l.rows {
				for _, r := range rows {
					if r >= 0 {
						if !s.isHit[r] {
							s.isHit[r] = true
							s.touched = append(s.touched, r)
						}
						neural.Axpy(s.rowGrad[int(r)*d:(int(r)+1)*d], 1, g[:d])
					}
				}
				g = g[d:]
			}
		}
	}
	for _, r := range s.touched {
		g := s.rowGrad[int(r)*d : (int(r)+1)*d]
		s.opt.Step(s.net.rows, int(r)*d, g)
		clear(g)
		s.isHit[r] = false
	}
}

// batches cuts an order of sentences into batches of about so many words.
func batches(order []*example, words int) [][]*example {
	var out [][]*example
	from, n := 0, 0
	for i, ex := range order {
		n += len(ex.forms)
		if n >= words || i == len(order)-1 {
			out = append(out, order[from:i+1])
			from, n = i+1, 0
		}
	}
	return out
}

// trainNetwork learns vectors from plain text, then the network from the
// treebanks, and from what teachers make of plain text if the recipe has any.
func (t *trainer) trainNetwork(ctx context.Context) error {
	texts, err := t.texts()
	if err != nil {
		return err
	}
	for _, r := range t.rels {
		t.isFlat = append(t.isFlat, base(r) == "flat")
	}
	t.names = newNamePool(t.train, t.isFlat)
	rnd := learn.Rand(t.Recipe.Seed + 4)
	if t.known, err = neural.LearnVectors(ctx, texts, t.Recipe.Network.In, t.Recipe.leastStories(), &rnd); err != nil {
		return err
	}
	t.Log("vectors of %d words", len(t.known.Rows))
	t.vocab = t.vocabulary(nil)
	var plain []example
	if t.Recipe.Teachers != nil {
		if plain, err = t.teach(ctx); err != nil {
			return err
		}
		t.vocab = t.vocabulary(plain)
	}
	t.net, err = t.learnTrees(ctx, t.Recipe.Seed+3, t.Recipe.Epochs, &t.Recipe.Network, plain)
	return err
}

// learnTrees trains one network with the vocabulary as it is. In each pass it
// learns from all sentences of the treebanks and from some of the plain ones.
func (t *trainer) learnTrees(ctx context.Context, seed uint64, epochs int, n *Network, plain []example) (*network, error) {
	rnd := learn.Rand(seed)
	s := shape{
		In: n.In, Hidden: n.Hidden, Layers: n.Layers, Arc: n.Arc, Label: n.Label,
		Tags: neural.Round(int(story.X) + 1), Feats: neural.Round(len(t.bundles)), Rels: neural.Round(len(t.rels)),
	}
	if len(t.bundles) < 2 {
		s.Feats = 0
	}
	perPass := 0
	if len(plain) > 0 {
		perPass = min(t.Recipe.Teachers.PerPass, len(plain))
	}
	net := newNetwork(s, len(t.vocab.counts), t.known, &rnd)
	sc := newSchool(net, dropout{in: n.DropIn, hidden: n.DropHidden, head: n.DropHead}, n.Rate)
	order := make([]*example, len(t.train)+perPass)
	for pass := range epochs {
		for i := range t.train {
			order[i] = &t.train[i]
			if again := t.reread[order[i]]; again != nil && rnd.Intn(2) == 0 {
				order[i] = again
			}
		}
		for i := range perPass {
			order[len(t.train)+i] = &plain[(pass*perPass+i)%len(plain)]
		}
		rnd.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		var r report
		all := batches(order, n.Batch)
		for i, b := range all {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			batch := make([]*lesson, len(b))
			for i, ex := range b {
				batch[i] = t.vocab.lesson(ex, &rnd)
			}
			sc.rest = 1 - (float32(pass)+float32(i)/float32(len(all)))/float32(epochs)
			one := sc.step(batch, rnd.Next()>>8)
			r.add(&one)
		}
		w := float64(r.words) / 100
		t.Log("pass %d: arcs %.1f, relations %.1f, tags %.1f", pass+1, float64(r.arcs)/w, float64(r.rels)/w, float64(r.tags)/w)
		if pass%4 == 3 && pass+1 < epochs {
			t.judge(t.pack(net, nil))
		}
	}
	return net, nil
}
