package when

import "fmt"

// bounds are a Ref as stretches of days.
type bounds struct {
	base period // publication, or the year of the copyright line
	news period // day of the news, else base
}

func (r Ref) bounds() bounds {
	var b bounds
	b.base, _ = parseISO(r.Published)
	if !b.base.known() && r.Year > 0 {
		b.base = yearPeriod(r.Year)
	}
	b.news, _ = parseISO(r.Day)
	switch {
	case !b.news.known():
		b.news = b.base
	case !b.base.known() || !b.base.monthly() && b.news.daily():
		// Under a copyright line of 2024 alone, "Maret mendatang" in the news of
		// 14 November is the March of 2025.
		b.base = b.news
	}
	return b
}

// Resolve works an expression out again, with another reference or with a
// direction that the tense of its clause gives: "will meet on Friday" is the
// Friday to come.
func Resolve(e Expr, ref Ref, dir Direction) Expr {
	b := ref.bounds()
	e.resolve(&b, dir)
	return e
}

func (e *Expr) resolve(b *bounds, dir Direction) {
	e.Date, e.End, e.Rough, e.Note = "", "", false, ""
	if e.Relation == Since && dir == Unknown {
		dir = Past
	}
	switch fm := &e.form; fm.kind {
	case formDay:
		e.day(b, dir)
	case formMonth:
		e.month(b, dir)
	case formYear:
		e.Date = isoYear(int(fm.year))
		if fm.yearEnd != 0 {
			e.End = isoYear(int(fm.yearEnd))
		}
		e.Rough = fm.yearEnd != 0 || fm.phase != phaseNone
	case formWeekday:
		e.weekday(b, dir)
	case formOffset:
		if b.news.daily() && b.news.known() {
			e.Date = (b.news.lo + day(fm.count)).String()
		} else if y, m, ok := months(b.news, 0); ok && b.news.known() && fm.count >= -1 && fm.count <= 1 {
			e.Date, e.Rough = isoMonth(y, m), true
		}
	case formUnit:
		e.unit(b, int(fm.mod)-int(modThis))
	case formAgo:
		e.ago(b)
	case formSpan:
		e.span(b)
	case formVague:
		e.Rough = true
	}
	if e.Relation == Since && e.Date != "" && e.End == "" {
		e.Rough = true
		if b.news.known() && b.news.daily() && b.news.lo.String() > e.Date {
			e.End = b.news.lo.String()
		}
	}
}

// yearOf chooses the year of a date that has none: the one that brings it
// nearest to the reference. lo and hi give the date's stretch in a year, ok
// whether it exists there (29 February).
func (e *Expr) yearOf(p period, dir Direction, in func(y int) (period, bool)) (int, bool) {
	if !p.known() {
		return 0, false
	}
	from, _, _ := p.lo.date()
	to, _, _ := p.hi.date()
	best, bestCost := 0, 1<<30
	for y := from - 1; y <= to+1; y++ {
		at, ok := in(y)
		if !ok {
			continue
		}
		cost := p.distance(at.lo, at.hi)
		if dir == Past && at.lo > p.hi || dir == Future && at.hi < p.lo {
			cost += 1 << 20
		}
		if e.form.weekday != 0 && at.lo.weekday() != int(e.form.weekday) && !p.monthly() {
			// "Jumat (29/12)" under a copyright line of 2024: 29 December was
			// a Friday in 2023, and a Sunday in 2024.
			cost += 100
		}
		if cost < bestCost {
			best, bestCost = y, cost
		}
	}
	return best, best > 0
}

// yearFrom resolves "last", "this", "next" year or month words beside a date.
func (e *Expr) yearFrom(b *bounds) int {
	if e.form.year != 0 {
		return int(e.form.year)
	}
	if e.form.unit == unitYear {
		if y, ok := sameYear(b.news); ok {
			return y + int(e.form.mod) - int(modThis)
		}
		return -1
	}
	return 0
}

func sameYear(p period) (int, bool) {
	if !p.known() {
		return 0, false
	}
	y, _, _ := p.lo.date()
	z, _, _ := p.hi.date()
	return y, y == z
}

func direction(m modifier, dir Direction) Direction {
	switch m {
	case modLast:
		return Past
	case modNext:
		return Future
	}
	return dir
}

func (e *Expr) day(b *bounds, dir Direction) {
	fm := &e.form
	if fm.unit != unitYear {
		dir = direction(fm.mod, dir)
	}
	y := e.yearFrom(b)
	if y < 0 {
		return
	}
	m, d := int(fm.month), int(fm.day)
	if m == 0 {
		var ok bool
		if y, m, ok = e.monthOf(b.base, d, dir); !ok {
			return
		}
	}
	if y == 0 {
		var ok bool
		if y, ok = e.yearOf(b.base, dir, func(y int) (period, bool) {
			at := civil(y, m, d)
			return period{at, at}, validDay(y, m, d)
		}); !ok {
			return
		}
	}
	if !validDay(y, m, d) {
		e.Note = fmt.Sprintf("There is no such day in %d.", y)
		return
	}
	at := e.checked(y, m, d)
	e.Date = at.String()
	e.end(y, m)
}

// monthOf finds the month of "tanggal 9": the nearest that has such a day.
func (e *Expr) monthOf(p period, d int, dir Direction) (y, m int, ok bool) {
	if !p.known() || !p.monthly() {
		return 0, 0, false
	}
	cy, cm, _ := p.lo.date()
	best := 1 << 30
	for k := -1; k <= 1; k++ {
		ty, tm := cy, cm+k
		switch tm {
		case 0:
			ty, tm = cy-1, 12
		case 13:
			ty, tm = cy+1, 1
		}
		if !validDay(ty, tm, d) {
			continue
		}
		at := civil(ty, tm, d)
		cost := p.distance(at, at)
		if dir == Past && at > p.hi || dir == Future && at < p.lo {
			cost += 1 << 20
		}
		if cost < best {
			best, y, m, ok = cost, ty, tm, true
		}
	}
	return y, m, ok
}

// checked compares a date with its weekday. Where day and month may be
// exchanged and only that agrees, they are: "Tuesday (9/4/2024)" in a language
// that writes the month first.
func (e *Expr) checked(y, m, d int) day {
	at, fm := civil(y, m, d), &e.form
	if fm.weekday == 0 || at.weekday() == int(fm.weekday) {
		return at
	}
	if fm.swap && validDay(y, d, m) {
		if other := civil(y, d, m); other.weekday() == int(fm.weekday) {
			return other
		}
	}
	e.Note = fmt.Sprintf("%s was a %s, not a %s.", at, weekdayNames[at.weekday()], weekdayNames[fm.weekday])
	return at
}

var weekdayNames = [...]string{
	"", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
}

// end resolves the end of a range of days.
func (e *Expr) end(y, m int) {
	fm := &e.form
	if fm.dayEnd == 0 {
		return
	}
	if fm.monthEnd != 0 {
		if int(fm.monthEnd) < m {
			if fm.year != 0 { // "30 December to 2 January 2024": the year is the end's
				e.Date = isoDay(y-1, m, int(fm.day))
			} else {
				y++
			}
		}
		m = int(fm.monthEnd)
	}
	if validDay(y, m, int(fm.dayEnd)) {
		e.End, e.Rough = isoDay(y, m, int(fm.dayEnd)), true
	}
}

func (e *Expr) month(b *bounds, dir Direction) {
	fm := &e.form
	m := int(fm.month)
	y := e.yearFrom(b)
	if y < 0 {
		return
	}
	if y == 0 {
		p := b.base
		switch {
		case fm.mod == modThis:
			if y, _ = sameYear(p); y == 0 {
				return
			}
		case fm.mod == modLast && p.known() && p.monthly():
			// "Juni lalu" in a story of June is the June of last year.
			p = period{monthStart(p.lo) - 1, monthStart(p.lo) - 1}
		}
		if y == 0 {
			var ok bool
			if y, ok = e.yearOf(p, direction(fm.mod, dir), func(y int) (period, bool) {
				return monthPeriod(y, m), true
			}); !ok {
				return
			}
		}
	}
	e.Date = isoMonth(y, m)
	if fm.monthEnd != 0 {
		if int(fm.monthEnd) < m {
			y++
		}
		e.End = isoMonth(y, int(fm.monthEnd))
	}
	e.Rough = fm.phase != phaseNone || e.End != ""
}

func monthStart(d day) day {
	y, m, _ := d.date()
	return civil(y, m, 1)
}

func (e *Expr) weekday(b *bounds, dir Direction) {
	fm := &e.form
	from := b.today()
	if from.known() && from.monthly() && !from.daily() {
		if y, m, ok := months(from, 0); ok && fm.mod != modNext && fm.unit != unitWeek {
			// Under a publication of July 2022 alone, "on Tuesday" is a day of that month.
			e.Date, e.Rough = isoMonth(y, m), true
		}
		return
	}
	if !from.known() || !from.daily() {
		return
	}
	today, wd := from.lo, int(fm.weekday)
	if fm.unit == unitWeek {
		e.Date = (today.monday() + day(7*(int(fm.mod)-int(modThis))+wd-1)).String()
		return
	}
	back := day((today.weekday() - wd + 7) % 7)  // to the nearest that is not after today
	ahead := day((wd - today.weekday() + 7) % 7) // to the nearest that is not before
	switch {
	case fm.mod == modLast:
		if back == 0 {
			back = 7
		}
		today -= back
	case fm.mod == modNext:
		if ahead == 0 {
			ahead = 7
		}
		today += ahead
	case dir == Future || fm.mod == modThis && dir != Past || e.Relation == Until && dir != Past:
		today += ahead
	default:
		today -= back
	}
	e.Date = today.String()
}

// today is the day from which a bare weekday is counted: the publication where
// it is known to the day and follows the day of the news within the week, else
// the day of the news. ("Sunday" in the lead and "Monday" below it, in a story
// of Monday: the day of the news is the Sunday.)
func (b *bounds) today() period {
	if b.base.known() && b.base.daily() {
		if !b.news.daily() || b.base.lo >= b.news.lo && b.base.lo < b.news.lo+7 {
			return b.base
		}
	}
	return b.news
}
