package serve

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"kawat/archive"
)

// list is a page of facts of one kind.
type list struct {
	Path  string
	Key   string // its name in the interface
	Kinds []archive.Kind
	Types []string // choices of the filter
}

// lists are the lists of facts, by their paths.
var lists = []list{
	{"/events", "events", []archive.Kind{archive.Event}, ploverTypes},
	{"/encounters", "encounters", []archive.Kind{archive.Encounter}, []string{"meeting", "call", "visit", "summit", "ceremony", "talks"}},
	{"/quotations", "quotations", []archive.Kind{archive.Quotation}, []string{"direct", "indirect", "mixed"}},
	{"/pledges", "pledges", []archive.Kind{archive.Pledge}, []string{"willing", "will", "agreed", "supports", "proposes", "refuses", "conditional"}},
	{"/messages", "messages", []archive.Kind{archive.Message}, []string{"greeting", "letter", "invitation", "condolence", "congratulation", "thanks", "other"}},
}

var ploverTypes = []string{
	"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}

// listData is what the page of a list is made of.
type listData struct {
	List   list
	Filter inquiry
	Topics []string // choices of the filter
	Rows   []row
	Next   string // address of the next page; "" where there is none
	Same   string // parameters of the filter, for other formats
	Error  string
	Save   []string // channels by which the question can be saved; nil where it cannot
}

// askTimeout bounds every question to the archive.
const askTimeout = 20 * time.Second

func (s *Server) listPage(l list) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f := s.frame(r)
		d := listData{List: l, Topics: s.topics.names}
		page := parsePage(r.URL.Query())
		err := page.Check()
		if err == nil {
			d.Filter, err = s.parseInquiry(r.Context(), r.URL.Query())
		}
		if err != nil {
			d.Error = err.Error()
			s.show(w, r, http.StatusBadRequest, "list", f.ui.Say(l.Key), d)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
		defer cancel()
		facts, next, err := s.facts(ctx, l.Kinds, &d.Filter, page)
		if err != nil {
			s.broken(w, r, err)
			return
		}
		if d.Rows, err = s.rows(ctx, f, facts); err != nil {
			s.broken(w, r, err)
			return
		}
		if err := s.addBecame(ctx, d.Rows); err != nil {
			s.broken(w, r, err)
			return
		}
		d.Same = d.Filter.query().Encode()
		if next != "" {
			q := d.Filter.query()
			q.Set("after", next)
			d.Next = l.Path + "?" + q.Encode()
		}
		if write := formats[r.URL.Query().Get("format")]; write != nil {
			write(w, f, pageURL(r, l.Path, d.Filter.query()), f.ui.Say(l.Key), d.Rows)
			return
		}
		if s.opt.Archive.Decides() {
			d.Save = s.channels()
		}
		s.show(w, r, http.StatusOK, "list", f.ui.Say(l.Key), d)
	}
}

// pageURL is the address of a page as the client sees it.
func pageURL(r *http.Request, path string, q url.Values) string {
	u := url.URL{Scheme: "http", Host: r.Host, Path: path, RawQuery: q.Encode()}
	if r.TLS != nil {
		u.Scheme = "https"
	}
	return u.String()
}

// broken answers where the archive fails.
func (s *Server) broken(w http.ResponseWriter, r *http.Request, err error) {
	s.opt.Log.Error("archive", "path", r.URL.Path, "error", err)
	s.fail(w, r, http.StatusInternalServerError, "went-wrong")
}
