package entity

import (
	"strings"

	"kawat/lang"
	"kawat/story"
)

// title is an office as the words give it: "Menteri Luar Negeri (Menlu)
// Rusia", "former Chinese ambassador to Peru".
type title struct {
	chunk   int // the office word itself
	a, b    int // cells of the whole title
	row     int
	status  story.OfficeStatus
	country string
	body    story.Span // words of the body, empty if none
	bodyAt  int        // chunk of the body, -1 if none
	text    story.Span // office words with their portfolio, without state and status
	known   bool       // the country is said by the words, not by the row
	nextA   int        // first cell of the name that follows; 0 if none does
	nextB   int
	comma   bool // the name follows behind a comma
	deputy  bool // "Deputy Attorney General", where the table has only the office
	seat    bool // sub-national: a place follows
	local   bool // of a province or a region: "Ontario Premier"
	at      bool // where it is held follows behind a preposition: "an analyst at ..."
}

// parseTitle reads the title around the office chunk k.
func (f *finder) parseTitle(k int) title {
	c := &f.chunks[k]
	t := title{chunk: k, a: c.a, b: c.b, row: c.row, bodyAt: -1, status: story.Incumbent}
	row := &f.offices[c.row]
	if row.opts&oNominated != 0 {
		t.status = story.Nominated
	}
	if row.org != "" {
		t.country = row.org
	}
	if row.opts&oPortfolio != 0 {
		t.a = f.portfolioBefore(t.a)
	}
	left := t.a
	t.b = f.titleTail(t.b, row, &t)
	t.text = story.Span{Start: f.cells[left].span.Start, End: f.cells[f.coreEnd-1].span.End}
	f.titleLeft(&t, row)
	f.titleRight(&t, row)
	return t
}

// titleTail reads what belongs to the office itself: abbreviation, portfolio,
// "-elect", "terpilih", "ke-7".
func (f *finder) titleTail(b int, row *officeRow, t *title) int {
	f.coreEnd = b
	b = f.parenEnd(b)
	if row.sector == "LEG" && b < len(f.cells) && roman(f.form(b)) {
		b, f.coreEnd = b+1, b+1 // "Wakil Ketua Komisi VI DPR"
	}
	if row.opts&oPortfolio != 0 {
		if to := f.portfolioAfter(b); to > b {
			b, f.coreEnd = to, to
		}
		b = f.parenEnd(b)
	}
	if to := f.portfolioJoined(b, row); to > b {
		b, f.coreEnd = f.parenEnd(to), to
	}
	j := b
	if j < len(f.cells) && f.cells[j].hyphen {
		j++
	}
	switch {
	case f.is(j, cElectAfter):
		t.status, b = story.Elect, j+1
	case f.is(j, cActingAfter):
		t.status, b = story.Acting, j+1
	case f.is(j, cNominatedAfter):
		t.status, b = story.Nominated, j+1
	case f.is(b, cOrdinal) && b+2 < len(f.cells) && f.cells[b+1].hyphen && f.cells[b+2].shape == number:
		b += 3
	case f.is(b, cOrdinal) && b+1 < len(f.cells) && f.cells[b+1].shape == number:
		b += 2
	}
	return b
}

// roman reports whether a word is a Roman number of a few letters.
func roman(s string) bool { return s != "" && len(s) <= 5 && strings.Trim(s, "IVX") == "" }

// paren reports whether one cell in parentheses stands at i: "(Menlu)".
func (f *finder) paren(i int) bool {
	return f.isMark(i, "(") && f.isMark(i+2, ")") && f.cells[i+1].shape != number && f.cells[i+1].shape != lower
}

// portfolioJoined returns the end of a further portfolio that "and" joins to a
// minister's at i, i itself if none is: "Menteri Luar Negeri dan Kerja Sama
// Internasional", "Minister of Foreign Affairs and Cooperation".
func (f *finder) portfolioJoined(i int, row *officeRow) int {
	if !f.is(i, cAnd) || !f.upper(i+1) || f.isKind(f.chunkFrom(i+1), officeChunk) || row.function != story.Minister && row.function != story.ForeignMinister && row.function != story.DefenceMinister {
		return i
	}
	if to := f.portfolioAfter(i + 1); to > i+1 {
		return to
	}
	return i
}

// parenEnd returns the end of what stands in parentheses at i and gives another
// form of the words before, i itself if nothing does: "(Menlu)", "(European
// Council)"; "(Steve Whitman)" is no form but a name.
func (f *finder) parenEnd(i int) int {
	const longest = 6
	if f.paren(i) {
		return i + 3
	}
	if !f.isMark(i, "(") || f.inPerson(i+1) {
		return i
	}
	for j := i + 1; j < len(f.cells) && j <= i+longest; j++ {
		switch {
		case f.isMark(j, ")"):
			return j + 1
		case !f.upper(j) && f.cells[j].class&(cOf|cAnd|cDet|cParticle) == 0 && !f.isMark(j, "/"):
			return i
		}
	}
	return i
}

// titleLeft reads status, state and body before the office.
func (f *finder) titleLeft(t *title, row *officeRow) {
	for n := 0; n < 6 && t.a > 0; n++ {
		i := t.a - 1
		if f.cells[i].hyphen && i > 0 && f.is(i-1, cFormer) {
			i-- // "ex-president"
		}
		switch k := f.chunkTo(t.a); {
		case f.is(i, cDeputy) && !t.deputy && f.at[i] == 0:
			t.deputy, t.a = true, i
			t.text.Start = f.cells[i].span.Start
		case f.is(i, cFormer):
			t.status, t.a = story.Former, i
		case f.is(i, cActing):
			t.status, t.a = story.Acting, i
		case f.is(i, cElect):
			t.status, t.a = story.Elect, i
		case f.is(i, cNominated):
			t.status, t.a = story.Nominated, i
		case f.is(i, cIncumbent):
			t.a = i
		case !f.stateAfter && f.is(i, cRegime) && (f.isState(f.chunkTo(i)) || f.is(i-1, cPoss) && f.isState(f.chunkTo(i-1))):
			t.a = i // "Myanmar government spokesman"
		case t.country == "" && f.partyState(i) != "":
			t.country, t.known, t.a = f.partyState(i), true, i // "the panel's Republican chairman"
		case f.stateAfter:
			return
		case f.isState(k) && t.country == "":
			t.country, t.known, t.a = f.chunks[k].country, true, f.chunks[k].a
			if f.chunks[k].name.Form == lang.FormMetonym && t.body.Empty() {
				t.body = f.span(f.chunks[k].a, f.chunks[k].b) // "White House lawyer"
			}
		case f.isRegion(k) && t.country == "" && single[row.function]:
			t.country, t.local, t.a = f.chunks[k].country, true, f.chunks[k].a
		case f.isRegion(k) && (t.country == "" || t.country == f.chunks[k].country) && row.opts&oSub != 0:
			t.country, t.a = f.chunks[k].country, f.chunks[k].a // "California Governor", "a Maryland Democrat"
		case f.is(i, cHouse) && n == 0 && f.cells[i].shape == lower && f.at[i] == 0:
			t.body, t.a = f.span(i, i+1), i // "ministry spokesman"
		case f.isOrg(k) && t.bodyAt < 0, f.isKind(k, bodyChunk) && f.chunks[k].row >= 0 && t.bodyAt < 0 && f.bodies[f.chunks[k].row].kind == story.Organization:
			f.setBody(t, k)
			t.a = f.chunks[k].a
		case f.isKind(k, bodyChunk) && f.chunks[k].row >= 0 && t.bodyAt >= 0 && f.chunks[t.bodyAt].a == t.a:
			t.a = f.chunks[k].a // "Senate Armed Services Committee chairman"
			t.body.Start = f.cells[t.a].span.Start
			if t.country == "" && f.chunks[k].country != "" {
				t.country, t.known = f.chunks[k].country, true
			}
		case f.is(i, cPoss) && row.opts&oAmbassador != 0 && t.country != "" && f.isState(f.chunkTo(i)):
			t.country, t.a = f.chunks[f.chunkTo(i)].country, f.chunks[f.chunkTo(i)].a // "Moscow's U.S. ambassador"
			return
		case f.is(i, cPoss) && n == 0 || f.is(i, cPoss) && t.country == "":
			k := f.chunkTo(i)
			if f.is(i-1, cRegime) && f.isState(f.chunkTo(i-1)) {
				k = f.chunkTo(i - 1) // "the Syrian regime's foreign minister"
			}
			switch {
			case f.isState(k) && t.country == "":
				t.country, t.known, t.a = f.chunks[k].country, true, f.chunks[k].a
			case f.isOrg(k) && t.bodyAt < 0, f.isKind(k, bodyChunk) && f.chunks[k].row >= 0 && t.bodyAt < 0:
				f.setBody(t, k)
				t.a = f.chunks[k].a
			default:
				return
			}
		default:
			f.leap(t)
			return
		}
	}
}

// partyState is the state of the party whose word a capital at a cell is, "" if it is
// none: "Republican".
func (f *finder) partyState(i int) string {
	if f.cells[i].shape != capital || f.at[i] != 0 {
		return ""
	}
	row, ok := f.byTitle[strings.ToLower(f.form(i))]
	if !ok || f.offices[row].opts&oParty == 0 {
		return ""
	}
	return f.offices[row].org
}

// leap reads a state before capitals that belong to the office and that no table
// knows: "Kenyan Prime Cabinet Secretary", "Britain's Middle East minister".
func (f *finder) leap(t *title) {
	const longest = 3
	if t.country != "" || !t.body.Empty() || f.stateAfter {
		return
	}
	for i := t.a - 1; i > 0 && i >= t.a-longest && f.upper(i) && (f.at[i] == 0 || f.chunks[f.at[i]-1].name.Kind == story.Place); i-- {
		k := f.chunkTo(i)
		if f.is(i-1, cPoss) {
			k = f.chunkTo(i - 1)
		} else if k >= 0 && f.chunks[k].name.Form != lang.FormAdjective {
			return
		}
		if f.isState(k) {
			t.country, t.known, t.a = f.chunks[k].country, true, f.chunks[k].a
			return
		}
	}
}

// setBody makes a chunk the body of an office; its state becomes the office's.
func (f *finder) setBody(t *title, k int) {
	c := &f.chunks[k]
	t.bodyAt = k
	t.body = f.span(c.a, c.b)
	if t.country == "" && c.country != "" {
		t.country, t.known = c.country, true
	}
}

// closes reports whether an apposition may end before i.
func (f *finder) closes(i int) bool {
	if i >= len(f.cells) {
		return true
	}
	switch f.form(i) {
	case ",", ".", ")", ";", ":", "–", "—", "(":
		return true
	}
	return false
}

// skipCourtesy passes over honorifics, degrees, ranks and what stands in
// parentheses behind a rank: "Letjen (Purn) Dr. ".
func (f *finder) skipCourtesy(i int) int {
	for n := 0; n < 8 && i < len(f.cells); n++ {
		if row, end := f.courtesy.match(f.cells, i, len(f.cells)); row >= 0 && f.courtesies[row].kind != "suffix" && f.cells[i].shape != lower {
			i = end
			if f.isMark(i, ".") && f.cells[i].glued {
				i++
			}
			continue
		}
		if k := f.chunkFrom(i); k >= 0 && f.chunks[k].kind == officeChunk && f.offices[f.chunks[k].row].opts&oRank != 0 {
			i = f.chunks[k].b
			if f.isMark(i, ".") && f.cells[i].glued { // "Irjen Pol. Budi Santosa"
				i++
			}
			if f.is(i, cAt|cOf|cHost) || i < len(f.cells) && f.isMark(i, "TNI") {
				i++
			}
			continue
		}
		if f.paren(i) && i > 0 && f.isKind(f.chunkTo(i), officeChunk) {
			i += 3
			continue
		}
		break
	}
	return i
}

func (f *finder) cellsIn(sp story.Span) (a, b int) {
	for a < len(f.cells) && f.cells[a].span.Start < sp.Start {
		a++
	}
	for b = a; b < len(f.cells) && f.cells[b].span.End <= sp.End; b++ {
	}
	return a, b
}

func (f *finder) span(a, b int) story.Span {
	return story.Span{Start: f.cells[a].span.Start, End: f.cells[b-1].span.End}
}
