package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"kawat"
	"kawat/archive"
	"kawat/feed"
	"kawat/serve"
)

func serveCommand(e *env) *cobra.Command {
	var (
		address, path, replica, own, listen string
		sf                                  streamFlags
	)
	c := &cobra.Command{
		Use:   "serve --archive FILE",
		Short: "Serve the desk: web pages over an archive",
		Long: `Serve the desk: web pages, in English and Indonesian, over an archive.

The archive may be written meanwhile by other commands. With --stream embedded the process holds
streams of stories and records too, and reads what "kawat ingest --stream" sends to --stream-listen.
With the address of a cluster it keeps the records that workers send there. Only this machine can
reach the pages.`,
		Example: "  kawat serve --archive wires.kawat",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if path == "" {
				return usageError{fmt.Errorf("name an archive: --archive FILE")}
			}
			log := slog.New(slog.NewTextHandler(e.err, nil))
			r, err := newReader(kawat.Options{}, own)
			if err != nil {
				return err
			}
			if sf.url != "" {
				ctx, cancel := context.WithCancel(c.Context())
				end, err := inside(ctx, &sf, path, listen, r, log)
				if err != nil {
					cancel()
					return err
				}
				defer end()
				defer cancel()
			}
			a, err := openDesk(e, path, replica)
			if err != nil {
				return err
			}
			defer a.Close()
			s, err := serve.New(serve.Options{Archive: a, Reader: r, Fetcher: feed.New(feed.Options{UserAgent: "kawat/" + kawat.Version}), Log: log})
			if err != nil {
				return err
			}
			fmt.Fprintf(e.err, "http://%s/ (Ctrl-C stops)\n", address)
			return s.ListenAndServe(c.Context(), address)
		},
	}
	archiveFlag(c.Flags(), &path)
	c.Flags().StringVar(&replica, "replica", "", "postgres:// address of a replica that pages are read from; of an archive on PostgreSQL")
	worldFlag(c.Flags(), &own)
	sf.add(c.Flags())
	c.Flags().StringVar(&listen, "stream-listen", "", "where an embedded stream takes stories of other processes, such as 127.0.0.1:4222")
	c.Flags().StringVar(&address, "listen", "127.0.0.1:8417", "address to listen on, of this machine alone")
	return c
}

// openDesk opens an archive that other commands may write, so that what people
// decide is kept; where nothing may be written, for reading alone.
func openDesk(e *env, path, replica string) (*archive.Archive, error) {
	a, err := archive.Open(path, archive.Options{ReadOnly: true, Desk: true, Replica: replica})
	if err == nil {
		return a, nil
	}
	a, readErr := archive.Open(path, archive.Options{ReadOnly: true, Replica: replica})
	if readErr != nil {
		return nil, err
	}
	fmt.Fprintf(e.err, "kawat: nothing can be decided or saved: %v\n", err)
	return a, nil
}
