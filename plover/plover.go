// Package plover holds the code book's closed sets: the 16 PLOVER event types
// with quad classes and modes, the 37 contexts, and the CAMEO tree with
// Goldstein scores.
//
// Nothing comes in: the tables are embedded. What goes out are answers about
// codes. The package reads no stories and knows no language. For example
//
//	book, err := plover.New()
//	code, ok := book.Code("0311") // "intend economic cooperation", 5.2
//	typ, ok := book.TypeOf("0311") // AGREE
package plover

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

//go:embed cameo.tsv
var cameoTable string

//go:embed types.tsv
var typeTable string

//go:embed contexts.tsv
var contextTable string

//go:embed depth.tsv
var depthTable string

// The PLOVER event types.
const (
	Agree     = "AGREE"
	Consult   = "CONSULT"
	Support   = "SUPPORT"
	Concede   = "CONCEDE"
	Cooperate = "COOPERATE"
	Aid       = "AID"
	Retreat   = "RETREAT"
	Request   = "REQUEST"
	Accuse    = "ACCUSE"
	Reject    = "REJECT"
	Threaten  = "THREATEN"
	Protest   = "PROTEST"
	Sanction  = "SANCTION"
	Mobilize  = "MOBILIZE"
	Coerce    = "COERCE"
	Assault   = "ASSAULT"
)

// Quad is the class of a type by tone and by deed.
type Quad string

// The four quad classes.
const (
	VerbalCooperation   Quad = "verbal-cooperation"
	MaterialCooperation Quad = "material-cooperation"
	VerbalConflict      Quad = "verbal-conflict"
	MaterialConflict    Quad = "material-conflict"
)

// Number returns the class's number in event data sets, 1 to 4, 0 for none.
func (q Quad) Number() int {
	return 1 + slices.Index([]Quad{VerbalCooperation, MaterialCooperation, VerbalConflict, MaterialConflict}, q)
}

// Type is a PLOVER event type.
type Type struct {
	Name  string
	Label string
	Quad  Quad
	CAMEO string   // the code of an event of which only the type is known
	Roots []string // beginnings of the CAMEO codes that belong to the type
	Modes []string
}

// Code is a code of the CAMEO tree.
type Code struct {
	Code      string
	Label     string
	Goldstein float64
}

// Book is the code book. It is read-only and safe for concurrent use.
type Book struct {
	types    []Type
	contexts []string
	about    map[string][]string // contexts of beginnings of codes
	codes    map[string]Code
	order    []string
	depth    map[string][]depth // by general code, longer matters first
}

// depth is how a general code deepens by what the act is about.
type depth struct{ about, cameo, mode string }

// New reads the embedded tables.
func New() (*Book, error) {
	b := &Book{about: map[string][]string{}, codes: make(map[string]Code, 320)}
	for n, row := range rows(cameoTable) {
		if err := b.addCode(row); err != nil {
			return nil, fmt.Errorf("plover/cameo.tsv, row %d: %w", n+1, err)
		}
	}
	for n, row := range rows(typeTable) {
		if err := b.addType(row); err != nil {
			return nil, fmt.Errorf("plover/types.tsv, row %d: %w", n+1, err)
		}
	}
	if err := b.addDepth(); err != nil {
		return nil, fmt.Errorf("plover/depth.tsv: %w", err)
	}
	for _, row := range rows(contextTable) {
		if err := b.addContext(row); err != nil {
			return nil, fmt.Errorf("plover/contexts.tsv: %w", err)
		}
	}
	return b, nil
}

// rows splits a table at tabs, its comments and header left out.
func rows(table string) [][]string {
	var out [][]string
	header := true
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case line == "" || line[0] == '#':
		case header:
			header = false
		default:
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out
}

func (b *Book) addCode(row []string) error {
	if len(row) != 3 {
		return fmt.Errorf("%d cells, want 3", len(row))
	}
	c := Code{Code: row[0], Label: row[2]}
	if row[1] == "" {
		parent, ok := b.codes[c.Code[:len(c.Code)-1]]
		if !ok {
			return fmt.Errorf("%s has neither a score nor a code above it", c.Code)
		}
		c.Goldstein = parent.Goldstein
	} else {
		var err error
		if c.Goldstein, err = strconv.ParseFloat(row[1], 64); err != nil {
			return err
		}
	}
	b.codes[c.Code] = c
	b.order = append(b.order, c.Code)
	return nil
}

func (b *Book) addContext(row []string) error {
	if len(row) != 2 {
		return fmt.Errorf("%s: %d cells, want 2", row[0], len(row))
	}
	b.contexts = append(b.contexts, row[0])
	if row[1] == "" {
		return nil
	}
	for _, code := range strings.Split(row[1], "|") {
		if _, ok := b.codes[code]; !ok {
			return fmt.Errorf("%s: unknown CAMEO code %q", row[0], code)
		}
		b.about[code] = append(b.about[code], row[0])
	}
	return nil
}

// ContextsOf returns the contexts that a CAMEO code is about by itself, in the
// order of the table: signing a trade agreement (0311) is economic.
func (b *Book) ContextsOf(code string) []string {
	for ; len(code) >= 2; code = code[:len(code)-1] {
		if c := b.about[code]; c != nil {
			return slices.Clone(c)
		}
	}
	return nil
}

func (b *Book) addType(row []string) error {
	if len(row) != 6 {
		return fmt.Errorf("%d cells, want 6", len(row))
	}
	t := Type{Name: row[0], Quad: Quad(row[1]), Roots: strings.Split(row[2], "|"), CAMEO: row[3], Label: row[5]}
	if row[4] != "" {
		t.Modes = strings.Split(row[4], "|")
	}
	if t.Quad.Number() == 0 {
		return fmt.Errorf("unknown quad class %q", t.Quad)
	}
	if _, ok := b.codes[t.CAMEO]; !ok {
		return fmt.Errorf("unknown CAMEO code %q", t.CAMEO)
	}
	b.types = append(b.types, t)
	return nil
}

func (b *Book) addDepth() error {
	b.depth = make(map[string][]depth, 32)
	for n, row := range rows(depthTable) {
		if len(row) != 4 {
			return fmt.Errorf("row %d: %d cells, want 4", n+1, len(row))
		}
		for _, code := range [2]string{row[0], row[2]} {
			if _, ok := b.codes[code]; !ok {
				return fmt.Errorf("row %d: unknown CAMEO code %q", n+1, code)
			}
		}
		b.depth[row[0]] = append(b.depth[row[0]], depth{row[1], row[2], row[3]})
	}
	for _, list := range b.depth {
		slices.SortStableFunc(list, func(x, y depth) int { return len(y.about) - len(x.about) })
	}
	return nil
}

// Deepen returns the code of an act whose general code is base and which is
// about another act: asking (020) for the release of persons (0841) is 0253.
// mode is the PLOVER mode that the matter gives, empty for none. A code that
// already says more than its kind stays, and so does one about another matter.
func (b *Book) Deepen(base, about string) (cameo, mode string, ok bool) {
	for _, d := range b.depth[base] {
		if strings.HasPrefix(about, d.about) {
			return d.cameo, d.mode, true
		}
	}
	stem := strings.TrimSuffix(base, "0")
	if len(about) > len(stem) && len(base) > 2 && strings.HasPrefix(about, stem) && about[len(about)-1] != '0' {
		if _, ok := b.codes[about]; ok {
			return about, "", true
		}
	}
	return "", "", false
}

// Types returns the types in the order of the table.
func (b *Book) Types() []Type { return slices.Clone(b.types) }

// Contexts returns the contexts in the order of the table.
func (b *Book) Contexts() []string { return slices.Clone(b.contexts) }

// Codes returns every CAMEO code, a parent before its children.
func (b *Book) Codes() []string { return slices.Clone(b.order) }

// Type returns the type of a name.
func (b *Book) Type(name string) (Type, bool) {
	for _, t := range b.types {
		if t.Name == name {
			return t, true
		}
	}
	return Type{}, false
}

// Code returns a code of the CAMEO tree.
func (b *Book) Code(code string) (Code, bool) {
	c, ok := b.codes[code]
	return c, ok
}

// Goldstein returns a code's score between -10 and 10, that of the nearest
// code above it where the code itself is unknown, and 0 for none.
func (b *Book) Goldstein(code string) float64 {
	for ; len(code) >= 2; code = code[:len(code)-1] {
		if c, ok := b.codes[code]; ok {
			return c.Goldstein
		}
	}
	return 0
}

// TypeOf returns the type to which a CAMEO code belongs. Plain statements (01)
// belong to none.
func (b *Book) TypeOf(code string) (Type, bool) {
	for _, t := range b.types {
		for _, root := range t.Roots {
			if strings.HasPrefix(code, root) {
				return t, true
			}
		}
	}
	return Type{}, false
}

// HasMode reports whether a mode belongs to the type.
func (t Type) HasMode(mode string) bool { return slices.Contains(t.Modes, mode) }
