package serve

import (
	"context"
	"net/http"
)

// maxFailures bounds the failures that the page of sources shows.
const maxFailures = 500

// sourcesPage shows what could not be read, and why.
func (s *Server) sourcesPage(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
	defer cancel()
	failures, err := s.opt.Archive.Failures(ctx)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.show(w, r, http.StatusOK, "sources", s.frame(r).ui.Say("sources"), map[string]any{
		"Failures": failures[:min(len(failures), maxFailures)], "All": len(failures),
	})
}
