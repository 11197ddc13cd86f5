package story

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestRunesCountsCodePoints(t *testing.T) {
	for _, text := range []string{
		"", "plain", strings.Repeat("a", 200), "“Kami siap,” kata Menlu.",
		strings.Repeat("Côte d’Ivoire – 中国 🕊 ", 40), strings.Repeat("é", 64) + "x",
	} {
		r := NewRunes(text)
		for i := range text {
			if got, want := r.At(i), utf8.RuneCountInString(text[:i]); got != want {
				t.Fatalf("At(%d) of %.20q = %d, want %d", i, text, got, want)
			}
		}
		if got, want := r.At(len(text)), utf8.RuneCountInString(text); got != want {
			t.Errorf("At(end) of %.20q = %d, want %d", text, got, want)
		}
	}
}

func tree() *Story {
	st := &Story{ID: "t", Text: "Xi met Lavrov."}
	st.Parts = []Part{{Kind: PartParagraph, Span: Span{0, 14}, Para: 1}}
	st.Sents = []Sentence{{Span: Span{0, 14}, FirstToken: 1, EndToken: 5, FirstWord: 1, EndWord: 5}}
	for _, w := range []Word{
		{Form: "Xi", Span: Span{0, 2}, Head: 2, Deprel: "nsubj", UPOS: PROPN},
		{Form: "met", Span: Span{3, 6}, Deprel: "root", UPOS: VERB},
		{Form: "Lavrov", Span: Span{7, 13}, Head: 2, Deprel: "obj", UPOS: PROPN},
		{Form: ".", Span: Span{13, 14}, Head: 2, Deprel: "punct", UPOS: PUNCT},
	} {
		w.Sent, w.Token = 1, TokenID(len(st.Words)+1)
		st.Words = append(st.Words, w)
		st.Tokens = append(st.Tokens, Token{Span: w.Span, Sent: 1, FirstWord: w.tokenWord(), EndWord: w.tokenWord() + 1})
	}
	st.Link(1)
	return st
}

func (w Word) tokenWord() WordID { return WordID(w.Token) }

func TestTreeWalk(t *testing.T) {
	st := tree()
	if err := st.Check(); err != nil {
		t.Fatal(err)
	}
	if got := slices.Collect(st.Children(2)); !slices.Equal(got, []WordID{1, 3, 4}) {
		t.Errorf("children of met = %v", got)
	}
	if st.Sent(1).Root != 2 {
		t.Errorf("root = %d", st.Sent(1).Root)
	}
	if st.Child(2, "obj") != 3 || st.Child(2, "iobj") != 0 {
		t.Error("Child finds the wrong dependent")
	}
	if sp := st.Subtree(2); sp != (Span{0, 14}) {
		t.Errorf("Subtree = %v", sp)
	}
	if !st.Dominates(2, 1) || st.Dominates(1, 2) {
		t.Error("Dominates is the wrong way round")
	}
	if a, b := st.WordsIn(Span{3, 13}); a != 2 || b != 4 {
		t.Errorf("WordsIn = %d, %d", a, b)
	}
	if st.SentAt(5) != 1 || st.SentAt(14) != 0 {
		t.Error("SentAt is off")
	}
}

func TestCheckFindsBreaches(t *testing.T) {
	for name, breakIt := range map[string]func(*Story){
		"cycle":             func(st *Story) { st.Words[1].Head = 1 },
		"two roots":         func(st *Story) { st.Words[2].Head = 0 },
		"span outside":      func(st *Story) { st.Words[2].Span.End = 99 },
		"part overlap":      func(st *Story) { st.Parts = append(st.Parts, Part{Span: Span{3, 6}}) },
		"no evidence":       func(st *Story) { st.AddEvent(Event{Type: "CONSULT", Status: Occurred}) },
		"missing entity":    func(st *Story) { st.AddMention(Mention{Entity: 7}) },
		"text in no part":   func(st *Story) { st.Parts[0].Span.End = 4; st.Sents, st.Words = nil, nil },
		"entity sans ref":   func(st *Story) { st.AddEntity(Entity{Kind: Person, Name: "Xi"}) },
		"quotation of none": func(st *Story) { st.AddQuotation(Quotation{Evidence: Evidence{Spans: []Span{{0, 2}}, By: "x"}}) },
	} {
		st := tree()
		breakIt(st)
		if st.Check() == nil {
			t.Errorf("%s: Check says nothing", name)
		}
	}
}

func TestExact(t *testing.T) {
	st := &Story{Text: "dia dan dia"}
	if sp, ok := st.Exact("dia", 2); !ok || sp != (Span{8, 11}) {
		t.Errorf("second dia = %v %v", sp, ok)
	}
	if _, ok := st.Exact("dia", 3); ok {
		t.Error("a third dia was found")
	}
}
