package archive

import (
	"context"
	"slices"
	"strings"

	"kawat/archive/happening"
)

// Stories spell one person's name in many ways, and each way may have led to a
// ref of its own: "person:RUS/lavrov-sergei" and "person:RUS/lavrov-sergey",
// "person:IDN/mulyadi-dedi" and "person:IDN/dedi-mulyadi". Which refs are of one
// person is decided when somebody asks, by all names that the archive knows, and
// never written down, so that a better rule needs no rebuild.

// Limits on what is looked at for one person.
const (
	maxVariants   = 24
	maxNamesakes  = 2000 // persons of one word of a name
	maxWidenedFor = 40   // refs for which variants are looked for
)

// widened returns refs and the variants of each, every one once.
func (a *Archive) widened(ctx context.Context, refs []string) ([]string, error) {
	out := slices.Clone(refs)
	for _, ref := range refs[:min(len(refs), maxWidenedFor)] {
		more, err := a.variantsOf(ctx, ref)
		if err != nil {
			return nil, err
		}
		for _, v := range more {
			if !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	}
	return out, nil
}

// variantsOf returns the other refs of the person that a ref means.
func (a *Archive) variantsOf(ctx context.Context, ref string) ([]string, error) {
	state, words := nameOfRef(ref)
	if state == "" || len(words) < 2 {
		return nil, nil // a surname alone, or one without a state, may be anybody's
	}
	prefix := "person:" + state + "/"
	args := []any{termPerson, prefix, prefix + "\U0010ffff"}
	for _, w := range words {
		args = append(args, w)
	}
	var out []string
	err := a.each(ctx, `SELECT DISTINCT t.text FROM name_word w JOIN term t ON t.id = w.term WHERE t.kind = ? AND t.text BETWEEN ? AND ?
		AND w.word IN (`+strings.TrimSuffix(strings.Repeat("?,", len(words)), ",")+`) ORDER BY t.text LIMIT ?`, append(args, maxNamesakes), func(row scanner) error {
		var other string
		if err := row.Scan(&other); err != nil {
			return err
		}
		if _, theirs := nameOfRef(other); other != ref && len(out) < maxVariants && sameName(words, theirs) {
			out = append(out, other)
		}
		return nil
	})
	return out, err
}

// nameOfRef takes "person:RUS/lavrov-sergey" apart; a state that is not known is
// "". A number at the end tells namesakes of one story apart: such a ref is
// nobody's variant.
func nameOfRef(ref string) (state string, words []string) {
	state, name, _ := strings.Cut(strings.TrimPrefix(ref, "person:"), "/")
	words = strings.Split(name, "-")
	if last := words[len(words)-1]; state == "-" || last == "" || last[0] >= '0' && last[0] <= '9' {
		return "", nil
	}
	return state, words
}

// particles stand in many names and tell nothing of whose they are.
var particles = [...]string{"al", "el", "bin", "ibn", "binti", "abu", "de", "da", "di", "del", "dos", "van", "von", "der", "den", "la", "le", "haji", "king"}

// telling returns the words of a name that are no particles.
func telling(words []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(particles[:], w) })
}

// sameName reports whether two full names may be spellings of one: every telling
// word of the shorter, of which there are two, stands in the longer, or a
// spelling of it does, and one at least is the same to the letter.
func sameName(x, y []string) bool {
	x, y = telling(x), telling(y)
	if len(x) > len(y) {
		x, y = y, x
	}
	exact := 0
	for _, w := range x {
		i := slices.Index(y, w)
		if i >= 0 {
			exact++
		} else if i = slices.IndexFunc(y, func(v string) bool { return happening.Spelling(w, v) }); i < 0 {
			return false
		}
		y = slices.Delete(y, i, i+1)
	}
	return len(x) >= 2 && exact >= 1
}
