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
	end = r.nameEnd(head, first, end)
	head = r.leadName(r.lastName(r.holder(head, first, end), first, end), first, end)
	for first < head && r.timeAt(first) && r.word(first).Mention == 0 {
		first++ // "In September Kim described"
	}
	for end-1 > head && r.timeAt(end-1) && r.word(end-1).Mention == 0 {
		end-- // "Saadoun Hammad yesterday said"
	}
	for end-1 > head && r.word(end-1).UPOS == story.ADP {
		end--
	}
	return source{span: story.Span{Start: r.word(first).Span.Start, End: r.word(end - 1).Span.End}, word: head, first: first, end: end}
}

// holder is the name whose title a word stands in: the tree may hang "Menlu Peru
// Ana Silva" on Peru.
func (r *reader) holder(head, first, end story.WordID) story.WordID {
	at := r.word(head).Span
	for w := first; w < end; w++ {
		if id := r.word(w).Mention; id != 0 {
			if m := r.st.Mention(id); m.Type == story.NameMention && (m.Kind == story.Person && m.Title.Contains(at) || m.Kind == story.Organization && m.Span.Contains(at)) {
				return m.Head
			}
		}
	}
	return head
}

// nameEnd ends a phrase behind the name that an adjunct of the verb follows:
// "Menlu Ana Silva dalam pernyataan pers mengatakan".
func (r *reader) nameEnd(head, first, end story.WordID) story.WordID {
	for w := end - 2; w > first; w-- {
		if r.class(w)&classAside == 0 || r.word(w).UPOS != story.ADP || w <= head {
			continue
		}
		if id := r.word(w - 1).Mention; id != 0 && r.st.Mention(id).Kind == story.Person && r.st.Mention(id).Type == story.NameMention {
			return w
		}
	}
	return end
}

// leadName is the name that a phrase begins with, title and all, where the tree
// makes what is said of it the head: "Representative Bill Silva of Ohio, the top
// Democrat on the panel".
func (r *reader) leadName(head, first, end story.WordID) story.WordID {
	for w := first; w < head && w < first+6; w++ {
		id := r.word(w).Mention
		if id == 0 {
			continue
		}
		m := r.st.Mention(id)
		a, b := r.st.WordsIn(m.Span.Cover(m.Title))
		if m.Kind == story.Person && m.Type == story.NameMention && a == first && b < end && (r.is(b, ',') || r.word(b).UPOS == story.ADP && r.commaIn(b, head)) {
			return m.Head
		}
		if !m.Title.Contains(r.word(w).Span) {
			return head
		}
	}
	return head
}

// lastName is the name behind a long title that nobody read as one: "Wakil Sekjen
// ASEAN untuk bidang Keamanan Ana Silva". A name right behind a noun may be
// somebody else's ("istri Ana Silva").
func (r *reader) lastName(head, first, end story.WordID) story.WordID {
	id := r.word(end - 1).Mention
	if id == 0 || r.word(head).Mention == id {
		return head
	}
	m := r.st.Mention(id)
	a, _ := r.st.WordsIn(m.Span)
	if m.Kind == story.Person && a == head+1 && digit(r.word(head).Form, 0) {
		return m.Head // "29-year-old Ana Silva"
	}
	if r.class(head)&classHuman == 0 {
		return head
	}
	if m.Kind != story.Person || m.Type != story.NameMention || !m.Title.Empty() || a <= head+2 {
		return head
	}
	if r.is(a-1, ',') && a > head+4 {
		return m.Head // "Deputi Bidang Usaha, Kementerian Ekonomi, Ana Silva"
	}
	if !r.word(a - 1).UPOS.Nominal() {
		return head
	}
	for w := head + 1; w < a-1; w++ {
		if r.word(w).UPOS == story.ADP {
			return m.Head
		}
	}
	return head
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
	s := r.untilPerson(r.nounPhrase(head, w, limit), limit)
	s = r.splitSubject(s, limit)
	if m := r.word(s.word).Mention; m != 0 && r.st.Mention(m).Type == story.NameMention && r.st.Mention(m).Kind == story.Person {
		if _, end := r.st.WordsIn(r.st.Mention(m).Span); end < s.end && r.class(end)&classAside != 0 {
			s = r.cut(s, end) // "kata Menlu Ana Silva di Lima"
		}
	}
	if s.first > w && s.first-w <= 3 && !r.punct(w) && r.word(w).UPOS != story.ADP {
		s.first = w
		s.span.Start = r.word(w).Span.Start
	}
	return s
}

// untilPerson widens the body behind an inverted cue to the person of it whose name
// follows without a mark, with ranks that no table has: "terang Direktorat Lalu
// Lintas Polda Lima Kombes Silva".
func (r *reader) untilPerson(s source, limit story.WordID) source {
	if id := r.word(s.word).Mention; id == 0 || r.st.Mention(id).Kind != story.Organization || s.first == 0 {
		return s
	}
	for w := s.end; w < limit && w < s.end+8; w++ {
		if !r.word(w).UPOS.Nominal() || r.class(w)&(classAside|classCredit|classTo) != 0 || r.timeAt(w) || r.hitAt(w) != nil {
			return s
		}
		if id := r.word(w).Mention; id != 0 && r.st.Mention(id).Kind == story.Person && r.st.Mention(id).Type == story.NameMention {
			_, end := r.st.WordsIn(r.st.Mention(id).Span)
			s.word, s.end, s.span.End = r.st.Mention(id).Head, end, r.st.Mention(id).Span.End
			return s
		}
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
		if first != 0 && !r.phraseMember(first, j) && !r.phraseMember(j, first) && (word.Head != r.word(first).Head || word.Head <= j || word.Head >= limit) {
			break
		}
		if !word.UPOS.Nominal() && word.UPOS != story.X && word.UPOS != story.NUM {
			if word.UPOS == story.DET && j == w && (j+1 >= limit || !r.word(j+1).UPOS.Nominal() && r.class(j)&classOne == 0) {
				return j // "ujar mereka" tagged as a determiner
			}
			continue
		}
		if first == 0 || r.word(first).UPOS == story.NUM && r.word(first).Head == j {
			first = j // "three sources familiar with the matter"
		}
		if up := word.Head; up == h.word || up < w || up >= limit {
			return j
		}
	}
	return first
}

// maySpeak reports whether a source can be a speaker at all. "Data menunjukkan"
// is no quotation.
func (r *reader) maySpeak(s source) bool {
	if s.word == 0 || r.class(s.word)&classWeak != 0 {
		return false
	}
	return r.word(s.word).UPOS != story.NUM || r.word(s.word).Mention != 0 || s.end > s.word+2 && r.word(s.word+1).UPOS == story.ADP // "said on Oct. 4 he ..."
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
