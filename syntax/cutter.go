package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kawat/story"
)

// cutter cuts text into tokens, words and sentences.
type cutter struct {
	rules *rules
	words *wordSet
}

// cutScratch is the memory of one goroutine's cutting.
type cutScratch struct {
	low     []byte // a form in lower case
	lengths []int  // of the words of a token
}

// maxWords bounds a sentence; a longer run of words is cut, so that hostile
// input cannot make trees of unbounded depth.
const maxWords = 300

// part cuts one part into tokens, words and sentences.
func (c *cutter) part(st *story.Story, s *cutScratch, part int) {
	text, end := st.Text, st.Parts[part].Span.End
	at := st.Parts[part].Span.Start
	first := len(st.Tokens)
	space := true
	for at < end {
		r, size := utf8.DecodeRuneInString(text[at:end])
		if unicode.IsSpace(r) {
			at += size
			space = true
			continue
		}
		tokEnd := c.scanToken(text, at, end)
		if space && first < len(st.Tokens) && c.starts(text, st.Tokens[len(st.Tokens)-1].Span.End, at, tokEnd, end) {
			c.sentence(st, part, first)
			first = len(st.Tokens)
		}
		c.addToken(st, s, story.Span{Start: at, End: tokEnd}, space)
		form := text[at:tokEnd]
		at, space = tokEnd, false
		long := int(story.WordID(len(st.Words)+1)-st.Tokens[first].FirstWord) >= maxWords
		if !long && !c.closes(st, s, form, &at, end) {
			continue
		}
		c.sentence(st, part, first)
		first = len(st.Tokens)
	}
	if first < len(st.Tokens) {
		c.sentence(st, part, first)
	}
}

// closes reports whether the sentence ends after the token just added; closing
// marks that belong to it are added first.
func (c *cutter) closes(st *story.Story, s *cutScratch, form string, at *int, end int) bool {
	last := form[len(form)-1]
	if last != '.' && last != '?' && last != '!' && !strings.HasPrefix(form, "…") {
		return false
	}
	stop := *at
	for stop < end && strings.ContainsRune(closers, firstRune(st.Text[stop:])) {
		stop += utf8.RuneLen(firstRune(st.Text[stop:]))
	}
	if !c.endsSentence(st.Text, form, stop, end) {
		return false
	}
	for *at < stop {
		n := utf8.RuneLen(firstRune(st.Text[*at:]))
		c.addToken(st, s, story.Span{Start: *at, End: *at + n}, false)
		*at += n
	}
	return true
}

// starts reports whether the token from at to tokEnd opens a sentence though
// nothing closed the one before, which ends at last: captions and headlines are
// glued to what follows.
func (c *cutter) starts(text string, last, at, tokEnd, end int) bool {
	if len(c.rules.starter) == 0 || text[at] < 'A' || text[at] > 'Z' {
		return false
	}
	var buf [32]byte
	if tokEnd-at >= len(buf) {
		return false
	}
	needs, ok := c.rules.starter[string(lower(buf[:0], text[at:tokEnd]))]
	if !ok {
		return false
	}
	if r, _ := utf8.DecodeLastRuneInString(text[:last]); !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ')' && r != '%' {
		return false
	}
	rest := strings.TrimLeft(text[tokEnd:end], " \u00a0")
	if needs == "" {
		r := firstRune(rest)
		return r == ',' || len(rest) < end-tokEnd && unicode.IsLower(r)
	}
	return strings.HasPrefix(rest, needs) && !unicode.IsLetter(firstRune(rest[len(needs):]))
}

// opens reports whether a new sentence opens after initials or an abbreviation
// that may be the last word: "She left the U.S. The envoy stayed." does, "the
// U.S. Embassy" does not.
func (c *cutter) opens(text, form string, at, end int) bool {
	if !unicode.IsLetter(firstRune(form)) || strings.IndexByte(form, '.') == len(form)-1 && !c.mayEnd(form) {
		return false
	}
	rest := strings.TrimLeft(text[at:end], " \t\n\r\u00a0")
	r := firstRune(rest)
	if len(rest) == end-at || !unicode.IsUpper(r) {
		return false
	}
	next := rest[:scanRun(rest, 0, len(rest), unicode.IsLetter)]
	var buf [32]byte
	return len(next) < len(buf) && c.rules.opener[string(lower(buf[:0], next))]
}

// mayEnd reports whether a form with one dot at its end may be the last word of a
// sentence: "Corp." may, and "I." of "kuartal I."; "Mr." may not.
func (c *cutter) mayEnd(form string) bool {
	var buf [32]byte
	return len(form) == 2 || len(form) < len(buf) && c.rules.closing[string(lower(buf[:0], form[:len(form)-1]))]
}

// addToken appends a token with its words.
func (c *cutter) addToken(st *story.Story, s *cutScratch, sp story.Span, space bool) {
	sent := story.SentID(len(st.Sents) + 1)
	tok := story.TokenID(len(st.Tokens) + 1)
	t := story.Token{Span: sp, Sent: sent, FirstWord: story.WordID(len(st.Words) + 1), SpaceBefore: space}
	form := st.Slice(sp)
	s.lengths, s.low = c.cut(form, s.low, s.lengths[:0])
	if len(s.lengths) == 0 {
		s.lengths = append(s.lengths, len(form))
	}
	at := sp.Start
	for _, n := range s.lengths {
		w := story.Span{Start: at, End: at + n}
		st.Words = append(st.Words, story.Word{Form: st.Slice(w), Span: w, Sent: sent, Token: tok})
		at += n
	}
	t.EndWord = story.WordID(len(st.Words) + 1)
	st.Tokens = append(st.Tokens, t)
}

// sentence makes a sentence of the tokens from first on.
func (c *cutter) sentence(st *story.Story, part, first int) {
	st.Sents = append(st.Sents, story.Sentence{
		Span: story.Span{Start: st.Tokens[first].Span.Start, End: st.Tokens[len(st.Tokens)-1].Span.End},
		Part: part, FirstToken: story.TokenID(first + 1), EndToken: story.TokenID(len(st.Tokens) + 1),
		FirstWord: st.Tokens[first].FirstWord, EndWord: story.WordID(len(st.Words) + 1),
	})
}
