package serve

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"kawat/archive"
)

// rows makes rows of facts, with what was decided about them, and the way to
// decide where the request's user may.
func (s *Server) rows(ctx context.Context, f *frame, facts []archive.Fact) ([]row, error) {
	out := f.rows(facts)
	decided, err := s.opt.Archive.Decided(ctx, facts)
	if err != nil {
		return nil, err
	}
	may := s.mayReview(ctx)
	for i := range out {
		out[i].Ruling = decided[i]
		if may {
			out[i].Judge = judgeHref(&facts[i])
		}
	}
	return out, nil
}

func judgeHref(x *archive.Fact) string {
	return "/review/" + x.Report.Story.Key.String() + "/" + url.PathEscape(x.Local())
}

// reviewRows is how many facts a reviewer is shown at once, reviewPages how many
// pages of facts are looked through for them.
const (
	reviewRows  = 20
	reviewPages = 10
)

// reviewPage shows what nobody has judged yet, newest first.
func (s *Server) reviewPage(w http.ResponseWriter, r *http.Request) {
	if !s.mayReview(r.Context()) {
		s.fail(w, r, http.StatusForbidden, "review-forbidden")
		return
	}
	f := s.frame(r)
	ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
	defer cancel()
	kind := r.URL.Query().Get("kind")
	if kind == mergeKind && s.mayMerge(ctx) {
		s.reviewMerges(ctx, w, r, f)
		return
	}
	at := max(0, slices.IndexFunc(lists, func(l list) bool { return l.Path == "/"+kind }))
	filter, err := parseFilter(r.URL.Query())
	page := parsePage(r.URL.Query())
	if err == nil {
		err = page.Check()
	}
	if err != nil {
		s.show(w, r, http.StatusBadRequest, "error", err.Error(), nil)
		return
	}
	rows, next, err := s.undecided(ctx, f, lists[at].Kinds, filter, page.After)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	latest, err := s.opt.Archive.LatestRulings(ctx, 12)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	d := map[string]any{"Lists": s.judgedLists(ctx), "At": lists[at], "Rows": rows, "Latest": latest, "Filter": filter}
	if next != "" {
		q := filterQuery(filter)
		q.Set("kind", strings.TrimPrefix(lists[at].Path, "/"))
		q.Set("after", next)
		d["Next"] = "/review?" + q.Encode()
	}
	s.show(w, r, http.StatusOK, "review", f.ui.Say("review"), d)
}

// mergeKind is the kind of what is reviewed where it is merges and not facts.
const mergeKind = "merges"

// judgedLists are the lists of what a reviewer may decide here.
func (s *Server) judgedLists(ctx context.Context) []list {
	if !s.mayMerge(ctx) {
		return lists
	}
	return append(slices.Clone(lists), list{Path: "/" + mergeKind, Key: mergeKind})
}

// reviewMerges shows the merges that nobody has decided, the least sure first.
func (s *Server) reviewMerges(ctx context.Context, w http.ResponseWriter, r *http.Request, f *frame) {
	filter, err := parseFilter(r.URL.Query())
	if err != nil {
		s.show(w, r, http.StatusBadRequest, "error", err.Error(), nil)
		return
	}
	doubts, err := s.doubts(ctx, f, filter)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.show(w, r, http.StatusOK, "review", f.ui.Say("review"), map[string]any{
		"Lists": s.judgedLists(ctx), "At": list{Path: "/" + mergeKind}, "Merges": true, "Doubts": doubts, "Rows": []row(nil), "Filter": filter,
	})
}

// undecided returns facts that nobody has judged.
func (s *Server) undecided(ctx context.Context, f *frame, kinds []archive.Kind, filter archive.Filter, after string) ([]row, string, error) {
	var out []row
	for range reviewPages {
		facts, next, err := s.opt.Archive.Facts(ctx, kinds, filter, archive.Page{Limit: reviewRows, After: after})
		if err != nil {
			return nil, "", err
		}
		rows, err := s.rows(ctx, f, facts)
		if err != nil {
			return nil, "", err
		}
		for i := range rows {
			if rows[i].Ruling == nil {
				out = append(out, rows[i])
			}
		}
		if after = next; next == "" || len(out) >= reviewRows {
			break
		}
	}
	return out, after, nil
}

// judgeData is what the page of one fact is made of.
type judgeData struct {
	Row     row
	Fields  []field
	History []archive.Ruling
	Story   string
	Error   string
	Note    string
}

// judged finds the fact that a request is about.
func (s *Server) judged(r *http.Request) (*archive.Fact, error) {
	return s.findFact(r.Context(), r.PathValue("key"), r.PathValue("fact"))
}

func (s *Server) judgePage(w http.ResponseWriter, r *http.Request) {
	if !s.mayReview(r.Context()) {
		s.fail(w, r, http.StatusForbidden, "review-forbidden")
		return
	}
	x, err := s.judged(r)
	if errors.Is(err, archive.ErrNotFound) {
		s.notFound(w, r)
		return
	}
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.showJudge(w, r, http.StatusOK, x, judgeData{})
}

func (s *Server) showJudge(w http.ResponseWriter, r *http.Request, status int, x *archive.Fact, d judgeData) {
	f := s.frame(r)
	rows, err := s.rows(r.Context(), f, []archive.Fact{*x})
	if err != nil {
		s.broken(w, r, err)
		return
	}
	all, err := s.opt.Archive.Rulings(r.Context(), x.Report.Story.Key)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	d.Row, d.Story = rows[0], storyHref(&x.Report.Story)
	d.Fields = f.correctionOf(x).fields
	for _, one := range all {
		if one.Mark == x.Mark() {
			d.History = append(d.History, one)
		}
	}
	s.show(w, r, status, "judge", f.ui.Say("review"), d)
}

// judge keeps a decision. A page's script is answered without a body, a form is
// led back to where it stood.
func (s *Server) judge(w http.ResponseWriter, r *http.Request) {
	if !s.mayReview(r.Context()) {
		s.fail(w, r, http.StatusForbidden, "review-forbidden")
		return
	}
	x, err := s.judged(r)
	if errors.Is(err, archive.ErrNotFound) {
		s.notFound(w, r)
		return
	}
	if err == nil {
		err = r.ParseForm()
	}
	if err != nil {
		s.broken(w, r, err)
		return
	}
	what, note := r.PostForm.Get("what"), strings.TrimSpace(r.PostForm.Get("note"))
	var became any
	if what == archive.Corrected {
		became, err = s.frame(r).correctionOf(x).apply(r.PostForm)
	}
	if err == nil {
		err = s.opt.Archive.Rule(r.Context(), x, userOf(r.Context()).Name, what, became, note)
		s.forget()
	}
	switch {
	case err != nil:
		s.opt.Log.Warn("not decided", "path", r.URL.Path, "error", err)
		s.showJudge(w, r, http.StatusUnprocessableEntity, x, judgeData{Error: err.Error(), Note: note})
	case r.Header.Get("Accept") == "application/json":
		w.WriteHeader(http.StatusNoContent)
	default:
		http.Redirect(w, r, safeBack(r.PostForm.Get("back"), r.URL.Path), http.StatusSeeOther)
	}
}

// safeBack returns a path of this server: back, or else another.
func safeBack(back, other string) string {
	if !strings.HasPrefix(back, "/") || strings.HasPrefix(back, "//") || strings.ContainsAny(back, "\\\r\n") {
		return other // never to another site
	}
	return back
}
