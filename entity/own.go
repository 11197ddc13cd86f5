package entity

import (
	"slices"
	"strings"

	"kawat/world"
)

// ownNames are the names that a user gives persons, by their first word, the
// longest first: whatever the words are else, they are these people's.
type ownNames map[string][]ownName

// ownName is one of a person's names.
type ownName struct{ words, full []string }

func ownNamesOf(w *world.World) ownNames {
	own := ownNames{}
	for _, l := range w.OwnPersons() {
		full := nameWords(l.Name)
		for _, name := range append([]string{l.Name, l.Surname}, l.Aliases...) {
			if words := nameWords(name); len(words) > 0 {
				own[words[0]] = append(own[words[0]], ownName{words, full})
			}
		}
	}
	for _, names := range own {
		slices.SortFunc(names, func(a, b ownName) int { return len(b.words) - len(a.words) })
	}
	return own
}

// ownWords returns the words of the full name of the one person whom the user
// calls so, else the words themselves: "Mbak Ratna" is Ratna Kusumawardhani.
func (s *Stage) ownWords(words []string) []string {
	if len(s.own) == 0 || len(words) == 0 {
		return words
	}
	full := words
	for _, n := range s.own[words[0]] {
		if !slices.Equal(n.words, words) || slices.Equal(n.full, full) {
			continue
		}
		if !slices.Equal(full, words) {
			return words // two people of that name
		}
		full = n.full
	}
	return full
}

// ownEnd returns the end of the user's name that starts at a cell, the cell
// itself if none does.
func (f *finder) ownEnd(i int) int {
	if len(f.own) == 0 || f.cells[i].shape == lower || f.cells[i].shape == mark {
		return i
	}
	for _, n := range f.own[strings.TrimSuffix(world.Fold(f.form(i)), ".")] {
		if end := f.spells(n.words, i); end > i {
			return end
		}
	}
	return i
}

// spells returns the end of the cells from i on that spell words, hyphens aside,
// i itself if they do not.
func (f *finder) spells(words []string, i int) int {
	j := i
	for _, w := range words {
		for j > i && j < len(f.cells) && (f.cells[j].hyphen || f.isMark(j, ".")) {
			j++
		}
		if j >= len(f.cells) || f.owner[j] != 0 || strings.TrimSuffix(world.Fold(f.form(j)), ".") != w {
			return i
		}
		j++
	}
	return j
}
