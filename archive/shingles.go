package archive

import (
	"bytes"
	"encoding/json"
	"fmt"

	"kawat/archive/reprint"
	"kawat/record"
)

// sets remembers the shingles of the stories that came last: copies follow
// each other within days, and to read a story again for its shingles costs as
// much as all the rest of storing one.
type sets struct {
	young, old map[StoryID]reprint.Set
	held       int // shingles in young
}

// maxHeld bounds the shingles of a generation, of which there are two: 32 MB
// each.
const maxHeld = 4 << 20

func (s *sets) get(id StoryID) (reprint.Set, bool) {
	if set, ok := s.young[id]; ok {
		return set, true
	}
	set, ok := s.old[id]
	return set, ok
}

func (s *sets) put(id StoryID, set reprint.Set) {
	if s.held > maxHeld {
		s.old, s.young, s.held = s.young, nil, 0
	}
	if s.young == nil {
		s.young = map[StoryID]reprint.Set{}
	}
	s.young[id] = set
	s.held += len(set)
}

func (s *sets) forget() { *s = sets{} }

func (s *sets) drop(id StoryID) {
	delete(s.young, id)
	delete(s.old, id)
}

// shinglesOf returns the shingles of stories that are in the archive.
func (b *Batch) shinglesOf(ids []int64) (map[StoryID]reprint.Set, error) {
	out := map[StoryID]reprint.Set{}
	var away []int64
	for _, id := range ids {
		if set, ok := b.w.sets.get(StoryID(id)); ok {
			out[StoryID(id)] = set
			continue
		}
		away = append(away, id)
	}
	if len(away) == 0 {
		return out, nil
	}
	where, arg := b.w.engine.among("d.story", away)
	return out, b.tx.each("SELECT d.story, d.body, c.text FROM record d LEFT JOIN copy c ON c.story = d.story WHERE "+where, []any{arg}, func(row scanner) error {
		var id StoryID
		var body, text []byte
		if err := row.Scan(&id, &body, &text); err != nil {
			return err
		}
		s, err := unpackStory(body, text)
		if err != nil {
			return fmt.Errorf("story %d: %w", id, err)
		}
		out[id] = reprint.New(paragraphs(s)...)
		b.w.sets.put(id, out[id])
		return nil
	})
}

// unpackStory reads the story of a record and no facts: most of a record is
// facts, and to read them takes most of the time.
func unpackStory(body, text []byte) (*record.Story, error) {
	p, err := newPacker()
	if err != nil {
		return nil, err
	}
	line, err := p.unpack(body)
	if err != nil {
		return nil, err
	}
	s := &record.Story{}
	dec := json.NewDecoder(bytes.NewReader(line))
	if _, err := dec.Token(); err != nil { // the brace
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errDamaged, err)
		}
		var into any = &json.RawMessage{}
		if name == "story" {
			into = s
		}
		if err := dec.Decode(into); err != nil {
			return nil, fmt.Errorf("%w: %w", errDamaged, err)
		}
		if name == "story" {
			break
		}
	}
	if text != nil {
		s.Text, _, err = p.unpackCopy(text)
	}
	return s, err
}
