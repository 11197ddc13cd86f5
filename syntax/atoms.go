package syntax

import (
	"unicode/utf8"

	"kawat/learn"
)

// atom is what the models see of one word. All fields are hashes or small
// numbers that go straight into features.
type atom struct {
	low    uint64 // of the form in lower case
	raw    uint64 // of the form as it stands
	pre    [4]uint64
	suf    [4]uint64 // of the first and last 1 to 4 letters, in lower case
	shape  uint64
	tag    uint64
	lowTag uint64
}

// maxAffix is the longest affix that features hold, in letters.
const maxAffix = 4

// setForm fills an atom from a word's form.
func (a *atom) setForm(form string) {
	*a = atom{low: learn.HashLower(form), raw: learn.Hash(form), shape: learn.HashShape(form)}
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
}

func (a *atom) setTag(tag uint8) {
	a.tag = uint64(tag) + 1
	a.lowTag = learn.Mix(a.low, a.tag)
}
