package archive

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Person is somebody as many stories show them.
type Person struct {
	Ref     string       `json:"ref"`
	Refs    []string     `json:"refs"` // all under which stories name them, in their spellings
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
// first. A ref ("person:RUS/lavrov-sergey") means one, in all spellings.
func (a *Archive) People(ctx context.Context, name string, limit int) ([]Person, error) {
	out, err := a.people(ctx, name)
	if err != nil {
		return nil, a.failed(err)
	}
	return out[:min(len(out), Page{Limit: limit}.limit())], nil
}

func (a *Archive) people(ctx context.Context, name string) ([]Person, error) {
	refs, err := a.refsOf(ctx, name)
	if err != nil {
		return nil, err
	}
	seen := map[string]*sightedPerson{}
	if err := a.sighted(ctx, refs, seen); err != nil {
		return nil, err
	}
	var out []Person
	for _, group := range spelledAlike(refs) {
		if p := personOf(group, seen); p.Stories > 0 {
			out = append(out, *p)
		}
	}
	slices.SortStableFunc(out, func(x, y Person) int {
		return cmp.Or(cmp.Compare(y.Stories, x.Stories), cmp.Compare(x.Ref, y.Ref))
	})
	return out, nil
}

// spelledAlike puts refs that are spellings of one name together.
func spelledAlike(refs []string) [][]string {
	var out [][]string
	for _, ref := range refs {
		state, words := nameOfRef(ref)
		i := slices.IndexFunc(out, func(group []string) bool {
			other, theirs := nameOfRef(group[0])
			return state != "" && state == other && sameName(words, theirs)
		})
		if i < 0 {
			out = append(out, []string{ref})
			continue
		}
		out[i] = append(out[i], ref)
	}
	return out
}

// sightedPerson is what stories say under one ref.
type sightedPerson struct {
	country      string
	since, until Day
	stories      int
	names        []PersonName
	offices      []HeldOffice
}

// sighted reads what stories say under refs.
func (a *Archive) sighted(ctx context.Context, refs []string, into map[string]*sightedPerson) error {
	for part := range slices.Chunk(refs, refsAtOnce) {
		args := []any{termPerson}
		for _, ref := range part {
			args = append(args, ref)
		}
		if err := a.each(ctx, `SELECT t.text, p.what, p.value, p.since, p.until, p.stories FROM person p JOIN term t ON t.id = p.term
			WHERE t.kind = ? AND t.text IN (`+strings.TrimSuffix(strings.Repeat("?,", len(part)), ",")+`) ORDER BY t.text, p.what, p.stories DESC, p.value`, args,
			func(row scanner) error { return scanSighting(row, into) }); err != nil {
			return err
		}
	}
	return nil
}

// refsAtOnce is how many persons one question asks for.
const refsAtOnce = 50

func scanSighting(row scanner, into map[string]*sightedPerson) error {
	var (
		ref, value   string
		kind         sightingKind
		since, until Day
		n            int
	)
	if err := row.Scan(&ref, &kind, &value, &since, &until, &n); err != nil {
		return err
	}
	p := into[ref]
	if p == nil {
		p = &sightedPerson{}
		into[ref] = p
	}
	switch kind {
	case sawPerson:
		p.country, p.since, p.until = value, since, until
		p.stories += n
	case sawName:
		p.names = append(p.names, PersonName{value, n})
	case sawOffice:
		o := parseOffice(value)
		p.offices = append(p.offices, HeldOffice{o.Title, o.TitleEN, o.Function, o.Status, o.Body, o.Country, since.String(), until.String(), n})
	}
	return nil
}

// personOf puts together what stories say under the refs of one person. The
// ref of most stories stands for all.
func personOf(refs []string, seen map[string]*sightedPerson) *Person {
	p := &Person{Names: []PersonName{}, Offices: []HeldOffice{}, Refs: []string{}}
	var since, until Day
	most := -1
	for _, ref := range refs {
		s := seen[ref]
		if s == nil {
			continue
		}
		p.Refs = append(p.Refs, ref)
		if s.stories > most {
			p.Ref, p.Country, most = ref, s.country, s.stories
		}
		if since == 0 || s.since > 0 && s.since < since {
			since = s.since
		}
		until = max(until, s.until)
		p.Stories += s.stories
		for _, n := range s.names {
			p.addName(n)
		}
		for _, o := range s.offices {
			p.addOffice(o)
		}
	}
	slices.SortStableFunc(p.Names, func(x, y PersonName) int { return cmp.Compare(y.Stories, x.Stories) })
	slices.SortStableFunc(p.Offices, func(x, y HeldOffice) int { return cmp.Compare(x.Since, y.Since) })
	if len(p.Names) > 0 {
		p.Name = p.Names[0].Name
	}
	p.Since, p.Until = since.String(), until.String()
	return p
}

func (p *Person) addName(n PersonName) {
	for i := range p.Names {
		if p.Names[i].Name == n.Name {
			p.Names[i].Stories += n.Stories
			return
		}
	}
	p.Names = append(p.Names, n)
}

// addOffice adds an office, or widens the days on which copy gave it.
func (p *Person) addOffice(o HeldOffice) {
	for i := range p.Offices {
		have := &p.Offices[i]
		if have.Title != o.Title || have.Function != o.Function || have.Status != o.Status || have.Body != o.Body || have.Country != o.Country {
			continue
		}
		if have.Since == "" || o.Since != "" && o.Since < have.Since {
			have.Since = o.Since
		}
		have.Until = max(have.Until, o.Until)
		have.Stories += o.Stories
		return
	}
	p.Offices = append(p.Offices, o)
}
