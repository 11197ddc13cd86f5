package learn

import (
	"fmt"
	"slices"
)

// Trainer learns the weights of an averaged perceptron with many classes. Rows
// are kept for features that were ever updated, and hold only the classes that
// were.
//
// A trainer may have domains (treebanks, say) besides what all share: a
// feature then has one row for all and one for each domain (Daumé 2007), and
// [Trainer.Pack] folds the shared row and one domain's into one table. It is
// not safe for concurrent use.
type Trainer struct {
	classes int
	planes  []plane
	now     int64
}

// plane is an open-addressing map from feature to row.
type plane struct {
	keys []uint64
	rows []int32 // row+1; 0 is a free slot
	data [][]cell
	mask uint64
}

type cell struct {
	sum   int64 // of the weight over all ticks up to stamp
	stamp int64
	w     int32
	class uint8
}

// MaxClasses is the largest number of classes of a model.
const MaxClasses = 250

// NewTrainer returns a trainer of a number of classes. Domains count from 1;
// with 0 domains everything is shared.
func NewTrainer(classes, domains int) *Trainer {
	if classes < 1 || classes > MaxClasses {
		panic(fmt.Sprintf("learn.NewTrainer: %d classes, want 1 to %d", classes, MaxClasses))
	}
	t := &Trainer{classes: classes, planes: make([]plane, domains+1), now: 1}
	for i := range t.planes {
		t.planes[i] = plane{keys: make([]uint64, 1<<12), rows: make([]int32, 1<<12), mask: 1<<12 - 1}
	}
	return t
}

func (p *plane) find(f uint64) int32 {
	for i := f & p.mask; p.rows[i] != 0; i = (i + 1) & p.mask {
		if p.keys[i] == f {
			return p.rows[i] - 1
		}
	}
	return -1
}

func (p *plane) put(f uint64, row int32) {
	i := f & p.mask
	for p.rows[i] != 0 {
		i = (i + 1) & p.mask
	}
	p.keys[i], p.rows[i] = f, row+1
}

func (p *plane) make(f uint64) int32 {
	if 2*len(p.data) >= len(p.keys) {
		old := *p
		n := 2 * len(old.keys)
		p.keys, p.rows, p.mask = make([]uint64, n), make([]int32, n), uint64(n-1)
		for i, r := range old.rows {
			if r != 0 {
				p.put(old.keys[i], r-1)
			}
		}
	}
	p.data = append(p.data, nil)
	row := int32(len(p.data) - 1)
	p.put(f, row)
	return row
}

// Score adds the weights of features to the scores of the classes.
func (t *Trainer) Score(feats []uint64, domain int, scores []int32) {
	t.planes[0].score(feats, scores)
	if domain > 0 {
		t.planes[domain].score(feats, scores)
	}
}

func (p *plane) score(feats []uint64, scores []int32) {
	for _, f := range feats {
		if r := p.find(f); r >= 0 {
			for _, c := range p.data[r] {
				scores[c.class] += c.w
			}
		}
	}
}

// Add changes a feature's weight for a class.
func (t *Trainer) Add(f uint64, domain, class int, delta int32) {
	t.planes[0].add(f, class, delta, t.now)
	if domain > 0 {
		t.planes[domain].add(f, class, delta, t.now)
	}
}

func (p *plane) add(f uint64, class int, delta int32, now int64) {
	r := p.find(f)
	if r < 0 {
		r = p.make(f)
	}
	row := p.data[r]
	for i := range row {
		if c := &row[i]; int(c.class) == class {
			c.sum += int64(c.w) * (now - c.stamp)
			c.stamp = now
			c.w += delta
			return
		}
	}
	p.data[r] = append(row, cell{stamp: now, w: delta, class: uint8(class)})
}

// Update moves every feature's weight from the class that was guessed to the
// one that is right.
func (t *Trainer) Update(feats []uint64, domain, right, guess int) {
	if right == guess {
		return
	}
	for _, f := range feats {
		t.Add(f, domain, right, 1)
		t.Add(f, domain, guess, -1)
	}
}

// Tick ends one decision; weights are averaged over ticks.
func (t *Trainer) Tick() { t.now++ }

// Features returns the number of features that have a shared row.
func (t *Trainer) Features() int { return len(t.planes[0].data) }

// weight is an averaged weight in 1/1024.
type weight struct {
	class uint8
	w     int64
}

const one = 1024

// row returns the averaged weights of a feature for a domain in class order.
func (t *Trainer) row(f uint64, domain int, buf []weight) []weight {
	buf = buf[:0]
	for _, d := range []int{0, domain} {
		p := &t.planes[d]
		r := p.find(f)
		if r < 0 {
			continue
		}
		for _, c := range p.data[r] {
			avg := (c.sum + int64(c.w)*(t.now-c.stamp)) * one / t.now
			i := slices.IndexFunc(buf, func(w weight) bool { return w.class == c.class })
			if i < 0 {
				buf = append(buf, weight{class: c.class, w: avg})
			} else {
				buf[i].w += avg
			}
		}
		if domain == 0 {
			break
		}
	}
	slices.SortFunc(buf, func(a, b weight) int { return int(a.class) - int(b.class) })
	return buf
}

// Pack averages the weights as seen from a domain (0: only what is shared) and
// packs them into a table. Rows whose largest weight, in hundredths, is under
// prune are left out.
func (t *Trainer) Pack(domain, prune int) (*Table, error) {
	keys := t.keys(domain)
	scale := t.scale(keys, domain)
	b := tableBuilder{classes: t.classes}
	var buf []weight
	var row []Weight
	for _, k := range keys {
		buf = t.row(k, domain, buf)
		row = row[:0]
		top := int64(0)
		for _, w := range buf {
			top = max(top, abs(w.w))
			// Round to the nearest step of the eight bits, and clip.
			q := (2*w.w*127 + sign(w.w)*scale) / (2 * scale)
			q = min(max(q, -127), 127)
			if q != 0 {
				row = append(row, Weight{Class: w.class, W: int8(q)})
			}
		}
		if len(row) > 0 && top*100 >= int64(prune)*one {
			b.add(k, row)
		}
	}
	return b.table()
}

func (t *Trainer) keys(domain int) []uint64 {
	var keys []uint64
	for _, d := range []int{0, domain} {
		p := &t.planes[d]
		for i, r := range p.rows {
			if r != 0 {
				keys = append(keys, p.keys[i])
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// scale returns the weight that becomes 127: the largest but for one in 4000,
// since a few outliers would cost all others their precision.
func (t *Trainer) scale(keys []uint64, domain int) int64 {
	var all []int64
	var buf []weight
	for _, k := range keys {
		buf = t.row(k, domain, buf)
		for _, w := range buf {
			all = append(all, abs(w.w))
		}
	}
	if len(all) == 0 {
		return one
	}
	slices.Sort(all)
	return max(all[len(all)-1-len(all)/4000], 1)
}

func abs(x int64) int64 { return max(x, -x) }

func sign(x int64) int64 {
	if x < 0 {
		return -1
	}
	return 1
}
