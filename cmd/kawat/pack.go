package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"kawat"
)

func packCommand(e *env) *cobra.Command {
	c := &cobra.Command{Use: "pack", Short: "Look after language packs"}
	c.AddCommand(&cobra.Command{
		Use:   "check [CODE]...",
		Short: "Read the example of every row of a pack and see that the row finds its fact",
		RunE: func(_ *cobra.Command, codes []string) error {
			r, err := kawat.New(kawat.Options{})
			if err != nil {
				return err
			}
			if len(codes) == 0 {
				codes = r.Packs().Codes()
			}
			failed := false
			for _, code := range codes {
				rep, err := r.CheckPack(code)
				var unsupported *kawat.UnsupportedError
				if errors.As(err, &unsupported) {
					return usageError{err}
				}
				if err != nil {
					return err
				}
				for _, f := range rep.Failures {
					fmt.Fprintln(e.err, "kawat:", f)
					failed = true
				}
				fmt.Fprintf(e.out, "pack %s: %d of %d examples find their fact\n", code, rep.Examples-len(rep.Failures), rep.Examples)
			}
			if failed {
				return errSomeFailed
			}
			return nil
		},
	})
	return c
}
