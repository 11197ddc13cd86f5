package archive

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"

	"kawat/record"
	"kawat/story"
)

// Key names a story everywhere: a hash of publisher, address or id, version and
// text, all as the input gave them. The same copy in two papers has two keys.
type Key [16]byte

// String returns the key in hexadecimal digits.
func (k Key) String() string { return hex.EncodeToString(k[:]) }

// ParseKey is the inverse of Key.String.
func ParseKey(s string) (Key, error) {
	var k Key
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(k) {
		return k, fmt.Errorf("%q is not the key of a story", s)
	}
	copy(k[:], b)
	return k, nil
}

// KeyOf returns the key of a story that was taken from its input and not yet
// read: the anatomy may find a publisher that the input did not name.
func KeyOf(st *story.Story) Key {
	h := sha256.New()
	for _, s := range [...]string{st.Publisher, address(st.URL, st.ID), strconv.Itoa(st.Version), st.Text} {
		var n [8]byte
		binary.LittleEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	var k Key
	copy(k[:], h.Sum(nil))
	return k
}

// address is what a publisher calls a story.
func address(url, id string) string {
	if url != "" {
		return url
	}
	return id
}

// Item is what an archive takes: a record, and what it was read from.
type Item struct {
	Key    Key // as KeyOf gave it before the story was read
	Record *record.Record
	Found  story.Found // Bytes are nil where they are not to be kept
}

// docOf names all versions of one story: a hash of publisher and address.
func docOf(publisher, addr string) int64 {
	sum := sha256.Sum256([]byte(publisher + "\x00" + addr))
	return int64(binary.LittleEndian.Uint64(sum[:8]) >> 1)
}
