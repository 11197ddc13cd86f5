// Package when finds dates in copy and says which days they are.
//
// What comes in is a stretch of text, a table of the words of its language
// ([Row]) and what is known about when the story was written ([Ref]). What
// goes out are expressions with their spans and ISO 8601 dates, as precise as
// the words and the reference allow. It never guesses: without a reference a
// relative date stays unresolved, and a weekday that disagrees with its date is
// said in a note, not repaired. For example
//
//	finder, err := when.New(rows)
//	finder.Find("bertemu pada Selasa (9/4) malam", ref)
//
// with a reference whose year is 2024 gives the span of "Selasa (9/4) malam"
// and the date 2024-04-09: the year is nowhere in the words, but in 2024 the
// ninth of April was a Tuesday, which confirms it.
//
// Spans hold the date alone, without the preposition before it; what the
// preposition says is in [Expr.Relation].
package when

import "kawat/story"

// Row is one row of a language's table of time words. Columns:
//
//   - Kind: one of the kinds listed in table.go, such as "month" or "weekday"
//   - Form: the words, in the case in which they stand inside a sentence
//   - Value: what they mean: the number of a month, days from today, a unit
//   - Place: "before" or "after" what they modify, for last, next and this
//   - Needs: "context" or "number": what must stand beside an ambiguous month
//     ("May", "Mei", "Mar.")
//
// Where names file and line for errors.
type Row struct {
	Kind, Form, Value, Place, Needs string
	Where                           string
}

// Direction says on which side of the reference a date lies, which a caller
// knows from the tense of the clause.
type Direction int8

// The directions.
const (
	Unknown Direction = iota
	Past
	Future
)

// Relation is what the word before a date makes of it.
type Relation uint8

// The relations.
const (
	On    Relation = iota // "pada Selasa", "in June", or no preposition
	Since                 // "sejak Juni", "since 2014"
	Until                 // "hingga 2030", "by Friday"
)

// Ref is what is known about when the story was written. Empty fields are
// unknown.
type Ref struct {
	Day       string // the day of the news, ISO 8601 as precise as known
	Published string // publication, ISO 8601 as precise as known; a time of day is ignored
	Year      int    // of the copyright line
}

// Expr is a date or time expression of the text.
type Expr struct {
	Span     story.Span
	Date     string // "2024-04-09", "2024-04", "2024"; "" where unresolved
	End      string // last day (month, year) of a period, else ""
	Rough    bool   // somewhere in Date..End, or near Date
	Relation Relation
	Rule     string // "when/date", "when/weekday", ...
	Note     string // one sentence where the words contradict each other, else ""

	form form
}

// Explicit reports whether the words themselves name a day of the calendar
// ("Selasa (9/4)", "9 April"), not a day relative to the story.
func (e *Expr) Explicit() bool { return e.form.kind == formDay }

// Complete reports whether the words give weekday, day, month and year:
// "Rabu (18/6/2025)". Copy dates its news so, and hardly ever anything else.
func (e *Expr) Complete() bool {
	return e.form.kind == formDay && e.form.year != 0 && e.form.weekday != 0 && e.Note == ""
}

// Relative reports whether the words count from the day of the story
// ("kemarin", "two weeks ago", a bare weekday).
func (e *Expr) Relative() bool { return e.form.kind > formYear }

// BareMonth reports whether the words name a month and nothing that tells its
// year: "in January", "since January", but not "by January" or "January 2024".
func (e *Expr) BareMonth() bool {
	return e.form.kind == formMonth && e.form.year == 0 && e.form.mod == modNone && e.Relation != Until
}

// BareDay reports whether the words name a day of a month and nothing that tells
// its year: "on Feb. 14", but not "by Feb. 14".
func (e *Expr) BareDay() bool {
	return e.form.kind == formDay && e.form.year == 0 && e.form.month != 0 && e.form.mod == modNone && e.Relation != Until
}

// Point returns one date for a period: what both of its ends share. From
// 2024-04-08 to 2024-04-14 it is 2024-04; of a date without an end it is the
// date itself.
func Point(date, end string) string {
	if end == "" || date == end {
		return date
	}
	if date == "" {
		return ""
	}
	n := 0
	for n < len(date) && n < len(end) && date[n] == end[n] {
		n++
	}
	switch {
	case n >= 10:
		return date[:10]
	case n >= 7:
		return date[:7]
	case n >= 4:
		return date[:4]
	}
	return ""
}

// formKind is how a date is worded.
type formKind uint8

const (
	formNone    formKind = iota
	formDay              // 9 April [2024], (9/4), perhaps with a weekday
	formMonth            // April [2024]
	formYear             // 2024, 1990-an, 2019-2024
	formWeekday          // Selasa, last Tuesday, Rabu pekan lalu
	formOffset           // kemarin, lusa
	formUnit             // pekan lalu, this month
	formAgo              // tiga hari lalu, two weeks from now
	formSpan             // dua tahun terakhir, the next three days
	formVague            // baru-baru ini; keesokan harinya: never resolved
)

var formRules = [...]string{
	"", "when/date", "when/month", "when/year", "when/weekday",
	"when/relative-day", "when/unit", "when/ago", "when/span", "when/vague",
}

// form is an expression before it is resolved; zero fields are absent.
type form struct {
	kind             formKind
	phase            phase
	mod              modifier
	unit             unit
	weekday, wdEnd   int8 // 1 is Monday
	day, month       int8
	dayEnd, monthEnd int8
	year, yearEnd    int16
	swap             bool // day and month could be exchanged: 4/9/2024
	count            int16
}

// modifier is last, this or next.
type modifier int8

const (
	modNone modifier = iota
	modLast
	modThis
	modNext
)

// phase is the part of a period.
type phase int8

const (
	phaseNone phase = iota
	phaseStart
	phaseMiddle
	phaseEnd
	phaseBefore // "earlier this year"
	phaseAfter  // "later this year"
)

// unit is a length of time.
type unit int8

const (
	unitNone unit = iota
	unitHour
	unitDay
	unitWeekend
	unitWeek
	unitMonth
	unitYear
	unitDecade
	unitCentury
)
