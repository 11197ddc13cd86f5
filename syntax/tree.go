package syntax

// treeFinder finds the best tree with one root under the scores of arcs; it is
// the memory of one goroutine.
type treeFinder struct {
	n        int
	score    []int64 // [head*(n+1)+dependent]; the root is n
	in, out  []int32 // the arc that an arc between contracted words stands for: its head, its dependent
	active   []bool
	member   [][]int32 // words that a contracted word stands for
	parents  []int32
	mark     []int32
	levels   []level
	attached []bool
}

// level is one contraction: the cycle, and the heads at that time.
type level struct {
	cycle, parents []int32
	members        [][]int32
}

// rootCost is taken off every arc from the root, so that the best tree is one
// with a single such arc; no sum of the other arcs comes near it.
const rootCost = int64(1) << 44

// find fills heads with the best tree of n words. scores[w*width+h] is the score
// of word w under head h; h is n for the root. Mostly every word's best head
// makes a tree already; else the method of Chu and Liu (1965) and Edmonds
// (1967) breaks the cycles, in O(n²) for each cycle.
func (t *treeFinder) find(scores []int32, n, width int, heads []int32) {
	roots := 0
	for w := range n {
		row := scores[w*width:][:n+1]
		best := -1
		for h, s := range row {
			if h != w && (best < 0 || s > row[best]) {
				best = h
			}
		}
		heads[w] = int32(best)
		if best == n {
			roots++
		}
	}
	if roots == 1 && t.acyclic(heads[:n]) {
		return
	}
	t.load(scores, n, width)
	for t.contract() {
	}
	t.expand(heads)
}

// acyclic reports whether every word leads to the root.
func (t *treeFinder) acyclic(heads []int32) bool {
	n := len(heads)
	t.mark = resized(t.mark, n)
	clear(t.mark)
	for w := range n {
		v := int32(w)
		for int(v) < n && t.mark[v] == 0 {
			t.mark[v] = int32(w) + 1
			v = heads[v]
		}
		if int(v) < n && t.mark[v] == int32(w)+1 {
			return false
		}
	}
	return true
}

func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

func (t *treeFinder) load(scores []int32, n, width int) {
	t.n = n
	m := n + 1
	t.score, t.in, t.out = resized(t.score, m*m), resized(t.in, m*m), resized(t.out, m*m)
	for h := range m {
		for d := range m {
			at := h*m + d
			t.in[at], t.out[at] = int32(h), int32(d)
			if d < n {
				t.score[at] = int64(scores[d*width+h])
				if h == n {
					t.score[at] -= rootCost
				}
			}
		}
	}
	t.active, t.parents, t.attached = resized(t.active, m), resized(t.parents, m), resized(t.attached, m)
	t.member = resized(t.member, m)
	for i := range m {
		t.active[i], t.attached[i] = true, false
		t.member[i] = append(t.member[i][:0], int32(i))
	}
	t.levels = t.levels[:0]
}

// contract makes one word of a cycle among the best heads; false where there is
// none left.
func (t *treeFinder) contract() bool {
	m := t.n + 1
	for d := range t.n {
		if !t.active[d] {
			continue
		}
		best := -1
		for h := range m {
			if h != d && t.active[h] && (best < 0 || t.score[h*m+d] > t.score[best*m+d]) {
				best = h
			}
		}
		t.parents[d] = int32(best)
	}
	l := t.push()
	l.cycle = t.cycle(l.cycle[:0])
	if len(l.cycle) == 0 {
		return false
	}
	l.parents = append(l.parents[:0], t.parents[:t.n]...)
	t.merge(l)
	return true
}

func (t *treeFinder) push() *level {
	if len(t.levels) < cap(t.levels) {
		t.levels = t.levels[:len(t.levels)+1]
	} else {
		t.levels = append(t.levels, level{})
	}
	return &t.levels[len(t.levels)-1]
}

// cycle appends the words of a cycle of the parents to buf.
func (t *treeFinder) cycle(buf []int32) []int32 {
	t.mark = resized(t.mark, t.n)
	clear(t.mark)
	for w := range t.n {
		if !t.active[w] || t.mark[w] != 0 {
			continue
		}
		v := int32(w)
		for int(v) < t.n && t.mark[v] == 0 {
			t.mark[v] = int32(w) + 1
			v = t.parents[v]
		}
		if int(v) < t.n && t.mark[v] == int32(w)+1 {
			for u := v; len(buf) == 0 || u != v; u = t.parents[u] {
				buf = append(buf, u)
			}
			return buf
		}
	}
	return buf
}

// merge lets the first word of a cycle stand for all.
func (t *treeFinder) merge(l *level) {
	m := t.n + 1
	rep := int(l.cycle[0])
	weight := int64(0)
	for _, c := range l.cycle {
		weight += t.score[int(t.parents[c])*m+int(c)]
		t.active[c] = false
	}
	for v := range m {
		if !t.active[v] {
			continue
		}
		from, into := -1, -1
		var fromScore, intoScore int64
		for _, c := range l.cycle {
			c := int(c)
			if s := t.score[c*m+v]; from < 0 || s > fromScore {
				from, fromScore = c, s
			}
			if s := weight + t.score[v*m+c] - t.score[int(t.parents[c])*m+c]; into < 0 || s > intoScore {
				into, intoScore = c, s
			}
		}
		a, b := rep*m+v, from*m+v
		t.score[a], t.in[a], t.out[a] = fromScore, t.in[b], t.out[b]
		a, b = v*m+rep, v*m+into
		t.score[a], t.in[a], t.out[a] = intoScore, t.in[b], t.out[b]
	}
	t.active[rep] = true
	l.members = resized(l.members, len(l.cycle))
	for i, c := range l.cycle {
		l.members[i] = append(l.members[i][:0], t.member[c]...)
	}
	for _, c := range l.cycle[1:] {
		t.member[rep] = append(t.member[rep], t.member[c]...)
	}
}

// expand sets the heads of all words, from the last contraction back.
func (t *treeFinder) expand(heads []int32) {
	m := t.n + 1
	set := func(parents []int32, v int32) {
		at := int(parents[v])*m + int(v)
		heads[t.out[at]] = t.in[at]
		t.attached[t.out[at]] = true
	}
	for w := range t.n {
		if t.active[w] {
			set(t.parents, int32(w))
		}
	}
	for i := len(t.levels) - 2; i >= 0; i-- {
		l := &t.levels[i]
		entry := l.cycle[0]
		for j, c := range l.cycle {
			for _, w := range l.members[j] {
				if t.attached[w] {
					entry = c
				}
			}
		}
		for v := l.parents[entry]; v != entry; v = l.parents[v] {
			set(l.parents, v)
		}
	}
}
