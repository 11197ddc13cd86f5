package intake

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
)

// csvColumns are the names by which columns are known; others are passed over.
var csvColumns = []string{"id", "text", "html", "title", "lang", "published", "url", "publisher", "version", "pub_status", "byline"}

// otherNames are what tables of other programs call these columns; a column of
// ours beside them is the one that is read.
var otherNames = map[string]string{
	"headline": "title", "body": "text", "content": "text", "article": "text", "date": "published", "published_at": "published", "pubdate": "published",
	"link": "url", "source": "publisher", "outlet": "publisher", "language": "lang", "author": "byline",
}

// looksLikeCSV reports whether a name claims to be CSV.
func looksLikeCSV(name string) bool {
	name = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(name), ".gz"), ".zst")
	return slices.Contains([]string{".csv", ".tsv"}, path.Ext(name))
}

// csvComma returns what separates the columns of a header of CSV, 0 where the
// first line is none: it has to name a text and another column that we know.
func csvComma(head []byte) rune {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	for _, comma := range []rune{',', ';', '\t'} {
		fields, err := csvFields(line, comma)
		if err != nil {
			continue
		}
		known, hasText := 0, false
		for _, f := range columnNames(fields) {
			if slices.Contains(csvColumns, f) {
				known++
			}
			hasText = hasText || f == "text" || f == "html"
		}
		if hasText && known >= 2 {
			return comma
		}
	}
	return 0
}

// columnNames returns the names of a header as ours.
func columnNames(header []string) []string {
	out := make([]string, len(header))
	for i, s := range header {
		out[i] = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(s, "\ufeff")))
	}
	for i, s := range out {
		if name := otherNames[s]; name != "" && !slices.Contains(out, name) {
			out[i] = name
		}
	}
	return out
}

// csvFields splits one record.
func csvFields(record []byte, comma rune) ([]string, error) {
	r := csv.NewReader(bytes.NewReader(record))
	r.Comma = comma
	r.FieldsPerRecord = -1
	fields, err := r.Read()
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		err = bad.Err // its line counts from the record, ours from the file
	}
	if len(fields) > maxFields {
		return nil, fmt.Errorf("has more than %d columns", maxFields)
	}
	return fields, err
}

// readCSV reads one story a record. The first record names the columns.
func readCSV(o *outlet, in *bufio.Reader, comma rune) {
	src := &csvSource{in: in}
	var header []string
	for {
		record, at, err := src.record()
		end := errors.Is(err, io.EOF)
		switch {
		case errors.Is(err, errTooLong):
			if !o.fail(at, fmt.Errorf("record is longer than %d MB (a quotation mark without its second?)", maxLineBytes>>20)) {
				return
			}
			src.again(record)
			continue
		case err != nil && !end:
			o.fail(at, err)
			return
		case len(bytes.TrimSpace(record)) == 0:
		case header == nil:
			if header, err = csvFields(bytes.TrimPrefix(record, []byte("\xef\xbb\xbf")), comma); err != nil {
				o.fail(at, err)
				return
			}
			header = columnNames(header)
		default:
			fields, err := rowFields(record, comma, len(header))
			if err != nil {
				if !o.fail(at, err) {
					return
				}
				if src.again(record) {
					continue // the end has not been reached after all
				}
			} else if !takeRow(o, at, header, fields, record) {
				return
			}
		}
		if end {
			return
		}
	}
}

var errTooLong = errors.New("too long")

// csvSource reads records of CSV.
type csvSource struct {
	in      *bufio.Reader
	pending []byte // lines to be read again
	buf     []byte
	line    int // lines read
}

// record reads lines until the quotation marks are even: a line break inside a
// quoted field does not end a record.
func (s *csvSource) record() (record []byte, at Position, err error) {
	s.buf = s.buf[:0]
	at = Position{Line: s.line + 1}
	marks := 0
	for {
		piece, err := s.slice()
		marks += bytes.Count(piece, []byte{'"'})
		if bytes.HasSuffix(piece, []byte{'\n'}) {
			s.line++
		}
		s.buf = append(s.buf, piece...)
		switch {
		case len(s.buf) > maxLineBytes:
			return s.buf, at, errTooLong
		case errors.Is(err, bufio.ErrBufferFull):
		case err != nil || marks%2 == 0:
			return s.buf, at, err
		}
	}
}

// slice reads up to the end of a line, or a piece of a long one.
func (s *csvSource) slice() ([]byte, error) {
	if len(s.pending) == 0 {
		return s.in.ReadSlice('\n')
	}
	i := bytes.IndexByte(s.pending, '\n')
	if i < 0 {
		piece := s.pending
		s.pending = nil
		return piece, bufio.ErrBufferFull
	}
	piece := s.pending[:i+1]
	s.pending = s.pending[i+1:]
	return piece, nil
}

// again puts all lines but the first of a broken record back, so that one lost
// quotation mark costs one line: what follows it was taken for its field. It
// reports whether there was one.
func (s *csvSource) again(record []byte) bool {
	_, rest, found := bytes.Cut(record, []byte{'\n'})
	if !found || len(rest) == 0 {
		return false
	}
	s.line -= bytes.Count(rest, []byte{'\n'})
	s.pending = append(slices.Clone(rest), s.pending...)
	return true
}

// rowFields splits a record into as many fields as the header has.
func rowFields(record []byte, comma rune, want int) ([]string, error) {
	text, err := Decode(record, "")
	if err != nil {
		return nil, err
	}
	fields, err := csvFields([]byte(text), comma)
	if err == nil && len(fields) != want {
		err = fmt.Errorf("has %d columns, the header %d", len(fields), want)
	}
	return fields, err
}

func takeRow(o *outlet, at Position, header, fields []string, record []byte) bool {
	get := func(name string) string {
		if i := slices.Index(header, name); i >= 0 {
			return strings.TrimSpace(fields[i])
		}
		return ""
	}
	it := &Item{
		Kind: CSV, ID: get("id"), URL: get("url"), Title: get("title"), Lang: get("lang"), Publisher: get("publisher"),
		Byline: get("byline"), Published: get("published"), Version: jsonID(get("version")).number(), Status: statusOf(get("pub_status")), Text: get("text"), Raw: slices.Clone(record), At: at,
	}
	if it.Text == "" {
		it.HTML = get("html")
	}
	if it.Text == "" && it.HTML == "" && it.Status != Canceled {
		return o.fail(at, errors.New("has neither text nor html"))
	}
	if it.ID == "" {
		if it.ID = it.URL; it.ID == "" {
			it.ID = BaseName(o.input) + ":" + strconv.Itoa(at.Line)
		}
	}
	return o.item(it)
}
