package lang

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// Stemmer brings words to stems for searching, by the pack's stems.tsv. A stem
// need be no word: what counts is that "menolak", "ditolak" and "penolakan"
// meet, and that a text and a search are stemmed alike. Where the letters do
// not decide ("mengatakan": kata or atakan), a word has several stems. Lemmas
// are the syntax stage's. It is safe for concurrent use.
type Stemmer struct{ steps [][]stemRule }

// stemRule is a row of stems.tsv.
type stemRule struct {
	affix, before string
	put           []string
	suffix        bool
	least         int
}

// maxStems bounds the stems of one word.
const maxStems = 4

// stemmers keeps each pack's stemmer.
type stemmers struct {
	once sync.Once
	made *Stemmer
	err  error
}

// Stemmer returns the pack's stemmer. A pack without stems.tsv has one that
// changes nothing.
func (p *Pack) Stemmer() (*Stemmer, error) {
	p.stem.once.Do(func() { p.stem.made, p.stem.err = newStemmer(p) })
	return p.stem.made, p.stem.err
}

func newStemmer(p *Pack) (*Stemmer, error) {
	tables, err := p.Tables()
	if err != nil || !slices.Contains(tables, "stems.tsv") {
		return &Stemmer{}, err
	}
	t, err := p.Table("stems.tsv")
	if err != nil {
		return nil, err
	}
	s := &Stemmer{}
	for _, row := range t.Rows {
		step, stepErr := strconv.Atoi(row.Get("step"))
		least, leastErr := strconv.Atoi(row.Get("least"))
		switch {
		case stepErr != nil || step < 1 || step > 9:
			return nil, row.Errorf("step %q is not 1 to 9", row.Get("step"))
		case leastErr != nil || least < 1:
			return nil, row.Errorf("least %q is no number of letters", row.Get("least"))
		case row.Get("affix") == "":
			return nil, row.Errorf("affix is empty")
		case row.Get("end") != "prefix" && row.Get("end") != "suffix":
			return nil, row.Errorf("end %q is neither prefix nor suffix", row.Get("end"))
		}
		for len(s.steps) < step {
			s.steps = append(s.steps, nil)
		}
		s.steps[step-1] = append(s.steps[step-1], stemRule{
			affix: row.Get("affix"), before: row.Get("before"), put: strings.Split(row.Get("put"), "|"), suffix: row.Get("end") == "suffix", least: least,
		})
	}
	for _, rules := range s.steps {
		slices.SortStableFunc(rules, func(x, y stemRule) int { return len(y.affix) - len(x.affix) })
	}
	return s, nil
}

// Stems returns the stems of a word in lower case; the word itself where no
// rule fits.
func (s *Stemmer) Stems(word string) []string {
	forms := []string{word}
	for _, rules := range s.steps {
		next := forms[:0:0]
		for _, f := range forms {
			for _, g := range applyRules(rules, f) {
				if !slices.Contains(next, g) && len(next) < maxStems {
					next = append(next, g)
				}
			}
		}
		forms = next
	}
	return forms
}

func applyRules(rules []stemRule, word string) []string {
	for i := range rules {
		if out := rules[i].apply(word); out != nil {
			return out
		}
	}
	return []string{word}
}

// apply returns nil where the rule does not fit.
func (r *stemRule) apply(word string) []string {
	rest, ok := strings.CutPrefix(word, r.affix)
	if r.suffix {
		rest, ok = strings.CutSuffix(word, r.affix)
	}
	if !ok || utf8.RuneCountInString(rest) < r.least {
		return nil
	}
	next := rest[0]
	if r.suffix {
		next = rest[len(rest)-1]
	}
	if r.before != "" && strings.IndexByte(r.before, next) < 0 {
		return nil
	}
	out := make([]string, 0, len(r.put))
	for _, put := range r.put {
		if r.suffix {
			out = append(out, rest+put)
		} else {
			out = append(out, put+rest)
		}
	}
	return out
}
