package intake

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http/httputil"
	"net/textproto"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// httpBody takes the body out of an HTTP response as a crawler stored it:
// chunks joined, content encodings undone. errNoStory for anything but a page
// that was found.
func httpBody(block []byte) (media string, body []byte, err error) {
	head, rest, found := bytes.Cut(block, []byte("\r\n\r\n"))
	if !found {
		if head, rest, found = bytes.Cut(block, []byte("\n\n")); !found {
			return "", nil, errors.New("HTTP: the head has no end")
		}
	}
	status, fields, _ := bytes.Cut(head, []byte("\n"))
	if !bytes.HasPrefix(status, []byte("HTTP/")) {
		return "", nil, fmt.Errorf("HTTP: %.40q is no status", status)
	}
	if part := bytes.Fields(status); len(part) < 2 || string(part[1]) != "200" {
		return "", nil, errNoStory
	}
	get := func(name string) string { return headField(fields, name) }
	media = strings.ToLower(get("Content-Type"))
	if media != "" && !strings.Contains(media, "html") {
		return "", nil, errNoStory
	}
	if strings.Contains(strings.ToLower(get("Transfer-Encoding")), "chunked") {
		rest = dechunk(rest)
	}
	body, err = decodeContent(rest, get("Content-Encoding"))
	return media, body, err
}

// headField returns a field of a head; the head is small and few are asked
// for.
func headField(head []byte, name string) string {
	for line := range bytes.Lines(head) {
		key, value, ok := bytes.Cut(line, []byte(":"))
		if ok && strings.EqualFold(string(key), name) {
			return textproto.TrimString(string(value))
		}
	}
	return ""
}

// dechunk joins chunks. Crawlers often store the joined body under the head of
// a chunked one: then it stays as it is. A body whose last chunks are missing
// is what was there.
func dechunk(body []byte) []byte {
	out, err := io.ReadAll(io.LimitReader(httputil.NewChunkedReader(bytes.NewReader(body)), maxItemBytes))
	if err != nil && len(out) == 0 {
		return body
	}
	return out
}

// decodeContent undoes content encodings, the last one first. Bytes that are
// not encoded as the head says are taken as they are, since some crawlers
// store the decoded body under the old head.
func decodeContent(body []byte, encodings string) ([]byte, error) {
	list := strings.Split(encodings, ",")
	if len(list) > 4 {
		return nil, fmt.Errorf("HTTP: %d content encodings", len(list))
	}
	for i := len(list) - 1; i >= 0; i-- {
		name := strings.ToLower(strings.TrimSpace(list[i]))
		in, err := decoder(name, body)
		if errors.Is(err, errAsIs) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if body, err = readAll(in, maxItemBytes); err != nil {
			return nil, fmt.Errorf("HTTP: %s: %w", name, err)
		}
	}
	return body, nil
}

var errAsIs = errors.New("not encoded")

func decoder(name string, body []byte) (io.Reader, error) {
	in := bytes.NewReader(body)
	switch name {
	case "", "identity":
		return nil, errAsIs
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
			return nil, errAsIs
		}
		return gzip.NewReader(in)
	case "deflate":
		z, err := zlib.NewReader(in)
		if err != nil {
			return nil, errAsIs
		}
		return z, nil
	case "br":
		if IsHTML(string(body[:min(len(body), sniffBytes)])) {
			return nil, errAsIs
		}
		return brotli.NewReader(bufio.NewReader(in)), nil
	case "zstd":
		if !bytes.HasPrefix(body, []byte{0x28, 0xb5, 0x2f, 0xfd}) {
			return nil, errAsIs
		}
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20))
		if err != nil {
			return nil, err
		}
		return z.IOReadCloser(), nil
	}
	return nil, fmt.Errorf("HTTP: content encoding %q is not read", name)
}

// charsetOf is the charset of a media type, "" if it names none.
func charsetOf(media string) string {
	_, params, err := mime.ParseMediaType(media)
	if err != nil {
		return ""
	}
	return params["charset"]
}
