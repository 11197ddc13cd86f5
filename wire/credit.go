package wire

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kawat/story"
)

// maxCredits bounds the credits of one story.
const maxCredits = 40

// maxName bounds the names after a credit's label, in bytes.
const maxName = 110

// credit finds the extent of "Pewarta: Ratna Wulandari" and records it. The
// name ends before the next marker or at the end of the line: scraping glues
// "Pewarta: Ratna WulandariEditor: Suryo HadiCOPYRIGHT © ANTARA 2024".
func (s *surgeon) credit(fm *form, l *line, i int) (cut, bool) {
	at := s.colonAfter(i+len(fm.text), l.sp.End)
	if at == 0 {
		return cut{}, false
	}
	end := at
	for end < l.sp.End && s.text[end] != '|' && s.text[end] != ';' && !s.startsMarker(end, l.sp.End) {
		end++
	}
	name := s.trim(story.Span{Start: at, End: end})
	text := strings.Trim(s.st.Slice(name), " .()")
	if text == "" && fm.value == "source" {
		return cut{}, false
	}
	if !s.mayName(text, i == l.sp.Start) {
		return cut{}, false
	}
	s.addCredits(text, fm.value, name)
	if end < l.sp.End && (s.text[end] == '|' || s.text[end] == ';') {
		end++
	}
	return cut{story.Span{Start: i, End: end}, story.PartCredit}, true
}

// mayName reports whether a text can be the names of a credit: short, begun
// with a capital or an agency, and no sentence.
func (s *surgeon) mayName(text string, ownLine bool) bool {
	if text == "" {
		return ownLine
	}
	if len(text) > maxName || sentenceInside(text) {
		return false
	}
	if s.r.houses.named(text) != nil {
		return true
	}
	small := 0
	for _, w := range strings.Fields(text) {
		r, _ := utf8.DecodeRuneInString(w)
		if unicode.IsLower(r) && len(w) > 3 {
			small++
		}
	}
	r, _ := utf8.DecodeRuneInString(text)
	return (unicode.IsUpper(r) || unicode.IsDigit(r)) && small <= 1
}

// addCredits records the names of one label, which commas, "and", "dan" and
// slashes between agencies divide.
func (s *surgeon) addCredits(text, role string, sp story.Span) {
	text = strings.NewReplacer(" and ", ",", " dan ", ",", " & ", ",").Replace(text)
	if strings.Contains(text, "/") {
		text = strings.ReplaceAll(text, "/", ",")
	}
	for name := range strings.SplitSeq(text, ",") {
		name = strings.Trim(name, " .;()\t")
		if in := strings.Index(name, " in "); in > 0 {
			name = name[:in] // "Jane Miller in Vienna"
		}
		if name != "" {
			s.addCredit(name, role, sp)
		}
	}
}

func (s *surgeon) addCredit(name, role string, sp story.Span) {
	if len(s.st.Credits) >= maxCredits {
		return
	}
	name = s.withoutPool(name)
	for _, c := range s.st.Credits {
		if c.Name == name && c.Role == role {
			return
		}
	}
	s.st.Credits = append(s.st.Credits, story.Credit{Name: name, Role: role, Span: sp})
}

// withoutPool strips the exchange over which agencies' copy came:
// "RIA Novosti-OANA".
func (s *surgeon) withoutPool(name string) string {
	if at := strings.LastIndexByte(name, '-'); at > 0 {
		if h := s.r.houses.named(name[at+1:]); h != nil && h.kind == "pool" {
			return strings.TrimSpace(name[:at])
		}
	}
	return name
}

// phrase finds "(Reporting by Jane Miller; Editing by Tom Reed)" and, without
// brackets, the same at the end of a line.
func (s *surgeon) phrase(fm *form, l *line, i int) (cut, bool) {
	start, end := i, l.sp.End
	if i > l.sp.Start && s.text[i-1] == '(' {
		start = i - 1
		if e := closing(s.text, start, min(end, start+600), '(', ')'); e > 0 {
			end = e
		}
	}
	if end-i > 600 || start == i && l.sp.End-i > 320 {
		return cut{}, false
	}
	body := s.text[i:end]
	if !s.creditPhrases(strings.TrimRight(body, ")"), story.Span{Start: start, End: end}) {
		return cut{}, false
	}
	return cut{story.Span{Start: start, End: end}, story.PartCredit}, true
}

// creditPhrases records each phrase of a list divided by ";" or a full stop.
func (s *surgeon) creditPhrases(body string, sp story.Span) bool {
	found := false
	for len(body) > 0 {
		body = strings.TrimLeft(body, " ;.,")
		if body == "" {
			break
		}
		fm := s.f.at(body, 0, len(body), func(f *form) bool { return f.kind == formPhrase })
		if fm == nil {
			// "editing by Tom Reed": small after a semicolon.
			up := strings.ToUpper(body[:1]) + body[1:]
			fm = s.f.at(up, 0, len(up), func(f *form) bool { return f.kind == formPhrase })
		}
		if fm == nil {
			return found
		}
		body = body[len(fm.text):]
		n := strings.IndexByte(body, ';')
		if n < 0 {
			n = len(body)
		}
		names := strings.Trim(body[:n], " .:")
		if !s.mayName(names, false) {
			return found
		}
		s.addCredits(names, fm.value, sp)
		body, found = body[n:], true
	}
	return found
}

// byline marks "By Jane Miller" or a name in capitals on a line of its own.
func (s *surgeon) byline(l line) bool {
	text := s.st.Slice(l.sp)
	if len(text) > 70 {
		return false
	}
	fm := s.f.at(s.text, l.sp.Start, l.sp.End, func(f *form) bool { return f.kind == formByline })
	if fm != nil && len(text) > len(fm.text)+1 && strings.IndexByte(" :", text[len(fm.text)]) >= 0 {
		names := strings.Trim(text[len(fm.text):], " :")
		plain := strings.NewReplacer(" and ", " ", " dan ", " ", ",", " ").Replace(names)
		if isName(plain, 8) {
			s.addCredits(names, fm.value, l.sp)
			s.part(story.PartCredit, l.sp, l.para)
			return true
		}
	}
	if s.st.Title != "" && text == strings.ToUpper(text) && isName(text, 4) && strings.Contains(text, " ") && len(text) <= 40 {
		s.addCredit(text, "reporter", l.sp)
		s.part(story.PartCredit, l.sp, l.para)
		return true
	}
	return false
}

// copyright finds the extent of "COPYRIGHT © ANTARA 2024" and records it.
func (s *surgeon) copyright(fm *form, l *line, i int) (cut, bool) {
	end := min(l.sp.End, i+len(fm.text)+90)
	body := s.text[i+len(fm.text) : end]
	sign := strings.Contains(body[:min(len(body), 8)], "©") || strings.HasPrefix(strings.TrimSpace(strings.ToLower(body)), "(c)") || strings.Contains(fm.text, "©")
	year := yearIn(body)
	if !sign && (year < 0 || i != l.sp.Start) {
		return cut{}, false
	}
	stop := len(body)
	if year >= 0 {
		stop = year + 4
		owner := strings.Trim(body[:year], " ©,()cC.")
		if owner == "" { // "© 2024 ANTARA"
			stop = ownerEnd(body, stop)
		}
	}
	line := strings.Join(strings.Fields(strings.Trim(body[:stop], " .,©")), " ")
	line = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(line, "(c)"), "(C)"))
	s.setCopyright(line, body, year)
	sp := story.Span{Start: i, End: i + len(fm.text) + stop}
	for sp.End < l.sp.End && s.text[sp.End] == '.' {
		sp.End++
	}
	return cut{sp, story.PartCopyright}, true
}

func (s *surgeon) setCopyright(line, body string, year int) {
	if s.st.Copyright == "" {
		s.st.Copyright = line
	}
	if year >= 0 && s.st.Published.Raw == "" {
		if p, ok := s.r.dates.parse(body[year : year+4]); ok {
			s.st.Published = p
		}
	}
}

// ownerEnd returns the end of the owner's name that follows the year.
func ownerEnd(body string, from int) int {
	for j := from; j < len(body); j++ {
		if body[j] == '.' || body[j] == '\n' || body[j] == ',' || body[j] == '|' {
			return j
		}
	}
	return len(body)
}

// yearIn returns the offset of the first year of this or the last century, -1
// if there is none.
func yearIn(s string) int {
	for i := 0; i+4 <= len(s); i++ {
		if (s[i] == '1' && s[i+1] == '9' || s[i] == '2' && s[i+1] == '0') && digits(s[i:i+4]) &&
			(i == 0 || !digits(s[i-1:i])) && (i+4 == len(s) || !digits(s[i+4:i+5])) {
			return i
		}
	}
	return -1
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
