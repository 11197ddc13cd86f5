package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// scanToken returns the end of the token that starts at text[at], which is no
// space. Each token takes at least one code point; O(its length).
func (c *cutter) scanToken(text string, at, end int) int {
	r, size := utf8.DecodeRuneInString(text[at:end])
	switch {
	case isWordRune(r):
		return c.scanWord(text, at, end)
	case (r == '#' || r == '@') && at+size < end && isWordAt(text, at+size):
		return scanRun(text, at+size, end, func(c rune) bool { return isWordRune(c) || c == '_' })
	case r == '.' || r == '-' || r == '_' || r == '*' || r == '=' || r == '!' || r == '?':
		return scanRun(text, at, end, func(c rune) bool { return c == r })
	case (r == '\'' || r == '’') && at+size < end && isDigitAt(text, at+size):
		return c.scanWord(text, at+size, end) // '90s
	}
	return at + size
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

func isWordAt(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:])
	return isWordRune(r)
}

func isDigitAt(text string, at int) bool { return at < len(text) && text[at] >= '0' && text[at] <= '9' }

func scanRun(text string, at, end int, in func(rune) bool) int {
	for at < end {
		r, size := utf8.DecodeRuneInString(text[at:end])
		if !in(r) {
			break
		}
		at += size
	}
	return at
}

// scanWord scans a word with what joins its pieces: "kementerian-kementerian",
// "1.000,5", "9/4/2024", "U.S.", "Dr.", "don’t", "kompas.com".
func (c *cutter) scanWord(text string, at, end int) int {
	if e := scanAddress(text, at, end); e > at {
		return e
	}
	start, pos := at, at
	for pos < end {
		from := pos
		pos = scanRun(text, pos, end, isWordRune)
		if from == start {
			if e := c.scanPrefix(text, start, pos); e > start {
				return e
			}
			if e := c.seam(text, start, pos); e < pos {
				return e
			}
		}
		if pos >= end {
			return pos
		}
		r, size := utf8.DecodeRuneInString(text[pos:end])
		next := pos + size
		switch {
		case next < end && joins(text, start, pos, next, r):
			pos = next
		case r == '.' && c.keepsDot(text, start, pos, next, end):
			return next
		default:
			return pos
		}
	}
	return pos
}

// scanPrefix returns the end of letters before a figure that are a word of their
// own, at if there are none.
func (c *cutter) scanPrefix(text string, at, end int) int {
	e := scanRun(text, at, end, unicode.IsLetter)
	var buf [8]byte
	if e == end || e-at > len(buf) || !isDigitAt(text, e) || !c.rules.prefix[string(lower(buf[:0], text[at:e]))] {
		return at
	}
	return e
}

// joins reports whether a mark between two word characters belongs to the word.
func joins(text string, start, pos, next int, r rune) bool {
	if !isWordAt(text, next) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[start:pos])
	after, _ := utf8.DecodeRuneInString(text[next:])
	digits := unicode.IsDigit(before) && unicode.IsDigit(after)
	switch r {
	case '-', '‑', '\'', '’', 'ʼ', '&':
		return true
	case '.':
		// "1.000" and "U.S" and "kompas.com", but not the glued "kata.Dia".
		return digits || unicode.IsUpper(before) && unicode.IsUpper(after) || unicode.IsLower(after) && unicode.IsLetter(before)
	case ',', '/', ':':
		return digits
	}
	return false
}

// keepsDot reports whether the dot after a word is part of it: after a single
// capital ("J."), inside initials ("U.S."), after an abbreviation of the pack.
func (c *cutter) keepsDot(text string, start, pos, next, end int) bool {
	word := text[start:pos]
	if utf8.RuneCountInString(word) == 1 && unicode.IsUpper(firstRune(word)) && next < end {
		return true
	}
	if i := strings.LastIndexByte(word, '.'); i >= 0 && len(word)-i == 2 && unicode.IsUpper(firstRune(word)) {
		return true
	}
	var buf [32]byte
	if len(word) > len(buf) {
		return false
	}
	return c.rules.abbrev[string(lower(buf[:0], word))]
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// scanAddress returns the end of a web or mail address at the start, else at.
func scanAddress(text string, at, end int) int {
	rest := text[at:end]
	if !strings.HasPrefix(rest, "http://") && !strings.HasPrefix(rest, "https://") && !strings.HasPrefix(rest, "www.") {
		return at
	}
	e := scanRun(text, at, end, func(c rune) bool { return !unicode.IsSpace(c) && !strings.ContainsRune(`"”“<>`, c) })
	for e > at && strings.IndexByte(".,;:!?)'", text[e-1]) >= 0 {
		e--
	}
	return e
}

// closers may stand between the end mark and the end of the sentence.
const closers = "\"”’'»)]"

// openers may stand before the first word of a sentence.
const openers = "\"“‘'«(["

// endsSentence reports whether a sentence ends after the token form whose end
// is at, given the text that follows up to end.
func (c *cutter) endsSentence(text, form string, at, end int) bool {
	last := form[len(form)-1]
	mark := last == '?' || last == '!' || form == "." || form == ".." || form == "..." || strings.HasPrefix(form, "…")
	if !mark {
		return c.opens(text, form, at, end)
	}
	// what closes with the sentence is seen by the caller; here only what follows
	rest := text[at:end]
	spaces := len(rest) - len(strings.TrimLeft(rest, " \t\n\r\u00a0"))
	if spaces == len(rest) {
		return true
	}
	if spaces == 0 && form != "." {
		return false
	}
	rest = rest[spaces:]
	for rest != "" && strings.ContainsRune(openers, firstRune(rest)) {
		rest = rest[utf8.RuneLen(firstRune(rest)):]
	}
	r := firstRune(rest)
	if spaces == 0 {
		return unicode.IsUpper(r) // glued: "berunding.Dia"
	}
	return unicode.IsUpper(r) || unicode.IsDigit(r) || !unicode.IsLetter(r) && rest != ""
}
