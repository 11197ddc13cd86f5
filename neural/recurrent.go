package neural

// Random gives 64 random bits at a time.
type Random interface{ Next() uint64 }

// Fill draws weights from a distribution of the given deviation (the sum of four
// even draws, near enough to the normal).
func Fill(w []float32, deviation float32, rnd Random) {
	for i := range w {
		r := rnd.Next()
		sum := int64(r&0xffff) + int64(r>>16&0xffff) + int64(r>>32&0xffff) + int64(r>>48) - 2*0xffff
		w[i] = deviation * float32(sum) / (0xffff * 0.57735)
	}
}

// Stack is layers of light recurrent cells, in both directions, in training
// (the minimal gated unit whose gates see the word alone; Lei and others 2018).
// From the second layer on a cell may show what it read instead.
type Stack struct {
	In, Hidden int
	Weights    []*Param // of each layer: in × 6·Hidden
	Bias       []*Param
}

// NewStack returns a stack of layers with random weights.
func NewStack(in, hidden, layers int, rnd Random) *Stack {
	s := &Stack{In: in, Hidden: hidden}
	for l := range layers {
		w := NewParam(s.in(l), s.gates())
		Fill(w.W, root(1.5/float32(s.in(l))), rnd)
		s.Weights = append(s.Weights, w)
		s.Bias = append(s.Bias, NewParam(1, s.gates()))
	}
	return s
}

func (s *Stack) in(l int) int {
	if l == 0 {
		return s.In
	}
	return 2 * s.Hidden
}

func (s *Stack) gates() int { return 6 * s.Hidden }

// Params returns all that is learned, in a fixed order.
func (s *Stack) Params() []*Param { return append(append([]*Param(nil), s.Weights...), s.Bias...) }

// StackPass is the memory of one goroutine in which a stack reads sentences and
// finds the slopes of its weights.
type StackPass struct {
	X     [][]float32 // what each layer reads; the last is what the stack gives
	Grads [][]float32 // slopes, in the order of Params
	mask  [][]float32
	u     [][]float32 // gates before the nonlinearity
	mem   [][]float32
	turn  []float32
	none  []float32 // zeros
	waste []float32 // slopes of none
	work  Work
}

// NewPass returns the memory for a stack.
func (s *Stack) NewPass() *StackPass {
	k := len(s.Weights)
	p := &StackPass{X: make([][]float32, k+1), mask: make([][]float32, k+1), u: make([][]float32, k), mem: make([][]float32, k)}
	p.none, p.waste = make([]float32, s.Hidden), make([]float32, s.Hidden)
	for _, q := range s.Params() {
		p.Grads = append(p.Grads, make([]float32, len(q.W)))
	}
	return p
}

// Forward reads sentences that begin at starts, whose last is the number of
// words; p.X[0] holds their words. Of what a layer gives, the share drop is left
// out.
func (s *Stack) Forward(p *StackPass, starts []int, drop float32, rnd Random) {
	words := starts[len(starts)-1]
	for l := range s.Weights {
		p.u[l] = Sized(p.u[l], words*s.gates())
		p.work.Gemm(p.u[l], p.X[l], s.Weights[l].W, words, s.gates(), s.in(l))
		AddBias(p.u[l], s.Bias[l].W)
		p.mem[l], p.X[l+1] = Sized(p.mem[l], words*2*s.Hidden), Sized(p.X[l+1], words*2*s.Hidden)
		for i, a := range starts[:len(starts)-1] {
			b := starts[i+1]
			for w := a; w < b; w++ {
				g := s.gatesOf(p, l, 0, w, w-1, w == a)
				g.Forward()
			}
			for w := b - 1; w >= a; w-- {
				g := s.gatesOf(p, l, 1, w, w+1, w == b-1)
				g.Forward()
			}
		}
		p.mask[l+1] = DropMask(p.mask[l+1], len(p.X[l+1]), drop, rnd)
		masked(p.X[l+1], p.mask[l+1])
	}
}

// gatesOf is the step of a word in one direction; the word before it is read
// unless it is the first.
func (s *Stack) gatesOf(p *StackPass, l, dir, w, before int, first bool) Gates {
	h := s.Hidden
	at := w*2*h + dir*h
	g := Gates{Gates: p.u[l][3*at:][:3*h], Before: p.none, Skip: p.none, Mem: p.mem[l][at:][:h], Out: p.X[l+1][at:][:h]}
	if !first {
		g.Before = p.mem[l][before*2*h+dir*h:][:h]
	}
	if l > 0 {
		g.Skip = p.X[l][at:][:h]
	}
	return g
}

// Backward adds the slopes of the weights to p.Grads, given those of what the
// stack gave in the last Forward, and returns those of what it read.
func (s *Stack) Backward(p *StackPass, starts []int, dx []float32) []float32 {
	words, k := starts[len(starts)-1], len(s.Weights)
	for l := k - 1; l >= 0; l-- {
		masked(dx, p.mask[l+1])
		du := make([]float32, words*s.gates())
		back := make([]float32, words*s.in(l))
		dc := make([]float32, s.Hidden)
		for i, a := range starts[:len(starts)-1] {
			b := starts[i+1]
			clear(dc)
			for w := b - 1; w >= a; w-- {
				s.backCell(p, l, 0, w, w-1, w == a, dx, du, back, dc)
			}
			clear(dc)
			for w := a; w < b; w++ {
				s.backCell(p, l, 1, w, w+1, w == b-1, dx, du, back, dc)
			}
		}
		p.work.GemmTA(p.Grads[l], p.X[l], du, s.in(l), s.gates(), words)
		SumRows(p.Grads[k+l], du)
		p.turn = Sized(p.turn, len(s.Weights[l].W))
		Transpose(p.turn, s.Weights[l].W, s.in(l), s.gates())
		p.work.Gemm(back, du, p.turn, words, s.in(l), s.gates())
		dx = back
	}
	return dx
}

// backCell finds the slopes of one step; dc comes from the word that read this
// one's memory and goes to the one before.
func (s *Stack) backCell(p *StackPass, l, dir, w, before int, first bool, dx, du, back, dc []float32) {
	h := s.Hidden
	at := w*2*h + dir*h
	g := s.gatesOf(p, l, dir, w, before, first)
	dskip := p.waste
	if l > 0 {
		dskip = back[at:][:h]
	}
	g.Back(dx[at:][:h], du[3*at:][:3*h], dskip, dc)
}

// DropMask fills a mask of n values that are 0 with probability p and else make
// up for it; nil where p is 0.
func DropMask(to []float32, n int, p float32, rnd Random) []float32 {
	if p == 0 {
		return nil
	}
	if cap(to) < n {
		to = make([]float32, n, n+n/4)
	}
	to = to[:n]
	limit, keep := uint64(p*65536), 1/(1-p)
	for i := 0; i < n; {
		r := rnd.Next()
		for range 4 {
			if i == n {
				break
			}
			to[i] = keep
			if r&0xffff < limit {
				to[i] = 0
			}
			r >>= 16
			i++
		}
	}
	return to
}

// masked multiplies values by a mask; nil leaves them as they are.
func masked(v, mask []float32) {
	if mask != nil {
		Multiply(v, mask)
	}
}

// Sized returns a slice of n zeros, in the old memory where that is enough.
func Sized(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}
