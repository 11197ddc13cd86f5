package syntax

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"kawat/learn"
	"kawat/neural"
	"kawat/story"
)

// Teachers are networks that differ only in their seed. Together they read
// better than one; what they make of plain text is learned by the network that
// ships, which costs no more to use (after Kuncoro and others 2016, who distil
// an ensemble of parsers, and self-training).
type Teachers struct {
	Count   int     `json:"count"`
	Epochs  int     `json:"epochs"`
	Network Network `json:"network"`
	// Sentences is how many sentences of plain text they read, PerPass how many
	// of them the network learns from beside the treebanks in one pass.
	Sentences int `json:"sentences"`
	PerPass   int `json:"per_pass"`
}

// complete fills in what a recipe leaves out, and checks the rest.
func (t *Teachers) complete(r *Recipe) error {
	if t == nil {
		return nil
	}
	t.Network.In = r.Network.In
	if err := t.Network.complete(); err != nil {
		return err
	}
	if t.Count < 1 || t.Epochs < 1 || t.Sentences < 1 || t.PerPass < 1 || r.Raw == nil {
		return errors.New("train.json: teachers want count, epochs, sentences, per_pass, and plain text to read (raw)")
	}
	return nil
}

// Bounds of the sentences of plain text that are learned from, in words.
const (
	leastTaught = 4
	mostTaught  = 60
)

// plainSentences cuts sentences out of the plain text, evenly over the whole of
// it, each once. Half of them are to be read in the default style, the others in
// the remaining ones by turns.
func (t *trainer) plainSentences() ([]example, error) {
	var all []example
	seen := map[uint64]bool{}
	err := t.eachText(func(st *story.Story) {
		for i := range st.Sents {
			s := &st.Sents[i]
			n := int(s.EndWord - s.FirstWord)
			key := learn.Hash(st.Slice(s.Span))
			if n < leastTaught || n > mostTaught || seen[key] {
				continue
			}
			seen[key] = true
			ex := example{featless: true, glued: make([]bool, n)}
			for w := s.FirstWord; w < s.EndWord; w++ {
				ex.forms = append(ex.forms, st.Word(w).Form)
			}
			all = append(all, ex)
		}
	})
	if err != nil {
		return nil, err
	}
	want := min(t.Recipe.Teachers.Sentences, len(all))
	out := make([]example, want)
	for i := range out {
		out[i] = all[i*len(all)/want]
		if others := len(t.Recipe.Styles) - 1; others > 0 && i%2 == 1 {
			out[i].domain = 1 + i/2%others
		}
	}
	return out, nil
}

// teach trains the teachers and lets them read plain text.
func (t *trainer) teach(ctx context.Context) ([]example, error) {
	how := t.Recipe.Teachers
	var nets []*network
	for i := range how.Count {
		t.Log("teacher %d", i+1)
		net, err := t.learnTrees(ctx, t.Recipe.Seed+100*uint64(i+1), how.Epochs, &how.Network, nil)
		if err != nil {
			return nil, err
		}
		nets = append(nets, net)
	}
	for i := range t.dev {
		d := &t.dev[i]
		read := make([]example, len(d.examples))
		for k := range read {
			read[k] = example{forms: d.examples[k].forms, domain: t.domains[d.style]}
		}
		if err := t.readTogether(ctx, nets, read); err != nil {
			return nil, err
		}
		t.logTogether(d, read)
	}
	plain, err := t.plainSentences()
	if err != nil {
		return nil, err
	}
	t.Log("%d sentences of plain text", len(plain))
	if err := t.readTogether(ctx, nets, plain); err != nil {
		return nil, err
	}
	return plain, t.readDoubted(ctx, nets)
}

// readDoubted lets teachers read the sentences whose trees a program made. They
// have learned from those trees too, but from all of them at once: a mistake that
// nothing else supports is doubted.
func (t *trainer) readDoubted(ctx context.Context, nets []*network) error {
	var of []*example
	var read []example
	for i := range t.train {
		if ex := &t.train[i]; ex.doubted {
			of = append(of, ex)
			read = append(read, example{forms: ex.forms, glued: ex.glued, domain: ex.domain, featless: ex.featless})
		}
	}
	if err := t.readTogether(ctx, nets, read); err != nil {
		return err
	}
	t.reread = map[*example]*example{}
	for i, ex := range of {
		t.reread[ex] = &read[i]
	}
	return nil
}

// logTogether says how the teachers read a dev set together.
func (t *trainer) logTogether(d *devSet, read []example) {
	var words, tags, heads, rels int
	for i := range read {
		for j, right := range d.examples[i].heads {
			words++
			if read[i].tags[j] == d.examples[i].tags[j] {
				tags++
			}
			if read[i].heads[j] == right {
				heads++
				if base(t.rels[read[i].rels[j]]) == base(d.examples[i].relNames[j]) {
					rels++
				}
			}
		}
	}
	w := float64(words) / 100
	t.Log("teachers on %s: UPOS %.2f UAS %.2f LAS %.2f", d.name, float64(tags)/w, float64(heads)/w, float64(rels)/w)
}

// reader reads with several networks at once; it is the memory of one goroutine.
type reader struct {
	t      *trainer
	shards []*shard
	tree   treeFinder
}

// taughtWords is about how many words are read at once.
const taughtWords = 300

// readTogether fills tags, heads, relations and aims of sentences. What comes
// out does not depend on how they are spread over the processors.
func (t *trainer) readTogether(ctx context.Context, nets []*network, of []example) error {
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for k := range workers {
		wg.Go(func() {
			r := &reader{t: t}
			for _, n := range nets {
				r.shards = append(r.shards, newShard(n, nil, dropout{}))
			}
			mine := of[k*len(of)/workers : (k+1)*len(of)/workers]
			for len(mine) > 0 && ctx.Err() == nil {
				n, words := 0, 0
				for n < len(mine) && words < taughtWords {
					words += len(mine[n].forms)
					n++
				}
				r.read(mine[:n])
				mine = mine[n:]
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

func (r *reader) read(of []example) {
	batch := make([]*lesson, len(of))
	for i := range of {
		batch[i] = r.t.vocab.lesson(&of[i], nil)
	}
	for _, s := range r.shards {
		s.forward(batch)
		s.queries()
	}
	heads := make([][][]float32, len(of)) // of each sentence's words, summed over the teachers
	for i := range of {
		heads[i] = r.heads(i, &of[i])
	}
	for _, s := range r.shards {
		s.joinRelations(func(i, w int) int { return int(of[i].heads[w]) })
	}
	for i := range of {
		r.answer(i, &of[i], heads[i])
	}
}

// heads finds the best tree of a sentence under the sum of all scores, and
// returns how probable each head of each word is.
func (r *reader) heads(i int, ex *example) [][]float32 {
	k := len(ex.forms)
	sums := make([][]float32, k)
	both := make([]int32, k*(k+1))
	for _, s := range r.shards {
		scores, _, width := s.scores(i)
		for w := range k {
			row := scores[w*width:][:k+1]
			for h, v := range row {
				both[w*(k+1)+h] += int32(v * (1 << scoreBits / 16))
			}
			row[w] = -1e30
			sums[w] = addProbable(sums[w], row)
		}
	}
	ex.heads = make([]int32, k)
	r.tree.find(both, k, k+1, ex.heads)
	return sums
}

// addProbable adds the probabilities that scores give to sums.
func addProbable(sums, scores []float32) []float32 {
	if sums == nil {
		sums = make([]float32, len(scores))
	}
	neural.Softmax(scores, 0)
	scores[0]++
	neural.Axpy(sums, 1, scores)
	return sums
}

// answer fills in what the teachers hold of the words of a sentence.
func (r *reader) answer(i int, ex *example, heads [][]float32) {
	k := len(ex.forms)
	ex.tags, ex.rels, ex.feats = make([]uint8, k), make([]uint8, k), make([]int16, k)
	ex.aims = &aims{}
	n := r.shards[0].n
	from := 2*n.Arc + 2*n.Label
	for w := range k {
		var tags, feats, rels []float32
		for _, s := range r.shards {
			at := s.start[i] + w
			y := s.y[at*n.shape.heads()+from:]
			tags = addProbable(tags, y[:n.Tags])
			if n.Feats > 0 {
				feats = addProbable(feats, y[n.Tags:][:n.Feats])
			}
			rels = addProbable(rels, s.out[at*n.Rels:][:n.Rels])
		}
		ex.aims.add(tags)
		ex.aims.add(feats)
		ex.aims.add(heads[w])
		ex.aims.add(rels)
		ex.tags[w], ex.rels[w] = uint8(top(tags)), uint8(top(rels))
		if n.Feats > 0 {
			ex.feats[w] = int16(top(feats))
		}
	}
}

// top returns the place of the highest value, the first of equals.
func top(v []float32) int {
	best := 0
	for i, s := range v {
		if s > v[best] {
			best = i
		}
	}
	return best
}
