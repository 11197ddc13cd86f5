package wire

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kawat/story"
)

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
