package intake

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// jsonStory is one line of JSON Lines.
type jsonStory struct {
	ID        jsonID `json:"id"`
	Text      string `json:"text"`
	HTML      string `json:"html"`
	Title     string `json:"title"`
	Lang      string `json:"lang"`
	Published string `json:"published"`
	URL       string `json:"url"`
	Publisher string `json:"publisher"`
	Version   jsonID `json:"version"`
	Status    Status `json:"pub_status"`
}

// jsonID is a string or a number.
type jsonID string

func (id *jsonID) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] != '"' && !bytes.Equal(b, []byte("null")) {
		var n json.Number
		if err := json.Unmarshal(b, &n); err != nil {
			return err
		}
		*id = jsonID(n.String())
		return nil
	}
	return json.Unmarshal(b, (*string)(id))
}

// number returns the whole number that the id is, 0 if it is none.
func (id jsonID) number() int {
	n, err := strconv.Atoi(string(id))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// isJSON reports whether the input opens like an object or a list of objects:
// a brace, then a key or the end.
func isJSON(head []byte) bool {
	if len(head) > 0 && head[0] == '[' {
		head = bytes.TrimLeft(head[1:], " \t\r\n")
	}
	if len(head) == 0 || head[0] != '{' {
		return false
	}
	rest := bytes.TrimLeft(head[1:], " \t\r\n")
	return len(rest) == 0 || rest[0] == '"' || rest[0] == '}'
}

// readJSON reads JSON Lines, a list of objects, or objects that run over
// several lines.
func readJSON(o *outlet, in *bufio.Reader) {
	if head, _ := in.Peek(3); bytes.Equal(head, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3) // was just peeked at
	}
	if isJSONDocument(in) {
		readJSONValues(o, in)
		return
	}
	readJSONLines(o, in)
}

// isJSONDocument tells a document, pretty-printed or a list, from JSON Lines.
// A first line that ends inside a string is a line that was cut, since strings
// run over no line; one that ends between two fields goes on in the next line.
func isJSONDocument(in *bufio.Reader) bool {
	var s jsonScan
	for i := 0; i < in.Size(); i++ {
		if i >= in.Buffered() {
			if _, err := in.Peek(i + 1); err != nil {
				return false
			}
		}
		head, _ := in.Peek(in.Buffered())
		switch c := head[i]; {
		case c == '[' && s.depth == 0:
			return true
		case c == '\n' && s.depth > 0:
			return !s.quoted && goesOn(in, i, &s)
		case s.step(c):
			return false
		}
	}
	return false
}

// goesOn reports whether the line after the i-th byte goes on with the object
// that is open: another object begins there only after a bracket or a colon.
func goesOn(in *bufio.Reader, i int, s *jsonScan) bool {
	for ; i < in.Size(); i++ {
		head, err := in.Peek(i + 1)
		if err != nil {
			return false
		}
		if c := head[i]; strings.IndexByte(" \t\r\n", c) < 0 {
			return c != '{' || s.last == '[' || s.last == ':'
		}
	}
	return false
}

// jsonScan follows the nesting of JSON, byte by byte.
type jsonScan struct {
	depth   int
	quoted  bool
	escaped bool
	last    byte // the last byte outside strings that is no space
}

// step takes a byte and reports whether it ends a value that opened with a
// brace or a bracket.
func (s *jsonScan) step(c byte) bool {
	switch {
	case s.escaped:
		s.escaped = false
	case s.quoted && c == '\\':
		s.escaped = true
	case c == '"':
		s.quoted = !s.quoted
		s.last = c
	case s.quoted || c == ' ' || c == '\t' || c == '\r' || c == '\n':
	default:
		s.last = c
		switch c {
		case '{', '[':
			s.depth++
		case '}', ']':
			s.depth--
			return s.depth <= 0
		}
	}
	return false
}

// readJSONLines reads one story a line. A bad line is an error of its own and
// the others go on; a line longer than maxLineBytes is skipped without being
// held.
func readJSONLines(o *outlet, in *bufio.Reader) {
	var buf []byte
	for n := 1; ; n++ {
		line, tooLong, err := readLine(in, buf[:0], maxLineBytes)
		buf = line
		at := Position{Line: n}
		line = bytes.TrimSpace(line)
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			o.fail(at, err)
			return
		case tooLong:
			if !o.fail(at, fmt.Errorf("line is longer than %d MB", maxLineBytes>>20)) {
				return
			}
		case len(line) > 0:
			if !takeJSON(o, at, line) {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// readLine reads up to the line break into buf. A line longer than limit is
// read over.
func readLine(in *bufio.Reader, buf []byte, limit int) (line []byte, tooLong bool, err error) {
	for {
		piece, err := in.ReadSlice('\n')
		if !tooLong {
			buf = append(buf, piece...)
			if len(buf) > limit {
				tooLong, buf = true, nil
			}
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return buf, tooLong, err
		}
	}
}

// readJSONValues reads objects one after the other, alone or as a list. What
// stands between them is passed over; a value that is cut ends the input.
func readJSONValues(o *outlet, in *bufio.Reader) {
	at, record := int64(0), 0
	inList, after := false, true
	for {
		c, err := in.ReadByte()
		if errors.Is(err, io.EOF) {
			if inList {
				o.fail(Position{Record: record + 1, Byte: at}, errors.New("the list is cut: it has no end"))
			}
			return
		}
		if err != nil {
			o.fail(Position{Record: record + 1, Byte: at}, err)
			return
		}
		at++
		switch c {
		case ' ', '\t', '\r', '\n', ',':
		case ']':
			inList = false
		case '[':
			inList = true
		case '{':
			record++
			after = true
			start := at - 1
			value, n, err := readValue(in)
			at += n
			if err != nil {
				o.fail(Position{Record: record, Byte: start}, err)
				return
			}
			if !takeJSON(o, Position{Record: record, Byte: start}, value) {
				return
			}
		default:
			if after && !o.fail(Position{Record: record + 1, Byte: at - 1}, fmt.Errorf("%q stands where an object should", c)) {
				return
			}
			after = false
		}
	}
}

// readValue reads the rest of an object whose brace was read.
func readValue(in *bufio.Reader) (value []byte, n int64, err error) {
	value = append(value, '{')
	s := jsonScan{depth: 1}
	for {
		c, err := in.ReadByte()
		if errors.Is(err, io.EOF) {
			return nil, n, errors.New("not a story: the object is cut")
		}
		if err != nil {
			return nil, n, err
		}
		n++
		if value = append(value, c); len(value) > maxLineBytes {
			return nil, n, fmt.Errorf("object is larger than %d MB", maxLineBytes>>20)
		}
		if s.depth > maxDepth {
			return nil, n, fmt.Errorf("values are nested deeper than %d", maxDepth)
		}
		if s.step(c) {
			return value, n, nil
		}
	}
}

// takeJSON makes an item of one object: a line of JSON Lines, or ninjs.
func takeJSON(o *outlet, at Position, value []byte) bool {
	it, err := fromJSON(value)
	if errors.Is(err, errNoStory) {
		return true
	}
	if err != nil {
		return o.fail(at, err)
	}
	it.At, it.Raw = at, slices.Clone(value)
	if it.ID == "" {
		if it.ID = it.URL; it.ID == "" {
			it.ID = BaseName(o.input)
			if at.Line+at.Record > 1 || at.Line == 1 {
				it.ID += ":" + strconv.Itoa(at.Line+at.Record)
			}
		}
	}
	return o.item(it)
}

func fromJSON(value []byte) (*Item, error) {
	if isNinjs(value) {
		return fromNinjs(value)
	}
	var in jsonStory
	if err := json.Unmarshal(value, &in); err != nil {
		return nil, fmt.Errorf("not a story: %w", err)
	}
	it := &Item{
		Kind: JSON, ID: string(in.ID), URL: in.URL, Title: in.Title, Lang: in.Lang, Publisher: in.Publisher,
		Published: in.Published, Version: in.Version.number(), Status: statusOf(string(in.Status)), Text: in.Text,
	}
	if it.Text == "" {
		it.HTML = in.HTML
	}
	if it.Text == "" && it.HTML == "" && it.Status != Canceled {
		return nil, errors.New("not a story: it has neither text nor html")
	}
	return it, nil
}
