package entity

import (
	"strings"
	"sync"

	"kawat/lang"
	"kawat/tagger"
	"kawat/world"
)

// Stage finds and resolves mentions in stories of one language. It is read-only
// and safe for concurrent use.
type Stage struct {
	*tables
	gaz         *lang.Gazetteer
	world       *world.World
	tagger      *tagger.Model // nil where the pack has no model of names
	scratches   *sync.Pool    // of tagger.Scratch
	words       words         // what the model knows of words beside its weights
	homes       map[string]string
	glues       bool              // copy of the language loses spaces between words; the pack has their beginnings
	domains     map[string]string // ends of addresses, as states write them ("MU")
	leaders     []world.Leader
	leaderWords map[string]bool // their names' longer words, lower case
	own         ownNames
}

// Keys by which a mention says what its words name, where no row of package
// world does; see [kawat/story.Mention.Code].
const (
	codeOffice      = "office"      // an office without a name
	codeOffices     = "offices"     // several of them
	codeCounterpart = "counterpart" // "his Peruvian counterpart"
	codeBody        = "body/"       // a row of bodies.tsv
	codeGroup       = "group:"      // a row of nominals.tsv
)

// New compiles a pack's tables.
func New(pack *lang.Pack, w *world.World) (*Stage, error) {
	t, err := load(pack)
	if err != nil {
		return nil, err
	}
	gaz, err := pack.Gazetteer(w)
	if err != nil {
		return nil, err
	}
	s := &Stage{scratches: &sync.Pool{New: func() any { return new(tagger.Scratch) }}, tables: t, gaz: gaz, world: w, leaders: w.Leaders(), own: ownNamesOf(w)}
	s.glues = s.vocab.uses(cPrefix)
	s.domains = make(map[string]string, 256)
	for _, state := range w.States() {
		s.domains[state.ISO2] = state.ISO3
	}
	s.leaderWords = make(map[string]bool, 2*len(s.leaders))
	for i := range s.leaders {
		for _, w := range strings.Fields(strings.ToLower(s.leaders[i].Name)) {
			if len(w) > 4 {
				s.leaderWords[w] = true
			}
		}
	}
	if s.tagger, s.words, err = loadTagger(pack); err != nil {
		return nil, err
	}
	return s, s.loadHomes(pack)
}
