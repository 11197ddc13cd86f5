package entity

import (
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
		case f.stateAfter:
			return
		case f.isState(k) && t.country == "":
			t.country, t.known, t.a = f.chunks[k].country, true, f.chunks[k].a
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

// titleRight reads state and body behind the office, and finds the name.
func (f *finder) titleRight(t *title, row *officeRow) {
	if row.opts&oAmbassador != 0 {
		f.posting(t)
	} else {
		f.belongs(t, row)
	}
	if row.opts&oOfHolder != 0 && f.ofHolder(t) {
		return
	}
	if f.stateAfter && f.is(t.b, cHouse) && f.isMark(t.b+1, ",") && t.body.Empty() {
		t.body = f.span(t.b, t.b+1) // "juru bicara kementerian, Ivan Petrov,"
		t.b++
	}
	f.findName(t)
	if t.nextB == 0 {
		f.nameInBody(t)
	}
	t.at = t.nextB == 0 && !t.known && f.is(t.b, cAt) && !f.is(t.b, cOf) && f.upper(t.b+1) && f.at[t.b+1] == 0
}

// ofHolder reads an office that is held under another one: "Utusan Khusus
// Presiden RI, Nur Aini", "juru bicara Presiden Peru Ivan Petrov, Ana Silva".
// It reports whether the name behind is settled.
func (f *finder) ofHolder(t *title) bool {
	i := t.b
	if f.is(i, cOf) {
		i++
		if f.is(i, cDet) {
			i++
		}
	}
	k := f.chunkFrom(i)
	if i > t.b && k < 0 || !f.isKind(k, officeChunk) || f.offices[f.chunks[k].row].opts&(oRank|oKin|oPlural|oWeak) != 0 {
		return false
	}
	inner := f.parseTitle(k)
	if inner.country != "" && t.country == "" {
		t.country, t.known = inner.country, inner.known
	}
	named := inner.nextB > 0 && !inner.comma
	if named && (f.isMark(inner.nextB, ",") || f.leads(f.st.Slice(f.span(inner.nextA, inner.nextB)), clock(f.day))) {
		if f.isMark(inner.nextB, ",") {
			a := f.skipCourtesy(inner.nextB + 1)
			if end := f.nameEnd(a, true); end > a && f.chunkFrom(a) < 0 && (f.closes(end) || end > a+1 && f.verbAt(end)) {
				t.nextA, t.nextB, t.comma = a, end, true
			}
		}
		return true
	}
	t.body, t.b = f.span(i, inner.b), inner.b
	t.nextA, t.nextB, t.comma = inner.nextA, inner.nextB, inner.comma
	f.chunks[k].used = true
	return true
}

// belongs reads "Rusia", "of Russia", "for the Foreign Ministry", "PBB".
func (f *finder) belongs(t *title, row *officeRow) {
	for n := 0; n < 4; n++ {
		i := t.b
		joined := f.is(i, cOf)
		if joined {
			i++
			if f.is(i, cDet) {
				i++
			}
		}
		i = f.skipRealm(i)
		if f.is(i, cRegime) && f.stateAfter && f.isState(f.chunkFrom(i+1)) {
			i++ // "juru bicara junta Myanmar"
		}
		if !joined && !f.stateAfter {
			return
		}
		k := f.chunkFrom(i)
		switch {
		case k < 0, f.chunks[k].b < len(f.cells) && f.cells[f.chunks[k].b].hyphen:
			return // "president of Lima-based Rio Group"
		case f.isState(k) && f.takesState(t, k, joined):
			if t.country == "" {
				t.country, t.known = f.chunks[k].country, true
			}
			if f.is(f.chunks[k].b, cPoss) {
				return // "the minister of Peru's navy"
			}
			t.b = f.chunks[k].b
		case f.chunks[k].kind == gazChunk && f.chunks[k].name.Kind == story.Place && row.opts&oSub != 0:
			t.b, t.seat = f.chunks[k].b, true
			if t.country == "" {
				t.country = f.chunks[k].country
			}
		case f.isRegion(k) && single[row.function] && t.country == "":
			t.b, t.country, t.local = f.chunks[k].b, f.chunks[k].country, true
		case f.isOrg(k) && t.bodyAt < 0, f.isKind(k, bodyChunk) && f.chunks[k].row >= 0 && t.bodyAt < 0:
			f.setBody(t, k)
			t.b = f.chunks[k].b
		default:
			return
		}
		t.b = f.parenEnd(t.b)
	}
}

// skipRealm passes over what kind of state one is: "Republik Moldova", "the
// Kingdom of Tonga".
func (f *finder) skipRealm(i int) int {
	j := i
	for f.is(j, cRealm) && f.upper(j) {
		j++
	}
	if j > i && f.is(j, cOf) {
		j++
	}
	if j > i && f.isState(f.chunkFrom(j)) {
		return j
	}
	return i
}

// takesState reports whether the state chunk k belongs to the title and not to
// the name behind it. ("Foreign Minister Israel Katz"; "Menlu Jordan Ivan
// Petrov" is a state's all the same.)
func (f *finder) takesState(t *title, k int, joined bool) bool {
	if f.chunks[k].name.Form == lang.FormCapital && !joined { // a capital: "Presiden Beijing" is none
		return false
	}
	return joined || f.stateAfter && t.country == ""
}

// posting reads an ambassador's states: the sending one, and those that he is
// sent to. ("Duta Besar RI untuk Rumania merangkap Moldova", "Peru's ambassador
// to Japan": without a sender the state behind "to" is only the host.)
func (f *finder) posting(t *title) {
	if k := f.chunkFrom(t.b); f.stateAfter && f.isState(k) {
		if t.country == "" {
			t.country, t.known = f.chunks[k].country, true
		}
		t.b = f.chunks[k].b
		if f.isRegion(f.chunkFrom(t.b)) {
			t.b = f.chunks[f.chunkFrom(t.b)].b // "Konjen RI Davao Nur Aini"
		}
		t.b = f.parenEnd(t.b)
	}
	for n := 0; n < 6; n++ {
		if !f.is(t.b, cHost) && !(n > 0 && f.is(t.b, cAlso)) && !f.is(t.b, cOf) && !(n > 0 && f.isMark(t.b, ",")) {
			return
		}
		sender := f.is(t.b, cOf) && !f.is(t.b, cHost)
		i := t.b + 1
		if n > 0 && f.isMark(t.b, ",") && f.is(i, cAlso) {
			i++
		}
		for f.is(i, cDet) {
			i++
		}
		if f.is(i, cRealm) && f.upper(i) && !f.upper(i-1) && !f.upper(i+1) && !f.is(i+1, cOf) {
			t.b = i + 1 // "the ambassador of Peru to the Kingdom"
			continue
		}
		i = f.skipRealm(i)
		k := f.chunkFrom(i)
		if k < 0 || f.chunks[k].kind != gazChunk && f.chunks[k].kind != bodyChunk || f.chunks[k].row < 0 {
			return
		}
		if n > 0 && !f.is(t.b, cHost) && f.nameEnd(f.chunks[k].b, true) > f.chunks[k].b && f.isMark(t.b, ",") {
			return
		}
		if sender && t.country == "" {
			t.country, t.known = f.chunks[k].country, true
		}
		t.b = f.chunks[k].b
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
