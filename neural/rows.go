package neural

// axpyGo is Axpy without vector instructions.
func axpyGo(y []float32, f float32, x []float32) {
	x = x[:len(y)]
	for i := range y {
		y[i] += float32(f * x[i])
	}
}

// dotGo is Dot without vector instructions, of a multiple of 8 values.
func dotGo(s *[8]float32, x, y []float32) {
	y = y[:len(x)]
	for i := 0; i+8 <= len(x); i += 8 {
		a, b := x[i:i+8], y[i:i+8]
		for j := range s {
			s[j] += float32(a[j] * b[j])
		}
	}
}
