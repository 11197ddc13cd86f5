package event

import (
	"slices"

	"kawat/lang"
	"kawat/story"
)

// messageTable is the compiled messages.tsv: what is carried, and the verbs
// that carry it.
type messageTable struct {
	rules []messageRule
	cues  cueTable // nouns: "salam", "letter"

	convey termSet // "menyampaikan", "convey": the subject carries
	send   termSet // "mengirim", "send": the subject is the sender
	get    termSet // "menerima", "receive": the subject is the one addressed
}

type messageRule struct {
	by   string // "event/message:greeting"
	kind string
}

var messageKinds = []string{"greeting", "letter", "invitation", "condolence", "congratulation", "thanks", "other"}

// compile reads messages.tsv. Columns: rule, words, kind, example.
func (t *messageTable) compile(pack *lang.Pack) error {
	table, err := pack.Table("messages.tsv")
	if err != nil {
		return err
	}
	t.cues = cueTable{}
	for _, row := range table.Rows {
		words, kind := row.List("words"), row.Get("kind")
		if row.Get("rule") == "" || row.Get("example") == "" || len(words) == 0 {
			return row.Errorf("a row needs rule, words and example")
		}
		if !slices.Contains(messageKinds, kind) {
			return row.Errorf("unknown kind %q", kind)
		}
		t.rules = append(t.rules, messageRule{by: "event/message:" + row.Get("rule"), kind: kind})
		t.cues.add(words, len(t.rules)-1, 1<<story.NOUN|1<<story.PROPN|1<<story.VERB|1<<story.ADJ|1<<story.INTJ)
	}
	return nil
}

// runMessages appends the messages of a story. A message needs somebody who
// carries it and is not its sender.
func (s *Stage) runMessages(st *story.Story) {
	paragraphs(st, func(sent *story.Sentence) {
		done := story.WordID(0)
		for w := sent.FirstWord; w < sent.EndWord; w++ {
			if w <= done || len(st.Messages) >= maxRows {
				continue
			}
			s.dip.messages.cues.find(st, w, sent.EndWord, func(row int, last story.WordID) bool {
				rule := &s.dip.messages.rules[row]
				m, ok := s.message(st, sent, rule, w, last)
				if !ok {
					return false
				}
				done = last
				m.Evidence = story.Evidence{Spans: []story.Span{sent.Span}, By: rule.by, Score: 80}
				addMessage(st, m)
				return true
			})
		}
	})
}

func addMessage(st *story.Story, m story.Message) {
	for i := range st.Messages {
		old := &st.Messages[i]
		if old.From == m.From && old.Via == m.Via && (old.To == m.To || m.To == 0) && (old.Kind == m.Kind || old.Spans[0] == m.Spans[0]) {
			return
		}
	}
	st.Messages = append(st.Messages, m)
}

// message reads a thing that is carried.
func (s *Stage) message(st *story.Story, sent *story.Sentence, rule *messageRule, w, last story.WordID) (story.Message, bool) {
	m := story.Message{Kind: rule.kind, Status: story.Occurred}
	verb := s.carrying(st, sent, w)
	if verb == 0 {
		return m, false
	}
	owner := s.sender(st, sent, w, last)
	m.To = s.receiver(st, sent, w, last)
	m.Via = s.throughWhom(st, sent, verb, last)
	sub := s.subjectOf(st, verb)
	if sub == 0 || len(s.partiesAt(st, sub)) == 0 {
		sub = s.lastPartyBefore(st, verb, sent.FirstWord)
	}
	doer := s.onePerson(st, sub)
	v := st.Word(verb)
	switch {
	case s.dip.messages.get.has(v):
		if m.To == 0 || m.To == doer {
			m.To = doer
		}
		m.From = owner
		if m.Via == 0 {
			m.Via = s.carrierAfter(st, sent, last)
		}
	case s.asker(st, verb) != 0:
		// "Xi meminta Lavrov menyampaikan salam kepada Putin"
		asker := s.onePerson(st, s.subjectOf(st, s.asker(st, verb)))
		if asker == 0 || asker == doer {
			return m, false
		}
		m.Status, m.Via, m.From = story.Requested, doer, asker
		if owner != 0 && owner != m.To && owner != doer {
			m.From = owner
		}
	case s.dip.messages.send.has(v):
		m.From = doer
		if owner != 0 && owner != doer {
			m.From, m.Via = owner, cmpID(m.Via, doer)
		}
	default:
		m.From = owner
		if behalf := s.behalfOf(st, sent, verb); m.From == 0 || m.From == doer {
			m.From = behalf
		}
		if m.From != 0 {
			m.Via = cmpID(m.Via, doer)
		} else if m.From = doer; m.Via == 0 && m.To != 0 {
			m.Via = s.backThrough(st, doer, m.To)
		}
	}
	if m.To == 0 && m.Via != 0 && m.From != 0 {
		m.To = s.hearer(st, sent, m.Via, m.From)
	}
	ok := m.From != 0 && m.Via != 0 && m.From != m.Via && m.From != m.To && m.Via != m.To
	return m, ok && (m.To != 0 || m.Kind != "other" && len(st.Entity(m.From).Offices) > 0)
}

func cmpID(a, b story.EntityID) story.EntityID {
	if a != 0 {
		return a
	}
	return b
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
		}
		if word.UPOS == story.VERB && word.Mention == 0 && !s.dip.messages.convey.has(word) && st.Word(at-1).UPOS == story.CCONJ {
			return 0 // "conveyed Putin's regards and said Russia supports the bid for ..."
		}
	}
	return 0
}

// throughWhom returns the party behind "melalui", "through".
func (s *Stage) throughWhom(st *story.Story, sent *story.Sentence, verb, last story.WordID) story.EntityID {
	for at := verb + 1; at < sent.EndWord && at < last+25; at++ {
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
	for at := max(sent.FirstWord, verb-40); at < min(sent.EndWord, verb+40); at++ {
		if s.dip.behalf.has(st.Word(at)) {
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
