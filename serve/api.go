package serve

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"kawat"
	"kawat/archive"
	"kawat/record"
)

// FilterParams are the parameters by which the API narrows its answers. They are
// those of the command line.
type FilterParams struct {
	Actor         []string `query:"actor" doc:"states and organizations that act, by their three letters"`
	Recipient     []string `query:"recipient" doc:"states and organizations towards whom they act"`
	Dyad          []string `query:"dyad" maxItems:"2" doc:"two of them, whoever acts"`
	Person        []string `query:"person" doc:"refs, or names and parts of names"`
	Speaker       []string `query:"speaker" doc:"of quotations: refs, or names and parts of names"`
	Office        []string `query:"office" doc:"functions, such as foreign-minister"`
	Type          []string `query:"type" doc:"PLOVER types; kinds of encounters, quotations, messages; acts of pledges"`
	CAMEO         []string `query:"cameo" doc:"CAMEO codes and beginnings of codes"`
	Quad          []string `query:"quad" doc:"1 to 4, or verbal-cooperation, material-cooperation, verbal-conflict, material-conflict"`
	Status        []string `query:"status" doc:"occurred, ongoing, planned, pledged, requested, conditional, denied"`
	Since         string   `query:"since" doc:"first day: YYYY, YYYY-MM or YYYY-MM-DD"`
	Until         string   `query:"until" doc:"last day"`
	Place         []string `query:"place" doc:"names, or states by their three letters"`
	Lang          []string `query:"lang" doc:"languages of stories"`
	Publisher     []string `query:"publisher"`
	MinConfidence float64  `query:"min-confidence" minimum:"0" maximum:"1"`
	Words         string   `query:"words" maxLength:"400" doc:"of the story"`
	Said          string   `query:"said" maxLength:"400" doc:"words of the fact itself, such as those of a quotation"`
	Topic         []string `query:"topic" doc:"PLOVER contexts, such as economic"`
}

// filter is what the index is asked.
func (in *FilterParams) filter() archive.Filter {
	return archive.Filter{
		Actor: in.Actor, Recipient: in.Recipient, Dyad: in.Dyad, Person: in.Person, Speaker: in.Speaker, Office: in.Office, Type: in.Type,
		CAMEO: in.CAMEO, Quad: in.Quad, Status: in.Status, Since: in.Since, Until: in.Until, Place: in.Place, Lang: in.Lang,
		Publisher: in.Publisher, MinConfidence: in.MinConfidence, Words: in.Words,
	}
}

func (s *Server) inquiry(ctx context.Context, in *FilterParams) (inquiry, error) {
	out := inquiry{Filter: in.filter(), Said: in.Said, Topic: in.Topic}
	err := out.Check()
	if err == nil {
		err = s.checkInquiry(ctx, &out)
	}
	if err != nil {
		return out, huma.Error422UnprocessableEntity(err.Error())
	}
	return out, nil
}

type PageParams struct {
	Limit int    `query:"limit" default:"50" minimum:"1" maximum:"1000"`
	After string `query:"after" doc:"cursor of the page before: its next"`
}

func (in *PageParams) page() (archive.Page, error) {
	p := archive.Page{Limit: in.Limit, After: in.After}
	if err := p.Check(); err != nil {
		return p, huma.Error422UnprocessableEntity(err.Error())
	}
	return p, nil
}

type factsInput struct {
	FilterParams
	PageParams
}

// factsOutput is a page of facts.
type factsOutput struct {
	Body struct {
		Items []factJSON `json:"items"`
		Next  string     `json:"next,omitempty" doc:"cursor of the next page; absent on the last one"`
	}
}

// api describes and serves /api/v1.
func (s *Server) api(mux *http.ServeMux) {
	config := huma.DefaultConfig("Kawat", kawat.Version)
	config.DocsPath, config.SchemasPath = "", ""
	config.CreateHooks = nil // bodies are as described, without a link to a schema
	config.Info.Description = "The diplomatic record of wire copy: every fact with the words that state it."
	api := humago.New(mux, config)
	for _, l := range lists {
		huma.Get(api, "/api/v1"+l.Path, s.factsOf(l.Kinds), describe("list-"+l.Key, "The "+l.Key+" that pass a filter, newest first"))
	}
	huma.Get(api, "/api/v1/happenings", s.happeningsOf, describe("list-happenings", "Happenings, each with all stories that tell it, newest first"))
	huma.Get(api, "/api/v1/happenings/{key}/{fact}", s.happeningOf, describe("get-happening", "The happening that a fact of a story reports"))
	huma.Get(api, "/api/v1/stories/{key}", s.storyOf, describe("get-story", "A story with its whole record"))
	huma.Get(api, "/api/v1/people", s.peopleOf, describe("find-people", "The persons that a name may mean, with names and offices through time"))
	huma.Get(api, "/api/v1/counts", s.countsOf, describe("count-events", "Events by month, type and status, with mean Goldstein values"))
	huma.Get(api, "/api/v1/dyads", s.dyadsOf, describe("list-dyads", "Who acts towards whom, the most reported first"))
	s.stream(api)
	huma.Post(api, "/api/v1/read", s.readOf, describe("read-story", "Read a story and return its record; nothing is kept"))
}

func describe(id, summary string) func(*huma.Operation) {
	return func(o *huma.Operation) { o.OperationID, o.Summary, o.MaxBodyBytes = id, summary, maxBody }
}

// answer turns an error of the archive into one of the API. What failed inside
// is logged, not told.
func (s *Server) answer(err error) error {
	if errors.Is(err, archive.ErrNotFound) {
		return huma.Error404NotFound("not in the archive")
	}
	s.opt.Log.Error("archive", "error", err)
	return huma.Error500InternalServerError("the archive could not answer")
}

func (s *Server) factsOf(kinds []archive.Kind) func(context.Context, *factsInput) (*factsOutput, error) {
	return func(ctx context.Context, in *factsInput) (*factsOutput, error) {
		q, err := s.inquiry(ctx, &in.FilterParams)
		if err != nil {
			return nil, err
		}
		p, err := in.page()
		if err != nil {
			return nil, err
		}
		ctx, cancel := context.WithTimeout(ctx, askTimeout)
		defer cancel()
		facts, next, err := s.facts(ctx, kinds, &q, p)
		if err != nil {
			return nil, s.answer(err)
		}
		out := &factsOutput{}
		out.Body.Items, out.Body.Next = []factJSON{}, next
		rows, err := s.rows(ctx, s.frames[s.opt.Lang], facts)
		if err != nil {
			return nil, s.answer(err)
		}
		for _, r := range rows {
			out.Body.Items = append(out.Body.Items, newFactJSON(&r))
		}
		return out, nil
	}
}

type storyOutput struct {
	Body *record.Record
}

func (s *Server) storyOf(ctx context.Context, in *struct {
	Key string `path:"key" minLength:"32" maxLength:"32"`
},
) (*storyOutput, error) {
	key, err := archive.ParseKey(in.Key)
	if err != nil {
		return nil, huma.Error422UnprocessableEntity(err.Error())
	}
	rep, err := s.opt.Archive.ByKey(ctx, key)
	if err != nil {
		return nil, s.answer(err)
	}
	return &storyOutput{rep.Record}, nil
}

type peopleOutput struct {
	Body struct {
		Items []archive.Person `json:"items"`
	}
}

func (s *Server) peopleOf(ctx context.Context, in *struct {
	Name  string `query:"name" required:"true" minLength:"2" maxLength:"200" doc:"a ref, or a name or part of one"`
	Limit int    `query:"limit" default:"20" minimum:"1" maximum:"200"`
},
) (*peopleOutput, error) {
	people, err := s.opt.Archive.People(ctx, in.Name, in.Limit)
	if err != nil {
		return nil, s.answer(err)
	}
	out := &peopleOutput{}
	out.Body.Items = append([]archive.Person{}, people...)
	return out, nil
}

type countsOutput struct {
	Body struct {
		Items []archive.Count `json:"items"`
	}
}

func (s *Server) countsOf(ctx context.Context, in *struct {
	Actor     string `query:"actor" maxLength:"3"`
	Recipient string `query:"recipient" maxLength:"3" doc:"needs an actor"`
	Since     string `query:"since"`
	Until     string `query:"until"`
},
) (*countsOutput, error) {
	if in.Recipient != "" && in.Actor == "" {
		return nil, huma.Error422UnprocessableEntity("counts towards a recipient need an actor")
	}
	counts, err := s.counts.get(ctx, archive.CountsOf{Actor: in.Actor, Recipient: in.Recipient, Since: in.Since, Until: in.Until})
	if err != nil {
		return nil, s.answer(err)
	}
	out := &countsOutput{}
	out.Body.Items = append([]archive.Count{}, counts...)
	return out, nil
}

type dyadsOutput struct {
	Body struct {
		Items []archive.Dyad `json:"items"`
	}
}

func (s *Server) dyadsOf(ctx context.Context, in *struct {
	Actor string `query:"actor" maxLength:"3"`
	Since string `query:"since"`
	Until string `query:"until"`
	Limit int    `query:"limit" default:"50" minimum:"1" maximum:"1000"`
},
) (*dyadsOutput, error) {
	dyads, err := s.dyads.get(ctx, archive.DyadsOf{Actor: in.Actor, Since: in.Since, Until: in.Until, Limit: in.Limit})
	if err != nil {
		return nil, s.answer(err)
	}
	out := &dyadsOutput{}
	out.Body.Items = append([]archive.Dyad{}, dyads...)
	return out, nil
}

func (s *Server) readOf(ctx context.Context, in *struct {
	Body struct {
		Text      string `json:"text,omitempty" maxLength:"1000000" doc:"of the story; this or url"`
		URL       string `json:"url,omitempty" maxLength:"4000" doc:"of a page"`
		Published string `json:"published,omitempty" doc:"day, where the story does not say"`
	}
},
) (*storyOutput, error) {
	ctx, cancel := context.WithTimeout(ctx, readTimeLimit)
	defer cancel()
	rec, err := s.readOne(ctx, &readData{Text: in.Body.Text, Address: in.Body.URL, Day: in.Body.Published})
	if err != nil {
		return nil, huma.Error422UnprocessableEntity(fmt.Sprintf("could not be read: %v", err))
	}
	return &storyOutput{rec}, nil
}

type happeningsOutput struct {
	Body struct {
		Items []happeningJSON `json:"items"`
		Next  string          `json:"next,omitempty" doc:"cursor of the next page; absent on the last one"`
	}
}

func (s *Server) happeningsOf(ctx context.Context, in *factsInput) (*happeningsOutput, error) {
	q, err := s.inquiry(ctx, &in.FilterParams)
	if err != nil {
		return nil, err
	}
	if q.narrows() {
		return nil, huma.Error422UnprocessableEntity("said and topic are of facts, not of happenings")
	}
	p, err := in.page()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	rows, next, err := s.happeningRows(ctx, s.frames[s.opt.Lang], q.Filter, p)
	if err != nil {
		return nil, s.answer(err)
	}
	out := &happeningsOutput{}
	out.Body.Items, out.Body.Next = []happeningJSON{}, next
	for i := range rows {
		out.Body.Items = append(out.Body.Items, rows[i].json())
	}
	return out, nil
}

type happeningOutput struct{ Body happeningJSON }

func (s *Server) happeningOf(ctx context.Context, in *struct {
	Key  string `path:"key"`
	Fact string `path:"fact" doc:"id of an event or encounter in the story's record"`
},
) (*happeningOutput, error) {
	h, err := s.findHappening(ctx, in.Key, in.Fact)
	if err != nil {
		return nil, s.answer(err)
	}
	first, err := s.opt.Archive.GetAll(ctx, h.Events[0].Fact.Story())
	if err != nil {
		return nil, s.answer(err)
	}
	row := s.frames[s.opt.Lang].happening(*h, first[h.Events[0].Fact.Story()])
	return &happeningOutput{row.json()}, nil
}
