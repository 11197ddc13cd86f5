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
	town     termSet // "the resort town of Sochi"
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
	rite     termSet // "hugged him during a ceremony"
	gather   termSet // "the meeting was attended by X": what people are at
	attended termSet // "dipimpin X dan dihadiri Y"
	outcome  termSet // "the contents of the talks": there were talks
	finish   termSet // "will wrap up his visit": it is under way
	escorted termSet // "X, accompanied by Y, arrived": it is X who did
	written  termSet // "a letter", "telegram": sent without anybody who is named as its carrier
	mankind  termSet // "for the benefit of humanity": promised to everybody
	prospect termSet // "the possibility of a visit": nobody goes yet
	standing termSet // "the lack of progress in the talks": how they stand, not who holds them
	obtain   termSet // "secured a promise": somebody else's
	company  termSet // "mendampingi", "accompany": who came along
	leaving  termSet // "shied away from meetings": did not meet
}

// slots returns where the words of each role go.
func (r *diplomacy) slots() map[string]*termSet {
	return map[string]*termSet{
		"vague-verb":   &r.pledges.vagueVerb,
		"vague-noun":   &r.pledges.vagueNoun,
		"goods":        &r.pledges.goods,
		"hostile":      &r.pledges.hostile,
		"go-on":        &r.pledges.goOn,
		"deed":         &r.pledges.deeds,
		"no-act":       &r.pledges.noAct,
		"convey":       &r.messages.convey,
		"send":         &r.messages.send,
		"get":          &r.messages.get,
		"years":        &r.references.years,
		"sign":         &r.references.sign,
		"inside":       &r.references.inside,
		"and":          &r.and,
		"with":         &r.with,
		"between":      &r.between,
		"by":           &r.by,
		"to":           &r.to,
		"toward":       &r.toward,
		"at":           &r.at,
		"from":         &r.from,
		"via":          &r.via,
		"of":           &r.of,
		"behalf":       &r.behalf,
		"happen":       &r.happen,
		"during":       &r.during,
		"light":        &r.light,
		"purpose":      &r.purpose,
		"onto":         &r.onto,
		"guests":       &r.guests,
		"after":        &r.after,
		"before":       &r.before,
		"relative":     &r.relative,
		"body":         &r.body,
		"planned":      &r.planned,
		"denied":       &r.denied,
		"asked":        &r.asked,
		"condition":    &r.cond,
		"wished":       &r.wished,
		"call":         &r.call,
		"sport":        &r.sport,
		"first-person": &r.first,
		"background":   &r.last,
		"mooted":       &r.mooted,
		"margin":       &r.margin,
		"town":         &r.town,
		"until":        &r.until,
		"past":         &r.past,
		"organ":        &r.organ,
		"visiting":     &r.visiting,
		"here":         &r.here,
		"had":          &r.had,
		"times":        &r.times,
		"one":          &r.one,
		"day":          &r.day,
		"where":        &r.where,
		"led":          &r.led,
		"whether":      &r.whether,
		"district":     &r.district,
		"binding":      &r.binding,
		"press":        &r.press,
		"announce":     &r.announce,
		"ordinal":      &r.ordinal,
		"saying":       &r.saying,
		"rite":         &r.rite,
		"gathering":    &r.gather,
		"attended":     &r.attended,
		"outcome":      &r.outcome,
		"finish":       &r.finish,
		"escorted":     &r.escorted,
		"written":      &r.written,
		"mankind":      &r.mankind,
		"prospect":     &r.prospect,
		"standing":     &r.standing,
		"leaving":      &r.leaving,
		"obtain":       &r.obtain,
		"company":      &r.company,
	}
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
	slots := s.dip.slots()
	for _, row := range t.Rows {
		if row.Get("role") == "ordinals" {
			if err := s.dip.references.readOrdinals(row); err != nil {
				return err
			}
			continue
		}
		slot := slots[row.Get("role")]
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
	if day == "" && len(st.Published.Raw) == len("2022-07") {
		day = st.Published.Raw // "on Tuesday" in a story of July 2022
	}
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
