package syntax

import (
	"slices"
	"strings"
	"testing"

	"kawat/learn"
	"kawat/story"
)

// "Menlu Ana Silva tiba di Lima": the name may become another one of another
// length, the tree stays the same.
func nameExample() (*example, []bool) {
	return &example{
		forms: strings.Fields("Menlu Ana Silva tiba di Lima ."),
		tags:  []uint8{uint8(story.NOUN), uint8(story.PROPN), uint8(story.PROPN), uint8(story.VERB), uint8(story.ADP), uint8(story.PROPN), uint8(story.PUNCT)},
		heads: []int32{3, 0, 1, 7, 5, 3, 3},
		rels:  []uint8{1, 2, 3, 0, 4, 5, 6},
		feats: make([]int16, 7),
	}, []bool{false, false, false, true, false, false, false}
}

func TestSwappedNames(t *testing.T) {
	ex, flat := nameExample()
	pool := newNamePool([]example{*ex}, flat)
	if want := []string{"Ana", "Silva"}; !slices.Equal(pool.parts, want) {
		t.Fatalf("parts %q, want %q", pool.parts, want)
	}
	rnd := learn.Rand(1)
	swaps := 0
	for range 200 {
		out := pool.swapped(ex, flat, &rnd)
		if out == ex {
			continue
		}
		swaps++
		n := len(out.forms)
		verb := slices.Index(out.forms, "tiba")
		if verb < 2 || int(out.heads[verb]) != n || int(out.heads[0]) != verb || out.heads[1] != 0 || int(out.heads[n-1]) != verb {
			t.Fatalf("%q: heads %v", out.forms, out.heads)
		}
		for w := 2; w < verb; w++ {
			if out.heads[w] != 1 || !flat[out.rels[w]] {
				t.Fatalf("%q: %q hangs on %d", out.forms, out.forms[w], out.heads[w])
			}
		}
	}
	if swaps == 0 || ex.forms[1] != "Ana" {
		t.Errorf("%d swaps, the example holds %q", swaps, ex.forms)
	}
}

func TestWithoutMark(t *testing.T) {
	ex := &example{
		forms: strings.Fields(`" Kami siap " kata Silva`), tags: make([]uint8, 6), rels: make([]uint8, 6), feats: make([]int16, 6),
		heads: []int32{2, 2, 6, 2, 2, 4},
	}
	rnd := learn.Rand(1)
	lost := map[string]bool{}
	for range 20 {
		out := ex.withoutMark(&rnd)
		verb := slices.Index(out.forms, "siap")
		if len(out.forms) != 5 || out.heads[verb] != 5 || int(out.heads[verb-1]) != verb {
			t.Fatalf("%q, heads %v", out.forms, out.heads)
		}
		lost[strings.Join(out.forms, " ")] = true
	}
	if len(lost) != 2 || ex.heads[2] != 6 {
		t.Errorf("lost %v, the example has heads %v", lost, ex.heads)
	}
}

func TestWithoutStop(t *testing.T) {
	ex, _ := nameExample()
	out := ex.withoutStop()
	if len(out.forms) != 6 || out.heads[3] != 6 || ex.heads[3] != 7 {
		t.Errorf("%q, heads %v", out.forms, out.heads)
	}
}

func TestDress(t *testing.T) {
	open := false
	d := dress{curly: true}
	var got []string
	for _, f := range strings.Fields(`" Kami siap , " Peru 's`) {
		got = append(got, d.put(f, &open))
	}
	if want := strings.Fields(`“ Kami siap , ” Peru ’s`); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// "a US-led raid" is learned as three words, too.
func TestJoinedHyphens(t *testing.T) {
	ex := &example{
		forms: strings.Fields("a US - led raid"), tags: make([]uint8, 5), rels: []uint8{1, 2, 3, 4, 0}, feats: make([]int16, 5),
		heads: []int32{4, 3, 3, 4, 5}, glued: []bool{false, true, true, false, false},
	}
	rnd := learn.Rand(2)
	for range 20 {
		out := ex.joined(&rnd)
		if out == ex {
			continue
		}
		if strings.Join(out.forms, " ") != "a US-led raid" || !slices.Equal(out.heads, []int32{2, 2, 3}) || !slices.Equal(out.rels, []uint8{1, 4, 0}) {
			t.Fatalf("%q, heads %v, relations %v", out.forms, out.heads, out.rels)
		}
		return
	}
	t.Error("never joined")
}
