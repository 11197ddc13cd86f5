package neural

import "math"

// Param is a matrix or row that is learned.
type Param struct {
	Rows, Cols int
	W          []float32
	m, v       []float32
}

// NewParam returns a matrix of zeros.
func NewParam(rows, cols int) *Param {
	n := rows * cols
	return &Param{Rows: rows, Cols: cols, W: make([]float32, n), m: make([]float32, n), v: make([]float32, n)}
}

// Adam is the method of Kingma and Ba (2015) with the settings that suit
// parsers (Dozat and Manning 2017: the second moment forgets fast).
type Adam struct {
	Rate         float32
	Beta1, Beta2 float32
	step         int
	fix1, fix2   float32
}

const adamEpsilon = 1e-8

// Tick begins the next step.
func (a *Adam) Tick() {
	a.step++
	a.fix1 = 1 / (1 - pow(a.Beta1, a.step))
	a.fix2 = 1 / (1 - pow(a.Beta2, a.step))
}

func pow(x float32, n int) float32 {
	p := 1.0
	for range min(n, 4000) {
		p *= float64(x)
	}
	return float32(p)
}

// Step moves the weights from at on against the gradient g.
func (a *Adam) Step(p *Param, at int, g []float32) {
	w, m, v := p.W[at:at+len(g)], p.m[at:at+len(g)], p.v[at:at+len(g)]
	by := [6]float32{1 - a.Beta1, 1 - a.Beta2, a.fix1, a.fix2, a.Rate, adamEpsilon}
	for i := adam(w, m, v, g, &by); i < len(g); i++ {
		x := g[i]
		m[i] += float32(by[0] * (x - m[i]))
		v[i] += float32(by[1] * (float32(x*x) - v[i]))
		w[i] -= float32(float32(m[i]*by[2])*by[4]) / (float32(math.Sqrt(float64(float32(v[i]*by[3])))) + by[5])
	}
}
