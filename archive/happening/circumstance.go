package happening

import (
	"slices"
	"strings"
)

// days compares when. A day that a story states weighs more than that of its
// publication, and what lies ahead may be put off by some days.
func days(m *Match, a, b *Report) {
	apart := distance(a.Day, b.Day)
	exact := dated(a) && dated(b)
	ahead := lies(a) != lies(b)
	switch {
	case a.Day == 0 || b.Day == 0:
	case exact && apart == 0:
		m.add("day", 25)
	case exact && (callsOff(a, b) || callsOff(b, a)):
		m.add("called off ahead of its day", 10)
	case exact && ahead:
		putOff(m, apart)
	case exact && apart == 1:
		m.add("next day", 2) // time zones, and papers that date by their own day
	case exact:
		m.Veto = "days"
	default:
		near(m, a, b)
	}
}

// dated reports whether a report states the very day.
func dated(r *Report) bool { return len(r.Date) == len("2024-04-09") }

// lies reports whether a report's event lies ahead of its story.
func lies(r *Report) bool {
	return r.Status == "planned" || r.Status == "pledged" || r.Status == "requested" || r.Status == "conditional"
}

// callsOff reports whether a meeting that a report announced is called off by
// another between then and its day: "membatalkan kunjungannya yang dijadwalkan
// pada 27 Maret", told on the 24th, is dated by the day of the refusal.
func callsOff(off, plan *Report) bool {
	return off.Type == "REJECT" && meeting(off) && lies(plan) && meeting(plan) &&
		off.Day <= plan.Day && off.Day >= plan.Published && distance(off.Day, plan.Day) <= 21
}

// putOff: what was announced for one day and told of another.
func putOff(m *Match, apart int) {
	switch {
	case apart <= 2:
		m.add("day, put off", 10)
	case apart <= 7:
		m.add("day, put off", 0)
	case apart <= 21:
		m.add("day, put off", -10)
	default:
		m.Veto = "days"
	}
}

// near compares days of which one at least is vague, or that of publication.
func near(m *Match, a, b *Report) {
	if len(a.Date) > 0 && len(b.Date) > 0 && (strings.HasPrefix(a.Date, b.Date) || strings.HasPrefix(b.Date, a.Date)) {
		m.add("day, vaguely", 10)
		return
	}
	apart := distance(a.Published, b.Published)
	if a.Published == 0 || b.Published == 0 {
		apart = distance(a.Day, b.Day)
	}
	ahead := lies(a) || lies(b)
	switch {
	case apart <= 1:
		m.add("published together", 15)
	case apart <= 3:
		m.add("published together", 8)
	case apart <= 7 || ahead && apart <= 14:
		m.add("published apart", -5)
	case ahead && apart <= 45:
		m.add("published apart", -15)
	default:
		m.Veto = "days"
	}
}

func distance(a, b int) int {
	if a > b {
		return a - b
	}
	return b - a
}

// persons compares who took part. Two stories that name different people of
// one state tell of two meetings.
func persons(m *Match, a, b *Report) {
	if len(a.Persons) == 0 || len(b.Persons) == 0 {
		if len(a.Functions) > 0 && len(b.Functions) > 0 {
			if overlap(a.Functions, b.Functions) {
				m.add("offices", 8)
			} else {
				m.add("offices", -10)
			}
		}
		return
	}
	same, against := 0, 0
	for _, p := range a.Persons {
		switch matched, rival := find(p, b.Persons); {
		case matched:
			same++
		case rival:
			against++
		}
	}
	switch {
	case same == 0 && against > 0:
		m.Veto = "persons"
	case same > 1:
		m.add("persons", 35)
	case same == 1:
		m.add("person", 20)
	}
	if same > 0 && against > 0 {
		m.add("another person", -8)
	}
}

// find looks for a person among others: the same one, or at least somebody else
// of the same state.
func find(ref string, among []string) (matched, rival bool) {
	state, name := split(ref)
	for _, other := range among {
		otherState, otherName := split(other)
		if otherState != state {
			continue
		}
		if samePerson(name, otherName) {
			return true, false
		}
		rival = true
	}
	return false, rival
}

// split takes "person:RUS/lavrov-sergey" apart.
func split(ref string) (state, name string) {
	state, name, _ = strings.Cut(strings.TrimPrefix(ref, "person:"), "/")
	return state, name
}

// samePerson compares names of people of one state: one has all words of the
// other ("lavrov", "lavrov-sergey"), or they differ as spellings do.
func samePerson(a, b string) bool {
	x, y := strings.Split(a, "-"), strings.Split(b, "-")
	if len(x) > len(y) {
		x, y = y, x
	}
	for _, w := range x {
		if !slices.ContainsFunc(y, func(v string) bool { return Spelling(w, v) }) {
			return false
		}
	}
	return true
}

// Spelling reports whether two words may be spellings of one name: "sergei"
// and "sergey", "zelensky" and "zelenskyy".
func Spelling(a, b string) bool {
	if a == b {
		return true
	}
	if min(len(a), len(b)) < 5 || distance(len(a), len(b)) > 2 {
		return false
	}
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n >= max(len(a), len(b))-2
}

// places compares where. A meeting is called off in one place and would have
// been in another: "Tokyo (ANTARA) - Jepang membatalkan pertemuan".
func places(m *Match, a, b *Report) {
	switch {
	case (a.Type == "REJECT") != (b.Type == "REJECT"):
	case a.Place != "" && a.Place == b.Place:
		m.add("place", 15)
	case a.Place != "" && b.Place != "" && dated(a) && dated(b) && a.Date != b.Date && lies(a) == lies(b):
		// Papers date by their own day, but not by their own town: "met Baron in
		// Jerusalem on Monday" and "met Halevi in Tel Aviv on Tuesday" are two, and
		// where only one of the men is known nothing else tells.
		m.Veto = "another day and another place"
	case a.Country != "" && a.Country == b.Country && (a.Place == "" || b.Place == ""):
		m.add("country of the place", 8)
	case a.Country != "" && a.Country == b.Country:
		m.add("another place of the country", -8)
	case a.Country != "" && b.Country != "" && meeting(a) && meeting(b):
		m.add("another country", -30)
	case a.Country != "" && b.Country != "":
		m.add("another country", -12)
	}
}

// words compares what else the sentences name: refs across languages, words
// within one.
func words(m *Match, a, b *Report) {
	if n := common(a.Refs, b.Refs); n > 0 {
		m.add("names", min(4*n, 12))
	}
	if len(a.Words) < 3 || len(b.Words) < 3 {
		return
	}
	switch share := common(a.Words, b.Words) * 100 / min(len(a.Words), len(b.Words)); {
	case share >= 60:
		m.add("words", 20)
	case share >= 35:
		m.add("words", 12)
	case share >= 20:
		m.add("words", 5)
	}
}

// copies: the same event in two copies of one story is one.
func copies(m *Match, a, b *Report) {
	if a.Type == b.Type && (slices.Contains(b.Copies, a.Story) || slices.Contains(a.Copies, b.Story)) {
		m.add("copies of one story", 30)
	}
}
