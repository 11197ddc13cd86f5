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
	steps   int
	done    int
	rate    float32
}

// A batch is cut into a fixed number of shards, so that the sums of slopes, and
// with them the model, do not depend on the number of processors.
const shardsPerBatch = 4

// batchWords is about how many words a step learns from.
const batchWords = 700

func newSchool(net *network, d dropout, steps int, rate float32) *school {
	s := &school{
		net: net, steps: steps, rate: rate, opt: neural.Adam{Beta1: 0.9, Beta2: 0.98},
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
	rest := float32(s.steps-s.done) / float32(s.steps)
	s.opt.Rate = s.rate * min(float32(s.done+1)/warm, 1) * max(rest, 0)
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

// batches cuts an order of sentences into batches.
func batches(order []int, words func(int) int) [][]int {
	var out [][]int
	from, n := 0, 0
	for i, o := range order {
		n += words(o)
		if n >= batchWords || i == len(order)-1 {
			out = append(out, order[from:i+1])
			from, n = i+1, 0
		}
	}
	return out
}

// trainNetwork trains the network on the treebanks.
func (t *trainer) trainNetwork(ctx context.Context) error {
	rnd := learn.Rand(t.Recipe.Seed + 3)
	texts, err := t.texts()
	if err != nil {
		return err
	}
	n := &t.Recipe.Network
	t.vocab = t.vocabulary()
	for _, r := range t.rels {
		t.vocab.isFlat = append(t.vocab.isFlat, base(r) == "flat")
	}
	t.vocab.names = newNamePool(t.train, t.vocab.isFlat)
	if t.vocab.known, err = learnVectors(ctx, texts, n.In, t.Recipe.leastStories(), t.Recipe.Seed+4); err != nil {
		return err
	}
	t.Log("vectors of %d words, %d other features", len(t.vocab.known.rows), len(t.vocab.counts))
	s := shape{
		In: n.In, Hidden: n.Hidden, Layers: n.Layers, Arc: n.Arc, Label: n.Label,
		Tags: neural.Round(int(story.X) + 1), Feats: neural.Round(len(t.bundles)), Rels: neural.Round(len(t.rels)),
	}
	if len(t.bundles) < 2 {
		s.Feats = 0
	}
	t.net = newNetwork(s, len(t.vocab.counts), t.vocab.known, &rnd)
	words := func(i int) int { return len(t.train[i].forms) }
	perPass := len(batches(ordered(len(t.train)), words))
	sc := newSchool(t.net, dropout{in: n.DropIn, hidden: n.DropHidden, head: n.DropHead}, perPass*t.Recipe.Epochs, n.Rate)
	order := ordered(len(t.train))
	for pass := range t.Recipe.Epochs {
		rnd.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		var r report
		for _, b := range batches(order, words) {
			if err := ctx.Err(); err != nil {
				return err
			}
			batch := make([]*lesson, len(b))
			for i, at := range b {
				batch[i] = t.vocab.lesson(&t.train[at], &rnd)
			}
			one := sc.step(batch, rnd.Next()>>8)
			r.add(&one)
		}
		w := float64(r.words) / 100
		t.Log("pass %d: arcs %.1f, relations %.1f, tags %.1f", pass+1, float64(r.arcs)/w, float64(r.rels)/w, float64(r.tags)/w)
		if pass%4 == 3 && pass+1 < t.Recipe.Epochs {
			t.judge(t.pack(nil))
		}
	}
	return nil
}
