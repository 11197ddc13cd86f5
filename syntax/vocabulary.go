package syntax

import (
	"slices"

	"kawat/learn"
	"kawat/neural"
)

// vocabulary numbers the features that have a row.
type vocabulary struct {
	rows   map[uint64]int32
	counts []int32
	known  *neural.Vectors
	names  *namePool
	isFlat []bool // relations within names
	// undressed are the sorts of dress that no sentence is put in.
	undressed []string
}

// Features seen less often have no row.
const (
	leastForm  = 2
	leastAffix = 4
	leastNear  = 10 // of a neighbour
)

// vocabulary numbers the features of the treebanks, and the forms of plain
// sentences that have a vector, for such have a row in the finished model anyway.
func (t *trainer) vocabulary(plain []example) *vocabulary {
	counts := map[uint64]int32{unknownForm: 1 << 20}
	for d := range t.domains {
		counts[styleFeature(t.domains[d])] = 1 << 20
	}
	var buf []uint64
	near := map[uint64]int32{}
	for i := range t.train {
		var atoms []atom
		for j, form := range t.train[i].forms {
			var a atom
			a.setForm(form)
			atoms = append(atoms, a)
			if f := formFeature(a.low); counts[f] < 1<<20 {
				counts[f] += leastAffix / leastForm
			}
			buf = a.features(j == 0, buf[:0])
			for _, f := range buf {
				counts[f]++
			}
		}
		for j := range atoms {
			for _, f := range neighbours(atoms, j) {
				near[f]++
			}
		}
	}
	for i := range plain {
		for _, form := range plain[i].forms {
			if low := learn.HashLower(form); t.known.Row(low) != noRow && counts[formFeature(low)] < 1<<20 {
				counts[formFeature(low)]++
			}
		}
	}
	for f, n := range near {
		if n >= leastNear {
			counts[f] = n
		}
	}
	var keys []uint64
	for f, n := range counts {
		if n >= leastAffix {
			keys = append(keys, f)
		}
	}
	slices.Sort(keys)
	v := &vocabulary{rows: map[uint64]int32{}, known: t.known, names: t.names, isFlat: t.isFlat, undressed: t.Recipe.Undressed}
	for i, k := range keys {
		v.rows[k] = int32(i)
		v.counts = append(v.counts, counts[k])
	}
	return v
}

// neighbours returns the features that the words beside a word give to it.
func neighbours(atoms []atom, i int) [4]uint64 {
	var before, after atom
	if i > 0 {
		before = atoms[i-1]
	}
	if i+1 < len(atoms) {
		after = atoms[i+1]
	}
	b, a := before.neighbour(seedBefore), after.neighbour(seedAfter)
	return [4]uint64{b[0], b[1], a[0], a[1]}
}

// rowsOf finds the rows of a word of a sentence.
func (v *vocabulary) rowsOf(atoms []atom, i, style int, forget func(count int32) bool) (out [slots]int32) {
	for k := range out {
		out[k] = noRow
	}
	r, ok := v.rows[formFeature(atoms[i].low)]
	if !ok || forget != nil && forget(v.counts[r]*leastForm/leastAffix) {
		r = v.rows[unknownForm]
	}
	out[0], out[1] = r, v.rows[styleFeature(style)]
	n := 2
	near := neighbours(atoms, i)
	var buf [slots]uint64
	for _, f := range append(atoms[i].features(i == 0, buf[:0]), near[:]...) {
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
		d = chooseDress(rnd).without(v.undressed)
	}
	if rnd != nil && ex.aims == nil {
		if !slices.Contains(v.undressed, dressHyphens) {
			ex = ex.joined(rnd)
		}
		if !slices.Contains(v.undressed, dressNames) {
			ex = v.names.swapped(ex, v.isFlat, rnd)
		}
		if d.noStop {
			ex = ex.withoutStop()
		}
		if d.lost {
			ex = ex.withoutMark(rnd)
		}
	}
	l := &lesson{tags: ex.tags, feats: ex.feats, heads: ex.heads, rels: ex.rels, aims: ex.aims}
	open := false
	atoms := make([]atom, len(ex.forms))
	for i, form := range ex.forms {
		if rnd != nil {
			form = d.put(form, &open)
		}
		atoms[i].setForm(form)
	}
	for i := range atoms {
		var forget func(int32) bool
		if rnd != nil {
			forget = func(n int32) bool { return rnd.Intn(1000) < 250*4/(int(n)*4+1) }
		}
		known := v.known.Row(atoms[i].low)
		if rnd != nil && rnd.Intn(100) < 10 {
			known = noRow
		}
		l.known = append(l.known, known)
		l.rows = append(l.rows, v.rowsOf(atoms, i, ex.domain, forget))
	}
	return l
}
