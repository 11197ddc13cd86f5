package entity

import (
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
	if o.Country == "" && o.Body == "" {
		return // as pointing phrase, in its turn
	}
	if id := r.holder(m, o.Function, o.Country, o.Status); id != 0 {
		m.Entity = id
		return
	}
	m.Entity = r.officeGroup(m)
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
