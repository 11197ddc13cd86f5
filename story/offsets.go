package story

import "unicode/utf8"

// Runes turns byte offsets of one text into offsets in Unicode code points.
// It costs one pass over the text to make, and at most 64 bytes to look at for
// each offset after that.
type Runes struct {
	text   string
	blocks []int32 // code points before each block of 64 bytes; nil for ASCII
}

const runeBlock = 64

// NewRunes makes the table of a text. Bytes that are no UTF-8 count one each.
func NewRunes(text string) *Runes {
	r := &Runes{text: text}
	ascii := true
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return r
	}
	r.blocks = make([]int32, 0, len(text)/runeBlock+1)
	n, at := int32(0), 0
	for at <= len(text) {
		r.blocks = append(r.blocks, n)
		next := min(at+runeBlock, len(text))
		n += countStarts(text[at:next])
		if at += runeBlock; at > len(text) {
			break
		}
	}
	return r
}

// At returns the number of code points before a byte offset.
func (r *Runes) At(offset int) int {
	if r.blocks == nil {
		return offset
	}
	b := offset / runeBlock
	return int(r.blocks[b] + countStarts(r.text[b*runeBlock:offset]))
}

// countStarts counts the bytes that begin a code point, which is the number of
// code points of valid UTF-8 even where the slice cuts through one at its start.
func countStarts(s string) int32 {
	n := int32(0)
	for i := 0; i < len(s); i++ {
		if s[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}
