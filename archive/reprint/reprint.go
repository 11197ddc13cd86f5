// Package reprint tells copies of wire copy from one another: the same words in
// two papers, cut from the end, reworked in places.
//
// What comes in are texts; what goes out are the sets of their shingles (runs
// of four words), a small sample of each by which copies find each other
// without a look at every story, and how much of the shorter text stands in the
// longer. The package keeps nothing and knows no language. For example
//
//	a, b := reprint.New(text), reprint.New(other)
//	if reprint.Contained(a, b) >= reprint.Threshold { ... }
//
// Reprints are cut, so that a copy of three paragraphs out of ten shares little
// of all words but all of its own: hence containment and not resemblance. The
// sample keeps the shingles whose hash ends in zeros (Manber 1994, Broder
// 1997): where one text is part of another, so is its sample.
package reprint

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

const (
	shingleWords = 4
	sampleMask   = 1<<4 - 1 // one shingle in sixteen
	maxSample    = 256
	maxShingles  = 50_000 // of one text; what is longer is no wire copy
)

// Threshold is how much of the shorter of two texts, in hundredths, stands in
// the longer where one is a copy of the other. Reports of one press conference
// share their quotations and stay under it.
const Threshold = 60

// LeastShingles is how many shingles a text must have to be told from others.
const LeastShingles = 12

// Set is the shingles of a text, in order of their hashes, each once.
type Set []uint64

// New returns the shingles of a text. The hash is the same on every platform
// and in every version. O(text).
func New(paragraphs ...string) Set {
	var out Set
	for _, p := range paragraphs {
		out = appendShingles(out, p)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// appendShingles adds the shingles of one paragraph; none spans two, since
// copies leave paragraphs out.
func appendShingles(out Set, text string) Set {
	var ring [shingleWords]uint64
	n := 0
	for i := 0; i < len(text) && len(out) < maxShingles; {
		h, end := word(text, i)
		if end == i {
			_, size := utf8.DecodeRuneInString(text[i:])
			i += size
			continue
		}
		i = end
		ring[n%shingleWords] = h
		if n++; n >= shingleWords {
			sum := uint64(offset)
			for k := n - shingleWords; k < n; k++ {
				sum = mix(sum ^ ring[k%shingleWords])
			}
			out = append(out, sum)
		}
	}
	return out
}

// The constants of FNV-1a.
const (
	offset = 14695981039346656037
	prime  = 1099511628211
)

// word returns the hash of the word that begins at i and its end; i where none
// does. Case and everything between words do not count.
func word(text string, i int) (uint64, int) {
	h := uint64(offset)
	for i < len(text) {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) {
			break
		}
		h = (h ^ uint64(unicode.ToLower(r))) * prime
		i += size
	}
	return h, i
}

// mix spreads the bits of a hash (the finalizer of MurmurHash3).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// Sample returns the shingles by which a text is found, as numbers of 47 bits.
func (s Set) Sample() []int64 {
	var out []int64
	for _, h := range s {
		if h&sampleMask == 0 && len(out) < maxSample {
			out = append(out, int64(h>>17&^1))
		}
	}
	return out
}

// Marks returns numbers like those of a sample for the first paragraphs: the
// sample of a text of stock phrases leads to too many others, and cuts keep the
// beginning.
func Marks(paragraphs ...string) []int64 {
	var out []int64
	for _, p := range paragraphs {
		if len(out) == markedParagraphs {
			break
		}
		if s := New(p); len(s) >= LeastShingles/2 {
			out = append(out, s.Mark())
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

const markedParagraphs = 3

// Mark is a hash of all shingles, by which whole copies find each other. Its
// last bit is set, by which it is no shingle of any sample.
func (s Set) Mark() int64 {
	sum := uint64(offset)
	for _, h := range s {
		sum = mix(sum ^ h)
	}
	return int64(sum>>17 | 1)
}

// Estimate says how much of the shorter text stands in the longer, in
// hundredths, from how many of their samples are the same.
func Estimate(shared, shingles, others int) int {
	return min(100, shared*(sampleMask+1)*100/max(1, min(shingles, others)))
}

// Contained says how much of the shorter text stands in the longer, in
// hundredths. O(shingles).
func Contained(a, b Set) int {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	return shared(a, b) * 100 / min(len(a), len(b))
}

func shared(a, b Set) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}

// Kind tells how a copy differs.
type Kind int

// The kinds of copies.
const (
	First    Kind = iota // nothing older is known
	Whole                // the same words
	Cut                  // without some of them
	Reworked             // with others put in
	Update               // of the same publisher: a later version
)

// String returns the kind's name, such as "cut".
func (k Kind) String() string { return [...]string{"first", "whole", "cut", "reworked", "update"}[k] }

// KindOf tells how b is a copy of a.
func KindOf(a, b Set) Kind {
	n := shared(a, b)
	switch {
	case n*100 >= 95*max(len(a), len(b)):
		return Whole
	case n*100 >= 95*len(b):
		return Cut
	}
	return Reworked
}
