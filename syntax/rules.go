package syntax

import (
	"strings"
	"unicode/utf8"

	"kawat/lang"
)

// rules are a pack's rules of tokens, from tokens.tsv:
//
//   - abbreviation: keeps its dot and does not end a sentence ("Dr.", "Letjen.");
//     with "opener" in the column needs it does where an opener follows ("Steel
//     Corp. The firm")
//   - whole: a word that looks as if it had a clitic and has none ("masalah")
//   - enclitic: a clitic that is cut off; with "known" in the column needs only
//     where what stays is a known word
//   - opener: a word that with a capital opens a sentence even after initials
//     ("left the U.S. The envoy")
//   - starter: a word that with a capital opens a sentence even where nothing
//     closes the one before, as in "Baca juga: Peru kirim bantuan Ia menambahkan";
//     a small letter, a comma or what needs says must follow
//   - split: a form that is several words ("cannot": can|not)
//   - prefix: letters that are a word of their own before a figure ("Rp9.000")
//   - seam: a word, or with a hyphen the prefix of a verb, that scraping may have
//     glued to the name before it ("Israeldan", "Trumpmengatakan")
//   - like: a word that the model has not learned, and one that it has and
//     that stands the same way: a Malay pack reads with Indonesian models and
//     says "melawat=mengunjungi", "Jepun=Jepang"
type rules struct {
	abbrev    map[string]bool
	closing   map[string]bool // abbreviations that may be the last word
	whole     map[string]bool
	prefix    map[string]bool
	opener    map[string]bool
	seams     map[string]bool   // small words, and "me-" for the prefix of a verb
	starter   map[string]string // what must follow; "" for a small letter or a comma
	enclitics []enclitic
	split     map[string][]int     // lengths in bytes of the words
	like      map[string][2]string // by the form in lower case: the other word so, and with a capital
}

type enclitic struct {
	form  string
	known bool
}

// minStem is the fewest letters that stay when a clitic is cut off.
const minStem = 2

func compileRules(pack *lang.Pack) (*rules, error) {
	t, err := pack.Table("tokens.tsv")
	if err != nil {
		return nil, err
	}
	r := &rules{abbrev: map[string]bool{}, closing: map[string]bool{}, whole: map[string]bool{}, prefix: map[string]bool{}, opener: map[string]bool{}, starter: map[string]string{}, seams: map[string]bool{}, split: map[string][]int{}, like: map[string][2]string{}}
	for _, row := range t.Rows {
		for _, form := range row.List("forms") {
			form = strings.ToLower(form)
			switch row.Get("kind") {
			case "abbreviation":
				form = strings.TrimSuffix(form, ".")
				r.abbrev[form] = true
				if row.Get("needs") == "opener" {
					r.closing[form] = true
				}
			case "starter":
				r.starter[form] = row.Get("needs")
			case "whole":
				r.whole[form] = true
			case "prefix":
				r.prefix[form] = true
			case "opener":
				r.opener[form] = true
			case "seam":
				r.seams[form] = true
			case "enclitic":
				r.enclitics = append(r.enclitics, enclitic{form, row.Get("needs") == "known"})
			case "split":
				parts := strings.Split(form, "+")
				lengths := make([]int, len(parts))
				for i, p := range parts {
					lengths[i] = len(p)
				}
				if len(parts) < 2 {
					return nil, row.Errorf("%q does not say where it is split", form)
				}
				r.split[strings.Join(parts, "")] = lengths
			case "like":
				word, other, ok := strings.Cut(form, "=")
				if !ok || word == "" || other == "" {
					return nil, row.Errorf("%q does not say what it is like", form)
				}
				r.like[word] = [2]string{other, strings.ToUpper(other[:1]) + other[1:]}
			default:
				return nil, row.Errorf("unknown kind %q: abbreviation, whole, prefix, opener, enclitic, starter, seam, split or like", row.Get("kind"))
			}
		}
	}
	return r, nil
}

// lower puts a form into buf in lower case, typographic apostrophes made
// straight, for look-ups that allocate nothing. The lengths stay those of the
// form only where no letter changes its length and no apostrophe was curly.
func lower(buf []byte, form string) []byte {
	buf = buf[:0]
	for _, c := range form {
		switch {
		case 'A' <= c && c <= 'Z':
			buf = append(buf, byte(c)+'a'-'A')
		case c == '’' || c == 'ʼ':
			buf = append(buf, '\'')
		default:
			buf = utf8.AppendRune(buf, c)
		}
	}
	return buf
}

// seen returns the word that the model is to see for a form: mostly the form.
func (r *rules) seen(form string) string {
	if len(r.like) == 0 {
		return form
	}
	var buf [32]byte
	other, ok := r.like[string(lower(buf[:0], form))]
	switch {
	case !ok:
		return form
	case 'A' <= form[0] && form[0] <= 'Z':
		return other[1]
	}
	return other[0]
}

// cut returns the lengths in bytes of the words of a token, nil where it is one
// word.
func (c *cutter) cut(form string, buf []byte, lengths []int) ([]int, []byte) {
	buf = lower(buf, form)
	if at, ok := c.rules.split[string(buf)]; ok && len(buf) == len(form) {
		return append(lengths, at...), buf
	}
	if c.rules.whole[string(buf)] {
		return lengths, buf
	}
	for i := range c.rules.enclitics {
		e := &c.rules.enclitics[i]
		n := encliticBytes(form, buf, e.form)
		if n == 0 {
			continue
		}
		stem := form[:len(form)-n]
		if utf8.RuneCountInString(stem) < minStem || stem[len(stem)-1] == '-' {
			continue
		}
		capital := form[0] >= 'A' && form[0] <= 'Z'
		if (e.known || capital && e.form[0] != '\'') && (!c.words.has(stem) || e.known && c.words.has(form)) {
			continue
		}
		return append(lengths, len(stem), n), buf
	}
	return lengths, buf
}

// encliticBytes returns how many bytes of form the clitic takes, 0 if form does
// not end in it. Curly apostrophes are longer than straight ones.
func encliticBytes(form string, low []byte, clitic string) int {
	if len(low) <= len(clitic) || string(low[len(low)-len(clitic):]) != clitic {
		return 0
	}
	n := utf8.RuneCountInString(clitic)
	at := len(form)
	for range n {
		_, size := utf8.DecodeLastRuneInString(form[:at])
		at -= size
	}
	return len(form) - at
}
