package event

import (
	"slices"
	"strings"

	"kawat/lang"
	"kawat/story"
)

// pledgeTable is the compiled pledges.tsv: words that bind somebody to an act,
// and words that bind to nothing in particular.
type pledgeTable struct {
	rules []pledgeRule
	cues  cueTable

	vagueVerb termSet // "memperkuat" in "siap memperkuat kerja sama"
	vagueNoun termSet // "kerja sama"
	goods     termSet // "bantuan" in "menawarkan bantuan": things that states give each other
	noAct     termSet // "akan bertemu", "will be": an encounter or a forecast
}

type pledgeRule struct {
	by    string // "event/pledge:ready"
	act   string
	shape pledgeShape
}

type pledgeShape uint8

const (
	pledgeMarker pledgeShape = iota + 1 // binds its clause: "siap V", "agreed to V", "menawarkan N"
	pledgeFuture                        // mere future: binds only whoever says it of himself
	pledgeNoun                          // noun: "komitmen Jepang untuk V"
)

var pledgeShapes = map[string]pledgeShape{
	"marker": pledgeMarker, "future": pledgeFuture, "noun": pledgeNoun,
}

var pledgeActs = []string{"willing", "will", "agreed", "supports", "proposes", "refuses", "conditional", ""}

// compile reads pledges.tsv. Columns: rule, words, pos, act, shape, example.
func (t *pledgeTable) compile(pack *lang.Pack) error {
	table, err := pack.Table("pledges.tsv")
	if err != nil {
		return err
	}
	t.cues = cueTable{}
	for _, row := range table.Rows {
		words := row.List("words")
		r := pledgeRule{by: "event/pledge:" + row.Get("rule"), act: row.Get("act"), shape: pledgeShapes[row.Get("shape")]}
		pos, err := parsePOS(row)
		switch {
		case err != nil:
			return err
		case row.Get("rule") == "" || row.Get("example") == "" || len(words) == 0:
			return row.Errorf("a row needs rule, words and example")
		case r.shape == 0:
			return row.Errorf("unknown shape %q", row.Get("shape"))
		case !slices.Contains(pledgeActs, r.act):
			return row.Errorf("unknown act %q", r.act)
		}
		t.rules = append(t.rules, r)
		t.cues.add(words, len(t.rules)-1, pos)
	}
	return nil
}

// runPledges appends the pledges of a story.
func (s *Stage) runPledges(st *story.Story) {
	paragraphs(st, func(sent *story.Sentence) {
		from := len(st.Pledges)
		done := story.WordID(0)
		for w := sent.FirstWord; w < sent.EndWord; w++ {
			if w <= done || len(st.Pledges) >= maxRows {
				continue
			}
			s.dip.pledges.cues.find(st, w, sent.EndWord, func(row int, last story.WordID) bool {
				if row == decoy {
					done = last
					return true
				}
				rule := &s.dip.pledges.rules[row]
				p, ok := s.pledge(st, rule, w, last)
				if ok {
					addPledge(st, from, p)
					done = last
				}
				return ok
			})
		}
	})
}

// addPledge appends a pledge unless the sentence has it already: "siap
// memperkuat X dan akan meningkatkan Y" binds one side once.
func addPledge(st *story.Story, from int, p story.Pledge) {
	for i := from; i < len(st.Pledges); i++ {
		old := &st.Pledges[i]
		if slices.Equal(old.By, p.By) && (slices.Equal(old.To, p.To) || old.Content.Overlaps(p.Content)) {
			if old.Act == "will" && p.Act != "will" {
				old.Act, old.Evidence = p.Act, p.Evidence
			}
			old.Content = old.Content.Cover(p.Content)
			return
		}
	}
	st.Pledges = append(st.Pledges, p)
}

// pledge reads one cue.
func (s *Stage) pledge(st *story.Story, rule *pledgeRule, w, last story.WordID) (story.Pledge, bool) {
	p := story.Pledge{Act: rule.act}
	goal := s.goalOf(st, rule, w, last)
	if goal == 0 || goal == w && rule.shape != pledgeMarker {
		return p, false
	}
	if rule.shape == pledgeFuture && (!verbal(st.Word(goal)) || s.dip.pledges.noAct.has(st.Word(goal)) || passive(st, goal)) {
		return p, false
	}
	if s.hedged(st, w, goal) || s.duty(st, w) {
		return p, false
	}
	if s.negated(st, w) || s.negated(st, goal) {
		switch rule.act {
		case "will", "willing":
			p.Act = "refuses"
		case "refuses":
		default:
			return p, false
		}
	}
	sub := s.promiser(st, rule, w, goal)
	if sub == 0 {
		return p, false
	}
	p.By = s.partiesAt(st, sub)
	if len(p.By) == 0 && rule.shape != pledgeFuture && !s.dip.first.has(st.Word(sub)) && st.Word(sub).UPOS != story.PRON {
		if at := s.lastPartyBefore(st, w, sentenceOf(st, w).FirstWord); at != 0 {
			sub, p.By = at, s.partiesAt(st, at)
		}
	}
	p.Quotation = st.QuotationAt(st.Word(w).Span.Start)
	if len(p.By) == 0 && s.dip.first.has(st.Word(sub)) {
		p.By = speakerSide(st, p.Quotation)
	}
	p.By = binding(st, p.By)
	if len(p.By) == 0 {
		return p, false
	}
	if rule.shape == pledgeFuture && !s.speaksForItself(st, &p, goal, sub) {
		return p, false
	}
	p.Content = s.goalSpan(st, rule, w, last, goal, sub)
	if p.Content.Empty() || s.vague(st, &p, goal) {
		return p, false
	}
	p.To = s.receivers(st, &p, w, last)
	if len(p.To) == 0 {
		p.To = s.promisee(st, &p, sub, goal)
	}
	if len(p.To) == 0 {
		return p, false
	}
	s.terms(st, &p, w, goal)
	p.Evidence = story.Evidence{Spans: []story.Span{sentenceOf(st, w).Span}, By: rule.by, Score: 75}
	if rule.shape == pledgeFuture {
		p.Score = 60
	}
	return p, true
}

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

// promiser returns the head of the phrase that names who binds himself.
func (s *Stage) promiser(st *story.Story, rule *pledgeRule, w, goal story.WordID) story.WordID {
	if rule.shape == pledgeNoun {
		for c := range st.Children(w) {
			if len(s.partiesAtWord(st, c)) > 0 && c < goal && !marked(st, c, s.dip.to) {
				return c
			}
		}
		p := predicate(st, w)
		if sub := s.subjectOf(st, p); sub != 0 && sub != w {
			return sub
		}
		return 0
	}
	start := w
	if rule.shape == pledgeFuture {
		start = goal
	} else if r := st.Word(w).Rel(); (r == "aux" || r == "advmod" || r == "amod") && st.Word(w).Head == goal {
		start = goal
	}
	sub := s.subjectOf(st, start)
	if sub == 0 {
		sub = s.lastPartyBefore(st, w, sentenceOf(st, w).FirstWord)
	}
	if sub == 0 || strings.HasSuffix(st.Word(sub).Deprel, ":pass") {
		return 0
	}
	return sub
}

// binding keeps those who can bind a state: states, bodies, people with an
// office.
func binding(st *story.Story, ids []story.EntityID) []story.EntityID {
	var out []story.EntityID
	for _, id := range ids {
		e := st.Entity(id)
		if e.Country != "" && (e.Kind != story.Person || len(e.Offices) > 0) {
			out = append(out, id)
		}
	}
	return out
}

// speakerSide returns the side for which the speaker of a quotation speaks.
func speakerSide(st *story.Story, q story.QuotationID) []story.EntityID {
	if q == 0 {
		return nil
	}
	quo := st.Quotation(q)
	if quo.OnBehalfOf != 0 {
		return []story.EntityID{quo.OnBehalfOf}
	}
	if quo.Speaker != 0 {
		return []story.EntityID{quo.Speaker}
	}
	return nil
}

// speaksForItself reports whether a mere future stands in the words of the
// side that it binds: "Turkey said it would relax the ban", not "Turkey said
// Greece would".
func (s *Stage) speaksForItself(st *story.Story, p *story.Pledge, goal, sub story.WordID) bool {
	if s.dip.first.has(st.Word(sub)) {
		return true
	}
	// "the embassy said it would restart": the tree shows who says it
	if word := st.Word(goal); word.Rel() == "ccomp" && verbal(st.Word(word.Head)) {
		if sayer := s.subjectOf(st, word.Head); sayer != 0 && sayer != sub {
			for _, id := range s.partiesAt(st, sayer) {
				if sameSide(st, id, p.By) {
					return true
				}
			}
		}
	}
	if p.Quotation == 0 {
		return false
	}
	q := st.Quotation(p.Quotation)
	for _, id := range [...]story.EntityID{q.Speaker, q.OnBehalfOf} {
		if id == 0 {
			continue
		}
		c := st.Entity(id).Country
		for _, by := range p.By {
			if by == id || c != "" && st.Entity(by).Country == c {
				return true
			}
		}
	}
	return false
}

// goalSpan returns the words of what is promised.
func (s *Stage) goalSpan(st *story.Story, rule *pledgeRule, w, last, goal, sub story.WordID) story.Span {
	sp := st.Subtree(goal)
	after := st.Word(last).Span.End
	if rule.shape == pledgeFuture || st.Word(w).Head == goal || sp.Start < after {
		sp.Start = max(after, min(st.Word(goal).Span.Start, sp.End))
		if goal <= last {
			sp.Start = st.Word(goal).Span.Start
		}
	}
	for sp.Start < sp.End && strings.IndexByte(" ,.;:", st.Text[sp.Start]) >= 0 {
		sp.Start++
	}
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

// vague reports whether a promise names no act, no goal and no date: "siap
// memperkuat kerja sama bilateral".
func (s *Stage) vague(st *story.Story, p *story.Pledge, goal story.WordID) bool {
	first, end := st.WordsIn(p.Content)
	if a, z := timesIn(st, p.Content); a < z {
		return false
	}
	if verbal(st.Word(goal)) && !s.dip.pledges.vagueVerb.has(st.Word(goal)) {
		return false
	}
	for w := first; w < end; w++ {
		word := st.Word(w)
		switch word.UPOS {
		case story.NOUN, story.PROPN, story.NUM:
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

// receivers returns those who hang from the cue itself: "offered aid to Syria",
// "offered Syria aid", "sepakat dengan Peru untuk".
func (s *Stage) receivers(st *story.Story, p *story.Pledge, w, last story.WordID) []story.EntityID {
	if differ(st, p.By) {
		return nil
	}
	var out []story.EntityID
	for c := range st.Children(w) {
		cw := st.Word(c)
		ok := cw.Rel() == "iobj" || cw.Rel() == "obl" && (marked(st, c, s.dip.to) || marked(st, c, s.dip.with))
		if c <= last || !ok {
			continue
		}
		for _, id := range s.partiesAt(st, c) {
			if e := st.Entity(id); e.Country != "" && !sameSide(st, id, p.By) {
				addOnce(&out, id)
			}
		}
		if len(out) > 0 && c < last+20 && cw.Rel() == "obl" {
			p.Content = p.Content.Cover(st.Subtree(c))
		}
	}
	return out
}

// promisee returns to whom the promise is made: a side named in it, else the
// addressee, else whom the promiser meets in this story. Two promisers bind
// themselves to each other.
func (s *Stage) promisee(st *story.Story, p *story.Pledge, sub, goal story.WordID) []story.EntityID {
	if differ(st, p.By) {
		return slices.Clone(p.By)
	}
	var out []story.EntityID
	first, end := st.WordsIn(p.Content)
	for w := first; w < end; w++ {
		if m := st.Word(w).Mention; m != 0 && s.foreign(st, m, p.By) && s.plain(st, w, goal) {
			for _, id := range st.Refers(m) {
				if e := st.Entity(id); e.Country != "" && party(e) && len(out) < 4 {
					addOnce(&out, id)
				}
			}
		}
	}
	out = s.nearest(st, out)
	if len(out) > 0 && st.Entity(out[0]).Kind != story.Organization {
		return out
	}
	if p.Quotation != 0 {
		if a := st.Quotation(p.Quotation).Addressee; a != 0 && st.Entity(a).Country != "" && !sameSide(st, a, p.By) {
			return []story.EntityID{a}
		}
	}
	if with := partnerOf(st, p.By, st.Word(sub).Sent); len(with) > 0 && p.Act != "refuses" {
		return with
	}
	if len(out) > 0 {
		return out
	}
	return s.hostOf(st, p.By)
}

// hostOf returns the state at which a body is posted: "the U.S. Embassy to
// Russia said it would ...".
func (s *Stage) hostOf(st *story.Story, by []story.EntityID) []story.EntityID {
	for i := range st.Mentions {
		m := &st.Mentions[i]
		if m.Entity == 0 || m.Head == 0 || !slices.Contains(by, m.Entity) || st.Entity(m.Entity).Kind == story.State {
			continue
		}
		for c := range st.Children(m.Head) {
			if st.Word(c).Mention == 0 || !marked(st, c, s.dip.to) && !marked(st, c, s.dip.toward) && !marked(st, c, s.dip.at) {
				continue
			}
			for _, id := range st.Denotes(c) {
				if st.Entity(id).Kind == story.State && !sameSide(st, id, by) {
					return []story.EntityID{id}
				}
			}
		}
	}
	return nil
}

// plain reports whether a party in a promise is the one to whom something is
// done: an object, or behind "with", "to", "for". In "guard the trade routes
// amid the war of Iran" it is not.
func (s *Stage) plain(st *story.Story, w, goal story.WordID) bool {
	at := w
	for range maxRise {
		word := st.Word(at)
		if at == goal || word.Head == 0 {
			return true
		}
		switch word.Rel() {
		case "nsubj":
			return st.Word(word.Head).Head == goal // "help Kenya build a port"
		case "acl", "advcl", "ccomp", "parataxis", "csubj":
			return false
		}
		if c := caseOf(st, at); c != 0 {
			cw := st.Word(c)
			ok := s.dip.with.has(cw) || s.dip.to.has(cw) || s.dip.from.has(cw) || s.dip.of.has(cw) || s.dip.toward.has(cw) ||
				s.dip.between.has(cw) || at == w && s.dip.onto.has(cw) || word.Deprel == "nmod:poss"
			if !ok {
				return false
			}
		}
		at = word.Head
	}
	return false
}

// nearest prefers states and persons to organizations: in "coordinate with
// Russia in BRICS" the promise is to Russia.
func (s *Stage) nearest(st *story.Story, ids []story.EntityID) []story.EntityID {
	var states []story.EntityID
	for _, id := range ids {
		if st.Entity(id).Kind != story.Organization {
			states = append(states, id)
		}
	}
	if len(states) > 0 {
		return preferPersons(st, states)
	}
	return ids
}

// foreign reports whether a mention names somebody of another state.
func (s *Stage) foreign(st *story.Story, m story.MentionID, by []story.EntityID) bool {
	for _, id := range st.Refers(m) {
		if !sameSide(st, id, by) && st.Entity(id).Country != "" {
			return true
		}
	}
	return false
}

func sameSide(st *story.Story, id story.EntityID, by []story.EntityID) bool {
	c := st.Entity(id).Country
	for _, b := range by {
		if b == id || c != "" && st.Entity(b).Country == c {
			return true
		}
	}
	return false
}

// differ reports whether the parties are of more than one state.
func differ(st *story.Story, ids []story.EntityID) bool {
	for _, id := range ids {
		if st.Entity(id).Country != st.Entity(ids[0]).Country {
			return true
		}
	}
	return false
}

// leadSentences is how far into a story its main encounter may be told.
const leadSentences = 6

// partnerOf returns whom one of the parties meets in the story's first
// encounter that has two states and is told at its head or in the sentence
// itself.
func partnerOf(st *story.Story, by []story.EntityID, in story.SentID) []story.EntityID {
	for i := range st.Encounters {
		enc := &st.Encounters[i]
		parts := enc.Participants
		if !differ(st, parts) || enc.Status == story.Denied {
			continue
		}
		if told := st.SentAt(enc.Spans[0].Start); told > leadSentences && told != in {
			continue
		}
		here := false
		var others []story.EntityID
		for _, id := range parts {
			if sameSide(st, id, by) {
				here = true
			} else if st.Entity(id).Country != "" {
				others = append(others, id)
			}
		}
		if here && len(others) > 0 {
			return others
		}
	}
	return nil
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
					p.Condition = strings.TrimRight(st.Slice(st.Subtree(c)), " .,;:\"”")
					p.Act = "conditional"
				}
			}
		}
	}
	day := storyDay(st)
	a, z := timesIn(st, p.Content)
	for i := a; i < z; i++ {
		if d := st.Times[i].Date; d != "" && d > day && !strings.HasPrefix(day, d) {
			p.Due = d
			return
		}
	}
}
