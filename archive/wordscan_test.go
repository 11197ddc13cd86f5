package archive_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"kawat/archive"
)

// TestWordsByEveryWay asks questions for words by every way that leads to an
// answer: from the stories that hold them, and from the entries of a term whole
// and in stretches. All give the same facts in the same order.
func TestWordsByEveryWay(t *testing.T) {
	a := open(t, archive.Options{})
	var items []archive.Item
	for i := range 400 {
		day := fmt.Sprintf("2024-%02d-%02d", 1+i%12, 1+i*7%28)
		text := fmt.Sprintf("Ana Silva met Li Wen, round %d.", i%9)
		if i%3 == 0 {
			text += " The harbour treaty was on the table."
		}
		it := meeting(fmt.Sprint("s", i), []string{"TASS", "ANTARA", "The Meridian"}[i%3], day, text)
		switch i % 5 {
		case 1: // told long after the day, or long before
			it.Record.Events[0].Date = "2022-05-06"
		case 2:
			it.Record.Events[0].Date, it.Record.Events[0].Status = "2025-08-01", "planned"
		case 3:
			it.Record.Events[0].Type, it.Record.Events[0].CAMEO = "AID", "071"
		}
		items = append(items, it)
	}
	put(t, a, items...)
	for _, f := range []archive.Filter{
		{Words: "harbour"},
		{Words: "harbour -round"},
		{Words: "harbour OR met", Actor: []string{"PER"}},
		{Words: `"met Li"`, Type: []string{"AID"}},
		{Words: "treat*", Status: []string{"planned"}, Publisher: []string{"TASS"}},
		{Words: "treaty", CAMEO: []string{"04"}, Since: "2024-03", Until: "2025-09"},
		{Words: "harbour", Person: []string{"silva"}, Lang: []string{"en"}, Quad: []string{"1"}},
	} {
		for _, happenings := range []bool{false, true} {
			ways, err := archive.WaysToWords(context.Background(), a, happenings, f)
			if err != nil {
				t.Fatalf("%+v: %v", f, err)
			}
			for name, got := range ways {
				if want := ways["whole"]; !slices.Equal(got, want) {
					t.Errorf("%+v, happenings %v: %s gives %d\n%v\nwhole gives %d\n%v", f, happenings, name, len(got), got, len(want), want)
				}
			}
			if len(ways["whole"]) == 0 && f.Words != "harbour -round" {
				t.Errorf("%+v, happenings %v: nothing", f, happenings)
			}
		}
	}
}
