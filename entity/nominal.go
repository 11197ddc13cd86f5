package entity

import "kawat/story"

// nominals finds the phrases that point back and the groups.
func (f *finder) nominals() {
	for i := 0; i < len(f.cells); i++ {
		row, end := f.nominal.match(f.cells, i, len(f.cells))
		if row < 0 || f.cells[i].clitic || f.owner[i] != 0 || f.owner[end-1] != 0 || f.insideBody(i, end) {
			continue
		}
		f.nominalMention(row, i, end)
		i = end - 1
	}
}

func (f *finder) insideBody(a, b int) bool {
	for i := a; i < b; i++ {
		k := f.at[i] - 1
		if k >= 0 && f.chunks[k].kind == bodyChunk && f.chunks[k].row >= 0 && (f.chunks[k].a < a || f.chunks[k].b > b || f.chunks[k].country != "") {
			return true
		}
	}
	return false
}

func (f *finder) nominalMention(row, a, b int) {
	r := &f.tables.nominals[row]
	if r.opts == "final" && f.upper(b) {
		return
	}
	kind, country := story.Group, ""
	t := f.titleAt(a, b)
	switch r.refers {
	case "person":
		if t != nil && (t.nextB != 0 || t.known || !t.body.Empty()) {
			return
		}
		kind = story.Person
	case "government", "group":
		if t != nil && t.nextB != 0 {
			return
		}
		country = f.besideState(a, b)
		if r.refers == "government" {
			kind = story.State
		}
		if country == "" && r.refers == "group" || f.upper(a) && a > 0 && f.upper(a-1) && country == "" {
			return // "Drug Enforcement Administration"
		}
	case "state", "state-own":
		kind = story.State
	case "org", "body":
		kind = story.Organization
	}
	m := f.mention(a, b, kind, story.NominalMention, "entity/nominal", 70)
	mm := &f.out[m]
	mm.Code = r.refers
	if r.key != "" {
		mm.Code += ":" + r.key
	}
	mm.Office.Country, mm.Office.Body = country, r.sector
	if t != nil {
		f.chunks[t.chunk].used = true
		if kind == story.Person {
			mm.Office = f.officeOf(t)
		}
	}
}

// titleAt returns the title whose office word lies in cells [a, b).
func (f *finder) titleAt(a, b int) *title {
	for i := range f.titles {
		if t := &f.titles[i]; t.chunkA(f) >= a && t.chunkA(f) < b {
			return t
		}
	}
	return nil
}

// besideState returns the state that a common noun is of: "Israeli officials",
// "rakyat Rusia", "the government of Peru", "China's government".
func (f *finder) besideState(a, b int) string {
	if k := f.chunkFrom(b); f.isState(k) && f.stateAfter {
		return f.chunks[k].country
	}
	i := a
	for n := 0; n < 3 && i > 0; n++ {
		if k := f.chunkTo(i); f.isState(k) && !f.stateAfter {
			return f.chunks[k].country
		}
		if f.is(i-1, cPoss) {
			if k := f.chunkTo(i - 1); f.isState(k) {
				return f.chunks[k].country
			}
		}
		if f.cells[i-1].shape == mark || f.is(i-1, cDet) {
			break
		}
		i--
	}
	if f.is(b, cOf) && !f.is(b, cHost) || f.is(b, cOf) && f.form(b) != "to" {
		j := b + 1
		if f.is(j, cDet) {
			j++
		}
		if k := f.chunkFrom(j); f.isState(k) {
			return f.chunks[k].country
		}
	}
	return ""
}

// pronouns makes the mentions of pronouns.
func (f *finder) pronouns() {
	for i := range f.cells {
		row, end := f.pronoun.match(f.cells, i, len(f.cells))
		if row < 0 || f.owner[i] != 0 {
			continue
		}
		if c, to := f.courtesy.match(f.cells, i, len(f.cells)); c >= 0 && (to > end || f.cells[i].shape == capitals) {
			continue // "His Royal Highness", "HE" and not "He"
		}
		p := &f.tables.pronouns[row]
		w := f.st.Word(f.cells[i].word)
		if !p.plain && w.UPOS != story.PRON && w.UPOS != story.DET && !(w.UPOS == story.NoPOS) {
			continue
		}
		if f.cells[i].clitic && w.UPOS == story.DET && w.Rel() == "det" { // "-nya" that only makes definite
			continue
		}
		m := f.mention(i, end, story.NoKind, story.PronounMention, "entity/pronoun", 60)
		f.out[m].Code = p.who
	}
}
