// Package lang loads language packs. A pack is a folder that holds everything
// that is particular to one language, as data: pack.json, tables of names,
// titles, cues and frames, and trained models. Nothing outside this package
// asks which language a story is in; the stages ask the pack.
//
// What comes in is a folder (embedded, or given by the user); what goes out is
// a [Pack] whose tables name their files and lines, so that errors can. The
// package does not know what the columns mean: each stage compiles the tables
// that it owns. For example
//
//	packs, err := lang.Open()
//	pack, ok := packs.Pack("id")
//	cues, err := pack.Table("cues.tsv")
package lang

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sort"
	"sync"

	"kawat/world"
)

//go:embed packs
var embedded embed.FS

// Meta is the content of a pack's pack.json.
type Meta struct {
	Code    string `json:"code"`              // ISO 639-1, such as "id"
	Name    string `json:"name"`              // English name of the language
	Native  string `json:"native"`            // its own name
	Version string `json:"version"`           // changes whenever the pack does
	Extends string `json:"extends,omitempty"` // code of the pack whose tables and models this one adds to
	// Inherit says, by table, which rows are not taken over from there; rows add where it is silent.
	Inherit map[string]Inherit `json:"inherit,omitempty"`
	Licence string             `json:"licence"` // of the tables
	// Models describes how the trained models were made; see `kawat train`.
	Models json.RawMessage `json:"models,omitempty"`
}

// Pack is one language. It is read-only and safe for concurrent use.
type Pack struct {
	Meta
	layers []layer // own folder first, then those of the packs it extends

	stem stemmers

	gaz struct { // the gazetteer, made when first asked for
		sync.Mutex
		world *world.World
		made  *Gazetteer
	}
}

type layer struct {
	name    string // for error messages, such as "packs/id"
	fsys    fs.FS
	inherit map[string]Inherit
}

// Packs are the languages that one Reader knows.
type Packs struct {
	packs    map[string]*Pack
	codes    []string
	detector *detector
}

// Open finds the embedded packs and those in further folders, each of which
// holds pack.json itself. A folder whose code is already known lies over the
// known pack: its tables come first and its models win.
func Open(dirs ...fs.FS) (*Packs, error) {
	root, err := fs.Sub(embedded, "packs")
	if err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(root, ".")
	if err != nil {
		return nil, err
	}
	ps := &Packs{packs: map[string]*Pack{}, detector: newDetector()}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		sub, err := fs.Sub(root, e.Name())
		if err != nil {
			return nil, err
		}
		if err := ps.add("packs/"+e.Name(), sub); err != nil {
			return nil, err
		}
	}
	for i, dir := range dirs {
		if err := ps.add(fmt.Sprintf("pack folder %d", i+1), dir); err != nil {
			return nil, err
		}
	}
	return ps, ps.extend()
}

func (ps *Packs) add(name string, fsys fs.FS) error {
	data, err := fs.ReadFile(fsys, "pack.json")
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var m Meta
	if err := json.Unmarshal(data, &m); err != nil {
		return fmt.Errorf("%s/pack.json: %w", name, err)
	}
	if m.Code == "" || m.Version == "" {
		return fmt.Errorf("%s/pack.json: code and version must be given", name)
	}
	l := layer{name: name, fsys: fsys, inherit: m.Inherit}
	if old, ok := ps.packs[m.Code]; ok {
		old.layers = append([]layer{l}, old.layers...)
		old.Version += "+" + m.Version
		return nil
	}
	ps.packs[m.Code] = &Pack{Meta: m, layers: []layer{l}}
	ps.codes = append(ps.codes, m.Code)
	sort.Strings(ps.codes)
	return nil
}

// extend appends the layers of extended packs, refusing cycles.
func (ps *Packs) extend() error {
	own := make(map[string][]layer, len(ps.packs))
	for code, p := range ps.packs {
		own[code] = p.layers
	}
	for _, code := range ps.codes {
		p, seen := ps.packs[code], []string{code}
		for next := p.Extends; next != ""; next = ps.packs[next].Extends {
			if ps.packs[next] == nil {
				return fmt.Errorf("pack %s extends %q, which is not there", code, next)
			}
			if slices.Contains(seen, next) {
				return fmt.Errorf("pack %s extends itself over %v", code, seen)
			}
			seen = append(seen, next)
			p.layers = append(p.layers[:len(p.layers):len(p.layers)], own[next]...)
		}
	}
	return nil
}

// Pack returns the pack with a code.
func (ps *Packs) Pack(code string) (*Pack, bool) {
	p, ok := ps.packs[code]
	return p, ok
}

// Codes returns the codes of all packs in order.
func (ps *Packs) Codes() []string { return slices.Clone(ps.codes) }

// Table reads a table. Rows of the pack itself come before rows of the pack
// that it extends, of which those that it replaces are left out; see [Inherit].
// A table that no layer has is empty, not an error: a young pack need not have
// every table.
func (p *Pack) Table(name string) (*Table, error) {
	t := &Table{Name: name}
	var above inheritance
	for _, l := range p.layers {
		data, err := fs.ReadFile(l.fsys, name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s/%s: %w", l.name, name, err)
		}
		from := len(t.Rows)
		if err == nil {
			if err := t.parse(l.name+"/"+name, data); err != nil {
				return nil, err
			}
			above.drop(t, from)
		}
		if err := above.above(t, l.inherit[name], from); err != nil {
			return nil, fmt.Errorf("%s/%w", l.name, err)
		}
	}
	return t, nil
}

// File returns the bytes of the first layer's file of that name, such as a
// model; an error that is fs.ErrNotExist if no layer has it.
func (p *Pack) File(name string) ([]byte, error) {
	for _, l := range p.layers {
		data, err := fs.ReadFile(l.fsys, name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return data, err
		}
	}
	return nil, fmt.Errorf("pack %s: %s: %w", p.Code, name, fs.ErrNotExist)
}

// Tables returns the names of all tables of the pack, in order.
func (p *Pack) Tables() ([]string, error) {
	seen := map[string]bool{}
	for _, l := range p.layers {
		names, err := fs.Glob(l.fsys, "*.tsv")
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.name, err)
		}
		for _, n := range names {
			seen[n] = true
		}
	}
	out := make([]string, 0, len(seen))
	for n := range seen {
		out = append(out, n)
	}
	sort.Strings(out)
	return out, nil
}
