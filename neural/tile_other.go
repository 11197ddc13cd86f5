//go:build !amd64

package neural

func tile4(c []float32, n int, a []float32, rows, cols int, p []float32, k int) {
	tile4Go(c, n, a, rows, cols, p, k)
}

func tile16(c []float32, n int, a []float32, rows, cols int, p []float32, k int) {
	for i := range 16 {
		tile1Go(c[i*n:], a[i*rows:], cols, p, k)
	}
}

func tile1(c, a []float32, cols int, p []float32, k int) { tile1Go(c, a, cols, p, k) }

func axpy(y []float32, f float32, x []float32) { axpyGo(y, f, x) }

func dot(s *[sums]float32, x, y []float32) { dotGo(s, x, y) }
