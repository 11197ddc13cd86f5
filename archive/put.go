package archive

import (
	"fmt"
	"time"

	"kawat/record"
)

// state tells whether a story counts.
type state int

const (
	current    state = iota
	superseded       // a later version is there
	withheld         // under embargo
	withdrawn        // killed by its publisher
)

var stateNames = [...]string{"current", "superseded", "withheld", "withdrawn"}

// String returns the state's name, such as "withdrawn".
func (s state) String() string { return stateNames[s] }

// Put adds a story, and reports whether it was new. Where it is a later
// version of one that is there, the earlier one stays in the archive and leaves
// all answers; where it is the kill of one, both do.
func (b *Batch) Put(e *Entry) (StoryID, bool, error) {
	id, added, err := b.put(e)
	if err != nil {
		return 0, false, fmt.Errorf("story %s: %w", e.item.Record.Story.ID, err)
	}
	return id, added, nil
}

func (b *Batch) put(e *Entry) (StoryID, bool, error) {
	s := &e.item.Record.Story
	have, err := b.tx.ids(ask{"SELECT id FROM story WHERE key = ?", []any{e.item.Key[:]}},
		ask{"SELECT id FROM story WHERE doc = ? ORDER BY id", []any{docOf(s.Publisher, address(s.URL, s.ID))}})
	if err != nil {
		return 0, false, err
	}
	if len(have[0]) > 0 {
		return StoryID(have[0][0]), false, nil
	}
	st, err := b.settleVersions(e, have[1])
	if err != nil {
		return 0, false, err
	}
	id, err := b.putAs(e, st)
	return id, err == nil, err
}

// putAs adds a story in a state, and enters it where it counts.
func (b *Batch) putAs(e *Entry, st state) (StoryID, error) {
	id, err := b.newID(e.day)
	if err != nil {
		return 0, err
	}
	if err := b.insert(id, e, st); err != nil {
		return 0, err
	}
	if st == current {
		err = b.index(id, e)
	}
	return id, err
}

// newID returns the next free id of a day.
func (b *Batch) newID(day Day) (StoryID, error) {
	if b.w.lastOf == nil {
		b.w.lastOf = map[Day]StoryID{}
	}
	last, ok := b.w.lastOf[day]
	if !ok {
		last = storyID(int(day), 0)
		var highest int64
		found, err := b.one("SELECT id FROM story WHERE id > ? AND id <= ? ORDER BY id DESC LIMIT 1",
			[]any{int64(last), int64(storyID(int(day), maxNumber))}, &highest)
		if err != nil {
			return 0, err
		}
		if found {
			last = StoryID(highest)
		}
	}
	if last&maxNumber == maxNumber {
		return 0, fmt.Errorf("the archive has %d stories of %s and room for no more", maxNumber, day)
	}
	b.w.lastOf[day] = last + 1
	return last + 1, nil
}

// settleVersions finds which state the new story has, and changes that of the
// earlier versions of it, whose ids are given.
func (b *Batch) settleVersions(e *Entry, ids []int64) (state, error) {
	s := &e.item.Record.Story
	st := current
	switch s.PubStatus {
	case "canceled":
		st = withdrawn
	case "withheld":
		st = withheld
	}
	for _, old := range ids {
		var err error
		var version int
		var was state
		if _, err := b.one("SELECT version, state FROM story WHERE id = ?", []any{old}, &version, &was); err != nil {
			return 0, err
		}
		switch {
		case was == withdrawn && s.PubStatus != "usable":
			st = withdrawn // a kill also kills versions that arrive late
		case st == withdrawn:
			err = b.setState(StoryID(old), withdrawn)
		case version > s.Version:
			st = superseded
		case was == current && s.URL == "" && s.Version == 0:
			// Two files may share a name. Without an address or a count of
			// versions, only a resembling text is a version of the same story.
			var alike bool
			if alike, err = b.resembles(StoryID(old), e); err == nil && alike {
				err = b.setState(StoryID(old), superseded)
			}
		case was == current || was == withheld:
			err = b.setState(StoryID(old), superseded)
		}
		if err != nil {
			return 0, err
		}
	}
	return st, nil
}

// setState changes a story's state and takes it out of all answers unless it
// is current.
func (b *Batch) setState(id StoryID, st state) error {
	var was state
	if _, err := b.one("SELECT state FROM story WHERE id = ?", []any{int64(id)}, &was); err != nil {
		return err
	}
	if was == current && st != current {
		if err := b.unindex(id); err != nil {
			return err
		}
	}
	return b.exec("UPDATE story SET state = ? WHERE id = ?", st, int64(id))
}

// insert writes the rows of a story that are not derived.
func (b *Batch) insert(id StoryID, e *Entry, st state) error {
	s := &e.item.Record.Story
	if err := b.tx.room(id.Day()); err != nil {
		return err
	}
	publisher, err := b.number(codePublisher, s.Publisher)
	if err != nil {
		return err
	}
	lang, err := b.number(codeLang, s.Lang)
	if err != nil {
		return err
	}
	coder, err := b.number(codeCoder, CoderName(e.item.Record.Coder))
	if err != nil {
		return err
	}
	title := s.Title
	if b.a.noTexts {
		title = ""
	}
	if err := b.exec(`INSERT INTO story(id, key, doc, state, publisher, lang, coder, version, name, url, title, published, agencies,
		pub_status, format, input, text_sha, shingles) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		int64(id), e.item.Key[:], docOf(s.Publisher, address(s.URL, s.ID)), st, publisher, lang, coder, s.Version, s.ID, s.URL,
		title, s.Published, joinList(s.Agencies), s.PubStatus, e.item.Found.Format, e.item.Found.Input, e.sha, len(e.shingles)); err != nil {
		return err
	}
	if err := b.exec("INSERT INTO arrival(story, at) VALUES (?, ?)", int64(id), time.Now().Unix()); err != nil {
		return err
	}
	if e.text != nil {
		if err := b.exec("INSERT INTO copy(story, text, found) VALUES (?, ?, ?)", int64(id), e.text, e.found); err != nil {
			return err
		}
	}
	return b.exec("INSERT INTO record(story, coder, sum, body) VALUES (?, ?, ?, ?)", int64(id), coder, e.sum, e.record)
}

// CoderName names program and pack by which a record was made, such as
// "0.1.0 id=1".
func CoderName(c record.Coder) string {
	name := c.Version
	for _, code := range sortedKeys(c.Packs) {
		name += " " + code + "=" + c.Packs[code]
	}
	return name
}
