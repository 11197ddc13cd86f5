package event

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kawat/lang"
	"kawat/story"
)

// class is a set of classes of words, one bit each. The classes are named in
// the pack's eventwords.tsv; the stage knows some by name, frames may use any.
type class uint64

// classes that the stage itself asks about. The others are numbered after them.
const (
	classActor        class = 1 << iota // heads of phrases that act for a state: government, army, embassy
	classPrivate                        // heads that never do: company, team, singer
	classLight                          // light verbs: hold, conduct, melakukan
	classNegation                       // not, never, tidak, belum
	classFuture                         // will, akan
	classModal                          // may, could, bisa
	classMust                           // must, should, harus
	classCondition                      // if, unless, jika
	classPlan                           // governors: plan, expect, scheduled
	classObjCtrl                        // the object acts: urge, ask, meminta
	classRelative                       // who, which, yang
	classFirst                          // we, our, kami
	classTo                             // prepositions before whom the act is done to
	classWith                           // prepositions before the partner
	classFrom                           // prepositions before the source
	classPlace                          // prepositions before the place
	classAgent                          // by, oleh
	classPassive                        // auxiliaries or marks of the passive: be, get
	classHypothesis                     // governors that make an act a mere thought: fear, worry
	classOrigin                         // adjectives and nouns between name and head that make a thing private
	classReport                         // verbs of saying whose content keeps its own status
	classOngoing                        // currently, sedang
	classPeople                         // people of a state: citizens, warga
	classPurpose                        // to, untuk, agar: what follows lies ahead
	classFinish                         // took place, berlangsung: the act is their subject
	classDuring                         // in, during, after: the act behind them took place
	classEach                           // saling, mutually: the subjects do it to one another
	classSubordinator                   // after, sebelum: before a clause, whatever the tagger says
	classMission                        // embassy, dubes: what a state keeps in another
	classUnwilling                      // enggan, reluctant: before an act that is refused
	classOfficial                       // president, minister, counterpart: whom one meets
	classBacked                         // backed, run, led: by whom a group acts
	classReporter                       // reporters, wartawan: to whom things are said, not done
	classMeasure                        // tons, round, series: what is counted stands below it
	classFaction                        // parts of a state that are not its government: rebels, workers, opposition
	classBorder                         // border, perbatasan: where two states touch
	classOf                             // of, dari: before whom a thing belongs to
	classStep                           // decision, langkah: what its owner does is what the clause below or behind it tells
	classTopic                          // about, soal: before what is talked of
	classCurrency                       // dollar, won: money named after a state
	classOccasion                       // speech, assembly: where things are said, not whom they are done to
	firstFreeClass
)

var classNames = [...]string{
	"actor", "private", "light", "negation", "future", "modal", "must", "condition", "plan", "object-control",
	"relative", "first-person", "to", "with", "from", "place", "agent", "passive",
	"hypothesis", "origin", "report", "ongoing", "people", "purpose", "finish", "during", "each-other", "subordinator", "mission", "unwilling", "official", "backed", "reporter", "measure", "faction", "border", "of", "step", "topic", "currency", "occasion",
}

// mark is a set of properties of words that only help to read others.
type mark uint16

const (
	markMidst   mark = 1 << iota // tengah: "di tengah krisis" is no place
	markThen                     // "at the time", "saat itu": the day of what was told last
	markWhether                  // whether, apakah: what follows is only asked
	markOnly                     // only, hanya: "not only" negates nothing
	markBetween                  // between, antara
	markWhen                     // ahead of, menjelang: what follows says when, and is no object
	markManner                   // secara: makes an adverb of what follows
	markWrong                    // violation, pelanggaran: who calls somebody's act so accuses
	markBe                       // constitute, merupakan: ties such a word to its subject
)

var markNames = [...]string{"midst", "then", "whether", "only", "between", "when", "manner", "wrong", "be"}

// lexicon holds the classes of the words of one language.
type lexicon struct {
	words map[string]class
	marks map[string]mark
	names map[string]class
	next  class
}

// compileLexicon reads eventwords.tsv: a class and the words in it, separated by
// "|", in small letters.
func compileLexicon(pack *lang.Pack) (*lexicon, error) {
	lx := &lexicon{words: make(map[string]class, 1024), names: make(map[string]class, 64), next: firstFreeClass}
	bit := class(1)
	for _, name := range classNames {
		lx.names[name] = bit
		bit <<= 1
	}
	lx.marks = make(map[string]mark, 64)
	t, err := pack.Table("eventwords.tsv")
	if err != nil {
		return nil, err
	}
	for _, row := range t.Rows {
		name := row.Get("class")
		if name == "" {
			return nil, row.Errorf("a class must have a name")
		}
		if i := slices.Index(markNames[:], name); i >= 0 {
			for _, w := range row.List("words") {
				lx.marks[w] |= 1 << i
			}
			continue
		}
		bit, ok := lx.names[name]
		if !ok {
			if lx.next == 0 {
				return nil, row.Errorf("more than 64 classes")
			}
			bit, lx.next = lx.next, lx.next<<1
			lx.names[name] = bit
		}
		for _, w := range row.List("words") {
			lx.words[w] |= bit
		}
	}
	return lx, nil
}

// class returns the bit of a named class.
func (lx *lexicon) class(name string) (class, bool) {
	c, ok := lx.names[name]
	return c, ok
}

// classForce is the classes of the small words that decide whether an act happened.
const classForce = classNegation | classFuture | classModal | classMust | classCondition

// of returns the classes of a word, by its form and by its lemma. A small word
// that is derived from another is not that other one: "sebelum" (before) has
// the lemma "belum" (not yet) and denies nothing.
func (lx *lexicon) of(w *story.Word) class {
	byLemma := lx.words[w.Lemma]
	if byLemma&classForce != 0 && w.UPOS != story.VERB && !inflected(w) {
		byLemma &^= classForce
	}
	return lookup(lx.words, w.Form) | byLemma
}

// is reports whether a word belongs to one of the classes.
func (lx *lexicon) is(w *story.Word, c class) bool { return lx.of(w)&c != 0 }

// marked reports whether a word has one of the marks, by its form or its lemma.
func (lx *lexicon) marked(w *story.Word, m mark) bool {
	return (lookup(lx.marks, w.Form)|lx.marks[w.Lemma])&m != 0
}

// lookup finds a form in a map whose keys are in small letters, without
// building a string.
func lookup[V any](m map[string]V, form string) (v V) {
	lower := true
	for i := 0; i < len(form); i++ {
		if c := form[i]; 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf {
			lower = false
			break
		}
	}
	if lower {
		return m[form]
	}
	var buf [64]byte
	if len(form) > len(buf) {
		return v
	}
	for i := 0; i < len(form); i++ {
		c := form[i]
		if c >= utf8.RuneSelf {
			return m[strings.ToLower(form)]
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf[i] = c
	}
	return m[string(buf[:len(form)])]
}

// matches reports whether a word's form or lemma is one of words.
func matches(w *story.Word, words []string) bool {
	for _, x := range words {
		if w.Lemma == x || len(w.Form) == len(x) && strings.EqualFold(w.Form, x) {
			return true
		}
	}
	return false
}
