package neural

import (
	"context"
	"slices"
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

// Vectors are vectors of words by the hash of the form.
type Vectors struct {
	Width int
	Rows  map[uint64]int32
	Data  []float32
}

// NoRow is the number of a row that is not there.
const NoRow = -1

// Row returns the number of a form's vector, NoRow if it has none.
func (v *Vectors) Row(low uint64) int32 {
	if r, ok := v.Rows[low]; ok {
		return r
	}
	return NoRow
}

// skipGram is the state of learning vectors.
type skipGram struct {
	Vectors
	out   []float32 // [place][word]
	draw  []int32   // words as often as they are drawn
	keep  []uint64  // of 65536, how often a word is looked at
	rnd   Random
	slope []float32
}

// LearnVectors learns vectors of the words of some texts. Words are lower-case
// hashes; those that stand in fewer than least texts get no vector.
func LearnVectors(ctx context.Context, texts [][]uint64, width, least int, rnd Random) (*Vectors, error) {
	g := &skipGram{rnd: rnd, slope: make([]float32, width)}
	g.Width = width
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
			keep /= float64(root(float32(share)))
		}
		g.keep = append(g.keep, uint64(keep))
		for range 1 + int(20000*root(float32(n))/root(float32(total))) {
			g.draw = append(g.draw, int32(i))
		}
	}
	n := len(counts) * width
	g.Data, g.out = make([]float32, n), make([]float32, 2*vectorReach*n)
	Fill(g.Data, 0.5/root(float32(width)), g.rnd)
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
	return &g.Vectors, nil
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
	g.Rows = map[uint64]int32{}
	var counts []int
	for i, w := range keys {
		g.Rows[w] = int32(i)
		counts = append(counts, tallies[w].n)
	}
	return counts
}

// line returns the numbers of a text's words, without some of the commonest.
func (g *skipGram) line(text []uint64, buf []int32) []int32 {
	for _, w := range text {
		r, ok := g.Rows[w]
		if ok && g.rnd.Next()&0xffff < g.keep[r] {
			buf = append(buf, r)
		}
	}
	return buf
}

func (g *skipGram) learn(line []int32, rate float32) {
	d, words := g.Width, len(g.Rows)
	for i, w := range line {
		in := g.Data[int(w)*d:][:d]
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
					target, want = g.draw[g.rnd.Next()%uint64(len(g.draw))], 0
					if target == line[at] {
						continue
					}
				}
				out := g.out[(place*words+int(target))*d:][:d]
				f := rate * (want - Sigmoid(Dot(in, out)))
				Axpy(g.slope, f, out)
				Axpy(out, f, in)
			}
			Axpy(in, 1, g.slope)
		}
	}
}
