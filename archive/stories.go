package archive

import (
	"context"
	"errors"
	"strings"
)

// Stories returns a page of the current stories that pass a filter, newest
// first by day of publication, and the cursor of the next page. What the filter
// says of facts must hold of one fact of the story; Since and Until are then
// of the fact.
func (a *Archive) Stories(ctx context.Context, f Filter, p Page) ([]Story, string, error) {
	out, next, err := a.storyPage(ctx, &f, p)
	if err != nil {
		return nil, "", a.failed(err)
	}
	return out, next, nil
}

// ofFacts reports whether a filter says anything of facts.
func (f *Filter) ofFacts() bool {
	return len(f.Actor)+len(f.Recipient)+len(f.Dyad)+len(f.Person)+len(f.Speaker)+len(f.Office)+len(f.Type)+len(f.CAMEO)+
		len(f.Quad)+len(f.Status)+len(f.Place) > 0 || f.MinConfidence > 0
}

func (a *Archive) storyPage(ctx context.Context, f *Filter, p Page) ([]Story, string, error) {
	if f.ofFacts() {
		return a.storiesOfFacts(ctx, f, p)
	}
	after, err := parseCursor(p.After)
	if err != nil {
		return nil, "", err
	}
	where, args, ok, err := a.storyConditions(f)
	if err != nil || !ok {
		return nil, "", err
	}
	words, err := a.wordsAsked(ctx, f.Words)
	if err != nil {
		return nil, "", err
	}
	from, id := "story s", "s.id"
	if words != nil {
		var holds string
		var arg any
		from, id, holds, arg = a.read.searched(words)
		where, args = where+" AND "+holds, append(args, arg)
	}
	out, err := collect(ctx, a, "SELECT "+storyColumns+" FROM "+from+storyJoins+" WHERE "+id+" < ? AND s.state = 0"+where+
		" ORDER BY "+id+" DESC LIMIT ?", append(append([]any{after.fact}, args...), p.limit()+1), a.readStory)
	if err != nil || len(out) <= p.limit() {
		return out, "", err
	}
	out = out[:p.limit()]
	return out, cursor{0, int64(out[len(out)-1].ID)}.String(), nil
}

// factsOfPage is how many facts are looked for at once to fill a place of a page
// of stories: one story states several.
const factsOfPage = 2

// storiesOfFacts returns the stories of the facts that pass, in the order of
// the facts, each once a page.
func (a *Archive) storiesOfFacts(ctx context.Context, f *Filter, p Page) ([]Story, string, error) {
	after, err := parseCursor(p.After)
	if err != nil {
		return nil, "", err
	}
	q, ok, err := a.compile(ctx, "post", []Kind{Event, Encounter, Quotation, Pledge, Message}, f)
	if err != nil || !ok {
		return nil, "", err
	}
	look := a.scan(q, after)
	out, next, err := a.storiesFound(ctx, look, after, p.limit())
	return out, next, errors.Join(err, look.close())
}

// storiesFound returns the stories of the next facts, and the cursor of the
// next page.
func (a *Archive) storiesFound(ctx context.Context, look *scan, after cursor, limit int) ([]Story, string, error) {
	var out []Story
	seen := map[StoryID]bool{}
	for {
		hits, err := look.next(ctx, factsOfPage*limit)
		if err != nil {
			return nil, "", err
		}
		stories, err := a.storiesOf(ctx, hits)
		if err != nil {
			return nil, "", err
		}
		for _, h := range hits {
			id := FactID(h.fact).Story()
			if seen[id] {
				after = cursor{h.day, h.fact}
				continue
			}
			if len(out) == limit {
				return out, after.String(), nil
			}
			seen[id] = true
			if s := stories[id]; s != nil { // else it left between the two questions
				out = append(out, *s)
			}
			after = cursor{h.day, h.fact}
		}
		if len(hits) < factsOfPage*limit {
			return out, "", nil
		}
	}
}

// storiesOf returns the stories of facts.
func (a *Archive) storiesOf(ctx context.Context, hits []hit) (map[StoryID]*Story, error) {
	ids := make([]int64, 0, len(hits))
	for _, h := range hits {
		ids = append(ids, int64(FactID(h.fact).Story()))
	}
	out := map[StoryID]*Story{}
	where, arg := a.read.among("s.id", distinct(ids))
	return out, a.each(ctx, "SELECT "+storyColumns+" FROM story s"+storyJoins+" WHERE "+where, []any{arg}, func(row scanner) error {
		s, err := a.scanStory(row)
		if err == nil {
			out[s.ID] = s
		}
		return err
	})
}

// Snippet is a stretch of a text that a search found, between marks.
type Snippet struct {
	Before, Match, After string
}

// snippetRunes is how much stands on either side of a match.
const snippetRunes = 60

// SnippetOf returns where in a text a search is met first: at one of its words
// or a form of it.
func (a *Archive) SnippetOf(text, search string) (Snippet, error) {
	want := map[string]bool{}
	for _, t := range searchTokens(search) {
		if t.not {
			continue
		}
		for _, w := range splitWords(strings.ToLower(t.text)) {
			want[w] = true
			more, err := a.stems.all(w)
			if err != nil {
				return Snippet{}, err
			}
			for _, f := range more {
				want[f] = true
			}
		}
	}
	at, end, err := a.firstMatch(text, want)
	if err != nil {
		return Snippet{}, err
	}
	before, after := []rune(text[:at]), []rune(text[end:])
	return Snippet{
		Before: oneLine(string(before[max(0, len(before)-snippetRunes):])), Match: text[at:end],
		After: oneLine(string(after[:min(len(after), snippetRunes)])),
	}, nil
}

// firstMatch finds the first word that is wanted, or of which a stem is; the
// beginning of the text where there is none.
func (a *Archive) firstMatch(text string, want map[string]bool) (at, end int, err error) {
	for i := 0; i < len(text); {
		j := i + strings.IndexFunc(text[i:], isWordRune)
		if j < i {
			break
		}
		k := strings.IndexFunc(text[j:], func(r rune) bool { return !isWordRune(r) })
		if k < 0 {
			k = len(text) - j
		}
		word := strings.ToLower(text[j : j+k])
		if want[word] {
			return j, j + k, nil
		}
		stems, err := a.stems.all(word)
		if err != nil {
			return 0, 0, err
		}
		for _, f := range stems {
			if want[f] {
				return j, j + k, nil
			}
		}
		i = j + k
	}
	return 0, 0, nil
}
