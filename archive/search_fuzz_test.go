package archive

import (
	"strings"
	"testing"
	"unicode"
)

// FuzzSearch proves that whatever a user writes is a sound search in both
// languages: quoted words of letters and digits, signs of ours between them.
func FuzzSearch(f *testing.F) {
	for _, s := range []string{`"nuclear deal" menolak -tarif`, `a* OR "b c"*`, `'); DROP`, "\u0301 OR x", `-only`, `Ørsted İstanbul 北京`, "a:B & !(c <-> d)", "\xff\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, err := parseWords(s, func(word string) ([]string, error) { return []string{strings.ToLower(word) + "s"}, nil })
		if err != nil || w == nil {
			return
		}
		sound(t, w.tsquery(), `'`, "():A*&|!<->"+" ")
		sound(t, w.fts5(), `"`, "(){}:* ANDORNOTsurface")
	})
}

// sound reports what stands between quotes and is no word, and what stands
// outside and is no sign.
func sound(t *testing.T, query, quote, signs string) {
	t.Helper()
	parts := strings.Split(query, quote)
	if len(parts)%2 == 0 {
		t.Fatalf("%q has a quote that does not end", query)
	}
	depth := 0
	for i, part := range parts {
		if i%2 == 1 {
			if part == "" || strings.IndexFunc(part, func(r rune) bool { return !isWordRune(r) && !unicode.IsSpace(r) }) >= 0 {
				t.Fatalf("%q quotes %q", query, part)
			}
			continue
		}
		for _, r := range part {
			switch {
			case !strings.ContainsRune(signs, r):
				t.Fatalf("%q has %q outside of quotes", query, r)
			case r == '(':
				depth++
			case r == ')':
				if depth--; depth < 0 {
					t.Fatalf("%q closes what is not open", query)
				}
			}
		}
	}
	if depth != 0 {
		t.Fatalf("%q leaves a bracket open", query)
	}
}
