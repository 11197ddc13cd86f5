package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/spf13/cobra"

	"kawat"
	"kawat/archive"
	"kawat/feed"
	"kawat/serve"
)

// serveFlags are the flags of `kawat serve`.
type serveFlags struct {
	desk         deskFlags
	door         doorFlags
	stream       streamFlags
	streamListen string
	mail         mailFlags
	watch        watchFlags
	hooks        bool // webhooks may stand on private addresses
	public       string
	address      string
	metrics      string
}

func serveCommand(e *env) *cobra.Command {
	f := &serveFlags{}
	c := &cobra.Command{
		Use:   "serve --archive FILE",
		Short: "Serve the desk: web pages over an archive",
		Long: `Serve the desk: web pages, in English and Indonesian, and an API over an archive.

The archive may be written meanwhile by other commands. Without users ("kawat user add") and
without a token only this machine can reach the pages, and whoever uses it may review facts.

With --stream embedded the process holds streams of stories and records too, and reads what
"kawat ingest --stream" sends to --stream-listen. With the address of a cluster it keeps the
records that workers send there.`,
		Example: `  kawat serve --archive wires.kawat
  kawat user add sari --role reviewer --archive wires.kawat
  kawat serve --archive wires.kawat --listen :8417 --tls-cert cert.pem --tls-key key.pem`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return runServe(c.Context(), e, f) },
	}
	f.desk.add(c.Flags())
	f.door.add(c.Flags())
	f.stream.add(c.Flags())
	c.Flags().StringVar(&f.streamListen, "stream-listen", "", "where an embedded stream takes stories of other processes, such as 127.0.0.1:4222")
	f.mail.add(c.Flags())
	fl := c.Flags()
	fl.StringVar(&f.watch.opml, "watch", "", "list of feeds (OPML) to watch and read into the archive, which this process then writes")
	fl.DurationVar(&f.watch.every, "watch-every", 10*time.Minute, "between two looks at a feed")
	fl.StringVar(&f.watch.state, "watch-state", "", "file that remembers the feeds, also of a \"kawat watch\" beside this process (default as there)")
	fl.BoolVar(&f.hooks, "private-webhooks", false, "saved questions may be answered to webhooks on private addresses")
	fl.StringVar(&f.public, "public-url", "", "address by which others reach the pages, for links in mail and webhooks")
	fl.StringVar(&f.metrics, "metrics", "", "address on which Prometheus, /healthz and /readyz are answered")
	c.Flags().StringVar(&f.address, "listen", "127.0.0.1:8417", "address to listen on")
	return c
}

// gcPercent lets the desk's memory grow to three times what is in use before it
// is cleaned up: at 200 questions a second that is a sixth of the processor's
// time. GOGC, where it is set, decides.
const gcPercent = 200

func runServe(ctx context.Context, e *env, f *serveFlags) error {
	if err := f.desk.check(); err != nil {
		return err
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	f.watch.archive = f.desk.archive
	opt := serve.Options{Log: newLog(e), PublicURL: f.public, States: func() (map[string]feed.State, error) { return feed.ReadStates(f.watch.statePath()) }}
	if err := errors.Join(f.door.apply(&opt), f.mail.apply(&opt), f.applyHooks(&opt)); err != nil {
		return err
	}
	r, err := newReader(kawat.Options{}, f.desk.world)
	if err != nil {
		return err
	}
	reg := prometheus.NewRegistry()
	end, err := f.startStream(ctx, r, reg, opt.Log)
	if err != nil {
		return err
	}
	defer end()
	stop, err := f.startWatch(ctx, r, &opt)
	if err != nil {
		return err
	}
	defer stop()
	s, a, err := f.desk.open(e, r, opt)
	if err != nil {
		return err
	}
	defer a.Close()
	stopMetrics, err := serveMetrics(f.metrics, reg, a.Check, opt.Log)
	if err != nil {
		return err
	}
	defer stopMetrics()
	return s.ListenAndServe(ctx, f.address, func(url string) { fmt.Fprintf(e.err, "%s (Ctrl-C stops)\n", url) })
}

// startStream starts what --stream asks for, and returns how it ends. Its figures
// stand in reg.
func (f *serveFlags) startStream(ctx context.Context, r *kawat.Reader, reg *prometheus.Registry, log *slog.Logger) (end func(), err error) {
	if f.stream.url == "" {
		return func() {}, nil
	}
	ctx, cancel := context.WithCancel(ctx)
	wait, err := inside(ctx, &f.stream, f.desk.archive, f.streamListen, r, reg, log)
	if err != nil {
		cancel()
		return nil, err
	}
	return func() {
		cancel()
		wait()
	}, nil
}

// applyHooks lets saved questions be answered to webhooks.
func (f *serveFlags) applyHooks(opt *serve.Options) error {
	if f.public != "" {
		u, err := url.Parse(f.public)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return usageError{fmt.Errorf("--public-url %s is no address of pages", f.public)}
		}
	}
	guard := feed.Options{UserAgent: "kawat/" + kawat.Version}
	if f.hooks {
		guard.Allow = func(netip.Addr) bool { return true }
	}
	opt.Hooks = feed.New(guard)
	return nil
}

// startWatch watches feeds beside the pages, and returns how that ends.
func (f *serveFlags) startWatch(ctx context.Context, r *kawat.Reader, opt *serve.Options) (end func(), err error) {
	if f.watch.opml == "" {
		return func() {}, nil
	}
	if f.stream.url != "" {
		return nil, usageError{errors.New("with --stream, feeds are watched by \"kawat watch --stream\"")}
	}
	sources, err := watchSources(&f.watch, nil)
	if err != nil {
		return nil, err
	}
	a, err := archive.Open(f.desk.archive, archive.Options{Create: true})
	if err != nil {
		return nil, err
	}
	opt.Write = a.Update // this process is the one that writes
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := f.watch.run(ctx, a, r, sources, opt.Log); err != nil {
			opt.Log.Error("watching ended", "error", err)
		}
	})
	return func() {
		cancel()
		wg.Wait()
		if err := a.Close(); err != nil {
			opt.Log.Error("archive", "error", err)
		}
	}, nil
}
