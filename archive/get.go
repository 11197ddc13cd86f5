package archive

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"kawat/record"
)

// Story is what the archive knows of a story beside its record.
type Story struct {
	ID        StoryID  `json:"-"`
	Key       Key      `json:"-"`
	Name      string   `json:"id"` // as the input gave it
	URL       string   `json:"url,omitempty"`
	Title     string   `json:"title,omitempty"`
	Publisher string   `json:"publisher,omitempty"`
	Agencies  []string `json:"agencies"`
	Published string   `json:"published,omitempty"`
	Lang      string   `json:"lang"`
	Version   int      `json:"version,omitempty"`
	State     string   `json:"state"` // current, superseded, withheld, withdrawn
	Coder     string   `json:"coder"`
	ReprintOf string   `json:"reprint_of,omitempty"` // Name of the story that this is a copy of
	Cluster   string   `json:"cluster,omitempty"`    // Key of the first story of the chain of copies
	Format    string   `json:"-"`
	Input     string   `json:"-"`
	PubStatus string   `json:"pub_status,omitempty"`
	TextSHA   string   `json:"-"`
}

// Report is a story with the record read from it.
type Report struct {
	Story  Story
	Record *record.Record
}

// storyColumns are read by scanStory.
const storyColumns = `s.id, s.key, s.name, s.url, s.title, s.publisher, s.agencies, s.published, s.lang, s.version, s.state, s.coder,
	s.format, s.input, s.pub_status, s.text_sha, coalesce(o.name, ''), c.key`

// storyJoins go with storyColumns.
const storyJoins = ` LEFT JOIN reprint r ON r.story = s.id LEFT JOIN story o ON o.id = r.of LEFT JOIN story c ON c.id = r.cluster`

type scanner interface{ Scan(...any) error }

func (a *Archive) scanStory(row scanner, more ...any) (*Story, error) {
	var (
		s                      Story
		key, sha, cluster      []byte
		publisher, lang, coder int
		agencies               string
		st                     state
	)
	dest := append([]any{
		&s.ID, &key, &s.Name, &s.URL, &s.Title, &publisher, &agencies, &s.Published, &lang, &s.Version, &st, &coder,
		&s.Format, &s.Input, &s.PubStatus, &sha, &s.ReprintOf, &cluster,
	}, more...)
	if err := row.Scan(dest...); err != nil {
		return nil, err
	}
	copy(s.Key[:], key)
	s.Publisher, s.Lang, s.Coder = a.codes.text(codePublisher, publisher), a.codes.text(codeLang, lang), a.codes.text(codeCoder, coder)
	s.Agencies, s.TextSHA, s.Cluster = splitList(agencies), hex.EncodeToString(sha), hex.EncodeToString(cluster)
	if st < 0 || int(st) >= len(stateNames) {
		return nil, errDamaged
	}
	s.State = st.String()
	return &s, nil
}

// readStory is scanStory for collect.
func (a *Archive) readStory(row scanner, into *Story) error {
	s, err := a.scanStory(row)
	if err == nil {
		*into = *s
	}
	return err
}

const reportQuery = "SELECT " + storyColumns + ", d.body, c2.text FROM story s" + storyJoins +
	" JOIN record d ON d.story = s.id LEFT JOIN copy c2 ON c2.story = s.id "

func (a *Archive) scanReport(row scanner) (*Report, error) {
	var body, text []byte
	s, err := a.scanStory(row, &body, &text)
	if err != nil {
		return nil, err
	}
	r, err := unpackReport(body, text)
	if err != nil {
		return nil, fmt.Errorf("story %s: %w", s.Name, err)
	}
	return &Report{*s, r}, nil
}

func unpackReport(body, text []byte) (*record.Record, error) {
	r, _, err := unpackSized(body, text)
	return r, err
}

// unpackSized also returns how many bytes the record and its text are unpacked.
func unpackSized(body, text []byte) (*record.Record, int, error) {
	p, err := newPacker()
	if err != nil {
		return nil, 0, err
	}
	plain := ""
	if text != nil {
		if plain, _, err = p.unpackCopy(text); err != nil {
			return nil, 0, err
		}
	}
	return p.unpackRecord(body, plain)
}

// Get returns a story and its record, which is shared: nobody may change it.
func (a *Archive) Get(ctx context.Context, id StoryID) (*Report, error) {
	found, err := a.reportsOf(ctx, []int64{int64(id)})
	if err == nil && found[id] == nil {
		err = ErrNotFound
	}
	if err != nil {
		return nil, a.failed(err)
	}
	return found[id], nil
}

// ByKey is Get by the story's key.
func (a *Archive) ByKey(ctx context.Context, k Key) (*Report, error) {
	var id StoryID
	if err := a.read.QueryRowContext(ctx, "SELECT id FROM story WHERE key = ?", k[:]).Scan(&id); err != nil {
		return nil, fmt.Errorf("archive %s: %w", a.path, explain(notFound(err)))
	}
	return a.Get(ctx, id)
}

// ByName returns the newest story that its input gave an id, and its record.
func (a *Archive) ByName(ctx context.Context, name string) (*Report, error) {
	return a.report(a.read.QueryRowContext(ctx, reportQuery+"WHERE s.name = ? ORDER BY s.id DESC LIMIT 1", name))
}

func (a *Archive) report(row *sql.Row) (*Report, error) {
	r, err := a.scanReport(row)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return nil, a.failed(err)
	}
	return r, nil
}

// Has reports whether a story is in the archive.
func (a *Archive) Has(ctx context.Context, k Key) (bool, error) {
	var n int
	err := a.read.QueryRowContext(ctx, "SELECT 1 FROM story WHERE key = ?", k[:]).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	err = a.failed(err)
	return err == nil, err
}

// Found returns the bytes that a story was made from, nil where they are not
// kept.
func (a *Archive) Found(ctx context.Context, id StoryID) ([]byte, error) {
	var text, apart []byte
	err := a.read.QueryRowContext(ctx, "SELECT text, found FROM copy WHERE story = ?", int64(id)).Scan(&text, &apart)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, a.failed(err)
	}
	p, err := newPacker()
	if err != nil {
		return nil, err
	}
	if apart != nil {
		return p.unpack(apart)
	}
	_, found, err := p.unpackCopy(text)
	return found, err
}

// entryOf makes the entry of a story that is in the archive, from what is
// stored.
func (b *Batch) entryOf(id StoryID) (*Entry, error) {
	r, err := b.a.scanReport(b.tx.row(reportQuery+"WHERE s.id = ?", int64(id)))
	if err != nil {
		return nil, err
	}
	e := &Entry{item: Item{Key: r.Story.Key, Record: r.Record}, day: id.Day()}
	if r.Record.Story.Text != "" {
		if e.words, err = b.a.wordsOf(&r.Record.Story); err != nil {
			return nil, err
		}
	}
	return e, e.derive(r.Record)
}

// notFound words the engine's empty answer.
func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}
