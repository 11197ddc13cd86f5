package entity

import (
	"slices"
	"strings"

	"kawat/story"
)

// sight is one linked mention as the search for antecedents sees it.
type sight struct {
	mention int
	entity  story.EntityID
	sent    story.SentID
	kind    story.EntityKind
	subject bool // of the sentence's main clause or of a reporting verb
	speaks  bool // the source of a quotation
	quoted  bool // inside direct speech
	plural  bool
}

// sweep links pointing phrases and pronouns in the order of the text, outside
// direct speech or inside it. What it links becomes an antecedent itself.
func (r *resolver) sweep(inside bool) {
	r.seen = r.seen[:0]
	for i := range r.st.Mentions {
		m := &r.st.Mentions[i]
		quoted := r.inQuote[i] != 0
		if quoted == inside && m.Entity == 0 {
			r.point(i, m)
		}
		// Inside direct speech everything before counts; outside of it only
		// what the desk says, but for names, which are said to be heard.
		if m.Entity != 0 && (!quoted || inside || m.Type == story.NameMention) {
			r.see(i, m)
		}
	}
}

func (r *resolver) see(i int, m *story.Mention) {
	w := r.st.Word(m.Head)
	kind := r.st.Entity(m.Entity).Kind
	speaks := r.source[story.MentionID(i+1)]
	r.seen = append(r.seen, sight{
		mention: i, entity: m.Entity, sent: w.Sent, kind: kind, subject: speaks || r.isSubject(m), speaks: speaks, quoted: r.inQuote[i] != 0,
		plural: len(m.Also) > 0 || kind == story.Group && m.Code != codeOffice && !(speaks && r.oneOfGroup(m)),
	})
}

// oneOfGroup reports whether a mention is a single one of a group: "a Peruvian
// official said".
func (r *resolver) oneOfGroup(m *story.Mention) bool {
	return m.Type == story.NominalMention && strings.Contains(r.st.Word(m.Head).Feats, "Number=Sing")
}

// isSubject reports whether a mention is the subject of a clause that is no
// mere modifier of a noun. A title's head counts for its name.
func (r *resolver) isSubject(m *story.Mention) bool {
	return m.Type != story.NestedMention && m.Type != story.AdjectiveMention && r.st.Word(r.top(m)).Rel() == "nsubj"
}

// partOf reports whether a word belongs to a mention or its title.
func (r *resolver) partOf(w story.WordID, m *story.Mention) bool {
	sp := r.st.Word(w).Span
	return m.Span.Contains(sp) || m.Title.Contains(sp)
}

// point links one mention that names nobody itself.
func (r *resolver) point(i int, m *story.Mention) {
	if m.Type == story.PronounMention {
		r.pronoun(i, m)
		return
	}
	switch key := nominalKey(m.Code); nominalRefers(m.Code) {
	case "pair-states", "pair-sides":
		r.set(m, r.pairStates(i))
	case "pair-persons":
		r.set(m, r.pairPersons(i, key))
	case "state":
		r.set1(m, r.lastState(key))
	case "state-own":
		r.set1(m, r.ownState(i, m))
	case "government":
		r.government(i, m)
	case "group":
		if m.Office.Country != "" || key == "people" {
			m.Entity = r.group(m, key)
		}
	case "person":
		if r.set1(m, r.lastPerson(i, key, m)); m.Entity != 0 {
			r.takes(m, m.Entity)
		}
	case "org":
		r.set1(m, r.lastOrg(i, ""))
	case "body":
		r.set1(m, r.lastOrg(i, key))
	case codeOffice:
		if r.definite(m) {
			if r.set1(m, r.lastPerson(i, string(m.Office.Function), m)); m.Entity != 0 {
				r.takes(m, m.Entity)
			}
		}
	case codeCounterpart:
		r.counterpart(i, m)
	}
}

func (r *resolver) set1(m *story.Mention, id story.EntityID) { m.Entity = id }

func (r *resolver) set(m *story.Mention, ids []story.EntityID) {
	if len(ids) == 0 {
		return
	}
	m.Entity, m.Also = ids[0], slices.Clone(ids[1:])
}

// definite reports whether an office without state means somebody in
// particular: "the minister", "Presiden menolak", and not "pemilihan presiden".
func (r *resolver) definite(m *story.Mention) bool {
	w := r.st.Word(m.Head)
	switch w.Rel() {
	case "nsubj", "obj", "obl", "iobj", "root", "nmod", "parataxis":
	default:
		return false
	}
	if shapeOf(r.st.Slice(m.Span)) != lower {
		return true
	}
	determined := func(w story.WordID) bool {
		return r.vocab.class(r.vocab.id(r.st.Word(w).Form))&(cThat|cDet) != 0
	}
	for c := range r.st.Children(m.Head) {
		if determined(c) {
			return true
		}
	}
	first, _ := r.st.WordsIn(m.Span)
	return first > r.st.Sent(r.st.Word(first).Sent).FirstWord && determined(first-1) // "sang raja"
}

// fits classes of persons by the key of a pointing phrase.
func (r *resolver) fits(e *story.Entity, key string) bool {
	if key == "any" || key == "" {
		return true
	}
	leads := func(fn story.Function) bool {
		for k := range e.Offices {
			if e.Offices[k].Function == fn {
				return true
			}
		}
		return e.Held == fn
	}
	switch key {
	case "president":
		return leads(story.HeadOfState)
	case "premier":
		return leads(story.HeadOfGovernment)
	case "foreign":
		return leads(story.ForeignMinister)
	case "minister":
		return leads(story.ForeignMinister) || leads(story.DefenceMinister) || leads(story.Minister)
	case "diplomat":
		return leads(story.Ambassador) || leads(story.ForeignMinister) || leads(story.Envoy) || leads(story.Spokesperson) || leads(story.OtherFunction) && e.Sector == "GOV"
	case "leader":
		return leads(story.HeadOfState) || leads(story.HeadOfGovernment) || leads(story.OtherFunction) || leads(story.Royal)
	case "official":
		return len(e.Offices) > 0 && !leads(story.HeadOfState) && !leads(story.HeadOfGovernment) && !leads(story.Royal)
	case "politician", "senator":
		return leads(story.Legislator) || leads(story.OtherFunction)
	}
	return leads(story.Function(key))
}

// lastPerson is the last person before mention i who fits, within a few
// sentences for one of no office. An office in the same breath twice is two
// people, so the sentence's own candidates come last of equals.
func (r *resolver) lastPerson(i int, key string, m *story.Mention) story.EntityID {
	here := r.st.Word(m.Head).Sent
	noun := r.st.Word(m.Head).Form
	from, group := -1, story.EntityID(0)
	if m.Office.Country == "" && m.Office.Body == "" {
		from, group = r.unnamed(m, noun)
	}
	for k := len(r.seen) - 1; k >= 0; k-- {
		s := &r.seen[k]
		e := r.st.Entity(s.entity)
		if s.kind != story.Person && !(s.kind == story.Group && len(e.Offices) > 0) || !r.fits(e, key) {
			continue
		}
		if from >= 0 && (!called(e, noun) || r.st.Mentions[s.mention].Span.Start < from) {
			continue
		}
		if here-s.sent > 6 && (key == "any" || key == "official") || s.sent == here && r.together(s, m) {
			continue
		}
		return s.entity
	}
	return group
}

// unnamed returns where somebody without a name who is called by the same noun spoke
// in the sentences before a phrase that points back, -1 if nobody did, and the entity
// of such a one if there is any: after "one official said", "the official" is not the
// minister.
func (r *resolver) unnamed(m *story.Mention, noun string) (int, story.EntityID) {
	here := r.st.Word(m.Head).Sent
	for k := len(r.st.Quotations) - 1; k >= 0; k-- {
		w := r.st.Quotations[k].SourceWord
		if w == 0 || r.st.Word(w).Span.Start >= m.Span.Start || here-r.st.Word(w).Sent > unnamedReach || !strings.EqualFold(r.st.Word(w).Form, noun) {
			continue
		}
		id := r.st.Word(w).Mention
		if id == 0 {
			return r.st.Word(w).Span.Start, 0
		}
		if o := r.st.Mention(id); o.Type != story.NameMention && !o.Span.Overlaps(m.Span) && (o.Entity == 0 || r.st.Entity(o.Entity).Kind != story.Person) {
			return r.st.Word(w).Span.Start, o.Entity
		}
	}
	return -1, 0
}

// unnamedReach is how many sentences back somebody without a name is remembered.
const unnamedReach = 8

// called reports whether a noun is one of the words of an office of an entity.
func called(e *story.Entity, noun string) bool {
	return slices.ContainsFunc(e.Offices, func(o story.Office) bool {
		return strings.Contains(strings.ToLower(o.Title), strings.ToLower(noun))
	})
}

// together reports whether an antecedent is an argument of the same verb, or
// joined to the mention, so that it cannot be the same one.
func (r *resolver) together(s *sight, m *story.Mention) bool {
	a := r.top(&r.st.Mentions[s.mention])
	b := r.top(m)
	wa, wb := r.st.Word(a), r.st.Word(b)
	if wa.Head != 0 && wa.Head == wb.Head && isArgument(wa) && isArgument(wb) {
		return true
	}
	return wb.Rel() == "conj" && wb.Head == a || wa.Rel() == "conj" && wa.Head == b
}

// top is the head word of a mention with its title.
func (r *resolver) top(m *story.Mention) story.WordID {
	head := m.Head
	for n := 0; n < 8; n++ {
		up := r.st.Word(head).Head
		if up == 0 || !r.partOf(up, m) {
			break
		}
		head = up
	}
	return head
}

func isArgument(w *story.Word) bool {
	switch w.Rel() {
	case "nsubj", "obj", "iobj", "obl":
		return true
	}
	return false
}

func (r *resolver) lastOrg(i int, key string) story.EntityID {
	for k := len(r.seen) - 1; k >= 0; k-- {
		s := &r.seen[k]
		if s.kind != story.Organization {
			continue
		}
		if key != "" && !bodyFits(r.st.Mentions[s.mention].Code, key) {
			continue
		}
		return s.entity
	}
	return 0
}

func bodyFits(code, key string) bool {
	if len(code) <= len(codeBody) || code[:len(codeBody)] != codeBody {
		return false
	}
	have := code[len(codeBody):]
	switch key {
	case "ministry":
		return have == "ministry" || have == "department" || len(have) > 9 && have[len(have)-9:] == "-ministry"
	case "embassy":
		return have == "embassy" || have == "consulate" || have == "mission"
	}
	return have == key
}

// lastState is the state that "that country" means: the last one named; with the
// name of a continent ("the European country"), the last one that lies there.
func (r *resolver) lastState(continent string) story.EntityID {
	for k := len(r.seen) - 1; k >= 0; k-- {
		if s := &r.seen[k]; s.kind == story.State && r.lies(r.st.Entity(s.entity).Country, continent) {
			return s.entity
		}
	}
	return 0
}

// continents are ranges of the state numbers of the Correlates of War, which go
// by region. The Middle East counts as Asia too.
var continents = map[string][2]int{
	"america": {1, 199}, "europe": {200, 399}, "africa": {400, 629}, "middle-east": {630, 699}, "asia": {630, 899}, "oceania": {900, 999},
}

func (r *resolver) lies(country, continent string) bool {
	if continent == "" {
		return true
	}
	if continent[0] < 'a' { // "the Nordic country": a list of states
		return slices.Contains(strings.Fields(continent), country)
	}
	s, ok := r.world.State(country)
	span := continents[continent]
	return ok && span[0] <= s.COW && s.COW <= span[1]
}

// ownState is the state of the person who is subject before: "negaranya".
func (r *resolver) ownState(i int, m *story.Mention) story.EntityID {
	id := r.speakerOf(i)
	if id == 0 {
		id = r.subjectBefore(m, story.Person)
	}
	if id == 0 {
		return 0
	}
	return r.sideOf(id)
}

// sideOf is the state or organization for which an entity speaks, the entity
// itself if it speaks for nobody else.
func (r *resolver) sideOf(id story.EntityID) story.EntityID {
	e := r.st.Entity(id)
	if e.Kind == story.State || e.Country == "" || e.Kind == story.Place {
		return id
	}
	if e.Kind == story.Organization && r.byRef["state:"+e.Country] == 0 {
		return id
	}
	if id := r.byRef["state:"+e.Country]; id != 0 {
		return id
	}
	if id := r.byRef["org:"+e.Country]; id != 0 {
		return id
	}
	m := story.Mention{Span: firstSpan(e), Evidence: e.Evidence}
	if id := r.state(e.Country, &m); id != 0 {
		return id
	}
	return id
}

func firstSpan(e *story.Entity) story.Span {
	if len(e.Spans) > 0 {
		return e.Spans[0]
	}
	return story.Span{}
}

// government links "the government": to the state beside it, else to the home
// state in a story that speaks of no other.
func (r *resolver) government(i int, m *story.Mention) {
	if m.Office.Country != "" {
		m.Code = ""
		m.Entity = r.state(m.Office.Country, m)
		m.Code = "government"
		return
	}
	for k := range r.st.Entities {
		if e := &r.st.Entities[k]; e.Kind == story.State && e.Country != r.home {
			return
		}
	}
	if r.home != "" {
		m.Entity = r.state(r.home, m)
	}
}

// counterpart links "timpalannya dari Peru" to the person of that state with
// the office of the sentence's subject.
func (r *resolver) counterpart(i int, m *story.Mention) {
	if m.Office.Country == "" {
		return
	}
	subject := r.subjectBefore(m, story.Person)
	if subject == 0 {
		return
	}
	offices := r.st.Entity(subject).Offices
	if len(offices) == 0 {
		return
	}
	o, mm := offices[0], *m
	mm.Office.TitleEN = o.TitleEN
	if id := r.holder(&mm, o.Function, m.Office.Country, story.Incumbent); id != 0 {
		m.Entity = id
		return
	}
	mm.Office.Function, mm.Office.Title = o.Function, o.Title
	mm.Office.Status = story.Incumbent
	m.Entity = r.officeGroup(&mm)
}
