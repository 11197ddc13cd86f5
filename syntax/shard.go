package syntax

import (
	"math"

	"kawat/learn"
	"kawat/neural"
)

// lesson is one sentence as the network learns it.
type lesson struct {
	rows  [][slots]int32 // of each word; noRow where there is none
	known []int32        // its vector of plain text; noRow where there is none
	tags  []uint8
	feats []int16 // bundle of features, negative where the treebank does not say
	heads []int32 // the number of words for the root
	rels  []uint8
	aims  *aims // where teachers read it; nil where a treebank says what is right
}

// shard computes the losses and slopes of a part of a batch. Shards of one
// batch run side by side and share nothing but the weights.
type shard struct {
	n     *network
	turn  *turned
	work  neural.Work
	rnd   learn.Rand
	drop  dropout
	words int
	start []int // of each sentence, then the end

	known  []float32   // vectors of plain text
	x      [][]float32 // what each layer reads
	mask   [][]float32
	u      [][]float32 // gates before the nonlinearity
	mem    [][]float32 // memory
	y      []float32   // all heads
	ad, ah []float32   // arcs: dependents, heads
	q      []float32
	hid    []float32 // relations
	out    []float32
	masks  [3][]float32
	zeros  []float32

	grads   [][]float32 // of dense parameters, in order
	rowGrad []float32   // of what each word's rows sum up to
	report  report
}

// dropout says how much is left out in training.
type dropout struct{ in, hidden, head float32 }

// report counts how the training set is read on the way.
type report struct {
	words, arcs, rels, tags int
	loss                    float64
}

// turned holds the transposed weights that slopes flow back through.
type turned struct {
	layers [][]float32
	heads  []float32
	arc    []float32
	rel    []float32
}

func (t *turned) set(n *network) {
	for l, p := range n.layers {
		if len(t.layers) <= l {
			t.layers = append(t.layers, nil)
		}
		t.layers[l] = turn(t.layers[l], p)
	}
	t.heads, t.arc, t.rel = turn(t.heads, n.heads), turn(t.arc, n.arc), turn(t.rel, n.rel)
}

func turn(to []float32, p *neural.Param) []float32 {
	to = sized(to, len(p.W))
	neural.Transpose(to, p.W, p.Rows, p.Cols)
	return to
}

// sized returns a slice of n zeros, in the old memory where that is enough.
func sized(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

func newShard(n *network, t *turned, d dropout) *shard {
	s := &shard{n: n, turn: t, drop: d, zeros: make([]float32, n.Hidden)}
	for _, p := range n.dense() {
		s.grads = append(s.grads, make([]float32, len(p.W)))
	}
	k := n.Layers
	s.x, s.mask, s.u, s.mem = make([][]float32, k+1), make([][]float32, k+1), make([][]float32, k), make([][]float32, k)
	return s
}

// grad returns the slopes of a dense parameter.
func (s *shard) grad(p *neural.Param) []float32 {
	for i, q := range s.n.dense() {
		if q == p {
			return s.grads[i]
		}
	}
	panic("syntax: no such parameter")
}

// begin counts the words of some sentences.
func (s *shard) begin(batch []*lesson) {
	s.start, s.words = s.start[:0], 0
	for _, l := range batch {
		s.start = append(s.start, s.words)
		s.words += len(l.rows)
	}
	s.start = append(s.start, s.words)
}

// dropMask fills a mask of n values that are 0 with probability p and else make
// up for it; nil where p is 0.
func (s *shard) dropMask(to []float32, n int, p float32) []float32 {
	if p == 0 {
		return nil
	}
	if cap(to) < n {
		to = make([]float32, n, n+n/4)
	}
	to = to[:n]
	limit, of := uint64(p*65536), [2]float32{1 / (1 - p), 0}
	for i := 0; i < n; {
		r := s.rnd.Next()
		for range 4 {
			if i == n {
				break
			}
			to[i] = of[(r&0xffff-limit)>>63]
			r >>= 16
			i++
		}
	}
	return to
}

func multiply(v, mask []float32) {
	if mask != nil {
		neural.Multiply(v, mask)
	}
}

// forward computes all but the scores.
func (s *shard) forward(batch []*lesson) {
	n := s.n
	s.begin(batch)
	d := n.In
	s.x[0], s.known = sized(s.x[0], s.words*d), sized(s.known, s.words*d)
	at := 0
	for _, l := range batch {
		for w, rows := range l.rows {
			if r := int(l.known[w]); r >= 0 {
				copy(s.known[at*d:], n.vectors.Data[r*d:(r+1)*d])
			}
			x := s.x[0][at*d : (at+1)*d]
			for _, r := range rows {
				if r >= 0 {
					row := n.rows.W[int(r)*d : (int(r)+1)*d]
					for i, v := range row {
						x[i] += v
					}
				}
			}
			at++
		}
	}
	s.work.Gemm(s.x[0], s.known, n.project.W, s.words, d, d)
	s.mask[0] = s.dropMask(s.mask[0], len(s.x[0]), s.drop.in)
	multiply(s.x[0], s.mask[0])
	for l := range n.Layers {
		s.u[l] = sized(s.u[l], s.words*n.gates())
		s.work.Gemm(s.u[l], s.x[l], n.layers[l].W, s.words, n.gates(), n.in(l))
		neural.AddBias(s.u[l], n.layerBias[l].W)
		s.recur(l)
		s.mask[l+1] = s.dropMask(s.mask[l+1], len(s.x[l+1]), s.drop.hidden)
		multiply(s.x[l+1], s.mask[l+1])
	}
	s.y = sized(s.y, s.words*n.shape.heads())
	s.work.Gemm(s.y, s.x[n.Layers], n.heads.W, s.words, n.shape.heads(), 2*n.Hidden)
	neural.AddBias(s.y, n.headBias.W)
}

// recur runs the memory of a layer through each sentence in both directions.
func (s *shard) recur(l int) {
	n := s.n
	h := n.Hidden
	s.mem[l] = sized(s.mem[l], s.words*2*h)
	s.x[l+1] = sized(s.x[l+1], s.words*2*h)
	for i := range s.start[:len(s.start)-1] {
		a, b := s.start[i], s.start[i+1]
		for w := a; w < b; w++ {
			s.cell(l, 0, w, w-1, w == a)
		}
		for w := b - 1; w >= a; w-- {
			s.cell(l, 1, w, w+1, w == b-1)
		}
	}
}

// gate returns the step of a word in one direction.
func (s *shard) gate(l, dir, w, before int, first bool) neural.Gates {
	h := s.n.Hidden
	at := w*2*h + dir*h
	g := neural.Gates{
		Gates: s.u[l][w*6*h+dir*3*h:][:3*h], Before: s.zeros, Skip: s.zeros,
		Mem: s.mem[l][at:][:h], Out: s.x[l+1][at:][:h],
	}
	if !first {
		g.Before = s.mem[l][before*2*h+dir*h:][:h]
	}
	if l > 0 {
		g.Skip = s.x[l][at:][:h]
	}
	return g
}

// cell makes the memory and output of a word in one direction.
func (s *shard) cell(l, dir, w, before int, first bool) {
	g := s.gate(l, dir, w, before, first)
	g.Forward()
}

// backLayer turns the slopes of a layer's output, dx, into those of its input.
func (s *shard) backLayer(l int, dx []float32, batch []*lesson) []float32 {
	n := s.n
	h := n.Hidden
	multiply(dx, s.mask[l+1])
	du := sized(nil, s.words*6*h)
	skips := sized(nil, s.words*2*h)
	dc := make([]float32, h)
	for i := range batch {
		a, b := s.start[i], s.start[i+1]
		clear(dc)
		for w := b - 1; w >= a; w-- {
			s.backCell(l, 0, w, w-1, w == a, dx, du, skips, dc)
		}
		clear(dc)
		for w := a; w < b; w++ {
			s.backCell(l, 1, w, w+1, w == b-1, dx, du, skips, dc)
		}
	}
	in := n.in(l)
	s.work.GemmTA(s.grad(n.layers[l]), s.x[l], du, in, n.gates(), s.words)
	neural.SumRows(s.grad(n.layerBias[l]), du)
	back := skips
	if l == 0 {
		back = sized(nil, s.words*in)
	}
	s.work.Gemm(back, du, s.turn.layers[l], s.words, in, n.gates())
	return back
}

// backCell is the derivative of cell; dc comes from the word that read this
// one's memory and goes to the one before.
func (s *shard) backCell(l, dir, w, before int, first bool, dx, du, skips, dc []float32) {
	h := s.n.Hidden
	at := w*2*h + dir*h
	g := s.gate(l, dir, w, before, first)
	g.Back(dx[at:][:h], du[w*6*h+dir*3*h:][:3*h], skips[at:][:h], dc)
}

// learn computes the losses of some sentences and the slopes of all weights;
// scale divides them (the words of the whole batch).
func (s *shard) learn(batch []*lesson, seed uint64, scale float32) {
	n := s.n
	s.rnd = learn.Rand(seed)
	for _, g := range s.grads {
		clear(g)
	}
	s.report = report{}
	s.forward(batch)
	width := n.shape.heads()
	dy := sized(nil, s.words*width)
	s.arcs(batch, dy, scale)
	s.relations(batch, dy, scale)
	s.labels(batch, dy, scale)
	neural.SumRows(s.grad(n.headBias), dy)
	s.work.GemmTA(s.grad(n.heads), s.x[n.Layers], dy, 2*n.Hidden, width, s.words)
	dx := sized(nil, s.words*2*n.Hidden)
	s.work.Gemm(dx, dy, s.turn.heads, s.words, 2*n.Hidden, width)
	for l := n.Layers - 1; l >= 0; l-- {
		dx = s.backLayer(l, dx, batch)
	}
	multiply(dx, s.mask[0])
	s.work.GemmTA(s.grad(n.project), s.known, dx, n.In, n.In, s.words)
	s.rowGrad = dx
	s.report.words += s.words
}

// part copies columns of the heads, made positive, and masks them.
func (s *shard) part(to []float32, from, width int, mask []float32) []float32 {
	to = sized(to, s.words*width)
	all := s.n.shape.heads()
	for w := range s.words {
		src := s.y[w*all+from:][:width]
		dst := to[w*width:][:width]
		for i, v := range src {
			if v > 0 {
				dst[i] = v
			}
		}
	}
	multiply(to, mask)
	return to
}

// unpart is the derivative of part.
func (s *shard) unpart(dy, d []float32, from, width int, mask []float32) {
	multiply(d, mask)
	all := s.n.shape.heads()
	for w := range s.words {
		src := s.y[w*all+from:][:width]
		dst := dy[w*all+from:][:width]
		for i, v := range src {
			if v > 0 {
				dst[i] += d[w*width+i]
			}
		}
	}
}

// featWeight is what a bundle of features counts beside an arc: at 1 the many
// bundles slowed the learning of arcs (84.2 against 85.0 UAS after eight passes).
const featWeight = 0.15

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }
