package quote

import "kawat/story"

// indirect reads reported clauses around the cues that no direct quotation
// uses.
func (r *reader) indirect() {
	for i := range r.hits {
		h := &r.hits[i]
		if h.used || r.insideRun(h) || r.unsaid(h) {
			continue
		}
		sent := r.sent(h.word)
		switch h.cue.kind {
		case kindPreposition:
			r.according(h, sent)
		case kindInverted:
			r.preceding(h, sent, r.sourceAfter(h, sent.EndWord))
		case kindPassive:
			r.passive(h, sent)
		case kindNoun:
			r.stated(h, sent)
		default:
			if r.leading(h, sent) {
				continue
			}
			if h.cue.kind == kindVerb && (r.inverts(h, sent) || r.toldAtEnd(h, sent)) {
				if r.trailing(h, sent); h.used {
					continue
				}
			}
			s := r.subject(h.word, sent.FirstWord, sent.EndWord)
			if !r.reported(h, sent, s) && h.cue.kind == kindVerb {
				r.trailing(h, sent)
			}
		}
	}
}

// inverts reports whether a verb behind a comma has its subject right behind it:
// "..., said Ana Weber, a lecturer at Bern".
func (r *reader) inverts(h *hit, sent *story.Sentence) bool {
	if h.word <= sent.FirstWord || !r.is(h.word-1, ',') || h.end >= sent.EndWord || !r.finiteLess(h.word) {
		return false
	}
	for c := range r.st.Children(h.word) {
		if c >= h.end && r.word(c).Rel() == "nsubj" && r.lo[c-1] == h.end && r.human(c) {
			return true
		}
	}
	return false
}

// leading reads a cue that opens a sentence for the speaker of the next one:
// "Menyebut bahwa tahun ini penting, Xi mengatakan ...", "Noting that the talks
// had begun, Hill said ..."
func (r *reader) leading(h *hit, sent *story.Sentence) bool {
	if h.cue.kind == kindVerb && r.finiteLess(h.word) || h.word != r.skipConnective(sent.FirstWord, h.word+1) || h.end >= sent.EndWord {
		return false
	}
	from := h.end
	switch {
	case r.class(from)&classThat != 0:
		from++
	case h.cue.kind != kindVerb || !r.plainClause(h, sent) && !r.capitalClause(h, sent):
		return false
	}
	for w := h.end + 2; w < sent.EndWord; w++ {
		if !r.is(w, ',') || r.runAt(w) >= 0 {
			continue
		}
		for k := w + 2; k < sent.EndWord && k < w+maxAside; k++ {
			x := r.hitAt(k)
			if x == nil || x.cue.kind != kindActive && x.cue.kind != kindVerb || !r.mainFollows(w+1, k) {
				continue
			}
			s := r.subject(k, w+1, sent.EndWord)
			if s.first <= w || s.end > k || !r.speaks(x, s) || !r.predicate(from, w) {
				return false
			}
			r.emitClause(r.start(h, s), r.span(from, w))
			return true
		}
	}
	return false
}

// capitalClause reports whether a name and a verb of its own stand right behind a
// cue: "Noting Weber left early, Hill said ..."
func (r *reader) capitalClause(h *hit, sent *story.Sentence) bool {
	m := r.word(h.end).Mention
	if m == 0 || h.cue.takes&takesClause == 0 {
		return false
	}
	_, end := r.st.WordsIn(r.st.Mention(m).Span.Cover(r.st.Mention(m).Title))
	return end < sent.EndWord && r.word(end).UPOS == story.VERB && r.finiteLess(end)
}

// insideRun reports whether a cue stands inside quotation marks that are long
// enough to be speech: what speakers report of others is theirs.
func (r *reader) insideRun(h *hit) bool {
	i := r.runAt(h.word)
	if i < 0 {
		return false
	}
	u := &r.runs[i]
	return u.claimed || u.opened && u.closed && !u.single && u.prev < 0 && u.first < h.word && r.floats(i)
}

// reported reads the clause behind a cue: "Xi mengatakan bahwa ...", "she said
// ...", "meminta agar ...".
func (r *reader) reported(h *hit, sent *story.Sentence, s source) bool {
	var relay story.WordID
	if q, by := r.quotedAs(h, sent); !q.empty() {
		s, relay = q, by
	} else if r.passivized(h) {
		if s = r.agent(h, sent.EndWord); s.empty() || r.byless(h, s) {
			return false
		}
	}
	if s.word != 0 && !r.maySpeak(s) || r.negatedSource(s) || r.asked(h, sent) || r.freeRelative(h, s, sent) || r.ownThought(h, s) {
		return false
	}
	first, ok := r.clauseAfter(h, sent, s)
	if !ok {
		return false
	}
	// "bahwa" tells speech whoever speaks, behind a verb that means nothing else.
	open := r.class(first-1)&classThat != 0 && (h.cue.score >= plainCue || s.word != 0 && r.class(s.word)&classDocument != 0)
	if s.empty() && (h.cue.score < 80 || h.cue.kind == kindVerb || h.cue.kind == kindActive) || !open && !r.speaks(h, s) {
		return false
	}
	if h.cue.kind == kindVerb {
		first = r.pastDay(first, sent)
	}
	if h.cue.kind == kindVerb && r.s.present != "" && r.afterComma(first) && first >= h.end && !r.finiteLess(r.pastMark(first)) && r.trailComma(h, sent) != 0 {
		return false // "May is focused on trade, her spokesman said on Thursday, responding to a tweet."
	}
	limit := r.withoutDay(first, r.contentLimit(h, first, sent))
	sp := r.throughRun(r.span(first, limit), limit, sent)
	that := first > h.end && r.class(first-1)&classThat != 0 && r.word(first-1).UPOS == story.SCONJ && limit-first > 2
	if r.class(first)&classAmount != 0 && !r.verbal(first+1) && (h.cue.kind == kindVerb || h.cue.kind == kindActive) {
		return false // "has said little on the matter"
	}
	if sp.Empty() || !that && !r.predicate(first, limit) && (first != h.end || r.objectOnly(h, limit) || h.cue.kind == kindVerb && r.word(first).UPOS == story.ADV) {
		return false
	}
	if limit-first == 1 && r.class(first-1)&classDemand != 0 {
		return false // "something Weber has vowed to prevent"
	}
	f := r.start(h, s)
	f.q.RelayWord = relay
	if s.empty() {
		f.q.Score -= 20
	}
	r.emitClause(f, sp)
	return true
}

// pastMark is the word itself or the one behind it, if it is a mark.
func (r *reader) pastMark(w story.WordID) story.WordID {
	if r.punct(w) && int(w) < len(r.info) {
		return w + 1
	}
	return w
}

// afterComma reports whether a comma stands at a word or right before it.
func (r *reader) afterComma(w story.WordID) bool { return r.is(w, ',') || r.is(w-1, ',') }

// objectOnly reports whether all that stands behind a cue is its object: "China
// mengklaim hampir seluruh perairan".
func (r *reader) objectOnly(h *hit, limit story.WordID) bool {
	o := r.st.Child(h.word, "obj")
	return h.cue.takes&(takesAs|takesObject) == 0 && o >= h.end && o < limit && r.lo[o-1] == h.end && r.hi[o-1]+2 >= limit
}

// ownThought reports whether a speaker says in a quotation of their own what they
// think: `"Dalam perang, saya percaya bahwa ..."`
func (r *reader) ownThought(h *hit, s source) bool {
	i := r.runAt(h.word)
	return i >= 0 && r.class(s.word)&classFirst != 0 && r.runs[i].closed && !r.runs[i].single && r.floats(i)
}

// freeRelative reports whether a cue only names something: "a halt to what it
// called brutal sanctions", "got what it said were assurances". ("What I am saying
// is that ..." tells words.)
func (r *reader) freeRelative(h *hit, s source, sent *story.Sentence) bool {
	return s.first > sent.FirstWord && s.first < h.word && r.class(s.first-1)&classFree != 0 && h.end < sent.EndWord &&
		(h.cue.takes&takesObject != 0 || r.class(h.end)&classBe != 0 && r.class(h.end+1)&classThat == 0)
}

// speaks reports whether a source may be the speaker of a cue. Anything may
// "say" ("the letter says"); what asks, urges, thinks or suggests is somebody,
// or else a cause ("yang dapat mendorong melemahnya profil").
func (r *reader) speaks(h *hit, s source) bool {
	if s.empty() {
		return true
	}
	if !r.maySpeak(s) {
		return false
	}
	w := r.word(s.word)
	if s.first != s.word && s.first != 0 && r.class(s.first)&classRelative != 0 &&
		(!r.human(s.word) || r.class(s.first)&classThat != 0 && w.Mention == 0 && r.class(s.word)&classHuman == 0) {
		return false // "an article that claims ...", "the hashtag #Best that asked people to vote"
	}
	if r.human(s.word) || h.cue.score >= strongCue && h.cue.takes&takesAlways != 0 {
		return true
	}
	if r.class(s.word)&classRelative != 0 {
		return false
	}
	if w.UPOS == story.PRON || r.class(s.word)&classDocument != 0 && h.cue.score >= plainCue {
		return true
	}
	if h.cue.takes&(takesTo|takesClause) == takesTo && s.word == r.sent(s.word).FirstWord && s.end > s.word+1 {
		return false // "Serangan itu mendorong Peru untuk ..."
	}
	return r.capital(s.word) && w.Mention == 0 // the tagger took "Silva" for a noun
}

// weakCue is the score up to which a cue that asks wants its complementizer:
// "mendorong agar ...".
const weakCue = 60

// plainCue is the score from which a verb with a complementizer means speech.
const plainCue = 85

// strongCue is the score from which a cue reports words whatever its subject.
const strongCue = 95

// negatedSource reports whether the source is a relative pronoun without
// antecedent, or otherwise no words at all.
func (r *reader) negatedSource(s source) bool { return !s.empty() && s.word == 0 }

// clausal reports whether a word, or the token that it opens, makes a clause of
// the phrase behind it: "adanya" of two words.
func (r *reader) clausal(w story.WordID) bool {
	if r.class(w)&classClause != 0 {
		return true
	}
	t := r.st.Token(r.word(w).Token)
	if t.FirstWord != w || t.EndWord == w+1 || t.Span.Len() > maxForm {
		return false
	}
	var arr [maxForm * 2]byte
	return r.s.lexicon[string(low(arr[:0], r.st.Slice(t.Span)))].class&classClause != 0
}

// predicate reports whether words hold a predicate of their own.
func (r *reader) predicate(first, end story.WordID) bool {
	n := 0
	for w := first; w < end; w++ {
		if r.verbal(w) && r.word(w).Rel() != "amod" || r.clausal(w) {
			return true
		}
		if u := r.word(w).UPOS; u == story.ADJ || u == story.ADV {
			n++
		}
	}
	return n >= 1 && end-first >= 4
}

// unmarked reports whether reported words are somebody's own whose marks were
// lost: a first person that is not the desk's, before an inverted cue or right
// behind another. ("Kami siap membantu, kata Menlu.")
func (r *reader) unmarked(f *finding, sp story.Span) bool {
	first, end := r.st.WordsIn(sp)
	if int(first) > len(r.info) {
		return false
	}
	switch f.cue.kind {
	case kindInverted:
	case kindVerb:
		if f.q.CueWord < first {
			return r.class(first)&classFirst != 0 && r.class(first-1)&classThat == 0
		}
	case kindActive:
		return r.class(first)&classFirst != 0 && r.class(first-1)&classThat == 0
	default:
		return false
	}
	for w := first; w < end; w++ {
		if r.class(w)&classFirst != 0 && r.word(w).UPOS == story.PRON && r.runAt(w) < 0 && !r.reportedBy(w, first) {
			return true
		}
	}
	return false
}

// reportedBy reports whether a cue stands among [first, w): the first person
// behind it may be somebody else's.
func (r *reader) reportedBy(w, first story.WordID) bool {
	for ; first < w; first++ {
		if h := r.hitAt(first); h != nil && h.used {
			return true
		}
	}
	return false
}

// maxStop is how many bytes of stops a span has left outside at its end: `said
// that "it was over."`
const maxStop = 3

// emitClause makes an indirect row, mixed where quotation marks stand inside.
func (r *reader) emitClause(f finding, spans ...story.Span) {
	f.q.Kind = story.Indirect
	f.q.Content = spans
	sp := spans[0].Cover(spans[len(spans)-1])
	for i := max(r.runFrom(sp.Start), 0); i < len(r.runs) && r.runs[i].outer.Start < sp.End; i++ {
		u := &r.runs[i]
		if !u.claimed && u.closed && u.opened && sp.Start <= u.inner.Start && u.inner.End <= sp.End+maxStop {
			u.claimed = true
			if u.end-u.first >= 2 || r.verbal(u.first) {
				f.q.Kind = story.Mixed
			}
		}
	}
	if f.q.Kind == story.Indirect && r.unmarked(&f, sp) {
		f.q.Kind = story.Direct
	}
	r.add(f)
}
