package lang

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"kawat/world"
)

// piece is a run of letters and digits of a name, folded into a hash that goes
// on from the pieces before it.
type piece struct {
	hash     uint64
	end      int  // byte offset after it, a last dot of initials included
	letters  int  // how many letters it has
	capital  bool // the first character is a capital letter
	capitals bool // all letters are capitals
}

const (
	fnvStart uint64 = 14695981039346656037
	fnvPrime uint64 = 1099511628211
)

// mix adds one folded character to a hash. The key 0 means a free slot, which a
// hash of FNV does not reach in practice; were it to, a name would be missed.
func mix(h uint64, r rune) uint64 { return (h ^ uint64(r)) * fnvPrime }

// scan reads the piece that starts at a byte offset; its end is the offset
// itself if none does.
//
// Apostrophes inside a piece are passed over ("Sana'a", "N’Djamena"), but "'s"
// ends it ("China's"). Dots join initials ("U.S.", "D.C."). "&", "," and
// "+" are pieces of their own ("Washington, D.C.", "OPEC+").
func scan(text string, at, limit int, h uint64) piece {
	h = mix(h, ' ')
	p := piece{hash: h, end: at, capitals: true}
	run, initials := 0, false // characters since the last dot; whether dots were read
	for i := at; i < limit; {
		r, size := utf8.DecodeRuneInString(text[i:limit])
		switch {
		case isWordRune(r):
			p.letter(r, p.end == at)
			run++
			p.end = i + size
		case i == at && (r == '&' || r == ',' || r == '+'):
			p.hash, p.end, p.capitals = mix(h, r), i+size, false
			return p
		case i == at && possessive(text, i, r, limit): // "People's Republic": its "s" is a piece
		case i == at:
			return p
		case world.IsApostrophe(r) && inside(text, i+size, limit):
		case r == '.' && run == 1 && p.letters > 0 && (initials || wordAt(text, i+1, limit)):
			run, initials = 0, true
			p.end = i + 1
		default:
			return p
		}
		i += size
	}
	return p
}

// letter adds a character to the piece.
func (p *piece) letter(r rune, first bool) {
	if f := world.FoldRune(r); f != 0 {
		p.hash = mix(p.hash, f)
	}
	if !unicode.IsLetter(r) {
		return
	}
	upper := unicode.IsUpper(r)
	if first {
		p.capital = upper
	}
	p.capitals = p.capitals && upper
	p.letters++
}

// inside reports whether an apostrophe before i stands inside a piece: a letter
// follows, and not the "s" of a possessive.
func inside(text string, i, limit int) bool {
	if !wordAt(text, i, limit) {
		return false
	}
	if text[i] == 's' || text[i] == 'S' {
		return wordAt(text, i+1, limit)
	}
	return true
}

// possessive reports whether r, which stands at i, is the apostrophe of "'s".
func possessive(text string, i int, r rune, limit int) bool {
	i += utf8.RuneLen(r)
	return world.IsApostrophe(r) && wordAt(text, i, limit) && !inside(text, i, limit)
}

func wordAt(text string, i, limit int) bool {
	if i >= limit {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[i:limit])
	return isWordRune(r)
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return !world.IsApostrophe(r) && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r))
}

// gap returns the offset at which the piece after p starts: behind at most one
// line break, spaces, and one hyphen or the dot of an abbreviation ("St.
// Lucia"). Where something else stands it returns limit or an offset at which
// no piece starts.
func gap(text string, p piece, limit int) int {
	i := p.end
	if i < limit && text[i] == '.' && p.letters <= 2 {
		i++
	}
	if r, size := utf8.DecodeRuneInString(text[i:limit]); world.IsApostrophe(r) && i+size < limit && text[i+size] == ' ' {
		i += size // "Kurdistan Workers' Party"
	}
	lines := 0
	for n := 0; i < limit && n < 4; n++ {
		r, size := utf8.DecodeRuneInString(text[i:limit])
		switch r {
		case ' ', '\t', '\r', '\u00a0', '\u202f':
		case '\n':
			if lines++; lines > 1 {
				return limit
			}
		case '-', '\u2010', '\u2011':
			if n > 0 { // " - " parts, it does not join
				return limit
			}
			n = 4
		default:
			return i
		}
		i += size
	}
	return i
}

func bit(set bool, n int) uint16 {
	if !set {
		return 0
	}
	return 1 << n
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// fields yields the trimmed items of a list separated by "|".
func fields(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for more := true; more; {
			var item string
			item, s, more = strings.Cut(s, "|")
			if item = strings.TrimSpace(item); item != "" && !yield(item) {
				return
			}
		}
	}
}
