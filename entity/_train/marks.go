package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"strconv"
	"strings"

	"kawat/entity"
	"kawat/gold"
)

// marked reads a treebank and the names that were marked in it by hand: a line
// for each sentence with names, its number and for each name the kind and the
// numbers of its first and last word ("12 PER 3 4 LOC 7 7"). Of the sentences
// without names every so many-th is learned.
func marked(marks, treebank string, every int) (out []entity.Sentence, err error) {
	if marks == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(marks)
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(treebank)
	if err != nil {
		return nil, err
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(text)); !strings.Contains(string(raw), sum) {
		return nil, fmt.Errorf("%s marks another treebank than %s (%s)", marks, treebank, sum)
	}
	sents, err := gold.ReadCoNLLU(strings.NewReader(string(text)))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", treebank, err)
	}
	names, err := readMarks(string(raw), len(sents))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", marks, err)
	}
	for i := range sents {
		if names[i] == nil && i%every != 0 {
			continue
		}
		s, err := label(&sents[i], names[i])
		if err != nil {
			return nil, fmt.Errorf("%s: sentence %d: %w", marks, i+1, err)
		}
		out = append(out, s)
	}
	fmt.Printf("%s sentences %d sha256 %x\n", marks, len(out), sha256.Sum256(raw))
	return out, nil
}

// mark is a name: words a to b, counted from 0, b not of it.
type mark struct {
	kind string
	a, b int
}

func readMarks(raw string, sents int) ([][]mark, error) {
	out := make([][]mark, sents)
	for line := range strings.Lines(raw) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		n, err := strconv.Atoi(f[0])
		if err != nil || n < 1 || n > sents || len(f)%3 != 1 {
			return nil, fmt.Errorf("bad line %q", line)
		}
		for f = f[1:]; len(f) > 0; f = f[3:] {
			a, errA := strconv.Atoi(f[1])
			b, errB := strconv.Atoi(f[2])
			if errA != nil || errB != nil || a < 1 || b < a {
				return nil, fmt.Errorf("bad name in %q", line)
			}
			out[n-1] = append(out[n-1], mark{f[0], a - 1, b})
		}
	}
	return out, nil
}

// label makes a sentence of the words of a tree and its names.
func label(s *gold.Sentence, names []mark) (out entity.Sentence, err error) {
	for _, t := range s.Tokens {
		for _, w := range t.Words {
			out.Tokens = append(out.Tokens, entity.Labelled{Form: w.Form, Label: "O", UPOS: w.UPOS})
		}
	}
	for _, m := range names {
		if m.b > len(out.Tokens) {
			return out, fmt.Errorf("%d words, a name ends at %d", len(out.Tokens), m.b)
		}
		for i := m.a; i < m.b; i++ {
			out.Tokens[i].Label = "I-" + m.kind
		}
		out.Tokens[m.a].Label = "B-" + m.kind
	}
	return out, nil
}
