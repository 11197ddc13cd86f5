// Package story holds the one value that flows through Kawat: a story, its
// text, and the tables of facts that the stages append to it.
//
// What comes in is the cleaned text that package wire makes. What goes out is
// the same text with tables of parts, sentences, tokens, words, times,
// mentions, entities, quotations, events and the other facts. The package
// never reads a language, never guesses and depends on the standard library
// alone.
//
// A span is a half-open pair of byte offsets into [Story.Text], which never
// changes after wire. Rows are named by typed ids that count from 1; the zero
// id means "none" (and, for a word's head, the root of Universal
// Dependencies). For example
//
//	"Kami siap," kata Lavrov.
//
// has the parts {paragraph}, one sentence, six tokens, a mention "Lavrov", and
// a quotation whose content is the span of `Kami siap,`, whose cue is the word
// "kata" and whose speaker is the entity that "Lavrov" names.
package story

import "time"

// Story is one item of wire copy with everything that was read from it. It is
// made by package wire and filled by the stages in turn; it is not safe for
// concurrent change.
type Story struct {
	ID        string    // as the input gave it, else made from the file's name or the URL
	Version   int       // of the story as its publisher counts them, 0 unknown
	PubStatus string    // usable, withheld (under embargo), canceled (killed), "" unknown
	URL       string    // address of the story, where known
	Lang      string    // code of the language pack, such as "id"
	Title     string    // headline, where known
	Publisher string    // who carries the story, such as "ANTARA"
	Agencies  []string  // agencies behind the publisher, nearest to the origin first
	Credits   []Credit  // reporters, translators, editors
	Copyright string    // the copyright line's owner and year, such as "ANTARA 2024"
	Published Published // when the publisher put it out
	Dateline  Dateline  // place and day of the news; Span is empty where there is none

	Text string // the cleaned text; never changes after wire

	Found Found // what the text was made from

	Parts      []Part
	Sents      []Sentence
	Tokens     []Token
	Words      []Word
	Times      []Time
	Mentions   []Mention
	Entities   []Entity
	Quotations []Quotation
	Events     []Event
	Encounters []Encounter
	Pledges    []Pledge
	Messages   []Message
	References []Reference
	Notes      []Note

	given Layer
}

// Found is an item as its input carried it, for whoever keeps it.
type Found struct {
	Format string // kind of the input, such as "warc"; see package intake
	Input  string // name of the input and position in it: "x.jsonl:7"
	// Fetched is when a crawl fetched it, RFC 3339; "" where no crawl did.
	Fetched string
	Bytes   []byte // before any decoding
}

// Credit is a person or an agency named as having made the story.
type Credit struct {
	Name string // as printed, such as "Xinhua"
	Role string // reporter, writer, translator, editor, photographer, source, copyright
	Span Span   // where in the text, empty where it came with the input's fields
}

// Published is the publication date as the input stated it.
type Published struct {
	Raw  string    // RFC 3339 with the original offset, or a date as precise as known ("2024-04"); "" unknown
	Time time.Time // the instant, or the first moment of the stated period; zero if unknown
}

// Dateline is the place and day that open a story.
type Dateline struct {
	Place   string // as printed, such as "Beijing"
	Country string // ISO 3166-1 alpha-3, where known
	Date    string // ISO 8601 day of the news, where it could be resolved
	Span    Span   // the whole dateline, empty where there is none
	// Printed is where the dateline prints its day ("April 9"), empty where it does not.
	Printed Span
}

// PartKind tells what a stretch of the text is.
type PartKind uint8

// The kinds of parts. Only PartTitle and PartParagraph are read by later
// stages; a title inside the text is read for names but not for facts.
const (
	PartParagraph PartKind = iota // the story itself
	PartTitle                     // headline inside the text
	PartDateline                  // "Beijing (ANTARA) - "
	PartCredit                    // "Pewarta: Xinhua", "(Reporting by ...)"
	PartCopyright                 // "Copyright © ANTARA 2024"
	PartRelated                   // "Baca juga: ..."
	PartCaption                   // captions of pictures and videos
	PartNoise                     // "SCROLL TO CONTINUE", tags, share buttons, embeds, advertisements
)

var partNames = [...]string{"paragraph", "title", "dateline", "credit", "copyright", "related", "caption", "noise"}

// String returns the kind's name, such as "paragraph".
func (k PartKind) String() string { return partNames[k] }

// Part is a stretch of the text. Parts do not overlap, stand in order, and
// with the white space between them cover the text.
type Part struct {
	Kind PartKind
	Span Span
	Para int // number of the paragraph that this part belongs to, counted from 1
}

// Time is a date or time expression of the text, resolved where that is
// possible.
type Time struct {
	Span  Span
	Date  string // ISO 8601 as precise as known: "2024-04-09", "2024-04", "2024"; "" where unresolved
	End   string // last day of a period ("since", "1-3 June"), else ""
	Rough bool   // the words give a period rather than a point: "pekan lalu", "recently"
	Evidence
}

// Note is a row by which a stage says what it would not decide, or what it
// found contradictory. ("Tuesday (9/4)" where 9 April was a Wednesday.)
type Note struct {
	Stage string
	Span  Span
	Text  string // one sentence in English
}

// Confidence is a probability in hundredths, 0 to 100. Scores that decide are
// integers so that records are the same bytes on every platform.
type Confidence uint8

// Evidence is what a fact rests on. Every fact embeds it.
type Evidence struct {
	Spans []Span     // the words that state the fact, in order
	By    string     // the rule or model that found it, such as "quote/after-speech"
	Score Confidence // how sure it is
}

// Layer is a set of tables, by which a stage says what it needs and gives.
type Layer uint32

// The layers in the order in which they are usually given.
const (
	LayerParts     Layer = 1 << iota // Parts and the anatomy fields
	LayerWords                       // Sents, Tokens, Words with trees
	LayerTimes                       // Times
	LayerMentions                    // Mentions, not yet linked
	LayerQuotes                      // Quotations with cue, content, source
	LayerEntities                    // Entities; mentions linked
	LayerSpeakers                    // Quotations with speakers
	LayerEvents                      // Events
	LayerDiplomacy                   // Encounters, Pledges, Messages, References
)

// Given returns the layers that have been given so far.
func (st *Story) Given() Layer { return st.given }

// Give marks layers as given.
func (st *Story) Give(l Layer) { st.given |= l }

// Note appends a note.
func (st *Story) Note(stage string, sp Span, text string) {
	st.Notes = append(st.Notes, Note{Stage: stage, Span: sp, Text: text})
}
