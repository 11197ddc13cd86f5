package serve

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"
	"time"

	"kawat/archive"
)

// happeningRow is a happening as lists show it.
type happeningRow struct {
	archive.Happening
	Class    string
	From, To []party
	Arrow    string
	Where    string
	Href     string // of its page
	Words    string // of its first report
}

// happeningList is the list of happenings, beside those of facts.
var happeningList = list{Path: "/happenings", Key: "happenings", Types: ploverTypes}

// happening makes a row; first is the story of its first report, nil where it
// left meanwhile.
func (f *frame) happening(h archive.Happening, first *archive.Report) happeningRow {
	r := happeningRow{Happening: h, Class: quadClass(h.CAMEO), From: f.codes(h.ActorCountries...), To: f.codes(h.RecipientCountries...), Arrow: "→"}
	if h.Symmetric {
		r.Arrow = "↔"
	}
	if len(r.To) == 0 {
		r.Arrow = ""
	}
	if h.Place != nil {
		r.Where = f.place(h.Place)
	}
	if first == nil {
		return r
	}
	r.Href = happeningHref(first.Story.Key, h.Events[0].Event)
	if x, ok := first.Fact(h.Events[0].Event); ok {
		told := f.row(&x)
		r.Words = told.Words
		if told.Place != "" { // as it is written, and not as a ref has it
			r.Where = told.Place
		}
	}
	return r
}

// happeningHref is the address of a happening: any of its reports leads to it,
// whatever later stories add.
func happeningHref(story archive.Key, event string) string {
	return "/happening/" + story.String() + "/" + event
}

// happeningsData is what the list of happenings is made of.
type happeningsData struct {
	List   list
	Filter inquiry
	Topics []string // nil: reports are not looked into
	Rows   []happeningRow
	Next   string
	Same   string
	Error  string
}

func (s *Server) happeningsPage(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r)
	ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
	defer cancel()
	d := happeningsData{List: happeningList}
	page := parsePage(r.URL.Query())
	err := page.Check()
	if err == nil {
		d.Filter, err = s.parseInquiry(ctx, r.URL.Query())
	}
	if err != nil {
		d.Error = err.Error()
		s.show(w, r, http.StatusBadRequest, "happenings", f.ui.Say("happenings"), d)
		return
	}
	rows, next, err := s.happeningRows(ctx, f, d.Filter.Filter, page)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	q := filterQuery(d.Filter.Filter)
	d.Rows, d.Same = rows, q.Encode()
	if write := happeningFormats[r.URL.Query().Get("format")]; write != nil {
		write(w, pageURL(r, happeningList.Path, q), f.ui.Say("happenings"), rows)
		return
	}
	if next != "" {
		q.Set("after", next)
		d.Next = "/happenings?" + q.Encode()
	}
	s.show(w, r, http.StatusOK, "happenings", f.ui.Say("happenings"), d)
}

func (s *Server) happeningRows(ctx context.Context, f *frame, filter archive.Filter, page archive.Page) ([]happeningRow, string, error) {
	list, next, err := s.opt.Archive.Happenings(ctx, filter, page)
	if err != nil {
		return nil, "", err
	}
	ids := make([]archive.StoryID, len(list))
	for i := range list {
		ids[i] = list[i].Events[0].Fact.Story()
	}
	first, err := s.opt.Archive.GetAll(ctx, ids...)
	if err != nil {
		return nil, "", err
	}
	rows := make([]happeningRow, 0, len(list))
	for i := range list {
		rows = append(rows, f.happening(list[i], first[ids[i]]))
	}
	return rows, next, nil
}

// happeningFormats are those in which happenings can be had beside their page.
var happeningFormats = map[string]func(w http.ResponseWriter, self, title string, rows []happeningRow){
	"csv": happeningsCSV, "jsonl": happeningsJSONL, "atom": happeningsAtom,
}

// happeningJSON is a happening with the words of its first report.
type happeningJSON struct {
	archive.Happening
	Words string `json:"words"`
	Page  string `json:"page" doc:"path of its page"`
}

func (r *happeningRow) json() happeningJSON { return happeningJSON{r.Happening, r.Words, r.Href} }

func happeningsCSV(w http.ResponseWriter, self, _ string, rows []happeningRow) {
	out := csvTo(w)
	out.Write([]string{"id", "date", "type", "cameo", "status", "from", "to", "place", "stories", "publishers", "words", "url"}) // errors are kept until Flush; there is nobody to tell
	for i := range rows {
		r := &rows[i]
		out.Write([]string{
			r.ID, r.Date, r.Type, r.CAMEO, r.Status, nameList(r.From), nameList(r.To), r.Where, strconv.Itoa(len(r.Stories)),
			strings.Join(r.Publishers, "; "), r.Words, absoluteHref(self, r.Href),
		})
	}
	out.Flush()
}

// csvTo begins a file of CSV.
func csvTo(w http.ResponseWriter) *csv.Writer {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="kawat.csv"`)
	return csv.NewWriter(w)
}

func happeningsJSONL(w http.ResponseWriter, _, _ string, rows []happeningRow) {
	w.Header().Set("Content-Type", "application/x-ndjson")
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for i := range rows {
		if e.Encode(rows[i].json()) != nil {
			return // the client is gone
		}
	}
}

func happeningsAtom(w http.ResponseWriter, self, title string, rows []happeningRow) {
	var entries []atomEntry
	for i := range rows {
		r := &rows[i]
		author := "Kawat"
		if len(r.Publishers) > 0 {
			author = strings.Join(r.Publishers, ", ")
		}
		entries = append(entries, atomEntry{
			// One that moves from plan to deed is the same entry, changed.
			ID: "urn:kawat:" + r.ID, Title: r.heading(), Updated: r.changed(), Author: author,
			Link: atomLink{"", absoluteHref(self, r.Href)}, Summary: r.Words,
		})
	}
	writeFeed(w, self, title, entries)
}

// heading is a happening in a line.
func (r *happeningRow) heading() string {
	h := strings.TrimSpace(r.Type + " " + r.CAMEO + " " + nameList(r.From))
	if len(r.To) > 0 {
		h += " " + r.Arrow + " " + nameList(r.To)
	}
	return h
}

// changed is when a happening was last told otherwise, as far as days tell.
func (r *happeningRow) changed() string {
	last := r.Date
	for _, st := range r.History {
		last = max(last, st.Date)
	}
	for _, form := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(form, last); err == nil {
			return t.Format(time.RFC3339)
		}
	}
	return time.Unix(0, 0).UTC().Format(time.RFC3339)
}

// writeFeed writes an Atom feed (RFC 4287), as new as its newest entry.
func writeFeed(w http.ResponseWriter, self, title string, entries []atomEntry) {
	feed := atomFeed{ID: self, Title: title + " · Kawat", Links: []atomLink{{"", self}, {"self", self + "&format=atom"}}, Entries: entries}
	for i := range entries {
		feed.Updated = max(feed.Updated, entries[i].Updated)
	}
	if feed.Updated == "" {
		feed.Updated = time.Unix(0, 0).UTC().Format(time.RFC3339)
	}
	w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	w.Write([]byte(xml.Header))
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	_ = e.Encode(feed) // fails only where the client is gone
}
