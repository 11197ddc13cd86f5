package tagger

import (
	"kawat/learn"
	"kawat/neural"
)

// lesson is a sentence with the rows of its words.
type lesson struct {
	rows  [][]int32
	known []int32
	gold  []uint8
	tags  []uint8
}

// shard computes the slopes of a part of a batch; shards share the weights alone.
type shard struct {
	n       *network
	pass    *neural.StackPass
	work    neural.Work
	field   field
	rnd     learn.Rand
	grads   [][]float32 // in the order of network.dense
	rowGrad []float32   // of what the rows of each word sum up to
	known   []float32
	mask    []float32
	y, tag  []float32
	turn    []float32

	words, right, tags, tagsRight int
}

func newShard(n *network) *shard {
	s := &shard{n: n, pass: n.stack.NewPass()}
	s.grads = append(s.grads, s.pass.Grads...)
	for _, p := range n.dense()[len(s.grads):] {
		s.grads = append(s.grads, make([]float32, len(p.W)))
	}
	return s
}

// Places of the parameters behind those of the stack.
const (
	atProject = iota
	atOut
	atOutBias
	atMoves
	atTags
	atTagBias
)

func (s *shard) grad(i int) []float32 { return s.grads[len(s.pass.Grads)+i] }

// learn finds the slopes of some sentences; scale divides them.
func (s *shard) learn(batch []lesson, seed uint64, scale float32) {
	s.words, s.right, s.tags, s.tagsRight = 0, 0, 0, 0
	for _, g := range s.grads {
		clear(g)
	}
	s.rowGrad = s.rowGrad[:0]
	if len(batch) == 0 {
		return
	}
	s.rnd = learn.Rand(seed)
	n, h := s.n, 2*s.n.Hidden
	starts := []int{0}
	words := 0
	for i := range batch {
		words += len(batch[i].rows)
		starts = append(starts, words)
	}
	s.input(batch, words)
	n.stack.Forward(s.pass, starts, dropHidden, &s.rnd)
	top := s.pass.X[n.Layers]
	s.y = neural.Sized(s.y, words*outWidth)
	s.work.Gemm(s.y, top, n.out.W, words, outWidth, h)
	neural.AddBias(s.y, n.outBias.W)
	s.tag = neural.Sized(s.tag, words*n.tags.Cols)
	s.work.Gemm(s.tag, top, n.tags.W, words, n.tags.Cols, h)
	neural.AddBias(s.tag, n.tagBias.W)
	dy := make([]float32, len(s.y))
	s.field.begin(n)
	for i := range batch {
		l, a := &batch[i], starts[i]
		if l.gold != nil {
			s.right += s.field.learn(s.y[a*outWidth:], dy[a*outWidth:], l.gold, s.grad(atMoves), scale)
			s.words += len(l.gold)
		}
		s.learnTags(l, s.tag[a*n.tags.Cols:], scale*tagWeight)
	}
	dx := make([]float32, words*h)
	s.back(dx, dy, top, n.out, atOut, words)
	s.back(dx, s.tag, top, n.tags, atTags, words)
	d := n.stack.Backward(s.pass, starts, dx)
	neural.Multiply(d, s.mask)
	s.work.GemmTA(s.grad(atProject), s.known, d, n.In, n.In, words)
	s.rowGrad = d
}

// input sums up the rows of the words.
func (s *shard) input(batch []lesson, words int) {
	n, d := s.n, s.n.In
	x := neural.Sized(s.pass.X[0], words*d)
	s.pass.X[0], s.known = x, neural.Sized(s.known, words*d)
	at := 0
	for i := range batch {
		for w, rows := range batch[i].rows {
			if r := int(batch[i].known[w]); r >= 0 {
				copy(s.known[at*d:], n.vectors.Data[r*d:(r+1)*d])
			}
			for _, r := range rows {
				neural.Axpy(x[at*d:(at+1)*d], 1, n.rows.W[int(r)*d:(int(r)+1)*d])
			}
			at++
		}
	}
	s.work.Gemm(x, s.known, n.project.W, words, d, d)
	s.mask = neural.DropMask(s.mask, len(x), dropIn, &s.rnd)
	neural.Multiply(x, s.mask)
}

// learnTags turns the scores of tags into their slopes.
func (s *shard) learnTags(l *lesson, scores []float32, scale float32) {
	k := s.n.tags.Cols
	for w := range l.rows {
		row := scores[w*k:][:k]
		if l.tags == nil || l.tags[w] == 0 {
			clear(row)
			continue
		}
		_, ok := neural.Softmax(row, int(l.tags[w]))
		s.tags++
		if ok {
			s.tagsRight++
		}
		for i := range row {
			row[i] *= scale
		}
	}
}

// back adds the slopes of an output layer, whose bias follows it, and those of
// what it read to dx.
func (s *shard) back(dx, dy, top []float32, p *neural.Param, at, words int) {
	s.work.GemmTA(s.grad(at), top, dy, p.Rows, p.Cols, words)
	neural.SumRows(s.grad(at+1), dy)
	s.turn = neural.Sized(s.turn, len(p.W))
	neural.Transpose(s.turn, p.W, p.Rows, p.Cols)
	s.work.Gemm(dx, dy, s.turn, words, p.Rows, p.Cols)
}
