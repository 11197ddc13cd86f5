package entity

import (
	"strings"

	"kawat/lang"
	"kawat/story"
	"kawat/world"
)

// How sure the tagger must be, by the mean margin of a name's cells. On news that
// it was not trained on, four of five names of one word above likely are right
// and a half of those around fair.
const (
	fair   = 150
	likely = 330
	firm   = 700 // of one word that nothing else speaks for
)

// sureness is the mean margin of cells.
func (f *finder) sureness(a, b int) int {
	sum := 0
	for i := a; i < b; i++ {
		sum += int(f.tagging.margins[i])
	}
	return sum / max(b-a, 1)
}

// tagged returns the end of the name of a label that begins at a cell, the cell
// itself if none does.
func (f *finder) tagged(i int, label uint8) int {
	if f.label(i) != label {
		return i
	}
	end := i + 1
	for f.label(end) == label+1 {
		end++
	}
	return end
}

// taggedPersons makes mentions of the names that only the tagger sees. It is
// believed where the words look like a name and no table claims them.
func (f *finder) taggedPersons() {
	for i := 0; i < len(f.cells); i++ {
		start := i
		if f.owner[i] == 0 {
			start = f.skipCourtesy(i)
		}
		if f.label(start) != personLabel && (start == i || f.label(start) != personLabel+1) || f.owner[start] != 0 {
			i = max(i, start-1)
			continue
		}
		end := start + 1
		for f.label(end) == personLabel+1 {
			end++
		}
		sure := f.sureness(start, end)
		to := f.nameEnd(start, false)
		if to <= start && end > start+1 && sure >= fair && f.namesPlace(start) {
			to = end // "Rio Haryanto"
		}
		if to <= start || to > end+2 && !f.alike(end, to) {
			if to <= start {
				continue
			}
			to = min(to, end)
		}
		if start == 0 && to > 1 && sure < likely && (f.common(0) || f.st.Word(f.cells[0].word).UPOS != story.PROPN) {
			start++ // "Status Mbappe belum jelas"
		}
		if to == start+1 && f.abbreviates(f.form(start)) || to > start+1 && f.allCapitals(start, to) {
			continue // "DoC", "DepositoBPR", "RISC-V"
		}
		if to <= start || f.taken(start, to) || f.hasChunk(start, to) && !(to-start > 1 && sure >= fair && f.namesPlace(start)) || f.allCommon(start, to) {
			continue
		}
		switch trusted := f.trusted(start, to); {
		case to == start+1 && initialed(f.form(start)):
			f.person(start, to, nil, "entity/initials", 70)
		case to == start+1:
			f.doubt(start, to, story.Person, trusted && !f.behindPlace(start) && (sure >= f.enoughAlone(start) || f.actsAlone(start)))
		case !trusted || sure < 0:
			f.doubt(start, to, story.Person, false)
		default:
			f.person(start, to, nil, "entity/tagger", 70)
		}
		i = to - 1
	}
}

// abbreviates reports whether a word is written with capitals inside as no name
// of a person is: "CoC", "MoU", and not "McCain", "DeLaurentis", "O'Neill".
func (f *finder) abbreviates(word string) bool {
	const shortestTail = 3
	for i := 1; i < len(word); i++ {
		if 'A' <= word[i] && word[i] <= 'Z' && 'a' <= word[i-1] && word[i-1] <= 'z' {
			return f.vocab.class(f.vocab.id(word[:i]))&(cInner|cParticle) == 0 || len(word)-i < shortestTail || word[len(word)-1] < 'a'
		}
	}
	return false
}

// allCapitals reports whether cells hold no word that is written as names are, in
// a sentence that writes them so.
func (f *finder) allCapitals(a, b int) bool {
	for i := a; i < b; i++ {
		if s := f.cells[i].shape; s == capital || s == lower {
			return false
		}
	}
	return !f.shouting
}

// initialed reports whether a word is a name with its initial: "L.Oyun", "Kh.Nyam".
func initialed(s string) bool {
	i := strings.IndexByte(s, '.')
	return (i == 1 || i == 2) && i+3 < len(s) && 'A' <= s[0] && s[0] <= 'Z' && 'A' <= s[i+1] && s[i+1] <= 'Z' && 'a' <= s[i+2] && s[i+2] <= 'z'
}

// enoughAlone is how sure the tagger must be of a name of one word that does
// nothing. A story gives people more than one word, an office or a deed
// somewhere; a sentence by itself need not.
func (f *finder) enoughAlone(i int) int {
	const story = 4 // sentences
	if len(f.st.Sents) < story || f.heardOf(i) {
		return likely
	}
	return firm
}

// heardOf reports whether the word of a cell is one of a name found before, of a
// leader, or follows an honorific.
func (f *finder) heardOf(i int) bool {
	word := world.Fold(f.form(i))
	if f.known[word] || f.leaderWords[word] || i > 0 && f.skipCourtesy(i-1) == i {
		return true
	}
	return false
}

// behindPlace reports whether a preposition of place stands before a cell, or
// before the list that it is in: "di Raleigh", "in Concepcion".
func (f *finder) behindPlace(i int) bool {
	return f.is(i-1, cAt) && !f.is(i-1, cOf|cHost|cWith) && f.cells[i-1].shape == lower
}

// namesPlace reports whether a name starts with that of a city or region, which
// may be a person's first name too.
func (f *finder) namesPlace(i int) bool {
	k := f.chunkFrom(i)
	return k >= 0 && f.chunks[k].kind == gazChunk && f.chunks[k].b == i+1 && (f.chunks[k].name.Kind == story.Place || f.chunks[k].name.Form == lang.FormCapital)
}

// alike reports whether the tagger sees no other name in the cells.
func (f *finder) alike(a, b int) bool {
	for i := a; i < b; i++ {
		if f.label(i) != 0 {
			return false
		}
	}
	return true
}

func (f *finder) hasChunk(a, b int) bool {
	for i := a; i < b; i++ {
		k := f.at[i] - 1
		if k < 0 {
			continue
		}
		c := &f.chunks[k]
		if c.kind == bodyChunk && c.row >= 0 || c.kind == gazChunk && (b-a == 1 || i == a && c.name.Guard != lang.GuardPerson) {
			return true
		}
	}
	return false
}

// trusted reports whether a name that only the tagger found may be believed: one
// word that opens a sentence is as likely any other word, and in a headline
// every word looks like a name.
func (f *finder) trusted(a, b int) bool {
	if f.headline {
		return false
	}
	if b-a > 1 {
		return true
	}
	if f.cells[a].shape == capitals && f.cells[a].span.Len() < 5 && f.sureness(a, b) < likely {
		return false
	}
	return a > 0 || f.st.Word(f.cells[a].word).UPOS == story.PROPN
}

// taggedWholes makes mentions of organizations and places whose names hold
// shorter ones of the gazetteer: "Manchester City", "Pos Indonesia".
func (f *finder) taggedWholes() {
	if f.headline {
		return
	}
	for i := 0; i < len(f.cells); i++ {
		l := f.label(i)
		if l != orgLabel && l != placeLabel {
			continue
		}
		end := f.tagged(i, l)
		if end > i+1 && f.upper(i) && f.upper(end-1) && f.sureness(i, end) >= fair && !f.taken(i, end) && f.wraps(i, end) {
			kind := story.Organization
			if l == placeLabel {
				kind = story.Place
			}
			f.mention(i, end, kind, story.NameMention, "entity/tagger", 65)
		}
		i = end - 1
	}
}

// wraps reports whether cells hold one name of the gazetteer and a capital beside
// it, and nothing that another table knows.
func (f *finder) wraps(a, b int) bool {
	names, others := 0, 0
	for i := a; i < b; i++ {
		k := f.at[i] - 1
		switch {
		case k < 0 && f.is(i, cRealm):
		case k < 0 && f.upper(i):
			others++
		case k < 0 && f.cells[i].shape == lower && f.cells[i].class&(cParticle|cOf|cAnd|cAt|cDet|cPoss) == 0:
			return false // "Blinken discussed Ukraine"
		case k < 0:
		case f.chunks[k].kind != gazChunk || f.chunks[k].a < a || f.chunks[k].b > b || f.chunks[k].name.Form == lang.FormPeople || f.chunks[k].name.Form == lang.FormMetonym:
			return false
		case f.chunks[k].a == i:
			names++
		}
	}
	return names == 1 && others > 0
}

// taggedRest makes mentions of organizations and places that no table knows.
func (f *finder) taggedRest() {
	for i := 0; i < len(f.cells); i++ {
		l := f.label(i)
		if l != orgLabel && l != placeLabel {
			continue
		}
		end := f.tagged(i, l)
		a, b := i, end
		for a < b && !f.upper(a) {
			a++
		}
		for b > a && !f.upper(b-1) {
			b--
		}
		if b <= a || f.taken(a, b) || b == a+1 && a == 0 && f.st.Word(f.cells[a].word).UPOS != story.PROPN {
			continue
		}
		kind := story.Organization
		if l == placeLabel {
			kind = story.Place
		}
		f.doubt(a, b, kind, !f.headline && (b > a+1 || f.sureness(a, b) >= fair))
		i = end - 1
	}
}
