package syntax

import (
	"kawat/neural"
)

// This file trains the heads of the network: arcs, relations and labels.

// queries computes what arcs are scored with, and how wide the dependents' row
// of scores is.
func (s *shard) queries() {
	n := s.n
	s.masks[0] = s.dropMask(s.masks[0], s.words*n.Arc, s.drop.head)
	s.masks[1] = s.dropMask(s.masks[1], s.words*n.Arc, s.drop.head)
	s.ad = s.part(s.ad, 0, n.Arc, s.masks[0])
	s.ah = s.part(s.ah, n.Arc, n.Arc, s.masks[1])
	s.q = sized(s.q, s.words*n.Arc)
	s.work.Gemm(s.q, s.ad, n.arc.W, s.words, n.Arc, n.Arc)
	neural.AddBias(s.q, n.arcBias.W)
}

// scores returns, for one sentence, the score of each word (its row) under each
// head (column: words, then the root, then padding), and the heads, row by row.
func (s *shard) scores(i int) (scores, heads []float32, width int) {
	n := s.n
	a, k := s.start[i], s.start[i+1]-s.start[i]
	width = neural.Round(k + 1)
	heads = make([]float32, width*n.Arc)
	copy(heads, s.ah[a*n.Arc:(a+k)*n.Arc])
	copy(heads[k*n.Arc:], n.rootArc.W)
	turned := make([]float32, width*n.Arc)
	neural.Transpose(turned, heads, width, n.Arc)
	scores = make([]float32, k*width)
	s.work.Gemm(scores, s.q[a*n.Arc:], turned, k, width, n.Arc)
	for w := range k {
		row := scores[w*width:]
		for h := range k {
			row[h] += n.distance.W[bin(h-w)]
		}
	}
	return scores, heads, width
}

// arcs adds the loss of the arcs.
func (s *shard) arcs(batch []*lesson, dy []float32, scale float32) {
	n := s.n
	s.queries()
	dq, dh := sized(nil, len(s.q)), sized(nil, len(s.ah))
	dist, root := s.grad(n.distance), s.grad(n.rootArc)
	for i, l := range batch {
		a, k := s.start[i], len(l.rows)
		scores, heads, width := s.scores(i)
		for w := range k {
			row := scores[w*width:][:k+1]
			row[w] = -1e30
			loss, ok := slope(row, int(l.heads[w]), l.aims.of(w, askHead))
			s.report.loss += float64(loss)
			if ok {
				s.report.arcs++
			}
			for h := range row {
				row[h] *= scale
				if h < k {
					dist[bin(h-w)] += row[h]
				}
			}
		}
		s.work.Gemm(dq[a*n.Arc:(a+k)*n.Arc], scores, heads, k, n.Arc, width)
		d := make([]float32, width*n.Arc)
		s.work.GemmTA(d, scores, s.q[a*n.Arc:], width, n.Arc, k)
		copy(dh[a*n.Arc:], d[:k*n.Arc])
		neural.Axpy(root, 1, d[k*n.Arc:(k+1)*n.Arc])
	}
	neural.SumRows(s.grad(n.arcBias), dq)
	s.work.GemmTA(s.grad(n.arc), s.ad, dq, n.Arc, n.Arc, s.words)
	dd := sized(nil, len(s.ad))
	s.work.Gemm(dd, dq, s.turn.arc, s.words, n.Arc, n.Arc)
	s.unpart(dy, dd, 0, n.Arc, s.masks[0])
	s.unpart(dy, dh, n.Arc, n.Arc, s.masks[1])
}

// joinRelations fills hid with what the relations of the words to the given
// heads (within the sentence) are read from, and out with their scores.
func (s *shard) joinRelations(head func(sent, word int) int) {
	n := s.n
	b, all := n.Label, n.shape.heads()
	s.hid = sized(s.hid, s.words*b)
	for i := range s.start[:len(s.start)-1] {
		a, k := s.start[i], s.start[i+1]-s.start[i]
		for w := range k {
			dep := s.y[(a+w)*all+2*n.Arc:][:b]
			gov := n.rootLabel.W
			if h := head(i, w); h < k {
				gov = s.y[(a+h)*all+2*n.Arc+b:][:b]
			}
			dst := s.hid[(a+w)*b:][:b]
			for j := range dst {
				if v := dep[j] + gov[j]; v > 0 {
					dst[j] = v
				}
			}
		}
	}
	s.masks[2] = s.dropMask(s.masks[2], len(s.hid), s.drop.head)
	multiply(s.hid, s.masks[2])
	s.out = sized(s.out, s.words*n.Rels)
	s.work.Gemm(s.out, s.hid, n.rel.W, s.words, n.Rels, b)
	neural.AddBias(s.out, n.relBias.W)
}

// relations adds the loss of the relations on the right arcs.
func (s *shard) relations(batch []*lesson, dy []float32, scale float32) {
	n := s.n
	b, all := n.Label, n.shape.heads()
	s.joinRelations(func(i, w int) int { return int(batch[i].heads[w]) })
	for i, l := range batch {
		for w, r := range l.rels {
			row := s.out[(s.start[i]+w)*n.Rels:][:n.Rels]
			loss, ok := slope(row, int(r), l.aims.of(w, askRel))
			s.report.loss += float64(loss)
			if ok {
				s.report.rels++
			}
			for j := range row {
				row[j] *= scale
			}
		}
	}
	neural.SumRows(s.grad(n.relBias), s.out)
	s.work.GemmTA(s.grad(n.rel), s.hid, s.out, b, n.Rels, s.words)
	d := sized(nil, len(s.hid))
	s.work.Gemm(d, s.out, s.turn.rel, s.words, b, n.Rels)
	multiply(d, s.masks[2])
	root := s.grad(n.rootLabel)
	for i, l := range batch {
		a, k := s.start[i], len(l.rows)
		for w, h := range l.heads {
			g := d[(a+w)*b:][:b]
			hid := s.hid[(a+w)*b:][:b]
			dep := dy[(a+w)*all+2*n.Arc:][:b]
			gov := root
			if int(h) < k {
				gov = dy[(a+int(h))*all+2*n.Arc+b:][:b]
			}
			for j, v := range g {
				if hid[j] > 0 {
					dep[j] += v
					gov[j] += v
				}
			}
		}
	}
}

// labels adds the losses of tags and bundles of features.
func (s *shard) labels(batch []*lesson, dy []float32, scale float32) {
	n := s.n
	all := n.shape.heads()
	from := 2*n.Arc + 2*n.Label
	for i, l := range batch {
		for w, t := range l.tags {
			at := (s.start[i]+w)*all + from
			if s.label(dy[at:][:n.Tags], s.y[at:][:n.Tags], int(t), l.aims.of(w, askTag), scale) {
				s.report.tags++
			}
			if n.Feats > 0 && l.feats[w] >= 0 {
				at += n.Tags
				s.label(dy[at:][:n.Feats], s.y[at:][:n.Feats], int(l.feats[w]), l.aims.of(w, askFeats), featWeight*scale)
			}
		}
	}
}

func (s *shard) label(d, scores []float32, right int, aims []share, scale float32) bool {
	copy(d, scores)
	loss, ok := slope(d, right, aims)
	s.report.loss += float64(loss)
	for j := range d {
		d[j] *= scale
	}
	return ok
}
