package quote

import "kawat/story"

// This file finds where the content of an indirect quotation ends.

// throughRun lets a content that ends with its sentence inside quotation marks
// go on to the closing mark: `wrote that "A. B."`
func (r *reader) throughRun(sp story.Span, limit story.WordID, sent *story.Sentence) story.Span {
	if limit != sent.EndWord || sp.Empty() {
		return sp
	}
	if i := r.runAt(limit - 1); i >= 0 && r.runs[i].closed && r.runs[i].outer.Start >= sp.Start-1 {
		sp.End = max(sp.End, r.runs[i].outer.End)
	}
	return sp
}

// contentLimit returns the end of a content that begins at first: the end of
// the sentence, the next attribution, or a second cue of the same speaker.
// ("Xi menekankan X dan menambahkan bahwa Y.")
func (r *reader) contentLimit(h *hit, first story.WordID, sent *story.Sentence) story.WordID {
	for w := first + 1; w < sent.EndWord; w++ {
		if r.reticent(w, sent) {
			return w
		}
		x := r.hitAt(w)
		if x == nil || r.runAt(w) >= 0 && r.runAt(first) < 0 {
			continue
		}
		comma := r.punct(w-1) && r.is(w-1, ',')
		switch {
		case x.cue.kind == kindInverted && comma:
			return w - 1
		case x.cue.kind == kindVerb && r.trailComma(x, sent) > first:
			return r.trailComma(x, sent)
		case x.cue.kind == kindVerb && comma && r.participle(x, sent) && r.runAt(first) < 0:
			return w - 1
		case x.cue.kind == kindVerb && r.accompanied(w, first) != 0:
			return r.accompanied(w, first)
		case x.cue.kind == kindVerb && r.secondSubject(w, first, h) != 0:
			return r.secondSubject(w, first, h)
		case x.cue.kind == kindActive || x.cue.kind == kindVerb:
			joined := r.class(w-1)&classJoin != 0 || r.word(w-1).UPOS == story.CCONJ
			if joined && r.ownSubject(w) == 0 && (r.word(w).Head == h.word || r.class(x.end)&classThat != 0 || r.parallel(h, x)) {
				return w - 1
			}
		}
	}
	if hi := r.clauseBreak(h, first, sent); hi != 0 {
		return hi
	}
	return r.tail(first, sent.EndWord)
}

// secondSubject is the conjunction with which a clause of the desk's begins that has
// a cue and a speaker of its own, where the tree joins it to the cue before: "Russia
// denied meddling in the vote and Trump has denied any collusion". 0 where there is none.
func (r *reader) secondSubject(w, first story.WordID, h *hit) story.WordID {
	sub := r.ownSubject(w)
	x := r.hitAt(w)
	if (r.word(w).Head != h.word || r.word(w).Rel() != "conj") && x.cue.lemma != h.cue.lemma || sub == 0 || sub <= first || sub > w || !r.human(sub) {
		return 0
	}
	if r.word(sub).UPOS == story.PRON && (r.class(sub)&classThird == 0 || x.cue.score < plainCue) {
		return 0 // "he was unhappy, but he did not ask for a delay" is one's own
	}
	at := r.lo[sub-1] - 1
	if at <= first || r.word(at).UPOS != story.CCONJ || (h.cue.takes&takesAlways != 0 || r.class(first-1)&classThat != 0) && !r.predicate(first, at) {
		return 0
	}
	return at
}

// reticent reports whether a conjunction leads back from what somebody said to
// what they would not say: "said talks had begun but declined to comment", "but
// did not give details".
func (r *reader) reticent(w story.WordID, sent *story.Sentence) bool {
	if r.word(w).UPOS != story.CCONJ || r.runAt(w) >= 0 {
		return false
	}
	no := false
	for j := w + 1; j < sent.EndWord && j < w+5; j++ {
		switch c := r.class(j); {
		case c&classNot != 0:
			no = true
		case no && c&classTell != 0:
			return true
		case r.class(j)&classInfinite != 0, r.word(j).UPOS == story.AUX, r.word(j).UPOS == story.PART, r.word(j).UPOS == story.ADV:
		default:
			return false
		}
	}
	return false
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
