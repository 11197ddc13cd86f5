// Package wire turns items of copy into stories: it cleans their text, takes
// the article out of a page, and takes a story's anatomy: headline, dateline,
// credits, the agencies behind a publisher, the copyright line, paragraphs, and
// what is not the story at all.
//
// What comes in is a reader, whose items package intake takes out; what goes
// out are stories one at a time, or an error an item that names input, position
// and reason. The package never changes a
// word of a text, never reads facts out of it, and holds no more than one item
// in memory. For example
//
//	r, err := wire.New(packs, w)
//	for st, err := range r.Stories("stories.jsonl.gz", file) { ... }
//
// For "Beijing (ANTARA) - Presiden ..." with "Pewarta: Xinhua" below, the
// publisher is ANTARA, the agency Xinhua, the dateline's place Beijing.
package wire

import (
	"kawat/lang"
	"kawat/world"
)

// Limits on hostile pages and texts. A long page of news has 5,000 elements,
// the longest stories 20,000 words.
const (
	maxDepth     = 512
	maxElements  = 50_000
	maxAttrs     = 200_000
	maxTextBytes = 1 << 19
)

// Reader reads stories. It is read-only after New and safe for many goroutines.
type Reader struct {
	codes  []string          // of the languages, in order
	forms  map[string]*forms // by language
	none   *forms            // of stories in a language without a pack
	houses *houses
	dates  *dates
	places *places
}

// New makes a Reader from the packs' tables of anatomy.
func New(packs *lang.Packs, w *world.World) (*Reader, error) {
	hs, err := newHouses()
	if err != nil {
		return nil, err
	}
	r := &Reader{forms: map[string]*forms{}, none: emptyForms(), houses: hs, dates: newDates(), places: &places{packs, w}, codes: packs.Codes()}
	for _, code := range r.codes {
		pack, _ := packs.Pack(code)
		f, err := newForms(pack)
		if err != nil {
			return nil, err
		}
		r.forms[code] = f
		r.dates.learn(f.months)
	}
	return r, nil
}

// places finds the state in which a dateline's place lies.
type places struct {
	packs *lang.Packs
	world *world.World
}

// country returns the ISO 3166-1 alpha-3 code of the state of a place, as the
// names of a language know it. The names are compiled when first asked for.
func (p *places) country(code, name string) (string, bool) {
	pack, ok := p.packs.Pack(code)
	if !ok {
		return "", false
	}
	g, err := pack.Gazetteer(p.world)
	if err != nil {
		return "", false // the entity stage, which needs the names, reports it
	}
	n, ok := g.Lookup(name)
	return n.Country, ok && n.Country != ""
}
