package syntax

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Recipe says how a pack's models are trained. It lies in the pack as
// train.json, so that whoever has the treebanks can make the same models, byte
// for byte.
type Recipe struct {
	Seed   uint64 `json:"seed"`
	Epochs int    `json:"epochs"`
	// Styles are the treebanks' conventions that models are made for. The
	// first is the default and goes to syntax.model, another one to
	// syntax-<style>.model.
	Styles    []string   `json:"styles"`
	Treebanks []Treebank `json:"treebanks"`
	Dev       []Treebank `json:"dev"`
	Raw       *Raw       `json:"raw,omitempty"`
	// Prune leaves out features of the parser whose largest averaged weight is
	// under this many hundredths; PruneTags those of the tagger.
	Prune     int `json:"prune"`
	PruneTags int `json:"prune_tags"`
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
	if r.Epochs == 0 {
		r.Epochs = 8
	}
	return r, nil
}

// domains numbers the styles of the treebanks from 1; none where all agree.
func (r *Recipe) domains() map[string]int {
	d := map[string]int{"": 0}
	for _, t := range r.Treebanks {
		if _, ok := d[t.Style]; !ok {
			d[t.Style] = len(d)
		}
	}
	return d
}

// ModelFile returns the name of the file that a style's model is kept in.
func (r *Recipe) ModelFile(style string) string {
	if style == r.Styles[0] {
		return "syntax.model"
	}
	return "syntax-" + style + ".model"
}
