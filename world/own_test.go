package world_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"kawat/world"
)

func folder(tables map[string]string) fs.FS {
	m := fstest.MapFS{}
	for name, data := range tables {
		m[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return m
}

func TestWithLaysTablesOver(t *testing.T) {
	w := load(t)
	own, err := w.With(folder(map[string]string{
		"organizations.tsv": "code\tname\taliases\tkind\tcameo\nPACC\tPacific Climate Compact\tPCC\tigo\tIGOPCC\nUNO\t\tWorld Body\t\t\n",
		"places.tsv":        "key\tname\tcountry\tkind\tlat\tlon\nsanur-beach\tSanur\tIDN\tcity\t-8.69\t115.26\n",
		"states.tsv":        "iso3\tcameo\nROU\tROU\n",
		"persons.tsv":       "name\taliases\tcountry\tfunction\tfrom\tto\nTomas Halvorsen\tTom Halvorsen\tNOR\tminister\t2022\t2024\nMira Sandoval\t\t\t\t\t\n",
		"names.tsv":         "name\tlang\tcode\nPakta Iklim\tid\tPACC\n",
	}), nil)
	if err != nil {
		t.Fatal(err)
	}
	if o, ok := own.Org("PACC"); !ok || o.CAMEO != "IGOPCC" || o.Kind != world.Intergovernmental {
		t.Errorf("PACC: %+v", o)
	}
	if o, _ := own.Org("UNO"); o.NameEN != "United Nations" || o.CAMEO != "IGOUNO" {
		t.Errorf("empty cells change a known row: %+v", o)
	}
	if p, _ := own.Place("sanur-beach"); p.Country != "IDN" || p.Lat != -8.69 {
		t.Errorf("Sanur: %+v", p)
	}
	if s, _ := own.State("ROU"); s.CAMEO != "ROU" || s.NameEN != "Romania" || s.COW != 360 {
		t.Errorf("Romania: %+v", s)
	}
	if s, _ := w.State("ROU"); s.CAMEO != "ROM" {
		t.Errorf("the world beneath has changed: %+v", s)
	}
	for _, name := range []string{"Halvorsen", "Tom Halvorsen", "Tomas Halvorsen"} {
		if got := own.Leader(name, day("2023-05-01")); len(got) != 1 || got[0].Country != "NOR" || got[0].Function != "minister" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := own.OwnPersons(); len(got) != 2 || got[1].Name != "Mira Sandoval" || got[1].Country != "" {
		t.Errorf("own persons: %+v", got)
	}
	var forms []string
	for _, n := range own.Names("id") {
		forms = append(forms, n.Forms+"="+n.Kind+":"+n.Code)
	}
	if got, want := strings.Join(forms, ", "), "Sanur=place:sanur-beach, Pacific Climate Compact|PCC=organization:PACC, World Body=organization:UNO, Pakta Iklim=organization:PACC"; got != want {
		t.Errorf("names: %s", got)
	}
	if got := own.Names("en"); len(got) != 3 {
		t.Errorf("a name of one language is one of another: %+v", got)
	}
	if w.Sum() != "" || len(own.Sum()) != 12 {
		t.Errorf("sums %q and %q", w.Sum(), own.Sum())
	}
}

func TestWithNamesEveryMistake(t *testing.T) {
	big := "name\n" + strings.Repeat("x", 17<<20)
	for name, tt := range map[string]struct {
		tables map[string]string
		want   []string
	}{
		"nothing":        {map[string]string{"README": "x"}, []string{"holds none of states.tsv"}},
		"a strange name": {map[string]string{"org.tsv": "x", "persons.tsv": "name\nA B\n"}, []string{"org.tsv: no table of that name"}},
		"columns":        {map[string]string{"persons.tsv": "name\tfunktion\tname\nA\tB\tC\n", "names.tsv": "lang\nid\n"}, []string{`persons.tsv:1: unknown column "funktion"`, `persons.tsv:1: column "name" stands twice`, `names.tsv:1: column "name" is missing`, `names.tsv:1: column "code" is missing`}},
		"no columns":     {map[string]string{"persons.tsv": "# nothing\n"}, []string{"persons.tsv: has no line that names the columns"}},
		"persons": {
			map[string]string{"persons.tsv": "name\tcountry\tfunction\tfrom\tto\n\tPER\t\t\t\nA B\tPER\tking\t\t\nC D\tPER\t\t2020-13\t\nE F\tPER\t\t2020\t2019\nG H\tXYZ\t\t\t\nI J\tPER\t\t\t\nI J\tPER\t\t\t\n"},
			[]string{"persons.tsv:2: a person needs a name", `persons.tsv:3: unknown function "king"`, `persons.tsv:4: from is YYYY, YYYY-MM or YYYY-MM-DD, not "2020-13"`, "persons.tsv:5: ends (2019) before it begins (2020)", "persons.tsv:8: I J, other of PER from stands twice, first in line 7", `persons.tsv:6: country: the world has no state or organization "XYZ"`},
		},
		"organizations": {
			map[string]string{"organizations.tsv": "code\tname\tkind\tparent\tmembers\nabc\tX\tngo\t\t\nABC\tX\tclub\t\t\nABD\t\tngo\t\t\nABE\tX\tngo\tNOPE\tFJI XYZ\n"},
			[]string{"organizations.tsv:2: code is capital letters", `organizations.tsv:3: unknown kind "club"`, "organizations.tsv:4: an organization needs a code and a name", `organizations.tsv:5: parent: the world has no organization "NOPE"`, `organizations.tsv:5: members: the world has no state or organization "XYZ"`},
		},
		"places":   {map[string]string{"places.tsv": "key\tname\tcountry\tkind\tlat\tlon\nX Y\tX\t\t\t\t\nxy\tX\tXYZ\tcity\t\t\nxz\tX\tPER\tcity\t91\t0\n"}, []string{"places.tsv:2: key is small letters", `places.tsv:4: "91" is no latitude`, `places.tsv:3: country: the world has no state "XYZ"`}},
		"states":   {map[string]string{"states.tsv": "iso3\tcow\nper\t\nPER\tmany\n"}, []string{"states.tsv:2: iso3 is three capital letters", `states.tsv:3: "many" is no COW number`}},
		"names":    {map[string]string{"names.tsv": "name\tcode\n|\tUNO\nX\t\n"}, []string{"names.tsv:2: the row has no name", "names.tsv:3: the row has no code"}},
		"cells":    {map[string]string{"persons.tsv": "name\nA B\tC\n" + strings.Repeat("y", 3000) + "\n"}, []string{"persons.tsv:2: 2 cells under 1 columns", "persons.tsv:3: a cell is longer than 2000 bytes"}},
		"encoding": {map[string]string{"persons.tsv": "name\n\xff\n"}, []string{"persons.tsv: table is not UTF-8"}},
		"size":     {map[string]string{"persons.tsv": big}, []string{"persons.tsv: table is larger than 16 MB"}},
		"rows":     {map[string]string{"persons.tsv": "name\n" + strings.Repeat("#\n", 200_001) + "A B\n"}, []string{"more than 200000 lines"}},
	} {
		_, err := load(t).With(folder(tt.tables), nil)
		var problems world.Problems
		if !errors.As(err, &problems) || len(problems) != len(tt.want) {
			t.Errorf("%s: got %v, want %d problems", name, err, len(tt.want))
			continue
		}
		for i, want := range tt.want {
			if !strings.Contains(problems[i].Error(), want) {
				t.Errorf("%s: got %q, want %q", name, problems[i], want)
			}
		}
	}
}

func TestExampleFolder(t *testing.T) {
	if _, err := load(t).With(os.DirFS("../examples/world"), nil); err != nil {
		t.Error(err)
	}
}

func FuzzWith(f *testing.F) {
	f.Add("name\tcountry\nA B\tPER\n", "name\tcode\nX\tUNO\n")
	f.Add("name\tname\n", "\xff")
	w := load(f)
	f.Fuzz(func(t *testing.T, persons, names string) {
		own, err := w.With(folder(map[string]string{"persons.tsv": persons, "names.tsv": names}), nil)
		var problems world.Problems
		switch {
		case err == nil && len(own.Leaders()) != len(w.Leaders())+len(own.OwnPersons()):
			t.Error("leaders were lost")
		case err != nil && !errors.As(err, &problems):
			t.Errorf("an error of no file: %v", err)
		}
	})
}
