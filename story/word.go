package story

import "iter"

// SentID, TokenID and WordID name rows of the tables of the same name, counted
// from 1 over the whole story.
type (
	SentID  int32
	TokenID int32
	WordID  int32
)

// Sentence is a run of tokens and of words inside one part.
type Sentence struct {
	Span       Span
	Part       int     // index into Story.Parts
	FirstToken TokenID // tokens FirstToken <= t < EndToken
	EndToken   TokenID
	FirstWord  WordID // words FirstWord <= w < EndWord
	EndWord    WordID
	Root       WordID // the word whose head is 0; 0 before parsing
}

// Token is a surface token. "katanya" is one token and two words.
type Token struct {
	Span        Span
	Sent        SentID
	FirstWord   WordID // words FirstWord <= w < EndWord; more than one for a multiword token
	EndWord     WordID
	SpaceBefore bool // white space or the start of a part stands before it
}

// Word is a syntactic word of Universal Dependencies.
type Word struct {
	Form   string // usually a slice of the text; differs from it only in multiword tokens ("can" + "not")
	Lemma  string
	Feats  string // "Number=Sing|Person=3", "" if none
	Deprel string // with subtype, such as "nsubj:pass"
	Span   Span   // the bytes of the text that the word stands for; words of one token may share them
	Sent   SentID
	Token  TokenID
	Head   WordID // 0 is the root
	UPOS   UPOS

	// Mention is the mention that the phrase headed by this word names, set by
	// the entity stage: in "Presiden China Xi Jinping" both "Presiden" and "Xi"
	// lead to the mention "Xi Jinping".
	Mention MentionID

	first, next WordID // first dependent; next dependent of the same head
}

// UPOS is a universal part of speech.
type UPOS uint8

// The 17 universal parts of speech, in the order of their names.
const (
	NoPOS UPOS = iota
	ADJ
	ADP
	ADV
	AUX
	CCONJ
	DET
	INTJ
	NOUN
	NUM
	PART
	PRON
	PROPN
	PUNCT
	SCONJ
	SYM
	VERB
	X
)

var uposNames = [...]string{
	"_", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
	"PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
}

// String returns the tag, such as "NOUN", or "_" for none.
func (u UPOS) String() string { return uposNames[u] }

// ParseUPOS returns the part of speech with a tag's name, NoPOS if there is none.
func ParseUPOS(s string) UPOS {
	for i, n := range uposNames {
		if n == s {
			return UPOS(i)
		}
	}
	return NoPOS
}

// Nominal reports whether the word may head a noun phrase that names something.
func (u UPOS) Nominal() bool { return u == NOUN || u == PROPN || u == PRON }

// Sent returns a sentence by id.
func (st *Story) Sent(id SentID) *Sentence { return &st.Sents[id-1] }

// Token returns a token by id.
func (st *Story) Token(id TokenID) *Token { return &st.Tokens[id-1] }

// Word returns a word by id. The id must not be 0.
func (st *Story) Word(id WordID) *Word { return &st.Words[id-1] }

// Rel returns the relation without its subtype: "nsubj" for "nsubj:pass".
func (w *Word) Rel() string {
	for i := 0; i < len(w.Deprel); i++ {
		if w.Deprel[i] == ':' {
			return w.Deprel[:i]
		}
	}
	return w.Deprel
}

// Link fills the lists of dependents of one sentence from its heads, and its
// root. The syntax stage calls it once a sentence is parsed; O(words).
func (st *Story) Link(id SentID) {
	s := st.Sent(id)
	s.Root = 0
	for w := s.FirstWord; w < s.EndWord; w++ {
		st.Word(w).first = 0
	}
	for w := s.EndWord - 1; w >= s.FirstWord; w-- {
		word := st.Word(w)
		word.next = 0
		if word.Head == 0 {
			s.Root = w
			continue
		}
		head := st.Word(word.Head)
		word.next, head.first = head.first, w
	}
}

// Children yields the dependents of a word from left to right.
func (st *Story) Children(id WordID) iter.Seq[WordID] {
	return func(yield func(WordID) bool) {
		for c := st.Word(id).first; c != 0; c = st.Word(c).next {
			if !yield(c) {
				return
			}
		}
	}
}

// Child returns the first dependent whose relation is one of rels, with or
// without a subtype ("nsubj" also finds "nsubj:pass"), and 0 if there is none.
func (st *Story) Child(id WordID, rels ...string) WordID {
	for c := st.Word(id).first; c != 0; c = st.Word(c).next {
		w := st.Word(c)
		for _, r := range rels {
			if w.Deprel == r || w.Rel() == r {
				return c
			}
		}
	}
	return 0
}

// Subtree returns the span from the first to the last word below and including
// a word. In a non-projective tree it may hold words of others.
func (st *Story) Subtree(id WordID) Span {
	sp := st.Word(id).Span
	for c := st.Word(id).first; c != 0; c = st.Word(c).next {
		sp = sp.Cover(st.Subtree(c))
	}
	return sp
}

// Dominates reports whether w stands below head or is head itself.
func (st *Story) Dominates(head, w WordID) bool {
	for ; w != 0; w = st.Word(w).Head {
		if w == head {
			return true
		}
	}
	return false
}

// WordsIn returns the first and the end of the words whose spans lie inside sp,
// by binary search; first == end where there is none.
func (st *Story) WordsIn(sp Span) (first, end WordID) {
	lo, hi := 0, len(st.Words)
	for lo < hi {
		m := (lo + hi) / 2
		if st.Words[m].Span.Start < sp.Start {
			lo = m + 1
		} else {
			hi = m
		}
	}
	e, hi := lo, len(st.Words) // words end in the order in which they begin
	for e < hi {
		m := (e + hi) / 2
		if st.Words[m].Span.End <= sp.End {
			e = m + 1
		} else {
			hi = m
		}
	}
	return WordID(lo + 1), WordID(e + 1)
}

// SentAt returns the sentence that holds a byte offset, 0 if none does.
func (st *Story) SentAt(at int) SentID {
	lo, hi := 0, len(st.Sents)
	for lo < hi {
		m := (lo + hi) / 2
		if st.Sents[m].Span.End <= at {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(st.Sents) && st.Sents[lo].Span.Start <= at {
		return SentID(lo + 1)
	}
	return 0
}
