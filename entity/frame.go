package entity

import (
	"strings"

	"kawat/story"
	"kawat/world"
)

// Weights of what speaks for a state as the one that a bare office is of. What
// decides is their order: whose paper it is, where it was written, whom the
// story is about; a point or two more for the subject before.
const (
	fromPublisher = 5
	fromDateline  = 2
	fromDesk      = 3  // a dateline where no publisher is known, or one at home nowhere
	fromTopic     = 3  // half of what the story speaks of; a third of it counts 2
	absent        = -3 // the story never speaks of it, though it speaks of states
	absentHome    = -1 // the same for an office below the state: a paper need not name its own
	heldByOther   = -2 // the world knows another holder on that day
	namedHolder   = -4 // the story names another holder
	noSuchOffice  = -20
	itsHouse      = 3 // the story speaks of its parliament, and the office is one of a parliament
	enough        = 3
)

// frameState weighs the states that a national office without any may be of:
// the publisher's, the dateline's, the one that the story is about.
func (r *resolver) frameState(i int, m *story.Mention) string {
	best, second, got := 0, 0, ""
	subject := r.lastSubjectState(i, m)
	for _, s := range r.frames() {
		v := r.frameScore(s, i, m)
		if s == subject {
			v++
			if r.isSubject(m) {
				v++
			}
		}
		switch {
		case v > best:
			best, second, got = v, best, s
		case v > second:
			second = v
		}
	}
	if best == second && best >= enough && r.publisher != "" && 3*r.share[r.publisher] >= r.total && r.frameScore(r.publisher, i, m) == best {
		return r.publisher // told abroad, but to readers at home
	}
	if best < enough || best == second {
		return ""
	}
	return got
}

// frames returns the states that the story is told from or speaks of most, and
// reckons once how much it speaks of each.
func (r *resolver) frames() []string {
	if r.frame != nil {
		return r.frame
	}
	r.share = map[string]int{}
	for i := range r.st.Mentions {
		m := &r.st.Mentions[i]
		s := r.mentionState(m)
		if m.Kind == story.Place && m.Entity != 0 {
			s = r.st.Entity(m.Entity).Country
		}
		if _, ok := r.world.State(s); !ok {
			continue
		}
		if n := r.share[s]; n == 0 {
			r.frame = append(r.frame, s)
		}
		r.share[s]++
		r.total++
	}
	for _, s := range [...]string{r.publisher, r.st.Dateline.Country} {
		if s != "" && r.share[s] == 0 {
			r.frame = append(r.frame, s)
		}
	}
	if r.frame == nil {
		r.frame = []string{}
	}
	return r.frame
}

func (r *resolver) frameScore(s string, i int, m *story.Mention) int {
	v := 0
	row := r.officeRow(m.Office)
	at := r.st.Dateline.Country
	switch {
	case s == r.publisher:
		v += fromPublisher
		switch at {
		case "":
		case s:
			v += fromDateline
		default:
			v -= fromDateline
		}
	case s == at && r.publisher == "":
		v += fromDesk
	case s == at:
		v += fromDateline
	}
	switch n := r.share[s]; {
	case r.total == 0:
	case n == 0 && s != at && s == r.publisher && row != nil && row.opts&(oSub|oWeak) != 0:
		v += absentHome
	case n == 0 && s != at:
		v += absent
	case n == 0:
		v -= 2 // a dateline is often only the desk
	case 2*n >= r.total:
		v += fromTopic
	case n > 2 && 2*n >= 3*r.mostBut(s):
		v += fromTopic
	case 3*n >= r.total:
		v += fromTopic - 1
	}
	if row != nil && row.sector == "LEG" && r.houses()[s] {
		v += itsHouse
	}
	fn := m.Office.Function
	switch {
	case m.Office.Status == story.Former:
	case r.lacksOffice(s, &m.Office):
		v += noSuchOffice
	case single[fn] && r.named(s, m):
		v += namedHolder
	case r.filled(s, fn):
		v += heldByOther
	}
	for j := i - 1; j >= max(0, i-8); j-- { // where an ambassador is sent to is not whom he serves
		if p := &r.st.Mentions[j]; m.Title.Contains(p.Span) && p.Office.Country == s {
			v += noSuchOffice
		}
	}
	return v
}

// houses are the states whose parliaments, or parties in them, the story speaks of.
func (r *resolver) houses() map[string]bool {
	if r.inHouses == nil {
		r.inHouses = map[string]bool{}
		for k := range r.st.Entities {
			if e := &r.st.Entities[k]; e.Kind == story.Organization && e.Country != "" && (e.Sector == "LEG" || e.Sector == "PTY") {
				r.inHouses[e.Country] = true
			}
		}
	}
	return r.inHouses
}

// mostBut is how often the story speaks of the state that it names most, s aside.
func (r *resolver) mostBut(s string) int {
	most := 0
	for other, n := range r.share {
		if other != s {
			most = max(most, n)
		}
	}
	return most
}

// named reports whether the story names another incumbent of the office of m in
// a state.
func (r *resolver) named(country string, m *story.Mention) bool {
	if m.Office.Status != story.Incumbent {
		return false
	}
	for k := range r.st.Entities {
		e := &r.st.Entities[k]
		if e.Kind != story.Person || e.Country != country {
			continue
		}
		for _, o := range e.Offices {
			if o.Function == m.Office.Function && o.Status == story.Incumbent && o.Country == country {
				return true
			}
		}
	}
	return false
}

// lacksOffice reports whether a state has no such office: the United States no
// prime minister, Japan no president, Peru no king.
func (r *resolver) lacksOffice(country string, o *story.Office) bool {
	state, ok := r.world.State(country)
	if !ok || !single[o.Function] {
		return false
	}
	switch o.TitleEN {
	case "Prime Minister", "Premier":
		return state.Rule == world.Presidential
	case "President":
		return state.Rule == world.Monarchy
	case "King", "Queen", "Sultan", "Emir", "Emperor":
		return state.Rule != world.Monarchy
	}
	return false
}

// publisherState is the state of a story's publisher, else the one that a pack
// gives for papers that it does not know ("*").
func (s *Stage) publisherState(st *story.Story) string {
	if home, ok := s.homes[world.Fold(st.Publisher)]; ok {
		return home
	}
	if home := s.domainState(st.URL); home != "" {
		return home
	}
	return s.homes["*"]
}

// domainState is the state in which a story's address lies by the end of its
// host's name, "" where that says nothing: "https://lematinal.mu/news/1" is of
// Mauritius. Domains that anybody buys for their look are none.
func (s *Stage) domainState(url string) string {
	_, host, ok := strings.Cut(url, "://")
	if !ok {
		return ""
	}
	host, _, _ = strings.Cut(host, "/")
	host, _, _ = strings.Cut(host, ":")
	end := strings.ToUpper(host[strings.LastIndexByte(host, '.')+1:])
	switch end {
	case "TV", "IO", "CO", "ME", "AI", "FM", "LY", "TO", "CC", "WS", "LA", "GG":
		return ""
	case "UK":
		return "GBR"
	}
	return s.domains[end]
}
