package archive

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Harm changes an archive behind its back, for tests.
func Harm(a *Archive, query string) error {
	var err error
	switch e := a.write.engine.(type) {
	case *sqlite:
		_, err = e.write.Exec(query)
	case *postgres:
		_, err = e.pool.Exec(context.Background(), query)
	}
	return err
}

// Tables returns the tables of a database whose names begin so.
func Tables(a *Archive, prefix string) ([]string, error) {
	return a.read.engine.(*postgres).lines("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND starts_with(tablename, $1) ORDER BY tablename", prefix)
}

// Plan returns how a database looks a story up.
func Plan(a *Archive, id StoryID) (string, error) {
	query, _ := a.read.print("EXPLAIN "+reportQuery+"WHERE s.id = ?", nil)
	lines, err := a.read.engine.(*postgres).lines(query, int64(id))
	return strings.Join(lines, "\n"), err
}

func (p *postgres) lines(query string, args ...any) ([]string, error) {
	rows, err := p.pool.Query(context.Background(), query, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// Schemas is how many schemas of PostgreSQL there have been.
var Schemas = len(postgresMigrations)

// MakeOld makes an archive of an older schema in a database, of which nothing
// is derived yet.
func MakeOld(address string, version int) error {
	ctx := context.Background()
	pool, err := connect(ctx, address, false)
	if err != nil {
		return err
	}
	defer pool.Close()
	tx, err := pool.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(ctx) }() // does nothing once committed
	if err := makeSchema(ctx, tx); err != nil {
		return err
	}
	for v := range version {
		if err := postgresStep(ctx, tx, v, Options{Create: true}); err != nil {
			return err
		}
	}
	return tx.Commit(ctx)
}

// WaysToWords answers a question for words by each way, in pages, as "day.fact".
func WaysToWords(ctx context.Context, a *Archive, happenings bool, f Filter) (map[string][]string, error) {
	table := "post"
	if happenings {
		table = "happening_post"
	}
	out := map[string][]string{}
	for name, way := range map[string]func(*question, cursor) ([]hit, error){
		"whole": func(q *question, after cursor) ([]hit, error) { return a.walk(ctx, q, after, 60) },
		"merge": func(q *question, after cursor) ([]hit, error) { return a.firstHits(ctx, q, after, 60) },
		"portions": func(q *question, after cursor) ([]hit, error) {
			m := a.mergeWords(q, after)
			m.portion = 3
			hits, err := m.next(ctx, 20)
			for range 2 {
				more, failed := m.next(ctx, 20)
				hits, err = append(hits, more...), errors.Join(err, failed)
			}
			return hits, errors.Join(err, m.close())
		},
		"stories": func(q *question, after cursor) ([]hit, error) {
			stories, _, err := a.storiesHolding(ctx, q)
			if err != nil {
				return nil, err
			}
			return a.hitsOf(ctx, q, stories, after, 60)
		},
	} {
		for after := start; ; {
			q, ok, err := a.compile(ctx, table, []Kind{Event}, &f)
			if err != nil || !ok {
				return nil, err
			}
			hits, err := way(q, after)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			for _, h := range hits {
				out[name] = append(out[name], cursor{h.day, h.fact}.String())
				after = cursor{h.day, h.fact}
			}
			if len(hits) < 60 {
				break
			}
		}
	}
	return out, nil
}
