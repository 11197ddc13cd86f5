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
		return nil, "", fmt.Errorf("archive %s: %w", a.path, explain(err))
	}
	return facts, next, nil
}

func (a *Archive) facts(ctx context.Context, kinds []Kind, f *Filter, p Page) ([]Fact, string, error) {
	after, err := parseCursor(p.After)
	if err != nil {
		return nil, "", err
	}
	q, ok, err := a.compile(ctx, "post", kinds, f)
	if err != nil || !ok {
		return nil, "", err
	}
	hits, err := a.scan(ctx, q, after, p.limit()+1)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(hits) > p.limit() {
		hits = hits[:p.limit()]
		last := hits[len(hits)-1]
		next = cursor{last.day, last.fact}.String()
	}
	facts, err := a.load(ctx, hits)
	return facts, next, err
}

// load reads the records behind hits, each story once.
func (a *Archive) load(ctx context.Context, hits []hit) ([]Fact, error) {
	ids := make([]int64, 0, len(hits))
	for _, h := range hits {
		ids = append(ids, int64(FactID(h.fact).Story()))
	}
	reports := map[StoryID]*Report{}
	where, arg := a.read.among("s.id", distinct(ids))
	if err := a.each(ctx, reportQuery+"WHERE "+where, []any{arg}, func(row scanner) error {
		r, err := a.scanReport(row)
		if err == nil {
			reports[r.Story.ID] = r
		}
		return err
	}); err != nil {
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
	switch {
	case n < 0:
		return x, false
	case n < len(rec.Events):
		x.Kind, x.Event = Event, &rec.Events[n]
		x.Confidence = x.Event.Confidence
		return x, true
	}
	n -= len(rec.Events)
	switch {
	case n < len(rec.Encounters):
		x.Kind, x.Encounter = Encounter, &rec.Encounters[n]
		x.Confidence = x.Encounter.Confidence
		return x, true
	case n-len(rec.Encounters) < len(rec.Quotations):
		x.Kind, x.Quotation = Quotation, &rec.Quotations[n-len(rec.Encounters)]
		x.Confidence = x.Quotation.Confidence
		return x, true
	}
	n -= len(rec.Encounters) + len(rec.Quotations)
	switch {
	case n < len(rec.Pledges):
		x.Kind, x.Pledge = Pledge, &rec.Pledges[n]
		x.Confidence = x.Pledge.Confidence
		return x, true
	case n-len(rec.Pledges) < len(rec.Messages):
		x.Kind, x.Message = Message, &rec.Messages[n-len(rec.Pledges)]
		x.Confidence = x.Message.Confidence
		return x, true
	}
	return x, false
}

// EachFact yields all facts of some kinds that pass a filter, newest first.
func (a *Archive) EachFact(ctx context.Context, kinds []Kind, f Filter) iter.Seq2[Fact, error] {
	return func(yield func(Fact, error) bool) {
		for p := (Page{Limit: 200}); ; {
			facts, next, err := a.Facts(ctx, kinds, f, p)
			if err != nil {
				yield(Fact{}, err)
				return
			}
			for _, x := range facts {
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
