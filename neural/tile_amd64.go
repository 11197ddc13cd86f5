package neural

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// vector reports whether the processor has the instructions of tile_amd64.s. It
// is never changed.
var vector = cpu.X86.HasAVX2 && cpu.X86.HasFMA

// vector512 reports whether it has the wide registers besides. It is never
// changed.
var vector512 = vector && cpu.X86.HasAVX512F

//go:noescape
func tile16Asm(k int, a unsafe.Pointer, rows, cols int, p, c unsafe.Pointer, n int)

//go:noescape
func tile4Asm(k int, a unsafe.Pointer, rows, cols int, p, c unsafe.Pointer, n int)

//go:noescape
func tile1Asm(k int, a unsafe.Pointer, cols int, p, c unsafe.Pointer)

// tile4 adds the product of four rows of a with a panel of k rows to c, whose
// rows are n long. The caller has checked that all lies inside the slices.
func tile4(c []float32, n int, a []float32, rows, cols int, p []float32, k int) {
	if !vector {
		tile4Go(c, n, a, rows, cols, p, k)
		return
	}
	tile4Asm(k, unsafe.Pointer(&a[0]), 4*rows, 4*cols, unsafe.Pointer(&p[0]), unsafe.Pointer(&c[0]), 4*n)
}

// tile16 is tile4 for sixteen rows.
func tile16(c []float32, n int, a []float32, rows, cols int, p []float32, k int) {
	if !vector512 {
		for i := 0; i < 16; i += 4 {
			tile4(c[i*n:], n, a[i*rows:], rows, cols, p, k)
		}
		return
	}
	tile16Asm(k, unsafe.Pointer(&a[0]), 4*rows, 4*cols, unsafe.Pointer(&p[0]), unsafe.Pointer(&c[0]), 4*n)
}

// tile1 is tile4 for one row.
func tile1(c, a []float32, cols int, p []float32, k int) {
	if !vector {
		tile1Go(c, a, cols, p, k)
		return
	}
	tile1Asm(k, unsafe.Pointer(&a[0]), 4*cols, unsafe.Pointer(&p[0]), unsafe.Pointer(&c[0]))
}

//go:noescape
func axpyAsm(steps int, y unsafe.Pointer, f float32, x unsafe.Pointer)

//go:noescape
func dotAsm(steps int, s, x, y unsafe.Pointer)

// axpy adds f times x to y, as many values as a multiple of 8.
func axpy(y []float32, f float32, x []float32) {
	if !vector {
		axpyGo(y, f, x)
		return
	}
	axpyAsm(len(y)/8, unsafe.Pointer(&y[0]), f, unsafe.Pointer(&x[0]))
}

// dot adds the products of x and y to the sums in turn.
func dot(s *[sums]float32, x, y []float32) {
	if !vector {
		dotGo(s, x, y)
		return
	}
	dotAsm(len(x)/8, unsafe.Pointer(s), unsafe.Pointer(&x[0]), unsafe.Pointer(&y[0]))
}
