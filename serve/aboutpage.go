package serve

import (
	"net/http"

	"kawat"
)

// about says what the codes mean and which version made them.
func (s *Server) about(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, "about", s.frame(r).ui.Say("about"), map[string]any{
		"Version": kawat.Version, "Packs": s.opt.Reader.Packs().Codes(), "Types": ploverTypes,
	})
}
