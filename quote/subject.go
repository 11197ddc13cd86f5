package quote

import "kawat/story"

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
	if s.first < 3 || s.end > verb || s.end < verb && !r.is(s.end, ',') || r.sent(s.first) != r.sent(s.first-2) {
		return s
	}
	s = r.wholeDescription(s)
	if s.first < 3 || !r.is(s.first-1, ',') {
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

// wholeDescription widens the end of a description between commas to all of it,
// where the tree gives the verb no more: "Ana Weber, advocacy director for the
// group's rights division, wrote". A name before the comma must be there.
func (r *reader) wholeDescription(s source) source {
	if r.is(s.first-1, ',') || !r.is(s.end, ',') || r.word(s.first-1).UPOS != story.ADP && r.word(s.first-1).UPOS != story.CCONJ {
		return s
	}
	sent := r.sent(s.first)
	for w := s.first - 1; w > sent.FirstWord+1 && w > s.first-maxAside; w-- {
		if r.is(w, ',') {
			if m := r.word(w - 1).Mention; m != 0 && r.st.Mention(m).Kind == story.Person && r.st.Mention(m).Type == story.NameMention && r.word(w+1).UPOS.Nominal() {
				s.first, s.span.Start = w+1, r.word(w+1).Span.Start
			}
			return s
		}
		if r.verbal(w) || r.punct(w) && !r.is(w, '-') && !r.is(w, '\'') {
			return s
		}
	}
	return s
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

// maxSubject bounds the search for a subject that the tree does not give.
const maxSubject = 30

// subject finds the speaker of a verb: its own subject, that of the clause it
// leans on ("Menyebut bahwa ..., Xi mengatakan"; "Xi menekankan ... dan
// menambahkan ..."), or what its relative clause describes.
func (r *reader) subject(k, lo, hi story.WordID) source {
	s := r.treeSubject(k, lo, hi)
	if s.word == 0 || s.first == 0 || s.word > k || r.class(s.first)&classRelative != 0 {
		return s
	}
	from := lo
	for w := s.word; w < k; w++ {
		if r.runAt(w) != r.runAt(k) && r.runAt(w) >= 0 || s.end <= w && r.opensTime(w, k) {
			from = w + 1 // `"I would say no." Hill said on Monday`, "talks with Peru after the minister said"
		}
	}
	if from == lo {
		return s
	}
	if t := r.subjectByPosition(k, from); t.word != 0 && (r.human(t.word) || r.word(t.word).UPOS == story.PRON) {
		return r.apposition(t, k)
	}
	return s
}

// opensTime reports whether a word opens a clause whose subject and verb stand
// behind it up to k: "after the minister said".
func (r *reader) opensTime(w, k story.WordID) bool {
	if u := r.word(w).UPOS; r.class(w)&classAside == 0 || u != story.SCONJ && u != story.ADP || w+1 >= k || r.timeAt(w+1) {
		return false
	}
	somebody := false
	for j := w + 1; j < k; j++ {
		if r.punct(j) || r.word(j).UPOS == story.VERB || r.word(j).Head == w || r.timeAt(j) {
			return false
		}
		somebody = somebody || r.class(j)&classHuman != 0 || r.word(j).UPOS == story.PRON
	}
	return somebody && r.word(k-1).UPOS != story.ADV && r.word(w).UPOS == story.SCONJ
}

// treeSubject is the subject of a verb as the tree has it, or by position.
func (r *reader) treeSubject(k, lo, hi story.WordID) source {
	if w := r.besideParticiple(k, lo); w != 0 {
		return r.withDeterminer(r.nounPhrase(w, lo, k), lo, k)
	}
	if s := r.sameSpeaker(k); !s.empty() {
		return s
	}
	if s := r.behindAttribution(k); !s.empty() {
		return s
	}
	if w := r.mainSubject(k); w != 0 {
		return r.nounPhrase(w, r.sent(w).FirstWord, k)
	}
	if s := r.beforeAside(k, lo); !s.empty() {
		return s
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

// sameSpeaker is the source of the cue before one that it is joined to, where the
// tree hangs the second within what the first reports: "Xi said that A, and added
// that B".
func (r *reader) sameSpeaker(k story.WordID) source {
	h := r.hitAt(k)
	sent := r.sent(k)
	if h == nil || k < sent.FirstWord+3 || h.end >= sent.EndWord || r.word(k-1).UPOS != story.CCONJ && r.class(k-1)&classJoin == 0 {
		return source{}
	}
	for i := len(r.found) - 1; i >= 0 && i >= len(r.found)-3; i-- {
		q := &r.found[i].q
		if q.CueWord < sent.FirstWord || q.CueWord >= k || q.SourceWord == 0 || q.SourceWord >= q.CueWord {
			continue
		}
		x := r.hitAt(q.CueWord)
		if x == nil || !r.parallel(x, h) {
			continue
		}
		first, end := r.st.WordsIn(q.Source)
		return source{span: q.Source, word: q.SourceWord, first: first, end: end}
	}
	return source{}
}

// parallel reports whether a cue goes on with the speaker of the one before it in
// its sentence: both report clauses that a complementizer opens, or both are the
// same verb. ("Hill said the rebels had left, and said they would return.")
func (r *reader) parallel(first, second *hit) bool {
	if r.class(first.end)&classThat != 0 && r.class(second.end)&classThat != 0 {
		return true
	}
	if first.cue.kind == kindActive && first.cue.score >= strongCue && second.cue.score >= strongCue && r.is(second.word-2, ',') {
		return true // "Silva mengatakan Peru telah meminta maaf, tetapi menambahkan bahwa ..."
	}
	return first.cue.lemma == second.cue.lemma && r.word(first.word).Form == r.word(second.word).Form
}

// behindAttribution is the source of an attribution that a cue follows at once:
// "..., an official said, adding the talks would go on", "..., kata Menlu, seraya
// menambahkan bahwa ..."
func (r *reader) behindAttribution(k story.WordID) source {
	sent := r.sent(k)
	b := k - 1
	if b > sent.FirstWord && r.class(b)&classJoin != 0 && r.word(b).UPOS != story.CCONJ {
		b--
	} else if r.s.present == "" || r.finiteLess(k) {
		return source{}
	}
	if b <= sent.FirstWord || !r.is(b, ',') && b == k-1 {
		return source{}
	}
	for i := len(r.found) - 1; i >= 0 && i >= len(r.found)-4; i-- {
		q := &r.found[i].q
		if q.CueWord < sent.FirstWord || q.CueWord >= k || q.SourceWord == 0 || q.Content[0].Start > q.Cue.Start {
			continue
		}
		for w := q.CueWord + 1; w < b; w++ {
			if r.word(w).UPOS == story.VERB && !q.Source.Contains(r.word(w).Span) {
				return source{}
			}
		}
		first, end := r.st.WordsIn(q.Source)
		return source{span: q.Source, word: q.SourceWord, first: first, end: end}
	}
	return source{}
}

// beforeAside is the noun phrase before a participle between commas that tells on
// what occasion somebody spoke: "Weber, asked how she had raised the question,
// said".
func (r *reader) beforeAside(k, lo story.WordID) source {
	if r.s.present == "" || k < lo+5 || !r.is(k-1, ',') || r.ownSubject(k) != 0 {
		return source{}
	}
	for w := k - 2; w > lo && w > k-maxSubject; w-- {
		if h := r.hitAt(w); h != nil && r.askedAside(h) {
			np := r.nounPhrase(r.topOf(w-2, lo, w-1), lo, w-1)
			if r.human(np.word) {
				return np
			}
			return source{}
		}
	}
	return source{}
}

// askedAside reports whether a cue that takes questions is a passive participle
// between a noun phrase and what was asked.
func (r *reader) askedAside(h *hit) bool {
	return h.cue.kind == kindVerb && h.cue.takes&takesQuestion != 0 && r.finiteLess(h.word) && h.word > 2 && r.is(h.word-1, ',') &&
		r.word(h.word-2).UPOS.Nominal() && r.sent(h.word-2) == r.sent(h.word)
}

// withDeterminer adds the article that a tree hangs on the participle behind a
// noun: "a message stating".
func (r *reader) withDeterminer(s source, lo, verb story.WordID) source {
	for s.first > lo {
		w := r.word(s.first - 1)
		if w.Head != verb || w.UPOS != story.DET && w.UPOS != story.NUM && w.UPOS != story.ADJ {
			break
		}
		s.first--
		s.span.Start = w.Span.Start
	}
	return s
}

// inAdjunct reports whether a preposition stands before a noun and its article:
// "Two officials familiar with the matter said".
func (r *reader) inAdjunct(w, lo story.WordID) bool {
	for w--; w >= lo; w-- {
		switch r.word(w).UPOS {
		case story.DET, story.ADJ, story.NUM:
		default:
			return r.word(w).UPOS == story.ADP
		}
	}
	return false
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
		case r.class(w)&classRelative != 0:
			return 0
		case r.word(w).UPOS.Nominal() && (r.human(w) || r.class(w)&classDocument != 0), r.word(w).UPOS == story.ADJ && r.capital(w) && w > r.sent(w).FirstWord:
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
			if w == k-1 && r.capital(w) && w == r.sent(w).FirstWord && r.hitAt(w) == nil {
				best = w // "Menaker menyatakan": an office that the tagger took for a verb
			}
			break
		}
		if r.timeAt(w) {
			continue
		}
		if u == story.PROPN || u == story.PRON && r.class(w)&classRelative == 0 {
			best = w
			break
		}
		if best == 0 && u == story.NOUN && !r.inAdjunct(w, lo) {
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
		if up < best && !r.is(k-1, ',') && r.commaIn(up, best) {
			lo = max(lo, up+1)
			break // "to take down the video, other sites have said": no apposition that a comma closes
		}
		best = up
	}
	return r.nounPhrase(best, lo, k)
}
