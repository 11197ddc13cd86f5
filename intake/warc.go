package intake

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"strconv"
	"strings"
)

// A WARC (ISO 28500) is a row of records, each with its head, its length and
// its block; compressed, every record is a member of gzip of its own, so that
// what follows a broken one can be read.

const (
	maxWARCHead = 64 << 10
	packedWARC  = "WARC/"
)

// warcHead is the head of a record.
type warcHead struct {
	kind, uri, date, content, truncated string
	length                              int64
}

// isPackedWARC reports whether a gzip input holds a WARC. It looks at the
// first member's beginning only.
func isPackedWARC(in *bufio.Reader) bool {
	head, _ := in.Peek(16 << 10)
	z, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return false
	}
	first := make([]byte, len(packedWARC))
	n, _ := io.ReadFull(z, first)
	return string(first[:n]) == packedWARC
}

// readWARC reads an uncompressed WARC.
func readWARC(o *outlet, in *bufio.Reader) {
	w := &warc{o: o}
	counted := &byteCounter{in: in}
	for {
		skipSpace(counted)
		w.at = Position{Record: w.record + 1, Byte: counted.n}
		if _, err := in.Peek(1); err != nil {
			break
		}
		w.record++
		err := w.take(counted)
		if errors.Is(err, errStopped) {
			return
		}
		if err == nil {
			continue
		}
		if !o.fail(w.at, err) || !seekWARC(counted) {
			break
		}
	}
	w.finish()
}

// readPackedWARC reads a WARC whose records are members of gzip.
func readPackedWARC(o *outlet, in *bufio.Reader, raw *counter) {
	w := &warc{o: o}
	counted := &byteCounter{in: in}
	for {
		w.at = Position{Record: w.record + 1, Byte: counted.n}
		if _, err := in.Peek(1); err != nil {
			break
		}
		w.record++
		err := w.member(counted, raw)
		if errors.Is(err, errStopped) {
			return
		}
		if err == nil {
			continue
		}
		if !o.fail(w.at, err) || !seekMember(counted) {
			break
		}
	}
	w.finish()
}

// errStopped says that the consumer has enough.
var errStopped = errors.New("stopped")

// warc is the state of one reading.
type warc struct {
	o      *outlet
	record int
	at     Position
	passed int // records that are no story
}

// finish says so where a whole crawl held nothing to read.
func (w *warc) finish() {
	if w.o.items == 0 && w.o.failed == 0 && !w.o.stopped {
		w.o.fail(Position{}, fmt.Errorf("holds no page (%d WARC records of other kinds)", w.passed))
	}
}

// member reads the records of one member of gzip: one, as the standard has it.
func (w *warc) member(in *byteCounter, raw *counter) error {
	z, err := gzip.NewReader(in)
	if err != nil {
		return fmt.Errorf("gzip: %w", err)
	}
	z.Multistream(false)
	plain := &byteCounter{in: bufio.NewReader(&inflated{in: z, raw: raw})}
	for first := true; ; first = false {
		skipSpace(plain)
		if _, err := plain.in.Peek(1); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return fmt.Errorf("gzip: %w", err)
		}
		if !first {
			w.record++
			w.at.Record = w.record
		}
		if err := w.take(plain); err != nil {
			return err
		}
	}
}

// take reads one record and hands on its story, if it is one.
func (w *warc) take(in *byteCounter) error {
	head, err := readWARCHead(in)
	if err != nil {
		return err
	}
	isPage := head.kind == "response" || head.kind == "resource" || head.kind == "conversion"
	if !isPage || head.length > maxItemBytes {
		if n, err := io.Copy(io.Discard, io.LimitReader(in, head.length)); err != nil || n < head.length {
			return cut(n, head.length, err)
		}
		if isPage {
			return w.skipped(fmt.Errorf("record is larger than %d MB", maxItemBytes>>20))
		}
		w.passed++
		return nil
	}
	block, err := io.ReadAll(io.LimitReader(in, head.length))
	if err != nil || int64(len(block)) < head.length {
		return cut(int64(len(block)), head.length, err)
	}
	it, err := head.item(block)
	switch {
	case errors.Is(err, errNoStory):
		w.passed++
		return nil
	case err != nil:
		return w.skipped(err)
	}
	it.At, it.Raw = w.at, block
	if it.ID == "" {
		it.ID = fmt.Sprintf("%s:%d", BaseName(w.o.input), w.record)
	}
	if !w.o.item(it) {
		return errStopped
	}
	return nil
}

// skipped reports a record after which reading goes on without a search, since
// the next one's place is known.
func (w *warc) skipped(err error) error {
	if !w.o.fail(w.at, err) {
		return errStopped
	}
	return nil
}

func cut(have, want int64, err error) error {
	if err == nil {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("record is cut: %d of %d bytes: %w", have, want, err)
}

// readWARCHead reads a record's version and fields.
func readWARCHead(in *byteCounter) (warcHead, error) {
	var h warcHead
	version, err := headLine(in)
	if err != nil {
		return h, err
	}
	if !strings.HasPrefix(version, packedWARC) {
		return h, fmt.Errorf("a WARC record should stand here, not %.40q", version)
	}
	h.length = -1
	for size := 0; ; {
		line, err := headLine(in)
		if err != nil {
			return h, err
		}
		if line == "" {
			break
		}
		if size += len(line); size > maxWARCHead {
			return h, errors.New("the head of the record is too long")
		}
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch strings.ToLower(name) {
		case "warc-type":
			h.kind = strings.ToLower(value)
		case "warc-target-uri":
			h.uri = strings.Trim(value, "<>")
		case "warc-date":
			h.date = value
		case "warc-truncated":
			h.truncated = value
		case "content-type":
			h.content = strings.ToLower(value)
		case "content-length":
			if h.length, err = strconv.ParseInt(value, 10, 64); err != nil || h.length < 0 {
				return h, fmt.Errorf("Content-Length %q is no length", value)
			}
		}
	}
	if h.length < 0 {
		return h, errors.New("the record has no Content-Length")
	}
	return h, nil
}

// headLine reads a line of a record's head.
func headLine(in *byteCounter) (string, error) {
	var sb strings.Builder
	for {
		c, err := in.ReadByte()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = errors.New("the head of the record is cut")
			}
			return "", err
		}
		if c == '\n' {
			return textproto.TrimString(sb.String()), nil
		}
		if sb.Len() >= maxWARCHead {
			return "", errors.New("the head of the record is too long")
		}
		sb.WriteByte(c)
	}
}

// item makes an item of a record's block.
func (h *warcHead) item(block []byte) (*Item, error) {
	it := &Item{Kind: WARC, ID: h.uri, URL: h.uri, Fetched: h.date}
	if h.truncated != "" {
		return nil, fmt.Errorf("the crawler cut the record (%s)", h.truncated)
	}
	media, body := h.content, block
	if h.kind == "response" {
		if !strings.HasPrefix(media, "application/http") {
			return nil, errNoStory // dns: and the like
		}
		var err error
		if media, body, err = httpBody(block); err != nil {
			return nil, err
		}
	}
	text, err := Decode(body, charsetOf(media))
	if err != nil {
		return nil, err
	}
	switch {
	case strings.TrimSpace(text) == "":
		return nil, errNoStory
	case strings.Contains(media, "html"), media == "" && IsHTML(text):
		it.HTML = text
	case strings.HasPrefix(media, "text/plain") && h.kind != "response": // as a response it is a robots.txt
		it.Text = text
	default:
		return nil, errNoStory
	}
	return it, nil
}

// byteCounter reads and counts; the decompressor takes bytes one by one from it
// and so reads none too many.
type byteCounter struct {
	in *bufio.Reader
	n  int64
}

func (b *byteCounter) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	b.n += int64(n)
	return n, err
}

func (b *byteCounter) ReadByte() (byte, error) {
	c, err := b.in.ReadByte()
	if err == nil {
		b.n++
	}
	return c, err
}

// skip reads over bytes that were peeked at.
func (b *byteCounter) skip(n int) {
	n, _ = b.in.Discard(n) // no more than was buffered
	b.n += int64(n)
}

func skipSpace(in *byteCounter) {
	for {
		head, _ := in.in.Peek(1)
		if len(head) == 0 || strings.IndexByte("\r\n \t", head[0]) < 0 {
			return
		}
		in.skip(1)
	}
}

// seekWARC goes to the next line that opens a record.
func seekWARC(in *byteCounter) bool { return seek(in, "\nWARC/1.", 1) }

// seekMember goes to what looks like the next member of gzip.
func seekMember(in *byteCounter) bool { return seek(in, "\x1f\x8b\x08", 0) }

// seek goes to the next place of a mark, and past its first bytes.
func seek(in *byteCounter, mark string, past int) bool {
	for {
		head, err := in.in.Peek(in.in.Size())
		if i := bytes.Index(head, []byte(mark)); i >= 0 {
			in.skip(i + past)
			return true
		}
		if err != nil {
			return false
		}
		in.skip(len(head) - len(mark))
	}
}
