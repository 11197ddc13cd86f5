package serve

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kawat/archive"
)

// mayMerge reports whether a request's user may decide of merges here.
func (s *Server) mayMerge(ctx context.Context) bool { return s.opt.Write != nil && s.mayReview(ctx) }

// errNoReport says that what was given leads to no report.
var errNoReport = errors.New("is no report of another happening")

// merge decides whether a report belongs to the happening that it stands in:
// "accepted" keeps it there whatever a later comparison says, "rejected" takes
// it out, "undecided" takes the last such decision back. Who decided, and when,
// is kept, and outlives a rebuild.
func (s *Server) merge(w http.ResponseWriter, r *http.Request) {
	s.decideMerge(w, r, func(b *archive.Batch, x *archive.Fact, who string) error {
		switch r.PostForm.Get("what") {
		case archive.Accepted:
			other, err := s.otherReport(r.Context(), x)
			if err == nil {
				_, err = b.Unite(who, other, x.ID)
			}
			return err
		case archive.Rejected:
			_, err := b.Separate(who, x.ID)
			return err
		case archive.Undecided:
			id, err := s.lastVerdict(r.Context(), x)
			if err == nil {
				err = b.Recant(who, id)
			}
			return err
		}
		return errNoReport
	})
}

// mergePage leads who wants to look closer to the happening.
func (s *Server) mergePage(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/happening/"+url.PathEscape(r.PathValue("key"))+"/"+url.PathEscape(r.PathValue("fact")), http.StatusSeeOther)
}

// otherReport returns another report of the happening that a fact reports.
func (s *Server) otherReport(ctx context.Context, x *archive.Fact) (archive.FactID, error) {
	h, err := s.opt.Archive.HappeningOf(ctx, x.ID)
	if err != nil {
		return 0, err
	}
	for _, m := range h.Events {
		if m.Fact != x.ID {
			return m.Fact, nil
		}
	}
	return 0, archive.ErrAlone
}

// lastVerdict returns the last verdict that decided of a report.
func (s *Server) lastVerdict(ctx context.Context, x *archive.Fact) (int64, error) {
	all, err := s.opt.Archive.Verdicts(ctx)
	for _, v := range slices.Backward(all) {
		if slices.Contains(v.Reports, x.ReportRef()) {
			return v.ID, err
		}
	}
	return 0, errors.Join(err, archive.ErrNotFound)
}

// unite says that the reports of another happening tell this one.
func (s *Server) unite(w http.ResponseWriter, r *http.Request) {
	s.decideMerge(w, r, func(b *archive.Batch, x *archive.Fact, who string) error {
		other, err := s.reportAt(r.Context(), r.PostForm.Get("with"))
		if err != nil {
			return err
		}
		h, err := s.opt.Archive.HappeningOf(r.Context(), other.ID)
		if err != nil {
			return err
		}
		reports := make([]archive.FactID, len(h.Events))
		for i, m := range h.Events {
			reports[i] = m.Fact
		}
		if slices.Contains(reports, x.ID) {
			return errNoReport
		}
		_, err = b.Unite(who, x.ID, reports...)
		return err
	})
}

// recant takes a verdict back.
func (s *Server) recant(w http.ResponseWriter, r *http.Request) {
	s.decideMerge(w, r, func(b *archive.Batch, _ *archive.Fact, who string) error {
		id, err := strconv.ParseInt(r.PostForm.Get("verdict"), 10, 64)
		if err != nil {
			return archive.ErrNotFound
		}
		return b.Recant(who, id)
	})
}

// reportAt finds the report to which an address of the desk leads, of a
// happening or of a fact in its story, as it stands in a browser.
func (s *Server) reportAt(ctx context.Context, address string) (*archive.Fact, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return nil, errNoReport
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	var x *archive.Fact
	switch {
	case len(parts) == 3 && parts[0] == "happening":
		x, err = s.findFact(ctx, parts[1], parts[2])
	case len(parts) == 2 && parts[0] == "story":
		x, err = s.findFact(ctx, parts[1], u.Fragment)
	default:
		return nil, errNoReport
	}
	if errors.Is(err, archive.ErrNotFound) {
		err = errNoReport
	}
	return x, err
}

// decideMerge runs a change of merges that a reviewer wants. A page's script is
// answered without a body, a form is led to the happening.
func (s *Server) decideMerge(w http.ResponseWriter, r *http.Request, change func(b *archive.Batch, x *archive.Fact, who string) error) {
	if !s.mayMerge(r.Context()) {
		s.fail(w, r, http.StatusForbidden, "review-forbidden")
		return
	}
	x, err := s.findFact(r.Context(), r.PathValue("key"), r.PathValue("fact"))
	if errors.Is(err, archive.ErrNotFound) {
		s.notFound(w, r)
		return
	}
	if err == nil {
		err = r.ParseForm()
	}
	if err == nil {
		err = s.opt.Write(r.Context(), func(b *archive.Batch) error { return change(b, x, userOf(r.Context()).Name) })
		s.forget()
	}
	switch {
	case errors.Is(err, archive.ErrBusy):
		s.fail(w, r, http.StatusConflict, "archive-busy")
	case errors.Is(err, archive.ErrAlone):
		s.fail(w, r, http.StatusUnprocessableEntity, "alone")
	case errors.Is(err, errNoReport), errors.Is(err, archive.ErrNotFound):
		s.fail(w, r, http.StatusUnprocessableEntity, "not-a-report")
	case err != nil:
		s.broken(w, r, err)
	case r.Header.Get("Accept") == "application/json":
		w.WriteHeader(http.StatusNoContent)
	default:
		http.Redirect(w, r, safeBack(r.PostForm.Get("back"), happeningHref(x.Report.Story.Key, url.PathEscape(x.Local()))), http.StatusSeeOther)
	}
}

// doubt is a report whose merge a reviewer may decide, beside the first report
// of its happening.
type doubt struct {
	told
	Score int
	First row
	Page  string // of the happening
}

// doubtsLooked is how many happenings are looked through for merges to decide.
const doubtsLooked = 200

// doubts returns reports of the newest happenings that nobody decided of, the
// least sure merges first.
func (s *Server) doubts(ctx context.Context, f *frame, filter archive.Filter) ([]doubt, error) {
	list, _, err := s.opt.Archive.Happenings(ctx, filter, archive.Page{Limit: doubtsLooked})
	if err != nil {
		return nil, err
	}
	type pick struct {
		h *archive.Happening
		m archive.HappeningFact
	}
	var picks []pick
	for i := range list {
		for _, m := range list[i].Events[1:] {
			picks = append(picks, pick{&list[i], m})
		}
	}
	slices.SortStableFunc(picks, func(a, b pick) int { return a.m.Score - b.m.Score })
	decided, err := s.mergesDecided(ctx)
	if err != nil {
		return nil, err
	}
	var out []doubt
	for _, p := range picks[:min(len(picks), 4*reviewRows)] {
		stories, err := s.opt.Archive.GetAll(ctx, p.h.Events[0].Fact.Story(), p.m.Fact.Story())
		if err != nil {
			return nil, err
		}
		pair := &archive.Happening{Events: []archive.HappeningFact{p.h.Events[0], p.m}}
		reports := s.reports(ctx, f, pair, stories)
		if len(reports) < 2 || decided[reports[1].ref] || len(out) == reviewRows {
			continue
		}
		out = append(out, doubt{told: reports[1], Score: p.m.Score, First: reports[0].row, Page: happeningHref(reports[1].Fact.Report.Story.Key, p.m.Event)})
	}
	return out, nil
}

// mergesDecided are the reports of which verdicts decide.
func (s *Server) mergesDecided(ctx context.Context) (map[archive.ReportRef]bool, error) {
	all, err := s.opt.Archive.Verdicts(ctx)
	out := map[archive.ReportRef]bool{}
	for _, v := range all {
		for _, ref := range v.Reports {
			out[ref] = true
		}
	}
	return out, err
}
