package lang_test

import (
	"strings"
	"testing"

	"kawat/lang"
	"kawat/story"
	"kawat/world"
)

// formsOf calls yield for each form of each row of a pack's own names.tsv.
func formsOf(t *testing.T, code string, yield func(r lang.Row, form string)) {
	t.Helper()
	packs, err := lang.Open()
	if err != nil {
		t.Fatal(err)
	}
	p, _ := packs.Pack(code)
	table, err := p.Table("names.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range table.Rows {
		for _, form := range r.List("name") {
			yield(r, form)
		}
	}
}

// Every form must lead to its own row: a second row of the same words would
// never be found.
func TestEveryNameLeadsToItsRow(t *testing.T) {
	for _, code := range []string{"en", "id"} {
		g := gazetteer(t, code)
		formsOf(t, code, func(r lang.Row, form string) {
			n, ok := g.Lookup(form)
			if !ok || n.Code != r.Get("code") || n.Form.String() != r.Get("form") {
				t.Errorf("%s:%d: %q leads to %s (%s), not to %s (%s)", r.File, r.Line, form, n.Code, n.Form, r.Get("code"), r.Get("form"))
			}
		})
	}
}

func TestEveryStateHasNames(t *testing.T) {
	w, err := world.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"en", "id"} {
		g := gazetteer(t, code)
		named, capital := map[string]bool{}, map[string]bool{}
		adjective := map[string]bool{}
		formsOf(t, code, func(r lang.Row, _ string) {
			if r.Get("kind") != "state" {
				return
			}
			switch r.Get("form") {
			case "name":
				named[r.Get("code")] = true
			case "capital":
				capital[r.Get("code")] = true
			case "adjective":
				adjective[r.Get("code")] = true
			}
		})
		for _, s := range w.States() {
			if !named[s.ISO3] {
				t.Errorf("%s: %s has no name", code, s.ISO3)
			}
			if s.Status == world.Member && !capital[s.ISO3] && s.ISO3 != "SGP" && s.ISO3 != "DJI" {
				t.Errorf("%s: the capital of %s has no name", code, s.ISO3)
			}
			if code == "en" && s.Status == world.Member && !adjective[s.ISO3] && s.ISO3 != "LIE" && s.ISO3 != "DMA" && s.ISO3 != "STP" && s.ISO3 != "NZL" && s.ISO3 != "COG" {
				t.Errorf("%s has no adjective", s.ISO3)
			}
		}
		for _, o := range w.Orgs() {
			if _, ok := g.Lookup(o.NameEN); code == "en" && !ok && o.Kind == world.Intergovernmental {
				t.Errorf("%s: the English name %q is not in the table", o.Code, o.NameEN)
			}
		}
	}
}

// A guard without a sentence that shows the other meaning is a whim.
func TestGuardedNamesHaveExamples(t *testing.T) {
	for _, code := range []string{"en", "id"} {
		formsOf(t, code, func(r lang.Row, form string) {
			if example := r.Get("example"); r.Get("guard") != "" && !strings.Contains(strings.ToLower(world.Fold(example)), world.Fold(form)) && len(r.List("name")) == 1 {
				t.Errorf("%s:%d: the example of %q does not hold it: %q", r.File, r.Line, form, example)
			}
		})
	}
}

// What copy says, told in both packs.
func TestNamesOfTheNews(t *testing.T) {
	g := map[string]*lang.Gazetteer{"en": gazetteer(t, "en"), "id": gazetteer(t, "id")}
	for _, tt := range []struct {
		pack, text string
		kind       story.EntityKind
		code, c3   string
	}{
		{"id", "DK PBB", story.Organization, "UNSC", "UNO"},
		{"id", "Dewan Keamanan PBB", story.Organization, "UNSC", "UNO"},
		{"id", "Organisasi Kerja Sama Shanghai", story.Organization, "SCO", "SCO"},
		{"id", "OKI", story.Organization, "OIC", "OIC"},
		{"id", "GNB", story.Organization, "NON", "NON"},
		{"id", "Asean", story.Organization, "ASN", "ASN"},
		{"id", "Hizbullah", story.Organization, "HEZBOLLAH", "LBN"},
		{"id", "Negeri Tirai Bambu", story.State, "CHN", "CHN"},
		{"id", "negeri Tirai Bambu", story.State, "CHN", "CHN"},
		{"id", "Tiongkok", story.State, "CHN", "CHN"},
		{"id", "RRT", story.State, "CHN", "CHN"},
		{"id", "Korsel", story.State, "KOR", "KOR"},
		{"id", "KORSEL", story.State, "KOR", "KOR"},
		{"id", "Inggris", story.State, "GBR", "GBR"},
		{"id", "Gedung Putih", story.State, "USA", "USA"},
		{"id", "Moskwa", story.State, "RUS", "RUS"},
		{"id", "Wina", story.State, "AUT", "AUT"},
		{"id", "Jenewa", story.Place, "geneva", "CHE"},
		{"id", "Tepi Barat", story.Place, "west-bank", "PSE"},
		{"id", "Jalur Gaza", story.Place, "gaza", "PSE"},
		{"id", "Afrika Selatan", story.State, "ZAF", "ZAF"},
		{"id", "Amerika Selatan", story.Place, "south-america", ""},
		{"en", "U.N. Security Council", story.Organization, "UNSC", "UNO"},
		{"en", "European Commission", story.Organization, "EUCOM", "EUU"},
		{"en", "IAEA", story.Organization, "IAE", "IAE"},
		{"en", "Nato", story.Organization, "NAT", "NAT"},
		{"en", "OPEC+", story.Organization, "OPECPLUS", "OPC"},
		{"en", "Hamas", story.Organization, "HAMAS", "PSE"},
		{"en", "al-Shabaab", story.Organization, "SHABAAB", "SOM"},
		{"en", "Al-Shabaab", story.Organization, "SHABAAB", "SOM"},
		{"en", "Burma", story.State, "MMR", "MMR"},
		{"en", "DPRK", story.State, "PRK", "PRK"},
		{"en", "Elysee", story.State, "FRA", "FRA"},
		{"en", "Élysée", story.State, "FRA", "FRA"},
		{"en", "The Hague", story.State, "NLD", "NLD"},
		{"en", "Sharm el-Sheikh", story.Place, "sharm-el-sheikh", "EGY"},
		{"en", "St. Petersburg", story.Place, "saint-petersburg", "RUS"},
		{"en", "Xi'an", story.Place, "xian", "CHN"},
		{"en", "Nagorno-Karabakh", story.Place, "nagorno-karabakh", "AZE"},
	} {
		n, ok := g[tt.pack].Lookup(tt.text)
		if !ok || n.Kind != tt.kind || n.Code != tt.code || n.Country != tt.c3 {
			t.Errorf("%s %q: got %s %q of %q, want %s %q of %q", tt.pack, tt.text, n.Kind, n.Code, n.Country, tt.kind, tt.code, tt.c3)
		}
	}
	for _, text := range []string{"who", "Who", "us", "Us", "turkey", "polish", "who's"} {
		if n, ok := g["en"].Lookup(text); ok {
			t.Errorf("en %q: got %s", text, n.Code)
		}
	}
	for _, text := range []string{"as", "As", "iran", "Menteri"} {
		if n, ok := g["id"].Lookup(text); ok {
			t.Errorf("id %q: got %s", text, n.Code)
		}
	}
}

func TestCapitalsInHeadlinesTellNothing(t *testing.T) {
	g := gazetteer(t, "en")
	if n, _, ok := g.At(cut("AND WHO WILL PAY FOR IT ?"), 2); ok {
		t.Errorf("got %s", n.Code)
	}
	if n, _, _ := g.At(cut("The WHO will pay for it ."), 2); n.Code != "WHO" {
		t.Errorf("got %q", n.Code)
	}
}
