package serve

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"kawat/archive"
	"kawat/record"
)

// happeningData is what the page of a happening is made of.
type happeningData struct {
	Row      happeningRow
	Reports  []told
	Near     []nearby          // happenings that may be the same; nil where the user may not unite
	Unite    string            // address under which others are united with it
	Verdicts []archive.Verdict // that name its reports
	Recant   string            // address under which they are taken back
}

// told is one report on the page of a happening.
type told struct {
	row
	Why    string
	Only   []party // named in this story and in no other report
	Leaves []party // named in other reports and not in this one
	Merge  string  // address under which the merge is decided; "" where it is not
	ref    archive.ReportRef
}

// nearby is a happening that a reviewer may unite with another.
type nearby struct {
	happeningRow
	With string // its first report, as the form of uniting names it
}

// maxTold bounds the reports that a page shows side by side, maxNamed whom they
// name, maxNear the happenings that are offered to be united.
const (
	maxTold  = 24
	maxNamed = 10
	maxNear  = 6
)

func (s *Server) happeningPage(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r)
	ctx, cancel := context.WithTimeout(r.Context(), askTimeout)
	defer cancel()
	h, err := s.findHappening(ctx, r.PathValue("key"), r.PathValue("fact"))
	if errors.Is(err, archive.ErrNotFound) {
		s.notFound(w, r)
		return
	}
	var d *happeningData
	if err == nil {
		d, err = s.happeningData(ctx, f, h)
	}
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.show(w, r, http.StatusOK, "happening", d.Row.heading(), d)
}

func (s *Server) happeningData(ctx context.Context, f *frame, h *archive.Happening) (*happeningData, error) {
	ids := make([]archive.StoryID, 0, maxTold)
	for _, m := range h.Events[:min(len(h.Events), maxTold)] {
		ids = append(ids, m.Fact.Story())
	}
	stories, err := s.opt.Archive.GetAll(ctx, ids...)
	if err != nil {
		return nil, err
	}
	d := &happeningData{Row: f.happening(*h, stories[ids[0]]), Reports: s.reports(ctx, f, h, stories)}
	if !s.mayMerge(ctx) {
		return d, nil
	}
	d.Unite, d.Recant = d.Row.Href+"/unite", d.Row.Href+"/recant"
	if d.Near, err = s.near(ctx, f, h); err != nil {
		return nil, err
	}
	all, err := s.opt.Archive.Verdicts(ctx)
	for _, v := range all {
		if slices.ContainsFunc(d.Reports, func(t told) bool { return slices.Contains(v.Reports, t.ref) || slices.Contains(v.Others, t.ref) }) {
			d.Verdicts = append(d.Verdicts, v)
		}
	}
	return d, err
}

func (s *Server) findHappening(ctx context.Context, key, local string) (*archive.Happening, error) {
	x, err := s.findFact(ctx, key, local)
	if err != nil {
		return nil, err
	}
	return s.opt.Archive.HappeningOf(ctx, x.ID)
}

// findFact returns a fact of a story by the story's key and the fact's id.
func (s *Server) findFact(ctx context.Context, key, local string) (*archive.Fact, error) {
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
	return &x, nil
}

// reports says what each story tells of a happening, whom it alone names, and
// whom it leaves out.
func (s *Server) reports(ctx context.Context, f *frame, h *archive.Happening, stories map[archive.StoryID]*archive.Report) []told {
	var out []told
	may := s.mayMerge(ctx) && len(h.Events) > 1
	for _, m := range h.Events[:min(len(h.Events), maxTold)] {
		rep := stories[m.Fact.Story()]
		if rep == nil {
			continue
		}
		x, ok := rep.Fact(m.Event)
		if !ok {
			continue
		}
		t := told{row: f.row(&x), Why: m.Why, ref: x.ReportRef()}
		if may {
			t.Merge = happeningHref(rep.Story.Key, url.PathEscape(m.Event)) + "/merge"
		}
		out = append(out, t)
	}
	f.compare(out)
	return out
}

// compare says of each report whom it alone names, and whom it leaves out of
// those that at least half of the others name. Copies of one text count once.
func (f *frame) compare(reports []told) {
	type mention struct {
		texts map[string]bool // hashes of those that name it
		party party
	}
	named := map[string]*mention{}
	texts := map[string]bool{}
	for i := range reports {
		rec := reports[i].Fact.Report.Record
		texts[rec.Story.SHA256] = true
		for k := range rec.Entities {
			e := &rec.Entities[k]
			if e.Ref == "" || !actor(e) {
				continue
			}
			if named[e.Ref] == nil {
				named[e.Ref] = &mention{map[string]bool{}, f.party(e)}
			}
			named[e.Ref].texts[rec.Story.SHA256] = true
		}
	}
	if len(texts) < 2 {
		return
	}
	for i := range reports {
		t := &reports[i]
		sha := t.Fact.Report.Record.Story.SHA256
		for _, m := range named {
			switch {
			case m.texts[sha] && len(m.texts) == 1:
				t.Only = append(t.Only, m.party)
			case !m.texts[sha] && 2*len(m.texts) >= len(texts)-1:
				t.Leaves = append(t.Leaves, m.party)
			}
		}
		for _, list := range []*[]party{&t.Only, &t.Leaves} {
			sortParties(*list)
			*list = (*list)[:min(len(*list), maxNamed)]
		}
	}
}

// actor reports whether an entity can act.
func actor(e *record.Entity) bool {
	return e.Kind == "person" || e.Kind == "state" || e.Kind == "organization"
}

// nearDays is how far from its day a happening may have been told as another.
const nearDays = 10

// near returns happenings of the same type and sides about the same time.
func (s *Server) near(ctx context.Context, f *frame, h *archive.Happening) ([]nearby, error) {
	day := archive.ParseDay(h.Date)
	if day == 0 || len(h.ActorCountries) == 0 {
		return nil, nil
	}
	at := day.Time()
	filter := archive.Filter{
		Type: []string{h.Type}, Actor: h.ActorCountries[:1],
		Since: at.AddDate(0, 0, -nearDays).Format(time.DateOnly), Until: at.AddDate(0, 0, nearDays).Format(time.DateOnly),
	}
	if len(h.RecipientCountries) > 0 && h.RecipientCountries[0] != h.ActorCountries[0] {
		filter.Actor, filter.Dyad = nil, []string{h.ActorCountries[0], h.RecipientCountries[0]}
	}
	rows, _, err := s.happeningRows(ctx, f, filter, archive.Page{Limit: maxNear + 1})
	var out []nearby
	for i := range rows {
		if rows[i].Number != h.Number && rows[i].Href != "" && len(out) < maxNear {
			out = append(out, nearby{rows[i], rows[i].Href})
		}
	}
	return out, err
}
