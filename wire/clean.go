package wire

import (
	"strings"
	"unicode/utf8"
)

// clean normalises a text: line ends become "\n", byte order marks,
// zero-width characters and controls go, no-break spaces become spaces, blank
// space at both ends goes. Words are never changed, so that whoever holds the
// printed text finds it again.
func clean(s string) string {
	if !needsCleaning(s) {
		return strings.TrimSpace(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		switch {
		case r == '\r':
			if i+1 >= len(s) || s[i+1] != '\n' {
				b.WriteByte('\n')
			}
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 && r != 0x85:
			b.WriteString(control(r))
		case r == 0x85 || r == 0x2028 || r == 0x2029:
			b.WriteByte('\n')
		case r == 0xa0 || r == 0x2007 || r == 0x202f:
			b.WriteByte(' ')
		case r >= 0x200b && r <= 0x200f || r == 0x2060 || r == 0xfeff || r == 0xad:
		case r == utf8.RuneError:
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(b.String())
}

// control returns what stands for a control character: a space for the few
// that separate, nothing for the others.
func control(r rune) string {
	if r == '\v' || r == '\f' {
		return " "
	}
	return ""
}

// needsCleaning reports whether clean would change more than the ends.
func needsCleaning(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < ' ' && c != '\n' && c != '\t', c == 0x7f:
			return true
		case c == 0xc2: // U+0080 to U+00BF
			return true
		case c == 0xe2 && i+1 < len(s) && s[i+1] <= 0x81: // U+2000 to U+207F
			if i+2 < len(s) && s[i+1] == 0x80 && s[i+2] >= 0x90 && s[i+2] <= 0xa7 {
				continue // dashes and quotation marks, in every second story
			}
			return true
		case c == 0xef && i+1 < len(s) && s[i+1] == 0xbb: // U+FEFF
			return true
		}
	}
	return false
}
