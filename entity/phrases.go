package entity

import (
	"strings"
	"unicode/utf8"

	"kawat/story"
)

// lexicon interns the words of all tables in lower case, so that a story's
// words are looked up once and then compared as numbers.
type lexicon struct{ ids map[string]int32 }

func (l *lexicon) add(word string) int32 {
	word = strings.ToLower(word)
	if id, ok := l.ids[word]; ok {
		return id
	}
	id := int32(len(l.ids) + 1)
	l.ids[word] = id
	return id
}

// id returns the number of a word, 0 if no table has it. It allocates nothing
// for words that are lower case already or plain ASCII.
func (l *lexicon) id(form string) int32 {
	const longest = 32
	if len(form) > longest {
		return 0
	}
	var buf [longest]byte
	for i := 0; i < len(form); i++ {
		c := form[i]
		if c >= utf8.RuneSelf {
			return l.ids[strings.ReplaceAll(strings.ToLower(form), "’", "'")]
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf[i] = c
	}
	return l.ids[string(buf[:len(form)])]
}

// trie finds the longest phrase of a table that starts at a word.
type trie struct {
	next   map[uint64]int32
	values []int32 // node -> row + 1, 0 where no phrase ends
	starts []bool  // by lexicon id: some phrase starts with the word
}

func newTrie() *trie {
	return &trie{next: make(map[uint64]int32, 512), values: make([]int32, 1, 512)}
}

// add puts a phrase in. It reports false where another row has it already.
func (t *trie) add(l *lexicon, phrase string, row int) bool {
	node := int32(0)
	for i, word := range split(phrase) {
		id := l.add(word)
		if i == 0 {
			for int(id) >= len(t.starts) {
				t.starts = append(t.starts, false)
			}
			t.starts[id] = true
		}
		key := uint64(node)<<32 | uint64(id)
		to, ok := t.next[key]
		if !ok {
			to = int32(len(t.values))
			t.values = append(t.values, 0)
			t.next[key] = to
		}
		node = to
	}
	if node == 0 || t.values[node] != 0 {
		return false
	}
	t.values[node] = int32(row + 1)
	return true
}

// split cuts a phrase as the words of a story are cut: at spaces, and around
// hyphens and before possessives, which tokenizers keep or cut; see cells.
func split(phrase string) []string {
	var out []string
	for _, w := range strings.Fields(phrase) {
		for {
			i := strings.IndexByte(w, '-')
			if i <= 0 || i+1 >= len(w) {
				break
			}
			out = append(out, w[:i])
			w = w[i+1:]
		}
		if base, ok := strings.CutSuffix(w, "'s"); ok && base != "" {
			out = append(out, base, "'s")
			continue
		}
		out = append(out, w)
	}
	return out
}

// match returns the row of the longest phrase that starts at cell i and ends
// before limit, and the cell after it; row -1 if there is none.
func (t *trie) match(cells []cell, i, limit int) (row, end int) {
	row = -1
	if i >= limit {
		return -1, i
	}
	if id := cells[i].lex; id <= 0 || int(id) >= len(t.starts) || !t.starts[id] {
		return -1, i
	}
	node := int32(0)
	for j := i; j < limit; j++ {
		if cells[j].hyphen && j > i {
			continue
		}
		id := cells[j].lex
		if id == 0 {
			break
		}
		to, ok := t.next[uint64(node)<<32|uint64(id)]
		if !ok {
			break
		}
		node = to
		if v := t.values[node]; v != 0 {
			row, end = int(v-1), j+1
		}
	}
	return row, end
}

// shape is how a word is written.
type shape uint8

const (
	lower    shape = iota
	capital        // "Lavrov", "McCain", "al-Sisi" counts as lower
	capitals       // "TNI", "U.S."
	initial        // "L."
	number
	mark // punctuation
)

// cell is a piece of a word: words are cut at inner hyphens and before a
// possessive, so that "El-Sisi", "vice-president" and "China's" look the same
// whatever the tokenizer did.
type cell struct {
	span   story.Span
	word   story.WordID
	lex    int32
	class  class
	shape  shape
	hyphen bool // a hyphen without space on either side
	glued  bool // no space before it
	clitic bool // a further word of a token: "nya" of "katanya"
}

// shapeOf tells how a form is written.
func shapeOf(form string) shape {
	r, size := utf8.DecodeRuneInString(form)
	switch {
	case '0' <= r && r <= '9':
		return number
	case !isLetter(r):
		return mark
	case !isUpper(r):
		return lower
	case len(form) == size || len(form) == size+1 && form[size] == '.':
		return initial
	}
	for _, r := range form[size:] {
		if isLetter(r) && !isUpper(r) {
			return capital
		}
	}
	return capitals
}
