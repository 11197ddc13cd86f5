package lang_test

import (
	"slices"
	"strings"
	"testing"

	"kawat/lang"
)

// Every row's example comes to its stem.
func TestStemsOfExamples(t *testing.T) {
	packs, err := lang.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range packs.Codes() {
		pack, _ := packs.Pack(code)
		s, err := pack.Stemmer()
		if err != nil {
			t.Fatal(err)
		}
		table, err := pack.Table("stems.tsv")
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range table.Rows {
			word, want, _ := strings.Cut(row.Get("example"), "=")
			if got := s.Stems(word); !slices.Contains(got, want) {
				t.Errorf("%s: %q has the stems %q, not %q", row.File, word, got, want)
			}
		}
	}
}

func TestFormsOfAWordMeet(t *testing.T) {
	packs, err := lang.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		code  string
		words []string
	}{
		{"id", []string{"tolak", "menolak", "ditolak", "penolakan", "menolaknya"}},
		{"id", []string{"kata", "mengatakan", "dikatakan", "katanya"}},
		{"id", []string{"temu", "bertemu", "pertemuan"}},
		{"id", []string{"sepakat", "kesepakatan", "disepakati"}},
		{"en", []string{"sign", "signed", "signing", "signs"}},
		{"en", []string{"invite", "invited", "invites", "inviting"}},
	} {
		pack, _ := packs.Pack(c.code)
		s, err := pack.Stemmer()
		if err != nil {
			t.Fatal(err)
		}
		first := s.Stems(c.words[0])
		for _, w := range c.words[1:] {
			if got := s.Stems(w); !slices.ContainsFunc(got, func(g string) bool { return slices.Contains(first, g) }) {
				t.Errorf("%s: %q has the stems %q and %q has %q", c.code, c.words[0], first, w, got)
			}
		}
	}
}
