package entity

import (
	"strings"

	"kawat/lang"
	"kawat/story"
)

// cellsOf cuts the words of a sentence into cells, reusing buf.
func (f *finder) cellsOf(st *story.Story, sent story.SentID, buf []cell) []cell {
	buf = buf[:0]
	row := st.Sent(sent)
	end := row.Span.Start
	for id := row.FirstWord; id < row.EndWord; id++ {
		w := st.Word(id)
		if w.Span.Start < end || w.Span.Empty() { // words that share their token's bytes
			continue
		}
		end = w.Span.End
		from := len(buf)
		buf = f.pieces(st, id, buf)
		if st.Token(w.Token).FirstWord != id && from < len(buf) {
			buf[from].clitic = true
		}
	}
	for i := range buf {
		c := &buf[i]
		c.glued = i > 0 && buf[i-1].span.End == c.span.Start
		c.hyphen = c.shape == mark && c.glued && st.Text[c.span.Start] == '-' && i+1 < len(buf) && buf[i+1].span.Start == c.span.End
	}
	return buf
}

// pieces appends the cells of one word.
func (f *finder) pieces(st *story.Story, id story.WordID, buf []cell) []cell {
	sp := st.Word(id).Span
	text := st.Text[sp.Start:sp.End]
	at := 0
	for at < len(text) {
		n := strings.IndexByte(text[at:], '-')
		switch {
		case n == 0:
			buf = append(buf, f.cell(st, id, sp.Start+at, sp.Start+at+1))
			at++
			continue
		case n < 0:
			n = len(text) - at
		}
		body := text[at : at+n]
		cut := f.gluedAt(body)
		if cut == 0 && len(buf) > 0 && at == 0 {
			cut = f.gluedState(st, buf[len(buf)-1].span.Start, sp)
		}
		for cut > 0 { // "KanselirJermanFriedrich"
			buf = append(buf, f.cell(st, id, sp.Start+at, sp.Start+at+cut))
			at, n, body = at+cut, n-cut, body[cut:]
			cut = f.gluedAt(body)
		}
		if cut := possessive(body); cut > 0 {
			buf = append(buf, f.cell(st, id, sp.Start+at, sp.Start+at+cut), f.cell(st, id, sp.Start+at+cut, sp.Start+at+n))
		} else {
			buf = append(buf, f.cell(st, id, sp.Start+at, sp.Start+at+n))
		}
		at += n
	}
	return buf
}

// gluedAt returns where a name begins that lost the space before it, 0 if the
// word is one: "PresidenPrabowo", "IranAyatollah", "RIPrabowo", where the first
// part is a word of the tables or a state; or where a leader's name ends that
// lost the space behind it: "Putinmengatakan".
func (f *finder) gluedAt(word string) int {
	for i := 2; i+2 < len(word); i++ {
		if !('A' <= word[i] && word[i] <= 'Z' && 'a' <= word[i+1] && word[i+1] <= 'z') {
			continue
		}
		small := 'a' <= word[i-1] && word[i-1] <= 'z'
		if small && i > 2 && (f.namesState(word[i:]) || isSmall(word[:i]) && (f.writesSmall(word[:i]) || f.verbLike(word[:i]))) {
			return i // "FederasiRusia", "menampilkanSilva"
		}
		if id := f.vocab.id(word[:i]); small && i > 2 && id > 0 && f.titleWord(id) {
			return i
		}
		n, ok := f.gaz.Lookup(word[:i])
		if ok && n.Kind == story.State && (small && n.Form == lang.FormName || !small && n.Form == lang.FormAbbreviation) {
			return i
		}
	}
	if i := f.leaderHead(word); i > 0 {
		return i
	}
	if i := f.knownHead(word); i > 0 {
		return i
	}
	return f.verbTail(word)
}

// verbTail returns where a verb begins that lost the space behind a name that no
// table knows, 0 if none does: "Rakamelanjutkan", "MBZmenekankan". It must be
// one by its beginning and its end.
func (f *finder) verbTail(word string) int {
	const shortest, longestEnd = 8, 4
	if len(word) < shortest+3 || word[0] < 'A' || word[0] > 'Z' {
		return 0
	}
	for n := 2; n < longestEnd; n++ {
		if f.vocab.class(f.vocab.id(word[len(word)-n:]))&cSuffix == 0 {
			continue
		}
		for i := len(word) - shortest; i >= 3; i-- {
			if isSmall(word[i:]) && f.verbLike(word[i:]) {
				return i
			}
		}
	}
	return 0
}

// writesSmall reports whether the story writes a word small elsewhere.
func (f *finder) writesSmall(word string) bool {
	f.writes()
	return f.small[word]
}

// knownHead returns where a name ends that lost the space before a small word:
// "Duttonjuga" in a story of Dutton, "Iranterus". The name is a state's or one
// that the story writes by itself elsewhere; the rest a small word of the tables
// or of the story.
func (f *finder) knownHead(word string) int {
	const shortest = 4
	if len(word) < shortest+2 || word[0] < 'A' || word[0] > 'Z' || !isSmall(word[1:]) {
		return 0
	}
	if _, ok := f.gaz.Lookup(word); ok {
		return 0
	}
	f.writes()
	for i := len(word) - 2; i >= shortest; i-- {
		head, tail := word[:i], word[i:]
		state := f.namesState(head)
		if len(tail) < 3 && i < 6 && !state || !f.smallWord(tail) && (!f.glues || !f.small[tail] || len(tail) < 3) && !f.verbLike(tail) {
			continue
		}
		if state || f.capitals[head] {
			return i
		}
	}
	return 0
}

// smallWord reports whether a word is one of the small ones of the tables, which
// stand behind any name: "di", "akan", "kembali".
func (f *finder) smallWord(word string) bool {
	return f.vocab.class(f.vocab.id(word))&(cStop|cAt|cOf|cHost|cWith|cAnd|cAlso|cThat) != 0
}

// verbLike reports whether a word looks like a verb by its prefix: "menyoroti".
func (f *finder) verbLike(word string) bool {
	const shortest, prefixes = 7, 5
	for i := 2; i < prefixes && len(word) >= shortest; i++ {
		if f.vocab.class(f.vocab.id(word[:i]+"-"))&cPrefix != 0 {
			return true
		}
	}
	return false
}

func (f *finder) namesState(word string) bool {
	n, ok := f.gaz.Lookup(word)
	return ok && n.Kind == story.State && n.Form == lang.FormName
}

// gluedState is gluedAt for the end of a state's name of two words: "Amerika
// SerikatDonald Trump".
func (s *Stage) gluedState(st *story.Story, before int, sp story.Span) int {
	word := st.Slice(sp)
	for i := 3; i+1 < len(word); i++ {
		if 'A' <= word[i] && word[i] <= 'Z' && 'a' <= word[i-1] && word[i-1] <= 'z' {
			if n, ok := s.gaz.Match(st.Text, before, sp.Start+i); ok && n.Kind == story.State && n.Span.End == sp.Start+i {
				return i
			}
		}
	}
	return 0
}

// leaderHead returns the end of a leader's name at the start of a word that
// goes on in small letters with another word, 0 if there is none.
func (f *finder) leaderHead(word string) int {
	if len(word) < 7 || word[0] < 'A' || word[0] > 'Z' {
		return 0
	}
	var buf [24]byte
	n := copy(buf[:], word)
	buf[0] += 'a' - 'A'
	for i := min(n, len(word)-2); i >= 5; i-- {
		if !f.leaderWords[string(buf[:i])] || !isSmall(word[1:]) {
			continue
		}
		// "Abdelmadjid" is no Abdel who does something
		if tail := word[i:]; f.smallWord(tail) || f.glues && len(tail) >= 4 && (f.writesSmall(tail) || f.verbLike(tail)) {
			return i
		}
	}
	return 0
}

func isSmall(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}

// titleWord reports whether a word begins an office or ends a portfolio.
func (s *Stage) titleWord(id int32) bool {
	return int(id) < len(s.office.starts) && s.office.starts[id] || s.forPortfolio(id)
}

// possessive returns where "'s" begins in a word, 0 if it does not end in it.
func possessive(s string) int {
	for _, mark := range [...]string{"'s", "’s", "`s", "'S", "’S"} {
		if strings.HasSuffix(s, mark) {
			return len(s) - len(mark)
		}
	}
	return 0
}

func (s *Stage) cell(st *story.Story, id story.WordID, start, end int) cell {
	form := st.Text[start:end]
	c := cell{span: story.Span{Start: start, End: end}, word: id, shape: shapeOf(form)}
	if form == "’s" || form == "`s" || form == "’S" {
		form = "'s"
	}
	c.lex = s.vocab.id(form)
	c.class = s.vocab.class(c.lex)
	if c.lex == 0 && c.shape == capital {
		// "I’ll" where the tokenizer kept it whole
		for i, r := range form {
			if r == '\'' || r == '’' {
				c.class |= s.vocab.class(s.vocab.id(form[:i])) & cStop
				break
			}
		}
	}
	return c
}
