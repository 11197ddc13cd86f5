package syntax

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"kawat/neural"
)

// Bits of fraction of numbers on their way through the network.
const (
	inBits    = 10 // what the rows of a word sum up to
	headBits  = 11 // what arcs, relations and tags are scored by
	queryBits = 9  // what dependents ask of their heads
	scoreBits = headBits + queryBits
)

// Largest values that these bits can hold.
const (
	inMax   = 1 << (15 - inBits)
	headMax = 1 << (15 - headBits)
)

// fixedNetwork is a network as it is used: all in integers, so that every
// platform finds the same trees. It is read-only.
type fixedNetwork struct {
	shape
	index     rowIndex
	edge      near   // what the edges of a sentence give
	rows      []byte // of signed bytes, In a row
	shifts    []byte // of each row
	layers    []*neural.Fixed
	heads     *neural.Fixed
	arc, rel  *neural.Fixed
	rootArc   []int16
	rootLabel []int16
	distance  []int32
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

// find returns the row of a feature, noRow if it has none.
func (x *rowIndex) find(f uint64) int32 {
	k := uint32(f >> 32)
	for at := k & x.mask; x.rows[at] != 0; at = (at + 1) & x.mask {
		if x.keys[at] == k {
			return x.rows[at] - 1
		}
	}
	return noRow
}

// freeze makes the integer network of a trained one.
func (n *network) freeze(v *vocabulary) *fixedNetwork {
	f := &fixedNetwork{shape: n.shape}
	f.freezeRows(n, v)
	bits, top := inBits, float32(inMax)
	for l, p := range n.layers {
		f.layers = append(f.layers, neural.NewFixed(p.W, n.layerBias[l].W, p.Rows, p.Cols, bits, top))
		bits, top = neural.StateBits, 1
	}
	f.heads = neural.NewFixed(n.heads.W, n.headBias.W, n.heads.Rows, n.heads.Cols, bits, top)
	f.arc = neural.NewFixed(n.arc.W, n.arcBias.W, n.Arc, n.Arc, headBits, headMax)
	f.rel = neural.NewFixed(n.rel.W, n.relBias.W, n.Label, n.Rels, headBits, headMax)
	f.rootArc, f.rootLabel = narrowed(n.rootArc.W), narrowed(n.rootLabel.W)
	for _, d := range n.distance.W {
		f.distance = append(f.distance, int32(math.Floor(float64(d)*(1<<scoreBits)+0.5)))
	}
	return f
}

func narrowed(w []float32) []int16 {
	out := make([]int16, len(w))
	for i, v := range w {
		out[i] = int16(min(max(math.Floor(float64(v)*(1<<headBits)+0.5), math.MinInt16), math.MaxInt16))
	}
	return out
}

// freezeRows makes one table of the trained rows and the vectors of plain text:
// a form's row is the sum of both.
func (f *fixedNetwork) freezeRows(n *network, v *vocabulary) {
	d := n.In
	all := map[uint64][]float32{}
	for k, r := range v.rows {
		all[k] = slices.Clone(n.rows.W[int(r)*d : int(r+1)*d])
	}
	var work neural.Work
	known := make([]float32, len(v.known.Data))
	work.Gemm(known, v.known.Data, n.project.W, len(known)/d, d, d)
	unknown := all[unknownForm]
	for low, r := range v.known.Rows {
		k := formFeature(low)
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
		f.addRow(all[k])
	}
	f.index = newRowIndex(short)
	f.edge = f.nearOf(&atom{})
}

// addRow rounds a row to bytes; its shift says how coarse they are.
func (f *fixedNetwork) addRow(row []float32) {
	top := 0.0
	for _, v := range row {
		top = max(top, math.Abs(float64(v))*(1<<inBits))
	}
	shift := byte(0)
	for top/float64(int(1)<<shift) > 127 {
		shift++
	}
	for _, v := range row {
		q := math.Floor(float64(v)*(1<<inBits)/float64(int(1)<<shift) + 0.5)
		f.rows = append(f.rows, byte(int8(min(max(q, -127), 127))))
	}
	f.shifts = append(f.shifts, shift)
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

// bytes returns the network as a section of a file: the shape, the matrices,
// the keys, the shifts and the rows.
func (f *fixedNetwork) bytes() []byte {
	var out []byte
	for _, v := range []int{f.In, f.Hidden, f.Layers, f.Arc, f.Label, f.Tags, f.Feats, f.Rels, len(f.shifts)} {
		out = binary.LittleEndian.AppendUint32(out, uint32(v))
	}
	for _, m := range f.matrices() {
		out = m.Bytes(out)
	}
	for _, v := range append(slices.Clone(f.rootArc), f.rootLabel...) {
		out = binary.LittleEndian.AppendUint16(out, uint16(v))
	}
	for _, v := range f.distance {
		out = binary.LittleEndian.AppendUint32(out, uint32(v))
	}
	out = append(out, f.index.bytes(len(f.shifts))...)
	out = append(out, f.shifts...)
	return append(out, f.rows...)
}

func (f *fixedNetwork) matrices() []*neural.Fixed {
	return append(slices.Clone(f.layers), f.heads, f.arc, f.rel)
}

// maxShape bounds what a model file may ask for.
const maxShape = 1024

// readNetwork reads a network; its rows stay where they lie in data.
func readNetwork(data []byte) (*fixedNetwork, error) {
	const fields = 9
	if len(data) < 4*fields {
		return nil, errors.New("network: cut short")
	}
	var v [fields]int
	for i := range v {
		v[i] = int(binary.LittleEndian.Uint32(data[4*i:]))
		if i < fields-1 && v[i] > maxShape || i != 2 && i < fields-1 && v[i]%neural.Round(1) != 0 {
			return nil, fmt.Errorf("network: field %d of the shape is %d", i, v[i])
		}
	}
	f := &fixedNetwork{shape: shape{v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]}}
	if f.In < 1 || f.Hidden < 1 || f.Layers < 1 || f.Layers > 8 || f.Tags < 1 || f.Rels < 1 || f.Arc < 1 || f.Label < 1 {
		return nil, errors.New("network: the shape has holes")
	}
	return f, f.read(data[4*fields:], v[fields-1])
}

func (f *fixedNetwork) read(data []byte, rows int) error {
	var err error
	next := func(in, out, least int) *neural.Fixed {
		var m *neural.Fixed
		if err == nil {
			m, data, err = neural.ReadFixed(data, in, out, least)
		}
		return m
	}
	for l := range f.Layers {
		f.layers = append(f.layers, next(f.in(l), f.gates(), neural.GateBits))
	}
	f.heads = next(2*f.Hidden, f.shape.heads(), headBits)
	f.arc, f.rel = next(f.Arc, f.Arc, queryBits), next(f.Label, f.Rels, 0)
	if err != nil {
		return fmt.Errorf("network: %w", err)
	}
	if rows < 1 || len(data) != 2*(f.Arc+f.Label)+4*distances+rows*(5+f.In) {
		return errors.New("network: the rows have another size than the shape says")
	}
	word := func() (v int16) {
		v = int16(binary.LittleEndian.Uint16(data))
		data = data[2:]
		return v
	}
	for range f.Arc {
		f.rootArc = append(f.rootArc, word())
	}
	for range f.Label {
		f.rootLabel = append(f.rootLabel, word())
	}
	for range distances {
		f.distance = append(f.distance, int32(binary.LittleEndian.Uint32(data)))
		data = data[4:]
	}
	f.index = newRowIndex(data[:4*rows])
	f.edge = f.nearOf(&atom{})
	f.shifts, f.rows = data[4*rows:5*rows], data[5*rows:]
	return nil
}
