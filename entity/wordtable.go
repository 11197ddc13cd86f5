package entity

import (
	"encoding/binary"
	"errors"
	"slices"

	"kawat/learn"
)

// WordTable tells of words in lower case what a model of names knows of them
// beside its weights.
type WordTable map[string]*WordInfo

// WordInfo is what a [WordTable] knows of a word.
type WordInfo struct {
	Fine   uint16 // class of words that stand in like places, 0 if none
	Coarse uint8  // the same in fewer classes
	Flags  uint8  // set of GivenName and so on
}

// What a word is known to be part of.
const (
	GivenName  = 1 << iota // a person's first name
	FamilyName             // a person's last name
	PlaceWord              // the whole name of a city or province
	PlaceFirst             // the first word of such a name
	PlaceLater             // a further word of one
)

// At returns what is known of a word, to be filled in.
func (t WordTable) At(word string) *WordInfo {
	if t[word] == nil {
		t[word] = &WordInfo{}
	}
	return t[word]
}

const (
	wordMagic = "kwnames1"
	wordBytes = 8 // hash, fine, coarse, flags
)

// bytes lays the table out: sorted hashes of 4 bytes, then 4 bytes for each.
func (t WordTable) bytes() []byte {
	type row struct {
		key  uint32
		info WordInfo
	}
	rows := make([]row, 0, len(t))
	for w, info := range t {
		rows = append(rows, row{uint32(learn.Hash(w) >> 32), *info})
	}
	slices.SortFunc(rows, func(a, b row) int {
		switch {
		case a.key != b.key:
			return int(int64(a.key) - int64(b.key))
		case a.info.Fine != b.info.Fine:
			return int(a.info.Fine) - int(b.info.Fine)
		case a.info.Coarse != b.info.Coarse:
			return int(a.info.Coarse) - int(b.info.Coarse)
		}
		return int(a.info.Flags) - int(b.info.Flags)
	})
	rows = slices.CompactFunc(rows, func(a, b row) bool { return a.key == b.key })
	out := binary.LittleEndian.AppendUint32([]byte(wordMagic), uint32(len(rows)))
	for _, r := range rows {
		out = binary.LittleEndian.AppendUint32(out, r.key)
	}
	for _, r := range rows {
		out = binary.LittleEndian.AppendUint16(out, r.info.Fine)
		out = append(out, r.info.Coarse, r.info.Flags)
	}
	return out
}

// words is a WordTable as it lies in a model's file.
type words struct{ keys, vals []byte }

// cutWords takes the table off the front of a model's file.
func cutWords(data []byte) (words, []byte, error) {
	head := len(wordMagic) + 4
	if len(data) < head || string(data[:len(wordMagic)]) != wordMagic {
		return words{}, nil, errors.New("not a model of names")
	}
	n := int(binary.LittleEndian.Uint32(data[head-4:]))
	if data = data[head:]; n < 0 || len(data)/wordBytes < n {
		return words{}, nil, errors.New("table of words: cut short")
	}
	return words{keys: data[:4*n], vals: data[4*n : wordBytes*n]}, data[wordBytes*n:], nil
}

// find returns what is known of a word by the hash of its lower-case form.
func (w *words) find(low uint64) WordInfo {
	key := uint32(low >> 32)
	lo, hi := 0, len(w.keys)/4
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		if binary.LittleEndian.Uint32(w.keys[4*mid:]) < key {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if 4*lo >= len(w.keys) || binary.LittleEndian.Uint32(w.keys[4*lo:]) != key {
		return WordInfo{}
	}
	v := w.vals[4*lo:]
	return WordInfo{Fine: binary.LittleEndian.Uint16(v), Coarse: v[2], Flags: v[3]}
}
