package lang

import (
	"strings"

	"kawat/story"
	"kawat/world"
)

// Gazetteer finds the names of states, organizations and places that a pack
// knows (names.tsv). It is read-only and safe for concurrent use.
//
// Matching goes by pieces (runs of letters and digits), so that it does not
// matter how the tokenizer cuts "Timor-Leste", "Sana'a" or "U.S.":
//
//   - accents and apostrophes do not count (Cote d'Ivoire, Côte d’Ivoire);
//   - space and hyphen between pieces are one (Guinea Bissau, Guinea-Bissau);
//   - a piece that begins with a capital in the table must do so in the text,
//     so that "turkey" is no state, and "RUSIA" in a headline is one;
//   - a piece that is all capitals in the table (AS, US, WHO) must be so in the
//     text: "as", "us" and "Who" are words;
//   - a piece that begins small in the table may be of any case.
type Gazetteer struct {
	names   []Name  // one for each row of the table
	entries []entry // one for each form of a row
	slots   []slot  // open addressing, by the hash of every prefix of a form
	mask    uint64
	count   int // slots in use
}

// entry is one form. Forms whose folded pieces are the same ("WHO" and "Who's
// Who" are not) hang in a list.
type entry struct {
	name int32 // index into names
	next int32 // next entry with the same pieces, -1 at the end
	caps uint16
	all  uint16
}

// slot holds a prefix of some form; first is -1 where no form ends with it.
type slot struct {
	key   uint64 // 0 is free
	first int32
}

// maxPieces bounds the length of a name; masks of capitals have as many bits.
const maxPieces = 16

// Gazetteer compiles names.tsv. It is made once for each pack and world and
// then shared by all who ask for it.
func (p *Pack) Gazetteer(w *world.World) (*Gazetteer, error) {
	p.gaz.Lock()
	defer p.gaz.Unlock()
	if p.gaz.made != nil && p.gaz.world == w {
		return p.gaz.made, nil
	}
	t, err := p.Table("names.tsv")
	if err != nil {
		return nil, err
	}
	g, err := newGazetteer(t, w, w.Names(p.Code))
	if err != nil {
		return nil, err
	}
	p.gaz.made, p.gaz.world = g, w
	return g, nil
}

// newGazetteer compiles a user's names and then the pack's: the first row wins.
func newGazetteer(t *Table, w *world.World, own []world.Name) (*Gazetteer, error) {
	rows := len(t.Rows) + len(own)
	size := 1024
	for size < 5*rows {
		size *= 2
	}
	g := &Gazetteer{
		names:   make([]Name, 0, rows),
		entries: make([]entry, 0, 3*rows),
		slots:   make([]slot, size),
		mask:    uint64(size - 1),
	}
	for _, row := range own {
		if err := g.own(w, row); err != nil {
			return nil, err
		}
	}
	for _, r := range t.Rows {
		n, err := r.name(w)
		if err != nil {
			return nil, err
		}
		g.names = append(g.names, n)
		forms := r.Get("name")
		if forms == "" {
			return nil, r.Errorf("the row has no name")
		}
		for form := range fields(forms) {
			if err := g.add(form, int32(len(g.names)-1)); err != "" {
				return nil, r.Errorf("%q %s", form, err)
			}
		}
	}
	return g, nil
}

// own puts a row of the user's in.
func (g *Gazetteer) own(w *world.World, row world.Name) error {
	if row.Form == "" {
		row.Form = formNames[FormName]
	}
	n, err := compile(w, row)
	if err != nil {
		return err
	}
	g.names = append(g.names, n)
	for form := range strings.SplitSeq(row.Forms, "|") {
		if form = strings.TrimSpace(form); form == "" {
			continue
		}
		if err := g.add(form, int32(len(g.names)-1)); err != "" {
			return row.Errorf("%q %s", form, err)
		}
	}
	return nil
}

// CheckNames tells all that is wrong with the names that a user's world brings,
// by file and line; nil if nothing is.
func (ps *Packs) CheckNames(w *world.World) world.Problems {
	var problems world.Problems
	scratch := &Gazetteer{slots: make([]slot, 1024), mask: 1023}
	for _, row := range w.AllNames() {
		if _, ok := ps.packs[row.Lang]; row.Lang != "" && !ok {
			problems = append(problems, row.Errorf("no pack for the language %q; there are %s", row.Lang, strings.Join(ps.codes, ", ")))
		}
		if err := scratch.own(w, row); err != nil {
			problems = append(problems, err)
		}
	}
	return problems
}

// add puts a form into the table of prefixes. It returns what is wrong with the
// form, "" if nothing is.
func (g *Gazetteer) add(form string, name int32) string {
	h, at, e := fnvStart, 0, entry{name: name, next: -1}
	for n := 0; at < len(form); n++ {
		p := scan(form, at, len(form), h)
		switch {
		case p.end == at:
			return "has a character that no name may have"
		case n == maxPieces:
			return "is too long"
		}
		e.caps |= bit(p.capital, n)
		e.all |= bit(p.capitals && p.letters > 1, n)
		h, at = p.hash, gap(form, p, len(form))
		if p.end == len(form) {
			at = len(form)
		}
		s := g.put(h)
		if at == len(form) {
			g.link(s, e)
		}
	}
	return ""
}

// link hangs an entry behind those of the same pieces: the first row wins.
func (g *Gazetteer) link(s *slot, e entry) {
	g.entries = append(g.entries, e)
	id := int32(len(g.entries) - 1)
	if s.first < 0 {
		s.first = id
		return
	}
	last := s.first
	for g.entries[last].next >= 0 {
		last = g.entries[last].next
	}
	g.entries[last].next = id
}

// put returns the slot of a key, a new one if need be. It keeps the table at
// most half full.
func (g *Gazetteer) put(key uint64) *slot {
	if 2*(g.count+1) > len(g.slots) {
		g.grow()
	}
	s := &g.slots[g.at(key)]
	if s.key == 0 {
		*s = slot{key: key, first: -1}
		g.count++
	}
	return s
}

// at returns the index of the slot that holds a key or would hold it.
func (g *Gazetteer) at(key uint64) uint64 {
	i := (key ^ key>>29) & g.mask
	for g.slots[i].key != 0 && g.slots[i].key != key {
		i = (i + 1) & g.mask
	}
	return i
}

func (g *Gazetteer) grow() {
	old := g.slots
	g.slots = make([]slot, 2*len(old))
	g.mask = uint64(len(g.slots) - 1)
	for _, s := range old {
		if s.key != 0 {
			g.slots[g.at(s.key)] = s
		}
	}
}

// Len returns the number of forms that the gazetteer knows.
func (g *Gazetteer) Len() int { return len(g.entries) }

// Match finds the longest name that starts at a byte offset of a text and ends
// before another one. It does not look at what stands before the offset. It
// serves where tokens are too coarse ("Rusia-Ukraina" cut as one token) or not
// there yet. It allocates nothing.
func (g *Gazetteer) Match(text string, from, limit int) (n Name, ok bool) {
	var caps, all uint16
	h, at := fnvStart, from
	for i := 0; i < maxPieces && at < limit; i++ {
		p := scan(text, at, limit, h)
		if p.end == at {
			break
		}
		s := g.slots[g.at(p.hash)]
		if s.key == 0 {
			break
		}
		caps |= bit(p.capital, i)
		all |= bit(p.capitals, i)
		for id := s.first; id >= 0; id = g.entries[id].next {
			if e := &g.entries[id]; e.caps&^caps == 0 && e.all&^all == 0 {
				n, ok = g.names[e.name], true
				n.Span = story.Span{Start: from, End: p.end}
				break
			}
		}
		h = p.hash
		at = gap(text, p, limit)
	}
	return n, ok
}

// Lookup takes a whole string for a name, such as the place of a dateline.
func (g *Gazetteer) Lookup(text string) (Name, bool) {
	start, end := 0, len(text)
	for start < end && isSpace(text[start]) {
		start++
	}
	for start < end && (isSpace(text[end-1]) || text[end-1] == ',') {
		end--
	}
	n, ok := g.Match(text, start, end)
	if !ok || n.Span.End != end {
		return Name{}, false
	}
	return n, true
}

// At finds the longest name that starts at a token, and the token after it. The
// name may end inside the last token only before a clitic word ("Rusialah"), a
// possessive ("China's") or a hyphen ("Rusia-Ukraina", "China-led"): then
// Name.Span tells where, and Match reads on from there.
func (g *Gazetteer) At(st *story.Story, t story.TokenID) (n Name, end story.TokenID, ok bool) {
	tok := st.Token(t)
	limit, last := tok.Span.End, t+1
	if tok.Sent != 0 {
		s := st.Sent(tok.Sent)
		limit, last = s.Span.End, s.EndToken
	}
	n, ok = g.Match(st.Text, tok.Span.Start, limit)
	if !ok {
		if n, ok = g.beforeClitic(st, tok); !ok {
			return n, t, false
		}
	}
	end = t + 1
	for end < last && st.Token(end).Span.Start < n.Span.End && st.Slice(st.Token(end).Span) != "." {
		end++
	}
	// "in the U.S." where the tokenizer took the last dot for the sentence's.
	if stop := st.Token(end - 1).Span.End; n.Span.End > stop {
		n.Span.End = stop
	}
	if n.Guard == GuardWord && n.Form == FormAbbreviation && shouting(st, t, end) {
		return Name{}, t, false
	}
	return n, end, true
}

// beforeClitic tries the first word of a token of several words.
func (g *Gazetteer) beforeClitic(st *story.Story, tok *story.Token) (Name, bool) {
	if tok.EndWord-tok.FirstWord < 2 {
		return Name{}, false
	}
	word := st.Word(tok.FirstWord).Span
	if word.Start != tok.Span.Start || word.End >= tok.Span.End {
		return Name{}, false
	}
	return g.Match(st.Text, word.Start, word.End)
}

// shouting reports whether all words around tokens are capitals, so that
// capitals tell nothing: "AND WHO WILL PAY?"
func shouting(st *story.Story, first, end story.TokenID) bool {
	const around = 8
	sent := st.Token(first).Sent
	if sent == 0 {
		return false
	}
	s, words := st.Sent(sent), 0
	for t := max(s.FirstToken, first-around); t < min(s.EndToken, end+around); t++ {
		if t >= first && t < end {
			continue
		}
		sp := st.Token(t).Span
		p := scan(st.Text, sp.Start, sp.End, fnvStart)
		if p.letters < 2 {
			continue
		}
		if !p.capitals {
			return false
		}
		words++
	}
	return words > 1
}
