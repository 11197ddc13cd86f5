package quote

import "kawat/story"

// indirect reads reported clauses around the cues that no direct quotation
// uses.
func (r *reader) indirect() {
	for i := range r.hits {
		h := &r.hits[i]
		if h.used || r.insideRun(h) {
			continue
		}
		sent := r.sent(h.word)
		switch h.cue.kind {
		case kindPreposition:
			r.according(h, sent)
		case kindInverted:
			r.preceding(h, sent, r.sourceAfter(h, sent.EndWord))
		case kindPassive:
			r.reported(h, sent, r.agent(h, sent.EndWord))
		case kindNoun:
			r.stated(h, sent)
		default:
			s := r.subject(h.word, sent.FirstWord, sent.EndWord)
			if !r.reported(h, sent, s) && h.cue.kind == kindVerb {
				r.trailing(h, sent)
			}
		}
	}
}

// insideRun reports whether a cue stands inside quotation marks that are long
// enough to be speech: what speakers report of others is theirs.
func (r *reader) insideRun(h *hit) bool {
	i := r.runAt(h.word)
	return i >= 0 && r.runs[i].claimed
}

// reported reads the clause behind a cue: "Xi mengatakan bahwa ...", "she said
// ...", "meminta agar ...".
func (r *reader) reported(h *hit, sent *story.Sentence, s source) bool {
	if s.word != 0 && !r.maySpeak(s) || r.negatedSource(s) {
		return false
	}
	first, ok := r.clauseAfter(h, sent, s)
	if !ok {
		return false
	}
	if s.empty() && h.cue.score < 80 {
		return false
	}
	limit := r.contentLimit(h, first, sent)
	sp := r.span(first, limit)
	if sp.Empty() || !r.predicate(first, limit) && !(h.cue.takes&takesAs != 0 && r.calledAs(h, sent)) {
		return false
	}
	f := r.start(h, s)
	if s.empty() {
		f.q.Score -= 20
	}
	r.emitClause(f, sp)
	return true
}

// negatedSource reports whether the source is a relative pronoun without
// antecedent, or otherwise no words at all.
func (r *reader) negatedSource(s source) bool { return !s.empty() && s.word == 0 }

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
	for w := h.end; w < sent.EndWord && w < h.end+maxLead; w++ {
		if r.class(w)&want != 0 && r.runAt(w) < 0 {
			if r.class(w)&classQuestion != 0 && r.class(w)&classThat == 0 {
				return w, true
			}
			return w + 1, true
		}
		if x := r.hitAt(w); x != nil && x.cue.kind != kindNoun && x.cue.kind != kindInverted && w > h.end {
			break
		}
	}
	if h.cue.takes&takesTo != 0 {
		if x := r.complement(h.word, "xcomp", "ccomp", "advcl"); x != 0 {
			return r.lo[x-1], true
		}
	}
	if h.cue.takes&takesAs != 0 && r.calledAs(h, sent) {
		return h.end, true
	}
	if h.cue.takes&takesClause == 0 && h.cue.takes&takesAlways == 0 {
		return 0, false
	}
	if x := r.complement(h.word, "ccomp", "parataxis"); x != 0 && r.lo[x-1] >= h.end {
		return r.backToCue(h, s, r.lo[x-1]), true
	}
	if h.cue.takes&takesAlways != 0 {
		w := h.end
		if s.first >= h.end && s.first != 0 {
			w = s.end
		}
		return w, w < sent.EndWord && !r.punct(w)
	}
	return 0, false
}

// backToCue moves the start of a content that the tree begins too late back to
// the cue, where only words of a noun phrase stand between.
func (r *reader) backToCue(h *hit, s source, first story.WordID) story.WordID {
	if first-h.end > 8 || s.first >= h.end {
		return first
	}
	for w := h.end; w < first; w++ {
		if r.punct(w) || r.class(w)&(classTo|classAside) != 0 || r.word(w).UPOS == story.ADP {
			return first
		}
	}
	return h.end
}

// complement returns the dependent clause of a verb right of it.
func (r *reader) complement(k story.WordID, rels ...string) story.WordID {
	for c := range r.st.Children(k) {
		if c < k {
			continue
		}
		for _, rel := range rels {
			if r.word(c).Rel() == rel {
				return c
			}
		}
	}
	return 0
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

// contentLimit returns the end of a content that begins at first: the end of
// the sentence, the next attribution, or a second cue of the same speaker.
// ("Xi menekankan X dan menambahkan bahwa Y.")
func (r *reader) contentLimit(h *hit, first story.WordID, sent *story.Sentence) story.WordID {
	for w := first + 1; w < sent.EndWord; w++ {
		x := r.hitAt(w)
		if x == nil || r.runAt(w) >= 0 && r.runAt(first) < 0 {
			continue
		}
		comma := r.punct(w-1) && r.is(w-1, ',')
		switch {
		case x.cue.kind == kindInverted && comma:
			return w - 1
		case x.cue.kind == kindActive || x.cue.kind == kindVerb:
			joined := r.class(w-1)&classJoin != 0 || r.word(w-1).UPOS == story.CCONJ
			if joined && r.ownSubject(w) == 0 && (r.word(w).Head == h.word || r.class(x.end)&classThat != 0) {
				return w - 1
			}
		}
	}
	if hi := r.clauseBreak(h, first, sent); hi != 0 {
		return hi
	}
	return sent.EndWord
}

// clauseBreak ends the content of a participle or of a clause that opens a
// sentence at the comma before the main clause: "Menyebut bahwa tahun ini ...,
// Xi mengatakan ...".
func (r *reader) clauseBreak(h *hit, first story.WordID, sent *story.Sentence) story.WordID {
	head := r.word(h.word).Head
	if head <= first || r.word(h.word).Rel() != "advcl" && r.word(h.word).Rel() != "ccomp" {
		return 0
	}
	for w := r.lo[h.word-1]; w < head; w++ {
		if w <= first {
			w = first
			continue
		}
		if r.is(w, ',') && r.mainFollows(w+1, head) {
			return w
		}
	}
	return 0
}

// mainFollows reports whether [w, head) is no more than the subject of head.
func (r *reader) mainFollows(w, head story.WordID) bool {
	for ; w < head; w++ {
		if r.verbal(w) && r.word(w).UPOS == story.VERB || r.is(w, ',') {
			return false
		}
	}
	return true
}

// predicate reports whether words hold a predicate of their own.
func (r *reader) predicate(first, end story.WordID) bool {
	n := 0
	for w := first; w < end; w++ {
		if r.verbal(w) || r.class(w)&classClause != 0 {
			return true
		}
		if u := r.word(w).UPOS; u == story.ADJ || u == story.ADV {
			n++
		}
	}
	return n >= 1 && end-first >= 4
}

// emitClause makes an indirect row, mixed where quotation marks stand inside.
func (r *reader) emitClause(f finding, sp story.Span) {
	f.q.Kind = story.Indirect
	f.q.Content = []story.Span{sp}
	for i := range r.runs {
		u := &r.runs[i]
		if !u.claimed && sp.Contains(u.inner) && u.closed && u.opened {
			u.claimed = true
			if u.end-u.first >= 2 || r.verbal(u.first) {
				f.q.Kind = story.Mixed
			}
		}
	}
	r.add(f)
}

// preceding reads the clause before an inverted cue: "China siap ..., tutur Xi."
func (r *reader) preceding(h *hit, sent *story.Sentence, s source) {
	if s.empty() || h.word == sent.FirstWord || !r.punct(h.word-1) && r.class(h.word-1)&classIntro == 0 {
		return
	}
	first := r.skipConnective(sent.FirstWord, h.word)
	end := h.word
	for end > first && (r.punct(end-1) || r.class(end-1)&classIntro != 0) {
		end--
	}
	if end-first < 3 || !r.predicate(first, end) || r.usedBetween(first, end) {
		return
	}
	r.emitClause(r.start(h, s), r.span(first, end))
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
	comma := story.WordID(0)
	for w := h.word - 1; w > sent.FirstWord && w > h.word-14; w-- {
		if r.is(w, ',') {
			comma = w
			break
		}
		if r.verbal(w) {
			return
		}
	}
	if comma == 0 {
		return
	}
	s := r.sourceAfter(h, sent.EndWord)
	if comma+1 < h.word {
		head := story.WordID(0)
		for w := comma + 1; w < h.word && head == 0; w++ {
			if r.word(w).UPOS.Nominal() {
				head = w
			}
		}
		if head == 0 {
			return
		}
		for n := 0; n < 6; n++ {
			up := r.word(head).Head
			if up <= comma || up >= h.word || !inPhrase(r.word(head).Rel()) {
				break
			}
			head = up
		}
		s = r.nounPhrase(head, comma+1, h.word)
	}
	if s.empty() || !r.maySpeak(s) || !r.human(s.word) && r.word(s.word).UPOS != story.PRON {
		return
	}
	first := r.skipConnective(sent.FirstWord, comma)
	if comma-first < 3 || !r.predicate(first, comma) || r.usedBetween(first, comma) {
		return
	}
	f := r.start(h, s)
	r.emitClause(f, r.span(first, comma))
}

// according reads "menurut X, ..." and "..., according to X".
func (r *reader) according(h *hit, sent *story.Sentence) {
	s := r.sourceAfter(h, sent.EndWord)
	if s.empty() || s.word == 0 {
		return
	}
	if !h.clitic && !r.human(s.word) && r.word(s.word).UPOS != story.PRON || !r.maySpeak(s) || r.phraseAt(r.s.relays, s.first, sent.EndWord) > 0 {
		return
	}
	next := h.end
	if s.first != 0 {
		next = max(s.end, h.end)
	}
	if h.word <= r.skipConnective(sent.FirstWord, sent.EndWord)+1 {
		for w := next; w < sent.EndWord; w++ {
			if r.is(w, ',') {
				next = w + 1
				if w-s.end > 14 {
					continue
				}
				break
			}
			if r.verbal(w) && !r.phraseMember(s.word, w) {
				break
			}
		}
		if next < sent.EndWord && r.predicate(next, sent.EndWord) && !r.usedBetween(next, sent.EndWord) {
			r.emitClause(r.start(h, s), r.span(next, sent.EndWord))
		}
		return
	}
	first, end := r.skipConnective(sent.FirstWord, h.word), h.word
	for end > first && r.punct(end-1) {
		end--
	}
	if r.predicate(first, end) && !r.usedBetween(first, end) {
		r.emitClause(r.start(h, s), r.span(first, end))
	}
}

// stated reads a clause below a noun: "pernyataan Lavrov bahwa ...".
func (r *reader) stated(h *hit, sent *story.Sentence) {
	s := r.owner(h, sent.EndWord)
	if s.empty() {
		return
	}
	for w := h.end; w < sent.EndWord && w < max(s.end, h.end)+3; w++ {
		if r.class(w)&classThat == 0 {
			continue
		}
		end := min(max(r.hi[h.word-1]+1, w+2), sent.EndWord)
		if r.predicate(w+1, end) {
			r.emitClause(r.start(h, s), r.span(w+1, end))
		}
		return
	}
}
