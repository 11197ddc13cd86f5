package record

import (
	"fmt"
	"unicode/utf8"
)

// Check proves that every span of a record that came from elsewhere lies in
// its text, so that whoever slices the text by them is safe. O(facts + text).
func (r *Record) Check() error {
	n := utf8.RuneCountInString(r.Story.Text)
	var spans []Span
	add := func(sp *Span) {
		if sp != nil {
			spans = append(spans, *sp)
		}
	}
	for i := range r.Story.Parts {
		spans = append(spans, r.Story.Parts[i].Span)
	}
	if d := r.Story.Dateline; d != nil {
		spans = append(spans, d.Span)
	}
	for i := range r.Entities {
		for _, m := range r.Entities[i].Mentions {
			spans = append(spans, m.Span)
		}
	}
	for i := range r.Events {
		spans = append(spans, r.Events[i].Evidence...)
		add(r.Events[i].Trigger)
	}
	for i := range r.Encounters {
		spans = append(spans, r.Encounters[i].Evidence...)
	}
	for i := range r.Quotations {
		q := &r.Quotations[i]
		spans = append(spans, q.Content...)
		add(q.Source)
		if q.Cue != nil {
			spans = append(spans, q.Cue.Span)
		}
	}
	for i := range r.Pledges {
		spans = append(spans, r.Pledges[i].Evidence...)
		add(r.Pledges[i].Content)
	}
	for i := range r.Messages {
		spans = append(spans, r.Messages[i].Evidence...)
	}
	for i := range r.References {
		spans = append(spans, r.References[i].Evidence...)
	}
	for i := range r.Notes {
		spans = append(spans, r.Notes[i].Span)
	}
	for _, sp := range spans {
		if sp.Start < 0 || sp.End < sp.Start || sp.End > n {
			return fmt.Errorf("story %s: span %d to %d is outside the text of %d characters", r.Story.ID, sp.Start, sp.End, n)
		}
	}
	return nil
}
