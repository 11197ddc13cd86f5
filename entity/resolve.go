package entity

import (
	"sort"

	"kawat/lang"
	"kawat/story"
	"kawat/world"
)

// resolver is the work of linking one story's mentions. It is made anew for
// each.
type resolver struct {
	*Stage
	st        *story.Story
	day       string
	home      string          // the state where publisher and dateline agree, "" if unknown
	publisher string          // the publisher's state, "" if unknown or none
	inHouses  map[string]bool // states whose parliaments the story speaks of; see houses
	frame     []string        // states that a bare office may be of; see frames
	share     map[string]int  // how often the story speaks of each state
	total     int
	byRef     map[string]story.EntityID // entities by reference
	people    []*cluster
	officials int                      // how many of them act for somebody
	gender    map[story.EntityID]byte  // 'm', 'f'
	called    map[story.EntityID]byte  // the same as pronouns tell
	held      map[string]bool          // offices that the world knows the holder of
	source    map[story.MentionID]bool // mentions that name the speaker of a quotation
	inQuote   []story.QuotationID      // by mention: the direct quotation that holds it
	seen      []sight
	parts     []int // sentence -> paragraph
}

// Resolve makes the entities of a story and links the mentions: names first,
// offices next, then what points back outside direct speech in the order of the
// text, then what stands inside it.
func (s *Stage) Resolve(st *story.Story) error {
	r := &resolver{
		Stage: s, st: st, day: dayOf(st), byRef: map[string]story.EntityID{}, gender: map[story.EntityID]byte{},
		called: map[story.EntityID]byte{},
		held:   map[string]bool{},
	}
	r.home, r.publisher = s.homeOf(st), s.publisherState(st)
	r.quoted()
	r.initials()
	r.names()
	r.apposed()
	r.predicated()
	r.persons()
	r.offices()
	r.sweep(false)
	r.sweep(true)
	st.Give(story.LayerEntities)
	return nil
}

// homeOf is the state in which an office without a state is one: that of the
// publisher, unless the dateline says another.
func (s *Stage) homeOf(st *story.Story) string {
	home, ok := s.homes[world.Fold(st.Publisher)]
	if !ok {
		home = s.domainState(st.URL)
	}
	switch at := st.Dateline.Country; {
	case at == "" || at == home:
		return home
	case home == "" && st.Publisher == "":
		return at
	}
	return ""
}

func (s *Stage) loadHomes(pack *lang.Pack) error {
	t, err := pack.Table("homes.tsv")
	if err != nil {
		return err
	}
	s.homes = make(map[string]string, len(t.Rows))
	for _, r := range t.Rows {
		_, state := s.world.State(r.Get("country"))
		if _, org := s.world.Org(r.Get("country")); !state && !org {
			return r.Errorf("the world has no state or organization %q", r.Get("country"))
		}
		s.homes[world.Fold(r.Get("publisher"))] = r.Get("country")
	}
	return nil
}

// quoted finds for each mention the direct speech that it stands in.
func (r *resolver) quoted() {
	r.inQuote = make([]story.QuotationID, len(r.st.Mentions))
	r.source = make(map[story.MentionID]bool, len(r.st.Quotations))
	for q := range r.st.Quotations {
		quote := &r.st.Quotations[q]
		if w := quote.SourceWord; w != 0 && r.st.Word(w).Mention != 0 {
			r.source[r.st.Word(w).Mention] = true
		}
		for _, sp := range quote.Content {
			first := sort.Search(len(r.st.Mentions), func(i int) bool { return r.st.Mentions[i].Span.Start >= sp.Start })
			for i := first; i < len(r.st.Mentions) && r.st.Mentions[i].Span.Start < sp.End; i++ {
				if sp.Contains(r.st.Mentions[i].Span) && (quote.Kind != story.Indirect || r.st.Mentions[i].Code == "1sg" || r.st.Mentions[i].Code == "1pl") {
					r.inQuote[i] = story.QuotationID(q + 1)
				}
			}
		}
	}
	r.parts = make([]int, len(r.st.Sents)+1)
	for i := range r.st.Sents {
		if p := r.st.Sents[i].Part; p < len(r.st.Parts) {
			r.parts[i+1] = r.st.Parts[p].Para
		}
	}
}

// entity returns the entity of a reference, made by fill if it is new.
func (r *resolver) entity(ref string, m *story.Mention, fill func(*story.Entity)) story.EntityID {
	if id, ok := r.byRef[ref]; ok {
		return id
	}
	e := story.Entity{Ref: ref, Kind: m.Kind, Name: r.st.Slice(m.Span)}
	e.Evidence = story.Evidence{Spans: []story.Span{m.Span}, By: m.By, Score: m.Score}
	fill(&e)
	id := r.st.AddEntity(e)
	r.byRef[ref] = id
	return id
}

// names links what the tables know: states, organizations, places, bodies; and
// the other names by their words.
func (r *resolver) names() {
	for i := range r.st.Mentions {
		m := &r.st.Mentions[i]
		if m.Kind == story.Person || m.Type == story.PronounMention {
			continue
		}
		switch {
		case isNominalCode(m.Code):
		case len(m.Code) >= len(codeBody) && m.Code[:len(codeBody)] == codeBody:
			r.bodyName(i)
		case m.Code != "" && m.Type != story.NominalMention:
			m.Entity = r.tableName(m)
		case m.Type == story.NameMention || m.Type == story.NestedMention:
			r.freeName(i)
		}
	}
}

// isNominalCode reports whether a code is one of pointing phrases.
func isNominalCode(code string) bool {
	switch code {
	case codeOffice, codeOffices, codeCounterpart:
		return true
	}
	return refers[nominalRefers(code)]
}

func nominalRefers(code string) string {
	for i := 0; i < len(code); i++ {
		if code[i] == ':' {
			return code[:i]
		}
	}
	return code
}

func nominalKey(code string) string {
	for i := 0; i < len(code); i++ {
		if code[i] == ':' {
			return code[i+1:]
		}
	}
	return ""
}

// tableName links a name of the gazetteer.
func (r *resolver) tableName(m *story.Mention) story.EntityID {
	switch m.Kind {
	case story.State:
		return r.state(m.Code, m)
	case story.Organization:
		org, ok := r.world.Org(m.Code)
		if !ok {
			return 0
		}
		return r.entity("org:"+m.Code, m, func(e *story.Entity) {
			e.NameEN, e.CAMEO, e.Country, e.Sector = org.NameEN, org.CAMEO, org.Country3, orgSector(org)
		})
	case story.Place:
		p, ok := r.world.Place(m.Code)
		if !ok {
			return 0
		}
		return r.entity("place:"+m.Code, m, func(e *story.Entity) {
			e.NameEN, e.Country, e.Lat, e.Lon = p.NameEN, p.Country, p.Lat, p.Lon
		})
	}
	return 0
}

func orgSector(o world.Org) string {
	switch o.Kind {
	case world.Armed:
		return "REB"
	case world.NGO:
		return "NGO"
	case world.Movement:
		return "PTY"
	}
	return "IGO"
}

// state returns the entity of a state by its code; m is the mention that calls
// for it.
func (r *resolver) state(code string, m *story.Mention) story.EntityID {
	s, ok := r.world.State(code)
	if !ok {
		if org, ok := r.world.Org(code); ok {
			return r.entity("org:"+code, m, func(e *story.Entity) {
				e.Kind, e.NameEN, e.CAMEO, e.Country, e.Sector = story.Organization, org.NameEN, org.CAMEO, org.Country3, orgSector(org)
				if e.Name = org.NameEN; m.Code == code {
					e.Name = r.st.Slice(m.Span)
				}
			})
		}
		return 0
	}
	id := r.entity("state:"+code, m, func(e *story.Entity) {
		e.Kind, e.NameEN, e.Country, e.CAMEO, e.Sector = story.State, s.NameEN, s.ISO3, s.CAMEO, "GOV"
		e.Lat, e.Lon = s.Lat, s.Lon
		e.Name = s.NameEN
	})
	// "Russian" and "Kremlin" lend no name while "Russia" is there.
	e := r.st.Entity(id)
	if m.Code == code && m.Type != story.AdjectiveMention && (e.Name == e.NameEN || len(e.Name) < 3) && r.plainName(m) {
		e.Name = r.st.Slice(m.Span)
	}
	return id
}

// plainName reports whether a state's mention is its name and not a metonym.
func (r *resolver) plainName(m *story.Mention) bool {
	n, ok := r.gaz.Lookup(r.st.Slice(m.Span))
	return ok && n.Form == lang.FormName
}

// bodyName links a ministry, a house, an army: by state and key where both are
// known, else by its words.
func (r *resolver) bodyName(i int) {
	m := &r.st.Mentions[i]
	key := m.Code[len(codeBody):]
	country := m.Office.Country
	if _, ok := r.world.Org(key); ok {
		m.Entity = r.state(key, m)
		return
	}
	if m.Kind == story.Place {
		r.freeName(i)
		return
	}
	if country == "" {
		country = r.bodyCountry(i, key)
	}
	ref := "org:" + country + "/" + key
	switch key {
	case "ministry", "department", "bank", "party", "university", "company", "court", "council", "commission", "committee", "agency",
		"institution", "organization", "association", "union", "federation", "foundation", "office", "directorate", "police", "province",
		"district", "city", "hospital", "group", "movement", "militia", "front", "coalition", "institute", "college", "school", "assembly",
		"chamber", "team", "center", "forum", "alliance", "authority", "news-agency", "embassy", "consulate", "mission":
		ref = "org:" + country + "/" + slug(r.st.Slice(m.Span))
	}
	if country == "" {
		ref = "org:" + slug(r.st.Slice(m.Span))
	}
	sector, en := m.Office.Body, m.Office.TitleEN
	m.Entity = r.entity(ref, m, func(e *story.Entity) {
		e.Kind, e.Country, e.Sector = story.Organization, country, sector
		e.CAMEO = r.cameo(country, sector)
		if en != "" && country != "" {
			if s, ok := r.world.State(country); ok && ref == "org:"+country+"/"+key {
				e.NameEN = en + " of " + s.NameEN
			}
		}
	})
	r.alias(i)
}

// bodyCountry settles whose a body without a state is: that of the same body
// with a state before it, else the home state's.
func (r *resolver) bodyCountry(i int, key string) string {
	for j := i - 1; j >= max(0, i-farthest); j-- {
		if m := &r.st.Mentions[j]; m.Code == codeBody+key && m.Office.Country != "" {
			return m.Office.Country
		}
	}
	// "The government has appealed, the Foreign Ministry said. The Libyan Foreign
	// Ministry has begun ...": one that the story names further on.
	later := ""
	for j := i + 1; j < min(len(r.st.Mentions), i+farthest); j++ {
		if m := &r.st.Mentions[j]; m.Code == codeBody+key && m.Office.Country != "" {
			if later != "" && later != m.Office.Country {
				later = ""
				break
			}
			later = m.Office.Country
		}
	}
	if later != "" {
		return later
	}
	switch key {
	case "foreign-ministry", "defence-ministry", "finance-ministry", "parliament", "armed-forces", "army", "navy", "air-force", "presidency",
		"prime-ministry", "supreme-court", "central-bank", "ministry", "senate", "police", "trade-ministry", "home-ministry", "health-ministry":
		return r.home
	}
	return ""
}

// freeName links a name that no table knows by its folded words.
func (r *resolver) freeName(i int) {
	m := &r.st.Mentions[i]
	if m.Entity != 0 {
		return
	}
	prefix := "org:"
	if m.Kind == story.Place {
		prefix = "place:"
	}
	m.Entity = r.entity(prefix+slug(r.st.Slice(m.Span)), m, func(*story.Entity) {})
	r.alias(i)
}

// alias makes an abbreviation in parentheses the same as the name before it:
// "International Atomic Energy Agency (IAEA)", for the rest of the story.
func (r *resolver) alias(i int) {
	if i+1 >= len(r.st.Mentions) {
		return
	}
	m, next := &r.st.Mentions[i], &r.st.Mentions[i+1]
	for j := i + 1; j < len(r.st.Mentions) && m.Span.Contains(r.st.Mentions[j].Span); j++ {
		if j+1 < len(r.st.Mentions) {
			next = &r.st.Mentions[j+1]
		}
	}
	gap := story.Span{Start: m.Span.End, End: next.Span.Start}
	if gap.Len() < 1 || gap.Len() > 2 || r.st.Text[gap.End-1] != '(' || next.Span.End >= len(r.st.Text) || r.st.Text[next.Span.End] != ')' {
		return
	}
	if next.Kind != m.Kind || next.Type != story.NameMention {
		return
	}
	if next.Code != "" && next.Code[0] != codeBody[0] {
		if id := r.tableName(next); id != 0 { // the abbreviation is known, the name was not
			m.Entity, next.Entity = id, id
		}
		return
	}
	r.byRef["org:"+slug(r.st.Slice(next.Span))] = m.Entity
	next.Entity = m.Entity
}

// cameo is CAMEO's actor code of a state's sector: CHNGOV.
func (r *resolver) cameo(country, sector string) string {
	if s, ok := r.world.State(country); ok {
		if s.CAMEO == "" {
			return ""
		}
		return s.CAMEO + sector
	}
	if o, ok := r.world.Org(country); ok {
		return o.CAMEO
	}
	return sector
}

// slug is a name as part of a reference: "l-oyun-erdene".
func slug(name string) string {
	out := make([]byte, 0, len(name))
	for _, c := range []byte(world.Fold(name)) {
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c >= 0x80:
			out = append(out, c)
		case len(out) > 0 && out[len(out)-1] != '-':
			out = append(out, '-')
		}
	}
	for len(out) > 0 && out[len(out)-1] == '-' {
		out = out[:len(out)-1]
	}
	return string(out)
}
