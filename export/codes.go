package export

import (
	"strings"

	"kawat/world"
)

// codes answers in the codes of other data sets.
type codes struct {
	world  *world.World
	groups map[string]world.Org // by the three letters that stand among countries
	states map[string]bool      // CAMEO country codes
}

func newCodes(w *world.World) *codes {
	c := &codes{w, map[string]world.Org{}, map[string]bool{}}
	for _, o := range w.Orgs() {
		if _, seen := c.groups[o.Country3]; !seen && o.Country3 != "" {
			c.groups[o.Country3] = o
		}
	}
	for _, s := range w.States() {
		delete(c.groups, s.ISO3) // a movement that stands for its state
		if s.CAMEO != "" {
			c.states[s.CAMEO] = true
		}
	}
	return c
}

// cameoActor is an actor in CAMEO's codes, taken apart as GDELT does.
type cameoActor struct {
	full, country, group string
	types                [3]string
}

// actor gives the CAMEO code of a side. A state without a sector is the state
// itself; a person or body has the code that the record gives it.
func (c *codes) actor(s side) cameoActor {
	var a cameoActor
	if s.entity != nil {
		a.full = s.entity.CAMEO
	}
	org, isOrg := c.groups[s.country]
	if a.full == "" {
		switch st, ok := c.world.State(s.country); {
		case ok:
			a.full = st.CAMEO
			if s.entity != nil && s.entity.Kind != "state" && len(s.sectors) == 1 {
				a.full += s.sectors[0]
			}
		case isOrg:
			a.full = org.CAMEO
		}
	}
	n := 0
	for i := 0; i+3 <= len(a.full); i += 3 {
		part := a.full[i : i+3]
		switch {
		case i == 0 && c.states[part]:
			a.country = part
		case roles[part]:
			if n < len(a.types) {
				a.types[n] = part
				n++
			}
		case a.group == "":
			a.group = part
		}
	}
	if a.group == "" && isOrg {
		a.group = s.country
	}
	return a
}

// roles are CAMEO's generic codes of roles and kinds, which GDELT gives as
// types.
var roles = map[string]bool{
	"COP": true, "GOV": true, "INS": true, "JUD": true, "MIL": true, "OPP": true, "REB": true, "SEP": true, "SPY": true, "UAF": true,
	"AGR": true, "BUS": true, "CRM": true, "CVL": true, "DEV": true, "EDU": true, "ELI": true, "ENV": true, "HLH": true, "HRI": true,
	"LAB": true, "LEG": true, "MED": true, "REF": true, "MOD": true, "RAD": true, "IGO": true, "IMG": true, "INT": true, "MNC": true,
	"NGM": true, "NGO": true, "UIS": true, "SET": true, "PTY": true,
}

// fips is a state's code in FIPS 10-4.
func (c *codes) fips(iso3 string) string {
	st, _ := c.world.State(iso3)
	return st.FIPS
}

// cow is a state's number in the Correlates of War, 0 for none.
func (c *codes) cow(iso3 string) int {
	st, _ := c.world.State(iso3)
	return st.COW
}

// country is the English name of a state or organization by its code.
func (c *codes) country(code string) string {
	if st, ok := c.world.State(code); ok {
		return st.NameEN
	}
	return c.groups[code].NameEN
}

// place is what the tables know of a place by its reference.
func (c *codes) place(ref string) (world.Place, bool) {
	key, ok := strings.CutPrefix(ref, "place:")
	if !ok {
		return world.Place{}, false
	}
	return c.world.Place(key)
}
