package intake

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"

	"golang.org/x/net/html/charset"
)

// headNames are fields by which a message is known.
var headNames = map[string]bool{
	"from": true, "date": true, "subject": true, "to": true, "message-id": true, "received": true, "mime-version": true,
	"return-path": true, "delivered-to": true, "content-type": true, "list-id": true, "reply-to": true, "dkim-signature": true,
}

// isMessage reports whether an input opens like a message of mail: fields up to
// an empty line, of which several are those of mail. A story that opens with
// "Subject: ..." is none.
func isMessage(head []byte) bool {
	known, sure := 0, false
	seen := map[string]bool{}
	for line := range bytes.Lines(head) {
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" {
			break
		}
		if text[0] == ' ' || text[0] == '\t' {
			continue
		}
		name, _, ok := strings.Cut(text, ":")
		if !ok || name == "" || strings.ContainsAny(name, " \t") {
			return false
		}
		name = strings.ToLower(name)
		if headNames[name] && !seen[name] {
			known++
		}
		seen[name] = true
		switch name {
		case "message-id", "mime-version", "received", "return-path":
			sure = true
		}
	}
	return known >= 2 && (sure || seen["from"] && seen["date"] && seen["subject"])
}

// isMbox reports whether an input opens like a mailbox: a line "From ...", then
// a message.
func isMbox(head []byte) bool {
	line, rest, ok := bytes.Cut(head, []byte("\n"))
	return ok && bytes.HasPrefix(line, []byte("From ")) && isMessage(rest)
}

// readMessageFile reads an input that is one message.
func readMessageFile(o *outlet, in io.Reader) error {
	data, err := readAll(in, maxItemBytes)
	if err != nil {
		return err
	}
	it, err := fromMessage(data)
	if err != nil {
		return err
	}
	if it.ID == "" {
		it.ID = BaseName(o.input)
	}
	o.item(it)
	return nil
}

// readMbox reads the messages of a mailbox, which lines "From ..." part.
func readMbox(o *outlet, in *bufio.Reader) {
	var msg []byte
	at, start, record := int64(0), int64(0), 0
	tooLarge, blank := false, true
	flush := func() bool {
		defer func() { msg, tooLarge = nil, false }()
		if record == 0 {
			return true
		}
		pos := Position{Record: record, Byte: start}
		if tooLarge {
			return o.fail(pos, fmt.Errorf("message is larger than %d MB", maxItemBytes>>20))
		}
		it, err := fromMessage(msg)
		if err != nil {
			return o.fail(pos, err)
		}
		it.At = pos
		if it.ID == "" {
			it.ID = fmt.Sprintf("%s:%d", BaseName(o.input), record)
		}
		return o.item(it)
	}
	var buf []byte
	for {
		line, long, err := readLine(in, buf[:0], maxItemBytes)
		buf = line
		if err != nil && !errors.Is(err, io.EOF) {
			o.fail(Position{Record: record, Byte: start}, err)
			return
		}
		if blank && bytes.HasPrefix(line, []byte("From ")) {
			if !flush() {
				return
			}
			record, start = record+1, at
		} else {
			line = unquoteFrom(line)
			if tooLarge = tooLarge || long || len(msg)+len(line) > maxItemBytes; tooLarge {
				msg = nil
			} else {
				msg = append(msg, line...)
			}
		}
		blank = len(bytes.TrimRight(line, "\r\n")) == 0
		at += int64(len(line))
		if err != nil {
			flush()
			return
		}
	}
}

// unquoteFrom undoes the mark that mailboxes put before lines of a message
// that would look like the next one's start.
func unquoteFrom(line []byte) []byte {
	rest := bytes.TrimLeft(line, ">")
	if len(rest) < len(line) && bytes.HasPrefix(rest, []byte("From ")) {
		return line[1:]
	}
	return line
}

// fromMessage reads a message: its plain text where it has one, else its HTML.
func fromMessage(data []byte) (*Item, error) {
	msg, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	words := &mime.WordDecoder{CharsetReader: func(label string, in io.Reader) (io.Reader, error) { return charset.NewReaderLabel(label, in) }}
	field := func(name string) string {
		raw := msg.Header.Get(name)
		if s, err := words.DecodeHeader(raw); err == nil {
			raw = s
		}
		if s, err := Decode([]byte(raw), ""); err == nil {
			raw = s
		}
		return strings.Join(strings.Fields(raw), " ")
	}
	it := &Item{
		Kind: Mail, ID: strings.Trim(field("Message-Id"), "<>"), Title: field("Subject"), Published: field("Date"),
		Lang: field("Content-Language"), Publisher: senderName(field("From")), Raw: data,
	}
	body := &mailBody{}
	if err := body.part(partHead{msg.Header.Get("Content-Type"), msg.Header.Get("Content-Transfer-Encoding"), msg.Header.Get("Content-Disposition")}, msg.Body, 0); err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	if it.Text = strings.TrimSpace(body.plain.String()); it.Text == "" {
		it.Text = Prose(body.html.String())
	}
	if it.Text == "" {
		return nil, errors.New("mail: the message has no text")
	}
	return it, nil
}

// senderName is the name of who sent a message: the publisher of a newsletter.
func senderName(from string) string {
	if i := strings.IndexByte(from, '<'); i > 0 {
		return strings.Trim(strings.TrimSpace(from[:i]), `"`)
	}
	return ""
}

// mailBody gathers the texts of a message's parts.
type mailBody struct {
	plain, html strings.Builder
	parts       int
}

type partHead struct{ media, encoding, disposition string }

// part reads a part; attachments are not the letter.
func (b *mailBody) part(h partHead, in io.Reader, depth int) error {
	if b.parts++; b.parts > maxMailParts || depth > maxMailDepth {
		return fmt.Errorf("more than %d parts, or deeper than %d", maxMailParts, maxMailDepth)
	}
	media, params, err := mime.ParseMediaType(h.media)
	if err != nil && media == "" {
		media = "text/plain" // as RFC 2045 has it for a field that cannot be read
	}
	if strings.HasPrefix(strings.ToLower(h.disposition), "attachment") {
		return nil
	}
	if strings.HasPrefix(media, "multipart/") {
		return b.multipart(params["boundary"], in, depth)
	}
	if media != "text/plain" && media != "text/html" {
		return nil
	}
	data, err := readAll(transferred(h.encoding, in), maxItemBytes)
	if err != nil && len(data) == 0 {
		return err
	}
	text, err := Decode(data, params["charset"])
	if err != nil {
		return err
	}
	out := &b.html
	if media == "text/plain" {
		out = &b.plain
		if strings.EqualFold(params["format"], "flowed") {
			text = unflow(text, strings.EqualFold(params["delsp"], "yes"))
		}
	}
	if out.Len() > 0 {
		out.WriteString("\n\n")
	}
	out.WriteString(text)
	return nil
}

func (b *mailBody) multipart(boundary string, in io.Reader, depth int) error {
	if boundary == "" {
		return errors.New("a multipart without a boundary")
	}
	r := multipart.NewReader(in, boundary)
	for {
		p, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			if b.plain.Len()+b.html.Len() > 0 {
				return nil // a message whose end is missing has said what it says
			}
			return err
		}
		if err := b.part(partHead{p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p.Header.Get("Content-Disposition")}, p, depth+1); err != nil {
			return err
		}
	}
}

// transferred undoes a transfer encoding.
func transferred(name string, in io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "quoted-printable":
		return quotedprintable.NewReader(in)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, &base64Only{in})
	}
	return in
}

// base64Only drops what is not base64, as RFC 2045 asks for.
type base64Only struct{ in io.Reader }

func (b *base64Only) Read(p []byte) (int, error) {
	for {
		n, err := b.in.Read(p)
		kept := 0
		for _, c := range p[:n] {
			if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=' {
				p[kept] = c
				kept++
			}
		}
		if kept > 0 || err != nil {
			return kept, err
		}
	}
}

// unflow joins lines that a mail program broke softly (RFC 3676): those that
// end in a space.
func unflow(text string, delSpace bool) string {
	var sb strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		line = strings.TrimPrefix(line, " ") // stuffed
		soft := strings.HasSuffix(line, " ") && line != "-- "
		if soft && delSpace {
			line = line[:len(line)-1]
		}
		sb.WriteString(line)
		if !soft {
			sb.WriteByte('\n')
		}
	}
	return sb.String()
}
