package main

import (
	"errors"
	"io"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/cobra"

	"kawat"
	"kawat/serve"
)

func mcpCommand(e *env) *cobra.Command {
	var desk deskFlags
	c := &cobra.Command{
		Use:   "mcp --archive FILE",
		Short: "Offer an archive to assistants over standard input and output",
		Long: `Offer an archive to assistants that speak the Model Context Protocol: search, timeline,
quotations, pledges and read_this, every fact with its words and where they stand.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := desk.check(); err != nil {
				return err
			}
			r, err := newReader(kawat.Options{}, desk.world)
			if err != nil {
				return err
			}
			s, a, err := desk.open(e, r, serve.Options{})
			if err != nil {
				return err
			}
			defer a.Close()
			err = s.Assistant().Run(c.Context(), &mcp.IOTransport{Reader: io.NopCloser(e.in), Writer: nopCloser{e.out}})
			if errors.Is(err, io.EOF) || c.Context().Err() != nil {
				return nil
			}
			return err
		},
	}
	desk.add(c.Flags())
	return c
}

// nopCloser lets standard output be closed by who does not own it.
type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }
