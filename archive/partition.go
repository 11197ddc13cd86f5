package archive

import (
	"fmt"

	"github.com/jackc/pgx/v5"
)

// partitioned are the tables of PostgreSQL that are divided by time. What is
// looked up by a story's id lies by month. What a question without dates opens
// as a whole lies by year: to plan a question over 360 months took 50 ms.
var partitioned = []struct {
	name    string
	byStory bool // by the day in a story's id, else by that of a fact
	span    span
}{{"copy", true, month}, {"record", true, month}, {"past_record", true, month}, {"words", true, year}, {"post", false, year}}

// span is how long the time of a partition is.
type span int

const (
	month span = iota
	year
)

// of names the span in which a day lies, and gives its first day and that of
// the next.
func (s span) of(day Day) (name string, first, next Day) {
	if day <= 0 {
		return "undated", 0, 1
	}
	t := day.Time()
	name, first = t.Format("2006_01"), day-Day(t.Day())+1
	next = first + Day(t.AddDate(0, 1, -t.Day()).Day())
	if s == year {
		name, first = t.Format("2006"), day-Day(t.YearDay())+1
		next = first + Day(first.Time().AddDate(1, 0, -1).YearDay())
	}
	return name, max(first, 1), min(next, maxDay+1)
}

// room makes the partitions of a day. They are made apart and then attached,
// which lets readers and other tables' writers go on.
func (s *pgSession) room(day Day) error {
	known, _, _ := month.of(day)
	if s.p.months[known] {
		return nil
	}
	for _, t := range partitioned {
		name, first, next := t.span.of(day)
		from, to := int64(first), int64(next)
		if t.byStory {
			from, to = int64(storyID(int(first), 0)), int64(storyID(int(next), 0))
		}
		if err := s.partition(t.name, t.name+"_"+name, from, to); err != nil {
			return err
		}
	}
	s.p.months[known] = true
	s.made = append(s.made, known)
	return nil
}

func (s *pgSession) partition(of, name string, from, to int64) error {
	var there bool
	if err := s.row("SELECT to_regclass(?) IS NOT NULL", name).Scan(&there); err != nil || there {
		return err
	}
	// One by one, since a statement is planned before the one before it has run.
	for _, q := range [...]string{
		fmt.Sprintf("CREATE TABLE %s (LIKE %s INCLUDING ALL)", name, of),
		fmt.Sprintf("ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%d) TO (%d)", of, name, from, to),
	} {
		if _, err := s.tx.Exec(s.ctx, q, pgx.QueryExecModeSimpleProtocol); err != nil {
			return err
		}
	}
	return nil
}
