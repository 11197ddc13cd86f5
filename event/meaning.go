package event

import (
	"slices"

	"kawat/plover"
	"kawat/story"
)

// This file tells what a hit says was done.

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
	case f.code.typ == plover.Protest && f.code.cameo == "142" && h.object != 0 && r.foreign(h):
		f.code = act{typ: plover.Reject, mode: "assist", cameo: "122"} // "Eritrea refused food"
	default:
		return h.frame
	}
	return &f
}

// foreign reports whether the object of an act is another side's: "refused
// American food" is no hunger strike.
func (r *run) foreign(h *hit) bool {
	o := h.object
	if w := r.st.Word(o); w.Rel() == "compound" && w.Head != 0 {
		o = w.Head
	}
	s := r.owner(o)
	return s.known() && !s.overlaps(&h.actor)
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
	case a.typ == plover.Agree && h.frame.flags&flagWrap != 0 && r.forswears(h):
		return r.refineCode(h, act{typ: plover.Reject, mode: "change", cameo: "120"}), true
	case h.frame.flags&flagVow != 0 && r.intendsHarm(h):
		a = act{typ: plover.Threaten, cameo: "130"}
	case a.typ == plover.Threaten && h.frame.flags&flagWrap != 0 && r.intendsGood(h):
		a = act{typ: plover.Agree, cameo: "030", status: story.Pledged} // "is ready to suspend sanctions"
	}
	return r.refineCode(h, a), false
}

// forswears reports whether what is promised is not to yield or help: "vowed never to
// give up its weapons".
func (r *run) forswears(h *hit) bool {
	c := r.complement(h.word)
	if c == 0 {
		return false
	}
	var fo force
	r.readMarks(c, &fo)
	if !fo.negated {
		return false
	}
	o := r.embedded(h)
	return o != nil && cooperative(o.frame.code.typ) && o.frame.flags&flagWrap == 0
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
	return o != nil && (r.hostile(o.frame.code.typ) || o.frame.code.typ == plover.Threaten)
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

// menace turns a hostile act that a side only holds out into the threat that it
// is: "Minsk could close all crossings", said by Minsk. What others fear that
// it might do is no event.
func (r *run) menace(h *hit, a act, fo force, actor *side) (act, bool) {
	if !r.hostile(a.typ) || a.typ == plover.Protest || fo.negated {
		return a, true
	}
	open := fo.modal && !fo.future || fo.conditional
	if open && !fo.conditional && r.st.Word(h.pred).Rel() == "advcl" {
		return a, false // "seeks a warrant so it can seize the ring"
	}
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

func (r *run) hostile(typ string) bool {
	t, ok := r.book.Type(typ)
	return ok && t.Quad == plover.MaterialConflict
}

func (r *run) verbalType(typ string) bool {
	t, _ := r.book.Type(typ)
	return t.Quad == plover.VerbalConflict || t.Quad == plover.VerbalCooperation && typ != plover.Consult
}
