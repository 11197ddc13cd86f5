package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"kawat/lang"
	"kawat/syntax"
)

func trainCommand(e *env) *cobra.Command {
	var code, data, drills, out string
	var holdout int
	c := &cobra.Command{
		Use:   "train --lang CODE --data DIR --out DIR",
		Short: "Train a language's models from treebanks",
		Long: `Train a language's models of syntax from treebanks in CoNLL-U.

The recipe is the pack's train.json: treebanks with their hashes, conventions, passes and seed.
The same recipe and data give the same bytes. The model and made.json (its hash and its scores, to be kept in
train.json as "made") go to the output folder; where train.json has "made", the bytes are held against it.`,
		Example: "  kawat train --lang id --data treebanks/ --out lang/packs/id",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if code == "" || data == "" || out == "" {
				return usageError{fmt.Errorf("--lang, --data and --out must be given")}
			}
			return train(c.Context(), e, code, data, drills, out, holdout)
		},
	}
	c.Flags().StringVar(&code, "lang", "", "code of the language pack whose recipe is followed")
	c.Flags().StringVar(&data, "data", "", "folder that the recipe names its files from")
	c.Flags().StringVar(&out, "out", "", "folder for the model files")
	c.Flags().StringVar(&drills, "drills", "lang/drills", "folder of sentences of our own that the recipe names")
	c.Flags().IntVar(&holdout, "holdout", 0, "keep every so many-th sentence of the treebanks marked \"report\" out, to score the model on them")
	return c
}

func train(ctx context.Context, e *env, code, data, drills, out string, holdout int) error {
	packs, err := lang.Open()
	if err != nil {
		return err
	}
	pack, ok := packs.Pack(code)
	if !ok {
		return usageError{fmt.Errorf("no pack %q; there are %v", code, packs.Codes())}
	}
	log := func(format string, args ...any) { fmt.Fprintf(e.err, format+"\n", args...) }
	res, err := syntax.Train(ctx, syntax.TrainOptions{Pack: pack, Data: os.DirFS(data), Drills: os.DirFS(drills), Log: log, Holdout: holdout})
	if err != nil {
		return err
	}
	made, err := json.MarshalIndent(res.Made, "", "  ")
	if err != nil {
		return err
	}
	res.Files["made.json"] = append(made, '\n')
	for name, b := range res.Files {
		if err := writeWhole(filepath.Join(out, name), b); err != nil {
			return err
		}
	}
	return nil
}

// writeWhole writes a file so that it is there whole or not at all.
func writeWhole(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".kawat-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if _, err := tmp.Write(data); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Chmod(0o644); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}
