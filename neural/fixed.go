package neural

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Fixed is a trained matrix with a bias as it is used: 16-bit weights times
// 16-bit inputs, summed exactly in 32 bits. It is read-only and safe for many
// goroutines.
type Fixed struct {
	In, Out int
	Bits    int     // of the fraction of the weights
	XBits   int     // of the fraction of the inputs
	packed  []int16 // in panels of 16 columns: [panel][pair of inputs][column][2]
	bias    []int32 // with XBits+Bits bits of fraction
}

// maxBits is the most bits of fraction that weights get.
const maxBits = 12

// NewFixed rounds a matrix (in × out) and its bias, which may be nil. Inputs
// have xBits bits of fraction and are at most xMax in size; the weights get as
// many bits as keep every sum in range.
func NewFixed(w, bias []float32, in, out, xBits int, xMax float32) *Fixed {
	f := &Fixed{In: in, Out: out, XBits: xBits, Bits: maxBits, packed: make([]int16, in*out), bias: make([]int32, out)}
	worst := float32(0)
	for j := range out {
		sum := float32(0)
		if bias != nil {
			sum = float32(math.Abs(float64(bias[j])))
		}
		for i := range in {
			v := float32(math.Abs(float64(w[i*out+j])))
			sum += v * xMax
			for v >= float32(int(1)<<(15-f.Bits)) {
				f.Bits--
			}
		}
		worst = max(worst, sum)
	}
	for float64(worst)*math.Ldexp(1, xBits+f.Bits) >= 1<<31 {
		f.Bits--
	}
	for i := range in {
		for j := range out {
			f.packed[f.at(i, j)] = int16(round(float64(w[i*out+j]) * math.Ldexp(1, f.Bits)))
		}
	}
	for j := range bias {
		f.bias[j] = int32(round(float64(bias[j]) * math.Ldexp(1, xBits+f.Bits)))
	}
	return f
}

func round(x float64) float64 { return math.Floor(x + 0.5) }

// at is the place of a weight in the panels.
func (f *Fixed) at(i, j int) int {
	return j/panel*panel*f.In + i/2*2*panel + j%panel*2 + i%2
}

// Bytes appends the matrix to a file.
func (f *Fixed) Bytes(out []byte) []byte {
	for _, v := range []int{f.In, f.Out, f.Bits, f.XBits} {
		out = binary.LittleEndian.AppendUint32(out, uint32(v))
	}
	for _, v := range f.packed {
		out = binary.LittleEndian.AppendUint16(out, uint16(v))
	}
	for _, v := range f.bias {
		out = binary.LittleEndian.AppendUint32(out, uint32(v))
	}
	return out
}

var errCut = errors.New("matrix is cut short")

// ReadFixed reads a matrix that must be in × out and whose sums must have more
// bits of fraction than least (to which [Fixed.Narrow] will round them), and
// returns what follows it.
func ReadFixed(data []byte, in, out, least int) (*Fixed, []byte, error) {
	if len(data) < 16 {
		return nil, nil, errCut
	}
	u := func(i int) int { return int(binary.LittleEndian.Uint32(data[4*i:])) }
	f := &Fixed{In: u(0), Out: u(1), Bits: u(2), XBits: u(3)}
	if f.In != in || f.Out != out || in%panel != 0 || out%panel != 0 || f.Bits > maxBits || f.XBits > 15 {
		return nil, nil, errors.New("matrix has another shape than the model says")
	}
	if f.XBits+f.Bits <= least {
		return nil, nil, fmt.Errorf("matrix has sums of %d bits of fraction, want more than %d", f.XBits+f.Bits, least)
	}
	data = data[16:]
	if len(data) < 2*in*out+4*out {
		return nil, nil, errCut
	}
	f.packed, f.bias = make([]int16, in*out), make([]int32, out)
	for i := range f.packed {
		f.packed[i] = int16(binary.LittleEndian.Uint16(data[2*i:]))
	}
	data = data[2*in*out:]
	for i := range f.bias {
		f.bias[i] = int32(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return f, data[4*out:], nil
}

// Narrow computes the product of m rows of x, rounded to bits of fraction (fewer
// than the sums have) and held to 16 bits, into y. O(m·In·Out).
func (f *Fixed) Narrow(y, x []int16, m, bits int) {
	shift := f.XBits + f.Bits - bits
	half := int32(1) << (shift - 1)
	var start [panel]int32
	if m == 0 {
		return
	}
	_, _ = y[m*f.Out-1], x[m*f.In-1]
	for j := 0; j < f.Out; j += panel {
		p := f.packed[j*f.In : (j+panel)*f.In]
		for i := range start {
			start[i] = f.bias[j+i] + half
		}
		i := 0
		for ; i+4 <= m; i += 4 {
			narrow4(y[i*f.Out+j:], f.Out, x[i*f.In:], f.In, p, &start, shift)
		}
		for ; i < m; i++ {
			narrow1(y[i*f.Out+j:], x[i*f.In:], f.In, p, &start, shift)
		}
	}
}

// Wide computes the product of m rows of x, each the first In of stride values,
// into y.
func (f *Fixed) Wide(y []int32, x []int16, m, stride int) {
	if m == 0 {
		return
	}
	_, _ = y[m*f.Out-1], x[(m-1)*stride+f.In-1]
	for j := 0; j < f.Out; j += panel {
		wide(y[j:], f.Out, x, m, stride, f.In, f.packed[j*f.In:(j+panel)*f.In], (*[panel]int32)(f.bias[j:]))
	}
}

// Pack lays rows of n values out as the columns of a matrix for [Products];
// missing columns of the last panel are 0.
func Pack(to []int16, rows []int16, count, n int) []int16 {
	size := Round(count) * n
	if cap(to) < size {
		to = make([]int16, size, 2*size)
	}
	to = to[:size]
	for j := range Round(count) {
		p := to[j/panel*panel*n+j%panel*2:]
		if j >= count {
			for i := 0; i < n; i += 2 {
				p[i*panel], p[i*panel+1] = 0, 0
			}
			continue
		}
		row := rows[j*n : (j+1)*n]
		for i := 0; i < n; i += 2 {
			p[i*panel], p[i*panel+1] = row[i], row[i+1]
		}
	}
	return to
}

// Products computes the dot products of m rows of x, n values each, with the
// packed columns into y, whose rows are as long as there are columns.
func Products(y []int32, x []int16, m, n int, packed []int16) {
	out := len(packed) / n
	if m == 0 {
		return
	}
	var zero [panel]int32
	_, _ = y[m*out-1], x[m*n-1]
	for j := 0; j < out; j += panel {
		wide(y[j:], out, x, m, n, n, packed[j*n:(j+panel)*n], &zero)
	}
}

// wide fills a panel of columns.
func wide(y []int32, out int, x []int16, m, stride, n int, p []int16, start *[panel]int32) {
	i := 0
	for ; i+4 <= m; i += 4 {
		wide4(y[i*out:], out, x[i*stride:], stride, n, p, start)
	}
	for ; i < m; i++ {
		wide1(y[i*out:], x[i*stride:], n, p, start)
	}
}

// Positive copies src to dst with 0 for what is negative.
func Positive(dst, src []int16) {
	dst = dst[:len(src)]
	for i, v := range src {
		dst[i] = max(v, 0)
	}
}

// PositiveSum fills dst with a+b, held to 16 bits, and 0 for what is negative.
func PositiveSum(dst, a, b []int16) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = int16(min(max(int32(a[i])+int32(b[i]), 0), math.MaxInt16))
	}
}

// AddRow adds the bytes of a row, each shifted left, to sum, held to 16 bits.
func AddRow(sum []int16, row []byte, shift uint8) {
	row = row[:len(sum)]
	for i, b := range row {
		v := int32(sum[i]) + int32(int8(b))<<shift
		sum[i] = int16(min(max(v, math.MinInt16), math.MaxInt16))
	}
}
