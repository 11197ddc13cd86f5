package event

import (
	"slices"
	"strings"

	"kawat/story"
)

// carrier returns who does what a verb of carrying says: its subject, or its
// agent where the thing carried is the subject.
func (s *Stage) carrier(st *story.Story, verb, thing story.WordID) story.EntityID {
	if s.isPassive(st, verb) {
		if a := s.agentOf(st, verb); a != 0 {
			return s.onePerson(st, a)
		}
		if at := s.firstPartyAfter(st, verb, sentenceOf(st, verb).EndWord, s.dip.by); at != 0 && verb > thing {
			return s.onePerson(st, at)
		}
		return 0
	}
	sub := s.subjectOf(st, verb)
	if sub == 0 || len(s.partiesAt(st, sub)) == 0 {
		sub = s.lastPartyBefore(st, verb, sentenceOf(st, verb).FirstWord)
	}
	if sub == 0 {
		sub = s.subjectBefore(st, verb)
	}
	return s.onePerson(st, sub)
}

// principalOf returns whose envoy somebody is who carries a message without
// saying whose: "the envoy of the Emir delivered a letter".
func (s *Stage) principalOf(st *story.Story, verb story.WordID, doer story.EntityID) story.EntityID {
	sub := s.subjectOf(st, verb)
	if sub == 0 || doer == 0 || !s.lx.is(st.Word(sub), classMission) {
		return 0
	}
	for c := range st.Children(sub) {
		if r := st.Word(c).Rel(); r != "nmod" && r != "flat" {
			continue
		}
		for _, id := range s.partiesAtWord(st, c) {
			if e := st.Entity(id); id != doer && e.Kind != story.State && len(e.Offices) > 0 {
				return id
			}
		}
	}
	return 0
}

// isPassive reports whether a verb is passive by its tree or by its form.
func (s *Stage) isPassive(st *story.Story, w story.WordID) bool {
	return passive(st, w) || lookup(s.frames.passive, st.Word(w).Form) || s.lx.is(st.Word(w), classPassive)
}

// answerVia returns who carried the message that a message answers: greetings
// are returned by the one who brought them.
func answerVia(st *story.Story, m *story.Message) story.EntityID {
	for i := range st.Messages {
		if old := &st.Messages[i]; old.From == m.To && old.To == m.From {
			return old.Via
		}
	}
	return 0
}

// hearer returns to whom a carrier speaks where the sentence only tells of
// their meeting: "Dalam pertemuan dengan Sultan, Dubes menyampaikan salam
// Presiden".
func (s *Stage) hearer(st *story.Story, sent *story.Sentence, via, from story.EntityID) story.EntityID {
	for i := range st.Encounters {
		enc := &st.Encounters[i]
		if !slices.Contains(enc.Participants, via) || !slices.Contains(enc.Spans, sent.Span) {
			continue
		}
		for _, id := range enc.Participants {
			if id != via && id != from && (st.Entity(id).Country == "" || st.Entity(id).Country != st.Entity(from).Country) {
				return id
			}
		}
	}
	return 0
}

// carrying returns the verb that carries a thing: the verb over it, or a verb
// of carrying a few words before it.
func (s *Stage) carrying(st *story.Story, sent *story.Sentence, w story.WordID) story.WordID {
	t := &s.dip.messages
	is := func(v *story.Word) bool { return t.convey.has(v) || t.send.has(v) || t.get.has(v) }
	at := w
	for range 4 {
		at = st.Word(at).Head
		if at == 0 {
			break
		}
		if is(st.Word(at)) {
			return at
		}
		if clausal(st.Word(at)) && verbal(st.Word(at)) {
			break
		}
	}
	for at = w - 1; at >= sent.FirstWord && at+7 > w; at-- {
		if is(st.Word(at)) {
			return at
		}
		if st.Word(at).UPOS == story.VERB || st.Word(at).UPOS == story.PUNCT {
			break
		}
	}
	// "a letter from the king, delivered by the envoy"
	for at = w + 1; at < sent.EndWord && at < w+16; at++ {
		if t.convey.has(st.Word(at)) && verbal(st.Word(at)) {
			return at
		}
	}
	return 0
}

// asker returns the verb that asks for a verb of carrying, 0 if none does.
func (s *Stage) asker(st *story.Story, verb story.WordID) story.WordID {
	at := verb
	for range 3 {
		word := st.Word(at)
		switch word.Rel() {
		case "xcomp", "ccomp", "advcl":
			if s.dip.asked.has(st.Word(word.Head)) {
				return word.Head
			}
		case "conj":
		default:
			return 0
		}
		at = word.Head
		if at == 0 {
			return 0
		}
	}
	return 0
}

// askerBefore finds a verb of asking before the name of who is asked, where the
// tree hangs the carrying from the name: "asked U.S. Secretary of State Antony
// Blinken to convey his regards".
func (s *Stage) askerBefore(st *story.Story, verb story.WordID) story.WordID {
	first := sentenceOf(st, verb).FirstWord
	if verb <= first+2 || !s.purpose(st, verb) && !s.dip.purpose.has(st.Word(verb-1)) {
		return 0
	}
	for at := verb - 1; at >= first && at+12 > verb; at-- {
		switch word := st.Word(at); {
		case word.UPOS == story.VERB:
			if s.dip.asked.has(word) {
				return at
			}
			return 0
		case word.UPOS == story.PUNCT:
			return 0
		}
	}
	return 0
}

// receiverBetween returns for whom a message is that the verb names before it:
// "gave the king a letter", "conveyed to the Emir greetings from".
func (s *Stage) receiverBetween(st *story.Story, verb, thing story.WordID) story.EntityID {
	for at := verb + 1; at < thing; at++ {
		word := st.Word(at)
		if word.Mention == 0 || word.Deprel == "nmod:poss" || len(s.partiesAtWord(st, at)) == 0 {
			continue
		}
		if m := mentionAt(st, at); m.Type == story.AdjectiveMention || m.Type == story.PronounMention {
			continue
		}
		if word.Rel() == "iobj" || word.Rel() == "obj" || s.behindTo(st, at) {
			return s.onePerson(st, at)
		}
	}
	return 0
}

// onePerson returns the first person, else the first party, of a phrase.
func (s *Stage) onePerson(st *story.Story, w story.WordID) story.EntityID {
	if w == 0 {
		return 0
	}
	ids := s.partiesAt(st, w)
	for _, id := range ids {
		if st.Entity(id).Kind == story.Person {
			return id
		}
	}
	if len(ids) > 0 {
		return ids[0]
	}
	return 0
}

// sender returns whose message it is: "salam hangat Presiden Putin", "a letter
// from the king", "the king's greetings".
func (s *Stage) sender(st *story.Story, sent *story.Sentence, w, last story.WordID) story.EntityID {
	limit := min(sent.EndWord, last+12)
	for at := last + 1; at < limit; at++ {
		if s.dip.to.has(st.Word(at)) { // behind it stands the one addressed
			limit = at
		}
	}
	for at := w; at <= last; at++ {
		for c := range st.Children(at) {
			if c >= w && c <= last || c >= limit {
				continue
			}
			cw := st.Word(c)
			own := cw.Deprel == "nmod:poss" || marked(st, c, s.dip.from) || marked(st, c, s.dip.of)
			if r := cw.Rel(); r == "nmod" || r == "flat" || r == "compound" || r == "appos" || r == "det" || r == "obl" {
				if own || caseOf(st, c) == 0 && c > at {
					if id := s.onePerson(st, c); id != 0 {
						return id
					}
				}
			}
		}
	}
	// reading on: "salam hangat dan harapan baik Presiden Putin untuk ..."
	for at := last + 1; at < sent.EndWord && at < last+12; at++ {
		word := st.Word(at)
		if s.dip.to.has(word) || s.dip.via.has(word) || s.dip.relative.has(word) || word.UPOS == story.VERB || word.UPOS == story.SCONJ || word.UPOS == story.PUNCT && word.Form != "-" {
			return 0
		}
		if ids := s.partiesAtWord(st, at); len(ids) > 0 {
			return ids[0]
		}
	}
	return 0
}

// receiver returns for whom the message is: the party behind "kepada", "to".
func (s *Stage) receiver(st *story.Story, sent *story.Sentence, w, last story.WordID) story.EntityID {
	for at := last + 1; at < sent.EndWord && at < last+22; at++ {
		word := st.Word(at)
		if s.dip.to.has(word) {
			if to := s.firstPartyAfter(st, at, sent.EndWord, s.dip.to); to != 0 {
				return s.onePerson(st, to)
			}
			if to := s.governmentAt(st, sent, at); to != 0 {
				return to
			}
		}
		if word.UPOS == story.VERB && word.Mention == 0 && !s.dip.messages.convey.has(word) && st.Word(at-1).UPOS == story.CCONJ {
			return 0 // "conveyed Putin's regards and said Russia supports the bid for ..."
		}
	}
	return 0
}

// alsoTo returns the others of the state of the one addressed to whom a message
// goes as well: both in "a letter to the president and the prime minister".
func (s *Stage) alsoTo(st *story.Story, sent *story.Sentence, last story.WordID, to story.EntityID) []story.EntityID {
	if to == 0 || len(st.Entity(to).Offices) == 0 {
		return nil
	}
	for at := last + 1; at < sent.EndWord && at < last+22; at++ {
		if !s.dip.to.has(st.Word(at)) {
			continue
		}
		w := s.firstPartyAfter(st, at, sent.EndWord, s.dip.to)
		if w == 0 || s.onePerson(st, w) != to {
			continue
		}
		var out []story.EntityID
		for _, id := range s.partiesAt(st, w) {
			if e := st.Entity(id); id != to && len(e.Offices) > 0 && e.Country == st.Entity(to).Country {
				out = append(out, id)
			}
		}
		return out
	}
	return nil
}

// governmentAt returns the place by which a government is named: "to the
// government in Belgrade".
func (s *Stage) governmentAt(st *story.Story, sent *story.Sentence, at story.WordID) story.EntityID {
	body := false
	for w := at + 1; w < min(sent.EndWord, at+6); w++ {
		switch {
		case s.dip.body.has(st.Word(w)):
			body = true
		case body && isPlace(st, w):
			return st.Denotes(w)[0]
		}
	}
	return 0
}

// throughWhom returns the party behind "melalui", "through".
func (s *Stage) throughWhom(st *story.Story, sent *story.Sentence, verb, last story.WordID) story.EntityID {
	for at := sent.FirstWord; at < sent.EndWord && at < last+25; at++ {
		if s.dip.via.has(st.Word(at)) {
			if to := s.firstPartyAfter(st, at, sent.EndWord, s.dip.via); to != 0 {
				return s.onePerson(st, to)
			}
		}
	}
	return 0
}

// carrierAfter finds who brought what was received: "menerima surat dari X
// yang diserahkan (oleh) Y".
func (s *Stage) carrierAfter(st *story.Story, sent *story.Sentence, last story.WordID) story.EntityID {
	for at := last + 1; at < min(sent.EndWord, last+40); at++ {
		if !s.dip.messages.convey.has(st.Word(at)) {
			continue
		}
		if to := s.firstPartyAfter(st, at, sent.EndWord, s.dip.by); to != 0 {
			return s.onePerson(st, to)
		}
	}
	return 0
}

// behalfOf returns for whom the carrier speaks: "atas nama Raja".
func (s *Stage) behalfOf(st *story.Story, sent *story.Sentence, verb story.WordID) story.EntityID {
	for at := max(sent.FirstWord, verb-min(verb, 40)); at < min(sent.EndWord, verb+40); at++ {
		if s.dip.behalf.has(st.Word(at)) || at > sent.FirstWord && s.dip.behalf[strings.ToLower(st.Word(at-1).Form+" "+st.Word(at).Form)] {
			if to := s.firstPartyAfter(st, at, sent.EndWord, s.dip.of); to != 0 {
				return s.onePerson(st, to)
			}
		}
	}
	return 0
}

// backThrough finds who takes a message home where the sender meets somebody
// of the receiver's state: "Presiden Y menyampaikan salam kembali kepada
// Presiden X" while it is X's ambassador who sits before him.
func (s *Stage) backThrough(st *story.Story, from, to story.EntityID) story.EntityID {
	if from == 0 {
		return 0
	}
	country := st.Entity(to).Country
	for i := range st.Encounters {
		parts := st.Encounters[i].Participants
		if !slices.Contains(parts, from) || slices.Contains(parts, to) {
			continue
		}
		for _, id := range parts {
			if e := st.Entity(id); id != from && country != "" && e.Country == country && e.Kind == story.Person {
				return id
			}
		}
	}
	return 0
}
