package stream

import (
	"encoding/json"
	"fmt"

	"kawat/archive"
	"kawat/record"
	"kawat/story"
	"kawat/wire"
)

// Draft is a story as its input gave it, before it is read: what a worker
// needs to make the same record that one process would have made.
type Draft struct {
	Schema    string   `json:"schema"`
	Key       string   `json:"key"`
	ID        string   `json:"id,omitempty"`
	Version   int      `json:"version,omitempty"`
	PubStatus string   `json:"pub_status,omitempty"`
	URL       string   `json:"url,omitempty"`
	Lang      string   `json:"lang,omitempty"`
	Title     string   `json:"title,omitempty"`
	Publisher string   `json:"publisher,omitempty"`
	Copyright string   `json:"copyright,omitempty"`
	Published string   `json:"published,omitempty"`
	Credits   []credit `json:"credits,omitempty"`
	Text      string   `json:"text,omitempty"`
	Format    string   `json:"format,omitempty"`
	Input     string   `json:"input,omitempty"`
	Fetched   string   `json:"fetched,omitempty"`   // when a crawl fetched it
	Found     []byte   `json:"found,omitempty"`     // bytes before any decoding
	Withdrawn bool     `json:"withdrawn,omitempty"` // no story, but its publisher's kill of one
}

// credit is a maker whom the input names outside the text.
type credit struct {
	Name string `json:"name"`
	Role string `json:"role"`
}

// draftSchema names the version of drafts. Fields may be added; a worker reads
// what it knows.
const draftSchema = "kawat.draft/1"

// draftOf makes the draft of a story that was not read yet.
func draftOf(st *story.Story) *Draft {
	d := &Draft{
		Schema: draftSchema, Key: archive.KeyOf(st).String(), ID: st.ID, Version: st.Version, PubStatus: st.PubStatus, URL: st.URL, Lang: st.Lang,
		Title: st.Title, Publisher: st.Publisher, Copyright: st.Copyright, Published: st.Published.Raw, Text: st.Text,
		Format: st.Found.Format, Input: st.Found.Input, Fetched: st.Found.Fetched, Found: st.Found.Bytes,
	}
	for _, c := range st.Credits {
		d.Credits = append(d.Credits, credit{c.Name, c.Role})
	}
	return d
}

// withdrawalOf makes the draft of a kill.
func withdrawalOf(w *wire.Withdrawal) *Draft {
	d := &Draft{
		Schema: draftSchema, ID: w.ID, URL: w.URL, Publisher: w.Publisher, Version: w.Version, Published: w.Published,
		Input: w.At.String(), Withdrawn: true,
	}
	d.Key = archive.KeyOf(&story.Story{ID: w.ID, URL: w.URL, Publisher: w.Publisher, Version: w.Version}).String()
	return d
}

// Story makes the story anew. Its key must be the one that the draft says, or
// the draft was damaged on its way.
func (d *Draft) Story() (*story.Story, error) {
	st := &story.Story{
		ID: d.ID, Version: d.Version, PubStatus: d.PubStatus, URL: d.URL, Lang: d.Lang, Title: d.Title, Publisher: d.Publisher,
		Copyright: d.Copyright, Published: wire.ParsePublished(d.Published), Text: d.Text,
		Found: story.Found{Format: d.Format, Input: d.Input, Fetched: d.Fetched, Bytes: d.Found},
	}
	for _, c := range d.Credits {
		st.Credits = append(st.Credits, story.Credit{Name: c.Name, Role: c.Role})
	}
	if got := archive.KeyOf(st).String(); got != d.Key {
		return nil, fmt.Errorf("story %s came with the key %s but has %s: it was damaged, or sent by another version", d.ID, d.Key, got)
	}
	return st, nil
}

// Outcome is what a worker made of a draft.
type Outcome struct {
	Schema string          `json:"schema"`
	Key    string          `json:"key"`
	Format string          `json:"format,omitempty"`
	Input  string          `json:"input,omitempty"`
	Found  []byte          `json:"found,omitempty"`
	Record json.RawMessage `json:"record,omitempty"`
	Kill   *Draft          `json:"kill,omitempty"` // a withdrawal in place of a record
	Body   string          `json:"body,omitempty"` // where the draft's large body is, which nobody needs once the record is kept
}

const outcomeSchema = "kawat.outcome/1"

// item makes what an archive takes. Records of a later format are read too, as
// far as this version knows them.
func (o *Outcome) item() (archive.Item, error) {
	key, err := archive.ParseKey(o.Key)
	if err != nil {
		return archive.Item{}, err
	}
	rec := new(record.Record)
	if err := json.Unmarshal(o.Record, rec); err != nil {
		return archive.Item{}, fmt.Errorf("record of %s: %w", o.Input, err)
	}
	return archive.Item{Key: key, Record: rec, Found: story.Found{Format: o.Format, Input: o.Input, Bytes: o.Found}}, nil
}
