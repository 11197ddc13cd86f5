package quote

import "kawat/story"

// complement returns the dependent clause of a verb right of it.
func (r *reader) complement(k story.WordID, rels ...string) story.WordID {
	for c := range r.st.Children(k) {
		if c < k {
			continue
		}
		for _, rel := range rels {
			if x := r.hitAt(c); x != nil && x.cue.kind == kindInverted {
				continue // "China menekankan X, tutur Xi": the attribution is no complement
			}
			if r.word(c).Rel() == rel && (rel != "parataxis" || !r.brokenBetween(k, r.lo[c-1])) {
				return c
			}
		}
	}
	return 0
}

// brokenBetween reports whether a dash or a semicolon stands among (k, w): "She
// wrote little — she died young."
func (r *reader) brokenBetween(k, w story.WordID) bool {
	for k++; k <= w && int(k) <= len(r.info); k++ {
		if r.breaks(k) {
			return true
		}
	}
	return false
}

// ofOther reports whether a complementizer some words behind a cue belongs to a
// noun or a verb in between: "will demand this in a way that creates value",
// "paying people to write means that they choose", "stresses consumerism, the
// belief that all is for sale". A noun that the cue itself governs is its own
// ("reiterated its position that ...").
func (r *reader) ofOther(that story.WordID, h *hit) bool {
	if u := r.word(that).UPOS; (u == story.PRON || u == story.DET) && r.word(that).Rel() != "mark" {
		return true
	}
	v := r.word(that).Head
	if v <= that {
		return false
	}
	g := r.word(v).Head
	if g < h.end || g >= that {
		return false
	}
	switch r.word(v).Rel() {
	case "acl":
		return r.commaIn(h.end, g)
	case "ccomp":
		return r.word(g).UPOS == story.VERB && r.hitAt(g) == nil && r.ownSubject(g) != 0
	}
	return false
}

// opensClause reports whether a word right behind a cue that takes nothing but
// clauses is the first of its subject: "had said Turkey's demand would be met".
func (r *reader) opensClause(w story.WordID) bool {
	if r.timeAt(w) || r.class(w)&(classTo|classAside|classBy) != 0 {
		return false
	}
	u := r.word(w).UPOS
	return u.Nominal() || u == story.DET || u == story.ADJ || u == story.NUM
}

// participle reports whether a cue behind a comma is a present participle with a
// content of its own: "..., adding that the talks would go on".
func (r *reader) participle(x *hit, sent *story.Sentence) bool {
	if r.s.present == "" || r.finiteLess(x.word) || x.end >= sent.EndWord {
		return false
	}
	return r.class(x.end)&classThat != 0 || r.leadsRun(x.end, sent) || x.cue.takes&takesAlways != 0 || r.complement(x.word, "ccomp") != 0
}

// accompanied returns the comma before a participle that tells somebody else's
// words beside these: "..., with the Guardian reporting that ...". 0 if there is
// none.
func (r *reader) accompanied(w, first story.WordID) story.WordID {
	if r.s.present == "" || r.finiteLess(w) || r.besideParticiple(w, first) == 0 {
		return 0
	}
	for j := w - 1; j > first && j > w-8; j-- {
		switch {
		case r.is(j, ','):
			if r.word(j+1).UPOS == story.ADP {
				return j
			}
			return 0
		case r.verbal(j):
			return 0
		}
	}
	return 0
}

// thing reports whether a tree calls a clause what is a noun phrase: "mengumumkan
// peningkatan status dari siaga dua menjadi siaga satu".
func (r *reader) thing(x story.WordID, h *hit) bool {
	if h.cue.takes&takesAlways != 0 || r.ownSubject(x) != 0 || r.word(h.end).UPOS != story.NOUN {
		return false
	}
	return r.word(h.end).Head == h.word || r.word(h.end).Rel() == "obj"
}

// purposeOf reports whether the infinitive at w is what a thing is for, and not
// what somebody is told to do: "requested aid from Peru to help fend off a threat".
func (r *reader) purposeOf(h *hit, w story.WordID) bool {
	if r.class(w)&classInfinite == 0 || r.word(w).UPOS != story.PART {
		return false
	}
	o := r.st.Child(h.word, "obj")
	if o < h.end || o > w || r.human(o) || r.word(o).UPOS != story.NOUN && r.word(o).UPOS != story.SYM && r.word(o).UPOS != story.NUM {
		return false
	}
	v := r.word(w).Head
	return v != 0 && r.word(v).Rel() != "xcomp" && r.word(v).Rel() != "ccomp"
}

// calledAs reports whether a cue says what something is called: "menyebut
// serangan itu sebagai kejahatan".
func (r *reader) calledAs(h *hit, sent *story.Sentence) bool {
	for w := h.end + 1; w < sent.EndWord && w < h.end+14; w++ {
		if r.class(w)&classAs != 0 {
			return true
		}
		if r.is(w, ',') || r.hitAt(w) != nil {
			return false
		}
	}
	return false
}

// calledObject reports whether a cue gives its object a bare predicate: "calls X
// a Y", "declared the talks dead".
func (r *reader) calledObject(h *hit, sent *story.Sentence) bool {
	if r.word(h.word).Rel() == "acl" && r.finiteLess(h.word) {
		return false // "a show called \"Ten\""
	}
	o := r.st.Child(h.word, "obj")
	x := r.st.Child(h.word, "xcomp")
	if o > h.word && x > o && r.word(x).UPOS != story.VERB {
		return true
	}
	// "called the raid a crime": a second phrase right behind the first.
	if o <= h.word || o+1 >= sent.EndWord {
		return false
	}
	return r.class(r.hi[o-1]+1)&classOne != 0 || r.class(o+1)&classOne != 0
}

// pastConnective skips a connective between commas behind a cue: "He said,
// however, it was over". It returns w where there is none.
func (r *reader) pastConnective(w story.WordID, sent *story.Sentence) story.WordID {
	if w >= sent.EndWord || !r.is(w, ',') {
		return w
	}
	at := w + 1 + story.WordID(r.phraseAt(r.s.connective, w+1, sent.EndWord))
	if at > w+1 && at+1 < sent.EndWord && r.is(at, ',') {
		if r.class(at+1)&classThat != 0 {
			at++
		}
		return at + 1
	}
	return w
}

// plainClause reports whether a clause begins right behind a cue, so that a
// complementizer further on opens a second one: "said the situation was grave and
// that she would act", "wrote he was certain".
func (r *reader) plainClause(h *hit, sent *story.Sentence) bool {
	w := h.end
	if h.cue.kind != kindVerb && h.cue.kind != kindActive || h.cue.takes&takesClause == 0 || w+1 >= sent.EndWord || r.class(w)&(classThat|classQuestion) != 0 {
		return false
	}
	if h.cue.takes&takesHearer != 0 {
		e := r.pastHearer(h, sent)
		return e > w && e < sent.EndWord && r.word(e).UPOS == story.AUX // "warned Iran would leave"
	}
	if r.word(w).UPOS == story.PRON && r.class(w)&(classRelative|classClitic) == 0 {
		v := w + 1
		for v < sent.EndWord && r.word(v).UPOS == story.ADV {
			v++
		}
		if v < sent.EndWord && r.verbal(v) {
			return true
		}
	}
	if !r.opensClause(w) || r.timeAt(w+1) {
		return false
	}
	always := h.cue.takes&takesAlways != 0 && h.cue.kind == kindVerb
	for limit := min(sent.EndWord, w+maxPlain); w < limit; w++ {
		if r.class(w)&(classThat|classRelative|classBy|classTo) != 0 || r.punct(w) || r.hitAt(w) != nil && !always {
			return false
		}
		if w > h.end && (r.word(w).UPOS == story.AUX || always && r.verbal(w)) {
			return true
		}
		if r.word(w).UPOS == story.VERB && r.word(w).Rel() != "amod" && r.word(w).Rel() != "acl" {
			return false
		}
	}
	return false
}

// maxPlain bounds the subject of a clause without complementizer.
const maxPlain = 14
