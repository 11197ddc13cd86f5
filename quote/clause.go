package quote

import "kawat/story"

// pastDay skips a day between cue and content: "said on Monday some visa
// services would resume".
func (r *reader) pastDay(w story.WordID, sent *story.Sentence) story.WordID {
	at := w
	if at+1 < sent.EndWord && r.word(at).UPOS == story.ADP && r.class(at)&classAside != 0 {
		at++
	}
	if at >= sent.EndWord || !r.timeAt(at) {
		return w
	}
	for at < sent.EndWord && r.timeAt(at) {
		at++
	}
	if at < sent.EndWord && !r.punct(at) {
		return at
	}
	return w
}

// dayAlone reports whether a day and nothing that could be told follows a cue:
// "said Friday.", "said late Friday in a statement".
func (r *reader) dayAlone(w story.WordID, sent *story.Sentence) bool {
	at := w
	if at+1 < sent.EndWord && r.timeAt(at+1) {
		at++ // "late", "earlier"
	}
	for at < sent.EndWord && r.timeAt(at) {
		at++
	}
	return at > w && (at == sent.EndWord || r.punct(at) || r.word(at).UPOS == story.ADP)
}

// maxLead bounds the words between a cue and its complementizer: addressee,
// place, day.
const maxLead = 22

// clauseAfter finds the first word of the content behind a cue.
func (r *reader) clauseAfter(h *hit, sent *story.Sentence, s source) (story.WordID, bool) {
	want := classThat
	if h.cue.takes&takesTo != 0 {
		want |= classDemand
	}
	if h.cue.takes&takesQuestion != 0 {
		want |= classQuestion
	}
	if w := r.pastConnective(h.end, sent); w > h.end {
		return w, w < sent.EndWord
	}
	if w := r.behindAdjunct(h, sent); w != 0 {
		return w, true
	}
	if r.plainClause(h, sent) {
		return h.end, true
	}
	if w := r.complementizer(h, sent, want); w != 0 {
		return w, true
	}
	if w := r.pastHearer(h, sent); w > h.end && w < sent.EndWord && !r.punct(w) && (r.word(w).UPOS != story.ADP || r.pastDay(w, sent) > w) {
		return w, true // and no more than "told the agency on the eve of the vote"
	}
	if h.cue.takes&takesTo != 0 {
		if x := r.complement(h.word, "xcomp", "ccomp", "advcl"); x != 0 && h.cue.score > weakCue && !r.purposeOf(h, r.lo[x-1]) {
			return r.backToCue(h, s, r.lo[x-1]), true
		}
	}
	if h.cue.takes&takesAs != 0 && s.first > h.end && r.passivized(h) && r.calledAs(h, sent) {
		return s.end, s.end < sent.EndWord // "was described by Hill as ..."
	}
	if h.cue.takes&takesAs != 0 && r.calledAs(h, sent) || h.cue.takes&takesObject != 0 && r.calledObject(h, sent) {
		return h.end, true
	}
	if h.cue.takes&takesSmall != 0 {
		if x := r.complement(h.word, "xcomp", "ccomp"); x != 0 && !r.infinitiveIn(r.lo[x-1], x) && h.cue.score > weakCue {
			return r.backToCue(h, s, r.lo[x-1]), true
		}
	}
	if h.cue.takes&takesClause != 0 && h.end < sent.EndWord && r.clausal(h.end) {
		return h.end, true // "membantah adanya tekanan"
	}
	if h.cue.takes&takesClause == 0 && h.cue.takes&takesAlways == 0 {
		return 0, false
	}
	rels := []string{"ccomp", "parataxis"}
	if s.empty() {
		rels = rels[:1] // "Writing in a blog, Ingram dubbed it ..."
	}
	if h.cue.kind == kindActive && h.end+1 < sent.EndWord && r.is(h.end, ',') && r.runAt(h.end+1) < 0 {
		return h.end + 1, true // "Yusuf menjelaskan, program itu akan ..."
	}
	if h.cue.kind == kindVerb && h.end < sent.EndWord && r.is(h.end, ',') {
		return 0, false // "..., an official said, adding ..."
	}
	if x := r.complement(h.word, rels...); x != 0 && r.lo[x-1] >= h.end && !r.thing(x, h) {
		return r.backToCue(h, s, r.lo[x-1]), true
	}
	if h.cue.takes&takesAlways != 0 {
		w := h.end
		if s.first >= h.end && s.first != 0 {
			w = s.end
		}
		if h.cue.kind == kindVerb && r.dayAlone(w, sent) {
			return 0, false // "..., the ministry said Friday."
		}
		return w, w < sent.EndWord && !r.punct(w) && (h.cue.kind != kindVerb || (r.word(w).UPOS != story.ADP || r.quantity(w, sent)) && !r.verbal(w))
	}
	if r.smallClause(h) {
		return h.end, true
	}
	if r.fragmentAfter(h, sent) {
		return h.end, true
	}
	return 0, false
}

// complementizer returns the first word behind the "that", the question word or the
// "to" that opens the content of a cue (a question word belongs to it); 0 if none
// does before another clause begins.
func (r *reader) complementizer(h *hit, sent *story.Sentence, want class) story.WordID {
	ask := want
	if h.cue.takes&takesClause != 0 {
		ask |= classQuestion // "menjelaskan kepada CNN mengapa ..."
	}
	for w := h.end; w < sent.EndWord && w < h.end+maxLead; w++ {
		if r.verbal(w) {
			ask = want
			if rel := r.word(w).Rel(); (h.cue.takes&takesAlways != 0 || h.cue.kind == kindVerb) && (rel == "ccomp" || rel != "acl" && r.ownSubject(w) != 0) {
				break // "mengatakan Tolvan telah meyakinkan Jakarta bahwa ..."
			}
		}
		if r.class(w)&classThat != 0 && w > h.end && r.ofOther(w, h) {
			break
		}
		if r.class(w)&classRelative != 0 && r.word(w).UPOS == story.PRON && w > h.end && w+1 < sent.EndWord && r.verbal(w+1) {
			continue // "told an audience that included monarchs: ..."
		}
		if r.class(w)&ask == classDemand && r.word(w).UPOS == story.ADP && r.class(w)&classInfinite != 0 {
			continue // "proposed to her in front of ..."
		}
		if r.purposeOf(h, w) {
			continue
		}
		if r.class(w)&ask != 0 && r.runAt(w) < 0 {
			if r.class(w)&classQuestion != 0 && r.class(w)&classThat == 0 {
				return w
			}
			return w + 1
		}
		if x := r.hitAt(w); x != nil && x.cue.kind != kindNoun && x.cue.kind != kindInverted && w > h.end {
			break
		}
	}
	return 0
}

// infinitiveIn reports whether the mark of an infinitive stands in [w, end).
func (r *reader) infinitiveIn(w, end story.WordID) bool {
	for ; w < end; w++ {
		if r.class(w)&classInfinite != 0 {
			return true
		}
	}
	return false
}

// quantity reports whether a preposition opens an amount and no adjunct: "said at
// least 300 people had left".
func (r *reader) quantity(w story.WordID, sent *story.Sentence) bool {
	for j := w + 1; j < sent.EndWord && j < w+4; j++ {
		switch u := r.word(j).UPOS; {
		case r.timeAt(j):
			return false
		case u == story.NUM:
			return true
		case u != story.ADJ && u != story.ADV && u != story.SYM:
			return false
		}
	}
	return false
}

// smallClause reports whether the tree took the subject of a clause without
// complementizer for the cue's object, and its predicate for an adverbial:
// "menegaskan orang Minang siap mendukung".
func (r *reader) smallClause(h *hit) bool {
	o := r.st.Child(h.word, "obj")
	if h.cue.kind != kindActive || h.cue.score < strongCue || o < h.end || r.lo[o-1] != h.end {
		return false
	}
	for c := range r.st.Children(h.word) {
		if c <= o || r.word(c).Rel() != "advcl" && r.word(c).Rel() != "xcomp" || r.lo[c-1] != r.hi[o-1]+1 {
			continue
		}
		for w := r.lo[c-1]; w < c; w++ {
			if u := r.word(w).UPOS; u != story.AUX && u != story.ADV && u != story.PART {
				return false
			}
		}
		return r.word(c).UPOS == story.VERB || r.word(c).UPOS == story.ADJ
	}
	return false
}

// behindAdjunct is where a clause that begins with a pronoun stands behind the
// addressee or the medium of a verb: "told Reuters on Monday they were open to
// talks", "said in a statement he believed it". 0 where there is none.
func (r *reader) behindAdjunct(h *hit, sent *story.Sentence) story.WordID {
	if h.cue.kind != kindVerb {
		return 0
	}
	w := r.pastHearer(h, sent)
	if w == h.end && w < sent.EndWord && r.word(w).UPOS == story.ADP {
		w += story.WordID(r.phraseAt(r.s.media, w, sent.EndWord))
	}
	if w == h.end || w >= sent.EndWord {
		return 0
	}
	w = r.pastDay(w, sent)
	if r.word(w).UPOS != story.PRON || r.class(w)&(classRelative|classClitic|classThat|classFree) != 0 {
		return 0
	}
	v := w + 1
	for v < sent.EndWord && r.word(v).UPOS == story.ADV {
		v++
	}
	if v < sent.EndWord && r.verbal(v) {
		return w
	}
	return 0
}

// fragmentAfter reports whether quotation marks hold the predicate of what a cue
// reports: "menyatakan penutupan itu \"langkah yang tidak bersahabat\"".
func (r *reader) fragmentAfter(h *hit, sent *story.Sentence) bool {
	if h.cue.takes&takesClause == 0 || h.end >= sent.EndWord || r.word(h.end).UPOS == story.ADP {
		return false
	}
	for w := h.end; w < sent.EndWord && w < h.end+8; w++ {
		if i := r.runAt(w); i >= 0 {
			u := &r.runs[i]
			return w > h.end+1 && u.closed && u.opened && !u.claimed && u.end-u.first >= 3
		}
		if r.verbal(w) || r.is(w, ',') {
			return false
		}
	}
	return false
}

// withoutDay ends a content before the day that belongs to the saying: "...,
// Selasa (4/3/2025)."
func (r *reader) withoutDay(first, limit story.WordID) story.WordID {
	time := false
	for w := limit - 1; w > first; w-- {
		switch {
		case r.is(w, ',') && time:
			return w
		case r.timeAt(w):
			time = true
		case !r.punct(w) || r.is(w, ','):
			return limit
		}
	}
	return limit
}

// pastHearer skips the addressee behind a verb that names one first: "told BBC
// News every claim will be assessed". It returns h.end where there is none.
func (r *reader) pastHearer(h *hit, sent *story.Sentence) story.WordID {
	if h.cue.takes&takesHearer == 0 || h.end >= sent.EndWord {
		return h.end
	}
	w := h.end
	for w < sent.EndWord && r.word(w).UPOS == story.DET {
		w++
	}
	if w+1 < sent.EndWord && !r.capital(w) && r.word(w).Mention == 0 && !r.finiteLess(w) && r.word(w+1).Mention != 0 {
		w++ // "told visiting President Lima"
	}
	if w >= sent.EndWord {
		return h.end
	}
	word := r.word(r.holder(w, w, min(sent.EndWord, w+maxAddressee)))
	if m := word.Mention; m != 0 && r.st.Mention(m).Type == story.NameMention {
		_, end := r.st.WordsIn(r.st.Mention(m).Span.Cover(r.st.Mention(m).Title))
		if r.phraseAt(r.s.relays, w, sent.EndWord) > 0 {
			end = r.pastName(end, sent)
		}
		return end
	}
	if n := r.phraseAt(r.s.relays, w, sent.EndWord); n > 0 {
		return r.pastName(w+story.WordID(n), sent)
	}
	if word.UPOS == story.PRON || r.class(w)&classHuman != 0 && word.UPOS == story.NOUN {
		return w + 1
	}
	return h.end
}

// pastName skips what goes on with the name of a medium: "BBC News".
func (r *reader) pastName(w story.WordID, sent *story.Sentence) story.WordID {
	for w < sent.EndWord && r.capital(w) && r.word(w-1).UPOS == story.PROPN && r.word(w).Mention == 0 && r.word(w).UPOS.Nominal() {
		w++
	}
	return w
}

// backToCue moves the start of a content that the tree begins too late back to
// the cue, where only words of a noun phrase stand between.
func (r *reader) backToCue(h *hit, s source, first story.WordID) story.WordID {
	if s.first >= h.end {
		return first
	}
	if h.cue.takes&takesAlways != 0 && first < h.end+maxSubject {
		from := h.end
		if h.cue.kind == kindVerb {
			from = min(first, r.pastDay(from, r.sent(h.word)))
		}
		if r.opensClause(from) || h.cue.kind == kindVerb && r.word(from).UPOS == story.ADP && r.quantity(from, r.sent(h.word)) {
			return from
		}
	}
	if first-h.end > 8 {
		return first
	}
	for w := h.end; w < first; w++ {
		if r.punct(w) || r.class(w)&(classTo|classAside) != 0 || r.word(w).UPOS == story.ADP {
			return first
		}
	}
	return h.end
}
