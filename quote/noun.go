package quote

import "kawat/story"

// stated reads a clause below a noun: "pernyataan Lavrov bahwa ...".
func (r *reader) stated(h *hit, sent *story.Sentence) {
	s := r.owner(h, sent.EndWord)
	if s.empty() {
		return
	}
	h.end = max(h.end, s.end)
	for w := h.end; w < sent.EndWord && w < max(s.end, h.end)+3; w++ {
		if r.class(w)&classThat == 0 {
			continue
		}
		end := r.beforeMain(h, w, min(max(r.hi[h.word-1]+1, w+2), sent.EndWord), sent)
		if end-w > 2 {
			r.emitClause(r.start(h, s), r.span(w+1, end))
		}
		return
	}
}

// beforeMain ends the clause of a noun that opens its sentence before the main
// verb: "Pernyataan X bahwa sanksi sudah gagal | memicu perdebatan." Where the
// tree runs on, or stops short, the last verb of the sentence is the main one.
func (r *reader) beforeMain(h *hit, that, end story.WordID, sent *story.Sentence) story.WordID {
	if h.word > sent.FirstWord+2 {
		return end
	}
	if head := r.word(h.word).Head; r.word(h.word).Rel() == "nsubj" && r.hasVerb(that+1, head) {
		return head
	}
	if end < sent.EndWord-1 && r.hasVerb(that+1, end) {
		return end
	}
	for w := that + 3; w < sent.EndWord-1; w++ {
		if r.class(w)&classMain != 0 && r.runAt(w) < 0 && !r.determined(w-1) {
			return w // "Weber's claim that the war is over drew criticism"
		}
	}
	for w := sent.EndWord - 1; w > that+2; w-- {
		if r.word(w).UPOS == story.VERB && r.runAt(w) < 0 {
			return w
		}
	}
	return end
}

// hasVerb reports whether a full verb stands among [first, end).
func (r *reader) hasVerb(first, end story.WordID) bool {
	for w := first; w < end; w++ {
		if r.word(w).UPOS == story.VERB {
			return true
		}
	}
	return false
}
