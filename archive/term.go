package archive

import "strings"

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
	termLang // of the reports of a happening
)

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
	var id int64
	args := []any{t.kind, t.text}
	found, err := b.one("SELECT id FROM term WHERE kind = ? AND text = ?", args, &id)
	if err == nil && !found {
		_, err = b.one("INSERT INTO term(kind, text) VALUES (?, ?) RETURNING id", args, &id)
	}
	if err != nil {
		return 0, err
	}
	if len(b.w.terms) >= maxCachedTerms {
		clear(b.w.terms)
	}
	b.w.terms[term{t.kind, strings.Clone(t.text)}] = id
	return id, nil
}
