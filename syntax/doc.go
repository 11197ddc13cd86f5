// Package syntax reads sentences, tokens and words with Universal Dependencies
// trees out of text: a rule-based cutter, and one small recurrent network that
// finds parts of speech, features, heads and relations.
//
// What comes in is a story with parts; what goes out are its sentences, tokens
// and words with part of speech, features, lemma, head and relation. It reads
// only paragraphs and titles, never changes the text, and knows no language:
// rules (tokens.tsv) and models (syntax.model) are the pack's. For example
//
//	parser, err := syntax.New(pack)
//	err = parser.Run(st)
//
// makes of "katanya" one token of two words, "kata" and "nya", whose spans
// together are the token's. Train makes the models from treebanks.
//
// The network runs in integers, so that every platform finds the same trees. A
// word costs some 450,000 multiplications; time grows linearly with the length
// of a sentence but for the scores of arcs. docs/syntax.md tells the design and
// its sources.
package syntax
