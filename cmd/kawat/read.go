package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"kawat"
	"kawat/feed"
	"kawat/intake"
	"kawat/record"
	"kawat/story"
)

// readFlags are the flags of `kawat read`.
type readFlags struct {
	format, lang, date, ui, world string
	minConfidence                 float64
	explain                       bool
}

func readCommand(e *env) *cobra.Command {
	f := &readFlags{}
	c := &cobra.Command{
		Use:   "read [FILE|FOLDER|URL|-]...",
		Short: "Read stories and print their records",
		Long: `Read stories and print their records.

Kinds of input are told by their content: plain text, HTML pages, JSON Lines
({"id","text" or "html","title","lang","published","url","publisher"} a line), CSV with a header of
such names, WARC, NewsML-G2, NITF, ninjs, RSS, Atom, mbox and messages of mail, also compressed
with gzip or zstd, and folders of these. A story may be one sentence. Without an input, or for
"-", standard input is read.`,
		Example: `  kawat read story.txt
  kawat read --format jsonl stories.jsonl.gz > records.jsonl
  kawat read --format html --explain story.html > page.html`,
		RunE: func(c *cobra.Command, args []string) error { return read(c.Context(), e, f, args) },
	}
	fl := c.Flags()
	fl.StringVar(&f.format, "format", "", "text, json, jsonl or html (default: text on a terminal, else jsonl)")
	fl.StringVar(&f.lang, "lang", "auto", "language of the stories, or auto")
	fl.StringVar(&f.date, "date", "", "day of publication (YYYY-MM-DD) of stories that do not say")
	fl.Float64Var(&f.minConfidence, "min-confidence", 0, "leave out facts of less (0 to 1)")
	fl.BoolVar(&f.explain, "explain", false, "say which rule found each fact (text and html)")
	worldFlag(fl, &f.world)
	fl.StringVar(&f.ui, "ui", "", "language of the page: en or id (default: from the environment)")
	return c
}

func read(ctx context.Context, e *env, f *readFlags, args []string) error {
	if f.format == "" {
		f.format = "jsonl"
		if isTerminal(e.out) {
			f.format = "text"
		}
	}
	if f.minConfidence < 0 || f.minConfidence > 1 {
		return usageError{fmt.Errorf("--min-confidence %v is not between 0 and 1", f.minConfidence)}
	}
	if f.date != "" && !isDate(f.date) {
		return usageError{fmt.Errorf("--date %q is not YYYY-MM-DD", f.date)}
	}
	render, err := renderer(e, f)
	if err != nil {
		return usageError{err}
	}
	if len(args) == 0 {
		if isTerminal(e.in) {
			return usageError{errors.New("nothing to read: name a file, an address, or - for standard input")}
		}
		args = []string{"-"}
	}
	r, err := newReader(kawat.Options{Lang: f.lang, Published: f.date, MinConfidence: f.minConfidence}, f.world)
	if err != nil {
		return err
	}
	return printAll(ctx, e, f, r, args, render)
}

// printAll reads every input and writes its records in input order, each as
// soon as it is ready, so that a program at the other end of a pipe need not
// wait.
func printAll(ctx context.Context, e *env, f *readFlags, r *kawat.Reader, args []string, render func(*record.Record) ([]byte, error)) error {
	bar := newProgress(e, len(args))
	defer bar.finish()
	failed, written := false, 0
	report := func(err error) {
		failed = true
		bar.clear()
		fmt.Fprintf(e.err, "kawat: %v\n", err)
	}
	toBytes := func(st *story.Story) ([]byte, error) { return render(r.Record(st)) }
	for res := range r.Stream(ctx, inputs(ctx, e, r, args), toBytes) {
		var killed *kawat.Withdrawal
		switch {
		case errors.As(res.Err, &killed):
			bar.clear()
			fmt.Fprintf(e.err, "kawat: %v\n", killed) // there was nothing to read, and nothing went wrong
		case res.Err != nil:
			report(res.Err)
		case f.format == "html" && written > 0:
			report(errors.New("html shows one story a page; the further stories were left out"))
			return errSomeFailed
		default:
			bar.clear()
			if _, err := e.out.Write(res.Output); err != nil {
				return fmt.Errorf("write: %w", err)
			}
			written++
		}
		bar.add()
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("stopped after %d stories", written)
	}
	if failed {
		return errSomeFailed
	}
	return nil
}

// renderer returns the function that turns a record into the wanted form.
func renderer(e *env, f *readFlags) (func(*record.Record) ([]byte, error), error) {
	words, err := record.UI(uiLanguage(f.ui))
	if err != nil {
		return nil, err
	}
	switch f.format {
	case "jsonl":
		return func(r *record.Record) ([]byte, error) {
			line, err := r.AppendJSON(nil)
			return append(line, '\n'), err
		}, nil
	case "json":
		return func(r *record.Record) ([]byte, error) {
			var buf bytes.Buffer
			enc := json.NewEncoder(&buf)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			err := enc.Encode(r)
			return buf.Bytes(), err
		}, nil
	case "text":
		opt := record.TextOptions{Words: words, Color: wantsColor(e.out), Width: width(e.out), Explain: f.explain}
		return func(r *record.Record) ([]byte, error) {
			var buf bytes.Buffer
			err := record.Text(&buf, r, opt)
			return buf.Bytes(), err
		}, nil
	case "html":
		page, err := record.NewPage()
		if err != nil {
			return nil, err
		}
		return func(r *record.Record) ([]byte, error) {
			var buf bytes.Buffer
			err := page.HTML(&buf, r, record.HTMLOptions{Words: words, Explain: f.explain})
			return buf.Bytes(), err
		}, nil
	}
	return nil, fmt.Errorf("unknown format %q: text, json, jsonl or html", f.format)
}

// inputs yields the stories of all inputs in order, the files of folders in
// the order of their names. An input that cannot be opened is an error of its
// own and the others go on.
func inputs(ctx context.Context, e *env, r *kawat.Reader, args []string) iter.Seq2[*story.Story, error] {
	fetcher := feed.New(feed.Options{UserAgent: "kawat/" + kawat.Version})
	return func(yield func(*story.Story, error) bool) {
		for name, err := range names(args) {
			var in io.ReadCloser
			if err == nil {
				name, in, err = openInput(ctx, e, fetcher, name)
			}
			if err != nil {
				if !yield(nil, err) {
					return
				}
				continue
			}
			for st, err := range r.Stories(name, in) {
				if !yield(st, err) {
					in.Close()
					return
				}
			}
			in.Close()
		}
	}
}

// names yields what the arguments name: addresses and standard input as they
// are, folders as their files.
func names(args []string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, arg := range args {
			if arg == "-" || isURL(arg) {
				if !yield(arg, nil) {
					return
				}
				continue
			}
			for file, err := range intake.Files(arg) {
				if !yield(file, err) {
					return
				}
			}
		}
	}
}

func isURL(arg string) bool {
	return strings.HasPrefix(arg, "http://") || strings.HasPrefix(arg, "https://")
}

func openInput(ctx context.Context, e *env, fetcher *feed.Fetcher, arg string) (string, io.ReadCloser, error) {
	switch {
	case arg == "-":
		return "stdin", io.NopCloser(e.in), nil
	case isURL(arg):
		page, err := fetcher.Get(ctx, arg)
		if err != nil {
			return "", nil, err
		}
		return page.URL, io.NopCloser(bytes.NewReader(page.Body)), nil
	}
	file, err := os.Open(arg)
	if err != nil {
		return "", nil, err
	}
	if info, err := file.Stat(); err == nil && info.IsDir() {
		file.Close()
		return "", nil, fmt.Errorf("%s: is a folder, not a story", arg)
	}
	return arg, file, nil
}
