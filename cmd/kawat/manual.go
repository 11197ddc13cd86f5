package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"kawat"
)

// manualCommand writes the pages of the manual.
func manualCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "manual DIR",
		Short: "Write the pages of the manual, for man, into a folder",
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o777); err != nil {
				return err
			}
			root := c.Root()
			root.DisableAutoGenTag = true
			if err := doc.GenManTree(root, &doc.GenManHeader{Title: "KAWAT", Section: "1", Source: "kawat " + kawat.Version, Manual: "Kawat"}, args[0]); err != nil {
				return err
			}
			fmt.Fprintf(e.out, "wrote %s\n", args[0])
			return nil
		},
	}
}
