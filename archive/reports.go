package archive

import (
	"context"
	"fmt"
	"iter"
)

// Reports yields the current stories that pass what a filter says of stories
// (Lang, Publisher, Since and Until as days of publication, Words), oldest
// first, each with its record. What it says of facts is not looked at.
// Memory does not grow with the number of stories, and the archive may change
// meanwhile.
func (a *Archive) Reports(ctx context.Context, f Filter) iter.Seq2[*Report, error] {
	where, args, ok, err := a.storyConditions(&f)
	if err == nil && ok {
		where, args, err = a.storyWords(&f, where, args)
	}
	switch {
	case err != nil:
		return func(yield func(*Report, error) bool) { yield(nil, err) }
	case !ok:
		return func(func(*Report, error) bool) {}
	}
	return a.reports(ctx, "WHERE s.id > ? AND s.state = 0"+where, args...)
}

// Each yields all stories, in all states, oldest first, each with its record.
func (a *Archive) Each(ctx context.Context) iter.Seq2[*Report, error] {
	return a.reports(ctx, "WHERE s.id > ?")
}

// reports yields reports page by page; the first sign of the condition is the
// last id.
func (a *Archive) reports(ctx context.Context, where string, args ...any) iter.Seq2[*Report, error] {
	return func(yield func(*Report, error) bool) {
		for last := int64(-1); ; {
			page, err := a.reportPage(ctx, where, append([]any{last}, args...))
			if err != nil {
				yield(nil, a.failed(err))
				return
			}
			for _, r := range page {
				last = int64(r.Story.ID)
				if !yield(r, nil) {
					return
				}
			}
			if len(page) < reportsAtOnce {
				return
			}
		}
	}
}

// reportsAtOnce bounds what Reports holds, and how long it holds the readers'
// view of the archive.
const reportsAtOnce = 200

func (a *Archive) reportPage(ctx context.Context, where string, args []any) ([]*Report, error) {
	return collect(ctx, a, reportQuery+where+fmt.Sprintf(" ORDER BY s.id LIMIT %d", reportsAtOnce), args, func(row scanner, r **Report) (err error) {
		*r, err = a.scanReport(row)
		return err
	})
}

// storyConditions writes what a filter says of stories beside their words; ok
// is false where a name in it is unknown to the archive.
func (a *Archive) storyConditions(f *Filter) (where string, args []any, ok bool, err error) {
	if err := f.Check(); err != nil {
		return "", nil, false, err
	}
	if d := ParseDay(f.Since); d != 0 {
		where += " AND s.id >= ?"
		args = append(args, int64(storyID(int(d), 0)))
	}
	if d := lastDay(f.Until); d != 0 {
		where += " AND s.id < ?"
		args = append(args, int64(storyID(int(d)+1, 0)))
	}
	for _, in := range []struct {
		column string
		kind   codeKind
		names  []string
	}{{"s.publisher", codePublisher, f.Publisher}, {"s.lang", codeLang, f.Lang}} {
		if len(in.names) == 0 {
			continue
		}
		var nums []int
		for _, name := range in.names {
			if n, ok := a.codes.look(in.kind, name); ok {
				nums = append(nums, n)
			}
		}
		if len(nums) == 0 {
			return "", nil, false, nil
		}
		where += " AND " + in.column + " IN (" + numbers(nums) + ")"
	}
	return where, args, true, nil
}

// storyWords adds the words of a filter to the conditions on stories.
func (a *Archive) storyWords(f *Filter, where string, args []any) (string, []any, error) {
	words, err := a.searchWords(f.Words)
	if err != nil || words == nil {
		return where, args, err
	}
	condition, arg := a.read.holds(words, "s.id")
	return where + " AND " + condition, append(args, arg), nil
}

// Size returns how many stories the archive has, in all states.
func (a *Archive) Size(ctx context.Context) (int, error) {
	n := 0
	if err := a.read.QueryRowContext(ctx, "SELECT count(*) FROM story").Scan(&n); err != nil {
		return 0, a.failed(err)
	}
	return n, nil
}
