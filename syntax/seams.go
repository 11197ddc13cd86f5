package syntax

import (
	"strings"
	"unicode/utf8"
)

// Scraped copy loses the space where a link began or ended: "diplomasiAmerika",
// "MenurutIRGC", "Trumpmengatakan", "Israeldan". A pack that has rows of the kind
// "seam" has such words cut, where what stays are words that its models know.

// Fewest letters of the parts.
const (
	minSeamLower = 2 // "diIran"
	minSeamUpper = 4 // "PertahananIsrael", and not "TikTok"
	minSeamVerb  = 7 // "menyerang" behind a name that nobody knows
	maxSeam      = 40
)

// seam returns the end of the first of several words that were glued together in
// text[at:end], letters all of them; end where they are one word. O(length).
func (c *cutter) seam(text string, at, end int) int {
	word := text[at:end]
	if len(c.rules.seams) == 0 || len(word) < minSeamUpper || len(word) > maxSeam {
		return end
	}
	turn := caseTurn(word)
	capital := isUpper(word[0])
	if turn == 0 && !capital || c.words.has(word) || c.rules.whole[strings.ToLower(word)] {
		return end
	}
	if turn > 0 {
		head := word[:turn]
		if len(head) >= minSeamLower && (!capital || len(head) >= minSeamUpper) && (c.words.has(head) || c.rules.seams[strings.ToLower(head)]) {
			return at + turn
		}
		word = head // "Sugionomengumumkan" of more
		if !capital || len(word) < minSeamUpper {
			return end
		}
	}
	if n := c.smallTail(word); n > 0 {
		return at + n
	}
	if turn > minSeamUpper && c.startsWord(text[at+turn:end]) {
		return at + turn
	}
	return end
}

// smallTail returns where a word of small letters begins behind a name, 0 if none
// does: a small word of the table behind a word that the models know
// ("Israeldan"), or a verb with one of its prefixes ("Trumpmengatakan").
func (c *cutter) smallTail(word string) int {
	for i := 3; i+2 <= len(word); i++ {
		tail := word[i:]
		if !isLowerASCII(tail) {
			continue
		}
		if c.rules.seams[tail] && len(word[:i]) >= minSeamUpper+shortTail(tail) && c.words.has(word[:i]) {
			return i
		}
		if len(tail) < minSeamVerb || !c.words.has(tail) {
			continue
		}
		for n := 2; n <= 3; n++ {
			if c.rules.seams[tail[:n]+"-"] {
				return i
			}
		}
	}
	return 0
}

// shortTail is how many letters more a name must have before a tail of three
// letters, which ends many a name: "Ramadan".
func shortTail(tail string) int {
	if len(tail) < 4 {
		return 1
	}
	return 0
}

// startsWord reports whether a capitalised run begins with a word that the models
// know, so that what stands before it is a name of its own: "SugionoMenteri".
func (c *cutter) startsWord(rest string) bool {
	n := caseTurn(rest)
	if n == 0 {
		n = len(rest)
	}
	return n >= minSeamUpper && c.words.has(rest[:n])
}

// caseTurn returns where the first capital stands behind a small letter with a
// letter behind it, 0 if none does.
func caseTurn(word string) int {
	for i := 1; i+1 < len(word); i++ {
		if isUpper(word[i]) && 'a' <= word[i-1] && word[i-1] <= 'z' && (isUpper(word[i+1]) || 'a' <= word[i+1] && word[i+1] <= 'z') {
			return i
		}
	}
	return 0
}

func isUpper(b byte) bool { return 'A' <= b && b <= 'Z' }

func isLowerASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return utf8.ValidString(s)
}
