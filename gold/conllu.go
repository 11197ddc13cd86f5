// Package gold reads what people judged: CoNLL-U treebanks, quotations, events
// and stories with their facts, and scores what Kawat found against it. It is
// used by tests, by `kawat train` and by `kawat eval`, never by a stage.
//
// What comes in are gold files; what goes out are stories with the tables that
// the gold knows, and figures. It never changes a judgement. For example
//
//	st := gold.MustStory(`
//	1	Xi	Xi	PROPN	_	_	2	nsubj	_	_
//	2	tiba	tiba	VERB	_	_	0	root	_	_
//	`)
//
// makes a story of one sentence with its tree.
package gold

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"kawat/story"
)

// Sentence is one sentence of a treebank as the file has it.
type Sentence struct {
	ID     string
	Text   string // the "# text" comment, else put together from the tokens
	Tokens []Token
	Line   int // line of the file at which it begins
	// Para says that the file begins a paragraph or document with it.
	Para bool
}

// Token is a surface token with its words.
type Token struct {
	Form       string
	Words      []Word
	SpaceAfter bool
}

// Word is a syntactic word. Head counts from 1 within the sentence, 0 is the root.
type Word struct {
	Form, Lemma, XPOS, Feats, Deprel, Misc string
	UPOS                                   story.UPOS
	Head                                   int
}

// Words returns the number of words of the sentence.
func (s *Sentence) Words() int {
	n := 0
	for i := range s.Tokens {
		n += len(s.Tokens[i].Words)
	}
	return n
}

// ReadCoNLLU reads all sentences of a CoNLL-U file. An error names the line.
// Empty nodes are left out. Heads outside the sentence and tokens without
// words are errors.
func ReadCoNLLU(r io.Reader) ([]Sentence, error) {
	var out []Sentence
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 64<<10), 1<<20)
	b := builder{}
	line := 0
	for sc.Scan() {
		line++
		s := strings.TrimRight(sc.Text(), "\r")
		if s != "" {
			if err := b.line(s, line); err != nil {
				return nil, fmt.Errorf("line %d: %w", line, err)
			}
			continue
		}
		if done, err := b.finish(); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		} else if done != nil {
			out = append(out, *done)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", line+1, err)
	}
	done, err := b.finish()
	if err != nil {
		return nil, fmt.Errorf("line %d: %w", line, err)
	}
	if done != nil {
		out = append(out, *done)
	}
	return out, nil
}

// builder gathers the lines of one sentence.
type builder struct {
	sent    Sentence
	words   int
	mwtLeft int // words that still belong to the multiword token
}

func (b *builder) line(s string, n int) error {
	if b.sent.Line == 0 {
		b.sent.Line = n
	}
	if s[0] == '#' {
		if v, ok := strings.CutPrefix(s, "# text ="); ok {
			b.sent.Text = strings.TrimSpace(v)
		} else if v, ok := strings.CutPrefix(s, "# sent_id ="); ok {
			b.sent.ID = strings.TrimSpace(v)
		} else if strings.HasPrefix(s, "# newpar") || strings.HasPrefix(s, "# newdoc") {
			b.sent.Para = true
		}
		return nil
	}
	f := strings.Split(s, "\t")
	if len(f) != 10 {
		return fmt.Errorf("%d columns, CoNLL-U has 10", len(f))
	}
	if strings.Contains(f[0], ".") {
		return nil
	}
	space := !strings.Contains("|"+f[9]+"|", "|SpaceAfter=No|")
	if from, to, ok := strings.Cut(f[0], "-"); ok {
		a, err1 := strconv.Atoi(from)
		z, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil || a != b.words+1 || z < a || b.mwtLeft > 0 {
			return fmt.Errorf("bad token range %q", f[0])
		}
		b.mwtLeft = z - a + 1
		b.sent.Tokens = append(b.sent.Tokens, Token{Form: f[1], SpaceAfter: space})
		return nil
	}
	return b.word(f, space)
}

func (b *builder) word(f []string, space bool) error {
	id, err := strconv.Atoi(f[0])
	if err != nil || id != b.words+1 {
		return fmt.Errorf("bad word id %q, want %d", f[0], b.words+1)
	}
	b.words++
	head := 0
	if f[6] != "_" {
		if head, err = strconv.Atoi(f[6]); err != nil || head < 0 {
			return fmt.Errorf("bad head %q", f[6])
		}
	}
	w := Word{
		Form: f[1], Lemma: f[2], UPOS: story.ParseUPOS(f[3]), XPOS: f[4], Feats: blank(f[5]),
		Head: head, Deprel: f[7], Misc: f[9],
	}
	if b.mwtLeft > 0 {
		b.mwtLeft--
	} else {
		b.sent.Tokens = append(b.sent.Tokens, Token{Form: f[1], SpaceAfter: space})
	}
	t := &b.sent.Tokens[len(b.sent.Tokens)-1]
	t.Words = append(t.Words, w)
	return nil
}

func blank(s string) string {
	if s == "_" {
		return ""
	}
	return s
}

func (b *builder) finish() (*Sentence, error) {
	defer func() { *b = builder{} }()
	if b.words == 0 {
		if len(b.sent.Tokens) > 0 {
			return nil, fmt.Errorf("a token without words")
		}
		return nil, nil
	}
	if b.mwtLeft > 0 {
		return nil, fmt.Errorf("the last multiword token lacks %d words", b.mwtLeft)
	}
	s := b.sent
	for _, t := range s.Tokens {
		for _, w := range t.Words {
			if w.Head > b.words {
				return nil, fmt.Errorf("sentence of line %d: head %d of %d words", s.Line, w.Head, b.words)
			}
		}
	}
	if s.Text == "" {
		s.Text = Surface(s.Tokens)
	}
	return &s, nil
}

// Surface returns the text of tokens.
func Surface(tokens []Token) string {
	var sb strings.Builder
	for i, t := range tokens {
		sb.WriteString(t.Form)
		if t.SpaceAfter && i+1 < len(tokens) {
			sb.WriteByte(' ')
		}
	}
	return sb.String()
}

// Story makes one story of sentences: one paragraph a sentence, put together
// from the tokens, with every layer of syntax filled.
func Story(sents []Sentence) *story.Story {
	st := &story.Story{}
	var sb strings.Builder
	for i := range sents {
		if i > 0 {
			sb.WriteByte('\n')
		}
		addSentence(st, &sb, &sents[i])
	}
	st.Text = sb.String()
	for id := 1; id <= len(st.Sents); id++ {
		st.Link(story.SentID(id))
	}
	st.Give(story.LayerParts | story.LayerWords)
	return st
}

func addSentence(st *story.Story, sb *strings.Builder, s *Sentence) {
	id := story.SentID(len(st.Sents) + 1)
	base := story.WordID(len(st.Words))
	start, firstTok := sb.Len(), story.TokenID(len(st.Tokens)+1)
	space := true
	for i, t := range s.Tokens {
		at := sb.Len()
		sb.WriteString(t.Form)
		sp := story.Span{Start: at, End: sb.Len()}
		tok := story.Token{Span: sp, Sent: id, FirstWord: story.WordID(len(st.Words) + 1), SpaceBefore: space}
		wordSpans := partition(t, sp)
		for j, w := range t.Words {
			word := story.Word{
				Form: w.Form, Lemma: w.Lemma, UPOS: w.UPOS, Feats: w.Feats, Deprel: w.Deprel,
				Span: wordSpans[j], Sent: id, Token: story.TokenID(len(st.Tokens) + 1),
			}
			if w.Head > 0 {
				word.Head = base + story.WordID(w.Head)
			}
			st.Words = append(st.Words, word)
		}
		tok.EndWord = story.WordID(len(st.Words) + 1)
		st.Tokens = append(st.Tokens, tok)
		if space = t.SpaceAfter; space && i+1 < len(s.Tokens) {
			sb.WriteByte(' ')
		}
	}
	sp := story.Span{Start: start, End: sb.Len()}
	st.Parts = append(st.Parts, story.Part{Kind: story.PartParagraph, Span: sp, Para: int(id)})
	st.Sents = append(st.Sents, story.Sentence{
		Span: sp, Part: len(st.Parts) - 1,
		FirstToken: firstTok, EndToken: story.TokenID(len(st.Tokens) + 1),
		FirstWord: base + 1, EndWord: story.WordID(len(st.Words) + 1),
	})
}

// partition gives each word of a token its bytes where the forms, one after
// the other, spell the token ("kata"+"nya"); else every word gets the whole
// token.
func partition(t Token, sp story.Span) []story.Span {
	out := make([]story.Span, len(t.Words))
	at, joined := sp.Start, ""
	for i, w := range t.Words {
		out[i] = story.Span{Start: at, End: at + len(w.Form)}
		at += len(w.Form)
		joined += w.Form
	}
	if !strings.EqualFold(joined, t.Form) {
		for i := range out {
			out[i] = sp
		}
	}
	return out
}

// MustStory makes a story of CoNLL-U written in a test. Columns may be
// separated by tabs or, for ease of writing, by runs of spaces, and
// trailing columns may be left out. It panics where the text is no CoNLL-U.
func MustStory(conllu string) *story.Story {
	var sb strings.Builder
	for line := range strings.Lines(conllu) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			sb.WriteString(line + "\n")
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) == 1 {
			f = strings.Fields(line)
		}
		for len(f) < 10 {
			f = append(f, "_")
		}
		sb.WriteString(strings.Join(f, "\t") + "\n")
	}
	sents, err := ReadCoNLLU(strings.NewReader(sb.String()))
	if err != nil {
		panic("gold.MustStory: " + err.Error())
	}
	return Story(sents)
}
