package tagger

import (
	"context"
	"errors"
	"slices"
	"sync"

	"kawat/learn"
	"kawat/neural"
)

// Options are what a training needs.
type Options struct {
	Shape
	Labels []string
	Tags   int // the highest of the examples' tags
	Epochs int
	Rate   float32 // of learning, at its highest
	Seed   uint64
	// Texts are words in lower case, text by text, of which vectors are learned;
	// words in fewer than LeastTexts texts get none.
	Texts      [][]uint64
	LeastTexts int
	// Pass gives the examples of a pass, so that they may be varied; that of pass
	// 0 settles which features have a row.
	Pass func(pass int) []Example
	Log  func(format string, args ...any)
}

// Least number of times that a feature stands in the examples to have a row.
const (
	leastForm    = 2
	leastFeature = 4
)

// shards is how many parts of a batch are learned side by side: a fixed number,
// so that the model does not depend on the machine.
const shards = 4

// batchWords is about how many words a step learns from.
const batchWords = 400

// Shares that are left out in training.
const (
	dropIn     = 0.2
	dropHidden = 0.35
	tagWeight  = 0.3 // what a tag counts beside a label
	warm       = 100 // steps in which the rate rises
)

type trainer struct {
	Options
	net    *network
	rows   map[uint64]int32
	counts []int32
	opt    neural.Adam
	shards [shards]*shard
	grad   []float32 // of rows
	hit    []bool
	steps  int
	done   int
	rnd    learn.Rand
}

// Train trains a model. The result depends on nothing but its arguments.
func Train(ctx context.Context, o Options) (*Model, error) {
	if err := checkLabels(o.Labels); err != nil {
		return nil, err
	}
	if o.In%neural.Round(1) != 0 || o.Hidden%neural.Round(1) != 0 || o.In < 1 || o.Hidden < 1 || o.Layers < 1 {
		return nil, errors.New("tagger: widths must be multiples of 16")
	}
	t := &trainer{Options: o, rnd: learn.Rand(o.Seed), opt: neural.Adam{Beta1: 0.9, Beta2: 0.98}}
	vecRnd := learn.Rand(o.Seed + 1)
	vectors, err := neural.LearnVectors(ctx, o.Texts, o.In, o.LeastTexts, &vecRnd)
	if err != nil {
		return nil, err
	}
	examples := o.Pass(0)
	t.vocabulary(examples)
	t.log("vectors of %d words, %d other rows, %d sentences", len(vectors.Rows), len(t.rows), len(examples))
	t.net = newNetwork(o.Shape, o.Labels, len(t.counts), o.Tags, vectors, &t.rnd)
	t.grad, t.hit = make([]float32, len(t.net.rows.W)), make([]bool, len(t.counts))
	for i := range t.shards {
		t.shards[i] = newShard(t.net)
	}
	for pass := range o.Epochs {
		if pass > 0 {
			examples = o.Pass(pass)
		}
		t.rnd.Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
		if err := t.pass(ctx, pass, examples); err != nil {
			return nil, err
		}
	}
	return t.net.freeze(t.rows), nil
}

func (t *trainer) log(format string, args ...any) {
	if t.Log != nil {
		t.Log(format, args...)
	}
}

// vocabulary numbers the features that are common enough.
func (t *trainer) vocabulary(examples []Example) {
	counts := map[uint64]int32{unknownForm: leastFeature}
	for i := range examples {
		counts[styleFeature(examples[i].Style)] = leastFeature
		for _, w := range examples[i].Words {
			counts[formFeature(w.Form)] += leastFeature / leastForm
			for _, f := range w.Feats {
				counts[f]++
			}
		}
	}
	var keys []uint64
	for k, n := range counts {
		if n >= leastFeature {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	t.rows = make(map[uint64]int32, len(keys))
	for i, k := range keys {
		t.rows[k] = int32(i)
		t.counts = append(t.counts, counts[k])
	}
}

// pass learns once from all examples.
func (t *trainer) pass(ctx context.Context, pass int, examples []Example) error {
	batches := cutBatches(examples)
	t.steps = len(batches) * t.Epochs
	var words, right, tags, tagsRight int
	for _, b := range batches {
		if err := ctx.Err(); err != nil {
			return err
		}
		t.step(b)
		for _, s := range t.shards {
			words, right, tags, tagsRight = words+s.words, right+s.right, tags+s.tags, tagsRight+s.tagsRight
		}
	}
	t.log("pass %d: labels %.2f, tags %.2f", pass+1, 100*float64(right)/float64(max(words, 1)), 100*float64(tagsRight)/float64(max(tags, 1)))
	return nil
}

func cutBatches(examples []Example) (out [][]Example) {
	from, n := 0, 0
	for i := range examples {
		n += len(examples[i].Words)
		if n >= batchWords || i == len(examples)-1 {
			out = append(out, examples[from:i+1])
			from, n = i+1, 0
		}
	}
	return out
}

// step learns from one batch.
func (t *trainer) step(batch []Example) {
	words := 0
	for i := range batch {
		words += len(batch[i].Words)
	}
	var parts [shards][]lesson
	seen := 0
	for i := range batch {
		k := min(seen*shards/max(words, 1), shards-1)
		parts[k] = append(parts[k], t.lesson(&batch[i]))
		seen += len(batch[i].Words)
	}
	seed := t.rnd.Next()
	var wg sync.WaitGroup
	for i, s := range t.shards {
		wg.Go(func() { s.learn(parts[i], seed+uint64(i), 1/float32(words)) })
	}
	wg.Wait()
	t.update(parts)
}

// lesson finds the rows of a sentence's words, some forms forgotten so that
// unknown ones are learned too.
func (t *trainer) lesson(ex *Example) lesson {
	l := lesson{gold: ex.Gold, tags: ex.Tags}
	style := t.rows[styleFeature(ex.Style)]
	for i := range ex.Words {
		w := &ex.Words[i]
		known := t.net.vectors.Row(w.Form)
		if t.rnd.Intn(100) < 10 {
			known = neural.NoRow
		}
		r, ok := t.rows[formFeature(w.Form)]
		if !ok || t.rnd.Intn(1000) < 4000/(int(t.counts[r])+4) {
			r = t.rows[unknownForm]
		}
		rows := []int32{r, style}
		for _, f := range w.Feats {
			if r, ok := t.rows[f]; ok {
				rows = append(rows, r)
			}
		}
		l.rows, l.known = append(l.rows, rows), append(l.known, known)
	}
	return l
}

// update moves all weights by the slopes that the shards have found, summed in
// the order of the shards.
func (t *trainer) update(parts [shards][]lesson) {
	rest := float32(t.steps-t.done) / float32(t.steps)
	t.opt.Rate = t.Rate * min(float32(t.done+1)/warm, 1) * max(rest, 0)
	t.done++
	t.opt.Tick()
	for i, p := range t.net.dense() {
		g := t.shards[0].grads[i]
		for _, s := range t.shards[1:] {
			neural.Axpy(g, 1, s.grads[i])
		}
		t.opt.Step(p, 0, g)
	}
	d := t.net.In
	var touched []int32
	for i, part := range parts {
		g := t.shards[i].rowGrad
		for _, l := range part {
			for _, rows := range l.rows {
				for _, r := range rows {
					if !t.hit[r] {
						t.hit[r] = true
						touched = append(touched, r)
					}
					neural.Axpy(t.grad[int(r)*d:][:d], 1, g[:d])
				}
				g = g[d:]
			}
		}
	}
	for _, r := range touched {
		g := t.grad[int(r)*d:][:d]
		t.opt.Step(t.net.rows, int(r)*d, g)
		clear(g)
		t.hit[r] = false
	}
}
