package event

import "kawat/story"

// This file finds parties by the order of words, for where the tree broke off:
// the partner behind a verb of meeting, the subject before it.

// lookAround is how many words the search for a party looks.
const lookAround = 40

// partnerAfter returns the word that names the partner behind a cue: its
// object, also behind what stands between ("received at the palace on Monday
// the Chilean minister"), or the party behind "with" ("met on the sidelines of
// the assembly in New York with Lavrov", "a meeting, held in Oslo, with
// Lavrov"). It stops where a clause ends.
func (s *Stage) partnerAfter(st *story.Story, last story.WordID) story.WordID {
	end := min(sentenceOf(st, last).EndWord, last+lookAround)
	prep := story.WordID(0)
	for at := last + 1; at < end; at++ {
		word := st.Word(at)
		switch {
		case word.UPOS == story.PUNCT && insideTitle(st, at, end):
			continue
		case word.UPOS == story.PUNCT:
			if at = s.pastParenthesis(st, at, end); at == 0 {
				return 0
			}
			at--
			prep = 0
			continue
		case isTime(st, at):
			prep = 0 // "on Tuesday"
			continue
		case word.Mention == 0 && (word.UPOS == story.SCONJ && !s.dip.with.has(word) || s.dip.relative.has(word)):
			return 0
		case word.UPOS == story.ADP || s.dip.with.has(word):
			prep = at
			continue
		case word.UPOS == story.VERB && word.Mention == 0 && st.Word(at-1).UPOS != story.ADP:
			return 0
		case word.Mention == 0:
			continue
		}
		m := mentionAt(st, at)
		if m.Type == story.AdjectiveMention {
			continue // "with Norwegian Foreign Minister Berg"
		}
		_, next := st.WordsIn(m.Span)
		if next <= at {
			continue
		}
		if len(s.partiesAtWord(st, at)) > 0 && (prep == 0 || s.dip.with.has(st.Word(prep))) && !s.titleOf(st, m, next, end) {
			return at
		}
		if !s.titleOf(st, m, next, end) {
			prep = 0
		}
		at = next - 1
	}
	return 0
}

// titleOf reports whether a mention only belongs to the title of the next one:
// "Norway" in "with Norway's Prime Minister Ingrid Solberg".
func (s *Stage) titleOf(st *story.Story, m *story.Mention, next, end story.WordID) bool {
	for at := next; at < min(end, next+9); at++ {
		if id := st.Word(at).Mention; id != 0 && st.Mention(id).Title.Contains(m.Span) {
			return true
		}
	}
	return false
}

// insideTitle reports whether a mark stands between a title and its name:
// "the Minister of Defence of Georgia, Levan Chikovani".
func insideTitle(st *story.Story, at, end story.WordID) bool {
	for next := at + 1; next < min(end, at+3); next++ {
		if id := st.Word(next).Mention; id != 0 {
			t := st.Mention(id).Title
			return !t.Empty() && t.Start < st.Word(at).Span.Start
		}
	}
	return false
}

// pastParenthesis returns the word from which to read on behind a mark: what
// stands between two commas or in parentheses is passed over where "with"
// follows, and a comma before "with" does not count. 0 is the end of a clause.
func (s *Stage) pastParenthesis(st *story.Story, at, end story.WordID) story.WordID {
	closing := ","
	switch st.Word(at).Form {
	case "(":
		closing = ")"
	case ",":
		if at+1 < end && s.dip.with.has(st.Word(at+1)) {
			return at + 1
		}
	case `"`, "“", "”", "-", "–":
		return at + 1
	default:
		return 0
	}
	for z := at + 1; z < min(end, at+12); z++ {
		if st.Word(z).Form != closing {
			continue
		}
		if closing == ")" || z+1 < end && s.dip.with.has(st.Word(z+1)) {
			return z + 1
		}
		return 0
	}
	return 0
}

// subjectBefore returns the nearest party before a word that stands behind no
// preposition, or is the agent of a passive: both "Menlu Rusia" in "Menlu Rusia
// mengatakan itu usai bertemu" and in "disampaikan oleh Menlu Rusia usai bertemu".
func (s *Stage) subjectBefore(st *story.Story, w story.WordID) story.WordID {
	first := max(sentenceOf(st, w).FirstWord, w-min(w, lookAround))
	for at := w - 1; at >= first && at > 0; at-- {
		word := st.Word(at)
		if word.Form == ";" {
			return 0
		}
		if word.Mention == 0 {
			continue
		}
		m := mentionAt(st, at)
		if m.Type == story.AdjectiveMention || len(s.partiesAtWord(st, at)) == 0 {
			continue
		}
		start := s.phraseStart(st, at)
		if start == first || st.Word(start-1).UPOS != story.ADP || s.dip.by.has(st.Word(start-1)) && m.Kind != story.State {
			if st.Word(at).Deprel != "nmod:poss" && !s.companion(st, start) {
				return at
			}
		}
		at = start
	}
	return 0
}

// companion reports whether a phrase names only who came along: "the president,
// accompanied by Foreign Minister Berg, arrived".
func (s *Stage) companion(st *story.Story, start story.WordID) bool {
	first := sentenceOf(st, start).FirstWord
	for at := start - 1; at >= first && at+4 > start; at-- {
		word := st.Word(at)
		if s.dip.escorted.has(word) && word.UPOS == story.VERB {
			return true
		}
		if !s.dip.by.has(word) && word.UPOS != story.ADV {
			return false
		}
	}
	return false
}

// phraseStart returns the first word of the noun phrase of a mention: of its
// title, and of what else stands before it.
func (s *Stage) phraseStart(st *story.Story, w story.WordID) story.WordID {
	m := mentionAt(st, w)
	if m == nil {
		return w
	}
	first, _ := st.WordsIn(m.Span)
	if !m.Title.Empty() && m.Title.Start < m.Span.Start {
		if t, end := st.WordsIn(m.Title); t < end {
			first = t
		}
	}
	sent := sentenceOf(st, w)
	for first > sent.FirstWord && first+5 > w {
		switch prev := st.Word(first - 1); prev.UPOS {
		case story.DET, story.ADJ, story.NUM:
		case story.NOUN, story.PROPN:
			if prev.Mention != 0 && st.Mention(prev.Mention).Type != story.AdjectiveMention {
				return first
			}
		default:
			return first
		}
		first--
	}
	return first
}

// andBefore adds those whom a coordination names before a subject of which the
// tree kept the last member: "Presiden Peru dan Menlu Rusia bertemu". It has to
// open its clause, or the two would be of two clauses.
func (s *Stage) andBefore(st *story.Story, w story.WordID, out *[]story.EntityID) {
	if st.Word(w).Mention == 0 {
		return
	}
	sent := sentenceOf(st, w)
	start := s.phraseStart(st, w)
	var more []story.EntityID
	for range 4 {
		if start <= sent.FirstWord+1 {
			return
		}
		joint := st.Word(start - 1)
		if !s.dip.and.has(joint) && !(joint.Form == "," && len(more) > 0) {
			return
		}
		before := start - 2
		if st.Word(before).Mention == 0 || len(s.partiesAtWord(st, before)) == 0 {
			return
		}
		start = s.phraseStart(st, before)
		more = append(s.partiesAtWord(st, before), more...)
		led := start > sent.FirstWord+1 && s.dip.by.has(st.Word(start-1)) && s.dip.led.has(st.Word(start-2)) // "delegations led by X and Y met"
		if start == sent.FirstWord || opensClause(st.Word(start-1)) || led {
			for _, id := range *out {
				addOnce(&more, id)
			}
			*out = more
			return
		}
	}
}

// opensClause reports whether a word may stand right before a clause.
func opensClause(w *story.Word) bool {
	return w.UPOS == story.SCONJ || w.UPOS == story.PUNCT && w.Form != ","
}
