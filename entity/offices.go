package entity

import (
	"strings"

	"kawat/story"
)

// farthest bounds how many mentions back a search goes.
const farthest = 120

// offices links the offices that stand without a name: to the person whom the
// story gives the office, else to a group of its own. ("juru bicara
// Kementerian Luar Negeri China" where the story names no Mao Ning.)
func (r *resolver) offices() {
	for i := range r.st.Mentions {
		m := &r.st.Mentions[i]
		switch m.Code {
		case codeOffice:
			r.office(i, m)
		case codeOffices:
			if m.Office.Country != "" {
				m.Entity = r.officeGroup(m)
			}
		}
	}
}

func (r *resolver) office(i int, m *story.Mention) {
	o := &m.Office
	if id := r.joinedOffice(i, m); id != 0 {
		m.Entity = id
		return
	}
	if o.Country == "" && o.Body == "" {
		return // as pointing phrase, in its turn
	}
	if id := r.holder(m, o.Function, o.Country, o.Status); id != 0 {
		m.Entity = id
		r.takes(m, id)
		return
	}
	if id := r.calledSo(i, m); id != 0 {
		m.Entity = id
		r.gains(id, *o)
		return
	}
	m.Entity = r.officeGroup(m)
}

// calledSo is the person whom an office with "this" behind it means, where the
// story did not give it to anybody: "Budi Santosa menolak. Wakil Ketua Komisi VI
// DPR ini menilai ..." It is the subject of that clause, and he that of the one
// before.
func (r *resolver) calledSo(i int, m *story.Mention) story.EntityID {
	w := r.wordAfter(m, m.Span.End)
	if w == 0 || r.st.Word(w).Span.Start-m.Span.End > 1 || r.vocab.class(r.vocab.id(r.st.Word(w).Form))&cThat == 0 || !r.isSubject(m) && !r.speaks(m) {
		return 0
	}
	sent := r.st.Word(m.Head).Sent
	for j := i - 1; j >= max(0, i-farthest); j-- {
		p := &r.st.Mentions[j]
		back := sent - r.st.Word(p.Head).Sent
		if back > 2 {
			return 0
		}
		if back == 0 || p.Kind != story.Person || p.Type != story.NameMention || p.Entity == 0 || !r.isSubject(p) && !r.speaks(p) && !r.source[story.MentionID(j+1)] {
			continue
		}
		if c := r.st.Entity(p.Entity).Country; c != "" && m.Office.Country != "" && c != m.Office.Country {
			return 0
		}
		return p.Entity
	}
	return 0
}

// gains gives a person an office that the story tells after its first mention of
// him, and with it the state that he acts for.
func (r *resolver) gains(id story.EntityID, o story.Office) {
	e := r.st.Entity(id)
	if e.Kind != story.Person {
		return
	}
	r.addHeld(e, o)
	if e.Country != "" || o.Country == "" {
		return
	}
	e.Country = o.Country
	if row := r.officeRow(o); row != nil && row.sector != "" {
		e.Sector = row.sector
	}
	e.CAMEO = r.cameo(e.Country, e.Sector)
	for k := range e.Offices {
		if row := r.officeRow(e.Offices[k]); e.Offices[k].Country == "" && row != nil && official[row.sector] {
			e.Offices[k].Country = o.Country
		}
	}
	if _, name, ok := strings.Cut(e.Ref, "/"); ok {
		if ref := "person:" + e.Country + "/" + name; r.byRef[ref] == 0 {
			delete(r.byRef, e.Ref)
			e.Ref = ref
			r.byRef[ref] = id
		}
	}
}

// joinedOffice is the person who holds an office beside another one that the
// words join to it, and gives it to him: "Deputy Prime Minister and Foreign
// Minister Ivan Petrov", "Ivan Petrov, foreign minister and deputy premier,". Of
// "the president and Foreign Minister Petrov" the president is somebody else.
func (r *resolver) joinedOffice(i int, m *story.Mention) story.EntityID {
	for _, j := range [...]int{i + 1, i + 2, i - 1, i - 2} {
		if j < 0 || j >= len(r.st.Mentions) {
			continue
		}
		p := &r.st.Mentions[j]
		if p.Kind != story.Person || p.Type != story.NameMention || p.Entity == 0 || p.Title.Empty() {
			continue
		}
		var and bool
		switch {
		case p.Title.Start >= m.Span.End && p.Span.Start > p.Title.Start:
			also, only := r.joins(m.Span.End, p.Title.Start)
			and = only && (also || m.Office.Function == story.Minister && strings.HasPrefix(m.Office.TitleEN, "Deputy Prime") || r.partyPost(m, p))
		case p.Title.End <= m.Span.Start && p.Span.End <= p.Title.Start:
			_, and = r.joins(p.Title.End, m.Span.Start)
		}
		if and {
			r.addHeld(r.st.Entity(p.Entity), m.Office)
			return p.Entity
		}
	}
	return 0
}

// partyPost reports whether a party's post is joined to a minister's office as the
// second one of a man: "Commerce Minister and Freedom Party leader Ivan Petrov".
func (r *resolver) partyPost(m, p *story.Mention) bool {
	row := r.officeRow(p.Office)
	return m.Office.Function == story.Minister && shapeOf(r.st.Slice(m.Span)) == capital && p.Office.Function == story.OtherFunction && row != nil && row.opts&oWeak != 0
}

// takes gives a person whom the story names alone the office by which it goes on
// to call him: "Petrov said ... the prime minister told reporters".
func (r *resolver) takes(m *story.Mention, id story.EntityID) {
	e := r.st.Entity(id)
	o := m.Office
	if e.Kind != story.Person || e.Held == "" || e.Held != o.Function || len(e.Offices) > 0 || o.Status != story.Incumbent || o.Country != "" && o.Country != e.Country {
		return
	}
	o.Country = e.Country
	e.Offices, e.Held = append(e.Offices, o), ""
}

// joins reports whether nothing but a joint stands between two byte offsets, and
// whether it is one of offices alone ("sekaligus", "concurrently").
func (r *resolver) joins(from, to int) (also, only bool) {
	if to <= from || to-from > 24 {
		return false, false
	}
	words := strings.Fields(r.st.Text[from:to])
	if n := len(words); n > 1 && shapeOf(words[n-1]) == capitals { // "and PPRP leader"
		words = words[:n-1]
	}
	for _, w := range words {
		c := r.vocab.class(r.vocab.id(strings.Trim(w, ",")))
		if c&(cAnd|cAlso|cDet|cHolds) == 0 {
			return false, false
		}
		also = also || c&cAlso != 0 && c&cAnd == 0
	}
	return also, len(words) > 0
}

// addHeld adds an office to a person who has none of its kind.
func (r *resolver) addHeld(e *story.Entity, o story.Office) {
	for k := range e.Offices {
		if e.Offices[k].Function == o.Function && e.Offices[k].TitleEN == o.TitleEN {
			return
		}
	}
	if o.Country == "" {
		o.Country = e.Country
	}
	e.Offices = append(e.Offices, o)
}

// holder is the person of the story with an office, 0 if there is none or more
// than one.
func (r *resolver) holder(m *story.Mention, fn story.Function, country string, status story.OfficeStatus) story.EntityID {
	var got story.EntityID
	for _, c := range r.people {
		e := r.st.Entity(c.entity)
		fits := false
		for k := range e.Offices {
			o := &e.Offices[k]
			if o.Function != fn || o.Country != country || (o.Status == story.Former) != (status == story.Former) {
				continue
			}
			if fn == story.OtherFunction || fn == story.Minister || fn == story.Spokesperson || fn == story.Legislator {
				fits = fits || o.TitleEN == m.Office.TitleEN
				continue
			}
			fits = true
		}
		// A leader of the table whom the story calls by name alone.
		if len(e.Offices) == 0 && c.leader != nil && c.leader.Country == country && c.leader.Function == string(fn) && status == story.Incumbent {
			fits = true
		}
		if fits && got != 0 && got != c.entity {
			return 0
		}
		if fits {
			got = c.entity
		}
	}
	return got
}

// officeGroup is the entity of an office that nobody is named for.
func (r *resolver) officeGroup(m *story.Mention) story.EntityID {
	o := m.Office
	ref := "group:" + orDash(o.Country) + "/" + slug(o.TitleEN)
	if o.Body != "" {
		ref += "-" + slug(o.Body)
	}
	return r.entity(ref, m, func(e *story.Entity) {
		e.Kind, e.Country, e.Offices = story.Group, o.Country, []story.Office{o}
		e.Name = oneLine(e.Name)
		if row := r.officeRow(o); row != nil {
			e.Sector = row.sector
		}
		if e.Country != "" {
			e.CAMEO = r.cameo(e.Country, e.Sector)
		}
	})
}

// group is the entity of a group with a state: "Israeli officials".
func (r *resolver) group(m *story.Mention, key string) story.EntityID {
	country, sector := m.Office.Country, m.Office.Body
	if sector == "" {
		sector = "CVL"
	}
	return r.entity("group:"+orDash(country)+"/"+key, m, func(e *story.Entity) {
		e.Kind, e.Country, e.Sector, e.CAMEO = story.Group, country, sector, r.cameo(country, sector)
		if m.Type == story.NominalMention && key != "people" {
			e.Name = oneLine(r.st.Slice(m.Span))
		}
	})
}
