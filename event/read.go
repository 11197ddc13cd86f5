package event

import (
	"slices"
	"strings"

	"kawat/plover"
	"kawat/story"
)

// leastScore is the confidence, in percent, below which a reading is no better
// than a guess and is left out.
const leastScore = 50

// memory bounds how many findings are looked back at, so that a story without
// end costs no more than its length.
const memory = 64

// recent returns the latest findings.
func (r *run) recent() []finding { return r.found[max(0, len(r.found)-memory):] }

// finding is an event that was read, before repeats are merged.
type finding struct {
	story.Event
	word story.WordID
}

// readHits turns triggers into findings. Meetings come first, since speech
// acts are addressed to whom the speaker meets.
func (r *run) readHits() {
	for i := range r.hits {
		if h := &r.hits[i]; h.frame.code.typ == plover.Consult {
			r.read(h)
		}
	}
	r.noteMeeting()
	for i := range r.hits {
		if h := &r.hits[i]; h.frame.code.typ != plover.Consult {
			r.read(h)
		}
	}
}

// noteMeeting keeps the day of the first encounter that took place; what was said
// at "their first meeting in April" is not the news of November.
func (r *run) noteMeeting() {
	day := storyDay(r.st)
	for i := range r.found {
		ev := &r.found[i].Event
		if ev.Type != plover.Consult || ev.Status != story.Occurred || farBack(ev.Date, day) {
			continue
		}
		if r.meetingDay == "" {
			r.meetingDay = ev.Date
		}
	}
}

// read makes a finding of a hit if its sides are known and it is asserted.
func (r *run) read(h *hit) {
	f := h.frame
	if h.muted && !r.survives(h) {
		return
	}
	if f.code.mode == "phone" && r.st.Child(h.pred, "xcomp") > h.word {
		return // "would never call Kim short and fat"
	}
	fo := r.forceOf(h.pred)
	if h.pred != h.word {
		r.readMarks(h.word, &fo)
	}
	if f.noun && f.code.typ == plover.Consult && r.nounAhead(h.word) {
		fo.planned = true
	}
	if fo.must && !fo.negated && r.hasDuty(h.pred) {
		return // read as a demand
	}
	if f.flags&flagNegative != 0 {
		if !fo.negated {
			return
		}
		fo.negated = false
	}
	actor, guess := r.actorOf(h)
	if actor.empty() {
		return
	}
	h.actor = actor
	if h.frame = r.asOf(h); h.frame != f {
		f = h.frame
	}
	a, refused := r.codeOf(h, fo)
	if refused {
		fo = force{condition: fo.condition} // a refusal happens by being spoken
	}
	a, ok := settle(a, fo, f, r.book)
	if ok {
		a, ok = r.menace(h, a, fo, &actor)
	}
	if !ok {
		return
	}
	score := 86 - guess
	if guess >= costWeak && f.code.mode == "visit" || a.typ == plover.Request && r.toPeople(h) || r.opinion(h, a.typ, a.status == story.Planned || a.status == story.Conditional) {
		return
	}
	if fo.purpose && f.code.typ == plover.Consult && r.consults(r.st.Word(h.pred).Head) {
		return // "spoke by phone to discuss fisheries"
	}
	if r.ownPeople(h, a, &actor) {
		return // "plans to evacuate its citizens from Israel"
	}
	recipient, own, cost := r.opposite(h, &actor, a)
	score -= cost
	if f.flags&flagStrict != 0 && (a.cameo == f.code.cameo || r.othersAct(h, &actor)) {
		return
	}
	if f.flags&flagAbout != 0 && a.cameo == f.code.cameo && (cost > 0 || !recipient.known()) {
		return
	}
	if score < leastScore || !r.admits(h, &actor, &recipient, &own, a) {
		return
	}
	r.add(h, a, fo, actor, recipient, own, score)
}

// nounAhead reports whether a noun has a date of its own to come: "ahead of Trump's
// visit to Beijing next week".
func (r *run) nounAhead(w story.WordID) bool {
	from, to := timesIn(r.st, r.st.Sent(r.st.Word(w).Sent).Span)
	for i := from; i < to; i++ {
		t := &r.st.Times[i]
		if a, z := r.st.WordsIn(t.Span); a < z && r.st.Dominates(w, a) && r.toCome(t.Date) {
			return true
		}
	}
	return false
}

// consults reports whether a word is read as a meeting itself.
func (r *run) consults(w story.WordID) bool {
	for i := r.hitFrom(w); i < len(r.hits) && r.hits[i].word == w; i++ {
		if r.hits[i].frame.code.typ == plover.Consult {
			return true
		}
	}
	return false
}

// toPeople reports whether a request goes to people and not to a side:
// "memperingatkan warganya agar tidak bepergian ke Israel".
func (r *run) toPeople(h *hit) bool {
	o := r.undergoer(h.pred, r.passive(h.pred))
	if o == 0 {
		return false
	}
	w := r.st.Word(o)
	if r.lx.is(w, classPeople|classPrivate) {
		s := r.owner(o)
		return s.empty() || r.st.Child(o, "nmod:poss") != 0
	}
	return w.Mention != 0 && h.frame.flags&flagWrap != 0 && r.noSide(o)
}

// ownPeople reports whether help goes to the helper's own people.
func (r *run) ownPeople(h *hit, a act, actor *side) bool {
	pred := h.pred
	switch {
	case a.cameo == "073":
	case a.cameo == "0333":
		if o := r.embedded(h); o != nil {
			pred = o.pred
		}
	default:
		return false
	}
	o := r.undergoer(pred, r.passive(pred))
	if o == 0 || !r.lx.is(r.st.Word(o), classPeople) {
		return false
	}
	s := r.sideOf(o, asTarget)
	return s.within(actor)
}

func (r *run) noSide(w story.WordID) bool {
	s := r.sideOf(w, asTarget)
	return s.empty()
}

// opinion reports whether words of intent stand only in what somebody without
// office says, such as an analyst.
func (r *run) opinion(h *hit, typ string, ahead bool) bool {
	id := r.quotationOf(h.word)
	if id == 0 || !r.verbalType(typ) && !ahead {
		return false
	}
	q := r.st.Quotation(id)
	if q.Speaker == 0 || q.OnBehalfOf != 0 {
		return false
	}
	e := r.st.Entity(q.Speaker)
	return (e.Kind == story.Person || e.Kind == story.Group) && len(e.Offices) == 0 && e.Country == ""
}

// survives reports whether an act that stands inside another is still told:
// what somebody is accused of has an author of its own.
func (r *run) survives(h *hit) bool {
	first := r.st.Sent(r.st.Word(h.word).Sent).FirstWord
	for i := r.hitFrom(first); i < len(r.hits) && r.hits[i].word <= h.word; i++ {
		o := &r.hits[i]
		if o == h || o.frame.flags&flagWrap == 0 || !r.under(o, h) {
			continue
		}
		if o.frame.code.typ == plover.Accuse {
			return r.claimed(o, h)
		}
		return o.frame.code.typ == plover.Agree && o.frame.flags&flagVow == 0 && h.frame.flags&flagWrap == 0 && r.hostile(h.frame.code.typ)
	}
	return true
}

// claimed reports whether a hostile act is told as a fact, in a clause of its own
// with its own author: "Israel claimed that Iran had fired a missile at it", not
// "accused Iran of firing".
func (r *run) claimed(o, h *hit) bool {
	w := r.st.Word(h.pred)
	return r.hostile(h.frame.code.typ) && w.Rel() == "ccomp" && w.Head == o.pred && r.contentClause(h.pred) && r.st.Child(h.pred, "nsubj", "nsubj:pass") != 0
}

// add appends a finding.
func (r *run) add(h *hit, a act, fo force, actor, recipient, own side, score int) {
	if !recipient.known() && h.frame.flags&flagAlone == 0 {
		recipient = own
	}
	if !recipient.known() && (r.atHomeOnly(h, a) || actor.faction && faces(a)) && len(actor.countries) == 1 {
		recipient = r.homeOf(actor)
	}
	st := r.st
	speech, planned := r.verbalType(a.typ), a.status == story.Planned
	ev := story.Event{
		Type: a.typ, Mode: a.mode, CAMEO: a.cameo, Status: a.status,
		Contexts: r.contextsOf(h.word),
		Actors:   actor.entities, ActorCountries: actor.countries, ActorSectors: actor.sectors,
		Recipients: recipient.entities, RecipientCountries: recipient.countries, RecipientSectors: recipient.sectors,
		Date:    r.dateOf(h, speech, planned),
		Trigger: st.Word(h.word).Span, TriggerWord: h.word,
		Quotation: r.quotationOf(h.word),
	}
	if !r.ahead(h, speech, planned) {
		ev.Place = r.placeOf(h)
	}
	if ev.Place.Name == "" && r.atHomeOf(h, &ev) {
		ev.Place = r.homePlace(ev.ActorCountries[0])
	}
	if h.object != 0 && h.object-h.word < 8 && h.word-h.object < 8 {
		ev.Trigger = ev.Trigger.Cover(st.Word(h.object).Span)
	}
	ev.Symmetric = r.mutual(h.pred) || h.frame.flags&flagSymmetric != 0 && (a.typ == h.frame.code.typ || a.cameo == "036")
	ev.Domestic = len(actor.countries) == 1 && slices.Equal(actor.countries, recipient.countries)
	if a.typ == plover.Consult && a.mode == "" && len(actor.countries)+len(recipient.countries) > 2 {
		ev.Mode = "multilateral" // "Ghana, Togo and Benin held talks"
	}
	if a.status == story.Conditional || a.typ == plover.Threaten {
		ev.Condition = st.Slice(fo.condition)
	}
	ev.AssertedBy = r.assertedBy(&ev)
	ev.Evidence = story.Evidence{
		Spans: []story.Span{st.Sent(st.Word(h.word).Sent).Span},
		By:    h.frame.rule, Score: story.Confidence(max(score, 5)),
	}
	r.found = append(r.found, finding{ev, h.word})
}

// jointly reports whether an event is backing that two states give each other: of
// the other side's part it is one side's word that the story has ("Indonesia dan
// Rumania saling mendukung, kata Dubes RI").
func (r *run) jointly(ev *story.Event) bool {
	return ev.Symmetric && ev.Type == plover.Support && ev.Status == story.Occurred && !strings.HasPrefix(ev.CAMEO, "057") && len(ev.RecipientCountries) > 0
}

// assertedBy returns the speaker on whose word alone an act of another side
// stands, 0 where the story states it or the actor speaks.
func (r *run) assertedBy(ev *story.Event) story.EntityID {
	if ev.Quotation == 0 {
		return 0
	}
	q := r.st.Quotation(ev.Quotation)
	if q.Speaker == 0 {
		return 0
	}
	s := r.speakerSide(ev.TriggerWord)
	for _, c := range s.countries {
		if slices.Contains(ev.ActorCountries, c) && !r.jointly(ev) {
			return 0
		}
	}
	return q.Speaker
}
