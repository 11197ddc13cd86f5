package event

import (
	"strings"

	"kawat/story"
)

// This file reads encounters that are told as the occasion of words: who spoke
// stands in the sentence before ("Pujian itu disampaikan saat bertemu X"), is
// told of somebody who came ("told the visiting minister"), or talks of a
// matter ("discussed the border with X").

// speakerBefore returns who spoke, or acted, in the sentence before that of a
// word, where the clause of the word only points back to it: "The remarks came
// during a meeting with X". 0 if the clause does not, or nobody did.
func (s *Stage) speakerBefore(st *story.Story, w story.WordID) story.EntityID {
	sent := sentenceOf(st, w)
	points := false
	for at := sent.FirstWord; at < min(sent.EndWord, sent.FirstWord+4) && at < w; at++ {
		points = points || s.dip.saying.has(st.Word(at))
	}
	here := st.Word(sent.FirstWord).Sent
	if !points {
		return 0
	}
	if q := st.QuotationAt(st.Word(w).Span.Start); q != 0 { // "Hal ini terungkap dalam pertemuan dengan X, kata Y"
		if id := st.Quotation(q).Speaker; id != 0 && st.Entity(id).Kind == story.Person {
			return id
		}
	}
	if here <= 1 {
		return 0
	}
	before := st.Sent(here - 1)
	if before.Part != sent.Part && before.Part+1 != sent.Part {
		return 0
	}
	for i := len(st.Quotations) - 1; i >= 0; i-- {
		q := &st.Quotations[i]
		if q.Speaker == 0 || q.CueWord < before.FirstWord || q.CueWord >= before.EndWord {
			continue
		}
		if st.Entity(q.Speaker).Kind == story.Person {
			return q.Speaker
		}
	}
	for at := before.FirstWord; at < before.EndWord; at++ {
		if st.Word(at).Rel() != "nsubj" {
			continue
		}
		for _, id := range s.partiesAt(st, at) {
			if e := st.Entity(id); e.Kind == story.Person || e.Kind == story.Group && len(e.Offices) > 0 {
				return id
			}
		}
		return 0
	}
	return 0
}

// discussed reads "X discussed the border with Y" and "X and Y discussed it":
// people of two states who talk of a matter.
func (s *Stage) discussed(st *story.Story, w, last story.WordID) []story.EntityID {
	var others []story.EntityID
	end := min(sentenceOf(st, last).EndWord, last+lookAround)
	for at := last + 1; at < end; at++ {
		word := st.Word(at)
		if word.UPOS == story.VERB || word.UPOS == story.SCONJ || s.dip.relative.has(word) {
			break
		}
		if !s.dip.with.has(word) || word.UPOS == story.CCONJ {
			continue
		}
		to := s.firstPartyAfter(st, at, sentenceOf(st, last).EndWord, s.dip.with)
		if to != 0 && st.Word(to).Deprel == "nmod:poss" { // "with her Saudi counterpart"
			to = s.firstPartyAfter(st, to, sentenceOf(st, last).EndWord, s.dip.with)
		}
		if to != 0 && s.isHuman(st, to) {
			others = s.partiesAt(st, to)
		}
		break
	}
	sub := s.subjectOf(st, w)
	if sub != 0 && isTime(st, sub) { // "the two, last December discussed", the month taken for the subject
		sub = s.subjectWordBefore(st, w)
	}
	if sub == 0 || sub > w {
		return nil
	}
	out := s.partiesAt(st, sub)
	s.andBefore(st, sub, &out)
	for _, id := range others {
		addOnce(&out, id)
	}
	if !fromTwoStates(st, out) {
		return nil // "discussed the plan with reporters"
	}
	return out
}

// urges reports whether a call on somebody is one for action: "called on the
// king to free them", "called on him for help".
func (s *Stage) urges(st *story.Story, last story.WordID) bool {
	end := min(sentenceOf(st, last).EndWord, last+16)
	for at := last + 1; at < end; at++ {
		word := st.Word(at)
		switch {
		case word.UPOS == story.PUNCT && word.Form != "." && word.Form != ",", word.UPOS == story.CCONJ && at+1 < end && st.Word(at+1).UPOS == story.VERB:
			return false
		case s.dip.purpose.has(word) && at+1 < end && st.Word(at+1).UPOS == story.VERB, word.UPOS == story.ADP && s.dip.to.has(word) && at+1 < end && st.Word(at+1).Mention == 0:
			return true
		}
	}
	return false
}

// counted reports whether encounters are only counted: "have met six times",
// "had 16 telephone conversations".
func (s *Stage) counted(st *story.Story, first, last story.WordID) bool {
	if first > sentenceOf(st, first).FirstWord+1 && s.dip.call.has(st.Word(first-1)) {
		first-- // "16 telephone conversations"
	}
	if before := first - 1; before >= sentenceOf(st, first).FirstWord && before > 0 && st.Word(before).UPOS == story.NUM && st.Word(last).UPOS == story.NOUN && !s.dip.day.has(st.Word(first)) && !isTime(st, before) && !year(st.Word(before).Form) {
		return !s.dip.one.has(st.Word(before))
	}
	end := min(sentenceOf(st, last).EndWord, last+8)
	for at := last + 1; at < end; at++ {
		word := st.Word(at)
		if s.dip.times.has(word) && st.Word(at-1).UPOS == story.NUM {
			return !s.dip.one.has(st.Word(at - 1))
		}
		if word.UPOS == story.PUNCT || word.UPOS == story.VERB {
			return false
		}
	}
	return false
}

// year reports whether a number is a year rather than a count: "a 2016 visit".
func year(form string) bool {
	return len(form) == 4 && (strings.HasPrefix(form, "19") || strings.HasPrefix(form, "20"))
}

// visitorTold reads "told visiting Foreign Minister Tran": the one who is called
// a visitor, and the subject of the clause.
func (s *Stage) visitorTold(st *story.Story, first, last story.WordID) []story.EntityID {
	sent := sentenceOf(st, first)
	if first != last || first <= sent.FirstWord || !s.dip.visiting.has(st.Word(first)) {
		return nil
	}
	switch prev := st.Word(first - 1); prev.UPOS {
	case story.AUX, story.SCONJ, story.ADV, story.PUNCT:
		return nil // "while visiting", "is visiting"
	}
	at := s.firstPartyAfter(st, last, sent.EndWord, s.dip.with)
	if at == 0 || !s.isHuman(st, at) {
		return nil
	}
	out := s.partiesAt(st, at)
	sub := s.subjectBefore(st, first)
	if sub == 0 || len(out) == 0 {
		return nil
	}
	host := s.partiesAt(st, sub)
	for _, id := range out {
		addOnce(&host, id)
	}
	return host
}
