package gold

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Reading is the part of a published record that gold is compared with. It is
// decoded from the record's JSON, so that a file of records and a fresh reading
// are scored alike.
type Reading struct {
	Story struct {
		ID   string `json:"id"`
		Text string `json:"text"`
	} `json:"story"`
	Entities   []readEntity    `json:"entities"`
	Events     []readEvent     `json:"events"`
	Encounters []readEncounter `json:"encounters"`
	Pledges    []readPledge    `json:"pledges"`
	Messages   []readMessage   `json:"messages"`

	names map[string][]string // an entity's words in the text
	runes []rune              // the text, by the code points in which records count
}

type readSpan struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

type readEntity struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Mentions []readSpan `json:"mentions"`
}

type readPlace struct {
	Name    string `json:"name"`
	Country string `json:"country"`
}

type readEvent struct {
	Type       string     `json:"type"`
	Mode       string     `json:"mode"`
	Contexts   []string   `json:"contexts"`
	CAMEO      string     `json:"cameo"`
	Actors     []string   `json:"actor_countries"`
	Recipients []string   `json:"recipient_countries"`
	Symmetric  bool       `json:"symmetric"`
	Domestic   bool       `json:"domestic"`
	Status     string     `json:"status"`
	AssertedBy string     `json:"asserted_by"`
	Date       string     `json:"date"`
	Place      *readPlace `json:"place"`
	Confidence float64    `json:"confidence"`
}

type readEncounter struct {
	Kind         string   `json:"kind"`
	Status       string   `json:"status"`
	Participants []string `json:"participants"`
	Date         string   `json:"date"`
}

type readPledge struct {
	Act     string    `json:"act"`
	By      []string  `json:"by"`
	Content *readSpan `json:"content"`
}

type readMessage struct {
	Kind string `json:"kind"`
	From string `json:"from"`
	Via  string `json:"via"`
	To   string `json:"to"`
}

// ParseReading decodes one record, a line of JSON as `kawat read` prints it.
func ParseReading(line []byte) (*Reading, error) {
	r := &Reading{}
	if err := json.Unmarshal(line, r); err != nil {
		return nil, fmt.Errorf("record: %w", err)
	}
	r.runes = []rune(r.Story.Text)
	r.names = make(map[string][]string, len(r.Entities))
	for _, e := range r.Entities {
		names := []string{e.Name}
		for _, m := range e.Mentions {
			names = append(names, r.words(m))
		}
		r.names[e.ID] = names
	}
	return r, nil
}

// words returns the text at a span, "" where the span is not in the text.
func (r *Reading) words(sp readSpan) string {
	if sp.Start < 0 || sp.Start > sp.End || sp.End > len(r.runes) {
		return ""
	}
	return string(r.runes[sp.Start:sp.End])
}

// is reports whether an entity is the one that words of the gold name: one of
// its mentions is those words, or stands in them, or holds them ("Menlu Peru
// Ana Ruiz" of the gold is the "Ana Ruiz" of the record).
func (r *Reading) is(entity, words string) bool {
	return words != "" && slices.ContainsFunc(r.names[entity], func(name string) bool {
		return name != "" && (strings.Contains(words, name) || strings.Contains(name, words))
	})
}

// any reports whether one of the entities is the one that words name.
func (r *Reading) any(entities []string, words string) bool {
	return slices.ContainsFunc(entities, func(id string) bool { return r.is(id, words) })
}

// Lines describes the events of a reading, one a line.
func (r *Reading) Lines() []string {
	if r == nil {
		return nil
	}
	var out []string
	for _, ev := range r.Events {
		out = append(out, fmt.Sprintf("%s %v > %v %s %.2f", ev.Type, ev.Actors, ev.Recipients, ev.Status, ev.Confidence))
	}
	return out
}
