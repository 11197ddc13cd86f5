package gold

import (
	"bytes"
	"strings"
	"testing"
)

// FuzzReadCoNLLU holds the reader of treebanks to trees: heads inside their
// sentence, tokens with words, and the same sentences when they are read again.
func FuzzReadCoNLLU(f *testing.F) {
	f.Add("# text = Ana tiba.\n1\tAna\tAna\tPROPN\t_\t_\t2\tnsubj\t_\t_\n2\ttiba\ttiba\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n")
	f.Add("1-2\tkatanya\t_\t_\t_\t_\t_\t_\t_\t_\n1\tkata\tkata\tVERB\t_\t_\t0\troot\t_\t_\n2\tnya\tnya\tPRON\t_\t_\t1\tnsubj\t_\t_\n\n")
	f.Add("1\ta\ta\tX\t_\t_\t9\tdep\t_\t_\n")
	f.Add("1.1\t_\t_\t_\t_\t_\t_\t_\t_\t_\n")
	f.Fuzz(func(t *testing.T, text string) {
		sents, err := ReadCoNLLU(strings.NewReader(text))
		if err != nil {
			if !strings.Contains(err.Error(), "line ") {
				t.Errorf("the error names no line: %v", err)
			}
			return
		}
		for i := range sents {
			n := sents[i].Words()
			for _, tok := range sents[i].Tokens {
				if len(tok.Words) == 0 {
					t.Error("a token has no words")
				}
				for _, w := range tok.Words {
					if w.Head < 0 || w.Head > n {
						t.Errorf("head %d of %d words", w.Head, n)
					}
				}
			}
		}
	})
}

// FuzzReadEvents holds the reader of coded sentences to errors that name a line.
func FuzzReadEvents(f *testing.F) {
	f.Add([]byte(`{"id":"1","text":"Peru met Chile.","events":[]}` + "\n"))
	f.Add([]byte("{\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		items, err := ReadEvents(bytes.NewReader(data))
		if err == nil && len(items) > bytes.Count(data, []byte("\n"))+1 {
			t.Errorf("%d items of %d lines", len(items), bytes.Count(data, []byte("\n"))+1)
		}
	})
}
