package entity

import (
	"slices"
	"strings"

	"kawat/story"
	"kawat/world"
)

// make makes the entity of a cluster: its fullest name, its offices, the state
// that it acts for.
func (r *resolver) make(c *cluster) {
	first := &r.st.Mentions[c.mentions[0]]
	r.leader(c)
	c.said = r.saidState(c)
	e := story.Entity{Kind: story.Person}
	e.Evidence = story.Evidence{Spans: []story.Span{first.Span}, By: first.By, Score: first.Score}
	words := 0
	for _, i := range c.mentions {
		m := &r.st.Mentions[i]
		if name := r.st.Slice(m.Span); len(nameWords(name)) > words || !shouted(name) && shouted(e.Name) && len(nameWords(name)) == words {
			e.Name, words = oneLine(name), len(nameWords(name))
		}
		e.Score = max(e.Score, m.Score)
		if m.Office.Function != "" {
			r.addOffice(&e, c, i)
		}
	}
	r.actsFor(&e, c)
	home := e.Country
	if c.leader != nil {
		home = r.world.Home(c.leader)
		if c.leader.Name != e.Name {
			e.NameEN = c.leader.Name
		}
	}
	e.Ref = "person:" + orDash(home) + "/" + r.personSlug(c, home)
	for n := 2; r.byRef[e.Ref] != 0; n++ {
		e.Ref += "-" + string(rune('0'+min(n, 9)))
	}
	id := r.st.AddEntity(e)
	r.byRef[e.Ref] = id
	c.entity = id
	if e.Country != "" {
		r.officials++
	}
	for _, i := range c.mentions {
		r.st.Mentions[i].Entity = id
	}
	r.sexOf(id, c)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// personSlug is the family's name, then the others: that of the table, the first
// word where a state's names begin with it, else the last. By which word the story
// calls somebody alone does not count, since another story may not.
func (r *resolver) personSlug(c *cluster, home string) string {
	words := c.words
	var surname string
	switch st, _ := r.world.State(home); {
	case c.leader != nil:
		words, surname = nameWords(c.leader.Name), world.Fold(c.leader.Surname)
	case st.FamilyFirst:
		surname = words[0]
	case suffix(words) != "" && len(words) > 1:
		surname = words[len(words)-2]
	default:
		surname = words[len(words)-1]
	}
	out := slug(surname)
	parts := nameWords(surname)
	for _, w := range words {
		if !slices.Contains(parts, w) {
			out += "-" + slug(w)
		}
	}
	return out
}

func shouted(s string) bool { return s != "" && strings.ToUpper(s) == s }

func oneLine(s string) string {
	if strings.ContainsAny(s, "\n\t") || strings.Contains(s, "  ") {
		return strings.Join(strings.Fields(s), " ")
	}
	return s
}

// addOffice adds the office of mention i to the person, once.
func (r *resolver) addOffice(e *story.Entity, c *cluster, i int) {
	m := &r.st.Mentions[i]
	if row := r.officeRow(m.Office); row != nil && row.opts&oCounterpart != 0 {
		r.likeOther(i, m)
	}
	o := m.Office
	if o.Country == "" {
		o.Country = r.officeState(c, i)
		m.Office.Country = o.Country
	}
	for k := range e.Offices {
		p := &e.Offices[k]
		if p.Function != o.Function || p.Status != o.Status || p.Country != o.Country && p.Country != "" && o.Country != "" {
			continue
		}
		if o.Function == story.OtherFunction || o.Function == story.Minister {
			if !strings.EqualFold(p.TitleEN, o.TitleEN) && !strings.Contains(p.TitleEN, o.TitleEN) && !strings.Contains(o.TitleEN, p.TitleEN) {
				continue
			}
		}
		if p.Country == "" {
			p.Country = o.Country
		}
		if p.Body == "" {
			p.Body = o.Body
		}
		if len(o.TitleEN) > len(p.TitleEN) {
			p.Title, p.TitleEN = o.Title, o.TitleEN
		}
		return
	}
	e.Offices = append(e.Offices, o)
}

// likeOther gives a counterpart the office of whom he is one of: "Silva met her
// Peruvian counterpart, Ivan Petrov".
func (r *resolver) likeOther(i int, m *story.Mention) {
	sent := r.st.Word(m.Head).Sent
	for j := i - 1; j >= max(0, i-farthest); j-- {
		p := &r.st.Mentions[j]
		if sent-r.st.Word(p.Head).Sent > 2 {
			return
		}
		if p.Kind != story.Person || p.Entity == 0 || p.Type != story.NameMention {
			continue
		}
		for _, o := range r.st.Entity(p.Entity).Offices {
			if o.Status != story.Former && o.Country != m.Office.Country && o.Function != story.OtherFunction {
				m.Office.Function, m.Office.TitleEN = o.Function, o.TitleEN
				return
			}
		}
	}
}

// officeRow finds the row of a title again.
func (r *resolver) officeRow(o story.Office) *officeRow {
	if i, ok := r.byTitle[strings.ToLower(o.Title)]; ok {
		return &r.Stage.offices[i]
	}
	if i, ok := r.byTitle[o.TitleEN]; ok {
		return &r.Stage.offices[i]
	}
	base, _, cut := strings.Cut(o.TitleEN, " of ")
	if deputy, ok := strings.CutPrefix(base, "Deputy "); ok {
		base, cut = deputy, true
	}
	if cut {
		if i, ok := r.byTitle[base]; ok {
			return &r.Stage.offices[i]
		}
	}
	return nil
}

// actsFor settles the state and the sector of a person.
func (r *resolver) actsFor(e *story.Entity, c *cluster) {
	var from *story.Office
	for k := range e.Offices {
		o := &e.Offices[k]
		if o.Country != "" && (from == nil || from.Status == story.Former && o.Status != story.Former) {
			from = o
		}
	}
	for k := range e.Offices {
		if o := &e.Offices[k]; o.Function == story.SecretaryGeneral && o.Country == "" && c.leader == nil {
			o.Function = story.OtherFunction // a party's: "Secretary General Ana Silva"
		}
	}
	switch {
	case from != nil:
		e.Country = from.Country
	case c.leader != nil:
		e.Country = c.leader.Country
	}
	if c.leader != nil && r.inOffice(c.leader) {
		r.knownOffice(e, c.leader)
	}
	for k := range e.Offices {
		if row := r.officeRow(e.Offices[k]); row != nil && row.sector != "" {
			e.Sector = row.sector
			break
		}
	}
	if len(e.Offices) == 0 && c.leader != nil && c.leader.Country != "" {
		e.Sector = "GOV"
	}
	if e.Sector == "" && e.Country != "" {
		e.Sector = "GOV"
	}
	if e.Country != "" {
		e.CAMEO = r.cameo(e.Country, e.Sector)
	}
}

// sexOf notes what titles and honorifics say: "Ibu", "King", "spokeswoman".
func (r *resolver) sexOf(id story.EntityID, c *cluster) {
	for _, i := range c.mentions {
		m := &r.st.Mentions[i]
		row := r.officeRow(m.Office)
		switch {
		case m.Office.Function == "" || row == nil:
		case row.opts&oMale != 0:
			r.gender[id] = 'm'
		case row.opts&oFemale != 0:
			r.gender[id] = 'f'
		}
		if g := r.courtesyBefore(m.Head, m.Span.Start); g != 0 {
			r.gender[id] = g
		}
	}
}

// courtesyBefore returns the gender of the honorific before a name, 0 if none.
func (r *resolver) courtesyBefore(head story.WordID, start int) byte {
	sent := r.st.Sent(r.st.Word(head).Sent)
	w := head
	for w > sent.FirstWord && r.st.Word(w).Span.Start >= start {
		w--
	}
	if r.st.Word(w).Span.Start >= start {
		return 0
	}
	c := []cell{r.cell(r.st, w, r.st.Word(w).Span.Start, r.st.Word(w).Span.End)}
	if row, _ := r.courtesy.match(c, 0, 1); row >= 0 && r.courtesies[row].gender != "" {
		return r.courtesies[row].gender[0]
	}
	return 0
}

// saidState is the state that the words of some mention give a person, that of
// a present office before that of a former one.
func (r *resolver) saidState(c *cluster) string {
	former := ""
	for _, i := range c.mentions {
		switch o := &r.st.Mentions[i].Office; {
		case o.Country == "":
		case o.Status != story.Former:
			return o.Country
		case former == "":
			former = o.Country
		}
	}
	return former
}

// holds reports whether the words give a cluster an office.
func (r *resolver) holds(c *cluster, fn story.Function) bool {
	for _, i := range c.mentions {
		if r.st.Mentions[i].Office.Function == fn {
			return true
		}
	}
	return false
}
