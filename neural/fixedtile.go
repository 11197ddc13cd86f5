package neural

import "math"

func narrow4Go(y []int16, out int, x []int16, n int, p []int16, start *[panel]int32, shift int) {
	for i := range 4 {
		narrow1Go(y[i*out:], x[i*n:], n, p, start, shift)
	}
}

func narrow1Go(y, x []int16, n int, p []int16, start *[panel]int32, shift int) {
	var s [panel]int32
	wide1Go(s[:], x, n, p, start)
	for j, v := range s {
		y[j] = int16(min(max(v>>shift, math.MinInt16), math.MaxInt16))
	}
}

func wide4Go(y []int32, out int, x []int16, stride, n int, p []int16, start *[panel]int32) {
	for i := range 4 {
		wide1Go(y[i*out:], x[i*stride:], n, p, start)
	}
}

func wide1Go(y []int32, x []int16, n int, p []int16, start *[panel]int32) {
	y = y[:panel]
	copy(y, start[:])
	for i := 0; i < n; i += 2 {
		a, b := int32(x[i]), int32(x[i+1])
		row := p[i*panel : (i+2)*panel]
		for j := range y {
			y[j] += a*int32(row[2*j]) + b*int32(row[2*j+1])
		}
	}
}
