package main

import (
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"kawat"
	"kawat/feed"
	"kawat/serve"
)

func serveCommand(e *env) *cobra.Command {
	var address string
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the desk: web pages for reading",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			r, err := kawat.New(kawat.Options{})
			if err != nil {
				return err
			}
			log := slog.New(slog.NewTextHandler(e.err, nil))
			s, err := serve.New(serve.Options{Reader: r, Fetcher: feed.New(feed.Options{UserAgent: "kawat/" + kawat.Version}), Log: log})
			if err != nil {
				return err
			}
			fmt.Fprintf(e.err, "http://%s/ (Ctrl-C stops)\n", address)
			return s.ListenAndServe(c.Context(), address)
		},
	}
	c.Flags().StringVar(&address, "listen", "127.0.0.1:8417", "address to listen on")
	return c
}
