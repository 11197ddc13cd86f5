package record

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed ui.tsv
var uiTable string

// Words are the phrases of one language of the interface. It is read-only and
// safe for concurrent use.
type Words struct {
	Lang    string
	phrases map[string]string
}

// UI returns the phrases of a language of the interface: "en" or "id". The
// language of the interface has nothing to do with the language of a story.
func UI(lang string) (*Words, error) {
	w := &Words{Lang: lang, phrases: map[string]string{}}
	col := -1
	for line := range strings.Lines(uiTable) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if col < 0 {
			for i, c := range cells {
				if c == lang && i > 0 {
					col = i
				}
			}
			if col < 0 {
				return nil, fmt.Errorf("the interface does not speak %q; it speaks %s", lang, strings.Join(cells[1:], ", "))
			}
			continue
		}
		w.phrases[cells[0]] = cells[col]
	}
	return w, nil
}

// Say returns a phrase; codes that the table does not have stand for
// themselves.
func (w *Words) Say(key string) string {
	if s, ok := w.phrases[key]; ok {
		return s
	}
	return key
}
