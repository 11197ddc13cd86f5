// Package event reads out of a story what happened between states and
// organizations: PLOVER events with their CAMEO codes, encounters, pledges,
// messages and references.
//
// What comes in is a story with words and trees, dates, resolved entities and
// attributed quotations. What goes out are rows of Story.Events and of the
// tables of diplomacy, each with the words that it rests on and the rule that
// found it. The package never decides who somebody is or who speaks, never
// looks at names of persons, and never asks which language it reads: verbs,
// nouns and their frames are tables of the language pack. For example
//
//	Inggris menjatuhkan sanksi kepada dua menteri Israel.
//
// becomes SANCTION 163, actor GBR, recipient ISR, occurred, by the rule
// event/frame:impose-sanctions.
package event

import (
	"fmt"

	"kawat/lang"
	"kawat/plover"
	"kawat/story"
	"kawat/world"
)

// Stage finds events and diplomacy in stories of one language. It is read-only
// after New and safe for many goroutines.
type Stage struct {
	pack    *lang.Pack
	world   *world.World
	book    *plover.Book
	lx      *lexicon
	frames  *frames
	matters *matters
	topics  *topics
	guard   map[string]int
	odds    odds
	dip     *diplomacy
}

// New compiles the tables of a language pack that this stage owns. A table
// that the pack lacks is empty, not an error.
func New(pack *lang.Pack, w *world.World) (*Stage, error) {
	s := &Stage{pack: pack, world: w}
	if err := s.compileEvents(); err != nil {
		return nil, fmt.Errorf("event: %w", err)
	}
	if err := s.compileDiplomacy(); err != nil {
		return nil, fmt.Errorf("event: %w", err)
	}
	return s, nil
}

func (s *Stage) compileEvents() error {
	var err error
	if s.book, err = plover.New(); err != nil {
		return err
	}
	if s.lx, err = compileLexicon(s.pack); err != nil {
		return err
	}
	if s.frames, err = compileFrames(s.pack, s.lx, s.book); err != nil {
		return err
	}
	if s.matters, err = compileMatters(s.pack, s.book); err != nil {
		return err
	}
	if s.topics, err = compileTopics(s.pack, s.book); err != nil {
		return err
	}
	if s.guard, err = compileGuard(s.pack); err != nil {
		return err
	}
	s.odds, err = readOdds()
	return err
}

// run is one story on its way through the stage.
type run struct {
	*Stage
	st     *story.Story
	states []stateRef
	only   string // the one country that the story is about, if it names no other
	hits   []hit
	found  []finding
	duties []duty

	quoted   []story.QuotationID // innermost quotation of each word
	missions []mission

	told       string // the day of the news, where the copy tells it
	meetingDay string // of the encounter that the story tells of

	domain, words int // weight of the words for states' affairs, and how many words there are
}

type stateRef struct {
	code string
	id   story.EntityID
}

// Run appends the PLOVER events of a story.
func (s *Stage) Run(st *story.Story) error {
	r := &run{Stage: s, st: st, told: toldDay(st)}
	if !r.offTopic() {
		r.indexStates()
		r.indexQuotations()
		r.findMissions()
		r.findTriggers()
		r.findDuties()
		r.readHits()
		r.readDuties()
		r.readClaims()
		r.readVerdicts()
		before := len(st.Events)
		r.merge()
		r.codeContexts(before)
		r.calibrate(before)
	}
	st.Give(story.LayerEvents)
	return nil
}

// indexStates notes the entities of states and of international organizations
// by their codes, so that officials can be replaced by whom they act for.
func (r *run) indexStates() {
	others := false
	for i := range r.st.Entities {
		e := &r.st.Entities[i]
		if c := e.Country; c != "" && c != r.only && !(e.Kind == story.Organization && !r.isState(c)) {
			others = others || r.only != ""
			r.only = c
		}
		if e.Kind != story.State || e.Country == "" || r.stateOf(e.Country) != 0 {
			continue
		}
		r.states = append(r.states, stateRef{e.Country, story.EntityID(i + 1)})
	}
	if others {
		r.only = ""
	}
}

// isState reports whether a code is that of a state.
func (r *run) isState(code string) bool {
	if r.world == nil {
		return true
	}
	_, ok := r.world.State(code)
	return ok
}

// indexQuotations notes for every word the innermost quotation around it.
func (r *run) indexQuotations() {
	st := r.st
	if len(st.Quotations) == 0 {
		return
	}
	r.quoted = make([]story.QuotationID, len(st.Words)+1)
	size := make([]int, len(st.Words)+1)
	for i := range st.Quotations {
		for _, sp := range st.Quotations[i].Content {
			first, end := st.WordsIn(sp)
			for w := first; w < end; w++ {
				if r.quoted[w] == 0 || sp.Len() < size[w] {
					r.quoted[w], size[w] = story.QuotationID(i+1), sp.Len()
				}
			}
		}
	}
}

// quotationOf returns the innermost quotation around a word, 0 if none.
func (r *run) quotationOf(w story.WordID) story.QuotationID {
	if r.quoted == nil {
		return 0
	}
	return r.quoted[w]
}
