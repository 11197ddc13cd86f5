package world

import "unicode"

// The base letters of U+00C0 to U+017F and of U+1E00 to U+1EFF, one byte each;
// '?' where a character of the block has none.
const (
	latin = "aaaaaaaceeeeiiiidnooooo?ouuuuytsaaaaaaaceeeeiiiidnooooo?ouuuuyty" +
		"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll" +
		"lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
	latinAdditional = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm" +
		"mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv" +
		"wwwwwwwwwwxxxxyyzzzzzzhtwy??sssdaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee" +
		"eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyllvvyy"
)

// FoldRune lowers a letter and takes its accent away: 'É' becomes 'e', 'ı' 'i'.
// Apostrophes of all kinds and combining marks fold to 0, "leave out".
func FoldRune(r rune) rune {
	switch {
	case r < 0x80:
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case r == '\'' || r == '`':
			return 0
		}
		return r
	case r >= 0xC0 && r < 0x180:
		if b := latin[r-0xC0]; b != '?' {
			return rune(b)
		}
	case r >= 0x1E00 && r < 0x1F00:
		if b := latinAdditional[r-0x1E00]; b != '?' {
			return rune(b)
		}
	case IsApostrophe(r), r >= 0x300 && r < 0x370:
		return 0
	}
	return unicode.ToLower(r)
}

// IsApostrophe reports whether r is one of the marks that copy writes inside
// names such as Sana'a, N’Djamena and Nukuʻalofa.
func IsApostrophe(r rune) bool {
	switch r {
	case '\'', '`', '´', 'ʻ', 'ʼ', 'ʾ', 'ʿ', '‘', '’', '′':
		return true
	}
	return false
}
