package archive

import (
	"context"
	"database/sql"
	"fmt"
)

// engine is the database that holds an archive, and all in which SQLite and
// PostgreSQL differ. Statements are written once, in what both understand: "?"
// for an argument, ON CONFLICT with its key; what is left, such as the search
// for words, each engine writes itself.
type engine interface {
	// readers is the pool that questions are asked of.
	readers() *sql.DB
	// lists is a pool for lists that are read portion by portion, while readers
	// are asked something else: with one pool, questions that each hold a
	// connection could wait for each other's second one.
	lists() *sql.DB
	// version returns the schema's version, 0 for an empty database, and the
	// one that this program knows.
	version(ctx context.Context) (have, known int, err error)
	// begin starts a change. others is true where another process may have
	// written since the last.
	begin(ctx context.Context) (s session, others bool, err error)
	// desk is a pool that what people decide is written to, beside a process
	// that writes stories; nil where nothing may be written.
	desk() *sql.DB
	// aside asks on a connection of its own, while those of readers are busy.
	aside(ctx context.Context, query string, take func(scanner) error) error
	// print writes a statement with the engine's signs for arguments, and
	// arguments as it takes them.
	print(query string, args []any) (string, []any)
	// holds is the condition that a story, given as an expression, holds words,
	// and its argument.
	holds(w *wordTree, story string) (condition string, arg any)
	// searched is where to take stories s from that hold words, newest first by
	// the id that it names, under a condition and its argument.
	searched(w *wordTree) (from, id, condition string, arg any)
	// inOrder reports whether the index of words lies in the order of stories,
	// so that to look at a stretch of it costs what the stretch holds.
	inOrder() bool
	// listed is where to take the ids of stories that hold words from, under a
	// condition and its argument.
	listed(w *wordTree) (from, id, condition string, arg any)
	// beginning returns words of texts that begin so, at most limit; none where
	// the engine does not tell.
	beginning(ctx context.Context, word string, limit int) ([]string, error)
	// table is ids as a table "j" with the column "value", and its argument.
	table(ids []int64) (from string, arg any)
	// among is a condition that a column is one of some ids, and its argument.
	among(column string, ids []int64) (condition string, arg any)
	// pages lets the engine look at what it stores; found is told of damage.
	pages(ctx context.Context, found func(string)) error
	// wordsQuery counts the stories in the index of words.
	wordsQuery() string
	backup(ctx context.Context, path string) error
	compact(ctx context.Context) error
	close() error
}

// session is a change of the archive under way.
type session interface {
	// exec runs a statement that returns no rows. Its error may come with a
	// later call, at the latest with commit.
	exec(query string, args ...any) error
	// row asks for one row; its Scan returns sql.ErrNoRows where there is none.
	row(query string, args ...any) scanner
	// each hands the rows of a question on.
	each(query string, args []any, take func(scanner) error) error
	// ids reads the one column of integers that each query returns. To ask
	// many at once takes one journey to a database elsewhere.
	ids(asks ...ask) ([][]int64, error)
	// terms returns the ids of terms, adding those that are new.
	terms(list []term) ([]int64, error)
	// room makes sure that there is a place for what is of a day.
	room(day Day) error
	// put writes many rows of a table, which must differ in their keys.
	put(s *sink, rows [][]any) error
	// putPosts writes entries, in the order of their keys, into an index.
	putPosts(table string, posts []post) error
	putWords(list []wordsRow) error
	dropWords(id StoryID) error
	clearWords() error
	commit() error
	rollback()
}

// sink is a table that takes many rows at once.
type sink struct {
	into   string // the table with its columns
	kinds  string // of the columns, a letter each: n for a number, t for a text
	update string // what to do where a row of the same key is there
}

// ask is a query with its arguments.
type ask struct {
	query string
	args  []any
}

// pool asks questions of an engine's readers.
type pool struct {
	db *sql.DB
	engine
}

// QueryContext is as of sql.DB, with a statement in what all engines
// understand.
func (p *pool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	query, args = p.print(query, args)
	return p.db.QueryContext(ctx, query, args...)
}

// each hands the rows of a question on.
func (a *Archive) each(ctx context.Context, query string, args []any, take func(scanner) error) error {
	return each(ctx, a.read, query, args, take)
}

// querier is a pool, or a database.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func each(ctx context.Context, db querier, query string, args []any, take func(scanner) error) error {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	return handOn(rows, take)
}

// handOn hands rows on and closes them.
func handOn(rows *sql.Rows, take func(scanner) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := take(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// collect lists what read makes of the rows of a question.
func collect[T any](ctx context.Context, a *Archive, query string, args []any, read func(scanner, *T) error) ([]T, error) {
	var out []T
	err := a.each(ctx, query, args, func(row scanner) error {
		var x T
		err := read(row, &x)
		out = append(out, x)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// failed names the archive in an error, and words it for people.
func (a *Archive) failed(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("archive %s: %w", a.path, explain(err))
}

// QueryRowContext is as of sql.DB, with a statement in what all engines
// understand.
func (p *pool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	query, args = p.print(query, args)
	return p.db.QueryRowContext(ctx, query, args...)
}
