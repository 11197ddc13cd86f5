package event

import "kawat/story"

// encounterStatus reads whether an encounter took place. A cue may say so
// itself; else the words around it do: "akan bertemu", "batal bertemu",
// "menjelang pertemuan", "mendesak pertemuan".
func (s *Stage) encounterStatus(st *story.Story, rule *encounterRule, w story.WordID) story.Status {
	if rule.status != "" {
		return rule.status
	}
	if s.calledOff(st, w) || s.contradicted(st, w) {
		return story.Denied
	}
	if marked(st, w, s.dip.after) {
		return story.Occurred
	}
	if marked(st, w, s.dip.before) {
		return story.Planned
	}
	if marked(st, w, s.dip.during) {
		return s.during(st, predicate(st, w))
	}
	out := s.cueStatus(st, w)
	if out == story.Occurred {
		out = s.statusBefore(st, w)
	}
	if s.underWay(st, w) {
		return story.Occurred
	}
	if s.prospect(st, w) {
		return story.Conditional
	}
	at := w
	for range maxRise {
		word := st.Word(at)
		if word.Head == 0 || out != story.Occurred {
			return out
		}
		rel, head := word.Rel(), word.Head
		switch rel {
		case "advcl", "acl", "dep":
			if rel == "acl" && s.purpose(st, at) && s.ordinalBefore(st, at) {
				return out
			}
			if !s.purpose(st, at) {
				if rel == "advcl" && s.during(st, head) == story.Planned && !s.toldPast(st, at) {
					return story.Planned // "will ask China when meeting Xi"
				}
				return out
			}
			// "menolak untuk bertemu", "tiba untuk bertemu"
			if up := s.headStatus(st.Word(head)); up != story.Occurred {
				return up
			}
			return story.Planned
		case "nmod":
			if s.dip.before.has(st.Word(head)) {
				return story.Planned // "on the eve of his trip"
			}
			if s.dip.outcome.has(st.Word(head)) {
				return out // "does not know the contents of their talks"
			}
		case "obl":
			if s.dip.leaving.has(st.Word(head)) && marked(st, at, s.dip.from) {
				return story.Denied // "shied away from a meeting"
			}
			if s.plannedAt(st, head) || marked(st, head, s.dip.before) {
				return story.Planned // "the day before he leaves on a trip", "would accompany the king on his trip"
			}
			return out
		case "parataxis", "list":
			if word := st.Word(at); word.UPOS == story.VERB && st.Child(at, "nsubj", "aux") == 0 && !hasFeat(word.Feats, "Tense=Past") && !lookup(s.dip.past, word.Form) && s.plannedAt(st, head) && at > head {
				return story.Planned // "will attend the summit in Danang, make a state visit to Hanoi"
			}
			return out
		case "obj":
			if st.Word(at).UPOS != story.VERB && s.dip.announce.has(st.Word(head)) {
				return story.Planned // "announcing the visit"
			}
		case "ccomp":
			if s.dip.planned.has(st.Word(head)) || s.dip.asked.has(st.Word(head)) {
				return s.headStatus(st.Word(head))
			}
			return out
		case "nsubj", "csubj":
			switch {
			case s.dip.denied.has(st.Word(head)) && !s.negation(st.Word(head)):
				return story.Denied
			case rel == "nsubj" && s.dip.mooted.has(st.Word(head)) && passive(st, head):
				return story.Conditional // "a meeting was being discussed"
			case s.dip.happen.has(st.Word(head)) && s.plannedAt(st, head) || rel == "nsubj" && s.dip.planned.has(st.Word(head)) && st.Word(head).UPOS == story.VERB:
				return story.Planned // "pertemuan itu akan digelar", not "would help to usher in a new chapter"
			}
			return out
		}
		at = head
		out = s.cueStatus(st, at)
		if out == story.Occurred {
			out = s.headStatus(st.Word(at))
		}
	}
	return out
}

// underWay reports whether an encounter is one that somebody ends or goes on
// with: "will wrap up his visit". It has begun, whenever it ends.
func (s *Stage) underWay(st *story.Story, w story.WordID) bool {
	word := st.Word(w)
	if word.Rel() != "obj" || word.UPOS == story.VERB || !s.dip.finish.has(st.Word(word.Head)) || s.negated(st, word.Head) {
		return false
	}
	r := st.Word(word.Head).Rel()
	return r != "conj" && r != "parataxis" // "will visit Hanoi and end his trip in Manila"
}

// prospect reports whether an encounter is one that may come about: "the
// possibility of organizing a visit".
func (s *Stage) prospect(st *story.Story, w story.WordID) bool {
	for range 3 {
		word := st.Word(w)
		if word.Head == 0 {
			return false
		}
		switch r := word.Rel(); {
		case s.dip.prospect.has(st.Word(word.Head)) && (r == "nmod" || r == "acl" || r == "advcl"):
			return true
		case r != "obj" && r != "nmod":
			return false
		}
		w = word.Head
	}
	return false
}

// toldPast reports whether a clause with a subject of its own stands in the past:
// "will look back on when he hosted the king".
func (s *Stage) toldPast(st *story.Story, w story.WordID) bool {
	word := st.Word(w)
	return st.Child(w, "nsubj") != 0 && st.Child(w, "aux") == 0 && (hasFeat(word.Feats, "Tense=Past") || lookup(s.dip.past, word.Form))
}

// statusBefore reads the word right before a verb of meeting where the tree may
// hang it elsewhere: "batal berkunjung", "dijadwalkan mengunjungi".
func (s *Stage) statusBefore(st *story.Story, w story.WordID) story.Status {
	word := st.Word(w)
	if word.UPOS != story.VERB || w <= sentenceOf(st, w).FirstWord {
		return story.Occurred
	}
	prev := st.Word(w - 1)
	switch {
	case prev.Mention != 0 || prev.UPOS == story.PUNCT || prev.UPOS == story.SCONJ:
		return story.Occurred
	case s.dip.denied.has(prev):
		return story.Denied
	case s.dip.planned.has(prev) && prev.UPOS != story.NOUN:
		return story.Planned
	}
	return story.Occurred
}

// contradicted reports whether a verb of denying has the clause of an encounter
// for its content: "Kremlin membantah bahwa Presiden Rusia akan bertemu".
func (s *Stage) contradicted(st *story.Story, w story.WordID) bool {
	p := predicate(st, w)
	word := st.Word(p)
	if word.Head == 0 || word.Rel() != "ccomp" && word.Rel() != "advcl" {
		return false
	}
	head := st.Word(word.Head)
	if head.UPOS != story.VERB || !s.dip.denied.has(head) || s.purpose(st, p) || s.negated(st, word.Head) {
		return false
	}
	if word.Rel() == "ccomp" {
		return true
	}
	m := st.Child(p, "mark")
	return m != 0 && !s.dip.after.has(st.Word(m)) && !s.dip.before.has(st.Word(m)) && !s.dip.during.has(st.Word(m)) && !s.dip.cond.has(st.Word(m))
}

// calledOff reports whether a sentence that opens with a meeting ends with its
// cancelling: "Pertemuan X dan Y yang semula dijadwalkan Senin dibatalkan". A
// subject between the two does something else.
func (s *Stage) calledOff(st *story.Story, w story.WordID) bool {
	if st.Word(w).UPOS == story.VERB || st.Word(w).Rel() != "nsubj" {
		return false
	}
	end := min(sentenceOf(st, w).EndWord, w+lookAround)
	for at := w + 1; at < end; at++ {
		word := st.Word(at)
		if word.UPOS == story.VERB && s.dip.denied.has(word) && !s.negation(word) {
			return !s.negated(st, at)
		}
		if word.Rel() == "nsubj" && word.Mention != 0 && !st.Dominates(w, at) {
			return false
		}
	}
	return false
}

// during returns the status of an encounter during which something is done: it
// lies ahead as far as the doing does.
func (s *Stage) during(st *story.Story, p story.WordID) story.Status {
	for range maxRise {
		if s.plannedAt(st, p) {
			return story.Planned // "X akan membahasnya dalam pertemuan dengan Y"
		}
		word := st.Word(p)
		if word.Rel() != "xcomp" || word.Head == 0 {
			break
		}
		if up := st.Word(word.Head); s.headStatus(up) == story.Planned && !s.dip.binding.has(up) {
			return story.Planned // "is expected to try during the summit"
		}
		p = word.Head
	}
	return story.Occurred
}

// ordinalBefore reports whether an infinitive says which one of many did it:
// "the first foreign leader to meet her", "orang pertama yang bertemu".
func (s *Stage) ordinalBefore(st *story.Story, w story.WordID) bool {
	first := sentenceOf(st, w).FirstWord
	for at := w - 1; at >= first && at+7 > w; at-- {
		if word := st.Word(at); s.dip.ordinal.has(word) {
			return true
		} else if word.UPOS == story.VERB || word.UPOS == story.PUNCT {
			return false
		}
	}
	return false
}

// purpose reports whether a clause stands behind "untuk", "to".
func (s *Stage) purpose(st *story.Story, w story.WordID) bool {
	for c := range st.Children(w) {
		if cw := st.Word(c); c < w && (cw.Rel() == "mark" || cw.Rel() == "case" || cw.UPOS == story.PART) && s.dip.purpose.has(cw) {
			return true
		}
	}
	return false
}

// negation reports whether a word only negates what it stands with.
func (s *Stage) negation(w *story.Word) bool {
	return w.UPOS == story.PART || w.UPOS == story.ADV || w.UPOS == story.AUX
}

// headStatus reads a verb above a cue: "dijadwalkan bertemu", "menolak bertemu".
func (s *Stage) headStatus(w *story.Word) story.Status {
	switch {
	case s.dip.denied.has(w):
		return story.Denied
	case s.dip.asked.has(w):
		return story.Requested
	case s.dip.planned.has(w):
		return story.Planned
	}
	return story.Occurred
}

// cueStatus reads the small words that depend on a verb.
func (s *Stage) cueStatus(st *story.Story, w story.WordID) story.Status {
	out := story.Occurred
	for c := range st.Children(w) {
		cw := st.Word(c)
		switch cw.Rel() {
		case "aux", "advmod", "mark", "cop", "det", "case":
		default:
			continue
		}
		if c < w && cw.Rel() == "aux" && st.Child(w, "mark") > c && s.purpose(st, w) {
			out = story.Planned // "is to fly to Japan"
		}
		switch {
		case s.dip.denied.has(cw) && cw.Rel() != "case":
			return story.Denied
		case s.dip.cond.has(cw):
			out = story.Conditional
		case s.dip.planned.has(cw) && out == story.Occurred:
			out = story.Planned
		}
	}
	return out
}

func (s *Stage) plannedAt(st *story.Story, w story.WordID) bool {
	for c := range st.Children(w) {
		cw := st.Word(c)
		if r := cw.Rel(); (r == "aux" || r == "advmod") && s.dip.planned.has(cw) {
			return true
		}
	}
	return false
}
