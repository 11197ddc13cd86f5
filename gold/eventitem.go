package gold

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// EventItem is a sentence or short story with the events that a careful reader
// finds in it: a line of testdata/events. Its README says what each field holds.
type EventItem struct {
	ID         string          `json:"id"`
	Lang       string          `json:"lang"`
	Published  string          `json:"published"`
	Phenomenon []string        `json:"phenomenon"`
	Text       string          `json:"text"`
	Events     []EventGold     `json:"events"`
	Encounters []EncounterGold `json:"encounters"` // nil: not coded
	Pledges    []PledgeGold    `json:"pledges"`    // nil: not coded
	Messages   []MessageGold   `json:"messages"`   // nil: not coded
}

// EventGold is one event of an item. Sides are codes of states and
// organizations; the texts name them and the act in the words of the item.
type EventGold struct {
	Type             string    `json:"type"`
	Mode             string    `json:"mode"`
	Contexts         []string  `json:"contexts"`
	CAMEO            string    `json:"cameo"`
	Actors           []string  `json:"actors"`
	ActorText        []string  `json:"actor_text"`
	ActorSectors     []string  `json:"actor_sectors"`
	Recipients       []string  `json:"recipients"`
	RecipientText    []string  `json:"recipient_text"`
	RecipientSectors []string  `json:"recipient_sectors"`
	Symmetric        bool      `json:"symmetric"`
	Domestic         bool      `json:"domestic"`
	Status           string    `json:"status"`
	AssertedBy       string    `json:"asserted_by"`
	AssertedByAlt    string    `json:"asserted_by_alt"` // as good as none
	Condition        string    `json:"condition"`
	Date             string    `json:"date"`
	Place            PlaceGold `json:"place"`
	Trigger          string    `json:"trigger"`
	Optional         bool      `json:"optional"`
	Accept           Accepted  `json:"accept"`
}

// Accepted holds values that are as good as the ones of the gold; "" is none.
type Accepted struct {
	Type       []string `json:"type"`
	Mode       []string `json:"mode"`
	CAMEO      []string `json:"cameo"`
	Status     []string `json:"status"`
	Actors     []string `json:"actors"`
	Recipients []string `json:"recipients"`
}

// PlaceGold is where an act took place.
type PlaceGold struct {
	Name    string `json:"name"`
	Country string `json:"country"`
}

// EncounterGold is people who met, called or visited.
type EncounterGold struct {
	Kind         string    `json:"kind"`
	Status       string    `json:"status"`
	Participants []string  `json:"participants"`
	Date         string    `json:"date"`
	Place        PlaceGold `json:"place"`
}

// PledgeGold is a commissive act.
type PledgeGold struct {
	Act       string   `json:"act"`
	By        []string `json:"by"`
	To        []string `json:"to"`
	Content   string   `json:"content"`
	Due       string   `json:"due"`
	Condition string   `json:"condition"`
}

// MessageGold is a greeting, letter or invitation on its way.
type MessageGold struct {
	Kind   string `json:"kind"`
	Status string `json:"status"`
	From   string `json:"from"`
	Via    string `json:"via"`
	To     string `json:"to"`
}

// maxEventLine is how long a line of event gold may be, in bytes.
const maxEventLine = 1 << 20

// ReadEvents reads event gold, one item a line. An item whose strings are not
// in its text, or whose fields are not known, is an error with its line.
func ReadEvents(in io.Reader) ([]EventItem, error) {
	var items []EventItem
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxEventLine)
	for n := 1; lines.Scan(); n++ {
		if len(strings.TrimSpace(lines.Text())) == 0 {
			continue
		}
		var item EventItem
		dec := json.NewDecoder(strings.NewReader(lines.Text()))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&item); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if err := item.Check(); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		items = append(items, item)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("event gold: %w", err)
	}
	return items, nil
}

// Check holds an item to its own text: every string that is given as words of
// the text is there.
func (it *EventItem) Check() error {
	if it.ID == "" || it.Text == "" {
		return fmt.Errorf("item %q lacks an id or a text", it.ID)
	}
	for _, words := range it.words() {
		if words != "" && !strings.Contains(it.Text, words) {
			return fmt.Errorf("item %s: %q is not in its text", it.ID, words)
		}
	}
	for i := range it.Events {
		if ev := &it.Events[i]; ev.Trigger == "" || ev.Type == "" || ev.Status == "" {
			return fmt.Errorf("item %s: event %d lacks a type, a status or a trigger", it.ID, i+1)
		}
	}
	return nil
}

// words returns all strings of an item that quote its text.
func (it *EventItem) words() []string {
	var out []string
	for i := range it.Events {
		ev := &it.Events[i]
		out = append(out, ev.Trigger, ev.AssertedBy, ev.AssertedByAlt, ev.Condition)
		out = append(append(out, ev.ActorText...), ev.RecipientText...)
	}
	for _, en := range it.Encounters {
		out = append(out, en.Participants...)
	}
	for _, p := range it.Pledges {
		out = append(append(append(out, p.Content, p.Condition), p.By...), p.To...)
	}
	for _, m := range it.Messages {
		out = append(out, m.From, m.Via, m.To)
	}
	return out
}
