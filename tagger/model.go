package tagger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"kawat/neural"
)

// Model is a trained network in integers. It is read-only and safe for many
// goroutines, each with its own [Scratch].
type Model struct {
	Shape
	labels  []string
	allowed []bool
	moves   []int32 // in units of a score
	index   rowIndex
	shifts  []byte
	rows    []byte // of signed bytes, In a row
	stack   *neural.FixedStack
	out     *neural.Fixed
}

// scoreBits are the bits of fraction of the scores of labels.
const scoreBits = 10

// Labels returns the names of the labels, in the order of their numbers.
func (m *Model) Labels() []string { return m.labels }

// Rows returns the number of features that the model knows.
func (m *Model) Rows() int { return len(m.shifts) }

// freeze makes the integer model of a trained network.
func (n *network) freeze(numbers map[uint64]int32) *Model {
	m := &Model{Shape: n.Shape, labels: n.labels, allowed: n.allowed}
	m.freezeRows(n, numbers)
	m.stack = n.stack.Freeze()
	m.out = neural.NewFixed(n.out.W, n.outBias.W, n.out.Rows, n.out.Cols, neural.StateBits, 1)
	for _, v := range n.moves.W {
		m.moves = append(m.moves, int32(math.Floor(float64(v)*(1<<scoreBits)+0.5)))
	}
	return m
}

// freezeRows makes one table of the trained rows and the vectors of plain text:
// a form's row is the sum of both.
func (m *Model) freezeRows(n *network, numbers map[uint64]int32) {
	d := n.In
	all := map[uint64][]float32{}
	for k, r := range numbers {
		all[k] = slices.Clone(n.rows.W[int(r)*d : int(r+1)*d])
	}
	var work neural.Work
	known := make([]float32, len(n.vectors.Data))
	work.Gemm(known, n.vectors.Data, n.project.W, len(known)/d, d, d)
	unknown := all[unknownForm]
	for form, r := range n.vectors.Rows {
		k := formFeature(form)
		row := all[k]
		if row == nil {
			row = slices.Clone(unknown)
		}
		neural.Axpy(row, 1, known[int(r)*d:int(r+1)*d])
		all[k] = row
	}
	keys := make([]uint64, 0, len(all))
	for k := range all {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	// Features whose short keys are the same share the row of the first.
	keys = slices.CompactFunc(keys, func(a, b uint64) bool { return a>>32 == b>>32 })
	var short []byte
	for _, k := range keys {
		short = binary.LittleEndian.AppendUint32(short, uint32(k>>32))
		m.addRow(all[k])
	}
	m.index = newRowIndex(short)
}

// addRow rounds a row to bytes; its shift says how coarse they are.
func (m *Model) addRow(row []float32) {
	top := 0.0
	for _, v := range row {
		top = max(top, math.Abs(float64(v))*(1<<neural.InBits))
	}
	shift := byte(0)
	for top/float64(int(1)<<shift) > 127 {
		shift++
	}
	for _, v := range row {
		q := math.Floor(float64(v)*(1<<neural.InBits)/float64(int(1)<<shift) + 0.5)
		m.rows = append(m.rows, byte(int8(min(max(q, -127), 127))))
	}
	m.shifts = append(m.shifts, shift)
}

// rowIndex finds the row of a feature: an open-addressing table made when the
// model is read.
type rowIndex struct {
	keys []uint32
	rows []int32 // row+1; 0 is a free place
	mask uint32
}

func newRowIndex(keys []byte) rowIndex {
	n := len(keys) / 4
	size := 1
	for size < 2*n {
		size *= 2
	}
	x := rowIndex{keys: make([]uint32, size), rows: make([]int32, size), mask: uint32(size - 1)}
	for i := range n {
		k := binary.LittleEndian.Uint32(keys[4*i:])
		at := k & x.mask
		for x.rows[at] != 0 {
			at = (at + 1) & x.mask
		}
		x.keys[at], x.rows[at] = k, int32(i)+1
	}
	return x
}

// find returns the row of a feature, neural.NoRow if it has none.
func (x *rowIndex) find(f uint64) int32 {
	k := uint32(f >> 32)
	for at := k & x.mask; x.rows[at] != 0; at = (at + 1) & x.mask {
		if x.keys[at] == k {
			return x.rows[at] - 1
		}
	}
	return neural.NoRow
}

// bytes returns the short keys of the rows, in order.
func (x *rowIndex) bytes(n int) []byte {
	out := make([]byte, 4*n)
	for at, r := range x.rows {
		if r != 0 {
			binary.LittleEndian.PutUint32(out[4*(r-1):], x.keys[at])
		}
	}
	return out
}

const magic = "kwtagger2"

// Bytes returns the model as a file: the labels, the shape, the moves, the
// matrices, the keys, the shifts and the rows.
func (m *Model) Bytes() []byte {
	out := []byte(magic)
	labels := strings.Join(m.labels, "\n")
	for _, v := range []int{m.In, m.Hidden, m.Layers, len(m.shifts), len(labels)} {
		out = binary.LittleEndian.AppendUint32(out, uint32(v))
	}
	out = append(out, labels...)
	for _, v := range m.moves {
		out = binary.LittleEndian.AppendUint32(out, uint32(v))
	}
	out = m.out.Bytes(m.stack.Bytes(out))
	out = append(out, m.index.bytes(len(m.shifts))...)
	return append(append(out, m.shifts...), m.rows...)
}

// maxShape bounds what a model file may ask for.
const maxShape = 1024

// Load reads a model from the bytes of its file, which it keeps.
func Load(data []byte) (*Model, error) {
	const fields = 5
	rest, ok := strings.CutPrefix(string(data[:min(len(data), len(magic))]), magic)
	if !ok || rest != "" || len(data) < len(magic)+4*fields {
		return nil, errors.New("not a tagger")
	}
	data = data[len(magic):]
	var v [fields]int
	for i := range v {
		v[i] = int(binary.LittleEndian.Uint32(data[4*i:]))
	}
	data = data[4*fields:]
	m := &Model{Shape: Shape{v[0], v[1], v[2]}}
	if m.In < 1 || m.In > maxShape || m.Hidden < 1 || m.Hidden > maxShape || m.Layers < 1 || m.Layers > 8 || v[4] > len(data) {
		return nil, fmt.Errorf("tagger: bad header %v", v)
	}
	m.labels = strings.Split(string(data[:v[4]]), "\n")
	if err := checkLabels(m.labels); err != nil {
		return nil, err
	}
	return m, m.read(data[v[4]:], v[3])
}

func (m *Model) read(data []byte, rows int) error {
	m.allowed = allowedMoves(m.labels)
	if len(data) < 4*len(m.allowed) {
		return errors.New("tagger: cut short")
	}
	for i := range m.allowed {
		m.moves = append(m.moves, int32(binary.LittleEndian.Uint32(data[4*i:])))
	}
	var err error
	if m.stack, data, err = neural.ReadFixedStack(data[4*len(m.allowed):], m.In, m.Hidden, m.Layers); err != nil {
		return fmt.Errorf("tagger: %w", err)
	}
	if m.out, data, err = neural.ReadFixed(data, 2*m.Hidden, outWidth, 0); err != nil {
		return fmt.Errorf("tagger: %w", err)
	}
	if rows < 1 || len(data) != rows*(5+m.In) || m.out.XBits+m.out.Bits < scoreBits {
		return errors.New("tagger: the rows have another size than the header says")
	}
	m.index = newRowIndex(data[:4*rows])
	m.shifts, m.rows = data[4*rows:5*rows], data[5*rows:]
	for i, s := range m.shifts {
		if s > 15 {
			return fmt.Errorf("tagger: row %d is shifted by %d", i, s)
		}
	}
	return nil
}
