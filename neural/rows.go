package neural

// axpyGo is Axpy without vector instructions.
func axpyGo(y []float32, f float32, x []float32) {
	x = x[:len(y)]
	for i := range y {
		y[i] += float32(f * x[i])
	}
}

// dotGo is Dot without vector instructions, of a multiple of 8 values: these go
// to the sums in turn, every eight to the next eight sums.
func dotGo(s *[sums]float32, x, y []float32) {
	y = y[:len(x)]
	for i, v := range x {
		s[i%sums] += float32(v * y[i])
	}
}
