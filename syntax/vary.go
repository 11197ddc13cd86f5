package syntax

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kawat/learn"
)

// Treebanks are edited text; wire copy also comes as headlines in capitals, in
// small letters, with curly quotation marks and without full stops. So of every
// hundred sentences some are learned in such dress, other ones in each pass.
const (
	varyUpper  = 3  // all in capitals: "MENLU AS TIBA DI BEIJING"
	varyTitle  = 3  // every word with a capital, as headlines have it
	varyLower  = 4  // all in small letters
	varyNoStop = 5  // without the full stop
	varyLost   = 10 // without one of its quotation marks
	varyQuotes = 40
)

// The sorts of dress.
const (
	dressCase    = "case"
	dressQuotes  = "quotes"
	dressMarks   = "marks"
	dressStops   = "stops"
	dressNames   = "names"
	dressHyphens = "hyphens"
)

// dresses returns all sorts of dress.
func dresses() []string {
	return []string{dressCase, dressQuotes, dressMarks, dressStops, dressNames, dressHyphens}
}

// dress is how one sentence is varied.
type dress struct {
	form   func(string) string // nil to leave forms as they are
	curly  bool
	noStop bool
	lost   bool // a quotation mark is
}

func chooseDress(rnd *learn.Rand) dress {
	d := dress{curly: rnd.Intn(100) < varyQuotes, noStop: rnd.Intn(100) < varyNoStop, lost: rnd.Intn(100) < varyLost}
	switch n := rnd.Intn(100); {
	case n < varyUpper:
		d.form = strings.ToUpper
	case n < varyUpper+varyTitle:
		d.form = titled
	case n < varyUpper+varyTitle+varyLower:
		d.form = strings.ToLower
	}
	return d
}

// without takes some sorts off.
func (d dress) without(sorts []string) dress {
	if slices.Contains(sorts, dressCase) {
		d.form = nil
	}
	d.curly = d.curly && !slices.Contains(sorts, dressQuotes)
	d.lost = d.lost && !slices.Contains(sorts, dressMarks)
	d.noStop = d.noStop && !slices.Contains(sorts, dressStops)
	return d
}

// titled gives a word of four letters or more a capital.
func titled(form string) string {
	r, size := utf8.DecodeRuneInString(form)
	if len(form) < 4 || !unicode.IsLower(r) {
		return form
	}
	return string(unicode.ToUpper(r)) + form[size:]
}

// put returns a form as the dress has it; open says whether a quotation is.
func (d *dress) put(form string, open *bool) string {
	if d.curly {
		switch {
		case form == `"` && !*open, form == "``":
			*open = true
			return "“"
		case form == `"`, form == "''":
			*open = false
			return "”"
		case strings.IndexByte(form, '\'') >= 0:
			form = strings.ReplaceAll(form, "'", "’")
		}
	}
	if d.form != nil {
		return d.form(form)
	}
	return form
}

// withoutStop returns an example without its last word, where that is a full
// stop that nothing hangs on.
func (ex *example) withoutStop() *example {
	n := len(ex.forms) - 1
	if n < 1 || ex.forms[n] != "." {
		return ex
	}
	return ex.without(n)
}

// withoutMark returns an example without one of its quotation marks, where it
// has any: scraped copy loses them at the edges of paragraphs.
func (ex *example) withoutMark(rnd *learn.Rand) *example {
	var marks []int
	for i, form := range ex.forms {
		switch form {
		case `"`, "``", "''", "“", "”":
			marks = append(marks, i)
		}
	}
	if len(marks) == 0 {
		return ex
	}
	return ex.without(marks[rnd.Intn(len(marks))])
}

// without returns an example without one word, where nothing hangs on it.
func (ex *example) without(i int) *example {
	if slices.Contains(ex.heads, int32(i)) || len(ex.forms) < 2 {
		return ex
	}
	out := *ex
	out.forms, out.tags, out.rels, out.feats = cut(ex.forms, i), cut(ex.tags, i), cut(ex.rels, i), cut(ex.feats, i)
	out.heads = cut(ex.heads, i)
	for k, h := range out.heads {
		if int(h) > i {
			out.heads[k] = h - 1
		}
	}
	return &out
}

// cut returns a copy of s without its value i.
func cut[T any](s []T, i int) []T { return slices.Concat(s[:i], s[i+1:]) }
