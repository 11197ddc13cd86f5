package learn

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
)

// Table is a trained model as it is used: from a feature to the weights that it
// gives to classes. It is laid out in the bytes of its file, so that loading
// is a check of the header and nothing is decoded; and read-only, so that
// any number of goroutines may use it.
//
// The file is a header, an index of 2^n+1 offsets, and the buckets that they
// delimit. A feature's top bits name its bucket and its low 16 bits tell it
// from the others there; a bucket is
//
//	count, count * fingerprint (2 bytes), count * length, the weights (class, weight)
type Table struct {
	data    []byte
	index   []byte
	blob    []byte
	shift   uint
	classes int
	rows    int
}

// Weight is what a feature says of a class.
type Weight struct {
	Class uint8
	W     int8
}

const (
	tableMagic  = "kwtable1"
	tableHeader = len(tableMagic) + 4*4
)

// Classes returns the number of classes.
func (t *Table) Classes() int { return t.classes }

// Rows returns the number of features.
func (t *Table) Rows() int { return t.rows }

// Bytes returns the table as a file. The caller must not change it.
func (t *Table) Bytes() []byte { return t.data }

// Score adds the weights of features to the scores of the classes. len(scores)
// must be at least Classes.
func (t *Table) Score(feats []uint64, scores []int32) {
	for _, f := range feats {
		t.score(f, scores)
	}
}

func (t *Table) score(f uint64, scores []int32) {
	at := f >> t.shift * 4
	lo := binary.LittleEndian.Uint32(t.index[at:])
	hi := binary.LittleEndian.Uint32(t.index[at+4:])
	if lo >= hi {
		return
	}
	b := t.blob[lo:hi]
	n, fp := int(b[0]), uint16(f)
	for i := 0; i < n; i++ {
		if binary.LittleEndian.Uint16(b[1+2*i:]) != fp {
			continue
		}
		lens := b[1+2*n : 1+3*n]
		skip := 0
		for _, l := range lens[:i] {
			skip += int(l)
		}
		p := b[1+3*n+2*skip:]
		p = p[:2*int(lens[i])]
		for len(p) >= 2 {
			scores[p[0]] += int32(int8(p[1]))
			p = p[2:]
		}
		return
	}
}

// LoadTable reads a table from the bytes of its file, which it keeps.
func LoadTable(data []byte) (*Table, error) {
	if len(data) < tableHeader || string(data[:len(tableMagic)]) != tableMagic {
		return nil, errors.New("not a table of weights")
	}
	u := func(i int) int { return int(binary.LittleEndian.Uint32(data[len(tableMagic)+4*i:])) }
	classes, log, rows, size := u(0), u(1), u(2), u(3)
	if classes < 1 || classes > MaxClasses || log < 1 || log > 28 {
		return nil, fmt.Errorf("table of weights: bad header (%d classes, 2^%d buckets)", classes, log)
	}
	indexLen := 4 * (1<<log + 1)
	if len(data) != tableHeader+indexLen+size {
		return nil, fmt.Errorf("table of weights: %d bytes, header says %d", len(data), tableHeader+indexLen+size)
	}
	t := &Table{data: data, shift: uint(64 - log), classes: classes, rows: rows}
	t.index = data[tableHeader : tableHeader+indexLen]
	t.blob = data[tableHeader+indexLen:]
	return t, nil
}

// Check reads the whole table and reports the first thing that does not fit;
// for files that come from outside.
func (t *Table) Check() error {
	last, rows := uint32(0), 0
	for at := 0; at < len(t.index); at += 4 {
		end := binary.LittleEndian.Uint32(t.index[at:])
		if end < last || int(end) > len(t.blob) || at == 0 && end != 0 {
			return fmt.Errorf("table of weights: bucket %d ends at %d", at/4, end)
		}
		n, err := t.checkBucket(t.blob[last:end])
		if err != nil {
			return fmt.Errorf("table of weights: bucket %d: %w", at/4, err)
		}
		rows += n
		last = end
	}
	if rows != t.rows {
		return fmt.Errorf("table of weights: %d rows, header says %d", rows, t.rows)
	}
	return nil
}

func (t *Table) checkBucket(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	n := int(b[0])
	if len(b) < 1+3*n {
		return 0, errors.New("cut short")
	}
	total := 0
	for _, l := range b[1+2*n : 1+3*n] {
		total += int(l)
	}
	w := b[1+3*n:]
	if len(w) != 2*total {
		return 0, fmt.Errorf("%d bytes of weights, want %d", len(w), 2*total)
	}
	for i := 0; i < len(w); i += 2 {
		if int(w[i]) >= t.classes {
			return 0, fmt.Errorf("class %d of %d", w[i], t.classes)
		}
	}
	return n, nil
}

// tableBuilder packs rows, which must come in the order of their keys.
type tableBuilder struct {
	classes int
	keys    []uint64
	ends    []int
	weights []Weight
}

func (b *tableBuilder) add(key uint64, row []Weight) {
	b.keys = append(b.keys, key)
	b.weights = append(b.weights, row...)
	b.ends = append(b.ends, len(b.weights))
}

func (b *tableBuilder) row(i int) []Weight {
	from := 0
	if i > 0 {
		from = b.ends[i-1]
	}
	return b.weights[from:b.ends[i]]
}

func (b *tableBuilder) table() (*Table, error) {
	// Three rows a bucket: the index then costs a byte and a third a row.
	log := max(bits.Len(uint(len(b.keys)/3)), 1)
	shift := uint(64 - log)
	index := make([]byte, 0, 4*(1<<log+1))
	var blob []byte
	next := 0
	for bucket := uint64(0); bucket < 1<<log; bucket++ {
		index = binary.LittleEndian.AppendUint32(index, uint32(len(blob)))
		first := next
		for next < len(b.keys) && b.keys[next]>>shift == bucket {
			next++
		}
		if next == first {
			continue
		}
		if next-first > 255 {
			return nil, fmt.Errorf("learn: %d features fall into one bucket; the hash is bad", next-first)
		}
		blob = b.bucket(blob, first, next)
	}
	index = binary.LittleEndian.AppendUint32(index, uint32(len(blob)))
	data := []byte(tableMagic)
	for _, v := range []int{b.classes, log, len(b.keys), len(blob)} {
		data = binary.LittleEndian.AppendUint32(data, uint32(v))
	}
	data = append(data, index...)
	return LoadTable(append(data, blob...))
}

func (b *tableBuilder) bucket(blob []byte, first, end int) []byte {
	blob = append(blob, byte(end-first))
	for i := first; i < end; i++ {
		blob = binary.LittleEndian.AppendUint16(blob, uint16(b.keys[i]))
	}
	for i := first; i < end; i++ {
		blob = append(blob, byte(len(b.row(i))))
	}
	for i := first; i < end; i++ {
		for _, w := range b.row(i) {
			blob = append(blob, w.Class, byte(w.W))
		}
	}
	return blob
}
