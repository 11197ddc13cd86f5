package when

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a time word does.
type kind uint8

// The kinds of rows. The comments show the words that they are for.
const (
	kindNone    kind = iota
	kindMonth        // April, Sept.
	kindWeekday      // Selasa, Tuesday
	kindDay          // kemarin, tomorrow, hari ini
	kindDaypart      // malam, dini hari, morning
	kindUnit         // hari, week
	kindOneUnit      // sepekan, setahun
	kindNumber       // tiga, three, a
	kindLast         // lalu, last
	kindThis         // ini, this
	kindNext         // depan, next
	kindAgo          // yang lalu, ago
	kindHence        // lagi, from now
	kindPast         // terakhir, the past (three years)
	kindAhead        // mendatang, the next (three years)
	kindLater        // kemudian, earlier: counted from something else in the story
	kindPhase        // awal, mid, the end of
	kindSince        // sejak, since
	kindUntil        // hingga, by
	kindIn           // pada, in, on
	kindTo           // hingga, to: joins the ends of a range
	kindAnd          // dan, and
	kindOf           // the, of
	kindOrdinal      // st, nd, rd, th
	kindMark         // tanggal
	kindEra          // SM, BC; Masehi, AD
	kindDecade       // -an, s
	kindVague        // baru-baru ini, recently
	kindOrder        // of day and month in 9/4: dmy or mdy
	kindCount
)

var kindNames = map[string]kind{
	"month": kindMonth, "weekday": kindWeekday, "day": kindDay, "daypart": kindDaypart,
	"unit": kindUnit, "one-unit": kindOneUnit, "number": kindNumber,
	"last": kindLast, "this": kindThis, "next": kindNext, "ago": kindAgo, "hence": kindHence,
	"past": kindPast, "ahead": kindAhead, "later": kindLater, "phase": kindPhase,
	"since": kindSince, "until": kindUntil, "in": kindIn, "to": kindTo, "and": kindAnd, "of": kindOf,
	"ordinal": kindOrdinal, "mark": kindMark, "era": kindEra, "decade": kindDecade,
	"vague": kindVague, "order": kindOrder,
}

var unitNames = map[string]unit{
	"hour": unitHour, "day": unitDay, "weekend": unitWeekend, "week": unitWeek,
	"month": unitMonth, "year": unitYear, "decade": unitDecade, "century": unitCentury,
}

var phaseNames = map[string]phase{
	"start": phaseStart, "middle": phaseMiddle, "end": phaseEnd, "before": phaseBefore, "after": phaseAfter,
}

// place is where a modifier may stand.
type place uint8

const (
	placeAny place = iota
	placeBefore
	placeAfter
)

// needs is what an ambiguous name of a month must have beside it.
type needs uint8

const (
	needsNothing needs = iota
	needsContext       // a preposition, a modifier, a day or a year: "in May"
	needsNumber        // a day or a year: "Mar. 9"
)

// meaning is one thing that a form can be.
type meaning struct {
	kind  kind
	value int16
	place place
	needs needs
}

// entry is a form that begins with a certain word.
type entry struct {
	rest  []string // the further tokens of the form
	means []meaning
}

// Finder finds and resolves dates of one language. It is read-only and safe
// for concurrent use.
type Finder struct {
	words      map[string][]entry // by first token, longest first
	monthFirst bool               // 4/9 is April 9
}

// New compiles a table. An error names the row.
func New(rows []Row) (*Finder, error) {
	f := &Finder{words: make(map[string][]entry, 3*len(rows))}
	for _, r := range rows {
		if err := f.add(r); err != nil {
			return nil, fmt.Errorf("%s: %s row %q: %w", r.Where, r.Kind, r.Form, err)
		}
	}
	for _, es := range f.words {
		sort.SliceStable(es, func(i, j int) bool { return len(es[i].rest) > len(es[j].rest) })
	}
	return f, nil
}

func (f *Finder) add(r Row) error {
	m, err := r.meaning()
	if err != nil {
		return err
	}
	if m.kind == kindOrder {
		f.monthFirst = m.value == 1
		return nil
	}
	toks := scan(nil, r.Form, 0, len(r.Form))
	if len(toks) == 0 {
		return fmt.Errorf("the form is empty")
	}
	pieces := make([]string, len(toks))
	for i, t := range toks {
		pieces[i] = r.Form[t.start:t.end]
	}
	for _, v := range variants(pieces[0], m.kind) {
		f.words[v] = insert(f.words[v], pieces[1:], m)
	}
	return nil
}

// variants are the ways in which the first word of a form may be written.
// Names keep their capital: "Minggu" is a Sunday and "minggu" a week.
func variants(word string, k kind) []string {
	r, n := utf8.DecodeRuneInString(word)
	upper := strings.ToUpper(word)
	title := string(unicode.ToUpper(r)) + word[n:]
	out := []string{word}
	if k == kindUnit && word == strings.ToLower(word) {
		// "MINGGU" in a headline is the day, "Tahun" opens a sentence.
		return appendNew(out, title)
	}
	return appendNew(appendNew(out, title), upper)
}

func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}

func insert(es []entry, rest []string, m meaning) []entry {
	for i := range es {
		if len(es[i].rest) == len(rest) && strings.Join(es[i].rest, " ") == strings.Join(rest, " ") {
			es[i].means = append(es[i].means, m)
			return es
		}
	}
	return append(es, entry{rest, []meaning{m}})
}

func (r Row) meaning() (meaning, error) {
	k, ok := kindNames[r.Kind]
	if !ok {
		return meaning{}, fmt.Errorf("unknown kind")
	}
	m := meaning{kind: k}
	var err error
	if m.value, err = r.value(k); err != nil {
		return m, err
	}
	switch r.Place {
	case "":
	case "before":
		m.place = placeBefore
	case "after":
		m.place = placeAfter
	default:
		return m, fmt.Errorf("place %q is neither before nor after", r.Place)
	}
	switch r.Needs {
	case "":
	case "context":
		m.needs = needsContext
	case "number":
		m.needs = needsNumber
	default:
		return m, fmt.Errorf("needs %q is neither context nor number", r.Needs)
	}
	return m, nil
}

func (r Row) value(k kind) (int16, error) {
	bad := fmt.Errorf("value %q does not fit", r.Value)
	inRange := func(lo, hi int) (int16, error) {
		n, err := strconv.Atoi(r.Value)
		if err != nil || n < lo || n > hi {
			return 0, bad
		}
		return int16(n), nil
	}
	switch k {
	case kindMonth:
		return inRange(1, 12)
	case kindWeekday:
		return inRange(1, 7)
	case kindDay:
		return inRange(-31, 31)
	case kindNumber:
		return inRange(0, 1000)
	case kindUnit, kindOneUnit:
		if u, ok := unitNames[r.Value]; ok {
			return int16(u), nil
		}
		return 0, bad
	case kindPhase:
		if p, ok := phaseNames[r.Value]; ok {
			return int16(p), nil
		}
		return 0, bad
	case kindEra:
		if r.Value == "common" || r.Value == "other" {
			return int16(len(r.Value) - len("other")), nil // 1 for common, 0 for other
		}
		return 0, bad
	case kindOrder:
		if r.Value == "dmy" || r.Value == "mdy" {
			return int16(r.Value[0]-'d') / 9, nil // 'm' is nine letters behind 'd'
		}
		return 0, bad
	}
	if r.Value != "" {
		return 0, bad
	}
	return 0, nil
}
