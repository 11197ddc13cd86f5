package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kawat/archive"
)

// archiveCommands are the commands that fill, ask and keep archives.
func archiveCommands(e *env) []*cobra.Command {
	return append(questionCommands(e), ingestCommand(e), recodeCommand(e), diffCommand(e), keepCommand(e))
}

// keepCommand holds the commands that keep an archive.
func keepCommand(e *env) *cobra.Command {
	c := &cobra.Command{Use: "archive", Short: "Keep an archive: prove, back up, compact, copy, rebuild, delete, undo merges"}
	c.AddCommand(
		verifyCommand(e),
		keep(e, "backup TO", "Write a copy of the archive as it is now to a new file", archive.Options{ReadOnly: true}, backup),
		keep(e, "compact", "Give back the room of what was deleted", archive.Options{}, func(ctx context.Context, _ *env, a *archive.Archive, args []string) error {
			return errors.Join(nothing(args), a.Compact(ctx))
		}),
		keep(e, "rebuild", "Make the index, counts, people, reprints and happenings anew from the records", archive.Options{}, rebuild),
		copyCommand(e),
		keep(e, "delete STORY...", "Delete stories by id, address or key, with everything derived from them", archive.Options{}, deleteStories),
		keep(e, "failures", "List what could not be read", archive.Options{ReadOnly: true}, failures),
	)
	c.AddCommand(verdictCommands(e)...)
	return c
}

// keep makes a command that works on one archive.
func keep(e *env, use, short string, opt archive.Options, do func(context.Context, *env, *archive.Archive, []string) error) *cobra.Command {
	path := ""
	c := &cobra.Command{Use: use, Short: short, RunE: func(c *cobra.Command, args []string) error {
		if path == "" {
			return usageError{errors.New("--archive names no file")}
		}
		a, err := archive.Open(path, opt)
		if err != nil {
			return err
		}
		defer a.Close()
		return do(c.Context(), e, a, args)
	}}
	archiveFlag(c.Flags(), &path)
	return c
}

// verifyCommand proves an archive, and with --stream that all that came in is
// in it.
func verifyCommand(e *env) *cobra.Command {
	var sf streamFlags
	c := keep(e, "verify", "Prove that every story has its record and every span its words", archive.Options{ReadOnly: true}, func(ctx context.Context, e *env, a *archive.Archive, args []string) error {
		if err := verify(ctx, e, a, args); err != nil || sf.url == "" {
			return err
		}
		return verifyStream(ctx, e, &sf, a)
	})
	sf.add(c.Flags())
	return c
}

func nothing(args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("unexpected %q", args[0])}
	}
	return nil
}

func verify(ctx context.Context, e *env, a *archive.Archive, args []string) error {
	if err := nothing(args); err != nil {
		return err
	}
	bar := newVerifyBar(e)
	v, err := a.Verify(ctx, func(f archive.Fault) {
		bar.clear()
		fmt.Fprintf(e.out, "%s\n", f)
	}, bar.show)
	bar.finish()
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("stopped at the %s, with %d stories proved and %d faults", bar.at.Step, v.Stories, v.Faults)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "%d stories, %d facts, %d faults\n", v.Stories, v.Facts, v.Faults)
	if v.Faults > 0 {
		return fmt.Errorf("archive %s has %d faults", a.Path(), v.Faults)
	}
	return nil
}

// verifyBar shows how far a proof is: a bar with rate and time left for each
// step on a terminal, a line now and then elsewhere.
type verifyBar struct {
	e           *env
	at          archive.Verifying
	bar         *progressbar.ProgressBar // of the step; nil where nobody watches
	begun, told time.Time
}

func newVerifyBar(e *env) *verifyBar { return &verifyBar{e: e, told: time.Now()} }

func (b *verifyBar) show(at archive.Verifying) {
	if at.Step != b.at.Step {
		b.finish()
		b.begun = time.Now()
		if isTerminal(b.e.err) {
			b.bar = newStepBar(b.e, at)
		}
	}
	b.at = at
	switch {
	case b.bar != nil:
		_ = b.bar.Set(at.Done) // the display fails only if standard error does
	case time.Since(b.told) >= linesEvery:
		b.told = time.Now()
		of := ""
		if at.Rows > 0 {
			of = fmt.Sprintf(" of %d", at.Rows)
		}
		fmt.Fprintf(b.e.err, "%s: %d%s, %.0f/s\n", at.Step, at.Done, of, float64(at.Done)/max(time.Since(b.begun).Seconds(), 0.001))
	}
}

func newStepBar(e *env, at archive.Verifying) *progressbar.ProgressBar {
	rows := at.Rows
	if rows == 0 {
		rows = -1
	}
	return progressbar.NewOptions(rows,
		progressbar.OptionSetWriter(e.err),
		progressbar.OptionSetDescription(at.Step),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(200*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)
}

func (b *verifyBar) clear() {
	if b.bar != nil {
		_ = b.bar.Clear()
	}
}

func (b *verifyBar) finish() {
	if b.bar != nil {
		_ = b.bar.Finish()
		b.bar = nil
	}
}

func backup(ctx context.Context, e *env, a *archive.Archive, args []string) error {
	if len(args) != 1 {
		return usageError{errors.New("name the file to write")}
	}
	if err := a.Backup(ctx, args[0]); err != nil {
		return err
	}
	fmt.Fprintf(e.err, "wrote %s\n", args[0])
	return nil
}

func rebuild(ctx context.Context, e *env, a *archive.Archive, args []string) error {
	if err := nothing(args); err != nil {
		return err
	}
	return a.Rebuild(ctx, func(n int) { fmt.Fprintf(e.err, "%d stories\n", n) })
}

func deleteStories(ctx context.Context, e *env, a *archive.Archive, args []string) error {
	if len(args) == 0 {
		return usageError{errors.New("name the stories to delete")}
	}
	missing := false
	for _, name := range args {
		ids, err := a.Named(ctx, name)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			missing = true
			fmt.Fprintf(e.err, "kawat: %s is not in the archive\n", name)
			continue
		}
		if err := a.Update(ctx, func(b *archive.Batch) error {
			for _, id := range ids {
				if err := b.Delete(id); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
		fmt.Fprintf(e.err, "deleted %s (%d versions)\n", name, len(ids))
	}
	if missing {
		return errSomeFailed
	}
	return nil
}

func failures(ctx context.Context, e *env, a *archive.Archive, args []string) error {
	if err := nothing(args); err != nil {
		return err
	}
	list, err := a.Failures(ctx)
	for _, f := range list {
		fmt.Fprintf(e.out, "%s\t%s\t%d\n", f.Position, f.Reason, f.Tries)
	}
	return err
}

func copyCommand(e *env) *cobra.Command {
	path, noTexts := "", false
	c := &cobra.Command{
		Use: "copy [FROM] TO", Short: "Put all stories of an archive into another, which is made where there is none, and prove it",
		Long: `Put all stories of an archive into another, which is made where there is none: from a file to PostgreSQL, back, or
to another of its kind, with former records and what people decided. Stories that are there stay. What a damaged
archive still holds is saved so, too; what could not be read is named. In the end both are compared, text by text
and record by record.`,
		Example: `  kawat archive copy wires.kawat postgres://desk@db.example.org/news
  kawat archive copy postgres://desk@db.example.org/news wires.kawat`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 2 && path == "" {
				path, args = args[0], args[1:]
			}
			if path == "" || len(args) != 1 {
				return usageError{errors.New("name two archives: FROM and TO")}
			}
			from, err := archive.Open(path, archive.Options{ReadOnly: true})
			if err != nil {
				return err
			}
			defer from.Close()
			to, err := archive.Open(args[0], archive.Options{Create: true, NoTexts: noTexts || !from.KeepsTexts()})
			if err != nil {
				return err
			}
			defer to.Close()
			if err := copyArchive(c.Context(), e, from, to); err != nil {
				return err
			}
			return to.Close()
		},
	}
	c.Flags().StringVar(&path, "archive", "", "the archive to copy from, where it does not stand before TO")
	c.Flags().BoolVar(&noTexts, "no-texts", false, "of a new archive: keep hashes and offsets only")
	return c
}

// copyArchive copies and compares. What could not be read is told once.
func copyArchive(ctx context.Context, e *env, from, to *archive.Archive) error {
	lost := map[string]bool{}
	n, err := from.CopyTo(ctx, to, func(f archive.Fault) {
		lost[f.Story] = true
		fmt.Fprintf(e.err, "kawat: %s\n", f)
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(e.err, "copied %d stories, %d could not be read\n", n, len(lost))
	differ := 0
	compared, err := from.Same(ctx, to, func(f archive.Fault) {
		if !lost[f.Story] {
			differ++
			fmt.Fprintf(e.err, "kawat: %s\n", f)
		}
	})
	if err != nil {
		return err
	}
	size, err := to.Size(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.err, "compared %d stories with the %d of %s: %d differ\n", compared-len(lost), size, to.Path(), differ)
	if len(lost)+differ > 0 {
		return errSomeFailed
	}
	return nil
}

// archiveFlag adds the flag that names an archive.
func archiveFlag(fl *pflag.FlagSet, name *string) {
	fl.StringVar(name, "archive", "", "file of the archive, or postgres:// address of a team's")
}
