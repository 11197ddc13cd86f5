package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"kawat"
	"kawat/gold"
)

func evalEventsCommand(e *env) *cobra.Command {
	misses := false
	c := &cobra.Command{
		Use:   "events GOLD [RECORDS]",
		Short: "Score events against coded sentences and stories",
		Long: `Score events against coded sentences and stories (JSON Lines, described in testdata/events/README.md).

The items are read by this program, or taken from RECORDS, a file of records as "kawat read"
prints them, whose story ids are those of the items. Odd lines of the gold are its closed half,
to be scored and not read; both halves are printed.`,
		Example: `  kawat eval events testdata/events/id.jsonl
  kawat eval events --misses testdata/events/en.jsonl`,
		Args: usageArgs(cobra.RangeArgs(1, 2)),
		RunE: func(_ *cobra.Command, args []string) error {
			items, err := openEventGold(args[0])
			if err != nil {
				return err
			}
			var readings map[string]*gold.Reading
			if len(args) == 2 {
				readings, err = openReadings(args[1])
			} else {
				readings, err = readItems(items)
			}
			if err != nil {
				return err
			}
			if misses {
				return printMisses(e.out, items, readings)
			}
			return printEventScore(e.out, items, readings)
		},
	}
	c.Flags().BoolVar(&misses, "misses", false, "list what is missed and what is false in the open half instead")
	return c
}

// usageArgs marks a wrong number of arguments as misuse.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}

func openEventGold(name string) ([]gold.EventItem, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	items, err := gold.ReadEvents(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return items, nil
}

// readItems reads every item as a story of its own.
func readItems(items []gold.EventItem) (map[string]*gold.Reading, error) {
	r, err := kawat.New(kawat.Options{})
	if err != nil {
		return nil, err
	}
	out := map[string]*gold.Reading{}
	for i := range items {
		line, err := json.Marshal(map[string]string{"id": items[i].ID, "lang": items[i].Lang, "published": items[i].Published, "text": items[i].Text})
		if err != nil {
			return nil, err
		}
		for st, err := range r.Stories("gold.jsonl", bytes.NewReader(append(line, '\n'))) {
			if err == nil {
				err = r.Read(st)
			}
			if err != nil {
				return nil, err
			}
			rec, err := r.Record(st).AppendJSON(nil)
			if err != nil {
				return nil, err
			}
			if out[items[i].ID], err = gold.ParseReading(rec); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// openReadings takes records from a file.
func openReadings(name string) (map[string]*gold.Reading, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := map[string]*gold.Reading{}
	for dec := json.NewDecoder(f); ; {
		var line json.RawMessage
		if err := dec.Decode(&line); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		r, err := gold.ParseReading(line)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out[r.Story.ID] = r
	}
}

// scoreHalves scores all items and the halves: [all, open, closed].
func scoreHalves(items []gold.EventItem, readings map[string]*gold.Reading) [3]*gold.EventScore {
	scores := [3]*gold.EventScore{gold.NewEventScore(), gold.NewEventScore(), gold.NewEventScore()}
	for i := range items {
		half := 2 - i%2 // the first line is odd, and closed
		scores[0].Add(&items[i], readings[items[i].ID])
		scores[half].Add(&items[i], readings[items[i].ID])
	}
	return scores
}

// printEventScore prints the halves beside each other.
func printEventScore(out io.Writer, items []gold.EventItem, readings map[string]*gold.Reading) error {
	s := scoreHalves(items, readings)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	tallies := func(name string, of func(*gold.EventScore) gold.Tally) {
		fmt.Fprint(w, name)
		for _, half := range s {
			t := of(half)
			fmt.Fprintf(w, "\t%.2f %.2f %.3f (%d/%d/%d)", t.Precision(), t.Recall(), t.F1(), t.Right, t.False, t.Missed)
		}
		fmt.Fprintln(w)
	}
	ratios := func(name string, of func(*gold.EventScore) gold.Ratio) {
		fmt.Fprint(w, name)
		for _, half := range s {
			fmt.Fprintf(w, "\t%.3f (%d of %d)", of(half).Share(), of(half).Right, of(half).All)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "P R F1 (right/false/missed)\tall %d\topen %d\tclosed %d\n", s[0].Items, s[1].Items, s[2].Items)
	tallies("type", func(s *gold.EventScore) gold.Tally { return s.Type })
	tallies("dyad", func(s *gold.EventScore) gold.Tally { return s.Dyad })
	tallies("type and sides", func(s *gold.EventScore) gold.Tally { return s.Joint })
	tallies("of confidence 0.9 and more", func(s *gold.EventScore) gold.Tally { return s.Sure })
	tallies("encounters", func(s *gold.EventScore) gold.Tally { return s.Encounters })
	tallies("pledges", func(s *gold.EventScore) gold.Tally { return s.Pledges })
	tallies("messages", func(s *gold.EventScore) gold.Tally { return s.Messages })
	ratios("silent where nothing happens", func(s *gold.EventScore) gold.Ratio { return s.Silent })
	for _, d := range gold.EventDetails() {
		ratios(d, func(s *gold.EventScore) gold.Ratio { return *s.Details[d] })
	}
	fmt.Fprintln(w, "right, by confidence")
	for i := range s[0].Reliability {
		if s[0].Reliability[i].All > 0 {
			ratios(fmt.Sprintf("  %.1f to %.1f", float64(i)/10, float64(i+1)/10), func(s *gold.EventScore) gold.Ratio { return s.Reliability[i] })
		}
	}
	fmt.Fprintln(w, "type alone")
	printByType(tallies, s[0].TypeOf, func(s *gold.EventScore) map[string]*gold.Tally { return s.TypeOf })
	fmt.Fprintln(w, "type and sides")
	printByType(tallies, s[0].JointOf, func(s *gold.EventScore) map[string]*gold.Tally { return s.JointOf })
	return w.Flush()
}

func printByType(print func(string, func(*gold.EventScore) gold.Tally), all map[string]*gold.Tally, of func(*gold.EventScore) map[string]*gold.Tally) {
	for _, typ := range slices.Sorted(maps.Keys(all)) {
		print("  "+typ, func(s *gold.EventScore) gold.Tally {
			if t := of(s)[typ]; t != nil {
				return *t
			}
			return gold.Tally{}
		})
	}
}

// printMisses lists the items of the open half that are not wholly right.
func printMisses(out io.Writer, items []gold.EventItem, readings map[string]*gold.Reading) error {
	for i := 1; i < len(items); i += 2 {
		s := gold.NewEventScore()
		r := readings[items[i].ID]
		s.Add(&items[i], r)
		if s.Joint.False+s.Joint.Missed == 0 {
			continue
		}
		if _, err := fmt.Fprintf(out, "%s %v\n  %s\n", items[i].ID, items[i].Phenomenon, items[i].Text); err != nil {
			return err
		}
		for k := range items[i].Events {
			ev := &items[i].Events[k]
			if !ev.Optional {
				fmt.Fprintf(out, "  gold   %s %v > %v %s (%s)\n", ev.Type, ev.Actors, ev.Recipients, ev.Status, ev.Trigger)
			}
		}
		for _, line := range r.Lines() {
			fmt.Fprintf(out, "  found  %s\n", line)
		}
	}
	return nil
}
