package entity

import (
	"strings"

	"kawat/story"
	"kawat/world"
)

// initialsBehind makes the capitals in parentheses behind a name that are its
// initials a name of the person's, by which the story goes on: "Susilo Bambang
// Yudhoyono (SBY)", "Mohamed bin Zayed Al Nahyan (MBZ)".
func (f *finder) initialsBehind() {
	for i := 2; i+2 < len(f.cells); i++ {
		if !f.isMark(i, "(") || f.cells[i+1].shape != capitals || !f.isMark(i+2, ")") || !f.ownsPerson(i-1) {
			continue
		}
		if o := f.owner[i+1]; o != 0 && (f.out[o-1].Kind == story.Person || f.out[o-1].Code != "") {
			continue
		}
		if !spellsInitials(f.form(i+1), f.st.Slice(f.out[f.owner[i-1]-1].Span)) {
			continue
		}
		if o := f.owner[i+1]; o != 0 {
			f.out[o-1].Kind = story.Person
			f.known.add(f, i+1, i+2)
			continue
		}
		f.person(i+1, i+2, nil, "entity/initials", 85)
	}
}

// spellsInitials reports whether letters are the initials of a name from its first
// word on, small words aside where they are not among them. Two letters say too
// little unless they are all of it.
func spellsInitials(letters, name string) bool {
	const least, most = 2, 6
	if len(letters) < least || len(letters) > most {
		return false
	}
	words := strings.FieldsFunc(world.Fold(name), func(c rune) bool { return c == ' ' || c == '-' || c == '.' || c == '\n' })
	low := strings.ToLower(letters)
	n := 0
	for _, w := range words {
		if n < len(low) && w[0] == low[n] {
			n++
		} else if n == 0 {
			return false
		}
	}
	return n == len(low) && (n > least || len(words) == least)
}
