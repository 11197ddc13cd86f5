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
// Further tables of the same shape add phrases, or put others in their place.
func UI(lang string, more ...string) (*Words, error) {
	w := &Words{Lang: lang, phrases: map[string]string{}}
	for _, table := range append([]string{uiTable}, more...) {
		if err := w.add(table); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// add adds the phrases of a table: a header with the languages, a row a phrase,
// tab-separated; lines that begin with # are comments.
func (w *Words) add(table string) error {
	col := -1
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if col < 0 {
			for i, c := range cells {
				if c == w.Lang && i > 0 {
					col = i
				}
			}
			if col < 0 {
				return fmt.Errorf("the interface does not speak %q; it speaks %s", w.Lang, strings.Join(cells[1:], ", "))
			}
			continue
		}
		if col >= len(cells) {
			return fmt.Errorf("the phrase %q has no %q form", cells[0], w.Lang)
		}
		w.phrases[cells[0]] = cells[col]
	}
	return nil
}

// Say returns a phrase; codes that the table does not have stand for
// themselves.
func (w *Words) Say(key string) string {
	if s, ok := w.phrases[key]; ok {
		return s
	}
	return key
}
