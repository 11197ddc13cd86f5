package syntax

import (
	"fmt"
	"slices"
	"sync"

	"kawat/lang"
	"kawat/story"
)

// Parser reads the syntax of one language. It is read-only after New and safe
// for many goroutines.
type Parser struct {
	cutter
	model *model
	style int       // number of the conventions that trees follow
	pool  sync.Pool // of *scratch
}

// New makes the parser of a language from its pack's tokens.tsv and
// syntax.model. The model's tables are used where they lie; nothing is copied.
func New(pack *lang.Pack) (*Parser, error) {
	r, err := compileRules(pack)
	if err != nil {
		return nil, fmt.Errorf("syntax: %w", err)
	}
	data, err := pack.File(modelFile)
	if err != nil {
		return nil, fmt.Errorf("syntax: %w", err)
	}
	m, err := loadModel(data)
	if err != nil {
		return nil, fmt.Errorf("syntax: pack %s: %s: %w", pack.Code, modelFile, err)
	}
	return newParser(r, m, 0), nil
}

func newParser(r *rules, m *model, style int) *Parser {
	p := &Parser{cutter: cutter{r, m.words}, model: m, style: style}
	p.pool.New = func() any { return newScratch() }
	return p
}

// Style returns a parser with the conventions of another treebank that the
// model was trained on, such as "gsd".
func (p *Parser) Style(name string) (*Parser, error) {
	i := slices.Index(p.model.styles, name)
	if i < 0 {
		return nil, fmt.Errorf("syntax: no style %q; there are %q", name, p.model.styles)
	}
	return newParser(p.rules, p.model, i), nil
}

// Run fills sentences, tokens and words with trees for the paragraphs and
// titles of a story. It costs O(words) but for the depth of the trees.
func (p *Parser) Run(st *story.Story) error {
	st.Tokens = make([]story.Token, 0, len(st.Text)/5+8)
	st.Words = make([]story.Word, 0, len(st.Text)/5+8)
	s := p.pool.Get().(*scratch)
	defer p.pool.Put(s)
	for i, part := range st.Parts {
		if part.Kind == story.PartParagraph || part.Kind == story.PartTitle {
			p.part(st, &s.cut, i)
		}
	}
	p.annotate(st, s, 0, len(st.Sents))
	return nil
}

// Annotate gives every word of a story with sentences and words a tag, a lemma,
// a head and a relation, whatever it had before.
func (p *Parser) Annotate(st *story.Story) {
	s := p.pool.Get().(*scratch)
	defer p.pool.Put(s)
	p.annotate(st, s, 0, len(st.Sents))
}
