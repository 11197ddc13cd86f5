package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strings"

	"kawat/archive/happening"
	"kawat/record"
)

// Happening is one thing that happened, by all stories that tell it.
type Happening struct {
	Number             int64           `json:"-"`
	ID                 string          `json:"id"` // a hash of its first report
	Type               string          `json:"type"`
	CAMEO              string          `json:"cameo,omitempty"`
	Actors             []string        `json:"actors"` // refs of persons, where known
	Recipients         []string        `json:"recipients"`
	ActorCountries     []string        `json:"actor_countries"`
	RecipientCountries []string        `json:"recipient_countries"`
	Symmetric          bool            `json:"symmetric"`
	Manner             string          `json:"manner,omitempty"`
	Date               string          `json:"date,omitempty"`
	Place              *record.Place   `json:"place,omitempty"`
	Status             string          `json:"status"` // as of a record's event, or cancelled
	History            []Station       `json:"history"`
	Stories            []string        `json:"stories"`
	Publishers         []string        `json:"publishers"`
	Events             []HappeningFact `json:"events"`
}

// Station is a step of a happening's history.
type Station struct {
	Status string `json:"status"`
	Date   string `json:"date,omitempty"`
	Story  string `json:"story"`
}

// HappeningFact is a report of a happening: an event, or an encounter, of a
// story, and why it was taken for a report of this happening.
type HappeningFact struct {
	Story string `json:"story"`
	Event string `json:"event"`
	Score int    `json:"score,omitempty"` // 0 for the first
	Why   string `json:"why,omitempty"`
	Fact  FactID `json:"-"`
}

// placeName takes a name out of a place's ref.
func placeName(ref string) string {
	return strings.ReplaceAll(strings.TrimPrefix(ref, "place:"), "-", " ")
}

// Happenings returns a page of the happenings that pass a filter, newest
// first, and the cursor of the next page.
func (a *Archive) Happenings(ctx context.Context, f Filter, p Page) ([]Happening, string, error) {
	out, next, err := a.happenings(ctx, &f, p)
	if err != nil {
		return nil, "", a.failed(err)
	}
	return out, next, nil
}

func (a *Archive) happenings(ctx context.Context, f *Filter, p Page) ([]Happening, string, error) {
	hits, next, err := a.page(ctx, "happening_post", []Kind{Event}, f, p)
	if err != nil {
		return nil, "", err
	}
	ids := make([]int64, len(hits))
	for i, h := range hits {
		ids[i] = h.fact
	}
	found, err := a.loadHappenings(ctx, ids)
	if err != nil {
		return nil, "", err
	}
	out := make([]Happening, 0, len(hits))
	for _, id := range ids {
		if x := found[id]; x != nil { // else it left between the two questions
			out = append(out, *x)
		}
	}
	return out, next, nil
}

// EachHappening yields all happenings that pass a filter, newest first.
func (a *Archive) EachHappening(ctx context.Context, f Filter) iter.Seq2[*Happening, error] {
	return pages(func(p Page) ([]*Happening, string, error) {
		list, next, err := a.Happenings(ctx, f, p)
		out := make([]*Happening, len(list))
		for i := range list {
			out[i] = &list[i]
		}
		return out, next, err
	})
}

// HappeningOf returns the happening that a fact reports.
func (a *Archive) HappeningOf(ctx context.Context, id FactID) (*Happening, error) {
	var n int64
	if err := a.read.QueryRowContext(ctx, "SELECT happening FROM member WHERE fact = ?", int64(id)).Scan(&n); err != nil {
		return nil, fmt.Errorf("archive %s: fact %d: %w", a.path, id, explain(notFound(err)))
	}
	h, err := a.loadHappening(ctx, n)
	if err != nil {
		return nil, a.failed(err)
	}
	return h, nil
}

// HappeningIDs returns the happenings of a story's events, by the events' ids.
func (a *Archive) HappeningIDs(ctx context.Context, r *Report) (map[string]int64, error) {
	id := r.Story.ID
	out := map[string]int64{}
	err := a.each(ctx, "SELECT fact, happening FROM member WHERE fact BETWEEN ? AND ?", []any{int64(id.fact(0)), int64(id.fact(maxFacts))}, func(row scanner) error {
		var fact FactID
		var n int64
		err := row.Scan(&fact, &n)
		if x, ok := factOf(r, fact); ok {
			out[x.Local()] = n
		}
		return err
	})
	return out, a.failed(err)
}

// Happening returns a happening by its number.
func (a *Archive) Happening(ctx context.Context, n int64) (*Happening, error) {
	h, err := a.loadHappening(ctx, n)
	if err != nil {
		return nil, fmt.Errorf("archive %s: happening %d: %w", a.path, n, explain(err))
	}
	return h, nil
}

// loadHappening reads one happening.
func (a *Archive) loadHappening(ctx context.Context, n int64) (*Happening, error) {
	found, err := a.loadHappenings(ctx, []int64{n})
	if err == nil && found[n] == nil {
		err = ErrNotFound
	}
	return found[n], err
}

// loadHappenings reads happenings with the names of their stories.
func (a *Archive) loadHappenings(ctx context.Context, ids []int64) (map[int64]*Happening, error) {
	members, err := a.members(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := map[int64]*Happening{}
	where, arg := a.read.among("id", ids)
	return out, a.each(ctx, "SELECT id, body FROM happening WHERE "+where, []any{arg}, func(row scanner) error {
		var id int64
		var body []byte
		if err := row.Scan(&id, &body); err != nil {
			return err
		}
		h, err := unpackHappening(id, body)
		if err == nil {
			out[id] = present(h, members[id])
		}
		return err
	})
}

// member is a report's row in the table of members, with its story.
type member struct {
	HappeningFact
	key       Key
	publisher string
}

// members returns the reports of happenings, by their happenings and facts.
func (a *Archive) members(ctx context.Context, ids []int64) (map[int64]map[int64]member, error) {
	out := make(map[int64]map[int64]member, len(ids))
	where, arg := a.read.among("m.happening", ids)
	return out, a.each(ctx, `SELECT m.happening, m.fact, m.score, m.why, s.name, s.key, s.publisher FROM member m
		JOIN story s ON s.id = m.fact >> ? WHERE `+where, []any{factBits, arg}, func(row scanner) error {
		var (
			m         member
			of        int64
			key       []byte
			publisher int
		)
		if err := row.Scan(&of, &m.Fact, &m.Score, &m.Why, &m.Story, &key, &publisher); err != nil {
			return err
		}
		copy(m.key[:], key)
		m.publisher = a.codes.text(codePublisher, publisher)
		if out[of] == nil {
			out[of] = map[int64]member{}
		}
		out[of][int64(m.Fact)] = m
		return nil
	})
}

// present puts a happening into its public form.
func present(h *happening.Happening, members map[int64]member) *Happening {
	c := h.Course()
	out := &Happening{
		Number: h.ID, Type: c.Type, CAMEO: c.CAMEO, Symmetric: c.Symmetric, Manner: c.Manner, Date: c.Date, Status: c.Status,
		Actors: []string{}, Recipients: []string{}, ActorCountries: list(c.From), RecipientCountries: list(c.To),
		Stories: []string{}, Publishers: []string{}, History: []Station{}, Events: []HappeningFact{},
	}
	for _, p := range c.Persons {
		if slices.ContainsFunc(c.To, func(code string) bool { return strings.HasPrefix(p, "person:"+code+"/") }) {
			out.Recipients = append(out.Recipients, p)
		} else {
			out.Actors = append(out.Actors, p)
		}
	}
	if c.Place != "" || c.Country != "" {
		out.Place = &record.Place{Name: placeName(c.Place), Country: c.Country}
	}
	for _, s := range c.History {
		out.History = append(out.History, Station{s.Status, s.Date, members[s.Report.Fact].Story})
	}
	for i := range h.Reports {
		m := members[h.Reports[i].Fact]
		m.Event = h.Reports[i].Local
		out.Events = append(out.Events, m.HappeningFact)
		if !slices.Contains(out.Stories, m.Story) {
			out.Stories = append(out.Stories, m.Story)
		}
		if m.publisher != "" && !slices.Contains(out.Publishers, m.publisher) {
			out.Publishers = append(out.Publishers, m.publisher)
		}
	}
	first := members[h.Reports[0].Fact]
	sum := sha256.Sum256([]byte(first.key.String() + " " + out.Events[0].Event))
	out.ID = "hap:" + hex.EncodeToString(sum[:8])
	return out
}

func list(in []string) []string {
	if in == nil {
		return []string{}
	}
	return in
}
