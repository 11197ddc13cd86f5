package entity

import (
	"strings"

	"kawat/lang"
	"kawat/story"
	"kawat/world"
)

// How sure the tagger must be: by how much, in 1/1024, the sequence of labels
// beats the best one that differs, at the name's weakest cell. At fair the odds
// are three to one, at likely nine to one.
const (
	fair   = 1100
	likely = 2300
	firm   = 5000 // of one word that nothing else speaks for
)

// sureness is the margin of the weakest of some cells.
func (f *finder) sureness(a, b int) int {
	least := f.margin(a)
	for i := a + 1; i < b; i++ {
		least = min(least, f.margin(i))
	}
	return least
}

// margin is how sure the tagger is of the label of a cell.
func (f *finder) margin(i int) int {
	if i < 0 || i >= len(f.tagging.margins) {
		return 0
	}
	return int(f.tagging.margins[i])
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
		if to <= start && end > start+1 && (sure >= fair && f.namesPlace(start) || sure >= likely && f.upperAll(start, end)) {
			to = end // "Rio Haryanto", "Demi Lovato"
		}
		to = f.bounded(start, end, to, sure)
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
		if to == start+1 && f.qualifies(start) {
			f.noPersons = append(f.noPersons, world.Fold(f.form(start)))
			continue
		}
		switch trusted := f.trusted(start, to); {
		case to == start+1 && initialed(f.form(start)):
			f.person(start, to, nil, "entity/initials", 70)
		case to == start+1:
			f.doubt(start, to, story.Person, trusted && (!f.behindPlace(start) || f.brief() && sure >= likely) && (sure >= f.enoughAlone(start) || f.actsAlone(start, sure)))
		case !trusted || sure < 0:
			f.doubt(start, to, story.Person, false)
		default:
			f.person(start, to, nil, "entity/tagger", 70)
		}
		f.bracketed(start, to)
		i = to - 1
	}
}

// abbreviates reports whether a word is written with capitals inside as no name
// of a person is: "CoC", "MoU", "KSrelief", and not "McCain", "DeLaurentis",
// "O'Neill".
func (f *finder) abbreviates(word string) bool {
	const shortestTail = 3
	if len(word) > 2+shortestTail && isUpper(rune(word[0])) && isUpper(rune(word[1])) && word[2] >= 'a' && word[len(word)-1] >= 'a' {
		return true
	}
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
	switch {
	case f.brief() && !f.opens(i):
		return fair
	case f.brief() || f.heardOf(i):
		return likely
	}
	return firm
}

// brief reports whether the text is too short to say a thing twice: a message, a
// line of a list. There the tagger's word is all that will be heard of a name.
func (f *finder) brief() bool {
	const story = 3 // sentences, a headline among them
	return len(f.st.Sents) < story
}

// qualifies reports whether a word that is not heard of stands before a noun as
// the name of a company does, and a person's hardly: "Jollibee staff", "RIA news
// agency".
func (f *finder) qualifies(i int) bool {
	w := f.st.Word(f.cells[i].word)
	return !f.brief() && w.Rel() == "compound" && w.Head > f.cells[i].word && f.st.Word(w.Head).UPOS == story.NOUN && !f.heardOf(i)
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

// bounded corrects the end of a person's name, to, that the words' capitals give
// by the end that the tagger gives, where it is sure: "Federer Melaju Mulus" is
// cut, and "Westley Nathan \"Wes\" Morgan" is whole.
func (f *finder) bounded(start, end, to, sure int) int {
	switch {
	case to > end && f.margin(end) >= likely && f.cells[end].class&cNameSuffix == 0 && !f.cells[end].hyphen:
		return end
	case to > start && to < end && sure >= likely && f.isCapital(end-1) && !f.taken(to, end):
		for i := to; i < end; i++ {
			if f.at[i] > 0 {
				return to
			}
		}
		return end
	}
	return to
}

// upperAll reports whether cells are written with capitals, be they small words
// elsewhere, and no table knows them.
func (f *finder) upperAll(a, b int) bool {
	for i := a; i < b; i++ {
		if !f.isCapital(i) || f.at[i] > 0 {
			return false
		}
	}
	return true
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
	if f.headline && (len(f.st.Sents) > 1 || f.sureness(a, b) < fair) {
		return false // but "Jane Weber Senior Legal Counsel" signs a message
	}
	if b-a > 1 {
		return true
	}
	if f.cells[a].shape == capitals && f.cells[a].span.Len() < 5 && f.sureness(a, b) < likely {
		return false
	}
	return a > 0 || f.st.Word(f.cells[a].word).UPOS == story.PROPN || f.sureness(a, b) >= likely
}

// taggedWholes makes mentions of organizations and places whose names hold
// shorter ones that the tables know: "Manchester City", "Pos Indonesia", "Gedung
// DPR". A body that its capitals made longer than the tagger sees it is cut:
// "PT Angkasa Pura II Agus Haryadi".
func (f *finder) taggedWholes() {
	if f.headline && len(f.st.Sents) > 1 {
		return
	}
	for i := 0; i < len(f.cells); i++ {
		l := f.label(i)
		if l != orgLabel && l != placeLabel {
			continue
		}
		a, end := i, f.tagged(i, l)
		sure := f.sureness(i, end)
		i = end - 1
		if sure < fair || f.taken(a, end) || !f.isCapital(end-1) && f.cells[end-1].shape != number {
			continue
		}
		if f.fitBody(a, end) {
			continue
		}
		if end > a+1 && (f.isCapital(a) || f.wrapsBody(a, end)) && f.wraps(a, end) {
			f.mention(a, end, kindOf(l), story.NameMention, "entity/tagger", 65)
		}
	}
}

// kindOf is the kind of entity of the label of an organization or a place.
func kindOf(label uint8) story.EntityKind {
	if label == placeLabel {
		return story.Place
	}
	return story.Organization
}

// fitBody ends the name of a body of one company or institution where the tagger
// is sure that it ends, before or behind where the tables end it, and reports
// whether there is one: "Kementerian PU Pera".
func (f *finder) fitBody(a, b int) bool {
	k := f.chunkFrom(a)
	if f.isState(k) { // "U.S. State Department"
		if s := f.chunkFrom(f.chunks[k].b); f.isKind(s, bodyChunk) && f.chunks[s].row >= 0 && f.chunks[s].b == b && f.label(a) == orgLabel && f.isCapital(b-1) {
			f.take(s, a, b)
			return true
		}
	}
	if !f.isKind(k, bodyChunk) || f.chunks[k].row < 0 || f.chunks[k].b == b {
		return false
	}
	c := &f.chunks[k]
	if c.b < b {
		if !f.upperAll(c.b, b) {
			return false
		}
		f.take(k, a, b)
		return true
	}
	if f.margin(b) < likely || f.bodies[c.row].opts&oName == 0 || c.country != "" {
		return false
	}
	for j := b; j < c.b; j++ {
		f.at[j] = 0
	}
	c.b = b
	return true
}

// wrapsBody reports whether the cells end with a body of the tables, before which
// a small word says what it is: "gedung DPR".
func (f *finder) wrapsBody(a, b int) bool {
	k := f.chunkTo(b)
	return f.isKind(k, bodyChunk) && f.chunks[k].a == a+1 && f.label(a) == placeLabel
}

// wraps reports whether cells hold names of the tables and a capital beside
// them, and nothing that is an office or a people.
func (f *finder) wraps(a, b int) bool {
	names, others := 0, 0
	for i := a; i < b; i++ {
		k := f.at[i] - 1
		switch {
		case k < 0 && f.is(i, cRealm):
		case k < 0 && (f.isCapital(i) || f.cells[i].shape == number || i == a):
			others++
		case k < 0 && f.cells[i].shape == lower && f.cells[i].class&(cParticle|cOf|cAnd|cAt|cDet|cPoss) == 0:
			return false // "Blinken discussed Ukraine"
		case k < 0:
		case f.chunks[k].a < a || f.chunks[k].b > b || f.chunks[k].kind == officeChunk:
			return false
		case f.chunks[k].kind == bodyChunk:
			if f.chunks[k].a == a && f.chunks[k].b == b || f.label(a) == orgLabel && f.chunks[k].country != "" {
				return false
			}
			if f.chunks[k].a == i {
				names++
			}
		case f.chunks[k].name.Form == lang.FormPeople || f.chunks[k].name.Form == lang.FormMetonym:
			return false
		case f.chunks[k].a == i:
			names++
		}
	}
	return names > 0 && (others > 0 || names > 1)
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
		if f.sureness(a, b) < likely {
			for a < b && !f.isCapital(a) {
				a++
			}
			for b > a && !f.isCapital(b-1) {
				b--
			}
		}
		i = end - 1
		if b <= a || f.taken(a, b) || b == a+1 && a == 0 && f.st.Word(f.cells[a].word).UPOS != story.PROPN && f.sureness(a, b) < likely {
			continue
		}
		f.doubt(a, b, kindOf(l), !f.headline || len(f.st.Sents) == 1 && f.sureness(a, b) >= fair)
		if l == orgLabel {
			f.bracketed(a, b)
		}
	}
}

// bracketed takes what a name is called for short, in parentheses behind it, for
// a name of its own, whatever the tagger sees in it: "Universitas Lontar (UL)".
func (f *finder) bracketed(a, b int) {
	if !f.isMark(b, "(") || !f.isMark(b+2, ")") || f.label(b+1) != 0 || f.taken(b, b+3) || f.cells[b+1].shape != capitals {
		return
	}
	if initialsOf(f.st.Slice(f.span(a, b))) == f.form(b+1) {
		f.doubt(b+1, b+2, story.Organization, true)
	}
}
