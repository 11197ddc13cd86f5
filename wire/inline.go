package wire

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kawat/story"
)

// cut is a stretch of a line that is not story.
type cut struct {
	sp   story.Span
	kind story.PartKind
}

// line marks one line: what is not story is cut out, the rest are paragraphs.
func (s *surgeon) line(l *line, last bool) {
	if s.lone(l) {
		return
	}
	at := l.sp.Start
	for i := l.sp.Start; i < l.sp.End; {
		c, ok := s.cutAt(l, i)
		if !ok {
			i++
			continue
		}
		s.part(story.PartParagraph, story.Span{Start: at, End: c.sp.Start}, l.para)
		s.part(c.kind, c.sp, l.para)
		at = c.sp.End
		i = max(c.sp.End, i+1)
	}
	rest := s.trim(story.Span{Start: at, End: l.sp.End})
	if n := s.initials(rest); n > 0 {
		s.part(story.PartParagraph, story.Span{Start: rest.Start, End: rest.End - n}, l.para)
		s.part(story.PartCredit, story.Span{Start: rest.End - n, End: rest.End}, l.para)
		return
	}
	if last && s.signature(rest, l.para) {
		return
	}
	s.part(story.PartParagraph, rest, l.para)
}

// lone marks a line that as a whole is furniture by its look.
func (s *surgeon) lone(l *line) bool {
	text := s.st.Slice(l.sp)
	if !hasWord(text) {
		s.part(story.PartNoise, l.sp, l.para)
		return true
	}
	if len(text) > 24 || text[0] != '(' && text[0] != '*' {
		return false
	}
	// "(T.A001)", "(*)", "***2***", "(kha)": the desk's signs.
	inner := strings.Trim(text, "()*. ")
	if text[0] == '*' && len(inner) <= 2 || strings.HasPrefix(inner, "T.") && strings.ContainsAny(inner, "0123456789") {
		s.part(story.PartNoise, l.sp, l.para)
		return true
	}
	if text[0] == '(' && text[len(text)-1] == ')' && isInitials(inner, 4) {
		s.part(story.PartCredit, l.sp, l.para)
		return true
	}
	return false
}

// cutAt finds what begins at text[i] and is not story.
func (s *surgeon) cutAt(l *line, i int) (cut, bool) {
	c := s.text[i]
	if c == '(' || c == '.' || c == 'p' || c == '*' {
		if end, kind := s.marks(l, i); end > 0 {
			return cut{story.Span{Start: i, End: end}, kind}, true
		}
	}
	if len(s.f.first[c]) == 0 {
		return cut{}, false
	}
	glued := false
	if i > l.sp.Start {
		prev, _ := utf8.DecodeLastRuneInString(s.text[l.sp.Start:i])
		glued = unicode.IsLetter(prev) || unicode.IsDigit(prev)
	}
	fm := s.f.at(s.text, i, l.sp.End, func(f *form) bool { return s.mayStand(f, l, i, glued) })
	if fm == nil {
		return cut{}, false
	}
	return s.extent(fm, l, i)
}

// mayStand reports whether a form may count at text[i].
func (s *surgeon) mayStand(f *form, l *line, i int, glued bool) bool {
	if f.reach != anywhere && i != l.sp.Start {
		return false
	}
	if f.reach == wholeLine && f.kind != formPhrase && len(f.text) < l.sp.Len()-2 {
		return false
	}
	// "Adipati" + "Editor: Eka": links and line ends vanish in scraping. Only
	// what a colon or capitals make unmistakable is believed there.
	if glued && f.kind != formCredit && f.kind != formCopyright && f.kind != formRelated && f.kind != formBracket {
		return false
	}
	return f.kind != formByline && f.kind != formNote
}

// extent finds where the stretch that a form opens ends.
func (s *surgeon) extent(fm *form, l *line, i int) (cut, bool) {
	sp := story.Span{Start: i, End: i + len(fm.text)}
	switch fm.kind {
	case formCredit:
		return s.credit(fm, l, i)
	case formPhrase:
		return s.phrase(fm, l, i)
	case formCopyright:
		return s.copyright(fm, l, i)
	case formRelated:
		return s.related(fm, l, i)
	case formBracket:
		closer := byte(']')
		if fm.text[0] == '(' {
			closer = ')'
		}
		end := closing(s.text, i, min(l.sp.End, i+200), fm.text[0], closer)
		if end < 0 {
			return cut{}, false
		}
		return cut{story.Span{Start: i, End: end}, story.PartNoise}, true
	case formCaption:
		if l.sp.Len() > 600 {
			return cut{}, false
		}
		return cut{story.Span{Start: i, End: l.sp.End}, story.PartCaption}, true
	}
	if fm.value == "rest" {
		sp.End = s.restEnd(sp.End, l.sp.End)
		if sp.Len() > 400 {
			return cut{}, false
		}
	}
	for sp.End < l.sp.End && strings.IndexByte(".: ", s.text[sp.End]) >= 0 {
		sp.End++
	}
	return cut{sp, story.PartNoise}, true
}

// restEnd returns where a teaser ends that runs on to the next marker or the
// end of its line.
func (s *surgeon) restEnd(from, end int) int {
	for j := from; j < end; j++ {
		if s.text[j] == '[' || s.startsMarker(j, end) {
			return j
		}
	}
	return end
}

// startsMarker reports whether a form that counts anywhere stands at text[j].
func (s *surgeon) startsMarker(j, end int) bool {
	if len(s.f.first[s.text[j]]) == 0 {
		return false
	}
	fm := s.f.at(s.text, j, end, func(f *form) bool { return f.reach == anywhere })
	if fm == nil {
		return false
	}
	return fm.kind != formCredit || s.colonAfter(j+len(fm.text), end) > 0
}

// colonAfter returns the offset after a colon at text[i], with or without
// space before it, 0 if there is none.
func (s *surgeon) colonAfter(i, end int) int {
	for i < end && (s.text[i] == ' ' || s.text[i] == '\t') {
		i++
	}
	if i < end && s.text[i] == ':' {
		return i + 1
	}
	return 0
}

// marks finds what needs no words: embedded posts' tails, asterisks.
func (s *surgeon) marks(l *line, i int) (int, story.PartKind) {
	rest := s.text[i:l.sp.End]
	switch {
	case strings.HasPrefix(rest, "pic.twitter.com/"):
		n := strings.IndexAny(rest, " \n")
		if n < 0 {
			n = len(rest)
		}
		return i + n, story.PartNoise
	case strings.HasPrefix(rest, "***"):
		n := 0
		for n < len(rest) && (rest[n] == '*' || rest[n] >= '0' && rest[n] <= '9') {
			n++
		}
		return i + n, story.PartNoise
	case rest[0] == '(' && i > l.sp.Start:
		// "... untuk bertemu. (fas/ita)Simak Video": initials before furniture.
		n := strings.IndexByte(rest[:min(len(rest), 16)], ')')
		if n > 0 && strings.IndexByte(rest[:n], '/') > 0 && isInitials(rest[1:n], 6) {
			return i + n + 1, story.PartCredit
		}
	}
	return 0, 0
}

// initials returns the length of the desk's initials at the end of a
// paragraph, "(dnu/nvc)", 0 if there are none.
func (s *surgeon) initials(sp story.Span) int {
	text := s.st.Slice(sp)
	if len(text) < 8 || text[len(text)-1] != ')' {
		return 0
	}
	open := strings.LastIndexByte(text, '(')
	if open <= 0 || len(text)-open > 18 || !endsSentence(strings.TrimSpace(text[:open])) {
		return 0
	}
	if inner := text[open+1 : len(text)-1]; isInitials(inner, 4) && (len(inner) >= 2) {
		return len(text) - open
	}
	return 0
}

// isInitials reports whether a text is groups of two to n small letters with
// slashes between: "dnu/nvc".
func isInitials(s string, n int) bool {
	for g := range strings.SplitSeq(s, "/") {
		if len(g) < 2 || len(g) > n {
			return false
		}
		for i := 0; i < len(g); i++ {
			if g[i] < 'a' || g[i] > 'z' {
				return false
			}
		}
	}
	return true
}

// signature marks a name in brackets that closes a story: "(Ratna Wulandari)".
func (s *surgeon) signature(sp story.Span, para int) bool {
	text := s.st.Slice(sp)
	if len(text) < 6 || len(text) > 50 || text[0] != '(' || text[len(text)-1] != ')' {
		return false
	}
	name := strings.TrimSpace(text[1 : len(text)-1])
	if !isName(name, 4) {
		return false
	}
	s.addCredit(name, "reporter", sp)
	s.part(story.PartCredit, sp, para)
	return true
}

// isName reports whether a text is one to n capitalised words.
func isName(s string, n int) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > n {
		return false
	}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) || strings.ContainsAny(w, "0123456789:;?!\"()") {
			return false
		}
	}
	return true
}
