package serve

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"kawat/archive"
)

// formats are those in which any list can be had beside its page. self is the
// address of the page.
var formats = map[string]func(w http.ResponseWriter, f *frame, self, title string, rows []row){
	"csv": writeCSV, "jsonl": writeJSONL, "atom": writeAtom,
}

// csvColumns are the columns of a list as CSV.
var csvColumns = []string{"kind", "day", "type", "status", "from", "to", "place", "words", "confidence", "publisher", "title", "story", "url", "review"}

func writeCSV(w http.ResponseWriter, _ *frame, self, _ string, rows []row) {
	out := csvTo(w)
	out.Write(csvColumns) // errors are kept until Flush; there is nobody to tell
	for i := range rows {
		r := &rows[i]
		out.Write([]string{
			r.Fact.Kind.String(), r.Day, r.Badge, r.Status, nameList(r.From), nameList(r.To), r.Place, r.Words,
			strconv.FormatFloat(r.Fact.Confidence, 'f', 2, 64), r.Fact.Report.Story.Publisher, r.Title, absoluteHref(self, r.Href), r.Fact.Report.Story.URL, r.decision(),
		})
	}
	out.Flush()
}

func nameList(list []party) string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.Name
	}
	return strings.Join(names, "; ")
}

func absoluteHref(self, href string) string {
	base, err := url.Parse(self)
	if err != nil {
		return href
	}
	u, err := base.Parse(href)
	if err != nil {
		return href
	}
	return u.String()
}

// factJSON is a fact outside its record, with the words that state it.
type factJSON struct {
	Kind       string   `json:"kind"`
	Fact       any      `json:"fact"` // as in the record
	Words      string   `json:"words"`
	From       []string `json:"from"`
	To         []string `json:"to"`
	Day        string   `json:"day,omitempty"`
	Confidence float64  `json:"confidence"`
	Story      string   `json:"story"` // key
	StoryID    string   `json:"story_id"`
	Title      string   `json:"title,omitempty"`
	Publisher  string   `json:"publisher,omitempty"`
	Published  string   `json:"published,omitempty"`
	URL        string   `json:"url,omitempty"`
	Lang       string   `json:"lang"`
	Coder      string   `json:"coder"`
	// Review is what a reviewer decided last; the fact stands as it was read.
	Review *archive.Ruling `json:"review,omitempty"`
}

func newFactJSON(r *row) factJSON {
	s := &r.Fact.Report.Story
	names := func(list []party) []string {
		out := make([]string, len(list))
		for i, p := range list {
			out[i] = p.Name
		}
		return out
	}
	return factJSON{
		Kind: r.Fact.Kind.String(), Fact: r.Fact.Body(), Words: r.Words, From: names(r.From), To: names(r.To), Day: r.Day,
		Confidence: r.Fact.Confidence, Story: s.Key.String(), StoryID: s.Name, Title: s.Title, Publisher: s.Publisher,
		Published: s.Published, URL: s.URL, Lang: s.Lang, Coder: s.Coder, Review: r.Ruling,
	}
}

func writeJSONL(w http.ResponseWriter, _ *frame, _, _ string, rows []row) {
	w.Header().Set("Content-Type", "application/x-ndjson")
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for i := range rows {
		if e.Encode(newFactJSON(&rows[i])) != nil {
			return // the client is gone
		}
	}
}

// atomFeed is an Atom feed (RFC 4287).
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  string   `xml:"author>name"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}

func writeAtom(w http.ResponseWriter, _ *frame, self, title string, rows []row) {
	var entries []atomEntry
	for i := range rows {
		r := &rows[i]
		author := r.Source
		if author == "" {
			author = "Kawat"
		}
		entries = append(entries, atomEntry{
			ID: absoluteHref(self, r.Href), Title: r.heading(), Updated: atomTime(r), Author: author, Link: atomLink{"", absoluteHref(self, r.Href)}, Summary: r.Words,
		})
	}
	writeFeed(w, self, title, entries)
}

func atomTime(r *row) string {
	s := r.Fact.Report.Story.Published
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC().Format(time.RFC3339)
	}
	if t, err := time.Parse(time.DateOnly, r.Day); err == nil {
		return t.Format(time.RFC3339)
	}
	return time.Unix(0, 0).UTC().Format(time.RFC3339)
}
