package event

import (
	"slices"
	"strings"

	"kawat/story"
)

// goalOf returns the head of what is promised: "memperkuat" in "siap
// memperkuat", "bantuan" in "menawarkan bantuan".
func (s *Stage) goalOf(st *story.Story, rule *pledgeRule, w, last story.WordID) story.WordID {
	if rule.shape == pledgeFuture {
		word := st.Word(w)
		if r := word.Rel(); r == "aux" || r == "advmod" || r == "mark" || r == "dep" || r == "case" {
			return word.Head
		}
		return 0
	}
	if rule.shape == pledgeAssure {
		return s.assurance(st, w, last)
	}
	if c := verbBelow(st, w, last, "xcomp", "ccomp"); c != 0 {
		if !verbal(st.Word(c)) { // "bersedia untuk dengan sungguh-sungguh melaksanakan"
			if v := s.goalAfter(st, w, last); v != 0 {
				return v
			}
		}
		return c
	}
	if rule.shape == pledgeNoun {
		if c := verbBelow(st, w, last, "acl", "advcl"); c != 0 {
			return c
		}
		return s.goalAfter(st, w, last) // "stressed the commitment to stand with": the parser may hang "stand" from "stressed"
	}
	if word := st.Word(w); word.Rel() == "amod" {
		if word.Head > w {
			return 0 // "promising investments"
		}
		return s.goalAfter(st, w, last) // "Cile dan Peru sepakat membuka", taken for an adjective of Peru
	}
	for at := w; at <= last; at++ {
		if c := st.Child(at, "obj"); c > last && st.Word(c).UPOS != story.PRON {
			if s.dip.pledges.goods.has(st.Word(c)) {
				return c
			}
			return s.infinitive(st, w, last, c)
		}
	}
	word := st.Word(w)
	if r := word.Rel(); (r == "aux" || r == "advmod" || r == "dep") && word.Head > last && verbal(st.Word(word.Head)) {
		return word.Head
	}
	if word := st.Word(w); word.Deprel == "acl:relcl" && st.Child(w, "nsubj") > word.Head {
		return 0 // "the services it offers to Cubans residing in the United States"
	}
	if c := verbBelow(st, w, last, "advcl", "acl", "parataxis", "conj"); c != 0 && verbal(st.Word(c)) && s.unbroken(st, last, c) {
		return c
	}
	// "sepakat untuk ...": the tree may have lost the verb behind the mark
	return s.goalAfter(st, w, last)
}

// assurance returns what somebody is assured of: "assured Zimbabwe of continued
// support", "assured Japan that it would help".
func (s *Stage) assurance(st *story.Story, w, last story.WordID) story.WordID {
	if c := verbBelow(st, w, last, "ccomp", "xcomp"); c != 0 && verbal(st.Word(c)) {
		return c
	}
	if st.Child(w, "obj", "iobj") == 0 {
		return 0
	}
	for c := range st.Children(w) {
		if c > last && st.Word(c).Rel() == "obl" && marked(st, c, s.dip.of) {
			return c
		}
	}
	return 0
}

// infinitive finds the verb behind an object that is no thing to give: "offered
// Kenya to build a port".
func (s *Stage) infinitive(st *story.Story, w, last, obj story.WordID) story.WordID {
	for c := range st.Children(w) {
		if c > obj && verbal(st.Word(c)) && s.purpose(st, c) {
			return c
		}
	}
	return 0
}

// unbroken reports whether no mark stands between two words.
func (s *Stage) unbroken(st *story.Story, a, b story.WordID) bool {
	for at := a + 1; at < b; at++ {
		if st.Word(at).UPOS == story.PUNCT {
			return false
		}
	}
	return b-a < 12
}

// verbBelow returns the first verb, else the first word, that depends on one of
// the words of a cue and stands behind it.
func verbBelow(st *story.Story, w, last story.WordID, rels ...string) story.WordID {
	best := story.WordID(0)
	for at := w; at <= last; at++ {
		for c := range st.Children(at) {
			if c <= last || !slices.Contains(rels, st.Word(c).Rel()) {
				continue
			}
			if verbal(st.Word(c)) {
				return c
			}
			if best == 0 {
				best = c
			}
		}
	}
	return best
}

// goalAfter returns the verb right behind a cue: "to stand" after "commitment".
func (s *Stage) goalAfter(st *story.Story, w, last story.WordID) story.WordID {
	end := min(sentenceOf(st, w).EndWord, last+6)
	for at := last + 1; at < end; at++ {
		if verbal(st.Word(at)) {
			return at
		}
		if st.Word(at).UPOS == story.PUNCT || st.Word(at).UPOS.Nominal() && !st.Dominates(w, at) {
			break
		}
	}
	return 0
}

// passive reports whether a clause says what is done to its subject.
func passive(st *story.Story, w story.WordID) bool {
	for c := range st.Children(w) {
		switch st.Word(c).Deprel {
		case "aux:pass", "nsubj:pass":
			return true
		}
	}
	return false
}

func verbal(w *story.Word) bool { return w.UPOS == story.VERB }

// hedged reports whether somebody only hopes, asks or supposes that the pledge
// is made: "berharap Jepang bersedia", "if Japan agrees".
func (s *Stage) hedged(st *story.Story, w, goal story.WordID) bool {
	for _, at := range [...]story.WordID{w, goal} {
		for c := range st.Children(at) {
			if cw := st.Word(c); cw.Rel() == "mark" && s.dip.cond.has(cw) {
				return true
			}
		}
	}
	at := w
	for range maxRise {
		word := st.Word(at)
		if word.Head == 0 {
			return false
		}
		switch word.Rel() {
		case "xcomp", "ccomp", "advcl", "acl", "conj":
			if word.Rel() != "conj" && word.Rel() != "advcl" && s.dip.wished.has(st.Word(word.Head)) {
				return true
			}
		}
		at = word.Head
	}
	return false
}

// asksWhether reports whether a future is only asked about: "ditanya apakah ia
// akan menyerang", "declined to say whether he would sign".
func (s *Stage) asksWhether(st *story.Story, w story.WordID) bool {
	first := sentenceOf(st, w).FirstWord
	for at := w - 1; at >= first && at+8 > w; at-- {
		word := st.Word(at)
		if s.dip.whether.has(word) {
			return true
		}
		if word.UPOS == story.PUNCT || word.UPOS == story.VERB {
			return false
		}
	}
	return false
}

// givenTo takes what is promised on to its kind and to whom it goes: "$30
// million in emergency aid to Pakistan".
func (s *Stage) givenTo(st *story.Story, p *story.Pledge, w, goal story.WordID) {
	for c := range st.Children(w) {
		if c < goal || st.Word(c).Rel() != "obl" || isTime(st, c) {
			continue
		}
		if s.dip.pledges.goods.has(st.Word(c)) || marked(st, c, s.dip.to) && len(st.Denotes(c)) > 0 {
			p.Content = p.Content.Cover(st.Subtree(c))
		}
	}
}

// duty reports whether somebody only ought to bind himself: "kita harus terus
// berkomitmen".
func (s *Stage) duty(st *story.Story, w story.WordID) bool {
	for c := range st.Children(w) {
		cw := st.Word(c)
		if r := cw.Rel(); (r == "aux" || r == "advmod") && s.lx.is(cw, classMust) {
			return true
		}
	}
	return false
}

func (s *Stage) negated(st *story.Story, w story.WordID) bool {
	for c := range st.Children(w) {
		cw := st.Word(c)
		if r := cw.Rel(); (r == "advmod" || r == "aux" || r == "det") && s.lx.is(cw, classNegation) {
			return true
		}
	}
	return false
}

// goalSpan returns the words of what is promised.
func (s *Stage) goalSpan(st *story.Story, rule *pledgeRule, w, last, goal, sub story.WordID) story.Span {
	sp := s.inOneBreath(st, w, goal, st.Subtree(goal))
	after := st.Word(last).Span.End
	if rule.shape == pledgeFuture || st.Word(w).Head == goal || sp.Start < after {
		sp.Start = max(after, min(st.Word(goal).Span.Start, sp.End))
		if goal <= last {
			sp.Start = st.Word(goal).Span.Start
		}
	}
	sp.Start = s.pastMarks(st, sp)
	for _, q := range st.Quotations {
		for _, c := range q.Content {
			if c.Start <= sp.Start && sp.Start < c.End && c.End < sp.End {
				sp.End = c.End
			}
		}
	}
	text := strings.TrimRight(st.Text[sp.Start:max(sp.Start, sp.End)], " .,;:\"'”’\n\t")
	sp.End = sp.Start + len(text)
	return sp
}

// inOneBreath takes in what is promised in the same breath, which the tree may hang
// from the cue: "siap memperkuat komunikasi serta meningkatkan koordinasi".
func (s *Stage) inOneBreath(st *story.Story, w, goal story.WordID, sp story.Span) story.Span {
	if st.Word(goal).Head != w || goal < w {
		return sp
	}
	_, end := st.WordsIn(sp)
	for c := range st.Children(w) {
		word := st.Word(c)
		if c < end || word.Rel() != "conj" || word.UPOS != story.VERB || st.Child(c, "nsubj") != 0 || hasFeat(word.Feats, "VerbForm=Fin") {
			continue
		}
		for end < c && (st.Word(end).UPOS == story.CCONJ || st.Word(end).UPOS == story.PUNCT) {
			end++
		}
		if end != c || st.Word(c-1).UPOS != story.CCONJ {
			return sp
		}
		sp = sp.Cover(st.Subtree(c))
		_, end = st.WordsIn(sp)
	}
	return sp
}

// pastMarks returns where a promise begins behind blanks and behind "to",
// "untuk", "of".
func (s *Stage) pastMarks(st *story.Story, sp story.Span) int {
	w, end := st.WordsIn(sp)
	for w < end && (s.dip.purpose.has(st.Word(w)) || s.dip.of.has(st.Word(w)) || st.Word(w).UPOS == story.PUNCT) {
		w++
	}
	if w >= end {
		return sp.Start
	}
	return st.Word(w).Span.Start
}

// vague reports whether a promise names no act, no goal and no date: "siap
// memperkuat kerja sama bilateral".
func (s *Stage) vague(st *story.Story, p *story.Pledge, goal story.WordID) bool {
	first, end := st.WordsIn(p.Content)
	if a, z := timesIn(st, p.Content); a < z || p.Act == "agreed" {
		return false // what two have agreed is an agreement, however general
	}
	if verbal(st.Word(goal)) && !s.dip.pledges.vagueVerb.has(st.Word(goal)) {
		return false
	}
	for w := first; w < end; w++ {
		word := st.Word(w)
		switch word.UPOS {
		case story.NOUN, story.PROPN, story.NUM:
		case story.ADJ: // "expand military cooperation"
			if word.Rel() != "amod" || word.Mention != 0 {
				continue
			}
		default:
			continue
		}
		if s.dip.pledges.vagueNoun.has(word) {
			continue
		}
		if word.Mention != 0 {
			if !s.foreign(st, word.Mention, p.By) {
				continue
			}
			if m := st.Mention(word.Mention); m.Kind == story.State || m.Kind == story.Person || m.Type != story.NameMention {
				continue
			}
		}
		if word.UPOS == story.PROPN && word.Rel() == "flat" {
			continue
		}
		return false
	}
	return true
}

// deadline reports whether a time stands behind "before", "by": "sebelum akhir
// bulan" lies ahead, though the month is this one.
func (s *Stage) deadline(st *story.Story, t *story.Time) bool {
	w, end := st.WordsIn(t.Span)
	if w >= end {
		return false
	}
	for at := w; at+3 > w && at > sentenceOf(st, w).FirstWord; at-- {
		if s.dip.until.has(st.Word(at - 1)) {
			return true
		}
	}
	return false
}

// terms reads the condition and the day of a promise.
func (s *Stage) terms(st *story.Story, p *story.Pledge, w, goal story.WordID) {
	for _, head := range [...]story.WordID{goal, w} {
		for c := range st.Children(head) {
			if st.Word(c).Rel() != "advcl" {
				continue
			}
			for m := range st.Children(c) {
				if mw := st.Word(m); mw.Rel() == "mark" && s.dip.cond.has(mw) {
					sp := st.Subtree(c)
					if first, end := st.WordsIn(sp); first < end && first == m && first+1 < end {
						if p.Content.Contains(sp) && p.Content.Start < sp.Start {
							p.Content.End = sp.Start + len(strings.TrimRight(st.Text[:sp.Start], " ,")) - len(st.Text[:sp.Start])
						}
						sp.Start = st.Word(first + 1).Span.Start // "jika", "if" is no part of it
					}
					p.Condition = strings.TrimRight(st.Slice(sp), " .,;:\"”")
					p.Act = "conditional"
				}
			}
		}
	}
	day := storyDay(st)
	a, z := timesIn(st, p.Content)
	for i := a; i < z; i++ {
		t := &st.Times[i]
		if d := t.Date; d != "" && (d > day && !strings.HasPrefix(day, d) || strings.HasPrefix(day, d) && s.deadline(st, t)) {
			p.Due = d
			return
		}
	}
}
