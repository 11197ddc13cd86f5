package wire

import (
	"fmt"
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
//	New Delhi [India], May 3 (ANI): ...  YEREVAN, APRIL 5, ARMENPRESS. ...
//	Havana, Apr 3 (Prensa Latina) The ...
//
// Each is a list of places, day and house, then a mark, then the story. A
// known house makes any capitalised place believable; without a house the place
// must be in capitals or known. A bracket or full stop is a mark only behind a house.

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
	named   bool     // a house of the table stands in it
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
	var found dateline
	ok := false
	for i := window.Start; i < window.End; {
		mark, size := s.markAt(i, window.End)
		if mark == 0 {
			_, n := utf8.DecodeRuneInString(s.text[i:])
			i += n
			continue
		}
		if d, good := s.try(window.Start, i, size, mark, sp.End); good {
			found, ok = d, true
			if d.span.End >= sp.End || s.text[d.span.End] != '(' {
				break // "ISLAMABAD - (APP): ..." goes on
			}
		}
		i += size
	}
	if ok {
		return found, true
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
	case rest[0] == ':' || rest[0] == ';':
		return ':', 1
	case rest[0] == '_' && i > 0 && s.text[i-1] == ' ':
		return '-', 1
	case strings.HasPrefix(rest, "/. "):
		return '/', 2
	case rest[0] == ')':
		if n := dashBehind(rest); n > 0 {
			return '/', n // "Lima, Sep 8 (EFE).- Ana Silva ..."
		}
		return ')', 1
	case strings.HasPrefix(rest, ". "):
		return '.', 1
	}
	return 0, 0
}

// dashBehind returns how many bytes a bracket, a full stop and a dash have that
// stand together at the start of text; 0 where they do not.
func dashBehind(text string) int {
	rest, ok := strings.CutPrefix(text, ").")
	if !ok {
		return 0
	}
	rest = strings.TrimLeft(rest, " ")
	for _, dash := range []string{"--", "-", "\u2013", "\u2014"} {
		if strings.HasPrefix(rest, dash) {
			return len(text) - len(rest) + len(dash)
		}
	}
	return 0
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
	if mark == '/' || mark == ')' {
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
	next, _ := utf8.DecodeRuneInString(s.text[rest.Start:rest.End])
	if mark == ')' || mark == '.' {
		d.strong = true
		return d.named && !unicode.IsLower(next) && unicode.IsLetter(next) &&
			(d.place == "" || s.country(d.place, d.region) != "" || mark == ')' && len(d.place) > 5 && d.place == strings.ToUpper(d.place)) // "ZAMBOANGA CITY (AFP) The"
	}
	if len(d.houses) > 0 {
		d.strong = true
		return true
	}
	if d.place == "" || s.f.notplace[d.place] {
		return false
	}
	caps := d.place == strings.ToUpper(d.place) && len(d.place) >= 3
	known := s.country(d.place, d.region) != ""
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
