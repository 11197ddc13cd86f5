package wire

import (
	"strconv"
	"strings"
	"time"

	"kawat/story"
)

// dates reads dates of publication, as they stand in fields of inputs and on
// lines of their own.
type dates struct{ months map[string]int }

func newDates() *dates { return &dates{map[string]int{}} }

func (d *dates) learn(months map[string]int) {
	for name, n := range months {
		d.months[name] = n
	}
}

// ParsePublished reads an ISO 8601 date as precise as it is ("2024",
// "2024-04", "2024-04-09") or an RFC 3339 instant; the zero value if it is
// neither.
func ParsePublished(s string) story.Published {
	p, _ := parseISO(strings.TrimSpace(s))
	return p
}

func parseISO(s string) (story.Published, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "20060102T150405Z0700", "20060102T150405Z07:00", "Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04 -0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			return story.Published{Raw: t.Format(time.RFC3339), Time: t}, true
		}
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "20060102T150405", "20060102"} {
		if t, err := time.Parse(layout, s); err == nil {
			return story.Published{Raw: t.Format(time.DateOnly), Time: t}, true
		}
	}
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return story.Published{Raw: s, Time: t}, true
		}
	}
	return story.Published{}, false
}

// zones are the zones that copy and feeds name beside a time of day, in
// hours. IST, CST and BST are not among them: each is the time of several
// countries.
var zones = map[string]int{
	"WIB": 7, "WITA": 8, "WIT": 9, "GMT": 0, "UTC": 0, "UT": 0, "SGT": 8, "MYT": 8, "HKT": 8, "PHT": 8, "JST": 9, "KST": 9,
	"CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AEST": 10, "AEDT": 11,
}

// offset reads a zone: its name or "+0700", "UTC+7", "GMT+07:00", in seconds
// east.
func offset(s string) (seconds int, ok bool) {
	if h, ok := zones[s]; ok {
		return h * 3600, true
	}
	s = strings.TrimPrefix(strings.TrimPrefix(s, "UTC"), "GMT")
	if len(s) < 2 || len(s) > 6 || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	digits := strings.ReplaceAll(s[1:], ":", "")
	if len(digits) <= 2 {
		digits += "00"
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 || n/100 > 14 || n%100 > 59 {
		return 0, false
	}
	seconds = n/100*3600 + n%100*60
	if s[0] == '-' {
		seconds = -seconds
	}
	return seconds, true
}

// parse reads a date of publication in words: "Kamis, 12 Maret 2026 09:15 WIB",
// "April 9, 2024", "9 Apr 2024". ok is false where the text holds anything
// else, so that a paragraph is never taken for one.
func (d *dates) parse(text string) (story.Published, bool) {
	text = strings.TrimSpace(text)
	if p, ok := parseISO(text); ok {
		return p, true
	}
	var day, month, year, hour, minute int
	zone, hasZone, hasTime := 0, false, false
	others := 0
	for _, f := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,|•-–—()\t", r) }) {
		n, err := strconv.Atoi(f)
		h, m, isClock := clock(f)
		z, isZone := offset(f)
		switch {
		case d.months[strings.ToLower(strings.TrimSuffix(f, "."))] > 0:
			month = d.months[strings.ToLower(strings.TrimSuffix(f, "."))]
		case err == nil && n >= 1900 && n < 2200:
			year = n
		case err == nil && n >= 1 && n <= 31 && day == 0:
			day = n
		case isClock:
			hour, minute, hasTime = h, m, true
		case isZone:
			zone, hasZone = z, true
		default:
			others++
		}
	}
	if month == 0 || year == 0 || day == 0 || others > 2 {
		return story.Published{}, false
	}
	t := time.Date(year, time.Month(month), day, hour, minute, 0, 0, time.UTC)
	if t.Day() != day {
		return story.Published{}, false
	}
	if hasTime && hasZone {
		t = time.Date(year, time.Month(month), day, hour, minute, 0, 0, time.FixedZone("", zone))
		return story.Published{Raw: t.Format(time.RFC3339), Time: t}, true
	}
	return story.Published{Raw: t.Format(time.DateOnly), Time: t}, true
}

func clock(s string) (hour, minute int, ok bool) {
	h, m, found := strings.Cut(strings.ReplaceAll(s, ".", ":"), ":")
	if !found {
		return 0, 0, false
	}
	m, sec, hasSec := strings.Cut(m, ":")
	if n, err := strconv.Atoi(sec); hasSec && (err != nil || len(sec) != 2 || n > 60) {
		return 0, 0, false
	}
	hour, err1 := strconv.Atoi(h)
	minute, err2 := strconv.Atoi(m)
	return hour, minute, err1 == nil && err2 == nil && hour < 24 && minute < 60 && len(m) == 2
}
