package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"kawat/gold"
	"kawat/lang"
	"kawat/story"
	"kawat/syntax"
)

func evalUDCommand(e *env) *cobra.Command {
	var code, style, trees string
	var words bool
	c := &cobra.Command{
		Use:   "ud [--lang CODE] GOLD [PRED]",
		Short: "Score trees against a treebank as the CoNLL 2018 evaluation does",
		Long: `Score trees against a treebank as the CoNLL 2018 evaluation does.

Both files are CoNLL-U of the same text. Without PRED the text of GOLD is cut and parsed
by the pack of --lang; with --words its sentences and words are kept and only annotated anew.`,
		Args: usageArgs(cobra.RangeArgs(1, 2)),
		RunE: func(_ *cobra.Command, args []string) error {
			want, err := readTreebank(args[0])
			if err != nil {
				return err
			}
			var got []gold.Sentence
			if len(args) > 1 {
				got, err = readTreebank(args[1])
			} else {
				got, err = parseGold(want, code, style, trees, words)
			}
			if err != nil {
				return err
			}
			sc, err := gold.ScoreUD(want, got)
			if err != nil {
				return err
			}
			return printUD(e, sc)
		},
	}
	c.Flags().StringVar(&code, "lang", "", "pack that parses the text of GOLD where there is no PRED")
	c.Flags().StringVar(&style, "style", "", "conventions of a treebank that the model was trained on, such as gsd")
	c.Flags().BoolVar(&words, "words", false, "keep the sentences and words of GOLD")
	c.Flags().StringVar(&trees, "trees", "", "file to keep the parsed text in")
	return c
}

func readTreebank(name string) ([]gold.Sentence, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	sents, err := gold.ReadCoNLLU(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return sents, nil
}

// parseGold parses the text of a treebank, or its words.
func parseGold(want []gold.Sentence, code, style, trees string, words bool) ([]gold.Sentence, error) {
	parser, err := openParser(code, style)
	if err != nil {
		return nil, err
	}
	var st *story.Story
	if words {
		st = gold.Story(want)
		parser.Annotate(st)
	} else {
		st = rawText(want)
		if err := parser.Run(st); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	if err := gold.WriteCoNLLU(&out, st); err != nil {
		return nil, err
	}
	if trees != "" {
		if err := writeWhole(trees, out.Bytes()); err != nil {
			return nil, err
		}
	}
	return gold.ReadCoNLLU(&out)
}

func openParser(code, style string) (*syntax.Parser, error) {
	packs, err := lang.Open()
	if err != nil {
		return nil, err
	}
	pack, ok := packs.Pack(code)
	if !ok {
		return nil, usageError{fmt.Errorf("--lang %q: there are %v", code, packs.Codes())}
	}
	parser, err := syntax.New(pack)
	if err != nil || style == "" {
		return parser, err
	}
	if parser, err = parser.Style(style); err != nil {
		return nil, usageError{err}
	}
	return parser, nil
}

// rawText joins the sentences of a treebank to paragraphs.
func rawText(sents []gold.Sentence) *story.Story {
	st := &story.Story{}
	var sb strings.Builder
	start := 0
	end := func() {
		if sb.Len() > start {
			st.Parts = append(st.Parts, story.Part{Span: story.Span{Start: start, End: sb.Len()}, Para: len(st.Parts) + 1})
		}
	}
	for i := range sents {
		if sents[i].Para && i > 0 {
			end()
			sb.WriteString("\n\n")
			start = sb.Len()
		} else if i > 0 && sents[i-1].Tokens[len(sents[i-1].Tokens)-1].SpaceAfter {
			sb.WriteByte(' ')
		}
		sb.WriteString(gold.Surface(sents[i].Tokens))
	}
	end()
	st.Text = sb.String()
	return st
}

func printUD(e *env, sc *gold.UDScore) error {
	for _, row := range []struct {
		name  string
		share gold.Share
	}{
		{"tokens", sc.Tokens},
		{"sentences", sc.Sentences},
		{"words", sc.Words},
		{"UPOS", sc.UPOS},
		{"features", sc.Feats},
		{"lemmas", sc.Lemmas},
		{"UAS", sc.UAS},
		{"LAS", sc.LAS},
		{"CLAS", sc.CLAS},
	} {
		if _, err := fmt.Fprintf(e.out, "%-10s %6.2f  (%d of %d, %d found)\n", row.name, row.share.F1(), row.share.Right, row.share.Gold, row.share.Found); err != nil {
			return err
		}
	}
	return nil
}
