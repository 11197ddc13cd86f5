package main

import (
	"fmt"
	"os"
	"strings"

	"kawat/entity"
	"kawat/learn"
)

// grammar makes sentences with names out of patterns of our own: "{PER} of {ORG}
// spoke ." says what stands where, and lines that begin with @ what a slot may be
// filled with.
type grammar struct {
	sorts map[string][]string
	sents []string
}

// deepest bounds how far the fillings of slots may hold slots.
const deepest = 6

// readGrammar reads a file of patterns; the lists fill GIVEN, FAMILY and CITY.
func readGrammar(file string, lists nameList) (*grammar, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	g := &grammar{sorts: map[string][]string{"GIVEN": lists.given, "FAMILY": lists.family, "CITY": lists.cities}}
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		sort, isSort := strings.CutPrefix(line, "@")
		switch {
		case line == "" || strings.HasPrefix(line, "# "):
		case isSort:
			name, fillings, ok := strings.Cut(sort, " ")
			if !ok {
				return nil, fmt.Errorf("%s: no filling for %q", file, line)
			}
			g.sorts[name] = strings.Split(fillings, "|")
		default:
			g.sents = append(g.sents, line)
		}
	}
	return g, g.check(file)
}

// check makes sure that every slot has a sort.
func (g *grammar) check(file string) error {
	lines := g.sents
	for _, fillings := range g.sorts {
		lines = append(lines, fillings...)
	}
	for _, l := range lines {
		for _, part := range strings.Split(l, "{")[1:] {
			slot, _, ok := strings.Cut(part, "}")
			_, sort := cutSlot(slot)
			if g.sorts[sort] == nil || !ok {
				return fmt.Errorf("%s: no sort for %q in %q", file, slot, l)
			}
		}
	}
	return nil
}

// cutSlot parts "ORG.CLUB" into the label and the sort, which are one in "ORG".
func cutSlot(slot string) (label, sort string) {
	label, sort, ok := strings.Cut(slot, ".")
	if !ok {
		return slot, slot
	}
	return label, sort
}

// make fills the slots of one pattern.
func (g *grammar) make(pattern string, rnd *learn.Rand) (out []entity.Labelled) {
	for word := range strings.FieldsSeq(pattern) {
		slot, ok := strings.CutPrefix(word, "{")
		if !ok {
			out = append(out, entity.Labelled{Form: word, Label: "O"})
			continue
		}
		label, sort := cutSlot(strings.TrimSuffix(slot, "}"))
		begun := false
		for form := range strings.FieldsSeq(g.fill("{."+sort+"}", rnd, 0)) {
			l := "O"
			if label != "" && (begun || form != "the") {
				l = "I-" + label
				if !begun {
					l = "B-" + label
				}
				begun = true
			}
			out = append(out, entity.Labelled{Form: form, Label: l})
		}
	}
	return out
}

// fill replaces slots until there is none.
func (g *grammar) fill(s string, rnd *learn.Rand, depth int) string {
	for depth < deepest {
		before, rest, ok := strings.Cut(s, "{.")
		if !ok {
			return s
		}
		slot, after, _ := strings.Cut(rest, "}")
		fillings := g.sorts[slot]
		s = before + g.fill(fillings[rnd.Intn(len(fillings))], rnd, depth+1) + after
	}
	return s
}
