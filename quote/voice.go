package quote

import (
	"strings"

	"kawat/story"
)

// unsaid reports whether a cue reports no words: what somebody did not say, or
// may say. ("tidak mengatakan apakah ...", "If the ministers say that ...")
func (r *reader) unsaid(h *hit) bool {
	if h.cue.kind != kindActive && h.cue.kind != kindVerb {
		return false
	}
	first := r.sent(h.word).FirstWord
	if r.infinitiveOf(h.word, first) || h.word > first+1 && r.class(h.word-1)&classInfinite != 0 && r.class(h.word-2)&classEffort != 0 {
		return true
	}
	for w, verbs := h.word-1, 0; w >= first && w > h.word-maxSubject; w-- {
		switch c := r.class(w); {
		case r.is(w, ',') || c&classThat != 0:
			return false
		case c&classNot != 0 && verbs == 0 && h.word-w <= 3:
			return true
		case c&classUnreal != 0 && verbs == 0:
			return true
		case r.word(w).UPOS == story.VERB:
			verbs++
		}
	}
	return false
}

// infinitiveOf reports whether a cue is the infinitive of a noun or an adjective
// that is nobody: "It is no exaggeration to say that ..."
func (r *reader) infinitiveOf(w, first story.WordID) bool {
	if w <= first+1 || r.class(w-1)&classInfinite == 0 {
		return false
	}
	up := r.word(w).Head
	if up == 0 || up >= w {
		return false
	}
	u := r.word(up).UPOS
	return (u == story.NOUN || u == story.ADJ) && !r.human(up)
}

// passive reads what a passive cue reports: "Dijelaskan Menkeu, penurunan ini
// terjadi ...", "..., demikian dilaporkan KBRI", "Hal itu ditegaskan Lavrov."
func (r *reader) passive(h *hit, sent *story.Sentence) {
	s := r.agent(h, sent.EndWord)
	if r.reported(h, sent, s) || s.empty() || !h.clitic && !r.human(s.word) && r.word(s.word).UPOS != story.PRON {
		return
	}
	start := r.skipConnective(sent.FirstWord, h.word+1)
	for start < h.word && r.class(start)&(classManner|classIntro) != 0 {
		start++
	}
	if start == h.word {
		if r.class(h.word-1)&classIntro != 0 && h.word > sent.FirstWord && r.back(h, sent, s) {
			return
		}
		if s, first := r.opening(h, s, sent, h.clitic); first != 0 && r.predicate(first, sent.EndWord) && !r.usedBetween(first, sent.EndWord) {
			r.emitClause(r.start(h, s), r.span(first, r.tail(first, sent.EndWord)))
		}
		return
	}
	if r.class(h.word-1)&classIntro != 0 {
		r.preceding(h, sent, s)
		return
	}
	if r.phraseAt(r.s.back, start, h.word) > 0 {
		r.back(h, sent, s)
	}
}

// back reads a sentence that the next one attributes: "Indonesia siap membantu.
// Hal itu ditegaskan Menlu di Jakarta."
func (r *reader) back(h *hit, sent *story.Sentence, s source) bool {
	id := r.word(sent.FirstWord).Sent - 1
	if id < 1 {
		return false
	}
	p := r.st.Sent(id)
	if here, there := r.st.Parts[sent.Part], r.st.Parts[p.Part]; here.Para-there.Para > 1 || there.Kind != story.PartParagraph {
		return false
	}
	first := r.skipConnective(p.FirstWord, p.EndWord)
	if !r.predicate(first, p.EndWord) || r.usedBetween(first, p.EndWord) || r.inContent(p.Span) {
		return false
	}
	r.emitClause(r.start(h, s), r.span(first, p.EndWord))
	return true
}

// quotedAs reads "was quoted by Tasnim as saying" and "the paper quoted Xi as
// saying": who is quoted speaks, who quotes passes it on.
func (r *reader) quotedAs(h *hit, sent *story.Sentence) (s source, relay story.WordID) {
	if h.cue.kind != kindVerb || h.word < sent.FirstWord+3 || r.class(h.word-1)&classAs == 0 {
		return source{}, 0
	}
	at := h.word - 2
	for at > sent.FirstWord && at > h.word-maxAside && r.class(at)&classCredit == 0 {
		at--
	}
	if r.class(at)&classCredit == 0 {
		return source{}, 0
	}
	by := story.WordID(0)
	for w := at + 1; w < h.word-1; w++ {
		if r.class(w)&classBy != 0 {
			by = r.nominal(w+1, h.word-1)
		}
		if by == 0 && r.word(w).UPOS.Nominal() {
			return r.nounPhrase(r.topOf(w, at+1, h.word-1), at+1, h.word-1), r.subject(at, sent.FirstWord, at).word
		}
	}
	return r.subject(at, sent.FirstWord, at), by
}

// topOf climbs from a word to the head of its noun phrase within [lo, hi).
func (r *reader) topOf(w, lo, hi story.WordID) story.WordID {
	for n := 0; n < 6; n++ {
		up := r.word(w).Head
		if up < lo || up >= hi || !inPhrase(r.word(w).Rel()) {
			break
		}
		w = up
	}
	return w
}

// passivized reports whether a verb that may stand in both voices is passive:
// "He was told to leave", "Xi is said to have left".
func (r *reader) passivized(h *hit) bool {
	if h.cue.kind != kindVerb {
		return false
	}
	first := r.sent(h.word).FirstWord
	for w := h.word - 1; w >= first && w >= h.word-3; w-- {
		if r.class(w)&classBe != 0 {
			return r.finiteLess(h.word)
		}
		if r.class(w)&(classSelf|classNot) == 0 && r.word(w).UPOS != story.ADV {
			return false
		}
	}
	return false
}

// finiteLess reports whether a form cannot be a present participle, so that a
// form of "be" before it makes it passive.
func (r *reader) finiteLess(w story.WordID) bool {
	return r.s.present == "" || !strings.HasSuffix(r.word(w).Form, r.s.present)
}

// byless reports whether an agent stands without the word for it.
func (r *reader) byless(h *hit, s source) bool {
	return s.first <= h.end || r.class(s.first-1)&classBy == 0
}

// asked reports whether a participle that opens its sentence is passive: "Asked
// if he would go, Page said no."
func (r *reader) asked(h *hit, sent *story.Sentence) bool {
	if r.askedAside(h) {
		return true // "Weber, asked how it went, said"
	}
	if h.cue.kind != kindVerb || r.s.present == "" || !r.finiteLess(h.word) || r.ownSubject(h.word) != 0 {
		return false
	}
	return h.word == r.skipConnective(sent.FirstWord, h.word+1) ||
		h.cue.takes&takesQuestion != 0 && r.class(h.word-1)&classAside != 0 && r.word(h.word-1).UPOS == story.SCONJ // "he said, when asked what he made of it"
}
