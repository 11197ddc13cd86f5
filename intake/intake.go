// Package intake takes items of copy out of the files and streams that carry
// them: plain text, HTML pages, JSON Lines, CSV, WARC, NewsML-G2, NITF, ninjs,
// RSS, Atom, mbox and single messages, each also compressed with gzip or zstd,
// and folders of all of these.
//
// What comes in is a name and a reader; what goes out are [Item] values one at
// a time, or an [Error] that names input, position and reason while the rest
// goes on. The kind is told by the content, never by the name. The package
// never fetches anything, never expands an entity, reads no facts, and holds no
// more than one item in memory; size, depth, count and decompression ratio of
// everything hostile are bounded. For example
//
//	for it, err := range intake.Items("crawl.warc.gz", file) { ... }
//
// yields an item of kind HTML for every page that the crawl holds.
package intake

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"
)

// Limits on hostile input.
const (
	maxItemBytes  = 32 << 20 // a text, a page, a message, a record of a WARC
	maxLineBytes  = 8 << 20  // a line of JSON, a record of CSV
	maxXMLBytes   = 8 << 20  // one item of a feed or a news message
	maxXMLNodes   = 200_000  // elements of one such item
	maxDepth      = 256      // nested elements or values
	maxMailParts  = 1000     // parts of one message
	maxMailDepth  = 16       // multiparts inside multiparts
	maxFields     = 1000     // columns of CSV
	maxErrorsKept = 10_000   // failures of one input that are told one by one
)

// sniffBytes is how much of an input is looked at to tell its kind.
const sniffBytes = 4096

// Kind is what an item came in.
type Kind string

// The kinds of items.
const (
	Text   Kind = "text"
	HTML   Kind = "html"
	JSON   Kind = "jsonl"
	CSV    Kind = "csv"
	WARC   Kind = "warc"
	NewsML Kind = "newsml-g2"
	NITF   Kind = "nitf"
	Ninjs  Kind = "ninjs"
	RSS    Kind = "rss"
	Atom   Kind = "atom"
	Mail   Kind = "mail"
)

// Status is what a publisher says of the use of an item (pubStatus of
// NewsML-G2, management-status of NITF, pubstatus of ninjs).
type Status string

// The statuses. A withheld item is under embargo; a canceled one is killed: it
// must not be used, and what was made of its earlier versions is to go.
const (
	Usable   Status = "usable"
	Withheld Status = "withheld"
	Canceled Status = "canceled"
)

// Item is one story as an input carries it, not yet cleaned. Text or HTML is
// not empty, but for a canceled item, which may have neither.
type Item struct {
	Kind      Kind
	ID        string
	Version   int    // 0 unknown
	Status    Status // "" unknown
	URL       string
	Title     string
	Lang      string // as the input names it, reduced to its first subtag
	Publisher string
	Published string // as the input states it
	Fetched   string // when a crawl fetched it, RFC 3339; says nothing of when it was put out
	Byline    string
	Copyright string

	Text string
	HTML string // a page; only where Text is empty

	Raw []byte // the item's bytes as found, before any decoding
	At  Position
}

// Position says where an item stands.
type Position struct {
	Input  string
	Line   int   // 1-based, of lines of JSON and CSV; else 0
	Record int   // 1-based, of items of a container; else 0
	Byte   int64 // offset of the record after decompression (before it in a WARC of members)
}

// String gives the position as an error names it: "x.jsonl:7",
// "x.warc.gz: record 3 at byte 8123", "x.txt".
func (p Position) String() string {
	switch {
	case p.Line > 0:
		return fmt.Sprintf("%s:%d", p.Input, p.Line)
	case p.Record > 0:
		return fmt.Sprintf("%s: record %d at byte %d", p.Input, p.Record, p.Byte)
	}
	return p.Input
}

// Error says which item could not be taken from an input, and why.
type Error struct {
	Position
	Reason error
}

func (e *Error) Error() string { return e.Position.String() + ": " + e.Reason.Error() }
func (e *Error) Unwrap() error { return e.Reason }

// Items yields the items of one input. Memory is bounded by one item.
func Items(name string, in io.Reader) iter.Seq2[*Item, error] {
	return func(yield func(*Item, error) bool) {
		o := &outlet{input: name, yield: yield}
		counted := &counter{in: in}
		buf := bufio.NewReaderSize(counted, 64<<10)
		packed, err := compression(buf)
		if err != nil {
			o.fail(Position{}, err)
			return
		}
		if packed == gzipped && isPackedWARC(buf) {
			readPackedWARC(o, buf, counted)
			return
		}
		plain, done, err := decompress(buf, packed, counted)
		if err != nil {
			o.fail(Position{}, err)
			return
		}
		defer done()
		if err := read(o, plain); err != nil {
			o.fail(Position{}, err)
		}
	}
}

// read tells the kind of an input and reads it.
func read(o *outlet, in *bufio.Reader) error {
	head, err := glance(in)
	if err != nil && len(head) == 0 {
		return err
	}
	if u16 := fromUTF16(head, in); u16 != nil {
		in = u16
		if head, err = in.Peek(sniffBytes); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
	}
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(trimmed) == 0 && len(head) < sniffBytes {
		return errors.New("is empty")
	}
	switch {
	case bytes.HasPrefix(trimmed, []byte("WARC/")):
		readWARC(o, in)
	case isJSON(trimmed):
		readJSON(o, in)
	case isXML(trimmed):
		return readXML(o, in, trimmed)
	case isMbox(trimmed):
		readMbox(o, in)
	case isMessage(trimmed):
		return readMessageFile(o, in)
	case csvComma(trimmed) != 0:
		readCSV(o, in, csvComma(trimmed))
	default:
		return readWhole(o, in)
	}
	return nil
}

// glance looks at the beginning of an input. Who writes a line of JSON into a
// pipe and waits for its record must not be waited for.
func glance(in *bufio.Reader) ([]byte, error) {
	if _, err := in.Peek(1); err == nil {
		head, err := in.Peek(min(in.Buffered(), sniffBytes))
		if err == nil && isJSON(bytes.TrimLeft(head, " \t\r\n")) && bytes.IndexByte(head, '\n') > 0 {
			return head, nil
		}
	}
	head, err := in.Peek(sniffBytes)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return head, err
}

// readWhole reads an input that is one story: text or a page.
func readWhole(o *outlet, in io.Reader) error {
	data, err := readAll(in, maxItemBytes)
	if err != nil {
		return err
	}
	it := &Item{Kind: Text, Raw: data, At: Position{Input: o.input}, ID: BaseName(o.input)}
	if strings.Contains(o.input, "://") {
		it.URL = o.input
	}
	text, err := Decode(data, "")
	if err != nil {
		return err
	}
	switch {
	case IsHTML(text):
		it.Kind, it.HTML = HTML, text
	case looksLikeCSV(o.input):
		return errors.New("is CSV without a header that names the columns (at least text or html, and one more of " + strings.Join(csvColumns, ", ") + ")")
	default:
		it.Text = text
	}
	o.item(it)
	return nil
}

// readAll reads to the end, but no more than limit.
func readAll(in io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("is larger than %d MB, too large for one story", limit>>20)
	}
	return data, nil
}

// outlet hands items and errors on, until the consumer has enough.
type outlet struct {
	input   string
	yield   func(*Item, error) bool
	stopped bool
	items   int // handed on
	failed  int
}

// item hands an item on and reports whether to go on.
func (o *outlet) item(it *Item) bool {
	if o.stopped {
		return false
	}
	it.At.Input = o.input
	it.Lang = langOf(it.Lang)
	o.items++
	o.stopped = !o.yield(it, nil)
	return !o.stopped
}

// fail hands an error on and reports whether to go on. An input in which
// nothing but errors comes is given up after many.
func (o *outlet) fail(at Position, reason error) bool {
	if o.stopped {
		return false
	}
	at.Input = o.input
	if o.failed++; o.failed >= maxErrorsKept && o.items == 0 {
		reason = fmt.Errorf("%w (given up after %d such errors and no story)", reason, o.failed)
		o.stopped = true
	}
	if !o.yield(nil, &Error{at, reason}) {
		o.stopped = true
	}
	return !o.stopped
}

// langOf reduces a language tag to its language: "id-ID" to "id".
func langOf(tag string) string {
	tag, _, _ = strings.Cut(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-"), "-")
	return strings.ToLower(tag)
}

// BaseName is a file's name without folders and extensions, and an address as
// it is.
func BaseName(name string) string {
	if strings.Contains(name, "://") {
		return name
	}
	name = path.Base(strings.ReplaceAll(name, "\\", "/"))
	for _, ext := range []string{".gz", ".zst"} {
		name = strings.TrimSuffix(name, ext)
	}
	return strings.TrimSuffix(name, path.Ext(name))
}
