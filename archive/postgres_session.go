package archive

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// pgSession is a transaction whose statements travel together: what nobody
// waits for is queued, and goes with the next question in one round trip.
type pgSession struct {
	ctx   context.Context
	p     *postgres
	tx    pgx.Tx
	queue *pgx.Batch
	made  []string // months that got partitions
}

// maxQueued bounds what waits to be sent.
const maxQueued = 500

// writerLock is the first of the two numbers of the writers' lock; the second
// tells archives of one database apart.
const writerLock = 0x4b415754 // "KAWT"

// begin waits for its turn to write. A counter in the archive tells whether
// another process wrote since this one did.
func (p *postgres) begin(ctx context.Context) (session, bool, error) {
	tx, err := p.pool.Begin(ctx)
	if err != nil {
		return nil, false, err
	}
	s := &pgSession{ctx: ctx, p: p, tx: tx, queue: &pgx.Batch{}}
	var generation int64
	err = s.exec("SELECT pg_advisory_xact_lock(?, hashtext(current_schema()))", writerLock)
	if err == nil {
		// A batch looks single rows up, in tables that grow too fast for the
		// planner's statistics, by which it would read them whole.
		err = s.exec("SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)")
	}
	if err == nil {
		err = s.row("SELECT value::bigint FROM meta WHERE key = 'generation'").Scan(&generation)
	}
	if err != nil {
		s.rollback()
		return nil, false, err
	}
	others := generation != p.generation
	p.generation = generation
	return s, others, nil
}

func (s *pgSession) exec(query string, args ...any) error {
	query, args = s.p.print(query, args)
	s.queue.Queue(query, args...)
	if s.queue.Len() < maxQueued {
		return nil
	}
	return s.send(0, nil)
}

// send sends what is queued and reads the answers; the last n are read by
// read.
func (s *pgSession) send(n int, read func(pgx.BatchResults) error) (err error) {
	if s.queue.Len() == 0 {
		return nil
	}
	answers := s.tx.SendBatch(s.ctx, s.queue)
	defer func() {
		if closeErr := answers.Close(); err == nil {
			err = closeErr
		}
	}()
	count := s.queue.Len() - n
	s.queue = &pgx.Batch{}
	for range count {
		if _, err := answers.Exec(); err != nil {
			return err
		}
	}
	if read == nil {
		return nil
	}
	return read(answers)
}

// pgRow is a question that is asked when it is read.
type pgRow struct {
	s     *pgSession
	query string
	args  []any
}

func (s *pgSession) row(query string, args ...any) scanner { return &pgRow{s, query, args} }

// Scan asks and reads the first row.
func (r *pgRow) Scan(dest ...any) error {
	query, args := r.s.p.print(r.query, r.args)
	r.s.queue.Queue(query, args...)
	return r.s.send(1, func(answers pgx.BatchResults) error { return answers.QueryRow().Scan(dest...) })
}

func (s *pgSession) each(query string, args []any, take func(scanner) error) error {
	query, args = s.p.print(query, args)
	s.queue.Queue(query, args...)
	return s.send(1, func(answers pgx.BatchResults) error {
		rows, err := answers.Query()
		if err != nil {
			return err
		}
		return handOnRows(rows, take)
	})
}

// handOnRows is handOn for rows of the driver's own kind.
func handOnRows(rows pgx.Rows, take func(scanner) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := take(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// ids asks those of one query as one.
func (s *pgSession) ids(asks ...ask) ([][]int64, error) {
	out := make([][]int64, len(asks))
	groups := groupsOf(asks)
	for _, g := range groups {
		query, args := asks[g[0]].query, asks[g[0]].args
		if len(g) > 1 {
			query, args = together(asks, g)
		}
		query, args = s.p.print(query, args)
		s.queue.Queue(query, args...)
	}
	err := s.send(len(groups), func(answers pgx.BatchResults) error {
		for _, g := range groups {
			rows, err := answers.Query()
			if err != nil {
				return err
			}
			if err := takeIDs(rows, g, out); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// groupsOf returns the places of asks that have one query with arguments that
// are all numbers, and the others alone.
func groupsOf(asks []ask) [][]int {
	var out [][]int
	where := map[string]int{}
	for i, a := range asks {
		at, met := where[a.query]
		if numeric := !slices.ContainsFunc(a.args, func(v any) bool { return !isNumber(v) }); met && numeric {
			out[at] = append(out[at], i)
			continue
		} else if numeric {
			where[a.query] = len(out)
		}
		out = append(out, []int{i})
	}
	return out
}

func isNumber(v any) bool {
	x := reflect.ValueOf(v)
	return x.CanInt() || x.CanUint()
}

// together writes one query for many lists of arguments: the places of the
// lists and the ids that each finds.
func together(asks []ask, group []int) (string, []any) {
	first := asks[group[0]]
	arrays, names := make([]string, len(first.args)), make([]string, len(first.args))
	args := make([]any, len(first.args))
	rows := make([][]any, len(group))
	for i, at := range group {
		rows[i] = asks[at].args
	}
	query := first.query
	for i := range first.args {
		arrays[i], names[i] = "?::bigint[]", fmt.Sprint("c", i)
		args[i] = column('n', i, rows)
		query = strings.Replace(query, "?", "a."+names[i], 1)
	}
	return "SELECT a.place, q.id FROM unnest(" + strings.Join(arrays, ", ") + ") WITH ORDINALITY AS a(" + strings.Join(names, ", ") +
		", place), LATERAL (" + query + ") AS q(id)", args
}

// takeIDs reads the ids of a group of asks.
func takeIDs(rows pgx.Rows, group []int, out [][]int64) error {
	var id int64
	place := int64(1)
	dest := []any{&place, &id}
	if len(group) == 1 {
		dest = dest[1:]
	}
	return handOnRows(rows, func(row scanner) error {
		if err := row.Scan(dest...); err != nil {
			return err
		}
		if place < 1 || int(place) > len(group) {
			return errDamaged
		}
		at := group[place-1]
		out[at] = append(out[at], id)
		return nil
	})
}

// terms looks all up and adds what is new in one statement.
func (s *pgSession) terms(list []term) ([]int64, error) {
	kinds, texts := make([]int32, len(list)), make([]string, len(list))
	for i, t := range list {
		kinds[i], texts[i] = int32(t.kind), storable(t.text)
	}
	out := make([]int64, len(list))
	err := s.each(`WITH want AS (SELECT * FROM unnest(?::integer[], ?::text[]) WITH ORDINALITY AS w(kind, text, place)),
		have AS (SELECT w.place, w.kind, w.text, t.id FROM want w LEFT JOIN term t ON t.kind = w.kind AND t.text = w.text COLLATE "C"),
		made AS (INSERT INTO term(kind, text) SELECT DISTINCT kind, text FROM have WHERE id IS NULL RETURNING id, kind, text)
		SELECT h.place, coalesce(h.id, m.id) FROM have h LEFT JOIN made m ON m.kind = h.kind AND m.text = h.text COLLATE "C"`,
		[]any{kinds, texts}, func(row scanner) error {
			var place, id int64
			err := row.Scan(&place, &id)
			if err == nil && place > 0 && int(place) <= len(out) {
				out[place-1] = id
			}
			return err
		})
	return out, err
}

// put hands whole columns over.
func (s *pgSession) put(k *sink, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	columns, arrays := make([]any, len(k.kinds)), make([]string, len(k.kinds))
	for i, kind := range k.kinds {
		if arrays[i] = "?::bigint[]"; kind == 't' {
			arrays[i] = "?::text[]"
		}
		columns[i] = column(kind, i, rows)
	}
	return s.exec("INSERT INTO "+k.into+" SELECT * FROM unnest("+strings.Join(arrays, ", ")+") "+k.update, columns...)
}

// column takes the values of a column out of rows.
func column(kind rune, i int, rows [][]any) any {
	if kind == 't' {
		out := make([]string, len(rows))
		for j, row := range rows {
			out[j] = storable(fmt.Sprint(row[i]))
		}
		return out
	}
	out := make([]int64, len(rows))
	for j, row := range rows {
		if v := reflect.ValueOf(row[i]); v.CanInt() {
			out[j] = v.Int()
		} else {
			out[j] = int64(v.Uint())
		}
	}
	return out
}

func (s *pgSession) putPosts(table string, posts []post) error {
	if len(posts) == 0 {
		return nil
	}
	n := len(posts)
	terms, days, facts, marks := make([]int64, n), make([]int32, n), make([]int64, n), make([]int64, n)
	for i, p := range posts {
		terms[i], days[i], facts[i], marks[i] = p.term, int32(p.day), p.fact, int64(p.traits)
		if table == "post" {
			if err := s.room(Day(p.day)); err != nil {
				return err
			}
		}
	}
	return s.exec("INSERT INTO "+table+`(term, day, fact, traits) SELECT * FROM unnest(?::bigint[], ?::integer[], ?::bigint[], ?::bigint[])
		ON CONFLICT(term, day, fact) DO UPDATE SET traits = excluded.traits`, terms, days, facts, marks)
}

// wordsAtOnce bounds one statement of putWords.
const wordsAtOnce = 100

func (s *pgSession) putWords(list []wordsRow) error {
	for len(list) > 0 {
		n := min(len(list), wordsAtOnce)
		ids, bodies := make([]int64, n), make([]string, n)
		for i, w := range list[:n] {
			ids[i], bodies[i] = int64(w.story), tsvector(w.surface, w.stems)
			if err := s.room(w.story.Day()); err != nil {
				return err
			}
		}
		if err := s.exec("INSERT INTO words(story, body) SELECT s, w::tsvector FROM unnest(?::bigint[], ?::text[]) AS x(s, w)", ids, bodies); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

func (s *pgSession) dropWords(id StoryID) error {
	return s.exec("DELETE FROM words WHERE story = ?", int64(id))
}

func (s *pgSession) clearWords() error { return s.exec("DELETE FROM words") }

func (s *pgSession) commit() error {
	s.p.generation++
	err := s.exec("UPDATE meta SET value = ? WHERE key = 'generation'", fmt.Sprint(s.p.generation))
	if err == nil {
		err = s.send(0, nil)
	}
	return errors.Join(err, s.tx.Commit(s.ctx))
}

// rollback gives the change up; the first error is the one that tells.
func (s *pgSession) rollback() {
	_ = s.tx.Rollback(context.WithoutCancel(s.ctx))
	for _, name := range s.made {
		delete(s.p.months, name)
	}
	s.p.generation = -1
}
