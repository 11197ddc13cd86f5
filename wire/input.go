package wire

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"

	"github.com/klauspost/compress/zstd"

	"kawat/story"
)

// sniffBytes is how much of an input is looked at to tell its kind.
const sniffBytes = 4096

// Stories reads the stories of one input. Kinds are told by content: gzip and
// zstd, JSON Lines, HTML, else plain text. Memory is bounded by one item.
func (r *Reader) Stories(name string, in io.Reader) iter.Seq2[*story.Story, error] {
	return func(yield func(*story.Story, error) bool) {
		fail := func(reason error) { yield(nil, &ItemError{Input: name, Reason: reason}) }
		buf := bufio.NewReaderSize(in, 64<<10)
		plain, done, err := decompress(buf)
		if err != nil {
			fail(err)
			return
		}
		defer done()
		head, err := plain.Peek(sniffBytes)
		if err != nil && !errors.Is(err, io.EOF) {
			fail(err)
			return
		}
		switch trimmed := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"); {
		case len(trimmed) == 0 && len(head) < sniffBytes:
			fail(errors.New("is empty"))
		case isJSON(trimmed):
			r.jsonLines(name, plain, yield)
		default:
			st, err := r.item(name, plain)
			if err != nil {
				fail(err)
				return
			}
			yield(st, nil)
		}
	}
}

// isJSON reports whether the input opens like an object of JSON: an opening
// brace, then a key or the end.
func isJSON(head []byte) bool {
	if len(head) == 0 || head[0] != '{' {
		return false
	}
	rest := bytes.TrimLeft(head[1:], " \t\r\n")
	return len(rest) == 0 || rest[0] == '"' || rest[0] == '}'
}

// decompress sees through gzip and zstd.
func decompress(in *bufio.Reader) (*bufio.Reader, func(), error) {
	head, err := in.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, nil, fmt.Errorf("gzip: %w", err)
		}
		return bufio.NewReaderSize(z, 64<<10), func() { z.Close() }, nil
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(64<<20))
		if err != nil {
			return nil, nil, fmt.Errorf("zstd: %w", err)
		}
		return bufio.NewReaderSize(z, 64<<10), z.Close, nil
	}
	return in, func() {}, nil
}

// item reads an input that is one story.
func (r *Reader) item(name string, in io.Reader) (*story.Story, error) {
	data, err := io.ReadAll(io.LimitReader(in, maxItemBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxItemBytes {
		return nil, fmt.Errorf("is larger than %d MB, too large for one story", maxItemBytes>>20)
	}
	st := &story.Story{ID: baseName(name)}
	if strings.Contains(name, "://") {
		st.URL = name
	}
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	if isHTML(text) {
		err = r.page(st, text)
	} else {
		st.Text = clean(text)
	}
	if err == nil && st.Text == "" {
		err = errors.New("holds no text")
	}
	return st, err
}

// baseName is a file's name without folders and extensions.
func baseName(name string) string {
	if strings.Contains(name, "://") {
		return name
	}
	name = path.Base(strings.ReplaceAll(name, "\\", "/"))
	for _, ext := range []string{".gz", ".zst"} {
		name = strings.TrimSuffix(name, ext)
	}
	return strings.TrimSuffix(name, path.Ext(name))
}
