package entity

import (
	"context"
	"strings"

	"kawat/lang"
	"kawat/learn"
	"kawat/story"
	"kawat/world"
)

// Labelled is a token of annotated text: its form and its label in BIO, of PER,
// ORG and LOC ("B-PER", "O").
type Labelled struct{ Form, Label string }

// Train trains a model of names for a pack, to be kept as its names.model. The
// tables of the pack describe the words, so that a model belongs to the tables
// with which it was trained. The same input gives the same bytes.
func Train(ctx context.Context, pack *lang.Pack, w *world.World, sents [][]Labelled, o learn.TrainOptions) ([]byte, error) {
	t, err := load(pack)
	if err != nil {
		return nil, err
	}
	gaz, err := pack.Gazetteer(w)
	if err != nil {
		return nil, err
	}
	s := &Stage{tables: t, gaz: gaz, world: w}
	var examples []learn.Example
	for _, sent := range sents {
		if ex := s.example(sent); ex.Feats.Len() > 0 {
			examples = append(examples, ex)
		}
	}
	tagger, err := learn.TrainTagger(ctx, tagSpec(), examples, o)
	if err != nil {
		return nil, err
	}
	return tagger.Bytes(), nil
}

// example turns a labelled sentence into cells with features and labels.
func (s *Stage) example(sent []Labelled) learn.Example {
	st, labels := plainStory(sent)
	f := &finder{Stage: s, st: st, known: nameTokens{}}
	f.begin(1)
	f.findChunks()
	var ex learn.Example
	f.features(&ex.Feats)
	ex.Feats = ex.Feats.Clone()
	last := story.WordID(0)
	for i := range f.cells {
		label := labels[f.cells[i].word]
		if f.cells[i].word == last && strings.HasPrefix(label, "B-") {
			label = "I-" + label[2:]
		}
		last = f.cells[i].word
		ex.Gold = append(ex.Gold, number1(label))
	}
	return ex
}

func number1(label string) uint8 {
	for i, l := range tagLabels {
		if l == label {
			return uint8(i)
		}
	}
	return 0
}

// plainStory makes a story of one sentence with words and no trees.
func plainStory(sent []Labelled) (*story.Story, []string) {
	st := &story.Story{}
	labels := []string{""}
	var text strings.Builder
	for _, tok := range sent {
		if tok.Form == "" {
			continue
		}
		glue := strings.Contains(".,;:!?)]}%’”", tok.Form) || strings.HasPrefix(tok.Form, "'") || strings.HasSuffix(text.String(), "(")
		if text.Len() > 0 && !glue {
			text.WriteByte(' ')
		}
		at := text.Len()
		text.WriteString(tok.Form)
		sp := story.Span{Start: at, End: text.Len()}
		id := story.WordID(len(st.Words) + 1)
		st.Tokens = append(st.Tokens, story.Token{Span: sp, Sent: 1, FirstWord: id, EndWord: id + 1, SpaceBefore: !glue})
		st.Words = append(st.Words, story.Word{Form: tok.Form, Span: sp, Sent: 1, Token: story.TokenID(id)})
		labels = append(labels, tok.Label)
	}
	st.Text = text.String()
	all := story.Span{End: len(st.Text)}
	st.Parts = []story.Part{{Kind: story.PartParagraph, Span: all, Para: 1}}
	st.Sents = []story.Sentence{{
		Span: all, FirstToken: 1, EndToken: story.TokenID(len(st.Tokens) + 1), FirstWord: 1, EndWord: story.WordID(len(st.Words) + 1),
	}}
	return st, labels
}
