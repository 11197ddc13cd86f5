package neural

import (
	"math"
	"math/rand/v2"
	"testing"
)

type bits struct{ r *rand.Rand }

func (b bits) Next() uint64 { return b.r.Uint64() }

// TestStackSlopes holds the slopes of a stack against differences of its sums.
func TestStackSlopes(t *testing.T) {
	r := bits{rand.New(rand.NewPCG(1, 2))}
	s := NewStack(16, 16, 2, r)
	starts := []int{0, 3, 5}
	x, weight := randoms(r.r, 5*16), randoms(r.r, 5*32)
	sum := func(p *StackPass) float64 {
		p.X[0] = x
		s.Forward(p, starts, 0, r)
		total := 0.0
		for i, v := range p.X[2] {
			total += float64(v * weight[i])
		}
		return total
	}
	p := s.NewPass()
	sum(p)
	dx := s.Backward(p, starts, append([]float32(nil), weight...))
	check := func(what string, v *float32, slope float32) {
		const step = 1e-2
		keep := *v
		*v = keep + step
		up := sum(s.NewPass())
		*v = keep - step
		down := sum(s.NewPass())
		*v = keep
		if got := (up - down) / (2 * step); math.Abs(got-float64(slope)) > 0.02+0.02*math.Abs(got) {
			t.Errorf("%s: slope %g, difference %g", what, slope, got)
		}
	}
	for l, q := range s.Params() {
		for i := 0; i < len(q.W); i += 97 {
			check("weight", &q.W[i], p.Grads[l][i])
		}
	}
	for i := 0; i < len(x); i += 7 {
		check("input", &x[i], dx[i])
	}
}

// TestFixedStackIsNearTheStack holds the integers to what was trained.
func TestFixedStackIsNearTheStack(t *testing.T) {
	r := bits{rand.New(rand.NewPCG(3, 2))}
	s := NewStack(16, 32, 2, r)
	const words = 7
	x := shorts(r.r, words*16, 2<<InBits)
	p := s.NewPass()
	for _, v := range x {
		p.X[0] = append(p.X[0], float32(v)/(1<<InBits))
	}
	s.Forward(p, []int{0, words}, 0, r)
	f, rest, err := ReadFixedStack(s.Freeze().Bytes(nil), 16, 32, 2)
	if err != nil || len(rest) != 0 {
		t.Fatalf("%v, %d bytes left", err, len(rest))
	}
	var scratch StackScratch
	for i, v := range f.Run(&scratch, x) {
		if got := float64(v) / (1 << StateBits); math.Abs(got-float64(p.X[2][i])) > 0.01 {
			t.Fatalf("value %d: %g in integers, %g as trained", i, got, p.X[2][i])
		}
	}
}
