package neural

import "math"

// Bits of fraction of what a [FixedStack] reads, and the largest value that they
// can hold.
const (
	InBits = 10
	InMax  = 1 << (15 - InBits)
)

func root(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// FixedStack is a [Stack] as it is used. It is read-only and safe for many
// goroutines.
type FixedStack struct {
	In, Hidden int
	Layers     []*Fixed
}

// StackScratch is the memory in which one goroutine runs a stack; the zero value
// is ready.
type StackScratch struct{ x, y, gates, mem []int16 }

// Freeze makes the integer stack of a trained one.
func (s *Stack) Freeze() *FixedStack {
	f := &FixedStack{In: s.In, Hidden: s.Hidden}
	bits, top := InBits, float32(InMax)
	for l, w := range s.Weights {
		f.Layers = append(f.Layers, NewFixed(w.W, s.Bias[l].W, w.Rows, w.Cols, bits, top))
		bits, top = StateBits, 1
	}
	return f
}

// Bytes appends the layers to a file.
func (f *FixedStack) Bytes(out []byte) []byte {
	for _, m := range f.Layers {
		out = m.Bytes(out)
	}
	return out
}

// ReadFixedStack reads a stack of the given shape and returns what follows it.
func ReadFixedStack(data []byte, in, hidden, layers int) (*FixedStack, []byte, error) {
	f := &FixedStack{In: in, Hidden: hidden}
	for range layers {
		m, rest, err := ReadFixed(data, in, 6*hidden, GateBits)
		if err != nil {
			return nil, nil, err
		}
		f.Layers, data, in = append(f.Layers, m), rest, 2*hidden
	}
	return f, data, nil
}

// Run reads one sentence, whose words are the rows of x, and returns 2·Hidden
// values a word, good until the next call with this memory. O(words).
func (f *FixedStack) Run(s *StackScratch, x []int16) []int16 {
	words, h := len(x)/f.In, f.Hidden
	s.mem = grown(s.mem, h)
	for l, m := range f.Layers {
		s.gates, s.y = grown(s.gates, words*6*h), grown(s.y, words*2*h)
		m.Narrow(s.gates, x, words, GateBits)
		for dir := range 2 {
			clear(s.mem)
			for i := range words {
				w := i
				if dir == 1 {
					w = words - 1 - i
				}
				var skip []int16
				if l > 0 {
					skip = x[(2*w+dir)*h:][:h]
				}
				Cell(s.mem, s.y[(2*w+dir)*h:][:h], s.gates[(2*w+dir)*3*h:][:3*h], skip)
			}
		}
		s.x, s.y = s.y, s.x
		x = s.x
	}
	return x
}

func grown(s []int16, n int) []int16 {
	if cap(s) < n {
		return make([]int16, n, n+n/4)
	}
	return s[:n]
}
