package neural

// panel is how many columns of a product are made at once. The number of
// columns of every right-hand matrix is a multiple of it.
const panel = 16

// Round returns n rounded up to a multiple of the width that products are made
// in.
func Round(n int) int { return (n + panel - 1) / panel * panel }

// view is a matrix whose element (i, j) lies at data[i*rows+j*cols].
type view struct {
	data       []float32
	rows, cols int
}

// Work is the memory that products use; the zero value is ready. It belongs to
// one goroutine.
type Work struct{ pack []float32 }

// Gemm adds a·b to c: a is m×k, b is k×n, c is m×n; n is a multiple of 16. Every
// element is the sum over k in order, each step one fused multiplication and
// addition. O(m·n·k).
func (w *Work) Gemm(c, a, b []float32, m, n, k int) {
	w.gemm(c, view{a, k, 1}, b, m, n, k)
}

// GemmTA adds aᵀ·b to c: a is k×m.
func (w *Work) GemmTA(c, a, b []float32, m, n, k int) {
	w.gemm(c, view{a, 1, m}, b, m, n, k)
}

func (w *Work) gemm(c []float32, a view, b []float32, m, n, k int) {
	if m == 0 || k == 0 {
		return
	}
	if n%panel != 0 {
		panic("neural.Gemm: the number of columns is no multiple of 16")
	}
	_, _ = c[m*n-1], b[k*n-1]
	_ = a.data[(m-1)*a.rows+(k-1)*a.cols]
	if cap(w.pack) < k*panel {
		w.pack = make([]float32, k*panel)
	}
	p := w.pack[:k*panel]
	for j := 0; j < n; j += panel {
		packPanel(p, b[j:], k, n)
		i := 0
		for ; i+16 <= m; i += 16 {
			tile16(c[i*n+j:], n, a.data[i*a.rows:], a.rows, a.cols, p, k)
		}
		for ; i+4 <= m; i += 4 {
			tile4(c[i*n+j:], n, a.data[i*a.rows:], a.rows, a.cols, p, k)
		}
		for ; i < m; i++ {
			tile1(c[i*n+j:], a.data[i*a.rows:], a.cols, p, k)
		}
	}
}

// packPanelGo is packPanel without vector instructions.
func packPanelGo(p, b []float32, k, n int) {
	for i := range k {
		copy(p[i*panel:(i+1)*panel], b[i*n:])
	}
}

// Transpose fills t, n×m, from a, m×n, some rows of a at a time.
func Transpose(t, a []float32, m, n int) {
	const rows = 16
	for from := 0; from < m; from += rows {
		to := min(from+rows, m)
		for j := range n {
			col := t[j*m+from : j*m+to]
			at := from*n + j
			for i := range col {
				col[i] = a[at]
				at += n
			}
		}
	}
}

// AddBias adds a row to every row of c, which has len(bias) columns.
func AddBias(c, bias []float32) {
	for n := len(bias); len(c) >= n; c = c[n:] {
		Axpy(c[:n], 1, bias)
	}
}

// SumRows adds every row of c to the row sum.
func SumRows(sum, c []float32) {
	for n := len(sum); len(c) >= n; c = c[n:] {
		Axpy(sum, 1, c[:n])
	}
}

// Axpy adds f times x to y.
func Axpy(y []float32, f float32, x []float32) {
	n := len(y) &^ 7
	x = x[:len(y)]
	if n > 0 {
		axpy(y[:n], f, x[:n])
	}
	axpyGo(y[n:], f, x[n:])
}

// sums is how many sums Dot keeps: so many that no addition waits for another.
const sums = 32

// Dot returns the sum of the products of two rows, in sums that are added at the
// end.
func Dot(x, y []float32) float32 {
	y = y[:len(x)]
	var s [sums]float32
	n := len(x) &^ 7
	if n > 0 {
		dot(&s, x[:n], y[:n])
	}
	for i := n; i < len(x); i++ {
		s[0] += float32(x[i] * y[i])
	}
	for n := sums / 2; n > 0; n /= 2 {
		for i := range n {
			s[i] += s[n+i]
		}
	}
	return s[0]
}
