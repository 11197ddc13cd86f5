package entity

import (
	"strings"

	"kawat/story"
	"kawat/world"
)

// office makes the record's office of a title.
func (f *finder) officeOf(t *title) story.Office {
	row := &f.offices[t.row]
	o := story.Office{
		Title: f.st.Slice(t.text), TitleEN: row.titleEN, Function: row.function, Status: t.status,
		Country: t.country, AsOf: f.day,
	}
	if !t.body.Empty() {
		o.Body = f.st.Slice(t.body)
		f.bodySays(t, row, &o)
	}
	f.refine(t, row, &o)
	if t.deputy {
		o.TitleEN = "Deputy " + o.TitleEN
		switch o.Function {
		case story.HeadOfState, story.SecretaryGeneral, story.Ambassador, story.Spokesperson:
			o.Function = story.OtherFunction
		case story.HeadOfGovernment, story.ForeignMinister, story.DefenceMinister:
			o.Function = story.Minister
		}
	}
	switch {
	case row.opts&oWeak != 0 && private[row.sector] && o.Body == "":
		o.Country = "" // "a North Korea expert" acts for nobody
	case t.at && row.org == "":
		o.Country = "" // "vice president at Peru Research"
		if single[o.Function] {
			o.Function = story.OtherFunction
		}
	case t.local:
		o.Function = story.OtherFunction // "Ontario Premier Ana Silva"
	case o.Function == story.SecretaryGeneral && !f.international(t, row):
		o.Function = story.OtherFunction // "Sekjen PDIP", "the federation's secretary-general"
	case single[o.Function] && o.Country == "" && t.nextB <= t.b && !f.stateAfter && f.is(t.b, cOf) && !f.is(t.b+1, cDet) && f.upper(t.b+1):
		o.Function = story.OtherFunction // "president of Lima-based Rio Group"
	case !t.body.Empty() && row.org == "" && (o.Function == story.HeadOfState || o.Function == story.HeadOfGovernment):
		o.Function = story.OtherFunction // "president of the Miners Association"
	case o.Function == story.HeadOfState && o.Country == "" && t.a > 0 && f.upper(f.beforeParen(t.a)-1) && !f.opens(f.beforeParen(t.a)-1) && row.opts&(oMale|oFemale) == 0 && !f.stateAfter:
		o.Function = story.OtherFunction // "KPCC president"
	}
	return o
}

// international reports whether an office is one of an organization of states, as
// far as the words say whose it is at all.
func (f *finder) international(t *title, row *officeRow) bool {
	if row.org != "" || t.body.Empty() && t.country == "" {
		return true
	}
	if _, state := f.world.State(t.country); state {
		return false
	}
	if t.bodyAt >= 0 && f.isOrg(t.bodyAt) {
		o, _ := f.world.Org(f.chunks[t.bodyAt].name.Code)
		return o.Kind != world.NGO && o.Kind != world.Armed && o.Kind != world.Movement
	}
	return t.country != ""
}

// bodySays gives an office what the words of its body tell: the state ("Direktur
// Perlindungan WNI Kementerian Luar Negeri RI", "Kepala Bareskrim Polri"), and
// that who sits in a parliament is a legislator ("Ketua Komisi XI DPR RI").
func (f *finder) bodySays(t *title, row *officeRow, o *story.Office) {
	a, b := f.cellsIn(t.body)
	public := official[row.sector]
	for i := a; i < b; i++ {
		k := f.at[i] - 1
		if k < 0 {
			if r, _ := f.body.match(f.cells, i, b); r >= 0 && f.fitsBody(r, i, b) {
				public = public || official[f.bodies[r].sector]
				f.bodyRowSays(&f.bodies[r], row, o)
			}
			continue
		}
		c := &f.chunks[k]
		switch {
		case c.kind == bodyChunk && c.row >= 0:
			public = public || official[f.bodies[c.row].sector]
			if o.Country == "" {
				o.Country = c.country
			}
			if o.Country == "" && public {
				o.Country = f.stateInside(c)
			}
			f.bodyRowSays(&f.bodies[c.row], row, o)
		case o.Country == "" && c.kind == gazChunk && public && c.name.Kind != story.Organization:
			o.Country = c.country
		}
	}
}

// stateInside is the state whose name a body's begins with: "Sudan Transitional
// Council".
func (f *finder) stateInside(c *chunk) string {
	for k := range f.chunks {
		if g := &f.chunks[k]; g.kind == gazChunk && g.a == c.a && g.b < c.b && f.isState(k) {
			return g.country
		}
	}
	return ""
}

// bodyRowSays takes what a row of bodies.tsv knows.
func (f *finder) bodyRowSays(b *bodyRow, row *officeRow, o *story.Office) {
	if o.Country == "" {
		o.Country = b.country
	}
	if b.sector == "LEG" && o.Function == story.OtherFunction && row.sector != "PTY" && row.opts&oKin == 0 && sits[row.titleEN] {
		o.Function = story.Legislator
	}
}

// sits are the offices, by their English titles, that only members of a house
// have in it; its secretaries and spokesmen are none.
var sits = map[string]bool{
	"Chair": true, "Chairman": true, "Chairwoman": true, "Chairperson": true, "Deputy Chair": true, "Deputy Chairman": true, "Vice Chairman": true,
	"Vice Chair": true, "Member": true, "Leader": true, "Speaker": true, "President": true, "Head": true, "Deputy Speaker": true,
}

// beforeParen passes an abbreviation in parentheses before i: "Miners
// Association (MA) president".
func (f *finder) beforeParen(i int) int {
	if f.isMark(i-1, ")") && f.isMark(i-3, "(") {
		return i - 3
	}
	return i
}

// private are the sectors of those who act for no state.
var private = map[string]bool{"": true, "CVL": true, "EDU": true, "MED": true, "BUS": true}

// refine makes a general title exact: a minister's by the portfolio, a
// spokesman's by the body.
func (f *finder) refine(t *title, row *officeRow, o *story.Office) {
	if row.opts&oPortfolio == 0 || row.opts&oWeak != 0 {
		return
	}
	a, b := f.cellsIn(t.text)
	var parts []string
	for i := a; i < b; {
		if i < f.chunks[t.chunk].a || i >= f.chunks[t.chunk].b {
			if p, end := f.portfolio.match(f.cells, i, b); p >= 0 {
				if en := f.portfolios[p]; en != "" {
					parts = append(parts, en)
				}
				i = end
				continue
			}
		}
		i++
	}
	if len(parts) == 0 {
		return
	}
	o.TitleEN += " of " + strings.Join(parts, " and ")
	if row.function == story.Minister && row.titleEN == "Minister" {
		switch parts[0] {
		case "Foreign Affairs", "External Affairs":
			o.Function = story.ForeignMinister
		case "Defence", "National Defence":
			o.Function = story.DefenceMinister
		}
	}
}
