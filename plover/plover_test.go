package plover_test

import (
	"strings"
	"testing"

	"kawat/plover"
)

func mustBook(t *testing.T) *plover.Book {
	t.Helper()
	b, err := plover.New()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestClosedSets(t *testing.T) {
	b := mustBook(t)
	if n := len(b.Types()); n != 16 {
		t.Errorf("%d types, PLOVER has 16", n)
	}
	if n := len(b.Contexts()); n != 37 {
		t.Errorf("%d contexts, PLOVER has 37", n)
	}
	per := map[plover.Quad]int{}
	for _, typ := range b.Types() {
		per[typ.Quad]++
		if got, ok := b.TypeOf(typ.CAMEO); !ok || got.Name != typ.Name {
			t.Errorf("default code %s of %s belongs to %s", typ.CAMEO, typ.Name, got.Name)
		}
	}
	for q, n := range per {
		if q.Number() < 1 || q.Number() > 4 || n < 3 {
			t.Errorf("quad %s (number %d) has %d types", q, q.Number(), n)
		}
	}
}

func TestEveryCodeHasParentAndType(t *testing.T) {
	b := mustBook(t)
	for _, code := range b.Codes() {
		c, _ := b.Code(code)
		if c.Label == "" || c.Goldstein < -10 || c.Goldstein > 10 {
			t.Errorf("code %s: label %q, score %v", code, c.Label, c.Goldstein)
		}
		if len(code) > 2 {
			if _, ok := b.Code(code[:len(code)-1]); !ok {
				t.Errorf("code %s has no parent", code)
			}
		}
		_, ok := b.TypeOf(code)
		// "08" alone is CONCEDE or RETREAT, which only the third digit tells.
		if want := !strings.HasPrefix(code, "01") && code != "08"; ok != want {
			t.Errorf("code %s has a type: %v, want %v", code, ok, want)
		}
	}
}

func TestTypeOfAndGoldstein(t *testing.T) {
	b := mustBook(t)
	for _, c := range []struct {
		code, typ string
		score     float64
	}{
		{"0311", plover.Agree, 5.2},
		{"042", plover.Consult, 1.9},
		{"081", plover.Concede, 5.0},
		{"0874", plover.Retreat, 10.0},
		{"0871", plover.Retreat, 9.0},
		{"090", plover.Accuse, -2.0},
		{"1123", plover.Accuse, -2.0},
		{"026", plover.Request, 4.0},
		{"163", plover.Sanction, -8.0},
		{"1951", plover.Assault, -10.0},
		{"1639", plover.Sanction, -8.0},
	} {
		typ, ok := b.TypeOf(c.code)
		if !ok || typ.Name != c.typ {
			t.Errorf("TypeOf(%s) = %s, want %s", c.code, typ.Name, c.typ)
		}
		if got := b.Goldstein(c.code); got != c.score {
			t.Errorf("Goldstein(%s) = %v, want %v", c.code, got, c.score)
		}
	}
	if b.Goldstein("") != 0 || b.Goldstein("99") != 0 {
		t.Error("an unknown root has a score")
	}
}

func TestDeepen(t *testing.T) {
	b := mustBook(t)
	for _, c := range []struct{ base, about, want, mode string }{
		{"020", "0841", "0253", "yield"}, // asks to free prisoners
		{"030", "062", "0312", ""},       // plans an exercise
		{"120", "040", "125", "meet"},    // refuses to meet
		{"130", "1723", "1323", "restrict"},
		{"141", "0831", "1411", ""}, // a march for new leaders
		{"190", "1952", "1952", ""}, // an attack by drones
		{"1056", "0841", "", ""},    // says already what
		{"030", "163", "", ""},
	} {
		got, mode, ok := b.Deepen(c.base, c.about)
		if got != c.want || mode != c.mode || ok != (c.want != "") {
			t.Errorf("Deepen(%s, %s) = %q, %q, %v, want %q, %q", c.base, c.about, got, mode, ok, c.want, c.mode)
		}
	}
}

func TestContextsOf(t *testing.T) {
	b, err := plover.New()
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{"0311": "economic", "0312": "military", "0871": "military", "042": "diplomatic", "1621": "economic", "030": "", "2041": "cbrn"} {
		if got := strings.Join(b.ContextsOf(code), " "); got != want {
			t.Errorf("%s is about %q, want %q", code, got, want)
		}
	}
	if got := len(b.Contexts()); got != 37 {
		t.Errorf("%d contexts, PLOVER has 37", got)
	}
}
