package quote

import (
	"strings"

	"kawat/story"
)

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
			s := r.subject(h.word, sent.FirstWord, sent.EndWord)
			if !r.reported(h, sent, s) && h.cue.kind == kindVerb {
				r.trailing(h, sent)
			}
		}
	}
}

// unsaid reports whether a cue reports no words: what somebody did not say, or
// may say. ("tidak mengatakan apakah ...", "If the ministers say that ...")
func (r *reader) unsaid(h *hit) bool {
	if h.cue.kind != kindActive && h.cue.kind != kindVerb {
		return false
	}
	first := r.sent(h.word).FirstWord
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

// insideRun reports whether a cue stands inside quotation marks that are long
// enough to be speech: what speakers report of others is theirs.
func (r *reader) insideRun(h *hit) bool {
	i := r.runAt(h.word)
	return i >= 0 && r.runs[i].claimed
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
	if s.word != 0 && !r.maySpeak(s) || r.negatedSource(s) {
		return false
	}
	first, ok := r.clauseAfter(h, sent, s)
	if !ok {
		return false
	}
	// "bahwa" tells speech whoever speaks, behind a verb that means nothing else.
	open := r.class(first-1)&classThat != 0 && h.cue.score >= plainCue
	if s.empty() && (h.cue.score < 80 || h.cue.kind == kindVerb || h.cue.kind == kindActive) || !open && !r.speaks(h, s) {
		return false
	}
	if h.cue.kind == kindVerb {
		first = r.pastDay(first, sent)
	}
	limit := r.contentLimit(h, first, sent)
	sp := r.throughRun(r.span(first, limit), limit, sent)
	that := first > h.end && r.class(first-1)&classThat != 0 && r.word(first-1).UPOS == story.SCONJ && limit-first > 2
	if sp.Empty() || !that && !r.predicate(first, limit) && first != h.end {
		return false
	}
	f := r.start(h, s)
	f.q.RelayWord = relay
	if s.empty() {
		f.q.Score -= 20
	}
	r.emitClause(f, sp)
	return true
}

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
	if s.first != s.word && s.first != 0 && r.class(s.first)&classRelative != 0 && !r.human(s.word) {
		return false // "an article that claims ..."
	}
	if r.human(s.word) || h.cue.score >= strongCue && h.cue.takes&takesAlways != 0 {
		return true
	}
	if r.class(s.word)&classRelative != 0 {
		return false
	}
	if w.UPOS == story.PRON || r.class(s.word)&classDocument != 0 {
		return true
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
	return !strings.HasSuffix(r.word(w).Form, r.s.present)
}

// byless reports whether an agent stands without the word for it.
func (r *reader) byless(h *hit, s source) bool {
	return s.first <= h.end || r.class(s.first-1)&classBy == 0
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
	ask := want
	if h.cue.takes&takesClause != 0 {
		ask |= classQuestion // "menjelaskan kepada CNN mengapa ..."
	}
	for w := h.end; w < sent.EndWord && w < h.end+maxLead; w++ {
		if r.verbal(w) {
			ask = want
			if rel := r.word(w).Rel(); h.cue.takes&takesAlways != 0 && (rel == "ccomp" || rel != "acl" && r.ownSubject(w) != 0) {
				break // "mengatakan Tolvan telah meyakinkan Jakarta bahwa ..."
			}
		}
		if r.class(w)&ask != 0 && r.runAt(w) < 0 {
			if r.class(w)&classQuestion != 0 && r.class(w)&classThat == 0 {
				return w, true
			}
			return w + 1, true
		}
		if x := r.hitAt(w); x != nil && x.cue.kind != kindNoun && x.cue.kind != kindInverted && w > h.end {
			break
		}
	}
	if w := r.pastHearer(h, sent); w > h.end && w < sent.EndWord && !r.punct(w) {
		return w, true
	}
	if h.cue.takes&takesTo != 0 {
		if x := r.complement(h.word, "xcomp", "ccomp", "advcl"); x != 0 && h.cue.score > weakCue {
			return r.backToCue(h, s, r.lo[x-1]), true
		}
	}
	if h.cue.takes&takesAs != 0 && r.calledAs(h, sent) || h.cue.takes&takesObject != 0 && r.calledObject(h, sent) {
		return h.end, true
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
		return w, w < sent.EndWord && !r.punct(w) && (h.cue.kind != kindVerb || r.word(w).UPOS != story.ADP && !r.verbal(w))
	}
	return 0, false
}

// thing reports whether a tree calls a clause what is a noun phrase: "mengumumkan
// peningkatan status dari siaga dua menjadi siaga satu".
func (r *reader) thing(x story.WordID, h *hit) bool {
	if h.cue.takes&takesAlways != 0 || r.ownSubject(x) != 0 || r.word(h.end).UPOS != story.NOUN {
		return false
	}
	return r.word(h.end).Head != x || r.word(h.end).Rel() == "obj"
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
	if w >= sent.EndWord {
		return h.end
	}
	word := r.word(w)
	if m := word.Mention; m != 0 && r.st.Mention(m).Type == story.NameMention {
		_, end := r.st.WordsIn(r.st.Mention(m).Span.Cover(r.st.Mention(m).Title))
		return end
	}
	if n := r.phraseAt(r.s.relays, w, sent.EndWord); n > 0 {
		return w + story.WordID(n)
	}
	if word.UPOS == story.PRON || r.class(w)&classHuman != 0 && word.UPOS == story.NOUN {
		return w + 1
	}
	return h.end
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

// calledObject reports whether a cue gives its object a bare predicate: "calls X
// a Y", "declared the talks dead".
func (r *reader) calledObject(h *hit, sent *story.Sentence) bool {
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
		case x.cue.kind == kindVerb && r.trailComma(x, sent) > first:
			return r.trailComma(x, sent)
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
	return r.tail(first, sent.EndWord)
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
		if r.verbal(w) || r.clausal(w) {
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

// emitClause makes an indirect row, mixed where quotation marks stand inside.
func (r *reader) emitClause(f finding, spans ...story.Span) {
	f.q.Kind = story.Indirect
	f.q.Content = spans
	sp := spans[0].Cover(spans[len(spans)-1])
	for i := range r.runs {
		u := &r.runs[i]
		if !u.claimed && sp.Contains(u.inner) && u.closed && u.opened {
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
	if head := r.word(h.word).Head; r.word(h.word).Rel() == "nsubj" && head > that+2 && !(end < sent.EndWord && end > that+2) {
		return head
	}
	if end < sent.EndWord-1 && end > that+2 {
		return end
	}
	for w := sent.EndWord - 1; w > that+2; w-- {
		if r.word(w).UPOS == story.VERB && r.runAt(w) < 0 {
			return w
		}
	}
	return end
}
