package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"kawat/archive"
)

// verdictCommands undo and confirm merges of happenings.
func verdictCommands(e *env) []*cobra.Command {
	who := os.Getenv("USER")
	part := keep(e, "part STORY/EVENT...", "Take reports out of the happening that they were taken for", archive.Options{},
		func(ctx context.Context, e *env, a *archive.Archive, args []string) error {
			return decide(ctx, e, a, args, func(b *archive.Batch, facts []archive.FactID) (int64, error) { return b.Separate(who, facts...) })
		})
	unite := keep(e, "unite STORY/EVENT STORY/EVENT...", "Say that reports tell the happening of the first", archive.Options{},
		func(ctx context.Context, e *env, a *archive.Archive, args []string) error {
			if len(args) < 2 {
				return usageError{errors.New("name two reports at least")}
			}
			return decide(ctx, e, a, args, func(b *archive.Batch, facts []archive.FactID) (int64, error) {
				return b.Unite(who, facts[0], facts[1:]...)
			})
		})
	recant := keep(e, "recant VERDICT", "Take a verdict on a merge back", archive.Options{},
		func(ctx context.Context, _ *env, a *archive.Archive, args []string) error {
			if len(args) != 1 {
				return usageError{errors.New("name one verdict by its number")}
			}
			n, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return usageError{fmt.Errorf("%q is not the number of a verdict", args[0])}
			}
			return a.Update(ctx, func(b *archive.Batch) error { return b.Recant(who, n) })
		})
	for _, c := range []*cobra.Command{part, unite, recant} {
		c.Flags().StringVar(&who, "who", who, "who decides")
	}
	return []*cobra.Command{part, unite, recant, keep(e, "verdicts", "List what people decided of merges", archive.Options{ReadOnly: true}, verdicts)}
}

// decide makes a verdict on reports that are named by story and event.
func decide(ctx context.Context, e *env, a *archive.Archive, names []string, verdict func(*archive.Batch, []archive.FactID) (int64, error)) error {
	if len(names) == 0 {
		return usageError{errors.New("name reports as STORY/EVENT, such as s24/ev1")}
	}
	facts := make([]archive.FactID, 0, len(names))
	for _, name := range names {
		id, err := reportNamed(ctx, a, name)
		if err != nil {
			return err
		}
		facts = append(facts, id)
	}
	var n int64
	if err := a.Update(ctx, func(b *archive.Batch) (err error) {
		n, err = verdict(b, facts)
		return err
	}); err != nil {
		return err
	}
	fmt.Fprintf(e.err, "verdict %d\n", n)
	return nil
}

// reportNamed finds a report by "STORY/EVENT".
func reportNamed(ctx context.Context, a *archive.Archive, name string) (archive.FactID, error) {
	at := strings.LastIndexByte(name, '/')
	if at < 0 {
		return 0, usageError{fmt.Errorf("%q does not name a report as STORY/EVENT", name)}
	}
	rep, err := a.ByName(ctx, name[:at])
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	x, ok := rep.Fact(name[at+1:])
	if !ok {
		return 0, fmt.Errorf("story %s has no %s", name[:at], name[at+1:])
	}
	return x.ID, nil
}

// verdicts lists what holds: a verdict a line, the reports that it names by
// story and event.
func verdicts(ctx context.Context, e *env, a *archive.Archive, args []string) error {
	if err := nothing(args); err != nil {
		return err
	}
	list, err := a.Verdicts(ctx)
	for _, v := range list {
		fmt.Fprintf(e.out, "%d\t%s\t%s\t%s\t%s\t%s\n", v.ID, v.Made, v.Who, v.What, reportNames(ctx, a, v.Reports), reportNames(ctx, a, v.Others))
	}
	return err
}

// reportNames names reports by story, where it is still there, and event.
func reportNames(ctx context.Context, a *archive.Archive, refs []archive.ReportRef) string {
	names := make([]string, 0, len(refs))
	for _, ref := range refs {
		story := ref.Story.String()
		if rep, err := a.ByKey(ctx, ref.Story); err == nil {
			story = rep.Story.Name
		}
		names = append(names, story+" "+ref.Event)
	}
	return strings.Join(names, ", ")
}
