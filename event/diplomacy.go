package event

import (
	"kawat/lang"
	"kawat/story"
)

// diplomacy holds the compiled tables of encounters, pledges, messages and
// references, and the small words by which their parties are found.
type diplomacy struct {
	roles

	encounters encounterTable
	pledges    pledgeTable
	messages   messageTable
	references referenceTable

	desks map[string]string // publishers and the states where they are at home
}

// roles are the words of diplomacy.tsv: prepositions by what they mark, words
// that turn a fact into a plan or a denial, and words that show another world.
type roles struct {
	and      termSet // "Putin dan saya"
	with     termSet // "bertemu dengan", "met with"
	between  termSet // "antara X dan Y"
	by       termSet // "diterima oleh X"
	to       termSet // "salam kepada X"
	toward   termSet // "kunjungan ke X"
	at       termSet // "di Beijing"
	from     termSet // "surat dari X"
	via      termSet // "melalui X"
	of       termSet // "the visit of X"
	behalf   termSet // "atas nama X"
	happen   termSet // "digelar", "take place": a meeting as their subject is as planned as they are
	during   termSet // "dalam pertemuan"
	light    termSet // "mengadakan pertemuan"
	purpose  termSet // "untuk bertemu"
	onto     termSet // "sanctions on Iran"
	guests   termSet // "menerima kunjungan X"
	after    termSet // "usai pertemuan"
	before   termSet // "menjelang pertemuan"
	relative termSet // "yang", "who"
	body     termSet // "delegasi China": the noun only says in what shape a side comes
	planned  termSet
	denied   termSet
	asked    termSet
	cond     termSet
	wished   termSet
	call     termSet // "lewat telepon"
	sport    termSet // words of matches and stages, where "bertemu" is no diplomacy
	first    termSet // "saya", "we"
	last     termSet // "sebelumnya", "last": told as background
	mooted   termSet // "a meeting was being discussed"
	margin   termSet // "di sela-sela KTT"
	until    termSet // "sebelum", "by": the day by which something is due
	past     termSet // "met": no present, where the treebank gives no tense
	organ    termSet // "pemerintah Israel": sits at home
	visiting termSet // "visiting Foreign Minister Tran"
	here     termSet // "di sini", "here": where the story was written
	had      termSet // "had met": before what is told
	times    termSet // "met six times": counted, not told
	one      termSet // "one meeting" is one
	day      termSet // "two days of talks"
	where    termSet // "Hamburg, where he will meet Putin"
	led      termSet // "a delegation led by X"
	whether  termSet // "apakah akan menyerang": asked, not promised
	district termSet // "Kota Shanghai", "Okinawa Prefecture": what a place is
	binding  termSet // "agreed to help during a meeting": the help lies ahead, the meeting does not
	press    termSet // "a news conference": a gathering of reporters, not of states
	announce termSet // "announced the visit": it lies ahead
	ordinal  termSet // "the first leader to meet him": he did
	saying   termSet // "Pernyataan itu disampaikan saat": words of whoever spoke before
}

// slot returns where the words of a role go, nil for an unknown role.
func (r *diplomacy) slot(role string) *termSet {
	switch role {
	case "vague-verb":
		return &r.pledges.vagueVerb
	case "vague-noun":
		return &r.pledges.vagueNoun
	case "goods":
		return &r.pledges.goods
	case "hostile":
		return &r.pledges.hostile
	case "go-on":
		return &r.pledges.goOn
	case "deed":
		return &r.pledges.deeds
	case "no-act":
		return &r.pledges.noAct
	case "convey":
		return &r.messages.convey
	case "send":
		return &r.messages.send
	case "get":
		return &r.messages.get
	case "years":
		return &r.references.years
	case "sign":
		return &r.references.sign
	case "inside":
		return &r.references.inside
	case "and":
		return &r.and
	case "with":
		return &r.with
	case "between":
		return &r.between
	case "by":
		return &r.by
	case "to":
		return &r.to
	case "toward":
		return &r.toward
	case "at":
		return &r.at
	case "from":
		return &r.from
	case "via":
		return &r.via
	case "of":
		return &r.of
	case "behalf":
		return &r.behalf
	case "happen":
		return &r.happen
	case "during":
		return &r.during
	case "light":
		return &r.light
	case "purpose":
		return &r.purpose
	case "onto":
		return &r.onto
	case "guests":
		return &r.guests
	case "after":
		return &r.after
	case "before":
		return &r.before
	case "relative":
		return &r.relative
	case "body":
		return &r.body
	case "planned":
		return &r.planned
	case "denied":
		return &r.denied
	case "asked":
		return &r.asked
	case "condition":
		return &r.cond
	case "wished":
		return &r.wished
	case "call":
		return &r.call
	case "sport":
		return &r.sport
	case "first-person":
		return &r.first
	case "background":
		return &r.last
	case "mooted":
		return &r.mooted
	case "margin":
		return &r.margin
	case "until":
		return &r.until
	case "past":
		return &r.past
	case "organ":
		return &r.organ
	case "visiting":
		return &r.visiting
	case "here":
		return &r.here
	case "had":
		return &r.had
	case "times":
		return &r.times
	case "one":
		return &r.one
	case "day":
		return &r.day
	case "where":
		return &r.where
	case "led":
		return &r.led
	case "whether":
		return &r.whether
	case "district":
		return &r.district
	case "binding":
		return &r.binding
	case "press":
		return &r.press
	case "announce":
		return &r.announce
	case "ordinal":
		return &r.ordinal
	case "saying":
		return &r.saying
	}
	return nil
}

// compileDiplomacy compiles the tables of encounters, pledges, messages and
// references.
func (s *Stage) compileDiplomacy() error {
	s.dip = &diplomacy{}
	t, err := s.pack.Table("diplomacy.tsv")
	if err != nil {
		return err
	}
	files := map[string]string{} // a role may go on in the table of a pack that extends another, but stands once in each
	words := map[string][]string{}
	for _, row := range t.Rows {
		if row.Get("role") == "ordinals" {
			if err := s.dip.references.readOrdinals(row); err != nil {
				return err
			}
			continue
		}
		slot := s.dip.slot(row.Get("role"))
		if slot == nil {
			return row.Errorf("unknown role %q", row.Get("role"))
		}
		role := row.Get("role")
		if files[role] == row.File {
			return row.Errorf("role %q stands twice", role)
		}
		files[role], words[role] = row.File, append(words[role], row.List("words")...)
		*slot = newTermSet(words[role])
	}
	for _, compile := range []func(*lang.Pack) error{
		s.dip.encounters.compile, s.dip.pledges.compile, s.dip.messages.compile, s.dip.references.compile,
	} {
		if err := compile(s.pack); err != nil {
			return err
		}
	}
	if err := s.dip.readDesks(s.pack); err != nil {
		return err
	}
	return s.dip.compileDecoys(s.pack)
}

// compileDecoys reads decoys.tsv: words that look like a cue and are none.
// Columns: table, rule, words, pos, example.
func (d *diplomacy) compileDecoys(pack *lang.Pack) error {
	t, err := pack.Table("decoys.tsv")
	if err != nil {
		return err
	}
	for _, row := range t.Rows {
		pos, err := parsePOS(row)
		if err != nil {
			return err
		}
		switch row.Get("table") {
		case "encounters":
			d.encounters.cues.add(row.List("words"), decoy, pos)
		case "pledges":
			d.pledges.cues.add(row.List("words"), decoy, pos)
		case "messages":
			d.messages.cues.add(row.List("words"), decoy, pos)
		default:
			return row.Errorf("no decoys are known for table %q", row.Get("table"))
		}
	}
	return nil
}

// decoy is the row of cues that stand for nothing.
const decoy = -1

// RunDiplomacy appends the encounters, pledges, messages and references of a
// story. Run comes before it.
func (s *Stage) RunDiplomacy(st *story.Story) error {
	sport := s.aboutSport(st)
	s.settings(st, s.runEncounters(st, sport))
	if !sport {
		s.runPledges(st)
	}
	s.runMessages(st)
	s.runReferences(st)
	st.Give(story.LayerDiplomacy)
	return nil
}

// Bounds on hostile input: no wire story comes near them.
const (
	maxSentence = 1500 // words of a sentence that is read at all
	maxRows     = 400  // rows of one kind that a story may have
)

// paragraphs yields the sentences of the story's own paragraphs.
func paragraphs(st *story.Story, yield func(sent *story.Sentence)) {
	for i := range st.Sents {
		sent := &st.Sents[i]
		if sent.Part < len(st.Parts) && st.Parts[sent.Part].Kind == story.PartParagraph && sent.EndWord-sent.FirstWord <= maxSentence {
			yield(sent)
		}
	}
}

// leadEnd returns the end of the words of the story's first two sentences.
func leadEnd(st *story.Story) story.WordID {
	n, end := 0, story.WordID(0)
	for i := range st.Sents {
		if st.Parts[st.Sents[i].Part].Kind != story.PartParagraph {
			continue
		}
		end = st.Sents[i].EndWord
		if n++; n == 2 {
			break
		}
	}
	return end
}

// storyDay returns the day of the news: the dateline's, else the first date of
// the lead that is not ahead of the publication, else the publication date.
func storyDay(st *story.Story) string {
	if st.Dateline.Date != "" {
		return st.Dateline.Date
	}
	out := st.Published.Raw
	if len(out) > 10 {
		out = out[:10]
	}
	end := leadEnd(st)
	for i := range st.Times {
		t := &st.Times[i]
		if end == 0 || t.Span.Start >= st.Word(end-1).Span.End {
			break
		}
		if len(t.Date) == 10 && !t.Rough && (out == "" || t.Date <= out && near(t.Date, out)) {
			return t.Date
		}
	}
	return out
}

// toldDay returns the day of the news if the copy itself tells it: in the
// dateline, or by a date. A day that only the publication gives is
// no day of an act.
func toldDay(st *story.Story) string {
	day := st.Dateline.Date
	if day == "" || !st.Dateline.Printed.Empty() {
		return day
	}
	for i := range st.Times {
		if st.Times[i].Date == day {
			return day
		}
	}
	return ""
}

// near reports whether a day lies in the month of another, or in the one
// before: news are told within weeks.
func near(day, ref string) bool {
	if len(ref) < 7 {
		return true
	}
	a, b := number(day[:4])*12+number(day[5:7]), number(ref[:4])*12+number(ref[5:7])
	return b-a <= 1
}
