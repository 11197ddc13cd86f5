package world

import (
	"slices"
	"strconv"
	"strings"
)

// fill changes a cell of a known row where the user's row says something.
func (r row) fill(cell *string, col string) {
	if v := r.get(col); v != "" {
		*cell = v
	}
}

// checked is a row of the world's tables that can say what is wrong with it.
type checked[T any] interface {
	*T
	check(r row) error
}

// over lays a row of the user over the table: over the row of its key, else as a
// new one that begins as fresh. fill takes the cells.
func over[T any, P checked[T]](o *own, r row, kind, key string, index map[string]int, list *[]T, fresh T, fill func(*T) error) error {
	if err := o.once(r, key); err != nil {
		return err
	}
	x := fresh
	at, known := index[key]
	if known {
		x = (*list)[at]
	}
	if err := fill(&x); err != nil {
		return err
	}
	if err := P(&x).check(r); err != nil {
		return err
	}
	if known {
		(*list)[at] = x
	} else {
		*list = append(*list, x)
	}
	o.refers = append(o.refers, r)
	o.called(r, kind, key, known)
	return nil
}

// state takes a row of states.tsv.
func (o *own) state(r row) error {
	code := r.get("iso3")
	if !upper3(code) {
		return r.errorf("iso3 is three capital letters, not %q", code)
	}
	return over(o, r, "state", code, o.World.state, &o.states, State{ISO3: code, Status: Disputed}, func(s *State) error {
		r.fill(&s.ISO2, "iso2")
		r.fill(&s.CAMEO, "cameo")
		r.fill(&s.FIPS, "fips")
		r.fill(&s.NameEN, "name")
		r.fill(&s.Capital, "capital")
		r.fill(&s.PlaceKey, "place")
		r.fill((*string)(&s.Status), "status")
		r.fill((*string)(&s.Rule), "rule")
		if cow := r.get("cow"); cow != "" {
			n, err := strconv.Atoi(cow)
			if err != nil {
				return r.errorf("%q is no COW number", cow)
			}
			s.COW = n
		}
		if first, err := r.familyFirst(); err != nil {
			return err
		} else if r.get("family") != "" {
			s.FamilyFirst = first
		}
		return r.fillCoord(&s.Lat, &s.Lon)
	})
}

// org takes a row of organizations.tsv.
func (o *own) org(r row) error {
	code := r.get("code")
	if !isOrgCode(code) {
		return r.errorf("code is capital letters, digits and hyphens, at most 32, not %q", code)
	}
	return over(o, r, "organization", code, o.World.org, &o.orgs, Org{Code: code, Kind: NGO}, func(g *Org) error {
		r.fill(&g.CAMEO, "cameo")
		r.fill(&g.Country3, "country3")
		r.fill((*string)(&g.Kind), "kind")
		r.fill(&g.NameEN, "name")
		r.fill(&g.Parent, "parent")
		if m := r.get("members"); m != "" {
			g.Members = strings.Fields(m)
		}
		return nil
	})
}

// place takes a row of places.tsv.
func (o *own) place(r row) error {
	key := r.get("key")
	if !isPlaceKey(key) {
		return r.errorf("key is small letters, digits and hyphens, at most 64, not %q", key)
	}
	return over(o, r, "place", key, o.World.place, &o.places, Place{Key: key, Kind: City}, func(p *Place) error {
		r.fill(&p.NameEN, "name")
		r.fill(&p.Country, "country")
		r.fill((*string)(&p.Kind), "kind")
		p.Capital = p.Kind == CapitalCity
		return r.fillCoord(&p.Lat, &p.Lon)
	})
}

// person takes a row of persons.tsv. Who holds several offices has several rows.
func (o *own) person(r row) error {
	l := Leader{
		Name: r.get("name"), Surname: r.get("surname"), Country: r.get("country"), Function: r.get("function"),
		From: r.get("from"), To: r.get("to"), Aliases: items(r.get("aliases")),
	}
	if l.Name == "" {
		return r.errorf("a person needs a name")
	}
	if l.Surname == "" {
		words := strings.Fields(l.Name)
		l.Surname = words[len(words)-1]
	}
	if l.Function == "" {
		l.Function = "other"
	}
	switch {
	case !slices.Contains(functions(), l.Function):
		return r.errorf("unknown function %q; known are %s", l.Function, strings.Join(functions(), ", "))
	case l.From != "" && !isoDate(l.From):
		return r.errorf("from is YYYY, YYYY-MM or YYYY-MM-DD, not %q", l.From)
	case l.To != "" && !isoDate(l.To):
		return r.errorf("to is YYYY, YYYY-MM or YYYY-MM-DD, not %q", l.To)
	case l.To != "" && l.To < l.From:
		return r.errorf("ends (%s) before it begins (%s)", l.To, l.From)
	}
	if err := o.once(r, strings.Trim(l.Name+", "+l.Function+" of "+l.Country+" from "+l.From, " ,")); err != nil {
		return err
	}
	o.persons = append(o.persons, l)
	o.refers = append(o.refers, r)
	return nil
}

// name takes a row of names.tsv.
func (o *own) name(r row) error {
	n := Name{
		Lang: r.get("lang"), Forms: r.get("name"), Kind: r.get("kind"), Code: r.get("code"), Form: r.get("form"),
		Place: r.get("place"), Guard: r.get("guard"), Alt: r.get("alt"), File: r.file, Line: r.line,
	}
	switch {
	case len(items(n.Forms)) == 0:
		return r.errorf("the row has no name")
	case n.Code == "":
		return r.errorf("the row has no code")
	}
	o.names = append(o.names, n)
	return nil
}

// called adds the name of a new row, and its aliases, to the names of every
// language. Forms that a known row has stay as they are.
func (o *own) called(r row, kind, code string, known bool) {
	forms := items(r.get("aliases"))
	if name := r.get("name"); name != "" && !known {
		forms = append([]string{name}, forms...)
	}
	if len(forms) > 0 {
		o.names = append(o.names, Name{Forms: strings.Join(forms, "|"), Kind: kind, Code: code, File: r.file, Line: r.line})
	}
}

// refersTo looks up the codes that rows point at, which may stand in tables
// read later, and settles what kind of thing a name is for.
func (o *own) refersTo() {
	missing := func(r row, col, what string, has func(string) bool) {
		if v := r.get(col); v != "" && !has(v) {
			o.fail(r.errorf("%s: the world has no %s %q", col, what, v))
		}
	}
	isState := func(c string) bool { _, ok := o.World.state[c]; return ok }
	isOrg := func(c string) bool { _, ok := o.World.org[c]; return ok }
	isSide := func(c string) bool {
		return isState(c) || slices.ContainsFunc(o.orgs, func(g Org) bool { return g.Country3 == c })
	}
	for _, r := range o.refers {
		switch r.file {
		case "states.tsv":
			missing(r, "place", "place", func(c string) bool { _, ok := o.World.place[c]; return ok })
		case "places.tsv":
			missing(r, "country", "state", isState)
		case "persons.tsv":
			missing(r, "country", "state or organization", isSide)
		case "organizations.tsv":
			missing(r, "parent", "organization", isOrg)
			for _, m := range strings.Fields(r.get("members")) {
				if !isState(m) && !isOrg(m) {
					o.fail(r.errorf("members: the world has no state or organization %q", m))
				}
			}
		}
	}
	for i := range o.names {
		if n := &o.names[i]; n.Kind == "" {
			n.Kind = o.kindOf(n.Code)
		}
	}
}

// kindOf is the kind of what has a code, "" if nothing has.
func (o *own) kindOf(code string) string {
	if _, ok := o.World.state[code]; ok {
		return "state"
	}
	if _, ok := o.World.org[code]; ok {
		return "organization"
	}
	if _, ok := o.World.place[code]; ok {
		return "place"
	}
	return ""
}

// fillCoord changes latitude and longitude where the row gives them.
func (r row) fillCoord(lat, lon *float64) error {
	a, b, err := r.coord()
	if err == nil && (r.get("lat") != "" || r.get("lon") != "") {
		*lat, *lon = a, b
	}
	return err
}

// items splits a cell at "|".
func items(cell string) []string {
	var out []string
	for s := range strings.SplitSeq(cell, "|") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func isOrgCode(s string) bool {
	return isCode(s, 32, func(c byte) bool { return 'A' <= c && c <= 'Z' })
}

func isPlaceKey(s string) bool {
	return isCode(s, 64, func(c byte) bool { return 'a' <= c && c <= 'z' })
}

func isCode(s string, longest int, letter func(byte) bool) bool {
	if s == "" || len(s) > longest || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !letter(c) && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}
