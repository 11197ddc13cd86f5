package when

import (
	"sync"

	"kawat/story"
)

var buffers = sync.Pool{New: func() any { return new([]tok) }}

// Find returns the date and time expressions of a stretch of text, in order
// and without overlap, resolved against a reference as far as that goes. It
// reads whole stretches: call it once for each paragraph. O(bytes).
func (f *Finder) Find(text string, sp story.Span, ref Ref) []Expr {
	buf := buffers.Get().(*[]tok)
	toks := f.tokens(*buf, text, sp.Start, sp.End)
	p := parser{text: text, toks: toks, monthFirst: f.monthFirst}
	var out []Expr
	var known *bounds
	for i := 0; i < len(toks); {
		if toks[i].class == classWord && toks[i].means == nil {
			i++
			continue
		}
		fm, end := p.expr(i)
		if end <= i {
			i++
			continue
		}
		if known == nil {
			b := ref.bounds()
			known = &b
		}
		e := Expr{
			Span: story.Span{Start: toks[i].start, End: toks[end-1].end},
			Rule: formRules[fm.kind], Relation: p.relation(i), form: fm,
		}
		e.resolve(known, Unknown)
		out = append(out, e)
		i = end
	}
	*buf = toks[:0]
	buffers.Put(buf)
	return out
}

// parser reads forms from the tokens of one stretch. Every method takes the
// token at which something would begin and returns where it ends, 0 if it is
// not there.
type parser struct {
	text       string
	toks       []tok
	monthFirst bool
}

var noTok = tok{class: classMark}

func (p *parser) tok(i int) *tok {
	if i < 0 || i >= len(p.toks) {
		return &noTok
	}
	return &p.toks[i]
}

func (p *parser) is(i int, k kind) bool {
	_, ok := p.tok(i).is(k)
	return ok
}

// relation reads the preposition before an expression.
func (p *parser) relation(i int) Relation {
	i--
	for p.is(i, kindOf) || p.is(i, kindMark) || p.is(i, kindUnit) {
		i--
	}
	switch {
	case p.is(i, kindSince):
		return Since
	case p.is(i, kindUntil):
		return Until
	}
	return On
}

// expr reads the expression that begins at token i.
func (p *parser) expr(i int) (form, int) {
	for _, read := range [...]func(*parser, int) (form, int){
		(*parser).weekday, (*parser).phased, (*parser).dated, (*parser).numeric,
		(*parser).ago, (*parser).relative, (*parser).year, (*parser).vague,
	} {
		if fm, end := read(p, i); end > 0 {
			return fm, end
		}
	}
	return form{}, 0
}

// weekday reads "Selasa", "Selasa (9/4) malam", "Senin-Selasa (8-9/4)",
// "Tuesday, April 9", "last Tuesday", "Rabu pekan lalu", "Tuesday of last week".
func (p *parser) weekday(i int) (form, int) {
	fm := form{kind: formWeekday}
	j := i
	if m := p.modifier(j, placeBefore); m != modNone {
		fm.mod = m
		j++
	} else if u, ok := p.tok(j).is(kindUnit); ok && unit(u) == unitDay {
		j++ // "hari Selasa"
	}
	wd, ok := p.tok(j).is(kindWeekday)
	if !ok {
		return fm, 0
	}
	fm.weekday = int8(wd)
	j++
	end := j
	if p.joins(j) {
		if wd, ok := p.tok(j + 1).is(kindWeekday); ok {
			if dated, e := p.dateAfterWeekday(j + 2); e > 0 && dated.dayEnd != 0 {
				dated.weekday, dated.wdEnd = fm.weekday, int8(wd)
				return dated, p.tail(e)
			}
		}
	}
	j = p.daypart(j)
	end = j
	if dated, e := p.dateAfterWeekday(j); e > 0 && fm.mod == modNone {
		dated.weekday = fm.weekday
		return dated, p.tail(e)
	}
	if m := p.modifier(j, placeAfter); m != modNone && fm.mod == modNone {
		fm.mod = m // "Senin lalu"
		return fm, p.daypart(j + 1)
	}
	k := j
	for p.is(k, kindOf) {
		k++ // "Tuesday of last week"
	}
	if u, m, e := p.unitModified(k); e > 0 && u == unitWeek && fm.mod == modNone {
		fm.unit, fm.mod = unitWeek, m
		return fm, p.daypart(e)
	}
	return fm, end
}

// joins reports whether a token joins the ends of a range.
func (p *parser) joins(i int) bool {
	return p.tok(i).mark == '-' || p.is(i, kindTo) || p.is(i, kindAnd)
}

// daypart skips "malam", "dini hari waktu setempat", "morning".
func (p *parser) daypart(i int) int {
	for p.is(i, kindDaypart) {
		i++
	}
	return i
}

// tail skips what may follow a full date and adds nothing: "Rabu (10/4) malam",
// "Selasa (12/9) lalu", "Rabu (3/4) pekan lalu".
func (p *parser) tail(i int) int {
	i = p.daypart(i)
	if p.modifier(i, placeAfter) == modLast {
		return i + 1
	}
	if u, _, e := p.unitModified(i); e > 0 && u == unitWeek {
		return e
	}
	return i
}

// dateAfterWeekday reads the date behind a weekday: "(9/4)", ", 9 April 2024",
// " (April 9)".
func (p *parser) dateAfterWeekday(i int) (form, int) {
	if p.tok(i).mark == ',' {
		i++
	}
	if p.is(i, kindMark) {
		i++
	}
	if p.tok(i).mark == '(' {
		fm, end := p.calendar(i + 1)
		if end == 0 {
			fm, end = p.slashed(i+1, false)
		}
		if end > 0 && p.tok(end).mark == ')' {
			return fm, end + 1
		}
		return form{}, 0
	}
	if fm, end := p.calendar(i); end > 0 && fm.kind == formDay {
		return fm, end
	}
	return p.slashed(i, false)
}

// modifier reads last, this or next, in the place where it stands.
func (p *parser) modifier(i int, at place) modifier {
	t := p.tok(i)
	for _, m := range t.means {
		if m.place != placeAny && m.place != at {
			continue
		}
		switch m.kind {
		case kindLast:
			return modLast
		case kindThis:
			return modThis
		case kindNext:
			return modNext
		}
	}
	return modNone
}

// unitModified reads "pekan lalu", "last week".
func (p *parser) unitModified(i int) (unit, modifier, int) {
	if u, ok := p.tok(i).is(kindUnit); ok {
		if m := p.modifier(i+1, placeAfter); m != modNone {
			return unit(u), m, i + 2
		}
		return unitNone, modNone, 0
	}
	if m := p.modifier(i, placeBefore); m != modNone {
		if u, ok := p.tok(i + 1).is(kindUnit); ok {
			return unit(u), m, i + 2
		}
	}
	return unitNone, modNone, 0
}

// phased reads "awal pekan ini", "akhir Juli", "late last month", "mid-April",
// "the end of the year", "earlier this year".
func (p *parser) phased(i int) (form, int) {
	v, ok := p.tok(i).is(kindPhase)
	if !ok {
		return form{}, 0
	}
	j := i + 1
	if p.tok(j).mark == '-' {
		j++
	}
	the := false
	for p.is(j, kindOf) {
		the = true
		j++
	}
	var fm form
	end := 0
	if fm, end = p.dated(j); end == 0 || fm.kind != formMonth {
		if fm, end = p.relative(j); end == 0 || fm.kind != formUnit {
			fm, end = p.yearHere(j, the || p.is(i-1, kindIn) || p.is(i-1, kindSince) || p.is(i-1, kindUntil))
		}
	}
	if end == 0 {
		// "akhir tahun", "the end of the month"
		u, ok := p.tok(j).is(kindUnit)
		if !ok || unit(u) < unitWeek || unit(u) > unitYear || (j > i+1) != the || p.modifier(j+1, placeAfter) != modNone {
			return form{}, 0
		}
		fm, end = form{kind: formUnit, unit: unit(u), mod: modThis}, j+1
	}
	fm.phase = phase(v)
	if fm.phase == phaseBefore || fm.phase == phaseAfter {
		if fm.kind != formUnit && fm.kind != formMonth {
			return form{}, 0
		}
	}
	return fm, end
}

// dated reads a date of the calendar with a month's name, with what may stand
// before and after it: "bulan April lalu", "tanggal 9 April", "last June".
func (p *parser) dated(i int) (form, int) {
	j, mod := i, modNone
	if m := p.modifier(j, placeBefore); m != modNone {
		mod = m
		j++
	} else if u, ok := p.tok(j).is(kindUnit); ok && unit(u) == unitMonth {
		j++
	} else if p.is(j, kindMark) {
		j++
		if fm, end := p.dayOnly(j); end > 0 {
			return fm, end
		}
	}
	fm, end := p.calendar(j)
	if end == 0 {
		return fm, 0
	}
	if fm.kind == formMonth && fm.year == 0 && fm.monthEnd == 0 {
		if m := p.tok(j).as(kindMonth); m != nil && m.needs != needsNothing && !p.context(j, end, m.needs) {
			return form{}, 0
		}
	}
	if mod == modNone && fm.year == 0 {
		if m := p.modifier(end, placeAfter); m != modNone {
			mod = m
			end++
		} else if u, m, e := p.unitModified(end); e > 0 && u == unitYear {
			fm.unit, mod, end = unitYear, m, e // "Juni tahun lalu", "June of last year"
		} else if p.is(end, kindOf) {
			if u, m, e := p.unitModified(end + 1); e > 0 && u == unitYear {
				fm.unit, mod, end = unitYear, m, e
			}
		}
	}
	fm.mod = mod
	if fm.kind == formDay {
		end = p.daypart(end)
	}
	return fm, end
}

// context reports whether an ambiguous month stands where a date would: "in
// May", "akhir Mei", "May this year", but not "May said".
func (p *parser) context(i, end int, n needs) bool {
	if n == needsNumber {
		return false
	}
	for _, k := range [...]kind{kindIn, kindSince, kindUntil, kindPhase, kindUnit, kindLast, kindThis, kindNext} {
		if p.is(i-1, k) {
			return true
		}
	}
	if p.tok(i-1).mark == '-' && p.is(i-2, kindPhase) {
		return true
	}
	if p.joins(i-1) && p.is(i-2, kindMonth) || p.joins(end) && p.is(end+1, kindMonth) {
		return true
	}
	if p.modifier(end, placeAfter) != modNone {
		return true
	}
	_, _, e := p.unitModified(end)
	return e > 0
}

// dayOnly reads the day behind "tanggal": "tanggal 9".
func (p *parser) dayOnly(i int) (form, int) {
	d, ok := p.tok(i).plain(2)
	if !ok || d < 1 || d > 31 {
		return form{}, 0
	}
	if p.is(i+1, kindMonth) || p.joins(i+1) || p.tok(i+1).mark == '/' {
		return form{}, 0
	}
	return form{kind: formDay, day: int8(d)}, i + 1
}

// relative reads "pekan lalu", "this month", "kemarin", "hari ini", "besok
// malam", "sepekan terakhir".
func (p *parser) relative(i int) (form, int) {
	if u, m, e := p.unitModified(i); e > 0 {
		if p.tok(i-1).class == classNumber && p.tok(i).means != nil && p.is(i, kindUnit) {
			return form{}, 0 // "2.500 tahun lalu" is not last year
		}
		if u == unitHour || u == unitDay && m != modThis {
			return form{}, 0 // "the last day", "jam terakhir"
		}
		return form{kind: formUnit, unit: u, mod: m}, e
	}
	if d, ok := p.tok(i).is(kindDay); ok {
		return form{kind: formOffset, count: d}, p.daypart(i + 1)
	}
	return form{}, 0
}

func (p *parser) vague(i int) (form, int) {
	if p.is(i, kindVague) {
		return form{kind: formVague}, i + 1
	}
	return form{}, 0
}
