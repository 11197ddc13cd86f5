package event

import (
	"slices"

	"kawat/plover"
	"kawat/story"
)

// settings gives events the day and the place of the encounter in which they
// happened, whoever hosted it, and what else the copy tells of where a government spoke.
func (s *Stage) settings(st *story.Story, hosts []story.EntityID) {
	s.sceneOfHosts(st)
	s.sceneOfDateline(st)
	s.sceneAtHome(st, hosts)
	for i := range st.Encounters {
		shareSetting(st, &st.Encounters[i])
	}
	seats := s.postings(st)
	lead := leadEnd(st)
	for i := range st.Events {
		ev := &st.Events[i]
		if ev.Date == "" && s.spoken(ev.Type) {
			if enc := s.meetingOf(st, ev); enc != nil {
				ev.Date = enc.Date // "Kedua menteri menandatangani ..." in the meeting that the lead dates
			}
		}
		if ev.Place.Name == "" && !callEvent(ev) {
			ev.Place = s.settingOf(st, ev, seats, lead)
		}
		switch {
		case s.unplaced(st, &ev.Place):
			ev.Place.Country = stateOfDeed(ev)
		case ev.Place.Name != "":
		case ev.Type == plover.Aid && ev.Status == story.Occurred:
			ev.Place = s.placeOfAid(st, ev)
		case ev.Type == plover.Sanction && ev.Mode == "expel":
			ev.Place = s.placeLeft(st, ev)
		case ev.Type == plover.Assault:
			ev.Place = s.placeOfTarget(st, ev)
		}
	}
}

// placeOfAid returns the state to which help went, where the words say so:
// "mengirim 400 polisi ke Haiti", "handed over the tents to Nepal".
func (s *Stage) placeOfAid(st *story.Story, ev *story.Event) story.Where {
	sent := st.Sent(st.Word(ev.TriggerWord).Sent)
	end := min(sent.EndWord, ev.TriggerWord+lookAround)
	for w := ev.TriggerWord + 1; w < end; w++ {
		if isPlace(st, w) && s.behindTo(st, w) && slices.Contains(ev.RecipientCountries, st.Entity(st.Denotes(w)[0]).Country) {
			return s.whereAt(st, w)
		}
	}
	return story.Where{}
}

// placeLeft returns from where somebody was expelled: "expelled 15 diplomats from
// Washington".
func (s *Stage) placeLeft(st *story.Story, ev *story.Event) story.Where {
	sent := st.Sent(st.Word(ev.TriggerWord).Sent)
	end := min(sent.EndWord, ev.TriggerWord+lookAround)
	for w := ev.TriggerWord + 1; w < end; w++ {
		if isPlace(st, w) && marked(st, w, s.dip.from) && slices.Contains(ev.ActorCountries, st.Entity(st.Denotes(w)[0]).Country) {
			return s.whereAt(st, w)
		}
	}
	return story.Where{}
}

// stateOfDeed returns the state in which a place of no table lies by what was
// done there: violence in the state that suffered it, a deployment in one's own.
func stateOfDeed(ev *story.Event) string {
	side := ev.RecipientCountries
	if ev.Type == plover.Mobilize {
		side = ev.ActorCountries
	} else if ev.Type != plover.Assault {
		return ""
	}
	if len(side) != 1 {
		return ""
	}
	return side[0]
}

// placeOfTarget returns the state on which violence was done, where the words
// name the state itself: "launched airstrikes on Iran", "menyerang Iran", but not
// "attacked an Iranian ship" or "Iran's embassy".
func (s *Stage) placeOfTarget(st *story.Story, ev *story.Event) story.Where {
	if ev.Status != story.Occurred && ev.Status != story.Ongoing {
		return story.Where{}
	}
	end := min(st.Sent(st.Word(ev.TriggerWord).Sent).EndWord, ev.TriggerWord+lookAround)
	for w := ev.TriggerWord + 1; w < end; w++ {
		word := st.Word(w)
		if word.UPOS == story.VERB && word.Mention == 0 || word.UPOS == story.SCONJ {
			break
		}
		if !isPlace(st, w) || s.qualifies(st, w) || !slices.Contains(ev.RecipientCountries, st.Entity(st.Denotes(w)[0]).Country) {
			continue
		}
		if word.Rel() == "obj" || marked(st, w, s.dip.onto) || marked(st, w, s.dip.at) || s.behindTo(st, w) {
			return s.whereAt(st, w)
		}
	}
	return story.Where{}
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
		if ev.Type == plover.Consult && ev.Date == "" && ev.Mode != "visit" && enc.Kind != "visit" && enc.Status == story.Occurred && enc.Date != "" && onlyOne(st, enc) {
			// "during the talks": those that the lead told of
			ev.Date = enc.Date
			if enc.Place.Name != "" && enc.Kind != "call" {
				ev.Place = enc.Place
			}
		}
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

// onlyOne reports whether an encounter is the only one of its event.
func onlyOne(st *story.Story, enc *story.Encounter) bool {
	n := 0
	for i := range st.Encounters {
		if st.Encounters[i].Event == enc.Event {
			n++
		}
	}
	return n == 1
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
	if enc := s.meetingOf(st, ev); enc != nil && enc.Place.Name != "" {
		return enc.Place
	}
	if enc := s.occasionOf(st, ev); enc != nil {
		return enc.Place
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
	if ev.AssertedBy != 0 || ambassadorSpeaks(st, ev) {
		return story.Where{}
	}
	if home && (ev.TriggerWord < lead || ev.Date == "" || ev.Date == st.Dateline.Date) {
		return s.datelinePlace(st)
	}
	return s.seatOfOrgan(st, ev)
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

// spoken reports whether events of a type are done by words or decisions, and
// so where the government is that speaks or decides.
func (s *Stage) spoken(typ string) bool {
	t, _ := s.book.Type(typ)
	return typ != plover.Consult && (t.Quad == plover.VerbalConflict || t.Quad == plover.VerbalCooperation) || typ == plover.Sanction
}

// meetingOf returns the encounter in which the sides of an event met, if it was
// told of as said there: behind the meeting's first mention and on the same day. What
// somebody only recalls in marks ("Presiden Putin dan saya telah sepakat") was
// elsewhere.
func (s *Stage) meetingOf(st *story.Story, ev *story.Event) *story.Encounter {
	if ev.Type == plover.Agree && ev.Status == story.Occurred && ev.Quotation != 0 && st.Quotation(ev.Quotation).Kind == story.Direct {
		return nil
	}
	var found *story.Encounter
	for i := range st.Encounters {
		enc := &st.Encounters[i]
		if enc.Status != story.Occurred || enc.Kind == "call" || !datesAgree(enc.Date, ev.Date) {
			continue
		}
		if farBack(enc.Date, storyDay(st)) && !within(ev.Trigger, enc.Spans) {
			continue // "at their first meeting in April" they said other things
		}
		if !partOf(st, enc, ev) || len(ev.Spans) > 0 && ev.Spans[0].End < enc.Spans[0].Start && st.SentAt(enc.Spans[0].Start) > leadSentences {
			continue
		}
		if found != nil && found.Place.Country != enc.Place.Country {
			return nil // two meetings in two places
		}
		if found == nil {
			found = enc
		}
	}
	return found
}

// occasionOf returns the visit or meeting that the sentence of an event names as
// its occasion: "Visiting Seoul last week, Trump warned North Korea".
func (s *Stage) occasionOf(st *story.Story, ev *story.Event) *story.Encounter {
	if ev.Status == story.Planned || len(ev.ActorCountries) != 1 {
		return nil
	}
	for i := range st.Encounters {
		enc := &st.Encounters[i]
		if enc.Status != story.Occurred || enc.Kind == "call" || enc.Place.Country == "" || !within(ev.Trigger, enc.Spans) || !datesAgree(enc.Date, ev.Date) {
			continue
		}
		if hasCountry(st, enc.Participants, ev.ActorCountries[0]) && speaksThere(st, enc, ev) {
			return enc
		}
	}
	return nil
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
	return len(ev.ActorCountries) > 0 && len(enc.Participants) > 1 && (ev.Symmetric || speaksThere(st, enc, ev))
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
