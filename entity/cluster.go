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
		words := nameWords(r.st.Slice(m.Span))
		if len(words) == 0 {
			continue
		}
		if len(words) == 1 {
			single = append(single, i)
			continue
		}
		r.join(i, words)
	}
	for _, i := range single {
		r.joinAlone(i, nameWords(r.st.Slice(r.st.Mentions[i].Span))[0])
	}
	slices.SortStableFunc(r.people, func(x, y *cluster) int { return slices.Min(x.mentions) - slices.Min(y.mentions) })
	for _, c := range r.people {
		slices.Sort(c.mentions)
		r.make(c)
	}
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
	for _, c := range r.people {
		if v := r.aloneScore(i, word, c); v > top || v == top && v > 0 && r.nearer(i, c, best) {
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
	surname := c.alone
	if c.leader != nil {
		surname = world.Fold(c.leader.Surname)
		if c.leader.Name != e.Name {
			e.NameEN = c.leader.Name
		}
	}
	e.Ref = "person:" + orDash(e.Country) + "/" + personSlug(c, surname)
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

// personSlug is the last name, then the others.
func personSlug(c *cluster, surname string) string {
	words := c.words
	if c.leader != nil {
		words = nameWords(c.leader.Name)
	}
	if surname == "" {
		surname = words[len(words)-1]
		if suffix(words) != "" && len(words) > 1 {
			surname = words[len(words)-2]
		}
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
	if said || len(rows) == 0 {
		return
	}
	for k := range rows {
		if rows[k].Country != rows[0].Country || rows[k].Name != rows[0].Name {
			return
		}
	}
	c.leader = &rows[0]
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

// addOffice adds the office of mention i to the person, once.
func (r *resolver) addOffice(e *story.Entity, c *cluster, i int) {
	m := &r.st.Mentions[i]
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

// officeState finds the state of an office that names none: the leader's, that
// of the body before it in the sentence, that of the same office without a name
// before, at last the home state.
func (r *resolver) officeState(c *cluster, i int) string {
	m := &r.st.Mentions[i]
	row, gov := r.officeRow(m.Office), true
	if row != nil {
		gov = row.sector == "GOV" || row.sector == "MIL" || row.sector == "LEG" || row.sector == "COP" || row.sector == "SPY"
	}
	if c != nil && c.leader != nil {
		return c.leader.Country
	}
	if !gov || row != nil && row.opts&(oWeak|oRank|oKin) != 0 && m.Office.Body == "" {
		return ""
	}
	for j := i - 1; j >= max(0, i-farthest); j-- {
		p := &r.st.Mentions[j]
		sent := r.st.Word(p.Head).Sent
		if sent == r.st.Word(m.Head).Sent && p.Kind == story.Organization && p.Office.Country != "" && len(p.Code) > len(codeBody) && p.Code[:len(codeBody)] == codeBody && r.clause(p, m) {
			return p.Office.Country
		}
		if p.Code == codeOffice && p.Office.Function == m.Office.Function && p.Office.Country != "" && r.st.Word(m.Head).Sent-sent <= 4 {
			return p.Office.Country
		}
		if p.Kind == story.Person && p.Type == story.NameMention && p.Office.Function == m.Office.Function && strings.EqualFold(p.Office.TitleEN, m.Office.TitleEN) && p.Office.Country != "" && r.sameName(p, m) {
			return p.Office.Country
		}
	}
	switch m.Office.Function {
	case story.HeadOfState, story.HeadOfGovernment, story.ForeignMinister, story.DefenceMinister:
		if r.home != "" && r.filled(r.home, m.Office.Function) {
			return "" // the home state's president has another name
		}
	}
	return r.home
}

// filled reports whether the world knows who holds an office of a state on the
// story's day.
func (r *resolver) filled(country string, fn story.Function) bool {
	day := r.day
	key := country + string(fn)
	if known, ok := r.held[key]; ok {
		return known
	}
	r.held[key] = false
	for i := range r.leaders {
		l := &r.leaders[i]
		if l.Country == country && l.Function == string(fn) && (day == "" || l.From[:min(len(day), len(l.From))] <= day[:min(len(day), len(l.From))] && (l.To == "" || l.To >= day[:min(len(day), len(l.To))])) {
			r.held[key] = true
			return true
		}
	}
	return false
}

func (r *resolver) sameName(a, b *story.Mention) bool {
	return same(nameWords(r.st.Slice(a.Span)), nameWords(r.st.Slice(b.Span)))
}

// clause reports whether the body of mention p rules the clause of mention m:
// "The Chinese Ministry of Foreign Affairs said that the Deputy Foreign
// Minister, Deng Li, had ..."
func (r *resolver) clause(p, m *story.Mention) bool {
	w := r.st.Word(p.Head)
	return w.Rel() == "nsubj" && w.Head != 0 && r.st.Dominates(w.Head, m.Head)
}

// officeRow finds the row of a title again.
func (r *resolver) officeRow(o story.Office) *officeRow {
	if i, ok := r.byTitle[strings.ToLower(o.Title)]; ok {
		return &r.Stage.offices[i]
	}
	if i, ok := r.byTitle[o.TitleEN]; ok {
		return &r.Stage.offices[i]
	}
	if base, _, ok := strings.Cut(o.TitleEN, " of "); ok {
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
	for k := range e.Offices {
		if row := r.officeRow(e.Offices[k]); row != nil && row.sector != "" {
			e.Sector = row.sector
			break
		}
	}
	if len(e.Offices) == 0 && c.leader != nil {
		e.Sector = "GOV"
	}
	if e.Sector == "" && e.Country != "" {
		e.Sector = "GOV"
	}
	if e.Country != "" {
		e.CAMEO = r.cameo(e.Country, e.Sector)
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
