package entity

import (
	"slices"
	"strings"
	"time"

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

// same reports whether two names of several words are one person's: one is part
// of the other, or they are spelled nearly alike ("Sergey" and "Sergei").
func same(a, b []string) bool {
	if suffix(a) != suffix(b) {
		return false
	}
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(b) == 1 {
		return b[0] == a[0] || b[0] == a[len(a)-1]
	}
	if within(a, b) && (a[0] == b[0] || a[len(a)-1] == b[len(b)-1]) {
		return true
	}
	if len(a) != len(b) {
		// "Joe Biden" and "Joseph R. Biden" are too far; "Xi Jin Ping" is not
		return strings.Join(a, "") == strings.Join(b, "")
	}
	equal := 0
	for i := range a {
		switch {
		case a[i] == b[i]:
			equal++
		case near(a[i], b[i]):
		case len(a[i]) == 1 && a[i][0] == b[i][0], len(b[i]) == 1 && a[i][0] == b[i][0]:
		default:
			return false
		}
	}
	return equal > 0
}

func suffix(words []string) string {
	switch last := words[len(words)-1]; last {
	case "jr", "sr", "ii", "iii":
		return last
	}
	return ""
}

// within reports whether all words of b stand in a in the same order.
func within(a, b []string) bool {
	j := 0
	for i := 0; i < len(a) && j < len(b); i++ {
		if a[i] == b[j] {
			j++
		}
	}
	return j == len(b)
}

// near reports whether two words are spellings of one name: one letter apart,
// two in long words, and the same at the start.
func near(a, b string) bool {
	if len(a) < 4 || len(b) < 4 || a[0] != b[0] || len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return false
	}
	limit := 1
	if min(len(a), len(b)) >= 8 {
		limit = 2
	}
	return distance(a, b) <= limit
}

// distance is the number of letters to change, insert or drop; long words count
// as far apart.
func distance(a, b string) int {
	const longest = 24
	if len(a) > longest || len(b) > longest {
		return longest
	}
	var prev, row [longest + 1]int
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
		}
		prev = row
	}
	return prev[len(b)]
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

// make makes the entity of a cluster: its fullest name, its offices, the state
// that it acts for.
func (r *resolver) make(c *cluster) {
	first := &r.st.Mentions[c.mentions[0]]
	r.leader(c)
	c.said = r.saidState(c)
	e := story.Entity{Kind: story.Person}
	e.Evidence = story.Evidence{Spans: []story.Span{first.Span}, By: first.By, Score: first.Score}
	words := 0
	for _, i := range c.mentions {
		m := &r.st.Mentions[i]
		if name := r.st.Slice(m.Span); len(nameWords(name)) > words || !shouted(name) && shouted(e.Name) && len(nameWords(name)) == words {
			e.Name, words = oneLine(name), len(nameWords(name))
		}
		e.Score = max(e.Score, m.Score)
		if m.Office.Function != "" {
			r.addOffice(&e, c, i)
		}
	}
	r.actsFor(&e, c)
	home := e.Country
	if c.leader != nil {
		home = r.world.Home(c.leader)
		if c.leader.Name != e.Name {
			e.NameEN = c.leader.Name
		}
	}
	e.Ref = "person:" + orDash(home) + "/" + r.personSlug(c, home)
	for n := 2; r.byRef[e.Ref] != 0; n++ {
		e.Ref += "-" + string(rune('0'+min(n, 9)))
	}
	id := r.st.AddEntity(e)
	r.byRef[e.Ref] = id
	c.entity = id
	if e.Country != "" {
		r.officials++
	}
	for _, i := range c.mentions {
		r.st.Mentions[i].Entity = id
	}
	r.sexOf(id, c)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// personSlug is the family's name, then the others: that of the table, the first
// word where a state's names begin with it, else the last. By which word the story
// calls somebody alone does not count, since another story may not.
func (r *resolver) personSlug(c *cluster, home string) string {
	words := c.words
	var surname string
	switch st, _ := r.world.State(home); {
	case c.leader != nil:
		words, surname = nameWords(c.leader.Name), world.Fold(c.leader.Surname)
	case st.FamilyFirst:
		surname = words[0]
	case suffix(words) != "" && len(words) > 1:
		surname = words[len(words)-2]
	default:
		surname = words[len(words)-1]
	}
	out := slug(surname)
	parts := nameWords(surname)
	for _, w := range words {
		if !slices.Contains(parts, w) {
			out += "-" + slug(w)
		}
	}
	return out
}

func shouted(s string) bool { return s != "" && strings.ToUpper(s) == s }

func oneLine(s string) string {
	if strings.ContainsAny(s, "\n\t") || strings.Contains(s, "  ") {
		return strings.Join(strings.Fields(s), " ")
	}
	return s
}

// leader looks the cluster up in the world's table. Of several the one whose
// office the story names is taken; without an office there must be one only.
func (r *resolver) leader(c *cluster) {
	rows := r.world.Leader(strings.Join(c.words, " "), clock(r.day))
	if len(rows) == 0 && len(c.words) > 1 {
		// "Sergei Lavrov", where the table spells him Sergey
		for _, l := range r.world.Leader(c.words[len(c.words)-1], clock(r.day)) {
			if same(nameWords(l.Name), c.words) {
				rows = append(rows, l)
			}
		}
	}
	if len(rows) == 0 {
		rows = r.respelled(c)
	}
	if len(rows) == 0 && len(c.words) > 1 { // "King Salman bin Abdulaziz Al Saud"
		for _, l := range r.world.Leader(c.words[0], clock(r.day)) {
			if l.Function == string(story.HeadOfState) && r.holds(c, story.HeadOfState) {
				rows = append(rows, l)
			}
		}
	}
	said := false
	for _, i := range c.mentions {
		o := &r.st.Mentions[i].Office
		if o.Function == "" {
			continue
		}
		for k := range rows {
			if rows[k].Country == o.Country || o.Country == "" && rows[k].Function == string(o.Function) {
				c.leader = &rows[k]
				return
			}
		}
		said = said || o.Country != ""
	}
	if said {
		r.laterOffice(c)
		return
	}
	if len(rows) == 0 {
		return
	}
	for k := range rows {
		if rows[k].Country != rows[0].Country || rows[k].Name != rows[0].Name {
			return
		}
	}
	c.leader = &rows[0]
}

// laterOffice finds a leader of the table in an office that he has not yet, or no
// more, by its dates: stories are undated, and tables end.
func (r *resolver) laterOffice(c *cluster) {
	if len(c.words) == 1 {
		return
	}
	rows := r.world.Leader(strings.Join(c.words, " "), time.Time{})
	for _, i := range c.mentions {
		for k := range rows {
			if country := r.st.Mentions[i].Office.Country; country != "" && rows[k].Country == country {
				c.leader = &rows[k]
				return
			}
		}
	}
}

// respelled looks for a leader whose name the story spells in another way and
// whose office it gives: "Perdana Menteri Mostafa Madbouli".
func (r *resolver) respelled(c *cluster) (rows []world.Leader) {
	last := c.words[len(c.words)-1]
	for _, i := range c.mentions {
		o := &r.st.Mentions[i].Office
		if !single[o.Function] {
			continue
		}
		for k := range r.leaders {
			l := &r.leaders[k]
			if l.Function != string(o.Function) || o.Country != "" && l.Country != o.Country {
				continue
			}
			if words := nameWords(l.Name); near(world.Fold(l.Surname), last) && (len(c.words) == 1 && o.Country != "" || same(words, c.words)) {
				rows = append(rows, *l)
			}
		}
		break
	}
	return rows
}

// holds reports whether the words give a cluster an office.
func (r *resolver) holds(c *cluster, fn story.Function) bool {
	for _, i := range c.mentions {
		if r.st.Mentions[i].Office.Function == fn {
			return true
		}
	}
	return false
}

// saidState is the state that the words of some mention give a person, that of
// a present office before that of a former one.
func (r *resolver) saidState(c *cluster) string {
	former := ""
	for _, i := range c.mentions {
		switch o := &r.st.Mentions[i].Office; {
		case o.Country == "":
		case o.Status != story.Former:
			return o.Country
		case former == "":
			former = o.Country
		}
	}
	return former
}

// addOffice adds the office of mention i to the person, once.
func (r *resolver) addOffice(e *story.Entity, c *cluster, i int) {
	m := &r.st.Mentions[i]
	if row := r.officeRow(m.Office); row != nil && row.opts&oCounterpart != 0 {
		r.likeOther(i, m)
	}
	o := m.Office
	if o.Country == "" {
		o.Country = r.officeState(c, i)
		m.Office.Country = o.Country
	}
	for k := range e.Offices {
		p := &e.Offices[k]
		if p.Function != o.Function || p.Status != o.Status || p.Country != o.Country && p.Country != "" && o.Country != "" {
			continue
		}
		if o.Function == story.OtherFunction || o.Function == story.Minister {
			if !strings.EqualFold(p.TitleEN, o.TitleEN) && !strings.Contains(p.TitleEN, o.TitleEN) && !strings.Contains(o.TitleEN, p.TitleEN) {
				continue
			}
		}
		if p.Country == "" {
			p.Country = o.Country
		}
		if p.Body == "" {
			p.Body = o.Body
		}
		if len(o.TitleEN) > len(p.TitleEN) {
			p.Title, p.TitleEN = o.Title, o.TitleEN
		}
		return
	}
	e.Offices = append(e.Offices, o)
}

// likeOther gives a counterpart the office of whom he is one of: "Silva met her
// Peruvian counterpart, Ivan Petrov".
func (r *resolver) likeOther(i int, m *story.Mention) {
	sent := r.st.Word(m.Head).Sent
	for j := i - 1; j >= max(0, i-farthest); j-- {
		p := &r.st.Mentions[j]
		if sent-r.st.Word(p.Head).Sent > 2 {
			return
		}
		if p.Kind != story.Person || p.Entity == 0 || p.Type != story.NameMention {
			continue
		}
		for _, o := range r.st.Entity(p.Entity).Offices {
			if o.Status != story.Former && o.Country != m.Office.Country && o.Function != story.OtherFunction {
				m.Office.Function, m.Office.TitleEN = o.Function, o.TitleEN
				return
			}
		}
	}
}

// officeRow finds the row of a title again.
func (r *resolver) officeRow(o story.Office) *officeRow {
	if i, ok := r.byTitle[strings.ToLower(o.Title)]; ok {
		return &r.Stage.offices[i]
	}
	if i, ok := r.byTitle[o.TitleEN]; ok {
		return &r.Stage.offices[i]
	}
	base, _, cut := strings.Cut(o.TitleEN, " of ")
	if deputy, ok := strings.CutPrefix(base, "Deputy "); ok {
		base, cut = deputy, true
	}
	if cut {
		if i, ok := r.byTitle[base]; ok {
			return &r.Stage.offices[i]
		}
	}
	return nil
}

// actsFor settles the state and the sector of a person.
func (r *resolver) actsFor(e *story.Entity, c *cluster) {
	var from *story.Office
	for k := range e.Offices {
		o := &e.Offices[k]
		if o.Country != "" && (from == nil || from.Status == story.Former && o.Status != story.Former) {
			from = o
		}
	}
	switch {
	case from != nil:
		e.Country = from.Country
	case c.leader != nil:
		e.Country = c.leader.Country
	}
	if c.leader != nil && r.inOffice(c.leader) {
		r.knownOffice(e, c.leader)
	}
	for k := range e.Offices {
		if row := r.officeRow(e.Offices[k]); row != nil && row.sector != "" {
			e.Sector = row.sector
			break
		}
	}
	if len(e.Offices) == 0 && c.leader != nil && c.leader.Country != "" {
		e.Sector = "GOV"
	}
	if e.Sector == "" && e.Country != "" {
		e.Sector = "GOV"
	}
	if e.Country != "" {
		e.CAMEO = r.cameo(e.Country, e.Sector)
	}
}

// knownOffice takes what the world knows a person to hold on the story's day: an
// office of its own where the words give none, and which one it is where they say
// no more than "leader" ("North Korean leader Kim Jong Un").
func (r *resolver) knownOffice(e *story.Entity, l *world.Leader) {
	if len(e.Offices) == 0 {
		e.Held = story.Function(l.Function)
		return
	}
	for k := range e.Offices {
		o := &e.Offices[k]
		row := r.officeRow(*o)
		if o.Function == story.Royal && l.Function == string(story.HeadOfState) && o.Country == l.Country {
			o.Function = story.HeadOfState // "Queen Elizabeth"
			continue
		}
		if o.Function == story.OtherFunction && o.Status == story.Incumbent && o.Country == l.Country && o.Body == "" && row != nil && row.opts&oLeads != 0 && single[story.Function(l.Function)] {
			o.Function = story.Function(l.Function)
		}
	}
}

// sexOf notes what titles and honorifics say: "Ibu", "King", "spokeswoman".
func (r *resolver) sexOf(id story.EntityID, c *cluster) {
	for _, i := range c.mentions {
		m := &r.st.Mentions[i]
		row := r.officeRow(m.Office)
		switch {
		case m.Office.Function == "" || row == nil:
		case row.opts&oMale != 0:
			r.gender[id] = 'm'
		case row.opts&oFemale != 0:
			r.gender[id] = 'f'
		}
		if g := r.courtesyBefore(m.Head, m.Span.Start); g != 0 {
			r.gender[id] = g
		}
	}
}

// courtesyBefore returns the gender of the honorific before a name, 0 if none.
func (r *resolver) courtesyBefore(head story.WordID, start int) byte {
	sent := r.st.Sent(r.st.Word(head).Sent)
	w := head
	for w > sent.FirstWord && r.st.Word(w).Span.Start >= start {
		w--
	}
	if r.st.Word(w).Span.Start >= start {
		return 0
	}
	c := []cell{r.cell(r.st, w, r.st.Word(w).Span.Start, r.st.Word(w).Span.End)}
	if row, _ := r.courtesy.match(c, 0, 1); row >= 0 && r.courtesies[row].gender != "" {
		return r.courtesies[row].gender[0]
	}
	return 0
}
