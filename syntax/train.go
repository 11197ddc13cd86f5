package syntax

import (
	"context"
	"fmt"
	"io/fs"
	"slices"

	"kawat/lang"
	"kawat/learn"
	"kawat/neural"
)

// TrainOptions are what a training needs.
type TrainOptions struct {
	Pack   *lang.Pack                       // its train.json is the recipe, its tokens.tsv cuts plain text
	Data   fs.FS                            // the folder that the recipe's files are named from
	Drills fs.FS                            // the folder of the project\'s own sentences
	Log    func(format string, args ...any) // progress; may be nil
	// Holdout keeps every so many-th sentence of the treebanks marked "report"
	// out of training, to be scored as a further dev set; 0 trains on all.
	Holdout int
}

// Trained is a finished training.
type Trained struct {
	Files map[string][]byte // model files by name
	Made  Made
	// Same reports whether the model has the bytes that the recipe says.
	Same bool
}

// DevScore is how the model reads a dev set from gold words.
type DevScore struct {
	Style string `json:"style,omitempty"`
	Set   string `json:"set"`
	Words int    `json:"words"`
	// Per cent; LAS without subtypes of relations, LASFull with them.
	UPOS    float64 `json:"upos"`
	Feats   float64 `json:"feats"`
	UAS     float64 `json:"uas"`
	LAS     float64 `json:"las"`
	LASFull float64 `json:"las_full"`
	Lemma   float64 `json:"lemma"`
}

// example is one sentence to learn from.
type example struct {
	forms     []string
	tags      []uint8
	heads     []int32
	rels      []uint8
	feats     []int16
	lemmas    []string
	scripts   []int16 // that make the lemmas; negative for none
	domain    int
	glued     []bool   // no space stands after the word
	featless  bool     // the treebank has no features
	doubted   bool     // a program made its tree
	aims      *aims    // where teachers read it
	relNames  []string // relations and features as the treebank has them
	featNames []string
}

// trainer holds a training.
type trainer struct {
	TrainOptions
	Recipe  *Recipe
	rules   *rules
	domains map[string]int
	rels    []string
	bundles []string
	scripts []script
	train   []example
	more    []example             // of which only lemmas are learned
	reread  map[*example]*example // doubted sentences as teachers read them
	dev     []devSet
	words   *wordSet
	known   *neural.Vectors
	names   *namePool
	isFlat  []bool // relations within names
	vocab   *vocabulary
	net     *network
}

type devSet struct {
	name, style string
	lemmas      bool
	examples    []example
}

// Train makes the model of a pack's recipe. The result depends on nothing but
// the recipe and the data: the same give the same bytes.
func Train(ctx context.Context, o TrainOptions) (*Trained, error) {
	if o.Log == nil {
		o.Log = func(string, ...any) {}
	}
	data, err := o.Pack.File("train.json")
	if err != nil {
		return nil, err
	}
	t := &trainer{TrainOptions: o}
	if t.Recipe, err = ReadRecipe(data); err != nil {
		return nil, err
	}
	if t.rules, err = compileRules(o.Pack); err != nil {
		return nil, err
	}
	t.domains = t.Recipe.domains()
	if err := t.load(); err != nil {
		return nil, err
	}
	o.Log("%d sentences, %d relations, %d bundles of features", len(t.train), len(t.rels), len(t.bundles))
	lemmas, err := t.trainLemmas(ctx)
	if err != nil {
		return nil, err
	}
	if err := t.trainNetwork(ctx); err != nil {
		return nil, err
	}
	m := t.pack(t.net, nil)
	if m.lemmas, err = t.packLemmas(lemmas); err != nil {
		return nil, err
	}
	file := m.bytes()
	// Scored as it will be read.
	if m, err = loadModel(file); err != nil {
		return nil, fmt.Errorf("the model that was made: %w", err)
	}
	return t.made(file, t.judge(m))
}

// made says what was made, and whether it is what the recipe says.
func (t *trainer) made(file []byte, scores []DevScore) (*Trained, error) {
	tokens, err := t.Pack.File("tokens.tsv")
	if err != nil {
		return nil, err
	}
	out := &Trained{Files: map[string][]byte{modelFile: file}, Made: Made{Model: hashOf(file), Tokens: hashOf(tokens), Scores: scores}}
	old := t.Recipe.Made
	out.Same = old != nil && old.Model == out.Made.Model
	switch {
	case old == nil || t.Holdout > 0:
	case out.Same:
		t.Log("the same bytes as the recipe says, %s", old.Model)
	case old.Tokens != out.Made.Tokens:
		t.Log("other bytes than the recipe says: tokens.tsv has changed since, which cuts the plain text")
	default:
		t.Log("other bytes than the recipe says: %s, not %s", out.Made.Model, old.Model)
	}
	return out, nil
}

// pack makes a model of what has been learned so far.
func (t *trainer) pack(n *network, lemmas []*learn.Table) *model {
	return &model{
		net: n.freeze(t.vocab), styles: t.Recipe.Styles, rels: t.rels, root: slices.Index(t.rels, "root"),
		bundles: t.bundles, lemmas: lemmas, scripts: t.scripts, words: t.words,
	}
}
