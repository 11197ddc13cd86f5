package quote

import "kawat/story"

// source is who is named as the speaker: the words, and the word that leads to
// the mention. A relative pronoun is the words, its antecedent the word.
type source struct {
	span       story.Span
	word       story.WordID
	first, end story.WordID // words of the span; first == 0 where it is only part of a word
}

func (s source) empty() bool { return s.span.Empty() }

// inPhrase reports whether a relation stays inside a noun phrase.
func inPhrase(rel string) bool {
	switch rel {
	case "flat", "nmod", "compound", "amod", "appos", "det", "nummod", "case", "punct", "clf", "fixed", "conj", "cc", "goeswith", "dep", "list":
		return true
	}
	return false
}

// phraseMember reports whether w belongs to the noun phrase of head: no clause
// stands between them. ("Hill, a doctor, said": yes; "Hill, who left, said": no.)
func (r *reader) phraseMember(head, w story.WordID) bool {
	for n := 0; w != head; n++ {
		if w == 0 || n > maxDepth || !inPhrase(r.word(w).Rel()) {
			return false
		}
		w = r.word(w).Head
	}
	return true
}

// nounPhrase returns the words of the phrase of head within [lo, hi).
func (r *reader) nounPhrase(head, lo, hi story.WordID) source {
	first, end := head, head+1
	for first > lo && r.phraseMember(head, first-1) {
		first--
	}
	for end < hi && r.phraseMember(head, end) {
		end++
	}
	for first < head && (r.punct(first) || r.word(first).UPOS == story.CCONJ || r.word(first).UPOS == story.ADP && r.word(first).Head == head) {
		first++
	}
	for end-1 > head && r.punct(end-1) && !r.is(end-1, ')') {
		end--
	}
	first, end = r.named(first, end, lo, hi)
	for first < head && r.timeAt(first) && r.word(first).Mention == 0 {
		first++ // "In September Kim described"
	}
	for end-1 > head && r.timeAt(end-1) && r.word(end-1).Mention == 0 {
		end-- // "Saadoun Hammad yesterday said"
	}
	return source{span: story.Span{Start: r.word(first).Span.Start, End: r.word(end - 1).Span.End}, word: head, first: first, end: end}
}

// named widens a phrase to the whole name and title that it cuts.
func (r *reader) named(first, end, lo, hi story.WordID) (story.WordID, story.WordID) {
	for w := first; w < end; w++ {
		id := r.word(w).Mention
		if id == 0 {
			continue
		}
		m := r.st.Mention(id)
		a, b := r.st.WordsIn(m.Span.Cover(m.Title))
		first, end = max(lo, min(first, a)), min(hi, max(end, b))
	}
	return first, end
}

// sourceAfter finds the speaker behind an inverted cue or a preposition:
// "kata Menlu Rusia Sergey Lavrov", "said the minister", "ujarnya".
func (r *reader) sourceAfter(h *hit, limit story.WordID) source {
	if h.clitic {
		sp := story.Span{Start: h.stem.End, End: r.word(h.end - 1).Span.End}
		return source{span: sp, word: h.word}
	}
	w := h.end
	if w >= limit {
		return source{}
	}
	if r.class(w)&classClitic != 0 && r.word(w).Token == r.word(w-1).Token {
		return source{span: r.word(w).Span, word: w, first: w, end: w + 1}
	}
	if r.class(w)&classBy != 0 {
		w++
	}
	for w < limit && (r.class(w)&classSelf != 0 || r.word(w).UPOS == story.ADV) {
		w++
	}
	head := r.headFrom(h, w, limit)
	if head == 0 {
		return source{}
	}
	s := r.nounPhrase(head, w, limit)
	s = r.splitSubject(s, limit)
	if s.first > w && s.first-w <= 3 && !r.punct(w) && r.word(w).UPOS != story.ADP {
		s.first = w
		s.span.Start = r.word(w).Span.Start
	}
	return s
}

// splitSubject cuts a source at its comma where the words behind are the subject
// of a verb right after: "kata KBRI, Dubes Surya menyampaikan ..."
func (r *reader) splitSubject(s source, limit story.WordID) source {
	if s.end >= limit || !r.verbal(s.end) {
		return s
	}
	for w := s.first + 1; w < s.end; w++ {
		if r.is(w, ',') {
			return r.cut(s, w)
		}
	}
	return s
}

// behindCue takes from a subject what belongs to an attribution before it: the
// other half of splitSubject.
func (r *reader) behindCue(s source) source {
	if s.first <= 1 || s.word == 0 {
		return s
	}
	h := r.hitAt(s.first - 1)
	if h == nil || h.cue.kind != kindInverted && h.cue.kind != kindPreposition || r.sent(h.word) != r.sent(s.first) {
		return s
	}
	for w := s.first + 1; w < s.end; w++ {
		if !r.is(w, ',') {
			continue
		}
		for j := w + 1; j < s.end; j++ {
			if r.word(j).UPOS.Nominal() {
				return r.nounPhrase(j, w+1, s.end)
			}
		}
	}
	return s
}

// apposition goes back from a description between commas to the person whose it
// is: "Ana Weber, a lecturer at Bern, said".
func (r *reader) apposition(s source, verb story.WordID) source {
	if s.first < 3 || s.end > verb || !r.is(s.first-1, ',') || s.end < verb && !r.is(s.end, ',') || r.sent(s.first) != r.sent(s.first-2) {
		return s
	}
	if m := r.word(s.word).Mention; m != 0 && r.st.Mention(m).Kind == story.Person && r.st.Mention(m).Type == story.NameMention {
		return s
	}
	m := r.word(s.first - 2).Mention
	if m == 0 || r.st.Mention(m).Kind != story.Person || r.st.Mention(m).Type != story.NameMention {
		return s
	}
	first, _ := r.st.WordsIn(r.st.Mention(m).Span.Cover(r.st.Mention(m).Title))
	return source{span: story.Span{Start: r.word(first).Span.Start, End: s.span.End}, word: r.st.Mention(m).Head, first: first, end: s.end}
}

// outOfAdjunct takes from a subject the adjunct that the tree has joined to it:
// "In a joint statement to Haaretz, Bennett and Barnea said".
func (r *reader) outOfAdjunct(s source, sent *story.Sentence) source {
	if s.first <= sent.FirstWord || r.word(s.first-1).UPOS != story.ADP || r.skipConnective(sent.FirstWord, s.first) < s.first-1 {
		return s
	}
	for w := s.word + 1; w+1 < s.end; w++ {
		if !r.is(w, ',') {
			continue
		}
		for j := w + 1; j < s.end; j++ {
			if r.word(j).UPOS.Nominal() {
				return r.nounPhrase(j, w+1, s.end)
			}
		}
	}
	return s
}

// withName adds to a title before a comma the name that stands between comma and
// cue: "Deputi Meteorologi BMKG, Guswanto mengatakan ..."
func (r *reader) withName(s source, verb story.WordID) source {
	if s.end+1 >= verb || !r.is(s.end, ',') || verb-s.end > 6 {
		return s
	}
	for w := s.end + 1; w < verb; w++ {
		if r.word(w).UPOS != story.PROPN {
			return s
		}
	}
	s.word, s.end, s.span.End = s.end+1, verb, r.word(verb-1).Span.End
	return s
}

// insteadOfPlace is the last person named before a verb whose subject the tree
// takes for a place: "Di Lima, Ana Silva mengatakan ..."; the source itself
// where it is none, or nobody is named.
func (r *reader) insteadOfPlace(s source, verb, lo story.WordID) source {
	if m := r.word(s.word).Mention; m == 0 || r.st.Mention(m).Kind != story.Place {
		return s
	}
	for w := verb - 1; w >= lo && w > verb-maxSubject; w-- {
		if m := r.word(w).Mention; m != 0 && r.st.Mention(m).Kind == story.Person {
			first, end := r.st.WordsIn(r.st.Mention(m).Span.Cover(r.st.Mention(m).Title))
			return source{span: r.st.Mention(m).Span.Cover(r.st.Mention(m).Title), word: r.st.Mention(m).Head, first: first, end: end}
		}
	}
	return source{}
}

// headFrom returns the head of the noun phrase that begins at w: the word that
// the tree attaches outside, else the first nominal.
func (r *reader) headFrom(h *hit, w, limit story.WordID) story.WordID {
	first := story.WordID(0)
	for j := w; j < limit && j < w+8; j++ {
		word := r.word(j)
		if word.UPOS == story.PRON && word.Head > j && word.Head < limit && word.Rel() == "nmod" {
			continue // "according to her website"
		}
		if r.punct(j) || word.UPOS == story.ADP && j > w || r.verbal(j) && first == 0 && word.Head != j-1 && word.Rel() != "amod" {
			break
		}
		if first != 0 && !r.phraseMember(first, j) && !r.phraseMember(j, first) {
			break
		}
		if !word.UPOS.Nominal() && word.UPOS != story.X && word.UPOS != story.NUM {
			if word.UPOS == story.DET && j == w && (j+1 >= limit || !r.word(j+1).UPOS.Nominal()) {
				return j // "ujar mereka" tagged as a determiner
			}
			continue
		}
		if first == 0 {
			first = j
		}
		if up := word.Head; up == h.word || up < w || up >= limit {
			return j
		}
	}
	return first
}

// maxSubject bounds the search for a subject that the tree does not give.
const maxSubject = 30

// subject finds the speaker of a verb: its own subject, that of the clause it
// leans on ("Menyebut bahwa ..., Xi mengatakan"; "Xi menekankan ... dan
// menambahkan ..."), or what its relative clause describes.
func (r *reader) subject(k, lo, hi story.WordID) source {
	if w := r.besideParticiple(k, lo); w != 0 {
		return r.nounPhrase(w, lo, k)
	}
	if w := r.mainSubject(k); w != 0 {
		return r.nounPhrase(w, r.sent(w).FirstWord, k)
	}
	at := k
	for n := 0; n < 6; n++ {
		if sub := r.ownSubject(at); sub != 0 {
			if r.class(sub)&classRelative != 0 {
				return r.antecedent(at, sub)
			}
			if sub < lo && at == k || sub >= hi && at == k {
				return source{}
			}
			sent := r.sent(sub)
			if r.timeAt(sub) {
				return r.subjectByPosition(k, lo) // "..., on Friday reiterated": the day is nobody
			}
			np := r.nounPhrase(sub, sent.FirstWord, r.subjectLimit(sub, at, sent.EndWord))
			return r.insteadOfPlace(r.apposition(r.withName(r.behindCue(r.outOfAdjunct(np, sent)), at), at), at, sent.FirstWord)
		}
		w := r.word(at)
		switch w.Rel() {
		case "acl":
			return r.antecedent(at, 0)
		case "conj", "advcl", "xcomp", "parataxis", "cop", "aux":
			at = w.Head
		default:
			n = 6
		}
		if at == 0 {
			break
		}
	}
	return r.subjectByPosition(k, lo)
}

// besideParticiple is the somebody right before a present participle: "follows an
// expert last month saying". A comma between them would make the participle the
// main subject's.
func (r *reader) besideParticiple(k, lo story.WordID) story.WordID {
	if r.s.present == "" || r.finiteLess(k) {
		return 0
	}
	for w := k - 1; w >= lo && w > k-5; w-- {
		switch {
		case r.timeAt(w) || r.word(w).UPOS == story.ADV:
		case r.word(w).UPOS.Nominal() && r.human(w) && r.class(w)&classRelative == 0:
			return r.topOf(w, lo, k)
		default:
			return 0
		}
	}
	return 0
}

// mainSubject is the subject of the sentence for a present participle behind a
// comma: "Trump has said he alone decides, saying in a tweet ..."
func (r *reader) mainSubject(k story.WordID) story.WordID {
	sent := r.sent(k)
	if r.s.present == "" || r.finiteLess(k) || k <= sent.FirstWord || !r.is(k-1, ',') || sent.Root == 0 || sent.Root >= k {
		return 0
	}
	if sub := r.ownSubject(sent.Root); sub != 0 && sub < sent.Root && (r.human(sub) || r.word(sub).UPOS == story.PRON) {
		return sub
	}
	return 0
}

func (r *reader) subjectLimit(sub, verb, end story.WordID) story.WordID {
	if sub < verb {
		return verb
	}
	return end
}

// ownSubject is the subject of a verb: of several that the tree gives, the last
// one before it ("Qatari Energy Minister Faisal Al-Naimi told").
func (r *reader) ownSubject(k story.WordID) story.WordID {
	got := story.WordID(0)
	for c := range r.st.Children(k) {
		if r.word(c).Rel() != "nsubj" || r.word(c).UPOS == story.VERB {
			continue
		}
		if c > k {
			if got == 0 {
				got = c
			}
			break
		}
		got = c
	}
	return got
}

// antecedent gives the noun that a relative or participial clause describes.
func (r *reader) antecedent(verb, pronoun story.WordID) source {
	head := r.word(verb).Head
	if head == 0 {
		return source{}
	}
	if pronoun == 0 {
		sent := r.sent(head)
		return r.nounPhrase(head, sent.FirstWord, min(sent.EndWord, verb))
	}
	return source{span: r.word(pronoun).Span, word: head, first: pronoun, end: pronoun + 1}
}

// subjectByPosition takes the nearest nominal before a verb, a name first.
func (r *reader) subjectByPosition(k, lo story.WordID) source {
	best := story.WordID(0)
	for w := k - 1; w >= lo && w > k-maxSubject; w-- {
		u := r.word(w).UPOS
		if r.verbal(w) && u == story.VERB {
			break
		}
		if r.timeAt(w) {
			continue
		}
		if u == story.PROPN || u == story.PRON && r.class(w)&classRelative == 0 {
			best = w
			break
		}
		if best == 0 && u == story.NOUN && !(w > lo && r.word(w-1).UPOS == story.ADP) {
			best = w
		}
	}
	if best == 0 {
		return source{}
	}
	for n := 0; n < 10; n++ {
		up := r.word(best).Head
		if up < lo || up >= k || up == 0 || !inPhrase(r.word(best).Rel()) {
			break
		}
		best = up
	}
	return r.nounPhrase(best, lo, k)
}

// maySpeak reports whether a source can be a speaker at all. "Data menunjukkan"
// is no quotation.
func (r *reader) maySpeak(s source) bool {
	return s.word != 0 && r.class(s.word)&classWeak == 0
}

// human reports whether there is evidence that a noun names somebody who
// speaks; the open class of English verbs asks for it.
func (r *reader) human(w story.WordID) bool {
	if w == 0 {
		return false
	}
	word := r.word(w)
	if m := word.Mention; m != 0 {
		switch r.st.Mention(m).Kind {
		case story.Person, story.State, story.Organization, story.Group:
			return true
		case story.Place:
			return false
		}
	}
	return word.UPOS == story.PROPN || r.class(w)&classHuman != 0
}
