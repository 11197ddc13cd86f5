package quote

import "kawat/story"

// maxTail bounds an attribution behind a quotation.
const maxTail = 45

// after attributes a run to words behind it: `"...," kata Xi`, `"...," the
// minister for trade, who was in Bonn, told reporters`.
func (r *reader) after(i, last int) bool {
	u, z := &r.runs[i], &r.runs[last]
	end := r.stopOf(last)
	if end == stopNone && !r.clauseBefore(i) && !r.speechLike(i, last) {
		return false
	}
	w := r.wordAt(z.outer.End, z.part)
	if w == 0 {
		return false
	}
	limit := r.tailLimit(last, w)
	for w < limit && (r.punct(w) || r.class(w)&classIntro != 0 || r.class(w-1)&classIntro != 0 && r.word(w).Token == r.word(w-1).Token) {
		if end != stopComma && (r.is(w, '.') || r.is(w, ';')) {
			return false
		}
		w++
	}
	if w >= limit {
		return false
	}
	h, s := r.tailCue(w, limit, end)
	if h == nil && (end == stopComma || end == stopMild && r.word(w).UPOS != story.PRON) {
		if r.openVerb(i, last, w, limit) {
			return true
		}
	}
	if h == nil {
		h, s = r.bareCue(w, limit, end)
	}
	if h == nil || s.empty() {
		return false
	}
	if end == stopFull && r.introduces(h, limit) {
		return false
	}
	r.emitAfter(i, last, h, s, limit)
	_ = u
	return true
}

// introduces reports whether an attribution behind a full stop leads to the
// next quotation rather than back: `"A." Xi berkata, "B."`
func (r *reader) introduces(h *hit, limit story.WordID) bool {
	for w := h.end; w < limit; w++ {
		if r.class(w)&classThat != 0 {
			return true
		}
	}
	return limit-1 >= h.end && (r.is(limit-1, ':') || r.is(limit-1, ','))
}

// tailCue finds cue and source in the words behind a run.
func (r *reader) tailCue(w, limit story.WordID, end stop) (*hit, source) {
	if h := r.hitAt(w); h != nil {
		if r.asked(h, r.sent(w)) {
			return nil, source{} // `"It is abhorrent." Asked about the plan, Weber left.`
		}
		if h.cue.kind == kindVerb && !r.finiteLess(w) {
			return nil, source{} // `a halt to "brutal sanctions", saying the measures were unjust`
		}
		switch h.cue.kind {
		case kindInverted, kindVerb, kindPreposition:
			if s := r.sourceAfter(h, limit); !s.empty() {
				return h, s
			}
		case kindPassive:
			if s := r.agent(h, limit); !s.empty() {
				return h, s
			}
		}
	}
	if end == stopFull || r.word(w).UPOS == story.CCONJ {
		return nil, source{}
	}
	if r.word(w).UPOS == story.SCONJ {
		for j := w + 3; j < limit; j++ {
			h := r.hitAt(j)
			if h == nil || h.cue.kind != kindVerb && h.cue.kind != kindInverted || !r.is(j-1, ',') || !r.finiteLess(j) {
				continue
			}
			if s := r.sourceAfter(h, limit); s.word != 0 && r.human(s.word) {
				return h, s // `"It may grow," if the minister gets the job, said Hill`
			}
		}
	}
	for j := w + 1; j < limit; j++ {
		h := r.hitAt(j)
		if end == stopNone && r.class(j)&classThat != 0 && r.word(j).UPOS == story.SCONJ {
			return nil, source{} // `provide "arms", but that Hill told her ...`
		}
		if h == nil || h.cue.kind != kindVerb && h.cue.kind != kindActive {
			continue
		}
		if end == stopMild && r.startsClause(h) {
			return nil, source{} // `"Any Peruvians here?" Hill said the fund was ready.`
		}
		s := r.subject(j, w, limit)
		if s.first < w || s.end > j {
			s = r.sourceBetween(w, j)
		}
		if s.first != 0 && s.first >= w && s.end <= j && r.maySpeak(s) && r.class(s.first)&classRelative == 0 && !r.opensRun(h.end) && r.class(h.end)&classThat == 0 &&
			(end != stopNone || r.commaIn(w-2, s.first+1)) {
			return h, s
		}
		if r.verbal(j) && r.word(j).Rel() != "acl" {
			return nil, source{}
		}
	}
	return nil, source{}
}

// startsClause reports whether a cue has a clause of its own behind it.
func (r *reader) startsClause(h *hit) bool {
	return h.end <= r.sent(h.word).EndWord-1 && !r.is(h.end, ',') && (r.class(h.end)&classThat != 0 || r.plainClause(h, r.sent(h.word)) || r.content(h.word))
}

// commaIn reports whether a comma stands among [w, end).
func (r *reader) commaIn(w, end story.WordID) bool {
	for w = max(w, 1); w < end; w++ {
		if r.is(w, ',') {
			return true
		}
	}
	return false
}

// openVerb reads any verb with a person as its subject behind a comma as a cue:
// `"We never left," Hill shrugged.` English coins such cues daily.
func (r *reader) openVerb(i, last int, w, limit story.WordID) bool {
	if !r.speechLike(i, last) && !(last+1 < len(r.runs) && r.continues(last, last+1, limit)) || r.word(w).UPOS == story.CCONJ {
		return false
	}
	for j := w; j < limit && j < w+15; j++ {
		if r.word(j).UPOS != story.VERB {
			continue
		}
		sub := r.ownSubject(j)
		if sub == 0 || sub < w || sub >= limit || !r.human(sub) && r.word(sub).UPOS != story.PRON || r.class(sub)&classRelative != 0 {
			continue
		}
		h := &hit{word: j, end: j + 1, cue: &r.s.open, stem: r.word(j).Span}
		if r.stopOf(last) == stopMild && r.startsClause(h) {
			return false // its own words stand behind it
		}
		s := r.nounPhrase(sub, w, r.subjectLimit(sub, j, limit))
		r.emitAfter(i, last, h, s, limit)
		return true
	}
	return false
}

// tailLimit returns the end of the words that may attribute the run that ends
// before w: the next run, the end of the sentence, or maxTail words.
func (r *reader) tailLimit(last int, w story.WordID) story.WordID {
	limit := min(r.sent(w).EndWord, w+maxTail)
	for j := w; j < limit; j++ {
		if i := r.runAt(j); i >= 0 && i != last {
			limit = j
			break
		}
	}
	for limit > w && r.opensRun(limit-1) {
		limit--
	}
	return limit
}

// opensRun reports whether a word is the mark that opens a run.
func (r *reader) opensRun(w story.WordID) bool {
	if int(w) > len(r.info) || !r.punct(w) {
		return false
	}
	at := r.word(w).Span.Start
	i := r.runFrom(at)
	return i >= 0 && r.runs[i].outer.Start == at
}

// emitAfter makes the quotation of a run that an attribution follows, together
// with the run that goes on behind the attribution: `"Kami siap," kata Menlu,
// "untuk berunding."`
func (r *reader) emitAfter(i, last int, h *hit, s source, limit story.WordID) {
	f := r.start(h, s)
	f.q.Kind = story.Direct
	u := &r.runs[i]
	if w := r.clauseStart(i); w != 0 && w < u.first && !u.claimed && r.plainLead(w, u.first) && i == last {
		f.q.Kind = story.Mixed
		f.q.Content = append(f.q.Content, story.Span{Start: r.word(w).Span.Start, End: max(u.outer.End, r.clauseEnd(h, s, u))})
		for j := i; j >= 0 && r.runs[j].part == u.part && r.runs[j].outer.Start >= r.word(w).Span.Start; j-- {
			r.runs[j].claimed = true
		}
	} else {
		r.claim(&f, i, last)
	}
	f.q.Score = h.cue.score
	if n := last + 1; n < len(r.runs) && r.continues(last, n, limit) {
		z := n
		for r.runs[z].next >= 0 {
			z = r.runs[z].next
		}
		r.shorten(z)
		r.claim(&f, n, z)
	}
	r.add(f)
}

// clauseEnd is where the clause around a fragment ends: before the comma of the
// attribution. (`voiced "deep concern" about the arrests, the White House said`)
func (r *reader) clauseEnd(h *hit, s source, u *run) int {
	at := h.word
	if s.first != 0 {
		at = min(at, s.first)
	}
	for at > u.end && r.word(at-1).Span.Start >= u.outer.End {
		at--
		if r.is(at, ',') {
			return r.word(at).Span.Start
		}
	}
	return 0
}

// maxLeadIn bounds the words of a clause before the fragment in marks that ends it.
const maxLeadIn = 70

// plainLead reports whether the words before a fragment are the beginning of
// its clause and hold no cue of their own.
func (r *reader) plainLead(w, end story.WordID) bool {
	if end-w > maxLeadIn || end-w > maxTail && r.capital(r.pastMark(end)) {
		return false
	}
	any := false
	for ; w < end; w++ {
		if h := r.hitAt(w); h != nil && h.cue.kind != kindNoun && h.cue.kind != kindPreposition && (h.used || h.cue.kind == kindInverted) {
			return false
		}
		any = any || !r.punct(w)
	}
	return any
}

// continues reports whether run n goes on with the quotation that run last and
// its attribution began: only a comma stands before it.
func (r *reader) continues(last, n int, limit story.WordID) bool {
	u, v := &r.runs[last], &r.runs[n]
	if v.part != u.part || v.single != u.single || r.stopOf(last) == stopFull || limit > v.first || limit > 1 && r.word(limit-1).Sent != r.word(v.first).Sent {
		return false
	}
	i := v.outer.Start - 1
	for i > u.outer.End && r.st.Text[i] == ' ' {
		i--
	}
	return r.st.Text[i] == ','
}
