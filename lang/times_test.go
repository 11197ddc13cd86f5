package lang_test

import (
	"strings"
	"testing"

	"kawat/lang"
	"kawat/story"
	"kawat/when"
)

// TestTimesExamples reads the example of every row of times.tsv: the words of
// the row must lie in a date that was found, or beside it.
func TestTimesExamples(t *testing.T) {
	packs, err := lang.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range packs.Codes() {
		pack, _ := packs.Pack(code)
		table, err := pack.Table("times.tsv")
		if err != nil {
			t.Fatal(err)
		}
		finder, err := pack.Times()
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range table.Rows {
			example, form := r.Get("example"), r.Get("form")
			found := finder.Find(example, story.Span{End: len(example)}, when.Ref{Published: "2024-04-10"})
			if r.Get("kind") == "era" && r.Get("value") == "other" {
				if len(found) != 0 {
					t.Error(r.Errorf("example %q: a year of another era was read as %s", example, found[0].Date))
				}
				continue
			}
			if len(found) == 0 {
				t.Error(r.Errorf("example %q holds no date", example))
				continue
			}
			sp := found[0].Span
			around := example[max(0, sp.Start-len(form)-5):min(len(example), sp.End+1)]
			if r.Get("kind") != "order" && !strings.Contains(strings.ToLower(around), strings.ToLower(form)) {
				t.Error(r.Errorf("example %q: found %q, not %q", example, example[sp.Start:sp.End], form))
			}
		}
	}
}
