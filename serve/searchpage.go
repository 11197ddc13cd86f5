package serve

import (
	"context"
	"net/http"
	"strings"

	"kawat/archive"
)

// search finds persons and states by their names, and facts by the words of
// their stories.
func (s *Server) search(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r)
	ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
	defer cancel()
	words := strings.TrimSpace(r.URL.Query().Get("words"))
	d := map[string]any{"Words": words}
	if words != "" {
		people, err := s.opt.Archive.People(ctx, words, 12)
		if err != nil {
			s.broken(w, r, err)
			return
		}
		d["People"] = people
		d["States"] = f.named(words)
		filter := archive.Filter{Words: words}
		if err := filter.Check(); err != nil {
			d["Error"] = err.Error()
			s.show(w, r, http.StatusBadRequest, "search", f.ui.Say("search"), d)
			return
		}
		facts, _, err := s.opt.Archive.Facts(ctx, []archive.Kind{archive.Event, archive.Quotation, archive.Pledge}, filter, archive.Page{Limit: 40})
		if err != nil {
			s.broken(w, r, err)
			return
		}
		rows, err := s.rows(ctx, f, facts)
		if err != nil {
			s.broken(w, r, err)
			return
		}
		d["Rows"] = rows
		d["More"] = "/quotations?" + filterQuery(filter).Encode()
	}
	s.show(w, r, http.StatusOK, "search", f.ui.Say("search"), d)
}

// named returns the states and organizations whose names begin with words.
func (f *frame) named(words string) []party {
	var out []party
	want := strings.ToLower(words)
	for code, name := range f.names {
		if strings.HasPrefix(strings.ToLower(name), want) || strings.EqualFold(code, words) {
			out = append(out, party{Name: name, Href: stateHref(code)})
		}
	}
	sortParties(out)
	return out[:min(len(out), 12)]
}
