// Package quote finds who said what: direct, indirect and mixed quotations with
// their source, cue and content, and then the entity that speaks.
//
// What comes in is a story with sentences, words and trees, and, where the
// entity stage has run, mentions. [Stage.Find] appends rows to
// [story.Story.Quotations] with the words that name the speaker, the cue and
// the content; [Stage.Attribute], which runs once mentions are resolved, fills
// in the entities. The package knows no language: cues, quotation marks, media
// and relays are tables of the pack. It never invents a speaker: where the copy
// names nobody, the field stays 0. For example
//
//	"Kami siap," kata Lavrov kepada wartawan.
//
// gives one direct quotation with the content `Kami siap,`, the cue `kata`,
// the source `Lavrov` and the addressee `wartawan`.
//
// Trees are used where they help and never trusted alone: a parser errs most
// in long reported clauses, so every frame also has a reading by position.
package quote

import (
	"kawat/lang"
	"kawat/story"
)

// Stage finds and attributes the quotations of one language's stories. It is
// safe for concurrent use.
type Stage struct {
	tables
}

// New compiles the pack's tables cues.tsv, quotewords.tsv, quotemarks.tsv,
// media.tsv and relays.tsv. An error names file and line.
func New(pack *lang.Pack) (*Stage, error) {
	t, err := compile(pack)
	if err != nil {
		return nil, err
	}
	return &Stage{tables: *t}, nil
}

// Find appends the quotations of the story's paragraphs, in the order of their
// contents, without entities.
func (s *Stage) Find(st *story.Story) error {
	r := newReader(s, st)
	r.findRuns()
	r.findHits()
	r.direct()
	r.indirect()
	r.floating()
	r.finish()
	st.Give(story.LayerQuotes)
	return nil
}
