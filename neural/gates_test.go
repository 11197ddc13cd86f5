package neural

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestGatesGiveTheSameBits holds the assembly of training against plain Go.
func TestGatesGiveTheSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	const h = 24
	wide := func(n int) []float32 {
		v := randoms(r, n)
		for i := range v {
			v[i] *= 3
		}
		return v
	}
	for range 50 {
		c := Gates{Gates: wide(3 * h), Before: wide(h), Skip: wide(h), Mem: make([]float32, h), Out: make([]float32, h)}
		d := c
		d.Mem, d.Out = make([]float32, h), make([]float32, h)
		c.Forward()
		d.forwardGo()
		if !slices.Equal(c.Mem, d.Mem) || !slices.Equal(c.Out, d.Out) {
			t.Fatal("forward differs")
		}
		slope, dc := wide(h), wide(h)
		dc2 := slices.Clone(dc)
		g, g2, s, s2 := make([]float32, 3*h), make([]float32, 3*h), make([]float32, h), make([]float32, h)
		c.Back(slope, g, s, dc)
		d.backGo(slope, g2, s2, dc2)
		if !slices.Equal(g, g2) || !slices.Equal(s, s2) || !slices.Equal(dc, dc2) {
			t.Fatal("back differs")
		}
	}
}

// TestAdamGivesTheSameBits moves the same weights in one go and one by one.
func TestAdamGivesTheSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	p, q := NewParam(1, 20), NewParam(1, 20)
	a := Adam{Rate: 0.01, Beta1: 0.9, Beta2: 0.98}
	for range 5 {
		a.Tick()
		g := randoms(r, 20)
		a.Step(p, 0, g)
		for i := range g {
			a.Step(q, i, g[i:i+1])
		}
	}
	if !slices.Equal(p.W, q.W) {
		t.Errorf("%v\n%v", p.W, q.W)
	}
}
