package when

// unit resolves last, this or next hour, week, month or year; n counts from
// this one.
func (e *Expr) unit(b *bounds, n int) {
	p, fm := b.news, &e.form
	if !p.known() {
		return
	}
	switch fm.unit {
	case unitDay:
		if p.daily() {
			e.Date = (p.lo + day(n)).String()
		}
	case unitWeek, unitWeekend:
		if !p.daily() {
			return
		}
		lo := p.lo.monday() + day(7*n)
		hi := lo + 6
		if n < 0 && p.lo.weekday() == 7 && fm.unit == unitWeek {
			// On a Sunday "last week" is the week that has just gone by.
			lo, hi = lo+6, hi+6
		}
		if fm.unit == unitWeekend {
			lo += 5
		}
		switch fm.phase {
		case phaseStart:
			hi = lo + 2
		case phaseMiddle:
			lo, hi = lo+1, lo+4
		case phaseEnd:
			lo += 3
		case phaseBefore:
			hi = max(lo, min(hi, p.lo))
		case phaseAfter:
			lo = min(hi, max(lo, p.lo))
		}
		e.Date, e.End, e.Rough = lo.String(), hi.String(), true
	case unitMonth:
		if !p.monthly() {
			return
		}
		if y, m, ok := months(p, n); ok {
			e.Date, e.Rough = isoMonth(y, m), fm.phase != phaseNone
		}
	case unitYear:
		if y, ok := sameYear(p); ok {
			e.Date, e.Rough = isoYear(y+n), fm.phase != phaseNone
		}
	case unitDecade, unitCentury:
		e.Rough = true
	}
}

// months returns the month that lies n months from the period, if the period
// lies in one month.
func months(p period, n int) (y, m int, ok bool) {
	y, m, _ = p.lo.date()
	y2, m2, _ := p.hi.date()
	k := y*12 + m - 1 + n
	return k / 12, k%12 + 1, y == y2 && m == m2 && k >= 12
}

// ago resolves "tiga hari lalu", "two weeks ago", "dua hari lagi". Days are
// exact; weeks, months and years are as rough as the words.
func (e *Expr) ago(b *bounds) {
	p, n := b.news, int(e.form.count)
	if !p.known() {
		return
	}
	switch e.form.unit {
	case unitHour:
		if p.daily() {
			e.Date, e.Rough = (p.lo + day(n/24)).String(), true
		}
	case unitDay:
		if p.daily() {
			e.Date = (p.lo + day(n)).String()
		}
	case unitWeek:
		if p.daily() {
			e.Date, e.Rough = (p.lo + day(7*n)).String(), true
		}
	case unitMonth:
		if y, m, ok := months(p, n); ok {
			e.Date, e.Rough = isoMonth(y, m), true
		}
	case unitYear, unitDecade, unitCentury:
		e.years(p, n)
	}
}

func (e *Expr) years(p period, n int) {
	y, ok := sameYear(p)
	if !ok {
		return
	}
	switch e.form.unit {
	case unitDecade:
		n *= 10
	case unitCentury:
		n *= 100
	}
	if y += n; y > 0 && y <= 9999 {
		e.Date, e.Rough = isoYear(y), true
	}
}

// span resolves "dua tahun terakhir", "the next three days": from or to today.
func (e *Expr) span(b *bounds) {
	e.ago(b)
	e.Rough = true
	if e.Date == "" {
		return
	}
	far, near := e.Date, b.news.lo.String()
	if n := len(far); n < len(near) {
		near = near[:n]
	}
	if e.form.count < 0 {
		e.Date, e.End = far, near
	} else {
		e.Date, e.End = near, far
	}
}
