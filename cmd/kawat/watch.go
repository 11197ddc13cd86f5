package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/spf13/cobra"

	"kawat"
	"kawat/archive"
	"kawat/archive/ingest"
	"kawat/feed"
	"kawat/story"
	"kawat/stream"
	"kawat/wire"
)

// watchFlags are the flags of `kawat watch`.
type watchFlags struct {
	archive, opml, state, world string
	every                       time.Duration
	once                        bool
	stream                      streamFlags
}

func watchCommand(e *env) *cobra.Command {
	f := &watchFlags{}
	c := &cobra.Command{
		Use:   "watch --archive FILE [SOURCE...]",
		Short: "Watch feeds, news sitemaps and folders, and read what is new into an archive",
		Long: `Watch feeds (RSS, Atom, JSON Feed), news sitemaps and folders, and read what is new into an archive.

Sources are asked conditionally, as robots.txt allows, at the pace that a host bears; what fails
is asked later and later. What was taken is remembered beside the archive, over restarts.
With --stream the stories are sent to be read by workers instead. Ctrl-C stops.`,
		Example: `  kawat watch --archive wires.kawat https://example.org/rss drop/
  kawat watch --stream nats://wires:4222 --state feeds.json --opml feeds.opml
  kawat watch --archive wires.kawat --opml feeds.opml --once`,
		RunE: func(c *cobra.Command, args []string) error { return watch(c.Context(), e, f, args) },
	}
	fl := c.Flags()
	archiveFlag(fl, &f.archive)
	fl.StringVar(&f.opml, "opml", "", "list of feeds, as feed readers export it")
	fl.StringVar(&f.state, "state", "", "file that remembers the sources (default: the archive's name and .sources.json; kawat.sources.json with PostgreSQL)")
	worldFlag(fl, &f.world)
	f.stream.add(fl)
	fl.DurationVar(&f.every, "every", 10*time.Minute, "between two looks at a source")
	fl.BoolVar(&f.once, "once", false, "look at every source once and end")
	return c
}

func watch(ctx context.Context, e *env, f *watchFlags, args []string) error {
	sources, err := watchSources(f, args)
	if err != nil {
		return err
	}
	r, err := newReader(kawat.Options{}, f.world)
	if err != nil {
		return err
	}
	log := newLog(e)
	if f.stream.url != "" {
		b, err := f.stream.connect(ctx, log, true)
		if err != nil {
			return err
		}
		defer b.Close()
		return f.watchWith(ctx, sources, sender(b, r, log), log)
	}
	a, err := archive.Open(f.archive, archive.Options{Create: true})
	if err != nil {
		return err
	}
	defer a.Close()
	if err := f.run(ctx, a, r, sources, log); err != nil {
		return err
	}
	return a.Close()
}

// run watches sources until ctx ends, and reads what is new into an archive.
func (f *watchFlags) run(ctx context.Context, a *archive.Archive, r *kawat.Reader, sources []feed.Source, log *slog.Logger) error {
	return f.watchWith(ctx, sources, taker(a, r, log), log)
}

func (f *watchFlags) watchWith(ctx context.Context, sources []feed.Source, take func(context.Context, *feed.Found) error, log *slog.Logger) error {
	memory, err := feed.OpenMemory(f.statePath())
	if err != nil {
		return err
	}
	w := feed.NewWatcher(newFetcher(), memory, take, feed.WatchOptions{Every: f.every, Once: f.once, Log: log})
	return w.Run(ctx, sources)
}

// statePath is the file that remembers the sources.
func (f *watchFlags) statePath() string {
	switch {
	case f.state != "":
		return f.state
	case archive.IsAddress(f.archive):
		return "kawat.sources.json"
	}
	return f.archive + ".sources.json"
}

func watchSources(f *watchFlags, args []string) ([]feed.Source, error) {
	var sources []feed.Source
	if f.opml != "" {
		in, err := os.Open(f.opml)
		if err != nil {
			return nil, err
		}
		defer in.Close()
		if sources, err = feed.ReadOPML(in); err != nil {
			return nil, fmt.Errorf("%s: %w", f.opml, err)
		}
	}
	for _, arg := range args {
		sources = append(sources, feed.Source{Address: arg})
	}
	switch {
	case f.archive == "" && f.stream.url == "":
		return nil, usageError{errors.New("--archive names no file")}
	case f.archive != "" && f.stream.url != "":
		return nil, usageError{errors.New("say --archive or --stream: what is sent to workers is kept by `kawat collect`")}
	case len(sources) == 0:
		return nil, usageError{errors.New("nothing to watch: name feeds or folders, or give --opml")}
	case f.state == "" && (f.stream.url != "" || archive.IsAddress(f.archive)):
		return nil, usageError{errors.New("name a file with --state: beside a database or a stream there is no place to remember the sources")}
	case f.every < time.Second:
		return nil, usageError{fmt.Errorf("--every %s is under a second", f.every)}
	}
	return sources, nil
}

// taker reads what a watcher found into an archive. A story that cannot be read
// is kept among the archive's failures and not handed over again.
func taker(a *archive.Archive, r *kawat.Reader, log *slog.Logger) func(context.Context, *feed.Found) error {
	return func(ctx context.Context, x *feed.Found) error {
		var rep *ingest.Report
		var err error
		if x.Path != "" {
			rep, err = ingest.Run(ctx, a, r, []string{x.Path}, ingest.Options{})
		} else {
			rep, err = ingest.Page(ctx, a, r, x.Page.URL, bytes.NewReader(x.Page.Body), func(st *story.Story) { listed(st, x) })
		}
		if err != nil {
			return err
		}
		for _, fail := range rep.Failed {
			log.Warn("not read", "story", fail.Position, "reason", fail.Reason)
		}
		if rep.Added > 0 {
			log.Info("added", "stories", rep.Added, "source", x.Source.Address)
		}
		return nil
	}
}

// sender sends what a watcher found to be read by workers.
func sender(b *stream.Bus, r *kawat.Reader, log *slog.Logger) func(context.Context, *feed.Found) error {
	return func(ctx context.Context, x *feed.Found) error {
		src := func(yield func(*story.Story, error) bool) {
			for st, err := range r.Stories(x.Page.URL, bytes.NewReader(x.Page.Body)) {
				if err == nil {
					listed(st, x)
				}
				if !yield(st, err) {
					return
				}
			}
		}
		if x.Path != "" {
			src = fileStories(r, x.Path)
		}
		fed, err := b.Feed(ctx, src, nil)
		if err != nil {
			return err
		}
		for _, fail := range fed.Failed {
			log.Warn("not sent", "reason", fail)
		}
		if fed.Sent > 0 {
			log.Info("sent", "stories", fed.Sent, "source", x.Source.Address)
		}
		return nil
	}
}

// fileStories yields the stories of a file.
func fileStories(r *kawat.Reader, path string) func(func(*story.Story, error) bool) {
	return func(yield func(*story.Story, error) bool) {
		in, err := os.Open(path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer in.Close()
		for st, err := range r.Stories(path, in) {
			if !yield(st, err) {
				return
			}
		}
	}
}

// listed adds what a listing says of a story to what the page itself says.
func listed(st *story.Story, x *feed.Found) {
	if st.URL == "" {
		st.URL = x.Page.URL
	}
	if st.Title == "" {
		st.Title = x.Item.Title
	}
	if st.Publisher == "" {
		st.Publisher = x.Item.Publisher
	}
	if st.Publisher == "" {
		st.Publisher = x.Source.Name
	}
	if st.Published.Raw == "" && x.Item.Published != "" {
		st.Published = wire.ParsePublished(x.Item.Published)
	}
}
