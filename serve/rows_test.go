package serve

import (
	"testing"

	"kawat/record"
)

// Spans are code points of the text; what is not of the text has no words.
func TestWordsOfSpans(t *testing.T) {
	r := &record.Record{}
	r.Story.Text = "Menlu é\nbertemu “Li” di Ōsaka"
	for _, c := range []struct {
		spans []record.Span
		want  string
	}{
		{[]record.Span{{Start: 0, End: 5}}, "Menlu"},
		{[]record.Span{{Start: 6, End: 15}}, "é bertemu"},
		{[]record.Span{{Start: 16, End: 20}, {Start: 24, End: 29}}, "“Li” … Ōsaka"},
		{[]record.Span{{Start: 24, End: 30}}, ""},
		{[]record.Span{{Start: 9, End: 9}, {Start: -1, End: 3}, {Start: 40, End: 41}}, ""},
		{nil, ""},
	} {
		if got := wordsOf(r, c.spans); got != c.want {
			t.Errorf("%v: %q, want %q", c.spans, got, c.want)
		}
	}
	if got := cut("ŌōŌ", 2); got != "Ōō…" {
		t.Errorf("cut to %q", got)
	}
	if got := cut("ŌōŌ", 3); got != "ŌōŌ" {
		t.Errorf("cut to %q", got)
	}
}
