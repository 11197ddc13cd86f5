package entity

import (
	"strings"

	"kawat/story"
)

// officeState finds the state of an office whose words name none: the leader's
// of the table, what the neighbours in the sentence say (see nearState), at last
// the state that the story is told from or about (see frameState). It returns
// "" where they leave it open.
func (r *resolver) officeState(c *cluster, i int) string {
	m := &r.st.Mentions[i]
	row := r.officeRow(m.Office)
	if c != nil && c.leader != nil {
		return c.leader.Country
	}
	if c != nil && c.said != "" {
		return c.said
	}
	if row == nil || row.opts&oKin != 0 {
		return ""
	}
	if s := r.joinedState(i, m); s != "" {
		return s
	}
	if single[row.function] && m.Office.Function == story.OtherFunction && m.Office.Body == "" && m.Office.Country == "" {
		return "" // "president of Lima-based Rio Group"
	}
	public := m.Office.Body != "" && r.publicBody(m)
	if !official[row.sector] && !public && row.opts&oNominated == 0 || m.Office.Body != "" && needsPublic(row) && !public {
		return ""
	}
	if s := r.nearState(i, m); s != "" {
		return s
	}
	if s := r.oneBefore(i, m); s != "" {
		return s
	}
	if row.opts&oWeak != 0 && row.sector != "LEG" && row.opts&oNominated == 0 && m.Office.Body == "" {
		return "" // "an official", "adviser George Weber"
	}
	return r.frameState(i, m)
}

// oneBefore is the state of somebody without a name who was called by the same noun a
// sentence or two before: "An Australian diplomat heard of it. The diplomat, Ana Silva,
// told Lima."
func (r *resolver) oneBefore(i int, m *story.Mention) string {
	sent := r.st.Word(m.Head).Sent
	got := ""
	for j := i - 1; j >= max(0, i-farthest); j-- {
		p := &r.st.Mentions[j]
		if sent-r.st.Word(p.Head).Sent > 2 {
			break
		}
		if p.Type != story.NominalMention || p.Office.Country == "" || !strings.EqualFold(r.st.Word(p.Head).Form, m.Office.Title) {
			continue
		}
		if got != "" && got != p.Office.Country {
			return ""
		}
		got = p.Office.Country
	}
	return got
}

// joinedState is the state that the words give an office beside this one: "Ana
// Silva, foreign minister and deputy prime minister of Peru,".
func (r *resolver) joinedState(i int, m *story.Mention) string {
	end := max(m.Title.End, m.Span.End)
	for j := i + 1; j < min(len(r.st.Mentions), i+4); j++ {
		if p := &r.st.Mentions[j]; p.Code == codeOffice && p.Office.Country != "" && p.Span.Start > end {
			if _, and := r.joins(end, p.Span.Start); and {
				return p.Office.Country
			}
		}
	}
	for j := i - 1; j >= max(0, i-3); j-- {
		if p := &r.st.Mentions[j]; p.Code == codeOffice && p.Office.Country != "" && p.Span.End < titleStart(m) {
			if _, and := r.joins(p.Span.End, titleStart(m)); and {
				return p.Office.Country
			}
		}
	}
	return ""
}

// official are the sectors of those who act for a state.
var official = map[string]bool{"GOV": true, "MIL": true, "LEG": true, "COP": true, "SPY": true, "JUD": true}

// needsPublic reports whether a body decides if its office is a state's: anything
// has presidents, heads and spokesmen, only states have ministers.
func needsPublic(row *officeRow) bool {
	switch row.function {
	case story.Minister, story.ForeignMinister, story.DefenceMinister, story.Ambassador, story.Legislator:
		return false
	}
	return row.opts&oSub == 0
}

// publicBody reports whether the body of an office is one that a state has
// ("juru bicara kementerian luar negeri") and no firm or club.
func (r *resolver) publicBody(m *story.Mention) bool {
	w := m.Head
	for first := r.st.Sent(r.st.Word(w).Sent).FirstWord; w > first && r.st.Word(w).Span.Start > m.Title.Start; w-- {
	}
	for ; w != 0 && r.st.Word(w).Span.Start < m.Title.End; w = r.next(w) {
		if row := r.bodyAt(w); row != nil && row.kind == story.Organization {
			return official[row.sector]
		}
		if row := r.officeAt(w); row != nil && r.st.Slice(r.st.Word(w).Span) == firstWord(m.Office.Body) {
			return official[row.sector] // "juru bicara Wapres"
		}
	}
	return false
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// officeAt returns the row of offices.tsv whose word a word is, nil if none.
func (r *resolver) officeAt(w story.WordID) *officeRow {
	sp := r.st.Word(w).Span
	cells := [...]cell{r.cell(r.st, w, sp.Start, sp.End)}
	if row, _ := r.tables.office.match(cells[:], 0, 1); row >= 0 {
		return &r.Stage.offices[row]
	}
	return nil
}

// bodyAt returns the row of bodies.tsv whose words start at a word, nil if none.
func (r *resolver) bodyAt(w story.WordID) *bodyRow {
	const longest = 5
	var buf [longest]cell
	cells := buf[:0]
	for k := w; int(k) <= len(r.st.Words) && len(cells) < longest; k++ {
		sp := r.st.Word(k).Span
		cells = append(cells, r.cell(r.st, k, sp.Start, sp.End))
	}
	if row, _ := r.body.match(cells, 0, len(cells)); row >= 0 {
		return &r.bodies[row]
	}
	return nil
}

// nearState reads the state of an office off its neighbours: the one before it
// in a list, whom its holder accompanies, whose spokesman he is, the body that
// rules the clause, or the same office without a name before.
func (r *resolver) nearState(i int, m *story.Mention) string {
	if s := r.seatState(i, m); s != "" {
		return s
	}
	if s := r.ownerState(i, m); s != "" {
		return s
	}
	sent := r.st.Word(m.Head).Sent
	start := titleStart(m)
	for j := i - 1; j >= max(0, i-farthest); j-- {
		p := &r.st.Mentions[j]
		back := sent - r.st.Word(p.Head).Sent
		if back > 4 {
			break
		}
		switch {
		case p.Span.Start >= start || m.Title.Contains(p.Span):
		case back == 0 && p.Kind == story.Person && p.Type == story.NameMention:
			if s := r.personState(p); s != "" && !r.rivals(p, m) && (r.listed(p, m) || r.accompanied(p, m)) {
				return s
			}
		case back == 0 && p.Kind == story.Organization && p.Office.Country != "" && hasBody(p) && r.clause(p, m):
			return p.Office.Country
		case p.Code == codeOffice && sameOffice(&p.Office, &m.Office):
			if p.Office.Country != "" {
				return p.Office.Country
			}
			if s := r.ownerState(j, p); s != "" && back < 3 { // "his spokesman said ... spokesman Ivan Petrov"
				return s
			}
		}
	}
	return ""
}

// seatState is the state of the place that an office names: "Okinawa Governor".
func (r *resolver) seatState(i int, m *story.Mention) string {
	if row := r.officeRow(m.Office); row == nil || row.opts&oSub == 0 {
		return ""
	}
	for j := max(0, i-3); j < min(len(r.st.Mentions), i+3); j++ {
		if p := &r.st.Mentions[j]; p.Kind == story.Place && p.Entity != 0 && m.Title.Contains(p.Span) {
			return r.st.Entity(p.Entity).Country
		}
	}
	return ""
}

// sameOffice reports whether two titles are of one office, whosoever.
func sameOffice(a, b *story.Office) bool {
	return a.Function == b.Function && (single[a.Function] || a.TitleEN == b.TitleEN)
}

func hasBody(m *story.Mention) bool {
	return len(m.Code) > len(codeBody) && m.Code[:len(codeBody)] == codeBody
}

// personState is the state that a named person is known to act for so far.
func (r *resolver) personState(m *story.Mention) string {
	if m.Entity != 0 {
		if s := r.st.Entity(m.Entity).Country; s != "" {
			return s
		}
	}
	return m.Office.Country
}

// single are the offices that a state has one holder of.
var single = map[story.Function]bool{
	story.HeadOfState: true, story.HeadOfGovernment: true, story.ForeignMinister: true, story.DefenceMinister: true,
}

// rivals reports whether two mentions hold an office that one state has once.
// ("Menlu Peru Ana Silva dan Menlu Budi Santosa" are of two states.)
func (r *resolver) rivals(p, m *story.Mention) bool {
	fn := m.Office.Function
	if !single[fn] || p.Entity != 0 && p.Entity == m.Entity {
		return false
	}
	if p.Office.Function == fn && p.Office.Status == m.Office.Status {
		return true
	}
	if p.Entity != 0 {
		for _, o := range r.st.Entity(p.Entity).Offices {
			if o.Function == fn && o.Status == m.Office.Status {
				return true
			}
		}
	}
	return false
}

// titleStart is where a person's title or, without one before it, his name starts.
func titleStart(m *story.Mention) int {
	if !m.Title.Empty() {
		return min(m.Title.Start, m.Span.Start)
	}
	return m.Span.Start
}

// listed reports whether nothing but a comma or "and" stands between two of a
// list: "Duta Besar RI Nur Aini, Menteri Perdagangan Budi Santosa, dan ...".
func (r *resolver) listed(p, m *story.Mention) bool {
	at, end := max(p.Span.End, p.Title.End), titleStart(m)
	joints := 0
	for w := r.wordAfter(p, at); w != 0 && r.st.Word(w).Span.Start < end; w = r.next(w) {
		sp := r.st.Word(w).Span
		c := r.cell(r.st, w, sp.Start, sp.End)
		switch {
		case c.shape == mark && (r.st.Text[sp.Start] == ',' || r.st.Text[sp.Start] == ';'), c.class&cAnd != 0:
			joints++
		case c.class&(cDet|cFormer|cActing|cIncumbent) != 0:
		default:
			return false
		}
	}
	return joints > 0
}

// accompanied reports whether a word of company stands between two: "Petrov
// didampingi oleh Menteri Perdagangan Nur Aini".
func (r *resolver) accompanied(p, m *story.Mention) bool {
	end := titleStart(m)
	for w := r.wordAfter(p, p.Span.End); w != 0 && r.st.Word(w).Span.Start < end; w = r.next(w) {
		if r.vocab.class(r.vocab.id(r.st.Word(w).Form))&cCompany != 0 {
			return true
		}
	}
	return false
}

// wordAfter is the first word at or behind a byte offset, from a mention's head on.
func (r *resolver) wordAfter(m *story.Mention, at int) story.WordID {
	w := m.Head
	for w != 0 && r.st.Word(w).Span.Start < at {
		w = r.next(w)
	}
	return w
}

// next is the word after w in its sentence, 0 at the end.
func (r *resolver) next(w story.WordID) story.WordID {
	if w+1 >= r.st.Sent(r.st.Word(w).Sent).EndWord {
		return 0
	}
	return w + 1
}

// ownerState is the state of whose man somebody is: "Silva's spokesman, Ivan
// Petrov", "its ambassador, Li Wen", "juru bicaranya".
func (r *resolver) ownerState(i int, m *story.Mention) string {
	start := titleStart(m)
	w := m.Head
	if m.Title.Start > m.Span.End { // "Ivan Petrov, Silva's adviser,"
		start = m.Title.Start
		if at := r.wordAfter(m, start); at != 0 {
			w = at
		}
	}
	first := r.st.Sent(r.st.Word(w).Sent).FirstWord
	for w > first && r.st.Word(w).Span.Start >= start {
		w--
	}
	if r.st.Word(w).Span.Start >= start {
		return ""
	}
	for n := 0; n < 3 && w > first && r.vocab.class(r.vocab.id(r.st.Word(w).Form))&(cIncumbent|cFormer|cActing|cPoss) != 0; n++ {
		w--
	}
	const between = 4 // "Obama's former top Asia adviser"
	for k, n := w, 0; n < between && k > first; k, n = k-1, n+1 {
		if r.st.Word(k).UPOS == story.PUNCT && r.vocab.class(r.vocab.id(r.st.Word(k).Form))&cPoss == 0 || r.st.Word(k).UPOS == story.VERB {
			break
		}
		if r.vocab.class(r.vocab.id(r.st.Word(k).Form))&cPoss != 0 {
			w = k - 1
			break
		}
	}
	last := i - 1
	for start > m.Span.End && last+1 < len(r.st.Mentions) && r.st.Mentions[last+1].Span.Start < start {
		last++
	}
	for j := last; j >= max(0, i-8); j-- {
		p := &r.st.Mentions[j]
		if p.Span.End < r.st.Word(w).Span.Start {
			break
		}
		switch {
		case p.Type == story.PronounMention && p.Span.Start == r.st.Word(w).Span.Start:
			if start > m.Span.End {
				return "" // "..., and Ivan Petrov, its deputy head"
			}
			return r.lastSubjectState(i, m)
		case p.Kind == story.Person && p.Span.End == r.st.Word(w).Span.End && (r.possessed(w) || r.serves(m)):
			return r.personState(p)
		}
	}
	return ""
}

// serves reports whether an office is one of those who serve somebody, whose name
// may stand right before it: "Silva adviser Ivan Petrov".
func (r *resolver) serves(m *story.Mention) bool {
	row := r.officeRow(m.Office)
	return row != nil && row.opts&oOfHolder != 0
}

// possessed reports whether a possessive mark follows a word or ends it.
func (r *resolver) possessed(w story.WordID) bool {
	sp := r.st.Word(w).Span
	if possessive(r.st.Slice(sp)) > 0 {
		return true
	}
	n := r.next(w)
	return n != 0 && r.vocab.class(r.vocab.id(r.st.Word(n).Form))&cPoss != 0
}

// lastSubjectState is the state of the nearest subject before a mention, in its
// sentence or the one before.
func (r *resolver) lastSubjectState(i int, m *story.Mention) string {
	sent := r.st.Word(m.Head).Sent
	for j := i - 1; j >= max(0, i-farthest); j-- {
		p := &r.st.Mentions[j]
		if sent-r.st.Word(p.Head).Sent > 1 {
			break
		}
		if p.Span.Start < titleStart(m) && r.isSubject(p) {
			if s := r.mentionState(p); s != "" {
				return s
			}
		}
	}
	return ""
}

// mentionState is the state that a mention speaks of or for, "" if none.
func (r *resolver) mentionState(m *story.Mention) string {
	switch {
	case m.Kind == story.Person:
		return r.personState(m)
	case m.Kind == story.Place:
		return ""
	case m.Office.Country != "":
		return m.Office.Country
	case m.Entity != 0:
		return r.st.Entity(m.Entity).Country
	}
	return ""
}

// clause reports whether the body of mention p rules the clause of mention m:
// "The Chinese Ministry of Foreign Affairs said that the Deputy Foreign
// Minister, Deng Li, had ..."
func (r *resolver) clause(p, m *story.Mention) bool {
	w := r.st.Word(p.Head)
	return w.Rel() == "nsubj" && w.Head != 0 && r.st.Dominates(w.Head, m.Head)
}
