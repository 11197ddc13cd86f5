package archive

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The index of words of PostgreSQL holds tokens that we cut and stem ourselves,
// so that a search finds the same stories there as in SQLite. Words as written
// have the weight A and their places, stems the weight B.

// maxVector bounds the bytes of one story's tokens and places, under the
// engine's limit of 1 MB. What stands further back in a longer text is not
// found by words.
const maxVector = 900_000

// maxToken bounds a word; what is longer is no word of any language.
const maxToken = 256

// maxPlace is the last place that the engine tells apart.
const maxPlace = 16383

// tsvector writes words and stems as the engine reads them.
func tsvector(surface, stems string) string {
	var sb strings.Builder
	sb.Grow(2 * (len(surface) + len(stems)))
	used, place := 0, 0
	add := func(word, mark string) bool {
		if used += len(word) + 8; used > maxVector {
			return false
		}
		sb.WriteByte('\'')
		sb.WriteString(word)
		sb.WriteString("':")
		sb.WriteString(mark)
		sb.WriteByte(' ')
		return true
	}
	for _, word := range splitWords(surface) {
		if word = token(word); word == "" {
			continue
		}
		if place < maxPlace {
			place++
		}
		if !add(word, strconv.Itoa(place)+"A") {
			return sb.String()
		}
	}
	for _, word := range strings.Fields(stems) {
		if word = token(word); word != "" && !add(word, "1B") {
			break
		}
	}
	return sb.String()
}

// token folds a word as the tokenizer of SQLite does: lower case, without
// marks on letters.
func token(word string) string {
	word = strings.ToLower(word)
	if strings.IndexFunc(word, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
		word = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(word))
	}
	if len(word) > maxToken {
		word = strings.ToValidUTF8(word[:maxToken], "")
	}
	return word
}

// nothing is a search that no story meets.
const nothing = "('a' & !'a')"

// tsquery prints a search for the index of words of PostgreSQL.
func (w *wordTree) tsquery() string {
	switch w.join {
	case allOf, anyOf:
		var parts []string
		for _, k := range w.kids {
			parts = append(parts, k.tsquery())
		}
		return "(" + strings.Join(parts, map[joint]string{allOf: " & ", anyOf: " | "}[w.join]) + ")"
	case butNot:
		return "(" + w.kids[0].tsquery() + " & !" + w.kids[1].tsquery() + ")"
	}
	words := w.words
	sign, mark := " <-> ", "':A"
	if w.loose {
		words, sign, mark = append([]string{w.words[0]}, w.stems...), " | ", "'"
	}
	var parts []string
	for _, word := range words {
		if word = token(word); word != "" {
			parts = append(parts, "'"+word+mark)
		}
	}
	if len(parts) == 0 {
		return nothing
	}
	if w.prefix {
		parts[len(parts)-1] += "*"
	}
	return "(" + strings.Join(parts, sign) + ")"
}
