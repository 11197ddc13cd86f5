package entity

import (
	"slices"
	"strings"

	"kawat/story"
	"kawat/tagger"
	"kawat/world"
)

// finder is the work on one story. It is made anew for each.
type finder struct {
	*Stage
	st        *story.Story
	day       string
	cells     []cell
	chunks    []chunk
	at        []int // cell -> chunk + 1
	owner     []int // cell -> mention + 1
	limit     int   // end of the sentence
	shouting  bool  // the sentence is written in capitals alone
	coreEnd   int   // where the words of the last title end
	titles    []title
	out       []found
	sent      story.SentID
	first     int             // index into out of the sentence's first mention
	known     nameTokens      // names of persons found so far
	later     []doubtful      // what only the tagger says
	noPersons []string        // folded words that stand before nouns as no surname does
	headline  bool            // nearly all words begin with a capital
	small     map[string]bool // the story's words that are written small somewhere
	capitals  map[string]bool // and those that are written with a capital
	tagging   tagging
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
	f.tagging.scratch = s.scratches.Get().(*tagger.Scratch)
	defer s.scratches.Put(f.tagging.scratch)
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
	f.initialsBehind()
	f.pronouns()
}

// findTitles reads every title and makes the mentions of the names behind them.
func (f *finder) findTitles() {
	for k := range f.chunks {
		if f.chunks[k].kind != officeChunk || f.chunks[k].used || f.namesake(&f.chunks[k]) {
			continue
		}
		t := f.parseTitle(k)
		f.firmBeforeName(&t)
		if a := t.nextA; t.nextB > 0 {
			if t.nextA, t.nextB = f.cutSeat(&t); t.nextA > a && !f.taken(a, t.nextA) {
				f.seatBetween(a, t.nextA)
			}
		}
		f.titles = append(f.titles, t)
	}
	for i := range f.titles {
		t := &f.titles[i]
		if t.nextB == 0 || f.taken(t.nextA, t.nextB) {
			continue
		}
		if f.offices[t.row].opts&oPlural != 0 && f.shared(t) {
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

// seatBetween makes a place of what was cut off between an office and its name:
// "Bupati Alor Nur Aini".
func (f *finder) seatBetween(a, b int) {
	for i := a; i < b; i++ {
		if f.at[i] != 0 || f.cells[i].shape != capital {
			return
		}
	}
	f.mention(a, b, story.Place, story.NameMention, "entity/seat", 70)
}

// shared gives an office in the plural to each of the names in the list behind it:
// "lawmakers Ana Silva, Li Wen and Dr. Nur Aini". It reports whether there are
// several.
func (f *finder) shared(t *title) bool {
	const most = 12
	type span struct{ a, b int }
	var names [most]span
	n := 0
	for i := t.b; n < most; {
		a := f.skipCourtesy(i)
		end := f.nameEnd(a, true)
		if end <= a || f.taken(a, end) || f.chunkFrom(a) >= 0 || end == a+1 && !f.inPerson(a) {
			break
		}
		names[n] = span{a, end}
		n++
		end = f.pastHome(end)
		if i = end; f.isMark(i, ",") {
			i++
		}
		if f.is(i, cAnd) {
			i++
		}
		if i == end {
			break
		}
	}
	if n < 2 {
		return false
	}
	one := *t
	if row, ok := f.byTitle[strings.TrimSuffix(f.offices[t.row].titleEN, "s")]; ok {
		one.row = int(row)
	}
	for k, name := range names[:n] {
		if k == 0 {
			f.person(name.a, name.b, &one, "entity/title", 90)
			continue
		}
		m := f.person(name.a, name.b, nil, "entity/title", 90)
		f.out[m].Office = f.officeOf(&one)
	}
	t.nextA, t.nextB = names[0].a, names[0].b
	return true
}

// pastHome passes over where one of a list comes from: "Senators Tom Hill of Texas
// and Ana Weber of Ohio".
func (f *finder) pastHome(i int) int {
	if f.stateAfter || !f.is(i, cOf) || f.is(i, cHost) || !f.upper(i+1) {
		return i
	}
	j := i + 1
	for f.upper(j) && j < i+4 {
		j++
	}
	return j
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
