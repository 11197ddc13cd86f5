package gold

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"kawat/story"
)

// Case is a golden story: a text, and the facts that a careful reader finds in
// it. It is a txtar archive; everything above the first file is a comment.
//
//	-- header --
//	published: 2024-04-10
//	publisher: ANTARA
//	title: Menlu A bertemu Menlu B
//	-- story --
//	Amman (ANTARA) - Menteri Luar Negeri Yordania ...
//	-- anatomy --
//	dateline.date: 2024-04-09
//	-- events --
//	CONSULT IDN = JOR occurred cameo=04 date=2024-04-09 place=JOR words="bertemu"
//
// Every further file is a kind of fact, one fact a line, lines with # are
// comments. Facts name words of the text by exact strings: "kata"#2 is the
// second occurrence of kata. The files and their lines:
//
//	anatomy     FIELD: VALUE           publisher agencies credits copyright published
//	                                   dateline.place dateline.country dateline.date lang
//	parts       KIND "words"           the words stand in a part of that kind
//	entities    KIND "name" [CODE [FUNCTION [STATUS]]]
//	            same "words" "words"+"words"   the first refers to the others
//	            same "words" -                 or to nobody
//	encounters  KIND STATUS SIDES [date= place=]
//	events      TYPE ACTORS > RECIPIENTS STATUS [cameo= date= place= by="words" words="words"]
//	            TYPE SIDES = SIDES ...  a symmetric event, in either order
//	quotations  KIND SPEAKER "first words" ["last words"] [behalf= to= relay= medium=]
//	pledges     ACT BY > TO "words of the content" [due=]
//	messages    KIND STATUS FROM > VIA > TO
//	references  KIND "words" [ordinal= year= parties=]
//
// Sides are codes of states and organizations (CHN, UNO) or quoted strings
// joined by "+"; "-" is a side that is not there or not known. In encounters
// and messages a quoted string is the person or body that the words refer to.
// cameo= wants a prefix, place= a country's code or a quoted name, by= and the
// like a quoted string. The line "none" says that the story has no fact of
// this kind, and "not ..." before a fact that this one must not be found; of an
// event, whatever its words, date and place.
type Case struct {
	Name   string // "id/rabat"
	Header map[string]string
	Text   string
	Facts  []Fact
}

// Fact is one line of a golden story.
type Fact struct {
	Kind  string // the file it stands in, such as "events"
	Line  string // as written, its spaces made single
	words []term
	args  map[string]term
}

// term is a word of a fact: bare, or quoted strings and codes joined by "+".
type term struct {
	bare string
	alts []atom // the members of a list
}

// atom is a code or a quoted string with its occurrence.
type atom struct {
	code string
	text string
	n    int
}

var factKinds = map[string][2]int{ // fewest and most words of a line
	"anatomy": {0, 0}, "parts": {2, 2}, "entities": {2, 5}, "encounters": {3, 3},
	"events": {5, 5}, "quotations": {3, 4}, "pledges": {5, 5}, "messages": {7, 7}, "references": {2, 2},
}

// ParseCase reads a golden story. It fails where a quoted string is not in the
// text, where a line has no known form, and where the story or all facts lack.
func ParseCase(name string, data []byte) (*Case, error) {
	c := &Case{Name: name, Header: map[string]string{}}
	ar := txtar.Parse(data)
	seen := map[string]bool{}
	for _, f := range ar.Files {
		if seen[f.Name] {
			return nil, fmt.Errorf("%s: file %s stands twice", name, f.Name)
		}
		seen[f.Name] = true
		if f.Name == "story" {
			c.Text = strings.TrimRight(string(f.Data), "\n") + "\n"
		}
	}
	for _, f := range ar.Files {
		if f.Name == "story" {
			continue
		}
		if _, ok := factKinds[f.Name]; !ok && f.Name != "header" {
			return nil, fmt.Errorf("%s: unknown file %s", name, f.Name)
		}
		for line := range strings.Lines(string(f.Data)) {
			line = strings.Join(strings.Fields(line), " ")
			if line == "" || line[0] == '#' {
				continue
			}
			if err := c.add(f.Name, line); err != nil {
				return nil, fmt.Errorf("%s: %s: %q: %w", name, f.Name, line, err)
			}
		}
	}
	if c.Text == "" || len(c.Facts) == 0 {
		return nil, fmt.Errorf("%s: no story or no facts", name)
	}
	return c, nil
}

func (c *Case) add(kind, line string) error {
	if kind == "header" || kind == "anatomy" {
		k, v, ok := strings.Cut(line, ": ")
		if !ok {
			return fmt.Errorf("no \"field: value\"")
		}
		if kind == "header" {
			c.Header[k] = v
			return nil
		}
		c.Facts = append(c.Facts, Fact{Kind: kind, Line: line})
		return nil
	}
	f := Fact{Kind: kind, Line: line, args: map[string]term{}}
	if err := f.lex(line); err != nil {
		return err
	}
	words := f.words
	if words[0].bare == "not" {
		words = words[1:]
	}
	if words[0].bare != "none" && words[0].bare != "same" {
		if n := factKinds[kind]; len(words) < n[0] || len(words) > n[1] {
			return fmt.Errorf("%d words, want %d to %d", len(words), n[0], n[1])
		}
	}
	if err := f.fits(c.Text); err != nil {
		return err
	}
	c.Facts = append(c.Facts, f)
	return nil
}

// Fits reports the first fact whose words are not in a text. A text that was
// cleaned since the gold was written must still hold all of them.
func (c *Case) Fits(text string) error {
	for i := range c.Facts {
		if err := c.Facts[i].fits(text); err != nil {
			return fmt.Errorf("%s: %q: %w", c.Name, c.Facts[i].Line, err)
		}
	}
	return nil
}

func (f *Fact) fits(text string) error {
	st := &story.Story{Text: text}
	terms := slices.Clone(f.words)
	for _, t := range f.args {
		terms = append(terms, t)
	}
	for _, t := range terms {
		for _, a := range t.alts {
			if a.text == "" {
				continue
			}
			sp, ok := st.Exact(a.text, a.n)
			if !ok {
				return fmt.Errorf("occurrence %d of %q is not in the text", a.n, a.text)
			}
			if cutsWord(text, sp) {
				return fmt.Errorf("occurrence %d of %q lies inside a word", a.n, a.text)
			}
		}
	}
	return nil
}

// cutsWord reports whether a span begins or ends between two letters: the "dia"
// of "Finlandia" is nobody.
func cutsWord(text string, sp story.Span) bool {
	return letterBefore(text, sp.Start) && letterAfter(text, sp.Start) || letterBefore(text, sp.End) && letterAfter(text, sp.End)
}

func letterBefore(text string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	return unicode.IsLetter(r)
}

func letterAfter(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:])
	return unicode.IsLetter(r)
}

// lex splits a line into words and key=value arguments.
func (f *Fact) lex(line string) error {
	for line != "" {
		line = strings.TrimLeft(line, " ")
		key := ""
		if i := strings.IndexAny(line, "=\" "); i > 0 && line[i] == '=' {
			key, line = line[:i], line[i+1:]
		}
		t, rest, err := lexTerm(line)
		if err != nil {
			return err
		}
		line = strings.TrimLeft(rest, " ")
		if key != "" {
			f.args[key] = t
		} else {
			f.words = append(f.words, t)
		}
	}
	if len(f.words) == 0 {
		return fmt.Errorf("no words")
	}
	return nil
}

// lexTerm reads one term: "a"#2+"b", CHN+RUS, occurred, >.
func lexTerm(s string) (t term, rest string, err error) {
	for {
		var a atom
		a, s, err = lexAtom(s)
		if err != nil {
			return t, s, err
		}
		t.alts = append(t.alts, a)
		if !strings.HasPrefix(s, "+") {
			break
		}
		s = s[1:]
	}
	if s != "" && s[0] != ' ' {
		return t, s, fmt.Errorf("%q follows a string without a space", s)
	}
	if len(t.alts) == 1 && t.alts[0].text == "" {
		t.bare = t.alts[0].code
	}
	return t, s, nil
}

func lexAtom(s string) (a atom, rest string, err error) {
	if !strings.HasPrefix(s, `"`) {
		i := strings.IndexAny(s, " +")
		if i < 0 {
			i = len(s)
		}
		if i == 0 {
			return a, s, fmt.Errorf("an empty word before %q", s)
		}
		return atom{code: s[:i]}, s[i:], nil
	}
	quoted, err := strconv.QuotedPrefix(s)
	if err != nil {
		return a, s, fmt.Errorf("a string without end: %s", s)
	}
	a.text, err = strconv.Unquote(quoted)
	if err != nil || a.text == "" {
		return a, s, fmt.Errorf("an empty or broken string %s", quoted)
	}
	a.n, s = 1, s[len(quoted):]
	if strings.HasPrefix(s, "#") {
		i := 1
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		if a.n, err = strconv.Atoi(s[1:i]); err != nil || a.n < 1 {
			return a, s, fmt.Errorf("no number behind # in %s", s)
		}
		s = s[i:]
	}
	return a, s, nil
}
