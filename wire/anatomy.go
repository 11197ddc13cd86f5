package wire

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kawat/story"
)

// surgeon takes one story apart.
type surgeon struct {
	r  *Reader
	f  *forms
	st *story.Story

	text     string
	agencies []string // as named, publisher side first
	lookups  int      // searches made for the small forms of words
}

// Anatomy takes a story's text apart: it fills Parts and, where the input did
// not give them, Title, Publisher, Agencies, Credits, Copyright, Published and
// Dateline. The forms are those of the pack of st.Lang; a story in a language
// without a pack comes out as paragraphs.
func (r *Reader) Anatomy(st *story.Story) {
	f := r.forms[st.Lang]
	if f == nil {
		f = r.none
	}
	s := &surgeon{r: r, f: f, st: st, text: st.Text}
	st.Parts = st.Parts[:0]
	if st.Publisher != "" {
		st.Publisher = r.houses.canonical(st.Publisher)
	}
	lines := s.lines()
	lines = s.head(lines)
	for i := range lines {
		s.line(&lines[i], i+1 == len(lines))
	}
	s.finish()
	st.Give(story.LayerParts)
}

// line is a line or, in text that was broken at a fixed width, a paragraph.
type line struct {
	sp   story.Span // without surrounding space
	para int
}

// lines splits the text.
func (s *surgeon) lines() []line {
	var out []line
	joined := s.wrapped()
	para := 0
	for at := 0; at < len(s.text); {
		end := lineEnd(s.text[at:], joined)
		if sp := s.trim(story.Span{Start: at, End: at + end}); !sp.Empty() {
			if n := len(out); n > 0 && s.goesOn(out[n-1].sp, sp) {
				out[n-1].sp.End = sp.End
			} else {
				para++
				out = append(out, line{sp: sp, para: para})
			}
		}
		at += end + 1
	}
	return out
}

// lineEnd returns how many bytes the line at the start of text has. With joined
// set a line goes on until an empty one or the first item of a list.
func lineEnd(text string, joined bool) int {
	for at := 0; ; at++ {
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			return len(text)
		}
		at += n
		if rest := text[at+1:]; !joined || strings.HasPrefix(rest, "\n") || opensItem(rest) {
			return at
		}
	}
}

// opensItem reports whether a line begins with the mark of an item of a list:
// "2. ", "b) ", "- ", "\u2022 ".
func opensItem(line string) bool {
	label, _, _ := strings.Cut(line[:min(len(line), maxItemMark)], " ")
	switch label {
	case "-", "*", "\u2013", "\u2014", "\u2022", "\u25aa", "\u25cf":
		return true
	}
	name := strings.TrimRight(label, ".)")
	return len(label) == len(name)+1 && name != "" && len(label) < len(line) && (strings.Trim(name, "0123456789") == "" && len(name) < 3 || len(name) == 1 && 'a' <= name[0] && name[0] <= 'z')
}

// maxItemMark bounds the mark of an item of a list with its space, in bytes.
const maxItemMark = 6

// goesOn reports whether a line is the rest of the one right above it, which
// scraping broke at a link or a picture: it opens with a small letter or with the
// mark that was to follow, and the line above ends no sentence.
func (s *surgeon) goesOn(above, sp story.Span) bool {
	r, _ := utf8.DecodeRuneInString(s.text[sp.Start:sp.End])
	return s.text[above.End:sp.Start] == "\n" && (unicode.IsLower(r) || r == ',' || r == ';') && !endsSentence(s.text[above.Start:above.End])
}

// maxBroken bounds a line of the lead that was broken in its midst, in bytes.
const maxBroken = 100

// mendLead puts a lead together that scraping broke at its links: "LIMA (AFP) --
// President", "Ana Silva met Prime Minister", "Luis Rojas of Chile on Monday."
func (s *surgeon) mendLead(lines []line) []line {
	for len(lines) > 1 {
		lead, next := &lines[0], lines[1]
		text := s.st.Slice(lead.sp)
		if last := text[strings.LastIndexByte(text, '\n')+1:]; len(last) > maxBroken || endsSentence(text) || s.text[lead.sp.End:next.sp.Start] != "\n" {
			break
		}
		next.sp.Start, next.para = lead.sp.Start, lead.para
		lines = lines[1:]
		lines[0] = next
	}
	return lines
}

// wrapped reports whether the text was broken at a fixed width, with empty
// lines between paragraphs: most lines inside paragraphs then end in the midst
// of a sentence, at a like length.
func (s *surgeon) wrapped() bool {
	if !strings.Contains(s.text, "\n\n") {
		return false
	}
	inside, mid := 0, 0
	prev := ""
	for l := range strings.Lines(s.text) {
		l = strings.TrimSpace(l)
		if prev != "" && l != "" {
			inside++
			if n := len(prev); n >= 45 && n <= 100 && !endsSentence(prev) && !opensItem(l) {
				mid++
			}
		}
		prev = l
	}
	return inside >= 3 && mid*10 >= inside*7
}

// trim returns a span without the space at its ends.
func (s *surgeon) trim(sp story.Span) story.Span {
	for sp.Start < sp.End && isSpace(s.text[sp.Start]) {
		sp.Start++
	}
	for sp.Start < sp.End && isSpace(s.text[sp.End-1]) {
		sp.End--
	}
	return sp
}

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\n' }

// part appends a part; pieces without a letter or digit are noise whatever
// they came from ("***", "-----").
func (s *surgeon) part(kind story.PartKind, sp story.Span, para int) {
	sp = s.trim(sp)
	if sp.Empty() {
		return
	}
	if kind == story.PartParagraph && !hasWord(s.text[sp.Start:sp.End]) {
		kind = story.PartNoise
	}
	s.st.Parts = append(s.st.Parts, story.Part{Kind: kind, Span: sp, Para: para})
}

func hasWord(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

// endsSentence reports whether a text ends as a sentence does.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \"'”’)]»")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…:。", r)
}

// head reads what stands before the story proper: desk's notes, headline,
// by-line, date line, pull quote; then the dateline. It returns the lines that
// remain, the first of them without its dateline.
func (s *surgeon) head(lines []line) []line {
	lines = s.notes(lines)
	at := s.datelineLine(lines)
	for i := 0; i < at; i++ {
		s.headLine(lines[i], i == 0)
	}
	if at >= 0 {
		lines = lines[at:]
	} else {
		lines = s.headlines(lines)
	}
	if len(lines) > 0 {
		if s.dateline(&lines[0]); at >= 0 {
			lines = s.mendLead(lines)
		}
	}
	return lines
}

// maxHead is how many lines may stand before a dateline.
const maxHead = 5

// datelineLine returns the index of the line that opens with a dateline, -1 if
// none of the first does.
func (s *surgeon) datelineLine(lines []line) int {
	for i := 0; i < len(lines) && i < maxHead; i++ {
		if d, ok := s.findDateline(lines[i].sp); ok && (i == 0 || d.strong) {
			return i
		}
	}
	return -1
}

// notes takes the desk's bracketed remarks off the head: "(Corrects spelling
// of the envoy's name in paragraph 2) VIENNA (Reuters) - ".
func (s *surgeon) notes(lines []line) []line {
	for len(lines) > 0 {
		sp := lines[0].sp
		open := sp.Start
		for open < sp.End && s.text[open] == '(' {
			open++
		}
		if open == sp.Start || open == sp.End || s.f.at(s.text, open, sp.End, isNote) == nil {
			return lines
		}
		end := closing(s.text, sp.Start, sp.End, '(', ')')
		if end < 0 || end-sp.Start > 600 {
			return lines
		}
		s.part(story.PartNoise, story.Span{Start: sp.Start, End: end}, lines[0].para)
		lines[0].sp = s.trim(story.Span{Start: end, End: sp.End})
		if lines[0].sp.Empty() {
			lines = lines[1:]
		}
	}
	return lines
}

func isNote(f *form) bool { return f.kind == formNote }

// closing returns the end of the bracketed stretch that opens at start, -1 if
// it does not close.
func closing(text string, start, end int, open, closer byte) int {
	depth := 0
	for i := start; i < end; i++ {
		switch text[i] {
		case open:
			depth++
		case closer:
			if depth--; depth <= 0 {
				return i + 1
			}
		}
	}
	return -1
}

// headLine marks one line that stands before the dateline's line.
func (s *surgeon) headLine(l line, first bool) {
	switch {
	case s.byline(l), s.dateLine(l), s.isFurniture(l):
	case first:
		s.title(l)
	default:
		// A second headline, a summary or a pull quote: the story says it again.
		s.part(story.PartTitle, l.sp, l.para)
	}
}

func (s *surgeon) title(l line) {
	if s.st.Title == "" {
		s.st.Title = strings.TrimSpace(s.st.Slice(l.sp))
	}
	s.part(story.PartTitle, l.sp, l.para)
}

// headlines takes headline, by-line and date line off a story without a
// dateline, as far as they can be told.
func (s *surgeon) headlines(lines []line) []line {
	if len(lines) > 1 && s.isHeadline(lines) {
		s.title(lines[0])
		lines = lines[1:]
	}
	for n := 0; n < 4 && len(lines) > 1; n++ {
		if !s.byline(lines[0]) && !s.dateLine(lines[0]) {
			break
		}
		lines = lines[1:]
	}
	return lines
}

// isHeadline reports whether the first line is the headline: the given title,
// or a short line without a full stop over a longer one.
func (s *surgeon) isHeadline(lines []line) bool {
	first := s.st.Slice(lines[0].sp)
	if s.st.Title != "" {
		return sameWords(first, s.st.Title)
	}
	if len(first) > 160 || strings.IndexByte(first, ' ') < 0 || strings.ContainsAny(first[len(first)-1:], ".,;:\"-)") ||
		strings.HasSuffix(first, "”") || strings.HasPrefix(first, "“") || strings.ContainsAny(first[:1], "\"-*•(") {
		return false
	}
	if s.f.at(s.text, lines[0].sp.Start, lines[0].sp.End, func(f *form) bool { return f.kind != formByline }) != nil {
		return false
	}
	next := s.st.Slice(lines[1].sp)
	return len(next) > len(first) || len(lines) > 2 && (len(next) < 60 || endsSentence(next))
}

// sameWords compares two headlines without case, marks and space.
func sameWords(a, b string) bool {
	fold := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	a, b = fold(a), fold(b)
	return a == b && a != ""
}

// dateLine marks a line that holds nothing but the date of publication.
func (s *surgeon) dateLine(l line) bool {
	text := s.st.Slice(l.sp)
	if len(text) > 60 {
		return false
	}
	p, ok := s.r.dates.parse(text)
	if !ok {
		return false
	}
	if s.st.Published.Raw == "" {
		s.st.Published = p
	}
	s.part(story.PartNoise, l.sp, l.para)
	return true
}

// isFurniture marks a line that is noise, caption, related or credit as a whole.
func (s *surgeon) isFurniture(l line) bool {
	before := len(s.st.Parts)
	fm := s.f.at(s.text, l.sp.Start, l.sp.End, func(f *form) bool { return f.kind != formByline })
	if fm == nil {
		return false
	}
	s.line(&l, false)
	return len(s.st.Parts) > before
}

// finish derives what follows from the parts.
func (s *surgeon) finish() {
	st := s.st
	if st.Publisher == "" {
		if h := s.r.houses.ofURL(st.URL); h != nil {
			st.Publisher = h.name
		}
	}
	if st.Publisher == "" && st.Copyright != "" {
		owner := strings.TrimRight(st.Copyright, "0123456789 -–")
		if s.r.houses.named(owner) != nil {
			st.Publisher = s.r.houses.canonical(owner)
		}
	}
	for _, c := range st.Credits {
		if h := s.r.houses.named(c.Name); h != nil && c.Role != "copyright" {
			s.agencies = append(s.agencies, h.name)
		}
	}
	if st.Publisher == "" && len(s.agencies) > 0 {
		st.Publisher = s.agencies[0]
	}
	publisher := s.r.houses.canonical(st.Publisher)
	slices.Reverse(s.agencies)
	for _, a := range s.agencies {
		if h := s.r.houses.named(a); h != nil && h.kind == "pool" {
			continue
		}
		if a != publisher && !slices.Contains(st.Agencies, a) {
			st.Agencies = append(st.Agencies, a)
		}
	}
}
