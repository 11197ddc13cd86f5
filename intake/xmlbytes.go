package intake

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"
)

// bounded reads bytes one by one for the decoder, which then reads none too
// many, and refuses an item that is too large. It keeps the bytes of the item
// at hand.
type bounded struct {
	in   *bufio.Reader
	n    int64
	from int64 // offset of kept[0]
	kept []byte
}

func (b *bounded) ReadByte() (byte, error) {
	if len(b.kept) > maxXMLBytes {
		return 0, fmt.Errorf("an item is larger than %d MB", maxXMLBytes>>20)
	}
	c, err := b.in.ReadByte()
	if err == nil {
		b.n++
		b.kept = append(b.kept, c)
	}
	return c, err
}

// Read is for the interface; the decoder uses ReadByte.
func (b *bounded) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	c, err := b.ReadByte()
	if err != nil {
		return 0, err
	}
	p[0] = c
	return 1, nil
}

// mark forgets what was kept from before an offset.
func (b *bounded) mark(at int64) {
	b.kept = append(b.kept[:0], b.kept[len(b.kept)-int(b.n-at):]...)
	b.from = at
}

// back takes the last byte back: the decoder looked at it only.
func (b *bounded) back() {
	if b.in.UnreadByte() == nil {
		b.n--
		b.kept = b.kept[:len(b.kept)-1]
	}
}

// since returns a copy of the bytes from an offset on.
func (b *bounded) since(at int64) []byte {
	return bytes.Clone(b.kept[max(0, at-b.from):])
}

// seek goes to the next of some tags and leaves the reader before it.
func (b *bounded) seek(tags []string) bool {
	for {
		b.mark(b.n)
		head, err := b.in.Peek(16)
		if len(head) == 0 {
			return false
		}
		for _, tag := range tags {
			if bytes.HasPrefix(head, []byte(tag)) && len(head) > len(tag) && strings.IndexByte(" \t\r\n>/", head[len(tag)]) >= 0 {
				return true
			}
		}
		if err != nil && len(head) < 2 {
			return false
		}
		if _, err := b.in.Discard(1); err != nil {
			return false
		}
		b.n++
	}
}
