package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"kawat"
	"kawat/feed"
	"kawat/gold"
	"kawat/story"
	"kawat/syntax"
)

func parseCommand(e *env) *cobra.Command {
	var code, input, style string
	c := &cobra.Command{
		Use:   "parse --lang CODE [FILE|-]",
		Short: "Print words with tags, lemmas and trees as CoNLL-U",
		Long: `Print words with tags, lemmas and trees as CoNLL-U.

With --input conllu the sentences and words of the input are kept and every annotation in it is ignored.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if input != "text" && input != "conllu" {
				return usageError{fmt.Errorf("--input %q: text or conllu", input)}
			}
			arg := "-"
			if len(args) > 0 {
				arg = args[0]
			}
			return parse(c.Context(), e, code, input, style, arg)
		},
	}
	c.Flags().StringVar(&code, "lang", "", "code of the language pack")
	c.Flags().StringVar(&input, "input", "text", "text or conllu")
	c.Flags().StringVar(&style, "style", "", "conventions of a treebank that the model was trained on, such as gsd")
	return c
}

func parse(ctx context.Context, e *env, code, input, style, arg string) error {
	parser, err := openParser(code, style)
	if err != nil {
		return err
	}
	name, in, err := openInput(ctx, e, feed.New(feed.Options{UserAgent: "kawat/" + kawat.Version}), arg)
	if err != nil {
		return err
	}
	defer in.Close()
	out := bufio.NewWriter(e.out)
	if input == "conllu" {
		err = parseTreebank(out, parser, name, in)
	} else {
		err = parseStories(e, out, parser, code, name, in)
	}
	if flushErr := out.Flush(); err == nil {
		err = flushErr
	}
	return err
}

func parseTreebank(out io.Writer, parser *syntax.Parser, name string, in io.Reader) error {
	sents, err := gold.ReadCoNLLU(in)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	st := gold.Story(sents)
	parser.Annotate(st)
	return gold.WriteCoNLLU(out, st)
}

func parseStories(e *env, out io.Writer, parser *syntax.Parser, code, name string, in io.Reader) error {
	r, err := kawat.New(kawat.Options{Lang: code})
	if err != nil {
		return err
	}
	failed := false
	for st, err := range r.Stories(name, in) {
		if err == nil {
			err = parseStory(out, parser, r, st)
		}
		if err != nil {
			fmt.Fprintf(e.err, "kawat: %v\n", err)
			failed = true
		}
	}
	if failed {
		return errSomeFailed
	}
	return nil
}

func parseStory(out io.Writer, parser *syntax.Parser, r *kawat.Reader, st *story.Story) error {
	if err := r.Prepare(st); err != nil {
		return err
	}
	if err := parser.Run(st); err != nil {
		return err
	}
	if len(st.Sents) == 0 {
		return errors.New("no sentence was found")
	}
	return gold.WriteCoNLLU(out, st)
}
