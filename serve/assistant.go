package serve

import (
	"context"
	"fmt"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"kawat"
	"kawat/archive"
	"kawat/record"
)

// Assistant returns a server of the Model Context Protocol that offers the
// archive to assistants: every answer holds the words that state a fact and
// where they stand, so that it can be cited.
func (s *Server) Assistant() *mcp.Server {
	m := mcp.NewServer(&mcp.Implementation{Name: "kawat", Title: "Kawat", Version: kawat.Version}, &mcp.ServerOptions{
		Instructions: "The diplomatic record of wire copy. Cite publisher, day and words of every fact that you use; facts of status planned, pledged, requested or conditional did not happen.",
	})
	for _, t := range []struct {
		name, about string
		kinds       []archive.Kind
	}{
		{"search", "Events, quotations and pledges of stories that hold words", []archive.Kind{archive.Event, archive.Quotation, archive.Pledge}},
		{"timeline", "Events and encounters, newest first: give a dyad of two ISO 3166-1 alpha-3 codes, actors, persons or a period", []archive.Kind{archive.Event, archive.Encounter}},
		{"quotations", "What somebody said: give speaker, office, actor or words", []archive.Kind{archive.Quotation}},
		{"pledges", "Who promised what to whom", []archive.Kind{archive.Pledge}},
	} {
		mcp.AddTool(m, &mcp.Tool{Name: t.name, Description: t.about, Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true}}, s.asked(t.kinds))
	}
	mcp.AddTool(m, &mcp.Tool{
		Name: "read_this", Description: "Read a story, pasted or by its address, and return its record; nothing is kept", Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true},
	}, s.readForAssistant)
	return m
}

// assistantQuestion is what an assistant may ask of the archive.
type assistantQuestion struct {
	Words     string   `json:"words,omitempty" jsonschema:"words of the story"`
	Said      string   `json:"said,omitempty" jsonschema:"words of the fact itself, such as those of a quotation"`
	Topic     []string `json:"topic,omitempty" jsonschema:"PLOVER contexts such as economic or military"`
	Dyad      []string `json:"dyad,omitempty" jsonschema:"two states or organizations by their three letters, whoever acts"`
	Actor     []string `json:"actor,omitempty" jsonschema:"states or organizations that act or speak"`
	Recipient []string `json:"recipient,omitempty"`
	Person    []string `json:"person,omitempty" jsonschema:"names or refs"`
	Speaker   []string `json:"speaker,omitempty" jsonschema:"names or refs"`
	Office    []string `json:"office,omitempty" jsonschema:"functions such as foreign-minister"`
	Type      []string `json:"type,omitempty" jsonschema:"PLOVER types such as CONSULT"`
	Status    []string `json:"status,omitempty"`
	Since     string   `json:"since,omitempty" jsonschema:"YYYY, YYYY-MM or YYYY-MM-DD"`
	Until     string   `json:"until,omitempty"`
	Limit     int      `json:"limit,omitempty" jsonschema:"at most 100, 20 if left out"`
	After     string   `json:"after,omitempty" jsonschema:"next of the page before"`
}

// assistantAnswer is a page of facts with their sources.
type assistantAnswer struct {
	Facts []citedFact `json:"facts"`
	Next  string      `json:"next,omitempty"`
}

// citedFact is a fact in words that can be cited.
type citedFact struct {
	Kind       string   `json:"kind"`
	What       string   `json:"what"`
	From       []string `json:"from"`
	To         []string `json:"to"`
	Status     string   `json:"status,omitempty"`
	Day        string   `json:"day,omitempty"`
	Place      string   `json:"place,omitempty"`
	Words      string   `json:"words"`
	Confidence float64  `json:"confidence"`
	Citation   string   `json:"citation"` // publisher, title, day, address
	Story      string   `json:"story"`
}

func (s *Server) asked(kinds []archive.Kind) mcp.ToolHandlerFor[assistantQuestion, assistantAnswer] {
	return func(ctx context.Context, _ *mcp.CallToolRequest, q assistantQuestion) (*mcp.CallToolResult, assistantAnswer, error) {
		f := archive.Filter{
			Words: q.Words, Dyad: q.Dyad, Actor: q.Actor, Recipient: q.Recipient, Person: q.Person, Speaker: q.Speaker, Office: q.Office,
			Type: q.Type, Status: q.Status, Since: q.Since, Until: q.Until,
		}
		p := archive.Page{Limit: 20, After: q.After}
		if q.Limit > 0 {
			p.Limit = min(q.Limit, 100)
		}
		in := inquiry{Filter: f, Said: q.Said, Topic: q.Topic}
		if err := s.checkInquiry(ctx, &in); err != nil {
			return nil, assistantAnswer{}, err
		}
		if err := p.Check(); err != nil {
			return nil, assistantAnswer{}, err
		}
		ctx, cancel := context.WithTimeout(ctx, askTimeout)
		defer cancel()
		facts, next, err := s.facts(ctx, kinds, &in, p)
		if err != nil {
			s.opt.Log.Error("archive", "error", err)
			return nil, assistantAnswer{}, fmt.Errorf("the archive could not answer")
		}
		a := assistantAnswer{Facts: []citedFact{}, Next: next}
		rows, err := s.rows(ctx, s.frames[s.opt.Lang], facts)
		if err != nil {
			s.opt.Log.Error("archive", "error", err)
			return nil, assistantAnswer{}, fmt.Errorf("the archive could not answer")
		}
		for _, r := range rows {
			if r.Ruling != nil && r.Ruling.What == archive.Rejected {
				continue
			}
			j := newFactJSON(&r)
			a.Facts = append(a.Facts, citedFact{
				Kind: j.Kind, What: r.Badge, From: j.From, To: j.To, Status: r.Status, Day: r.Day, Place: r.Place, Words: r.Words,
				Confidence: j.Confidence, Citation: citation(&r), Story: j.Story,
			})
		}
		return nil, a, nil
	}
}

// citation names a story as a footnote does.
func citation(r *row) string {
	s := &r.Fact.Report.Story
	out := r.Source
	for _, part := range []string{s.Title, s.Published, s.URL} {
		if part == "" {
			continue
		}
		if out != "" {
			out += ", "
		}
		out += part
	}
	if out == "" {
		out = s.Name
	}
	return out
}

// storyToRead is what an assistant gives to be read.
type storyToRead struct {
	Text      string `json:"text,omitempty" jsonschema:"of the story; this or url"`
	URL       string `json:"url,omitempty"`
	Published string `json:"published,omitempty" jsonschema:"YYYY-MM-DD, where the story does not say"`
}

func (s *Server) readForAssistant(ctx context.Context, _ *mcp.CallToolRequest, in storyToRead) (*mcp.CallToolResult, *record.Record, error) {
	ctx, cancel := context.WithTimeout(ctx, readTimeLimit)
	defer cancel()
	if len(in.Text) > maxBody {
		return nil, nil, fmt.Errorf("the text is longer than %d bytes", maxBody)
	}
	rec, err := s.readOne(ctx, &readData{Text: in.Text, Address: in.URL, Day: in.Published})
	return nil, rec, err
}
