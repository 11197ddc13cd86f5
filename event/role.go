package event

import (
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

// owner returns the side that a noun belongs to: "serangan Israel", "Israel's attack".
func (r *run) owner(noun story.WordID) side { return r.ownerBeside(noun, nil) }

// ownerBeside is owner, but takes another side than one that is known before its
// own: China in Trump's "lauded his Beijing meetings".
func (r *run) ownerBeside(noun story.WordID, known *side) (own side) {
	for c := range r.st.Children(noun) {
		cw := r.st.Word(c)
		switch cw.Rel() {
		case "nmod", "compound", "amod":
			if r.caseClass(c)&(classTo|classWith|classPlace|classFrom) != 0 || cw.Mention != 0 && cw.Mention == r.st.Word(noun).Mention && cw.Rel() != "amod" {
				continue
			}
			s := r.phrase(c, asRecipient, 1)
			if !s.empty() && (known == nil || !s.within(known)) {
				return s
			}
			if own.empty() {
				own = s
			}
		}
	}
	return own
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
	case slotAbout:
		return r.after(h, classTopic, part)
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
			return r.ownerBeside(o, &h.actor)
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
	if h.frame.code.typ == plover.Consult && cl == classWith && r.withStrangers(h, part) {
		return side{}
	}
	for _, w := range [3]story.WordID{h.word, h.object, h.pred} {
		if w != 0 {
			if s := r.afterIn(h, w, cl, part, 0); !s.empty() {
				return s
			}
		}
	}
	return r.afterNear(h, cl, part)
}

// withStrangers reports whether the words say with whom somebody met, and these are of
// no other side: "spoke with a member of his team about contacts with Russia".
func (r *run) withStrangers(h *hit, part as) bool {
	for c := range r.st.Children(h.pred) {
		w := r.st.Word(c)
		if c < h.pred || w.Rel() != "obl" || r.caseClass(c)&classWith == 0 || r.caseMarked(c, markBetween) {
			continue
		}
		if w.UPOS != story.NOUN || !r.lx.is(w, classActor|classPeople|classPrivate|classReporter|classFaction|classOfficial|classMeasure) {
			continue
		}
		if s := r.sideOf(c, part); s.empty() || s.within(&h.actor) {
			return true
		}
	}
	return false
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
				if c > w && !r.clauseApart(h, c) {
					if s := r.afterIn(h, c, cl, part, depth+1); !s.empty() {
						return s
					}
				}
			}
		}
	}
	return side{}
}

// clauseApart reports whether a clause tells something of its own: it is no
// complement of the act, or has a subject that is. Nobody went to North Korea in
// "headed to Asia as an aide warned of a crisis over North Korea".
func (r *run) clauseApart(h *hit, w story.WordID) bool {
	word := r.st.Word(w)
	switch word.Rel() {
	case "advcl":
	case "ccomp":
		if h.frame.flags&flagWrap != 0 {
			return false
		}
	case "conj":
		if word.UPOS != story.VERB {
			return false
		}
	default:
		return false
	}
	return r.st.Child(w, "nsubj", "nsubj:pass") != 0
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
		if h.frame.code.typ == plover.Support && r.inAside(h.pred, i) {
			continue // "espoused a traditional policy, defending the Iran deal"
		}
		if part != asTarget && r.caseClass(i)&classPlace != 0 || h.frame.code.typ == plover.Support && r.caseClass(r.lift(i))&classTopic != 0 {
			continue
		}
		up := r.lift(i)
		if r.lx.is(st.Word(up), classOccasion) && r.caseClass(up)&(classPlace|classDuring) != 0 {
			continue // "threatened in his United Nations address to"
		}
		s := r.sideOf(up, part)
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

// inAside reports whether a word stands in an adverbial clause below a predicate.
func (r *run) inAside(pred, w story.WordID) bool {
	for range maxClimb {
		word := r.st.Word(w)
		if w == pred || word.Head == 0 {
			return false
		}
		if word.Rel() == "advcl" {
			return true
		}
		w = word.Head
	}
	return false
}

// lift returns the noun that a state's name qualifies: "Ugandan" in "Ugandan
// opposition candidates" leads to the candidates.
func (r *run) lift(w story.WordID) story.WordID {
	st := r.st
	for range 5 {
		word := st.Word(w)
		if word.Head == 0 {
			return w
		}
		if word.Mention != 0 && st.Word(word.Head).Mention == word.Mention {
			w = word.Head // "United" in "his United Nations address"
			continue
		}
		if st.Word(word.Head).Mention != 0 && word.Rel() != "amod" {
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
