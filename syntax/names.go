package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kawat/learn"
	"kawat/story"
)

// Wire copy is full of names that no treebank has, of any length: "Khalid
// Al-Mannai", "Le Minh Quan". So names of several words are learned in other
// ones' dress too: some of their parts come from other names, some are made of
// syllables.

// varyNames is how many of a hundred names are swapped.
const varyNames = 30

// namePool holds the parts of names that the treebanks have.
type namePool struct{ parts []string }

func newNamePool(train []example, isFlat []bool) *namePool {
	p := &namePool{}
	seen := map[string]bool{}
	for i := range train {
		ex := &train[i]
		for from := 0; from < len(ex.forms); {
			to := ex.nameEnd(from, isFlat)
			for _, f := range ex.forms[from:to] {
				if to-from > 1 && !seen[f] {
					seen[f] = true
					p.parts = append(p.parts, f)
				}
			}
			from = max(to, from+1)
		}
	}
	return p
}

// nameEnd returns the end of the name of several words that begins at from:
// proper nouns with a capital, all but the first flat under it; from if none
// does.
func (ex *example) nameEnd(from int, isFlat []bool) int {
	to := from
	for to < len(ex.forms) && ex.tags[to] == uint8(story.PROPN) && capital(ex.forms[to]) &&
		(to == from || int(ex.heads[to]) == from && isFlat[ex.rels[to]]) {
		to++
	}
	if to-from < 2 {
		return from
	}
	return to
}

func capital(form string) bool {
	r, size := utf8.DecodeRuneInString(form)
	return unicode.IsUpper(r) && len(form) > size
}

// part draws a part of a name.
func (p *namePool) part(rnd *learn.Rand) string {
	if rnd.Intn(2) == 0 {
		return p.parts[rnd.Intn(len(p.parts))]
	}
	const first, vowels, last = "bcdfghjklmnprstvwyz", "aeiou", "  nrlstmkg"
	var sb strings.Builder
	for k := range 1 + rnd.Intn(3) {
		c := first[rnd.Intn(len(first))]
		if k == 0 {
			c -= 'a' - 'A'
		}
		sb.WriteByte(c)
		sb.WriteByte(vowels[rnd.Intn(len(vowels))])
		if l := last[rnd.Intn(len(last))]; l != ' ' {
			sb.WriteByte(l)
		}
	}
	if rnd.Intn(12) == 0 {
		return "Al-" + sb.String()
	}
	return sb.String()
}

// swapped returns an example with some of its names swapped; the example itself
// if none was.
func (p *namePool) swapped(ex *example, isFlat []bool, rnd *learn.Rand) *example {
	var out *example
	place := make([]int32, len(ex.forms)+1) // where each word has gone
	copied := 0
	keep := func(to int) {
		for ; copied < to; copied++ {
			place[copied] = int32(len(out.forms))
			out.take(ex, copied, ex.forms[copied])
		}
	}
	for from := 0; from < len(ex.forms); {
		to := ex.nameEnd(from, isFlat)
		if to == from || rnd.Intn(100) >= varyNames {
			from = max(to, from+1)
			continue
		}
		if out == nil {
			out = &example{domain: ex.domain}
		}
		keep(from)
		head := int32(len(out.forms))
		out.take(ex, from, p.part(rnd))
		for range []int{0, 1, 1, 1, 1, 2, 2, 3}[rnd.Intn(8)] {
			out.take(ex, from+1, p.part(rnd))
		}
		for ; copied < to; copied++ {
			place[copied] = head
		}
		from = to
	}
	if out == nil {
		return ex
	}
	keep(len(ex.forms))
	place[len(ex.forms)] = int32(len(out.forms))
	for i, h := range out.heads {
		out.heads[i] = place[h]
	}
	return out
}

// take appends a word of another example in another form.
func (ex *example) take(from *example, i int, form string) {
	ex.forms = append(ex.forms, form)
	ex.tags, ex.rels = append(ex.tags, from.tags[i]), append(ex.rels, from.rels[i])
	ex.feats, ex.heads = append(ex.feats, from.feats[i]), append(ex.heads, from.heads[i])
}
