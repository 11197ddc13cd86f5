package serve

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"kawat/archive"
	"kawat/record"
)

// happeningRow is a happening as lists show it.
type happeningRow struct {
	archive.Happening
	Class    string
	From, To []party
	Arrow    string
	Where    string
	Href     string // of its page
}

func (f *frame) happening(h archive.Happening, href string) happeningRow {
	r := happeningRow{Happening: h, Class: quadClass(h.CAMEO), From: f.codes(h.ActorCountries...), To: f.codes(h.RecipientCountries...), Arrow: "→", Href: href}
	if h.Symmetric {
		r.Arrow = "↔"
	}
	if h.Place != nil {
		r.Where = f.place(h.Place)
	}
	return r
}

// happeningHref is the address of a happening: any of its reports leads to it,
// whatever later stories add.
func (s *Server) happeningHref(ctx context.Context, h *archive.Happening) (string, error) {
	rep, err := s.opt.Archive.Get(ctx, h.Events[0].Fact.Story())
	if err != nil {
		return "", err
	}
	return "/happening/" + rep.Story.Key.String() + "/" + h.Events[0].Event, nil
}

func (s *Server) happeningsPage(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r)
	ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
	defer cancel()
	page := parsePage(r.URL.Query())
	filter, err := parseFilter(r.URL.Query())
	if err == nil {
		err = page.Check()
	}
	if err != nil {
		s.show(w, r, http.StatusBadRequest, "error", err.Error(), nil)
		return
	}
	rows, next, err := s.happeningRows(ctx, f, filter, page)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	d := map[string]any{"Filter": filter, "Rows": rows}
	if next != "" {
		q := filterQuery(filter)
		q.Set("after", next)
		d["Next"] = "/happenings?" + q.Encode()
	}
	s.show(w, r, http.StatusOK, "happenings", f.ui.Say("happenings"), d)
}

func (s *Server) happeningRows(ctx context.Context, f *frame, filter archive.Filter, page archive.Page) ([]happeningRow, string, error) {
	list, next, err := s.opt.Archive.Happenings(ctx, filter, page)
	if err != nil {
		return nil, "", err
	}
	rows := make([]happeningRow, 0, len(list))
	for i := range list {
		href, err := s.happeningHref(ctx, &list[i])
		if err != nil {
			return nil, "", err
		}
		rows = append(rows, f.happening(list[i], href))
	}
	return rows, next, nil
}

// told is one report on the page of a happening.
type told struct {
	row
	Why   string
	Only  []party // named in this story and in no other report
	Apart string  // address under which the report is taken out; "" where it is not
}

// maxTold bounds the reports that a page shows side by side.
const maxTold = 24

func (s *Server) happeningPage(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r)
	ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
	defer cancel()
	h, err := s.findHappening(ctx, r.PathValue("key"), r.PathValue("fact"))
	if errors.Is(err, archive.ErrNotFound) {
		s.notFound(w, r)
		return
	}
	if err != nil {
		s.broken(w, r, err)
		return
	}
	reports, err := s.reports(ctx, f, h)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	row := f.happening(*h, r.URL.Path)
	s.show(w, r, http.StatusOK, "happening", h.Type+" "+nameList(row.From)+" "+row.Arrow+" "+nameList(row.To), map[string]any{"Row": row, "Reports": reports})
}

func (s *Server) findHappening(ctx context.Context, key, local string) (*archive.Happening, error) {
	k, err := archive.ParseKey(key)
	if err != nil {
		return nil, archive.ErrNotFound
	}
	rep, err := s.opt.Archive.ByKey(ctx, k)
	if err != nil {
		return nil, err
	}
	x, ok := rep.Fact(local)
	if !ok {
		return nil, archive.ErrNotFound
	}
	return s.opt.Archive.HappeningOf(ctx, x.ID)
}

// reports loads what each story tells of a happening, and whom it alone names.
func (s *Server) reports(ctx context.Context, f *frame, h *archive.Happening) ([]told, error) {
	var out []told
	named := map[string]int{}
	var records []*record.Record
	for _, m := range h.Events[:min(len(h.Events), maxTold)] {
		rep, err := s.opt.Archive.Get(ctx, m.Fact.Story())
		if err != nil {
			return nil, err
		}
		x, ok := rep.Fact(m.Event)
		if !ok {
			continue
		}
		t := told{row: f.row(&x), Why: m.Why}
		if len(h.Events) > 1 && s.opt.Write != nil && s.mayReview(ctx) {
			t.Apart = "/happening/" + x.Report.Story.Key.String() + "/" + url.PathEscape(x.Local()) + "/apart"
		}
		out = append(out, t)
		if !slices.ContainsFunc(records, func(r *record.Record) bool { return r.Story.SHA256 == rep.Record.Story.SHA256 }) {
			for i := range rep.Record.Entities {
				named[rep.Record.Entities[i].Ref]++
			}
		}
		records = append(records, rep.Record)
	}
	for i := range out {
		for k := range records[i].Entities {
			e := &records[i].Entities[k]
			if named[e.Ref] == 1 && len(records) > 1 && (e.Kind == "person" || e.Kind == "state" || e.Kind == "organization") && len(out[i].Only) < 12 {
				out[i].Only = append(out[i].Only, f.party(e))
			}
		}
	}
	return out, nil
}

// separate undoes a merge: the report tells another happening than those it was
// taken with. Who said so, and when, is kept, and outlives a rebuild.
func (s *Server) separate(w http.ResponseWriter, r *http.Request) {
	if s.opt.Write == nil || !s.mayReview(r.Context()) {
		s.fail(w, r, http.StatusForbidden, "review-forbidden")
		return
	}
	x, err := s.judged(r)
	if errors.Is(err, archive.ErrNotFound) {
		s.notFound(w, r)
		return
	}
	if err == nil {
		err = s.opt.Write(r.Context(), func(b *archive.Batch) error {
			_, err := b.Separate(userOf(r.Context()).Name, x.ID)
			return err
		})
	}
	switch {
	case errors.Is(err, archive.ErrBusy):
		s.fail(w, r, http.StatusConflict, "archive-busy")
	case errors.Is(err, archive.ErrAlone), errors.Is(err, archive.ErrNotFound):
		s.fail(w, r, http.StatusUnprocessableEntity, "went-wrong")
	case err != nil:
		s.broken(w, r, err)
	default:
		http.Redirect(w, r, "/happening/"+r.PathValue("key")+"/"+url.PathEscape(r.PathValue("fact")), http.StatusSeeOther)
	}
}
