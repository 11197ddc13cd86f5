package neural

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func shorts(r *rand.Rand, n, limit int) []int16 {
	out := make([]int16, n)
	for i := range out {
		out[i] = int16(r.IntN(2*limit+1) - limit)
	}
	return out
}

// TestFixedTilesAreEqual holds the assembly against plain Go on all that 16 bits
// can hold.
func TestFixedTilesAreEqual(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{2, 16, 96, 256} {
		x, p := shorts(r, 4*n, 32767), shorts(r, panel*n, 32767)
		var start [panel]int32
		for i := range start {
			start[i] = int32(r.Uint32())
		}
		y, z := make([]int16, 4*32), make([]int16, 4*32)
		narrow4(y, 32, x, n, p, &start, 9)
		narrow4Go(z, 32, x, n, p, &start, 9)
		if !slices.Equal(y, z) {
			t.Errorf("narrow4, %d inputs", n)
		}
		narrow1(y, x, n, p, &start, 11)
		narrow1Go(z, x, n, p, &start, 11)
		if !slices.Equal(y, z) {
			t.Errorf("narrow1, %d inputs", n)
		}
		a, b := make([]int32, 4*32), make([]int32, 4*32)
		wide4(a, 32, x, n, n, p, &start)
		wide4Go(b, 32, x, n, n, p, &start)
		if !slices.Equal(a, b) {
			t.Errorf("wide4, %d inputs", n)
		}
		wide1(a, x, n, p, &start)
		wide1Go(b, x, n, p, &start)
		if !slices.Equal(a, b) {
			t.Errorf("wide1, %d inputs", n)
		}
	}
}

func TestCellsAreEqual(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 2))
	const h = 64
	gates, skip, mem := make([]int16, 3*h), shorts(r, h, 8192), shorts(r, h, 8192)
	for range 400 {
		for i := range gates {
			gates[i] = int16(r.Uint32())
		}
		for _, s := range [][]int16{nil, skip} {
			m1, m2, o1, o2 := slices.Clone(mem), slices.Clone(mem), make([]int16, h), make([]int16, h)
			cell(m1, o1, gates, s)
			cellGo(m2, o2, gates, s)
			if !slices.Equal(m1, m2) || !slices.Equal(o1, o2) {
				t.Fatal("cell differs")
			}
		}
	}
}

func TestFunctionsMeetTheirIntegers(t *testing.T) {
	for u := math.MinInt16; u <= math.MaxInt16; u++ {
		x := float32(u) / (1 << GateBits)
		if d := float64(sigmoid(int16(u)))/(1<<15) - float64(Sigmoid(x)); math.Abs(d) > 3e-4 {
			t.Fatalf("sigmoid(%g) is off by %g", x, d)
		}
		if d := float64(tanh(int16(u)))/(1<<StateBits) - float64(Tanh(x)); math.Abs(d) > 3e-4 {
			t.Fatalf("tanh(%g) is off by %g", x, d)
		}
	}
}

func TestFixedIsNearTheMatrix(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 2))
	in, out, m := 32, 48, 6
	w, bias := randoms(r, in*out), randoms(r, out)
	f := NewFixed(w, bias, in, out, StateBits, 1)
	g, rest, err := ReadFixed(f.Bytes(nil), in, out, 0)
	if err != nil || len(rest) != 0 {
		t.Fatal(err)
	}
	x := shorts(r, m*in, 1<<StateBits)
	y, wide := make([]int16, m*out), make([]int32, m*out)
	g.Narrow(y, x, m, 11)
	g.Wide(wide, x, m, in)
	for i := range m {
		for j := range out {
			want := float64(bias[j])
			for k := range in {
				want += float64(x[i*in+k]) / (1 << StateBits) * float64(w[k*out+j])
			}
			if d := float64(y[i*out+j])/(1<<11) - want; math.Abs(d) > 0.02 {
				t.Fatalf("narrow %d,%d: off by %g", i, j, d)
			}
			if d := math.Ldexp(float64(wide[i*out+j]), -g.Bits-StateBits) - want; math.Abs(d) > 0.02 {
				t.Fatalf("wide %d,%d: off by %g", i, j, d)
			}
		}
	}
}

func TestProducts(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 2))
	rows, x := shorts(r, 19*32, 100), shorts(r, 5*32, 100)
	packed := Pack(nil, rows, 19, 32)
	y := make([]int32, 5*Round(19))
	Products(y, x, 5, 32, packed)
	for i := range 5 {
		for j := range Round(19) {
			want := int32(0)
			for k := range 32 {
				if j < 19 {
					want += int32(x[i*32+k]) * int32(rows[j*32+k])
				}
			}
			if y[i*Round(19)+j] != want {
				t.Fatalf("%d,%d: %d, want %d", i, j, y[i*Round(19)+j], want)
			}
		}
	}
}

func BenchmarkNarrow(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	m, n, k := 128, 768, 256
	f := NewFixed(randoms(r, n*k), nil, k, n, StateBits, 1)
	x, y := shorts(r, m*k, 8192), make([]int16, m*n)
	for b.Loop() {
		f.Narrow(y, x, m, GateBits)
	}
	b.ReportMetric(float64(m*n*k)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
}

func BenchmarkCell(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	gates, skip, mem, out := shorts(r, 3*128, 32767), shorts(r, 128, 8000), shorts(r, 128, 8000), make([]int16, 128)
	for b.Loop() {
		Cell(mem, out, gates, skip)
	}
}
