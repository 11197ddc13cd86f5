package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"kawat"
	"kawat/archive"
	"kawat/archive/ingest"
	"kawat/intake"
	"kawat/story"
	"kawat/wire"
)

// ingestFlags are the flags of `kawat ingest`.
type ingestFlags struct {
	archive, lang, date, world string
	retry, noTexts             bool
	noFound                    bool
	batch                      int
	stream                     streamFlags
}

func ingestCommand(e *env) *cobra.Command {
	f := &ingestFlags{}
	c := &cobra.Command{
		Use:   "ingest --archive FILE PATH...",
		Short: "Read stories into an archive",
		Long: `Read stories into an archive, which is made where there is none.

Paths are files, or folders with all files below them, of every kind that "kawat read" takes.
Stories that are in the archive are not read again: a run that was stopped, however, goes on
where it was when it is started again. What could not be read is listed at the end, and kept
so that --retry reads it again.

With --stream the stories are sent to be read by workers ("kawat worker") instead, and
"kawat collect" keeps their records.`,
		Example: `  kawat ingest --archive wires.kawat copy/
  kawat ingest --stream nats://wires:4222 copy/
  kawat ingest --archive wires.kawat --retry`,
		RunE: func(c *cobra.Command, args []string) error { return runIngest(c.Context(), e, f, args) },
	}
	fl := c.Flags()
	archiveFlag(fl, &f.archive)
	fl.StringVar(&f.lang, "lang", "auto", "language of the stories, or auto")
	fl.StringVar(&f.date, "date", "", "day of publication (YYYY-MM-DD) of stories that do not say")
	worldFlag(fl, &f.world)
	f.stream.add(fl)
	fl.BoolVar(&f.retry, "retry", false, "read again what could not be read before")
	fl.BoolVar(&f.noTexts, "no-texts", false, "of a new archive: keep hashes and offsets only, for copy that may not be stored")
	fl.IntVar(&f.batch, "batch", 0, "stories written at once; 0 for 500")
	fl.BoolVar(&f.noFound, "no-found", false, "keep the cleaned texts and not the bytes that they were made from")
	return c
}

func runIngest(ctx context.Context, e *env, f *ingestFlags, args []string) error {
	switch {
	case f.archive == "" && f.stream.url == "":
		return usageError{errors.New("--archive names no file")}
	case f.archive != "" && f.stream.url != "":
		return usageError{errors.New("say --archive or --stream: what is sent to workers is kept by `kawat collect`")}
	case f.retry && f.stream.url != "":
		return usageError{errors.New("--retry is of an archive; see `kawat stream replay`")}
	case len(args) == 0 && !f.retry:
		return usageError{errors.New("nothing to read: name files or folders, or say --retry")}
	case f.date != "" && !isDate(f.date):
		return usageError{fmt.Errorf("--date %q is not YYYY-MM-DD", f.date)}
	}
	r, err := newReader(kawat.Options{Lang: f.lang, Published: f.date}, f.world)
	if err != nil {
		return err
	}
	if f.stream.url != "" {
		return feedStream(ctx, e, &f.stream, given(f, inputs(ctx, e, r, args)))
	}
	a, err := archive.Open(f.archive, archive.Options{Create: !f.retry, NoTexts: f.noTexts})
	if err != nil {
		return err
	}
	defer a.Close()
	bar := newIngestBar(e, args)
	opt := ingest.Options{Stdin: e.in, Progress: bar.show, NoFound: f.noFound, Batch: f.batch}
	var rep, again *ingest.Report
	if f.retry {
		if again, err = ingest.Retry(ctx, a, r, opt); err != nil {
			return stopped(e, bar, again, err)
		}
	}
	if rep, err = ingest.Run(ctx, a, r, args, opt); err != nil {
		return stopped(e, bar, rep, err)
	}
	bar.finish()
	if again != nil {
		rep.Added += again.Added
		rep.Known += again.Known
		rep.Withdrawn += again.Withdrawn
		rep.Failures += again.Failures
		rep.Failed = append(rep.Failed, again.Failed...)
	}
	for _, x := range rep.Failed {
		fmt.Fprintf(e.err, "kawat: %s: %s\n", x.Position, x.Reason)
	}
	if rest := rep.Failures - len(rep.Failed); rest > 0 {
		fmt.Fprintf(e.err, "kawat: and %d more\n", rest)
	}
	fmt.Fprintf(e.err, "%d stories added, %d were there, %d withdrawn, %d could not be read\n", rep.Added, rep.Known, rep.Withdrawn, rep.Failures)
	if rep.Failures > 0 {
		return errSomeFailed
	}
	return a.Close()
}

// given adds to stories what the command line says of them.
func given(f *ingestFlags, src iter.Seq2[*story.Story, error]) iter.Seq2[*story.Story, error] {
	return func(yield func(*story.Story, error) bool) {
		for st, err := range src {
			if err == nil && f.lang != "auto" {
				st.Lang = f.lang
			}
			if err == nil && f.date != "" && st.Published.Raw == "" {
				st.Published = wire.ParsePublished(f.date)
			}
			if !yield(st, err) {
				return
			}
		}
	}
}

func stopped(e *env, bar *ingestBar, rep *ingest.Report, err error) error {
	bar.finish()
	if errors.Is(err, context.Canceled) && rep != nil {
		return fmt.Errorf("stopped with %d stories added; start again to go on", rep.Added)
	}
	return err
}

// ingestBar shows how far an ingest is: a bar with rate and time left on a
// terminal, a line now and then elsewhere.
type ingestBar struct {
	e     *env
	bar   *progressbar.ProgressBar
	begun time.Time
	told  time.Time
}

func newIngestBar(e *env, paths []string) *ingestBar {
	b := &ingestBar{e: e, begun: time.Now(), told: time.Now()}
	if !isTerminal(e.err) {
		return b
	}
	b.bar = progressbar.NewOptions64(totalBytes(paths),
		progressbar.OptionSetWriter(e.err),
		progressbar.OptionSetDescription("reading"),
		progressbar.OptionShowBytes(true),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(200*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)
	return b
}

// totalBytes is how much there is to read, -1 where that is unknown.
func totalBytes(paths []string) int64 {
	var sum int64
	for _, path := range paths {
		if path == "-" {
			return -1
		}
		for file, err := range intake.Files(path) {
			if err != nil {
				continue // named when it is its turn to be read
			}
			if info, err := os.Stat(file); err == nil {
				sum += info.Size()
			}
		}
	}
	return sum
}

// linesEvery is how often a run that nobody watches says how far it is.
const linesEvery = 10 * time.Second

func (b *ingestBar) show(p ingest.Progress) {
	rate := float64(p.Stories) / max(time.Since(b.begun).Seconds(), 0.001)
	if b.bar != nil {
		// The display fails only if standard error does; the reading must not.
		b.bar.Describe(fmt.Sprintf("%d stories, %.0f/s", p.Stories, rate))
		_ = b.bar.Set64(p.Bytes)
		return
	}
	if time.Since(b.told) >= linesEvery {
		b.told = time.Now()
		fmt.Fprintf(b.e.err, "%d stories, %.0f/s, in %s\n", p.Stories, rate, p.Input)
	}
}

func (b *ingestBar) finish() {
	if b.bar != nil {
		_ = b.bar.Finish()
	}
}
