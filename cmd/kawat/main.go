// Command kawat reads wire copy and prints the diplomatic record.
//
//	kawat read story.txt
//
// It only reads flags, opens inputs and writes outputs; the reading itself is
// package kawat's. Diagnostics go to standard error and never into the data.
// Exit status 0 means that all inputs were read, 1 that some were not (each is
// named), 2 that the command was misused.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// env is what a command reads and writes, so that tests can run it.
type env struct {
	in       io.Reader
	out, err io.Writer
}

// errSomeFailed ends a run in which some inputs could not be read; each has
// been named already.
var errSomeFailed = errors.New("some inputs could not be read")

// usageError is a misuse of the command.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// readerGone reports whether who reads our output has seen enough. A pipe is a
// file; a database's connection breaks with the same number, and is none.
func readerGone(err error) bool {
	var file *fs.PathError
	return errors.As(err, &file) && errors.Is(file, syscall.EPIPE)
}

func run(ctx context.Context, args []string, in io.Reader, out, errw io.Writer) int {
	root := newRoot(&env{in, out, errw})
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errSomeFailed):
		return 1
	case readerGone(err):
		return 0
	case errors.As(err, &usage) || strings.HasPrefix(err.Error(), "unknown command"):
		fmt.Fprintf(errw, "kawat: %v\nRun 'kawat help' for usage.\n", err)
		return 2
	default:
		fmt.Fprintf(errw, "kawat: %v\n", err)
		return 1
	}
}

// newRoot makes the command with all its commands.
func newRoot(e *env) *cobra.Command {
	root := &cobra.Command{
		Use:           "kawat",
		Short:         "Read wire copy and keep the diplomatic record",
		Long:          "Kawat reads wire copy about relations between states, in Indonesian and English, and prints who met whom,\nwho said what, what was agreed, asked, refused or threatened: every fact with the words that state it.",
		SilenceErrors: true, SilenceUsage: true,
	}
	root.SetIn(e.in)
	root.SetOut(e.out)
	root.SetErr(e.err)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(readCommand(e), exportCommand(e), parseCommand(e), packCommand(e), trainCommand(e), serveCommand(e), watchCommand(e), mcpCommand(e), evalCommand(e), reviewCommand(e), userCommand(e), versionCommand(e), doctorCommand(e), manualCommand(e))
	root.AddCommand(archiveCommands(e)...)
	root.AddCommand(streamCommands(e)...)
	return root
}
