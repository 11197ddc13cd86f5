package syntax

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kawat/learn"
)

// script makes a lemma of a form: lower case unless keep, cut letters at both
// ends, add others. "mempertimbangkan" to "timbang" cuts 7 and 3.
type script struct {
	keep      bool
	cutFront  int
	cutBack   int
	front     string
	back      string
	wholesale bool // back replaces the whole form: "better" to "good"
	name      string
}

// maxCut is the most bytes that a script cuts at one end.
const maxCut = 1 << 10

// parseScript reads a script as a model names it: keep|front|cut|back|cut.
func parseScript(name string) (script, error) {
	f := strings.Split(name, "|")
	if len(f) != 5 {
		return script{}, fmt.Errorf("lemma script %q: %d fields, want 5", name, len(f))
	}
	s := script{keep: f[0] == "K", front: f[1], back: f[3], name: name}
	var err error
	if s.cutFront, err = strconv.Atoi(f[2]); err != nil {
		return s, fmt.Errorf("lemma script %q: %w", name, err)
	}
	if s.cutFront < 0 || s.cutFront > maxCut {
		return s, fmt.Errorf("lemma script %q cuts %d bytes", name, s.cutFront)
	}
	if f[4] == "*" {
		s.wholesale = true
		return s, nil
	}
	if s.cutBack, err = strconv.Atoi(f[4]); err != nil {
		return s, fmt.Errorf("lemma script %q: %w", name, err)
	}
	if s.cutBack < 0 || s.cutBack > maxCut {
		return s, fmt.Errorf("lemma script %q cuts %d bytes", name, s.cutBack)
	}
	return s, nil
}

// apply returns the lemma; the form itself where the script does not fit it.
// It allocates only where the lemma is not part of the form.
func (s *script) apply(form string) string {
	if s.wholesale {
		return s.back
	}
	if s.cutFront+s.cutBack >= len(form) {
		return form
	}
	core := form
	if !s.keep {
		core = strings.ToLower(core)
		if s.cutFront+s.cutBack >= len(core) {
			return form
		}
	}
	end := len(core) - s.cutBack
	if !utf8.RuneStart(core[s.cutFront]) || end < len(core) && !utf8.RuneStart(core[end]) {
		return form
	}
	core = core[s.cutFront:end]
	if s.front == "" && s.back == "" {
		return core
	}
	return s.front + core + s.back
}

// scriptFor returns the shortest script from form to lemma.
func scriptFor(form, lemma string) string {
	keep := "L"
	src := strings.ToLower(form)
	if lemma != strings.ToLower(lemma) {
		keep, src = "K", form
	}
	at, mid, n := longestCommon(src, lemma)
	if n < 1 || n*3 < len(lemma) {
		return "L||0|" + lemma + "|*"
	}
	return fmt.Sprintf("%s|%s|%d|%s|%d", keep, lemma[:mid], at, lemma[mid+n:], len(src)-at-n)
}

// longestCommon returns the longest stretch of bytes that a and b share, the
// first one in a.
func longestCommon(a, b string) (inA, inB, n int) {
	prev := make([]int, len(b)+1)
	for i := range len(a) {
		cur := make([]int, len(b)+1)
		for j := range len(b) {
			if a[i] == b[j] {
				cur[j+1] = prev[j] + 1
				if cur[j+1] > n {
					n = cur[j+1]
					inA, inB = i+1-n, j+1-n
				}
			}
		}
		prev = cur
	}
	return inA, inB, n
}

// lemmaFeatures are the features by which a script is chosen. Plain says that a
// capital tells nothing where the word stands.
func lemmaFeatures(buf []uint64, a *atom, form string, plain bool) []uint64 {
	place := uint64(0)
	if plain {
		place = 1
	}
	buf = append(buf[:0],
		learn.Mix3(12, a.shape, place), learn.Mix3(13, learn.Mix(a.shape, a.tag), place),
		learn.Mix(1, a.lowTag), learn.Mix(2, a.low), learn.Mix(3, a.tag), learn.Mix3(4, a.shape, a.tag),
		learn.Mix3(5, a.pre[1], a.suf[1]), learn.Mix3(6, a.pre[2], a.suf[2]), learn.Mix(7, a.raw),
	)
	for i := range maxAffix {
		buf = append(buf, learn.Mix3(8, a.suf[i], a.tag), learn.Mix3(9, a.pre[i], a.tag))
	}
	for _, n := range [...]int{5, 6, 7} {
		if len(form) > n {
			buf = append(buf,
				learn.Mix3(10, learn.HashLower(form[len(form)-n:]), a.tag),
				learn.Mix3(11, learn.HashLower(form[:n]), a.tag))
		}
	}
	return buf
}

// isTitled reports whether a sentence is set in capitals, or with one on most of
// its words, as headlines are: then capitals tell nothing. In "Presiden Gelar
// Pertemuan dengan Menlu" pertemuan is no name, in "dihadiri Komisi Hukum" hukum
// is part of one.
func isTitled(words int, form func(int) string) bool {
	small, large := 0, 0
	for i := 1; i < words; i++ {
		f := form(i)
		r, _ := utf8.DecodeRuneInString(f)
		switch {
		case len(f) < 4:
		case unicode.IsLower(r):
			small++
		case unicode.IsUpper(r):
			large++
		}
	}
	return large > 2*small
}
