package event

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kawat/lang"
	"kawat/story"
)

// referenceTable is the compiled references.tsv: words that point to something
// outside the story.
type referenceTable struct {
	rules    []referenceRule
	cues     cueTable
	years    termSet // "tahun" in "peringatan 75 tahun"
	sign     termSet // "menandatangani"
	inside   termSet // words inside a name that are not capitalised: "dan", "of"
	ordinals map[string]int
}

type referenceRule struct {
	by    string // "event/reference:anniversary"
	kind  string
	shape referenceShape
}

type referenceShape uint8

const (
	referenceOrdinal referenceShape = iota + 1 // needs a number: "peringatan 75 tahun"
	referenceTitled                            // needs a name around it: "Perjanjian Paris", "Paris Agreement"
	referenceFixed                             // is a name by itself: "Belt and Road"
	referencePhrase                            // a common noun phrase: "re-election of X"
	referenceNumber                            // needs a number behind it: "resolution 2231"
)

var referenceShapes = map[string]referenceShape{
	"ordinal": referenceOrdinal, "titled": referenceTitled, "fixed": referenceFixed, "phrase": referencePhrase, "number": referenceNumber,
}

var referenceKinds = []string{"anniversary", "agreement", "document", "institution", "initiative", "prior-event", "election"}

// readOrdinals reads the words for numbers: "fiftieth=50|sixtieth=60".
func (t *referenceTable) readOrdinals(row lang.Row) error {
	t.ordinals = map[string]int{}
	for _, w := range row.List("words") {
		name, n, ok := strings.Cut(w, "=")
		v := number(n)
		if !ok || v == 0 {
			return row.Errorf("an ordinal is written name=number, not %q", w)
		}
		t.ordinals[name] = v
	}
	return nil
}

// compile reads references.tsv. Columns: rule, words, pos, kind, shape,
// example.
func (t *referenceTable) compile(pack *lang.Pack) error {
	table, err := pack.Table("references.tsv")
	if err != nil {
		return err
	}
	t.cues = cueTable{}
	for _, row := range table.Rows {
		words := row.List("words")
		r := referenceRule{by: "event/reference:" + row.Get("rule"), kind: row.Get("kind"), shape: referenceShapes[row.Get("shape")]}
		pos, err := parsePOS(row)
		switch {
		case err != nil:
			return err
		case row.Get("rule") == "" || row.Get("example") == "" || len(words) == 0:
			return row.Errorf("a row needs rule, words and example")
		case r.shape == 0:
			return row.Errorf("unknown shape %q", row.Get("shape"))
		case !slices.Contains(referenceKinds, r.kind):
			return row.Errorf("unknown kind %q", r.kind)
		}
		t.rules = append(t.rules, r)
		t.cues.add(words, len(t.rules)-1, pos)
	}
	return nil
}

// runReferences appends the references of a story.
func (s *Stage) runReferences(st *story.Story) {
	paragraphs(st, func(sent *story.Sentence) {
		done := story.WordID(0)
		for w := sent.FirstWord; w < sent.EndWord; w++ {
			if w <= done || len(st.References) >= maxRows {
				continue
			}
			s.dip.references.cues.find(st, w, sent.EndWord, func(row int, last story.WordID) bool {
				rule := &s.dip.references.rules[row]
				ref, end, ok := s.reference(st, sent, rule, w, last)
				if !ok {
					return false
				}
				done = end
				addReference(st, ref)
				return true
			})
		}
	})
	s.institutions(st)
}

// addReference appends a reference unless the story already points there.
func addReference(st *story.Story, ref story.Reference) {
	for i := range st.References {
		old := &st.References[i]
		if old.Kind != ref.Kind {
			continue
		}
		if strings.EqualFold(old.Text, ref.Text) || ref.Ordinal > 0 && old.Ordinal == ref.Ordinal {
			old.Spans = append(old.Spans, ref.Spans...)
			return
		}
	}
	st.References = append(st.References, ref)
}

// reference reads one cue; end is the last word of what it names.
func (s *Stage) reference(st *story.Story, sent *story.Sentence, rule *referenceRule, w, last story.WordID) (story.Reference, story.WordID, bool) {
	ref := story.Reference{Kind: rule.kind}
	first, end := w, last
	switch rule.shape {
	case referenceOrdinal:
		n, a, z := s.ordinalNear(st, sent, w, last)
		if n == 0 {
			return ref, 0, false
		}
		first, end = min(w, a), s.phraseEnd(st, sent, max(last, z), false)
		ref.Ordinal = n
		if year := yearOfFeast(st, sent, first); year > 0 && n < year {
			ref.Year = year - n
		}
	case referenceTitled:
		first, end = s.titleAround(st, sent, w, last)
		if signers := s.signersOf(st, w); len(signers) > 0 { // a signed one needs no name
			ref.Kind, ref.Parties = "agreement", signers
			end = max(end, s.phraseEnd(st, sent, last, false))
		} else if first == w && end == last {
			return ref, 0, false
		}
		if s.anyHumanIn(st, first, end) {
			return ref, 0, false
		}
	case referenceNumber:
		z := s.numberAfter(st, sent, last)
		if z == 0 {
			return ref, 0, false
		}
		end = z
	case referencePhrase:
		end = s.phraseEnd(st, sent, last, rule.kind == "prior-event")
		if end == last && s.ownerBefore(st, w) == 0 {
			return ref, 0, false
		}
		if o := s.ownerBefore(st, w); o != 0 {
			first = o
		}
	}
	sp := story.Span{Start: st.Word(first).Span.Start, End: st.Word(end).Span.End}
	ref.Text = strings.TrimRight(st.Slice(sp), " ,.;:\"”")
	sp.End = sp.Start + len(ref.Text)
	if len(ref.Parties) == 0 {
		ref.Parties = s.partiesIn(st, first, end)
	}
	ref.Evidence = story.Evidence{Spans: []story.Span{sp}, By: rule.by, Score: 80}
	return ref, end, len(ref.Text) > 0
}

// yearOfFeast returns the year in which an anniversary falls: the story's, or
// one near it that the sentence names nearest to the anniversary ("ahead of the
// 60th anniversary of ties next year"). 0 where the story has no day.
func yearOfFeast(st *story.Story, sent *story.Sentence, w story.WordID) int {
	year := number(yearOf(storyDay(st)))
	feast, at, near := year, st.Word(w).Span.Start, maxFeast
	first, end := timesIn(st, sent.Span)
	for i := first; i < end && year > 0; i++ {
		t := &st.Times[i]
		if len(t.Date) != len("2006") {
			continue // a day or month is that of what is told
		}
		y := number(t.Date)
		if d := max(t.Span.Start-at, at-t.Span.Start); y >= year-1 && y <= year+5 && d < near {
			feast, near = y, d
		}
	}
	return feast
}

// maxFeast bounds the bytes between an anniversary and its year.
const maxFeast = 160

// ordinalNear finds the number of years beside an anniversary: "peringatan 75
// tahun", "ulang tahun ke-75", "70th anniversary".
func (s *Stage) ordinalNear(st *story.Story, sent *story.Sentence, w, last story.WordID) (n int, first, end story.WordID) {
	for at := w - 1; at >= sent.FirstWord && at+3 > w; at-- {
		if n := s.ordinal(st.Word(at).Form); n > 0 && n < 1900 {
			return n, at, at
		}
	}
	for at := last + 1; at < sent.EndWord && at < last+5; at++ {
		if n := s.ordinal(st.Word(at).Form); n > 0 && n < 1900 {
			if at+1 < sent.EndWord && s.dip.references.years.has(st.Word(at+1)) {
				at++
			}
			return n, w, at
		}
	}
	return 0, 0, 0
}

// ordinal reads "75", "75th", "ke-75", "seventieth".
func (s *Stage) ordinal(form string) int {
	if n, ok := s.dip.references.ordinals[form]; ok {
		return n
	}
	if i := strings.IndexFunc(form, unicode.IsDigit); i >= 0 && i <= 3 {
		return number(form[i:])
	}
	return 0
}

// number reads the digits at the start of s; 0 if there are none or too many.
func number(s string) int {
	n := 0
	for i := 0; i < len(s) && '0' <= s[i] && s[i] <= '9'; i++ {
		if n = n*10 + int(s[i]-'0'); n > 99999 {
			return 0
		}
	}
	return n
}

func yearOf(day string) string {
	if len(day) >= 4 {
		return day[:4]
	}
	return ""
}

// phraseEnd reads on through the noun phrase: nouns, names, adjectives and the
// prepositions that tie them, up to a verb or a mark. What happened somewhere
// takes its place along: "the coup in Niger".
func (s *Stage) phraseEnd(st *story.Story, sent *story.Sentence, last story.WordID, placed bool) story.WordID {
	end := last
	for at := last + 1; at < sent.EndWord && at < last+14; at++ {
		word := st.Word(at)
		switch word.UPOS {
		case story.NOUN, story.PROPN, story.NUM, story.PRON:
			if s.dip.relative.has(word) {
				return end
			}
			if word.Mention != 0 || word.UPOS != story.PRON {
				end = at
			}
		case story.ADJ:
			end = at
		case story.CCONJ:
			if at+1 >= sent.EndWord || st.Word(at+1).Mention == 0 { // "peringatan 75 tahun X dan Tahun Y" are two
				return end
			}
		case story.DET, story.PART:
		case story.ADP:
			if !s.dip.between.has(word) && !s.dip.of.has(word) && !s.dip.with.has(word) && !(placed && s.dip.at.has(word)) {
				return end
			}
		case story.PUNCT:
			if word.Form != "-" && word.Form != "–" {
				return end
			}
		default:
			if at+1 >= sent.EndWord || !s.dip.between.has(st.Word(at+1)) { // an adjective that was taken for a verb
				return end
			}
			end = at
		}
	}
	return end
}

// titleAround reads the name of which a cue is part: the capitalised words on
// both sides. A cue in small letters is no name.
func (s *Stage) titleAround(st *story.Story, sent *story.Sentence, w, last story.WordID) (first, end story.WordID) {
	first, end = w, last
	if !capital(st.Word(w).Form) {
		return first, end
	}
	for at := w - 1; at >= sent.FirstWord && at+7 > w; at-- {
		if word := st.Word(at); capital(word.Form) && (word.UPOS != story.VERB && word.UPOS != story.DET && word.UPOS != story.ADP) && at > sent.FirstWord-1 {
			first = at
		} else if !s.dip.references.inside.has(word) || word.Form == "" {
			break
		}
	}
	for at := last + 1; at < sent.EndWord && at < last+9; at++ {
		word := st.Word(at)
		if capital(word.Form) || word.UPOS == story.NUM && at == end+1 {
			end = at
		} else if !s.dip.references.inside.has(word) && !(word.Form == "-" && !st.Token(word.Token).SpaceBefore) {
			break
		}
	}
	return first, end
}

// anyHumanIn reports whether somebody stands in a run of words: "Wakil Kepala
// Protokol Negara" is no protocol.
func (s *Stage) anyHumanIn(st *story.Story, first, end story.WordID) bool {
	for w := first; w <= end; w++ {
		if anyHuman(st, s.partiesAtWord(st, w)) {
			return true
		}
	}
	return false
}

func capital(form string) bool {
	r, _ := utf8.DecodeRuneInString(form)
	return unicode.IsUpper(r)
}

// numberAfter finds the number of a document: "Resolusi DK PBB 2231",
// "resolution 2231".
func (s *Stage) numberAfter(st *story.Story, sent *story.Sentence, last story.WordID) story.WordID {
	for at := last + 1; at < sent.EndWord && at < last+7; at++ {
		word := st.Word(at)
		if number(word.Form) > 0 {
			return at
		}
		if word.UPOS == story.VERB || word.UPOS == story.PUNCT {
			return 0
		}
	}
	return 0
}

// ownerBefore returns the owner before a noun: "Putin's re-election".
func (s *Stage) ownerBefore(st *story.Story, w story.WordID) story.WordID {
	for c := range st.Children(w) {
		if st.Word(c).Deprel == "nmod:poss" && c < w && st.Word(c).Mention != 0 {
			return c
		}
	}
	return 0
}

// partiesIn returns the parties that a stretch of text names, names inside
// names too: both in "Tahun Kebudayaan China-Rusia".
func (s *Stage) partiesIn(st *story.Story, first, end story.WordID) []story.EntityID {
	var out []story.EntityID
	for w := first; w <= end; w++ {
		for _, id := range st.Denotes(w) {
			addParty(st, &out, id)
		}
	}
	return out
}

// signersOf returns the states that sign what a word names, in the order of the
// text: the subjects of the verb of signing over it, and those behind "with".
func (s *Stage) signersOf(st *story.Story, w story.WordID) []story.EntityID {
	verb := st.Word(w).Head
	if verb == 0 || !s.dip.references.sign.has(st.Word(verb)) {
		return nil
	}
	var who, out []story.EntityID
	if r := st.Word(w).Rel(); r == "obj" {
		if sub := s.subjectOf(st, verb); sub != 0 {
			who = s.partiesAt(st, sub)
			s.andBefore(st, sub, &who)
		}
	} else if r != "nsubj" {
		return nil
	}
	for _, head := range [...]story.WordID{verb, w} {
		for c := range st.Children(head) {
			if marked(st, c, s.dip.with) || marked(st, c, s.dip.by) || marked(st, c, s.dip.between) {
				who = append(who, s.partiesAt(st, c)...)
			}
		}
	}
	for _, id := range who {
		addOnce(&out, stateFor(st, id))
	}
	return out
}

// stateFor returns the story's entity of the state for which somebody acts, else
// the somebody.
func stateFor(st *story.Story, id story.EntityID) story.EntityID {
	e := st.Entity(id)
	if e.Kind == story.State || e.Country == "" {
		return id
	}
	for i := range st.Entities {
		if o := &st.Entities[i]; o.Kind == story.State && o.Country == e.Country {
			return story.EntityID(i + 1)
		}
	}
	return id
}

// institutions adds the international organizations that the story names.
func (s *Stage) institutions(st *story.Story) {
	rows := map[story.EntityID]int{}
	for i := range st.Mentions {
		m := &st.Mentions[i]
		if m.Entity == 0 || m.Type != story.NameMention {
			continue
		}
		if row, ok := rows[m.Entity]; ok {
			st.References[row].Spans = append(st.References[row].Spans, m.Span)
			continue
		}
		e := st.Entity(m.Entity)
		if e.Kind != story.Organization || !strings.HasPrefix(e.CAMEO, "IGO") {
			continue
		}
		rows[m.Entity] = len(st.References)
		st.References = append(st.References, story.Reference{
			Kind: "institution", Text: st.Slice(m.Span),
			Evidence: story.Evidence{Spans: []story.Span{m.Span}, By: "event/reference:institution", Score: 85},
		})
	}
}
