package entity

import (
	"kawat/lang"
	"kawat/story"
)

// chunkKind tells what a chunk is.
type chunkKind uint8

const (
	gazChunk chunkKind = iota
	bodyChunk
	officeChunk
)

// chunk is a run of cells that a table knows, before it is decided what it
// becomes: a mention of its own, part of a longer name, or part of a title.
type chunk struct {
	kind    chunkKind
	a, b    int // cells [a, b)
	row     int
	name    lang.Name // gazChunk
	country string    // of a body: the state that it belongs to
	used    bool      // part of a longer name
}

// chunks fills f.chunks and f.at for the sentence, longest match first from
// left to right. Bodies may hold names ("Bank of China"), which stay as used
// chunks; offices hold nothing.
func (f *finder) findChunks() {
	f.chunks = f.chunks[:0]
	f.at = resize(f.at, len(f.cells))
	for i := 0; i < len(f.cells); {
		if c, ok := f.gazetteer(i); ok {
			if o, end := f.office.match(f.cells, i, len(f.cells)); o >= 0 && end > c.b && f.fitsOffice(o, i, end) {
				i = f.put(chunk{kind: officeChunk, a: i, b: end, row: o})
				continue
			}
			if b, end := f.body.match(f.cells, i, len(f.cells)); b >= 0 && end > c.b && f.fitsBody(b, i, end) {
				i = f.put(chunk{kind: bodyChunk, a: i, b: end, row: b})
				continue
			}
			i = f.put(c)
			continue
		}
		o, oEnd := f.office.match(f.cells, i, len(f.cells))
		if o >= 0 && !f.fitsOffice(o, i, oEnd) {
			o = -1
		}
		b, bEnd := f.body.match(f.cells, i, len(f.cells))
		if b >= 0 && !f.fitsBody(b, i, bEnd) {
			b = -1
		}
		switch {
		case b >= 0 && (o < 0 || bEnd >= oEnd):
			i = f.put(chunk{kind: bodyChunk, a: i, b: bEnd, row: b})
		case o >= 0:
			i = f.put(chunk{kind: officeChunk, a: i, b: oEnd, row: o})
		default:
			i++
		}
	}
	for k := range f.chunks {
		if f.chunks[k].kind == bodyChunk {
			f.growBody(k)
		}
	}
	f.compact()
}

func (f *finder) put(c chunk) int {
	f.chunks = append(f.chunks, c)
	f.cover(len(f.chunks)-1, c.a, c.b)
	return c.b
}

func (f *finder) cover(k, a, b int) {
	for i := a; i < b; i++ {
		f.at[i] = k + 1
	}
}

// compact takes bodies out that turned out to be none, freeing their cells.
func (f *finder) compact() {
	for k := range f.chunks {
		c := &f.chunks[k]
		if c.row >= 0 || c.kind != bodyChunk {
			continue
		}
		for i := c.a; i < c.b; i++ {
			if f.at[i] == k+1 {
				f.at[i] = 0
			}
		}
	}
}

// gazetteer looks a name up at a cell.
func (f *finder) gazetteer(i int) (chunk, bool) {
	c := &f.cells[i]
	if c.shape == mark || c.shape == number || c.clitic {
		return chunk{}, false
	}
	limit := f.limit
	for j := i + 1; j < len(f.cells) && j < i+3; j++ {
		if f.cells[j].glued && f.cells[j].shape == capital && f.cells[j-1].shape != mark {
			limit = f.cells[j-1].span.End // "RusiaSergei"
			break
		}
	}
	n, ok := f.gaz.Match(f.st.Text, c.span.Start, limit)
	if !ok {
		return chunk{}, false
	}
	end := i + 1
	for end < len(f.cells) && f.cells[end].span.Start < n.Span.End && f.form(end) != "." {
		end++
	}
	if f.cells[end-1].span.End < n.Span.End || f.cells[end-1].span.End > n.Span.End+1 {
		if f.cells[end-1].span.End > n.Span.End+1 {
			return chunk{}, false
		}
	}
	if n.Guard == lang.GuardWord {
		// "Lima orang tewas", "AND WHO WILL PAY"
		if f.shouting || i == 0 && end < len(f.cells) && f.cells[end].shape == lower && f.st.Word(c.word).UPOS != story.PROPN {
			return chunk{}, false
		}
	}
	return chunk{kind: gazChunk, a: i, b: end, name: n, country: n.Country}, true
}

// fitsOffice reports whether the case of the words allows the row.
func (f *finder) fitsOffice(row, a, b int) bool {
	o := f.offices[row].opts
	switch {
	case o&oUpper != 0:
		return f.cells[a].shape == capitals && !f.shouting
	case o&oCap != 0:
		return f.cells[a].shape != lower
	case o&oParty != 0: // "Republican Ana Silva", and not "Republican Guard"
		return f.cells[a].shape == capital && (!f.upper(b) || f.cells[b].lex == 0 && f.upper(b+1))
	}
	return !f.cells[a].clitic
}

func (f *finder) fitsBody(row, a, b int) bool {
	o := f.bodies[row].opts
	switch {
	case o&oUpper != 0:
		return f.cells[a].shape == capitals && !f.shouting
	case o&(oBare|oNeedsState|oPortfolio) != 0:
		return !f.cells[a].clitic
	}
	return f.cells[b-1].shape != lower
}

// chunkFrom returns the chunk that starts at a cell, -1 if none does.
func (f *finder) chunkFrom(i int) int {
	if i < 0 || i >= len(f.cells) || f.at[i] == 0 {
		return -1
	}
	if k := f.at[i] - 1; f.chunks[k].a == i {
		return k
	}
	return -1
}

// chunkTo returns the chunk that ends before a cell, -1 if none does.
func (f *finder) chunkTo(i int) int {
	if i <= 0 || i > len(f.cells) || f.at[i-1] == 0 {
		return -1
	}
	if k := f.at[i-1] - 1; f.chunks[k].b == i {
		return k
	}
	return -1
}

func (f *finder) isState(k int) bool {
	return k >= 0 && f.chunks[k].kind == gazChunk && f.chunks[k].name.Kind == story.State && f.chunks[k].name.Form != lang.FormPeople
}

// isRegion reports whether a chunk is a province, a region or a city that is not
// taken for its state.
func (f *finder) isRegion(k int) bool {
	return k >= 0 && f.chunks[k].kind == gazChunk && f.chunks[k].name.Kind == story.Place && f.chunks[k].country != ""
}

func (f *finder) isOrg(k int) bool {
	return k >= 0 && f.chunks[k].kind == gazChunk && f.chunks[k].name.Kind == story.Organization
}

func (f *finder) isKind(k int, kind chunkKind) bool { return k >= 0 && f.chunks[k].kind == kind }

func (f *finder) is(i int, c class) bool {
	return i >= 0 && i < len(f.cells) && f.cells[i].class&c != 0
}

func (f *finder) form(i int) string {
	if i < 0 || i >= len(f.cells) {
		return ""
	}
	return f.st.Slice(f.cells[i].span)
}

func (f *finder) isMark(i int, m string) bool { return f.form(i) == m }

// upper reports whether a cell is written with a capital and no stop word.
func (f *finder) upper(i int) bool {
	if i < 0 || i >= len(f.cells) {
		return false
	}
	c := &f.cells[i]
	return (c.shape == capital || c.shape == capitals || c.shape == initial) && c.class&cStop == 0
}

func resize(s []int, n int) []int {
	if cap(s) < n {
		return make([]int, n)
	}
	s = s[:n]
	clear(s)
	return s
}
