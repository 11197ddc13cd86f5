package lang

import (
	"fmt"
	"slices"
	"strings"
)

// Inherit says which rows of a table a pack does not take over from the pack
// that it extends. Malay has its own "Mac" but the same "April"; an Indonesian
// "pejabat" is an official and a Malay one an office.
type Inherit struct {
	// Key names the columns by which a row of this pack replaces inherited
	// rows: those whose cells are the same. Without it rows only add.
	Key []string `json:"key,omitempty"`
	// Without lists cells of the first column whose inherited rows are left out.
	Without []string `json:"without,omitempty"`
}

// inheritance is what the layers read so far say about the rows below them.
type inheritance struct {
	replaced map[string]bool
	without  []string
	keys     [][]string
}

// above takes in what a layer says about a table, whose rows from the given
// one on are the layer's own.
func (h *inheritance) above(t *Table, in Inherit, from int) error {
	for _, col := range in.Key {
		if t.cols != nil && !t.Has(col) {
			return fmt.Errorf("pack.json: %s has no column %q to inherit by", t.Name, col)
		}
	}
	h.without = append(h.without, in.Without...)
	if len(in.Key) == 0 {
		return nil
	}
	h.keys = append(h.keys, in.Key)
	if h.replaced == nil {
		h.replaced = map[string]bool{}
	}
	for _, row := range t.Rows[from:] {
		h.replaced[row.key(in.Key)] = true
	}
	return nil
}

// drop leaves out the rows, from the given one on, that layers above replace
// or do without.
func (h *inheritance) drop(t *Table, from int) {
	if len(h.keys) == 0 && len(h.without) == 0 {
		return
	}
	kept := slices.DeleteFunc(t.Rows[from:], func(r Row) bool {
		return slices.Contains(h.without, r.Get(t.Cols[0])) ||
			slices.ContainsFunc(h.keys, func(cols []string) bool { return h.replaced[r.key(cols)] })
	})
	t.Rows = t.Rows[:from+len(kept)]
}

// key joins the cells of columns, in small letters, with their names.
func (r Row) key(cols []string) string {
	var b strings.Builder
	for _, c := range cols {
		b.WriteString(c + "\t" + strings.ToLower(r.Get(c)) + "\t")
	}
	return b.String()
}
