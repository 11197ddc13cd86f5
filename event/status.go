package event

import (
	"kawat/plover"
	"kawat/story"
)

// force is what the words around a predicate make of it.
type force struct {
	negated, future, modal, must, conditional, planned, purpose, thought, ongoing bool
	condition                                                                     story.Span
}

// forceOf reads the auxiliaries, negations and governors of a predicate.
func (r *run) forceOf(pred story.WordID) force {
	var fo force
	st := r.st
	w := pred
	for i := 0; i < maxClimb && w != 0; i++ {
		r.readMarks(w, &fo)
		word := st.Word(w)
		head := word.Head
		if head == 0 {
			break
		}
		switch word.Rel() {
		case "xcomp", "acl", "ccomp", "obj", "advcl":
			hc := r.lx.of(st.Word(head))
			if hc&classReport != 0 {
				return fo
			}
			if hc&classPlan != 0 {
				fo.planned = true
			}
			if hc&classHypothesis != 0 {
				fo.thought = true
			}
			if word.Rel() == "obj" || word.Rel() == "ccomp" || word.Rel() == "advcl" || word.Deprel == "acl:relcl" {
				if word.Rel() == "ccomp" && hc&(classPlan|classHypothesis) == 0 {
					return fo
				}
				if word.Rel() == "obj" && st.Word(head).UPOS != story.VERB {
					return fo
				}
				if word.Rel() == "advcl" || word.Deprel == "acl:relcl" {
					return fo
				}
			}
			w = head
		case "conj":
			if st.Child(w, "nsubj", "nsubj:pass") != 0 {
				return fo
			}
			// "would not stand again and promised to go" promises
			if own := fo.negated; !own && st.Word(head).Rel() != "xcomp" {
				up := r.forceOf(head)
				fo.future, fo.modal, fo.must, fo.conditional = fo.future || up.future, fo.modal || up.modal, fo.must || up.must, fo.conditional || up.conditional
				fo.planned, fo.purpose, fo.thought = fo.planned || up.planned, fo.purpose || up.purpose, fo.thought || up.thought
				fo.negated = up.negated && !r.finiteVerb(w)
				return fo
			}
			w = head
		default:
			return fo
		}
	}
	return fo
}

// finiteVerb reports whether a verb has a tense of its own.
func (r *run) finiteVerb(w story.WordID) bool {
	f := r.st.Word(w).Feats
	return hasFeat(f, "VerbForm=Fin") || hasFeat(f, "Tense=Past")
}

// readMarks reads what depends on a predicate and the few words before it.
func (r *run) readMarks(w story.WordID, fo *force) {
	st := r.st
	for c := range st.Children(w) {
		word := st.Word(c)
		switch word.Rel() {
		case "aux", "advmod", "mark", "cop", "case", "det", "discourse", "fixed":
			if c < w && r.lx.marked(word, markWhether) {
				fo.thought = true // "the question is whether he would order strikes"
			}
			if !r.notOnly(c) {
				r.readMark(word, c < w, fo)
			}
		case "advcl":
			for g := range st.Children(c) {
				if st.Word(g).Rel() == "mark" && r.lx.is(st.Word(g), classCondition) {
					fo.conditional = true
					fo.condition = st.Subtree(c)
				}
			}
		}
	}
	if be := st.Child(w, "cop", "aux"); fo.purpose && be != 0 && be < w && !fo.future {
		fo.planned = true // "Sweden is to provide relief"
	}
	first := st.Sent(st.Word(w).Sent).FirstWord
	for i := w - 1; i >= first && w-i <= 3; i-- {
		word := st.Word(i)
		switch word.UPOS {
		case story.AUX, story.ADV, story.PART, story.SCONJ:
			if !r.notOnly(i) {
				r.readMark(word, true, fo)
			}
		default:
			if r.lx.is(word, classUnwilling) {
				r.readMark(word, true, fo)
			}
			return
		}
	}
}

// notOnly reports whether a negation denies only that something is all: "tidak hanya
// berupaya mencapai gencatan senjata".
func (r *run) notOnly(w story.WordID) bool {
	return r.lx.is(r.st.Word(w), classNegation) && w+1 < r.st.Sent(r.st.Word(w).Sent).EndWord && r.lx.marked(r.st.Word(w+1), markOnly)
}

func (r *run) readMark(word *story.Word, before bool, fo *force) {
	cl := r.lx.of(word)
	if !before {
		return
	}
	switch {
	case cl&classNegation != 0:
		fo.negated = true
	case cl&classUnwilling != 0:
		fo.negated, fo.future = true, true
	case cl&classMust != 0:
		fo.must = true
	case cl&classFuture != 0:
		fo.future = true
	case cl&classModal != 0:
		fo.modal = true
	case cl&classCondition != 0 && (word.Rel() == "mark" || word.UPOS == story.SCONJ):
		fo.conditional = true
	case cl&classPlan != 0:
		fo.planned = true
	case cl&classOngoing != 0:
		fo.ongoing = true
	case cl&classPurpose != 0 && (word.Rel() == "mark" || word.Rel() == "case" || word.UPOS == story.PART || word.UPOS == story.SCONJ):
		fo.purpose = true
	}
}

// settle turns an act and its force into what is recorded. ok is false where
// nothing is asserted: a mere purpose ("came to strengthen ties"), a thought,
// and words that are an act only when they look ahead.
func settle(a act, fo force, f *frame, book *plover.Book) (act, bool) {
	if fo.thought || f.flags&flagAhead != 0 && !fo.future && !fo.planned && !fo.must && !(fo.conditional && a.typ == plover.Threaten) {
		return a, false
	}
	if fo.purpose && !fo.future && !fo.planned {
		if a.typ != plover.Consult {
			return a, false
		}
		fo.planned = true
	}
	if a.status == "" {
		a.status = usualStatus(a.typ)
	}
	switch {
	case fo.negated:
		a.status = story.Denied
		return a, true
	case fo.conditional && a.typ != plover.Threaten && a.typ != plover.Request:
		a.status = story.Conditional
		return a, true
	case fo.must:
		a.status = story.Requested
		return a, true
	case fo.future || fo.planned || fo.modal:
		return ahead(a, fo, book), true
	case fo.ongoing && a.status == story.Occurred && (quadOfDeed(a.typ) || a.typ == plover.Consult):
		a.status = story.Ongoing
	}
	return a, true
}

// usualStatus is the status of an act of which nothing else is said.
func usualStatus(typ string) story.Status {
	switch typ {
	case plover.Agree:
		return story.Pledged
	case plover.Request:
		return story.Requested
	}
	return story.Occurred
}

func quadOfDeed(typ string) bool {
	switch typ {
	case plover.Assault, plover.Coerce, plover.Mobilize, plover.Protest, plover.Aid, plover.Cooperate:
		return true
	}
	return false
}

// ahead turns an act that lies ahead into the intention that it is: a future
// visit is AGREE 036.
func ahead(a act, fo force, book *plover.Book) act {
	if fo.modal && !fo.future && !fo.planned {
		if quadOfDeed(a.typ) || a.typ == plover.Sanction || a.typ == plover.Consult {
			a.status = story.Conditional
		}
		return a
	}
	status := story.Planned
	switch a.typ {
	case plover.Consult:
		a = act{typ: plover.Agree, cameo: "036"}
	case plover.Support:
		a = act{typ: plover.Agree, cameo: "030"}
		status = story.Pledged
	case plover.Cooperate:
		a = act{typ: plover.Agree, cameo: "03" + deeper(a.cameo, "061", "11", "062", "12", "063", "13", "064", "14")}
		status = story.Pledged
	case plover.Aid:
		a = act{typ: plover.Agree, cameo: "033" + deeper(a.cameo, "071", "1", "072", "2", "073", "3", "074", "4")}
		if a.cameo == "0330" {
			a.cameo = "033"
		}
		status = story.Pledged
	case plover.Agree:
		status = story.Pledged
	case plover.Request:
		status = story.Requested
	case plover.Threaten:
		status = story.Occurred
	case plover.Reject:
		status = story.Occurred
	case plover.Retreat:
		status = story.Pledged
		if a.mode == "resign" {
			status = story.Planned
		} else if a.mode == "withdraw" {
			a = act{typ: plover.Concede, cameo: "080"} // to announce a withdrawal is a step by itself
		} else if code, _, ok := book.Deepen("030", a.cameo); ok {
			a = act{typ: plover.Agree, cameo: code}
		} else {
			a = act{typ: plover.Agree, cameo: "035"}
		}
	case plover.Concede:
		status = story.Pledged
	}
	a.status = status
	return a
}

// deeper maps a code to the ending of its kin; "0" for none.
func deeper(code string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		if len(code) >= 3 && code[:3] == pairs[i] {
			return pairs[i+1]
		}
	}
	return "0"
}
