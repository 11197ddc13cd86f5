package syntax

import (
	"unicode"
	"unicode/utf8"

	"kawat/learn"
)

// English treebanks cut "US-led" at its hyphen, this package does not: a name
// such as "Al-Mannai" stays whole. So words that were cut are learned joined,
// too.

// joinHyphens is how many of a hundred words with hyphens are joined.
const joinHyphens = 60

// hyphenEnd returns the end of the word with hyphens that begins at from, from
// if there is none.
func (ex *example) hyphenEnd(from int) int {
	to := from
	for to+2 < len(ex.forms) && ex.forms[to+1] == "-" && ex.glued[to] && ex.glued[to+1] && wordy(ex.forms[to]) && wordy(ex.forms[to+2]) {
		to += 2
	}
	if to == from {
		return from
	}
	return to + 1
}

func wordy(form string) bool {
	r, _ := utf8.DecodeRuneInString(form)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// joined returns an example with some of its words joined at hyphens; the
// example itself if none was.
func (ex *example) joined(rnd *learn.Rand) *example {
	var ends []int // where each word ends that is to be joined, by its start
	for from := 0; from < len(ex.forms); {
		to := ex.hyphenEnd(from)
		if to > from && rnd.Intn(100) < joinHyphens && ex.top(from, to) >= 0 {
			if ends == nil {
				ends = make([]int, len(ex.forms))
			}
			ends[from] = to
		}
		from = max(to, from+1)
	}
	if ends == nil {
		return ex
	}
	out := &example{domain: ex.domain}
	place := make([]int32, len(ex.forms)+1)
	for from := 0; from < len(ex.forms); {
		to := max(ends[from], from+1)
		form := ""
		for i := from; i < to; i++ {
			form += ex.forms[i]
			place[i] = int32(len(out.forms))
		}
		out.take(ex, ex.top(from, to), form)
		from = to
	}
	place[len(ex.forms)] = int32(len(out.forms))
	for i, h := range out.heads {
		out.heads[i] = place[h]
	}
	return out
}

// top returns the one word of a stretch whose head lies outside of it, -1 where
// there are several.
func (ex *example) top(from, to int) int {
	top := -1
	for i := from; i < to; i++ {
		if h := int(ex.heads[i]); h < from || h >= to {
			if top >= 0 {
				return -1
			}
			top = i
		}
	}
	return top
}
