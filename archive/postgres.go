package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// postgres keeps an archive in a schema of a PostgreSQL database, for a team.
// Many processes may write: they take turns, batch by batch, by a lock of the
// database that goes with its transaction.
type postgres struct {
	pool    *pgxpool.Pool // of the server that is written
	reading *pgxpool.Pool // of a replica, or the same
	db      *sql.DB       // reading, as questions know it
	notes   *sql.DB       // pool, for what people decide; nil where read only

	// What the one batch at a time knows; see pgSession.
	generation int64           // of the archive after this process wrote last
	months     map[string]bool // that have partitions
}

// postgresSchema is where tables stand unless the address says search_path.
const postgresSchema = "kawat"

// IsAddress reports whether the name of an archive is the address of a
// PostgreSQL database and not a file.
func IsAddress(name string) bool {
	return strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://")
}

// withoutPassword makes an address fit to be shown.
func withoutPassword(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "postgres://(an address that cannot be read)"
	}
	q := u.Query()
	for _, secret := range []string{"password", "sslpassword"} {
		if q.Has(secret) {
			q.Set(secret, "xxxxx")
		}
	}
	u.RawQuery = q.Encode()
	return u.Redacted()
}

func openPostgres(address string, opt Options) (*postgres, error) {
	ctx := context.Background()
	p := &postgres{months: map[string]bool{}}
	var err error
	if p.pool, err = connect(ctx, address, opt.ReadOnly && !opt.Desk); err != nil {
		return nil, err
	}
	p.reading = p.pool
	if opt.Replica != "" {
		if p.reading, err = connect(ctx, opt.Replica, true); err != nil {
			return nil, errors.Join(fmt.Errorf("replica %s: %w", withoutPassword(opt.Replica), err), p.close())
		}
	}
	p.db = stdlib.OpenDBFromPool(p.reading)
	if opt.Desk || !opt.ReadOnly {
		p.notes = stdlib.OpenDBFromPool(p.pool)
	}
	if !opt.ReadOnly {
		if err := p.migrate(ctx, opt); err != nil {
			return nil, errors.Join(err, p.close())
		}
	}
	return p, nil
}

// poolSize is how many connections one process opens at most, unless the
// address says pool_max_conns.
const poolSize = 16

// connect opens a pool; settings that the address makes stand.
func connect(ctx context.Context, address string, readOnly bool) (*pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(address, "pool_max_conns=") {
		cfg.MaxConns = poolSize
	}
	set := map[string]string{"search_path": postgresSchema, "application_name": "kawat", "jit": "off"}
	if readOnly {
		set["default_transaction_read_only"] = "on"
	}
	for name, value := range set {
		if _, ok := cfg.ConnConfig.RuntimeParams[name]; !ok {
			cfg.ConnConfig.RuntimeParams[name] = value
		}
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	return pool, nil
}

func (p *postgres) readers() *sql.DB { return p.db }

func (p *postgres) lists() *sql.DB { return p.db }

func (p *postgres) desk() *sql.DB { return p.notes }

func (p *postgres) version(ctx context.Context) (have, known int, err error) {
	have, err = postgresVersion(ctx, p.reading)
	if err == nil && have == 0 {
		err = errors.New("holds no archive; `kawat ingest` makes one")
	}
	return have, len(postgresMigrations), err
}

func (p *postgres) aside(ctx context.Context, query string, take func(scanner) error) error {
	conn, err := pgx.ConnectConfig(ctx, p.reading.Config().ConnConfig)
	if err != nil {
		return err
	}
	rows, err := conn.Query(ctx, query)
	if err == nil {
		err = handOnRows(rows, take)
	}
	return errors.Join(err, conn.Close(ctx))
}

// print numbers the arguments. No statement has a question mark elsewhere.
func (p *postgres) print(query string, args []any) (string, []any) {
	return numberArguments(query), plainArguments(args)
}

func numberArguments(query string) string {
	var sb strings.Builder
	for n := 1; ; n++ {
		i := strings.IndexByte(query, '?')
		if i < 0 {
			sb.WriteString(query)
			return sb.String()
		}
		sb.WriteString(query[:i])
		sb.WriteByte('$')
		if query = query[i+1:]; query == "" || query[0] < '0' || query[0] > '9' {
			sb.WriteString(strconv.Itoa(n))
		}
	}
}

// storable takes out of a text what the engine does not store: the sign 0 and
// broken signs.
func storable(s string) string {
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	return strings.ToValidUTF8(s, "\ufffd")
}

// plainArguments takes our own kinds of numbers as numbers.
func plainArguments(args []any) []any {
	out := make([]any, len(args))
	for i, arg := range args {
		switch v := arg.(type) {
		case string:
			out[i] = storable(v)
			continue
		case int64, []byte, nil:
			out[i] = arg
			continue
		}
		switch v := reflect.ValueOf(arg); {
		case v.CanInt():
			out[i] = v.Int()
		case v.CanUint():
			out[i] = int64(v.Uint())
		default:
			out[i] = arg
		}
	}
	return out
}

func (p *postgres) holds(w *wordTree, story string) (string, any) {
	return story + " IN (SELECT story FROM words WHERE body @@ ?::tsquery)", w.tsquery()
}

func (p *postgres) searched(w *wordTree) (from, id, condition string, arg any) {
	return "story s", "s.id", "s.id IN (SELECT story FROM words WHERE body @@ ?::tsquery)", w.tsquery()
}

func (p *postgres) inOrder() bool { return false }

func (p *postgres) beginning(context.Context, string, int) ([]string, error) { return nil, nil }

func (p *postgres) listed(w *wordTree) (from, id, condition string, arg any) {
	return "words", "story", "body @@ ?::tsquery", w.tsquery()
}

func (p *postgres) table(ids []int64) (string, any) { return "unnest(?::bigint[]) j(value)", ids }

func (p *postgres) among(column string, ids []int64) (string, any) {
	return column + " = ANY(?::bigint[])", ids
}

// pages does nothing: damage shows where the database keeps checksums, and
// pg_amcheck looks for it.
func (p *postgres) pages(context.Context, func(string)) error { return nil }

func (p *postgres) wordsQuery() string { return "SELECT count(*) FROM words" }

func (p *postgres) backup(context.Context, string) error {
	return errors.New("is on PostgreSQL, which `pg_dump` backs up; `kawat archive copy` writes all of it to a file")
}

func (p *postgres) compact(ctx context.Context) error {
	_, err := p.pool.Exec(ctx, "VACUUM (ANALYZE)")
	return err
}

func (p *postgres) close() error {
	var err error
	if p.db != nil {
		err = p.db.Close()
	}
	if p.notes != nil {
		err = errors.Join(err, p.notes.Close())
	}
	if p.reading != nil && p.reading != p.pool {
		p.reading.Close()
	}
	p.pool.Close()
	return err
}

// postgresErrors are the classes of SQLSTATE, and some whole ones, that users
// meet.
var postgresErrors = map[string]string{
	"08":    "the connection to the database was lost; what was committed before is safe",
	"25006": "cannot be written: the address leads to a replica, or the database is read-only",
	"28":    "the database refuses the user or the password",
	"3D000": "there is no such database; an administrator makes it with `createdb`",
	"42501": "the user may not do this in the database",
	"53100": "the disk of the database is full; what was committed before is safe, free space and run again",
	"53300": "the database has no connection left; raise max_connections, or lower pool_max_conns in the address",
	"57P":   "the database is shutting down or starting; run again",
	"57014": "the question took longer than the database allows",
	"XX001": "the database has damaged data; restore a backup, or copy what can be read with `kawat archive copy`",
	"XX002": "an index of the database is damaged; REINDEX it",
}

// explainPostgres words an error of the database for people; nil where it is
// none.
func explainPostgres(err error) error {
	var refused *pgconn.ConnectError
	var told *pgconn.PgError
	switch {
	case errors.As(err, &told):
		for _, n := range []int{5, 3, 2} {
			if text, ok := postgresErrors[told.Code[:min(n, len(told.Code))]]; ok {
				return fmt.Errorf("%s (%w)", text, err)
			}
		}
		return err
	case errors.As(err, &refused):
		return fmt.Errorf("the database cannot be reached (%w)", err)
	}
	return nil
}
