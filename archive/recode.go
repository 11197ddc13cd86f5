package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"kawat/record"
)

// Recode gives a story the record of another coder. The former record is kept
// beside it, so that Diff can tell what changed and a figure can be made again,
// unless drop is set. e is made of the new record by Prepare.
func (b *Batch) Recode(id StoryID, e *Entry, drop bool) error {
	if err := b.recode(id, e, drop); err != nil {
		return fmt.Errorf("story %s: %w", e.item.Record.Story.ID, err)
	}
	return nil
}

func (b *Batch) recode(id StoryID, e *Entry, drop bool) error {
	var st state
	var sha []byte
	found, err := b.one("SELECT state, text_sha FROM story WHERE id = ?", []any{int64(id)}, &st, &sha)
	switch {
	case err != nil:
		return err
	case !found:
		return ErrNotFound
	case string(sha) != string(e.sha):
		return errors.New("the new record was read from another text")
	}
	if st == current {
		if err := b.unindex(id); err != nil {
			return err
		}
	}
	if !drop {
		if err := b.exec(`INSERT INTO past_record(story, coder, sum, body) SELECT story, coder, sum, body FROM record WHERE story = ?
			ON CONFLICT(story, coder) DO UPDATE SET sum = excluded.sum, body = excluded.body`, int64(id)); err != nil {
			return err
		}
	}
	coder, err := b.number(codeCoder, CoderName(e.item.Record.Coder))
	if err != nil {
		return err
	}
	if err := b.exec("DELETE FROM past_record WHERE story = ? AND coder = ?", int64(id), coder); err != nil {
		return err
	}
	if err := b.exec("UPDATE record SET coder = ?, sum = ?, body = ? WHERE story = ?", coder, e.sum, e.record, int64(id)); err != nil {
		return err
	}
	if err := b.exec("UPDATE story SET coder = ? WHERE id = ?", coder, int64(id)); err != nil {
		return err
	}
	e.day = id.Day() // the story keeps its number, and so its day
	if st != current {
		return nil
	}
	return b.index(id, e)
}

// Coder is a program and its packs, and how many records of it there are.
type Coder struct {
	Name    string
	Current int // records that answer questions
	Past    int // records that are kept to compare
}

// CoderNames returns by whom records of the archive were made, also those of
// which none is left. Unlike Coders it counts nothing, which takes a look at
// every record.
func (a *Archive) CoderNames() []string {
	var out []string
	for _, n := range a.codes.matching(codeCoder, func(string) bool { return true }) {
		out = append(out, a.codes.text(codeCoder, n))
	}
	return out
}

// Coders returns who made the records of the archive.
func (a *Archive) Coders(ctx context.Context) ([]Coder, error) {
	out, err := collect(ctx, a, `SELECT c.text, (SELECT count(*) FROM record r WHERE r.coder = c.n), (SELECT count(*) FROM past_record p WHERE p.coder = c.n)
		FROM code c WHERE c.kind = ? ORDER BY c.n`, []any{codeCoder}, func(row scanner, c *Coder) error { return row.Scan(&c.Name, &c.Current, &c.Past) })
	return out, a.failed(err)
}

// RecordBy returns the record that a coder made of a story.
func (a *Archive) RecordBy(ctx context.Context, id StoryID, coder string) (*record.Record, error) {
	n, ok := a.codes.look(codeCoder, coder)
	if !ok {
		return nil, fmt.Errorf("archive %s: coder %q: %w", a.path, coder, ErrNotFound)
	}
	var body, text []byte
	err := a.read.QueryRowContext(ctx, `SELECT x.body, c.text FROM (SELECT story, coder, body FROM record UNION ALL SELECT story, coder, body FROM past_record) x
		LEFT JOIN copy c ON c.story = x.story WHERE x.story = ? AND x.coder = ?`, int64(id), n).Scan(&body, &text)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err == nil {
		return unpackReport(body, text)
	}
	return nil, fmt.Errorf("archive %s: record of story %d by %q: %w", a.path, id, coder, explain(err))
}

// Compared is what two coders made of one story.
type Compared struct {
	Story  Story
	Before *record.Record
	After  *record.Record
}

// Compare yields the stories of which there are records by two coders.
func (a *Archive) Compare(ctx context.Context, before, after string) iter.Seq2[*Compared, error] {
	return func(yield func(*Compared, error) bool) {
		for r, err := range a.Each(ctx) {
			if err != nil {
				yield(nil, err)
				return
			}
			c := &Compared{Story: r.Story}
			for _, x := range []struct {
				coder string
				into  **record.Record
			}{{before, &c.Before}, {after, &c.After}} {
				if x.coder == r.Story.Coder {
					*x.into = r.Record
				} else if *x.into, err = a.RecordBy(ctx, r.Story.ID, x.coder); err != nil && !errors.Is(err, ErrNotFound) {
					yield(nil, err)
					return
				}
			}
			if c.Before != nil && c.After != nil && !yield(c, nil) {
				return
			}
		}
	}
}

// CompareLast yields the stories that were read again, each with its record and
// the one before that.
func (a *Archive) CompareLast(ctx context.Context) iter.Seq2[*Compared, error] {
	return func(yield func(*Compared, error) bool) {
		for r, err := range a.reports(ctx, "WHERE s.id > ? AND s.id IN (SELECT story FROM past_record)") {
			if err != nil {
				yield(nil, err)
				return
			}
			c := &Compared{Story: r.Story, After: r.Record}
			coder := 0
			err := a.read.QueryRowContext(ctx, "SELECT max(coder) FROM past_record WHERE story = ?", int64(r.Story.ID)).Scan(&coder)
			if err == nil {
				c.Before, err = a.RecordBy(ctx, r.Story.ID, a.codes.text(codeCoder, coder))
			}
			if err != nil {
				yield(nil, a.failed(err))
				return
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}
