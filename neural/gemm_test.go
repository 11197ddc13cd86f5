package neural

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func randoms(r *rand.Rand, n int) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = float32(r.NormFloat64())
	}
	return out
}

// TestTilesGiveTheSameBits holds the assembly against plain Go, bit for bit.
func TestTilesGiveTheSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, k := range []int{1, 2, 7, 64, 257} {
		a, p, c := randoms(r, 5*k+3), randoms(r, k*panel), randoms(r, 4*32)
		for _, layout := range [][2]int{{k, 1}, {1, 4}} {
			if layout[1] == 4 {
				a = randoms(r, 4*k+4)
			}
			got, want := slices.Clone(c), slices.Clone(c)
			tile4(got, 32, a, layout[0], layout[1], p, k)
			tile4Go(want, 32, a, layout[0], layout[1], p, k)
			if !slices.Equal(got, want) {
				t.Errorf("k=%d strides %v: tile4 differs", k, layout)
			}
			tile1(got, a, layout[1], p, k)
			tile1Go(want, a, layout[1], p, k)
			if !slices.Equal(got, want) {
				t.Errorf("k=%d strides %v: tile1 differs", k, layout)
			}
		}
	}
}

// TestSixteenRowsGiveTheSameBits holds the wide registers against plain Go.
func TestSixteenRowsGiveTheSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, k := range []int{1, 2, 64, 257} {
		a, p, c := randoms(r, 17*k+16), randoms(r, k*panel), randoms(r, 16*32)
		for _, layout := range [][2]int{{k, 1}, {1, 16}} {
			got, want := slices.Clone(c), slices.Clone(c)
			tile16(got, 32, a, layout[0], layout[1], p, k)
			for i := range 16 {
				tile1Go(want[i*32:], a[i*layout[0]:], layout[1], p, k)
			}
			if !slices.Equal(got, want) {
				t.Errorf("k=%d strides %v: tile16 differs", k, layout)
			}
		}
	}
}

func TestGemm(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	m, n, k := 7, 32, 13
	a, b, c := randoms(r, m*k), randoms(r, k*n), make([]float32, m*n)
	want := make([]float64, m*n)
	for i := range m {
		for j := range n {
			for l := range k {
				want[i*n+j] += float64(a[i*k+l]) * float64(b[l*n+j])
			}
		}
	}
	var w Work
	at := make([]float32, m*k)
	Transpose(at, a, m, k)
	for name, f := range map[string]func(){
		"Gemm": func() { w.Gemm(c, a, b, m, n, k) }, "GemmTA": func() { w.GemmTA(c, at, b, m, n, k) },
	} {
		clear(c)
		f()
		for i := range want {
			if d := float64(c[i]) - want[i]; d > 1e-4 || d < -1e-4 {
				t.Fatalf("%s: element %d is %g, want %g", name, i, c[i], want[i])
			}
		}
	}
}

func TestFMARoundsOnce(t *testing.T) {
	// (1+2^-23)² has a bit that float32 cannot hold; only one rounding keeps
	// the sum's last bit right.
	a := float32(1 + 1.0/(1<<23))
	if got, want := fma(a, a, -1), float32(1.0/(1<<22)+1.0/(1<<46)); got != want {
		t.Errorf("got %g, want %g", got, want)
	}
}

func BenchmarkGemm(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	m, n, k := 200, 768, 256
	x, y, c := randoms(r, m*k), randoms(r, k*n), make([]float32, m*n)
	var w Work
	for b.Loop() {
		w.Gemm(c, x, y, m, n, k)
	}
	b.ReportMetric(float64(m*n*k)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
}

func TestRowsGiveTheSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{8, 16, 104, 120} {
		x, y := randoms(r, n), randoms(r, n)
		z := slices.Clone(y)
		axpy(y, 0.3, x)
		axpyGo(z, 0.3, x)
		var a, b [sums]float32
		dot(&a, x, y)
		dotGo(&b, x, z)
		if !slices.Equal(y, z) || a != b {
			t.Errorf("%d values: rows differ", n)
		}
	}
}
