package archive

import (
	"maps"
	"slices"
	"strings"
)

// termKind tells what a term names.
type termKind uint8

const (
	termAll     termKind = iota + 1 // every fact of a kind; text is the kind
	termSide                        // a state or organization on a side: "CHN"
	termPair                        // two of them, in order of their codes: "CHN RUS"; the first has roleFrom where it acts
	termPerson                      // a ref: "person:RUS/lavrov-sergey"
	termOffice                      // a function: "foreign-minister"
	termCAMEO                       // a whole code: "0311"
	termCountry                     // of the place: "CHN"
	termPlace                       // a name of the place, folded: "beijing"
	termPublisher
	termDyad // directed, for counts: "CHN>RUS"
	termActor
	termLang   // of the story, or of the reports of a happening
	termType   // PLOVER type, kind of encounter, quotation or message, act of a pledge
	termStatus // but for statusUsual
)

// statusUsual is that of most facts, and no term: to walk all facts for it is
// quicker.
const statusUsual = "occurred"

// term is what facts are found by.
type term struct {
	kind termKind
	text string
}

// maxCachedTerms bounds the writer's memory of terms; persons are many.
const maxCachedTerms = 400_000

// termID returns the id of a term, adding it where it is new.
func (b *Batch) termID(t term) (int64, error) {
	if id, ok := b.w.terms[t]; ok {
		return id, nil
	}
	ids, err := b.tx.terms([]term{t})
	if err != nil {
		return 0, err
	}
	b.rememberTerm(t, ids[0])
	return ids[0], nil
}

func (b *Batch) rememberTerm(t term, id int64) {
	if len(b.w.terms) >= maxCachedTerms {
		clear(b.w.terms)
	}
	b.w.terms[term{t.kind, strings.Clone(t.text)}] = id
}

// learnTerms looks up at once what termID will be asked for a story.
func (b *Batch) learnTerms(e *Entry) error {
	wanted := map[term]bool{}
	want := func(t term) {
		if _, ok := b.w.terms[t]; !ok {
			wanted[t] = true
		}
	}
	for i := range e.facts {
		for t := range e.facts[i].terms {
			want(t)
		}
		if e.facts[i].kind == Event {
			for _, t := range e.facts[i].counted() {
				want(t)
			}
		}
	}
	for _, s := range e.people {
		want(term{termPerson, s.ref})
	}
	if len(wanted) == 0 {
		return nil
	}
	list := slices.SortedFunc(maps.Keys(wanted), compareTerms)
	ids, err := b.tx.terms(list)
	for i, id := range ids {
		b.rememberTerm(list[i], id)
	}
	return err
}
