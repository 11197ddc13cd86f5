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

<<<<<<< HEAD
// part cuts one part into sentences and parses each.
func (p *Parser) part(st *story.Story, s *scratch, part int) {
	text, end := st.Text, st.Parts[part].Span.End
	at := st.Parts[part].Span.Start
	first := len(st.Tokens)
	space := true
	for at < end {
		r, size := utf8.DecodeRuneInString(text[at:end])
		if unicode.IsSpace(r) {
			at += size
			space = true
			continue
		}
		tokEnd := p.scanToken(text, at, end)
		p.addToken(st, s, story.Span{Start: at, End: tokEnd}, space)
		form := text[at:tokEnd]
		at, space = tokEnd, false
		long := int(story.WordID(len(st.Words)+1)-st.Tokens[first].FirstWord) >= maxWords
		if !long && !p.closes(st, s, form, &at, end) {
			continue
		}
		p.sentence(st, s, part, first)
		first = len(st.Tokens)
	}
	if first < len(st.Tokens) {
		p.sentence(st, s, part, first)
	}
}

// closes reports whether the sentence ends after the token just added; closing
// marks that belong to it are added first.
func (p *Parser) closes(st *story.Story, s *scratch, form string, at *int, end int) bool {
	last := form[len(form)-1]
	if last != '.' && last != '?' && last != '!' && !strings.HasPrefix(form, "…") {
		return false
	}
	stop := *at
	for stop < end && strings.ContainsRune(closers, firstRune(st.Text[stop:])) {
		stop += utf8.RuneLen(firstRune(st.Text[stop:]))
	}
	if !p.endsSentence(st.Text, form, stop, end) {
		return false
	}
	for *at < stop {
		n := utf8.RuneLen(firstRune(st.Text[*at:]))
		p.addToken(st, s, story.Span{Start: *at, End: *at + n}, false)
		*at += n
	}
	return true
}

// addToken appends a token with its words.
func (p *Parser) addToken(st *story.Story, s *scratch, sp story.Span, space bool) {
	sent := story.SentID(len(st.Sents) + 1)
	tok := story.TokenID(len(st.Tokens) + 1)
	t := story.Token{Span: sp, Sent: sent, FirstWord: story.WordID(len(st.Words) + 1), SpaceBefore: space}
	form := st.Slice(sp)
	s.lengths, s.low = p.cut(form, s.low, s.lengths[:0])
	if len(s.lengths) == 0 {
		s.lengths = append(s.lengths, len(form))
	}
	at := sp.Start
	for _, n := range s.lengths {
		w := story.Span{Start: at, End: at + n}
		st.Words = append(st.Words, story.Word{Form: st.Slice(w), Span: w, Sent: sent, Token: tok})
		at += n
	}
	t.EndWord = story.WordID(len(st.Words) + 1)
	st.Tokens = append(st.Tokens, t)
}

// sentence makes a sentence of the tokens from first on and parses it.
func (p *Parser) sentence(st *story.Story, s *scratch, part, first int) {
	firstTok, endTok := story.TokenID(first+1), story.TokenID(len(st.Tokens)+1)
	sent := story.Sentence{
		Span: story.Span{Start: st.Tokens[first].Span.Start, End: st.Tokens[len(st.Tokens)-1].Span.End},
		Part: part, FirstToken: firstTok, EndToken: endTok,
		FirstWord: st.Tokens[first].FirstWord, EndWord: story.WordID(len(st.Words) + 1),
	}
	st.Sents = append(st.Sents, sent)
	p.annotate(s, st.Words[sent.FirstWord-1:sent.EndWord-1], sent.FirstWord)
	st.Link(story.SentID(len(st.Sents)))
}

// annotate fills tag, lemma, head and relation of the words of one sentence,
// whatever they held; base is the id of the first.
func (p *Parser) annotate(s *scratch, words []story.Word, base story.WordID) {
	n := len(words)
	s.setAtoms(p.model, n, func(i int) string { return p.rules.seen(words[i].Form) })
	s.tag(p.model, n)
	s.parse(p.model, n)
	for i := range words {
		w, nd := &words[i], &s.cfg.nodes[i]
		w.UPOS = p.upos[s.tags[i]]
		w.Lemma = s.lemma(p.model, p.own(s, i, w.Form), w.Form)
		w.Deprel = p.model.rels[nd.rel]
		w.Head = 0
		if int(nd.head) < n {
			w.Head = base + story.WordID(nd.head)
		}
	}
}

// own returns the atom of a word itself, where the model saw another in its
// place: a lemma is made of the word that stands there.
func (p *Parser) own(s *scratch, i int, form string) *atom {
	if p.rules.seen(form) == form {
		return &s.atoms[i]
	}
	s.lone.setForm(form, p.model.clusters)
	s.lone.setTag(s.tags[i])
	return &s.lone
}

=======
>>>>>>> fe1ec30 (syntax: read with a small recurrent network (work in progress))
// Annotate gives every word of a story with sentences and words a tag, a lemma,
// a head and a relation, whatever it had before.
func (p *Parser) Annotate(st *story.Story) {
	s := p.pool.Get().(*scratch)
	defer p.pool.Put(s)
	p.annotate(st, s, 0, len(st.Sents))
}
