package archive

import (
	"context"
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
