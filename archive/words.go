package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// wordTree is a search for words: a leaf, or what branches say together. Every
// engine prints it in its own language.
type wordTree struct {
	join   joint
	kids   []*wordTree // of a branch
	words  []string    // of a leaf: a phrase, in this order, as it is written
	prefix bool        // the last word of the phrase may go on
	stems  []string    // of a leaf of one word: stems that are found too
	loose  bool        // the leaf may be a stem of what is written
}

// joint says how the branches of a tree hold together.
type joint int

const (
	leaf joint = iota
	allOf
	anyOf
	butNot // the first and not the second
)

// parseWords turns a search into a tree, nil where it asks nothing. Words must
// all be there; "quoted words" in this order; word* as a beginning; -word not;
// OR between two means either. Anything else is read as words, so that no
// search of a user is an error of syntax, but one that is all "not" is refused.
//
// Words are looked for as they are written and by their stems, phrases and
// beginnings as they are written.
func parseWords(s string, stems func(string) ([]string, error)) (*wordTree, error) {
	var (
		want, not []*wordTree
		or        bool
	)
	for _, t := range searchTokens(s) {
		if t.text == "OR" && !t.quoted && len(want) > 0 {
			or = true
			continue
		}
		e, err := t.tree(stems)
		switch {
		case err != nil:
			return nil, err
		case e == nil:
			continue
		case t.not:
			not = append(not, e)
		case or:
			want[len(want)-1] = &wordTree{join: anyOf, kids: []*wordTree{want[len(want)-1], e}}
		default:
			want = append(want, e)
		}
		or = false
	}
	switch {
	case len(want) == 0 && len(not) == 0:
		return nil, nil
	case len(want) == 0:
		return nil, fmt.Errorf("%q says only what is not wanted", s)
	}
	out := want[0]
	if len(want) > 1 {
		out = &wordTree{join: allOf, kids: want}
	}
	for _, e := range not {
		out = &wordTree{join: butNot, kids: []*wordTree{out, e}}
	}
	return out, nil
}

// fts5 prints a search for the index of words of SQLite. A stem stands in the
// column of stems where the text has another form, and in the column of words
// where the text has the stem itself.
func (w *wordTree) fts5() string {
	quoted := func(s string) string { return "\"" + s + "\"" }
	switch w.join {
	case allOf, anyOf, butNot:
		var parts []string
		for _, k := range w.kids {
			parts = append(parts, k.fts5())
		}
		return "(" + strings.Join(parts, map[joint]string{allOf: " AND ", anyOf: " OR ", butNot: " NOT "}[w.join]) + ")"
	}
	if w.loose {
		parts := []string{quoted(w.words[0])}
		for _, f := range w.stems {
			parts = append(parts, quoted(f))
		}
		return "(" + strings.Join(parts, " OR ") + ")"
	}
	phrase := "{surface} : " + quoted(strings.Join(w.words, " "))
	if w.prefix {
		phrase += " *"
	}
	return phrase
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

// tree is what a token asks; nil where it holds no word.
func (t searchToken) tree(stems func(string) ([]string, error)) (*wordTree, error) {
	words := splitWords(t.text)
	if len(words) == 0 {
		return nil, nil
	}
	w := &wordTree{words: words, prefix: t.prefix}
	if t.prefix || t.quoted || len(words) > 1 {
		return w, nil
	}
	var err error
	w.loose = true
	w.stems, err = stems(words[0])
	return w, err
}

// wordsAsked compiles a search for the index of words.
func (a *Archive) wordsAsked(ctx context.Context, s string) (*wordTree, error) {
	words, err := a.searchWords(s)
	if err != nil {
		return nil, err
	}
	return words, a.apart(ctx, words)
}

// searchWords compiles a search for this archive.
func (a *Archive) searchWords(s string) (*wordTree, error) {
	words, err := parseWords(s, a.stems.all)
	if err == nil && words != nil && a.noTexts {
		err = errors.New("the archive keeps no texts, so there are no words to search")
	}
	return words, err
}

// checkWords reports a search that cannot be asked.
func checkWords(s string) error {
	_, err := parseWords(s, func(string) ([]string, error) { return nil, nil })
	return err
}

// begins reports whether a search asks for beginnings of words.
func (w *wordTree) begins() bool {
	return w.prefix || slices.ContainsFunc(w.kids, (*wordTree).begins)
}

// mostBegun is how many words a beginning is taken apart into.
const mostBegun = 64

// apart puts the words that begin so, as far as the archive has them, in the
// place of beginnings: the lists of words are read as far as a page needs, that
// of a beginning is made whole first. Where there are many, or the engine does
// not tell, the beginning stays.
func (a *Archive) apart(ctx context.Context, w *wordTree) error {
	if w == nil {
		return nil
	}
	for _, k := range w.kids {
		if err := a.apart(ctx, k); err != nil {
			return err
		}
	}
	if !w.prefix || len(w.words) > 1 {
		return nil
	}
	words, err := a.read.beginning(ctx, w.words[0], mostBegun+1)
	if err != nil || len(words) == 0 || len(words) > mostBegun {
		return err
	}
	w.prefix = false
	if w.words = words[:1]; len(words) == 1 {
		return nil
	}
	kids := make([]*wordTree, len(words))
	for i := range words {
		kids[i] = &wordTree{words: words[i : i+1]}
	}
	*w = wordTree{join: anyOf, kids: kids}
	return nil
}
