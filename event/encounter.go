package event

import (
	"cmp"
	"slices"
	"strings"

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
	shapeWitness                  // those named after it were there: "in the presence of X and Y"
)

var shapes = map[string]shape{
	"mutual": shapeMutual, "receive": shapeReceive, "talk": shapeTalk, "visit": shapeVisit, "trip": shapeTrip,
	"attend": shapeAttend, "give": shapeGive, "witness": shapeWitness,
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
	word   story.WordID // the word by which the cue hangs in the tree
	parts  []story.EntityID
	status story.Status
	date   string
	dated  bool // the clause has a time expression, even an unresolved one
	old    bool // told as background: "last met in 2019"
	place  story.Where
	spans  []story.Span
	score  story.Confidence
	cues   []story.WordID
}

// runEncounters appends the encounters of a story.
func (s *Stage) runEncounters(st *story.Story, sport bool) {
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
				t, ok := s.tell(st, rule, w, last)
				if ok && s.official(st, &t, sport) {
					all = append(all, t)
					done = last
				}
				return ok
			})
		}
	})
	s.gatherUp(st, all)
}

// gatherUp dates, merges and appends what the tellings tell. Where the clause
// gives no time, an encounter of the lead is of the day of the news.
func (s *Stage) gatherUp(st *story.Story, all []telling) {
	day, lead := storyDay(st), leadEnd(st)
	var merged []telling
	for _, t := range all {
		if t.status == story.Occurred && len(t.date) == 10 && t.date > day && day != "" && present(st, t.word) {
			t.status = story.Planned // "Tillerson visits Europe next week"
		}
		if t.status == story.Occurred && t.date > day && !strings.HasPrefix(t.date, day) || t.status == story.Planned && t.date < day && !strings.HasPrefix(day, t.date) {
			t.date = "" // what happened is not ahead, what is planned not past
		}
		if !t.dated && !t.old && t.status == story.Occurred && t.word < lead {
			t.date = day
		}
		merged = mergeTelling(st, merged, t)
	}
	merged = dropBareVisits(st, merged)
	dateMain(st, merged, day, lead)
	for i := range merged {
		t := &merged[i]
		e := story.Encounter{
			Kind: t.kind, Status: t.status, Participants: t.parts, Place: t.place, Date: t.date,
			Evidence: story.Evidence{Spans: t.spans, By: t.rule.by, Score: t.score},
		}
		e.Event = consultOf(st, t)
		st.Encounters = append(st.Encounters, e)
	}
}

// present reports whether a cue is a verb that is not marked as past.
func present(st *story.Story, w story.WordID) bool {
	word := st.Word(w)
	return word.UPOS == story.VERB && !hasFeat(word.Feats, "Tense=Past")
}

// dateMain gives the day of the news to undated encounters told near the head
// of the story between those of whom its lead speaks: "Pence expressed concern
// to Turkey's prime minister on Thursday ... In a White House meeting".
func dateMain(st *story.Story, all []telling, day string, lead story.WordID) {
	if lead == 0 {
		return
	}
	sp := story.Span{End: st.Word(lead - 1).Span.End}
	for i := range all {
		t := &all[i]
		if t.date != "" || t.dated || t.old || t.status != story.Occurred || st.Word(t.word).Sent > leadSentences || len(t.parts) < 2 {
			continue
		}
		if inLead := countNamed(st, t.parts, sp); inLead == len(t.parts) {
			t.date = day
		}
	}
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

// tell reads one cue.
func (s *Stage) tell(st *story.Story, rule *encounterRule, w, last story.WordID) (telling, bool) {
	t := telling{rule: rule, kind: rule.kind, first: w, score: 80}
	if len(rule.object) > 0 && !s.objectBelow(st, w, last, rule.object, rule.shape == shapeAttend) {
		return t, false
	}
	if st.Word(w).UPOS == story.PROPN && s.insideName(st, w, last) {
		return t, false // "Tim Delegasi Negosiasi Tarif"
	}
	place := story.WordID(0)
	w = top(st, w, last+1) // "phone call" hangs by "call"
	t.word, t.cues = w, []story.WordID{t.first, w}
	switch rule.shape {
	case shapeMutual:
		t.parts = s.mutual(st, w, last, &t)
	case shapeReceive:
		t.parts = s.received(st, w, last)
	case shapeTalk:
		t.parts = s.talk(st, w, last, &t)
	case shapeVisit, shapeTrip:
		t.parts, place = s.visit(st, rule, t.first, w, last)
	case shapeAttend:
		t.parts = s.withSubject(st, w, nil)
	case shapeGive:
		t.parts = s.given(st, w, last)
	case shapeWitness:
		t.parts = s.witnesses(st, w, last)
	}
	if t.parts = preferPersons(st, t.parts); t.kind == "summit" {
		t.parts = onlyPeople(st, t.parts) // "the APEC summit": APEC does not attend
		if len(t.parts) == 1 && !s.anyNamed(st, t.parts) {
			return t, false
		}
	}
	if need := needs(rule); len(t.parts) < need || need > 1 && s.allOneSide(st, t.parts) {
		return t, false
	}
	if rule.kind == "" || rule.kind == "meeting" || rule.kind == "talks" {
		if s.byPhone(st, w) {
			t.kind = "call"
		} else if rule.kind == "" {
			t.kind = "meeting"
		}
	}
	t.status = s.encounterStatus(st, rule, w)
	if t.status == story.Requested || t.status == story.Conditional {
		return t, false // neither past nor planned
	}
	s.placeAndTime(st, &t, place)
	sent := sentenceOf(st, w)
	t.spans = []story.Span{sent.Span}
	return t, true
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

// onlyPeople keeps persons and holders of offices.
func onlyPeople(st *story.Story, ids []story.EntityID) []story.EntityID {
	out := make([]story.EntityID, 0, len(ids))
	for _, id := range ids {
		if e := st.Entity(id); e.Kind == story.Person || e.Kind == story.Group && len(e.Offices) > 0 {
			out = append(out, id)
		}
	}
	return out
}

// objectBelow reports whether one of the words stands soon behind the cue; near
// wants it in the object itself: "addressed the assembly", not "addressing the
// issue at a conference".
func (s *Stage) objectBelow(st *story.Story, w, last story.WordID, set termSet, near bool) bool {
	end := min(sentenceOf(st, w).EndWord, last+14)
	for at := last + 1; at < end; at++ {
		word := st.Word(at)
		if set.has(word) {
			return true
		}
		if near && (word.UPOS == story.ADP && !s.dip.of.has(word) || word.UPOS == story.VERB || word.UPOS == story.PUNCT) {
			return false
		}
	}
	return false
}

// withSubject puts the subject of the clause before those already found.
func (s *Stage) withSubject(st *story.Story, w story.WordID, others []story.EntityID) []story.EntityID {
	sub := s.subjectOf(st, w)
	var out []story.EntityID
	if sub != 0 && sub != w && !st.Dominates(w, sub) || sub != 0 && st.Word(sub).Head == w {
		out = s.partiesAt(st, sub)
	}
	if len(out) == 0 {
		if sub = s.lastPartyBefore(st, w, sentenceOf(st, w).FirstWord); sub != 0 {
			out = s.partiesAt(st, sub)
		}
	}
	for _, id := range others {
		addOnce(&out, id)
	}
	return out
}

// mutual reads "X bertemu (dengan) Y", "X and Y met", "X, who met Y". A partner
// that is nobody known ("met with criticism") makes no encounter, and neither
// does a bare state, unless people act for it ("the Russian delegation").
func (s *Stage) mutual(st *story.Story, w, last story.WordID, t *telling) []story.EntityID {
	var others []story.EntityID
	partner := false
	for c := range st.Children(w) {
		cw := st.Word(c)
		switch cw.Rel() {
		case "obj", "iobj":
			partner = partner || c > w
			others = append(others, s.people(st, c)...)
			for g := range st.Children(c) { // "signed the agreement with the Indian minister"
				if st.Word(g).Rel() == "nmod" && marked(st, g, s.dip.with) {
					others = append(others, s.people(st, g)...)
				}
			}
		case "obl", "nmod":
			if marked(st, c, s.dip.with) {
				partner = true
			} else if caseOf(st, c) != 0 || c < w || !s.isPerson(st, c) {
				continue
			}
			others = append(others, s.people(st, c)...)
		}
	}
	if len(others) == 0 {
		at := s.firstPartyAfter(st, last, sentenceOf(st, w).EndWord, s.dip.with)
		if at == 0 && partner {
			return nil
		}
		if at != 0 {
			if others = s.people(st, at); len(others) == 0 {
				return nil
			}
			t.score -= 10
		}
	}
	if t.kind == "ceremony" && !s.anyNamed(st, others) {
		return nil // "signed a treaty with Chile" is an act of states
	}
	return s.withSubject(st, w, others)
}

// people returns the parties of a phrase that is not the bare name of a state.
func (s *Stage) people(st *story.Story, w story.WordID) []story.EntityID {
	ids := s.partiesAt(st, w)
	if s.dip.body.has(st.Word(w)) {
		return ids
	}
	for _, id := range ids {
		if st.Entity(id).Kind != story.State {
			return ids
		}
	}
	return nil
}

// received reads "X menerima (kunjungan) Y", "Y diterima oleh X", "X hosted Y".
func (s *Stage) received(st *story.Story, w, last story.WordID) []story.EntityID {
	var others []story.EntityID
	for c := range st.Children(w) {
		cw := st.Word(c)
		switch cw.Rel() {
		case "obj", "iobj":
			others = append(others, s.partiesAt(st, c)...)
			if len(others) == 0 && s.dip.guests.has(cw) { // "menerima kunjungan X"
				others = append(others, s.owners(st, c)...)
			}
		case "obl":
			if marked(st, c, s.dip.by) {
				others = append(others, s.partiesAt(st, c)...)
			}
		}
	}
	if len(others) == 0 && st.Child(w, "obj") == 0 {
		if at := s.firstPartyAfter(st, last, sentenceOf(st, w).EndWord, s.dip.by); at != 0 {
			others = s.partiesAt(st, at)
		}
	}
	if !s.anyNamed(st, others) && !anyOffice(st, others) {
		return nil // "Turki menerima jet tempur", "welcomed U.S. companies"
	}
	return s.withSubject(st, w, others)
}

// anyNamed reports whether one of the parties is a person with a name, or the
// nameless holder of a high office ("the Norwegian foreign minister").
func (s *Stage) anyNamed(st *story.Story, ids []story.EntityID) bool {
	for _, id := range ids {
		if e := st.Entity(id); e.Kind == story.Person || e.Kind == story.Group && highOffice(e) {
			return true
		}
	}
	return false
}

// insideName reports whether a cue is part of a longer name.
func (s *Stage) insideName(st *story.Story, w, last story.WordID) bool {
	sent := sentenceOf(st, w)
	return w > sent.FirstWord+1 && capital(st.Word(w-1).Form) && last+1 < sent.EndWord && capital(st.Word(last+1).Form)
}

// anyOffice reports whether one of the parties holds an office.
func anyOffice(st *story.Story, ids []story.EntityID) bool {
	for _, id := range ids {
		if len(st.Entity(id).Offices) > 0 {
			return true
		}
	}
	return false
}

func anyHuman(st *story.Story, ids []story.EntityID) bool {
	for _, id := range ids {
		if k := st.Entity(id).Kind; k == story.Person || k == story.Group {
			return true
		}
	}
	return false
}

// owners returns the parties that a noun belongs to: both in "kunjungan Xi",
// "the visit of the minister", "the minister's visit".
func (s *Stage) owners(st *story.Story, w story.WordID) []story.EntityID {
	var out []story.EntityID
	for c := range st.Children(w) {
		switch st.Word(c).Rel() {
		case "nmod", "obl", "compound", "det", "flat", "appos":
			if caseOf(st, c) == 0 || marked(st, c, s.dip.of) || marked(st, c, s.dip.from) || st.Word(c).Deprel == "nmod:poss" {
				for _, id := range s.partiesAt(st, c) {
					addOnce(&out, id)
				}
			}
		}
	}
	return out
}

// talk reads a noun: "pertemuan Xi dan Lavrov", "a meeting with Lavrov",
// "talks between Xi and Lavrov", "Xi's phone call with Lavrov". Where the
// phrase names one side only, the subject of the clause is the other; states
// before the noun ("a White House meeting") count only where nobody else does.
func (s *Stage) talk(st *story.Story, w, last story.WordID, t *telling) []story.EntityID {
	var out, loose []story.EntityID
	for at := t.first; at <= last; at++ {
		for c := range st.Children(at) {
			if c < t.first || c > last {
				s.talkPart(st, c, t, &out, &loose)
			}
		}
	}
	if len(out) < 2 {
		s.talkRight(st, last, &out)
	}
	if len(out) == 0 && s.strangers(st, t.first, last) {
		return nil // "talks with allies"
	}
	if len(out) >= 2 && !s.allOneSide(st, out) {
		if !anyHuman(st, out) && !s.told(st, w) {
			return nil
		}
		return out
	}
	t.score -= 5
	out = s.talkSubject(st, w, out)
	if len(out) < 2 && !anyHuman(st, out) {
		for _, id := range loose {
			addOnce(&out, id)
		}
	}
	if !anyHuman(st, out) && !s.told(st, w) {
		return nil // "perkembangan negosiasi Indonesia dengan AS": a topic
	}
	return out
}

// strangers reports whether a talk is with somebody who is nobody known.
func (s *Stage) strangers(st *story.Story, first, last story.WordID) bool {
	for at := first; at <= last; at++ {
		for c := range st.Children(at) {
			if marked(st, c, s.dip.with) && st.Word(c).Mention == 0 {
				return true
			}
		}
	}
	return false
}

// told reports whether talks are told as something that takes place rather than
// named as a topic: "mengadakan pembicaraan", "the talks opened", "usai
// pembicaraan".
func (s *Stage) told(st *story.Story, w story.WordID) bool {
	if marked(st, w, s.dip.during) || marked(st, w, s.dip.after) || marked(st, w, s.dip.before) {
		return true
	}
	word := st.Word(w)
	if word.Head == 0 {
		return false
	}
	head := st.Word(word.Head)
	return s.dip.light.has(head) || s.dip.happen.has(head) || word.Rel() == "nsubj" && head.UPOS == story.VERB
}

// talkSubject adds the subject of the clause in which a talk stands.
func (s *Stage) talkSubject(st *story.Story, w story.WordID, out []story.EntityID) []story.EntityID {
	p := predicate(st, w)
	if p == w {
		if sub := s.subjectOf(st, w); sub != 0 {
			return s.join(st, sub, p, out)
		}
		return out
	}
	// "mengadakan pembicaraan dengan Lavrov": the parser may hang "dengan" from the verb
	for c := range st.Children(p) {
		if c > w && st.Word(c).Rel() == "obl" && (marked(st, c, s.dip.with) || marked(st, c, s.dip.between)) && len(out) < 2 {
			for _, id := range s.partiesAt(st, c) {
				addOnce(&out, id)
			}
		}
	}
	if len(out) == 0 && !s.plainTalk(st, w, p) && !marked(st, w, s.dip.during) {
		return nil
	}
	sub := s.subjectOf(st, p)
	if sub != 0 && st.Dominates(sub, w) { // "pertemuan dengan X berlangsung": the talk itself is the subject
		if sub = s.subjectAbove(st, p); sub == 0 {
			return out
		}
	}
	if sub == 0 {
		sub = s.lastPartyBefore(st, w, sentenceOf(st, w).FirstWord)
	}
	return s.join(st, sub, p, out)
}

// plainTalk reports whether a talk that names nobody may take both sides from
// a plural subject: "kedua pemimpin mengadakan pertemuan".
func (s *Stage) plainTalk(st *story.Story, w, p story.WordID) bool {
	return st.Word(w).Rel() == "obj" && st.Word(w).Head == p
}

// subjectAbove returns the subject of the clause that holds a clause.
func (s *Stage) subjectAbove(st *story.Story, p story.WordID) story.WordID {
	head := st.Word(p).Head
	if head == 0 {
		return 0
	}
	return s.subjectOf(st, predicate(st, head))
}

// join puts the subject's parties first, or the agent's where a passive has
// one ("hal itu disampaikan Dubes X dalam pertemuan dengan Y"), unless they are
// spokesmen, who tell of the talks of others.
func (s *Stage) join(st *story.Story, sub, p story.WordID, others []story.EntityID) []story.EntityID {
	var out []story.EntityID
	if sub != 0 {
		out = s.partiesAt(st, sub)
	}
	if len(out) == 0 {
		if sub = s.agentOf(st, p); sub == 0 {
			return others
		}
		out = s.partiesAt(st, sub)
	}
	for _, id := range out {
		if spokesman(st.Entity(id)) && len(others) > 0 {
			return others
		}
	}
	for _, id := range others {
		addOnce(&out, id)
	}
	return out
}

// agentOf returns who does what a passive verb says, or who speaks in an
// inverted clause: the phrase behind "oleh", else the one right behind the verb.
func (s *Stage) agentOf(st *story.Story, p story.WordID) story.WordID {
	for c := range st.Children(p) {
		switch st.Word(c).Rel() {
		case "obl", "obj", "nsubj", "nmod", "iobj":
			if (marked(st, c, s.dip.by) || c > p && c < p+5 && caseOf(st, c) == 0) && anyHuman(st, s.partiesAt(st, c)) {
				return c
			}
		}
	}
	return 0
}

func spokesman(e *story.Entity) bool {
	for i := range e.Offices {
		if e.Offices[i].Function == story.Spokesperson {
			return true
		}
	}
	return false
}

// talkPart adds those whom a dependent of a talk names.
func (s *Stage) talkPart(st *story.Story, c story.WordID, t *telling, out, loose *[]story.EntityID) {
	cw := st.Word(c)
	switch cw.Rel() {
	case "nmod", "obl", "compound", "flat", "appos", "amod", "det", "conj", "dep":
	default:
		return
	}
	ok := caseOf(st, c) == 0 || marked(st, c, s.dip.with) || marked(st, c, s.dip.between) || marked(st, c, s.dip.of)
	if t.kind == "call" && marked(st, c, s.dip.to) {
		ok = true // "his call to the king"
	}
	if !ok && cw.Deprel != "nmod:poss" || cw.Rel() == "conj" && !s.isPerson(st, c) {
		return
	}
	if c < t.first && cw.Deprel != "nmod:poss" && !s.isPerson(st, c) {
		out = loose
	}
	for _, id := range s.partiesAt(st, c) {
		addOnce(out, id)
	}
}

// talkRight reads on after a talk where the tree broke: "pertemuan tête-à-tête
// dengan Presiden Y", "antara X dan Y".
func (s *Stage) talkRight(st *story.Story, last story.WordID, out *[]story.EntityID) {
	end := min(sentenceOf(st, last).EndWord, last+5)
	for at := last + 1; at < end; at++ {
		word := st.Word(at)
		if s.dip.with.has(word) || s.dip.between.has(word) {
			if to := s.firstPartyAfter(st, at, sentenceOf(st, last).EndWord, s.dip.with); to != 0 {
				for _, id := range s.partiesAt(st, to) {
					addOnce(out, id)
				}
			}
			return
		}
		if word.UPOS == story.VERB || word.UPOS == story.ADP || word.UPOS == story.PUNCT && word.Form == "." {
			return
		}
	}
}

// allOneSide reports whether all are of one state and none of them is somebody
// that meets at home: an apposition rather than two sides.
func (s *Stage) allOneSide(st *story.Story, ids []story.EntityID) bool {
	persons := 0
	for _, id := range ids {
		if st.Entity(id).Kind == story.Person {
			persons++
		}
	}
	if persons >= 2 {
		return false
	}
	c := st.Entity(ids[0]).Country
	for _, id := range ids[1:] {
		if st.Entity(id).Country != c {
			return false
		}
	}
	return c != ""
}

// given reads "X menyerahkan surat kepercayaan kepada Y", "X presented
// credentials to Y".
func (s *Stage) given(st *story.Story, w, last story.WordID) []story.EntityID {
	var others []story.EntityID
	end := sentenceOf(st, w).EndWord
	for at := last + 1; at < min(end, last+14); at++ {
		word := st.Word(at)
		if !s.dip.to.has(word) && !s.dip.with.has(word) {
			continue
		}
		if to := s.firstPartyAfter(st, at, end, s.dip.to); to != 0 {
			others = s.partiesAt(st, to)
			break
		}
	}
	return s.withSubject(st, w, others)
}

// witnesses reads the list after "in the presence of", "disaksikan oleh".
func (s *Stage) witnesses(st *story.Story, w, last story.WordID) []story.EntityID {
	var out []story.EntityID
	end := min(sentenceOf(st, w).EndWord, last+60)
	for at := last + 1; at < end; at++ {
		if st.Word(at).UPOS == story.VERB && len(out) > 0 {
			break
		}
		for _, id := range s.partiesAtWord(st, at) {
			if e := st.Entity(id); e.Kind == story.Person || e.Kind == story.Group && highOffice(e) {
				addOnce(&out, id)
			}
		}
	}
	return out
}

// visit reads who goes where, with a host where one is named: "Lavrov tiba di
// Beijing", "kunjungan Lavrov ke Beijing", "mengunjungi Xi", "atas undangan Xi".
func (s *Stage) visit(st *story.Story, rule *encounterRule, first, w, last story.WordID) ([]story.EntityID, story.WordID) {
	var hosts []story.EntityID
	place := story.WordID(0)
	take := func(c story.WordID) {
		if s.isPerson(st, c) {
			hosts = append(hosts, s.partiesAt(st, c)...)
			return
		}
		if place == 0 && st.Word(c).Mention != 0 {
			place = c
		}
	}
	for at := first; at <= last; at++ {
		for c := range st.Children(at) {
			rel := st.Word(c).Rel()
			switch {
			case rule.shape == shapeVisit && rel == "obj":
				take(c)
			case (rel == "obl" || rel == "nmod") && (marked(st, c, s.dip.toward) || marked(st, c, s.dip.at)):
				take(c)
			}
		}
	}
	if place == 0 && len(hosts) == 0 {
		place = s.placeAfter(st, last)
	}
	var guests []story.EntityID
	if rule.shape == shapeTrip {
		for at := first; at <= last; at++ {
			guests = append(guests, s.owners(st, at)...)
		}
		if len(guests) == 0 && place != 0 {
			guests = s.withSubject(st, predicate(st, w), nil)
		}
	} else {
		guests = s.withSubject(st, w, nil)
	}
	if place == 0 && len(hosts) == 0 || len(guests) == 0 {
		return nil, 0
	}
	if !s.anyNamed(st, guests) && len(hosts) == 0 {
		return nil, 0 // "bantuan Indonesia tiba di Gaza", "the U.S. leader, who will visit"
	}
	if place != 0 && len(guests) == 1 && sameState(st, guests[0], place) && len(hosts) == 0 {
		return nil, 0 // a president who tours his own country
	}
	for _, id := range hosts {
		addOnce(&guests, id)
	}
	return guests, place
}

// placeAfter returns the destination right after a cue: "visit to Hungary".
func (s *Stage) placeAfter(st *story.Story, last story.WordID) story.WordID {
	end := min(sentenceOf(st, last).EndWord, last+7)
	seen := false
	for at := last + 1; at < end; at++ {
		word := st.Word(at)
		if word.UPOS == story.VERB || word.UPOS == story.PUNCT {
			return 0
		}
		if s.dip.toward.has(word) || s.dip.at.has(word) {
			seen = true
			continue
		}
		if seen && word.Mention != 0 && isPlace(st, at) {
			return at
		}
	}
	return 0
}

func isPlace(st *story.Story, w story.WordID) bool {
	for _, id := range st.Denotes(w) {
		switch st.Entity(id).Kind {
		case story.State, story.Place:
			return true
		}
	}
	return false
}

func sameState(st *story.Story, id story.EntityID, place story.WordID) bool {
	c := st.Entity(id).Country
	for _, p := range st.Denotes(place) {
		if st.Entity(p).Country == c && c != "" {
			return true
		}
	}
	return false
}

// byPhone reports whether the clause of a cue speaks of a telephone.
func (s *Stage) byPhone(st *story.Story, w story.WordID) bool {
	sent := sentenceOf(st, w)
	first, end := max(sent.FirstWord, w-4), min(sent.EndWord, w+12)
	for at := first; at < end; at++ {
		if s.dip.call.has(st.Word(at)) {
			return true
		}
	}
	return false
}

// aboutSport reports whether the story is about matches or stages.
func (s *Stage) aboutSport(st *story.Story) bool {
	n := 0
	for i := range st.Words {
		if s.dip.sport.has(&st.Words[i]) {
			n++
		}
	}
	return n >= 3 && n*150 > len(st.Words)
}

// official reports whether a telling is about people who act for states. In
// stories of sport and show it takes a holder of a high office.
func (s *Stage) official(st *story.Story, t *telling, sport bool) bool {
	sides, high := 0, 0
	for _, id := range t.parts {
		e := st.Entity(id)
		switch {
		case highOffice(e):
			high++
			sides++
		case e.Kind == story.State || e.Kind == story.Organization && e.Country != "":
			sides++
		case len(e.Offices) > 0 && e.Country != "":
			sides++
		}
	}
	if sport {
		return high > 1
	}
	if high == 0 && t.rule.shape == shapeMutual && !anyHuman(st, t.parts) {
		return t.rule.kind != "" // "Indonesia bertemu Vietnam" may be anything
	}
	return high > 0 || sides > 0 && sides*2 >= len(t.parts)
}

func highOffice(e *story.Entity) bool {
	for i := range e.Offices {
		switch e.Offices[i].Function {
		case "", story.OtherFunction, story.Military, story.Legislator:
		default:
			return true
		}
	}
	return false
}

// consultOf finds the event that an encounter belongs to: a CONSULT with one of
// its cues as the trigger, else one between the same states.
func consultOf(st *story.Story, t *telling) story.EventID {
	for i := range st.Events {
		if st.Events[i].Type == "CONSULT" && slices.Contains(t.cues, st.Events[i].TriggerWord) {
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
