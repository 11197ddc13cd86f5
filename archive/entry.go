package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode"

	"kawat/archive/reprint"
	"kawat/plover"
	"kawat/record"
)

// Entry is an item made ready for the writer: compressed, its facts taken
// apart. To make one is the larger part of the work and needs no lock.
type Entry struct {
	item   Item
	day    Day
	sha    []byte // of the text
	text   []byte // compressed, with the bytes as found if these are few; nil where the archive keeps no texts
	found  []byte // compressed, where they are many
	record []byte
	sum    []byte // of record and text, by which verify proves both
	facts  []fact
	people []sighting
	words  wordsOf

	shingles reprint.Set
	marks    []int64
}

// maxField bounds names, addresses and titles.
const maxField = 4 << 10

// Prepare makes an item ready to be put. It is safe for many goroutines.
func (a *Archive) Prepare(it Item) (*Entry, error) {
	e, err := a.prepare(it)
	if err != nil {
		return nil, fmt.Errorf("story %s: %w", it.Record.Story.ID, err)
	}
	return e, nil
}

func (a *Archive) prepare(it Item) (*Entry, error) {
	p, err := newPacker()
	if err != nil {
		return nil, err
	}
	s := &it.Record.Story
	for _, field := range []string{s.ID, s.URL, s.Title, s.Publisher} {
		if len(field) > maxField {
			return nil, fmt.Errorf("a field of the story is longer than %d bytes", maxField)
		}
	}
	e := &Entry{item: it, day: publicationDay(s)}
	sum := sha256.Sum256([]byte(s.Text))
	e.sha = sum[:]
	if s.SHA256 != "" && s.SHA256 != hex.EncodeToString(e.sha) {
		return nil, errors.New("the record's hash is not that of its text")
	}
	if e.record, err = p.packRecord(it.Record, a.noTexts); err != nil {
		return nil, err
	}
	if !a.noTexts {
		e.text, e.found = p.packCopy(s.Text, it.Found.Bytes)
		if e.words, err = a.wordsOf(s); err != nil {
			return nil, err
		}
	}
	e.sum = sumOf(e.record, e.sha)
	if err := e.derive(it.Record); err != nil {
		return nil, err
	}
	return e, nil
}

// derive takes the facts out of the record.
func (e *Entry) derive(r *record.Record) error {
	quad, err := quads()
	if err != nil {
		return err
	}
	e.facts = factsOf(r, e.day, quad)
	if len(e.facts) > maxFacts {
		return fmt.Errorf("states %d facts, more than %d", len(e.facts), maxFacts)
	}
	e.people = sightings(r, e.day)
	paras := paragraphs(&r.Story)
	e.shingles, e.marks = reprint.New(paras...), reprint.Marks(paras...)
	return nil
}

// publicationDay is the day by which a story is ordered: of publication, else
// of the news.
func publicationDay(s *record.Story) Day {
	if d := ParseDay(s.Published); d != 0 {
		return d
	}
	if s.Dateline != nil {
		return ParseDay(s.Dateline.Date)
	}
	return 0
}

// sumOf is the hash by which verify proves that a record and its text are as
// they were put.
func sumOf(body, textSHA []byte) []byte {
	h := sha256.New()
	h.Write(body)
	h.Write(textSHA)
	return h.Sum(nil)[:16]
}

// quads gives the numbers of types' quad classes.
var quads = sync.OnceValues(func() (func(string) int, error) {
	book, err := plover.New()
	if err != nil {
		return nil, err
	}
	number := map[string]int{}
	for _, t := range book.Types() {
		number[t.Name] = t.Quad.Number()
	}
	return func(typ string) int { return number[typ] }, nil
})

// wordsOf is what the index of words knows of a story.
type wordsOf struct {
	surface string
	stems   string // only those that differ from their words
}

// wordsOf takes the words of a story, and the stems of those that have one.
func (a *Archive) wordsOf(s *record.Story) (wordsOf, error) {
	w := wordsOf{surface: s.Text}
	if s.Title != "" && !strings.HasPrefix(s.Text, s.Title) {
		w.surface = s.Title + "\n" + s.Text
	}
	st, err := a.stems.of(s.Lang)
	if err != nil || st == nil {
		return w, err
	}
	var sb strings.Builder
	for _, word := range splitWords(w.surface) {
		for _, stem := range st.stems(word) {
			sb.WriteString(stem)
			sb.WriteByte(' ')
		}
	}
	w.stems = sb.String()
	return w, nil
}

// splitWords returns the words of a text as the index of words cuts them.
func splitWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !isWordRune(r) })
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }
