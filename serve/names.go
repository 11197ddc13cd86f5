package serve

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"kawat/archive"
	"kawat/lang"
	"kawat/record"
)

// names are what states and organizations are called in one language of the
// interface.
type names map[string]string

// newNames reads what a pack calls each state and organization first. Names that
// are also names of persons stand in a row of their own behind the others, and
// are the usual ones: "State of Israel", then "Israel".
func newNames(pack *lang.Pack) (names, error) {
	t, err := pack.Table("names.tsv")
	if err != nil {
		return nil, err
	}
	n := names{}
	last := ""
	for _, row := range t.Rows {
		code, forms := row.Get("code"), row.List("name")
		block := code == last
		last = code
		if kind := row.Get("kind"); kind != "state" && kind != "organization" || row.Get("form") != "name" || len(forms) == 0 {
			continue
		}
		if n[code] == "" || block && row.Get("guard") == "person" {
			n[code] = forms[0]
		}
	}
	if len(n) == 0 {
		return nil, fmt.Errorf("the pack %s names no state", pack.Code)
	}
	return n, nil
}

func (n names) of(code string) string {
	if s := n[code]; s != "" {
		return s
	}
	return code
}

// sorted lists the names with their codes.
func (n names) sorted() []party {
	out := make([]party, 0, len(n))
	for code, name := range n {
		if len(code) == len("IDN") { // states, and organizations of states
			out = append(out, party{Name: name, Code: code, Href: stateHref(code)})
		}
	}
	sortParties(out)
	return out
}

// code returns the code of a state or organization that somebody named, by its
// code or by its name in any language of the interface; what is neither stays as
// it is, and finds nothing.
func (s *Server) code(name string) string {
	for _, lang := range languages {
		f := s.frames[lang]
		if code := strings.ToUpper(name); f.names[code] != "" {
			return code
		}
		for _, p := range f.states {
			if strings.EqualFold(p.Name, name) {
				return p.Code
			}
		}
	}
	return name
}

// known reports whether a code is of a state or an organization.
func (s *Server) known(code string) bool {
	return slices.ContainsFunc(languages[:], func(lang string) bool { return s.frames[lang].names[code] != "" })
}

// party is somebody on a page: a name, and the page that is theirs.
type party struct {
	Name string
	Code string // of the state that they act for
	Href string
}

// parties turns entities of a record into names with pages.
func (f *frame) parties(r *record.Record, ids ...string) []party {
	out := make([]party, 0, len(ids))
	for _, id := range ids {
		for i := range r.Entities {
			if e := &r.Entities[i]; e.ID == id {
				out = append(out, f.party(e))
			}
		}
	}
	return out
}

func (f *frame) party(e *record.Entity) party {
	p := party{Name: oneLine(e.Name), Code: e.Country}
	switch kind, rest, _ := strings.Cut(e.Ref, ":"); {
	case e.Kind == "person" && kind == "person":
		p.Href = personHref(e.Ref)
	case e.Kind == "state" && e.Country != "":
		p.Name, p.Href, p.Code = f.names.of(e.Country), stateHref(e.Country), ""
	case kind == "org" && len(rest) == 3:
		p.Href = stateHref(rest)
	case e.Country != "":
		p.Href = stateHref(e.Country)
	}
	return p
}

// codes turns codes of states and organizations into names with pages.
func (f *frame) codes(codes ...string) []party {
	out := make([]party, 0, len(codes))
	for _, c := range codes {
		out = append(out, party{Name: f.names.of(c), Href: stateHref(c)})
	}
	return out
}

func stateHref(code string) string      { return "/country/" + url.PathEscape(code) }
func personHref(ref string) string      { return "/person?ref=" + url.QueryEscape(ref) }
func storyHref(s *archive.Story) string { return "/story/" + s.Key.String() }
func dyadHref(a, b string) string       { return "/dyad/" + url.PathEscape(a) + "/" + url.PathEscape(b) }

// oneLine makes words from a story fit for one line of a page.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func sortParties(list []party) {
	slices.SortFunc(list, func(a, b party) int { return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Href, b.Href)) })
}
