package when

// day counts days of the Gregorian calendar from 1970-01-01, without clocks
// and zones, which have no place in "Selasa (9/4)".
type day int32

// civil returns the day with a date. (Algorithm: Howard Hinnant, days_from_civil.)
func civil(y, m, d int) day {
	if m <= 2 {
		y--
	}
	era := floorDiv(y, 400)
	yoe := y - era*400
	mp := (m + 9) % 12
	doy := (153*mp+2)/5 + d - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return day(era*146097 + doe - 719468)
}

// date returns year, month and day.
func (d day) date() (y, m, dd int) {
	z := int(d) + 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	dd = doy - (153*mp+2)/5 + 1
	m = mp + 3
	if m > 12 {
		m -= 12
	}
	y = yoe + era*400
	if m <= 2 {
		y++
	}
	return y, m, dd
}

// weekday returns 1 for Monday to 7 for Sunday.
func (d day) weekday() int { return int(((d+3)%7+7)%7) + 1 }

// monday returns the Monday of the day's week.
func (d day) monday() day { return d - day(d.weekday()-1) }

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func daysIn(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// validDay reports whether a day may stand in a month; the year may be 0 for
// unknown.
func validDay(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 {
		return false
	}
	if y == 0 {
		y = 2000 // a leap year
	}
	return d <= daysIn(y, m)
}

// String returns the ISO date.
func (d day) String() string {
	y, m, dd := d.date()
	return isoDay(y, m, dd)
}

func isoDay(y, m, d int) string {
	b := make([]byte, 0, 10)
	b = appendYear(b, y)
	b = append(b, '-', byte('0'+m/10), byte('0'+m%10))
	return string(append(b, '-', byte('0'+d/10), byte('0'+d%10)))
}

func isoMonth(y, m int) string {
	b := appendYear(make([]byte, 0, 7), y)
	return string(append(b, '-', byte('0'+m/10), byte('0'+m%10)))
}

func isoYear(y int) string { return string(appendYear(make([]byte, 0, 4), y)) }

func appendYear(b []byte, y int) []byte {
	if y < 0 || y > 9999 {
		y = 0
	}
	return append(b, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10))
}

// period is a stretch of days, both ends in it.
type period struct{ lo, hi day }

// precision of a period by its length.
func (p period) daily() bool   { return p.lo == p.hi }
func (p period) monthly() bool { return p.hi-p.lo < 31 }
func (p period) known() bool   { return p.hi >= p.lo && p != period{} }

// distance returns how far a stretch lies from the period, 0 if they meet.
func (p period) distance(lo, hi day) int {
	switch {
	case hi < p.lo:
		return int(p.lo - hi)
	case lo > p.hi:
		return int(lo - p.hi)
	}
	return 0
}

func monthPeriod(y, m int) period { return period{civil(y, m, 1), civil(y, m, daysIn(y, m))} }

func yearPeriod(y int) period { return period{civil(y, 1, 1), civil(y, 12, 31)} }

// parseISO reads a date as precise as it is: "2024", "2024-04", "2024-04-09",
// the last with or without a time of day behind it.
func parseISO(s string) (period, bool) {
	y, ok := digits(s, 0, 4)
	if !ok || y == 0 {
		return period{}, false
	}
	if len(s) == 4 {
		return yearPeriod(y), true
	}
	m, ok := digits(s, 5, 2)
	if !ok || s[4] != '-' || m < 1 || m > 12 {
		return period{}, false
	}
	if len(s) == 7 {
		return monthPeriod(y, m), true
	}
	d, ok := digits(s, 8, 2)
	if !ok || s[7] != '-' || !validDay(y, m, d) {
		return period{}, false
	}
	if len(s) > 10 && s[10] != 'T' && s[10] != ' ' {
		return period{}, false
	}
	at := civil(y, m, d)
	return period{at, at}, true
}

func digits(s string, from, n int) (int, bool) {
	if len(s) < from+n {
		return 0, false
	}
	v := 0
	for _, c := range []byte(s[from : from+n]) {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int(c-'0')
	}
	return v, true
}
