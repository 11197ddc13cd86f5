package lang

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// under makes packs of which "yy" extends "xx" with what its pack.json says.
func under(t *testing.T, inherit string) *Pack {
	t.Helper()
	ps := &Packs{packs: map[string]*Pack{}, detector: newDetector()}
	for name, files := range map[string]map[string]string{
		"xx": {"pack.json": `{"code":"xx","version":"1"}`, "t.tsv": "word\tvalue\nMaret\t3\nApril\t4\npejabat\tofficial\n"},
		"yy": {"pack.json": `{"code":"yy","version":"1","extends":"xx"` + inherit + `}`, "t.tsv": "word\tvalue\nmaret\t33\nMac\t3\n"},
	} {
		fsys := fstest.MapFS{}
		for file, data := range files {
			fsys[file] = &fstest.MapFile{Data: []byte(data)}
		}
		if err := ps.add(name, fsys); err != nil {
			t.Fatal(err)
		}
	}
	if err := ps.extend(); err != nil {
		t.Fatal(err)
	}
	return ps.packs["yy"]
}

func TestInherit(t *testing.T) {
	for _, c := range []struct{ name, inherit, want string }{
		{"rows add", ``, "maret=33 Mac=3 Maret=3 April=4 pejabat=official"},
		{"rows of the same key replace", `,"inherit":{"t.tsv":{"key":["word"]}}`, "maret=33 Mac=3 April=4 pejabat=official"},
		{"rows are left out", `,"inherit":{"t.tsv":{"without":["pejabat","Mac"]}}`, "maret=33 Mac=3 Maret=3 April=4"},
		{"both", `,"inherit":{"t.tsv":{"key":["word"],"without":["pejabat"]}}`, "maret=33 Mac=3 April=4"},
		{"a key of two columns", `,"inherit":{"t.tsv":{"key":["word","value"]}}`, "maret=33 Mac=3 Maret=3 April=4 pejabat=official"},
		{"other tables are not meant", `,"inherit":{"u.tsv":{"without":["pejabat"]}}`, "maret=33 Mac=3 Maret=3 April=4 pejabat=official"},
	} {
		table, err := under(t, c.inherit).Table("t.tsv")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got []string
		for _, row := range table.Rows {
			got = append(got, row.Get("word")+"="+row.Get("value"))
		}
		if !slices.Equal(got, strings.Fields(c.want)) {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}

func TestInheritByUnknownColumn(t *testing.T) {
	_, err := under(t, `,"inherit":{"t.tsv":{"key":["wort"]}}`).Table("t.tsv")
	if err == nil || !strings.Contains(err.Error(), `no column "wort"`) {
		t.Errorf("got %v", err)
	}
}
