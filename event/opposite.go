package event

import (
	"slices"

	"kawat/plover"
	"kawat/story"
)

// This file tells to whom an act is done that the sentence does not tell plainly.

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
	together := h.frame.flags&flagSymmetric != 0 || plural(a)
	if len(actor.countries) == 2 && together && at != slotWith && at != slotObject && r.amongThem(h) {
		*actor, recipient = r.pair(*actor)
		return recipient, own, 0 // "agreed to meet in Lima"
	}
	if at != 0 && at != slotDeep {
		return recipient, own, 0
	}
	if (at == 0 || at == slotDeep) && len(actor.countries) > 1 && together {
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
	if other := r.otherSide(h, actor, a); other.known() && !r.praisesOwn(h, actor) {
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

// plural reports whether two subjects of such an act do it with one another.
func plural(a act) bool {
	return a.typ == plover.Agree || a.typ == plover.Consult || a.typ == plover.Cooperate || a.mode == "ceasefire"
}

// amongThem reports whether what two sides do or agree to do together is done to
// nobody else: they meet, talk, exercise or stop fighting.
func (r *run) amongThem(h *hit) bool {
	f := h.frame
	if f.flags&flagWrap != 0 {
		o := r.embedded(h)
		if o == nil {
			return false
		}
		f = o.frame
	}
	return f.code.typ == plover.Consult || f.code.typ == plover.Cooperate || f.code.mode == "ceasefire"
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
	case plover.Support:
		if r.st.Child(h.pred, "xcomp", "ccomp") > h.pred {
			return side{} // "upholds resolving the issue via talks"
		}
	case plover.Agree, plover.Concede:
		if c := r.complement(h.word); c != 0 && h.frame.flags&flagWrap != 0 && r.lx.is(r.st.Word(c), classHypothesis) {
			return side{} // "something that he has vowed to prevent"
		}
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
