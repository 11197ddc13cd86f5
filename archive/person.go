package archive

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Person is somebody as many stories show them.
type Person struct {
	Ref     string       `json:"ref"`
	Name    string       `json:"name"` // the one most often printed
	Country string       `json:"country,omitempty"`
	Names   []PersonName `json:"names"`
	Offices []HeldOffice `json:"offices"`
	Since   string       `json:"since,omitempty"` // first and last day on which a story names them
	Until   string       `json:"until,omitempty"`
	Stories int          `json:"stories"`
}

// PersonName is a way in which stories print a name.
type PersonName struct {
	Name    string `json:"name"`
	Stories int    `json:"stories"`
}

// HeldOffice is an office as copy gave it, with the first and the last day on
// which it did.
type HeldOffice struct {
	Title    string `json:"title"`
	TitleEN  string `json:"title_en,omitempty"`
	Function string `json:"function"`
	Status   string `json:"status"`
	Body     string `json:"body,omitempty"`
	Country  string `json:"country,omitempty"`
	Since    string `json:"since,omitempty"`
	Until    string `json:"until,omitempty"`
	Stories  int    `json:"stories"`
}

// People returns the persons that a name may mean, those of most stories
// first. A ref ("person:RUS/lavrov-sergey") means one.
func (a *Archive) People(ctx context.Context, name string, limit int) ([]Person, error) {
	out, err := a.people(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("archive %s: %w", a.path, explain(err))
	}
	return out[:min(len(out), Page{Limit: limit}.limit())], nil
}

func (a *Archive) people(ctx context.Context, name string) ([]Person, error) {
	refs, err := a.refsOf(ctx, name)
	if err != nil {
		return nil, err
	}
	out := make([]Person, 0, len(refs))
	for _, ref := range refs {
		p, err := a.person(ctx, ref)
		if err != nil {
			return nil, err
		}
		if p.Stories > 0 {
			out = append(out, *p)
		}
	}
	slices.SortStableFunc(out, func(x, y Person) int {
		return cmp.Or(cmp.Compare(y.Stories, x.Stories), cmp.Compare(x.Ref, y.Ref))
	})
	return out, nil
}

func (a *Archive) person(ctx context.Context, ref string) (*Person, error) {
	rows, err := a.read.QueryContext(ctx, `SELECT p.what, p.value, p.since, p.until, p.stories FROM person p JOIN term t ON t.id = p.term
		WHERE t.kind = ? AND t.text = ? ORDER BY p.what, p.stories DESC, p.value`, termPerson, ref)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	p := &Person{Ref: ref, Names: []PersonName{}, Offices: []HeldOffice{}}
	for rows.Next() {
		var (
			kind         sightingKind
			value        string
			since, until Day
			n            int
		)
		if err := rows.Scan(&kind, &value, &since, &until, &n); err != nil {
			return nil, err
		}
		switch kind {
		case sawPerson:
			p.Country, p.Since, p.Until = value, since.String(), until.String()
			p.Stories += n
		case sawName:
			p.Names = append(p.Names, PersonName{value, n})
		case sawOffice:
			o := parseOffice(value)
			p.Offices = append(p.Offices, HeldOffice{o.Title, o.TitleEN, o.Function, o.Status, o.Body, o.Country, since.String(), until.String(), n})
		}
	}
	if len(p.Names) > 0 {
		p.Name = p.Names[0].Name
	}
	slices.SortStableFunc(p.Offices, func(x, y HeldOffice) int { return cmp.Compare(x.Since, y.Since) })
	return p, rows.Err()
}
