package archive

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"kawat/record"
)

// Fact is one fact of one story. Exactly one of the pointers to rows of the
// record is set.
type Fact struct {
	ID         FactID
	Kind       Kind
	Day        Day // of the act where the record gives it, else of publication
	Report     *Report
	Event      *record.Event
	Encounter  *record.Encounter
	Quotation  *record.Quotation
	Pledge     *record.Pledge
	Message    *record.Message
	Confidence float64
}

// Facts returns a page of the facts of some kinds that pass a filter, newest
// first, and the cursor of the next page, "" where there is none.
func (a *Archive) Facts(ctx context.Context, kinds []Kind, f Filter, p Page) ([]Fact, string, error) {
	facts, next, err := a.facts(ctx, kinds, &f, p)
	if err != nil {
		return nil, "", a.failed(err)
	}
	return facts, next, nil
}

func (a *Archive) facts(ctx context.Context, kinds []Kind, f *Filter, p Page) ([]Fact, string, error) {
	hits, next, err := a.page(ctx, "post", kinds, f, p)
	if err != nil {
		return nil, "", err
	}
	facts, err := a.load(ctx, hits)
	return facts, next, err
}

// page returns a page of the hits in an index, and the cursor of the next.
func (a *Archive) page(ctx context.Context, table string, kinds []Kind, f *Filter, p Page) ([]hit, string, error) {
	after, err := parseCursor(p.After)
	if err != nil {
		return nil, "", err
	}
	q, ok, err := a.compile(ctx, table, kinds, f)
	if err != nil || !ok {
		return nil, "", err
	}
	hits, err := a.firstHits(ctx, q, after, p.limit()+1)
	if err != nil || len(hits) <= p.limit() {
		return hits, "", err
	}
	hits = hits[:p.limit()]
	last := hits[len(hits)-1]
	return hits, cursor{last.day, last.fact}.String(), nil
}

// load reads the records behind hits, each story once.
func (a *Archive) load(ctx context.Context, hits []hit) ([]Fact, error) {
	ids := make([]int64, 0, len(hits))
	for _, h := range hits {
		ids = append(ids, int64(FactID(h.fact).Story()))
	}
	reports, err := a.reportsOf(ctx, distinct(ids))
	if err != nil {
		return nil, err
	}
	out := make([]Fact, 0, len(hits))
	for _, h := range hits {
		id := FactID(h.fact)
		r := reports[id.Story()]
		if r == nil { // it left between the two questions
			continue
		}
		x, ok := factOf(r, id)
		if !ok {
			return nil, fmt.Errorf("story %s: its record has no fact %d: %w", r.Story.Name, id.number(), errDamaged)
		}
		x.Day = h.day
		out = append(out, x)
	}
	return out, nil
}

// distinct sorts ids and drops those that come again.
func distinct(ids []int64) []int64 {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// factOf finds a fact in its record by its number.
func factOf(r *Report, id FactID) (Fact, bool) {
	x := Fact{ID: id, Report: r}
	rec, n := r.Record, id.number()-1
	among := func(k Kind, rows int) bool {
		if n < rows {
			x.Kind = k
			return true
		}
		n -= rows
		return false
	}
	switch {
	case n < 0:
		return x, false
	case among(Event, len(rec.Events)):
		x.Event = &rec.Events[n]
		x.Confidence = x.Event.Confidence
	case among(Encounter, len(rec.Encounters)):
		x.Encounter = &rec.Encounters[n]
		x.Confidence = x.Encounter.Confidence
	case among(Quotation, len(rec.Quotations)):
		x.Quotation = &rec.Quotations[n]
		x.Confidence = x.Quotation.Confidence
	case among(Pledge, len(rec.Pledges)):
		x.Pledge = &rec.Pledges[n]
		x.Confidence = x.Pledge.Confidence
	case among(Message, len(rec.Messages)):
		x.Message = &rec.Messages[n]
		x.Confidence = x.Message.Confidence
	default:
		return x, false
	}
	return x, true
}

// EachFact yields all facts of some kinds that pass a filter, newest first.
func (a *Archive) EachFact(ctx context.Context, kinds []Kind, f Filter) iter.Seq2[Fact, error] {
	return pages(func(p Page) ([]Fact, string, error) { return a.Facts(ctx, kinds, f, p) })
}

// pages yields what is on all pages of an answer.
func pages[T any](ask func(Page) ([]T, string, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for p := (Page{Limit: 200}); ; {
			page, next, err := ask(p)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, x := range page {
				if !yield(x, nil) {
					return
				}
			}
			if p.After = next; next == "" {
				return
			}
		}
	}
}

// Local returns the fact's id in its record, such as "ev1".
func (x *Fact) Local() string {
	switch x.Kind {
	case Event:
		return x.Event.ID
	case Encounter:
		return x.Encounter.ID
	case Quotation:
		return x.Quotation.ID
	case Pledge:
		return x.Pledge.ID
	}
	return x.Message.ID
}

// Cursor returns where a list goes on behind the fact.
func (x *Fact) Cursor() string { return cursor{x.Day, int64(x.ID)}.String() }

// Spans returns the words that state the fact, in code points of the text.
func (x *Fact) Spans() []record.Span {
	switch x.Kind {
	case Event:
		return x.Event.Evidence
	case Encounter:
		return x.Encounter.Evidence
	case Quotation:
		return x.Quotation.Content
	case Pledge:
		if x.Pledge.Content != nil {
			return []record.Span{*x.Pledge.Content}
		}
		return x.Pledge.Evidence
	}
	return x.Message.Evidence
}
