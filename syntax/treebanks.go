package syntax

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"kawat/gold"
	"kawat/learn"
)

// Bounds of what a model holds.
const (
	maxRels    = 64
	maxBundles = 112
)

// unsaid stands for a bundle of features that is not to be learned.
const unsaid = -1

// load reads the treebanks and numbers relations and lemma scripts.
func (t *trainer) load() error {
	rels, scripts, bundles := map[string]int{}, map[string]int{}, map[string]int{}
	var known []string
	for _, tb := range t.Recipe.Treebanks {
		sents, err := t.read(tb)
		if err != nil {
			return err
		}
		held := devSet{name: tb.Name + " (held out)", style: tb.Style, lemmas: tb.Lemmas}
		var kept []gold.Sentence
		for i, s := range sents {
			if tb.Lemmas {
				countScripts(&s, scripts)
			}
			if !tb.LemmasOnly {
				known = addKnown(known, &s)
				count(&s, rels, bundles)
			}
			if t.Holdout > 0 && tb.Report && i%t.Holdout == t.Holdout-1 {
				held.examples = append(held.examples, t.example(&s, tb))
			} else {
				kept = append(kept, s)
			}
		}
		to := &t.train
		if tb.LemmasOnly {
			to = &t.more
		}
		for i := range kept {
			*to = append(*to, t.example(&kept[i], tb))
		}
		if len(held.examples) > 0 {
			t.dev = append(t.dev, held)
		}
	}
	t.rels = byCount(rels, 1, maxRels)
	for _, name := range byCount(scripts, 2, learn.MaxClasses) {
		s, err := parseScript(name)
		if err != nil {
			return err
		}
		t.scripts = append(t.scripts, s)
	}
	t.bundles = byCount(bundles, 5, maxBundles)
	t.number()
	t.words = makeWords(known)
	return t.loadDev()
}

func (t *trainer) loadDev() error {
	for _, tb := range t.Recipe.Dev {
		sents, err := t.read(tb)
		if err != nil {
			return err
		}
		d := devSet{name: tb.Name, style: tb.Style, lemmas: tb.Lemmas}
		for i := range sents {
			d.examples = append(d.examples, t.example(&sents[i], tb))
		}
		t.dev = append(t.dev, d)
	}
	return nil
}

func (t *trainer) read(tb Treebank) ([]gold.Sentence, error) {
	from := t.Data
	if tb.Own {
		from = t.Drills
	}
	data, err := readHashed(from, tb.File, tb.SHA256)
	if err != nil {
		return nil, fmt.Errorf("treebank %s: %w", tb.Name, err)
	}
	sents, err := gold.ReadCoNLLU(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("treebank %s: %s: %w", tb.Name, tb.File, err)
	}
	return sents, nil
}

// example turns a gold sentence into one to learn from. Relations are numbered
// later, when all are known.
func (t *trainer) example(s *gold.Sentence, tb Treebank) example {
	ex := example{domain: t.domains[tb.Style], featless: tb.Featless, doubted: tb.Doubted}
	n := int32(s.Words())
	for _, tok := range s.Tokens {
		for i, w := range tok.Words {
			ex.glued = append(ex.glued, i+1 < len(tok.Words) || !tok.SpaceAfter)
			ex.forms = append(ex.forms, w.Form)
			ex.tags = append(ex.tags, uint8(w.UPOS))
			head := int32(w.Head) - 1
			if w.Head == 0 {
				head = n
			}
			ex.heads = append(ex.heads, head)
			lemma := w.Lemma
			if !tb.Lemmas || lemma == "" || lemma == "_" && w.Form != "_" {
				lemma = ""
			}
			ex.lemmas = append(ex.lemmas, lemma)
			ex.rels = append(ex.rels, 0)
			ex.relNames = append(ex.relNames, w.Deprel)
			ex.featNames = append(ex.featNames, w.Feats)
			ex.feats = append(ex.feats, unsaid)
		}
	}
	return ex
}

// number gives relations and bundles of features their numbers.
func (t *trainer) number() {
	at := map[string]uint8{}
	for i, r := range t.rels {
		at[r] = uint8(i)
	}
	bundles := map[string]int16{}
	for i, b := range t.bundles {
		bundles[b] = int16(i)
	}
	for i := range t.train {
		ex := &t.train[i]
		for j, name := range ex.featNames {
			if b, ok := bundles[name]; ok && !ex.featless {
				ex.feats[j] = b
			}
		}
		for j, name := range ex.relNames {
			r, ok := at[name]
			if !ok {
				base, _, _ := strings.Cut(name, ":")
				r = at[base]
			}
			ex.rels[j] = r
		}
	}
}

func addKnown(known []string, s *gold.Sentence) []string {
	for _, tok := range s.Tokens {
		for _, w := range tok.Words {
			known = append(known, w.Form)
		}
	}
	return known
}

func count(s *gold.Sentence, rels, bundles map[string]int) {
	for _, tok := range s.Tokens {
		for _, w := range tok.Words {
			rels[w.Deprel]++
			bundles[w.Feats]++
		}
	}
}

func countScripts(s *gold.Sentence, scripts map[string]int) {
	for _, tok := range s.Tokens {
		for _, w := range tok.Words {
			if w.Lemma != "_" && w.Lemma != "" {
				scripts[scriptFor(w.Form, w.Lemma)]++
			}
		}
	}
}

// byCount returns the names that were counted at least least times, most
// frequent first, at most limit.
func byCount(counts map[string]int, least, limit int) []string {
	var out []string
	for name, n := range counts {
		if n >= least {
			out = append(out, name)
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	return out[:min(len(out), limit)]
}

// makeWords makes the set of the words that are made of letters.
func makeWords(forms []string) *wordSet {
	var keys []uint32
	for _, f := range forms {
		keys = append(keys, uint32(learn.HashLower(f)>>32))
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	s := &wordSet{}
	for _, k := range keys {
		s.data = append(s.data, byte(k), byte(k>>8), byte(k>>16), byte(k>>24))
	}
	return s
}
