package entity

import "kawat/lang"

// longestName bounds the cells of a name, so that a text of capitals alone
// costs no more than another one.
const longestName = 14

// growBody finds how far the name of a body reaches: "Kementerian" takes its
// portfolio and its state, "University" the capitals before it and "of Lima"
// after it. A body that needs more words and finds none gets row -1.
func (f *finder) growBody(k int) {
	c := &f.chunks[k]
	row := &f.bodies[c.row]
	a, b := c.a, c.b
	if row.opts&oPortfolio != 0 {
		b = f.portfolioAfter(b)
	}
	if row.opts&oPortfolioBefore != 0 && b == c.b {
		a = f.portfolioBefore(a)
	}
	if row.opts&(oPortfolio|oPortfolioBefore) != 0 && a == c.a && b == c.b {
		c.row = -1 // "kementerian itu", "a department"
		return
	}
	if row.opts&oName != 0 {
		b = f.capitalsAfter(b)
	}
	if row.opts&oOf != 0 && f.is(b, cOf) {
		from := b + 1
		if f.is(from, cDet) {
			from++
		}
		if to := f.capitalsAfter(from); to > from {
			b = to
		}
	}
	if row.opts&oBefore != 0 {
		a = f.capitalsBefore(a, k)
	}
	if row.opts&(oName|oBefore|oOf) != 0 && row.opts&(oState|oBare) == 0 && a == c.a && b == c.b {
		c.row = -1
		return
	}
	c.country = row.country
	if row.opts&(oState|oSender|oNeedsState) != 0 {
		a, b = f.bodyState(c, a, b)
	}
	if row.opts&oNeedsState != 0 && c.country == "" || f.allLower(a, b) && row.opts&oBare == 0 && c.country == "" {
		c.row = -1
		return
	}
	if row.opts&oSeat != 0 { // "KBRI Lima"
		if s := f.chunkFrom(b); s >= 0 && f.isKind(s, gazChunk) {
			b = f.chunks[s].b
		}
	}
	f.take(k, a, b)
}

// take gives a body its final extent and marks the names inside as nested.
func (f *finder) take(k, a, b int) {
	for i := a; i < b; i++ {
		if o := f.at[i] - 1; o >= 0 && o != k {
			f.chunks[o].used = true
		}
	}
	f.chunks[k].a, f.chunks[k].b = a, b
	f.cover(k, a, b)
}

// bodyState looks for the state of a body beside it: "Kementerian Luar Negeri
// China", "the Foreign Ministry of Peru", "Chinese Foreign Ministry", "China's
// Foreign Ministry". Only a state that touches becomes part of the name.
func (f *finder) bodyState(c *chunk, a, b int) (int, int) {
	if s := f.chunkFrom(b); f.isState(s) && f.stateAfter && f.chunks[s].name.Form != lang.FormCapital {
		if c.country == "" {
			c.country = f.chunks[s].country
		}
		return a, f.chunks[s].b
	}
	if s := f.chunkTo(a); f.isState(s) && (!f.stateAfter || f.chunks[s].name.Form == lang.FormAdjective) {
		if c.country == "" {
			c.country = f.chunks[s].country
		}
		if f.chunks[s].name.Form == lang.FormAdjective && f.upper(b-1) {
			return f.chunks[s].a, b
		}
		return a, b
	}
	if c.country != "" {
		return a, b
	}
	if f.is(a-1, cPoss) {
		if s := f.chunkTo(a - 1); f.isState(s) {
			c.country = f.chunks[s].country
			return a, b
		}
	}
	if f.is(b, cOf) && !f.is(b, cHost&^cOf) {
		s := f.chunkFrom(b + 1)
		if f.is(b+1, cDet) {
			s = f.chunkFrom(b + 2)
		}
		if f.isState(s) && !f.is(b, cHost) {
			c.country = f.chunks[s].country
		}
	}
	return a, b
}

func (f *finder) allLower(a, b int) bool {
	for i := a; i < b; i++ {
		if f.cells[i].shape != lower && f.cells[i].shape != mark {
			return false
		}
	}
	return true
}

// capitalsAfter returns the end of the run of capitalised cells from i on, over
// small joints between two of them: "Kamar Dagang dan Industri", "Bank of
// East Asia".
func (f *finder) capitalsAfter(i int) int {
	end := i
	for j := i; j < len(f.cells) && j < i+longestName; j++ {
		switch k := f.at[j] - 1; {
		case k >= 0 && f.chunks[k].kind == officeChunk && f.chunks[k].a == j && f.offices[f.chunks[k].row].opts&oWeak == 0:
			return end
		case k >= 0 && f.chunks[k].kind == gazChunk && f.chunks[k].name.Form != lang.FormPeople:
			end = f.chunks[k].b
			j = end - 1
		case f.upper(j), j > i && f.cells[j].shape == number && len(f.form(j)) <= 2 && f.upper(j-1) && !f.cells[j].glued:
			end = j + 1
		case j > i && j == end && (f.is(j, cAnd) || f.is(j, cOf) || f.cells[j].hyphen || f.isMark(j, "/")) && f.upper(j+1):
		default:
			return end
		}
	}
	return end
}

// capitalsBefore returns the start of the run of capitalised cells that ends
// before i: "Kurdistan Workers Party", "Science and Technology Institute".
func (f *finder) capitalsBefore(i, self int) int {
	start := i
	for j := i - 1; j >= 0 && j >= i-longestName; j-- {
		switch k := f.at[j] - 1; {
		case k == self:
		case k >= 0 && f.chunks[k].kind == officeChunk && (f.offices[f.chunks[k].row].opts&(oMale|oFemale) == 0 || !f.upper(j)):
			return start // but "King Salman Relief Center"
		case k >= 0 && f.chunks[k].kind == bodyChunk && f.chunks[k].row >= 0 && f.bodies[f.chunks[k].row].opts&(oBefore|oOf) == 0:
			return start
		case f.upper(j) && (j > 0 || start < i || f.at[j] > 0 || f.cells[j].shape == capitals || f.st.Word(f.cells[j].word).UPOS.Nominal()):
			start = j
		case j == start-1 && (f.cells[j].hyphen || f.is(j, cAnd) && j > 0 && f.at[j-1] == 0) && f.upper(j-1):
		default:
			return start
		}
	}
	return start
}

// portfolioAfter returns the end of the portfolio that starts at i: "Luar
// Negeri", "of Energy and Mineral Resources", with an abbreviation in
// parentheses behind it.
func (f *finder) portfolioAfter(i int) int {
	at := i
	if f.is(at, cOf) {
		at++
		if f.is(at, cDet) {
			at++
		}
	}
	row, end := f.portfolio.match(f.cells, at, len(f.cells))
	if row < 0 {
		return i
	}
	for n := 0; n < longestName; n++ {
		j := end
		if f.isMark(j, ",") || f.isMark(j, "/") {
			j++
		}
		if f.is(j, cAnd) {
			j++
		}
		if row, to := f.portfolio.match(f.cells, j, len(f.cells)); j < len(f.cells) && row >= 0 && (f.cells[j].shape != lower || f.cells[end-1].shape == lower) {
			end = to
			continue
		}
		break
	}
	return end
}

// portfolioBefore returns the start of the portfolio that ends before i:
// "Energy and Mineral Resources (ESDM) Minister".
func (f *finder) portfolioBefore(i int) int {
	j := i
	if f.isMark(j-1, ")") && f.isMark(j-3, "(") {
		j -= 3
	}
	start := i
	for n := 0; j > 0 && n < longestName; n++ {
		switch id := f.cells[j-1].lex; {
		case f.forPortfolio(id) && f.at[j-1] == 0 && !f.is(j-1, cAnd|cDet|cStop):
			j--
			start = j
		case j < i && (f.is(j-1, cAnd) || f.isMark(j-1, ",") || f.cells[j-1].hyphen) && j > 1 && f.forPortfolio(f.cells[j-2].lex):
			j--
		default:
			return start
		}
	}
	return start
}
