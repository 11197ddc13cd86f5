package when

import "strings"

// numeric reads dates in figures: "(9/4)" in parentheses, "18/8/2025" anywhere,
// "2024-04-09", "9.4.2024".
func (p *parser) numeric(i int) (form, int) {
	if p.tok(i).mark == '(' {
		fm, end := p.slashed(i+1, false)
		if end == 0 || p.tok(end).mark != ')' {
			return form{}, 0
		}
		return fm, p.daypart(end + 1)
	}
	if fm, end := p.slashed(i, true); end > 0 {
		return fm, end
	}
	if fm, end := p.iso(i); end > 0 {
		return fm, end
	}
	return p.pointed(i)
}

// slashed reads "9/4", "9/4/2024", "9-10/4", "30/4-2/5". Where nothing else
// shows that it is a date it must have a year: "24/7" and "9/11" are none.
func (p *parser) slashed(i int, needYear bool) (form, int) {
	a, ok := p.tok(i).plain(2)
	if !ok || a < 1 || a > 31 || p.tok(i).glued && p.tok(i-1).mark == '/' {
		return form{}, 0
	}
	first, j := a, i+1
	last := 0
	if p.tok(j).mark == '-' {
		if last, ok = p.tok(j + 1).plain(2); !ok {
			return form{}, 0
		}
		j += 2
	}
	b, ok := p.tok(j + 1).plain(2)
	if !ok || p.tok(j).mark != '/' || b < 1 || b > 31 {
		return form{}, 0
	}
	j += 2
	fm := form{kind: formDay, dayEnd: int8(last)}
	if last == 0 && p.tok(j).mark == '-' && p.tok(j+2).mark == '/' {
		c, ok1 := p.tok(j + 1).plain(2)
		d, ok2 := p.tok(j + 3).plain(2)
		if !ok1 || !ok2 || c < 1 || d < 1 || c > 31 || d > 31 {
			return form{}, 0
		}
		fm.dayEnd, fm.monthEnd = int8(c), int8(d)
		if p.monthFirst {
			fm.dayEnd, fm.monthEnd = fm.monthEnd, fm.dayEnd
		}
		j += 4
	}
	year := false
	if p.tok(j).mark == '/' {
		if y, ok := p.fourDigits(j + 1); ok {
			fm.year, year = int16(y), true
		} else if y, ok := p.tok(j + 1).plain(2); ok && p.tok(j+1).end-p.tok(j+1).start == 2 {
			fm.year, year = int16(2000+y), true
		} else if p.tok(j+1).mark == ')' {
			j-- // "(9/4/)": the year was lost
		} else {
			return form{}, 0
		}
		j += 2
	}
	if needYear && (!year || p.tok(j).mark == '/') {
		return form{}, 0
	}
	fm.day, fm.month = int8(first), int8(b)
	if p.monthFirst && last == 0 {
		fm.day, fm.month = fm.month, fm.day
	}
	return fm.valid(j)
}

// valid checks day and month and exchanges them where only that makes a date:
// "4/18/2024" under a day-first table.
func (fm form) valid(end int) (form, int) {
	d, m := int(fm.day), int(fm.month)
	if !validDay(int(fm.year), m, d) {
		if fm.dayEnd != 0 || !validDay(int(fm.year), d, m) {
			return form{}, 0
		}
		fm.day, fm.month = int8(m), int8(d)
		return fm, end
	}
	fm.swap = fm.dayEnd == 0 && d != m && validDay(int(fm.year), d, m)
	if fm.dayEnd == 0 {
		return fm, end
	}
	if fm.monthEnd == 0 && fm.dayEnd <= fm.day {
		return form{}, 0
	}
	to := m
	if fm.monthEnd != 0 {
		to = int(fm.monthEnd)
	}
	if !validDay(int(fm.year), to, int(fm.dayEnd)) {
		return form{}, 0
	}
	return fm, end
}

// iso reads "2024-04-09".
func (p *parser) iso(i int) (form, int) {
	y, ok := p.fourDigits(i)
	if !ok || p.tok(i+1).mark != '-' || p.tok(i+3).mark != '-' || !p.tok(i+1).glued || !p.tok(i+4).glued {
		return form{}, 0
	}
	m, ok1 := p.tok(i + 2).plain(2)
	d, ok2 := p.tok(i + 4).plain(2)
	if !ok1 || !ok2 || y < 1000 || y > 2200 || !validDay(y, m, d) {
		return form{}, 0
	}
	return form{kind: formDay, day: int8(d), month: int8(m), year: int16(y)}, i + 5
}

// pointed reads "9.4.2024", which the scanner took for one number, and
// "09-04-2024".
func (p *parser) pointed(i int) (form, int) {
	t := p.tok(i)
	if t.class != classNumber {
		return form{}, 0
	}
	if t.value >= 0 {
		d, ok1 := t.plain(2)
		m, ok2 := p.tok(i + 2).plain(2)
		y, ok3 := p.fourDigits(i + 4)
		if !ok1 || !ok2 || !ok3 || p.tok(i+1).mark != '-' || p.tok(i+3).mark != '-' || y < 1000 || y > 2200 {
			return form{}, 0
		}
		return p.ordered(d, m, y, i+5)
	}
	a, rest, ok1 := strings.Cut(p.text[t.start:t.end], ".")
	b, c, ok2 := strings.Cut(rest, ".")
	if !ok1 || !ok2 || len(c) != 4 {
		return form{}, 0
	}
	d, ok1 := digits(a, 0, len(a))
	m, ok2 := digits(b, 0, len(b))
	y, ok3 := digits(c, 0, 4)
	if !ok1 || !ok2 || !ok3 || len(a) > 2 || len(b) > 2 || y < 1900 || y > 2100 {
		return form{}, 0
	}
	return p.ordered(d, m, y, i+1)
}

func (p *parser) ordered(d, m, y, end int) (form, int) {
	if d > 31 || m > 31 {
		return form{}, 0
	}
	if p.monthFirst {
		d, m = m, d
	}
	return form{kind: formDay, day: int8(d), month: int8(m), year: int16(y)}.valid(end)
}
