package kawat

import (
	"strings"

	"kawat/lang"
	"kawat/story"
	"kawat/when"
)

// tense tells from the clause of a date whether it lies ahead: "will meet on
// Friday" is the Friday to come, "met on Friday" the one gone by.
type tense struct{ future map[string]bool }

func newTense(pack *lang.Pack) (*tense, error) {
	t, err := pack.Table("tense.tsv")
	if err != nil {
		return nil, err
	}
	out := &tense{future: map[string]bool{}}
	for _, row := range t.Rows {
		if row.Get("class") != "future" {
			return nil, row.Errorf("unknown class %q: future", row.Get("class"))
		}
		for _, w := range row.List("words") {
			out.future[w] = true
		}
	}
	return out, nil
}

// maxClimb bounds the way from a date to the verb that it dates.
const maxClimb = 6

// of returns the direction of the clause that holds an expression.
func (t *tense) of(st *story.Story, sp story.Span) when.Direction {
	w, end := st.WordsIn(sp)
	if w >= end {
		return when.Unknown
	}
	for range maxClimb {
		word := st.Word(w)
		if word.UPOS == story.VERB {
			return t.verb(st, w)
		}
		if word.Head == 0 {
			return t.verb(st, w)
		}
		w = word.Head
	}
	return when.Unknown
}

// verb looks at a verb, what stands right before it, its auxiliaries, and the
// verb it depends on: "is scheduled to meet".
func (t *tense) verb(st *story.Story, v story.WordID) when.Direction {
	if t.is(st, v) {
		return when.Future
	}
	for c := range st.Children(v) {
		if c < v && t.is(st, c) && (st.Word(c).Rel() == "aux" || st.Word(c).Rel() == "advmod") {
			return when.Future
		}
	}
	if first := st.Sent(st.Word(v).Sent).FirstWord; v > first && t.is(st, v-1) {
		return when.Future
	}
	if word := st.Word(v); word.Head != 0 && word.Rel() == "xcomp" && t.is(st, word.Head) {
		return when.Future
	}
	return when.Unknown
}

func (t *tense) is(st *story.Story, w story.WordID) bool {
	form := st.Word(w).Form
	return t.future[form] || t.future[strings.ToLower(form)]
}
