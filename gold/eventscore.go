package gold

import (
	"slices"
	"strings"
)

// Sure is the confidence from which an event counts as one that the coder is
// sure of.
const Sure = 0.9

// Details of an event that are judged where type and sides are right, in the
// order of the table.
var eventDetails = []string{"status", "cameo root", "cameo", "mode", "date", "place", "asserted by", "symmetric", "context"}

// EventDetails returns the names under which EventScore.Details counts.
func EventDetails() []string { return slices.Clone(eventDetails) }

// EventScore is how readings fare against event gold.
type EventScore struct {
	Items  int
	Silent Ratio // items without an event, and how many of them stayed silent

	Type  Tally // PLOVER types of an item
	Dyad  Tally // pairs of codes, whatever the type
	Joint Tally // type and both sides
	Sure  Tally // Joint among events of confidence 0.9 and more; Missed is not counted

	TypeOf  map[string]*Tally // Type, by type
	JointOf map[string]*Tally // Joint, by type
	Details map[string]*Ratio // details of events that are jointly right

	// Reliability counts events by the tenth of their confidence, and how many of
	// them are right in type and both sides.
	Reliability [10]Ratio

	Encounters, Pledges, Messages Tally // over items that were coded for them
}

// NewEventScore makes an empty score.
func NewEventScore() *EventScore {
	s := &EventScore{TypeOf: map[string]*Tally{}, JointOf: map[string]*Tally{}, Details: map[string]*Ratio{}}
	for _, d := range eventDetails {
		s.Details[d] = &Ratio{}
	}
	return s
}

func of(m map[string]*Tally, key string) *Tally {
	if m[key] == nil {
		m[key] = &Tally{}
	}
	return m[key]
}

// Add compares an item with its reading; a nil reading found nothing.
func (s *EventScore) Add(it *EventItem, r *Reading) {
	if r == nil {
		r = &Reading{}
	}
	s.Items++
	var wanted []*EventGold
	for i := range it.Events {
		if !it.Events[i].Optional {
			wanted = append(wanted, &it.Events[i])
		}
	}
	found := it.pairUp(r, wanted, s)
	if len(wanted) == 0 {
		s.Silent.note(len(found) == 0)
	}
	s.types(wanted, found)
	s.dyads(it, wanted, found)
	s.people(it, r)
}

// pairUp judges type and sides together, each gold event with the found event
// that has most details right. It returns the found events that count: those
// that are only optional in the gold do not.
func (it *EventItem) pairUp(r *Reading, wanted []*EventGold, s *EventScore) []*readEvent {
	used := make([]bool, len(r.Events))
	for _, ev := range wanted {
		best, most := -1, -1
		for i := range r.Events {
			if !used[i] && ev.hasType(r.Events[i].Type) && ev.sides(&r.Events[i]) {
				if n := ev.right(r, &r.Events[i]); n > most {
					best, most = i, n
				}
			}
		}
		if best < 0 {
			s.Joint.Missed++
			of(s.JointOf, ev.Type).Missed++
			continue
		}
		used[best] = true
		s.Joint.Right++
		of(s.JointOf, ev.Type).Right++
		s.reliable(r.Events[best].Confidence, true)
		s.details(r, ev, &r.Events[best])
	}
	var count []*readEvent
	for i := range r.Events {
		got := &r.Events[i]
		if !used[i] && it.optional(got) {
			continue
		}
		count = append(count, got)
		if !used[i] {
			s.Joint.False++
			of(s.JointOf, got.Type).False++
			s.reliable(got.Confidence, false)
		}
	}
	return count
}

// reliable counts an event of a confidence.
func (s *EventScore) reliable(confidence float64, right bool) {
	s.Reliability[min(9, max(0, int(confidence*10+1e-9)))].note(right)
	switch {
	case confidence < Sure:
	case right:
		s.Sure.Right++
	default:
		s.Sure.False++
	}
}

// optional reports whether a found event is one that the gold leaves open: of
// its type, with a side in common.
func (it *EventItem) optional(got *readEvent) bool {
	return slices.ContainsFunc(it.Events, func(ev EventGold) bool {
		if !ev.Optional || !ev.hasType(got.Type) {
			return false
		}
		mine, its := slices.Concat(ev.Actors, ev.Recipients), slices.Concat(got.Actors, got.Recipients)
		return len(mine) == 0 || slices.ContainsFunc(its, func(c string) bool { return slices.Contains(mine, c) })
	})
}

func (ev *EventGold) hasType(t string) bool {
	return ev.Type == t || slices.Contains(ev.Accept.Type, t)
}

// sides reports whether both sides of a found event are right: all codes and no
// others. Two-sided events may stand either way round, and those of three and
// more sides may part them anyhow.
func (ev *EventGold) sides(got *readEvent) bool {
	if ev.side(got.Actors, got.Recipients) {
		return true
	}
	if !ev.Symmetric {
		return false
	}
	if ev.side(got.Recipients, got.Actors) {
		return true
	}
	all := slices.Concat(ev.Actors, ev.Recipients)
	if len(got.Recipients) > 0 && len(all) < 3 {
		return false
	}
	return sameCodes(slices.Concat(got.Actors, got.Recipients), all, nil)
}

func (ev *EventGold) side(actors, recipients []string) bool {
	open := ev.Accept.Recipients
	if len(ev.RecipientText) == 0 {
		open = append(slices.Clone(open), "") // a recipient that no word names may stay out
	}
	return sameCodes(actors, ev.Actors, ev.Accept.Actors) && sameCodes(recipients, ev.Recipients, open)
}

// sameCodes reports whether codes are those of the gold, or ones that it
// accepts in their place ("" stands for none).
func sameCodes(got, want, accept []string) bool {
	if len(got) == 0 {
		return len(want) == 0 || slices.Contains(accept, "")
	}
	all, some := true, false
	for _, c := range got {
		if !slices.Contains(want, c) && !slices.Contains(accept, c) {
			return false
		}
		some = some || slices.Contains(accept, c)
	}
	for _, c := range want {
		all = all && slices.Contains(got, c)
	}
	return all && len(want) > 0 || some
}

// right counts the details of a found event that are right.
func (ev *EventGold) right(r *Reading, got *readEvent) int {
	n := 0
	for _, d := range eventDetails {
		if asked, ok := ev.detail(r, got, d); asked && ok {
			n++
		}
	}
	return n
}

func (s *EventScore) details(r *Reading, ev *EventGold, got *readEvent) {
	for _, d := range eventDetails {
		if asked, ok := ev.detail(r, got, d); asked {
			s.Details[d].note(ok)
		}
	}
}

// detail judges one detail. It is not asked for where the gold says nothing.
func (ev *EventGold) detail(r *Reading, got *readEvent, name string) (asked, right bool) {
	one := func(got, want string, accept []string) bool { return got == want || slices.Contains(accept, got) }
	switch name {
	case "status":
		return true, one(got.Status, ev.Status, ev.Accept.Status)
	case "cameo root":
		return got.Type == ev.Type, len(got.CAMEO) >= 2 && got.CAMEO[:2] == ev.CAMEO[:2]
	case "cameo":
		return got.Type == ev.Type, one(got.CAMEO, ev.CAMEO, ev.Accept.CAMEO)
	case "mode":
		return got.Type == ev.Type && (ev.Mode != "" || got.Mode != ""), one(got.Mode, ev.Mode, ev.Accept.Mode)
	case "date":
		return ev.Date != "", got.Date == ev.Date
	case "place":
		return ev.Place.Country != "", got.Place != nil && got.Place.Country == ev.Place.Country
	case "asserted by":
		if ev.AssertedByAlt != "" && got.AssertedBy == "" {
			return true, true
		}
		if ev.AssertedBy == "" && ev.AssertedByAlt == "" {
			return true, got.AssertedBy == ""
		}
		return true, r.is(got.AssertedBy, ev.AssertedBy+ev.AssertedByAlt)
	case "symmetric":
		return true, got.Symmetric == ev.Symmetric
	default: // a context that both see
		return len(ev.Contexts) > 0, slices.ContainsFunc(got.Contexts, func(c string) bool { return slices.Contains(ev.Contexts, c) })
	}
}

// types judges the PLOVER types of an item: first the ones that the gold names,
// then the ones that it accepts in their place.
func (s *EventScore) types(wanted []*EventGold, found []*readEvent) {
	met, used := make([]bool, len(wanted)), make([]bool, len(found))
	for _, fits := range []func(*EventGold, string) bool{
		func(ev *EventGold, t string) bool { return ev.Type == t },
		(*EventGold).hasType,
	} {
		for i, ev := range wanted {
			for k, got := range found {
				if !met[i] && !used[k] && fits(ev, got.Type) {
					met[i], used[k] = true, true
					s.Type.Right++
					of(s.TypeOf, ev.Type).Right++
				}
			}
		}
	}
	for i, ev := range wanted {
		if !met[i] {
			s.Type.Missed++
			of(s.TypeOf, ev.Type).Missed++
		}
	}
	for k, got := range found {
		if !used[k] {
			s.Type.False++
			of(s.TypeOf, got.Type).False++
		}
	}
}

// dyad is an ordered pair of codes; "" where a side has none.
type dyad struct{ a, b string }

func (d dyad) turned() dyad { return dyad{d.b, d.a} }

// dyadsOf lists the pairs of an event's sides, those of one list where all
// stand together.
func dyadsOf(actors, recipients []string, together bool) []dyad {
	var out []dyad
	if together && len(recipients) == 0 && len(actors) > 1 {
		for i, a := range actors {
			for _, b := range actors[i+1:] {
				out = append(out, dyad{a, b})
			}
		}
		return out
	}
	for _, a := range atLeastOne(actors) {
		for _, b := range atLeastOne(recipients) {
			out = append(out, dyad{a, b})
		}
	}
	return out
}

func atLeastOne(codes []string) []string {
	if len(codes) == 0 {
		return []string{""}
	}
	return codes
}

// dyads judges pairs of codes, each once an item.
func (s *EventScore) dyads(it *EventItem, wanted []*EventGold, found []*readEvent) {
	gold, either := map[dyad]bool{}, map[dyad]bool{} // met or not; direction open or not
	for _, ev := range wanted {
		for _, d := range dyadsOf(ev.Actors, ev.Recipients, ev.Symmetric) {
			if ev.Symmetric && hasDyad(gold, d.turned()) {
				d = d.turned()
			}
			gold[d] = false
			either[d] = either[d] || ev.Symmetric
		}
	}
	open := map[dyad]bool{}
	for i := range it.Events {
		ev := &it.Events[i]
		for _, d := range slices.Concat(dyadsOf(ev.Actors, ev.Recipients, ev.Symmetric), dyadsOf(atLeastOne(ev.Accept.Actors), atLeastOne(ev.Accept.Recipients), false)) {
			open[d], open[d.turned()] = true, true
		}
	}
	seen := map[dyad]bool{}
	for _, got := range found {
		for _, d := range dyadsOf(got.Actors, got.Recipients, got.Symmetric) {
			if seen[d] || got.Symmetric && seen[d.turned()] {
				continue
			}
			seen[d] = true
			switch t := d.turned(); {
			case hasDyad(gold, d):
				gold[d] = true
			case hasDyad(gold, t) && (either[t] || got.Symmetric):
				gold[t] = true
			case !open[d]:
				s.Dyad.False++
			}
		}
	}
	for _, met := range gold {
		if met {
			s.Dyad.Right++
		} else {
			s.Dyad.Missed++
		}
	}
}

func hasDyad(m map[dyad]bool, d dyad) bool { _, ok := m[d]; return ok }

// people judges encounters, pledges and messages of items that were coded for
// them.
func (s *EventScore) people(it *EventItem, r *Reading) {
	if it.Encounters != nil {
		s.Encounters.add(match(len(it.Encounters), len(r.Encounters), func(i, k int) bool {
			return it.Encounters[i].met(r, &r.Encounters[k])
		}))
	}
	if it.Pledges != nil {
		s.Pledges.add(match(len(it.Pledges), len(r.Pledges), func(i, k int) bool {
			p, got := &it.Pledges[i], &r.Pledges[k]
			return got.Content != nil && sharesWords(r.words(*got.Content), p.Content) &&
				(len(p.By) == 0 || slices.ContainsFunc(p.By, func(w string) bool { return r.any(got.By, w) }))
		}))
	}
	if it.Messages != nil {
		s.Messages.add(match(len(it.Messages), len(r.Messages), func(i, k int) bool {
			m, got := &it.Messages[i], &r.Messages[k]
			return got.Kind == m.Kind && r.is(got.From, m.From) && r.is(got.To, m.To) && (m.Via == "" || r.is(got.Via, m.Via))
		}))
	}
}

// met reports whether an encounter was found: two of its participants, or the
// one that it names, and a call is no meeting.
func (en *EncounterGold) met(r *Reading, got *readEncounter) bool {
	n := 0
	for _, p := range en.Participants {
		if r.any(got.Participants, p) {
			n++
		}
	}
	return n >= min(2, len(en.Participants)) && (got.Kind == "call") == (en.Kind == "call")
}

// sharesWords reports whether half of the words of the gold are in the words
// that were found.
func sharesWords(got, want string) bool {
	have, n, all := strings.Fields(got), 0, strings.Fields(want)
	for _, w := range all {
		if slices.Contains(have, w) {
			n++
		}
	}
	return 2*n >= len(all)
}

// match pairs gold with what was found, first come first served.
func match(gold, found int, ok func(i, k int) bool) Tally {
	var t Tally
	used := make([]bool, found)
	for i := range gold {
		hit := false
		for k := 0; k < found && !hit; k++ {
			if !used[k] && ok(i, k) {
				used[k], hit = true, true
			}
		}
		if hit {
			t.Right++
		} else {
			t.Missed++
		}
	}
	t.False = found - t.Right
	return t
}
