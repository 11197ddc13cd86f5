// Package wire turns bytes into stories: it tells plain text, HTML pages and
// JSON Lines apart, decodes them, and takes a story's anatomy: headline,
// dateline, credits, the agencies behind a publisher, the copyright line,
// paragraphs, and what is not the story at all.
//
// What comes in is a reader; what goes out are stories one at a time, or an
// error an item that names input, line and reason. The package never changes a
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
	"fmt"

	"kawat/lang"
	"kawat/world"
)

// Limits on hostile input.
const (
	maxItemBytes = 32 << 20 // a text or a page
	maxLineBytes = 8 << 20  // a line of JSON
	maxDepth     = 512      // nested elements of a page
)

// Reader reads stories. It is read-only after New and safe for many goroutines.
type Reader struct {
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
	r := &Reader{forms: map[string]*forms{}, none: emptyForms(), houses: hs, dates: newDates(), places: &places{packs, w}}
	for _, code := range packs.Codes() {
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

// ItemError says which item of an input could not be read, and why.
type ItemError struct {
	Input  string
	Line   int // 0 where the input is one item
	Reason error
}

func (e *ItemError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d: %v", e.Input, e.Line, e.Reason)
	}
	return fmt.Sprintf("%s: %v", e.Input, e.Reason)
}

func (e *ItemError) Unwrap() error { return e.Reason }
