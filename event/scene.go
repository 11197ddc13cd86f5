package event

import (
	"strings"

	"kawat/plover"
	"kawat/story"
)

// clauseTime returns the date expression that belongs to a predicate: the one
// whose nearest predicate it is, else the only one of the sentence, nil if
// there is none.
func (r *run) clauseTime(pred story.WordID) *story.Time {
	st := r.st
	sent := st.Sent(st.Word(pred).Sent)
	var only *story.Time
	n := 0
	from, to := timesIn(st, sent.Span)
	for i := from; i < to; i++ {
		t := &st.Times[i]
		if t.Date == "" {
			continue
		}
		n++
		only = t
		first, end := st.WordsIn(t.Span)
		for w := first; w < end; w++ {
			if r.governor(w) == pred && !ofReport(st, first, pred) {
				return t
			}
		}
	}
	if n == 1 && !r.inside(only.Span, pred) && !r.elsewhere(only, pred) && !r.reported(only, pred) {
		return only
	}
	return nil
}

// elsewhere reports whether the one date of a sentence is that of a relative
// clause with a subject of its own: "met Kissinger, whose secret trip opened
// ties in 1972".
func (r *run) elsewhere(t *story.Time, pred story.WordID) bool {
	a, z := r.st.WordsIn(t.Span)
	return a < z && a > pred && timeCost(r.st, top(r.st, a, z), pred, clauseOf(r.st, pred)) >= 1000
}

// reported reports whether the one date of a sentence is the day of the saying.
func (r *run) reported(t *story.Time, pred story.WordID) bool {
	a, z := r.st.WordsIn(t.Span)
	return a < z && ofReport(r.st, a, pred)
}

// inside reports whether a time stands in a quotation around which the
// predicate is not.
func (r *run) inside(sp story.Span, pred story.WordID) bool {
	first, end := r.st.WordsIn(sp)
	return first < end && r.quotationOf(first) != r.quotationOf(pred)
}

// governor returns the predicate under which a word stands.
func (r *run) governor(w story.WordID) story.WordID {
	for i := 0; i < maxClimb; i++ {
		w = r.st.Word(w).Head
		if w == 0 {
			return 0
		}
		if u := r.st.Word(w).UPOS; (u == story.VERB || u == story.ADJ) && (!capital(r.st.Word(w).Form) || w == r.st.Sent(r.st.Word(w).Sent).FirstWord) {
			return w // but "Yang Di-Pertuan" is a title
		}
	}
	return 0
}

// dateOf returns the day of an act, "" if the story does not tell. What is done
// by being spoken is not done on a day to come: "supports Peru in leading the
// bloc next year", "pledged to open a consulate in March".
func (r *run) dateOf(h *hit, speech, planned bool) string {
	if t := r.clauseTime(h.pred); t != nil && !r.ahead(h, speech, planned) {
		return pointOf(t)
	}
	if day := r.thatDay(h); day != "" {
		return day
	}
	if up := r.governor(h.pred); up != 0 {
		switch r.st.Word(h.pred).Rel() {
		case "xcomp", "conj", "advcl":
			if t := r.clauseTime(up); t != nil {
				return pointOf(t)
			}
		}
	}
	if r.lead(h.word) && !(h.frame.code.typ == plover.Consult && r.longPast(r.st, h.pred)) {
		return r.newsDay()
	}
	if speech {
		if r.meetingDay != "" {
			return r.meetingDay
		}
		return r.newsDay()
	}
	return ""
}

// thatDay returns the day of what was told last, where the clause points back to
// it: "Obama at the time expelled 35 diplomats".
func (r *run) thatDay(h *hit) string {
	st := r.st
	for c := range st.Children(h.pred) {
		if !r.lx.marked(st.Word(c), markThen) || st.Word(c).Rel() != "obl" || st.Child(c, "det") == 0 || st.Child(c, "amod", "nmod", "acl", "nummod") != 0 {
			continue // "at the same time", "at the time of his visit"
		}
		first := st.Sent(st.Word(h.word).Sent).FirstWord
		if first <= 1 {
			return ""
		}
		from, to := timesIn(st, st.Sent(st.Word(first-1).Sent).Span)
		if to > from {
			return pointOf(&st.Times[to-1])
		}
	}
	return ""
}

// ahead reports whether the clause of what is done by being spoken is about a
// day to come; when and where it tells is not of the speaking.
func (r *run) ahead(h *hit, speech, planned bool) bool {
	t := r.clauseTime(h.pred)
	return t != nil && speech && !planned && r.toCome(pointOf(t))
}

// toCome reports whether a date lies behind the day of the news.
func (r *run) toCome(date string) bool {
	day := r.newsDay()
	return day != "" && date > day && !strings.HasPrefix(day, date)
}

// lead reports whether a word stands in the first two sentences of the story.
func (r *run) lead(w story.WordID) bool {
	n := 0
	for i := range r.st.Sents {
		if r.st.Parts[r.st.Sents[i].Part].Kind != story.PartParagraph {
			continue
		}
		if n++; w < r.st.Sents[i].EndWord {
			return true
		}
		if n == 2 {
			return false
		}
	}
	return false
}

// newsDay returns the day of the news where the copy tells it.
func (r *run) newsDay() string { return r.told }

// placeOf returns where an act took place: a place behind a preposition of
// place below its predicate.
func (r *run) placeOf(h *hit) story.Where {
	words := r.onlyWords(h)
	for _, w := range [3]story.WordID{h.pred, h.word, h.object} {
		if w == 0 || words && w == h.object {
			continue
		}
		for c := range r.st.Children(w) {
			if c < w && r.st.Word(c).Rel() == "nsubj" {
				continue
			}
			if r.caseClass(c)&classPlace == 0 || r.amid(c) {
				continue
			}
			if where, ok := r.where(c); ok {
				return where
			}
		}
	}
	// The tree may hang the place from a name: "bertemu Menlu Rusia di Beijing".
	end := r.window(h.word, 16)
	typ := h.frame.code.typ
	for i := h.word + 1; i+1 < end; i++ {
		word := r.st.Word(i)
		if (typ == plover.Agree || typ == plover.Request) && word.UPOS == story.VERB && word.Mention == 0 && i != h.pred && i != h.object {
			break // "promised to build a dam in Nepal": the promise was made elsewhere
		}
		if words && word.UPOS == story.NOUN && word.Mention == 0 {
			break // "condemned the minister's remarks in Paris"
		}
		if word.UPOS != story.ADP || !r.lx.is(word, classPlace) || r.amid(word.Head) || r.seated(h, word.Head) {
			continue
		}
		for j := i + 1; j < end && j-i <= 4; j++ {
			if r.st.Word(j).Mention == 0 {
				continue
			}
			if where, ok := r.where(j); ok {
				return where
			}
			break
		}
	}
	if r.passive(h.pred) {
		return r.placeBefore(h) // of whom it was done to
	}
	return story.Where{}
}

// atHomeOf reports whether an act that names no place took place in the state that
// did it: talks that it hosted, force against its own people, a test of its weapons
// that is aimed at nobody.
func (r *run) atHomeOf(h *hit, ev *story.Event) bool {
	if len(ev.ActorCountries) != 1 || ev.Status == story.Denied {
		return false
	}
	switch {
	case h.frame.flags&flagHost != 0:
		return true
	case ev.Domestic:
		return ev.Type == plover.Retreat || r.hostile(ev.Type) && ev.Type != plover.Sanction
	}
	return ev.Type == plover.Mobilize && len(ev.RecipientCountries) == 0
}

// homePlace describes a state as the place of an act.
func (r *run) homePlace(code string) story.Where {
	id := r.stateOf(code)
	if id == 0 {
		return story.Where{}
	}
	e := r.st.Entity(id)
	return story.Where{Entity: id, Name: e.Name, Country: code, Lat: e.Lat, Lon: e.Lon}
}

// amid reports whether a phrase tells among what something happens and not where:
// "di tengah ketegangan Israel-Iran".
func (r *run) amid(w story.WordID) bool {
	if w == 0 {
		return false
	}
	c := r.caseWord(w)
	return c != 0 && c+1 < r.st.Sent(r.st.Word(w).Sent).EndWord && r.lx.marked(r.st.Word(c+1), markMidst)
}

// seated reports whether a place behind the trigger only tells where a government or
// a body has its seat: "met the prime minister of the government in Tripoli".
func (r *run) seated(h *hit, w story.WordID) bool {
	if w == 0 {
		return false
	}
	up := r.st.Word(w).Head
	return up > h.word && r.st.Word(w).Rel() == "nmod" && r.st.Word(up).UPOS == story.NOUN && r.lx.is(r.st.Word(up), classActor)
}

// onlyWords reports whether an act is done by words alone, so that a place among
// what it is about is not its own. A signing or a suit has a place of its own.
func (r *run) onlyWords(h *hit) bool {
	switch h.frame.code.typ {
	case plover.Accuse, plover.Support, plover.Threaten:
		c := h.frame.code.cameo
		return !strings.HasPrefix(c, "057") && !strings.HasPrefix(c, "115") && !strings.HasPrefix(c, "09")
	}
	return false
}

// placeBefore returns the last place before a predicate in its sentence that a
// preposition of place marks: "a translator at the consulate in Adana was arrested".
func (r *run) placeBefore(h *hit) story.Where {
	st := r.st
	first := st.Sent(st.Word(h.word).Sent).FirstWord
	for i := h.word - 1; i > first; i-- {
		if st.Word(i).UPOS != story.ADP || !r.lx.is(st.Word(i), classPlace) {
			continue
		}
		for j := i + 1; j < h.word && j-i <= 4; j++ {
			if st.Word(j).Mention == 0 {
				continue
			}
			if where, ok := r.where(j); ok && where.Country != "" {
				return where
			}
			break
		}
	}
	return story.Where{}
}

// where describes the place that a phrase names; a phrase such as "Istana
// Kepresidenan di Bucharest" is where the place in it is.
func (r *run) where(w story.WordID) (story.Where, bool) {
	if r.dip == nil {
		return story.Where{}, false
	}
	p := r.placeIn(r.st, w, 0)
	if p == 0 {
		return story.Where{}, false
	}
	where := r.whereAt(r.st, p)
	return where, where.Name != ""
}
