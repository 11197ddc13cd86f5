package serve

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"kawat/archive"
	"kawat/lang"
)

// inquiry is what a list is asked: a filter, which the archive's index answers,
// and what is looked up in each fact that the filter leaves.
type inquiry struct {
	archive.Filter
	Said  string   // words of the fact itself, as in a search, and not only of its story
	Topic []string // PLOVER contexts, one of which the fact is about
}

// parseInquiry reads an inquiry from the parameters of an address.
func (s *Server) parseInquiry(ctx context.Context, q url.Values) (inquiry, error) {
	f, err := parseFilter(q)
	in := inquiry{Filter: f, Said: strings.TrimSpace(q.Get("said")), Topic: listOf(q["topic"])}
	if err == nil {
		err = s.checkInquiry(ctx, &in)
	}
	return in, err
}

// checkInquiry turns names of states into their codes, and reports what no fact
// can be about.
func (s *Server) checkInquiry(ctx context.Context, in *inquiry) error {
	for _, list := range [][]string{in.Actor, in.Recipient, in.Dyad} {
		for i := range list {
			list[i] = s.code(list[i]) // people write "China"
		}
	}
	for _, t := range in.Topic {
		if !slices.Contains(s.topics.names, t) {
			return fmt.Errorf("%q is no topic: %s", t, strings.Join(s.topics.names, ", "))
		}
	}
	said := archive.Filter{Words: in.Said}
	if err := said.Check(); err != nil {
		return err
	}
	return s.opt.Archive.CheckFilter(ctx, &in.Filter, s.known)
}

// query is the inverse of parseInquiry.
func (in *inquiry) query() url.Values {
	q := filterQuery(in.Filter)
	if in.Said != "" {
		q.Set("said", in.Said)
	}
	if len(in.Topic) > 0 {
		q.Set("topic", strings.Join(in.Topic, ","))
	}
	return q
}

// narrows reports whether an inquiry asks more than a filter does.
func (in *inquiry) narrows() bool { return in.Said != "" || len(in.Topic) > 0 }

// index is the filter that leads to the facts: what is said stands in the story.
func (in *inquiry) index() archive.Filter {
	f := in.Filter
	f.Words = strings.TrimSpace(f.Words + " " + in.Said)
	return f
}

// Limits on how far one answer looks for facts that only their own words tell
// apart. What it did not reach is behind its cursor.
const (
	inquiryAtOnce = 200
	inquiryMost   = 4000
)

// facts answers an inquiry with a page of facts, newest first, and the cursor of
// the next one. A page may be short and yet have a next one.
func (s *Server) facts(ctx context.Context, kinds []archive.Kind, in *inquiry, p archive.Page) ([]archive.Fact, string, error) {
	if !in.narrows() {
		return s.opt.Archive.Facts(ctx, kinds, in.Filter, p)
	}
	if p.Limit <= 0 || p.Limit > 1000 {
		p.Limit = 50
	}
	var out []archive.Fact
	at := archive.Page{Limit: inquiryAtOnce, After: p.After}
	for looked := 0; looked < inquiryMost; looked += inquiryAtOnce {
		found, next, err := s.opt.Archive.Facts(ctx, kinds, in.index(), at)
		if err != nil {
			return nil, "", err
		}
		for i := range found {
			ok, err := s.holds(in, &found[i])
			if err != nil {
				return nil, "", err
			}
			if !ok {
				continue
			}
			if len(out) == p.Limit {
				return out, out[len(out)-1].Cursor(), nil
			}
			out = append(out, found[i])
		}
		if at.After = next; next == "" {
			return out, "", nil
		}
	}
	return out, at.After, nil
}

// narrowed keeps the facts that hold what an inquiry asks beside its filter.
func (s *Server) narrowed(in *inquiry, facts []archive.Fact) ([]archive.Fact, error) {
	if !in.narrows() {
		return facts, nil
	}
	var out []archive.Fact
	for i := range facts {
		ok, err := s.holds(in, &facts[i])
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, facts[i])
		}
	}
	return out, nil
}

// holds reports whether a fact holds what an inquiry asks beside its filter.
func (s *Server) holds(in *inquiry, x *archive.Fact) (bool, error) {
	if in.Said == "" && len(in.Topic) == 0 {
		return true, nil
	}
	var text strings.Builder
	for _, sp := range x.Spans() {
		text.WriteString(stretch(x.Report.Record.Story.Text, sp) + " ")
	}
	if in.Said != "" {
		ok, err := s.opt.Archive.Says(text.String(), in.Said)
		if err != nil || !ok {
			return false, err
		}
	}
	return len(in.Topic) == 0 || s.topics.about(x, text.String(), in.Topic), nil
}

// topics are the words by which the language packs know PLOVER's contexts.
type topics struct {
	names []string                       // in the order of the tables
	words map[string]map[string][]string // language -> word -> contexts
}

func newTopics(packs *lang.Packs) (*topics, error) {
	t := &topics{words: map[string]map[string][]string{}}
	for _, code := range packs.Codes() {
		pack, ok := packs.Pack(code)
		if !ok {
			continue
		}
		table, err := pack.Table("topics.tsv")
		if err != nil {
			return nil, err
		}
		of := map[string][]string{}
		for _, row := range table.Rows {
			name := row.Get("context")
			if !slices.Contains(t.names, name) {
				t.names = append(t.names, name)
			}
			for _, w := range row.List("words") {
				of[w] = append(of[w], name)
			}
		}
		t.words[code] = of
	}
	return t, nil
}

// about reports whether a fact is about one of some topics: an event by the
// contexts that it was coded with, everything else by its words, as events are.
func (t *topics) about(x *archive.Fact, text string, of []string) bool {
	if x.Event != nil {
		return slices.ContainsFunc(x.Event.Contexts, func(c string) bool { return slices.Contains(of, c) })
	}
	known := t.words[x.Report.Story.Lang]
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		if slices.ContainsFunc(known[w], func(c string) bool { return slices.Contains(of, c) }) {
			return true
		}
	}
	return false
}
