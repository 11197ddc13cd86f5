package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"kawat"
	"kawat/gold"
	"kawat/story"
)

func evalGoldCommand(e *env) *cobra.Command {
	misses := false
	c := &cobra.Command{
		Use:   "gold PATH...",
		Short: "Score the reading of golden stories, such as those that reviewers judged",
		Long: `Score the reading of golden stories: files of the form that testdata/stories/README.md describes,
or folders of them (*.txtar). "kawat review gold" writes what reviewers judged in this form.

A line of gold is met if the fact is found with every detail that the line names, and a line
"not ..." if it is not found.`,
		Example: `  kawat eval gold testdata/stories/id
  kawat review gold --archive wires.kawat --out judged && kawat eval gold --misses judged`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error { return evalStories(e, args, misses) },
	}
	c.Flags().BoolVar(&misses, "misses", false, "list the lines that are not met, and why")
	return c
}

// goldCount counts the lines of a kind that are met.
type goldCount struct{ met, all int }

func evalStories(e *env, paths []string, misses bool) error {
	files, err := goldFiles(paths)
	if err != nil {
		return err
	}
	r, err := kawat.New(kawat.Options{})
	if err != nil {
		return err
	}
	counts := map[string]goldCount{}
	bad := 0
	for _, file := range files {
		out, facts, err := scoreGold(r, file)
		if err != nil {
			fmt.Fprintf(e.err, "kawat: %v\n", err)
			bad++
			continue
		}
		for i := range facts {
			n := counts[facts[i].Kind]
			counts[facts[i].Kind] = goldCount{n.met + 1, n.all + 1}
		}
		for _, m := range out.Missed {
			n := counts[m.Fact.Kind]
			counts[m.Fact.Kind] = goldCount{n.met - 1, n.all}
			if misses {
				fmt.Fprintf(e.out, "%s\t%s\t%s\t%s\n", file, m.Fact.Kind, m.Fact.Line, strings.Join(m.Details, ","))
			}
		}
	}
	if !misses {
		if err := printGold(e.out, counts, len(files)-bad); err != nil {
			return err
		}
	}
	if bad > 0 {
		return errSomeFailed
	}
	return nil
}

func printGold(out io.Writer, counts map[string]goldCount, stories int) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	var sum goldCount
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		n := counts[kind]
		fmt.Fprintf(w, "%s\t%d of %d met\t%.3f\n", kind, n.met, n.all, float64(n.met)/float64(n.all))
		sum = goldCount{sum.met + n.met, sum.all + n.all}
	}
	fmt.Fprintf(w, "all, of %d stories\t%d of %d met\t%.3f\n", stories, sum.met, sum.all, float64(sum.met)/float64(max(sum.all, 1)))
	return w.Flush()
}

// goldFiles returns the golden stories that paths name, in order.
func goldFiles(paths []string) ([]string, error) {
	var files []string
	for _, path := range paths {
		err := filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && (name == path || filepath.Ext(name) == ".txtar") {
				files = append(files, name)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	if len(files) == 0 {
		return nil, errors.New("no golden stories (*.txtar) there")
	}
	return files, nil
}

// scoreGold reads a golden story, as a line of JSON would bring it, and holds
// it against its gold.
func scoreGold(r *kawat.Reader, file string) (gold.Outcome, []gold.Fact, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return gold.Outcome{}, nil, err
	}
	c, err := gold.ParseCase(file, data)
	if err != nil {
		return gold.Outcome{}, nil, err
	}
	st, err := readGold(r, c)
	if err != nil {
		return gold.Outcome{}, nil, fmt.Errorf("%s: %w", file, err)
	}
	return c.Compare(st), c.Facts, nil
}

func readGold(r *kawat.Reader, c *gold.Case) (*story.Story, error) {
	in := map[string]string{"id": c.Name, "text": c.Text}
	for _, field := range []string{"lang", "published", "publisher", "title", "url"} {
		if v := c.Header[field]; v != "" {
			in[field] = v
		}
	}
	line, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	for st, err := range r.Stories("gold.jsonl", bytes.NewReader(append(line, '\n'))) {
		if err == nil {
			err = r.Read(st)
		}
		if err == nil {
			err = c.Fits(st.Text)
		}
		return st, err
	}
	return nil, errors.New("there is no story in it")
}
