package gold

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Share is how much of what was wanted was found.
type Share struct{ Gold, Found, Right int }

// F1 is the harmonic mean of precision and recall, in per cent.
func (s Share) F1() float64 {
	if s.Gold+s.Found == 0 {
		return 0
	}
	return 200 * float64(s.Right) / float64(s.Gold+s.Found)
}

// UDScore compares trees as the evaluation of the CoNLL 2018 shared task does
// (Zeman and others 2018): tokens, sentences and words by the characters that
// they stand on, the rest on the words that are aligned. Relations count
// without their subtypes.
type UDScore struct {
	Tokens, Sentences, Words            Share
	UPOS, Feats, Lemmas, UAS, LAS, CLAS Share
}

// udWord is a word with the characters, spaces left out, that it stands on.
type udWord struct {
	*Word
	start, end int
	multi      bool // it is part of a multiword token
	head       int  // index of the head's word, -1 for the root
}

// udText is a treebank as one run of characters.
type udText struct {
	chars     []rune
	tokens    [][2]int
	sentences [][2]int
	words     []udWord
}

func udTextOf(sents []Sentence) *udText {
	t := &udText{}
	for i := range sents {
		s := &sents[i]
		from, base := len(t.chars), len(t.words)
		for j := range s.Tokens {
			tok := &s.Tokens[j]
			start := len(t.chars)
			for _, r := range tok.Form {
				if !unicode.IsSpace(r) {
					t.chars = append(t.chars, r)
				}
			}
			t.tokens = append(t.tokens, [2]int{start, len(t.chars)})
			for k := range tok.Words {
				w := &tok.Words[k]
				t.words = append(t.words, udWord{Word: w, start: start, end: len(t.chars), multi: len(tok.Words) > 1, head: base + w.Head - 1})
				if w.Head == 0 {
					t.words[len(t.words)-1].head = -1
				}
			}
		}
		t.sentences = append(t.sentences, [2]int{from, len(t.chars)})
	}
	return t
}

// ScoreUD scores found trees against gold ones. Both must spell the same text
// but for white space; where they do not, the error says where.
func ScoreUD(gold, found []Sentence) (*UDScore, error) {
	g, f := udTextOf(gold), udTextOf(found)
	if err := sameText(g.chars, f.chars); err != nil {
		return nil, err
	}
	sc := &UDScore{
		Tokens: shared(g.tokens, f.tokens), Sentences: shared(g.sentences, f.sentences),
	}
	pairs := align(g.words, f.words)
	sc.Words = Share{len(g.words), len(f.words), len(pairs)}
	toFound := make([]int, len(g.words))
	for i := range toFound {
		toFound[i] = -2
	}
	for _, p := range pairs {
		toFound[p[0]] = p[1]
	}
	sc.count(g, f, pairs, toFound)
	return sc, nil
}

func sameText(g, f []rune) error {
	for i := range min(len(g), len(f)) {
		if g[i] != f[i] {
			from := max(i-20, 0)
			return fmt.Errorf("the texts differ: gold has %q, found %q", string(g[from:min(i+20, len(g))]), string(f[from:min(i+20, len(f))]))
		}
	}
	if len(g) != len(f) {
		return fmt.Errorf("the texts differ: gold has %d characters, found %d", len(g), len(f))
	}
	if len(g) == 0 {
		return errors.New("no words")
	}
	return nil
}

// shared counts the spans that two lists have in common.
func shared(g, f [][2]int) Share {
	s := Share{Gold: len(g), Found: len(f)}
	for i, j := 0, 0; i < len(g) && j < len(f); {
		switch {
		case g[i] == f[j]:
			s.Right++
			i, j = i+1, j+1
		case g[i][0] < f[j][0]:
			i++
		case g[i][0] > f[j][0]:
			j++
		case g[i][1] < f[j][1]:
			i++
		default:
			j++
		}
	}
	return s
}

// align pairs words: by their characters, and within multiword tokens by the
// longest common run of forms.
func align(g, f []udWord) [][2]int {
	var out [][2]int
	for i, j := 0, 0; i < len(g) && j < len(f); {
		if !g[i].multi && !f[j].multi {
			switch {
			case g[i].start == f[j].start && g[i].end == f[j].end:
				out = append(out, [2]int{i, j})
				i, j = i+1, j+1
			case g[i].start <= f[j].start:
				i++
			default:
				j++
			}
			continue
		}
		gi, fj, gEnd, fEnd := stretch(g, f, i, j)
		for _, p := range commonForms(g[gi:gEnd], f[fj:fEnd]) {
			out = append(out, [2]int{gi + p[0], fj + p[1]})
		}
		i, j = max(gEnd, i+1), max(fEnd, j)
	}
	return out
}

// stretch returns the words of both sides that a multiword token touches.
func stretch(g, f []udWord, i, j int) (gi, fj, gEnd, fEnd int) {
	end := f[j].end
	if g[i].multi {
		end = g[i].end
		if !f[j].multi && f[j].start < g[i].start {
			j++
		}
	} else if g[i].start < f[j].start {
		i++
	}
	gi, fj = i, j
	for i < len(g) && g[i].start < end || j < len(f) && f[j].start < end {
		w := &g[min(i, len(g)-1)]
		if i < len(g) && (j >= len(f) || g[i].start <= f[j].start) {
			i++
		} else {
			w = &f[j]
			j++
		}
		if w.multi {
			end = max(end, w.end)
		}
	}
	return gi, fj, i, j
}

// commonForms pairs the words of the longest common subsequence of forms,
// whatever their case.
func commonForms(g, f []udWord) [][2]int {
	best := make([][]int, len(g)+1)
	for i := range best {
		best[i] = make([]int, len(f)+1)
	}
	for i := len(g) - 1; i >= 0; i-- {
		for j := len(f) - 1; j >= 0; j-- {
			if strings.EqualFold(g[i].Form, f[j].Form) {
				best[i][j] = 1 + best[i+1][j+1]
			} else {
				best[i][j] = max(best[i+1][j], best[i][j+1])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(g) && j < len(f); {
		switch {
		case strings.EqualFold(g[i].Form, f[j].Form):
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case best[i+1][j] >= best[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}

// functional are the relations that CLAS leaves out.
var functional = [...]string{"aux", "cop", "mark", "det", "clf", "case", "cc", "punct"}

func content(w *Word) bool { return !slices.Contains(functional[:], bare(w.Deprel)) }

func bare(rel string) string {
	rel, _, _ = strings.Cut(rel, ":")
	return rel
}

func (sc *UDScore) count(g, f *udText, pairs [][2]int, toFound []int) {
	each := Share{Gold: len(g.words), Found: len(f.words)}
	sc.UPOS, sc.Feats, sc.Lemmas, sc.UAS, sc.LAS = each, each, each, each, each
	for i := range g.words {
		if content(g.words[i].Word) {
			sc.CLAS.Gold++
		}
		// Words whose lemma the gold does not say are left out.
		if w := g.words[i].Word; w.Lemma == "_" && w.Form != "_" {
			sc.Lemmas.Gold--
			sc.Lemmas.Found--
		}
	}
	for i := range f.words {
		if content(f.words[i].Word) {
			sc.CLAS.Found++
		}
	}
	for _, p := range pairs {
		a, b := &g.words[p[0]], &f.words[p[1]]
		add(&sc.UPOS, a.UPOS == b.UPOS)
		add(&sc.Feats, a.Feats == b.Feats)
		add(&sc.Lemmas, a.Lemma == b.Lemma && (a.Lemma != "_" || a.Form == "_"))
		head := a.head == b.head
		if a.head >= 0 {
			head = toFound[a.head] == b.head
		}
		labelled := head && bare(a.Deprel) == bare(b.Deprel)
		add(&sc.UAS, head)
		add(&sc.LAS, labelled)
		add(&sc.CLAS, labelled && content(a.Word))
	}
}

func add(s *Share, ok bool) {
	if ok {
		s.Right++
	}
}
