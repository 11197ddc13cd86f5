package main

import (
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"
)

// sorted is a vocabulary sorted into classes of words that stand in like places.
type sorted struct {
	words   []string
	classes []int // by word
}

// vocabulary counts the words of stories, one a line, and keeps those that stand
// in at least so many of them, the commonest first.
func vocabulary(stories []string, least int) (words []string, id map[string]int) {
	count := map[string]int{}
	for _, s := range stories {
		seen := map[string]bool{}
		for _, w := range split(s) {
			if !seen[w] {
				seen[w] = true
				count[w]++
			}
		}
	}
	for w, n := range count {
		if n >= least {
			words = append(words, w)
		}
	}
	sort.Slice(words, func(i, j int) bool {
		a, b := words[i], words[j]
		return count[a] > count[b] || count[a] == count[b] && a < b
	})
	id = make(map[string]int, len(words))
	for i, w := range words {
		id[w] = i
	}
	return words, id
}

// split cuts a line into words in lower case and marks; numbers are all one word.
func split(line string) (out []string) {
	word := func(s string) {
		if s = strings.ToLower(s); s != "" {
			if unicode.IsDigit(rune(s[0])) {
				s = "0"
			}
			out = append(out, s)
		}
	}
	for _, f := range strings.Fields(line) {
		at := 0
		for i, r := range f {
			if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '’' || r == '.' && i+1 < len(f) {
				continue
			}
			word(f[at:i])
			word(string(r))
			at = i + len(string(r))
		}
		word(f[at:])
	}
	return out
}

type pair struct{ other, n int }

// exchange sorts words into classes so that a bigram model over classes fits the
// stories as well as it can (the exchange algorithm of Kneser and Ney 1993;
// Martin, Liermann and Ney 1998). The result depends on its arguments alone.
func exchange(stories []string, least, classes, passes int) sorted {
	words, id := vocabulary(stories, least)
	n := len(words) + 1 // the last one is every other word and the edge of a story
	rest := n - 1
	next := make([]map[int]int, n)
	prev := make([]map[int]int, n)
	for i := range next {
		next[i], prev[i] = map[int]int{}, map[int]int{}
	}
	total := make([]int, n)
	for _, s := range stories {
		last := rest
		for _, w := range append(split(s), "") {
			k, ok := id[w]
			if !ok {
				k = rest
			}
			next[last][k]++
			prev[k][last]++
			total[k]++
			last = k
		}
	}
	e := &exchanger{classes: classes + 1, of: make([]int, n), total: total}
	for i := range n {
		e.of[i] = i % classes
		e.next = append(e.next, pairs(next[i]))
		e.prev = append(e.prev, pairs(prev[i]))
	}
	e.of[rest] = classes
	e.count()
	for range passes {
		if e.pass(rest) == 0 {
			break
		}
	}
	return sorted{words: words, classes: e.of[:rest]}
}

func pairs(m map[int]int) (out []pair) {
	for k, n := range m {
		out = append(out, pair{k, n})
	}
	slices.SortFunc(out, func(a, b pair) int { return a.other - b.other })
	return out
}

type exchanger struct {
	classes    int
	of, total  []int
	next, prev [][]pair
	grid       []int // class, class -> bigrams
	size       []int // class -> words of text
	logs       []float64
	beside     []int // classes beside the word that is moved
}

func (e *exchanger) count() {
	e.grid = make([]int, e.classes*e.classes)
	e.size = make([]int, e.classes)
	for w := range e.of {
		e.size[e.of[w]] += e.total[w]
		for _, p := range e.next[w] {
			e.grid[e.of[w]*e.classes+e.of[p.other]] += p.n
		}
	}
}

// xlogx returns n log n, which is worked out once for small numbers.
func (e *exchanger) xlogx(n int) float64 {
	const small = 1 << 20
	if e.logs == nil {
		e.logs = make([]float64, small)
		for i := 1; i < small; i++ {
			e.logs[i] = float64(i) * math.Log(float64(i))
		}
	}
	if n < small {
		return e.logs[max(n, 0)]
	}
	return float64(n) * math.Log(float64(n))
}

// pass moves each word to its best class and returns how many moved.
func (e *exchanger) pass(rest int) (moved int) {
	right, left := make([]int, e.classes), make([]int, e.classes)
	for w := range rest {
		clear(right)
		clear(left)
		self := 0
		for _, p := range e.next[w] {
			if p.other == w {
				self = p.n
				continue
			}
			right[e.of[p.other]] += p.n
		}
		for _, p := range e.prev[w] {
			if p.other != w {
				left[e.of[p.other]] += p.n
			}
		}
		e.beside = e.beside[:0]
		for k := range e.classes {
			if right[k] > 0 || left[k] > 0 {
				e.beside = append(e.beside, k)
			}
		}
		from := e.of[w]
		e.add(w, from, right, left, self, -1)
		best, top := from, math.Inf(-1)
		for c := range e.classes - 1 {
			if gain := e.gain(w, c, right, left, self); gain > top+1e-9 {
				best, top = c, gain
			}
		}
		e.of[w] = best
		e.add(w, best, right, left, self, 1)
		if best != from {
			moved++
		}
	}
	return moved
}

func (e *exchanger) add(w, c int, right, left []int, self, sign int) {
	for _, k := range e.beside {
		e.grid[c*e.classes+k] += sign * right[k]
		e.grid[k*e.classes+c] += sign * left[k]
	}
	e.grid[c*e.classes+c] += sign * self
	e.size[c] += sign * e.total[w]
}

// gain is what the likelihood wins when word w joins class c.
func (e *exchanger) gain(w, c int, right, left []int, self int) float64 {
	sum := 2 * (e.xlogx(e.size[c]) - e.xlogx(e.size[c]+e.total[w]))
	for _, k := range e.beside {
		if k == c {
			continue
		}
		if right[k] > 0 {
			g := e.grid[c*e.classes+k]
			sum += e.xlogx(g+right[k]) - e.xlogx(g)
		}
		if left[k] > 0 {
			g := e.grid[k*e.classes+c]
			sum += e.xlogx(g+left[k]) - e.xlogx(g)
		}
	}
	g := e.grid[c*e.classes+c]
	return sum + e.xlogx(g+right[c]+left[c]+self) - e.xlogx(g)
}
