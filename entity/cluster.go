package entity

import (
	"slices"
	"strings"

	"kawat/story"
	"kawat/world"
)

// cluster is the mentions of one named human.
type cluster struct {
	words    []string // folded words of the fullest name
	mentions []int
	alone    string // the word by which the story names the person alone
	leader   *world.Leader
	said     string // the state that the words of some mention give
	entity   story.EntityID
}

// persons clusters the names of humans: names of several words first, in the
// order of the text, then the words alone, which may stand before them (a
// headline's "Xi").
func (r *resolver) persons() {
	var single []int
	for i := range r.st.Mentions {
		m := &r.st.Mentions[i]
		if m.Kind != story.Person || m.Type != story.NameMention {
			continue
		}
		words := r.ownWords(nameWords(r.st.Slice(m.Span)))
		if len(words) == 0 {
			continue
		}
		if len(words) == 1 {
			single = append(single, i)
			continue
		}
		r.join(i, words)
	}
	nicknames := r.nicknames(single)
	for _, i := range single {
		word := nameWords(r.st.Slice(r.st.Mentions[i].Span))[0]
		if c := nicknames[word]; c != nil {
			c.mentions = append(c.mentions, i)
			continue
		}
		r.joinAlone(i, word)
	}
	slices.SortStableFunc(r.people, func(x, y *cluster) int { return slices.Min(x.mentions) - slices.Min(y.mentions) })
	for _, c := range r.people {
		slices.Sort(c.mentions)
		r.make(c)
	}
}

// nicknames are the words in parentheses behind names, by which the story goes on
// to call their bearers: "Susilo Bambang Yudhoyono (SBY)", "Joko Widodo (Jokowi)".
func (r *resolver) nicknames(single []int) map[string]*cluster {
	var out map[string]*cluster
	for _, i := range single {
		m := &r.st.Mentions[i]
		if i == 0 || m.Span.End >= len(r.st.Text) || r.st.Text[m.Span.End] != ')' {
			continue
		}
		p := &r.st.Mentions[i-1]
		gap := r.st.Text[min(p.Span.End, m.Span.Start):m.Span.Start]
		if p.Kind != story.Person || p.Type != story.NameMention || strings.TrimSpace(gap) != "(" {
			continue
		}
		for _, c := range r.people {
			if slices.Contains(c.mentions, i-1) {
				if out == nil {
					out = map[string]*cluster{}
				}
				out[nameWords(r.st.Slice(m.Span))[0]] = c
			}
		}
	}
	return out
}

// initials makes a person's of what was taken for an organization: capitals in
// parentheses that are the initials of the name before, "Bambang Surya Laksana
// (BSL)", and the same capitals further on.
func (r *resolver) initials() {
	for i := 1; i < len(r.st.Mentions); i++ {
		m, p := &r.st.Mentions[i], &r.st.Mentions[i-1]
		short := r.st.Slice(m.Span)
		if m.Kind == story.Person || m.Type != story.NameMention || m.Code != "" || p.Kind != story.Person || p.Type != story.NameMention || len(short) > 5 {
			continue
		}
		gap := r.st.Text[min(p.Span.End, m.Span.Start):m.Span.Start]
		if strings.TrimSpace(gap) != "(" || !strings.HasPrefix(r.st.Text[m.Span.End:], ")") || initialsOf(r.st.Slice(p.Span)) != short {
			continue
		}
		for k := i; k < len(r.st.Mentions); k++ {
			if o := &r.st.Mentions[k]; o.Kind == m.Kind && o.Code == "" && o.Type == story.NameMention && r.st.Slice(o.Span) == short && o != m {
				o.Kind = story.Person
			}
		}
		m.Kind = story.Person
	}
}

func initialsOf(name string) string {
	var out []byte
	for _, w := range strings.Fields(name) {
		out = append(out, w[0])
	}
	return string(out)
}

// nameWords folds a name and cuts it into words.
func nameWords(name string) []string {
	return strings.FieldsFunc(world.Fold(name), func(r rune) bool { return r == ' ' || r == '.' || r == '\n' || r == '\u00a0' })
}

func (r *resolver) join(i int, words []string) {
	for _, c := range r.people {
		if same(c.words, words) {
			c.mentions = append(c.mentions, i)
			if len(words) > len(c.words) {
				c.words = words
			}
			return
		}
	}
	r.people = append(r.people, &cluster{words: words, mentions: []int{i}})
}

// joinAlone finds whom one word means: the last word of a name or the first
// one, else any. Of several the one with the title's office wins, then the one
// named so before, then the nearest before.
func (r *resolver) joinAlone(i int, word string) {
	var best *cluster
	top := 0
	known := r.world.Leader(word, clock(r.day))
	for _, c := range r.people {
		v := r.aloneScore(i, word, c)
		if v == 0 && slices.ContainsFunc(known, func(l world.Leader) bool { return len(c.words) > 1 && same(nameWords(l.Name), c.words) }) {
			v = 35 // "Jokowi" is Joko Widodo
		}
		if v > top || v == top && v > 0 && r.nearer(i, c, best) {
			best, top = c, v
		}
	}
	if best == nil {
		r.people = append(r.people, &cluster{words: []string{word}, mentions: []int{i}, alone: word})
		return
	}
	best.mentions = append(best.mentions, i)
	if best.alone == "" {
		best.alone = word
	}
}

func (r *resolver) aloneScore(i int, word string, c *cluster) int {
	score := 0
	n := len(c.words)
	if suffix(c.words) != "" {
		n--
	}
	switch {
	case n == 0:
		return 0
	case c.words[n-1] == word:
		score = 40
	case c.words[0] == word:
		score = 39
	case slices.Contains(c.words, word) && len(word) > 2:
		score = 30
	case len(word) >= 5 && (near(c.words[n-1], word) || near(c.words[0], word)):
		score = 20
	case len(word) >= shortForm && n > 1 && len(c.words[0]) > len(word)+1 && strings.HasPrefix(c.words[0], word) && c.mentions[0] < i:
		score = 15 // "Lusi" is Lusiana Herawati
	default:
		return 0
	}
	if suffix(c.words) != "" {
		score -= 15
	}
	if c.alone == word {
		score += 10
	}
	if o := r.st.Mentions[i].Office; o.Function != "" {
		for _, j := range c.mentions {
			p := r.st.Mentions[j].Office
			if p.Function == o.Function && (p.Country == o.Country || p.Country == "" || o.Country == "") {
				return score + 20
			}
		}
	}
	return score
}

// shortForm is how long the short form of a first name is at least.
const shortForm = 4

// nearer reports whether c was named closer before mention i than best.
func (r *resolver) nearer(i int, c, best *cluster) bool {
	if best == nil {
		return true
	}
	return lastBefore(c, i) > lastBefore(best, i)
}

func lastBefore(c *cluster, i int) int {
	last := -1
	for _, j := range c.mentions {
		if j < i && j > last {
			last = j
		}
	}
	return last
}
