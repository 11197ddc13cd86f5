package learn

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// Features are the features of a sequence, position by position, in one flat
// slice that can be used again:
//
//	fs.Reset()
//	for _, w := range words {
//		fs.Begin()
//		fs.Add(learn.Mix(1, learn.HashLower(w)))
//	}
type Features struct {
	ids    []uint64
	starts []int32
}

// Reset empties the features, keeping the memory.
func (fs *Features) Reset() { fs.ids, fs.starts = fs.ids[:0], fs.starts[:0] }

// Begin begins the next position.
func (fs *Features) Begin() { fs.starts = append(fs.starts, int32(len(fs.ids))) }

// Add adds a feature to the last position.
func (fs *Features) Add(f uint64) { fs.ids = append(fs.ids, f) }

// Len returns the number of positions.
func (fs *Features) Len() int { return len(fs.starts) }

// At returns the features of a position.
func (fs *Features) At(i int) []uint64 {
	if i+1 < len(fs.starts) {
		return fs.ids[fs.starts[i]:fs.starts[i+1]]
	}
	return fs.ids[fs.starts[i]:]
}

// Clone returns a copy that shares nothing, to be kept in an [Example].
func (fs *Features) Clone() Features {
	return Features{ids: append([]uint64(nil), fs.ids...), starts: append([]int32(nil), fs.starts...)}
}

// TaggerSpec says how a tagger looks at a sequence.
type TaggerSpec struct {
	Labels []string
	// Joint is how many of the first features of each position are also
	// looked up together with the label before. One or two (the word, its
	// shape) pay; each costs a lookup, and in a Viterbi search one a label.
	Joint int
	// Viterbi searches the best sequence under the label-to-label weights;
	// else labels are chosen from left to right, which is faster and can look
	// at two labels before.
	Viterbi bool
	// BIO forbids "I-x" after anything but "B-x" and "I-x".
	BIO bool
}

// Tagger gives each position of a sequence a label. It is read-only and safe
// for concurrent use, each goroutine with its own [TagScratch].
type Tagger struct {
	spec    TaggerSpec
	table   *Table
	allowed []bool // [prev*n+next]; prev n is the start
}

// TagScratch is the memory that tagging uses; the zero value is ready.
type TagScratch struct {
	feats  []uint64
	scores []int32
	emit   []int32
	back   []uint8
	best   []int32
	all    []int32 // emission scores, position by position
	margin []int32
}

// Margins returns, for each position of the last sequence that was tagged by a
// Viterbi search, by how much the features of the position alone speak for the
// label that it got and against the first one ("O"); negative where only the
// neighbours do. The slice is good until the next call of Tag.
func (s *TagScratch) Margins() []int32 { return s.margin }

// Seeds of the features that hold labels.
const (
	seedBias  = 0x101
	seedPrev  = 0x102
	seedPrev2 = 0x103
	seedJoint = 0x104
)

func newTagger(spec TaggerSpec, table *Table) *Tagger {
	t := &Tagger{spec: spec, table: table}
	n := len(spec.Labels)
	t.allowed = make([]bool, (n+1)*n)
	for prev := 0; prev <= n; prev++ {
		for next := range n {
			t.allowed[prev*n+next] = !spec.BIO || follows(spec.Labels, prev, next)
		}
	}
	return t
}

// follows reports whether label next may stand after prev under BIO.
func follows(labels []string, prev, next int) bool {
	inside, ok := strings.CutPrefix(labels[next], "I-")
	if !ok {
		return true
	}
	return prev < len(labels) && (labels[prev] == "B-"+inside || labels[prev] == "I-"+inside)
}

// Labels returns the names of the labels, in the order of their numbers.
func (t *Tagger) Labels() []string { return t.spec.Labels }

// Rows returns the number of features that the model knows.
func (t *Tagger) Rows() int { return t.table.Rows() }

// Tag appends the numbers of the best labels to out. It allocates nothing once
// the scratch and out have grown.
func (t *Tagger) Tag(s *TagScratch, fs *Features, out []uint8) []uint8 {
	if t.spec.Viterbi {
		return s.viterbi(&t.spec, t.allowed, t.table.Score, fs, out)
	}
	n := len(t.spec.Labels)
	p1, p2 := n, n
	for i := range fs.Len() {
		s.feats = contextFeatures(s.feats[:0], fs.At(i), t.spec.Joint, p1, p2)
		s.zero(n)
		t.table.Score(s.feats, s.scores)
		best := argmax(s.scores, t.allowed[p1*n:p1*n+n])
		out = append(out, uint8(best))
		p1, p2 = best, p1
	}
	return out
}

func (s *TagScratch) zero(n int) {
	if cap(s.scores) < n {
		s.scores = make([]int32, n)
	}
	s.scores = s.scores[:n]
	clear(s.scores)
}

// contextFeatures returns a position's features with those that hold the labels before.
func contextFeatures(buf, static []uint64, joint, p1, p2 int) []uint64 {
	buf = append(buf, static...)
	buf = append(buf, seedBias, Mix(seedPrev, uint64(p1)), Mix3(seedPrev2, uint64(p1), uint64(p2)))
	for _, f := range static[:min(joint, len(static))] {
		buf = append(buf, Mix3(seedJoint, f, uint64(p1)))
	}
	return buf
}

// argmax returns the allowed class of the highest score, ties to the lowest.
func argmax(scores []int32, allowed []bool) int {
	best := -1
	for c, sc := range scores {
		if allowed[c] && (best < 0 || sc > scores[best]) {
			best = c
		}
	}
	return max(best, 0)
}

// viterbi finds the best sequence; the label before is looked up alone and with
// the joint features.
func (s *TagScratch) viterbi(spec *TaggerSpec, allowed []bool, score func([]uint64, []int32), fs *Features, out []uint8) []uint8 {
	n, length := len(spec.Labels), fs.Len()
	if length == 0 {
		return out
	}
	s.back = grow(s.back, length*n)
	s.best = grow(s.best, 2*n)
	s.emit = grow(s.emit, n)
	s.all = grow(s.all, length*n)
	cur, last := s.best[:n], s.best[n:2*n]
	for i := range length {
		static := fs.At(i)
		clear(s.emit)
		s.feats = append(append(s.feats[:0], static...), seedBias)
		score(s.feats, s.emit)
		copy(s.all[i*n:], s.emit)
		for c := range cur {
			cur[c] = lowest
		}
		for p := 0; p <= n; p++ {
			if (p == n) != (i == 0) || p < n && last[p] == lowest {
				continue
			}
			from := int32(0)
			if p < n {
				from = last[p]
			}
			s.zero(n)
			s.feats = pairs(s.feats[:0], static, spec.Joint, p)
			score(s.feats, s.scores)
			for c := range n {
				if !allowed[p*n+c] {
					continue
				}
				if v := from + s.emit[c] + s.scores[c]; v > cur[c] {
					cur[c], s.back[i*n+c] = v, uint8(p)
				}
			}
		}
		cur, last = last, cur
	}
	return s.trace(last, n, length, out)
}

const lowest = int32(-1 << 30)

func (s *TagScratch) trace(last []int32, n, length int, out []uint8) []uint8 {
	best := 0
	for c := range n {
		if last[c] > last[best] {
			best = c
		}
	}
	at := len(out)
	for range length {
		out = append(out, 0)
	}
	s.margin = grow(s.margin, length)
	for i := length - 1; i >= 0; i-- {
		out[at+i] = uint8(best)
		s.margin[i] = s.all[i*n+best] - s.all[i*n]
		best = int(s.back[i*n+best])
	}
	return out
}

// pairs are the features that hold the label before, in a Viterbi search.
func pairs(buf, static []uint64, joint, prev int) []uint64 {
	buf = append(buf, Mix(seedPrev, uint64(prev)))
	for _, f := range static[:min(joint, len(static))] {
		buf = append(buf, Mix3(seedJoint, f, uint64(prev)))
	}
	return buf
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

const taggerMagic = "kwtagger1"

// Bytes returns the tagger as a file.
func (t *Tagger) Bytes() []byte {
	flags := byte(0)
	if t.spec.Viterbi {
		flags |= 1
	}
	if t.spec.BIO {
		flags |= 2
	}
	labels := strings.Join(t.spec.Labels, "\n")
	out := append([]byte(taggerMagic), flags, byte(t.spec.Joint))
	out = binary.LittleEndian.AppendUint16(out, uint16(len(labels)))
	out = append(out, labels...)
	return append(out, t.table.Bytes()...)
}

// LoadTagger reads a tagger from the bytes of its file, which it keeps.
func LoadTagger(data []byte) (*Tagger, error) {
	head := len(taggerMagic) + 4
	if len(data) < head || string(data[:len(taggerMagic)]) != taggerMagic {
		return nil, errors.New("not a tagger")
	}
	flags, joint := data[len(taggerMagic)], int(data[len(taggerMagic)+1])
	n := int(binary.LittleEndian.Uint16(data[head-2:]))
	if len(data) < head+n {
		return nil, errors.New("tagger: cut short")
	}
	spec := TaggerSpec{Joint: joint, Viterbi: flags&1 != 0, BIO: flags&2 != 0}
	spec.Labels = strings.Split(string(data[head:head+n]), "\n")
	table, err := LoadTable(data[head+n:])
	if err != nil {
		return nil, fmt.Errorf("tagger: %w", err)
	}
	if table.Classes() != len(spec.Labels) {
		return nil, fmt.Errorf("tagger: %d labels, table of %d classes", len(spec.Labels), table.Classes())
	}
	return newTagger(spec, table), nil
}
