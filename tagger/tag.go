package tagger

import "kawat/neural"

// Scratch is the memory in which one goroutine labels sentences; the zero value
// is ready. It remembers words for the model that it is used with, and belongs
// to one.
type Scratch struct {
	x      []int16
	y      []int32
	stack  neural.StackScratch
	cache  []cached
	ahead  []int32
	behind []int32
	back   []uint8
	labels []uint8
	margin []int32
}

// cached is the sum of the rows of a word met before.
type cached struct {
	key uint64
	sum []int16
}

// cacheSize is how many words are remembered, a power of two.
const cacheSize = 2048

// Begin begins a sentence.
func (s *Scratch) Begin() { s.x = s.x[:0] }

// Word begins the next word. It reports whether what the form alone gives is
// remembered under a key, which is not 0; else the caller adds its features and
// calls Keep.
func (s *Scratch) Word(m *Model, key, form uint64) (known bool) {
	if s.cache == nil {
		s.cache = make([]cached, cacheSize)
		all := make([]int16, cacheSize*m.In)
		for i := range s.cache {
			s.cache[i].sum = all[i*m.In : (i+1)*m.In]
		}
	}
	c := &s.cache[key>>1&(cacheSize-1)]
	at := len(s.x)
	s.x = append(s.x, c.sum...)
	if c.key == key {
		return true
	}
	c.key = 0
	clear(s.x[at:])
	r := m.index.find(formFeature(form))
	if r < 0 {
		r = m.index.find(unknownForm)
	}
	m.add(s.x[at:], r)
	return false
}

// Add adds a feature to the last word.
func (s *Scratch) Add(m *Model, f uint64) { m.add(s.x[len(s.x)-m.In:], m.index.find(f)) }

// Keep remembers the last word as it is so far.
func (s *Scratch) Keep(m *Model, key uint64) {
	c := &s.cache[key>>1&(cacheSize-1)]
	c.key = key
	copy(c.sum, s.x[len(s.x)-m.In:])
}

func (m *Model) add(sum []int16, row int32) {
	if row >= 0 {
		neural.AddRow(sum, m.rows[int(row)*m.In:][:m.In], m.shifts[row])
	}
}

// Tag returns the best labels of the sentence that was added to the scratch, and
// for each by how much the best sequence beats the best one that has another
// label there, in 1/1024. Both are good until the next call.
func (m *Model) Tag(s *Scratch, style int) (labels []uint8, margins []int32) {
	words, n := len(s.x)/m.In, len(m.labels)
	if words == 0 {
		return nil, nil
	}
	row := m.index.find(styleFeature(style))
	for w := range words {
		m.add(s.x[w*m.In:][:m.In], row)
	}
	top := m.stack.Run(&s.stack, s.x)
	s.y = sized(s.y, words*outWidth)
	m.out.Wide(s.y, top, words, 2*m.Hidden)
	shift := m.out.XBits + m.out.Bits - scoreBits
	for i := range s.y {
		s.y[i] >>= shift
	}
	s.ahead, s.behind, s.back = sized(s.ahead, words*n), sized(s.behind, words*n), sized(s.back, words*n)
	m.forward(s, words)
	m.backward(s, words)
	s.labels, s.margin = sized(s.labels, words), sized(s.margin, words)
	best := 0
	for c := range n {
		if s.ahead[(words-1)*n+c] > s.ahead[(words-1)*n+best] {
			best = c
		}
	}
	for w := words - 1; w >= 0; w-- {
		s.labels[w] = uint8(best)
		second := lowest
		for c := range n {
			if c != best {
				second = max(second, s.ahead[w*n+c]+s.behind[w*n+c])
			}
		}
		s.margin[w] = s.ahead[w*n+best] + s.behind[w*n+best] - second
		best = int(s.back[w*n+best])
	}
	return s.labels, s.margin
}

// lowest is the score of what is not allowed: far below all scores of a
// sentence, and far from the end of what 32 bits hold.
const lowest = int32(-1 << 29)

// forward fills ahead with the score of the best sequence up to a word that ends
// in a label, and back with the label before.
func (m *Model) forward(s *Scratch, words int) {
	n := len(m.labels)
	for w := range words {
		for c := range n {
			best, from := lowest, 0
			if w == 0 && m.allowed[n*n+c] {
				best = m.moves[n*n+c]
			}
			if w > 0 {
				for p := range n {
					if v := s.ahead[(w-1)*n+p] + m.moves[p*n+c]; m.allowed[p*n+c] && v > best {
						best, from = v, p
					}
				}
			}
			s.ahead[w*n+c], s.back[w*n+c] = max(best+s.y[w*outWidth+c], lowest), uint8(from)
		}
	}
}

// backward fills behind with the score of the best sequence behind a label.
func (m *Model) backward(s *Scratch, words int) {
	n := len(m.labels)
	clear(s.behind[(words-1)*n:])
	for w := words - 2; w >= 0; w-- {
		for p := range n {
			best := lowest
			for c := range n {
				if m.allowed[p*n+c] {
					best = max(best, m.moves[p*n+c]+s.y[(w+1)*outWidth+c]+s.behind[(w+1)*n+c])
				}
			}
			s.behind[w*n+p] = best
		}
	}
}

func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}
