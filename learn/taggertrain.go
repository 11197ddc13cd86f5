package learn

import "context"

// Example is a sequence with its right labels.
type Example struct {
	Feats  Features
	Gold   []uint8 // numbers of labels, one a position
	Domain int     // 0, or the domain that the example comes from
}

// TrainOptions say how a tagger is trained.
type TrainOptions struct {
	Epochs  int    // passes over the examples; 0 is 8
	Seed    uint64 // of the order of the examples
	Domains int    // how many domains there are; see [Trainer]
	Domain  int    // the domain that the finished tagger is for
	Voters  int    // how many trainings, each in another order, are averaged; 0 is 1
	Prune   int    // leave out features whose largest weight is under this many hundredths
}

// TrainTagger trains a tagger. The result depends on nothing but its
// arguments. It stops early, with the context's error, when ctx ends.
func TrainTagger(ctx context.Context, spec TaggerSpec, data []Example, o TrainOptions) (*Tagger, error) {
	var voters []*Trainer
	for range max(o.Voters, 1) {
		tr, err := TrainTaggerWeights(ctx, spec, data, o)
		if err != nil {
			return nil, err
		}
		voters = append(voters, tr)
		o.Seed++
	}
	tr := voters[0]
	if len(voters) > 1 {
		tr = average(voters, o.Domain)
	}
	return PackTagger(spec, tr, o.Domain, o.Prune)
}

// PackTagger makes a tagger for a domain of trained weights.
func PackTagger(spec TaggerSpec, tr *Trainer, domain, prune int) (*Tagger, error) {
	table, err := tr.Pack(domain, prune)
	if err != nil {
		return nil, err
	}
	return newTagger(spec, table), nil
}

// TrainTaggerWeights trains the weights of a tagger, of which taggers for
// several domains can be packed.
func TrainTaggerWeights(ctx context.Context, spec TaggerSpec, data []Example, o TrainOptions) (*Trainer, error) {
	if o.Epochs == 0 {
		o.Epochs = 8
	}
	tr := NewTrainer(len(spec.Labels), o.Domains)
	rnd := Rand(o.Seed)
	order := make([]int, len(data))
	for i := range order {
		order[i] = i
	}
	t := newTagger(spec, nil)
	var s TagScratch
	for range o.Epochs {
		rnd.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if spec.Viterbi {
				t.learnSequence(tr, &s, &data[i])
			} else {
				t.learnGreedy(tr, &s, &data[i])
			}
		}
	}
	return tr, nil
}

// learnGreedy corrects each wrong choice, made after the tagger's own choices,
// as it will be when there is no gold.
func (t *Tagger) learnGreedy(tr *Trainer, s *TagScratch, ex *Example) {
	n := len(t.spec.Labels)
	p1, p2 := n, n
	for i := range ex.Feats.Len() {
		s.feats = contextFeatures(s.feats[:0], ex.Feats.At(i), t.spec.Joint, p1, p2)
		s.zero(n)
		tr.Score(s.feats, ex.Domain, s.scores)
		best := argmax(s.scores, t.allowed[p1*n:p1*n+n])
		tr.Update(s.feats, ex.Domain, int(ex.Gold[i]), best)
		tr.Tick()
		p1, p2 = best, p1
	}
}

// learnSequence moves weight from the best sequence to the right one where
// they differ (Collins 2002).
func (t *Tagger) learnSequence(tr *Trainer, s *TagScratch, ex *Example) {
	score := func(fs []uint64, scores []int32) { tr.Score(fs, ex.Domain, scores) }
	guess := s.viterbi(&t.spec, t.allowed, score, &ex.Feats, nil)
	n := len(t.spec.Labels)
	pg, pb := n, n
	for i := range guess {
		g, b := int(ex.Gold[i]), int(guess[i])
		if g != b {
			s.feats = append(append(s.feats[:0], ex.Feats.At(i)...), seedBias)
			tr.Update(s.feats, ex.Domain, g, b)
		}
		if g != b || pg != pb {
			for _, f := range pairs(nil, ex.Feats.At(i), t.spec.Joint, pg) {
				tr.Add(f, ex.Domain, g, 1)
			}
			for _, f := range pairs(nil, ex.Feats.At(i), t.spec.Joint, pb) {
				tr.Add(f, ex.Domain, b, -1)
			}
		}
		pg, pb = g, b
	}
	tr.Tick()
}
