package event

import (
	"slices"

	"kawat/plover"
	"kawat/story"
)

// roles fills the slots of a hit.

// What it costs in confidence that a side is not told plainly.
const (
	costDoer  = 10 // the actor is whatever a state qualifies: "an Israeli strike"
	costWeak  = 18 // the tree gave no actor: the nearest side before the predicate
	costOther = 14 // the sentence gave no recipient: whom the actor meets
	costNear  = 20 // the tree gave no recipient: the nearest side behind the trigger
)

// actorOf returns who acts, and what the guess costs in confidence.
func (r *run) actorOf(h *hit) (s side, cost int) {
	part := asActor
	switch typ := h.frame.code.typ; {
	case typ == plover.Protest || h.frame.flags&flagCrowd != 0:
		part = asCrowd
	case domestic(typ) || h.frame.flags&flagVow != 0:
		part = asFaction
	}
	passive, told := r.passive(h.pred), false
	for _, sl := range h.frame.actor {
		if sl != slotSubject {
			s = r.fill(h, sl, part)
		} else if head := r.doer(h.pred, passive && h.frame.flags&flagState == 0); head != 0 {
			if s = r.sideOf(head, part); s.empty() {
				s = r.firstPerson(head)
			}
			if s.empty() && deed(h.frame.code.typ) {
				s, cost = r.sideOf(head, asDoer), costDoer
			}
			told = told || !r.doubtful(h.pred, head)
		}
		if !s.empty() {
			return s, cost
		}
		cost = 0
	}
	thing := h.word
	if h.frame.flags&flagSubject != 0 {
		thing = h.object
	}
	if h.frame.noun || thing != h.word {
		if s = r.owner(thing); !s.empty() {
			return s, 0
		}
		if s = r.after(h, classWith, asActor); len(s.countries) > 1 && h.frame.flags&flagSymmetric != 0 {
			return s, 0 // "talks between Iran and France"
		}
	}
	if thing != h.word && h.frame.code.typ == plover.Protest {
		if s = r.sideAt(r.placeOf(h)); s.known() {
			s.sub, s.faction = true, true
			return s, costDoer // "Protests erupted in Lima"
		}
	}
	if told && (deed(h.frame.code.typ) || faces(h.frame.code)) {
		if s = r.local(h, r.doer(h.pred, passive)); s.known() {
			return s, costDoer
		}
	}
	if told && h.frame.flags&flagLoose == 0 || h.frame.actor[0] != slotSubject {
		return side{}, 0
	}
	if passive {
		if s = r.moved(h); !s.empty() {
			return s, 0
		}
		return r.hostState(h), costWeak
	}
	if s = r.speakerSide(h.word); !s.empty() && r.subjectless(h) {
		return s, costWeak
	}
	if s = r.rightBefore(h); s.known() {
		return s, costDoer
	}
	return r.nearestBefore(h.word), costWeak
}

// rightBefore returns the official or the state whose name ends where the
// predicate begins, whatever the tree makes of it.
func (r *run) rightBefore(h *hit) side {
	st := r.st
	first := st.Sent(st.Word(h.pred).Sent).FirstWord
	for i := h.pred - 1; i >= first && h.pred == h.word; i-- {
		switch word := st.Word(i); {
		case word.UPOS == story.AUX || word.UPOS == story.ADV && word.Mention == 0:
			continue
		case word.Mention == 0 || r.caseWord(i) != 0 || st.Mention(word.Mention).Type == story.AdjectiveMention:
			return side{}
		}
		m := st.Mention(st.Word(i).Mention)
		before, _ := st.WordsIn(m.Span)
		if before > first && st.Word(before-1).UPOS == story.ADP {
			return side{}
		}
		return r.sideOf(i, asActor)
	}
	return side{}
}

// deed reports whether anybody of a state may do such an act for it in the eyes
// of the code book.
func deed(typ string) bool {
	switch typ {
	case plover.Assault, plover.Coerce, plover.Aid, plover.Protest, plover.Mobilize:
		return true
	}
	return false
}

// local returns the side of people or forces whose state only the place of their
// deed tells: "Prisoners rioted at a jail in Dili".
func (r *run) local(h *hit, who story.WordID) side {
	if who == 0 || r.st.Word(who).Mention != 0 || !r.lx.is(r.st.Word(who), classPeople|classFaction|classActor) {
		return side{}
	}
	for c := range r.st.Children(who) {
		if c > who && r.caseClass(c)&classPlace != 0 {
			if where, ok := r.where(c); ok {
				s := r.sideAt(where)
				s.sub, s.faction = true, true
				return s // "kidnappers in Lebanon"
			}
		}
	}
	s := r.sideAt(r.placeOf(h))
	s.sub, s.faction = true, true
	return s
}

// moved returns whose forces a passive moves that names nobody who moves them:
// "Pasukan Rusia telah ditarik dari Kherson".
func (r *run) moved(h *hit) side {
	if h.frame.code.mode != "withdraw" && h.frame.code.typ != plover.Mobilize {
		return side{}
	}
	if o := r.undergoer(h.pred, true); o != 0 {
		return r.sideOf(o, asFaction)
	}
	return side{}
}

// doubtful reports whether a tree takes a noun for the subject only because it
// hung the predicate from it: "Indonesia pada prinsipnya setuju" may come out
// as a relative clause of "prinsip".
func (r *run) doubtful(pred, head story.WordID) bool {
	st := r.st
	if st.Word(pred).Head != head || st.Word(pred).Rel() != "acl" || st.Word(head).Mention != 0 {
		return false
	}
	for i := head + 1; i < pred; i++ {
		if r.lx.is(st.Word(i), classRelative) {
			return false
		}
	}
	return true
}

// hostState returns the state in which somebody was arrested, deported or
// tried, where the passive does not say by whom: "was detained in Istanbul".
func (r *run) hostState(h *hit) side {
	switch {
	case h.frame.code.typ == plover.Coerce && h.frame.code.mode != "cyber":
	case h.frame.code.mode == "convict" || h.frame.code.mode == "release":
	default:
		return side{}
	}
	where := r.placeOf(h)
	if where.Country == "" {
		where = r.placeBefore(h)
	}
	return r.sideAt(where)
}

// sideAt returns the state in which a place lies.
func (r *run) sideAt(where story.Where) side {
	if where.Country == "" {
		return side{}
	}
	s := side{countries: []string{where.Country}, official: true}
	if id := r.stateOf(where.Country); id != 0 {
		s.entities = []story.EntityID{id}
	} else if where.Entity != 0 {
		s.entities = []story.EntityID{where.Entity}
	}
	return s
}

// subjectless reports whether no side stands before the predicate in its
// sentence: `"Siap memperkuat kerja sama," kata Menlu Malaysia`.
func (r *run) subjectless(h *hit) bool {
	s := r.nearestBefore(h.word)
	return s.empty()
}

// owner returns the side that a noun belongs to: "serangan Israel", "Israel's attack".
func (r *run) owner(noun story.WordID) side {
	for c := range r.st.Children(noun) {
		cw := r.st.Word(c)
		switch cw.Rel() {
		case "nmod", "compound", "amod":
			if r.caseClass(c)&(classTo|classWith|classPlace|classFrom) != 0 || cw.Mention != 0 && cw.Mention == r.st.Word(noun).Mention && cw.Rel() != "amod" {
				continue
			}
			if s := r.phrase(c, asRecipient, 1); !s.empty() {
				return s
			}
		}
	}
	return side{}
}

// author returns who made the thing that a noun names, as a participle on it
// says: "the plan proposed by France".
func (r *run) author(noun story.WordID) side {
	for c := range r.st.Children(noun) {
		if r.st.Word(c).Rel() == "acl" && r.passive(c) {
			if by := r.agent(c); by != 0 {
				return r.sideOf(by, asRecipient)
			}
		}
	}
	return side{}
}

// firstPerson returns the speaker's side for "we", "kami", "our country".
func (r *run) firstPerson(w story.WordID) side {
	word := r.st.Word(w)
	if word.UPOS == story.PRON && len(r.st.Denotes(w)) == 0 {
		return r.speakerSide(w) // "The embassy said it would restart services"
	}
	if !r.lx.is(word, classFirst) {
		found := false
		for c := range r.st.Children(w) {
			if r.lx.is(r.st.Word(c), classFirst) {
				found = true
			}
		}
		if !found {
			return side{}
		}
	}
	return r.speakerSide(w)
}

// speakerSide returns the side of the speaker of the quotation around a word.
func (r *run) speakerSide(w story.WordID) side {
	id := r.quotationOf(w)
	if id == 0 {
		return side{}
	}
	q := r.st.Quotation(id)
	for _, e := range [2]story.EntityID{q.OnBehalfOf, q.Speaker} {
		if e != 0 {
			if s := r.entitySide(e, asActor); !s.empty() {
				return s
			}
		}
	}
	return side{}
}

// nearestBefore returns the nearest side before a word in its sentence that no
// preposition governs and that owns nothing.
func (r *run) nearestBefore(w story.WordID) side {
	st := r.st
	first := st.Sent(st.Word(w).Sent).FirstWord
	for i := w - 1; i >= first && w-i <= 14; i-- {
		word := st.Word(i)
		if word.Mention == 0 || word.Deprel == "nmod:poss" && word.Head != w {
			continue
		}
		clause := r.caseClass(i)&classSubordinator != 0 // "after Putin ordered"
		if !clause && r.caseWord(i) != 0 {
			continue
		}
		if h := word.Head; h != 0 && h < w && !clause && word.Rel() != "nsubj" {
			if r.caseWord(h) != 0 || word.Rel() == "obj" {
				continue
			}
			if hw := st.Word(h); hw.UPOS == story.NOUN && hw.Mention == 0 && !r.lx.is(hw, classActor) {
				continue
			}
		}
		if s := r.sideOf(i, asActor); !s.empty() {
			return s
		}
	}
	return side{}
}

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
	ours := r.oursAt(h)
	for _, sl := range h.frame.recipient {
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
	if o == 0 {
		return false
	}
	if m := r.measured(o); m != 0 && r.lx.is(r.st.Word(o), classMeasure) {
		o = m
	}
	for c := range r.st.Children(o) {
		if r.st.Word(c).Rel() == "compound" && r.st.Word(c).Mention == 0 && r.lx.is(r.st.Word(c), classFaction) && r.noSide(o) {
			return true // "shut down three opposition newspapers"
		}
	}
	if w := r.st.Word(o); w.Mention != 0 || !r.lx.is(w, classFaction|classPeople) {
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

// fill returns the side in one slot of a hit.
func (r *run) fill(h *hit, sl slot, part as) side {
	switch sl {
	case slotSubject:
		return r.sideOf(r.st.Child(h.pred, "nsubj"), part)
	case slotObject:
		return r.objectSide(h, part)
	case slotTo:
		return r.after(h, classTo, part)
	case slotWith:
		return r.after(h, classWith, part)
	case slotFrom:
		return r.after(h, classFrom, part)
	case slotBy:
		return r.after(h, classAgent, part)
	case slotPlace:
		return r.after(h, classPlace, asTarget)
	case slotOwner:
		o := h.object
		if o == 0 {
			o = r.undergoer(h.pred, r.passive(h.pred))
		}
		if o != 0 {
			if s := r.author(o); s.known() && !s.within(&h.actor) {
				return s // "usul yang diajukan Uni Afrika ditolak"
			}
			return r.owner(o)
		}
	case slotClause:
		c := r.complement(h.word)
		if c == 0 && h.object != 0 {
			c = r.complement(h.object)
		}
		if c != 0 {
			if s := r.st.Child(c, "nsubj", "nsubj:pass"); s != 0 {
				return r.sideOf(s, part)
			}
		}
	case slotDeep:
		return r.deep(h, part)
	case slotSpeaker:
		return r.speakerSide(h.word)
	}
	return side{}
}

func (r *run) objectSide(h *hit, part as) side {
	for _, o := range [3]story.WordID{r.undergoer(h.pred, r.passive(h.pred)), r.st.Child(h.pred, "iobj"), r.st.Child(h.word, "obj")} {
		if o == 0 {
			continue
		}
		if s := r.sideOf(o, part); !s.empty() {
			return s
		}
	}
	return side{}
}

// after returns the first side behind a preposition of a class that belongs to
// the trigger, its object, its predicate, or one of their complements.
func (r *run) after(h *hit, cl class, part as) side {
	for _, w := range [3]story.WordID{h.word, h.object, h.pred} {
		if w != 0 {
			if s := r.afterIn(h, w, cl, part, 0); !s.empty() {
				return s
			}
		}
	}
	return r.afterNear(h, cl, part)
}

func (r *run) afterIn(h *hit, w story.WordID, cl class, part as, depth int) side {
	st := r.st
	for c := range st.Children(w) {
		word := st.Word(c)
		switch word.Rel() {
		case "obl", "nmod", "obj", "advmod", "iobj", "xcomp", "dep":
			if r.caseClass(c)&cl != 0 {
				if s := r.sideOf(c, part); !s.empty() && !s.within(&h.actor) {
					return s
				}
			}
		}
		if depth < 2 {
			switch word.Rel() {
			case "obj", "xcomp", "nmod", "obl", "conj", "ccomp", "advcl":
				if c > w {
					if s := r.afterIn(h, c, cl, part, depth+1); !s.empty() {
						return s
					}
				}
			}
		}
	}
	return side{}
}

// afterNear looks for the preposition without the tree.
func (r *run) afterNear(h *hit, cl class, part as) side {
	st := r.st
	end := r.window(h.word, 10)
	for i := h.word + 1; i < end; i++ {
		if st.Word(i).UPOS != story.ADP && st.Word(i).UPOS != story.SCONJ || !r.lx.is(st.Word(i), cl) {
			continue
		}
		for j := i + 1; j < end && j-i <= 5; j++ {
			if st.Word(j).Mention != 0 && st.Word(j).UPOS.Nominal() {
				if s := r.sideOf(j, part); !s.empty() && !s.within(&h.actor) {
					return s
				}
			}
		}
	}
	return side{}
}

// deep returns the first side behind the trigger, other than the actor's own,
// that stands below its predicate.
func (r *run) deep(h *hit, part as) side {
	st := r.st
	var own side
	end := st.Sent(st.Word(h.word).Sent).EndWord
	for i := h.word + 1; i < end && i-h.word <= 25; i++ {
		word := st.Word(i)
		if word.Mention == 0 || !st.Dominates(h.pred, i) && st.Word(h.pred).UPOS == story.VERB {
			continue
		}
		if part != asTarget && r.caseClass(i)&classPlace != 0 {
			continue
		}
		s := r.sideOf(r.lift(i), part)
		if s.empty() {
			s = r.sideOf(i, part)
		}
		if !s.empty() && !s.within(&h.actor) {
			return s
		}
		if own.empty() {
			own = s // "threatened to ban Ugandan opposition candidates"
		}
	}
	if (own.empty() || own.within(&h.actor)) && st.Word(h.pred).Rel() == "acl" && r.passive(h.pred) {
		if s := r.governing(h, part); s.known() {
			return s
		}
	}
	return own
}

// lift returns the noun that a state's name qualifies: "Ugandan" in "Ugandan
// opposition candidates" leads to the candidates.
func (r *run) lift(w story.WordID) story.WordID {
	st := r.st
	for range 3 {
		word := st.Word(w)
		if word.Head == 0 || st.Word(word.Head).Mention != 0 && word.Rel() != "amod" {
			return w
		}
		switch word.Rel() {
		case "amod", "compound":
		default:
			if word.Deprel != "nmod:poss" && word.Rel() != "nmod" || r.caseWord(w) != 0 && word.Deprel != "nmod:poss" {
				return w
			}
		}
		if hw := st.Word(word.Head); hw.UPOS != story.NOUN {
			return w
		}
		w = word.Head
	}
	return w
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
		if s := r.sideOf(i, part); s.known() && !s.within(&h.actor) {
			return s
		}
	}
	return side{}
}
