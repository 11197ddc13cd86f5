package archive

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"kawat/record"
)

// recount is what a reviewer's decision changes in the counts of events: the
// event as it was read is taken out, and as it was corrected put in.
type recount struct {
	sign      int
	day       Day
	typ       string
	status    string
	goldstein int // tenths
	counted   []term
}

// maxRecounts bounds the decisions that counts regard. Rollups hold what was
// read; decisions are people's work, and few beside it.
const maxRecounts = 20_000

// recounts returns what the decisions that hold change. Decisions on stories
// that are not current, or whose record does not say so any more, change nothing:
// the rollups do not hold what was judged.
func (a *Archive) recounts(ctx context.Context) ([]recount, error) {
	type judged struct {
		story  int64
		mark   string
		became []byte
	}
	var list []judged
	err := a.each(ctx, `SELECT s.id, r.mark, r.became FROM ruling r JOIN story s ON s.key = r.story
		WHERE r.kind = ? AND r.what IN ('rejected', 'corrected') AND s.state = 0
		AND NOT EXISTS (SELECT 1 FROM ruling x WHERE x.story = r.story AND x.mark = r.mark AND x.id > r.id) ORDER BY r.id LIMIT ?`,
		[]any{int(Event), maxRecounts}, func(row scanner) error {
			var j judged
			var became string
			err := row.Scan(&j.story, &j.mark, &became)
			j.became = []byte(became)
			list = append(list, j)
			return err
		})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	quad, err := quads()
	if err != nil {
		return nil, err
	}
	var out []recount
	for at := range slices.Chunk(list, 500) {
		ids := make([]int64, len(at))
		for i := range at {
			ids[i] = at[i].story
		}
		reports, err := a.reportsOf(ctx, distinct(ids))
		if err != nil {
			return nil, err
		}
		for _, j := range at {
			r := reports[StoryID(j.story)]
			if r == nil {
				continue
			}
			more, err := recountsOf(r, j.mark, j.became, quad)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		}
	}
	return out, nil
}

// recountsOf takes out the event of a mark, and puts in what it became, if
// anything.
func recountsOf(r *Report, mark string, became []byte, quad func(string) int) ([]recount, error) {
	for n := range r.Record.Events {
		x, ok := factOf(r, r.Story.ID.fact(n+1))
		if !ok || x.Mark() != mark {
			continue
		}
		out := []recount{recountOf(r, x.Event, -1, quad)}
		if len(became) > 0 {
			ev := &record.Event{}
			if err := json.Unmarshal(became, ev); err != nil {
				return nil, err
			}
			out = append(out, recountOf(r, ev, 1, quad))
		}
		return out, nil
	}
	return nil, nil
}

func recountOf(r *Report, ev *record.Event, sign int, quad func(string) int) recount {
	one := *r.Record
	one.Events = []record.Event{*ev}
	x := factsOf(&one, r.Story.ID.Day(), quad)[0]
	return recount{sign, x.day, x.typ, x.status, x.goldstein, x.counted()}
}

// countOf names a row of counts.
type countOf struct{ month, typ, status string }

// recounted adds recounts of a term to counts by month, type and status.
func recounted(counts []Count, changes []recount, of term, from, to int) []Count {
	at := map[countOf]int{}
	for i := range counts {
		at[countOf{counts[i].Month, counts[i].Type, counts[i].Status}] = i
	}
	for _, c := range changes {
		if m := c.day.month(); m < from || m > to || !slices.Contains(c.counted, of) {
			continue
		}
		key := countOf{monthName(c.day.month()), c.typ, c.status}
		i, ok := at[key]
		if !ok {
			i = len(counts)
			at[key] = i
			counts = append(counts, Count{Month: key.month, Type: key.typ, Status: key.status})
		}
		x := &counts[i]
		x.Goldstein = changedMean(x.Goldstein, x.Reports, c)
		x.Reports += c.sign
	}
	counts = slices.DeleteFunc(counts, func(c Count) bool { return c.Reports <= 0 })
	slices.SortStableFunc(counts, func(x, y Count) int { return strings.Compare(x.Month, y.Month) })
	return counts
}

// changedMean is the mean of Goldstein values after a change, to two places.
func changedMean(mean float64, reports int, c recount) float64 {
	n := reports + c.sign
	if n <= 0 {
		return 0
	}
	hundredths := mean*100*float64(reports) + float64(c.sign*c.goldstein*10)
	return float64(int(hundredths/float64(n))) / 100
}

// recountedDyads adds recounts to who acts towards whom.
func recountedDyads(list []Dyad, changes []recount, actor string, from, to int) []Dyad {
	for _, c := range changes {
		if m := c.day.month(); m < from || m > to {
			continue
		}
		for _, tm := range c.counted {
			a, b, _ := strings.Cut(tm.text, ">")
			if tm.kind != termDyad || actor != "" && a != actor {
				continue
			}
			i := slices.IndexFunc(list, func(d Dyad) bool { return d.Actor == a && d.Recipient == b })
			if i < 0 {
				if c.sign < 0 {
					continue // it stands behind the last that was asked for
				}
				i = len(list)
				list = append(list, Dyad{Actor: a, Recipient: b})
			}
			list[i].Goldstein = changedMean(list[i].Goldstein, list[i].Reports, c)
			list[i].Reports += c.sign
		}
	}
	list = slices.DeleteFunc(list, func(d Dyad) bool { return d.Reports <= 0 })
	slices.SortStableFunc(list, func(x, y Dyad) int { return cmp.Compare(y.Reports, x.Reports) })
	return list
}
