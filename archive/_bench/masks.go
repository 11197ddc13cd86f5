package main

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"kawat/archive"
	"kawat/record"
	"kawat/story"
)

// masks replace what stories are about: each word by another of the same
// length, so that every span still has its words and words are as frequent as
// in the copy; the most frequent ones stay, as grammar does.
type masks struct {
	words  map[string]place   // of a word among those of its shape
	shapes map[shape][]string // all words of a shape
	states map[string]int     // ISO codes that change places
	order  []string
}

type shape struct {
	bytes, runes int
	upper        bool
}

type place struct {
	of shape
	at int
}

// kept is how many of the most frequent words stay as they are.
const kept = 150

func newMasks(base []*record.Record) *masks {
	counts, states := map[string]int{}, map[string]bool{}
	for _, r := range base {
		each(r.Story.Text, func(w string) { counts[strings.Clone(w)]++ })
		for i := range r.Entities {
			if e := &r.Entities[i]; e.Kind == "state" && len(e.Country) == 3 {
				states[e.Country] = true
			}
		}
	}
	m := &masks{words: map[string]place{}, shapes: map[shape][]string{}, states: map[string]int{}, order: slices.Sorted(maps.Keys(states))}
	for i, s := range m.order {
		m.states[s] = i
	}
	words := slices.SortedFunc(maps.Keys(counts), func(x, y string) int {
		if counts[x] != counts[y] {
			return counts[y] - counts[x]
		}
		return strings.Compare(x, y)
	})
	// Words change places with neighbours in frequency: the list of a shape is
	// in this order and is turned within blocks.
	for _, w := range words[min(kept, len(words)):] {
		first, _ := utf8.DecodeRuneInString(w)
		s := shape{len(w), utf8.RuneCountInString(w), unicode.IsUpper(first)}
		m.words[w] = place{s, len(m.shapes[s])}
		m.shapes[s] = append(m.shapes[s], w)
	}
	return m
}

// each calls f for every word of a text.
func each(text string, f func(string)) {
	start := -1
	for i, r := range text {
		switch {
		case unicode.IsLetter(r) && start < 0:
			start = i
		case !unicode.IsLetter(r) && start >= 0:
			f(text[start:i])
			start = -1
		}
	}
	if start >= 0 {
		f(text[start:])
	}
}

// block is within how many neighbours words change places.
const block = 64

func (m *masks) word(w string, round int) string {
	p, ok := m.words[w]
	if !ok {
		return w
	}
	list := m.shapes[p.of]
	from := p.at - p.at%block
	n := min(block, len(list)-from)
	return list[from+(p.at-from+round*7)%n]
}

func (m *masks) text(s string, round int) string {
	var sb strings.Builder
	sb.Grow(len(s))
	last := 0
	each(s, func(w string) {
		at := last + strings.Index(s[last:], w)
		sb.WriteString(s[last:at])
		sb.WriteString(m.word(w, round))
		last = at + len(w)
	})
	sb.WriteString(s[last:])
	return sb.String()
}

func (m *masks) state(code string, round int) string {
	i, ok := m.states[code]
	if !ok {
		return code
	}
	return m.order[(i+round*3)%len(m.order)]
}

func (m *masks) codes(list []string, round int) []string {
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = m.state(c, round)
	}
	return out
}

// daysOfBase is how far each round moves the dates.
const daysOfBase = 200

func shift(date string, round int) string {
	days := round*daysOfBase - 25*365
	if t, err := time.Parse(time.RFC3339, date); err == nil {
		return t.AddDate(0, 0, days).Format(time.RFC3339)
	}
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, date); err == nil {
			return t.AddDate(0, 0, days).Format(layout)
		}
	}
	return date
}

// ref replaces state and words of "person:RUS/lavrov-sergey".
func (m *masks) ref(ref string, round int) string {
	kind, rest, ok := strings.Cut(ref, ":")
	if !ok || kind != "person" {
		if kind == "state" {
			return "state:" + m.state(rest, round)
		}
		return ref
	}
	code, slug, _ := strings.Cut(rest, "/")
	parts := strings.Split(slug, "-")
	for i, p := range parts {
		if p != "" {
			parts[i] = strings.ToLower(m.word(strings.ToUpper(p[:1])+p[1:], round))
		}
	}
	return "person:" + m.state(code, round) + "/" + strings.Join(parts, "-")
}

// put makes the item of a record in one round.
func (m *masks) put(base *record.Record, round int) archive.Item {
	r := &record.Record{}
	*r = *base
	s := &r.Story
	r.Entities, r.Events, r.Encounters = slices.Clone(r.Entities), slices.Clone(r.Events), slices.Clone(r.Encounters)
	s.ID = s.ID + "-" + string(rune('A'+round/26)) + string(rune('a'+round%26))
	s.Text, s.Title, s.SHA256, s.Published = m.text(s.Text, round), m.text(s.Title, round), "", shift(s.Published, round)
	for i := range r.Entities {
		e := &r.Entities[i]
		e.Offices = slices.Clone(e.Offices)
		e.Ref, e.Name, e.NameEN, e.Country = m.ref(e.Ref, round), m.text(e.Name, round), "", m.state(e.Country, round)
		for j := range e.Offices {
			e.Offices[j].Country, e.Offices[j].AsOf = m.state(e.Offices[j].Country, round), shift(e.Offices[j].AsOf, round)
		}
	}
	for i := range r.Events {
		ev := &r.Events[i]
		ev.ActorCountries, ev.RecipientCountries = m.codes(ev.ActorCountries, round), m.codes(ev.RecipientCountries, round)
		ev.Date = shift(ev.Date, round)
		if ev.Place != nil {
			p := *ev.Place
			p.Country, p.Name = m.state(p.Country, round), m.text(p.Name, round)
			ev.Place = &p
		}
	}
	for i := range r.Encounters {
		r.Encounters[i].Date = shift(r.Encounters[i].Date, round)
	}
	key := archive.KeyOf(&story.Story{ID: s.ID, Publisher: s.Publisher, Text: s.Text})
	return archive.Item{Key: key, Record: r, Found: story.Found{Format: "jsonl", Input: "bench"}}
}
