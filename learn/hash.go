// Package learn trains and runs the small linear models of Kawat: an averaged
// perceptron over hashed sparse features, and the packed table in which a trained
// model is kept.
//
// What comes in are features, which are 64-bit hashes made with [Mix] and
// [Hash], and gold classes; what goes out are integer scores, so that the same
// model gives the same answer on every platform. Training is deterministic: the
// same examples in the same order with the same seed give the same bytes. The
// package knows nothing of words or languages and imports the standard library
// alone. For example
//
//	tr := learn.NewTrainer(2, 0)
//	f := learn.Mix(1, learn.Hash("Beijing"))
//	tr.Add(f, 0, 1, +1) // feature f speaks for class 1
//	table, err := tr.Pack(0, 0)
package learn

import (
	"unicode"
	"unicode/utf8"
)

// Multipliers of the hash; odd numbers with well-spread bits (from splitmix64
// and from the golden ratio).
const (
	k1 = 0x9e3779b97f4a7c15
	k2 = 0xbf58476d1ce4e5b9
)

// Mix joins two hashes into one; it is not symmetric.
func Mix(a, b uint64) uint64 {
	x := (a ^ k2) * k1
	x = (x ^ x>>32 ^ b) * k2
	return x ^ x>>32
}

// Mix3 joins three hashes into one.
func Mix3(a, b, c uint64) uint64 {
	x := (a ^ k2) * k1
	x = (x ^ x>>32 ^ b) * k2
	x = (x ^ x>>32 ^ c) * k1
	return x ^ x>>32
}

// Mix4 joins four hashes into one.
func Mix4(a, b, c, d uint64) uint64 {
	x := (a ^ k2) * k1
	x = (x ^ x>>32 ^ b) * k2
	x = (x ^ x>>32 ^ c) * k1
	x = (x ^ x>>32 ^ d) * k2
	return x ^ x>>32
}

// Hash returns the hash of a string's bytes. It allocates nothing.
func Hash(s string) uint64 {
	h := uint64(len(s)) + k1
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * k2
		h ^= h >> 29
	}
	return h
}

// HashLower returns the hash of s in lower case, equal to Hash of that string,
// without making it where s is ASCII.
func HashLower(s string) uint64 {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return hashLowerUnicode(s)
		}
	}
	h := uint64(len(s)) + k1
	for i := 0; i < len(s); i++ {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		h = (h ^ uint64(c)) * k2
		h ^= h >> 29
	}
	return h
}

func hashLowerUnicode(s string) uint64 {
	var buf [utf8.UTFMax]byte
	n := 0
	for _, r := range s {
		n += utf8.RuneLen(unicode.ToLower(r))
	}
	h := uint64(n) + k1
	for _, r := range s {
		k := utf8.EncodeRune(buf[:], unicode.ToLower(r))
		for _, c := range buf[:k] {
			h = (h ^ uint64(c)) * k2
			h ^= h >> 29
		}
	}
	return h
}

// Rand is a small deterministic random source (splitmix64); the zero value is
// a valid source with seed 0.
type Rand uint64

// Next returns the next 64 random bits.
func (r *Rand) Next() uint64 {
	*r += k1
	z := uint64(*r)
	z = (z ^ z>>30) * k2
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Intn returns a number in [0, n).
func (r *Rand) Intn(n int) int { return int(r.Next() % uint64(n)) }

// Shuffle orders n things at random by swapping.
func (r *Rand) Shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		swap(i, r.Intn(i+1))
	}
}

// HashShape hashes the kinds of the characters of a word with runs made one:
// "Xi" is Xx, "2024" is d, "AS-Rusia" is X-Xx. Linear in the bytes of the
// form, without allocation.
func HashShape(form string) uint64 {
	h, last := uint64(7), rune(0)
	for _, r := range form {
		k := r
		switch {
		case 'a' <= r && r <= 'z':
			k = 'x'
		case 'A' <= r && r <= 'Z':
			k = 'X'
		case '0' <= r && r <= '9':
			k = 'd'
		case r < utf8.RuneSelf:
		case unicode.IsUpper(r):
			k = 'X'
		case unicode.IsLetter(r):
			k = 'x'
		}
		if k != last {
			h = Mix(h, uint64(k))
			last = k
		}
	}
	return h
}
