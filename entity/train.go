package entity

import (
	"context"
	"strings"

	"kawat/lang"
	"kawat/story"
	"kawat/tagger"
	"kawat/world"
)

// Labelled is a token of annotated text: its form, its label in BIO, of PER,
// ORG and LOC ("B-PER", "O"), and its part of speech, 0 where unknown.
type Labelled struct {
	Form, Label string
	UPOS        story.UPOS
}

// Sentence is a sentence to learn names from.
type Sentence struct {
	Tokens []Labelled
	// Style numbers the conventions that its labels follow; 0 is that of the
	// stories that are read.
	Style int
	// Unlabelled says that its tokens have parts of speech alone.
	Unlabelled bool
}

// TrainOptions say how a model of names is trained.
type TrainOptions struct {
	In, Hidden int // widths of the network, multiples of 16
	Epochs     int
	Rate       float32
	Seed       uint64
	// Texts are the words of plain text in lower case, story by story.
	Texts      [][]uint64
	LeastTexts int // in how many of them a word must stand to have a vector
	// Pass gives the sentences of a pass.
	Pass func(pass int) []Sentence
	Log  func(format string, args ...any)
}

const layers = 2

// Train trains a model of names for a pack, to be kept as its names.model. The
// tables of the pack describe the words, so that a model belongs to the tables
// with which it was trained. The same input gives the same bytes.
//
// A model brings with it what known says of words.
func Train(ctx context.Context, pack *lang.Pack, w *world.World, known WordTable, o TrainOptions) ([]byte, error) {
	head := known.bytes()
	s, err := reader(pack, w, head)
	if err != nil {
		return nil, err
	}
	made := map[*Labelled]tagger.Example{} // of the first pass: what stays as it is comes again with the same tokens
	model, err := tagger.Train(ctx, tagger.Options{
		Shape: tagger.Shape{In: o.In, Hidden: o.Hidden, Layers: layers}, Labels: tagLabels, Tags: int(story.X),
		Epochs: o.Epochs, Rate: o.Rate, Seed: o.Seed, Texts: o.Texts, LeastTexts: o.LeastTexts, Log: o.Log,
		Pass: func(pass int) []tagger.Example {
			var out []tagger.Example
			sents := o.Pass(pass)
			for i := range sents {
				if len(sents[i].Tokens) == 0 {
					continue
				}
				first := &sents[i].Tokens[0]
				ex, ok := made[first]
				if !ok {
					ex = s.example(&sents[i])
				}
				if pass == 0 {
					made[first] = ex
				}
				ex.Style = sents[i].Style
				out = append(out, ex)
			}
			return out
		},
	})
	if err != nil {
		return nil, err
	}
	return append(head, model.Bytes()...), nil
}

// reader makes a stage that can describe words, before there is a model.
func reader(pack *lang.Pack, w *world.World, head []byte) (*Stage, error) {
	t, err := load(pack)
	if err != nil {
		return nil, err
	}
	gaz, err := pack.Gazetteer(w)
	if err != nil {
		return nil, err
	}
	s := &Stage{tables: t, gaz: gaz, world: w, leaderWords: map[string]bool{}}
	s.words, _, err = cutWords(head)
	return s, err
}

// example turns a labelled sentence into cells with features and labels.
func (s *Stage) example(sent *Sentence) (ex tagger.Example) {
	st, labels, tags := plainStory(sent.Tokens)
	f := &finder{Stage: s, st: st, known: nameTokens{}}
	f.begin(1)
	f.findChunks()
	f.see()
	ex.Style = sent.Style
	last := ""
	for i := range f.cells {
		feats := f.wordFeatures(nil, i)
		at := f.placeFeatures(i)
		ex.Words = append(ex.Words, tagger.Word{Form: f.tagging.traits[i].word, Feats: append(feats, at[:]...)})
		w := f.cells[i].word
		inside := i > 0 && w == f.cells[i-1].word
		tag := uint8(tags[w])
		if tag > 0 && f.cells[i].shape == mark {
			tag = uint8(story.PUNCT)
		}
		ex.Tags = append(ex.Tags, tag)
		label := labels[w]
		if strings.HasPrefix(label, "B-") && inside {
			label = "I-" + label[2:]
		}
		if strings.HasPrefix(label, "I-") && (i == 0 || last != label && last != "B-"+label[2:]) {
			label = "B-" + label[2:]
		}
		last = label
		ex.Gold = append(ex.Gold, labelNumber(label))
	}
	if sent.Unlabelled {
		ex.Gold = nil
	}
	return ex
}

// Score counts how well the model alone labels sentences: for each kind of name
// (PER, ORG, LOC) those that it finds as they are, those it finds beside them,
// and those it misses.
func Score(pack *lang.Pack, w *world.World, model []byte, sents []Sentence, style int) (map[string][3]int, error) {
	s, err := reader(pack, w, model)
	if err != nil {
		return nil, err
	}
	if s.tagger, s.words, err = readTagger(model); err != nil {
		return nil, err
	}
	out := map[string][3]int{}
	var scratch tagger.Scratch
	for i := range sents {
		ex := s.example(&sents[i])
		scratch.Begin()
		for j := range ex.Words {
			scratch.Word(s.tagger, uint64(2*j+2), ex.Words[j].Form)
			for _, x := range ex.Words[j].Feats {
				scratch.Add(s.tagger, x)
			}
		}
		got, _ := s.tagger.Tag(&scratch, style)
		a, b := labelled(got), labelled(ex.Gold)
		for sp := range a {
			c := out[sp.kind]
			if b[sp] {
				c[0]++
			} else {
				c[1]++
			}
			out[sp.kind] = c
		}
		for sp := range b {
			if c := out[sp.kind]; !a[sp] {
				c[2]++
				out[sp.kind] = c
			}
		}
	}
	return out, nil
}

// labelledSpan is a name among cells.
type labelledSpan struct {
	a, b int
	kind string
}

func labelled(labels []uint8) map[labelledSpan]bool {
	out := map[labelledSpan]bool{}
	for i := 0; i < len(labels); i++ {
		kind, ok := strings.CutPrefix(tagLabels[labels[i]], "B-")
		if !ok {
			continue
		}
		end := i + 1
		for end < len(labels) && labels[end] == labels[i]+1 {
			end++
		}
		out[labelledSpan{i, end, kind}] = true
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
func plainStory(sent []Labelled) (*story.Story, []string, []int) {
	st := &story.Story{}
	labels, tags := []string{""}, []int{0}
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
		labels, tags = append(labels, tok.Label), append(tags, int(tok.UPOS))
	}
	st.Text = text.String()
	all := story.Span{End: len(st.Text)}
	st.Parts = []story.Part{{Kind: story.PartParagraph, Span: all, Para: 1}}
	st.Sents = []story.Sentence{{
		Span: all, FirstToken: 1, EndToken: story.TokenID(len(st.Tokens) + 1), FirstWord: 1, EndWord: story.WordID(len(st.Words) + 1),
	}}
	return st, labels, tags
}
