package entity

import (
	"strings"
	"time"

	"kawat/story"
	"kawat/world"
)

// leader looks the cluster up in the world's table. Of several the one whose
// office the story names is taken; without an office there must be one only.
func (r *resolver) leader(c *cluster) {
	rows := r.world.Leader(strings.Join(c.words, " "), clock(r.day))
	if len(rows) == 0 && len(c.words) > 1 {
		// "Sergei Lavrov", where the table spells him Sergey
		for _, l := range r.world.Leader(c.words[len(c.words)-1], clock(r.day)) {
			if same(nameWords(l.Name), c.words) {
				rows = append(rows, l)
			}
		}
	}
	if len(rows) == 0 {
		rows = r.respelled(c)
	}
	if len(rows) == 0 && len(c.words) > 1 { // "King Salman bin Abdulaziz Al Saud"
		for _, l := range r.world.Leader(c.words[0], clock(r.day)) {
			if l.Function == string(story.HeadOfState) && r.holds(c, story.HeadOfState) {
				rows = append(rows, l)
			}
		}
	}
	said := false
	for _, i := range c.mentions {
		o := &r.st.Mentions[i].Office
		if o.Function == "" {
			continue
		}
		for k := range rows {
			if rows[k].Country == o.Country || o.Country == "" && rows[k].Function == string(o.Function) {
				c.leader = &rows[k]
				return
			}
		}
		said = said || o.Country != ""
	}
	if said {
		r.laterOffice(c)
		return
	}
	if len(rows) == 0 {
		return
	}
	for k := range rows {
		if rows[k].Country != rows[0].Country || rows[k].Name != rows[0].Name {
			return
		}
	}
	c.leader = &rows[0]
}

// laterOffice finds a leader of the table in an office that he has not yet, or no
// more, by its dates: stories are undated, and tables end.
func (r *resolver) laterOffice(c *cluster) {
	if len(c.words) == 1 {
		return
	}
	rows := r.world.Leader(strings.Join(c.words, " "), time.Time{})
	for _, i := range c.mentions {
		for k := range rows {
			if country := r.st.Mentions[i].Office.Country; country != "" && rows[k].Country == country {
				c.leader = &rows[k]
				return
			}
		}
	}
}

// respelled looks for a leader whose name the story spells in another way and
// whose office it gives: "Perdana Menteri Mostafa Madbouli".
func (r *resolver) respelled(c *cluster) (rows []world.Leader) {
	last := c.words[len(c.words)-1]
	for _, i := range c.mentions {
		o := &r.st.Mentions[i].Office
		if !single[o.Function] {
			continue
		}
		for k := range r.leaders {
			l := &r.leaders[k]
			if l.Function != string(o.Function) || o.Country != "" && l.Country != o.Country {
				continue
			}
			if words := nameWords(l.Name); near(world.Fold(l.Surname), last) && (len(c.words) == 1 && o.Country != "" || same(words, c.words)) {
				rows = append(rows, *l)
			}
		}
		break
	}
	return rows
}

// knownOffice takes what the world knows a person to hold on the story's day: an
// office of its own where the words give none, and which one it is where they say
// no more than "leader" ("North Korean leader Kim Jong Un").
func (r *resolver) knownOffice(e *story.Entity, l *world.Leader) {
	if len(e.Offices) == 0 {
		e.Held = story.Function(l.Function)
		return
	}
	for k := range e.Offices {
		o := &e.Offices[k]
		row := r.officeRow(*o)
		if o.Function == story.Royal && l.Function == string(story.HeadOfState) && o.Country == l.Country {
			o.Function = story.HeadOfState // "Queen Elizabeth"
			continue
		}
		if o.Function == story.OtherFunction && o.Status == story.Incumbent && o.Country == l.Country && o.Body == "" && row != nil && row.opts&oLeads != 0 && single[story.Function(l.Function)] {
			o.Function = story.Function(l.Function)
		}
	}
}

// inOffice reports whether a leader holds his office on the story's day.
func (r *resolver) inOffice(l *world.Leader) bool {
	day := r.day
	return day == "" || l.From[:min(len(day), len(l.From))] <= day[:min(len(day), len(l.From))] && (l.To == "" || l.To >= day[:min(len(day), len(l.To))])
}

// filled reports whether the world knows who holds an office of a state on the
// story's day.
func (r *resolver) filled(country string, fn story.Function) bool {
	if !single[fn] {
		return false
	}
	key := country + string(fn)
	if known, ok := r.held[key]; ok {
		return known
	}
	r.held[key] = false
	for i := range r.leaders {
		l := &r.leaders[i]
		if l.Country == country && l.Function == string(fn) && r.inOffice(l) {
			r.held[key] = true
			return true
		}
	}
	return false
}
