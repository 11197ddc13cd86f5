package entity

import (
	"slices"
	"strings"

	"kawat/lang"
	"kawat/story"
	"kawat/world"
)

// finder is the work on one story. It is made anew for each.
type finder struct {
	*Stage
	st       *story.Story
	day      string
	cells    []cell
	chunks   []chunk
	at       []int // cell -> chunk + 1
	owner    []int // cell -> mention + 1
	limit    int   // end of the sentence
	shouting bool  // the sentence is written in capitals alone
	coreEnd  int   // where the words of the last title end
	titles   []title
	out      []found
	sent     story.SentID
	first    int             // index into out of the sentence's first mention
	known    nameTokens      // names of persons found so far
	later    []doubtful      // what only the tagger says
	headline bool            // nearly all words begin with a capital
	small    map[string]bool // the story's words that are written small somewhere
	capitals map[string]bool // and those that are written with a capital
	tagging  tagging
}

// found is a mention before the story's are put in order.
type found struct {
	story.Mention
	first, end   story.WordID // words of the mention
	tFirst, tEnd story.WordID // words of its title
}

// Find appends the story's mentions, in the order of the text, and leads words
// to them.
func (s *Stage) Find(st *story.Story) error {
	f := &finder{Stage: s, st: st, day: dayOf(st), known: nameTokens{}}
	for id := story.SentID(1); int(id) <= len(st.Sents); id++ {
		f.begin(id)
		f.sentence()
	}
	f.againAll()
	f.settle()
	f.give()
	st.Give(story.LayerMentions)
	return nil
}

// dayOf is the day at which the story says what it says.
func dayOf(st *story.Story) string {
	if st.Dateline.Date != "" {
		return st.Dateline.Date
	}
	if raw := st.Published.Raw; len(raw) >= 10 {
		return raw[:10]
	} else if raw != "" {
		return raw
	}
	return ""
}

func (f *finder) begin(id story.SentID) {
	f.sent = id
	f.cells = f.cellsOf(f.st, id, f.cells)
	f.limit = f.st.Sent(id).Span.End
	f.owner = resize(f.owner, len(f.cells))
	f.titles = f.titles[:0]
	f.first = len(f.out)
	f.shouting, f.headline = f.letterCase()
}

// letterCase reports whether the sentence has no lower-case word to speak of,
// and whether it is written like a headline: "Minister Delivers Gift of Dates".
func (f *finder) letterCase() (shouting, headline bool) {
	low, up, all := 0, 0, 0
	for i := range f.cells {
		switch c := &f.cells[i]; {
		case c.shape == lower && c.class&(cStop|cOf|cAt|cAnd|cPoss|cHost|cWith|cDet) == 0:
			low++
		case c.shape == capital:
			up++
		case c.shape == capitals:
			all++
		}
	}
	// "Ambassador Ana Silva met Foreign Minister Li Wen in Lima." is all names
	// and no headline: it ends like a sentence, and "met" is small.
	ends := len(f.cells) > 0 && f.isMark(len(f.cells)-1, ".")
	return all >= 4 && (low+up)*5 <= all, !ends && up+all >= 5 && low == 0
}

// sentence finds the mentions of one sentence: what tables and titles say wins,
// then what the tagger says of the rest, then pointing words.
func (f *finder) sentence() {
	f.findChunks()
	f.tag()
	f.findTitles()
	f.taggedPersons()
	f.appositions()
	f.nominals()
	f.nameless()
	f.taggedWholes()
	f.leftoverNames()
	f.taggedRest()
	f.pronouns()
}

// findTitles reads every title and makes the mentions of the names behind them.
func (f *finder) findTitles() {
	for k := range f.chunks {
		if f.chunks[k].kind != officeChunk || f.chunks[k].used || f.namesake(&f.chunks[k]) {
			continue
		}
		t := f.parseTitle(k)
		if t.nextB > 0 {
			t.nextA, t.nextB = f.cutSeat(&t)
		}
		f.titles = append(f.titles, t)
	}
	for i := range f.titles {
		t := &f.titles[i]
		if t.nextB == 0 || f.taken(t.nextA, t.nextB) {
			continue
		}
		if f.offices[t.row].opts&oPlural != 0 && !t.known || !f.plausible(t) {
			t.nextA, t.nextB = 0, 0
			continue
		}
		f.stateBehind(t)
		f.person(t.nextA, t.nextB, t, "entity/title", 95)
	}
}

// stateBehind reads the state of an office behind its holder's name: "President
// Ivan Petrov of Peru".
func (f *finder) stateBehind(t *title) {
	i := t.nextB
	if t.country != "" || !f.is(i, cOf) || f.is(i, cHost) {
		return
	}
	if i++; f.is(i, cDet) {
		i++
	}
	if k := f.chunkFrom(f.skipRealm(i)); f.isState(k) && f.chunks[k].name.Form == lang.FormName && !f.is(f.chunks[k].b, cPoss) {
		t.country, t.known = f.chunks[k].country, true
	}
}

// namesake reports whether an office's word is part of a name that was found
// before: "Amir Abdollahian" after "Hossein Amir Abdollahian".
func (f *finder) namesake(c *chunk) bool {
	if c.b == c.a+1 && f.cells[c.a].shape == capital && f.offices[c.row].opts&oGivenName != 0 &&
		f.begins(c.a, personLabel) && f.label(c.b) == personLabel+1 && f.sureness(c.a, c.b+1) >= likely {
		return true // "Imam Santosa", to the tagger
	}
	return c.b == c.a+1 && f.cells[c.a].shape == capital && f.offices[c.row].opts&(oMale|oFemale|oWeak) != 0 && f.known[world.Fold(f.form(c.a))]
}

// cutSeat takes the place off the front of what follows a sub-national office:
// "Bupati Alor Timur Nur Aini", as far as the tagger sees the border or the
// story speaks of the place elsewhere ("di Alor").
func (f *finder) cutSeat(t *title) (int, int) {
	if t.comma {
		return t.nextA, t.nextB
	}
	row := &f.offices[t.row]
	if row.opts&(oSub|oWeak|oBody) != 0 && !t.seat || f.stateAfter && f.labelOther(t.nextA) {
		for i := t.nextA + 1; i < t.nextB; i++ {
			if f.begins(i, personLabel) && !f.is(i-1, cParticle) && !f.cells[i-1].hyphen {
				return i, t.nextB
			}
		}
	}
	if row.opts&oSub == 0 || t.seat {
		return t.nextA, t.nextB
	}
	i := t.nextA
	for i < t.nextB && (f.label(i) >= orgLabel || f.placeWord(i)) {
		i++
	}
	if i == t.nextB {
		return 0, 0
	}
	if j := f.skipCourtesy(i); j < t.nextB {
		i = j
	}
	return i, t.nextB
}

// placeWord reports whether the story puts the word of a cell behind a
// preposition of place somewhere.
func (f *finder) placeWord(i int) bool {
	form := f.form(i)
	at := 0
	for n := 0; n < 8; n++ {
		k := strings.Index(f.st.Text[at:], form)
		if k < 0 {
			return false
		}
		k += at
		at = k + len(form)
		before := strings.TrimRight(f.st.Text[max(0, k-24):k], " ")
		if s := strings.LastIndexByte(before, ' '); s >= 0 && f.vocab.class(f.vocab.id(before[s+1:]))&(cAt|cSeat) != 0 {
			return true
		}
	}
	return false
}

// plausible guards names behind words that introduce anything: "anggota Direksi",
// "Dirut LKBN". There the tagger must agree.
func (f *finder) plausible(t *title) bool {
	a, b := t.nextA, t.nextB
	o := f.offices[t.row].opts
	if b-a == 1 && f.cells[a].shape == capitals && !f.shouting && f.cells[a].span.Len() <= 6 && !f.inPerson(a) {
		return false
	}
	if f.stateAfter && b-a == 1 && f.isState(f.chunkFrom(b)) {
		return false // "Presiden Federal Rusia"
	}
	switch {
	case f.tagger == nil:
		return true
	case f.headline || o&(oBody|oSub) != 0 && !t.seat && !t.known && t.body.Empty() && f.labelOther(a) || o&oWeak != 0 && f.labelOther(a) && (b-a == 1 || f.allCommon(a, b)):
		return f.leads(f.st.Slice(f.span(a, b)), clock(f.day))
	case o&oWeak == 0 || f.inPerson(a):
		return true
	}
	return o&(oBody|oPortfolio|oCap) == 0 && !f.allCommon(a, b) || f.leads(f.st.Slice(f.span(a, b)), clock(f.day))
}

// common reports whether the story writes the word of a cell small elsewhere,
// so that its capital says little: "Pajak Kendaraan" in a story of "pajak".
func (f *finder) common(i int) bool {
	f.writes()
	return f.small[strings.ToLower(f.form(i))]
}

// writes notes once how the story writes its words.
func (f *finder) writes() {
	if f.small != nil {
		return
	}
	f.small, f.capitals = map[string]bool{}, map[string]bool{}
	for k := range f.st.Words {
		switch form := f.st.Words[k].Form; shapeOf(form) {
		case lower:
			f.small[form] = true
		case capital:
			f.capitals[form] = true
		}
	}
}

// allCommon reports whether at least half of a name's words are common ones.
func (f *finder) allCommon(a, b int) bool {
	n := 0
	for i := a; i < b; i++ {
		if f.common(i) && f.cells[i].class&cParticle == 0 {
			n++
		}
	}
	return 2*n >= b-a
}

func (f *finder) taken(a, b int) bool {
	for i := a; i < b; i++ {
		if f.owner[i] != 0 {
			return true
		}
	}
	return false
}

// person adds the mention of a named human, with its title if there is one.
func (f *finder) person(a, b int, t *title, by string, score story.Confidence) int {
	m := f.mention(a, b, story.Person, story.NameMention, by, score)
	if t != nil {
		f.entitle(m, t)
	}
	for i := a; i < b; i++ {
		if k := f.at[i] - 1; k >= 0 {
			f.chunks[k].used = true
		}
	}
	f.known.add(f, a, b)
	return m
}

// entitle gives a mention its office.
func (f *finder) entitle(m int, t *title) {
	mm := &f.out[m]
	if mm.Office.Function == "" {
		mm.Title, mm.Office = f.span(t.a, t.b), f.officeOf(t)
	}
	w1, w2 := f.cells[t.a].word, f.cells[t.b-1].word+1
	mm.tFirst, mm.tEnd = w1, w2
	f.chunks[t.chunk].used = true
	for i := t.a; i < t.b; i++ {
		if k := f.at[i] - 1; k >= 0 && f.chunks[k].kind == officeChunk && i < t.b {
			f.chunks[k].used = true
		}
	}
}

// mention adds a mention of cells [a, b) and returns its index.
func (f *finder) mention(a, b int, kind story.EntityKind, typ story.MentionType, by string, score story.Confidence) int {
	sp := f.span(a, b)
	m := found{first: f.cells[a].word, end: f.cells[b-1].word + 1}
	m.Mention = story.Mention{
		Span: sp, Kind: kind, Type: typ,
		Evidence: story.Evidence{Spans: []story.Span{sp}, By: by, Score: score},
	}
	m.Head = headOf(f.st, m.first, m.end)
	f.out = append(f.out, m)
	for i := a; i < b; i++ {
		if f.owner[i] == 0 {
			f.owner[i] = len(f.out)
		}
	}
	return len(f.out) - 1
}

// headOf is the word of a range whose head lies outside it.
func headOf(st *story.Story, first, end story.WordID) story.WordID {
	for w := first; w < end; w++ {
		if h := st.Word(w).Head; h < first || h >= end {
			return w
		}
	}
	return first
}

// nameless makes nominal mentions of the offices that no name goes with: "the
// Chinese foreign minister", "juru bicara kementerian itu".
func (f *finder) nameless() {
	for i := range f.titles {
		t := &f.titles[i]
		row := &f.offices[t.row]
		if t.nextB != 0 || f.chunks[t.chunk].used || f.taken(t.chunkA(f), t.chunkB(f)) || row.opts&(oRank|oKin) != 0 {
			continue
		}
		if row.opts&oWeak != 0 && !t.known && t.body.Empty() {
			continue
		}
		m := f.mention(t.a, t.b, story.Person, story.NominalMention, "entity/office", 70)
		f.out[m].Office = f.officeOf(t)
		f.out[m].Code = codeOffice
		f.out[m].Title = f.out[m].Span
		if row.opts&oPlural != 0 {
			f.out[m].Code, f.out[m].Kind = codeOffices, story.Group
		}
		if row.opts&oCounterpart != 0 || f.is(t.chunkA(f), cCounterpart) {
			f.out[m].Code = codeCounterpart
		}
		f.chunks[t.chunk].used = true
	}
}

func (t *title) chunkA(f *finder) int { return f.chunks[t.chunk].a }
func (t *title) chunkB(f *finder) int { return f.chunks[t.chunk].b }

// leftoverNames makes mentions of the bodies and of the names of the
// gazetteer, the nested ones too.
func (f *finder) leftoverNames() {
	// Bodies first: "Lithuanian" must not keep "Lithuanian Foreign Ministry" out.
	for k := range f.chunks {
		if c := &f.chunks[k]; c.kind == bodyChunk && c.row >= 0 && !c.used {
			f.bodyMention(c)
		}
	}
	for k := range f.chunks {
		if f.chunks[k].kind == gazChunk {
			f.gazMention(k)
		}
	}
}

func (f *finder) bodyMention(c *chunk) {
	for i := c.a; i < c.b; i++ {
		// "kader PKB" names a body; "Bank of China" in a name does not.
		if o := f.owner[i]; o < 0 || o > 0 && (f.out[o-1].Type != story.NominalMention || f.out[o-1].Span == f.span(c.a, c.b)) {
			return
		}
	}
	row := &f.bodies[c.row]
	typ := story.NameMention
	if f.allLower(c.a, c.b) {
		typ = story.NominalMention
	}
	m := f.mention(c.a, c.b, row.kind, typ, "entity/body", 85)
	mm := &f.out[m]
	mm.Code = codeBody + row.key
	mm.Office.Country = c.country
	mm.Office.TitleEN = row.en
	mm.Office.Body = row.sector
}

// gazMention makes the mention of a name of the gazetteer, unless a person's
// name took its words.
func (f *finder) gazMention(k int) {
	c := &f.chunks[k]
	n := c.name
	nested := false
	if o := f.owner[c.a]; o != 0 {
		if f.out[o-1].Kind == story.Person && f.out[o-1].Type == story.NameMention || f.out[o-1].Type == story.NominalMention && f.out[o-1].Code == codeOffice && false {
			return
		}
		nested = f.out[o-1].Type == story.NameMention
	}
	kind, typ, code := n.Kind, story.NameMention, n.Code
	if n.Form == lang.FormCapital && f.justPlace(c) {
		kind, code = story.Place, n.Place
	}
	switch {
	case n.Form == lang.FormAdjective && !f.standsAlone(c), f.is(c.a-1, cQualifier):
		typ = story.AdjectiveMention
	case n.Form == lang.FormPeople:
		kind, typ, code = story.Group, story.NominalMention, codeGroup+"people"
	}
	if nested && typ == story.NameMention {
		typ = story.NestedMention
	}
	from := c.a
	if kind == story.State && typ == story.NameMention && n.Form == lang.FormName {
		from = f.realmBefore(c.a)
	}
	m := f.mention(from, c.b, kind, typ, "entity/gazetteer", 95)
	f.out[m].Code = code
	f.out[m].Office.Country = n.Country
}

// realmBefore returns where the name of a state begins that says what kind of
// state it is: "Republik Serbia", "Kingdom of Tonga".
func (f *finder) realmBefore(i int) int {
	j := i - 1
	if !f.stateAfter {
		if !f.is(j, cOf) {
			return i
		}
		j--
	}
	from := i
	for j >= 0 && f.is(j, cRealm) && f.upper(j) && f.owner[j] == 0 && f.at[j] == 0 {
		from = j
		j--
	}
	return from
}

// standsAlone reports whether an adjective is used as the state itself or its
// people: "the Chinese said".
func (f *finder) standsAlone(c *chunk) bool {
	w := f.st.Word(f.cells[c.b-1].word)
	switch w.Rel() {
	case "nsubj", "obj", "iobj", "root":
		return w.UPOS.Nominal() && (c.b >= len(f.cells) || f.cells[c.b].shape != lower || f.st.Word(f.cells[c.b].word).UPOS != story.NOUN)
	}
	return false
}

// justPlace reports whether a capital is meant as the city. It is a government
// as the subject of a verb ("Beijing menolak"), as somebody's other side ("ties
// with Beijing") and as an owner ("Beijing's stance").
func (f *finder) justPlace(c *chunk) bool {
	if c.name.Place == "" {
		return false
	}
	if f.is(c.b, cPoss) {
		return false
	}
	if c.a == 0 && f.isMark(c.b, "(") {
		return true
	}
	if f.is(c.a-1, cGo) || f.is(c.a-1, cAt) && !f.is(c.a-1, cWith) {
		return true
	}
	if c.b < len(f.cells) {
		// "a cleric whom Ankara accuses"
		if next := f.st.Word(f.cells[c.b].word); next.UPOS == story.VERB && f.cells[c.b].shape == lower && !f.is(c.a-1, cWith) {
			return false
		}
	}
	w := f.st.Word(f.cells[c.b-1].word)
	switch w.Rel() {
	case "nsubj":
		return w.Head == 0 || f.st.Word(w.Head).UPOS != story.VERB
	case "obj", "iobj":
		h := w.Head
		return h == 0 || f.vocab.class(f.vocab.id(f.st.Word(h).Lemma))&cGo != 0 || f.vocab.class(f.vocab.id(f.st.Word(h).Form))&cGo != 0
	case "conj":
		if k := f.chunkTo(c.a - 1); k >= 0 && f.chunks[k].kind == gazChunk && f.chunks[k].name.Form == lang.FormCapital {
			return f.justPlace(&f.chunks[k])
		}
	}
	if f.is(c.a-1, cWith) && !f.is(c.a-1, cAt) {
		return false
	}
	if c.a > 1 && f.cells[c.a-1].hyphen || c.b < len(f.cells) && f.cells[c.b].hyphen {
		return false
	}
	return true
}

// nominals finds the phrases that point back and the groups.
func (f *finder) nominals() {
	for i := 0; i < len(f.cells); i++ {
		row, end := f.nominal.match(f.cells, i, len(f.cells))
		if row < 0 || f.cells[i].clitic || f.owner[i] != 0 || f.owner[end-1] != 0 || f.insideBody(i, end) {
			continue
		}
		f.nominalMention(row, i, end)
		i = end - 1
	}
}

func (f *finder) insideBody(a, b int) bool {
	for i := a; i < b; i++ {
		k := f.at[i] - 1
		if k >= 0 && f.chunks[k].kind == bodyChunk && f.chunks[k].row >= 0 && (f.chunks[k].a < a || f.chunks[k].b > b || f.chunks[k].country != "") {
			return true
		}
	}
	return false
}

func (f *finder) nominalMention(row, a, b int) {
	r := &f.tables.nominals[row]
	if r.opts == "final" && f.upper(b) {
		return
	}
	kind, country := story.Group, ""
	t := f.titleAt(a, b)
	switch r.refers {
	case "person":
		if t != nil && (t.nextB != 0 || t.known || !t.body.Empty()) {
			return
		}
		kind = story.Person
	case "government", "group":
		if t != nil && t.nextB != 0 {
			return
		}
		country = f.besideState(a, b)
		if r.refers == "government" {
			kind = story.State
		}
		if country == "" && r.refers == "group" || f.upper(a) && a > 0 && f.upper(a-1) && country == "" {
			return // "Drug Enforcement Administration"
		}
	case "state", "state-own":
		kind = story.State
	case "org", "body":
		kind = story.Organization
	}
	m := f.mention(a, b, kind, story.NominalMention, "entity/nominal", 70)
	mm := &f.out[m]
	mm.Code = r.refers
	if r.key != "" {
		mm.Code += ":" + r.key
	}
	mm.Office.Country, mm.Office.Body = country, r.sector
	if t != nil {
		f.chunks[t.chunk].used = true
		if kind == story.Person {
			mm.Office = f.officeOf(t)
		}
	}
}

// titleAt returns the title whose office word lies in cells [a, b).
func (f *finder) titleAt(a, b int) *title {
	for i := range f.titles {
		if t := &f.titles[i]; t.chunkA(f) >= a && t.chunkA(f) < b {
			return t
		}
	}
	return nil
}

// besideState returns the state that a common noun is of: "Israeli officials",
// "rakyat Rusia", "the government of Peru", "China's government".
func (f *finder) besideState(a, b int) string {
	if k := f.chunkFrom(b); f.isState(k) && f.stateAfter {
		return f.chunks[k].country
	}
	i := a
	for n := 0; n < 3 && i > 0; n++ {
		if k := f.chunkTo(i); f.isState(k) && !f.stateAfter {
			return f.chunks[k].country
		}
		if f.is(i-1, cPoss) {
			if k := f.chunkTo(i - 1); f.isState(k) {
				return f.chunks[k].country
			}
		}
		if f.cells[i-1].shape == mark || f.is(i-1, cDet) {
			break
		}
		i--
	}
	if f.is(b, cOf) && !f.is(b, cHost) || f.is(b, cOf) && f.form(b) != "to" {
		j := b + 1
		if f.is(j, cDet) {
			j++
		}
		if k := f.chunkFrom(j); f.isState(k) {
			return f.chunks[k].country
		}
	}
	return ""
}

// pronouns makes the mentions of pronouns.
func (f *finder) pronouns() {
	for i := range f.cells {
		row, end := f.pronoun.match(f.cells, i, len(f.cells))
		if row < 0 || f.owner[i] != 0 {
			continue
		}
		if c, to := f.courtesy.match(f.cells, i, len(f.cells)); c >= 0 && (to > end || f.cells[i].shape == capitals) {
			continue // "His Royal Highness", "HE" and not "He"
		}
		p := &f.tables.pronouns[row]
		w := f.st.Word(f.cells[i].word)
		if !p.plain && w.UPOS != story.PRON && w.UPOS != story.DET && !(w.UPOS == story.NoPOS) {
			continue
		}
		if f.cells[i].clitic && w.UPOS == story.DET && w.Rel() == "det" { // "-nya" that only makes definite
			continue
		}
		m := f.mention(i, end, story.NoKind, story.PronounMention, "entity/pronoun", 60)
		f.out[m].Code = p.who
	}
}

// give puts the mentions in order into the story and leads words to them. Of a
// word in several mentions the shortest wins; a title's words lead to the name.
func (f *finder) give() {
	slices.SortStableFunc(f.out, func(x, y found) int {
		if x.Span.Start != y.Span.Start {
			return x.Span.Start - y.Span.Start
		}
		return y.Span.Len() - x.Span.Len()
	})
	base := story.MentionID(len(f.st.Mentions))
	size := map[story.WordID]int{}
	for i := range f.out {
		m := &f.out[i]
		id := base + story.MentionID(i+1)
		f.st.AddMention(m.Mention)
		for w := m.first; w < m.end; w++ {
			if have, ok := size[w]; !ok || m.Span.Len() <= have {
				size[w] = m.Span.Len()
				f.st.Word(w).Mention = id
			}
		}
	}
	for i := range f.out {
		m := &f.out[i]
		for w := m.tFirst; w < m.tEnd; w++ {
			if word := f.st.Word(w); word.Mention == 0 {
				word.Mention = base + story.MentionID(i+1)
			}
		}
	}
}

// nameTokens remembers the words of the names that were found.
type nameTokens map[string]bool

func (n nameTokens) add(f *finder, a, b int) {
	for i := a; i < b; i++ {
		if c := &f.cells[i]; (c.shape == capital || c.shape == capitals) && c.span.Len() > 1 && c.class&cParticle == 0 {
			if row, _ := f.courtesy.match(f.cells, i, len(f.cells)); row < 0 {
				n[world.Fold(f.form(i))] = true
			}
		}
	}
}
