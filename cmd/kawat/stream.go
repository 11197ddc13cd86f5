package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"strconv"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/spf13/cobra"

	"kawat"
	"kawat/archive"
	"kawat/story"
	"kawat/stream"
)

// streamCommands are the commands that read on many machines.
func streamCommands(e *env) []*cobra.Command {
	return []*cobra.Command{workerCommand(e), collectCommand(e), streamCommand(e)}
}

func workerCommand(e *env) *cobra.Command {
	var (
		sf           streamFlags
		own, metrics string
		noFound      bool
	)
	c := &cobra.Command{
		Use:   "worker --stream URL",
		Short: "Read stories from a stream and send their records on",
		Long: `Read stories from a stream and send their records on.

Workers keep nothing: start as many as there are machines, stop them, kill them, replace them one by
one. Ctrl-C lets a worker finish what it has begun. What cannot be read is set aside with its reason;
see "kawat stream failures".`,
		Example: "  kawat worker --stream nats://wires:4222 --metrics 127.0.0.1:9417",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			r, err := newReader(kawat.Options{}, own)
			if err != nil {
				return err
			}
			return withStream(c.Context(), e, &sf, metrics, func(ctx context.Context, b *stream.Bus, m *stream.Metrics) error {
				return b.Work(ctx, r, stream.WorkOptions{Metrics: m, NoFound: noFound})
			})
		},
	}
	sf.add(c.Flags())
	worldFlag(c.Flags(), &own)
	c.Flags().StringVar(&metrics, "metrics", "", "address on which Prometheus, /healthz and /readyz are answered")
	c.Flags().BoolVar(&noFound, "no-found", false, "send the records without the bytes that their stories were made from")
	return c
}

func collectCommand(e *env) *cobra.Command {
	var (
		sf            streamFlags
		path, metrics string
		opt           stream.CollectOptions
	)
	c := &cobra.Command{
		Use:   "collect --stream URL --archive FILE",
		Short: "Keep the records that workers send in an archive",
		Long: `Keep the records that workers send in an archive, which is made where there is none.

A record leaves the stream when the archive has committed it, so a collector may die at any moment.`,
		Example: "  kawat collect --stream nats://wires:4222 --archive postgres://desk@db/wires",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if path == "" {
				return usageError{errors.New("--archive names no file")}
			}
			a, err := archive.Open(path, archive.Options{Create: true})
			if err != nil {
				return err
			}
			defer a.Close()
			err = withStream(c.Context(), e, &sf, metrics, func(ctx context.Context, b *stream.Bus, m *stream.Metrics) error {
				opt.Metrics = m
				return b.Collect(ctx, stream.Archive{Archive: a}, opt)
			})
			return errors.Join(err, a.Close())
		},
	}
	sf.add(c.Flags())
	archiveFlag(c.Flags(), &path)
	c.Flags().StringVar(&metrics, "metrics", "", "address on which Prometheus, /healthz and /readyz are answered")
	c.Flags().IntVar(&opt.Batch, "batch", 0, "records written at once; 0 for 200")
	return c
}

// withStream runs something over the streams, with metrics where they are
// wished for.
func withStream(ctx context.Context, e *env, sf *streamFlags, metrics string, run func(context.Context, *stream.Bus, *stream.Metrics) error) error {
	log := slog.New(slog.NewTextHandler(e.err, nil))
	b, err := sf.connect(ctx, log, true)
	if ctx.Err() != nil {
		return nil // stopped while it waited for the stream
	}
	if err != nil {
		return err
	}
	defer b.Close()
	reg := prometheus.NewRegistry()
	m := stream.NewMetrics(reg)
	b.Gauges(reg)
	stop, err := serveMetrics(metrics, reg, b.Ready, log)
	if err != nil {
		return err
	}
	defer stop()
	log.Info("connected", "stream", stream.Redact(sf.url))
	if err := run(ctx, b, m); err != nil {
		return err
	}
	log.Info("stopped; what was begun is finished")
	return nil
}

// inside runs what `kawat serve --stream` does beside its pages, until ctx is
// done: it keeps the records that come, and where the server is inside this
// process it reads the stories too.
func inside(ctx context.Context, sf *streamFlags, path, listen string, r *kawat.Reader, reg *prometheus.Registry, log *slog.Logger) (func(), error) {
	opt := sf.options(log)
	if opt.URL == stream.Embedded {
		opt.Dir, opt.Listen = path+".stream", listen
	} else if listen != "" {
		return nil, usageError{errors.New("--stream-listen is of --stream embedded")}
	}
	a, err := archive.Open(path, archive.Options{Create: true})
	if err != nil {
		return nil, err
	}
	b, err := stream.Connect(ctx, opt)
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if opt.URL == stream.Embedded {
		log.Info("streams", "folder", opt.Dir, "listens", listen)
	}
	m := stream.NewMetrics(reg)
	b.Gauges(reg)
	var wg sync.WaitGroup
	run := func(what string, do func() error) {
		wg.Go(func() {
			if err := do(); err != nil {
				log.Error(what+" ended", "error", err)
			}
		})
	}
	run("keeping records", func() error { return b.Collect(ctx, stream.Archive{Archive: a}, stream.CollectOptions{Metrics: m}) })
	if opt.URL == stream.Embedded {
		run("reading stories", func() error { return b.Work(ctx, r, stream.WorkOptions{Metrics: m}) })
	}
	return func() {
		wg.Wait()
		b.Close()
		if err := a.Close(); err != nil {
			log.Error("the archive did not close", "error", err)
		}
	}, nil
}

func streamCommand(e *env) *cobra.Command {
	c := &cobra.Command{Use: "stream", Short: "Look after the streams: how they stand, and what was set aside"}
	c.AddCommand(
		onStream(e, "status", "Say how many stories wait, are being read, and were set aside", streamStatus),
		onStream(e, "failures", "List the stories that were set aside, as JSON Lines", streamFailures),
		onStream(e, "replay all|NUMBER...", "Send stories that were set aside to be read again", streamReplay),
	)
	return c
}

func onStream(e *env, use, short string, do func(context.Context, *env, *stream.Bus, []string) error) *cobra.Command {
	var sf streamFlags
	c := &cobra.Command{Use: use, Short: short, RunE: func(c *cobra.Command, args []string) error {
		b, err := sf.connect(c.Context(), slog.New(slog.DiscardHandler), false)
		if err != nil {
			return err
		}
		defer b.Close()
		return do(c.Context(), e, b, args)
	}}
	sf.add(c.Flags())
	return c
}

func streamStatus(ctx context.Context, e *env, b *stream.Bus, args []string) error {
	if err := nothing(args); err != nil {
		return err
	}
	s, err := b.Status(ctx)
	if err != nil {
		return err
	}
	if !isTerminal(e.out) {
		return json.NewEncoder(e.out).Encode(s)
	}
	w := tabwriter.NewWriter(e.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "stories that no worker has\t%d\nstories that a worker has\t%d\nrecords to be kept\t%d\nset aside\t%d\n", s.Unread, s.Reading, s.Unkept, s.Failed)
	fmt.Fprintf(w, "room taken\t%.1f MB\nreplicas\t%d, of which %d lag or are away\n", float64(s.Bytes)/1e6, s.Replicas, s.Unhealthy)
	return w.Flush()
}

func streamFailures(ctx context.Context, e *env, b *stream.Bus, args []string) error {
	if err := nothing(args); err != nil {
		return err
	}
	enc := json.NewEncoder(e.out)
	enc.SetEscapeHTML(false)
	for f, err := range b.Failures(ctx) {
		if err != nil {
			return err
		}
		f.Draft = nil // the story itself is long
		if err := enc.Encode(f); err != nil {
			return err
		}
	}
	return nil
}

func streamReplay(ctx context.Context, e *env, b *stream.Bus, args []string) error {
	if len(args) == 0 {
		return usageError{errors.New(`name the numbers of what to send again, or "all"`)}
	}
	all, wanted := args[0] == "all" && len(args) == 1, map[uint64]bool{}
	for _, arg := range args {
		n, err := strconv.ParseUint(arg, 10, 64)
		if err != nil && !all {
			return usageError{fmt.Errorf("%q is not the number of a failure", arg)}
		}
		wanted[n] = true
	}
	n, failed := 0, false
	for f, err := range b.Failures(ctx) {
		if err != nil {
			return err
		}
		if !all && !wanted[f.Seq] {
			continue
		}
		delete(wanted, f.Seq)
		if err := b.Replay(ctx, f); err != nil {
			fmt.Fprintf(e.err, "kawat: %v\n", err)
			failed = true
			continue
		}
		n++
	}
	if !all {
		for seq := range wanted {
			fmt.Fprintf(e.err, "kawat: no failure has the number %d\n", seq)
			failed = true
		}
	}
	fmt.Fprintf(e.err, "%d sent to be read again\n", n)
	if failed {
		return errSomeFailed
	}
	return nil
}

// feedStream sends the stories of inputs to be read by workers.
func feedStream(ctx context.Context, e *env, sf *streamFlags, src iter.Seq2[*story.Story, error]) error {
	b, err := sf.connectSettled(ctx, slog.New(slog.NewTextHandler(e.err, nil)))
	if err != nil {
		return err
	}
	defer b.Close()
	told := time.Now()
	fed, err := b.Feed(ctx, src, func(f *stream.Fed) {
		if time.Since(told) >= linesEvery {
			told = time.Now()
			fmt.Fprintf(e.err, "%d stories sent\n", f.Sent)
		}
	})
	if err != nil {
		return fmt.Errorf("stopped with %d stories sent; start again to go on: %w", fed.Sent, err)
	}
	for _, fail := range fed.Failed {
		fmt.Fprintf(e.err, "kawat: %v\n", fail)
	}
	fmt.Fprintf(e.err, "%d stories sent, %d were there, %d withdrawn, %d could not be taken\n", fed.Sent, fed.Known, fed.Withdrawn, fed.Failures)
	if fed.Failures > 0 {
		return errSomeFailed
	}
	return nil
}

// verifyStream compares what came in with an archive, and sends again what is
// nowhere.
func verifyStream(ctx context.Context, e *env, sf *streamFlags, a *archive.Archive) error {
	b, err := sf.connectSettled(ctx, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer b.Close()
	v, err := b.Verify(ctx, stream.Archive{Archive: a}, func(key, input string) { fmt.Fprintf(e.out, "sent again: %s (%s)\n", key, input) })
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "%d stories are in the stream: %d kept, %d waiting, %d set aside, %d sent again\n", v.Came, v.Kept, v.Waiting, v.Failed, v.Queued)
	return nil
}
