package event

import (
	"slices"

	"kawat/lang"
	"kawat/story"
)

// encounterTable is the compiled encounters.tsv: words that say that people
// met, and where in the sentence they stand.
type encounterTable struct {
	rules []encounterRule
	cues  cueTable
}

type encounterRule struct {
	by     string // "event/encounter:meet"
	kind   string
	shape  shape
	object termSet // words of which one must stand below the cue: "surat kepercayaan" below "menyerahkan"
	status story.Status
}

// shape says where the participants stand around a cue.
type shape uint8

const (
	shapeMutual  shape = iota + 1 // subject and object or "with": "Xi bertemu dengan Lavrov"
	shapeReceive                  // host as subject, guest as object: "Xi menerima Lavrov"
	shapeTalk                     // noun: "pertemuan Xi dan Lavrov", "X's talks with Y"
	shapeVisit                    // subject and destination: "Lavrov tiba di Beijing"
	shapeTrip                     // noun: "kunjungan Lavrov ke Beijing"
	shapeAttend                   // subject and a gathering: "Xi menghadiri KTT"
	shapeGive                     // subject, object noun, to: "menyerahkan surat kepercayaan kepada"
	shapeAbout                    // subject, matter, "with": "discussed the border with Lavrov"
	shapeCall                     // subject and person behind it: "called on the king", not "called on him to act"
	shapeWitness                  // those named after it were there: "in the presence of X and Y"
)

var shapes = map[string]shape{
	"mutual": shapeMutual, "receive": shapeReceive, "talk": shapeTalk, "visit": shapeVisit, "trip": shapeTrip,
	"attend": shapeAttend, "give": shapeGive, "about": shapeAbout, "call": shapeCall, "witness": shapeWitness,
}

var encounterKinds = []string{"meeting", "call", "visit", "summit", "ceremony", "talks", ""}

// compile reads encounters.tsv. Columns: rule, words, pos, object, kind,
// shape, status, example.
func (t *encounterTable) compile(pack *lang.Pack) error {
	table, err := pack.Table("encounters.tsv")
	if err != nil {
		return err
	}
	t.cues = cueTable{}
	for _, row := range table.Rows {
		r := encounterRule{
			by: "event/encounter:" + row.Get("rule"), kind: row.Get("kind"), shape: shapes[row.Get("shape")],
			object: newTermSet(row.List("object")), status: story.Status(row.Get("status")),
		}
		pos, err := parsePOS(row)
		switch {
		case err != nil:
			return err
		case row.Get("rule") == "" || row.Get("example") == "" || len(row.List("words")) == 0:
			return row.Errorf("a row needs rule, words and example")
		case r.shape == 0:
			return row.Errorf("unknown shape %q", row.Get("shape"))
		case !slices.Contains(encounterKinds, r.kind):
			return row.Errorf("unknown kind %q", r.kind)
		}
		t.rules = append(t.rules, r)
		t.cues.add(row.List("words"), len(t.rules)-1, pos)
	}
	return nil
}

// telling is one place of the story that tells of an encounter. Several
// tellings of one encounter are merged.
type telling struct {
	rule   *encounterRule
	kind   string
	first  story.WordID // first word of the cue
	last   story.WordID // and its last
	word   story.WordID // the word by which the cue hangs in the tree
	parts  []story.EntityID
	host   story.EntityID // who received the other, 0 if the cue does not tell
	status story.Status
	date   string
	from   string // the first day of the time that the clause gives
	dated  bool   // the clause has a time expression, even an unresolved one
	old    bool   // told as background: "last met in 2019"
	place  story.Where
	spans  []story.Span
	score  story.Confidence
	cues   []story.WordID
}

// runEncounters appends the encounters of a story, and returns who was the host
// of each, 0 where nobody received anybody.
func (s *Stage) runEncounters(st *story.Story, sport bool) []story.EntityID {
	var all []telling
	paragraphs(st, func(sent *story.Sentence) {
		done := story.WordID(0)
		for w := sent.FirstWord; w < sent.EndWord; w++ {
			if w <= done || len(all) >= maxRows {
				continue
			}
			s.dip.encounters.cues.find(st, w, sent.EndWord, func(row int, last story.WordID) bool {
				if row == decoy {
					done = last
					return true
				}
				rule := &s.dip.encounters.rules[row]
				t, ok := s.tell(st, all, rule, w, last)
				if ok && s.official(st, &t, sport) {
					all = append(all, t)
					done = last
				}
				return ok
			})
		}
	})
	return s.gatherUp(st, all)
}

// tell reads one cue, knowing what was told before it.
func (s *Stage) tell(st *story.Story, told []telling, rule *encounterRule, w, last story.WordID) (telling, bool) {
	t := telling{rule: rule, kind: rule.kind, first: w, last: last, score: 80}
	if len(rule.object) > 0 && !s.objectBelow(st, w, last, rule.object, rule.shape == shapeAttend) &&
		!(rule.shape == shapeReceive && rule.kind != "ceremony" && s.isPerson(st, st.Child(top(st, w, last+1), "obj"))) {
		return t, false
	}
	if end := sentenceOf(st, w).EndWord; rule.by == "event/encounter:speak-with" && last+1 < end && (s.dip.after.has(st.Word(last+1)) || s.dip.before.has(st.Word(last+1))) {
		return t, false // "speaking after a summit with the king"
	}
	if st.Word(w).UPOS == story.PROPN && s.insideName(st, w, last) {
		return t, false // "Tim Delegasi Negosiasi Tarif"
	}
	w = top(st, w, last+1) // "phone call" hangs by "call"
	t.word, t.cues = w, []story.WordID{t.first, w}
	place, ok := s.takePart(st, told, &t, w, last)
	if !ok {
		return t, false
	}
	if t.parts = dropStandIns(st, preferPersons(st, t.parts)); t.kind == "summit" {
		t.parts = onlyPeople(st, t.parts) // "the APEC summit": APEC does not attend
		if len(t.parts) == 1 && !s.anyNamed(st, t.parts) {
			return t, false
		}
	}
	need := needs(rule)
	if rule.shape == shapeMutual && len(t.parts) == 1 && s.manyAt(st, t.parts[0]) {
		t.kind, need = "summit", 1 // "Leaders of the Group of Twenty gathered"
	}
	if len(t.parts) < need || need > 1 && s.allOneSide(st, t.parts) {
		return t, false
	}
	if rule.shape == shapeAttend && rule.kind == "meeting" && !anyHigh(st, t.parts) || rule.kind == "ceremony" && rule.shape == shapeTalk && !fromTwoStates(st, t.parts) {
		return t, false // "the company convened its shareholders' meeting", "the signing of the treaty between Chile and Peru"
	}
	if rule.kind == "" || rule.kind == "meeting" || rule.kind == "talks" {
		if s.byPhone(st, w) {
			t.kind = "call"
		} else if rule.kind == "" {
			t.kind = "meeting"
		}
	}
	if s.counted(st, t.first, last) {
		return t, false // "have met six times", "had 16 telephone conversations"
	}
	t.status = s.encounterStatus(st, rule, w)
	if rule.shape == shapeAbout && (t.status != story.Occurred || slices.ContainsFunc(told, func(o telling) bool { return overlap(st, o.parts, t.parts) > 1 })) {
		return t, false // "did not discuss trade", "the two discussed it" in a call that is told already
	}
	if (t.kind == "meeting" || t.kind == "talks") && s.atRite(st, w) {
		t.kind = "ceremony"
	}
	if rule.by == "event/encounter:embrace" && !fromTwoStates(st, t.parts) && t.kind != "ceremony" {
		return t, false // a supporter who shook the president's hand
	}
	if t.status == story.Requested || t.status == story.Conditional {
		return t, false // neither past nor planned
	}
	s.placeAndTime(st, &t, place)
	s.addHost(st, &t)
	if travel := rule.shape == shapeVisit || rule.shape == shapeTrip; travel && len(t.parts) == 1 && !s.abroad(st, &t) {
		return t, false // a president who tours his own country
	}
	sent := sentenceOf(st, w)
	t.spans = []story.Span{sent.Span}
	return t, true
}

// takePart fills in who takes part in what a cue tells, by the shape of its rule.
// It returns the place that a journey names, 0 for none; ok is false where the
// words tell of no encounter.
func (s *Stage) takePart(st *story.Story, told []telling, t *telling, w, last story.WordID) (place story.WordID, ok bool) {
	rule := t.rule
	switch rule.shape {
	case shapeMutual:
		t.parts = s.mutual(st, w, last, t)
	case shapeCall:
		if rule.by == "event/encounter:call-on-person" && s.urges(st, last) {
			return 0, false
		}
		t.parts = s.withSubject(st, w, s.partiesOf(st, s.firstPartyAfter(st, last, sentenceOf(st, w).EndWord, s.dip.with)))
		if !fromTwoStates(st, t.parts) {
			return 0, false
		}
	case shapeReceive:
		if t.parts = s.received(st, w, last); len(t.parts) > 1 {
			t.host = t.parts[0]
			if s.isPassive(st, w) { // "was received by the king"
				t.host = t.parts[len(t.parts)-1]
			}
		}
	case shapeTalk:
		t.parts = s.talk(st, w, last, t)
	case shapeAbout:
		t.parts = s.discussed(st, w, last)
	case shapeVisit, shapeTrip:
		if t.parts = s.visitorTold(st, t.first, last); len(t.parts) > 1 {
			t.kind = "meeting"
			break
		}
		t.parts, place = s.visit(st, rule, t.first, w, last)
	case shapeAttend:
		if sub := s.subjectOf(st, w); sub != 0 {
			t.parts = s.partiesAt(st, sub)
		}
		if len(t.parts) == 0 {
			t.parts = s.partiesOf(st, s.agentOf(st, clauseAbove(st, w)))
		}
	case shapeGive:
		t.parts = s.given(st, w, last)
	case shapeWitness:
		t.parts = s.presence(st, t, told, w, last)
	}
	return place, true
}

// manyAt reports whether an entity is the office-holders of an organization:
// "the leaders of ASEAN".
func (s *Stage) manyAt(st *story.Story, id story.EntityID) bool {
	e := st.Entity(id)
	if e.Kind != story.Group || !highOffice(e) || e.Country == "" || s.world == nil {
		return false
	}
	_, state := s.world.State(e.Country)
	return !state
}

// needs returns how many participants a rule must find.
func needs(rule *encounterRule) int {
	switch rule.shape {
	case shapeVisit, shapeTrip, shapeAttend:
		return 1
	}
	if rule.kind == "summit" {
		return 1
	}
	return 2
}
