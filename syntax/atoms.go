package syntax

import (
	"unicode"
	"unicode/utf8"

	"kawat/learn"
)

// atom is what the models see of one word. All fields are hashes or small
// numbers that go straight into features.
type atom struct {
	low     uint64 // of the form in lower case
	raw     uint64 // of the form as it stands
	pre     [4]uint64
	suf     [4]uint64 // of the first and last 1 to 4 letters, in lower case
	shape   uint64
	cluster uint64 // full bit string of the word's cluster, 0 if it has none
	short   uint64 // first bits of it
	tag     uint64
	lowTag  uint64
}

// maxAffix is the longest affix that features hold, in letters.
const maxAffix = 4

// setForm fills an atom from a word's form.
func (a *atom) setForm(form string, clusters *clusterTable) {
	*a = atom{low: learn.HashLower(form), raw: learn.Hash(form), shape: shapeOf(form)}
	var ends [maxAffix]int
	at, n := 0, 0
	for n < maxAffix && at < len(form) {
		_, size := utf8.DecodeRuneInString(form[at:])
		at += size
		ends[n] = at
		n++
	}
	for i := range n {
		a.pre[i] = learn.HashLower(form[:ends[i]])
	}
	at = len(form)
	for i := 0; i < n && at > 0; i++ {
		_, size := utf8.DecodeLastRuneInString(form[:at])
		at -= size
		a.suf[i] = learn.HashLower(form[at:])
	}
	a.cluster, a.short = clusters.find(a.low)
}

func (a *atom) setTag(tag uint8) {
	a.tag = uint64(tag) + 1
	a.lowTag = learn.Mix(a.low, a.tag)
}

// shapeOf hashes the kinds of the characters of a word with runs made one:
// "Xi" is Xx, "2024" is d, "AS-Rusia" is X-Xx.
func shapeOf(form string) uint64 {
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
			h = learn.Mix(h, uint64(k))
			last = k
		}
	}
	return h
}

// tagFeatures adds the features of every word for the tagger. The first is the
// word itself, since it is joined with the tag before.
func tagFeatures(fs *learn.Features, atoms []atom) {
	fs.Reset()
	var none atom
	at := func(i int) *atom {
		if i < 0 || i >= len(atoms) {
			return &none
		}
		return &atoms[i]
	}
	for i := range atoms {
		a, p, n := &atoms[i], at(i-1), at(i+1)
		fs.Begin()
		fs.Add(learn.Mix(1, a.low))
		fs.Add(learn.Mix(2, n.low))
		fs.Add(learn.Mix(3, a.suf[2]))
		fs.Add(learn.Mix(4, a.raw))
		fs.Add(learn.Mix(5, a.suf[0]))
		fs.Add(learn.Mix(6, a.suf[1]))
		fs.Add(learn.Mix(7, a.suf[3]))
		fs.Add(learn.Mix(8, a.pre[0]))
		fs.Add(learn.Mix(9, a.pre[1]))
		fs.Add(learn.Mix(10, a.pre[2]))
		fs.Add(learn.Mix(11, a.pre[3]))
		fs.Add(learn.Mix(12, a.shape))
		fs.Add(learn.Mix3(13, a.shape, p.shape))
		fs.Add(learn.Mix3(14, a.shape, n.shape))
		fs.Add(learn.Mix(15, p.low))
		fs.Add(learn.Mix(16, at(i-2).low))
		fs.Add(learn.Mix(17, at(i+2).low))
		fs.Add(learn.Mix3(18, p.low, a.low))
		fs.Add(learn.Mix3(19, a.low, n.low))
		fs.Add(learn.Mix(20, n.suf[2]))
		fs.Add(learn.Mix(21, p.suf[2]))
		fs.Add(learn.Mix3(22, a.pre[1], a.suf[1]))
		fs.Add(learn.Mix3(23, a.pre[2], a.suf[2]))
		if a.cluster != 0 {
			fs.Add(learn.Mix(24, a.cluster))
			fs.Add(learn.Mix(25, a.short))
		}
		if p.cluster != 0 || n.cluster != 0 {
			fs.Add(learn.Mix(26, p.cluster))
			fs.Add(learn.Mix(27, n.cluster))
			fs.Add(learn.Mix3(28, p.short, n.short))
		}
		if i == 0 {
			fs.Add(learn.Mix(29, a.shape))
		}
	}
}
