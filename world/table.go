package world

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// maxTableBytes bounds a table given by the user.
const maxTableBytes = 16 << 20

// row is one line of a table under its header.
type row struct {
	file  string
	line  int
	cols  []string
	cells []string
}

func (r row) get(col string) string {
	for i, c := range r.cols {
		if c == col && i < len(r.cells) {
			return r.cells[i]
		}
	}
	return ""
}

func (r row) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", r.file, r.line, fmt.Sprintf(format, args...))
}

// coord reads latitude and longitude, both empty where unknown.
func (r row) coord() (lat, lon float64, err error) {
	a, b := r.get("lat"), r.get("lon")
	if a == "" && b == "" {
		return 0, 0, nil
	}
	if lat, err = strconv.ParseFloat(a, 64); err != nil || lat < -90 || lat > 90 {
		return 0, 0, r.errorf("%q is no latitude", a)
	}
	if lon, err = strconv.ParseFloat(b, 64); err != nil || lon < -180 || lon > 180 {
		return 0, 0, r.errorf("%q is no longitude", b)
	}
	return lat, lon, nil
}

// readTable calls add for every row of a tab-separated table. A table that is
// not there is empty: a folder given by the user need not have all four.
func readTable(fsys fs.FS, file string, add func(row) error) error {
	data, err := fs.ReadFile(fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if len(data) > maxTableBytes {
		return fmt.Errorf("%s: table is larger than %d bytes", file, maxTableBytes)
	}
	r := row{file: file}
	for line := range strings.Lines(string(data)) {
		r.line++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		if r.cols == nil {
			r.cols = strings.Split(line, "\t")
			continue
		}
		r.cells = r.cells[:0] // rows are read one by one: New is part of every cold start
		for more := true; more; {
			var cell string
			cell, line, more = strings.Cut(line, "\t")
			r.cells = append(r.cells, cell)
		}
		if len(r.cells) > len(r.cols) {
			return r.errorf("%d cells under %d columns", len(r.cells), len(r.cols))
		}
		if err := add(r); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) addState(r row) error {
	lat, lon, err := r.coord()
	if err != nil {
		return err
	}
	s := State{
		ISO3: r.get("iso3"), ISO2: r.get("iso2"), CAMEO: r.get("cameo"), FIPS: r.get("fips"),
		NameEN: r.get("name"), Capital: r.get("capital"), PlaceKey: r.get("place"),
		Lat: lat, Lon: lon, Status: StateStatus(r.get("status")), Rule: Rule(r.get("rule")),
	}
	if s.FamilyFirst, err = r.familyFirst(); err != nil {
		return err
	}
	if cow := r.get("cow"); cow != "" {
		if s.COW, err = strconv.Atoi(cow); err != nil {
			return r.errorf("%q is no COW number", cow)
		}
	}
	if err := s.check(r); err != nil {
		return err
	}
	w.states = append(w.states, s)
	return nil
}

// familyFirst reads the column "family".
func (r row) familyFirst() (bool, error) {
	switch v := r.get("family"); v {
	case "", "last":
		return false, nil
	case "first":
		return true, nil
	default:
		return false, r.errorf("family is first or last, not %q", v)
	}
}

// check refuses a state that lacks what every state has.
func (s *State) check(r row) error {
	if !upper3(s.ISO3) || s.NameEN == "" {
		return r.errorf("a state needs a code of three capitals and a name")
	}
	switch s.Status {
	case Member, Observer, Disputed, Territory:
	default:
		return r.errorf("unknown status %q", s.Status)
	}
	switch s.Rule {
	case "", Presidential, Monarchy:
	default:
		return r.errorf("unknown rule %q", s.Rule)
	}
	return nil
}

func (w *World) addOrg(r row) error {
	o := Org{
		Code: r.get("code"), CAMEO: r.get("cameo"), Country3: r.get("country3"),
		Kind: OrgKind(r.get("kind")), NameEN: r.get("name"), Parent: r.get("parent"),
	}
	if m := r.get("members"); m != "" {
		o.Members = strings.Fields(m)
	}
	if err := o.check(r); err != nil {
		return err
	}
	w.orgs = append(w.orgs, o)
	return nil
}

// check refuses an organization that lacks what every organization has.
func (o *Org) check(r row) error {
	if o.Code == "" || o.NameEN == "" {
		return r.errorf("an organization needs a code and a name")
	}
	if o.Country3 != "" && !upper3(o.Country3) {
		return r.errorf("%q is no three-letter code", o.Country3)
	}
	switch o.Kind {
	case Intergovernmental, Organ, Forum, Court, Bank, NGO, Armed, Movement:
		return nil
	}
	return r.errorf("unknown kind %q", o.Kind)
}

func (w *World) addPlace(r row) error {
	lat, lon, err := r.coord()
	if err != nil {
		return err
	}
	p := Place{
		Key: r.get("key"), NameEN: r.get("name"), Country: r.get("country"),
		Kind: PlaceKind(r.get("kind")), Lat: lat, Lon: lon,
	}
	if err := p.check(r); err != nil {
		return err
	}
	p.Capital = p.Kind == CapitalCity
	w.places = append(w.places, p)
	return nil
}

// check refuses a place that lacks what every place has.
func (p *Place) check(r row) error {
	if p.Key == "" || p.NameEN == "" {
		return r.errorf("a place needs a key and a name")
	}
	switch p.Kind {
	case CapitalCity, City, Region, Province, Site, Water, Area:
		return nil
	}
	return r.errorf("unknown kind %q", p.Kind)
}

// upper3 reports whether s is three capital letters.
func upper3(s string) bool {
	if len(s) != 3 {
		return false
	}
	for i := range 3 {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}
