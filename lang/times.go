package lang

import (
	"fmt"

	"kawat/when"
)

// Times compiles the pack's table of time words, times.tsv.
func (p *Pack) Times() (*when.Finder, error) {
	t, err := p.Table("times.tsv")
	if err != nil {
		return nil, err
	}
	rows := make([]when.Row, len(t.Rows))
	for i, r := range t.Rows {
		rows[i] = when.Row{
			Kind: r.Get("kind"), Form: r.Get("form"), Value: r.Get("value"),
			Place: r.Get("place"), Needs: r.Get("needs"),
			Where: fmt.Sprintf("%s:%d", r.File, r.Line),
		}
	}
	return when.New(rows)
}
