package archive

import (
	"context"
	"database/sql"
	"fmt"
)

// applicationID marks a SQLite file as an archive: "KAWT".
const applicationID = 0x4b415754

// migrations bring a schema from version i to i+1. A migration that was
// released never changes; testdata/ keeps a small archive of every version.
var migrations = []string{schema1, schema2, schema3, schema4}

// schema1 is the first schema.
//
// A story's id is the day of its publication and its number on that day, so
// that rows in the order of ids are in the order of time, also in the index of
// words. A fact's id is its story's and its number in the record. See ids.go.
const schema1 = `
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Small numbers for closed and slowly growing sets: languages, publishers,
-- types, codes. They stand in the traits of a fact; see traits.go.
CREATE TABLE code(kind INTEGER NOT NULL, n INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY(kind, n)) WITHOUT ROWID;

-- What facts are found by: states, dyads, persons, places, offices.
CREATE TABLE term(id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, text TEXT NOT NULL);
CREATE UNIQUE INDEX term_text ON term(kind, text);

-- The truth: stories, their copies, their records, what people decided.
CREATE TABLE story(
  id INTEGER PRIMARY KEY, key BLOB NOT NULL, doc INTEGER NOT NULL, state INTEGER NOT NULL,
  publisher INTEGER NOT NULL, lang INTEGER NOT NULL, coder INTEGER NOT NULL, version INTEGER NOT NULL,
  name TEXT NOT NULL, url TEXT NOT NULL, title TEXT NOT NULL, published TEXT NOT NULL, agencies TEXT NOT NULL,
  pub_status TEXT NOT NULL, format TEXT NOT NULL, input TEXT NOT NULL, text_sha BLOB NOT NULL,
  shingles INTEGER NOT NULL); -- of the text; see package reprint
CREATE UNIQUE INDEX story_key ON story(key);
CREATE INDEX story_doc ON story(doc, version, id);
CREATE INDEX story_publisher ON story(publisher, id);
CREATE INDEX story_name ON story(name);
CREATE TABLE copy(story INTEGER PRIMARY KEY, text BLOB NOT NULL, found BLOB);
CREATE TABLE record(story INTEGER PRIMARY KEY, coder INTEGER NOT NULL, sum BLOB NOT NULL, body BLOB NOT NULL);
CREATE TABLE past_record(story INTEGER NOT NULL, coder INTEGER NOT NULL, sum BLOB NOT NULL, body BLOB NOT NULL, PRIMARY KEY(story, coder));
CREATE TABLE failure(input TEXT NOT NULL, position TEXT NOT NULL, reason TEXT NOT NULL, tries INTEGER NOT NULL, PRIMARY KEY(input, position)) WITHOUT ROWID;
CREATE TABLE verdict(id INTEGER PRIMARY KEY, made TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL);

-- Derived: where facts stand. term leads to facts, newest first, with the
-- traits by which most questions are decided without another look.
CREATE TABLE post(term INTEGER NOT NULL, day INTEGER NOT NULL, fact INTEGER NOT NULL, traits INTEGER NOT NULL, PRIMARY KEY(term, day, fact)) WITHOUT ROWID;
CREATE TABLE tally(term INTEGER NOT NULL, month INTEGER NOT NULL, type INTEGER NOT NULL, status INTEGER NOT NULL,
  reports INTEGER NOT NULL, goldstein INTEGER NOT NULL, PRIMARY KEY(term, month, type, status)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(surface, stem, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");

-- Derived: people through time.
CREATE TABLE person(term INTEGER NOT NULL, what INTEGER NOT NULL, value TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL,
  stories INTEGER NOT NULL, PRIMARY KEY(term, what, value)) WITHOUT ROWID;
CREATE TABLE name_word(word TEXT NOT NULL, term INTEGER NOT NULL, PRIMARY KEY(word, term)) WITHOUT ROWID;

-- Derived: reprints. A story's sample of shingles, and the chain it is in.
CREATE TABLE shingle(hash INTEGER NOT NULL, story INTEGER NOT NULL, PRIMARY KEY(hash, story)) WITHOUT ROWID;
CREATE TABLE reprint(story INTEGER PRIMARY KEY, cluster INTEGER NOT NULL, of INTEGER NOT NULL, kind INTEGER NOT NULL, score INTEGER NOT NULL);
CREATE INDEX reprint_cluster ON reprint(cluster, story);

-- Derived: happenings, and the reports that they stand on.
CREATE TABLE happening(id INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE member(fact INTEGER PRIMARY KEY, happening INTEGER NOT NULL, score INTEGER NOT NULL, why TEXT NOT NULL);
CREATE INDEX member_happening ON member(happening, fact);
CREATE TABLE happening_post(term INTEGER NOT NULL, day INTEGER NOT NULL, fact INTEGER NOT NULL, traits INTEGER NOT NULL, PRIMARY KEY(term, day, fact)) WITHOUT ROWID;
`

// schema2 adds what people decide and want at the desk, and the order in which
// stories came in, by which a reader is told what is new.
const schema2 = `
CREATE TABLE ruling(id INTEGER PRIMARY KEY AUTOINCREMENT, made TEXT NOT NULL, who TEXT NOT NULL, story BLOB NOT NULL, fact TEXT NOT NULL, mark TEXT NOT NULL,
  kind INTEGER NOT NULL, what TEXT NOT NULL, was TEXT NOT NULL, became TEXT NOT NULL, note TEXT NOT NULL);
CREATE INDEX ruling_story ON ruling(story, id);
CREATE TABLE account(name TEXT PRIMARY KEY, role TEXT NOT NULL, secret TEXT NOT NULL, made TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE session(token BLOB PRIMARY KEY, account TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE question(id TEXT PRIMARY KEY, body TEXT NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE arrival(n INTEGER PRIMARY KEY AUTOINCREMENT, story INTEGER NOT NULL, at INTEGER NOT NULL);
CREATE INDEX arrival_story ON arrival(story);
`

// schema3 keeps the samples of shingles by time, since a hash leads anywhere in
// an index and copies come within weeks: at a million stories every sample
// changed two dozen pages of the file, and now those of its weeks alone. An
// address is found without a look at every story. What is derived is made anew,
// with the publishers and languages of happenings.
const schema3 = `
ALTER TABLE shingle RENAME TO old_shingle;
CREATE TABLE shingle(span INTEGER NOT NULL, hash INTEGER NOT NULL, story INTEGER NOT NULL, PRIMARY KEY(span, hash, story)) WITHOUT ROWID;
INSERT INTO shingle SELECT story >> 26, hash, story FROM old_shingle UNION ALL SELECT -1, hash, story FROM old_shingle WHERE hash & 1 = 1;
DROP TABLE old_shingle;
CREATE INDEX story_url ON story(url) WHERE url <> '';
` + stale

// schema4 lets a question begin where little is: at the stories with a rare
// word, whose facts and happenings stand in rows of their own now, and at the
// stories of a language. What is asked for by type, status, language or a rare
// code is entered as a term; before, all facts were walked for one of them.
const schema4 = `
CREATE TABLE fact(id INTEGER PRIMARY KEY, day INTEGER NOT NULL, traits INTEGER NOT NULL);
ALTER TABLE happening ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
CREATE INDEX story_lang ON story(lang, id);
` + stale

// stale says that what is derived must be made anew before anybody reads it.
const stale = `INSERT INTO meta(key, value) VALUES ('derived', 'stale') ON CONFLICT(key) DO NOTHING;
`

// migrate brings the schema up to date, each step as a whole or not at all.
func migrate(ctx context.Context, db *sql.DB, opt Options) error {
	version, err := schemaVersion(db)
	if err != nil {
		return err
	}
	if version > len(migrations) {
		return ErrNewer
	}
	for ; version < len(migrations); version++ {
		if err := step(ctx, db, version, opt); err != nil {
			return fmt.Errorf("schema %d to %d: %w", version, version+1, err)
		}
	}
	return nil
}

func step(ctx context.Context, db *sql.DB, version int, opt Options) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing once committed
	if _, err := tx.ExecContext(ctx, migrations[version]); err != nil {
		return err
	}
	if version == 0 {
		texts := "kept"
		if opt.NoTexts {
			texts = "none"
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO meta(key, value) VALUES ('texts', ?)", texts); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version+1)); err != nil {
		return err
	}
	return tx.Commit()
}

// schemaVersion returns 0 for an empty file.
func schemaVersion(db *sql.DB) (int, error) {
	var id, version, tables int
	if err := db.QueryRow("PRAGMA application_id").Scan(&id); err != nil {
		return 0, err
	}
	if err := db.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		return 0, err
	}
	if err := db.QueryRow("SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return 0, err
	}
	if id != applicationID && (id != 0 || version != 0 || tables != 0) {
		return 0, ErrNotArchive
	}
	return version, nil
}
