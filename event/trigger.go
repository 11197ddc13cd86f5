package event

import "kawat/story"

// hit is a frame that fits at a place of a story.
type hit struct {
	frame  *frame
	word   story.WordID // the trigger
	pred   story.WordID // the predicate that asserts it: the trigger, or a light verb above it
	object story.WordID // what fits the frame's object, 0 if the frame wants none
	muted  bool         // part of another act: "menolak berunding"
	actor  side         // who acts, once it is known
}

// findTriggers looks every word of the story's paragraphs up, and keeps the
// most demanding frame that fits.
func (r *run) findTriggers() {
	st := r.st
	part := story.PartParagraph
	if !r.hasText() {
		part = story.PartTitle // a story of one line: "PM Selandia Baru Kunjungi Chile"
	}
	for i := range st.Sents {
		sent := &st.Sents[i]
		if st.Parts[sent.Part].Kind != part || r.question(sent) {
			continue
		}
		from := len(r.hits)
		for w := sent.FirstWord; w < sent.EndWord; w++ {
			if h, ok := r.hitAt(w); ok {
				r.hits = append(r.hits, h)
			}
		}
		r.mute(r.hits[from:])
	}
}

// hasText reports whether a story has more than its headline.
func (r *run) hasText() bool {
	for i := range r.st.Parts {
		if r.st.Parts[i].Kind == story.PartParagraph {
			return true
		}
	}
	return false
}

// question reports whether a sentence asks.
func (r *run) question(s *story.Sentence) bool {
	return s.EndWord > s.FirstWord && r.st.Word(s.EndWord-1).Form == "?"
}

func (r *run) hitAt(w story.WordID) (hit, bool) {
	word := r.st.Word(w)
	if word.UPOS == story.PUNCT || word.UPOS == story.NUM || word.UPOS == story.ADP || word.UPOS == story.DET {
		return hit{}, false
	}
	best := hit{}
	for _, n := range lookup(r.frames.index, word.Form) {
		best = r.better(best, w, &r.frames.rows[n])
	}
	if word.Lemma != word.Form && inflected(word) { // "bertolak" is not "tolak"
		for _, n := range r.frames.index[word.Lemma] {
			best = r.better(best, w, &r.frames.rows[n])
		}
	}
	return best, best.frame != nil && best.frame.flags&flagNone == 0
}

func (r *run) better(best hit, w story.WordID, f *frame) hit {
	if best.frame != nil && best.frame.weight >= f.weight {
		return best
	}
	if h, ok := r.fits(w, f); ok {
		return h
	}
	return best
}

// fits reports whether a frame fits at a word.
func (r *run) fits(w story.WordID, f *frame) (hit, bool) {
	h := hit{frame: f, word: w, pred: w}
	if len(f.with) > 0 && !r.beside(w, f.with) {
		return h, false
	}
	if f.noun {
		if h.pred = r.carrier(w, f); h.pred == 0 {
			return h, false
		}
	} else if !r.verbal(w) || f.flags&flagActive != 0 && r.passive(w) || f.flags&flagState != 0 && !r.stative(w) {
		return h, false
	}
	if !f.object.empty() {
		if h.object = r.objectFor(w, f); h.object == 0 {
			return h, false
		}
	}
	return h, true
}

// verbal reports whether a word is a predicate. Headlines and a tagger's slips
// make nouns of verbs; such a noun has a subject.
func (r *run) verbal(w story.WordID) bool {
	if w > r.st.Sent(r.st.Word(w).Sent).FirstWord && r.lx.marked(r.st.Word(w-1), markManner) {
		return false // "secara terbuka"
	}
	switch word := r.st.Word(w); word.UPOS {
	case story.VERB, story.ADJ, story.AUX:
		switch word.Rel() {
		case "aux", "case", "det", "flat", "fixed":
			return false // "has agreed"
		case "amod", "compound": // "free trade", "two suspected smugglers"; a tree may err behind a name: "Norway delivered aid"
			return word.Head < w || w > r.st.Sent(word.Sent).FirstWord && (r.behindName(w) || r.st.Word(w-1).UPOS == story.ADV || r.st.Word(w-1).UPOS == story.PUNCT)
		}
		return true
	case story.NOUN, story.PROPN, story.ADV, story.X:
		return r.st.Word(w).Mention == 0 && (r.st.Child(w, "nsubj", "nsubj:pass") != 0 || r.verbless(w)) &&
			r.st.Child(w, "cop", "det", "case", "nmod:poss") == 0
	}
	return false
}

// stative reports whether a predicate tells a state rather than an act.
func (r *run) stative(w story.WordID) bool {
	word := r.st.Word(w)
	return word.UPOS == story.ADJ || !hasFeat(word.Feats, "VerbForm=Fin") && r.st.Child(w, "cop", "aux:pass") != 0 || word.UPOS == story.VERB && word.Feats == ""
}

// behindName reports whether a word stands right behind a name that is no
// adjective: "Norway delivered aid", not "Guinean riot police".
func (r *run) behindName(w story.WordID) bool {
	m := r.st.Word(w - 1).Mention
	return m != 0 && r.st.Mention(m).Type != story.AdjectiveMention
}

// verbless reports whether a sentence has no verb in its tree and the word may
// be it, right behind a name: "Iran meretas laman Albania" with every word a noun.
func (r *run) verbless(w story.WordID) bool {
	sent := r.st.Sent(r.st.Word(w).Sent)
	if w == sent.FirstWord || r.st.Word(w-1).Mention == 0 || int(sent.EndWord-sent.FirstWord) > 40 {
		return false
	}
	if r.st.Parts[sent.Part].Kind == story.PartTitle {
		return true
	}
	for i := sent.FirstWord; i < sent.EndWord; i++ {
		if u := r.st.Word(i).UPOS; u == story.VERB || u == story.AUX {
			return false
		}
	}
	return true
}

// beside reports whether one of words follows a word closely or depends on it.
// "Trump called the operation cleansing on Wednesday" does not call on anybody.
func (r *run) beside(w story.WordID, words []string) bool {
	st := r.st
	end := r.window(w, 3)
	for i := w + 1; i < end; i++ {
		if matches(st.Word(i), words) && !(i+1 < end && r.inTime(i+1)) {
			return true
		}
	}
	for c := range st.Children(w) {
		if matches(st.Word(c), words) {
			return true
		}
		if r.inTime(c) {
			continue
		}
		for g := range st.Children(c) {
			if rel := st.Word(g).Rel(); (rel == "case" || rel == "mark") && matches(st.Word(g), words) {
				return true
			}
		}
	}
	return false
}

// inTime reports whether a word stands in a date expression.
func (r *run) inTime(w story.WordID) bool {
	sp := r.st.Word(w).Span
	lo, hi := 0, len(r.st.Times)
	for lo < hi {
		m := (lo + hi) / 2
		if r.st.Times[m].Span.End <= sp.Start {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo < len(r.st.Times) && r.st.Times[lo].Span.Start <= sp.Start
}

// objectFor returns the word that fits a frame's object: the object in the
// tree or one of its kind, else a word close behind ("menjatuhkan lagi sejumlah sanksi").
func (r *run) objectFor(w story.WordID, f *frame) story.WordID {
	if f.flags&flagSubject != 0 {
		return r.subjectFor(w, f)
	}
	st := r.st
	for c := range st.Children(w) {
		switch st.Word(c).Rel() {
		case "obj", "nsubj", "obl", "xcomp", "ccomp", "nmod", "compound", "iobj":
			if st.Word(c).Deprel == "nsubj" && !r.passive(w) || st.Word(c).Rel() == "obl" && r.caseMarked(c, markWhen) {
				continue // "made efforts ahead of the visit"
			}
			if !r.contentClause(c) && f.object.has(r.lx, st.Word(c)) {
				return c
			}
			counted := r.lx.is(st.Word(c), classMeasure)
			for g := range st.Children(c) {
				if rel := st.Word(g).Rel(); (rel == "conj" || counted && rel == "nmod") && f.object.has(r.lx, st.Word(g)) {
					return g
				}
			}
		}
	}
	if o := r.undergoer(w, r.passive(w)); o != 0 && f.object.has(r.lx, st.Word(o)) {
		return o
	}
	end := r.window(w, 6)
	for i := w + 1; i < end; i++ {
		word := st.Word(i)
		if (word.UPOS == story.NOUN || word.UPOS == story.X || word.UPOS == story.NUM) && f.object.has(r.lx, word) {
			if word.Rel() == "compound" && word.Head == i+1 && (f.flags&flagWrap != 0 || r.lx.is(st.Word(i+1), classPeople|classActor|classPrivate|classOfficial)) {
				continue // "pledged to let aid workers in"
			}
			if h := word.Head; word.Rel() == "nmod" && h > w && h < i && r.caseWord(i) != 0 && st.Word(h).UPOS == story.NOUN && st.Word(h).Mention == 0 && !r.lx.is(st.Word(h), classMeasure) {
				continue // "delivered a message of support", but "a round of talks"
			}
			return i
		}
		if word.UPOS == story.SCONJ && word.Rel() == "mark" && i > w+1 && (f.flags&flagWrap == 0 || st.Child(word.Head, "nsubj", "nsubj:pass") != 0) {
			break // but "underlined the need for expanding relations"
		}
	}
	return 0
}

// subjectFor returns the word in the subject that fits a frame's object: its head
// or what qualifies it ("a batch of Nigerian peacekeeping troops").
func (r *run) subjectFor(w story.WordID, f *frame) story.WordID {
	st := r.st
	sub := r.doer(w, false)
	if c := st.Child(w, "csubj"); sub == 0 && c < w {
		sub = c // "Fighting broke out"
	}
	for range 3 {
		if sub == 0 {
			return 0
		}
		if f.object.has(r.lx, st.Word(sub)) {
			return sub
		}
		for c := range st.Children(sub) {
			switch st.Word(c).Rel() {
			case "compound", "amod", "conj", "nmod", "flat", "acl":
				if st.Word(c).Mention == 0 && r.caseWord(c) == 0 && f.object.has(r.lx, st.Word(c)) {
					return c
				}
			}
		}
		if !r.lx.is(st.Word(sub), classMeasure) {
			return 0
		}
		sub = r.measured(sub)
	}
	return 0
}

// contentClause reports whether a clause is what somebody says: "bahwa ...",
// "that ...".
func (r *run) contentClause(w story.WordID) bool {
	m := r.st.Child(w, "mark")
	return m != 0 && r.st.Word(m).UPOS == story.SCONJ
}

// carrier returns the predicate that asserts the act of a noun: a light verb
// ("melakukan serangan", "held talks"), a verb of happening ("a meeting took
// place"), or for loose nouns the clause in which it stands ("in a meeting
// with Lavrov, Xi said").
func (r *run) carrier(w story.WordID, f *frame) story.WordID {
	st := r.st
	word := st.Word(w)
	if word.UPOS != story.NOUN && word.UPOS != story.PROPN || word.Head == 0 {
		return 0
	}
	if word.Rel() == "compound" || word.Mention != 0 && st.Mention(word.Mention).Type == story.NameMention {
		return 0
	}
	if f.flags&flagSelf != 0 {
		if s := r.owner(w); s.known() && s.official {
			return w
		}
		return 0
	}
	head, rel := word.Head, word.Rel()
	if rel == "conj" {
		head, rel = st.Word(head).Head, st.Word(head).Rel()
		if head == 0 {
			return 0
		}
	}
	hw := st.Word(head)
	switch rel {
	case "obj", "nsubj", "obl", "nmod", "xcomp", "dep", "acl":
		if hw.UPOS != story.NOUN && r.lx.is(hw, classLight) {
			return head
		}
		if rel == "nsubj" && r.lx.is(hw, classFinish) {
			return head
		}
	}
	// A tree may hang the noun elsewhere: the light verb stands close before it.
	for i := w - 1; i >= st.Sent(word.Sent).FirstWord && w-i <= 4; i-- {
		if x := st.Word(i); x.UPOS == story.VERB {
			if r.lx.is(x, classLight) && (r.caseWord(w) == 0 || r.caseClass(w)&classDuring != 0) {
				return i // not in "menyampaikan keprihatinan atas serangan AS"
			}
			break
		} else if x.UPOS == story.PUNCT {
			break
		}
	}
	if f.flags&flagLoose == 0 || r.caseClass(w)&classDuring == 0 {
		return 0
	}
	for i := 0; i < maxClimb && head != 0; i++ {
		if u := st.Word(head).UPOS; u == story.VERB || u == story.ADJ || u == story.AUX {
			return head
		}
		head = st.Word(head).Head
	}
	return st.Sent(word.Sent).Root
}

// reach bounds how many hits around an act may be part of it.
const reach = 24

// mute marks hits that are part of another act: what is refused, demanded,
// agreed or threatened is no event of its own. Acts of the other quad stay:
// "accused Israel of attacking" tells of an attack.
func (r *run) mute(hits []hit) {
	for i := range hits {
		f := hits[i].frame
		if f.flags&flagWrap == 0 || hits[i].muted {
			continue
		}
		for j := max(0, i-reach); j < min(len(hits), i+reach); j++ {
			if j != i && r.under(&hits[i], &hits[j]) {
				hits[j].muted = true
			}
		}
	}
}

// under reports whether hit b stands in the complement of hit a.
func (r *run) under(a, b *hit) bool {
	if b.word == a.object {
		return true
	}
	if b.word < a.word || r.st.Word(a.word).Rel() == "acl" && r.st.Dominates(b.pred, a.word) {
		return false // "the plan proposed by France was rejected"
	}
	c := r.complement(a.word)
	if c == 0 && a.object != 0 {
		c = r.complement(a.object)
	}
	if c != 0 && r.st.Dominates(c, b.word) {
		return true
	}
	if o := r.undergoer(a.word, false); o != 0 && r.st.Dominates(o, b.word) {
		return true
	}
	for i := a.word + 1; i < b.word; i++ {
		if r.st.Word(i).UPOS == story.PUNCT || int(b.word-a.word) > 6 {
			return false
		}
	}
	return true
}
