package syntax

import (
	"encoding/binary"
	"errors"
	"sort"
)

// clusterTable gives words, by the hash of their lower-case form, the cluster
// of words that stand in like places. It is laid out in the bytes of the
// model: sorted hashes (4 bytes) and, after all of them, clusters (2 bytes).
type clusterTable struct {
	keys, vals []byte
}

func loadClusters(data []byte) (*clusterTable, error) {
	if len(data)%6 != 0 {
		return nil, errors.New("clusters: cut short")
	}
	n := len(data) / 6
	return &clusterTable{keys: data[:4*n], vals: data[4*n:]}, nil
}

// find returns the cluster's full number and its first bits, made nonzero; 0, 0
// if the word has none.
func (t *clusterTable) find(low uint64) (full, short uint64) {
	if t == nil || len(t.keys) == 0 {
		return 0, 0
	}
	key := uint32(low >> 32)
	n := len(t.vals) / 2
	i := sort.Search(n, func(i int) bool { return binary.LittleEndian.Uint32(t.keys[4*i:]) >= key })
	if i == n || binary.LittleEndian.Uint32(t.keys[4*i:]) != key {
		return 0, 0
	}
	c := uint64(binary.LittleEndian.Uint16(t.vals[2*i:]))
	return c + 1, c>>6 + 1
}
