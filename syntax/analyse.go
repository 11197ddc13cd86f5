package syntax

import (
	"strings"

	"kawat/learn"
)

// scratch is the memory of one goroutine's analysis, used again from sentence to
// sentence.
type scratch struct {
	atoms   []atom
	feats   learn.Features
	tagging learn.TagScratch
	tags    []uint8
	cfg     config
	buf     []uint64
	scores  []int32
	lemmas  map[uint64]string
	low     []byte // a form in lower case
	lengths []int  // of the words of a token
	lone    atom   // of a word by itself
}

// maxLemmas bounds the memory of lemmas that a scratch keeps.
const maxLemmas = 1 << 16

// setAtoms fills the atoms of the words, the root and nothing.
func (s *scratch) setAtoms(m *model, n int, form func(int) string) {
	if cap(s.atoms) < n+2 {
		s.atoms = make([]atom, n+2, 2*(n+2))
	}
	s.atoms = s.atoms[:n+2]
	for i := range n {
		s.atoms[i].setForm(form(i), m.clusters)
	}
	s.atoms[n] = rootAtom
	s.atoms[n+1] = atom{}
}

// rootAtom stands for the root at the end of the buffer.
var rootAtom = atom{low: 0x1234567, raw: 0x1234567, tag: 99, lowTag: 0x7654321, shape: 0x99}

// tag tags the words whose atoms are set.
func (s *scratch) tag(m *model, n int) {
	tagFeatures(&s.feats, s.atoms[:n])
	s.tags = m.tagger.Tag(&s.tagging, &s.feats, s.tags[:0])
	for i, t := range s.tags {
		s.atoms[i].setTag(t)
	}
}

// parse finds the tree of n words whose atoms hold tags; it lies in s.cfg.nodes.
func (s *scratch) parse(m *model, n int) {
	c := &s.cfg
	c.reset(n)
	v := view{atoms: s.atoms, c: c}
	if cap(s.scores) < m.parser.Classes() {
		s.scores = make([]int32, m.parser.Classes())
	}
	s.scores = s.scores[:m.parser.Classes()]
	rootRel := relIndex(m.rels, "root")
	for !c.done() {
		if a, ok := c.forced(rootRel); ok {
			c.apply(a)
			continue
		}
		s.buf = v.features(s.buf)
		clear(s.scores)
		m.parser.Score(s.buf, s.scores)
		c.apply(c.best(s.scores, rootRel))
	}
}

func relIndex(rels []string, name string) int {
	for i, r := range rels {
		if r == name {
			return i
		}
	}
	return 0
}

// forced returns the action where only one is open.
func (c *config) forced(rootRel int) (int, bool) {
	if len(c.stack) == 0 {
		return shift, true
	}
	if c.front == c.root && len(c.stack) == 1 {
		return leftOf(rootRel), true
	}
	return 0, false
}

// best returns the open action of the highest score, ties to the lowest. Only
// the root may give, and it can only give, the relation root.
func (c *config) best(scores []int32, rootRel int) int {
	mayShift, mayLeft, mayRight := c.may()
	best, top := -1, int32(0)
	if mayShift {
		best, top = shift, scores[shift]
	}
	for a := 1; a < len(scores); a++ {
		if isLeft(a) && !mayLeft || !isLeft(a) && !mayRight || relation(a) == rootRel {
			continue
		}
		if best < 0 || scores[a] > top {
			best, top = a, scores[a]
		}
	}
	return best
}

// lemma returns the lemma of a word whose atom holds its tag.
func (s *scratch) lemma(m *model, a *atom, form string) string {
	key := learn.Mix(a.raw, a.tag)
	if l, ok := s.lemmas[key]; ok {
		return l
	}
	s.buf = lemmaFeatures(s.buf, a, form)
	var scores [learn.MaxClasses]int32
	m.lemmas.Score(s.buf, scores[:])
	best := 0
	for i := range m.scripts {
		if scores[i] > scores[best] {
			best = i
		}
	}
	l := m.scripts[best].apply(form)
	if len(s.lemmas) >= maxLemmas {
		clear(s.lemmas)
	}
	l = strings.Clone(l) // not to hold the text that it was cut from
	s.lemmas[key] = l
	return l
}

func newScratch() *scratch {
	return &scratch{lemmas: map[uint64]string{}, buf: make([]uint64, 0, maxFeatures)}
}
