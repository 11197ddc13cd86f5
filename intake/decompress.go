package intake

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// An input may not grow without bound when it is decompressed: past
// freeBytes, more than maxRatio bytes for one are refused. Copy compresses 3 to
// 10 times, a file of reprints perhaps 100 times.
const (
	freeBytes = 256 << 20
	maxRatio  = 400
)

// packing is a way of compression.
type packing uint8

const (
	unpacked packing = iota
	gzipped
	zstandard
)

// compression tells by the first bytes how an input is compressed.
func compression(in *bufio.Reader) (packing, error) {
	head, err := in.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return unpacked, err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return gzipped, nil
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return zstandard, nil
	}
	return unpacked, nil
}

// decompress sees through gzip and zstd.
func decompress(in *bufio.Reader, how packing, raw *counter) (*bufio.Reader, func(), error) {
	switch how {
	case gzipped:
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, nil, fmt.Errorf("gzip: %w", err)
		}
		return bufio.NewReaderSize(&inflated{in: z, raw: raw}, 64<<10), func() { z.Close() }, nil
	case zstandard:
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(64<<20), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, nil, fmt.Errorf("zstd: %w", err)
		}
		return bufio.NewReaderSize(&inflated{in: z, raw: raw}, 64<<10), z.Close, nil
	}
	return in, func() {}, nil
}

// counter counts the bytes that were read.
type counter struct {
	in io.Reader
	n  int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.n += int64(n)
	return n, err
}

// inflated refuses decompressed bytes that are out of all proportion.
type inflated struct {
	in  io.Reader
	raw *counter
	n   int64
}

func (f *inflated) Read(p []byte) (int, error) {
	n, err := f.in.Read(p)
	f.n += int64(n)
	if f.n > freeBytes && f.n/maxRatio > f.raw.n {
		return 0, fmt.Errorf("grows more than %d times when it is decompressed", maxRatio)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("the compressed data is cut after %d bytes: %w", f.n, err)
	}
	return n, err
}
