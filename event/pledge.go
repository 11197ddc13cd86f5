package event

import (
	"slices"

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
	hostile   termSet // "vowed to retaliate": a threat
	goOn      termSet // "will continue to help": the act is the next verb
	deeds     termSet // "under the agreement": what it says will be done binds
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
	pledgeAssure                        // its object is the one promised to: "assured Zimbabwe of support"
)

var pledgeShapes = map[string]pledgeShape{
	"marker": pledgeMarker, "future": pledgeFuture, "noun": pledgeNoun, "assure": pledgeAssure,
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
		again := old.Content.Overlaps(p.Content) && sameSide(st, old.By[0], p.By) // "X pledged that his country would"
		if again || slices.Equal(old.By, p.By) && slices.Equal(old.To, p.To) {
			if old.Act == "will" && p.Act != "will" {
				old.Act, old.Evidence = p.Act, p.Evidence
			}
			old.Content = old.Content.Cover(p.Content)
			return
		}
	}
	st.Pledges = append(st.Pledges, p)
}

// relativeContent reports whether what a cue leads to is a relative clause on
// something else: "nota kesepakatan yang disaksikan kedua presiden".
func (s *Stage) relativeContent(st *story.Story, p *story.Pledge) bool {
	w, end := st.WordsIn(p.Content)
	return w < end && s.dip.relative.has(st.Word(w))
}

// pledge reads one cue.
func (s *Stage) pledge(st *story.Story, rule *pledgeRule, w, last story.WordID) (story.Pledge, bool) {
	p := story.Pledge{Act: rule.act}
	goal := s.goalOf(st, rule, w, last)
	if goal == 0 || goal == w && rule.shape != pledgeMarker {
		return p, false
	}
	if next := verbBelow(st, goal, goal, "xcomp"); next != 0 && s.dip.pledges.goOn.has(st.Word(goal)) && verbal(st.Word(next)) {
		goal = next
	}
	if s.dip.pledges.hostile.has(st.Word(goal)) {
		return p, false
	}
	if rule.shape == pledgeFuture && (!verbal(st.Word(goal)) || s.dip.pledges.noAct.has(st.Word(goal)) || passive(st, goal)) {
		return p, false
	}
	if word := st.Word(w); rule.shape == pledgeNoun && word.Rel() == "obj" && word.Head != 0 && s.dip.obtain.has(st.Word(word.Head)) {
		return p, false // "a chance of securing promises to help": of somebody else
	}
	if s.hedged(st, w, goal) || s.asksWhether(st, w) || s.duty(st, w) {
		return p, false
	}
	if s.nothing(st, w) || rule.act == "refuses" && s.dip.pledges.noAct.has(st.Word(goal)) {
		return p, false // "offered no hint that it would help", "refused to comment"
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
	s.jointly(st, &p, sub, w)
	if len(p.By) == 0 {
		return p, false
	}
	if rule.shape == pledgeFuture && !s.speaksForItself(st, &p, goal, sub) {
		return p, false
	}
	p.Content = s.goalSpan(st, rule, w, last, goal, sub)
	if !verbal(st.Word(goal)) {
		s.givenTo(st, &p, w, goal)
	}
	if p.Content.Empty() || s.vague(st, &p, goal) || s.relativeContent(st, &p) {
		return p, false
	}
	if obj := st.Child(w, "obj", "iobj"); rule.shape == pledgeAssure && obj != 0 {
		p.To = s.partiesAt(st, obj)
	} else {
		p.To = s.receivers(st, &p, w, last)
	}
	if len(p.To) == 0 {
		p.To = s.promisee(st, &p, sub, goal)
	}
	if len(p.To) == 0 && (p.Act == "refuses" || !s.abroadly(st, &p)) {
		return p, false
	}
	s.terms(st, &p, w, goal)
	p.Evidence = story.Evidence{Spans: []story.Span{sentenceOf(st, w).Span}, By: rule.by, Score: 75}
	if rule.shape == pledgeFuture {
		p.Score = 60
	}
	return p, true
}
