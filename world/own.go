package world

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"
)

// Bounds of a folder that a user gives, so that none can exhaust memory.
const (
	maxOwnRows  = 200_000 // of each table
	maxOwnCell  = 2_000   // bytes
	maxProblems = 50      // told of one folder
)

// Name is a row of a user's names.tsv, or what a table gives beside the name of
// a row ("aliases"): forms by which copy calls something. Package lang compiles
// it; an empty Lang stands for every language.
type Name struct {
	Lang, Forms, Kind, Code, Form, Place, Guard, Alt string

	File string
	Line int
}

// Errorf makes an error that names the row's file and line.
func (n Name) Errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", n.File, n.Line, fmt.Sprintf(format, args...))
}

// Problems is the error of a folder with mistakes: each names file, line and
// reason.
type Problems []error

// Error tells all problems, one a line.
func (p Problems) Error() string {
	lines := make([]string, 0, len(p))
	for i, err := range p {
		if i == maxProblems {
			lines = append(lines, fmt.Sprintf("and %d more", len(p)-i))
			break
		}
		lines = append(lines, err.Error())
	}
	return strings.Join(lines, "\n")
}

// ownTable is a table that a user may give.
type ownTable struct {
	file   string
	cols   []string
	needed []string
	add    func(*own, row) error
}

func ownTables() []ownTable {
	return []ownTable{
		{"states.tsv", []string{"iso3", "iso2", "cameo", "fips", "cow", "name", "aliases", "capital", "place", "lat", "lon", "status", "rule", "family"}, []string{"iso3"}, (*own).state},
		{"places.tsv", []string{"key", "name", "aliases", "country", "kind", "lat", "lon"}, []string{"key"}, (*own).place},
		{"organizations.tsv", []string{"code", "cameo", "country3", "kind", "name", "aliases", "parent", "members"}, []string{"code"}, (*own).org},
		{"persons.tsv", []string{"name", "surname", "aliases", "country", "function", "from", "to"}, []string{"name"}, (*own).person},
		{"names.tsv", []string{"name", "lang", "kind", "code", "form", "place", "guard", "alt"}, []string{"name", "code"}, (*own).name},
	}
}

// own is the work of laying a user's folder over a world.
type own struct {
	*World
	persons  []Leader
	lines    map[string]int // "file code" -> line
	problems Problems
	refers   []row // rows whose codes are looked up when all tables are read
}

// With lays a user's tables over those of w: states.tsv, places.tsv,
// organizations.tsv, persons.tsv and names.tsv, none of which need be there, of
// at most 16 MB and 200,000 rows. A row whose code w has changes the cells that
// it fills, any other row adds. w stays as it was. check, which may be nil, looks
// at what this package cannot judge. All mistakes of the folder are told at once,
// as [Problems].
func (w *World) With(fsys fs.FS, check func(*World) Problems) (*World, error) {
	o := &own{lines: map[string]int{}, World: &World{
		states: slices.Clone(w.states), orgs: slices.Clone(w.orgs), places: slices.Clone(w.places), names: slices.Clone(w.names),
	}}
	o.reindex()
	sum := sha256.New()
	found := 0
	for _, t := range ownTables() {
		data, ok := o.read(fsys, t.file)
		if !ok {
			continue
		}
		found++
		fmt.Fprintf(sum, "%s %d\n", t.file, len(data))
		sum.Write(data)
		o.table(t, string(data))
	}
	o.strangers(fsys)
	if found == 0 && len(o.problems) == 0 {
		return nil, Problems{errors.New("holds none of " + tableNames())}
	}
	o.reindex()
	o.refersTo()
	if check != nil {
		o.problems = append(o.problems, check(o.World)...)
	}
	if len(o.problems) > 0 {
		return nil, o.problems
	}
	o.leaders = append(o.persons, w.leaders...)
	o.ownPersons = len(o.persons) + w.ownPersons
	o.indexLeaders()
	o.sum = w.sum + hex.EncodeToString(sum.Sum(nil))[:12]
	return o.World, nil
}

// Sum tells a world with a user's tables from others: a short hash of them, ""
// for the tables of the program alone.
func (w *World) Sum() string { return w.sum }

// Names returns the user's names for a language.
func (w *World) Names(lang string) []Name {
	var out []Name
	for _, n := range w.names {
		if n.Lang == "" || n.Lang == lang {
			out = append(out, n)
		}
	}
	return out
}

// AllNames returns the user's names for all languages.
func (w *World) AllNames() []Name { return slices.Clone(w.names) }

// OwnPersons returns the user's persons.
func (w *World) OwnPersons() []Leader { return slices.Clone(w.leaders[:w.ownPersons]) }

func tableNames() string {
	var names []string
	for _, t := range ownTables() {
		names = append(names, t.file)
	}
	return strings.Join(names, ", ")
}

// read reads a table of at most maxTableBytes; it reports false where there is
// none or it cannot be used.
func (o *own) read(fsys fs.FS, file string) ([]byte, bool) {
	f, err := fsys.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false
	}
	var data []byte
	if err == nil {
		defer f.Close()
		data, err = io.ReadAll(io.LimitReader(f, maxTableBytes+1))
	}
	switch {
	case err != nil:
		err = fmt.Errorf("%s: %w", file, err)
	case len(data) > maxTableBytes:
		err = fmt.Errorf("%s: table is larger than %d MB", file, maxTableBytes>>20)
	case !utf8.Valid(data):
		err = fmt.Errorf("%s: table is not UTF-8", file)
	default:
		return data, true
	}
	o.problems = append(o.problems, err)
	return nil, false
}

// strangers names tables that nobody reads: a misspelled name would go unseen.
func (o *own) strangers(fsys fs.FS) {
	names, err := fs.Glob(fsys, "*.tsv")
	if err != nil {
		o.problems = append(o.problems, err)
	}
	for _, name := range names {
		if !slices.ContainsFunc(ownTables(), func(t ownTable) bool { return t.file == name }) {
			o.problems = append(o.problems, fmt.Errorf("%s: no table of that name; known are %s", name, tableNames()))
		}
	}
}

// table reads the rows of one table.
func (o *own) table(t ownTable, data string) {
	r := row{file: t.file}
	for line := range strings.Lines(strings.TrimPrefix(data, "\ufeff")) {
		r.line++
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch {
		case r.cols == nil:
			r.cols = cells
			if !o.header(t, r) {
				return
			}
			continue
		case r.line > maxOwnRows:
			o.fail(r.errorf("more than %d lines", maxOwnRows))
			return
		case len(cells) > len(r.cols):
			o.fail(r.errorf("%d cells under %d columns", len(cells), len(r.cols)))
			continue
		case slices.ContainsFunc(cells, func(c string) bool { return len(c) > maxOwnCell }):
			o.fail(r.errorf("a cell is longer than %d bytes", maxOwnCell))
			continue
		}
		r.cells = cells
		o.fail(t.add(o, r))
	}
	if r.cols == nil {
		o.fail(fmt.Errorf("%s: has no line that names the columns; known are %s", t.file, strings.Join(t.cols, ", ")))
	}
}

func (o *own) fail(err error) {
	if err != nil {
		o.problems = append(o.problems, err)
	}
}

// header checks the names of the columns.
func (o *own) header(t ownTable, r row) bool {
	before := len(o.problems)
	for i, c := range r.cols {
		switch {
		case !slices.Contains(t.cols, c):
			o.fail(r.errorf("unknown column %q; known are %s (parted by tabs)", c, strings.Join(t.cols, ", ")))
		case slices.Contains(r.cols[:i], c):
			o.fail(r.errorf("column %q stands twice", c))
		}
	}
	for _, c := range t.needed {
		if !slices.Contains(r.cols, c) {
			o.fail(r.errorf("column %q is missing", c))
		}
	}
	return len(o.problems) == before
}

// once refuses a code that the folder has twice.
func (o *own) once(r row, code string) error {
	key := r.file + " " + code
	if at := o.lines[key]; at > 0 {
		return r.errorf("%s stands twice, first in line %d", code, at)
	}
	o.lines[key] = r.line
	return nil
}

func (o *own) reindex() {
	o.World.state = make(map[string]int, len(o.states))
	o.World.org = make(map[string]int, len(o.orgs))
	o.World.place = make(map[string]int, len(o.places))
	for i := range o.states {
		o.World.state[o.states[i].ISO3] = i
	}
	for i := range o.orgs {
		o.World.org[o.orgs[i].Code] = i
	}
	for i := range o.places {
		o.World.place[o.places[i].Key] = i
	}
}
