package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"kawat"
	"kawat/archive"
	"kawat/archive/ingest"
)

func recodeCommand(e *env) *cobra.Command {
	path, own, opt := "", "", ingest.RecodeOptions{}
	c := &cobra.Command{
		Use: "recode", Short: "Read the stories of an archive again with this version",
		Long: `Read the stories of an archive again with this version. Former records are kept, so that "kawat diff" shows what
came of it and a figure can be made again; --drop lets go of them. A run that was stopped goes on when it is started again.`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			if path == "" {
				return usageError{errors.New("--archive names no file")}
			}
			r, err := newReader(kawat.Options{}, own)
			if err != nil {
				return err
			}
			a, err := archive.Open(path, archive.Options{})
			if err != nil {
				return err
			}
			defer a.Close()
			opt.Progress = newIngestBar(e, nil).show
			done, err := ingest.Recode(c.Context(), a, r, opt)
			if done != nil {
				for _, reason := range done.Reasons {
					fmt.Fprintf(e.err, "kawat: %v\n", reason)
				}
				fmt.Fprintf(e.err, "%d stories read again, %d could not be read\n", done.Read, done.Failed)
			}
			if err == nil && done.Failed > 0 {
				return errSomeFailed
			}
			return err
		},
	}
	archiveFlag(c.Flags(), &path)
	worldFlag(c.Flags(), &own)
	c.Flags().BoolVar(&opt.All, "all", false, "also stories that this version has read already")
	c.Flags().BoolVar(&opt.Drop, "drop", false, "do not keep the former records")
	return c
}

func diffCommand(e *env) *cobra.Command {
	var path, with, before, after, format string
	c := &cobra.Command{
		Use: "diff", Short: "Show which facts came, went and changed between two versions",
		Long: `Show which facts came, went and changed between two versions: of the coders whose records an archive holds, by
default the last two, or of two archives, such as a backup that was kept with a figure and the archive of today.`,
		Example: `  kawat diff --archive wires.kawat
  kawat diff --archive frozen.kawat --with wires.kawat --format csv`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			if path == "" {
				return usageError{errors.New("--archive names no file")}
			}
			out, err := newRows(e, format)
			if err != nil {
				return usageError{err}
			}
			a, err := archive.Open(path, archive.Options{ReadOnly: true})
			if err != nil {
				return err
			}
			defer a.Close()
			tally := map[string]int{}
			show := func(x *archive.Compared) error { return addChanges(out, tally, x) }
			if with != "" {
				err = diffArchives(c.Context(), a, with, show)
			} else {
				err = diffCoders(c.Context(), e, a, before, after, show)
			}
			if err != nil {
				return err
			}
			if err := out.flush(); err != nil {
				return err
			}
			for _, k := range slices.Sorted(maps.Keys(tally)) {
				fmt.Fprintf(e.err, "%6d %s\n", tally[k], k)
			}
			return nil
		},
	}
	fl := c.Flags()
	archiveFlag(fl, &path)
	fl.StringVar(&with, "with", "", "another archive to compare with, by the keys of stories")
	fl.StringVar(&before, "from", "", "coder before, as the column coder of a question gives it")
	fl.StringVar(&after, "to", "", "coder after")
	fl.StringVar(&format, "format", "", "table, csv or jsonl (default: table on a terminal, else jsonl)")
	return c
}

func addChanges(out *rows, tally map[string]int, x *archive.Compared) error {
	for _, ch := range archive.Diff(x.Before, x.After) {
		tally[ch.Kind+" "+ch.What]++
		if err := out.add(row{
			{"story", x.Story.Name, false},
			{"change", ch.What, false},
			{"kind", ch.Kind, false},
			{"fact", ch.Fact, false},
			{"was", ch.Was, false},
			{"words", ch.Words, false},
			{"before", archive.CoderName(x.Before.Coder), true},
			{"after", archive.CoderName(x.After.Coder), true},
		}); err != nil {
			return err
		}
	}
	return nil
}

// diffCoders compares the records of two coders; of every language, the last
// two that are in the archive where none are named.
func diffCoders(ctx context.Context, e *env, a *archive.Archive, before, after string, show func(*archive.Compared) error) error {
	coders, err := a.Coders(ctx)
	if err != nil {
		return err
	}
	if before != "" && after != "" {
		return eachCompared(a.Compare(ctx, before, after), show)
	}
	if before != "" || after != "" {
		return usageError{errors.New("name both --from and --to, or none")}
	}
	for _, c := range coders {
		fmt.Fprintf(e.err, "%6d current, %6d past: %s\n", c.Current, c.Past, c.Name)
	}
	return eachCompared(a.CompareLast(ctx), show)
}

func eachCompared(seq func(func(*archive.Compared, error) bool), show func(*archive.Compared) error) error {
	for x, err := range seq {
		if err != nil {
			return err
		}
		if err := show(x); err != nil {
			return err
		}
	}
	return nil
}

// diffArchives compares the current records of two archives.
func diffArchives(ctx context.Context, a *archive.Archive, with string, show func(*archive.Compared) error) error {
	b, err := archive.Open(with, archive.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer b.Close()
	for r, err := range a.Each(ctx) {
		if err != nil {
			return err
		}
		other, err := b.ByKey(ctx, r.Story.Key)
		if errors.Is(err, archive.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if err := show(&archive.Compared{Story: r.Story, Before: r.Record, After: other.Record}); err != nil {
			return err
		}
	}
	return nil
}
