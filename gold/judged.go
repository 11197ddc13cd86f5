package gold

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/tools/txtar"
)

// Judged is a fact of a record that a person has judged.
type Judged struct {
	Kind   string          // event, encounter, quotation, pledge, message
	Was    json.RawMessage // the fact as the record had it
	Right  bool            // it stands as it is
	Became json.RawMessage // what is right instead; nil where nothing is
}

// CaseOf makes a golden story of a record, as JSON, and what was judged of its
// facts: what is right must be found, what is wrong must not. Facts that a line
// of gold cannot say, such as one whose trigger is part of a word, are left out
// and named.
func CaseOf(name string, rec []byte, judged []Judged) (data []byte, left []string, err error) {
	r, err := ParseReading(rec)
	if err != nil {
		return nil, nil, err
	}
	var head struct {
		Story struct{ Lang, Title, Publisher, Published, URL string } `json:"story"`
	}
	if err := json.Unmarshal(rec, &head); err != nil {
		return nil, nil, fmt.Errorf("record: %w", err)
	}
	ar := &txtar.Archive{}
	var sb strings.Builder
	for _, f := range [][2]string{{"lang", head.Story.Lang}, {"published", head.Story.Published}, {"publisher", head.Story.Publisher}, {"title", head.Story.Title}, {"url", head.Story.URL}} {
		if f[1] != "" {
			fmt.Fprintf(&sb, "%s: %s\n", f[0], strings.Join(strings.Fields(f[1]), " "))
		}
	}
	ar.Files = append(ar.Files, txtar.File{Name: "header", Data: []byte(sb.String())}, txtar.File{Name: "story", Data: []byte(strings.TrimRight(r.Story.Text, "\n") + "\n")})
	if len(txtar.Parse(txtar.Format(ar)).Files) != 2 {
		return nil, nil, fmt.Errorf("%s: a line of the text looks like the head of a file", name)
	}
	lines := map[string][]string{}
	for i := range judged {
		if l := r.judgedLines(&judged[i]); len(l) == 0 || !fit(r.Story.Text, judged[i].Kind+"s", l) {
			left = append(left, judged[i].Kind+" "+string(judged[i].Was))
		} else {
			lines[judged[i].Kind+"s"] = append(lines[judged[i].Kind+"s"], l...)
		}
	}
	if len(lines) == 0 {
		return nil, left, errNothingJudged
	}
	for _, kind := range []string{"encounters", "events", "quotations", "pledges", "messages"} {
		if len(lines[kind]) > 0 {
			ar.Files = append(ar.Files, txtar.File{Name: kind, Data: []byte(strings.Join(lines[kind], "\n") + "\n")})
		}
	}
	data = txtar.Format(ar)
	_, err = ParseCase(name, data)
	return data, left, err
}

// errNothingJudged says that no judgement could be written.
var errNothingJudged = errors.New("nothing that was judged can be written as gold")

// fit reports whether lines are gold that a text holds.
func fit(text, kind string, lines []string) bool {
	c := &Case{Text: text}
	for _, l := range lines {
		if c.add(kind, strings.Join(strings.Fields(l), " ")) != nil {
			return false
		}
	}
	return true
}

// judgedLines writes a judgement as lines of gold.
func (r *Reading) judgedLines(j *Judged) []string {
	was := r.line(j.Kind, j.Was)
	switch {
	case was == "":
		return nil
	case j.Right:
		return []string{was}
	case j.Became == nil:
		return []string{"not " + claim(j.Kind, was)}
	}
	right := r.line(j.Kind, j.Became)
	if right == "" {
		return nil
	}
	if wrong := claim(j.Kind, was); wrong != claim(j.Kind, right) {
		return []string{right, "not " + wrong}
	}
	return []string{right}
}

// claim is the part of a line that says what is wrong if the line is. For an
// event, that it is found at all: type, sides and status.
func claim(kind, line string) string {
	if kind != "event" {
		return line
	}
	words := strings.Fields(line)
	return strings.Join(words[:min(len(words), 5)], " ")
}

// line writes a fact as a line of gold, "" where that cannot be.
func (r *Reading) line(kind string, fact json.RawMessage) string {
	var f struct {
		Type, Mode, CAMEO, Status, Date, Kind, Speaker, Act, Due, From, Via, To string
		ActorCountries                                                          []string `json:"actor_countries"`
		RecipientCountries                                                      []string `json:"recipient_countries"`
		Symmetric                                                               bool
		Place                                                                   *readPlace
		Trigger                                                                 *readSpan
		Participants, By                                                        []string
		OnBehalfOf                                                              string `json:"on_behalf_of"`
		Content, Evidence                                                       json.RawMessage
	}
	var towards struct{ To json.RawMessage }
	err := json.Unmarshal(fact, &towards)
	if kind == "pledge" && err == nil {
		// Of a pledge "to" is a list, of a message one.
		fact, err = dropped(fact, "to")
	}
	if err == nil {
		err = json.Unmarshal(fact, &f)
	}
	if err != nil {
		return ""
	}
	switch kind {
	case "event":
		arrow := ">"
		if f.Symmetric {
			arrow = "="
		}
		line := strings.Join([]string{f.Type, sides(f.ActorCountries), arrow, sides(f.RecipientCountries), f.Status}, " ")
		line += arg("cameo", f.CAMEO) + arg("date", f.Date)
		if f.Place != nil {
			line += arg("place", f.Place.Country)
		}
		if f.Trigger != nil {
			line += arg("words", r.quoted(*f.Trigger))
		}
		return line
	case "encounter":
		line := strings.Join([]string{f.Kind, f.Status, r.named(f.Participants...)}, " ") + arg("date", f.Date)
		if f.Place != nil {
			line += arg("place", f.Place.Country)
		}
		return line
	case "quotation":
		var content []readSpan
		if json.Unmarshal(f.Content, &content) != nil || len(content) == 0 {
			return ""
		}
		first, last := content[0], content[len(content)-1]
		line := strings.Join([]string{f.Kind, r.named(f.Speaker), r.edge(first, false), r.edge(last, true)}, " ")
		if f.OnBehalfOf != "" {
			line += arg("behalf", r.named(f.OnBehalfOf))
		}
		return line
	case "pledge":
		var to []string
		var content readSpan
		if towards.To != nil && json.Unmarshal(towards.To, &to) != nil || json.Unmarshal(f.Content, &content) != nil || content.End <= content.Start {
			return ""
		}
		return strings.Join([]string{f.Act, r.named(f.By...), ">", r.named(to...), r.edge(content, false)}, " ") + arg("due", f.Due)
	case "message":
		return strings.Join([]string{f.Kind, f.Status, r.named(f.From), ">", r.named(f.Via), ">", r.named(f.To)}, " ")
	}
	return ""
}

// dropped returns an object without a field.
func dropped(object json.RawMessage, field string) (json.RawMessage, error) {
	var m map[string]json.RawMessage
	if err := json.Unmarshal(object, &m); err != nil {
		return nil, err
	}
	delete(m, field)
	return json.Marshal(m)
}

func arg(key, value string) string {
	if value == "" {
		return ""
	}
	return " " + key + "=" + value
}

func sides(codes []string) string {
	if len(codes) == 0 {
		return "-"
	}
	return strings.Join(codes, "+")
}

// named names entities by words of the text.
func (r *Reading) named(ids ...string) string {
	var out []string
	for _, id := range ids {
		i := slices.IndexFunc(r.Entities, func(e readEntity) bool { return e.ID == id })
		if i < 0 {
			continue
		}
		// The mention that is the name, else the first that lies between words.
		var words []string
		for _, m := range r.Entities[i].Mentions {
			if q := r.quoted(m); fit(r.Story.Text, "messages", []string{"other occurred " + q + " > - > -"}) {
				words = append(words, q)
				if r.words(m) == r.Entities[i].Name {
					words[0] = q
					break
				}
			}
		}
		if len(words) > 0 {
			out = append(out, words[0])
		}
	}
	if len(out) == 0 {
		return "-"
	}
	return strings.Join(out, "+")
}

// edgeWords is how many words tell where a content begins or ends.
const edgeWords = 6

// edge quotes the first or the last words of a span.
func (r *Reading) edge(sp readSpan, last bool) string {
	if r.words(sp) == "" {
		return `""`
	}
	text := r.runes[sp.Start:sp.End]
	var starts, ends []int
	for i, c := range text {
		if unicode.IsSpace(c) {
			continue
		}
		if i == 0 || unicode.IsSpace(text[i-1]) {
			starts = append(starts, sp.Start+i)
		}
		if i+1 == len(text) || unicode.IsSpace(text[i+1]) {
			ends = append(ends, sp.Start+i+1)
		}
	}
	switch n := len(starts); {
	case n <= edgeWords:
	case last:
		sp.Start = starts[n-edgeWords]
	default:
		sp.End = ends[edgeWords-1]
	}
	return r.quoted(sp)
}

// quoted quotes the words of a span, and says which occurrence they are.
func (r *Reading) quoted(sp readSpan) string {
	words := r.words(sp)
	if words == "" {
		return `""`
	}
	at := len(string(r.runes[:sp.Start]))
	n := 1
	for from := 0; ; n++ {
		i := strings.Index(r.Story.Text[from:], words)
		if i < 0 || from+i >= at {
			break
		}
		from += i + 1
	}
	q := strconv.Quote(words)
	if n > 1 {
		q += "#" + strconv.Itoa(n)
	}
	return q
}
