package when

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tok is a word, a number or a mark of the text.
type tok struct {
	start, end int
	means      []meaning // what the time table says of it, nil for most words
	value      int32     // of a plain number, -1 for others ("10.00", "1,500")
	class      class
	mark       byte // of a mark: '(', ')', '-', '/', ',', '.'; 0 others
	glued      bool // no white space stands before it
}

type class uint8

const (
	classWord class = iota
	classNumber
	classMark
)

// is returns the value of a token as a word of a kind.
func (t *tok) is(k kind) (int16, bool) {
	for i := range t.means {
		if t.means[i].kind == k {
			return t.means[i].value, true
		}
	}
	return 0, false
}

// as returns the whole meaning of a token as a word of a kind.
func (t *tok) as(k kind) *meaning {
	for i := range t.means {
		if t.means[i].kind == k {
			return &t.means[i]
		}
	}
	return nil
}

// plain returns the value of a number of at most n digits without separators.
func (t *tok) plain(n int) (int, bool) {
	if t.class != classNumber || t.value < 0 || t.end-t.start > n {
		return 0, false
	}
	return int(t.value), true
}

// scan appends the tokens of text[from:to]. It splits letters from digits, so
// that "9th" and "1990an" are two tokens of which the second is glued.
func scan(toks []tok, text string, from, to int) []tok {
	glued := false
	for i := from; i < to; {
		c := text[i]
		var t tok
		switch {
		case c >= '0' && c <= '9':
			t = scanNumber(text, i, to)
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			t = scanWord(text, i, to)
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			i++
			glued = false
			continue
		case c < utf8.RuneSelf:
			t = tok{start: i, end: i + 1, class: classMark, mark: c}
		default:
			r, n := utf8.DecodeRuneInString(text[i:to])
			switch {
			case unicode.IsSpace(r):
				i += n
				glued = false
				continue
			case unicode.IsLetter(r):
				t = scanWord(text, i, to)
			default:
				t = tok{start: i, end: i + n, class: classMark}
				if r >= '\u2010' && r <= '\u2015' {
					t.mark = '-'
				}
			}
		}
		t.glued = glued
		glued = true
		toks = append(toks, t)
		i = t.end
	}
	return toks
}

func scanWord(text string, i, to int) tok {
	j := i
	for j < to {
		c := text[j]
		if c|0x20 >= 'a' && c|0x20 <= 'z' {
			j++
			continue
		}
		if c < utf8.RuneSelf {
			break
		}
		r, n := utf8.DecodeRuneInString(text[j:to])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) {
			break
		}
		j += n
	}
	return tok{start: i, end: j}
}

// scanNumber takes separators between digits into the number: "10.00" and
// "1.500" are one number each, and no day of a month.
func scanNumber(text string, i, to int) tok {
	j, v, plain := i, int32(0), true
	for j < to {
		c := text[j]
		if c >= '0' && c <= '9' {
			if v < 100000 {
				v = v*10 + int32(c-'0')
			}
			j++
			continue
		}
		if (c == '.' || c == ',' || c == ':') && j+1 < to && text[j+1] >= '0' && text[j+1] <= '9' {
			plain = false
			j++
			continue
		}
		break
	}
	if !plain || v > 9999 {
		v = -1
	}
	return tok{start: i, end: j, class: classNumber, value: v}
}

// tokens scans a stretch, looks its words up and joins the tokens of longer
// forms ("hari ini", "yang akan datang") into one.
func (f *Finder) tokens(buf []tok, text string, from, to int) []tok {
	toks := scan(buf[:0], text, from, to)
	n := 0
	for i := 0; i < len(toks); n++ {
		t := toks[i]
		skip := 1
		if t.class == classWord && t.end-t.start < 24 {
			for _, e := range f.words[text[t.start:t.end]] {
				if matches(text, toks[i+1:], e.rest) {
					t.means = e.means
					skip += len(e.rest)
					t.end = toks[i+skip-1].end
					break
				}
			}
		}
		toks[n] = t
		i += skip
	}
	return toks[:n]
}

func matches(text string, toks []tok, rest []string) bool {
	if len(rest) > len(toks) {
		return false
	}
	for i, want := range rest {
		if !strings.EqualFold(text[toks[i].start:toks[i].end], want) {
			return false
		}
	}
	return true
}
