package lang

import (
	"strings"

	"kawat/story"
	"kawat/world"
)

// NameForm tells in which form a name stands.
type NameForm uint8

// The forms of names.
const (
	FormName         NameForm = iota // "Rusia", "United Nations", colloquial ones too: "Cina"
	FormAbbreviation                 // "AS", "PBB", "UK"
	FormAdjective                    // "Russian"
	FormPeople                       // "Russians"
	FormCapital                      // "Moscow": the state's government, or just the place
	FormMetonym                      // "Kremlin": the state's government, hardly ever the place
)

var formNames = [...]string{"name", "abbreviation", "adjective", "people", "capital", "metonym"}

// String returns the form's name in the table, such as "people".
func (f NameForm) String() string { return formNames[f] }

// Guard says what else the words of a name may be. Whoever finds such a name
// looks around before believing it.
type Guard uint8

// The guards.
const (
	GuardNone   Guard = iota
	GuardPerson       // somebody's name too: "Jordan Peterson spoke in Amman."
	GuardPlace        // another place or state too, see Name.Alt: "Georgia and Arizona went to the polls."
	GuardWord         // a common word too: "Lima orang tewas."
)

var guardNames = [...]string{"", "person", "place", "word"}

// String returns the guard's name in the table, "" for none.
func (g Guard) String() string { return guardNames[g] }

// Name is what a name in copy leads to.
type Name struct {
	Kind    story.EntityKind // State, Organization or Place
	Code    string           // key in package world: "CHN", "UNO", "geneva"
	Form    NameForm
	Country string     // ISO3 of the state, or the three-letter code of the organization; "" where it has none
	Place   string     // key of the place that the words name, "" if they name none: a capital has both
	Guard   Guard      // what else the words may be
	Alt     string     // code of the state, place or organization that they may mean instead, "" if none
	Span    story.Span // where the match stands in the text
}

// name compiles what a row of names.tsv says apart from the words.
func (r Row) name(w *world.World) (Name, error) {
	return compile(w, world.Name{
		Kind: r.Get("kind"), Code: r.Get("code"), Form: r.Get("form"), Place: r.Get("place"), Guard: r.Get("guard"), Alt: r.Get("alt"),
		File: r.File, Line: r.Line,
	})
}

// compile looks the codes of a row up.
func compile(w *world.World, row world.Name) (Name, error) {
	n := Name{Code: row.Code, Place: row.Place, Alt: row.Alt}
	var ok bool
	switch row.Kind {
	case "state":
		n.Kind = story.State
		_, ok = w.State(n.Code)
		n.Country = n.Code
	case "organization":
		var org world.Org
		n.Kind = story.Organization
		org, ok = w.Org(n.Code)
		n.Country = org.Country3
	case "place":
		var place world.Place
		n.Kind = story.Place
		place, ok = w.Place(n.Code)
		n.Country, n.Place = place.Country, n.Code
	case "":
		return n, row.Errorf("the world has nothing of code %q", n.Code)
	default:
		return n, row.Errorf("unknown kind %q; known are state, organization, place", row.Kind)
	}
	if !ok {
		return n, row.Errorf("the world has no %s %q", row.Kind, n.Code)
	}
	if _, ok := w.Place(n.Place); n.Place != "" && !ok {
		return n, row.Errorf("the world has no place %q", n.Place)
	}
	if n.Alt != "" && !known(w, n.Alt) {
		return n, row.Errorf("the world has nothing of code %q", n.Alt)
	}
	form, ok := ordinal(formNames[:], row.Form)
	if !ok {
		return n, row.Errorf("unknown form %q; known are %s", row.Form, strings.Join(formNames[:], ", "))
	}
	guard, ok := ordinal(guardNames[:], row.Guard)
	if !ok {
		return n, row.Errorf("unknown guard %q; known are %s", row.Guard, strings.Join(guardNames[1:], ", "))
	}
	n.Form, n.Guard = NameForm(form), Guard(guard)
	return n, nil
}

// known reports whether a state, an organization or a place has the code.
func known(w *world.World, code string) bool {
	if _, ok := w.State(code); ok {
		return true
	}
	if _, ok := w.Org(code); ok {
		return true
	}
	_, ok := w.Place(code)
	return ok
}

func ordinal(names []string, s string) (int, bool) {
	for i, n := range names {
		if n == s {
			return i, true
		}
	}
	return 0, false
}
