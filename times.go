package kawat

import (
	"strconv"

	"kawat/lang"
	"kawat/story"
	"kawat/when"
)

// timeStage finds the dates of a story and settles the day of its news, to
// which "kemarin" and bare weekdays refer.
type timeStage struct {
	finder *when.Finder
	tense  *tense
}

func newTimeStage(pack *lang.Pack) (*timeStage, error) {
	f, err := pack.Times()
	if err != nil {
		return nil, err
	}
	t, err := newTense(pack)
	if err != nil {
		return nil, err
	}
	return &timeStage{f, t}, nil
}

// leadBytes is how much of a story's opening may name the day of its news.
const leadBytes = 1200

func (s *timeStage) run(st *story.Story) error {
	lead := story.Span{}
	for _, p := range st.Parts {
		if p.Kind == story.PartParagraph && lead.Len() < leadBytes {
			lead = lead.Cover(p.Span)
		}
	}
	published := st.Published.Raw
	ref := when.Ref{Published: published, Year: copyrightYear(st.Copyright)}
	if published == "" && ref.Year == 0 {
		ref.Year = s.yearWithin(st)
	}
	news := s.finder.DayOfNews(when.Lead{
		Published: published, Year: ref.Year, Printed: st.Slice(st.Dateline.Printed), Text: st.Slice(lead),
	})
	st.Dateline.Date, ref.Day = news.Day, news.Day
	if news.Note != "" {
		st.Note("when", lead, news.Note)
	}
	for _, p := range st.Parts {
		if p.Kind != story.PartParagraph && p.Kind != story.PartTitle {
			continue
		}
		for _, e := range s.finder.Find(st.Text, p.Span, ref) {
			if e.Relative() || e.BareMonth() {
				if dir := s.tense.of(st, e.Span); dir == when.Future || e.BareMonth() {
					e = when.Resolve(e, ref, dir)
				}
			}
			if e.BareDay() && farAhead(e.Date, news.Day) && s.tense.of(st, e.Span) == when.Past {
				e = when.Resolve(e, ref, when.Past) // "On Feb. 14, the president asked" in the news of December: the February gone by
			}
			st.Times = append(st.Times, story.Time{
				Span: e.Span, Date: e.Date, End: e.End, Rough: e.Rough,
				Evidence: story.Evidence{Spans: []story.Span{e.Span}, By: e.Rule, Score: 90},
			})
			if e.Note != "" {
				st.Note("when", e.Span, e.Note)
			}
		}
	}
	return nil
}

// farAhead reports whether a day lies in a month two or more behind that of
// another: what is told in the past and lies so far ahead is of the year before.
func farAhead(day, ref string) bool {
	months := func(s string) int {
		y, _ := strconv.Atoi(s[:4])
		m, _ := strconv.Atoi(s[5:7])
		return 12*y + m
	}
	return len(day) >= 7 && len(ref) >= 7 && months(day) >= months(ref)+2
}

// yearWithin returns the latest year that a complete date of the story names,
// for stories of which nothing else tells when they were written: in "Jumat
// (13/6)" beside "Rabu (18/6/2025)" it is 2025.
func (s *timeStage) yearWithin(st *story.Story) int {
	year := 0
	for _, p := range st.Parts {
		if p.Kind != story.PartParagraph {
			continue
		}
		for _, e := range s.finder.Find(st.Text, p.Span, when.Ref{}) {
			if e.Complete() {
				y, _ := strconv.Atoi(e.Date[:4])
				year = max(year, y)
			}
		}
	}
	return year
}

// copyrightYear returns the year that a copyright line names, 0 if none.
func copyrightYear(line string) int {
	for i := 0; i+4 <= len(line); i++ {
		y := 0
		for _, c := range []byte(line[i : i+4]) {
			if c < '0' || c > '9' {
				y = -1
				break
			}
			y = 10*y + int(c-'0')
		}
		if y >= 1900 && y < 2200 {
			return y
		}
	}
	return 0
}
