package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kawat/entity"
	"kawat/lang"
	"kawat/learn"
	"kawat/world"
)

var lists = nameList{given: []string{"Jane"}, family: []string{"Weber"}, cities: []string{"Lima"}}

// TestGrammars makes a sentence of every pattern and reads its labels.
func TestGrammars(t *testing.T) {
	for _, file := range []string{"names-en.grammar"} {
		g, err := readGrammar(filepath.Join("../../lang/drills", file), lists)
		if err != nil {
			t.Fatal(err)
		}
		rnd := learn.Rand(1)
		for _, p := range g.sents {
			last := "O"
			for _, tok := range g.make(p, &rnd) {
				kind, inside := strings.CutPrefix(tok.Label, "I-")
				if strings.ContainsAny(tok.Form, "{}@|") || inside && last != "B-"+kind && last != tok.Label {
					t.Errorf("%s\nmakes %v", p, g.make(p, &rnd))
				}
				last = tok.Label
			}
		}
	}
}

func TestGrammarErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "g")
	for _, bad := range []string{"{PER} spoke .", "@PER", "@PER {.NOBODY}\n{PER} spoke ."} {
		if err := os.WriteFile(file, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := readGrammar(file, lists); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestMarks(t *testing.T) {
	got, err := readMarks("# a line for people\n2\tPER 1 2 LOC 4 4\n", 3)
	if err != nil || got[0] != nil || len(got[1]) != 2 || got[1][1] != (mark{"LOC", 3, 4}) {
		t.Errorf("read %v, %v", got, err)
	}
	for _, bad := range []string{"4\tPER 1 1", "1\tPER 1", "x\tPER 1 1", "1\tPER 2 1", "1\tPER 0 1"} {
		if _, err := readMarks(bad, 3); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

// TestNamesOnly keeps names, drops descriptions, and finds a name again.
func TestNamesOnly(t *testing.T) {
	w, err := world.New()
	if err != nil {
		t.Fatal(err)
	}
	packs, err := lang.Open()
	if err != nil {
		t.Fatal(err)
	}
	pack, _ := packs.Pack("en")
	gaz, err := pack.Gazetteer(w)
	if err != nil {
		t.Fatal(err)
	}
	var sents [][]entity.Labelled
	for _, s := range []string{
		"the/B-ORG rebels/I-ORG left/O Lontar/B-LOC", "Norway/B-ORG warned/O the/B-ORG Lontar/I-ORG Front/I-ORG",
		"We/B-ORG saw/O President/B-PER Jane/I-PER Weber/I-PER", "in/O Lontar/B-LOC and/O Norway/O", "near/O Lontar/O",
	} {
		var sent []entity.Labelled
		for _, w := range strings.Fields(s) {
			form, label, _ := strings.Cut(w, "/")
			sent = append(sent, entity.Labelled{Form: form, Label: label})
		}
		sents = append(sents, sent)
	}
	namesOnly(sents, gaz)
	want := []string{"O O O B-LOC", "B-LOC O O B-ORG I-ORG", "O O O B-PER I-PER", "O B-LOC O B-LOC", "O B-LOC"}
	for i, s := range sents {
		var got []string
		for _, tok := range s {
			got = append(got, tok.Label)
		}
		if strings.Join(got, " ") != want[i] {
			t.Errorf("%v\nwant %s", s, want[i])
		}
	}
}
