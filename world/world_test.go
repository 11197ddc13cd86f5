package world_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kawat/world"
)

func load(t testing.TB) *world.World {
	t.Helper()
	w, err := world.New()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestStates(t *testing.T) {
	w := load(t)
	members, iso2, cameo, fips, cow := 0, map[string]string{}, map[string]string{}, map[string]string{}, map[int]string{}
	for _, s := range w.States() {
		if s.Status == world.Member {
			members++
			if s.CAMEO == "" || s.FIPS == "" || s.ISO2 == "" || s.COW == 0 {
				t.Errorf("%s lacks a code: %+v", s.ISO3, s)
			}
		}
		for _, c := range []struct {
			seen map[string]string
			code string
		}{{iso2, s.ISO2}, {cameo, s.CAMEO}, {fips, s.FIPS}} {
			if other, dup := c.seen[c.code]; dup && c.code != "" {
				t.Errorf("%s and %s share %q", s.ISO3, other, c.code)
			}
			c.seen[c.code] = s.ISO3
		}
		if other, dup := cow[s.COW]; dup && s.COW != 0 {
			t.Errorf("%s and %s share COW number %d", s.ISO3, other, s.COW)
		}
		cow[s.COW] = s.ISO3
		if s.Lat == 0 && s.Lon == 0 {
			t.Errorf("%s has no coordinates", s.ISO3)
		}
		if s.Capital == "" {
			continue
		}
		p, ok := w.Place(s.PlaceKey)
		if !ok || p.NameEN != s.Capital || !p.Capital || p.Country != s.ISO3 || p.Lat != s.Lat || p.Lon != s.Lon {
			t.Errorf("%s: capital %q leads to %+v", s.ISO3, s.Capital, p)
		}
	}
	if members != 193 {
		t.Errorf("%d members of the United Nations, want 193", members)
	}
	for _, code := range strings.Fields("TWN XKX PSE ESH HKG MAC XNC XAB") {
		if s, ok := w.State(code); !ok || s.Status == world.Member {
			t.Errorf("%s: %+v", code, s)
		}
	}
	if s, _ := w.State("ROU"); s.CAMEO != "ROM" || s.FIPS != "RO" || s.COW != 360 {
		t.Errorf("Romania: %+v", s)
	}
}

// What the record fixes.
func TestOrganizations(t *testing.T) {
	w := load(t)
	for code, cameo := range map[string]string{
		"UNO": "IGOUNO", "EUU": "IGOEUREEC", "NAT": "IGOWSTNAT", "ASN": "IGOSEAASN",
		"GCC": "IGOMEAGCC", "ARB": "IGOMEAARL", "EEU": "IGOEEU", "IAE": "IGOUNOIAE",
	} {
		o, ok := w.Org(code)
		if !ok || o.CAMEO != cameo || o.Country3 != code {
			t.Errorf("%s: %+v", code, o)
		}
	}
	for _, o := range w.Orgs() {
		if _, dup := w.State(o.Code); dup {
			t.Errorf("%s is the code of a state", o.Code)
		}
		_, state := w.State(o.Country3)
		own := o.Kind == world.Armed || o.Kind == world.Movement
		if state && !own {
			t.Errorf("%s: %s is the code of a state", o.Code, o.Country3)
		}
		if _, ok := w.Org(o.Parent); o.Parent != "" && !ok {
			t.Errorf("%s: no parent %s", o.Code, o.Parent)
		}
		for _, m := range o.Members {
			_, state := w.State(m)
			if _, org := w.Org(m); !state && !org {
				t.Errorf("%s: no member %s", o.Code, m)
			}
		}
	}
	for code, n := range map[string]int{"ASN": 11, "GOS": 7, "GTW": 21, "EUU": 27, "NAT": 32, "GCC": 6, "SCO": 10, "ARB": 22, "UNSC": 5} {
		if o, _ := w.Org(code); len(o.Members) != n {
			t.Errorf("%s has %d members, want %d", code, len(o.Members), n)
		}
	}
}

func TestPlaces(t *testing.T) {
	w := load(t)
	for _, p := range w.Places() {
		if _, ok := w.State(p.Country); !ok && p.Country != "" {
			t.Errorf("%s: no state %q", p.Key, p.Country)
		}
		if p.Country == "" && p.Kind != world.Water && p.Kind != world.Area && p.Kind != world.Region {
			t.Errorf("%s lies nowhere", p.Key)
		}
		if p.Lat == 0 && p.Lon == 0 {
			t.Errorf("%s has no coordinates", p.Key)
		}
	}
	if p, _ := w.Place("us-georgia"); p.Country != "USA" {
		t.Errorf("Georgia of the United States: %+v", p)
	}
}

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestLeader(t *testing.T) {
	w := load(t)
	for _, tt := range []struct{ name, date, country, function string }{
		{"Lavrov", "2024-04-09", "RUS", "foreign-minister"},
		{"lavrov", "2024-04-09", "RUS", "foreign-minister"},
		{"Sergey Lavrov", "2019-01-01", "RUS", "foreign-minister"},
		{"Sergei Lavrov", "2019-01-01", "RUS", "foreign-minister"},
		{"Xi", "2024-04-09", "CHN", "head-of-state"},
		{"Erdogan", "2024-04-09", "TUR", "head-of-state"},
		{"Erdoğan", "2024-04-09", "TUR", "head-of-state"},
		{"Guterres", "2024-04-09", "UNO", "secretary-general"},
		{"Stoltenberg", "2024-09-30", "NAT", "secretary-general"},
		{"Rutte", "2025-02-01", "NAT", "secretary-general"},
		{"Rutte", "2020-02-01", "NLD", "head-of-government"},
		{"Prabowo", "2025-01-01", "IDN", "head-of-state"},
		{"Prabowo", "2023-01-01", "IDN", "defence-minister"},
		{"Retno", "2022-01-01", "IDN", "foreign-minister"},
		{"Blinken", "2024-04-09", "USA", "foreign-minister"},
		{"Obama", "2024-04-09", "USA", "head-of-state"}, // in office before
	} {
		got := w.Leader(tt.name, day(tt.date))
		if len(got) == 0 || got[0].Country != tt.country || got[0].Function != tt.function {
			t.Errorf("%s on %s: got %+v, want %s of %s", tt.name, tt.date, got, tt.function, tt.country)
		}
	}
	if got := w.Leader("Obama", day("2001-01-01")); len(got) != 0 {
		t.Errorf("nobody is in office before his time: %+v", got)
	}
	if got := w.Leader("Nobody", time.Time{}); got != nil {
		t.Errorf("got %+v", got)
	}
}

func TestHome(t *testing.T) {
	w := load(t)
	for _, on := range []string{"2020-02-01", "2025-02-01"} {
		if l := w.Leader("Mark Rutte", day(on)); len(l) == 0 || w.Home(&l[0]) != "NLD" {
			t.Errorf("on %s: %+v", on, l)
		}
	}
	if s, _ := w.State("CHN"); !s.FamilyFirst {
		t.Error("Chinese names begin with the family's")
	}
}

func TestLeadersAreOfThisWorld(t *testing.T) {
	w := load(t)
	known := map[string]bool{}
	for _, o := range w.Orgs() {
		known[o.Country3] = true
	}
	functions := map[string]bool{"head-of-state": true, "head-of-government": true, "foreign-minister": true, "defence-minister": true, "minister": true, "secretary-general": true, "royal": true, "envoy": true, "other": true}
	for _, l := range w.Leaders() {
		if _, ok := w.State(l.Country); !ok && !known[l.Country] {
			t.Errorf("%s: no country %s", l.Name, l.Country)
		}
		if !functions[l.Function] {
			t.Errorf("%s: function %q", l.Name, l.Function)
		}
		nickname := l.Surname == "Jokowi" || l.Surname == "MBS" || l.Surname == "Hemedti"
		if !nickname && !strings.Contains(world.Fold(l.Name), world.Fold(l.Surname)) {
			t.Errorf("%s: %q is no part of the name", l.Name, l.Surname)
		}
	}
}

func TestLoadNamesFileAndLine(t *testing.T) {
	for name, tt := range map[string]struct{ file, data, want string }{
		"bad code":     {"states.tsv", "iso3\tname\tstatus\nCh\tChina\tmember\n", "states.tsv:2: "},
		"bad status":   {"states.tsv", "iso3\tname\tstatus\nCHN\tChina\tgreat\n", `states.tsv:2: unknown status "great"`},
		"twice":        {"states.tsv", "iso3\tname\tstatus\nCHN\tChina\tmember\nCHN\tChina\tmember\n", "CHN stands twice"},
		"bad latitude": {"places.tsv", "key\tname\tkind\tlat\tlon\nx\tX\tcity\t91\t0\n", `places.tsv:2: "91" is no latitude`},
		"many cells":   {"places.tsv", "key\tname\nx\tX\tcity\n", "places.tsv:2: 3 cells under 2 columns"},
		"dates":        {"leaders.tsv", "name\tsurname\tcountry\tfunction\tfrom\tto\nA B\tB\tUSA\tother\t2020\t2019\n", "leaders.tsv:2: "},
		"kind":         {"organizations.tsv", "code\tname\tkind\nX\tX\tclub\n", `organizations.tsv:2: unknown kind "club"`},
	} {
		_, err := world.Load(fstest.MapFS{tt.file: {Data: []byte(tt.data)}})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", name, err, tt.want)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Erdoğan": "erdogan", "ERDOĞAN": "erdogan", "Türkiye": "turkiye", "İzmir": "izmir", "Côte d’Ivoire": "cote divoire",
		"Al-Sisi": "al sisi", "Łódź": "lodz", "Hà Nội": "ha noi", "Лавров": "лавров",
	} {
		if got := world.Fold(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := world.New(); err != nil {
			b.Fatal(err)
		}
	}
}
