// Package world holds what does not depend on a language: states, international
// organizations and armed groups, places, and who held which high office when,
// each with the codes of ISO 3166, CAMEO, FIPS 10-4 and the Correlates of War.
//
// What comes in is a set of tab-separated tables (embedded, or given by the
// user); what goes out is a [World] that answers by code. The package knows no
// names in any language but English, which it gives for display; the words by
// which copy names a state stand in the language packs. It never guesses: a
// code that is not in the tables is not there.
//
//	w, err := world.New()
//	st, ok := w.State("CHN")   // st.CAMEO "CHN", st.FIPS "CH", st.Capital "Beijing"
//	org, ok := w.Org("UNSC")   // org.CAMEO "IGOUNO", org.Country3 "UNO"
package world

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
)

//go:embed data/*.tsv
var embedded embed.FS

// World is the set of tables. It is read-only and safe for concurrent use.
type World struct {
	states  []State
	orgs    []Org
	places  []Place
	leaders []Leader

	state, org, place map[string]int
	leader            map[string][]int32 // folded surname, full name or alias -> rows

	// What a user gave; see With.
	names      []Name
	ownPersons int // the first leaders are the user's
	sum        string
}

// State is a state, a disputed state or a dependent territory.
type State struct {
	ISO3     string // ISO 3166-1 alpha-3; XKX, XNC and the like for disputed states
	ISO2     string // "" where there is none
	CAMEO    string // CAMEO country code, mostly the same as ISO3; "" where CAMEO has none
	FIPS     string // FIPS 10-4, as GDELT uses it; "" where there is none
	COW      int    // Correlates of War state number, 0 where there is none
	NameEN   string
	Capital  string // English name of the seat of government, "" where there is none
	PlaceKey string // the capital's key among the places, "" where there is none
	Lat, Lon float64
	Status   StateStatus
	Rule     Rule
	// FamilyFirst says that names of persons begin with the family's, as in "Xi
	// Jinping", also where copy of other countries names them.
	FamilyFirst bool
}

// Rule tells which offices a state has not, "" where it may have them all.
type Rule string

// The kinds of rule.
const (
	Presidential Rule = "presidential" // no prime minister
	Monarchy     Rule = "monarchy"     // no president
)

// StateStatus tells how a state stands.
type StateStatus string

// The statuses of states.
const (
	Member    StateStatus = "member"    // of the United Nations
	Observer  StateStatus = "observer"  // at the United Nations
	Disputed  StateStatus = "disputed"  // governs itself, recognised by some or by none
	Territory StateStatus = "territory" // belongs to another state
)

// Org is an international organization, one of its organs, a movement or an
// armed group. National bodies are not here.
type Org struct {
	Code     string // stable key: "UNO", "UNSC", "HAMAS"
	CAMEO    string // full CAMEO actor code, such as "IGOUNO"
	Country3 string // three-letter code by which it stands among countries: "UNO", "EUU", "PSE"; "" if it stands for itself only
	Kind     OrgKind
	NameEN   string
	Members  []string // ISO codes of its members where the table lists them
	Parent   string   // code of the organization of which it is an organ
}

// OrgKind classes organizations.
type OrgKind string

// The kinds of organizations.
const (
	Intergovernmental OrgKind = "igo"
	Organ             OrgKind = "organ" // part of another organization
	Forum             OrgKind = "forum" // meets without a treaty: G20, BRICS
	Court             OrgKind = "court"
	Bank              OrgKind = "bank"
	NGO               OrgKind = "ngo"
	Armed             OrgKind = "armed"
	Movement          OrgKind = "movement" // political, without a state
)

// Place is a city, a region or a province.
type Place struct {
	Key      string // stable key: "geneva", "us-georgia"
	NameEN   string
	Country  string // ISO3 of the state by which it counts
	Kind     PlaceKind
	Lat, Lon float64
	Capital  bool // seat of its state's government
}

// PlaceKind classes places.
type PlaceKind string

// The kinds of places.
const (
	CapitalCity PlaceKind = "capital"
	City        PlaceKind = "city"
	Region      PlaceKind = "region" // with a politics of its own: Gaza, Crimea, Kashmir
	Province    PlaceKind = "province"
	Site        PlaceKind = "site"  // a house, a camp, a crossing: Camp David, Rafah crossing
	Water       PlaceKind = "water" // seas and straits; Country is "" on the high seas
	Area        PlaceKind = "area"  // more than one state: Middle East
)

// New reads the embedded tables.
func New() (*World, error) {
	sub, err := fs.Sub(embedded, "data")
	if err != nil {
		return nil, err
	}
	return Load(sub)
}

// Load reads the tables of a folder: states.tsv, organizations.tsv, places.tsv
// and leaders.tsv.
func Load(fsys fs.FS) (*World, error) {
	w := &World{ // room for the embedded tables
		states: make([]State, 0, 256), orgs: make([]Org, 0, 256),
		places: make([]Place, 0, 1024), leaders: make([]Leader, 0, 640),
	}
	for _, t := range []struct {
		file string
		read func(row) error
	}{
		{"states.tsv", w.addState},
		{"organizations.tsv", w.addOrg},
		{"places.tsv", w.addPlace},
		{"leaders.tsv", w.addLeader},
	} {
		if err := readTable(fsys, t.file, t.read); err != nil {
			return nil, err
		}
	}
	return w, w.index()
}

// State returns a state by its ISO 3166-1 alpha-3 code.
func (w *World) State(iso3 string) (State, bool) {
	i, ok := w.state[iso3]
	if !ok {
		return State{}, false
	}
	return w.states[i], true
}

// States returns all states in the order of the table.
func (w *World) States() []State { return slices.Clone(w.states) }

// Org returns an organization by its code.
func (w *World) Org(code string) (Org, bool) {
	i, ok := w.org[code]
	if !ok {
		return Org{}, false
	}
	return w.orgs[i], true
}

// Orgs returns all organizations in the order of the table.
func (w *World) Orgs() []Org { return slices.Clone(w.orgs) }

// Place returns a place by its key.
func (w *World) Place(key string) (Place, bool) {
	i, ok := w.place[key]
	if !ok {
		return Place{}, false
	}
	return w.places[i], true
}

// Places returns all places in the order of the table.
func (w *World) Places() []Place { return slices.Clone(w.places) }

// index builds the look-ups and refuses codes that stand twice.
func (w *World) index() error {
	w.state = make(map[string]int, len(w.states))
	w.org = make(map[string]int, len(w.orgs))
	w.place = make(map[string]int, len(w.places))
	for i, s := range w.states {
		if _, dup := w.state[s.ISO3]; dup {
			return fmt.Errorf("states.tsv: %s stands twice", s.ISO3)
		}
		w.state[s.ISO3] = i
	}
	for i, o := range w.orgs {
		if _, dup := w.org[o.Code]; dup {
			return fmt.Errorf("organizations.tsv: %s stands twice", o.Code)
		}
		w.org[o.Code] = i
	}
	for i, p := range w.places {
		if _, dup := w.place[p.Key]; dup {
			return fmt.Errorf("places.tsv: %s stands twice", p.Key)
		}
		w.place[p.Key] = i
	}
	w.indexLeaders()
	return nil
}
