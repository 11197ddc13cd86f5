// Package tagger labels the words of sentences by a small recurrent network
// under a conditional random field: names of persons, organizations and places,
// say.
//
// What comes in are features of words, which are 64-bit hashes made with package
// learn, and for training the right labels; what goes out are labels, and for
// each by how much it beats every other. A trained model is all in integers, so
// that it gives the same labels on every platform, and training depends on
// nothing but its input, so that it gives the same bytes. The package knows
// nothing of words or languages. For example
//
//	var s tagger.Scratch
//	s.Begin()
//	for _, w := range words {
//		s.Word(model, key(w), form(w))
//		for _, f := range features(w) {
//			s.Add(model, f)
//		}
//	}
//	labels, margins := model.Tag(&s, style)
package tagger
