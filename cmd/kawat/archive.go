package main

import "github.com/spf13/cobra"

// archiveCommands are the commands that fill, ask and keep archives.
func archiveCommands(e *env) []*cobra.Command {
	return append(questionCommands(e), ingestCommand(e))
}
