package archive

import (
	"time"
)

// StoryID names a story in one archive: the day of its publication and its
// number on that day. Another archive of the same stories may number them
// differently; [Story.Key] is the same everywhere.
type StoryID int64

// FactID names a fact in one archive: its story and its number in the record,
// counted from 1 over events, encounters, quotations, pledges and messages in
// this order.
type FactID int64

// The parts of ids, in bits. 17 bits of days reach from 1900 to 2258, and the
// whole fits 47 bits, which the engine stores in six bytes.
const (
	numberBits = 20 // stories of one day
	factBits   = 10 // facts of one story
	maxNumber  = 1<<numberBits - 1
	maxFacts   = 1<<factBits - 1
	maxDay     = 1<<17 - 1
)

// epoch is day 1; day 0 is "unknown".
var epoch = time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)

func storyID(day, number int) StoryID { return StoryID(day)<<numberBits | StoryID(number) }

// Day returns the day of publication, 0 where it is unknown.
func (id StoryID) Day() Day { return Day(id >> numberBits) }

func (id StoryID) fact(n int) FactID { return FactID(id)<<factBits | FactID(n) }

// Story returns the story that states the fact.
func (id FactID) Story() StoryID { return StoryID(id >> factBits) }

// number returns the fact's number in its record, counted from 1.
func (id FactID) number() int { return int(id & maxFacts) }

// Day counts days; 1 is 1900-01-01, 0 is unknown. Earlier days count as 1,
// since the order of what is older does not matter to a wire.
type Day int

// ParseDay reads the first day of an ISO 8601 date as precise as it is, or of
// an RFC 3339 instant in its own offset; 0 if it is neither.
func ParseDay(s string) Day {
	for _, layout := range [...]string{time.DateOnly, "2006-01", "2006"} {
		if len(s) < len(layout) || len(s) > len(layout) && layout != time.DateOnly {
			continue
		}
		if t, err := time.Parse(layout, s[:len(layout)]); err == nil {
			return dayOf(t)
		}
	}
	return 0
}

func dayOf(t time.Time) Day {
	// Seconds, since a duration reaches 292 years and no further.
	days := int((t.Unix() - epoch.Unix()) / (24 * 60 * 60))
	return Day(min(max(days, 1), maxDay))
}

// lastDay is the last day of a date as precise as it is: "2024-02" is
// 2024-02-29.
func lastDay(s string) Day {
	first := ParseDay(s)
	if first == 0 {
		return 0
	}
	t := first.Time()
	switch len(s) {
	case len("2006"):
		return dayOf(t.AddDate(1, 0, -1))
	case len("2006-01"):
		return dayOf(t.AddDate(0, 1, -1))
	}
	return first
}

// Time returns midnight of the day in UTC.
func (d Day) Time() time.Time { return epoch.AddDate(0, 0, int(d)) }

// String returns the day as ISO 8601, "" where it is unknown.
func (d Day) String() string {
	if d <= 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// month counts months from January 1900, which is 1; 0 is unknown.
func (d Day) month() int {
	if d <= 0 {
		return 0
	}
	t := d.Time()
	return (t.Year()-1900)*12 + int(t.Month())
}

// monthName is the inverse of Day.month.
func monthName(m int) string {
	if m <= 0 {
		return ""
	}
	return time.Date(1900, time.Month(m), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
}
