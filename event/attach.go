package event

import (
	"kawat/story"
)

// This file reads trees for the tables of diplomacy: who is the subject of a
// clause, whom a noun phrase names, what a preposition marks. It takes the tree
// at its word where it can and the order of words where the tree breaks off.

// maxRise bounds every walk towards the root.
const maxRise = 12

// caseOf returns the preposition of a noun phrase, 0 if it has none:
// "dengan" in "bertemu dengan Lavrov".
func caseOf(st *story.Story, w story.WordID) story.WordID { return st.Child(w, "case") }

// marked reports whether a noun phrase stands behind one of the words, either
// as its case or directly before its first word.
func marked(st *story.Story, w story.WordID, set termSet) bool {
	for c := range st.Children(w) {
		if cw := st.Word(c); (cw.Rel() == "case" || cw.Rel() == "mark") && set.has(cw) {
			return true
		}
	}
	return false
}

// predicate climbs from a word to the word that heads its clause: a verb, or
// whatever stands at the root. "pertemuan" in "Xi mengatakan itu dalam
// pertemuan dengan Lavrov" leads to "mengatakan".
func predicate(st *story.Story, w story.WordID) story.WordID {
	for range maxRise {
		word := st.Word(w)
		if word.Head == 0 || clausal(word) {
			return w
		}
		w = word.Head
	}
	return w
}

// clausal reports whether a word heads a clause of its own.
func clausal(word *story.Word) bool {
	switch word.Rel() {
	case "root", "ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis", "dep":
		return word.UPOS == story.VERB || word.UPOS == story.ADJ || word.UPOS == story.AUX || word.Rel() != "dep"
	case "conj":
		return word.UPOS == story.VERB
	}
	return false
}

// subjectOf returns the word that heads the subject of a clause, 0 if the tree
// does not give it. Clauses without a subject of their own share that of the
// clause they hang from ("Xi menyambut Lavrov usai bertemu Putin"); a relative
// clause says something of its noun.
func (s *Stage) subjectOf(st *story.Story, w story.WordID) story.WordID {
	for range maxRise {
		sub := st.Child(w, "nsubj", "csubj")
		if sub != 0 && !s.dip.relative.has(st.Word(sub)) {
			return sub
		}
		word := st.Word(w)
		switch word.Rel() {
		case "acl":
			return word.Head
		case "xcomp", "advcl":
			// "meminta Lavrov (untuk) menyampaikan salam": the object acts
			if word.Rel() == "xcomp" || s.dip.asked.has(st.Word(word.Head)) {
				if obj := st.Child(word.Head, "obj", "iobj"); obj != 0 && obj < w && obj > word.Head {
					return obj
				}
			}
		case "conj", "dep", "parataxis", "ccomp", "aux":
			if word.Rel() == "ccomp" && sub == 0 && st.Word(word.Head).Head == 0 && word.Head > w {
				return 0 // "..., kata Lavrov": the speaker is not the subject
			}
		default:
			return 0
		}
		w = word.Head
		if w == 0 {
			return 0
		}
	}
	return 0
}

// mentionAt returns the mention that a word belongs to, none for a word outside
// of any. In "Menlu Slovenia" the state is named inside the name of its
// minister, of whom the phrase speaks.
func mentionAt(st *story.Story, w story.WordID) *story.Mention {
	id := st.Word(w).Mention
	sent := sentenceOf(st, w)
	if id == 0 || st.Mention(id).Kind != story.Person {
		if p := titled(st, w, sent.EndWord); p != nil {
			return p
		}
	}
	if id == 0 {
		return nil
	}
	m := st.Mention(id)
	if m.Kind == story.Person {
		return m
	}
	best := m
	for at := max(sent.FirstWord, w-min(w-1, 6)); at < min(sent.EndWord, w+7); at++ {
		if other := st.Word(at).Mention; other != 0 && other != id {
			if o := st.Mention(other); o.Span.Contains(m.Span) && o.Span.Len() > best.Span.Len() && o.Entity != 0 {
				best = o
			}
		}
	}
	return best
}

// titled returns the person in whose title a word stands: the minister for
// "Minister" and for "Norwegian" in "Norwegian Prime Minister Solberg".
func titled(st *story.Story, w, end story.WordID) *story.Mention {
	for at := w + 1; at < min(end, w+9); at++ {
		id := st.Word(at).Mention
		if id == 0 {
			if u := st.Word(at).UPOS; u == story.VERB || u == story.AUX || u == story.SCONJ {
				return nil
			}
			continue
		}
		if m := st.Mention(id); m.Entity != 0 && m.Title.Contains(st.Word(w).Span) {
			return m
		}
	}
	return nil
}

// firstPartyAfter looks past a word for the phrase that the tree lost: the
// nearest mention of a party to the right, at most a few words away and not
// behind a preposition that marks a place.
func (s *Stage) firstPartyAfter(st *story.Story, w, end story.WordID, skip termSet) story.WordID {
	limit := w + 9
	for at := w + 1; at < min(end, limit); at++ {
		word := st.Word(at)
		if word.UPOS == story.PROPN && word.Mention == 0 && limit < w+16 {
			limit++ // "Yang Maha Mulia Paduka Seri Baginda Sultan Haji Hassanal Bolkiah"
		}
		if s.dip.at.has(word) || s.dip.toward.has(word) {
			return 0
		}
		if word.UPOS == story.PUNCT || (word.UPOS == story.VERB && !skip.has(word)) {
			return 0
		}
		if word.Mention == 0 || len(s.partiesAtWord(st, at)) == 0 {
			continue
		}
		m := st.Mention(word.Mention)
		if _, next := st.WordsIn(m.Span); m.Type == story.AdjectiveMention || s.titleOf(st, m, next, end) {
			continue // "to Norwegian Prime Minister Solberg"
		}
		return at
	}
	return 0
}

// subjectWordBefore returns the nearest party before a word that the tree takes
// for the subject of something.
func (s *Stage) subjectWordBefore(st *story.Story, w story.WordID) story.WordID {
	first := sentenceOf(st, w).FirstWord
	for at := w - 1; at >= first && at+25 > w; at-- {
		if st.Word(at).Rel() == "nsubj" && st.Word(at).Mention != 0 && len(s.partiesAtWord(st, at)) > 0 && !s.companion(st, s.phraseStart(st, at)) {
			return at
		}
	}
	return 0
}

// lastPartyBefore looks to the left for a subject that the tree lost.
func (s *Stage) lastPartyBefore(st *story.Story, w, first story.WordID) story.WordID {
	best := story.WordID(0)
	for at := w - 1; at >= first && at+25 > w; at-- {
		word := st.Word(at)
		if word.Mention == 0 || len(s.partiesAtWord(st, at)) == 0 {
			continue
		}
		if rel := word.Rel(); rel == "nsubj" {
			return at
		} else if best == 0 && caseOf(st, at) == 0 && bare(rel) && (at == first || st.Word(at-1).UPOS != story.ADP) {
			best = at
		}
	}
	return best
}

// bare reports whether a phrase in this relation, without a preposition, may be
// a subject that the parser misread.
func bare(rel string) bool {
	switch rel {
	case "root", "dep", "parataxis", "dislocated", "obl", "list", "appos", "vocative":
		return true
	}
	return false
}

// sentenceOf returns the sentence of a word.
func sentenceOf(st *story.Story, w story.WordID) *story.Sentence { return st.Sent(st.Word(w).Sent) }

// clauseOf climbs from a word to the head of its finite clause: complements
// without a subject belong to the verb above them.
func clauseOf(st *story.Story, w story.WordID) story.WordID {
	w = predicate(st, w)
	for range maxRise {
		word := st.Word(w)
		if word.Head == 0 || word.Rel() != "xcomp" {
			return w
		}
		w = predicate(st, word.Head)
	}
	return w
}
