package syntax

import (
	"strings"

	"kawat/learn"
	"kawat/story"
)

// scratch is the memory of one goroutine's analysis, used again from sentence to
// sentence.
type scratch struct {
	cut    cutScratch
	think  thought
	ends   []int // of the sentences of a block, in words from its first
	heads  []int32
	rels   []uint8
	tags   []uint8
	lemmas []lemmaOf
	buf    []uint64
}

// lemmaOf is a lemma found before.
type lemmaOf struct {
	key   uint64
	lemma string
}

// lemmaCache is how many lemmas are remembered, a power of two.
const lemmaCache = 4096

// blockWords is about how many words are read at once: enough to keep the
// matrices busy, few enough to stay in the processor's cache.
const blockWords = 128

func newScratch() *scratch {
	return &scratch{lemmas: make([]lemmaOf, lemmaCache), buf: make([]uint64, 0, 64)}
}

// annotate fills tag, features, lemma, head and relation of the words of
// sentences first to end, whatever they held.
func (p *Parser) annotate(st *story.Story, s *scratch, first, end int) {
	for first < end {
		words := 0
		next := first
		for next < end && words < blockWords {
			words += int(st.Sents[next].EndWord - st.Sents[next].FirstWord)
			next++
		}
		p.block(st, s, first, next)
		first = next
	}
}

// block annotates a few sentences at once.
func (p *Parser) block(st *story.Story, s *scratch, first, end int) {
	s.begin()
	for i := first; i < end; i++ {
		sent := &st.Sents[i]
		for w := sent.FirstWord; w < sent.EndWord; w++ {
			s.think.add(p.model.net, p.rules.seen(st.Word(w).Form), w == sent.FirstWord, p.style)
		}
		s.endSentence(p.model)
	}
	s.read(p.model)
	at := 0
	lemmas := p.model.lemmasOf(p.style)
	for i := first; i < end; i++ {
		sent := &st.Sents[i]
		n := int(sent.EndWord - sent.FirstWord)
		titled := isTitled(n, func(k int) string { return st.Word(sent.FirstWord + story.WordID(k)).Form })
		for k := range n {
			w := st.Word(sent.FirstWord + story.WordID(k))
			w.UPOS = story.UPOS(s.tags[at+k])
			w.Deprel = p.model.rels[s.rels[at+k]]
			w.Feats = p.model.feats(s, at+k)
			w.Lemma = s.lemma(p.model, lemmas, w.Form, s.tags[at+k], titled || k == 0)
			w.Head = 0
			if h := int(s.heads[at+k]); h < n {
				w.Head = sent.FirstWord + story.WordID(h)
			}
		}
		at += n
		st.Link(story.SentID(i + 1))
	}
}

// begin empties the block; words are then added to s.think.
func (s *scratch) begin() {
	s.think.begin()
	s.ends = s.ends[:0]
}

func (s *scratch) endSentence(m *model) {
	from := 0
	if n := len(s.ends); n > 0 {
		from = s.ends[n-1]
	}
	s.think.endSentence(m.net, from)
	s.ends = append(s.ends, len(s.think.near))
}

// read fills heads (counted within the sentence, its length for the root),
// relations and tags of the words of the block.
func (s *scratch) read(m *model) {
	f, t := m.net, &s.think
	words := len(t.x) / f.In
	t.run(f, s.ends)
	s.heads, s.rels, s.tags = resized(s.heads, words), resized(s.rels, words), resized(s.tags, words)
	from := 0
	for _, end := range s.ends {
		t.arcs(f, from, end, s.heads[from:end])
		t.relations(f, from, end, m.root, len(m.rels), s.heads[from:end], s.rels[from:end])
		from = end
	}
	for w := range words {
		s.tags[w] = t.tag(f, w)
	}
}

// feats returns the bundle of features of a word of the block.
func (m *model) feats(s *scratch, w int) string {
	if m.net.Feats == 0 {
		return ""
	}
	return m.bundles[s.think.bundle(m.net, w, len(m.bundles))]
}

// lemma returns the lemma of a word with a tag; plain says that a capital tells
// nothing where it stands. A scratch knows one table of lemmas only.
func (s *scratch) lemma(m *model, lemmas *learn.Table, form string, tag uint8, plain bool) string {
	place := uint64(tag) + 1
	if plain {
		place |= 1 << 8
	}
	key := learn.Mix(learn.Hash(form), place) | 1
	c := &s.lemmas[key>>1&(lemmaCache-1)]
	if c.key == key {
		return c.lemma
	}
	var a atom
	a.setForm(form)
	a.setTag(tag)
	s.buf = lemmaFeatures(s.buf, &a, form, plain)
	var scores [learn.MaxClasses]int32
	lemmas.Score(s.buf, scores[:])
	// Cloned, not to hold the text that it was cut from.
	c.key, c.lemma = key, strings.Clone(m.scripts[highest(scores[:len(m.scripts)])].apply(form))
	return c.lemma
}
