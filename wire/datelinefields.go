package wire

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kawat/story"
)

// fields reads the parts of a dateline between commas, brackets and slashes.
func (s *surgeon) fields(sp story.Span) (dateline, bool) {
	var d dateline
	text := s.st.Slice(sp)
	from := 0
	flush := func(to int) bool {
		field := s.trim(story.Span{Start: sp.Start + from, End: sp.Start + to})
		return field.Empty() || s.field(&d, field)
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '[':
			n := strings.IndexByte(text[i:], ']')
			if n < 0 || !flush(i) {
				return d, false
			}
			from = i + 1
			if !flush(i + n) {
				return d, false
			}
			i += n
			from = i + 1
		case c == ',' || c == '-' && i > 0 && text[i-1] == ' ':
			if !flush(i) {
				return d, false
			}
			from = i + 1
		case c == '(' || c == '/' && i > 0 && text[i-1] == ' ':
			closer := byte(')')
			if c == '/' {
				closer = '/'
			}
			n := strings.IndexByte(text[i+1:], closer)
			if n < 0 || !flush(i) {
				return d, false
			}
			if !s.bracket(&d, story.Span{Start: sp.Start + i + 1, End: sp.Start + i + 1 + n}) {
				return d, false
			}
			i += n + 1
			from = i + 1
		}
	}
	if !flush(len(text)) {
		return d, false
	}
	return d, d.place != "" || len(d.houses) > 0
}

// bracket reads "(ANTARA/Xinhua)", "/MONTSAME/" or "(9/4)".
func (s *surgeon) bracket(d *dateline, sp story.Span) bool {
	text := s.st.Slice(sp)
	if s.day(d, sp) {
		return true
	}
	var names []string
	known := false
	if left, right, ok := strings.Cut(text, " - "); ok && s.day(d, s.trim(story.Span{Start: sp.End - len(right), End: sp.End})) {
		text = left // "(UrduPoint News / Sputnik - 10th September, 2020)"
	}
	for name := range strings.SplitSeq(text, "/") {
		name = strings.TrimSpace(name)
		d.named = d.named || s.r.houses.named(s.withoutPool(name)) != nil
		sure := s.r.houses.named(s.withoutPool(name)) != nil || agencyLike(name)
		if !sure && !placeLike(name) {
			return false
		}
		known = known || sure // "(Borneo Bulletin/ANN)"
		names = append(names, name)
	}
	if !known && !s.houseOfPlace(d, names) {
		return false
	}
	d.houses = append(d.houses, names...)
	return true
}

// houseOfPlace reports whether a name that nobody knows must be a house's, by
// where it stands: in brackets behind a known city. "Warsawa (Lensa Kota) -" is
// of that house; "Paris (Prancis) -" names none.
func (s *surgeon) houseOfPlace(d *dateline, names []string) bool {
	return len(names) == 1 && len(strings.Fields(names[0])) <= 3 && len(d.houses) == 0 &&
		s.country(d.place, d.region) != "" && s.countryOf(names[0]) == "" && !s.f.notplace[names[0]]
}

// agencyLike reports whether an unknown name in brackets looks like an
// agency's: one word of at least two capitals ("LPC", "AFP-Jiji").
func agencyLike(name string) bool {
	if len(name) < 2 || len(name) > 16 || strings.ContainsAny(name, " .,;:") {
		return false
	}
	caps := 0
	for i := 0; i < len(name); i++ {
		if name[i] >= 'A' && name[i] <= 'Z' {
			caps++
		}
	}
	return caps >= 2 && caps*2 > len(name)
}

// field reads one field: a house, a day, a year, or a place.
func (s *surgeon) field(d *dateline, sp story.Span) bool {
	text := s.st.Slice(sp)
	if h := s.r.houses.named(text); h != nil && s.countryOf(text) == "" {
		d.houses, d.named = append(d.houses, text), true
		return true
	}
	if isSite(text) {
		d.houses = append(d.houses, s.r.houses.canonical(text))
		return true
	}
	if s.day(d, sp) {
		return true
	}
	if !placeLike(text) {
		return false
	}
	if text = s.withoutByline(text); text == "" {
		return true
	}
	switch {
	case d.place == "":
		d.place, _, _ = strings.Cut(text, "/") // "WASHINGTON/KHOBAR": the first is the desk's
		d.place = firstOfTwo(d.place)
	case d.region == "":
		d.region, _, _ = strings.Cut(text, "/")
	default:
		return false
	}
	return true
}

// withoutByline takes the reporter's name off a field: "By Ana Ruiz LIMA" is
// LIMA, which stands in capitals, and "By Ana Ruiz" no place at all.
func (s *surgeon) withoutByline(text string) string {
	words := strings.Fields(text)
	if len(words) < 3 || !s.f.byline[words[0]] {
		return text
	}
	at := len(words)
	for at > 1 && len(words[at-1]) > 2 && words[at-1] == strings.ToUpper(words[at-1]) {
		at--
	}
	return strings.Join(words[at:], " ")
}

// firstOfTwo returns the first of two cities: "Wina dan Jenewa".
func firstOfTwo(place string) string {
	for _, and := range []string{" and ", " dan ", " & "} {
		if first, _, ok := strings.Cut(place, and); ok {
			return strings.TrimSpace(first)
		}
	}
	return strings.TrimSpace(place)
}

// isSite reports whether a field is a site's name: "Liputan6.com", "TEMPO.CO".
func isSite(text string) bool {
	at := strings.LastIndexByte(text, '.')
	if at < 2 || len(text) > 40 || strings.IndexByte(text, ' ') >= 0 {
		return false
	}
	switch strings.ToLower(text[at+1:]) {
	case "com", "co", "id", "net", "org", "news", "info", "tv":
		return true
	}
	return false
}

// placeLike reports whether a field can name a place: up to five capitalised
// words.
func placeLike(text string) bool {
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > 5 || len(text) > 50 {
		return false
	}
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case strings.ContainsAny(w, "0123456789\"“”!?;()[]=<>@#"):
			return false
		case unicode.IsUpper(r):
		case i > 0 && (w == "and" || w == "dan" || w == "de" || w == "of" || w == "al" || w == "el" || w == "&" || w == "la" || w == "es"):
		default:
			return false
		}
	}
	return true
}

// day reads "April 9", "9 April 2024", "10th September 2020", "Jun 21 2022",
// "Selasa", "9/4/2024", "2022".
func (s *surgeon) day(d *dateline, sp story.Span) bool {
	text := s.st.Slice(sp)
	if len(text) > 40 {
		return false
	}
	day, month, year, weekday := 0, 0, 0, false
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '.' || r == '/' || r == ',' })
	numeric := strings.ContainsAny(text, "/") || strings.Count(text, ".") == 2
	for _, w := range words {
		low := strings.ToLower(w)
		n, err := strconv.Atoi(strings.TrimRight(low, "sthndr")) // "1st", "2nd", "3rd", "4th"
		switch {
		case err == nil && n >= 1900 && n < 2100:
			year = n
		case err == nil && n >= 1 && n <= 31 && day == 0:
			day = n
		case err == nil && n >= 1 && n <= 12 && month == 0 && numeric:
			month = n
		case err != nil && s.f.months[low] > 0 && month == 0:
			month = s.f.months[low]
		case err != nil && s.f.weekdays[low]:
			weekday = true
		default:
			return false
		}
	}
	onlyYear := year > 0 && day == 0 && month == 0 && d.day > 0 && d.year == 0
	if !weekday && !onlyYear && (day == 0 || month == 0) {
		return false
	}
	if day > 0 {
		d.day, d.month = day, month
	}
	if year > 0 {
		d.year = year
	}
	d.printed = d.printed.Cover(sp)
	return true
}
