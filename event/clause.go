package event

import (
	"cmp"

	"kawat/story"
)

// maxClimb bounds every walk up or down a tree, so that a broken or hostile
// tree costs no more than a deep sentence does.
const maxClimb = 12

// passive reports whether a predicate is passive: by its tree, by its form or
// by a mark beside it.
func (r *run) passive(w story.WordID) bool {
	word := r.st.Word(w)
	if lookup(r.frames.passive, word.Form) || r.lx.is(word, classPassive) {
		return true
	}
	if word.Rel() == "amod" && r.behindName(w) && word.Head > w {
		return false // a tree's slip: "The union tightened sanctions"
	}
	active, agent := false, false
	for c := range r.st.Children(w) {
		switch r.st.Word(c).Deprel {
		case "nsubj":
			active = true // "Norway delivered aid": the form alone would be a participle too
		case "nsubj:pass", "aux:pass", "csubj:pass":
			return true
		case "obl:agent":
			agent = agent || r.caseClass(c)&classAgent != 0
		}
	}
	if active {
		return false // "The president shortened by one hour the curfew"
	}
	return agent || hasFeat(word.Feats, "Voice=Pass") && !r.finite(w)
}

// finite reports whether a participle without an auxiliary heads a clause of its
// own: a tagger's slip for a past tense, as in "The Red Cross on Tuesday
// reduced supplies, officials said".
func (r *run) finite(w story.WordID) bool {
	word := r.st.Word(w)
	switch word.Rel() {
	case "root", "parataxis":
		return hasFeat(word.Feats, "VerbForm=Part") && r.st.Parts[r.st.Sent(word.Sent).Part].Kind != story.PartTitle
	}
	return false
}

// hasFeat reports whether feats holds one feature.
func hasFeat(feats, want string) bool {
	for i := 0; i+len(want) <= len(feats); i++ {
		if feats[i:i+len(want)] == want {
			return true
		}
	}
	return false
}

// doer returns the head of the phrase that does what predicate w says, 0 if
// the sentence does not tell.
func (r *run) doer(w story.WordID, passive bool) story.WordID {
	if passive {
		return r.agent(w)
	}
	return r.subject(w, 0)
}

// agent returns the agent of a passive predicate: "oleh Israel", "by Israel",
// and the bare agent of "ditolak Israel".
func (r *run) agent(w story.WordID) story.WordID {
	st := r.st
	bare := story.WordID(0)
	for c := range st.Children(w) {
		word := st.Word(c)
		if word.Deprel == "obl:agent" || r.caseClass(c)&classAgent != 0 {
			return c
		}
		if c > w && bare == 0 && word.UPOS.Nominal() && r.caseWord(c) == 0 && word.Deprel != "obl:tmod" && st.Child(c, "mark") == 0 {
			switch word.Rel() {
			case "obl", "obj", "nmod", "iobj", "dep":
				bare = c
			}
		}
	}
	return bare
}

// subject returns the subject of an active predicate. A predicate without one
// takes that of the clause which controls it: "sepakat untuk memperkuat", "China
// condemned the strike and urged restraint", "Turki, yang menolak usul itu".
func (r *run) subject(w story.WordID, depth int) story.WordID {
	st := r.st
	if depth > maxClimb {
		return 0
	}
	if s := r.ownSubject(w); s != 0 && !r.relative(s) {
		return s
	}
	word := st.Word(w)
	head := word.Head
	if head == 0 {
		return 0
	}
	switch word.Rel() {
	case "acl":
		if r.st.Word(head).UPOS.Nominal() {
			return head
		}
		return r.subject(head, depth+1)
	case "xcomp", "ccomp", "advcl":
		if s := r.behindConjunction(w); s != 0 {
			return s
		}
		if r.lx.is(st.Word(head), classObjCtrl) && word.Rel() != "advcl" {
			if o := st.Child(head, "obj", "iobj", "nsubj:pass"); o != 0 {
				return o
			}
		}
		return r.above(head, depth)
	case "parataxis", "appos", "dep", "list":
		// A headline, or a tree that lost the subject: "Menlu Rusia tiba".
		if hw := st.Word(head); hw.Head == 0 && head < w && hw.UPOS.Nominal() {
			return head
		}
		return r.above(head, depth)
	case "conj", "obl", "obj", "nmod":
		return r.above(head, depth)
	}
	return 0
}

// behindConjunction returns the name between a conjunction and a predicate that a
// tree took for a phrase of its own: Israel in "sejak Israel pertama kali menyerang
// Iran", where "sejak" may come out as a preposition.
func (r *run) behindConjunction(w story.WordID) story.WordID {
	st := r.st
	first := st.Sent(st.Word(w).Sent).FirstWord
	for i := w - 1; i >= first && i+5 > w; i-- {
		switch word := st.Word(i); {
		case word.UPOS == story.PUNCT || word.UPOS == story.VERB:
			return 0
		case word.Mention != 0 && r.caseClass(i)&classSubordinator != 0:
			return i
		}
	}
	return 0
}

// ownSubject returns the subject among the words below a predicate. Of two, the
// one that owns the other is none: "Bin Laden's network has threatened".
func (r *run) ownSubject(w story.WordID) story.WordID {
	first := story.WordID(0)
	for c := range r.st.Children(w) {
		if r.st.Word(c).Rel() != "nsubj" {
			continue
		}
		if m := r.caseWord(c); m < c {
			return c
		}
		first = cmp.Or(first, c)
	}
	return first
}

// above returns the subject of the clause to which a word belongs.
func (r *run) above(head story.WordID, depth int) story.WordID {
	st := r.st
	for i := 0; i < maxClimb && head != 0; i++ {
		if s := st.Child(head, "nsubj", "nsubj:pass"); s != 0 && !r.relative(s) {
			return s
		}
		w := st.Word(head)
		if w.UPOS == story.VERB || w.UPOS == story.ADJ || w.UPOS == story.AUX {
			return r.subject(head, depth+1)
		}
		head = w.Head
	}
	return 0
}

// relative reports whether a word is a relative pronoun.
func (r *run) relative(w story.WordID) bool {
	word := r.st.Word(w)
	return word.Mention == 0 && (hasFeat(word.Feats, "PronType=Rel") || r.lx.is(word, classRelative))
}

// undergoer returns the head of the phrase to which predicate w is done: the
// object, or the subject of a passive.
func (r *run) undergoer(w story.WordID, passive bool) story.WordID {
	st := r.st
	if !passive {
		if o := st.Child(w, "obj"); o != 0 {
			return r.counted(w, o)
		}
		for c := range st.Children(w) { // "mengapresiasi dan mendukung kunjungan itu"
			if c > w && c-w <= 2 && st.Word(c).Rel() == "conj" && st.Word(c).UPOS == story.VERB {
				return r.counted(c, st.Child(c, "obj"))
			}
		}
		return r.antecedent(w)
	}
	if s := st.Child(w, "nsubj:pass", "nsubj"); s != 0 && !r.relative(s) {
		return s
	}
	word := st.Word(w)
	if word.Head == 0 {
		return 0
	}
	switch word.Rel() {
	case "acl":
		return word.Head
	case "conj", "xcomp", "advcl":
		return r.above(word.Head, 0)
	}
	return 0
}

// antecedent returns the noun that a relative clause with a subject of its own says
// something is done to: "the sanctions that Washington had imposed on Moscow".
func (r *run) antecedent(w story.WordID) story.WordID {
	word := r.st.Word(w)
	if word.Rel() != "acl" || word.Head == 0 || word.Head > w || !r.st.Word(word.Head).UPOS.Nominal() || r.st.Word(word.Head).Mention != 0 {
		return 0
	}
	for c := range r.st.Children(w) {
		if cw := r.st.Word(c); cw.Deprel == "nsubj" && c < w && !r.relative(c) {
			return word.Head
		}
	}
	return 0
}

// counted returns what stands behind a quantity that a tree took for the object
// itself: "arrested more than 100 Palestinians".
func (r *run) counted(pred, object story.WordID) story.WordID {
	if object == 0 {
		return 0
	}
	st := r.st
	switch st.Word(object).UPOS {
	case story.ADJ, story.NUM, story.ADV, story.DET:
	default:
		return object
	}
	for c := range st.Children(pred) {
		if c > object && c-object < 5 && st.Word(c).UPOS.Nominal() && r.caseWord(c) == 0 && st.Word(c).Rel() != "nsubj" {
			return c
		}
	}
	return object
}

// caseWord returns the preposition of a phrase, 0 if it has none.
func (r *run) caseWord(w story.WordID) story.WordID { return r.st.Child(w, "case") }

// caseClass returns the classes of the prepositions of a phrase.
func (r *run) caseClass(w story.WordID) class {
	var cl class
	for c := range r.st.Children(w) {
		if r.st.Word(c).Rel() == "case" {
			cl |= r.lx.of(r.st.Word(c))
		}
	}
	return cl
}

// caseMarked reports whether a preposition of a phrase has one of the marks.
func (r *run) caseMarked(w story.WordID, m mark) bool {
	for c := range r.st.Children(w) {
		if r.st.Word(c).Rel() == "case" && r.lx.marked(r.st.Word(c), m) {
			return true // the second of "broke out between Chad and Sudan"
		}
	}
	return false
}

// complement returns the clause that depends on a word: "sepakat untuk
// memperkuat", "urged Iran to return".
func (r *run) complement(w story.WordID) story.WordID {
	for c := range r.st.Children(w) {
		if c < w {
			continue
		}
		switch r.st.Word(c).Rel() {
		case "xcomp", "ccomp", "advcl", "acl":
			return c
		}
	}
	return 0
}

// window returns the words after w up to the end of its sentence, a stronger
// mark or n words, whichever comes first.
func (r *run) window(w story.WordID, n int) story.WordID {
	end := r.st.Sent(r.st.Word(w).Sent).EndWord
	i := w + 1
	for ; i < end && int(i-w) <= n; i++ {
		if word := r.st.Word(i); word.UPOS == story.PUNCT && !isQuote(word.Form) {
			break
		}
	}
	return i
}

// isQuote reports whether a mark does not end a clause: `called it "genocide"`,
// "bertemu Menteri Luar Negeri (Menlu) Rusia".
func isQuote(s string) bool {
	switch s {
	case "(", ")", `"`, "“", "”", "'", "‘", "’", "''", "``", "«", "»":
		return true
	}
	return false
}
