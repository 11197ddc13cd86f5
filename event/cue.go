package event

import (
	"strings"

	"kawat/lang"
	"kawat/story"
)

// A cue is a word or a run of words of a table that may open a fact:
// "bertemu", "surat kepercayaan", "phone call".
type cue struct {
	rest []string // the words after the first, lower case
	row  int32    // index of the rule that it belongs to
	pos  uint32   // set of story.UPOS the first word may have; 0 is any
}

// cueTable finds cues by their first word, in lower case.
type cueTable map[string][]cue

// add enters every phrase of a list for a rule. Longer phrases go first, so
// that "phone call" is found before "phone".
func (t cueTable) add(phrases []string, row int, pos uint32) {
	for _, p := range phrases {
		f := strings.Fields(strings.ToLower(p))
		c := cue{rest: f[1:], row: int32(row), pos: pos}
		list := t[f[0]]
		at := len(list)
		for at > 0 && len(list[at-1].rest) < len(c.rest) {
			at--
		}
		list = append(list, cue{})
		copy(list[at+1:], list[at:])
		list[at] = c
		t[f[0]] = list
	}
}

// find calls yield for every cue that starts at a word and ends before end,
// longer ones first, with the last word of the cue, until yield says true.
func (t cueTable) find(st *story.Story, w, end story.WordID, yield func(row int, last story.WordID) bool) {
	word := st.Word(w)
	byForm := lookup(t, word.Form)
	if t.scan(st, byForm, w, end, yield) || !inflected(word) || strings.EqualFold(word.Lemma, word.Form) {
		return
	}
	t.scan(st, lookup(t, word.Lemma), w, end, yield)
}

func (t cueTable) scan(st *story.Story, list []cue, w, end story.WordID, yield func(int, story.WordID) bool) bool {
	for i := range list {
		c := &list[i]
		if c.pos != 0 && c.pos&(1<<st.Word(w).UPOS) == 0 {
			continue
		}
		if last, ok := c.runs(st, w, end); ok && yield(int(c.row), last) {
			return true
		}
	}
	return false
}

// runs reports whether the words after w are the rest of the cue.
func (c *cue) runs(st *story.Story, w, end story.WordID) (story.WordID, bool) {
	for _, want := range c.rest {
		w++
		if w >= end {
			return 0, false
		}
		word := st.Word(w)
		if !strings.EqualFold(word.Form, want) && !strings.EqualFold(word.Lemma, want) {
			return 0, false
		}
	}
	return w, true
}

// parsePOS reads a set of parts of speech such as "VERB|NOUN".
func parsePOS(row lang.Row) (uint32, error) {
	var set uint32
	for _, s := range row.List("pos") {
		p := story.ParseUPOS(s)
		if p == story.NoPOS {
			return 0, row.Errorf("unknown part of speech %q", s)
		}
		set |= 1 << p
	}
	return set, nil
}

// termSet is a set of lower-case words, looked up by form and by lemma.
type termSet map[string]bool

func newTermSet(words []string) termSet {
	set := make(termSet, len(words))
	for _, w := range words {
		set[strings.ToLower(w)] = true
	}
	return set
}

func (s termSet) has(w *story.Word) bool {
	return len(s) > 0 && (lookup(s, w.Form) || inflected(w) && lookup(s, w.Lemma))
}

// inflected reports whether a lemma may stand for its form. Where a treebank
// gives the root of a derived word ("menyiapkan" under "siap", "kesepakatan"
// under "sepakat") it is another word, and begins otherwise.
func inflected(w *story.Word) bool {
	return w.Lemma != "" && w.Form != "" && w.Lemma[0]|0x20 == w.Form[0]|0x20
}
