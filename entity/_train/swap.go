package main

import (
	"strings"

	"kawat/entity"
	"kawat/learn"
)

// swapped returns a sentence with the names of people and of one-word places
// changed for others of the lists, so that a model learns from the words around
// them and from what kind of words they are, and less from which.
func swapped(sent []entity.Labelled, lists nameList, rnd *learn.Rand) []entity.Labelled {
	pick := func(list []string) string { return list[rnd.Intn(len(list))] }
	again := append([]entity.Labelled(nil), sent...)
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
		case kind == "LOC" && end == i+1 && capitalised(again[i:end]) && rnd.Intn(2) == 0:
			again[i].Form = pick(lists.cities)
		}
	}
	return again
}

func capitalised(toks []entity.Labelled) bool {
	for _, t := range toks {
		if len(t.Form) < 3 || t.Form[0] < 'A' || t.Form[0] > 'Z' || strings.ToUpper(t.Form) == t.Form {
			return false
		}
	}
	return true
}
