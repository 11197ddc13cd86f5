//go:build !amd64

package neural

func narrow4(y []int16, out int, x []int16, n int, p []int16, start *[panel]int32, shift int) {
	narrow4Go(y, out, x, n, p, start, shift)
}

func narrow1(y, x []int16, n int, p []int16, start *[panel]int32, shift int) {
	narrow1Go(y, x, n, p, start, shift)
}

func wide4(y []int32, out int, x []int16, stride, n int, p []int16, start *[panel]int32) {
	wide4Go(y, out, x, stride, n, p, start)
}

func wide1(y []int32, x []int16, n int, p []int16, start *[panel]int32) { wide1Go(y, x, n, p, start) }

func cell(mem, out, gates, skip []int16) { cellGo(mem, out, gates, skip) }
