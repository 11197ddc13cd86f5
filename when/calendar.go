package when

// calendar reads a day or month with the month's name: "9 April 2024", "8-9
// April", "30 April hingga 2 Mei", "April 9, 2024", "9th of April", "April
// 9-11", "April 2024", "April".
func (p *parser) calendar(i int) (form, int) {
	if fm, end := p.dayMonth(i); end > 0 {
		return fm, end
	}
	m, ok := p.month(i)
	if !ok {
		return form{}, 0
	}
	j := p.dot(i + 1)
	if p.monthFirst {
		if fm, end := p.monthDay(m, j); end > 0 {
			return fm, end
		}
	}
	fm := form{kind: formMonth, month: m}
	if y, e := p.yearBehind(j, true); e > 0 {
		fm.year = y
		return fm, e
	}
	if p.joins(j) && !p.is(j, kindAnd) { // "April hingga Juni 2024"
		if to, ok := p.month(j + 1); ok {
			end := p.dot(j + 2)
			if p.monthFirst {
				if _, e := p.monthDay(to, end); e > 0 {
					return fm, i + 1
				}
			}
			fm.monthEnd = to
			if y, e := p.yearBehind(end, true); e > 0 {
				fm.year, end = y, e
			}
			return fm, end
		}
	}
	return fm, j
}

func (p *parser) month(i int) (int8, bool) {
	m, ok := p.tok(i).is(kindMonth)
	return int8(m), ok
}

// dot skips the full stop of an abbreviated month before a number: "Nov. 3".
func (p *parser) dot(i int) int {
	if p.tok(i).mark == '.' && p.tok(i).glued && p.tok(i+1).class == classNumber {
		if m := p.tok(i - 1).as(kindMonth); m != nil && p.tok(i-1).end-p.tok(i-1).start <= 4 {
			return i + 1
		}
	}
	return i
}

// dayNumber reads 1 to 31, perhaps with an ordinal's ending.
func (p *parser) dayNumber(i int) (int8, int) {
	d, ok := p.tok(i).plain(2)
	if !ok || d < 1 || d > 31 {
		return 0, 0
	}
	if p.tok(i+1).glued && p.is(i+1, kindOrdinal) {
		return int8(d), i + 2
	}
	return int8(d), i + 1
}

// dayMonth reads "9 April", "8-9 April 2024", "30 April - 2 Mei".
func (p *parser) dayMonth(i int) (form, int) {
	d, j := p.dayNumber(i)
	if j == 0 {
		return form{}, 0
	}
	fm := form{kind: formDay, day: d}
	if p.joins(j) {
		if to, e := p.dayNumber(j + 1); e > 0 && (to == d+1 || !p.is(j, kindAnd)) {
			fm.dayEnd = to
			j = e
		}
	}
	if p.is(j, kindOf) {
		j++
	}
	m, ok := p.month(j)
	if !ok || !validDay(0, int(m), int(d)) {
		return form{}, 0
	}
	fm.month = m
	j = p.dotted(j + 1)
	if fm.dayEnd == 0 && p.joins(j) && !p.is(j, kindAnd) {
		if to, e := p.dayNumber(j + 1); e > 0 {
			if m, ok := p.month(e); ok && validDay(0, int(m), int(to)) {
				fm.dayEnd, fm.monthEnd, j = to, m, e+1
			}
		}
	}
	if fm.dayEnd != 0 && fm.monthEnd == 0 && (fm.dayEnd <= fm.day || !validDay(0, int(m), int(fm.dayEnd))) {
		return form{}, 0
	}
	if y, e := p.yearBehind(j, true); e > 0 {
		fm.year, j = y, e
	}
	return fm, j
}

// dotted skips the full stop of an abbreviation inside a date: "3 Nov. 2024".
func (p *parser) dotted(i int) int {
	if p.tok(i).mark == '.' && p.tok(i).glued && p.tok(i+1).class == classNumber {
		return i + 1
	}
	return i
}

// monthDay reads what follows a month's name: " 9, 2024", " 9-11", " 30 to May 2".
func (p *parser) monthDay(m int8, i int) (form, int) {
	d, j := p.dayNumber(i)
	if j == 0 || !validDay(0, int(m), int(d)) {
		return form{}, 0
	}
	fm := form{kind: formDay, month: m, day: d}
	if p.joins(j) {
		if to, e := p.dayNumber(j + 1); e > 0 && to > d && (to == d+1 || !p.is(j, kindAnd)) && validDay(0, int(m), int(to)) && !p.is(e, kindMonth) {
			fm.dayEnd, j = to, e
		} else if m2, ok := p.month(j + 1); ok && !p.is(j, kindAnd) {
			k := p.dot(j + 2)
			if to, e := p.dayNumber(k); e > 0 && validDay(0, int(m2), int(to)) {
				fm.dayEnd, fm.monthEnd, j = to, m2, e
			}
		}
	}
	if y, e := p.yearBehind(j, true); e > 0 {
		fm.year, j = y, e
	}
	return fm, j
}

// yearBehind reads the year behind a day or month: " 2024", ", 2024".
func (p *parser) yearBehind(i int, comma bool) (int16, int) {
	if comma && p.tok(i).mark == ',' {
		i++
	}
	if y, ok := p.fourDigits(i); ok && y >= 1000 && y <= 2200 {
		return int16(y), p.era(i + 1)
	}
	return 0, 0
}

func (p *parser) fourDigits(i int) (int, bool) {
	t := p.tok(i)
	if t.end-t.start != 4 {
		return 0, false
	}
	return t.plain(4)
}

// era skips "M", "AD" behind a year; a year of another era is none: 0.
func (p *parser) era(i int) int {
	if v, ok := p.tok(i).is(kindEra); ok {
		if v == 0 {
			return 0
		}
		return i + 1
	}
	return i
}

// year reads a year where something shows that it is one: "pada 2022", "since
// 2014", "tahun 2022", "2019-2024", "1990-an", "the 1990s".
func (p *parser) year(i int) (form, int) {
	if u, ok := p.tok(i).is(kindUnit); ok && unit(u) == unitYear {
		return p.yearHere(i+1, true)
	}
	if p.tok(i).class != classNumber {
		return form{}, 0
	}
	k := i - 1
	for p.is(k, kindOf) {
		k--
	}
	shown := p.is(k, kindIn) || p.is(k, kindSince) || p.is(k, kindUntil)
	return p.yearHere(i, shown)
}

// yearHere reads a year; shown says that a word before it makes it one.
func (p *parser) yearHere(i int, shown bool) (form, int) {
	if u, ok := p.tok(i).is(kindUnit); ok && unit(u) == unitYear {
		i++ // "akhir tahun 2024"
		shown = true
	}
	y, ok := p.fourDigits(i)
	if !ok || y < 1000 || y > 2200 {
		return form{}, 0
	}
	fm := form{kind: formYear, year: int16(y)}
	j := i + 1
	if p.tok(j).mark == '-' && p.tok(j).glued {
		if _, ok := p.tok(j + 1).is(kindDecade); ok && y%10 == 0 {
			fm.yearEnd = fm.year + 9
			return fm, j + 2 // "1990-an"
		}
	}
	if p.tok(j).glued && p.is(j, kindDecade) && y%10 == 0 {
		fm.yearEnd = fm.year + 9
		return fm, j + 1 // "1990s"
	}
	plausible := y >= 1800 && y <= 2100
	if p.tok(j).mark == '-' || shown && p.is(j, kindTo) {
		if to, ok := p.fourDigits(j + 1); ok && to > y && to <= 2100 && plausible {
			fm.yearEnd = int16(to)
			return fm, j + 2
		}
		if p.tok(j).glued && p.tok(j).mark == '-' {
			return form{}, 0 // "2022-05", a number of a document
		}
	}
	if !shown || p.tok(j).mark == '%' || p.tok(j).mark == '/' || p.is(j, kindUnit) {
		return form{}, 0 // "pada 1.200 orang", "in 2000 years"
	}
	return fm, p.era(j)
}
