package serve

import (
	"bytes"
	"context"
	"errors"
	"html/template"
	"net/http"

	"kawat/archive"
	"kawat/record"
)

// storyData is what the page of a story is made of.
type storyData struct {
	Story  *archive.Story
	Source string
	Body   template.HTML // of the record's page, escaped there
	Record *record.Record
	Copies []archive.Story
	Judge  string // beginning of the addresses under which its facts are judged; "" where they are not
	Ruled  []archive.Ruling
}

func (s *Server) storyPage(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
	defer cancel()
	key, err := archive.ParseKey(r.PathValue("key"))
	if err != nil {
		s.notFound(w, r)
		return
	}
	rep, err := s.opt.Archive.ByKey(ctx, key)
	if errors.Is(err, archive.ErrNotFound) {
		s.notFound(w, r)
		return
	}
	if err != nil {
		s.broken(w, r, err)
		return
	}
	if r.URL.Query().Get("format") == "json" {
		line, err := rep.Record.AppendJSON(nil)
		if err != nil {
			s.broken(w, r, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write(line)
		return
	}
	f := s.frame(r)
	var b bytes.Buffer
	if err := s.page.Body(&b, rep.Record, record.HTMLOptions{Words: f.ui, Explain: true, Example: s.examples.of(rep.Record.Story.Lang)}); err != nil {
		s.broken(w, r, err)
		return
	}
	copies, err := s.opt.Archive.Copies(ctx, rep.Story.ID)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	title := rep.Story.Title
	if title == "" {
		title = rep.Story.Name
	}
	d := storyData{Story: &rep.Story, Source: source(&rep.Story), Body: template.HTML(b.String()), Record: rep.Record, Copies: copies}
	if d.Ruled, err = s.opt.Archive.Rulings(ctx, key); err != nil {
		s.broken(w, r, err)
		return
	}
	if s.mayReview(ctx) {
		d.Judge = "/review/" + key.String() + "/"
	}
	s.show(w, r, http.StatusOK, "story", title, d)
}
