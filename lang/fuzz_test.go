package lang

import (
	"strings"
	"testing"
	"testing/fstest"

	"kawat/world"
)

// FuzzPack lays a pack of any bytes over the Indonesian one. Whoever supplied it,
// it is refused with an error that names its file, or it is read: then its rows
// know where they stand, and names, stems and dates can be made of it.
func FuzzPack(f *testing.F) {
	f.Add(`{"code":"id","version":"9"}`, "names.tsv", "ref\tname\nstate:PER\tRepublik Peru\n")
	f.Add(`{"code":"id","version":"9"}`, "stems.tsv", "kind\tform\nprefix\tmem\n")
	f.Add(`{"code":"xx","version":"1","extends":"xx"}`, "names.tsv", "")
	f.Add(`{"code":"id","version":"9","inherit":{"names.tsv":"none"}}`, "times.tsv", "kind\tform\tvalue\nmonth\tJan\t1\n")
	w, err := world.New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, meta, name, table string) {
		ps, err := Open(fstest.MapFS{"pack.json": {Data: []byte(meta)}, name: {Data: []byte(table)}})
		if err != nil {
			return
		}
		p, ok := ps.Pack("id")
		if !ok {
			t.Fatal("the pack that was there is gone")
		}
		tab, err := p.Table(name)
		if err == nil {
			for _, row := range tab.Rows {
				if err := row.Errorf("x"); !strings.Contains(err.Error(), ":") {
					t.Errorf("a row does not know where it stands: %v", err)
				}
			}
		}
		for what, make := range map[string]func() error{
			"names": func() error { _, err := p.Gazetteer(w); return err },
			"stems": func() error { _, err := p.Stemmer(); return err },
			"times": func() error { _, err := p.Times(); return err },
		} {
			if err := make(); err != nil && !strings.Contains(err.Error(), "pack") {
				t.Errorf("%s: the error does not name the pack: %v", what, err)
			}
		}
	})
}
