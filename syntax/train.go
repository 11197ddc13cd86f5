package syntax

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"kawat/gold"
	"kawat/learn"
	"kawat/story"
)

// TrainOptions are what a training needs.
type TrainOptions struct {
	Recipe *Recipe
	Data   fs.FS                            // the folder that the recipe's files are named from
	Log    func(format string, args ...any) // progress; may be nil
	// Holdout keeps every so many-th sentence of the treebanks with lemmas
	// out of training, to be scored as a further dev set; 0 trains on all.
	Holdout int
}

// Trained is a finished training.
type Trained struct {
	Files  map[string][]byte // model files by name
	Scores []DevScore
}

// DevScore is how one style's model reads a dev set from gold words.
type DevScore struct {
	Style, Set                   string
	Words                        int
	UPOS, UAS, LAS, LASFull, Lem float64 // per cent
}

// example is one sentence to learn from.
type example struct {
	forms    []string
	tags     []uint8
	heads    []int32
	rels     []uint8
	lemmas   []string
	domain   int
	guess    []uint8  // tags by a tagger that did not see the sentence
	relNames []string // the relations as the treebank has them
}

// trainer holds a training.
type trainer struct {
	TrainOptions
	domains  map[string]int
	rels     []string
	scripts  []script
	train    []example
	dev      []devSet
	clusters *clusterTable
	words    *wordSet
}

type devSet struct {
	name, style string
	lemmas      bool
	examples    []example
}

// Train makes the models of a recipe. The result depends on nothing but the
// recipe and the data: the same give the same bytes.
func Train(ctx context.Context, o TrainOptions) (*Trained, error) {
	if o.Log == nil {
		o.Log = func(string, ...any) {}
	}
	t := &trainer{TrainOptions: o, domains: o.Recipe.domains()}
	if err := t.load(); err != nil {
		return nil, err
	}
	o.Log("%d sentences, %d relations", len(t.train), len(t.rels))
	tagWeights, err := t.trainTags(ctx)
	if err != nil {
		return nil, err
	}
	lemmaWeights, err := t.trainLemmas(ctx)
	if err != nil {
		return nil, err
	}
	arcWeights, err := t.trainArcs(ctx)
	if err != nil {
		return nil, err
	}
	out := &Trained{Files: map[string][]byte{}}
	for _, style := range o.Recipe.Styles {
		m, err := t.pack(style, tagWeights, arcWeights, lemmaWeights)
		if err != nil {
			return nil, err
		}
		out.Files[o.Recipe.ModelFile(style)] = m.bytes()
		out.Scores = append(out.Scores, t.judge(m, style)...)
	}
	return out, nil
}

func (t *trainer) pack(style string, tags, arcs, lemmas *learn.Trainer) (*model, error) {
	d := t.domains[style]
	m := &model{rels: t.rels, scripts: t.scripts, clusters: t.clusters, words: t.words}
	var err error
	if m.tagger, err = learn.PackTagger(tagSpec(), tags, d, t.Recipe.PruneTags); err != nil {
		return nil, err
	}
	if m.parser, err = arcs.Pack(d, t.Recipe.Prune); err != nil {
		return nil, err
	}
	if m.lemmas, err = lemmas.Pack(0, 0); err != nil {
		return nil, err
	}
	t.Log("%s: tagger %d rows %d bytes, parser %d rows %d bytes, lemmas %d bytes", style, m.tagger.Rows(), len(m.tagger.Bytes()),
		m.parser.Rows(), len(m.parser.Bytes()), len(m.lemmas.Bytes()))
	return m, nil
}

// load reads the treebanks and numbers relations and lemma scripts.
func (t *trainer) load() error {
	rels, scripts := map[string]int{}, map[string]int{}
	var known []string
	for _, tb := range t.Recipe.Treebanks {
		sents, err := t.read(tb)
		if err != nil {
			return err
		}
		held := devSet{name: tb.Name + " (held out)", style: tb.Style, lemmas: tb.Lemmas}
		var kept []gold.Sentence
		for i, s := range sents {
			known = addKnown(known, &s)
			count(&s, tb.Lemmas, rels, scripts)
			if t.Holdout > 0 && tb.Lemmas && i%t.Holdout == t.Holdout-1 {
				held.examples = append(held.examples, t.example(&s, tb))
			} else {
				kept = append(kept, s)
			}
		}
		for i := range kept {
			t.train = append(t.train, t.example(&kept[i], tb))
		}
		if len(held.examples) > 0 {
			t.dev = append(t.dev, held)
		}
	}
	t.rels = byCount(rels, 1, (learn.MaxClasses-1)/2)
	for _, name := range byCount(scripts, 2, learn.MaxClasses) {
		s, err := parseScript(name)
		if err != nil {
			return err
		}
		t.scripts = append(t.scripts, s)
	}
	t.number()
	t.words = makeWords(known)
	t.clusters = &clusterTable{}
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
	data, err := fs.ReadFile(t.Data, tb.File)
	if err != nil {
		return nil, fmt.Errorf("treebank %s: %w", tb.Name, err)
	}
	sum := sha256.Sum256(data)
	if got := hex.EncodeToString(sum[:]); tb.SHA256 != "" && got != tb.SHA256 {
		return nil, fmt.Errorf("treebank %s: sha256 of %s is %s, the recipe wants %s", tb.Name, tb.File, got, tb.SHA256)
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
	ex := example{domain: t.domains[tb.Style]}
	n := int32(s.Words())
	for _, tok := range s.Tokens {
		for _, w := range tok.Words {
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
		}
	}
	return ex
}

// number gives relations their numbers.
func (t *trainer) number() {
	at := map[string]uint8{}
	for i, r := range t.rels {
		at[r] = uint8(i)
	}
	for i := range t.train {
		ex := &t.train[i]
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

func count(s *gold.Sentence, lemmas bool, rels, scripts map[string]int) {
	for _, tok := range s.Tokens {
		for _, w := range tok.Words {
			rels[w.Deprel]++
			if lemmas && w.Lemma != "_" && w.Lemma != "" {
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

// judge scores a style's model on the dev sets of that style, from gold words.
func (t *trainer) judge(m *model, style string) []DevScore {
	var out []DevScore
	for _, d := range t.dev {
		if d.style != style {
			continue
		}
		sc := score(m, &d)
		sc.Style, sc.Set = style, d.name
		t.Log("%s on %s: %d words, UPOS %.1f UAS %.1f LAS %.1f (full %.1f) lemma %.1f", style, d.name, sc.Words, sc.UPOS, sc.UAS, sc.LAS, sc.LASFull, sc.Lem)
		out = append(out, sc)
	}
	return out
}

func score(m *model, d *devSet) DevScore {
	var n, upos, uas, las, full, lem, lems int
	s := newScratch()
	for i := range d.examples {
		ex := &d.examples[i]
		k := len(ex.forms)
		s.setAtoms(m, k, func(j int) string { return ex.forms[j] })
		s.tag(m, k)
		s.parse(m, k)
		for j := range k {
			n++
			if s.tags[j] == ex.tags[j] {
				upos++
			}
			nd := &s.cfg.nodes[j]
			if nd.head == ex.heads[j] {
				uas++
				rel := m.rels[nd.rel]
				if base(rel) == base(ex.relNames[j]) {
					las++
				}
				if rel == ex.relNames[j] {
					full++
				}
			}
			if ex.lemmas[j] != "" {
				lems++
				if s.lemma(m, &s.atoms[j], ex.forms[j]) == ex.lemmas[j] {
					lem++
				}
			}
		}
	}
	pc := func(a, b int) float64 { return 100 * float64(a) / float64(max(b, 1)) }
	return DevScore{Words: n, UPOS: pc(upos, n), UAS: pc(uas, n), LAS: pc(las, n), LASFull: pc(full, n), Lem: pc(lem, lems)}
}

func base(rel string) string {
	b, _, _ := strings.Cut(rel, ":")
	return b
}

// tagLabels are the tags in the order of their numbers.
func tagSpec() learn.TaggerSpec {
	spec := learn.TaggerSpec{Joint: 3}
	for u := story.NoPOS; u <= story.X; u++ {
		spec.Labels = append(spec.Labels, u.String())
	}
	return spec
}
