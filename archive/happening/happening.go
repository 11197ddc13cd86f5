// Package happening decides which reports tell one happening: one meeting in
// forty papers, announced on Monday, held on Thursday, read out by two
// ministries in two languages.
//
// What comes in are reports (an event of one story, with its sides, persons,
// day, place and words) and happenings, which are many reports; what goes out is
// a score with the features that it is made of, so that a merge can be
// explained and undone. The package keeps nothing, reads no copy and knows no
// language: persons, states, places and organizations are compared by refs,
// which are the same in all. For example
//
//	m := happening.Compare(&h, &report)
//	if m.Same() { h.Add(report) }
package happening

import (
	"slices"
	"strings"
)

// Report is one story's telling of an event.
type Report struct {
	Story     int64    `json:"-"` // number of the story, as the archive gives it
	Fact      int64    `json:"fact"`
	Local     string   `json:"local"` // id of the event or encounter in its record
	Type      string   `json:"type"`  // PLOVER type
	CAMEO     string   `json:"cameo,omitempty"`
	Manner    string   `json:"manner,omitempty"` // of people meeting: meeting, call, visit, summit ...; "" unknown
	From      []string `json:"from,omitempty"`   // states and organizations that act
	To        []string `json:"to,omitempty"`
	Symmetric bool     `json:"symmetric,omitempty"`
	Persons   []string `json:"persons,omitempty"` // refs of those who took part
	Functions []string `json:"functions,omitempty"`
	Date      string   `json:"date,omitempty"` // as precise as the story gives it
	Published int      `json:"published"`      // day, counted; 0 unknown
	Day       int      `json:"day"`            // first day of Date, else Published
	Place     string   `json:"place,omitempty"`
	Country   string   `json:"country,omitempty"` // of the place
	Status    string   `json:"status"`
	Refs      []string `json:"refs,omitempty"`  // what else the sentence names
	Words     []string `json:"words,omitempty"` // of the sentence, as stems or numbers
	Publisher string   `json:"publisher,omitempty"`
	Lang      string   `json:"lang,omitempty"`
	Copies    []int64  `json:"-"` // stories of which this one is a copy, or which are copies of it
}

// Happening is what many reports say of one event.
type Happening struct {
	ID      int64    `json:"id"`
	Reports []Report `json:"reports"`
}

// maxCompared bounds the reports of a happening that a new one is compared
// with, so that the hundredth copy costs no more than the tenth.
const maxCompared = 12

// Reason is a feature of a comparison, and what it adds.
type Reason struct {
	Feature string `json:"feature"`
	Points  int    `json:"points"`
}

// Match is the outcome of a comparison.
type Match struct {
	Score   int
	Reasons []Reason
	Veto    string // why the two cannot be one, whatever the score; "" if they can
}

// Threshold is the score from which two are one.
const Threshold = 60

// Same reports whether the two are one.
func (m *Match) Same() bool { return m.Veto == "" && m.Score >= Threshold }

func (m *Match) add(feature string, points int) {
	if points != 0 {
		m.Score += points
		m.Reasons = append(m.Reasons, Reason{feature, points})
	}
}

// String tells the match in one line: "sides +30, day +25".
func (m *Match) String() string {
	parts := make([]string, 0, len(m.Reasons))
	for _, r := range m.Reasons {
		sign := ""
		if r.Points > 0 {
			sign = "+"
		}
		parts = append(parts, r.Feature+" "+sign+itoa(r.Points))
	}
	if m.Veto != "" {
		parts = append(parts, "never: "+m.Veto)
	}
	return strings.Join(parts, ", ")
}

// Compare says how well a report fits a happening: the best of its reports
// counts, and a contradiction to any that fits as well as the best.
func Compare(h *Happening, r *Report) Match {
	best := Match{Score: -1, Veto: "no reports"}
	reports := h.Reports
	if len(reports) > maxCompared {
		// The newest, and the first, which says what it all began with.
		reports = append(slices.Clone(reports[:1]), reports[len(reports)-maxCompared+1:]...)
	}
	against := 0
	for i := range reports {
		m := compare(&reports[i], r)
		if m.Veto != "" {
			if reports[i].Story == r.Story {
				return m // one story tells them apart
			}
			against++
			if best.Veto != "" {
				best.Veto = m.Veto
			}
			continue
		}
		if best.Veto != "" || m.Score > best.Score {
			best = m
		}
	}
	if best.Veto == "" && against*2 > len(reports) {
		best.Veto = "most reports contradict"
	}
	return best
}

// compare says how well two reports fit.
func compare(a, b *Report) Match {
	var m Match
	for _, step := range [...]func(*Match, *Report, *Report){sameStory, types, manner, sides, days, persons, places, words, copies} {
		if step(&m, a, b); m.Veto != "" {
			return m
		}
	}
	return m
}

// sameStory: a story tells an event once, so two of its events are two. Only
// an announcement and what came of it may stand in one story.
func sameStory(m *Match, a, b *Report) {
	if a.Story == b.Story && (a.Type == b.Type || a.Status == b.Status) {
		m.Veto = "one story tells both"
	}
}

// Compatible returns the types that may tell the same happening as an event of
// a type, which is the first of them.
func Compatible(typ string) []string {
	out := []string{typ}
	for _, f := range families {
		if slices.Contains(f, typ) {
			for _, t := range f {
				if !slices.Contains(out, t) {
					out = append(out, t)
				}
			}
		}
	}
	return out
}

// families are types that tell one course of things: a visit is agreed, takes
// place or is called off; an agreement is announced and signed.
var families = [...][]string{
	{"CONSULT", "AGREE", "REJECT"},
	{"SUPPORT", "AGREE"},
	{"AID", "AGREE"},
	{"COOPERATE", "AGREE"},
	{"SANCTION", "THREATEN"},
}

func types(m *Match, a, b *Report) {
	switch {
	case a.Type == b.Type && a.CAMEO == b.CAMEO:
		m.add("type and code", 20)
	case a.Type == b.Type && sameRoot(a.CAMEO, b.CAMEO):
		m.add("type", 15)
	case a.Type == b.Type:
		m.add("type", 10)
	case course(a, b):
		m.add("types of one course", 8)
	default:
		m.Veto = "types"
	}
}

func sameRoot(a, b string) bool { return len(a) >= 2 && len(b) >= 2 && a[:2] == b[:2] }

// course reports whether two events of different types may be stations of one
// course: then they are of different statuses.
func course(a, b *Report) bool {
	if a.Status == b.Status && meeting(a) == meeting(b) {
		return false
	}
	for _, f := range families {
		if slices.Contains(f, a.Type) && slices.Contains(f, b.Type) {
			if f[0] == "CONSULT" {
				return meeting(a) && meeting(b)
			}
			return true
		}
	}
	return false
}

// meeting reports whether a report tells of people meeting, now or ahead.
func meeting(r *Report) bool {
	if r.Type == "CONSULT" || r.Manner != "" {
		return true
	}
	return strings.HasPrefix(r.CAMEO, "036") || strings.HasPrefix(r.CAMEO, "125") || strings.HasPrefix(r.CAMEO, "120") && r.Type == "REJECT"
}

// manner: a call and a meeting of the same two on one day are two happenings.
func manner(m *Match, a, b *Report) {
	x, y := channel(a), channel(b)
	switch {
	case x == "" || y == "":
	case x == y:
		m.add("manner", 5)
	case x == "call" || y == "call":
		m.Veto = "a call and a meeting"
	default:
		m.add("manner", -5)
	}
}

// channel tells how people met, as far as the report says: a visit holds
// meetings, and talks are held in them.
func channel(r *Report) string {
	switch r.Manner {
	case "call":
		return "call"
	case "summit", "ceremony":
		return r.Manner
	case "":
		if r.CAMEO == "041" {
			return "call"
		}
		if r.Type != "CONSULT" {
			return ""
		}
	}
	return "meeting"
}

// sides compares who acts towards whom.
func sides(m *Match, a, b *Report) {
	if !a.Symmetric && !b.Symmetric && len(a.To) > 0 && len(b.To) > 0 && a.Type == b.Type {
		if !overlap(a.From, b.From) || !overlap(a.To, b.To) {
			m.Veto = "direction"
			return
		}
	}
	x, y := a.all(), b.all()
	n := common(x, y)
	switch {
	case len(x) == 0 || len(y) == 0:
	case n == 0:
		m.Veto = "sides"
	case n == len(x) && n == len(y):
		m.add("sides", 25)
	case n == min(len(x), len(y)) && n > 1:
		m.add("sides, in part", 18)
	case n > 1:
		m.add("sides, in part", 10)
	case n == min(len(x), len(y)):
		m.add("one side", 5)
	default:
		m.Veto = "sides"
	}
}

// all returns both sides together, each once.
func (r *Report) all() []string {
	out := slices.Concat(r.From, r.To)
	slices.Sort(out)
	return slices.Compact(out)
}

func overlap(a, b []string) bool { return common(a, b) > 0 }

func common(a, b []string) int {
	n := 0
	for _, s := range a {
		if slices.Contains(b, s) {
			n++
		}
	}
	return n
}

func itoa(n int) string {
	if n < 0 {
		return "-" + itoa(-n)
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}
