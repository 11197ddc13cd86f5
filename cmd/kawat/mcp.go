package main

import (
	"errors"
	"io"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/cobra"

	"kawat"
	"kawat/archive"
	"kawat/feed"
	"kawat/serve"
)

func mcpCommand(e *env) *cobra.Command {
	var path string
	c := &cobra.Command{
		Use:   "mcp --archive FILE",
		Short: "Offer an archive to assistants over standard input and output",
		Long: `Offer an archive to assistants that speak the Model Context Protocol: search, timeline,
quotations, pledges and read_this, every fact with its words and where they stand.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if path == "" {
				return usageError{errors.New("name an archive: --archive FILE")}
			}
			a, err := archive.Open(path, archive.Options{ReadOnly: true})
			if err != nil {
				return err
			}
			defer a.Close()
			r, err := kawat.New(kawat.Options{})
			if err != nil {
				return err
			}
			s, err := serve.New(serve.Options{Archive: a, Reader: r, Fetcher: feed.New(feed.Options{UserAgent: "kawat/" + kawat.Version})})
			if err != nil {
				return err
			}
			err = s.Assistant().Run(c.Context(), &mcp.IOTransport{Reader: io.NopCloser(e.in), Writer: nopCloser{e.out}})
			if errors.Is(err, io.EOF) || c.Context().Err() != nil {
				return nil
			}
			return err
		},
	}
	archiveFlag(c.Flags(), &path)
	return c
}

// nopCloser lets standard output be closed by who does not own it.
type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }
