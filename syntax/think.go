package syntax

import (
	"math"

	"kawat/learn"
	"kawat/neural"
	"kawat/story"
)

// thought is the memory in which one goroutine runs the network over a few
// sentences at once.
type thought struct {
	x, y     []int16 // what a layer reads and what it gives
	gates    []int16
	mem      []int16
	heads    []int16
	dep, gov []int16
	query    []int16
	packed   []int16
	scores   []int32
	hidden   []int16
	rels     []int32
	tree     treeFinder
	near     []near
	cache    []cached
}

// cached is the sum of the rows of a word met before, and the rows that it
// gives to its neighbours.
type cached struct {
	key  uint64
	sum  []int16
	near near
}

// near are the rows that a word gives to the word after it and to the one
// before it.
type near struct{ after, before [2]int32 }

// cacheSize is how many words are remembered, a power of two.
const cacheSize = 2048

// add appends the sum of the rows of a word to what the network reads.
func (t *thought) add(f *fixedNetwork, form string, first bool, style int) {
	if t.cache == nil {
		t.cache = make([]cached, cacheSize)
		all := make([]int16, cacheSize*f.In)
		for i := range t.cache {
			t.cache[i].sum = all[i*f.In : (i+1)*f.In]
		}
	}
	key := learn.Hash(form)
	if first {
		key = learn.Mix(key, 1)
	}
	key |= 1 // no key is the zero of an empty place
	c := &t.cache[key>>1&(cacheSize-1)]
	if c.key != key {
		c.key = key
		clear(c.sum)
		var a atom
		a.setForm(form)
		f.sum(c.sum, &a, first, style)
		c.near = f.nearOf(&a)
	}
	t.x = append(t.x, c.sum...)
	t.near = append(t.near, c.near)
}

// begin empties what is to be read.
func (t *thought) begin() { t.x, t.near = t.x[:0], t.near[:0] }

// endSentence adds to the words since from what their neighbours give them.
func (t *thought) endSentence(f *fixedNetwork, from int) {
	end := len(t.near)
	for i := from; i < end; i++ {
		before, after := &f.edge, &f.edge
		if i > from {
			before = &t.near[i-1]
		}
		if i+1 < end {
			after = &t.near[i+1]
		}
		sum := t.x[i*f.In:][:f.In]
		for k := range 2 {
			f.addTo(sum, before.after[k])
			f.addTo(sum, after.before[k])
		}
	}
}

// nearOf finds the rows that a word gives to its neighbours.
func (f *fixedNetwork) nearOf(a *atom) (n near) {
	before, after := a.neighbour(seedBefore), a.neighbour(seedAfter)
	for k := range 2 {
		n.after[k], n.before[k] = f.index.find(before[k]), f.index.find(after[k])
	}
	return n
}

// sum adds up the rows of a word.
func (f *fixedNetwork) sum(sum []int16, a *atom, first bool, style int) {
	r := f.index.find(formFeature(a.low))
	if r < 0 {
		r = f.index.find(unknownForm)
	}
	f.addTo(sum, r)
	f.addTo(sum, f.index.find(styleFeature(style)))
	var buf [2 * slots]uint64
	for _, k := range a.features(first, buf[:0]) {
		f.addTo(sum, f.index.find(k))
	}
}

func (f *fixedNetwork) addTo(sum []int16, row int32) {
	if row >= 0 {
		neural.AddRow(sum, f.rows[int(row)*f.In:][:f.In], f.shifts[row])
	}
}

// run reads sentences whose words were added: their ends count words from the
// first. Afterwards heads holds every word's row of scores.
func (t *thought) run(f *fixedNetwork, ends []int) {
	words := len(t.x) / f.In
	for l := range f.Layers {
		t.gates = resized(t.gates, words*f.gates())
		f.layers[l].Narrow(t.gates, t.x, words, neural.GateBits)
		t.y = resized(t.y, words*2*f.Hidden)
		from := 0
		for _, end := range ends {
			t.recur(f, l, from, end)
			from = end
		}
		t.x, t.y = t.y, t.x
	}
	t.heads = resized(t.heads, words*f.shape.heads())
	f.heads.Narrow(t.heads, t.x, words, headBits)
	n := words * f.Arc
	t.dep, t.gov, t.query = resized(t.dep, n), resized(t.gov, n+f.Arc), resized(t.query, n)
	for w := range words {
		y := t.heads[w*f.shape.heads():]
		neural.Positive(t.dep[w*f.Arc:], y[:f.Arc])
		neural.Positive(t.gov[w*f.Arc:], y[f.Arc:2*f.Arc])
	}
	f.arc.Narrow(t.query, t.dep, words, queryBits)
}

// recur runs a layer over one sentence in both directions.
func (t *thought) recur(f *fixedNetwork, l, from, end int) {
	h := f.Hidden
	t.mem = resized(t.mem, h)
	for dir := range 2 {
		clear(t.mem)
		for i := from; i < end; i++ {
			w := i
			if dir == 1 {
				w = from + end - 1 - i
			}
			var skip []int16
			if l > 0 {
				skip = t.x[(2*w+dir)*h:][:h]
			}
			neural.Cell(t.mem, t.y[(2*w+dir)*h:][:h], t.gates[(2*w+dir)*3*h:][:3*h], skip)
		}
	}
}

// arcs finds the heads of the words of one sentence, counted within it; the root
// is their number.
func (t *thought) arcs(f *fixedNetwork, from, end int, heads []int32) {
	n, a := end-from, f.Arc
	// The root stands behind the last word, where the next sentence's first
	// has its place.
	var keep [maxShape]int16
	next := t.gov[end*a:][:a]
	copy(keep[:a], next)
	copy(next, f.rootArc)
	t.packed = neural.Pack(t.packed, t.gov[from*a:(end+1)*a], n+1, a)
	copy(next, keep[:a])
	width := len(t.packed) / a
	t.scores = resized(t.scores, n*width)
	neural.Products(t.scores, t.query[from*a:end*a], n, a, t.packed)
	for w := range n {
		row := t.scores[w*width:][:n]
		for h := range row {
			row[h] += f.distance[bin(h-w)]
		}
	}
	t.tree.find(t.scores, n, width, heads)
}

// relations finds which of count relations the words of one sentence have to
// their heads; only the root's word has the relation root.
func (t *thought) relations(f *fixedNetwork, from, end, root, count int, heads []int32, rels []uint8) {
	n, b, all := end-from, f.Label, f.shape.heads()
	t.hidden, t.rels = resized(t.hidden, n*b), resized(t.rels, n*f.Rels)
	for w := range n {
		gov := f.rootLabel
		if h := int(heads[w]); h < n {
			gov = t.heads[(from+h)*all+2*f.Arc+b:][:b]
		}
		neural.PositiveSum(t.hidden[w*b:][:b], t.heads[(from+w)*all+2*f.Arc:], gov)
	}
	f.rel.Wide(t.rels, t.hidden, n, b)
	for w := range n {
		row := t.rels[w*f.Rels:][:count]
		if int(heads[w]) == n {
			rels[w] = uint8(root)
			continue
		}
		row[root] = math.MinInt32
		rels[w] = uint8(highest(row))
	}
}

// tag returns the part of speech of a word.
func (t *thought) tag(f *fixedNetwork, w int) uint8 {
	at := w*f.shape.heads() + 2*f.Arc + 2*f.Label
	return uint8(highest(t.heads[at:][:int(story.X)+1]))
}

// bundle returns which of count bundles of features a word has.
func (t *thought) bundle(f *fixedNetwork, w, count int) int {
	at := w*f.shape.heads() + 2*f.Arc + 2*f.Label + f.Tags
	return highest(t.heads[at:][:count])
}

// highest returns the place of the highest value, the first of equals.
func highest[T int16 | int32](v []T) int {
	best := 0
	for i, s := range v {
		if s > v[best] {
			best = i
		}
	}
	return best
}
