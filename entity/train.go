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
//
// A model brings with it what known says of words.
func Train(ctx context.Context, pack *lang.Pack, w *world.World, sents [][]Labelled, known WordTable, o learn.TrainOptions) ([]byte, error) {
	t, err := load(pack)
	if err != nil {
		return nil, err
	}
	gaz, err := pack.Gazetteer(w)
	if err != nil {
		return nil, err
	}
	head := known.bytes()
	s := &Stage{tables: t, gaz: gaz, world: w, leaderWords: map[string]bool{}}
	if s.words, _, err = cutWords(head); err != nil {
		return nil, err
	}
	var examples []learn.Example
	for _, sent := range sents {
		examples = append(examples, s.examples(sent)...)
	}
	tagger, err := learn.TrainTagger(ctx, tagSpec(), examples, o)
	if err != nil {
		return nil, err
	}
	return append(head, tagger.Bytes()...), nil
}

// examples turns a labelled sentence into its segments, cells with features and
// labels.
func (s *Stage) examples(sent []Labelled) (out []learn.Example) {
	st, labels := plainStory(sent)
	f := &finder{Stage: s, st: st, known: nameTokens{}}
	f.begin(1)
	f.findChunks()
	f.see()
	for a, b := f.segment(0); a < b; a, b = f.segment(b) {
		var ex learn.Example
		f.features(&ex.Feats, a, b)
		ex.Feats = ex.Feats.Clone()
		last := ""
		for i := a; i < b; i++ {
			label := labels[f.cells[i].word]
			inside := i > 0 && f.cells[i].word == f.cells[i-1].word
			if strings.HasPrefix(label, "B-") && inside {
				label = "I-" + label[2:]
			}
			if strings.HasPrefix(label, "I-") && (i == a || last != label && last != "B-"+label[2:]) {
				label = "B-" + label[2:] // its head was no capital, or a mark parts it: "(WHO)"
			}
			last = label
			ex.Gold = append(ex.Gold, labelNumber(label))
		}
		out = append(out, ex)
	}
	return out
}

func labelNumber(label string) uint8 {
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
