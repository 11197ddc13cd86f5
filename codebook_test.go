package kawat_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"kawat"
	"kawat/plover"
	"kawat/story"
)

// codebookRow is an example of docs/codebook.md.
type codebookRow struct {
	typ, mode, status string // mode "-": the type alone; status "": any
	id, en            string
}

// readCodebook takes the rows of examples out of the tables of the codebook.
func readCodebook(t *testing.T) []codebookRow {
	t.Helper()
	data, err := os.ReadFile("docs/codebook.md")
	if err != nil {
		t.Fatal(err)
	}
	var out []codebookRow
	typ := ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "### "):
			typ, _, _ = strings.Cut(strings.TrimPrefix(line, "### "), ":")
			continue
		case strings.HasPrefix(line, "## "):
			typ = ""
			continue
		case !strings.HasPrefix(line, "|"):
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch {
		case len(cells) == 3 && typ != "" && cells[0] != "mode" && !strings.HasPrefix(cells[0], "---"):
			out = append(out, codebookRow{typ: typ, mode: cells[0], id: cells[1], en: cells[2]})
		case len(cells) == 5 && strings.HasPrefix(cells[0], "`"):
			out = append(out, codebookRow{typ: cells[4], mode: "", status: strings.Trim(cells[0], "`"), id: cells[2], en: cells[3]})
		}
	}
	return out
}

// TestCodebook reads every example of docs/codebook.md: the book says what the
// program does.
func TestCodebook(t *testing.T) {
	book, err := plover.New()
	if err != nil {
		t.Fatal(err)
	}
	reader, err := kawat.New(kawat.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows := readCodebook(t)
	for _, row := range rows {
		for lang, text := range map[string]string{"id": row.id, "en": row.en} {
			st := &story.Story{ID: "codebook", Lang: lang, Text: text, Published: story.Published{Raw: "2024-05-15"}}
			if err := reader.Read(st); err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(st.Events, row.holds) {
				t.Errorf("%s %s %s: %q gives %s", row.typ, row.mode, row.status, text, eventLines(st))
			}
		}
	}
	for _, typ := range book.Types() {
		for _, mode := range append(slices.Clone(typ.Modes), "-") {
			if mode == "-" && len(typ.Modes) > 0 {
				continue
			}
			if !slices.ContainsFunc(rows, func(r codebookRow) bool { return r.typ == typ.Name && r.mode == mode }) {
				t.Errorf("docs/codebook.md has no example of %s %s", typ.Name, mode)
			}
		}
	}
}

func (r codebookRow) holds(ev story.Event) bool {
	if ev.Type != r.typ {
		return false
	}
	if r.status != "" {
		return string(ev.Status) == r.status
	}
	return r.mode == "-" || ev.Mode == r.mode
}

func eventLines(st *story.Story) string {
	var out []string
	for i := range st.Events {
		ev := &st.Events[i]
		out = append(out, ev.Type+" "+ev.Mode+" "+string(ev.Status)+" "+strings.Join(ev.ActorCountries, "+")+">"+strings.Join(ev.RecipientCountries, "+"))
	}
	return strings.Join(out, "; ")
}
