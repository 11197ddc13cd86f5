package when

// ago reads lengths of time counted from today: "tiga hari lalu", "3 hari yang
// lalu", "sepekan lalu", "two weeks ago", "dua hari lagi", "dua tahun
// terakhir", "the past three months", and those counted from something else,
// which stay unresolved: "dua hari kemudian", "three days earlier".
func (p *parser) ago(i int) (form, int) {
	j, before := i, kindNone
	switch {
	case p.placed(j, kindPast, placeBefore):
		before = kindPast
		j++
	case p.placed(j, kindAhead, placeBefore):
		before = kindAhead
		j++
	}
	n, u, j := p.length(j)
	if j == 0 {
		return form{}, 0
	}
	fm := form{unit: u, count: int16(n)}
	if before != kindNone {
		fm.kind = formSpan
		if before == kindPast {
			fm.count = -fm.count
		}
		return fm, j
	}
	switch {
	case p.placed(j, kindAgo, placeAfter):
		fm.kind, fm.count = formAgo, -fm.count
	case p.placed(j, kindHence, placeAfter):
		fm.kind = formAgo
	case p.placed(j, kindPast, placeAfter):
		fm.kind, fm.count = formSpan, -fm.count
	case p.placed(j, kindAhead, placeAfter):
		fm.kind = formSpan
	case p.placed(j, kindLater, placeAfter):
		return form{kind: formVague}, j + 1
	default:
		return form{}, 0
	}
	if n == 0 {
		fm.kind = formVague // "beberapa hari lalu"
	}
	return fm, j + 1
}

func (p *parser) placed(i int, k kind, at place) bool {
	m := p.tok(i).as(k)
	return m != nil && (m.place == placeAny || m.place == at)
}

// length reads a number and a unit: "tiga hari", "3 hari", "sepekan", "a couple
// of weeks". Zero is an unknown number.
func (p *parser) length(i int) (n int, u unit, end int) {
	if v, ok := p.tok(i).is(kindOneUnit); ok {
		return 1, unit(v), i + 1
	}
	j := i + 1
	if v, ok := p.tok(i).is(kindNumber); ok {
		n = int(v)
	} else if n, ok = p.tok(i).plain(3); !ok {
		return 0, unitNone, 0
	}
	v, ok := p.tok(j).is(kindUnit)
	if !ok {
		return 0, unitNone, 0
	}
	return n, unit(v), j + 1
}
