package kawat

import (
	"strings"

	"kawat/lang"
	"kawat/story"
	"kawat/when"
)

// tense tells from the clause of a date whether it lies ahead: "will meet on
// Friday" is the Friday to come, "met on Friday" the one gone by.
type tense struct {
	future     map[string]bool // "will", "scheduled"
	promise    map[string]bool // "agreed": its complement lies ahead, itself it does not
	be         map[string]bool // "is" in "is to meet"
	infinitive map[string]bool // "to" in "is to meet"
	present    []string        // endings of a present that dates the future: "the trip begins on Sunday"
}

func newTense(pack *lang.Pack) (*tense, error) {
	t, err := pack.Table("tense.tsv")
	if err != nil {
		return nil, err
	}
	out := &tense{future: map[string]bool{}, promise: map[string]bool{}, be: map[string]bool{}, infinitive: map[string]bool{}}
	for _, row := range t.Rows {
		var set map[string]bool
		switch row.Get("class") {
		case "future":
			set = out.future
		case "promise":
			set = out.promise
		case "be":
			set = out.be
		case "infinitive":
			set = out.infinitive
		case "present-ending":
			out.present = row.List("words")
			continue
		default:
			return nil, row.Errorf("unknown class %q: future, promise, be, infinitive or present-ending", row.Get("class"))
		}
		for _, w := range row.List("words") {
			set[w] = true
		}
	}
	return out, nil
}

// maxClimb bounds the way from a date to the verb that it dates.
const maxClimb = 6

// of returns the direction of the clause that holds an expression: a clause
// that says nothing of the future looks back, as "since taking office in
// January" and "his visit in May" do.
func (t *tense) of(st *story.Story, sp story.Span) when.Direction {
	w, end := st.WordsIn(sp)
	if w >= end {
		return when.Unknown
	}
	for range maxClimb {
		word := st.Word(w)
		if word.UPOS == story.VERB || word.Head == 0 {
			return t.verb(st, w)
		}
		if word.UPOS == story.NOUN && t.announced(st, w) {
			return when.Future
		}
		w = word.Head
	}
	return when.Unknown
}

// announced reports whether a noun is qualified as one to come: "a planned
// visit on Nov. 15", "the upcoming talks".
func (t *tense) announced(st *story.Story, w story.WordID) bool {
	for c := range st.Children(w) {
		if r := st.Word(c).Rel(); (r == "amod" || r == "acl") && t.is(st, c) {
			return true
		}
	}
	return false
}

// verb looks at a verb and at those on which it depends as their complement or
// conjunct: "is scheduled to begin considering", "is to fly to Japan and later
// visit South Korea".
func (t *tense) verb(st *story.Story, v story.WordID) when.Direction {
	for range maxClimb {
		if t.ahead(st, v) {
			return when.Future
		}
		word := st.Word(v)
		r := word.Rel()
		if word.Head == 0 || r != "xcomp" && (r != "conj" || st.Child(v, "nsubj") != 0) {
			break
		}
		if v = word.Head; r == "xcomp" && (t.promise[st.Word(v).Form] || t.promise[st.Word(v).Lemma]) {
			return when.Future
		}
	}
	return when.Past
}

// ahead reports whether a verb speaks of the future: by itself, by what stands
// right before it, by its auxiliaries, or by its form.
func (t *tense) ahead(st *story.Story, v story.WordID) bool {
	if t.is(st, v) {
		return true
	}
	be := false
	for c := range st.Children(v) {
		if c > v {
			break
		}
		switch r := st.Word(c).Rel(); {
		case (r == "aux" || r == "advmod") && t.is(st, c):
			return true
		case be && (r == "mark" || r == "aux") && t.infinitive[st.Word(c).Form]:
			return true
		case r == "aux" || r == "cop":
			be = t.be[st.Word(c).Lemma]
		}
	}
	if first := st.Sent(st.Word(v).Sent).FirstWord; v > first && t.is(st, v-1) {
		return true
	}
	return t.presentForm(st.Word(v))
}

func (t *tense) presentForm(w *story.Word) bool {
	if w.UPOS != story.VERB || w.Form == w.Lemma {
		return false
	}
	for _, e := range t.present {
		if strings.HasSuffix(w.Form, e) && !strings.HasSuffix(w.Lemma, e) {
			return true
		}
	}
	return false
}

func (t *tense) is(st *story.Story, w story.WordID) bool {
	form := st.Word(w).Form
	return t.future[form] || t.future[strings.ToLower(form)]
}
