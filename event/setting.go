package event

import (
	"slices"

	"kawat/lang"
	"kawat/plover"
	"kawat/story"
)

// settings gives events the day and the place of the encounter in which they
// happened, and what else the copy tells of where a government spoke.
func (s *Stage) settings(st *story.Story) {
	s.sceneOfDateline(st)
	for i := range st.Encounters {
		shareSetting(st, &st.Encounters[i])
	}
	seats := s.postings(st)
	lead := leadEnd(st)
	for i := range st.Events {
		ev := &st.Events[i]
		if ev.Place.Name == "" && !callEvent(ev) {
			ev.Place = s.settingOf(st, ev, seats, lead)
		}
	}
}

func callEvent(ev *story.Event) bool {
	return ev.Mode == "phone" || len(ev.CAMEO) > 2 && ev.CAMEO[:3] == "041"
}

// shareSetting lets an encounter and its event tell each other when and where.
func shareSetting(st *story.Story, enc *story.Encounter) {
	if enc.Event == 0 {
		return
	}
	ev := &st.Events[enc.Event-1]
	if !within(ev.Trigger, enc.Spans) {
		return
	}
	if len(enc.Date) > len(ev.Date) && datesAgree(ev.Date, enc.Date) {
		ev.Date = enc.Date
	}
	switch {
	case enc.Kind == "call":
		ev.Place = story.Where{}
	case ev.Place.Country == "" && enc.Place.Name != "":
		ev.Place = enc.Place
	}
	if enc.Status != story.Occurred || slices.ContainsFunc(ev.Spans, func(sp story.Span) bool { return !within(sp, enc.Spans) }) {
		return // the event gathers another encounter of the two as well
	}
	if len(ev.Date) > len(enc.Date) && datesAgree(ev.Date, enc.Date) {
		enc.Date = ev.Date
	}
	if enc.Place.Country == "" && ev.Place.Name != "" {
		enc.Place = ev.Place
	}
}

// within reports whether one of the spans holds a span.
func within(sp story.Span, in []story.Span) bool {
	return slices.ContainsFunc(in, func(s story.Span) bool { return s.Contains(sp) })
}

// settingOf returns where an event took place that names no place itself: where
// those who met said it, where the mission that speaks is posted, or at home,
// where the story is written from there.
func (s *Stage) settingOf(st *story.Story, ev *story.Event, seats []posting, lead story.WordID) story.Where {
	if !s.spoken(ev.Type) {
		return story.Where{}
	}
	if where := s.placeOfSaying(st, ev); where.Name != "" {
		return where
	}
	if where := s.placeOfMeeting(st, ev); where.Name != "" {
		return where
	}
	home := len(ev.ActorCountries) == 1 && ev.ActorCountries[0] == st.Dateline.Country
	for i := range seats {
		p := &seats[i]
		if !slices.Contains(ev.ActorCountries, p.of) || !p.acts(st, ev) {
			continue
		}
		if st.Dateline.Country == p.at.Country {
			return s.datelinePlace(st)
		}
		return p.at
	}
	if home && ev.TriggerWord < lead && ev.AssertedBy == 0 && !ambassadorSpeaks(st, ev) {
		return s.datelinePlace(st)
	}
	return story.Where{}
}

// placeOfSaying returns where an act was spoken that its own side reports:
// "..., kata Menlu Azerbaijan di Baku", "the minister told reporters in Nairobi".
func (s *Stage) placeOfSaying(st *story.Story, ev *story.Event) story.Where {
	if ev.Quotation == 0 || ev.AssertedBy != 0 || st.Quotation(ev.Quotation).CueWord == 0 {
		return story.Where{}
	}
	if p := s.placeOfClause(st, st.Quotation(ev.Quotation).CueWord); p != 0 {
		return s.whereAt(st, p)
	}
	return story.Where{}
}

// ambassadorSpeaks reports whether the words of an event name an ambassador of
// the actor's state, who sits elsewhere.
func ambassadorSpeaks(st *story.Story, ev *story.Event) bool {
	first, end := st.WordsIn(ev.Spans[0])
	for w := first; w < end; w++ {
		for _, id := range st.Denotes(w) {
			for i := range st.Entity(id).Offices {
				if st.Entity(id).Offices[i].Function == story.Ambassador && slices.Contains(ev.ActorCountries, st.Entity(id).Country) {
					return true
				}
			}
		}
	}
	return false
}

// spoken reports whether events of a type are done by words or decisions, and
// so where the government is that speaks or decides.
func (s *Stage) spoken(typ string) bool {
	t, _ := s.book.Type(typ)
	return typ != plover.Consult && (t.Quad == plover.VerbalConflict || t.Quad == plover.VerbalCooperation) || typ == plover.Sanction
}

// placeOfMeeting returns where the sides of an event met, if it was told of as
// said there: behind the meeting's first mention and on the same day. What
// somebody only recalls in marks ("Presiden Putin dan saya telah sepakat") was
// elsewhere.
func (s *Stage) placeOfMeeting(st *story.Story, ev *story.Event) story.Where {
	if ev.Type == plover.Agree && ev.Status == story.Occurred && ev.Quotation != 0 && st.Quotation(ev.Quotation).Kind == story.Direct {
		return story.Where{}
	}
	var found story.Where
	for i := range st.Encounters {
		enc := &st.Encounters[i]
		if enc.Status != story.Occurred || enc.Kind == "call" || enc.Place.Name == "" || !datesAgree(enc.Date, ev.Date) {
			continue
		}
		if !partOf(st, enc, ev) || len(ev.Spans) > 0 && ev.Spans[0].End < enc.Spans[0].Start && st.SentAt(enc.Spans[0].Start) > leadSentences {
			continue
		}
		if found.Name != "" && found.Country != enc.Place.Country {
			return story.Where{} // two meetings in two places
		}
		if found.Name == "" {
			found = enc.Place
		}
	}
	return found
}

// partOf reports whether the actor of an event, and its recipient, took part in
// an encounter.
func partOf(st *story.Story, enc *story.Encounter, ev *story.Event) bool {
	for _, codes := range [2][]string{ev.ActorCountries, ev.RecipientCountries} {
		if len(codes) == 0 {
			continue
		}
		here := false
		for _, id := range enc.Participants {
			here = here || slices.Contains(codes, st.Entity(id).Country)
		}
		if !here {
			return false
		}
	}
	return len(ev.ActorCountries) > 0 && len(enc.Participants) > 1 && speaksThere(st, enc, ev)
}

// speaksThere reports whether somebody of the actor's side who took part speaks
// in the words of an event, or is named in them: "Pence urged", but not "Turkey
// said" in a story of its prime minister's visit.
func speaksThere(st *story.Story, enc *story.Encounter, ev *story.Event) bool {
	took := func(id story.EntityID) bool {
		return slices.Contains(enc.Participants, id) && slices.Contains(ev.ActorCountries, st.Entity(id).Country)
	}
	if ev.Quotation != 0 {
		if q := st.Quotation(ev.Quotation); took(q.Speaker) || took(q.OnBehalfOf) {
			return true
		}
	}
	for _, sp := range ev.Spans {
		first, end := st.WordsIn(sp)
		for w := first; w < end; w++ {
			if slices.ContainsFunc(st.Denotes(w), took) {
				return true
			}
		}
	}
	return false
}

// sceneOfDateline places encounters that name no place where the story was
// written: a guest whom the story's own country received, and a meeting of that
// country's head told from abroad by a correspondent. The desk of an agency at
// home tells of meetings everywhere.
func (s *Stage) sceneOfDateline(st *story.Story) {
	at := st.Dateline.Country
	if at == "" {
		return
	}
	for i := range st.Encounters {
		enc := &st.Encounters[i]
		if enc.Place.Name != "" || enc.Status != story.Occurred || enc.Date != "" && !datesAgree(enc.Date, storyDay(st)) {
			continue
		}
		switch enc.Kind {
		case "meeting", "talks", "ceremony":
		default:
			continue
		}
		if enc.By == "event/encounter:speak-with" {
			continue // from afar, for all that is told
		}
		if host := hostHere(st, enc, at); host && (enc.By == "event/encounter:receive" || enc.By == "event/encounter:host" || !s.atDesk(st)) {
			enc.Place = s.datelinePlace(st)
		}
	}
}

// hostHere reports whether the head of a state is among those who met, and
// somebody from elsewhere.
func hostHere(st *story.Story, enc *story.Encounter, at string) bool {
	host, guest := false, false
	for _, id := range enc.Participants {
		e := st.Entity(id)
		guest = guest || e.Country != "" && e.Country != at
		for j := range e.Offices {
			switch e.Offices[j].Function {
			case story.HeadOfState, story.HeadOfGovernment, story.Royal:
				host = host || e.Country == at
			}
		}
	}
	return host && guest
}

// atDesk reports whether a story was written where its publisher is at home.
func (s *Stage) atDesk(st *story.Story) bool {
	if s.dip.desks[st.Publisher] == st.Dateline.Country {
		return true
	}
	for _, a := range st.Agencies {
		if s.dip.desks[a] == st.Dateline.Country {
			return true
		}
	}
	return false
}

// readDesks reads homes.tsv: at home an agency writes of meetings everywhere.
func (d *diplomacy) readDesks(pack *lang.Pack) error {
	t, err := pack.Table("homes.tsv")
	if err != nil {
		return err
	}
	d.desks = make(map[string]string, len(t.Rows))
	for _, row := range t.Rows {
		d.desks[row.Get("publisher")] = row.Get("country")
	}
	return nil
}

// posting is a mission of a state and where it is: "the U.S. Embassy to
// Russia", "the North Korean mission in Geneva".
type posting struct {
	of     string // code of the state that it belongs to
	entity story.EntityID
	at     story.Where
}

// acts reports whether the words of an event name the mission.
func (p *posting) acts(st *story.Story, ev *story.Event) bool {
	if slices.Contains(ev.Actors, p.entity) {
		return true
	}
	if ev.Quotation != 0 && st.Quotation(ev.Quotation).Speaker == p.entity {
		return true
	}
	for w := st.Sent(st.Word(ev.TriggerWord).Sent).FirstWord; w < ev.TriggerWord; w++ {
		if slices.Contains(st.Denotes(w), p.entity) {
			return true
		}
	}
	return false
}

// postings finds the missions of a story that the words place.
func (s *Stage) postings(st *story.Story) []posting {
	var out []posting
	for i := range st.Mentions {
		m := &st.Mentions[i]
		if m.Entity == 0 || m.Head == 0 || m.Type == story.PronounMention || len(out) == maxMissions {
			continue
		}
		e := st.Entity(m.Entity)
		if e.Kind != story.Organization || e.Country == "" || !s.lx.is(st.Word(m.Head), classMission) {
			continue
		}
		if slices.ContainsFunc(out, func(p posting) bool { return p.entity == m.Entity }) {
			continue
		}
		if at := s.postedAt(st, m); at.Country != "" && at.Country != e.Country {
			out = append(out, posting{e.Country, m.Entity, at})
		}
	}
	return out
}

// postedAt returns the place behind the preposition after a mission, or the
// city in its name: "Kedutaan Besar AS di Moskow", "KBRI Bucharest".
func (s *Stage) postedAt(st *story.Story, m *story.Mention) story.Where {
	first, at := st.WordsIn(m.Span)
	for w := first; w < at; w++ {
		if w != m.Head && isPlace(st, w) {
			return s.whereAt(st, w)
		}
	}
	end := min(sentenceOf(st, m.Head).EndWord, at+8)
	placed := false
	for w := at; w < end; w++ {
		word := st.Word(w)
		switch {
		case isPlace(st, w) && placed:
			return s.whereAt(st, w)
		case s.dip.at.has(word) || s.dip.toward.has(word) || s.dip.to.has(word):
			placed = true
		case word.UPOS == story.VERB || word.UPOS == story.PUNCT:
			return story.Where{}
		}
	}
	return story.Where{}
}
