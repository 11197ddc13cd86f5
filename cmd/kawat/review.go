package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"kawat/archive"
	"kawat/gold"
)

func reviewCommand(e *env) *cobra.Command {
	c := &cobra.Command{
		Use: "review", Short: "What reviewers decided of facts: list it, write it as gold",
		Long: `What reviewers accepted, rejected and corrected on the desk's pages ("kawat serve"). The records
stay as they were read; who decided what, and when, stands beside them.`,
	}
	list := keep(e, "list", "List all that was decided, a line of JSON each, oldest first", archive.Options{ReadOnly: true}, listRulings)
	out := ""
	write := keep(e, "gold", "Write what was judged as golden stories, which \"kawat eval gold\" scores against", archive.Options{ReadOnly: true},
		func(ctx context.Context, e *env, a *archive.Archive, args []string) error {
			if err := nothing(args); err != nil {
				return err
			}
			if out == "" {
				return usageError{errors.New("--out names no folder")}
			}
			return writeJudged(ctx, e, a, out)
		})
	write.Flags().StringVar(&out, "out", "", "folder to write to, a file a story")
	c.AddCommand(list, write)
	return c
}

// rulingsAtOnce is how many rulings are held at once.
const rulingsAtOnce = 500

func listRulings(ctx context.Context, e *env, a *archive.Archive, args []string) error {
	if err := nothing(args); err != nil {
		return err
	}
	enc := json.NewEncoder(e.out)
	enc.SetEscapeHTML(false)
	return eachRuling(ctx, a, func(r *archive.Ruling) error {
		return enc.Encode(struct {
			*archive.Ruling
			Story string `json:"story"`
			Kind  string `json:"kind"`
		}{r, r.Story.String(), r.Kind.String()})
	})
}

func eachRuling(ctx context.Context, a *archive.Archive, take func(*archive.Ruling) error) error {
	for after := int64(0); ; {
		list, err := a.AllRulings(ctx, after, rulingsAtOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		for i := range list {
			if err := take(&list[i]); err != nil {
				return err
			}
			after = list[i].ID
		}
	}
}

// writeJudged writes a golden story for every story of which a fact was judged.
func writeJudged(ctx context.Context, e *env, a *archive.Archive, dir string) error {
	var stories []archive.Key
	seen := map[archive.Key]bool{}
	err := eachRuling(ctx, a, func(r *archive.Ruling) error {
		if !seen[r.Story] {
			seen[r.Story] = true
			stories = append(stories, r.Story)
		}
		return nil
	})
	if err == nil {
		err = os.MkdirAll(dir, 0o777)
	}
	if err != nil {
		return err
	}
	written, left := 0, 0
	for _, key := range stories {
		data, dropped, err := judgedStory(ctx, a, key)
		for _, what := range dropped {
			left++
			fmt.Fprintf(e.err, "kawat: story %s: no gold can say: %s\n", key, what)
		}
		if err != nil {
			left++
			fmt.Fprintf(e.err, "kawat: story %s: %v\n", key, err)
			continue
		}
		if data == nil {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, key.String()+".txtar"), data, 0o666); err != nil {
			return err
		}
		written++
	}
	fmt.Fprintf(e.err, "wrote %d stories to %s\n", written, dir)
	if left > 0 {
		return errSomeFailed
	}
	return nil
}

// judgedStory makes gold of what counts of a story's rulings; nil where all was
// taken back.
func judgedStory(ctx context.Context, a *archive.Archive, key archive.Key) (data []byte, left []string, err error) {
	rulings, err := a.Rulings(ctx, key)
	if err != nil {
		return nil, nil, err
	}
	var last []archive.Ruling // of each claim, in the order in which claims were judged first
	for _, r := range rulings {
		if i := slices.IndexFunc(last, func(x archive.Ruling) bool { return x.Mark == r.Mark }); i >= 0 {
			last[i] = r
		} else {
			last = append(last, r)
		}
	}
	var judged []gold.Judged
	for _, r := range last {
		if r.What != archive.Undecided {
			judged = append(judged, gold.Judged{Kind: r.Kind.String(), Was: r.Was, Right: r.What == archive.Accepted, Became: r.Became})
		}
	}
	if len(judged) == 0 {
		return nil, nil, nil
	}
	rep, err := a.ByKey(ctx, key)
	if err != nil {
		return nil, nil, err
	}
	line, err := rep.Record.AppendJSON(nil)
	if err != nil {
		return nil, nil, err
	}
	return gold.CaseOf(key.String(), line, judged)
}
