package archive

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"unicode"

	"kawat/record"
)

// sightingKind tells what a story says of a person.
type sightingKind uint8

const (
	sawPerson sightingKind = iota // that there is such a person; the value is the state
	sawName                       // a name, as printed
	sawOffice                     // an office; see officeValue
)

// sighting is one thing that one story says of one person.
type sighting struct {
	ref   string
	kind  sightingKind
	value string
	day   Day
}

// sightings returns what a record says of persons, each thing once.
func sightings(r *record.Record, day Day) []sighting {
	var out []sighting
	seen := map[sighting]bool{}
	add := func(s sighting) {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	for i := range r.Entities {
		e := &r.Entities[i]
		if e.Kind != "person" || e.Ref == "" {
			continue
		}
		add(sighting{e.Ref, sawPerson, e.Country, day})
		add(sighting{e.Ref, sawName, oneLine(e.Name), day})
		for _, o := range e.Offices {
			at := day
			if d := ParseDay(o.AsOf); d != 0 {
				at = d
			}
			add(sighting{e.Ref, sawOffice, officeValue(o), at})
		}
	}
	return out
}

// officeValue writes an office as fields between tabs: function, status, state,
// body, English title, title.
func officeValue(o record.Office) string {
	fields := []string{o.Function, o.Status, o.Country, o.Body, o.TitleEN, o.Title}
	for i := range fields {
		fields[i] = oneLine(fields[i])
	}
	return strings.Join(fields, "\t")
}

func parseOffice(value string) record.Office {
	f := strings.SplitN(value, "\t", 6)
	for len(f) < 6 {
		f = append(f, "")
	}
	return record.Office{Function: f[0], Status: f[1], Country: f[2], Body: f[3], TitleEN: f[4], Title: f[5]}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// seenKey is a row of the table of people.
type seenKey struct {
	term  int64
	kind  sightingKind
	value string
}

// seen is what a batch's stories say of it together.
type seen struct {
	since, until Day // 0 unknown
	stories      int
}

// see adds sightings to the table of people, at the end of the batch.
func (b *Batch) see(people []sighting) error {
	if b.pending.people == nil {
		b.pending.people = map[seenKey]seen{}
	}
	for _, s := range people {
		id, err := b.termID(term{termPerson, s.ref})
		if err != nil {
			return err
		}
		k := seenKey{id, s.kind, s.value}
		sum := b.pending.people[k]
		if s.day > 0 && (sum.since == 0 || s.day < sum.since) {
			sum.since = s.day
		}
		sum.until = max(sum.until, s.day)
		sum.stories++
		b.pending.people[k] = sum
	}
	return nil
}

// writePeople writes what was seen, in the order of the table's keys.
func (b *Batch) writePeople(people map[seenKey]seen) error {
	keys := slices.SortedFunc(maps.Keys(people), func(x, y seenKey) int {
		return cmp.Or(cmp.Compare(x.term, y.term), cmp.Compare(x.kind, y.kind), strings.Compare(x.value, y.value))
	})
	var rows, words [][]any
	for _, k := range keys {
		sum := people[k]
		rows = append(rows, []any{k.term, k.kind, k.value, int(sum.since), int(sum.until), sum.stories})
		if k.kind != sawName {
			continue
		}
		for _, word := range nameWords(k.value) {
			words = append(words, []any{word, k.term})
		}
	}
	if err := b.tx.put(&sink{"person(term, what, value, since, until, stories)", "nntnnn", `ON CONFLICT(term, what, value)
		DO UPDATE SET stories = person.stories + excluded.stories,
		since = CASE WHEN excluded.since > 0 AND (person.since = 0 OR excluded.since < person.since) THEN excluded.since ELSE person.since END,
		until = CASE WHEN excluded.until > person.until THEN excluded.until ELSE person.until END`}, rows); err != nil {
		return err
	}
	return b.tx.put(&sink{"name_word(word, term)", "tn", "ON CONFLICT DO NOTHING"}, words)
}

// unsee takes a story's sightings back. The first and last day of what other
// stories say too may stay wider than they are until the people are derived
// anew; counts are exact.
func (b *Batch) unsee(people []sighting) error {
	for _, s := range people {
		id, err := b.termID(term{termPerson, s.ref})
		if err != nil {
			return err
		}
		if err := b.exec("UPDATE person SET stories = stories - 1 WHERE term = ? AND what = ? AND value = ?", id, s.kind, s.value); err != nil {
			return err
		}
		if err := b.exec("DELETE FROM person WHERE term = ? AND what = ? AND value = ? AND stories <= 0", id, s.kind, s.value); err != nil {
			return err
		}
	}
	return nil
}

// refsOf returns the refs of the persons that a name may mean: the ref itself,
// else everybody of whose names its words are part; and the other spellings of
// each.
func (a *Archive) refsOf(ctx context.Context, name string) ([]string, error) {
	if strings.HasPrefix(name, "person:") {
		return a.widened(ctx, []string{name})
	}
	refs, err := a.refsNamed(ctx, name)
	if err != nil {
		return nil, err
	}
	return a.widened(ctx, refs)
}

func (a *Archive) refsNamed(ctx context.Context, name string) ([]string, error) {
	words := nameWords(name)
	if len(words) == 0 {
		return nil, nil
	}
	query, args := "SELECT t.text FROM name_word w JOIN term t ON t.id = w.term WHERE w.word = ?", []any{words[0]}
	for _, word := range words[1:] {
		query += " AND EXISTS (SELECT 1 FROM name_word x WHERE x.word = ? AND x.term = w.term)"
		args = append(args, word)
	}
	return collect(ctx, a, query+" ORDER BY t.text LIMIT ?", append(args, maxPersons), func(row scanner, ref *string) error { return row.Scan(ref) })
}

// maxNameWords bounds the words of a name; hostile names are long.
const maxNameWords = 8

// nameWords returns the words of a name as they are looked for.
func nameWords(name string) []string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
	return words[:min(len(words), maxNameWords)]
}
