package neural

import "unsafe"

//go:noescape
func cellForwardAsm(steps, h int, gates, prev, skip, mem, out unsafe.Pointer)

//go:noescape
func cellBackAsm(steps, h int, gates, prev, skip, mem, d, slopes, dskip, dc unsafe.Pointer)

//go:noescape
func adamAsm(steps int, w, m, v, slope unsafe.Pointer, by *[6]float32)

//go:noescape
func packAsm(k int, p, b unsafe.Pointer, stride int)

//go:noescape
func multiplyAsm(steps int, y, x unsafe.Pointer)

// lanes is how many values an instruction works on.
const lanes = 8

func (c *Gates) forward() {
	h := len(c.Mem)
	if !vector || h%lanes != 0 {
		c.forwardGo()
		return
	}
	cellForwardAsm(h/lanes, 4*h, unsafe.Pointer(&c.Gates[0]), unsafe.Pointer(&c.Before[0]), unsafe.Pointer(&c.Skip[0]),
		unsafe.Pointer(&c.Mem[0]), unsafe.Pointer(&c.Out[0]))
}

func (c *Gates) back(d, slopes, dskip, dc []float32) {
	h := len(c.Mem)
	if !vector || h%lanes != 0 {
		c.backGo(d, slopes, dskip, dc)
		return
	}
	cellBackAsm(h/lanes, 4*h, unsafe.Pointer(&c.Gates[0]), unsafe.Pointer(&c.Before[0]), unsafe.Pointer(&c.Skip[0]),
		unsafe.Pointer(&c.Mem[0]), unsafe.Pointer(&d[0]), unsafe.Pointer(&slopes[0]), unsafe.Pointer(&dskip[0]), unsafe.Pointer(&dc[0]))
}

// adam moves as many weights as it can and returns how many.
func adam(w, m, v, g []float32, by *[6]float32) int {
	n := len(g) / lanes
	if !vector || n == 0 {
		return 0
	}
	adamAsm(n, unsafe.Pointer(&w[0]), unsafe.Pointer(&m[0]), unsafe.Pointer(&v[0]), unsafe.Pointer(&g[0]), by)
	return n * lanes
}

// packPanel copies a panel of k rows out of a matrix whose rows are n long.
func packPanel(p, b []float32, k, n int) {
	if !vector {
		packPanelGo(p, b, k, n)
		return
	}
	packAsm(k, unsafe.Pointer(&p[0]), unsafe.Pointer(&b[0]), 4*n)
}

// multiply multiplies as many values as it can and returns how many.
func multiply(y, x []float32) int {
	n := len(y) / lanes
	if !vector || n == 0 {
		return 0
	}
	multiplyAsm(n, unsafe.Pointer(&y[0]), unsafe.Pointer(&x[0]))
	return n * lanes
}
