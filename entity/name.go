package entity

import (
	"strings"

	"kawat/lang"
	"kawat/story"
)

// nameEnd returns the end of the person's name that starts at cell i, i itself
// if none does. With titled set, the words before make a name likely, so that
// one cell will do.
//
// A name is a run of capitals with particles and hyphens between: "Abdullah bin
// Ali Al-Sheryan", "L. Oyun-Erdene", "Ursula von der Leyen". It never starts
// with a state or a body, never holds a day or a month, and ends before what
// a table knows as something else.
func (f *finder) nameEnd(i int, titled bool) int {
	if i < len(f.cells) {
		if end := f.ownEnd(i); end > i {
			return end
		}
	}
	end := i
	for j := i; j < len(f.cells) && j < i+longestName; j++ {
		if j > i && !f.cells[j].glued && f.newLine(j) {
			break
		}
		c := &f.cells[j]
		if f.owner[j] != 0 || j > i && c.class&cFormer != 0 {
			break
		}
		if j == i {
			if row, _ := f.portfolio.match(f.cells, i, len(f.cells)); row >= 0 && f.at[i] == 0 {
				break // "Minister of Education, Tertiary Education and Science"
			}
		}
		if k := f.at[j] - 1; k >= 0 && !f.nameLike(k, j, i, titled) {
			break
		}
		switch {
		case j > i && j == end && c.class&cNameSuffix != 0:
			end = j + 1
		case j > i && c.shape == capital && f.hyphenAfter(j): // "Kim Do-hun", whatever "do" is else
			end = j + 1
		case f.upper(j) && !(c.class&cNameSuffix != 0 && j == i):
			if c.shape == initial && j+1 < len(f.cells) && f.isMark(j+1, ".") && f.cells[j+1].glued && f.upper(j+2) {
				j++ // "L." cut from its dot
			}
			end = j + 1
		case j > i && c.hyphen && (f.cells[j-1].shape != lower || f.is(j-1, cParticle) || j > 1 && f.cells[j-2].hyphen && end == j) && j+1 < len(f.cells) && f.cells[j+1].shape != number && (f.at[j+1] == 0 || f.is(j-1, cParticle) && f.chunks[f.at[j+1]-1].kind == gazChunk):
			if f.cells[j+1].shape == lower && f.cells[j+1].class&cParticle == 0 && f.cells[j-1].class&cParticle == 0 && !f.shortPart(j+1) {
				return end // "Xi-led"
			}
			end = j + 2
			j++
		case c.class&cParticle != 0 && (j > i || c.shape == lower && f.hyphenAfter(j) || f.upper(j+1)) && f.particleLeads(j):
		default:
			return f.trimName(i, end)
		}
	}
	return f.trimName(i, end)
}

// shortPart reports whether a lower-case piece behind a hyphen belongs to a
// name: "Moon Jae-in", "Kim Jong-un".
func (f *finder) shortPart(j int) bool {
	return (f.cells[j].span.Len() <= 4 || oneSyllable(f.form(j))) && (j < 2 || !f.is(j-2, cStop)) && f.at[j] == 0 && f.form(j) != "led"
}

// oneSyllable reports whether a word is like the second part of a Korean or
// Chinese given name: "kyung", "yeong", "cheng", and not "backed" or "born".
func oneSyllable(word string) bool {
	const longest = 7
	if len(word) > longest {
		return false
	}
	rest := strings.TrimLeft(word, "bcdfghjklmnpqrstvwxz")
	tail := strings.TrimLeft(rest, "aeiouy")
	if len(word)-len(rest) > 2 || len(rest) == len(tail) || len(rest)-len(tail) > 3 {
		return false
	}
	switch tail {
	case "", "n", "ng", "k", "l", "m", "p", "r", "h", "t":
		return true
	}
	return false
}

func (f *finder) hyphenAfter(j int) bool { return j+1 < len(f.cells) && f.cells[j+1].hyphen }

// particleLeads reports whether a capital follows the particles from j on.
func (f *finder) particleLeads(j int) bool {
	for n := 0; n < 4; n++ {
		j++
		if j >= len(f.cells) {
			return false
		}
		if f.cells[j].hyphen || f.cells[j].class&cParticle != 0 && f.cells[j].shape == lower {
			continue
		}
		return f.upper(j) && (f.at[j] == 0 || f.chunks[f.at[j]-1].kind == gazChunk && f.chunks[f.at[j]-1].name.Guard == lang.GuardPerson)
	}
	return false
}

// newLine reports whether a line break stands before a cell.
func (f *finder) newLine(j int) bool {
	for i := f.cells[j-1].span.End; i < f.cells[j].span.Start; i++ {
		if f.st.Text[i] == '\n' {
			return true
		}
	}
	return false
}

// nameLike reports whether the chunk k at cell j may be part of the name that
// starts at i: "Israel Katz" behind a title where states do not follow titles,
// "Larry King", "Jordan Peterson".
func (f *finder) nameLike(k, j, i int, titled bool) bool {
	c := &f.chunks[k]
	switch c.kind {
	case gazChunk:
		if c.b-c.a > 1 || f.cells[j].shape != capital {
			return false
		}
		if c.name.Form == lang.FormAdjective || c.name.Form == lang.FormPeople || c.name.Form == lang.FormMetonym {
			return j > i && c.name.Guard == lang.GuardPerson
		}
		if j > i {
			return c.name.Guard == lang.GuardPerson || !f.stateAfter || c.name.Kind == story.Place
		}
		follows := f.upper(j+1) && f.at[j+1] == 0
		return follows && (c.name.Guard == lang.GuardPerson || titled && (!f.stateAfter || i > 0 && f.isMark(i-1, ",")))
	case officeChunk:
		o := f.offices[c.row].opts
		first := j > i || titled && o&oGivenName != 0 && f.upper(j+1) && f.at[j+1] == 0 // "Menteri Olahraga Imam Nasution"
		return first && c.b-c.a == 1 && f.cells[j].shape == capital && o&(oWeak|oMale|oFemale|oRank) != 0
	}
	return c.row < 0
}

// trimName takes degrees and loose ends off a name.
func (f *finder) trimName(i, end int) int {
	for end > i+1 {
		c := &f.cells[end-1]
		row, to := f.courtesy.match(f.cells, end-1, len(f.cells))
		if row >= 0 && f.courtesies[row].kind == "suffix" && to == end || c.class&cRegime != 0 || c.shape == mark || c.shape == initial && !f.isMark(end, ".") && c.span.Len() > 1 || c.class&cParticle != 0 && c.shape == lower {
			end--
			continue
		}
		break
	}
	if end == i+1 && (f.cells[i].shape == initial || f.cells[i].span.Len() < 2) {
		return i
	}
	return end
}
