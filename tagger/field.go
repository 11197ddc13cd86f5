package tagger

import "kawat/neural"

// field computes the slopes of a linear chain (Lafferty, McCallum and Pereira
// 2001): forward and backward in probabilities, made to sum up to one at each
// word, so that no logarithm is needed.
type field struct {
	n      int // labels
	move   []float64
	emit   []float64 // of each word, e to the score less the highest
	ahead  []float64
	behind []float64
	marg   []float64
}

// begin takes over the scores of moves.
func (f *field) begin(net *network) {
	f.n = len(net.labels)
	f.move = f.move[:0]
	for i, w := range net.moves.W {
		v := 0.0
		if net.allowed[i] {
			v = expOf(w)
		}
		f.move = append(f.move, v)
	}
}

func expOf(x float32) float64 {
	if x > 0 {
		return 1 / float64(neural.Exp(-x))
	}
	return float64(neural.Exp(x))
}

// learn fills d, outWidth values a word, with the slopes of the scores of one
// sentence and adds those of the moves. It returns for how many words the right
// label is the likeliest.
func (f *field) learn(scores, d []float32, gold []uint8, moves []float32, scale float32) (right int) {
	n, words := f.n, len(gold)
	f.emit, f.ahead, f.behind = sized64(f.emit, words*n), sized64(f.ahead, words*n), sized64(f.behind, words*n)
	f.marg = sized64(f.marg, n)
	for w := range words {
		row := scores[w*outWidth:][:n]
		top := row[0]
		for _, v := range row {
			top = max(top, v)
		}
		for c, v := range row {
			f.emit[w*n+c] = float64(neural.Exp(v - top))
		}
	}
	f.forward(words)
	f.backward(words)
	for w := range words {
		sum := 0.0
		for c := range n {
			f.marg[c] = f.ahead[w*n+c] * f.behind[w*n+c]
			sum += f.marg[c]
		}
		best := 0
		for c := range n {
			if f.marg[c] > f.marg[best] {
				best = c
			}
			d[w*outWidth+c] = scale * float32(f.marg[c]/sum)
		}
		d[w*outWidth+int(gold[w])] -= scale
		if best == int(gold[w]) {
			right++
		}
		f.moveSlopes(w, gold, moves, scale)
	}
	return right
}

func (f *field) forward(words int) {
	n := f.n
	for w := range words {
		sum := 0.0
		for c := range n {
			v := f.move[n*n+c]
			if w > 0 {
				v = 0
				for p := range n {
					v += f.ahead[(w-1)*n+p] * f.move[p*n+c]
				}
			}
			v *= f.emit[w*n+c]
			f.ahead[w*n+c] = v
			sum += v
		}
		for c := range n {
			f.ahead[w*n+c] /= sum
		}
	}
}

func (f *field) backward(words int) {
	n := f.n
	for w := words - 1; w >= 0; w-- {
		sum := 0.0
		for p := range n {
			v := 1.0
			if w < words-1 {
				v = 0
				for c := range n {
					v += f.move[p*n+c] * f.emit[(w+1)*n+c] * f.behind[(w+1)*n+c]
				}
			}
			f.behind[w*n+p] = v
			sum += v
		}
		for p := range n {
			f.behind[w*n+p] /= sum
		}
	}
}

// moveSlopes adds the slopes of the moves into a word.
func (f *field) moveSlopes(w int, gold []uint8, moves []float32, scale float32) {
	n := f.n
	from := n
	if w > 0 {
		from = int(gold[w-1])
	}
	moves[from*n+int(gold[w])] -= scale
	sum := 0.0
	pair := func(p, c int) float64 {
		v := f.move[p*n+c] * f.emit[w*n+c] * f.behind[w*n+c]
		if w > 0 {
			v *= f.ahead[(w-1)*n+p]
		}
		return v
	}
	lo, hi := n, n+1
	if w > 0 {
		lo, hi = 0, n
	}
	for p := lo; p < hi; p++ {
		for c := range n {
			sum += pair(p, c)
		}
	}
	for p := lo; p < hi; p++ {
		for c := range n {
			moves[p*n+c] += scale * float32(pair(p, c)/sum)
		}
	}
}

func sized64(s []float64, n int) []float64 {
	if cap(s) < n {
		return make([]float64, n, n+n/4)
	}
	return s[:n]
}
