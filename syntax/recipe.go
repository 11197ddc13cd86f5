package syntax

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"kawat/neural"
)

// Recipe says how a pack's models are trained. It lies in the pack as
// train.json, so that whoever has the treebanks can make the same models, byte
// for byte.
type Recipe struct {
	Seed   uint64 `json:"seed"`
	Epochs int    `json:"epochs"`
	// Styles are the treebanks' conventions, one of which trees can be asked to
	// follow; the first is the default.
	Styles    []string   `json:"styles"`
	Network   Network    `json:"network"`
	Treebanks []Treebank `json:"treebanks"`
	Dev       []Treebank `json:"dev"`
	Raw       *Raw       `json:"raw,omitempty"`
	Teachers  *Teachers  `json:"teachers,omitempty"` // none if left out
	// Undressed names the sorts of dress that no sentence is learned in: case,
	// quotes, marks, stops, names, hyphens.
	Undressed []string `json:"undressed,omitempty"`
	Made      *Made    `json:"made,omitempty"`
}

// Made says what came of the recipe, to be held against what comes of it again.
type Made struct {
	Model  string     `json:"model"`  // SHA-256 of syntax.model
	Tokens string     `json:"tokens"` // SHA-256 of the tokens.tsv that cut the plain text
	Scores []DevScore `json:"scores"`
	// Held are the scores of a model of the same recipe that did not see a part
	// of the treebanks, read on that part.
	Held []DevScore `json:"held,omitempty"`
}

// Network says how large the network is and how it is trained; widths are
// multiples of 16.
type Network struct {
	In         int     `json:"in"`     // of a word
	Hidden     int     `json:"hidden"` // of a layer in one direction
	Layers     int     `json:"layers"`
	Arc        int     `json:"arc"`
	Label      int     `json:"label"`
	Batch      int     `json:"batch"` // about how many words a step learns from
	Rate       float32 `json:"rate"`  // of learning, at its highest
	DropIn     float32 `json:"drop_in"`
	DropHidden float32 `json:"drop_hidden"`
	DropHead   float32 `json:"drop_head"`
}

// Treebank is one file of a treebank.
type Treebank struct {
	Name    string `json:"name"`    // such as "UD_Indonesian-CSUI"
	Release string `json:"release"` // such as "2.17"
	File    string `json:"file"`    // path under the data folder
	SHA256  string `json:"sha256"`
	Licence string `json:"licence"`
	Authors string `json:"authors"`
	Changes string `json:"changes,omitempty"` // what was changed, if anything
	Style   string `json:"style,omitempty"`   // whose conventions it follows; "" where all agree
	Lemmas  bool   `json:"lemmas"`            // whether its lemmas may be learned
	// LemmasOnly says that nothing but lemmas is learned from it, so that it may
	// still judge trees.
	LemmasOnly bool `json:"lemmas_only,omitempty"`
	// Featless says that it has no features, not that its words have none.
	Featless bool `json:"featless,omitempty"`
	Report   bool `json:"report,omitempty"` // part of it may be held out
	// Doubted says that a program made or changed its trees: where there are
	// teachers, half of the time a sentence is learned as they read it.
	Doubted bool `json:"doubted,omitempty"`
	// Own says that the file is one of the project's own sentences, in the
	// folder of drills.
	Own bool `json:"own,omitempty"`
}

// Raw is a file of plain text, one story a line, of which words that several
// stories share are sorted into clusters.
type Raw struct {
	File    string `json:"file"` // may be compressed with gzip
	SHA256  string `json:"sha256"`
	Stories int    `json:"stories"` // a word must stand in at least so many stories
}

// ReadRecipe reads and checks a recipe.
func ReadRecipe(data []byte) (*Recipe, error) {
	r := &Recipe{}
	if err := json.Unmarshal(data, r); err != nil {
		return nil, fmt.Errorf("train.json: %w", err)
	}
	if len(r.Treebanks) == 0 {
		return nil, errors.New("train.json: no treebanks")
	}
	if len(r.Styles) == 0 {
		r.Styles = []string{""}
	}
	for _, t := range slices.Concat(r.Treebanks, r.Dev) {
		if !slices.Contains(r.Styles, t.Style) {
			return nil, fmt.Errorf("train.json: treebank %s: style %q is none of %q", t.Name, t.Style, r.Styles)
		}
	}
	for _, sort := range r.Undressed {
		if !slices.Contains(dresses(), sort) {
			return nil, fmt.Errorf("train.json: no dress %q; there are %q", sort, dresses())
		}
	}
	if err := r.Network.complete(); err != nil {
		return nil, err
	}
	return r, r.Teachers.complete(r)
}

// complete fills in what a recipe leaves out, and checks the rest.
func (n *Network) complete() error {
	set := func(v *int, usual int) { *v = cmp.Or(*v, usual) }
	set(&n.In, 96)
	set(&n.Hidden, 128)
	set(&n.Layers, 2)
	set(&n.Arc, 96)
	set(&n.Label, 96)
	set(&n.Batch, 700)
	n.Rate = cmp.Or(n.Rate, 0.003)
	n.DropIn, n.DropHidden, n.DropHead = cmp.Or(n.DropIn, 0.15), cmp.Or(n.DropHidden, 0.25), cmp.Or(n.DropHead, 0.2)
	if n.Batch < 1 {
		return fmt.Errorf("train.json: batches of %d words", n.Batch)
	}
	for _, v := range []int{n.In, n.Hidden, n.Arc, n.Label} {
		if v < 1 || v > maxShape/2 || v%neural.Round(1) != 0 {
			return fmt.Errorf("train.json: width %d of the network: want a multiple of %d up to %d", v, neural.Round(1), maxShape/2)
		}
	}
	return nil
}

// leastStories is in how many texts a word must stand to have a vector.
func (r *Recipe) leastStories() int {
	if r.Raw == nil {
		return 2
	}
	return r.Raw.Stories
}

// domains numbers the styles of the treebanks as the recipe lists them.
func (r *Recipe) domains() map[string]int {
	d := map[string]int{}
	for i, s := range r.Styles {
		d[s] = i
	}
	return d
}

// modelFile is the file of a pack that its model is kept in.
const modelFile = "syntax.model"
