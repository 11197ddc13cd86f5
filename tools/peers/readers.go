package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/jdkato/prose/v2"

	"kawat"
	"kawat/gold"
	"kawat/story"
	"kawat/syntax"
)

// doc is a text of ten sentences, and its words as people cut and tagged them.
type doc struct {
	text string
	gold []tagged
}

// sentencesADoc is how long a text is.
const sentencesADoc = 10

func readTreebank(path string) ([]doc, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	sents, err := gold.ReadCoNLLU(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []doc
	for i := 0; i < len(sents); i += sentencesADoc {
		var d doc
		var b strings.Builder
		for _, s := range sents[i:min(i+sentencesADoc, len(sents))] {
			for _, tok := range s.Tokens {
				d.gold = append(d.gold, goldWords(tok, b.Len())...)
				b.WriteString(tok.Form)
				if tok.SpaceAfter {
					b.WriteByte(' ')
				}
			}
			if !strings.HasSuffix(b.String(), " ") {
				b.WriteByte(' ')
			}
		}
		d.text = strings.TrimSpace(b.String())
		out = append(out, d)
	}
	return out, nil
}

// goldWords places the words of a token, "do" and "n't"; those of one that is not
// written of them ("gonna") cannot be found by anybody and are left out.
func goldWords(tok gold.Token, at int) []tagged {
	var out []tagged
	whole := ""
	for _, w := range tok.Words {
		out = append(out, tagged{at + len(whole), at + len(whole) + len(w.Form), w.UPOS.String()})
		whole += w.Form
	}
	if len(tok.Words) == 1 {
		out[0].End = at + len(tok.Form)
	} else if whole != tok.Form {
		return nil
	}
	return out
}

// readerOf makes a peer ready.
func readerOf(name string) (func(string) ([]tagged, error), error) {
	switch name {
	case "kawat", "record":
		return kawatReader(name == "record")
	case "prose":
		return proseReader()
	}
	return nil, fmt.Errorf("no peer is called %q", name)
}

// kawatReader reads sentences, words, tags, lemmas and trees; with all, the
// whole record.
func kawatReader(all bool) (func(string) ([]tagged, error), error) {
	r, err := kawat.New(kawat.Options{Lang: "en"})
	if err != nil {
		return nil, err
	}
	pack, _ := r.Packs().Pack("en")
	p, err := syntax.New(pack)
	if err != nil {
		return nil, err
	}
	return func(text string) ([]tagged, error) {
		st := &story.Story{ID: "a", Lang: "en", Text: text, Parts: []story.Part{{Kind: story.PartParagraph, Span: story.Span{Start: 0, End: len(text)}}}}
		if all {
			st.Parts = nil
			if err := r.Read(st); err != nil {
				return nil, err
			}
			if _, err := r.Record(st).AppendJSON(nil); err != nil {
				return nil, err
			}
		} else if err := p.Run(st); err != nil {
			return nil, err
		}
		out := make([]tagged, len(st.Words))
		for i, w := range st.Words {
			out[i] = tagged{w.Span.Start, w.Span.End, w.UPOS.String()}
		}
		return out, nil
	}, nil
}

func proseReader() (func(string) ([]tagged, error), error) {
	first, err := prose.NewDocument("A first text.")
	if err != nil {
		return nil, err
	}
	return func(text string) ([]tagged, error) {
		d, err := prose.NewDocument(text, prose.UsingModel(first.Model), prose.WithExtraction(false))
		if err != nil {
			return nil, err
		}
		var out []tagged
		at := 0
		for _, tok := range d.Tokens() {
			i := after(text, tok.Text, at)
			if i < 0 {
				continue
			}
			at = i + len(tok.Text)
			out = append(out, tagged{i, at, upos(tok)})
		}
		return out, nil
	}, nil
}

// upos is the tag of Universal Dependencies that a Penn tag mostly stands for.
func upos(tok prose.Token) string {
	switch t := tok.Tag; {
	case strings.HasPrefix(t, "NNP"):
		return "PROPN"
	case strings.HasPrefix(t, "NN"):
		return "NOUN"
	case strings.HasPrefix(t, "JJ"):
		return "ADJ"
	case strings.HasPrefix(t, "RB"), t == "WRB":
		return "ADV"
	case strings.HasPrefix(t, "VB"):
		switch strings.ToLower(tok.Text) {
		case "be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m":
			return "AUX"
		}
		return "VERB"
	case strings.HasPrefix(t, "PRP"), strings.HasPrefix(t, "WP"), t == "EX":
		return "PRON"
	}
	if t, ok := map[string]string{
		"MD": "AUX", "IN": "ADP", "DT": "DET", "PDT": "DET", "WDT": "PRON", "CD": "NUM", "CC": "CCONJ", "TO": "PART", "RP": "ADP",
		"POS": "PART", "UH": "INTJ", "SYM": "SYM", "$": "SYM", "#": "SYM", "FW": "X", "LS": "X",
	}[tok.Tag]; ok {
		return t
	}
	return "PUNCT"
}
