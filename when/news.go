package when

import "kawat/story"

// Lead is what a story says about its own day before anything else is read.
type Lead struct {
	Published string // as in Ref
	Year      int    // of the copyright line
	Printed   string // the date of the dateline: "April 9", "9 April 2024"; "" if none
	Text      string // the first paragraph or two
}

// News is the day of the news.
type News struct {
	Day  string // ISO 8601 day, "" where nothing gives it
	Rule string // when/dateline, when/lead or when/published
	Note string // where weekday and date disagree
}

// How many days before its publication a story's news may lie: what the lead
// of a Sunday's story says of Thursday ("the bill unveiled on Thursday") is
// background, while a date in figures ("Kamis (14/9)") may be a few days old.
const (
	slack        = 2
	slackFigures = 4
)

// DayOfNews works out on which day the news happened or was told: the date
// that the dateline prints, else the last day that the lead names and that is
// not ahead of the publication ("bertemu pada Senin (8/4), kata Menlu, Selasa
// (9/4)"), else the day of publication. Without a publication day a bare weekday says
// nothing, but "Selasa (9/4)" under a copyright line of 2024 does.
func (f *Finder) DayOfNews(in Lead) News {
	ref := Ref{Published: in.Published, Year: in.Year}
	b := ref.bounds()
	for _, e := range f.Find(in.Printed, story.Span{End: len(in.Printed)}, ref) {
		if len(e.Date) == 10 && e.form.kind == formDay {
			return News{Day: e.Date, Rule: "when/dateline", Note: e.Note}
		}
	}
	var lead News
	for _, e := range f.Find(in.Text, story.Span{End: len(in.Text)}, ref) {
		if e.Date > lead.Day && b.mayBeNews(&e, in.Published) {
			lead = News{Day: e.Date, Rule: "when/lead", Note: e.Note}
			if !b.base.known() || !b.base.daily() {
				break // nothing tells a later date from one that lies ahead
			}
		}
	}
	if lead.Day != "" {
		return lead
	}
	if b.base.known() && b.base.daily() {
		return News{Day: b.base.lo.String(), Rule: "when/published"}
	}
	return News{}
}

// mayBeNews reports whether an expression of the lead can be the day of the
// news: a single day, close before the publication.
func (b *bounds) mayBeNews(e *Expr, published string) bool {
	if len(e.Date) != 10 || e.End != "" || e.Relation != On {
		return false
	}
	switch e.form.kind {
	case formDay, formOffset:
	case formWeekday:
		if e.form.mod != modNone {
			return false
		}
	default:
		return false
	}
	if (!b.base.known() || !b.base.monthly()) && e.form.weekday == 0 {
		// "Mudryk (5/1/2001)": a date without its weekday may be anybody's
		// birthday where the publication cannot tell.
		return false
	}
	p, ok := parseISO(e.Date)
	if !ok || !b.base.known() {
		return ok
	}
	last := b.base.hi
	if evening(published) {
		last++ // late in the day in Greenwich it is tomorrow in Jakarta
	}
	first := b.base.lo - slack
	if e.form.kind == formDay {
		first = b.base.lo - slackFigures
	}
	return p.lo <= last && p.lo >= first
}

// evening reports whether an RFC 3339 instant in UTC lies in its second half
// of the day.
func evening(s string) bool {
	h, ok := digits(s, 11, 2)
	return ok && h >= 12 && s[len(s)-1] == 'Z'
}
