package quote

import "kawat/story"

// preceding reads the clause that an inverted cue closes or interrupts: "China
// siap ..., tutur Xi.", "Sementara itu, kata Xi, China siap ..."
func (r *reader) preceding(h *hit, sent *story.Sentence, s source) {
	if s.empty() || !r.atSeam(h, sent, s) {
		return
	}
	first, end := r.lead(h, sent)
	if r.foreign(first, end) || first >= end && r.class(h.word-1)&classIntro != 0 {
		return // "Begitu isi kotak diperiksa, ..."
	}
	if r.word(h.word-1).UPOS == story.CCONJ {
		first = end // "..., namun katanya B": A is the desk's
	}
	whole := end-first >= 3 && r.verbIn(first, end)
	r.emitAround(h, sent, s, first, end, whole)
}

func (r *reader) verbIn(first, end story.WordID) bool {
	for w := first; w < end; w++ {
		if r.verbal(w) {
			return true
		}
	}
	return false
}

// atSeam reports whether an inverted cue stands where an attribution may: behind
// a comma or "demikian", or, with a pronoun for its source, behind what joins
// clauses ("namun katanya ...").
func (r *reader) atSeam(h *hit, sent *story.Sentence, s source) bool {
	if h.word == sent.FirstWord {
		return false
	}
	b := h.word - 1
	if r.punct(b) || r.class(b)&classIntro != 0 {
		return true
	}
	return r.word(b).UPOS == story.CCONJ && (h.clitic || s.word == h.word || r.word(s.word).UPOS == story.PRON)
}

// lead returns the words of the sentence that stand before an attribution,
// without what joins them to the sentence before. After a dash or a semicolon
// they begin anew.
func (r *reader) lead(h *hit, sent *story.Sentence) (first, end story.WordID) {
	end = h.word
	for end > sent.FirstWord && (r.punct(end-1) || r.class(end-1)&classIntro != 0 || r.word(end-1).UPOS == story.CCONJ) {
		end--
	}
	first = sent.FirstWord
	for w := end - 1; w > first; w-- {
		if r.breaks(w) {
			first = w + 1
			break
		}
	}
	return r.skipConnective(first, end), end
}

// breaks reports whether a word is a mark at which a reported clause ends: a
// semicolon or a dash between spaces.
func (r *reader) breaks(w story.WordID) bool {
	if !r.punct(w) {
		return false
	}
	switch r.word(w).Form {
	case ";":
		return true
	case "—", "–", "--":
		at := r.word(w).Span // "2024–2033" is no break
		return !digit(r.st.Text, at.Start-1) || !digit(r.st.Text, at.End)
	}
	return false
}

func digit(text string, i int) bool {
	return i >= 0 && i < len(text) && '0' <= text[i] && text[i] <= '9'
}

// emitAround makes the row of an attribution that stands behind or within its
// content. whole says that the words before it are a clause of their own.
func (r *reader) emitAround(h *hit, sent *story.Sentence, s source, first, end story.WordID, whole bool) {
	rest, limit := r.rest(h, sent, s, first, end, whole)
	if rest == 0 && !whole && (end-first < 3 || h.cue.kind == kindVerb || !r.predicate(first, end)) {
		return
	}
	if rest != 0 && h.cue.kind == kindPreposition && whole {
		rest = 0 // "..., menurut X, ...": the second half is the desk's
	}
	f := r.start(h, s)
	var spans []story.Span
	if first < end {
		spans = append(spans, r.span(first, end))
	}
	if rest != 0 {
		spans = append(spans, r.span(rest, limit))
	}
	r.emitClause(f, spans...)
}

// maxAside bounds the words between the speaker and the clause that goes on.
const maxAside = 14

// rest finds the second half of a clause that its attribution interrupts, 0 if
// the attribution ends the clause: "Ia, kata Xi, akan datang."
func (r *reader) rest(h *hit, sent *story.Sentence, s source, first, end story.WordID, whole bool) (from, limit story.WordID) {
	w := h.end
	if s.first >= h.end {
		w = s.end
	}
	if w >= sent.EndWord {
		return 0, 0
	}
	limit = r.tail(w, sent.EndWord)
	part := !whole || end-first < 3 || r.subordinate(first)
	pronoun := h.clitic || s.word != 0 && (r.word(s.word).UPOS == story.PRON || r.class(s.word)&classClitic != 0)
	switch {
	case r.is(w, ','):
		w = r.pastTime(w+1, limit)
		part = part || w < limit && r.verbal(w) // "The issue to be raised, Hill had said, was the fate of ..."
	case h.cue.kind == kindVerb:
		return 0, 0
	case part && pronoun && !whole && !r.punct(w) && r.class(w)&classAside == 0:
	case part && !whole && r.word(w).UPOS == story.AUX && r.human(s.word):
		// "Surat itu, kata Silva telah diterbitkan."
	case part && !whole:
		c := w
		for c < limit && c < w+maxAside && !r.is(c, ',') {
			c++
		}
		if c >= limit || !r.is(c, ',') {
			return 0, 0
		}
		w = r.pastTime(c+1, limit)
	default:
		return 0, 0
	}
	if w >= limit || r.class(w)&(classManner|classCredit|classRelative) != 0 || !r.predicate(w, limit) || r.usedBetween(w, limit) {
		return 0, 0
	}
	if !part && !r.goesOn(w) {
		return 0, 0
	}
	return w, limit
}

// pastTime skips a day between commas: "kata Xi, Selasa (9/4), China siap".
func (r *reader) pastTime(w, limit story.WordID) story.WordID {
	if w >= limit {
		return w
	}
	if !r.timeAt(w) {
		return w
	}
	for j := w; j < limit && !r.verbal(j); j++ {
		if r.is(j, ',') && !r.timeAt(j) {
			return j + 1
		}
	}
	return w
}

// goesOn reports whether a word begins a further clause of what was said and
// not an adjunct of the saying ("saat ditemui wartawan").
func (r *reader) goesOn(w story.WordID) bool {
	if u := r.word(w).UPOS; u != story.SCONJ && u != story.CCONJ {
		return false
	}
	return r.class(w)&(classAside|classRelative) == 0 && r.hitAt(w+1) == nil
}

// subordinate reports whether a word opens what cannot stand alone: "Jika ...",
// "Dalam ...".
func (r *reader) subordinate(w story.WordID) bool {
	if r.class(w)&(classUnreal|classAside) != 0 {
		return true
	}
	u := r.word(w).UPOS
	return u == story.ADP || u == story.SCONJ
}

// tail returns the end of reported words in [w, end): a semicolon, or where
// a credit follows ("..., seperti dikutip Xinhua").
func (r *reader) tail(w, end story.WordID) story.WordID {
	for j := w; j < end; j++ {
		if r.is(j, ';') && r.punct(j) && r.runAt(j) < 0 {
			return j
		}
		if !r.is(j, ',') || j+1 >= end {
			continue
		}
		next := r.class(j + 1)
		if next&classCredit != 0 || next&classManner != 0 && j+2 < end && r.class(j+2)&classCredit != 0 {
			return j
		}
	}
	return end
}

func (r *reader) usedBetween(first, end story.WordID) bool {
	for w := first; w < end; w++ {
		if x := r.hitAt(w); x != nil && x.used {
			return true
		}
	}
	return false
}

// trailing reads the clause before a cue that ends a sentence: "Talks will go
// on, she said.", "The plan, officials said, was dropped."
func (r *reader) trailing(h *hit, sent *story.Sentence) {
	comma := r.trailComma(h, sent)
	if comma == 0 || (r.class(h.word)|r.class(h.word-1)&classInfinite)&(classCredit|classInfinite) != 0 {
		return
	}
	s := r.sourceAfter(h, sent.EndWord)
	if comma+1 < h.word {
		s = r.sourceBetween(comma+1, h.word)
	} else if h.end < sent.EndWord && r.word(h.end).UPOS == story.ADP && !r.timeAt(h.end+1) {
		return // "Lima, in an attack on an ally, replied with a message."
	}
	if s.empty() || !r.speaks(h, s) || r.class(s.word)&classRelative != 0 || !r.inverts(h, sent) && r.governs(h) {
		return
	}
	if r.class(comma+1)&classManner != 0 && r.phraseAt(r.s.relays, s.first, sent.EndWord) > 0 {
		return // "..., as Reuters reported": a credit
	}
	if s.first >= h.end && r.word(s.word).Rel() == "obj" && r.word(s.word).Head == h.word && r.ownSubject(h.word) != 0 {
		return // "Prosecutors looking into fraud, ..., charged Weber and Hill"
	}
	if sub := r.ownSubject(h.word); sub > s.word && sub < h.word && !r.phraseMember(s.word, sub) {
		return // "..., something Peru denies"
	}
	first, _ := r.lead(h, sent)
	if first >= comma || r.foreign(first, comma) {
		return
	}
	cut := *h
	if s.end > h.end {
		cut.end = s.end
	}
	r.emitAround(&cut, sent, s, first, comma, comma-first >= 3 && r.verbIn(first, comma))
	h.used = h.used || cut.used
}

// trailComma returns the comma before a cue that closes its sentence or a clause
// of it, 0 if the cue does not: "..., she said.", "..., said Mr. Hill".
func (r *reader) trailComma(h *hit, sent *story.Sentence) story.WordID {
	if !r.finiteLess(h.word) {
		return 0 // "..., saying the measures were unjust"
	}
	if h.end < sent.EndWord && !r.punct(h.end) {
		switch u := r.word(h.end).UPOS; {
		case u == story.ADP, u == story.ADV, r.dayAlone(h.end, sent), r.timeAt(h.end), h.word > sent.FirstWord && r.is(h.word-1, ','), r.endsWithHearer(h, sent):
		default:
			return 0
		}
	}
	for w := h.word - 1; w > sent.FirstWord && w > h.word-14; w-- {
		if r.is(w, ',') {
			if w+1 < h.word && r.word(w+1).UPOS == story.CCONJ || r.class(w+1)&classRelative != 0 {
				return 0
			}
			return w
		}
		if r.word(w).UPOS == story.VERB && (r.word(w).Rel() != "acl" || !r.finiteLess(w)) {
			return 0 // but "..., a source briefed on the matter told Reuters"
		}
	}
	return 0
}

// endsWithHearer reports whether nothing but the addressee stands behind a cue:
// "..., the spokesman told reporters."
func (r *reader) endsWithHearer(h *hit, sent *story.Sentence) bool {
	e := r.pastHearer(h, sent)
	return e > h.end && (e >= sent.EndWord || r.punct(e) || r.word(e).UPOS == story.ADP || r.timeAt(e))
}

// toldAtEnd reports whether a cue that takes its hearer closes its sentence with
// no clause behind the hearer: "The island is the core of our ties, Xi told
// visiting President Lima on Thursday, ahead of the summit."
func (r *reader) toldAtEnd(h *hit, sent *story.Sentence) bool {
	if h.cue.takes&takesHearer == 0 || r.ownSubject(h.word) == 0 {
		return false
	}
	comma := r.trailComma(h, sent)
	if comma == 0 || !r.verbIn(sent.FirstWord, comma) {
		return false
	}
	for w := r.pastHearer(h, sent); w < sent.EndWord; w++ {
		switch u := r.word(w).UPOS; {
		case r.is(w, ','):
			return w+1 >= sent.EndWord || r.word(w+1).UPOS != story.PRON && r.word(w+1).UPOS != story.DET
		case u == story.VERB, u == story.AUX, u == story.PRON, r.class(w)&classThat != 0:
			return false
		}
	}
	return true
}

// timeAt reports whether a word stands in an expression of time.
func (r *reader) timeAt(w story.WordID) bool {
	return w >= 1 && int(w) <= len(r.info) && r.info[w-1].time
}

// foreign reports whether words hold an attribution that is no part of what a
// cue behind them reports. What a verb in them reports is: "The deputy claimed
// that X, the source said."
func (r *reader) foreign(first, end story.WordID) bool {
	for w := first; w < end; w++ {
		if x := r.hitAt(w); x != nil && x.used && x.cue.kind != kindVerb && x.cue.kind != kindActive {
			return true
		}
	}
	return false
}

// governs reports whether a cue has its object behind it, so that the words
// before are none of its content: "In this article, we propose a method".
func (r *reader) governs(h *hit) bool {
	if r.is(h.end, ',') {
		return false
	}
	for c := range r.st.Children(h.word) {
		switch r.word(c).Rel() {
		case "obj", "xcomp", "ccomp":
			if c >= h.end && !r.human(c) && !(r.is(c-1, ',') && !r.finiteLess(c)) { // "..., she said, laughing"
				return true
			}
		}
	}
	return false
}

// sourceBetween is the noun phrase between a comma and the cue: "..., officials
// said".
func (r *reader) sourceBetween(lo, hi story.WordID) source {
	head := story.WordID(0)
	for w := lo; w < hi && head == 0; w++ {
		if r.word(w).UPOS.Nominal() {
			head = w
		}
	}
	if head == 0 && hi > lo+1 && r.class(lo)&classOne != 0 {
		head = hi - 1 // "..., the ex-President claimed": tagged as an adjective
	}
	if head == 0 {
		return source{}
	}
	for n := 0; n < 6; n++ {
		up := r.word(head).Head
		if up < lo || up >= hi || !inPhrase(r.word(head).Rel()) {
			break
		}
		head = up
	}
	return r.nounPhrase(head, lo, hi)
}
