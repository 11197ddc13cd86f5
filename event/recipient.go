package event

import (
	"slices"

	"kawat/plover"
	"kawat/story"
)

// This file finds to whom an act is done.

// recipientOf returns to whom the act is done, never the actor's own side; own
// is such a side, for domestic acts.
func (r *run) recipientOf(h *hit, actor *side) (s, own side, at slot) {
	part := asRecipient
	if h.frame.flags&flagPeople != 0 {
		part = asTarget
	} else if h.frame.flags&flagWrap != 0 {
		if o := r.embedded(h); o != nil && o.frame.flags&flagPeople != 0 {
			part = asTarget
		}
	}
	if s = r.victim(h, actor); s.known() {
		return s, own, slotTo
	}
	ours, ownThing := r.oursAt(h), r.praisesOwn(h, actor)
	for _, sl := range h.frame.recipient {
		if ownThing && (sl == slotDeep || sl == slotTo) {
			continue
		}
		if sl == slotDeep && (r.unnamed(h) || r.asideOf(h)) {
			continue
		}
		if sl == slotDeep && ours {
			sl = slotPlace
		}
		got := r.fill(h, sl, part)
		if got.empty() {
			continue
		}
		got = got.without(actor, r)
		if got.known() {
			return got, own, sl
		}
		if own.empty() {
			if own = r.fill(h, sl, part); !own.empty() && sl != slotDeep && sl != slotOwner {
				own.told = true
			}
		}
	}
	if ours {
		if own.empty() {
			own = *actor
		}
		own.sub, own.faction = true, true
	}
	return side{}, own, 0
}

// victim returns at whom the hostile act is aimed that a side intends: Iran in
// "is considering whether to join Israel's attack on Iran".
func (r *run) victim(h *hit, actor *side) (s side) {
	if h.frame.flags&flagWrap == 0 || h.frame.flags&flagVow == 0 {
		return s
	}
	o := r.embedded(h)
	if o == nil || !r.hostile(o.frame.code.typ) || len(o.frame.recipient) == 0 || o.frame.recipient[0] != slotTo {
		return s
	}
	one := *o
	one.actor = *actor
	s = r.fill(&one, slotTo, asTarget)
	return s.without(actor, r)
}

// praisesOwn reports whether the words are about what somebody else of the actor's
// own side does: a legislator who hails his president's trip to Russia does not
// praise Russia.
func (r *run) praisesOwn(h *hit, actor *side) bool {
	switch h.frame.code.typ {
	case plover.Support, plover.Accuse, plover.Reject:
	default:
		return false
	}
	o := r.undergoer(h.pred, r.passive(h.pred))
	if o == 0 || h.frame.flags&flagWrap != 0 && h.frame.code.typ != plover.Reject {
		return false
	}
	for c := range r.st.Children(o) {
		word := r.st.Word(c)
		switch word.Rel() {
		case "nmod", "compound":
		default:
			continue
		}
		if word.UPOS == story.PRON || c < o && r.caseWord(c) == 0 && word.Deprel != "nmod:poss" || r.caseClass(c)&^classOf != 0 || !r.official(c) {
			continue
		}
		if s := r.phrase(c, asRecipient, 1); s.within(actor) {
			return true
		}
	}
	return false
}

// official reports whether a word names a person or who holds an office.
func (r *run) official(w story.WordID) bool {
	for _, id := range r.st.Denotes(w) {
		if k := r.st.Entity(id).Kind; k == story.Person || k == story.Group {
			return true
		}
	}
	return r.lx.is(r.st.Word(w), classOfficial)
}

// asideOf reports whether support only qualifies a noun that is no side: "a mission
// backed by the United Nations".
func (r *run) asideOf(h *hit) bool {
	w := r.st.Word(h.pred)
	return h.frame.code.typ == plover.Support && (w.Rel() == "acl" || w.Rel() == "amod") && r.passive(h.pred)
}

// oursAt reports whether an act is done to people or a group whose state is not
// told: they are the actor's own, or of where it happens: "Police arrested
// twenty protesters", "offered to free jailed guerrillas".
func (r *run) oursAt(h *hit) bool {
	pred := h.pred
	if h.frame.flags&flagWrap != 0 {
		if c := r.complement(h.word); c != 0 {
			pred = c
		}
	}
	o := r.undergoer(pred, r.passive(pred))
	if i := r.st.Child(pred, "iobj"); i != 0 && r.lx.is(r.st.Word(i), classFaction|classPeople) {
		o = i
	}
	for c := range r.st.Children(pred) {
		if c > pred && r.st.Word(c).Rel() == "obl" && r.caseClass(c)&(classTo|classWith|classFrom) != 0 && r.lx.is(r.st.Word(c), classFaction|classPeople) {
			o = c // "fired tear gas at demonstrators"
		}
	}
	if o != 0 && o == h.object && h.frame.code.typ == plover.Accuse {
		for c := range r.st.Children(o) {
			if c > o && r.caseClass(c)&classTo != 0 {
				o = c // "an inquiry into 28 officials"
				break
			}
		}
	}
	if o == 0 {
		return false
	}
	if m := r.measured(o); m != 0 && r.lx.is(r.st.Word(o), classMeasure) {
		o = m
	}
	for c := range r.st.Children(o) {
		if r.st.Word(c).Rel() == "compound" && r.lx.is(r.st.Word(c), classFaction) {
			if s := r.sideOf(o, asTarget); s.empty() || s.within(&h.actor) {
				return true // "shut down three opposition newspapers"
			}
		}
	}
	theirs := classFaction | classPeople
	if h.frame.code.typ == plover.Accuse && h.actor.sub {
		theirs |= classActor | classOfficial // "A Chilean judge opened an inquiry into 28 officials"
	}
	if w := r.st.Word(o); w.Mention != 0 || !r.lx.is(w, theirs) {
		return false
	}
	s := r.sideOf(o, asTarget)
	return s.empty() || s.within(&h.actor)
}

// unnamed reports whether the sentence says whom the act concerns, in words that
// name no side: "spoke with five counterparts amid Israeli threats" does not
// tell of a call to Israel.
func (r *run) unnamed(h *hit) bool {
	st := r.st
	for _, sl := range h.frame.recipient {
		want := class(0)
		switch sl {
		case slotWith:
			want = classWith
		case slotTo:
			want = classTo
		default:
			continue
		}
		for c := range st.Children(h.pred) {
			w := st.Word(c)
			if c > h.pred && (w.Rel() == "obl" || w.Rel() == "nmod") && r.caseClass(c)&want != 0 && r.lx.is(w, classActor|classPeople|classFaction|classPrivate|classOfficial) {
				return true
			}
		}
	}
	if o := r.undergoer(h.pred, false); o > h.pred && slices.Contains(h.frame.recipient, slotObject) {
		w := st.Word(o)
		if h.frame.flags&flagWrap != 0 && w.Mention == 0 && r.lx.is(w, classActor|classOfficial) && r.noSide(o) {
			return true // "urged European governments to back the Palestinians"
		}
		return w.UPOS == story.PROPN && w.Mention == 0 || r.lx.is(w, classPrivate|classReporter)
	}
	return false
}

// without returns the members of a side that do not belong to another.
func (s *side) without(o *side, r *run) side {
	if !s.overlaps(o) {
		return *s
	}
	var rest side
	for _, e := range s.entities {
		c := r.st.Entity(e).Country
		if c == "" || containsString(o.countries, c) {
			continue
		}
		rest.add(r.entitySide(e, asTarget))
	}
	return rest
}

func containsString(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// governing returns the sides of the clause in which a participle stands: those
// who talked in "agreed after talks mediated by Qatar".
func (r *run) governing(h *hit, part as) (s side) {
	st := r.st
	up := st.Word(h.pred).Head
	for i := 0; i < maxClimb && up != 0 && st.Word(up).UPOS != story.VERB; i++ {
		up = st.Word(up).Head
	}
	if up == 0 {
		return s
	}
	for _, w := range [2]story.WordID{r.above(up, 0), r.undergoer(up, false)} {
		if w != 0 {
			if one := r.sideOf(w, part); !one.within(&h.actor) {
				s.add(one)
			}
		}
	}
	return s
}

// near returns the first other side behind the trigger in its clause, whatever
// the tree makes of it: "regret over the missile that landed in Iran".
func (r *run) near(h *hit, part as) side {
	st := r.st
	end := r.window(h.word, 14)
	for i := h.word + 1; i < end; i++ {
		if st.Word(i).Mention == 0 || r.caseClass(i)&classAgent != 0 {
			continue
		}
		if up := r.lift(i); r.lx.is(st.Word(up), classOccasion) && r.caseClass(up)&(classPlace|classDuring) != 0 {
			continue // "threatened in his United Nations address to"
		}
		if s := r.sideOf(i, part); s.known() && !s.within(&h.actor) {
			return s
		}
	}
	return side{}
}
