package archive

import "testing"

// FuzzSearch holds searches to trees that both engines can print, whatever a
// user types.
func FuzzSearch(f *testing.F) {
	for _, s := range []string{`menteri "luar negeri" -perang`, "OR OR a*", `"`, "-", "a OR b -c", "\x00*\"x", "kementerian-kementerian"} {
		f.Add(s)
	}
	stems := func(s string) ([]string, error) { return []string{s + "x"}, nil }
	f.Fuzz(func(t *testing.T, s string) {
		tree, err := parseWords(s, stems)
		if err != nil || tree == nil {
			return
		}
		check(t, tree)
	})
}

func check(t *testing.T, w *wordTree) {
	t.Helper()
	if w.join == leaf {
		if len(w.words) == 0 {
			t.Error("a leaf has no words")
		}
		return
	}
	if len(w.kids) < 2 {
		t.Errorf("a branch has %d kids", len(w.kids))
	}
	for _, kid := range w.kids {
		check(t, kid)
	}
}
