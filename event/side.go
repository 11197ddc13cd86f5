package event

import (
	"slices"
	"strings"

	"kawat/story"
)

// side is who stands on one side of an event.
type side struct {
	entities  []story.EntityID // in text order, states before the people who act for them
	countries []string         // codes behind the entities
	sectors   []string
	official  bool // at least one state, organization or official
	place     bool // known only as a place
	sub       bool // part of a state that is not its government: rebels, workers, a province
	told      bool // the words say plainly to whom the act is done
	faction   bool // people or a group of a state that face its government: rebels, workers
}

func (s *side) empty() bool { return len(s.entities) == 0 }

// known reports whether a state or an organization stands behind the side.
func (s *side) known() bool { return len(s.countries) > 0 }

// within reports whether a side is known and belongs to another altogether.
func (s *side) within(o *side) bool {
	for _, c := range s.countries {
		if !slices.Contains(o.countries, c) {
			return false
		}
	}
	return len(s.countries) > 0
}

func (s *side) overlaps(o *side) bool {
	for _, c := range s.countries {
		if slices.Contains(o.countries, c) {
			return true
		}
	}
	return false
}

// add puts another side's members into s.
func (s *side) add(o side) {
	for _, e := range o.entities {
		if !slices.Contains(s.entities, e) {
			s.entities = append(s.entities, e)
		}
	}
	for _, c := range o.countries {
		if !slices.Contains(s.countries, c) {
			s.countries = append(s.countries, c)
		}
	}
	for _, c := range o.sectors {
		if !slices.Contains(s.sectors, c) {
			s.sectors = append(s.sectors, c)
		}
	}
	s.sub, s.faction = s.sub || o.sub, s.faction || o.faction
	s.place = s.place && o.place || len(s.entities) == len(o.entities) && o.place
	s.official = s.official || o.official
}

// as tells in which part a phrase is looked at.
type as uint8

const (
	asActor as = iota
	asRecipient
	// asTarget is a recipient of force or help, which may be a place or people.
	asTarget
	// asFaction is an actor that may be a part of a state: its rebels, its unions.
	asFaction
	// asCrowd is an actor that may be people without office, as in a protest.
	asCrowd
	// asDoer is an actor of a deed, whatever noun its state qualifies: "Russian
	// interrogators", "an Israeli air strike".
	asDoer
)

// sideOf returns who the phrase headed by w is, with its conjuncts.
func (r *run) sideOf(w story.WordID, part as) side {
	var s side
	if w == 0 {
		return s
	}
	if first := r.coordinated(w); first != 0 {
		s.add(r.phrase(first, part, 0))
	}
	s.add(r.phrase(w, part, 0))
	for c := range r.st.Children(w) {
		cw := r.st.Word(c)
		if c > w && (cw.UPOS.Nominal() && cw.Rel() == "conj" || cw.Mention != 0 && r.st.Child(c, "cc") != 0) && !(r.lx.is(r.st.Word(w), classMission) && r.bareState(c)) {
			s.add(r.phrase(c, part, 0))
		}
	}
	return s
}

// bareState reports whether a word names a state and nothing else: the second seat
// of an envoy in "Dubes RI untuk Rumania dan Moldova", which a tree may hang from the
// envoy.
func (r *run) bareState(w story.WordID) bool {
	ids := r.st.Denotes(w)
	return len(ids) == 1 && r.st.Entity(ids[0]).Kind == story.State
}

// coordinated returns the name that stands before "and" and a phrase, where the
// tree did not see them as one: in "Jepang dan Peru sepakat" the subject may
// come out as Peru alone.
func (r *run) coordinated(w story.WordID) story.WordID {
	st := r.st
	cc := st.Child(w, "cc")
	if cc == 0 || cc > w || cc == st.Sent(st.Word(w).Sent).FirstWord {
		return 0
	}
	before := st.Word(cc - 1)
	if before.Mention == 0 || r.caseWord(cc-1) != 0 {
		return 0
	}
	return cc - 1
}

// phrase returns who one noun phrase is: what its mention stands for, else the
// state that qualifies it ("pemerintah Israel", "U.S. embassy staff").
func (r *run) phrase(w story.WordID, part as, depth int) side {
	st := r.st
	word := st.Word(w)
	if word.Mention != 0 && word.Head != 0 && word.Rel() != "nsubj" && r.lx.is(st.Word(word.Head), classCurrency) && r.caseWord(w) == 0 {
		return side{} // "187 juta dolar AS"
	}
	cl := r.lx.of(word)
	if c := st.Child(w, "compound"); depth == 0 && c != 0 {
		cl |= r.lx.of(st.Word(c)) & classFaction // "opposition leaders"
	}
	if cl&classPrivate != 0 && part != asTarget || cl&classBorder != 0 && (depth == 0 || r.caseWord(w) != 0) {
		return side{} // what lies at somebody's border is not theirs
	}
	if cl&classMeasure != 0 && word.Mention == 0 {
		if of := r.measured(w); of != 0 && depth < maxClimb {
			return r.phrase(of, part, depth)
		}
	}
	var s side
	if s = r.dwellers(w); s.known() {
		return s
	}
	if s = r.nation(w); s.known() {
		return s
	}
	if pair := r.bothSides(w); !pair.empty() {
		return pair
	}
	if depth == 0 && r.stateless(w) {
		if of := r.owner(w); of.known() {
			return side{entities: st.Denotes(w)[:1], countries: of.countries, sectors: nonEmpty(st.Entity(st.Denotes(w)[0]).Sector), official: true, sub: cl&classFaction != 0, faction: cl&classFaction != 0}
		}
	}
	for _, id := range st.Denotes(w) {
		if (part == asActor && cl&classActor != 0 || part == asFaction && cl&(classActor|classFaction) != 0) && st.Entity(id).Kind == story.Group {
			s.add(r.entitySide(id, asRecipient)) // "officials" act for their state, "refugees" do not
			continue
		}
		s.add(r.entitySide(id, part))
	}
	if !s.empty() {
		s.faction = s.faction || cl&(classFaction|classPeople) != 0
		if m := st.Mention(word.Mention); m.Type != story.AdjectiveMention || word.UPOS != story.NOUN {
			if m.Type == story.NominalMention && depth == 0 && len(s.countries) == 1 {
				r.addShared(w, &s)
			}
			return s
		}
		s = side{}
	}
	if depth > 3 || word.Mention != 0 && st.Mention(word.Mention).Entity != 0 && part != asTarget && !r.unknown(w) {
		return s
	}
	for c := range st.Children(w) {
		cw := st.Word(c)
		switch cw.Rel() {
		case "nmod", "compound", "amod", "flat", "appos", "det":
		default:
			continue
		}
		if r.lx.is(cw, classOrigin) || r.caseClass(c)&classTo != 0 && (part == asActor || part == asFaction) {
			continue
		}
		if part == asRecipient && r.caseClass(c)&(classPlace|classOf) == classPlace && cl&(classActor|classFaction|classPeople|classOfficial) == 0 {
			continue // "on the sidelines of the summit in Lima" meets nobody of Peru
		}
		if part == asActor && depth == 0 && cl&classActor == 0 && !r.ofBody(c) ||
			part == asFaction && depth == 0 && cl&(classActor|classFaction) == 0 && !r.ofBody(c) ||
			part == asCrowd && depth == 0 && cl&(classActor|classPeople|classFaction) == 0 {
			continue // "Israeli army bulldozers" act for Israel, "Israeli singers" do not
		}
		got := r.phrase(c, part, depth+1)
		if got.empty() && depth == 0 && cl&(classActor|classFaction|classPeople) != 0 && r.caseWord(c) == 0 {
			got = r.phrase(c, asTarget, depth+1) // "Chechen rebels"
			got.place, got.sub = false, true
		}
		if got.empty() {
			continue
		}
		for n := range st.Children(c) { // "the foreign ministers of Cyprus and Lebanon"
			if st.Word(n).Rel() == "conj" && (st.Word(n).UPOS.Nominal() || st.Word(n).Mention != 0) {
				got.add(r.phrase(n, part, depth+1))
			}
		}
		got.official, got.sub, got.faction = true, got.sub || cl&(classFaction|classPeople) != 0, cl&(classFaction|classPeople) != 0
		s.add(got)
		break
	}
	if s.empty() && depth == 0 && part != asRecipient {
		if s = r.backer(w); s.known() {
			return s
		}
	}
	if s.empty() && depth == 0 && word.UPOS.Nominal() && (cl&classActor != 0 || part != asActor && cl&classFaction != 0 || part != asActor && part != asFaction && cl&classPeople != 0) {
		return r.atHome(w, cl&(classFaction|classPeople) != 0)
	}
	return s
}

// addShared adds the other states of officials that a phrase counts together:
// Lebanon's in "the foreign ministers of Cyprus and Lebanon", both of "Israeli
// and Palestinian negotiators".
func (r *run) addShared(w story.WordID, s *side) {
	st := r.st
	for c := range st.Children(w) {
		switch cw := st.Word(c); cw.Rel() {
		case "nmod", "compound", "amod":
			all := r.phrase(c, asRecipient, 1)
			for n := range st.Children(c) {
				if st.Word(n).Rel() == "conj" {
					all.add(r.phrase(n, asRecipient, 1))
				}
			}
			if len(all.countries) > 1 && s.within(&all) {
				all.sectors, all.sub, all.faction, all.official = s.sectors, s.sub, s.faction, true
				*s = all
			}
		}
	}
}

// stateless reports whether a word names a body whose state only the words in
// its name tell: "Pengadilan Moskow", "Badan Penegakan Maritim Malaysia".
func (r *run) stateless(w story.WordID) bool {
	ids := r.st.Denotes(w)
	for _, id := range ids {
		if e := r.st.Entity(id); e.Kind != story.Organization || e.Country != "" || strings.HasPrefix(e.CAMEO, "IGO") {
			return false
		}
	}
	return len(ids) > 0 && r.lx.is(r.st.Word(w), classActor|classFaction)
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// capital reports whether a place is the capital of its state, which may stand
// for the government: "Ankara menuduh", "ordered Washington to".
func (r *run) capital(e *story.Entity) bool {
	if r.world == nil {
		return false
	}
	state, ok := r.world.State(e.Country)
	return ok && (e.NameEN == state.Capital || e.NameEN == "" && e.Name == state.Capital)
}

// ofBody reports whether a word names an organization of a state.
func (r *run) ofBody(w story.WordID) bool {
	for _, id := range r.st.Denotes(w) {
		if e := r.st.Entity(id); e.Kind == story.Organization && e.Country != "" {
			return true
		}
	}
	return false
}

// entitySide returns the side that one entity stands for; an official stands
// for a state or an organization.
func (r *run) entitySide(id story.EntityID, part as) side {
	e := r.st.Entity(id)
	s := side{entities: []story.EntityID{id}}
	if e.Sector != "" {
		s.sectors = []string{e.Sector}
	}
	switch e.Kind {
	case story.State:
		s.official = true
	case story.Organization:
		if e.Country == "" && e.CAMEO == "" {
			return side{}
		}
		s.official = true
	case story.Person:
		if len(e.Offices) == 0 && part != asTarget && part != asCrowd || e.Country == "" && (r.only == "" || len(e.Offices) == 0) {
			return side{}
		}
		s.official, s.sub = len(e.Offices) > 0, len(e.Offices) == 0
		if e.Country == "" {
			return r.homeSide(s)
		}
	case story.Group:
		return r.groupSide(id, part)
	case story.Place:
		if e.Country == "" || part != asTarget && !r.capital(e) {
			return side{}
		}
		s.place, s.sub = part == asTarget, true
	default:
		return side{}
	}
	if e.Country != "" {
		s.countries = []string{e.Country}
		if state := r.stateOf(e.Country); state != 0 && e.Kind != story.Organization {
			s.entities[0] = state
		}
	}
	return s
}

// homeSide puts a side without a country into the only country that the story
// names: "President Kagame" in a story about Rwanda.
func (r *run) homeSide(s side) side {
	state := r.stateOf(r.only)
	if state == 0 && len(s.entities) == 0 {
		if state = r.anyOf(r.only); state == 0 {
			return side{}
		}
	}
	s.countries = []string{r.only}
	if state != 0 {
		s.entities = []story.EntityID{state}
	}
	return s
}

// stateOf returns the story's entity of a state or international organization
// with a code, 0 if it names none.
func (r *run) stateOf(code string) story.EntityID {
	for i := range r.states {
		if r.states[i].code == code {
			return r.states[i].id
		}
	}
	return 0
}

// anyOf returns the first entity of a state that the story does not name itself.
func (r *run) anyOf(code string) story.EntityID {
	for i := range r.st.Entities {
		if r.st.Entities[i].Country == code {
			return story.EntityID(i + 1)
		}
	}
	return 0
}

// split divides a side of two states into actor and recipient: "China and
// Russia agreed" is one with the other.
func (s *side) split(r *run) (a, b side) {
	for i, c := range s.countries {
		one := side{countries: []string{c}, official: true}
		for _, e := range s.entities {
			if r.st.Entity(e).Country == c {
				one.entities = append(one.entities, e)
			}
		}
		if len(one.entities) == 0 {
			continue
		}
		if i == 0 {
			a = one
		} else {
			b.add(one)
		}
	}
	return a, b
}
