package main

import "github.com/spf13/cobra"

// evalCommand scores readings against gold, one subcommand a kind of gold.
func evalCommand(e *env) *cobra.Command {
	c := &cobra.Command{Use: "eval", Short: "Score readings against gold"}
	c.AddCommand(evalEventsCommand(e), evalGoldCommand(e), evalUDCommand(e))
	return c
}
