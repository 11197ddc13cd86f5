package archive

import (
	"slices"
	"strings"
)

// Says reports whether a text holds the words of a search, by the same rules by
// which stories are found: "what did he say about BRICS" must hold of his words
// and not only of the story around them. An empty search holds of every text.
func (a *Archive) Says(text, search string) (bool, error) {
	tree, err := a.searchWords(search)
	if err != nil || tree == nil {
		return err == nil, err
	}
	said := &saidWords{words: splitWords(strings.ToLower(text)), forms: map[string]bool{}}
	for _, w := range said.words {
		said.forms[w] = true
		stems, err := a.stems.all(w)
		if err != nil {
			return false, err
		}
		for _, s := range stems {
			said.forms[s] = true
		}
	}
	return said.hold(tree), nil
}

// saidWords are the words of a text in their order, and they with their stems.
type saidWords struct {
	words []string
	forms map[string]bool
}

func (s *saidWords) hold(w *wordTree) bool {
	switch w.join {
	case allOf:
		return !slices.ContainsFunc(w.kids, func(k *wordTree) bool { return !s.hold(k) })
	case anyOf:
		return slices.ContainsFunc(w.kids, s.hold)
	case butNot:
		return s.hold(w.kids[0]) && !s.hold(w.kids[1])
	}
	if w.loose {
		return s.forms[strings.ToLower(w.words[0])] || slices.ContainsFunc(w.stems, func(f string) bool { return s.forms[f] })
	}
	for i := range s.words {
		if s.phrase(i, w) {
			return true
		}
	}
	return false
}

// phrase reports whether words stand in their order at a place; the last may
// only begin there.
func (s *saidWords) phrase(at int, w *wordTree) bool {
	if at+len(w.words) > len(s.words) {
		return false
	}
	for i, want := range w.words {
		have, want := s.words[at+i], strings.ToLower(want)
		if have != want && (!w.prefix || i < len(w.words)-1 || !strings.HasPrefix(have, want)) {
			return false
		}
	}
	return true
}
