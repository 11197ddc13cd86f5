package event

import (
	"slices"

	"kawat/plover"
	"kawat/story"
)

// This file finds who acts.

// actorOf returns who acts, and what the guess costs in confidence.
func (r *run) actorOf(h *hit) (s side, cost int) {
	part := asActor
	switch typ := h.frame.code.typ; {
	case typ == plover.Protest || h.frame.flags&flagCrowd != 0:
		part = asCrowd
	case domestic(typ) || h.frame.flags&flagVow != 0:
		part = asFaction
	}
	if s = r.whoseWill(h); s.known() {
		return s, 0
	}
	if h.frame.noun && h.frame.code.mode == "visit" && h.pred != h.word && !r.lx.is(r.st.Word(h.pred), classLight) {
		if s = r.traveller(h.word); s.known() && s.official {
			return s, 0
		}
	}
	passive, told := r.passive(h.pred), false
	for _, sl := range h.frame.actor {
		if sl != slotSubject {
			s = r.fill(h, sl, part)
		} else if head := r.doer(h.pred, passive && h.frame.flags&flagState == 0); head != 0 {
			if s = r.sideOf(head, part); s.empty() {
				s = r.firstPerson(head)
			}
			if s.empty() {
				s = r.ofStep(h.pred, head)
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
		if s = r.after(h, classWith, asActor); len(s.countries) > 1 && h.frame.flags&flagSymmetric != 0 && r.amongNamed(h) {
			return s, 0 // "talks between Iran and France"
		}
	}
	if passive && h.frame.flags&flagSymmetric != 0 {
		if s = r.after(h, classWith, asActor); len(s.countries) > 1 && r.amongNamed(h) {
			return s, 0 // "a memorandum was signed between India and Mauritius"
		}
	}
	if thing != h.word && (h.frame.code.typ == plover.Protest || h.frame.code.mode == "explosives") {
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
	if r.st.Child(h.pred, "cop") != 0 && r.st.Word(h.pred).UPOS == story.VERB {
		return side{}, 0 // "the outcome of the G7 was to back Israel"
	}
	if s = r.speakerSide(h.word); !s.empty() && r.subjectless(h) {
		return s, costWeak
	}
	if s = r.rightBefore(h); s.known() {
		return s, costDoer
	}
	return r.nearestBefore(h.word), costWeak
}

// traveller returns whose visit a noun names, before whoever is the subject of the
// clause: "China made efforts ahead of Trump's visit to Beijing", "kunjungan Presiden Xi".
func (r *run) traveller(noun story.WordID) side {
	for c := range r.st.Children(noun) {
		switch w := r.st.Word(c); {
		case w.Deprel == "nmod:poss":
		case (w.Rel() == "nmod" || w.Rel() == "compound") && r.caseWord(c) == 0:
		default:
			continue
		}
		if s := r.sideOf(c, asActor); s.known() {
			return s
		}
	}
	return side{}
}

// amongNamed reports whether those behind the trigger act among themselves: "talks
// between Iran and France", not "a plan signed with Iran and France".
func (r *run) amongNamed(h *hit) bool {
	for _, w := range [3]story.WordID{h.word, h.object, h.pred} {
		if w == 0 {
			continue
		}
		for c := range r.st.Children(w) {
			if r.caseClass(c)&classWith != 0 {
				return r.caseMarked(c, markBetween)
			}
		}
	}
	return true
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

// ofStep returns whose decision or step a predicate tells: "the U.S. decision to
// lift sanctions", "langkah Rusia menarik pasukannya".
func (r *run) ofStep(pred, head story.WordID) side {
	st := r.st
	if !r.lx.is(st.Word(head), classStep) {
		head = 0
		for c := range st.Children(pred) {
			if c < pred && st.Word(c).Rel() == "nsubj" && r.lx.is(st.Word(c), classStep) {
				head = c
			}
		}
	}
	if head == 0 {
		return side{}
	}
	return r.owner(head)
}

// whoseWill returns the side that a noun of good will belongs to, whoever speaks of
// it: "Presiden Mohamed menyatakan solidaritas Uni Emirat Arab", "he reaffirmed
// Japan's support".
func (r *run) whoseWill(h *hit) side {
	f := h.frame
	if h.object == 0 || f.noun || f.flags&(flagSymmetric|flagSubject) != 0 || f.code.typ != plover.Support && f.code.typ != plover.Agree {
		return side{}
	}
	if f.recipient[0] != slotTo && f.recipient[0] != slotWith || slices.Contains(f.recipient, slotOwner) || slices.Contains(f.recipient, slotObject) || len(f.actor) != 1 || f.actor[0] != slotSubject {
		return side{}
	}
	return r.owner(h.object)
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

// firstPerson returns the speaker's side for "we", "kami", "our country".
func (r *run) firstPerson(w story.WordID) side {
	word := r.st.Word(w)
	if word.UPOS == story.PRON && len(r.st.Denotes(w)) == 0 && !r.lx.is(word, classFirst) {
		if id := r.quotationOf(w); id != 0 && r.st.Quotation(id).Kind == story.Direct {
			return side{} // "Mereka ingin bernegosiasi," kata Trump: they are not he
		}
		if s := r.speakerSide(w); !s.empty() {
			return s // "The embassy said it would restart services"
		}
		if word.Head == 0 {
			return side{}
		}
		return r.teller(word.Head) // "IRGC menyatakan mereka melancarkan serangan"
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
