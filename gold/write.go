package gold

import (
	"fmt"
	"io"
	"strings"

	"kawat/story"
)

// WriteCoNLLU writes the sentences of a story as CoNLL-U.
func WriteCoNLLU(w io.Writer, st *story.Story) error {
	var sb strings.Builder
	for i := range st.Sents {
		sent := &st.Sents[i]
		fmt.Fprintf(&sb, "# sent_id = %d\n# text = %s\n", i+1, strings.Join(strings.Fields(st.Slice(sent.Span)), " "))
		for t := sent.FirstToken; t < sent.EndToken; t++ {
			writeToken(&sb, st, sent, t)
		}
		sb.WriteByte('\n')
		if sb.Len() > 1<<16 {
			if _, err := io.WriteString(w, sb.String()); err != nil {
				return err
			}
			sb.Reset()
		}
	}
	_, err := io.WriteString(w, sb.String())
	return err
}

func writeToken(sb *strings.Builder, st *story.Story, sent *story.Sentence, t story.TokenID) {
	tok := st.Token(t)
	misc := "_"
	if t+1 < sent.EndToken && !st.Token(t+1).SpaceBefore {
		misc = "SpaceAfter=No"
	}
	number := func(w story.WordID) int { return int(w-sent.FirstWord) + 1 }
	many := tok.EndWord-tok.FirstWord > 1
	if many {
		fmt.Fprintf(sb, "%d-%d\t%s\t_\t_\t_\t_\t_\t_\t_\t%s\n", number(tok.FirstWord), number(tok.EndWord-1), st.Slice(tok.Span), misc)
		misc = "_"
	}
	for id := tok.FirstWord; id < tok.EndWord; id++ {
		w := st.Word(id)
		head := 0
		if w.Head != 0 {
			head = number(w.Head)
		}
		fmt.Fprintf(sb, "%d\t%s\t%s\t%s\t_\t%s\t%d\t%s\t_\t%s\n", number(id), w.Form, filled(w.Lemma), w.UPOS, filled(w.Feats), head, filled(w.Deprel), misc)
	}
}

func filled(s string) string {
	if s == "" {
		return "_"
	}
	return s
}
