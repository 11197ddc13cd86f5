package gold

// Tally counts what was found rightly, found wrongly and missed.
type Tally struct{ Right, False, Missed int }

func (t *Tally) add(u Tally) {
	t.Right += u.Right
	t.False += u.False
	t.Missed += u.Missed
}

// Precision is the share of the found that is right, 0 where nothing was found.
func (t Tally) Precision() float64 { return share(t.Right, t.Right+t.False) }

// Recall is the share of the gold that was found, 0 where there is none.
func (t Tally) Recall() float64 { return share(t.Right, t.Right+t.Missed) }

// F1 is the harmonic mean of precision and recall.
func (t Tally) F1() float64 { return share(2*t.Right, 2*t.Right+t.False+t.Missed) }

// Ratio counts how often a detail was right where it was asked for.
type Ratio struct{ Right, All int }

// Share is Right of All, 0 where nothing was asked for.
func (r Ratio) Share() float64 { return share(r.Right, r.All) }

func (r *Ratio) note(right bool) {
	r.All++
	if right {
		r.Right++
	}
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}
