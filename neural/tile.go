package neural

import "math"

// fma returns a*b+c rounded once to float32. The product is exact in float64;
// its sum with c is rounded to odd, so that the last rounding is the only one
// (Boldo and Melquiond 2008).
func fma(a, b, c float32) float32 {
	p, q := float64(a)*float64(b), float64(c)
	s := p + q
	t := s - p
	rest := float64(p-float64(s-t)) + float64(q-t)
	if rest != 0 && !math.IsInf(s, 0) {
		if u := math.Float64bits(s); u&1 == 0 {
			if (rest > 0) == (s > 0) {
				u++
			} else {
				u--
			}
			s = math.Float64frombits(u)
		}
	}
	return float32(s)
}

// tile4Go is tile4 without vector instructions.
func tile4Go(c []float32, n int, a []float32, rows, cols int, p []float32, k int) {
	for i := range 4 {
		tile1Go(c[i*n:], a[i*rows:], cols, p, k)
	}
}

// tile1Go adds the product of one row with a panel of k rows to c.
func tile1Go(c, a []float32, cols int, p []float32, k int) {
	c = c[:panel]
	for l := range k {
		x := a[l*cols]
		row := p[l*panel : (l+1)*panel]
		for j := range c {
			c[j] = fma(x, row[j], c[j])
		}
	}
}
