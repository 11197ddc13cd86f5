package syntax

import "strings"

// judge scores a model on the dev sets, from gold words.
func (t *trainer) judge(m *model) []DevScore {
	var out []DevScore
	for i := range t.dev {
		d := &t.dev[i]
		sc := t.score(m, d)
		t.Log("%s: %d words, UPOS %.2f feats %.2f UAS %.2f LAS %.2f (full %.2f) lemma %.2f", sc.Set, sc.Words, sc.UPOS, sc.Feats, sc.UAS, sc.LAS, sc.LASFull, sc.Lemma)
		out = append(out, sc)
	}
	return out
}

// tally counts words that are read right.
type tally struct{ words, upos, feats, uas, las, full, lemma, lemmas int }

func (t *trainer) score(m *model, d *devSet) DevScore {
	var n tally
	s := newScratch()
	style := t.domains[d.style]
	for i := range d.examples {
		ex := &d.examples[i]
		s.begin()
		for j, form := range ex.forms {
			s.think.add(m.net, form, j == 0, style)
		}
		s.endSentence(m)
		s.read(m)
		for j := range ex.forms {
			n.word(m, s, ex, j)
			n.lemmaOf(m, s, ex, j, style)
		}
	}
	pc := func(a, b int) float64 { return float64(10000*a/max(b, 1)) / 100 }
	return DevScore{
		Style: d.style, Set: d.name, Words: n.words, UPOS: pc(n.upos, n.words), Feats: pc(n.feats, n.words), UAS: pc(n.uas, n.words),
		LAS: pc(n.las, n.words), LASFull: pc(n.full, n.words), Lemma: pc(n.lemma, n.lemmas),
	}
}

func (n *tally) word(m *model, s *scratch, ex *example, j int) {
	one := func(ok bool) int {
		if ok {
			return 1
		}
		return 0
	}
	n.words++
	n.upos += one(s.tags[j] == ex.tags[j])
	n.feats += one(m.feats(s, j) == ex.featNames[j])
	if s.heads[j] == ex.heads[j] {
		rel := m.rels[s.rels[j]]
		n.uas++
		n.las += one(base(rel) == base(ex.relNames[j]))
		n.full += one(rel == ex.relNames[j])
	}
}

func (n *tally) lemmaOf(m *model, s *scratch, ex *example, j, style int) {
	if ex.lemmas[j] == "" || m.lemmas == nil {
		return
	}
	titled := isTitled(len(ex.forms), func(i int) string { return ex.forms[i] })
	n.lemmas++
	if s.lemma(m, m.lemmasOf(style), ex.forms[j], s.tags[j], titled || j == 0) == ex.lemmas[j] {
		n.lemma++
	}
}

func base(rel string) string {
	b, _, _ := strings.Cut(rel, ":")
	return b
}
