package archive

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kawat/record"
	"kawat/story"
)

// CopyTo puts all stories of this archive, in all states, into another, of
// whichever engine, with the records that other coders made of them and with
// what people decided; it reports those that could not be read. What the other
// archive has already it keeps. What is derived is made anew there.
func (a *Archive) CopyTo(ctx context.Context, to *Archive, lost func(Fault)) (int, error) {
	// Verdicts go first: the stories that they name join by them.
	if err := to.Update(ctx, func(b *Batch) error { return a.moveDecisions(ctx, b) }); err != nil {
		return 0, err
	}
	n := 0
	for last := StoryID(-1); ; {
		page, err := a.storedAfter(ctx, last)
		if err != nil || len(page) == 0 {
			return n, err
		}
		moved := 0
		if err := to.Update(ctx, func(b *Batch) error {
			moved = 0
			for _, s := range page {
				added, err := a.move(ctx, b, s, lost)
				if err != nil {
					return err
				}
				moved += added
			}
			return nil
		}); err != nil {
			return n, err
		}
		n += moved
		last = page[len(page)-1].id
	}
}

// stored is all that an archive holds of a story itself, as it is stored.
type stored struct {
	id                          StoryID
	story                       *Story // nil where its row is damaged
	sha, sum, body, text, found []byte
	err                         error
}

const storedQuery = "SELECT " + storyColumns + ", s.text_sha, d.sum, d.body, y.text, y.found FROM story s" + storyJoins +
	" LEFT JOIN record d ON d.story = s.id LEFT JOIN copy y ON y.story = s.id "

// movedAtOnce is how many stories one change of a copy holds.
const movedAtOnce = 200

// storedAfter returns the next stories behind an id.
func (a *Archive) storedAfter(ctx context.Context, last StoryID) ([]*stored, error) {
	var out []*stored
	err := a.each(ctx, "SELECT id FROM story WHERE id > ? ORDER BY id LIMIT ?", []any{int64(last), movedAtOnce}, func(row scanner) error {
		s := &stored{}
		out = append(out, s)
		return row.Scan(&s.id)
	})
	if err != nil {
		return nil, a.failed(err)
	}
	for _, s := range out {
		// One by one, so that a damaged page costs one story.
		s.err = a.readStored(s, a.read.QueryRowContext(ctx, storedQuery+"WHERE s.id = ?", int64(s.id)))
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (a *Archive) readStored(s *stored, row scanner) error {
	var err error
	if s.story, err = a.scanStory(row, &s.sha, &s.sum, &s.body, &s.text, &s.found); err != nil {
		return explain(err)
	}
	if s.body == nil {
		return errors.New("has no record")
	}
	if !bytes.Equal(s.sum, sumOf(s.body, s.sha)) {
		return errors.New("its record is not the one that was put")
	}
	return nil
}

func (s *stored) name() string {
	if s.story == nil {
		return fmt.Sprint(int64(s.id))
	}
	return s.story.Name
}

// move puts one story into another archive, in the state that it has here.
func (a *Archive) move(ctx context.Context, b *Batch, s *stored, lost func(Fault)) (int, error) {
	e, err := b.entryOfStored(s)
	if err != nil {
		lost(Fault{s.name(), err.Error()})
		return 0, nil
	}
	var have int64
	if there, err := b.one("SELECT id FROM story WHERE key = ?", []any{e.item.Key[:]}, &have); err != nil || there {
		return 0, err
	}
	id, err := b.putAs(e, stateOf(s.story.State))
	if err != nil {
		return 0, err
	}
	return 1, a.movePast(ctx, b, s, id)
}

// entryOfStored makes an entry of what another archive stores, byte for byte;
// only an archive that keeps no texts takes less.
func (b *Batch) entryOfStored(s *stored) (*Entry, error) {
	if s.err != nil {
		return nil, s.err
	}
	r, err := unpackReport(s.body, s.text)
	if err != nil {
		return nil, err
	}
	e := &Entry{
		item: Item{Key: s.story.Key, Record: r, Found: story.Found{Format: s.story.Format, Input: s.story.Input}},
		day:  s.id.Day(), sha: s.sha, text: s.text, found: s.found,
	}
	if e.record, err = b.a.recordFor(s.body, r); err != nil {
		return nil, err
	}
	e.sum = sumOf(e.record, e.sha)
	switch {
	case b.a.noTexts:
		e.text, e.found = nil, nil
	case s.text == nil:
		return nil, errors.New("has no text, and the other archive keeps texts")
	default:
		if e.words, err = b.a.wordsOf(&r.Story); err != nil {
			return nil, err
		}
	}
	return e, e.derive(r)
}

// recordFor is a stored record as this archive stores it.
func (a *Archive) recordFor(body []byte, r *record.Record) ([]byte, error) {
	if !a.noTexts {
		return body, nil
	}
	p, err := newPacker()
	if err != nil {
		return nil, err
	}
	return p.packRecord(r, true)
}

// past is a record that is kept beside the current one.
type past struct {
	coder string
	body  []byte
}

func (a *Archive) pastRecords(ctx context.Context, id StoryID) (out []past, err error) {
	err = a.each(ctx, "SELECT c.text, p.body FROM past_record p JOIN code c ON c.kind = ? AND c.n = p.coder WHERE p.story = ? ORDER BY c.text",
		[]any{codeCoder, int64(id)}, func(row scanner) error {
			var p past
			err := row.Scan(&p.coder, &p.body)
			out = append(out, p)
			return err
		})
	err = a.failed(err)
	return out, err
}

// movePast puts the records that other coders made of a story beside its own.
func (a *Archive) movePast(ctx context.Context, b *Batch, s *stored, id StoryID) error {
	list, err := a.pastRecords(ctx, s.id)
	if err != nil {
		return err
	}
	for _, p := range list {
		r, err := unpackReport(p.body, nil)
		if err != nil {
			return fmt.Errorf("story %s: record by %s: %w", s.name(), p.coder, err)
		}
		body, err := b.a.recordFor(p.body, r)
		if err != nil {
			return err
		}
		coder, err := b.number(codeCoder, p.coder)
		if err != nil {
			return err
		}
		if err := b.exec("INSERT INTO past_record(story, coder, sum, body) VALUES (?, ?, ?, ?)", int64(id), coder, sumOf(body, s.sha), body); err != nil {
			return err
		}
	}
	return nil
}

// decisions are the tables of what people decided and want, and of what could
// not be read, with the columns by which a row is known. Those of desk's
// sign-ins and of arrivals are of one archive alone.
var decisions = []struct{ table, columns, known string }{
	{"verdict", "made, who, what, subject, body", "made, who, what, subject, body"},
	{"ruling", "made, who, story, fact, mark, kind, what, was, became, note", "made, who, story, fact, what, became"},
	{"account", "name, role, secret, made", "name"},
	{"question", "id, body, state", "id"},
	{"failure", "input, position, reason, tries", "input, position"},
}

// moveDecisions copies the rows of these tables that the other archive does
// not have.
func (a *Archive) moveDecisions(ctx context.Context, b *Batch) error {
	numbers := map[string]string{} // of verdicts, here and there
	met := map[string]int{}        // rows that are the same in all but their numbers
	for _, t := range decisions {
		columns := strings.Split(t.columns, ", ")
		order, id := t.known, ""
		if t.table == "verdict" || t.table == "ruling" {
			order, id = "id", ", id"
		}
		rows, err := a.rowsOf(ctx, "SELECT "+t.columns+id+" FROM "+t.table+" ORDER BY "+order, len(columns), id != "")
		if err != nil {
			return a.failed(err)
		}
		for _, row := range rows {
			if t.table == "verdict" && row.values[2] == Recanted {
				row.values[3] = numbers[fmt.Sprint(row.values[3])]
			}
			same := fmt.Sprint(t.table, row.values)
			made, err := b.insertOnce(t.table, columns, strings.Split(t.known, ", "), row.values, id != "", met[same])
			if err != nil {
				return err
			}
			met[same]++
			numbers[fmt.Sprint(row.id)] = fmt.Sprint(made)
		}
	}
	return nil
}

// plainRow is a row of any table.
type plainRow struct {
	values []any
	id     int64
}

func (a *Archive) rowsOf(ctx context.Context, query string, columns int, numbered bool) (out []plainRow, err error) {
	err = a.each(ctx, query, nil, func(row scanner) error {
		r := plainRow{values: make([]any, columns)}
		dest := make([]any, columns, columns+1)
		for i := range dest {
			dest[i] = &r.values[i]
		}
		if numbered {
			dest = append(dest, &r.id)
		}
		err := row.Scan(dest...)
		out = append(out, r)
		return err
	})
	return out, err
}

// insertOnce adds a row unless more than some are known by the same values, and
// returns its id where the table has one.
func (b *Batch) insertOnce(table string, columns, known []string, values []any, numbered bool, some int) (int64, error) {
	id := "0"
	if numbered {
		id = "id"
	}
	var same []any
	where := ""
	for i, c := range columns {
		if slices.Contains(known, c) {
			where += " AND " + c + " = ?"
			same = append(same, values[i])
		}
	}
	var have int64
	err := b.tx.row("SELECT "+id+" FROM "+table+" WHERE "+strings.TrimPrefix(where, " AND ")+" ORDER BY 1 LIMIT 1 OFFSET ?", append(same, some)...).Scan(&have)
	if !errors.Is(err, sql.ErrNoRows) {
		return have, err
	}
	err = b.tx.row("INSERT INTO "+table+"("+strings.Join(columns, ", ")+") VALUES (?"+strings.Repeat(", ?", len(columns)-1)+") RETURNING "+id, values...).Scan(&have)
	return have, err
}

func stateOf(name string) state {
	for i, n := range stateNames {
		if n == name {
			return state(i)
		}
	}
	return current
}

// Same proves that another archive has every story of this one, in the same
// state, with the same text, the same bytes as found and the same records, by
// whichever coders, byte for byte; found is told of what differs. It reads both
// once and returns how many stories it compared. Where the other archive keeps
// no texts, records are compared without the words that they repeat.
func (a *Archive) Same(ctx context.Context, other *Archive, found func(Fault)) (int, error) {
	n := 0
	for last := StoryID(-1); ; {
		page, err := a.storedAfter(ctx, last)
		if err != nil || len(page) == 0 {
			return n, err
		}
		for _, s := range page {
			n++
			last = s.id
			if s.err != nil {
				found(Fault{s.name(), s.err.Error()})
				continue
			}
			if err := a.compareStored(ctx, s, other, found); err != nil {
				return n, err
			}
		}
	}
}

func (a *Archive) compareStored(ctx context.Context, s *stored, other *Archive, found func(Fault)) error {
	there := &stored{}
	there.err = other.readStored(there, other.read.QueryRowContext(ctx, storedQuery+"WHERE s.key = ?", s.story.Key[:]))
	switch {
	case errors.Is(there.err, sql.ErrNoRows):
		found(Fault{s.name(), "is not in the other archive"})
		return nil
	case there.err != nil:
		found(Fault{s.name(), "in the other archive: " + there.err.Error()})
		return ctx.Err()
	}
	there.id = there.story.ID
	mine, err := a.contents(ctx, s, other.noTexts)
	if err != nil {
		return err
	}
	theirs, err := other.contents(ctx, there, other.noTexts)
	if err != nil {
		return err
	}
	if len(mine) != len(theirs) {
		found(Fault{s.name(), fmt.Sprintf("has %d records, and %d in the other archive", len(mine)-3, len(theirs)-3)})
	}
	for i := range mine[:min(len(mine), len(theirs))] {
		if mine[i].name != theirs[i].name || !bytes.Equal(mine[i].data, theirs[i].data) {
			found(Fault{s.name(), "differs in the other archive: " + mine[i].name})
		}
	}
	return nil
}

// content is one thing that an archive holds of a story.
type content struct {
	name string
	data []byte
}

// contents expands what is stored, so that two ways to compress the same are
// the same.
func (a *Archive) contents(ctx context.Context, s *stored, bare bool) ([]content, error) {
	p, err := newPacker()
	if err != nil {
		return nil, err
	}
	out := []content{{"its state", []byte(s.story.State)}, {"its text", nil}, {"its bytes as found", nil}}
	if !bare && s.text != nil {
		text, bytesFound, err := p.unpackCopy(s.text)
		if err != nil {
			return nil, err
		}
		if s.found != nil {
			if bytesFound, err = p.unpack(s.found); err != nil {
				return nil, err
			}
		}
		out[1].data, out[2].data = []byte(text), bytesFound
	}
	list, err := a.pastRecords(ctx, s.id)
	if err != nil {
		return nil, err
	}
	for _, x := range append([]past{{s.story.Coder, s.body}}, list...) {
		body := x.body
		if bare {
			r, err := unpackReport(body, nil)
			if err != nil {
				return nil, err
			}
			if body, err = p.packRecord(r, true); err != nil {
				return nil, err
			}
		}
		line, err := p.unpack(body)
		if err != nil {
			return nil, err
		}
		out = append(out, content{"its record by " + x.coder, line})
	}
	return out, nil
}
