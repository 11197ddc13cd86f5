// Package syntax reads sentences, tokens and words with Universal Dependencies
// trees out of text: a rule-based cutter, an averaged-perceptron tagger and
// lemmatizer, and a greedy arc-hybrid parser trained with a dynamic oracle.
//
// What comes in is a story with parts; what goes out are its sentences, tokens
// and words with part of speech, lemma, head and relation. It reads only
// paragraphs and titles, never changes the text, and knows no language: rules
// (tokens.tsv) and models (syntax.model) are the pack's. For example
//
//	parser, err := syntax.New(pack)
//	err = parser.Run(st)
//
// makes of "katanya" one token of two words, "kata" and "nya", whose spans
// together are the token's. Train makes the models from treebanks.
//
// Methods: tagger and parser after Honnibal's averaged perceptron; arc-hybrid
// system of Kuhlmann, Gómez-Rodríguez and Satta (2011); dynamic oracle of
// Goldberg and Nivre (2013); features joined with their treebank after Daumé
// (2007). Reading a word costs about 90 sparse features an action, two actions
// a word; time grows linearly with the length of a sentence.
package syntax
