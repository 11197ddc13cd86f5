package kawat_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"kawat/lang"
)

// TestLanguagesDoc holds docs/languages.md to the packs: every table with its
// columns, and no table that is not there.
func TestLanguagesDoc(t *testing.T) {
	data, err := os.ReadFile("docs/languages.md")
	if err != nil {
		t.Fatal(err)
	}
	packs, err := lang.Open()
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]string{}
	for _, m := range regexp.MustCompile("`([a-z]+\\.tsv)` \\(([a-z_, ]+)\\)").FindAllStringSubmatch(string(data), -1) {
		told[m[1]] = m[2]
	}
	for _, code := range packs.Codes() {
		pack, _ := packs.Pack(code)
		tables, err := pack.Tables()
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range tables {
			table, err := pack.Table(name)
			if err != nil {
				t.Fatal(err)
			}
			if cols := strings.Join(table.Cols, ", "); told[name] != cols {
				t.Errorf("docs/languages.md tells the columns of %s as (%s), pack %s has (%s)", name, told[name], code, cols)
			}
		}
	}
}
