// Package neural holds the arithmetic of small networks: products of matrices
// in float32 for training and in 16-bit integers for use, the bounded
// nonlinearities that both share, dropout, and Adam.
//
// What comes in and goes out are plain slices, matrices row by row. It knows
// nothing of words. Every product is summed in one fixed order, the same in
// assembly and in Go, so that a training gives the same bytes with and without
// vector instructions; what is in integers is exact anyhow. For example
//
//	c := make([]float32, 2*16)
//	neural.Gemm(c, a, b, 2, 16, 8) // c += a·b, a is 2×8 and b 8×16
package neural
