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
//
// What is sent in one sentence may be handed over in the next: "Raja mengirim
// surat kepada Presiden. Surat itu diserahkan oleh Menlu".
func (s *Stage) runMessages(st *story.Story) {
	var pending unfinished
	paragraphs(st, func(sent *story.Sentence) {
		done := story.WordID(0)
		for w := sent.FirstWord; w < sent.EndWord; w++ {
			if w <= done || len(st.Messages) >= maxRows {
				continue
			}
			s.dip.messages.cues.find(st, w, sent.EndWord, func(row int, last story.WordID) bool {
				if row == decoy {
					done = last
					return true
				}
				rule := &s.dip.messages.rules[row]
				m, ok := s.message(st, sent, rule, w, last)
				if !ok {
					ok = pending.finish(st, sent, &m)
				}
				pending.note(st, sent, &m)
				if !ok {
					return false
				}
				done = last
				m.Spans = append(m.Spans, sent.Span)
				m.By, m.Score = rule.by, 80
				addMessage(st, m)
				for _, id := range s.alsoTo(st, sent, last, m.To) { // "to the Greek president and prime minister"
					also := m
					also.To, also.Spans = id, slices.Clone(m.Spans)
					if id != m.From && id != m.Via {
						addMessage(st, also)
					}
				}
				return true
			})
		}
	})
}

// unfinished is a message of which the carrier is not told yet.
type unfinished struct {
	message story.Message
	told    story.SentID
}

// note keeps a message that has a sender and somebody addressed.
func (u *unfinished) note(st *story.Story, sent *story.Sentence, m *story.Message) {
	if m.From != 0 && m.To != 0 && m.From != m.To && m.Via == 0 {
		u.message, u.told = *m, st.Word(sent.FirstWord).Sent
		u.message.Spans = []story.Span{sent.Span}
	}
}

// finish completes a message by who carries it, as one of the next two sentences
// says without saying whose it is.
func (u *unfinished) finish(st *story.Story, sent *story.Sentence, m *story.Message) bool {
	here := st.Word(sent.FirstWord).Sent
	if u.told == 0 || here == u.told || here > u.told+2 || m.Via == 0 && m.From == 0 {
		return false
	}
	via := cmpID(m.Via, m.From)
	if m.To != 0 && m.To != u.message.To {
		return false // another message to somebody else
	}
	if via == u.message.From || via == u.message.To || m.Via != 0 && m.From != 0 {
		return false
	}
	kind := u.message.Kind
	*m = u.message
	if m.Via = via; kind == "other" {
		m.Kind = "letter"
	}
	u.told = 0
	st.Messages = slices.DeleteFunc(st.Messages, func(old story.Message) bool { // the letter of which the carrier is told now
		return old.Via == 0 && old.From == m.From && old.To == m.To
	})
	return true
}

func addMessage(st *story.Story, m story.Message) {
	for i := range st.Messages {
		old := &st.Messages[i]
		same := old.Kind == m.Kind || old.Spans[0] == m.Spans[0] || m.Via == 0 && (loose(old.Kind) || loose(m.Kind))
		if old.From == m.From && old.Via == m.Via && (old.To == m.To || m.To == 0) && same {
			if loose(old.Kind) {
				old.Kind = m.Kind
			}
			return
		}
	}
	st.Messages = append(st.Messages, m)
}

// loose reports whether a kind says nothing of what a message is about.
func loose(kind string) bool { return kind == "letter" || kind == "other" }

// message reads a thing that is carried.
func (s *Stage) message(st *story.Story, sent *story.Sentence, rule *messageRule, w, last story.WordID) (story.Message, bool) {
	m := story.Message{Kind: rule.kind, Status: story.Occurred}
	verb := s.carrying(st, sent, w)
	if verb == 0 {
		return m, s.letterTold(st, sent, &m, w, last)
	}
	owner := s.sender(st, sent, w, last)
	if m.To = s.receiver(st, sent, w, last); m.To == 0 && verb < w {
		m.To = s.receiverBetween(st, verb, w)
	}
	m.Via = s.throughWhom(st, sent, verb, last)
	doer := s.carrier(st, verb, w)
	if doer != 0 && doer == m.Via { // "Through the ambassador, the king sent condolences"
		if doer = 0; s.subjectBefore(st, verb) != 0 {
			for _, id := range s.partiesAt(st, s.subjectBefore(st, verb)) {
				if id != m.Via {
					doer = id
					break
				}
			}
		}
	}
	asking := s.asker(st, verb)
	if asking == 0 {
		if asking = s.askerBefore(st, verb); asking != 0 {
			doer = s.onePerson(st, s.subjectBefore(st, verb))
		}
	}
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
	case asking != 0:
		// "Xi meminta Lavrov menyampaikan salam kepada Putin"
		asker := s.onePerson(st, s.subjectOf(st, asking))
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
		if m.From == 0 || m.From == doer {
			if m.From = s.behalfOf(st, sent, verb); m.From == 0 {
				m.From = s.principalOf(st, verb, doer)
			}
		}
		if m.From != 0 {
			m.Via = cmpID(m.Via, doer)
		} else if m.From = doer; m.Via == 0 && m.To != 0 {
			m.Via = s.backThrough(st, doer, m.To)
		}
	}
	if m.Via == 0 && m.From != 0 && m.To != 0 {
		m.Via = answerVia(st, &m)
	}
	if m.To == 0 && m.Via != 0 && m.From != 0 {
		m.To = s.hearer(st, sent, m.Via, m.From)
	}
	if m.From != 0 && m.Via != 0 && st.Entity(m.From).Kind == story.State && st.Entity(m.From).Country == st.Entity(m.Via).Country {
		return m, false // "expressed his country's appreciation" speaks for it
	}
	if m.Via == 0 && s.letterSent(st, &m, v, w, last) {
		return m, true
	}
	ok := m.From != 0 && m.Via != 0 && m.From != m.Via && m.From != m.To && m.Via != m.To
	return m, ok && (m.To != 0 || m.Kind != "other" && len(st.Entity(m.From).Offices) > 0)
}

// letterSent reports whether a message is one in writing that somebody of one
// state sent to somebody of another: "sent a letter of thanks to the Greek
// president". Paper travels without the copy telling who carries it; what is
// only said does not.
func (s *Stage) letterSent(st *story.Story, m *story.Message, verb *story.Word, w, last story.WordID) bool {
	return (s.dip.messages.send.has(verb) || s.dip.messages.get.has(verb)) && s.inWriting(st, m, w, last)
}

// letterTold reads a letter of which no verb tells that it was sent: "he said in
// a letter to the king".
func (s *Stage) letterTold(st *story.Story, sent *story.Sentence, m *story.Message, w, last story.WordID) bool {
	if !s.dip.to.has(st.Word(min(last+1, sent.EndWord-1))) {
		return false
	}
	m.To = s.receiver(st, sent, w, last)
	if m.From = s.sender(st, sent, w, last); m.From == 0 && marked(st, w, s.dip.during) {
		m.From = s.onePerson(st, s.subjectOf(st, predicate(st, w)))
	}
	if q := st.QuotationAt(st.Word(sent.FirstWord).Span.Start); m.From == 0 && q != 0 {
		m.From = st.Quotation(q).Speaker
	}
	for at := w - 1; m.From == 0 && at >= sent.FirstWord && at+3 > w && at > 0; at-- { // "the king's letter to", "Crown Prince letter to"
		if s.isHuman(st, at) {
			m.From = s.onePerson(st, at)
		}
	}
	return m.From != m.To && s.inWriting(st, m, w, last)
}

// inWriting reports whether a message is one on paper between people of two
// states.
func (s *Stage) inWriting(st *story.Story, m *story.Message, w, last story.WordID) bool {
	if m.From == 0 || m.To == 0 {
		return false
	}
	from, to := st.Entity(m.From), st.Entity(m.To)
	if from.Country == "" || to.Country == "" || from.Country == to.Country || from.Kind == story.Organization || !highOffice(from) && !highOffice(to) {
		return false
	}
	for at := max(w, sentenceOf(st, w).FirstWord+2) - 2; at <= min(last+2, sentenceOf(st, w).EndWord-1); at++ {
		if s.dip.written.has(st.Word(at)) {
			return true
		}
	}
	return false
}

func cmpID(a, b story.EntityID) story.EntityID {
	if a != 0 {
		return a
	}
	return b
}
