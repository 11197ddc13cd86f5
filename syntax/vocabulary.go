package syntax

import (
	"slices"

	"kawat/learn"
)

// vocabulary numbers the features that have a row.
type vocabulary struct {
	rows   map[uint64]int32
	counts []int32
	known  *vectors
	names  *namePool
	isFlat []bool // relations within names
}

// Features seen less often have no row.
const (
	leastForm  = 2
	leastAffix = 4
)

func (t *trainer) vocabulary() *vocabulary {
	counts := map[uint64]int32{unknownForm: 1 << 20}
	for d := range t.domains {
		counts[styleFeature(t.domains[d])] = 1 << 20
	}
	var buf []uint64
	for i := range t.train {
		for j, form := range t.train[i].forms {
			var a atom
			a.setForm(form)
			if f := formFeature(a.low); counts[f] < 1<<20 {
				counts[f] += leastAffix / leastForm
			}
			buf = a.features(j == 0, buf[:0])
			for _, f := range buf {
				counts[f]++
			}
		}
	}
	var keys []uint64
	for f, n := range counts {
		if n >= leastAffix {
			keys = append(keys, f)
		}
	}
	slices.Sort(keys)
	v := &vocabulary{rows: map[uint64]int32{}}
	for i, k := range keys {
		v.rows[k] = int32(i)
		v.counts = append(v.counts, counts[k])
	}
	return v
}

// rowsOf finds the rows of a word.
func (v *vocabulary) rowsOf(form string, first bool, style int, forget func(count int32) bool) (out [slots]int32) {
	var a atom
	a.setForm(form)
	for i := range out {
		out[i] = noRow
	}
	r, ok := v.rows[formFeature(a.low)]
	if !ok || forget != nil && forget(v.counts[r]*leastForm/leastAffix) {
		r = v.rows[unknownForm]
	}
	out[0], out[1] = r, v.rows[styleFeature(style)]
	n := 2
	var buf [16]uint64
	for _, f := range a.features(first, buf[:0]) {
		if r, ok := v.rows[f]; ok {
			out[n] = r
			n++
		}
	}
	return out
}

// lesson prepares a sentence, with some of its forms forgotten so that unknown
// ones are learned too.
func (v *vocabulary) lesson(ex *example, rnd *learn.Rand) *lesson {
	var d dress
	if rnd != nil {
		ex = v.names.swapped(ex.joined(rnd), v.isFlat, rnd)
		if d = chooseDress(rnd); d.noStop {
			ex = ex.withoutStop()
		}
	}
	l := &lesson{tags: ex.tags, feats: ex.feats, heads: ex.heads, rels: ex.rels}
	open := false
	for i, form := range ex.forms {
		var forget func(int32) bool
		if rnd != nil {
			form = d.put(form, &open)
			forget = func(n int32) bool { return rnd.Intn(1000) < 250*4/(int(n)*4+1) }
		}
		known := v.known.row(learn.HashLower(form))
		if rnd != nil && rnd.Intn(100) < 10 {
			known = noRow
		}
		l.known = append(l.known, known)
		l.rows = append(l.rows, v.rowsOf(form, i == 0, ex.domain, forget))
	}
	return l
}
