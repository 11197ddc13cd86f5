package quote

import "kawat/story"

// bareCue finds an attribution whose verb the table does not have, or that has
// none: the words right behind a quotation name who said it.
func (r *reader) bareCue(w, limit story.WordID, end stop) (*hit, source) {
	if b := w - 1; b > 1 && (r.class(b)|r.class(b-1))&classIntro != 0 && !r.punct(b) {
		return r.issued(w, limit)
	}
	if end != stopComma && end != stopMild {
		return nil, source{}
	}
	if h, s := r.nameAlone(w, limit); h != nil {
		return h, s
	}
	return r.openInverted(w, limit)
}

// issued reads the document or the credit that an introducing word leads to:
// `"...," demikian pernyataan juru bicara Peru`, `"...," demikian dikutip dari
// akun kementerian`.
func (r *reader) issued(w, limit story.WordID) (*hit, source) {
	c := r.class(w)
	if c&(classDocument|classCredit) == 0 {
		return nil, source{}
	}
	h := &hit{word: w, end: w + 1, cue: &r.s.open, stem: r.word(w).Span}
	if c&classCredit != 0 {
		if h.end < limit && r.word(h.end).UPOS == story.ADP {
			h.end++
		}
		if r.phraseAt(r.s.relays, h.end, limit) > 0 {
			return nil, source{} // "demikian dikutip dari Reuters": nobody's words
		}
		return h, r.sourceAfter(h, limit)
	}
	s := r.sourceAfter(h, limit)
	if s.empty() || !r.human(s.word) {
		s = r.nounPhrase(w, w, limit)
	}
	return h, s
}

// nameAlone reads a person between commas where the verb was lost: `"...,"
// Menteri Peru Ana Silva, dikutip dari Reuters.`
func (r *reader) nameAlone(w, limit story.WordID) (*hit, source) {
	head := r.holder(w, w, min(limit, w+maxAside))
	m := r.word(head).Mention
	if m == 0 || r.st.Mention(m).Kind != story.Person || r.st.Mention(m).Type != story.NameMention {
		return nil, source{}
	}
	first, end := r.st.WordsIn(r.st.Mention(m).Span.Cover(r.st.Mention(m).Title))
	if first != w || end >= limit || !r.is(end, ',') || end+1 >= limit || r.class(end+1)&(classCredit|classAside) == 0 {
		return nil, source{}
	}
	h := &hit{word: end + 1, end: end + 2, cue: &r.s.open, stem: r.word(end + 1).Span}
	sp := story.Span{Start: r.word(first).Span.Start, End: r.word(end - 1).Span.End}
	return h, source{span: sp, word: head, first: first, end: end}
}

// openInverted reads a verb before its speaker that the table does not have:
// `"...," pinta Silva`, `"...," ceritanya`. The class is closed but for a few.
func (r *reader) openInverted(w, limit story.WordID) (*hit, source) {
	if w+1 >= limit || r.hitAt(w) != nil || r.word(w).Mention != 0 || r.capital(w) || r.timeAt(w) || r.class(w)&^classClitic != 0 {
		return nil, source{}
	}
	if u := r.word(w).UPOS; u != story.VERB && u != story.NOUN && u != story.ADJ || len(r.word(w).Form) < 4 {
		return nil, source{}
	}
	h := &hit{word: w, end: w + 1, cue: &r.s.open, stem: r.word(w).Span}
	next := w + 1
	if r.class(next)&classClitic != 0 && r.word(next).Token == r.word(w).Token {
		return h, r.sourceAfter(h, limit)
	}
	m := r.word(next).Mention
	if r.punct(next) || m == 0 && !r.human(next) || m != 0 && r.st.Mention(m).Kind == story.Place {
		return nil, source{}
	}
	s := r.sourceAfter(h, limit)
	if s.first != next || !r.human(s.word) {
		return nil, source{}
	}
	return h, s
}
