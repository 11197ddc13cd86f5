// Package sample makes wire copy of its own, without end, to load and to test
// an archive with.
//
// What comes in is a seed; what goes out are stories in Indonesian and English,
// with invented persons and publishers, of which it is known which are copies
// of which: whole, cut from the end, and reworked. The same seed makes the same
// stories everywhere. The package reads nothing and stores nothing. For example
//
//	for st := range sample.Stories(1, 20_000) { json.NewEncoder(w).Encode(st) }
package sample

import (
	_ "embed"
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"time"
)

//go:embed parts.tsv
var table string

// Story is a story as `kawat ingest` takes it, with what is known of it.
type Story struct {
	ID        string `json:"id"`
	Publisher string `json:"publisher"`
	Published string `json:"published"`
	Lang      string `json:"lang"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	CopyOf    string `json:"copy_of,omitempty"` // id of the story that this is a copy of
	Copy      string `json:"copy,omitempty"`    // whole, cut or reworked
}

// One story in copyShare is a copy of one of the last recent.
const (
	copyShare = 6
	recent    = 400
)

// Stories makes n stories, in the order of their publication, about a hundred
// a day from 1 January 2015.
func Stories(seed uint64, n int) iter.Seq[*Story] {
	return func(yield func(*Story) bool) {
		m := newMaker(seed)
		for i := range n {
			if !yield(m.next(i)) {
				return
			}
		}
	}
}

// maker makes stories.
type maker struct {
	rng   *rand.Rand
	parts map[string][]string // "kind lang" -> sentences or values
	leads map[string][]string // language -> kinds of leads
	last  []*Story            // originals, for copies
}

func newMaker(seed uint64) *maker {
	m := &maker{rng: rand.New(rand.NewPCG(seed, 7)), parts: map[string][]string{}, leads: map[string][]string{}}
	for line := range strings.Lines(table) {
		if f := strings.SplitN(strings.TrimRight(line, "\r\n"), "\t", 3); len(f) == 3 && line[0] != '#' {
			key := f[0] + " " + f[1]
			if strings.HasPrefix(f[0], "lead-") && m.parts[key] == nil {
				m.leads[f[1]] = append(m.leads[f[1]], f[0])
			}
			if strings.Contains(f[2], "|") {
				m.parts[key] = strings.Split(f[2], "|")
				continue
			}
			m.parts[key] = append(m.parts[key], f[2])
		}
	}
	return m
}

func (m *maker) pick(kind, lang string) string {
	list := m.parts[kind+" "+lang]
	return list[m.rng.IntN(len(list))]
}

// firstDay is the day of the first story.
var firstDay = time.Date(2015, 1, 1, 6, 0, 0, 0, time.UTC)

func (m *maker) next(i int) *Story {
	at := firstDay.Add(time.Duration(i) * 24 * time.Hour / 100)
	if len(m.last) > 20 && m.rng.IntN(copyShare) == 0 {
		return m.copied(i, at)
	}
	lang := [...]string{"en", "id"}[m.rng.IntN(2)]
	st := m.original(lang, at)
	st.ID, st.Published = fmt.Sprintf("s%07d", i), at.Format(time.RFC3339)
	m.last = append(m.last, st)
	if len(m.last) > recent {
		m.last = m.last[1:]
	}
	return st
}

func (m *maker) original(lang string, at time.Time) *Story {
	fill := m.filler(lang, at)
	var paras []string
	city := strings.SplitN(m.pick("state", lang), ";", 2)[1]
	publisher, agency := m.pick("publisher", lang), m.pick("agency", lang)
	lead := fill.Replace(m.pick(m.leads[lang][m.rng.IntN(len(m.leads[lang]))], lang))
	paras = append(paras, fmt.Sprintf("%s (%s) - %s", city, agency, lead))
	quotes, bodies := m.rng.IntN(3)+1, m.rng.IntN(5)+3
	for _, q := range m.rng.Perm(len(m.parts["quote "+lang]))[:quotes] {
		paras = append(paras, fill.Replace(m.parts["quote "+lang][q]))
	}
	for _, b := range m.rng.Perm(len(m.parts["body "+lang]))[:bodies] {
		para := m.filler(lang, at).Replace(m.parts["body "+lang][b])
		// Half of the paragraphs end in a sentence that no other story has, as
		// in copy: else everything would be a reprint of everything.
		if m.rng.IntN(2) == 0 {
			para += " " + m.aside(lang)
		}
		paras = append(paras, para)
	}
	return &Story{Publisher: publisher, Lang: lang, Title: strings.TrimSuffix(lead, "."), Text: strings.Join(paras, "\n\n")}
}

// aside is a sentence of invented names, which no other story has.
func (m *maker) aside(lang string) string {
	return strings.NewReplacer("{x}", m.name(), "{y}", m.name(), "{v}", m.word(), "{w}", m.word(),
		"{n}", fmt.Sprint(m.rng.IntN(9000)+100), "{k}", fmt.Sprint(m.rng.IntN(9000)+100)).Replace(m.pick("aside", lang))
}

// filler replaces the signs of one story's sentences.
func (m *maker) filler(lang string, at time.Time) *strings.Replacer {
	states := m.parts["state "+lang]
	a := m.skewed(len(states))
	b := m.skewed(len(states) - 1)
	if b >= a {
		b++
	}
	sideA, sideB := strings.SplitN(states[a], ";", 2), strings.SplitN(states[b], ";", 2)
	pa, pb := m.holder(a, at), m.holder(b, at)
	return strings.NewReplacer(
		"{A}", sideA[0], "{B}", sideB[0], "{C}", sideB[1],
		"{P}", m.titled(lang, sideA[0], pa), "{Q}", m.titled(lang, sideB[0], pb),
		"{p}", pa[strings.IndexByte(pa, ' ')+1:], "{q}", pb[strings.IndexByte(pb, ' ')+1:],
		"{T}", m.pick("topic", lang), "{N}", fmt.Sprint(m.rng.IntN(900)+20), "{M}", m.pick("month", lang),
		"{D}", m.parts["weekday "+lang][at.Weekday()]+m.inBrackets(lang, at),
	)
}

// inBrackets is the date behind a weekday, where the language's papers print
// one: "Selasa (9/4)".
func (m *maker) inBrackets(lang string, at time.Time) string {
	form := m.parts["daybrackets "+lang]
	if len(form) == 0 {
		return ""
	}
	return strings.NewReplacer("{d}", fmt.Sprint(at.Day()), "{m}", fmt.Sprint(int(at.Month()))).Replace(form[0])
}

func (m *maker) titled(lang, state, person string) string {
	office := m.pick("office", lang)
	return strings.NewReplacer("{S}", state, "{O}", office, "{X}", person).Replace(m.pick("titled", lang))
}

// skewed prefers the first: a few states are most of the news.
func (m *maker) skewed(n int) int { return min(m.rng.IntN(n), m.rng.IntN(n)) }

// holder is one of a state's five persons of a year.
func (m *maker) holder(state int, at time.Time) string {
	r := rand.New(rand.NewPCG(uint64(state*1000+m.rng.IntN(5)), uint64(at.Year()/3)))
	return (&maker{rng: r}).name()
}

func (m *maker) name() string { return m.word() + " " + m.word() }

// word is an invented name.
func (m *maker) word() string {
	const onset, vowel, coda = "bdfghjklmnprstvwz", "aeiou", "nrlskm"
	var sb strings.Builder
	for i, n := 0, m.rng.IntN(2)+2; i < n; i++ {
		sb.WriteByte(onset[m.rng.IntN(len(onset))])
		sb.WriteByte(vowel[m.rng.IntN(len(vowel))])
	}
	sb.WriteByte(coda[m.rng.IntN(len(coda))])
	s := sb.String()
	return strings.ToUpper(s[:1]) + s[1:]
}

// copied is a copy of a recent story in another paper: whole, without its last
// paragraphs, or with sentences taken out and one put in.
func (m *maker) copied(i int, at time.Time) *Story {
	src := m.last[m.rng.IntN(len(m.last))]
	st := *src
	st.ID, st.Published, st.CopyOf = fmt.Sprintf("s%07d", i), at.Format(time.RFC3339), src.ID
	for st.Publisher == src.Publisher {
		st.Publisher = m.pick("publisher", src.Lang)
	}
	paras := strings.Split(src.Text, "\n\n")
	switch m.rng.IntN(3) {
	case 0:
		st.Copy = "whole"
	case 1:
		st.Copy = "cut"
		paras = paras[:max(2, len(paras)*(m.rng.IntN(3)+2)/5)]
	default:
		st.Copy = "reworked"
		paras = append([]string{}, paras...)
		k := 1 + m.rng.IntN(len(paras)-1)
		paras[k] = m.filler(src.Lang, at).Replace(m.pick("body", src.Lang)) + " " + m.aside(src.Lang)
	}
	st.Text = strings.Join(paras, "\n\n")
	return &st
}
