package serve

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"kawat/feed"
)

// maxFailures bounds the failures that the page of sources shows.
const maxFailures = 500

// watched is a source as its page shows it.
type watched struct {
	Address string
	feed.State
	Health string // well, failing, silent
}

// silentAfter is how long a source may give nothing before it is called silent.
const silentAfter = 3 * 24 * time.Hour

// sourcesPage shows the sources that are watched, how they are, and what could
// not be read.
func (s *Server) sourcesPage(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
	defer cancel()
	list, err := s.watched(time.Now())
	if err != nil {
		s.broken(w, r, err)
		return
	}
	if r.URL.Query().Get("format") == "opml" {
		s.sourcesOPML(w, r, list)
		return
	}
	failures, err := s.opt.Archive.Failures(ctx)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.show(w, r, http.StatusOK, "sources", s.frame(r).ui.Say("sources"), map[string]any{
		"Sources": list, "Failures": failures[:min(len(failures), maxFailures)], "All": len(failures),
	})
}

// watched lists sources, those that fail first.
func (s *Server) watched(now time.Time) ([]watched, error) {
	if s.opt.States == nil {
		return nil, nil
	}
	states, err := s.opt.States()
	if err != nil {
		return nil, err
	}
	out := make([]watched, 0, len(states))
	for address, st := range states {
		x := watched{Address: address, State: st, Health: "well"}
		switch {
		case st.Fails > 0:
			x.Health = "failing"
		case now.Sub(lastListed(&st)) > silentAfter:
			x.Health = "silent"
		}
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b watched) int {
		if a.Fails != b.Fails {
			return b.Fails - a.Fails
		}
		return strings.Compare(a.Address, b.Address)
	})
	return out, nil
}

// lastListed is when a source last listed something that was taken.
func lastListed(st *feed.State) time.Time {
	var last time.Time
	for _, at := range st.Seen {
		if at.After(last) {
			last = at
		}
	}
	return last
}

// sourcesOPML gives the feeds as a list that other readers take.
func (s *Server) sourcesOPML(w http.ResponseWriter, r *http.Request, list []watched) {
	var sources []feed.Source
	for _, x := range list {
		if src := (feed.Source{Address: x.Address}); !src.Folder() {
			sources = append(sources, src)
		}
	}
	var b bytes.Buffer
	if err := feed.WriteOPML(&b, "Kawat", sources); err != nil {
		s.broken(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/x-opml; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="kawat.opml"`)
	_, _ = b.WriteTo(w) // the client may be gone; there is nobody to tell
}
