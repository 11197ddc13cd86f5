package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"kawat/record"
)

// Decisions on a fact. The last one counts; none is ever written over.
const (
	Accepted  = "accepted"
	Rejected  = "rejected"
	Corrected = "corrected"
	Undecided = "undecided" // takes back what was decided before
)

// Ruling is what a person decided about a fact. The record itself stays as it
// was read.
type Ruling struct {
	ID    int64  `json:"id"`
	Made  string `json:"made"` // RFC 3339, UTC
	Who   string `json:"who"`
	Story Key    `json:"-"`
	Fact  string `json:"fact"` // its id in the record when it was judged
	// Mark knows the fact again in a later reading of the story: the claim,
	// and the words that state it.
	Mark   string          `json:"-"`
	Kind   Kind            `json:"-"`
	What   string          `json:"what"`
	Was    json.RawMessage `json:"was"`              // the fact as it was judged
	Became json.RawMessage `json:"became,omitempty"` // as corrected
	Note   string          `json:"note,omitempty"`
}

// Mark names what a fact claims and where, so that what was decided about it
// holds for the same claim of a later reading, and for no other.
func (x *Fact) Mark() string {
	var sb strings.Builder
	sb.WriteString(x.Kind.String())
	claim := ""
	spans := x.Spans()
	switch x.Kind {
	case Event:
		claim = x.Event.Type + " " + strings.Join(x.Event.ActorCountries, "+") + ">" + strings.Join(x.Event.RecipientCountries, "+") + " " + x.Event.Status
		if t := x.Event.Trigger; t != nil {
			spans = []record.Span{*t}
		}
	case Encounter:
		claim = x.Encounter.Kind + " " + x.Encounter.Status
	case Quotation:
		claim = refOf(x.Report.Record, x.Quotation.Speaker)
	case Pledge:
		claim = x.Pledge.Act
	case Message:
		claim = x.Message.Kind + " " + refOf(x.Report.Record, x.Message.From) + ">" + refOf(x.Report.Record, x.Message.To)
	}
	sb.WriteString(" " + claim)
	for _, sp := range spans {
		fmt.Fprintf(&sb, " %d-%d", sp.Start, sp.End)
	}
	return sb.String()
}

func refOf(r *record.Record, id string) string {
	i := slices.IndexFunc(r.Entities, func(e record.Entity) bool { return e.ID == id })
	if i < 0 {
		return ""
	}
	return r.Entities[i].Ref
}

// Body returns the fact as its record has it.
func (x *Fact) Body() any {
	switch x.Kind {
	case Event:
		return x.Event
	case Encounter:
		return x.Encounter
	case Quotation:
		return x.Quotation
	case Pledge:
		return x.Pledge
	}
	return x.Message
}

// maxNote bounds the words beside a decision.
const maxNote = 2000

// Rule keeps what somebody decided about a fact; became is the corrected fact,
// of the same kind, where what is Corrected.
func (a *Archive) Rule(ctx context.Context, x *Fact, who, what string, became any, note string) error {
	switch {
	case !slices.Contains([]string{Accepted, Rejected, Corrected, Undecided}, what):
		return fmt.Errorf("%q is no decision", what)
	case what == Corrected != (became != nil):
		return errors.New("a correction, and nothing else, says what is right")
	case who == "":
		return errors.New("nobody decides")
	case len(note) > maxNote:
		return fmt.Errorf("the note is longer than %d bytes", maxNote)
	}
	was, err := json.Marshal(x.Body())
	if err != nil {
		return err
	}
	right := []byte{}
	if became != nil {
		if right, err = json.Marshal(became); err != nil {
			return err
		}
	}
	return a.decide(ctx, func(d *deskChange) error {
		return d.exec("INSERT INTO ruling(made, who, story, fact, mark, kind, what, was, became, note) VALUES (?,?,?,?,?,?,?,?,?,?)",
			time.Now().UTC().Format(time.RFC3339), who, x.Report.Story.Key[:], x.Local(), x.Mark(), x.Kind, what, string(was), string(right), note)
	})
}

// Rulings returns what was decided about facts of some stories, oldest first.
func (a *Archive) Rulings(ctx context.Context, stories ...Key) ([]Ruling, error) {
	if len(stories) == 0 {
		return nil, nil
	}
	args := make([]any, len(stories))
	for i := range stories {
		args[i] = stories[i][:]
	}
	return a.rulings(ctx, "WHERE story IN ("+strings.TrimSuffix(strings.Repeat("?,", len(stories)), ",")+") ORDER BY id", args...)
}

// AllRulings returns what was decided after a ruling, oldest first, at most
// limit.
func (a *Archive) AllRulings(ctx context.Context, after int64, limit int) ([]Ruling, error) {
	return a.rulings(ctx, "WHERE id > ? ORDER BY id LIMIT ?", after, limit)
}

// LatestRulings returns what was decided last, newest first.
func (a *Archive) LatestRulings(ctx context.Context, limit int) ([]Ruling, error) {
	return a.rulings(ctx, "ORDER BY id DESC LIMIT ?", limit)
}

func (a *Archive) rulings(ctx context.Context, where string, args ...any) ([]Ruling, error) {
	out, err := collect(ctx, a, "SELECT id, made, who, story, fact, mark, kind, what, was, became, note FROM ruling "+where, args, func(row scanner, r *Ruling) error {
		var key []byte
		var was, became string
		err := row.Scan(&r.ID, &r.Made, &r.Who, &key, &r.Fact, &r.Mark, &r.Kind, &r.What, &was, &became, &r.Note)
		copy(r.Story[:], key)
		r.Was = json.RawMessage(was)
		if became != "" {
			r.Became = json.RawMessage(became)
		}
		return err
	})
	return out, a.failed(err)
}

// Decided returns the ruling that counts for each fact, nil where there is
// none, in the order of the facts.
func (a *Archive) Decided(ctx context.Context, facts []Fact) ([]*Ruling, error) {
	var keys []Key
	for i := range facts {
		if k := facts[i].Report.Story.Key; !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	type subject struct {
		story Key
		mark  string
	}
	last := map[subject]*Ruling{}
	for len(keys) > 0 {
		n := min(len(keys), 400)
		list, err := a.Rulings(ctx, keys[:n]...)
		if err != nil {
			return nil, err
		}
		for i := range list {
			r := &list[i]
			if s := (subject{r.Story, r.Mark}); r.What == Undecided {
				delete(last, s)
			} else {
				last[s] = r
			}
		}
		keys = keys[n:]
	}
	out := make([]*Ruling, len(facts))
	if len(last) == 0 {
		return out, nil
	}
	for i := range facts {
		out[i] = last[subject{facts[i].Report.Story.Key, facts[i].Mark()}]
	}
	return out, nil
}

// RulingCount is how many facts of a kind were decided in one way, counting the
// last decision on each.
type RulingCount struct {
	Kind  Kind
	What  string
	Count int
}

// RulingCounts counts what was decided, by kind and decision.
func (a *Archive) RulingCounts(ctx context.Context) ([]RulingCount, error) {
	out, err := collect(ctx, a, `SELECT r.kind, r.what, count(*) FROM ruling r
		WHERE r.id = (SELECT max(x.id) FROM ruling x WHERE x.story = r.story AND x.mark = r.mark) GROUP BY r.kind, r.what ORDER BY r.kind, r.what`, nil,
		func(row scanner, c *RulingCount) error { return row.Scan(&c.Kind, &c.What, &c.Count) })
	return out, a.failed(err)
}
