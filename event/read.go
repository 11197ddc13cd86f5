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

// noteMeeting keeps the day of the first encounter that took place.
func (r *run) noteMeeting() {
	for i := range r.found {
		ev := &r.found[i].Event
		if ev.Type != plover.Consult || ev.Status != story.Occurred {
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
	fo := r.forceOf(h.pred)
	if h.pred != h.word {
		r.readMarks(h.word, &fo)
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

// asOf returns the frame of a hit as its actor makes it: two states exercise
// together, and a navy that blocks a port does not protest.
func (r *run) asOf(h *hit) *frame {
	f := *h.frame
	switch {
	case f.code.typ == plover.Mobilize && f.code.cameo == "154" && len(h.actor.countries) == 2 && f.recipient[0] == slotTo && f.object.classes != 0 && f.object.classes == r.lx.names["exercise"]:
		f.code = act{typ: plover.Cooperate, cameo: "062"}
		f.flags |= flagSymmetric
	case f.code.typ == plover.Protest && f.code.cameo == "144" && !h.actor.faction && slices.Contains(h.actor.sectors, "MIL"):
		f.code = act{typ: plover.Assault, cameo: "191"}
	default:
		return h.frame
	}
	return &f
}

// codeOf returns what a hit says was done, as deep as its words go: an offer of
// something hostile is a threat, an act that somebody will not do is refused.
func (r *run) codeOf(h *hit, fo force) (a act, refused bool) {
	a = h.frame.code
	switch {
	case fo.negated && (fo.future || fo.planned || a.typ == plover.Agree && (fo.modal || h.frame.flags&flagVow != 0)) && cooperative(a.typ):
		refusal := r.refineCode(h, act{typ: plover.Reject, mode: "change", cameo: "120"})
		if refusal.cameo == "120" {
			if code, mode, ok := r.book.Deepen("120", a.cameo); ok {
				refusal.cameo, refusal.mode = code, mode
			}
		}
		return refusal, true
	case h.frame.flags&flagVow != 0 && r.intendsHarm(h):
		a = act{typ: plover.Threaten, cameo: "130"}
	case a.typ == plover.Threaten && h.frame.flags&flagWrap != 0 && r.intendsGood(h):
		a = act{typ: plover.Agree, cameo: "030", status: story.Pledged} // "is ready to suspend sanctions"
	}
	return r.refineCode(h, a), false
}

// intendsGood reports whether the first act in the complement of a hit yields or
// helps.
func (r *run) intendsGood(h *hit) bool {
	o := r.embedded(h)
	return o != nil && cooperative(o.frame.code.typ) && o.frame.flags&flagWrap == 0 && o.frame.code.typ != plover.Consult
}

// cooperative reports whether not to do such an act is to refuse it.
func cooperative(typ string) bool {
	switch typ {
	case plover.Agree, plover.Consult, plover.Support, plover.Concede, plover.Retreat, plover.Cooperate, plover.Aid:
		return true
	}
	return false
}

// embedded returns the first act in the complement of a hit, nil if there is none.
func (r *run) embedded(h *hit) *hit {
	end := r.st.Sent(r.st.Word(h.word).Sent).EndWord
	for i := r.hitFrom(h.word + 1); i < len(r.hits) && r.hits[i].word < end; i++ {
		if o := &r.hits[i]; r.under(h, o) {
			return o
		}
	}
	return nil
}

// intendsHarm reports whether the first act in the complement of a hit is hostile.
func (r *run) intendsHarm(h *hit) bool {
	o := r.embedded(h)
	return o != nil && r.hostile(o.frame.code.typ)
}

// othersAct reports whether the first act below a hit is another side's: Berlin
// threatens nobody in "Berlin warned that Russia would attack Ukraine".
func (r *run) othersAct(h *hit, actor *side) bool {
	o := r.embedded(h)
	if o == nil {
		return false
	}
	who := r.st.Child(o.pred, "nsubj", "nsubj:pass")
	if who == 0 {
		return false
	}
	s := r.sideOf(who, asDoer)
	return s.known() && !s.overlaps(actor)
}

// alone reports whether a hit is an event without a recipient, by its frame or
// by that of the act that it is about: "prepared to impose martial law".
func (r *run) alone(h *hit) bool {
	if h.frame.flags&flagAlone != 0 {
		return true
	}
	if h.frame.flags&flagWrap == 0 {
		return false
	}
	o := r.embedded(h)
	return o != nil && o.frame.flags&flagAlone != 0 && o.frame.flags&flagWrap == 0
}

// menace turns a hostile act that a side only holds out into the threat that it
// is: "Minsk could close all crossings", said by Minsk. What others fear that
// it might do is no event.
func (r *run) menace(h *hit, a act, fo force, actor *side) (act, bool) {
	if !r.hostile(a.typ) || a.typ == plover.Protest || fo.negated {
		return a, true
	}
	open := fo.modal && !fo.future || fo.conditional
	if !open && !(fo.future && a.typ == plover.Assault) {
		return a, true
	}
	if s := r.speakerSide(h.word); !s.overlaps(actor) && !r.saysItself(h.pred, actor) {
		if s.known() || !fo.modal || fo.future || r.quotationOf(h.word) != 0 {
			return a, !open || !s.known()
		}
	}
	t := act{typ: plover.Threaten, cameo: "130", status: story.Occurred}
	if code, mode, ok := r.book.Deepen(t.cameo, a.cameo); ok {
		t.cameo, t.mode = code, mode
	}
	return t, true
}

// saysItself reports whether a predicate is what its own actor says: "Iran said
// it would close the strait if attacked".
func (r *run) saysItself(pred story.WordID, actor *side) bool {
	w := r.st.Word(pred)
	if w.Head == 0 || w.Rel() != "ccomp" && w.Rel() != "xcomp" || !r.lx.is(r.st.Word(w.Head), classReport) {
		return false
	}
	head := r.subject(w.Head, 0)
	if head == 0 {
		return false
	}
	s := r.sideOf(head, asFaction)
	return s.overlaps(actor)
}

// coordinate returns to whom the act was done that the same clause tells before
// this one: "accused Canada of hiding him and demanded his return".
func (r *run) coordinate(h *hit, actor *side) side {
	st := r.st
	if w := st.Word(h.pred); w.Rel() != "conj" || w.Head == 0 || w.Head > h.pred {
		return side{}
	}
	first := st.Word(h.pred).Head
	recent := r.recent()
	for i := len(recent) - 1; i >= 0; i-- {
		f := &recent[i]
		if (f.word == first || st.Word(f.word).Head == first) && r.shares(f.Actors, actor) {
			s := r.sides(f.Recipients)
			return s.without(actor, r)
		}
	}
	return side{}
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

// opposite returns the recipient of an act, and what it costs in confidence
// that the sentence does not name it plainly. It may divide a plural actor.
func (r *run) opposite(h *hit, actor *side, a act) (recipient, own side, cost int) {
	if len(actor.countries) == 2 && r.mutual(h.pred) {
		*actor, recipient = r.pair(*actor)
		return recipient, own, 0
	}
	var at slot
	recipient, own, at = r.recipientOf(h, actor)
	if len(actor.countries) > 2 && h.frame.flags&flagSymmetric != 0 && at != slotWith && at != slotObject {
		return side{}, side{}, 0 // many met in somebody's capital
	}
	if at != 0 && at != slotDeep {
		return recipient, own, 0
	}
	if (at == 0 || at == slotDeep) && len(actor.countries) > 1 && (h.frame.flags&flagSymmetric != 0 || plural(a.typ)) {
		*actor, recipient = r.pair(*actor)
		return recipient, own, 0
	}
	if at == 0 {
		if before := r.coordinate(h, actor); before.known() {
			return before, own, 8
		}
	}
	if own.told {
		return recipient, own, 10 // "Trump asked the FBI's director to end the inquiry"
	}
	if other := r.otherSide(h, actor, a); other.known() {
		return other, own, costOther
	}
	if at == 0 && !own.known() && h.frame.flags&flagSymmetric == 0 && slices.Contains(h.frame.recipient, slotDeep) && !r.unnamed(h) && !r.asideOf(h) {
		if s := r.near(h, asTarget); s.known() {
			return s, own, costNear
		}
	}
	return recipient, own, 10
}

// mutual reports whether the subjects of a predicate act on one another:
// "kedua negara saling mendukung".
func (r *run) mutual(pred story.WordID) bool {
	for c := range r.st.Children(pred) {
		if r.lx.is(r.st.Word(c), classEach) {
			return true
		}
	}
	return pred > r.st.Sent(r.st.Word(pred).Sent).FirstWord && r.lx.is(r.st.Word(pred-1), classEach)
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
		return o.frame.code.typ == plover.Agree && o.frame.flags&flagVow == 0 && h.frame.flags&flagWrap == 0 && r.hostile(h.frame.code.typ)
	}
	return true
}

func (r *run) hostile(typ string) bool {
	t, ok := r.book.Type(typ)
	return ok && t.Quad == plover.MaterialConflict
}

// plural reports whether two subjects of such an act do it with one another.
func plural(typ string) bool {
	return typ == plover.Agree || typ == plover.Consult || typ == plover.Cooperate
}

// pair divides a plural side: two stand opposite each other, three or more
// stand together.
func (r *run) pair(s side) (actor, recipient side) {
	if len(s.countries) != 2 {
		return s, side{}
	}
	return s.split(r)
}

// otherSide returns the recipient that the sentence does not name: the
// addressee, who met the actor, or whose act is answered.
func (r *run) otherSide(h *hit, actor *side, a act) side {
	switch a.typ {
	case plover.Agree, plover.Support, plover.Concede:
	case plover.Accuse, plover.Threaten, plover.Protest, plover.Reject:
		return r.offender(actor)
	case plover.Sanction:
		return r.punished(actor)
	default:
		if h.frame.flags&flagPartner == 0 {
			return side{}
		}
	}
	if id := r.quotationOf(h.word); id != 0 {
		if to := r.st.Quotation(id).Addressee; to != 0 {
			if s := r.entitySide(to, asRecipient); s.known() && !s.overlaps(actor) {
				return s
			}
		}
	}
	if !r.nearMeeting(h.word) {
		return side{}
	}
	return r.partner(actor, a.typ)
}

// nearMeeting reports whether the story has just told of an encounter, or tells
// of one in its lead: what is said elsewhere is not said to a partner.
func (r *run) nearMeeting(w story.WordID) bool {
	at := r.st.Word(w).Sent
	for i := range r.met() {
		ev := &r.found[i]
		if ev.Type != plover.Consult && !(ev.Type == plover.Agree && ev.CAMEO == "036") {
			continue
		}
		if s := r.st.Word(ev.word).Sent; s <= leadSentences || at >= s && at <= s+leadSentences {
			return true
		}
	}
	return len(r.missions) > 0
}

// offender returns who did something hostile to the actor last: "Pemerintah
// Israel memberikan teguran keras atas tindakan tersebut" answers whom the
// story named before.
func (r *run) offender(actor *side) side {
	recent := r.recent()
	for i := len(recent) - 1; i >= 0; i-- {
		ev := &recent[i].Event
		if r.hostile(ev.Type) && r.shares(ev.Recipients, actor) && !r.shares(ev.Actors, actor) {
			return r.sides(ev.Actors)
		}
	}
	return side{}
}

// punished returns the one side against which the story tells of sanctions by
// others too: "the Security Council strengthened its sanctions".
func (r *run) punished(actor *side) side {
	var s side
	for _, f := range r.recent() {
		if ev := &f.Event; ev.Type == plover.Sanction {
			s.add(r.sides(ev.Recipients))
		}
	}
	if len(s.countries) == 1 && !s.overlaps(actor) {
		return s
	}
	return side{}
}

func (r *run) sides(ids []story.EntityID) side {
	var s side
	for _, id := range ids {
		s.add(r.entitySide(id, asRecipient))
	}
	return s
}

// partner returns who met the actor, if that is one side only; in a story of
// two sides, the other one.
func (r *run) partner(actor *side, typ string) side {
	var s side
	for i := range r.met() {
		ev := &r.found[i].Event
		if ev.Type != plover.Consult && !(ev.Type == plover.Agree && ev.CAMEO == "036") {
			continue
		}
		for _, pair := range [2][2]*[]story.EntityID{{&ev.Actors, &ev.Recipients}, {&ev.Recipients, &ev.Actors}} {
			if !r.shares(*pair[0], actor) {
				continue
			}
			for _, e := range *pair[1] {
				if o := r.entitySide(e, asRecipient); !o.overlaps(actor) {
					s.add(o)
				}
			}
		}
	}
	switch len(s.countries) {
	case 0:
		if typ != plover.Request {
			return r.host(actor)
		}
	case 1:
		return s
	}
	return side{}
}

// host returns the state in which the actor's embassy or ambassador speaks, if
// the story names one only: "Duta Besar RI untuk Rumania", "the U.S. Embassy in
// Moscow".
func (r *run) host(actor *side) side {
	var s side
	for i := range r.missions {
		if m := &r.missions[i]; m.of.overlaps(actor) {
			s.add(m.to)
		}
	}
	if len(s.countries) == 1 && !s.overlaps(actor) {
		return s
	}
	return side{}
}

// met returns the first findings, among which the meetings are.
func (r *run) met() []finding { return r.found[:min(memory, len(r.found))] }

func (r *run) shares(ids []story.EntityID, s *side) bool {
	for _, id := range ids {
		if slices.Contains(s.countries, r.st.Entity(id).Country) {
			return true
		}
	}
	return false
}

// admits reports whether an event may stand: with a state or organization as
// actor, and somebody else as recipient. What a state does to its own is kept
// only where it is force.
func (r *run) admits(h *hit, actor, recipient, own *side, a act) bool {
	if !actor.official || actor.place {
		return false
	}
	if len(actor.countries) > 2 && h.frame.flags&flagSymmetric != 0 {
		return true
	}
	if recipient.known() {
		return actor.known() && !(recipient.place && !recipient.official && r.shares(recipient.entities, actor))
	}
	if actor.known() && (r.alone(h) || a.typ == plover.Agree && (strings.HasPrefix(a.cameo, "034") || strings.HasPrefix(a.cameo, "035")) || reform(a.cameo)) {
		return true // "agreed to resign", "rejected calls for elections"
	}
	if actor.known() && actor.faction && len(actor.countries) == 1 && own.empty() && faces(a) {
		return true
	}
	return own.known() && (domestic(a.typ) || own.faction) && (own.sub || actor.sub || r.atHomeOnly(h, a) || !sameEntities(own.entities, actor.entities))
}

// reform reports whether a code is about how a state is ruled at home.
func reform(cameo string) bool {
	switch cameo[:3] {
	case "034", "104", "123":
		return len(cameo) == 4
	}
	return false
}

// faces reports whether a group that does such a thing without saying to whom
// does it to the government of its state: "workers demanded higher wages",
// "guerrillas declared a truce".
func faces(a act) bool {
	switch a.typ {
	case plover.Request, plover.Threaten, plover.Protest, plover.Retreat, plover.Concede, plover.Assault:
		return true
	}
	return false
}

// domestic reports whether such an act is told of sides of one state too.
func domestic(typ string) bool {
	switch typ {
	case plover.Consult, plover.Agree, plover.Support, plover.Cooperate:
		return false
	}
	return true
}

func sameEntities(a, b []story.EntityID) bool { return slices.Equal(a, b) }

// add appends a finding.
func (r *run) add(h *hit, a act, fo force, actor, recipient, own side, score int) {
	if !recipient.known() && h.frame.flags&flagAlone == 0 {
		recipient = own
	}
	if !recipient.known() && (r.atHomeOnly(h, a) || actor.faction && faces(a)) && len(actor.countries) == 1 {
		recipient = r.homeOf(actor)
	}
	st := r.st
	speech := r.verbalType(a.typ)
	ev := story.Event{
		Type: a.typ, Mode: a.mode, CAMEO: a.cameo, Status: a.status,
		Contexts: r.contextsOf(h.word),
		Actors:   actor.entities, ActorCountries: actor.countries, ActorSectors: actor.sectors,
		Recipients: recipient.entities, RecipientCountries: recipient.countries, RecipientSectors: recipient.sectors,
		Date: r.dateOf(h, speech), Place: r.placeOf(h),
		Trigger: st.Word(h.word).Span, TriggerWord: h.word,
		Quotation: r.quotationOf(h.word),
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

// atHomeOnly adds what rebels yield in a story of one state.
func (r *run) atHomeOnly(h *hit, a act) bool {
	if h.frame.flags&flagAlone == 0 {
		if o := r.embedded(h); o != nil && atHome(o.frame.code) {
			return true
		}
	}
	return a.typ == plover.Retreat && r.only != "" || atHome(a) || reform(a.cameo)
}

// atHome reports whether such an act, told without a recipient, is done to the
// actor's own state: "Sri Lanka's president resigned", "workers went on strike".
func atHome(a act) bool {
	switch a.typ {
	case plover.Protest, plover.Concede, plover.Coerce:
		return true
	}
	return a.mode == "resign"
}

// homeOf returns the state to which a side belongs.
func (r *run) homeOf(s side) side {
	id := r.stateOf(s.countries[0])
	if id == 0 {
		id = s.entities[0]
	}
	return side{entities: []story.EntityID{id}, countries: s.countries[:1], official: true}
}

func (r *run) verbalType(typ string) bool {
	t, _ := r.book.Type(typ)
	return t.Quad == plover.VerbalConflict || t.Quad == plover.VerbalCooperation && typ != plover.Consult
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
		if slices.Contains(ev.ActorCountries, c) {
			return 0
		}
	}
	return q.Speaker
}
