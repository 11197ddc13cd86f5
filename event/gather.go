package event

import (
	"cmp"
	"slices"
	"strings"

	"kawat/story"
)

// gatherUp dates, merges and appends what the tellings tell. Where the clause
// gives no time, an encounter of the lead is of the day of the news.
func (s *Stage) gatherUp(st *story.Story, all []telling) []story.EntityID {
	day, lead, told := storyDay(st), leadEnd(st), toldDay(st)
	var merged []telling
	for _, t := range all {
		if t.status == story.Occurred && len(day) == 10 && t.from > day && (st.Word(t.word).UPOS != story.VERB || s.present(st, t.word)) {
			t.status = story.Planned // "Tillerson visits Europe next week", "at a summit next week"
		}
		if t.status == story.Occurred && t.date > day && !strings.HasPrefix(t.date, day) || t.status == story.Planned && t.date < day && !strings.HasPrefix(day, t.date) {
			t.date = "" // what happened is not ahead, what is planned not past
		}
		if !t.dated && !t.old && t.status == story.Occurred && t.word < lead && !s.aside(st, t.word) && !s.longPast(st, t.word) {
			t.date = told
		}
		merged = mergeTelling(st, merged, t)
	}
	merged = foldVisits(st, merged)
	for i := range merged {
		leaderFor(st, &merged[i])
	}
	s.dateMain(st, merged, told, lead)
	hosts := make([]story.EntityID, 0, len(merged))
	for i := range merged {
		t := &merged[i]
		e := story.Encounter{
			Kind: t.kind, Status: t.status, Participants: t.parts, Place: t.place, Date: t.date,
			Evidence: story.Evidence{Spans: t.spans, By: t.rule.by, Score: t.score},
		}
		if e.Event = consultOf(st, t); e.Event == 0 {
			e.Event = s.consultFrom(st, t)
		}
		st.Encounters = append(st.Encounters, e)
		hosts = append(hosts, t.host)
	}
	return hosts
}

// leaderFor puts the one person of a state who holds the same office as the other
// side in the place of the state that is said to have met him: "Ardern and her
// counterpart Kishida agreed ... said after Japan's talks with Ardern".
func leaderFor(st *story.Story, t *telling) {
	if len(t.parts) != 2 || t.kind == "visit" || t.status == story.Denied {
		return
	}
	for i, id := range t.parts {
		state, other := st.Entity(id), st.Entity(t.parts[1-i])
		if state.Kind != story.State || other.Kind != story.Person {
			continue
		}
		var found story.EntityID
		n := 0
		for j := range st.Entities {
			e := &st.Entities[j]
			if e.Kind == story.Person && e.Country == state.Country && sameOffice(e, other) && namedBefore(st, story.EntityID(j+1), t) {
				found, n = story.EntityID(j+1), n+1
			}
		}
		if n == 1 {
			t.parts[i] = found
		}
	}
}

// sameOffice reports whether two people hold one kind of high office: both are
// foreign ministers, both lead a state or a government.
func sameOffice(a, b *story.Entity) bool {
	rank := func(f story.Function) story.Function {
		if f == story.HeadOfGovernment {
			return story.HeadOfState
		}
		return f
	}
	for i := range a.Offices {
		for j := range b.Offices {
			if f := rank(a.Offices[i].Function); f == rank(b.Offices[j].Function) && high(f) && f != story.Spokesperson {
				return a.Offices[i].Status != story.Former
			}
		}
	}
	return false
}

// namedBefore reports whether somebody is named up to where an encounter is told.
func namedBefore(st *story.Story, id story.EntityID, t *telling) bool {
	end := st.Sent(st.Word(t.word).Sent).Span.End
	for i := range st.Mentions {
		if m := &st.Mentions[i]; m.Entity == id && m.Type == story.NameMention {
			return m.Span.Start < end
		}
	}
	return false
}

// aside reports whether an encounter is only told to say when something else
// was: "days after the two presidents met".
func (s *Stage) aside(st *story.Story, w story.WordID) bool {
	p := predicate(st, w)
	return st.Child(p, "nsubj") != 0 && (marked(st, p, s.dip.after) || marked(st, p, s.dip.before))
}

// longPast reports whether the clause of an encounter stands in the past before
// the past of the news: "he had met the banker in the Seychelles".
func (s *Stage) longPast(st *story.Story, w story.WordID) bool {
	for _, p := range [...]story.WordID{w, predicate(st, w)} {
		for c := range st.Children(p) {
			if st.Word(c).Rel() == "aux" && c < p && s.dip.had.has(st.Word(c)) {
				return true
			}
		}
	}
	return false
}

// present reports whether a cue is a verb that is not marked as past.
func (s *Stage) present(st *story.Story, w story.WordID) bool {
	word := st.Word(w)
	return word.UPOS == story.VERB && !hasFeat(word.Feats, "Tense=Past") && !lookup(s.dip.past, word.Form)
}

// dateMain gives the day of the news to undated encounters told near the head
// of the story between those of whom its lead speaks ("Pence expressed concern
// to Turkey's prime minister on Thursday ... In a White House meeting"), or on
// the margins of what it tells of ("Di sela-sela KTT, Bagus bertemu").
func (s *Stage) dateMain(st *story.Story, all []telling, day string, lead story.WordID) {
	if lead == 0 {
		return
	}
	sp := story.Span{End: st.Word(lead - 1).Span.End}
	for i := range all {
		t := &all[i]
		if t.date != "" || t.dated || t.old || s.longPast(st, t.word) || t.status != story.Occurred || st.Word(t.word).Sent > leadSentences || len(t.parts) < 2 {
			continue
		}
		if s.besides(st, t.word) || countNamed(st, t.parts, sp) == len(t.parts) {
			t.date = day
		}
	}
}

// besides reports whether the clause of an encounter says that it took place on
// the margins of something.
func (s *Stage) besides(st *story.Story, w story.WordID) bool {
	sent := sentenceOf(st, w)
	for at := max(sent.FirstWord, w-min(w, lookAround)); at < min(sent.EndWord, w+lookAround); at++ {
		if s.dip.margin.has(st.Word(at)) {
			return true
		}
	}
	return false
}

// countNamed counts the parties whom, or whose state, a stretch of text names.
func countNamed(st *story.Story, ids []story.EntityID, sp story.Span) int {
	n := 0
	for _, id := range ids {
		for j := range st.Mentions {
			m := &st.Mentions[j]
			if m.Entity != 0 && sp.Contains(m.Span) && (m.Entity == id || standsFor(st, m.Entity, id)) {
				n++
				break
			}
		}
	}
	return n
}

// consultOf finds the event that an encounter belongs to: a CONSULT with one of
// its cues as the trigger, else one between the same states.
func consultOf(st *story.Story, t *telling) story.EventID {
	for i := range st.Events {
		ev := &st.Events[i]
		ahead := ev.Type == "AGREE" && ev.CAMEO == "036" && ev.Status == story.Planned && t.status == story.Planned
		if (ev.Type == "CONSULT" || ahead) && slices.Contains(t.cues, ev.TriggerWord) {
			return story.EventID(i + 1)
		}
	}
	for i := range st.Events {
		ev := &st.Events[i]
		if ev.Type == "CONSULT" && covers(st, ev, t.parts) && datesAgree(ev.Date, t.date) && (t.kind == "call") == strings.HasPrefix(ev.CAMEO, "041") {
			return story.EventID(i + 1)
		}
	}
	return 0
}

// covers reports whether at least two participants, from two states, stand
// among the sides of an event.
func covers(st *story.Story, ev *story.Event, parts []story.EntityID) bool {
	a, b := false, false
	for _, id := range parts {
		c := st.Entity(id).Country
		a = a || c != "" && slices.Contains(ev.ActorCountries, c)
		b = b || c != "" && slices.Contains(ev.RecipientCountries, c)
	}
	return a && b
}

func datesAgree(a, b string) bool {
	return a == "" || b == "" || strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
}

// byText sorts spans as they stand in the text.
func byText(a, b story.Span) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}
