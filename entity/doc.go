// Package entity finds the mentions of a story and says who is meant.
//
// What comes in is a story with words and trees. [Stage.Find] appends the
// mentions: names of persons with the office that the words give them, states,
// organizations and places, offices without a name, phrases that point back,
// pronouns. [Stage.Resolve], which needs quotations too, makes the entities and
// links every mention that it can. For example
//
//	Presiden China Xi Jinping bertemu Menlu Rusia Sergey Lavrov. Dia tiba Senin.
//
// has the mentions "Xi Jinping" (title "Presiden China", head of state of CHN),
// "China", "Sergey Lavrov" (title "Menlu Rusia"), "Rusia" and "Dia", and the
// entities person:CHN/xi-jinping, state:CHN, person:RUS/lavrov-sergey and
// state:RUS; "Dia" is Xi, the subject of the sentence before.
//
// # How names are found
//
// A sentence's words are cut into cells (at hyphens and before possessives), so
// that tables match whatever the tokenizer did. The tables lay chunks over the
// cells: names of the gazetteer, bodies (bodies.tsv), offices (offices.tsv).
// Around each office a small grammar reads status, state, body and portfolio
// and then the name behind it, before it behind a comma, or after a comma, also
// over what describes the office or the name further ("Geir Olsen, 51, a former
// peace envoy"). What
// is left goes to a tagger trained on annotated news (names.model), whose word
// counts only where no table objects. Names that were found anywhere count
// everywhere in the story.
//
// # How they are resolved
//
// Names cluster by their words: the same words, a part of them, or a spelling
// close to them; an office alone goes to whom the story gave it; a pronoun or a
// pointing phrase goes back to the most salient candidate that fits, first
// inside the paragraph. Where two candidates are as good, the mention stays
// without an entity. "I" and "we" in direct speech are the speaker and his side.
//
// # References
//
// person:RUS/lavrov-sergey (state and family name first; "-" where the state is
// unknown; for who is in the table of leaders the state of his first row and the
// name of the table, whatever the story calls him), state:RUS, org:UNO, org:RUS/foreign-ministry, place:geneva, and
// org:name, place:name, group:RUS/officials made of the words for others.
//
// The stage reads no titles of captions, by-lines or related headlines (syntax
// gives it no words of those), never makes a person of somebody without a name,
// and asks nobody what language a story is in.
package entity
