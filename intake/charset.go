package intake

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Decode turns bytes into UTF-8: by their byte order mark; as UTF-8 where they
// are that; by the charset that they are labelled with ("" for none) or that a
// page declares; else as Windows-1252, of which Latin-1 is the printable part.
// Bytes that are no text are an error.
func Decode(data []byte, label string) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil {
			return "", err
		}
		data = out
	case isBinary(data):
		return "", errors.New("is binary, not text")
	case !utf8.Valid(data):
		data = decodeAs(data, label)
	}
	return string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))), nil
}

// decodeAs decodes bytes that are not UTF-8.
func decodeAs(data []byte, label string) []byte {
	enc, name := charset.Lookup(label)
	if enc == nil && IsHTML(string(data[:min(len(data), sniffBytes)])) {
		enc, name, _ = charset.DetermineEncoding(data[:min(len(data), 1024)], "")
	}
	if enc == nil || name == "utf-8" || name == "replacement" {
		enc = charmap.Windows1252
	}
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil || !utf8.Valid(out) {
		out = bytes.ToValidUTF8(data, []byte("\ufffd"))
	}
	return out
}

// fromUTF16 returns a reader of UTF-8 where the input opens with a byte order
// mark of UTF-16, else nil.
func fromUTF16(head []byte, in *bufio.Reader) *bufio.Reader {
	if !bytes.HasPrefix(head, []byte{0xff, 0xfe}) && !bytes.HasPrefix(head, []byte{0xfe, 0xff}) {
		return nil
	}
	dec := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
	return bufio.NewReaderSize(transform.NewReader(in, dec), 64<<10)
}

// isBinary reports whether data has a NUL, or more than one control character
// in fifty: pictures and archives have both, text has neither.
func isBinary(data []byte) bool {
	head := data[:min(len(data), 64<<10)]
	if bytes.IndexByte(head, 0) >= 0 {
		return true
	}
	controls := 0
	for _, b := range head {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != '\x1b' {
			controls++
		}
	}
	return controls*50 > len(head)
}

// IsHTML reports whether a text is a page rather than words with a stray "<".
func IsHTML(text string) bool {
	head := strings.ToLower(strings.TrimSpace(text[:min(len(text), sniffBytes)]))
	if strings.HasPrefix(head, "<!doctype") || strings.HasPrefix(head, "<html") || strings.HasPrefix(head, "<?xml") {
		return true
	}
	return strings.HasPrefix(head, "<") && (strings.Contains(head, "<body") || strings.Contains(head, "<p") || strings.Contains(head, "<div") || strings.Contains(head, "<article") || strings.Contains(head, "<head"))
}

// mended reads UTF-8 of which stray bytes are taken for Windows-1252 and
// control characters for spaces, as XML allows neither and feeds have both.
func mended(in io.Reader) io.Reader { return transform.NewReader(in, mender{}) }

type mender struct{ transform.NopResetter }

func (mender) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		r, size := rune(src[nSrc]), 1
		switch {
		case r >= utf8.RuneSelf:
			if !atEOF && !utf8.FullRune(src[nSrc:]) {
				return nDst, nSrc, transform.ErrShortSrc
			}
			if r, size = utf8.DecodeRune(src[nSrc:]); r == utf8.RuneError && size == 1 {
				r = charmap.Windows1252.DecodeByte(src[nSrc])
			}
			if r == 0xfffe || r == 0xffff {
				r = utf8.RuneError
			}
		case r < ' ' && r != '\n' && r != '\r' && r != '\t':
			r = ' '
		}
		if nDst+utf8.RuneLen(r) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += size
	}
	return nDst, nSrc, nil
}
