package neural

import "unsafe"

//go:noescape
func products4Asm(pairs int, x unsafe.Pointer, stride int, p, start, y unsafe.Pointer, out, shift int)

//go:noescape
func products1Asm(pairs int, x, p, start, y unsafe.Pointer, shift int)

//go:noescape
func cellAsm(steps int, mem, out, gates unsafe.Pointer, h int, skip unsafe.Pointer)

// raw instead of a shift leaves the sums as they are.
const raw = -1

func narrow4(y []int16, out int, x []int16, n int, p []int16, start *[panel]int32, shift int) {
	if !vector {
		narrow4Go(y, out, x, n, p, start, shift)
		return
	}
	products4Asm(n/2, unsafe.Pointer(&x[0]), 2*n, unsafe.Pointer(&p[0]), unsafe.Pointer(start), unsafe.Pointer(&y[0]), 2*out, shift)
}

func narrow1(y, x []int16, n int, p []int16, start *[panel]int32, shift int) {
	if !vector {
		narrow1Go(y, x, n, p, start, shift)
		return
	}
	products1Asm(n/2, unsafe.Pointer(&x[0]), unsafe.Pointer(&p[0]), unsafe.Pointer(start), unsafe.Pointer(&y[0]), shift)
}

func wide4(y []int32, out int, x []int16, stride, n int, p []int16, start *[panel]int32) {
	if !vector {
		wide4Go(y, out, x, stride, n, p, start)
		return
	}
	products4Asm(n/2, unsafe.Pointer(&x[0]), 2*stride, unsafe.Pointer(&p[0]), unsafe.Pointer(start), unsafe.Pointer(&y[0]), 4*out, raw)
}

func wide1(y []int32, x []int16, n int, p []int16, start *[panel]int32) {
	if !vector {
		wide1Go(y, x, n, p, start)
		return
	}
	products1Asm(n/2, unsafe.Pointer(&x[0]), unsafe.Pointer(&p[0]), unsafe.Pointer(start), unsafe.Pointer(&y[0]), raw)
}

func cell(mem, out, gates, skip []int16) {
	h := len(mem)
	if !vector || h%panel != 0 {
		cellGo(mem, out, gates, skip)
		return
	}
	var s unsafe.Pointer
	if skip != nil {
		s = unsafe.Pointer(&skip[0])
	}
	cellAsm(h/panel, unsafe.Pointer(&mem[0]), unsafe.Pointer(&out[0]), unsafe.Pointer(&gates[0]), 2*h, s)
}
