package syntax

import (
	"context"
	"slices"

	"kawat/learn"
	"kawat/neural"
)

// Word vectors are learned from plain text by the structured skip-gram model
// (Ling and others 2015): a word foretells each of its neighbours, by other
// weights at each place, against words drawn at random.
const (
	vectorReach  = 2 // neighbours on each side
	vectorDraws  = 4 // words drawn against each neighbour
	vectorPasses = 3
	vectorRate   = 0.05
)

// vectors are word vectors by the feature of the form.
type vectors struct {
	width int
	rows  map[uint64]int32
	data  []float32
}

// row returns the number of a form's vector, noRow if it has none.
func (v *vectors) row(low uint64) int32 {
	if r, ok := v.rows[low]; ok {
		return r
	}
	return noRow
}

// skipGram is the state of learning vectors.
type skipGram struct {
	vectors
	out   []float32 // [place][word]
	draw  []int32   // words as often as they are drawn
	keep  []uint64  // of 65536, how often a word is looked at
	rnd   learn.Rand
	slope []float32
}

// learnVectors learns vectors of the words of some texts. Words are lower-case
// hashes; those that stand in fewer than least texts get no vector.
func learnVectors(ctx context.Context, texts [][]uint64, width, least int, seed uint64) (*vectors, error) {
	g := &skipGram{rnd: learn.Rand(seed), slope: make([]float32, width)}
	g.width = width
	counts := g.number(texts, least)
	total := 0
	for _, n := range counts {
		total += n
	}
	for i, n := range counts {
		// The commonest words are skipped in part (Mikolov and others 2013).
		share := float64(n) / float64(total) / 1e-3
		keep := 65536.0
		if share > 1 {
			keep /= float64(sqrt(float32(share)))
		}
		g.keep = append(g.keep, uint64(keep))
		for range 1 + int(20000*sqrt(float32(n))/sqrt(float32(total))) {
			g.draw = append(g.draw, int32(i))
		}
	}
	n := len(counts) * width
	g.data, g.out = make([]float32, n), make([]float32, 2*vectorReach*n)
	fill(g.data, 0.5/sqrt(float32(width)), &g.rnd)
	steps, all := 0, total*vectorPasses
	var line []int32
	for range vectorPasses {
		for _, text := range texts {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			line = g.line(text, line[:0])
			rate := vectorRate * max(1-float32(steps)/float32(all), 1e-3)
			steps += len(text)
			g.learn(line, rate)
		}
	}
	return &g.vectors, nil
}

// number gives words numbers and returns how often each stands in the texts.
func (g *skipGram) number(texts [][]uint64, least int) []int {
	type tally struct{ n, texts, last int }
	tallies := map[uint64]*tally{}
	for i, text := range texts {
		for _, w := range text {
			t := tallies[w]
			if t == nil {
				t = &tally{last: -1}
				tallies[w] = t
			}
			t.n++
			if t.last != i {
				t.last = i
				t.texts++
			}
		}
	}
	var keys []uint64
	for w, t := range tallies {
		if t.texts >= least {
			keys = append(keys, w)
		}
	}
	slices.Sort(keys)
	g.rows = map[uint64]int32{}
	var counts []int
	for i, w := range keys {
		g.rows[w] = int32(i)
		counts = append(counts, tallies[w].n)
	}
	return counts
}

// line returns the numbers of a text's words, without some of the commonest.
func (g *skipGram) line(text []uint64, buf []int32) []int32 {
	for _, w := range text {
		r, ok := g.rows[w]
		if ok && g.rnd.Next()&0xffff < g.keep[r] {
			buf = append(buf, r)
		}
	}
	return buf
}

func (g *skipGram) learn(line []int32, rate float32) {
	d, words := g.width, len(g.rows)
	for i, w := range line {
		in := g.data[int(w)*d:][:d]
		for place := range 2 * vectorReach {
			at := i + place - vectorReach
			if place >= vectorReach {
				at++
			}
			if at < 0 || at >= len(line) {
				continue
			}
			clear(g.slope)
			for k := range 1 + vectorDraws {
				target, want := line[at], float32(1)
				if k > 0 {
					target, want = g.draw[g.rnd.Intn(len(g.draw))], 0
					if target == line[at] {
						continue
					}
				}
				out := g.out[(place*words+int(target))*d:][:d]
				f := rate * (want - neural.Sigmoid(neural.Dot(in, out)))
				neural.Axpy(g.slope, f, out)
				neural.Axpy(out, f, in)
			}
			neural.Axpy(in, 1, g.slope)
		}
	}
}
