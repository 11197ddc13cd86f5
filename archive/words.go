package archive

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// ParseWords turns a search into an expression of the index of words. Words
// must all be there; "quoted words" in this order; word* as a beginning;
// -word not; OR between two means either. Anything else is read as words, so
// that no search of a user is an error of syntax, but one that is all "not" is
// refused.
//
// Words are looked for as they are written and by their stems, phrases and
// beginnings as they are written.
func ParseWords(s string) (string, error) {
	return parseWords(s, func(string) ([]string, error) { return nil, nil })
}

// parseWords is ParseWords with the stems of a word, which are looked for too.
func parseWords(s string, stems func(string) ([]string, error)) (string, error) {
	if strings.TrimSpace(s) == "" {
		return "", nil
	}
	var (
		want, not []string
		or        bool
	)
	for _, t := range searchTokens(s) {
		if t.text == "OR" && !t.quoted && len(want) > 0 {
			or = true
			continue
		}
		e, err := t.expression(stems)
		if err != nil {
			return "", err
		}
		switch {
		case e == "":
			continue
		case t.not:
			not = append(not, e)
		case or:
			want[len(want)-1] = "(" + want[len(want)-1] + " OR " + e + ")"
		default:
			want = append(want, e)
		}
		or = false
	}
	switch {
	case len(want) == 0 && len(not) == 0:
		return "", nil
	case len(want) == 0:
		return "", fmt.Errorf("%q says only what is not wanted", s)
	}
	out := strings.Join(want, " AND ")
	for _, e := range not {
		out = "(" + out + ") NOT " + e
	}
	return out, nil
}

// searchToken is a word or a phrase of a search.
type searchToken struct {
	text                string
	quoted, not, prefix bool
}

// maxSearchTokens bounds what one search may ask of the index.
const maxSearchTokens = 32

func searchTokens(s string) []searchToken {
	var out []searchToken
	for s = strings.TrimSpace(s); s != "" && len(out) < maxSearchTokens; s = strings.TrimSpace(s) {
		var t searchToken
		if strings.HasPrefix(s, "-") && len(s) > 1 {
			t.not, s = true, s[1:]
		}
		if strings.HasPrefix(s, `"`) {
			end := strings.IndexByte(s[1:], '"')
			if end < 0 {
				end = len(s) - 1
			}
			t.text, t.quoted = s[1:1+end], true
			s = s[min(len(s), end+2):]
		} else {
			end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '"' })
			if end < 0 {
				end = len(s)
			}
			t.text, s = s[:end], s[end:]
			t.prefix = strings.HasSuffix(t.text, "*")
		}
		out = append(out, t)
	}
	return out
}

// expression writes the token for the index; "" where it holds no word.
func (t searchToken) expression(stems func(string) ([]string, error)) (string, error) {
	words := splitWords(t.text)
	if len(words) == 0 {
		return "", nil
	}
	phrase := "{surface} : \"" + strings.Join(words, " ") + "\""
	switch {
	case t.prefix:
		return phrase + " *", nil
	case t.quoted || len(words) > 1:
		return phrase, nil
	}
	found, err := stems(words[0])
	if err != nil {
		return "", err
	}
	// A stem stands in the column of stems where the text has another form,
	// and in the column of words where the text has the stem itself.
	alternatives := []string{"\"" + words[0] + "\""}
	for _, f := range found {
		alternatives = append(alternatives, "\""+f+"\"")
	}
	return "(" + strings.Join(alternatives, " OR ") + ")", nil
}

// searchWords compiles a search for this archive.
func (a *Archive) searchWords(s string) (string, error) {
	words, err := parseWords(s, a.stems.all)
	if err == nil && words != "" && a.noTexts {
		err = errors.New("the archive keeps no texts, so there are no words to search")
	}
	return words, err
}
