package main

import (
	"strings"

	"kawat/entity"
	"kawat/learn"
)

// swapped returns copies of sentences with the names of people and of one-word
// places changed for others of the lists, so that a model learns from the words
// around them and from what kind of words they are, and less from which.
func swapped(sents [][]entity.Labelled, lists nameList, copies int) (out [][]entity.Labelled) {
	rnd := learn.Rand(11)
	pick := func(list []string) string { return list[rnd.Intn(len(list))] }
	for _, sent := range sents {
		for range copies {
			again, changed := append([]entity.Labelled(nil), sent...), false
			for i := 0; i < len(again); i++ {
				kind, ok := strings.CutPrefix(again[i].Label, "B-")
				if !ok {
					continue
				}
				end := i + 1
				for end < len(again) && again[end].Label == "I-"+kind {
					end++
				}
				switch {
				case kind == "PER" && capitalised(again[i:end]) && end-i <= 3:
					for k := i; k < end; k++ {
						list := lists.given
						if k > i && k == end-1 || end == i+1 && rnd.Intn(2) == 0 {
							list = lists.family
						}
						again[k].Form = pick(list)
					}
					changed = true
				case kind == "LOC" && end == i+1 && capitalised(again[i:end]):
					again[i].Form = pick(lists.cities)
					changed = true
				}
			}
			if changed {
				out = append(out, again)
			}
		}
	}
	return out
}

func capitalised(toks []entity.Labelled) bool {
	for _, t := range toks {
		if len(t.Form) < 3 || t.Form[0] < 'A' || t.Form[0] > 'Z' || strings.ToUpper(t.Form) == t.Form {
			return false
		}
	}
	return true
}
