package archive

import (
	"slices"
	"strings"
	"unicode"

	"kawat/record"
)

// fact is what the index knows of a fact.
type fact struct {
	kind      Kind
	n         int // in the record
	day       Day // of the act where the record gives it, else of publication
	typ       string
	status    string
	cameo     string
	quad      int
	goldstein int // tenths
	sure      int // hundredths
	sides     map[string]uint64
	terms     map[term]uint64 // with the term's role
}

// maxPairs bounds what a list of states, such as the signatories of a treaty,
// adds to the index: twenty states are 190 pairs.
const maxPairs = 190

// factsOf returns the facts of a record, in the order of their numbers.
// quad gives the number of a type's quad class.
func factsOf(r *record.Record, published Day, quad func(string) int) []fact {
	f := &factory{r: r, published: published, byID: make(map[string]*record.Entity, len(r.Entities))}
	for i := range r.Entities {
		f.byID[r.Entities[i].ID] = &r.Entities[i]
	}
	for i := range r.Events {
		f.event(&r.Events[i], quad)
	}
	for i := range r.Encounters {
		f.encounter(&r.Encounters[i])
	}
	for i := range r.Quotations {
		f.quotation(&r.Quotations[i])
	}
	for i := range r.Pledges {
		f.pledge(&r.Pledges[i])
	}
	for i := range r.Messages {
		f.message(&r.Messages[i])
	}
	for i := range f.out {
		f.out[i].told(r.Story.Publisher, r.Story.Lang)
	}
	return f.out
}

// told adds the terms of what a fact is, and of who tells it in which language.
func (x *fact) told(publisher, lang string) {
	x.add(termType, x.typ)
	if x.status != statusUsual {
		x.add(termStatus, x.status)
	}
	x.add(termPublisher, publisher)
	x.add(termLang, lang)
}

// add adds a term that has no role.
func (x *fact) add(kind termKind, text string) {
	if text != "" {
		x.terms[term{kind, text}] = 0
	}
}

// factory makes facts of one record.
type factory struct {
	r         *record.Record
	published Day
	byID      map[string]*record.Entity
	out       []fact
}

func (f *factory) add(kind Kind, date string) *fact {
	day := ParseDay(date)
	if day == 0 {
		day = f.published
	}
	f.out = append(f.out, fact{
		kind: kind, n: len(f.out) + 1, day: day,
		sides: map[string]uint64{}, terms: map[term]uint64{{termAll, kind.String()}: 0},
	})
	return &f.out[len(f.out)-1]
}

func (f *factory) event(ev *record.Event, quad func(string) int) {
	x := f.add(Event, ev.Date)
	x.typ, x.status, x.cameo, x.quad = ev.Type, ev.Status, ev.CAMEO, quad(ev.Type)
	x.goldstein, x.sure = tenths(ev.Goldstein), hundredths(ev.Confidence)
	from, to := uint64(roleFrom), uint64(roleTo)
	if ev.Symmetric {
		from, to = roleFrom|roleTo, roleFrom|roleTo
	}
	x.side(from, ev.ActorCountries...)
	x.side(to, ev.RecipientCountries...)
	f.people(x, from, ev.Actors...)
	f.people(x, to, ev.Recipients...)
	f.people(x, 0, ev.AssertedBy)
	f.where(x, ev.Place)
	x.add(termCAMEO, ev.CAMEO)
	x.pairs()
}

func (f *factory) encounter(e *record.Encounter) {
	x := f.add(Encounter, e.Date)
	x.typ, x.status, x.sure = e.Kind, e.Status, hundredths(e.Confidence)
	f.parties(x, roleFrom|roleTo, e.Participants...)
	f.where(x, e.Place)
	x.pairs()
}

func (f *factory) quotation(q *record.Quotation) {
	x := f.add(Quotation, "")
	x.typ, x.sure = q.Kind, hundredths(q.Confidence)
	f.parties(x, roleFrom, q.Speaker, q.OnBehalfOf)
	f.parties(x, roleTo, q.Addressee)
	f.spokenOf(x, q.Content)
	x.pairs()
}

// spokenOf adds the states of which somebody speaks, so that a dyad has its
// statements about each other.
func (f *factory) spokenOf(x *fact, content []record.Span) {
	for i := range f.r.Entities {
		e := &f.r.Entities[i]
		if e.Country == "" || e.Kind == "place" || x.sides[e.Country]&roleFrom != 0 {
			continue
		}
		if slices.ContainsFunc(e.Mentions, func(m record.Mention) bool { return inside(m.Span, content) }) {
			x.side(roleTo, e.Country)
		}
	}
}

func inside(sp record.Span, in []record.Span) bool {
	return slices.ContainsFunc(in, func(s record.Span) bool { return s.Start <= sp.Start && sp.End <= s.End })
}

func (f *factory) pledge(p *record.Pledge) {
	x := f.add(Pledge, "")
	x.typ, x.sure = p.Act, hundredths(p.Confidence)
	f.parties(x, roleFrom, p.By...)
	f.parties(x, roleTo, p.To...)
	x.pairs()
}

func (f *factory) message(m *record.Message) {
	x := f.add(Message, "")
	x.typ, x.status, x.sure = m.Kind, m.Status, hundredths(m.Confidence)
	f.parties(x, roleFrom, m.From)
	f.people(x, roleFrom, m.Via)
	f.parties(x, roleTo, m.To)
	x.pairs()
}

func (x *fact) side(role uint64, codes ...string) {
	for _, c := range codes {
		if c != "" {
			x.sides[c] |= role
			x.terms[term{termSide, c}] |= role
		}
	}
}

// parties adds entities and the states or organizations that they act for.
func (f *factory) parties(x *fact, role uint64, ids ...string) {
	for _, id := range ids {
		if e := f.byID[id]; e != nil {
			x.side(role, e.Country)
			if e.Country == "" && strings.HasPrefix(e.Ref, "org:") && len(e.Ref) == len("org:UNO") {
				x.side(role, e.Ref[len("org:"):])
			}
		}
	}
	f.people(x, role, ids...)
}

// people adds the persons among entities, and the offices that they hold.
func (f *factory) people(x *fact, role uint64, ids ...string) {
	for _, id := range ids {
		e := f.byID[id]
		if e == nil || e.Kind != "person" {
			continue
		}
		x.terms[term{termPerson, e.Ref}] |= role
		for _, o := range e.Offices {
			if o.Function != "" && o.Function != "other" {
				x.terms[term{termOffice, o.Function}] |= role
			}
		}
	}
}

func (f *factory) where(x *fact, p *record.Place) {
	if p == nil {
		return
	}
	x.add(termCountry, p.Country)
	names := []string{p.Name}
	if e := f.byID[p.Entity]; e != nil {
		names = append(names, e.Name, e.NameEN)
	}
	for _, name := range names {
		x.add(termPlace, fold(name))
	}
}

// pairs adds the dyads of a fact: those who act with those towards whom, and
// everybody with everybody where the fact has no direction.
func (x *fact) pairs() {
	codes := make([]string, 0, len(x.sides))
	for c := range x.sides {
		codes = append(codes, c)
	}
	slices.Sort(codes)
	n := 0
	for i, a := range codes {
		for _, b := range codes[i+1:] {
			if !x.towards(a, b) && !x.towards(b, a) && x.directed() {
				continue
			}
			if n++; n > maxPairs {
				return
			}
			var role uint64
			if x.towards(a, b) {
				role |= roleFrom
			}
			if x.towards(b, a) {
				role |= roleTo
			}
			x.terms[term{termPair, a + " " + b}] = role
		}
	}
}

func (x *fact) towards(a, b string) bool { return x.sides[a]&roleFrom != 0 && x.sides[b]&roleTo != 0 }

// directed reports whether anybody is a recipient.
func (x *fact) directed() bool {
	for _, role := range x.sides {
		if role&roleTo != 0 {
			return true
		}
	}
	return false
}

// fold makes names comparable: lower case, one space between words.
func fold(s string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " "))
}

func tenths(x float64) int {
	if x < 0 {
		return -int(-x*10 + 0.5)
	}
	return int(x*10 + 0.5)
}

func hundredths(x float64) int { return min(max(int(x*100+0.5), 0), 100) }
