package entity

import "kawat/story"

// appositions gives nameless titles to the name before them: "Retno Marsudi,
// Menteri Luar Negeri RI, mengatakan"; "Petrov, a Peruvian diplomat,"; "Michael
// Rowe, a former federal prosecutor and"; "Ana Silva yang juga Ketua PMI".
func (f *finder) appositions() {
	for i := range f.titles {
		t := &f.titles[i]
		if t.nextB != 0 || f.chunks[t.chunk].used || f.offices[t.row].opts&(oPlural|oRank) != 0 {
			continue
		}
		d := f.described(t)
		if d.end == 0 {
			f.namedByOffice(t)
			continue
		}
		mm := &f.out[f.owner[d.end-1]-1]
		if mm.Kind != story.Person || mm.Type != story.NameMention || mm.Office.Function != "" && !f.partyAlone(&mm.Office) {
			continue
		}
		if d.open && !f.isMark(t.b, ")") && !f.endsApposition(t.b) || !d.open && !f.endsApposition(t.b) && !f.leadsOn(&d, t) {
			continue
		}
		if d.former && t.status == story.Incumbent {
			t.status = story.Former
		}
		if mm.Office.Function != "" { // "Republican Ivan Petrov, a former judge,"
			mm.Title, mm.Office = story.Span{}, story.Office{}
		}
		f.entitle(f.owner[d.end-1]-1, t)
		t.nextB = t.b
	}
}

// namedByOffice makes a person of capitals that nobody knows, where a high office
// stands in apposition behind them: "..., Moreno, the Peruvian president, said".
func (f *finder) namedByOffice(t *title) {
	const longest = 4
	row := &f.offices[t.row]
	weak := row.opts&oWeak != 0
	if !t.known && t.body.Empty() || !f.closes(t.b) || t.b >= len(f.cells) && !f.listed() {
		return
	}
	j := t.a - 1
	for f.is(j, cDet|cFormer|cActing) {
		j--
	}
	if !f.isMark(j, ",") {
		return
	}
	a := j
	for a > 0 && j-a < longest && f.upper(a-1) && f.at[a-1] == 0 && f.owner[a-1] == 0 && f.cells[a-1].class&cMonth == 0 {
		a--
	}
	if weak && (a+2 > j || !f.is(j+1, cDet) || a == 0 || f.cells[a-1].shape != lower) {
		return // but "said Ty Marlow, a White House attorney"
	}
	if a == j || f.headline || a > 0 && f.upper(a-1) || f.cells[a].span.Len() < 3 && a+1 == j || f.common(a) || f.nameEnd(a, true) != j {
		return
	}
	f.person(a, j, t, "entity/apposition", 75)
	t.nextA, t.nextB = a, j
}

// description is where a name ends that an office behind it describes.
type description struct {
	end    int  // the cell after the name, 0 if there is none
	open   bool // the office stands in parentheses
	former bool
}

// described looks left of a nameless title for the name that it describes.
func (f *finder) described(t *title) (d description) {
	const longest = 7
	holds := 0
	for j, n := t.a-1, 0; j > 0 && n < longest; j, n = j-1, n+1 {
		c := &f.cells[j]
		switch {
		case f.isMark(j, ","), f.isMark(j, "("), f.isMark(j, "–"), f.isMark(j, "—"):
			d.open = f.isMark(j, "(")
			return f.nameBefore(d, j)
		case f.owner[j] != 0:
			if holds > 0 && f.ownsPerson(j) {
				d.end = j + 1
				return d
			}
			if !f.is(j+1, cPoss) { // "Michael Rowe, Silva's lawyer,"
				return d
			}
		case c.shape == mark && !c.hyphen && c.class&cPoss == 0:
			return d
		case f.is(j, cFormer):
			d.former = true
		case f.is(j, cHolds):
			holds++
		case f.is(j-1, cPoss) && c.shape == lower: // "Ana Weber, Trump's appointed ambassador to Peru"
		case f.is(j, cDet|cIncumbent|cActing|cPoss), c.hyphen:
		case f.stateAfter, c.class&(cAt|cWith|cAnd) != 0, f.st.Word(c.word).UPOS == story.VERB, f.st.Word(c.word).UPOS == story.AUX, f.st.Word(c.word).UPOS == story.PRON:
			return d
		}
	}
	return d
}

// nameBefore settles the name before a mark at j, over an age and what stands in
// parentheses: "Susilo Bambang (SB), mantan Presiden", "Ana Silva, 51, an author".
func (f *finder) nameBefore(d description, j int) description {
	const longest = 5
	if j > 2 && f.cells[j-1].shape == number && f.isMark(j-2, ",") {
		j -= 2
	}
	if f.isMark(j-1, ")") {
		for n := 2; n <= longest && j-n > 0; n++ {
			if f.isMark(j-n, "(") {
				j -= n
				break
			}
		}
	}
	if j > 0 && f.ownsPerson(j-1) {
		d.end = j
	}
	return d
}

// partyAlone reports whether an office is no more than a party's word.
func (f *finder) partyAlone(o *story.Office) bool {
	row, ok := f.byTitle[o.TitleEN]
	return ok && f.offices[row].opts&oParty != 0
}

// leadsOn reports whether a name opens its sentence, its office follows with the
// state, and the predicate right behind it: "Ana Silva, Peru's ambassador to Japan
// called it good", where the second comma was forgotten.
func (f *finder) leadsOn(d *description, t *title) bool {
	m := &f.out[f.owner[d.end-1]-1]
	return t.known && f.isMark(d.end, ",") && f.opens(f.owner2cell(m)) && f.verbAt(t.b)
}

// owner2cell is the first cell of a mention.
func (f *finder) owner2cell(m *found) int {
	a, _ := f.cellsIn(m.Span)
	return a
}

// ownsPerson reports whether a cell is part of a person's name.
func (f *finder) ownsPerson(i int) bool {
	if f.owner[i] <= 0 {
		return false
	}
	m := &f.out[f.owner[i]-1]
	return m.Kind == story.Person && m.Type == story.NameMention
}

// endsApposition reports whether an apposition that reaches i ends there or
// goes on with what describes it ("a lawmaker in the ruling party,", "president
// of Lima-based Rio Group"). What goes on with a verb is none: "After meeting
// Petrov, the president said".
func (f *finder) endsApposition(i int) bool {
	if f.closes(i) || f.is(i, cAt|cOf|cHost|cWith|cAnd|cStop|cAlso) {
		return true
	}
	if f.stateAfter {
		return f.upper(i) && f.st.Word(f.cells[i].word).UPOS.Nominal()
	}
	if f.is(i, cPoss) {
		return false // "Ivan Petrov, the president's adviser"
	}
	if f.cells[i].hyphen {
		return true
	}
	switch f.st.Word(f.cells[i].word).UPOS {
	case story.NOUN, story.PROPN, story.ADJ, story.NUM, story.SCONJ:
		return true
	}
	return false
}

// predicated gives the offices that a clause says of a name: "Moussa Diallo has been
// Mali's president since 1990".
func (r *resolver) predicated() {
	for i := range r.st.Mentions {
		m := &r.st.Mentions[i]
		if m.Code != codeOffice {
			continue
		}
		p, finite := (*story.Mention)(nil), false
		for c := range r.st.Children(m.Head) {
			w := r.st.Word(c)
			switch w.Rel() {
			case "nsubj":
				if w.Mention != 0 {
					p = r.st.Mention(w.Mention)
				}
			case "cop":
				finite = w.Form != w.Lemma
			case "mark":
				p, finite = nil, false
			}
			if w.UPOS == story.PART {
				p = nil // "is not the president"
				break
			}
		}
		if finite && p != nil && p.Kind == story.Person && p.Type == story.NameMention && p.Office.Function == "" && p.Span.End < m.Span.Start {
			p.Title, p.Office = m.Span, m.Office
		}
	}
}

// apposed gives the offices in apposition to names that were found after them,
// when the whole story had been read: "..., Silva, Peru's envoy, said".
func (r *resolver) apposed() {
	last := -1
	for i := range r.st.Mentions {
		m := &r.st.Mentions[i]
		switch {
		case m.Kind == story.Person && m.Type == story.NameMention:
			last = i
		case m.Code == codeOffice && last >= 0:
			p := &r.st.Mentions[last]
			if p.Office.Function == "" && m.Span.Start > p.Span.End && apposed(r.st.Text, p.Span.End, m.Span.Start, m.Span.End) {
				p.Title, p.Office = m.Span, m.Office
			}
		}
	}
}
