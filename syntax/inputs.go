package syntax

import "kawat/learn"

// A word comes into the network as the sum of rows of one table, one for each
// of its features: the form in lower case, its first and last one to four
// letters, its shape, its shape as the first of the sentence, the style, and,
// since the first layer sees one word at a time, form and shape of the words
// before and after it.

// slots is how many rows a word has at most.
const slots = 16

// noRow is the place of a feature that the table has no row for.
const noRow = -1

// Seeds of the features.
const (
	seedForm = 0x201 + iota
	seedPrefix
	seedSuffix = seedPrefix + maxAffix
	seedShape  = seedSuffix + maxAffix
	seedFirst  = seedShape + 1
	seedStyle  = seedFirst + 1
	seedBefore = seedStyle + 1
	seedAfter  = seedBefore + 2
)

// unknownForm is the feature of a form that has no row.
var unknownForm = learn.Mix(seedForm, 0)

func formFeature(low uint64) uint64 { return learn.Mix(seedForm, low) }

func styleFeature(style int) uint64 { return learn.Mix(seedStyle, uint64(style)) }

// features puts the features of a word but for form and style into buf.
func (a *atom) features(first bool, buf []uint64) []uint64 {
	for i := range maxAffix {
		if a.pre[i] != 0 {
			buf = append(buf, learn.Mix(seedPrefix+uint64(i), a.pre[i]), learn.Mix(seedSuffix+uint64(i), a.suf[i]))
		}
	}
	buf = append(buf, learn.Mix(seedShape, a.shape))
	if first {
		buf = append(buf, learn.Mix(seedFirst, a.shape))
	}
	return buf
}

// neighbour returns the features that a word gives to its neighbour, by its form
// and by its shape; side is seedBefore where it stands before that one. The
// zero atom stands for the edge of the sentence.
func (a *atom) neighbour(side uint64) [2]uint64 {
	return [2]uint64{learn.Mix(side, a.low), learn.Mix(side+1, a.shape)}
}
