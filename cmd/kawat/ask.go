package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"kawat/archive"
	"kawat/world"
)

// askFlags are the flags of every question to an archive.
type askFlags struct {
	archive, format, after string
	limit                  int
	filter                 archive.Filter
}

// answer asks an archive and hands every row on.
type answer func(ctx context.Context, a *archive.Archive, f *askFlags, out *rows) error

// questionCommand makes a command that asks an archive. args turns what stands
// behind the command into a filter; nil where nothing may.
func questionCommand(e *env, c *cobra.Command, args func(*archive.Filter, []string) error, ask answer) *cobra.Command {
	f := &askFlags{}
	c.RunE = func(c *cobra.Command, rest []string) error {
		if f.archive == "" {
			return usageError{errors.New("--archive names no file")}
		}
		if args == nil && len(rest) > 0 {
			return usageError{fmt.Errorf("unexpected %q", rest[0])}
		}
		if args != nil {
			if err := args(&f.filter, rest); err != nil {
				return usageError{err}
			}
		}
		if err := f.filter.Check(); err != nil {
			return usageError{err}
		}
		out, err := newRows(e, f.format)
		if err != nil {
			return usageError{err}
		}
		a, err := archive.Open(f.archive, archive.Options{ReadOnly: true})
		if err != nil {
			return err
		}
		defer a.Close()
		if err := a.CheckFilter(c.Context(), &f.filter, knownState()); err != nil {
			return usageError{err}
		}
		if err := ask(c.Context(), a, f, out); err != nil {
			return err
		}
		return out.flush()
	}
	addAskFlags(c, f)
	return c
}

// knownState tells whether letters are of a state or an organization; the tables
// are read when it is first asked.
func knownState() func(code string) bool {
	tables := sync.OnceValues(func() (*world.World, error) { return world.New() })
	return func(code string) bool {
		w, err := tables()
		if err != nil {
			return true // whoever reads stories says so
		}
		_, state := w.State(code)
		_, org := w.Org(code)
		return state || org
	}
}

func addAskFlags(c *cobra.Command, f *askFlags) {
	fl := c.Flags()
	archiveFlag(fl, &f.archive)
	fl.StringVar(&f.format, "format", "", "table, csv or jsonl (default: table on a terminal, else jsonl)")
	fl.IntVar(&f.limit, "limit", 50, "rows, newest first; 0 for all")
	fl.StringVar(&f.after, "after", "", "go on behind a page, whose cursor stood on standard error")
	q := &f.filter
	fl.StringSliceVar(&q.Actor, "actor", nil, "who acts: ISO 3166-1 alpha-3, or an organization's three letters")
	fl.StringSliceVar(&q.Recipient, "recipient", nil, "towards whom")
	fl.StringSliceVar(&q.Dyad, "dyad", nil, "two sides, whoever acts: CHN,RUS")
	fl.StringSliceVar(&q.Person, "person", nil, "who takes part: a name, a part of one, or a ref")
	fl.StringSliceVar(&q.Speaker, "speaker", nil, "who speaks or acts in person")
	fl.StringSliceVar(&q.Office, "office", nil, "function of who takes part, such as foreign-minister")
	fl.StringSliceVar(&q.Type, "type", nil, "PLOVER type; kind of encounter, quotation or message; act of a pledge")
	fl.StringSliceVar(&q.CAMEO, "cameo", nil, "CAMEO code or beginning of one")
	fl.StringSliceVar(&q.Quad, "quad", nil, "1 to 4, or verbal-cooperation, material-cooperation, verbal-conflict, material-conflict")
	fl.StringSliceVar(&q.Status, "status", nil, "occurred, ongoing, planned, pledged, requested, conditional, denied")
	fl.StringVar(&q.Since, "since", "", "first day (YYYY, YYYY-MM or YYYY-MM-DD)")
	fl.StringVar(&q.Until, "until", "", "last day")
	fl.StringSliceVar(&q.Place, "place", nil, "where: a name, or a state's three letters")
	fl.StringSliceVar(&q.Lang, "lang", nil, "language of the story")
	fl.StringSliceVar(&q.Publisher, "publisher", nil, "who carries the story")
	fl.Float64Var(&q.MinConfidence, "min-confidence", 0, "leave out facts of less (0 to 1)")
	fl.StringVar(&q.Words, "words", "", `words of the story: all of them, "a phrase", begin*, -without, this OR that`)
}

// dyadArgs takes sides that stand behind the command: one is whoever takes
// part, two are a dyad.
func dyadArgs(f *archive.Filter, args []string) error {
	switch len(args) {
	case 0:
		return nil
	case 2:
		if len(f.Dyad) > 0 {
			return errors.New("the dyad is named twice")
		}
		f.Dyad = args
		return nil
	}
	return errors.New("name two sides, such as CHN RUS")
}

// wordArgs takes words that stand behind the command.
func wordArgs(f *archive.Filter, args []string) error {
	f.Words = strings.TrimSpace(f.Words + " " + strings.Join(args, " "))
	return nil
}

// pages asks page after page until there are rows enough, and tells on
// standard error how to go on.
func pages(e *env, f *askFlags, page func(archive.Page) (n int, next string, err error)) error {
	p := archive.Page{After: f.after}
	for left := f.limit; f.limit <= 0 || left > 0; {
		p.Limit = 1000
		if f.limit > 0 {
			p.Limit = min(left, 1000)
		}
		n, next, err := page(p)
		if err != nil {
			return err
		}
		left -= n
		if p.After = next; next == "" {
			return nil
		}
	}
	fmt.Fprintf(e.err, "more: --after %s\n", p.After)
	return nil
}

// questionCommands are all questions.
func questionCommands(e *env) []*cobra.Command {
	facts := func(kinds ...archive.Kind) answer {
		return func(ctx context.Context, a *archive.Archive, f *askFlags, out *rows) error {
			return pages(e, f, func(p archive.Page) (int, string, error) {
				list, next, err := a.Facts(ctx, kinds, f.filter, p)
				if err != nil {
					return 0, "", err
				}
				for i := range list {
					if err := out.add(factRow(&list[i])); err != nil {
						return 0, "", err
					}
				}
				return len(list), next, nil
			})
		}
	}
	return []*cobra.Command{
		questionCommand(e, &cobra.Command{
			Use: "timeline [SIDE SIDE]", Short: "What happened between two sides, newest first: happenings, pledges, messages",
			Example: "  kawat timeline --archive wires.kawat CHN RUS --since 2024",
		}, dyadArgs, timeline),
		questionCommand(e, &cobra.Command{Use: "events [SIDE SIDE]", Short: "Events of stories, newest first", Example: "  kawat events --archive wires.kawat --actor USA --quad 4 --format csv"}, dyadArgs, facts(archive.Event)),
		questionCommand(e, &cobra.Command{Use: "encounters [SIDE SIDE]", Short: "Who met, called or visited whom, newest first"}, dyadArgs, facts(archive.Encounter)),
		questionCommand(e, &cobra.Command{Use: "quotes [SIDE SIDE]", Short: "Who said what, newest first", Example: "  kawat quotes --archive wires.kawat --speaker Lavrov --words BRICS --since 2024-03"}, dyadArgs, facts(archive.Quotation)),
		questionCommand(e, &cobra.Command{Use: "messages [SIDE SIDE]", Short: "Greetings, letters and invitations, newest first"}, dyadArgs, facts(archive.Message)),
		questionCommand(e, &cobra.Command{Use: "pledges [SIDE SIDE]", Short: "Who promised what to whom, in which words, and what was told later", Example: "  kawat pledges --archive wires.kawat CHN IDN"}, dyadArgs, pledges(e)),
		questionCommand(e, &cobra.Command{Use: "people NAME", Short: "Persons, their names and offices through time"}, wordArgs, people),
		questionCommand(e, &cobra.Command{Use: "happenings [SIDE SIDE]", Short: "What happened, each thing once, with all its reports"}, dyadArgs, happenings(e)),
		questionCommand(e, &cobra.Command{Use: "stories", Short: "Stories, newest first"}, nil, stories(e, false)),
		questionCommand(e, &cobra.Command{Use: "search WORDS", Short: "Stories by their words, newest first", Example: `  kawat search --archive wires.kawat '"nuclear deal"' menolak -tarif`}, wordArgs, stories(e, true)),
		questionCommand(e, &cobra.Command{Use: "counts [ACTOR [RECIPIENT]]", Short: "Events by month, type and status, with Goldstein means"}, countArgs, counts),
	}
}
