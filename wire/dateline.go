package wire

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kawat/story"
)

// Datelines in a dozen house styles:
//
//	Beijing (ANTARA) - ...               BEIJING, April 9 (Xinhua) -- ...
//	JAKARTA, KOMPAS — ...                KOMPAS.com - ...
//	TEMPO.CO, Jakarta - ...              Jakarta, CNN Indonesia -- ...
//	WASHINGTON/KHOBAR, Saudi Arabia (Reuters) - ...
//	CAIRO - 25 July 2022: ...            Ulaanbaatar /MONTSAME/. ...
//	RIYADH — ...                         KUWAIT: ...
//
// Each is a list of places, day and house, then a mark, then the story. A
// known house makes any capitalised place believable; without a house the place
// must be in capitals or known.

// dateline is what a dateline says.
type dateline struct {
	span    story.Span // with the mark at its end
	lead    story.Span // a pull quote or headline glued before it
	place   string
	region  string
	printed story.Span
	day     int
	month   int
	year    int
	houses  []string // in the order of printing
	strong  bool     // it names a house or a day, or its place is known
}

// maxDateline bounds a dateline, in bytes.
const maxDateline = 120

// dateline marks the dateline that opens a line and takes it off the line.
func (s *surgeon) dateline(l *line) {
	d, ok := s.findDateline(l.sp)
	if !ok {
		return
	}
	if !d.lead.Empty() {
		s.part(story.PartNoise, d.lead, l.para)
	}
	sp := s.trim(d.span)
	s.part(story.PartDateline, sp, l.para)
	st := s.st
	st.Dateline = story.Dateline{Place: d.place, Span: sp, Printed: d.printed}
	if d.place != "" {
		st.Dateline.Country = s.country(d.place, d.region)
	}
	if d.year > 0 && d.month > 0 && d.day > 0 {
		st.Dateline.Date = fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
	}
	for _, h := range d.houses {
		s.house(h)
	}
	l.sp = s.trim(story.Span{Start: d.span.End, End: l.sp.End})
}

// house records a house that the dateline names: the first publishes unless
// the publisher is known to be another; the others stand behind it.
func (s *surgeon) house(name string) {
	name = s.withoutPool(name)
	h := s.r.houses.named(name)
	switch {
	case h == nil:
		s.agencies = append(s.agencies, name)
	case h.kind == "publisher":
		if s.st.Publisher == "" {
			s.st.Publisher = h.name
		}
	default:
		s.agencies = append(s.agencies, h.name)
	}
}

// country returns the country of a dateline's place: its own, unless what
// stands after it says better ("DANANG, Vietnam", "AUSTIN, Texas").
func (s *surgeon) country(place, region string) string {
	if region != "" {
		if c := s.countryOf(region); c != "" {
			return c
		}
	}
	return s.countryOf(place)
}

func (s *surgeon) countryOf(name string) string {
	name = strings.Trim(name, " .")
	if c, ok := s.f.places[strings.ToUpper(name)]; ok {
		return c
	}
	if s.r.places != nil {
		if c, ok := s.r.places.country(s.st.Lang, name); ok {
			return c
		}
	}
	return ""
}

// findDateline finds the dateline that opens a line, or that stands behind a
// pull quote or headline glued to it.
func (s *surgeon) findDateline(sp story.Span) (dateline, bool) {
	window := story.Span{Start: sp.Start, End: min(sp.End, sp.Start+maxDateline)}
	if d, ok := s.gluedSite(window); ok {
		return d, true
	}
	for i := window.Start; i < window.End; {
		mark, size := s.markAt(i, window.End)
		if mark == 0 {
			_, n := utf8.DecodeRuneInString(s.text[i:])
			i += n
			continue
		}
		if d, ok := s.try(window.Start, i, size, mark, sp.End); ok {
			return d, true
		}
		i += size
	}
	return s.lateDateline(sp)
}

// markAt returns the mark that may end a dateline at text[i], and its length.
func (s *surgeon) markAt(i, end int) (rune, int) {
	rest := s.text[i:end]
	switch {
	case strings.HasPrefix(rest, "--"):
		n := 2
		for n < len(rest) && rest[n] == '-' {
			n++
		}
		return '—', n
	case strings.HasPrefix(rest, "—"):
		return '—', len("—")
	case strings.HasPrefix(rest, "–"):
		return '—', len("–")
	case rest[0] == '-':
		return '-', 1
	case rest[0] == ':':
		return ':', 1
	case strings.HasPrefix(rest, "/. "):
		return '/', 2
	}
	return 0, 0
}

// try reads text[start:at] as a dateline that the mark at text[at] ends.
func (s *surgeon) try(start, at, size int, mark rune, lineEnd int) (dateline, bool) {
	end := at + size
	if end >= lineEnd {
		return dateline{}, false
	}
	next, _ := utf8.DecodeRuneInString(s.text[end:lineEnd])
	spaced := at > start && isSpace(s.text[at-1])
	if mark != '/' && !spaced && next != ' ' && !unicode.IsUpper(next) && !strings.ContainsRune("\"“”‘'(", next) {
		return dateline{}, false // "HITUNG-hitungan", "2:1"
	}
	left := story.Span{Start: start, End: at}
	if mark == '/' {
		left.End = at + 1
	}
	d, ok := s.fields(left)
	if !ok {
		return dateline{}, false
	}
	d.span = story.Span{Start: start, End: end}
	for d.span.End < lineEnd && isSpace(s.text[d.span.End]) {
		d.span.End++
	}
	return d, s.believe(&d, mark, spaced, story.Span{Start: d.span.End, End: lineEnd})
}

// believe decides whether what parsed as a dateline is one.
func (s *surgeon) believe(d *dateline, mark rune, spaced bool, rest story.Span) bool {
	if len(d.houses) > 0 {
		d.strong = true
		return true
	}
	if d.place == "" || s.f.notplace[d.place] {
		return false
	}
	caps := d.place == strings.ToUpper(d.place) && len(d.place) >= 3
	known := s.country(d.place, d.region) != ""
	next, _ := utf8.DecodeRuneInString(s.text[rest.Start:rest.End])
	switch {
	case unicode.IsLower(next) && mark != '—':
		return false // "Jakarta - yang ..." has no subject of its own
	case d.day > 0:
		d.strong = true
		return caps || known || mark != ':'
	case mark == ':':
		d.strong = known
		return known && (caps || strings.Count(d.place, " ") < 2)
	case caps:
		d.strong = known
		return known || strings.Count(d.place, " ") < 2
	}
	d.strong = known
	// "Jakarta - Bandung high-speed railway" is a route, "U.S.-China" a pair.
	return known && (mark == '—' || spaced || next != ' ') && !s.opensWithPlace(rest)
}

// opensWithPlace reports whether a known place opens the text.
func (s *surgeon) opensWithPlace(sp story.Span) bool {
	words := strings.Fields(s.text[sp.Start:min(sp.End, sp.Start+40)])
	for n := 1; n <= 2 && n <= len(words); n++ {
		if s.countryOf(strings.Join(words[:n], " ")) != "" {
			return true
		}
	}
	return false
}

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
	for name := range strings.SplitSeq(text, "/") {
		name = strings.TrimSpace(name)
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
		d.houses = append(d.houses, text)
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

// day reads "April 9", "9 April 2024", "Jun 21 2022", "Selasa", "9/4/2024",
// "2022".
func (s *surgeon) day(d *dateline, sp story.Span) bool {
	text := s.st.Slice(sp)
	if len(text) > 40 {
		return false
	}
	day, month, year, weekday := 0, 0, 0, false
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '.' || r == '/' || r == ',' })
	numeric := strings.ContainsAny(text, "/") || strings.Count(text, ".") == 2
	for _, w := range words {
		n, err := strconv.Atoi(w)
		low := strings.ToLower(w)
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

// gluedSite finds "Liputan6.com, JakartaDunia tengah memasuki ...", whose mark
// was lost in scraping.
func (s *surgeon) gluedSite(sp story.Span) (dateline, bool) {
	text := s.st.Slice(sp)
	comma := strings.IndexByte(text, ',')
	if comma < 4 || comma > 40 || !isSite(text[:comma]) {
		return dateline{}, false
	}
	i := comma + 1
	for i < len(text) && text[i] == ' ' {
		i++
	}
	start := i
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if i > start+2 && unicode.IsUpper(r) && text[i-1] >= 'a' && text[i-1] <= 'z' {
			place := text[start:i]
			if !placeLike(place) {
				return dateline{}, false
			}
			return dateline{
				span: story.Span{Start: sp.Start, End: sp.Start + i}, place: place, strong: true,
				houses: []string{s.r.houses.canonical(text[:comma])},
			}, true
		}
		if !unicode.IsLetter(r) && (r != ' ' || i+1 < len(text) && !unicode.IsUpper(rune(text[i+1]))) {
			return dateline{}, false
		}
		i += n
	}
	return dateline{}, false
}

// maxLead bounds a pull quote that stands before a dateline, in bytes.
const maxLead = 700

// lateDateline finds a dateline behind a pull quote or headline that scraping
// glued to it: "... semakin erat antara dua negaraWina (ANTARA) - Menteri ...".
// Only one with its house in brackets is believed there.
func (s *surgeon) lateDateline(sp story.Span) (dateline, bool) {
	window := s.text[sp.Start:min(sp.End, sp.Start+maxLead)]
	for from := 0; ; {
		open := strings.IndexByte(window[from:], '(')
		if open < 0 {
			return dateline{}, false
		}
		open += from
		from = open + 1
		n := strings.IndexByte(window[open:], ')')
		if n < 0 || n > 40 || open < 3 {
			continue
		}
		first, _, _ := strings.Cut(window[open+1:open+n], "/")
		if s.r.houses.named(first) == nil {
			continue
		}
		at := sp.Start + open + n + 1
		for at < sp.End && s.text[at] == ' ' {
			at++
		}
		if at >= sp.End {
			continue
		}
		mark, size := s.markAt(at, sp.End)
		if mark != '-' && mark != '—' {
			continue
		}
		start := s.placeStart(sp.Start, sp.Start+open)
		if d, ok := s.try(start, at, size, mark, sp.End); ok {
			d.lead = story.Span{Start: sp.Start, End: start}
			return d, true
		}
	}
}

// placeStart walks back from a bracket over the words of the place that stand
// before it: to a glued capital ("negaraWina"), else over one capitalised word,
// and over a second one if both together are known.
func (s *surgeon) placeStart(from, open int) int {
	i := open
	for i > from && s.text[i-1] == ' ' {
		i--
	}
	one := s.wordStart(from, i)
	j := one
	for j > from && s.text[j-1] == ' ' {
		j--
	}
	if j == one || j == from {
		return one
	}
	two := s.wordStart(from, j)
	r, _ := utf8.DecodeRuneInString(s.text[two:j])
	phrase, _, _ := strings.Cut(strings.TrimSpace(s.text[two:i]), "/")
	if s.text[j-1] == ',' || unicode.IsUpper(r) && (s.countryOf(phrase) != "" || two > from && s.text[two-1] != ' ') {
		return two
	}
	return one
}

// wordStart returns where the word that ends at end begins; a capital glued to
// a small letter, a bracket or a full stop begins a word.
func (s *surgeon) wordStart(from, end int) int {
	i := end
	for i > from {
		r, n := utf8.DecodeLastRuneInString(s.text[from:i])
		if r == ' ' || r == '\n' {
			return i
		}
		if i < end {
			cur, _ := utf8.DecodeRuneInString(s.text[i:end])
			if unicode.IsUpper(cur) && (unicode.IsLower(r) || strings.ContainsRune(").,!?\"”", r)) {
				return i
			}
		}
		i -= n
	}
	return i
}
