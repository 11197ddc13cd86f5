package syntax

import (
	"math"
	"testing"

	"kawat/learn"
	"kawat/neural"
)

// crossEntropy is the loss whose slopes shard.learn computes, in float64.
func crossEntropy(s *shard, batch []*lesson, scale float64) float64 {
	n := s.n
	loss := func(scores []float32, right int) float64 {
		sum := 0.0
		for _, v := range scores {
			sum += math.Exp(float64(v - scores[right]))
		}
		return math.Log(sum) * scale
	}
	s.forward(batch)
	s.queries()
	s.joinRelations(func(i, w int) int { return int(batch[i].heads[w]) })
	total := 0.0
	for i, l := range batch {
		scores, _, width := s.scores(i)
		k := len(l.rows)
		for w := range k {
			row := scores[w*width:][:k+1]
			row[w] = -1e30
			total += loss(row, int(l.heads[w]))
			at := s.start[i] + w
			total += loss(s.out[at*n.Rels:][:n.Rels], int(l.rels[w]))
			y := s.y[at*n.shape.heads()+2*n.Arc+2*n.Label:]
			total += loss(y[:n.Tags], int(l.tags[w]))
			if l.feats[w] >= 0 {
				total += featWeight * loss(y[n.Tags:][:n.Feats], int(l.feats[w]))
			}
		}
	}
	return total
}

// TestSlopes holds the derivatives written by hand against differences of the
// loss.
func TestSlopes(t *testing.T) {
	rnd := learn.Rand(5)
	v := &neural.Vectors{Width: 16, Data: make([]float32, 10*16)}
	neural.Fill(v.Data, 0.5, &rnd)
	n := newNetwork(shape{In: 16, Hidden: 16, Layers: 2, Arc: 16, Label: 16, Tags: 16, Feats: 16, Rels: 16}, 20, v, &rnd)
	for _, p := range n.dense() {
		neural.Fill(p.W, 0.3, &rnd)
	}
	var batch []*lesson
	for _, k := range []int{3, 1, 5} {
		l := &lesson{}
		for w := range k {
			var rows [slots]int32
			for i := range rows {
				rows[i] = int32(rnd.Intn(25)) - 5
			}
			l.rows = append(l.rows, rows)
			l.known = append(l.known, int32(rnd.Intn(12))-2)
			l.tags = append(l.tags, uint8(rnd.Intn(16)))
			l.feats = append(l.feats, int16(rnd.Intn(20)-4))
			l.heads = append(l.heads, int32((w+1)%(k+1)))
			if w == 0 {
				l.heads[0] = int32(k)
			}
			l.rels = append(l.rels, uint8(rnd.Intn(16)))
		}
		batch = append(batch, l)
	}
	var turned turned
	turned.set(n)
	s := newShard(n, &turned, dropout{})
	s.learn(batch, 1, 1.0/9)
	check := func(name string, w []float32, at int, got float32) {
		t.Helper()
		const step = 1.0 / 256
		old := w[at]
		w[at] = old + step
		up := crossEntropy(s, batch, 1.0/9)
		w[at] = old - step
		down := crossEntropy(s, batch, 1.0/9)
		w[at] = old
		if want := (up - down) / (2 * step); math.Abs(want-float64(got)) > 2e-3+0.02*math.Abs(want) {
			t.Errorf("%s[%d]: slope %g, differences say %g", name, at, got, want)
		}
	}
	grads := make([][]float32, len(s.grads))
	for i, g := range s.grads {
		grads[i] = append([]float32(nil), g...)
	}
	rowGrad := sumRowGrads(s, batch)
	for i, p := range n.dense() {
		for range 12 {
			at := rnd.Intn(len(p.W))
			check("dense "+string(rune('a'+i)), p.W, at, grads[i][at])
		}
	}
	for range 40 {
		at := rnd.Intn(len(n.rows.W))
		check("rows", n.rows.W, at, rowGrad[at])
	}
}

func sumRowGrads(s *shard, batch []*lesson) []float32 {
	d := s.n.In
	out := make([]float32, len(s.n.rows.W))
	at := 0
	for _, l := range batch {
		for _, rows := range l.rows {
			for _, r := range rows {
				if r >= 0 {
					neural.Axpy(out[int(r)*d:(int(r)+1)*d], 1, s.rowGrad[at*d:(at+1)*d])
				}
			}
			at++
		}
	}
	return out
}
