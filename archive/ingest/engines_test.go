package ingest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kawat"
	"kawat/archive"
	"kawat/archive/ingest"
	"kawat/archive/postgrestest"
	"kawat/archive/sample"
)

func TestMain(m *testing.M) { os.Exit(postgrestest.Main(m)) }

// sampled writes stories of package sample as JSON Lines.
func sampled(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sample.jsonl")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	enc := json.NewEncoder(f)
	for st := range sample.Stories(7, n) {
		if err := enc.Encode(st); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestEnginesAnswerAlike reads the same stories into a file and into a
// database, and asks both everything: page by page the answers are the same.
func TestEnginesAnswerAlike(t *testing.T) {
	ctx := context.Background()
	_, clusters := clusters(t, "clusters.tsv")
	inputs := []string{sampled(t, 150), clusters}
	r := reader(t)
	file := newArchive(t)
	database := openDatabase(t, postgrestest.Address(t))
	for _, a := range []*archive.Archive{file, database} {
		fill(t, a, r, inputs)
	}
	for _, c := range answers(t, ctx, file) {
		got := c.ask(database)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: in a file (-), in a database (+):\n%s", c.name, diff)
		}
	}
}

func openDatabase(t *testing.T, address string) *archive.Archive {
	t.Helper()
	a, err := archive.Open(address, archive.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func fill(t *testing.T, a *archive.Archive, r *kawat.Reader, inputs []string) {
	t.Helper()
	if _, err := ingest.Run(context.Background(), a, r, inputs, ingest.Options{Batch: 64}); err != nil {
		t.Fatal(err)
	}
	v, err := a.Verify(context.Background(), func(f archive.Fault) { t.Error(f) })
	if err != nil || v.Stories < 150 {
		t.Fatalf("%+v, %v", v, err)
	}
}

// question is one that was asked, and its answer.
type question struct {
	name string
	ask  func(*archive.Archive) []string
	want []string
}

// answers asks an archive everything.
func answers(t *testing.T, ctx context.Context, a *archive.Archive) []question {
	filters := filtersOf(t, ctx, a)
	var out []question
	add := func(name string, ask func(*archive.Archive) []string) {
		out = append(out, question{name, ask, ask(a)})
	}
	line := func(v any, err error) string {
		if err != nil {
			t.Error(err)
		}
		b, err := json.Marshal(v)
		if err != nil {
			t.Error(err)
		}
		return string(b)
	}
	for i, f := range filters {
		from := len(out)
		add(fmt.Sprintf("stories %+v", f), func(a *archive.Archive) (all []string) {
			for p := (archive.Page{Limit: 7}); ; {
				list, next, err := a.Stories(ctx, f, p)
				all = append(all, line(list, err))
				if p.After = next; next == "" {
					return all
				}
			}
		})
		add(fmt.Sprintf("happenings %+v", f), func(a *archive.Archive) (all []string) {
			for h, err := range a.EachHappening(ctx, f) {
				all = append(all, line(h, err))
			}
			return all
		})
		for k := archive.Event; k <= archive.Message; k++ {
			add(fmt.Sprintf("%s %+v", k, f), func(a *archive.Archive) (all []string) {
				for p := (archive.Page{Limit: 7}); ; {
					list, next, err := a.Facts(ctx, []archive.Kind{k}, f, p)
					for _, x := range list {
						all = append(all, fmt.Sprint(x.Day, x.Report.Story.Name, x.Local()))
					}
					if all = append(all, line(next, err)); next == "" {
						return all
					}
					p.After = next
				}
			})
		}
		if n := rowsOf(out[from:]); n == 0 != (i == len(filters)-1) {
			t.Errorf("%+v has %d rows: only the last filter should find nothing", f, n)
		}
	}
	for _, name := range append(filters[4].Person, filters[5].Speaker...) {
		add("people "+name, func(a *archive.Archive) []string { p, err := a.People(ctx, name, 0); return []string{line(p, err)} })
	}
	for _, of := range []archive.CountsOf{{}, {Actor: filters[1].Actor[0]}, {Actor: filters[3].Dyad[0], Recipient: filters[3].Dyad[1], Since: "2015"}} {
		add(fmt.Sprintf("counts %+v", of), func(a *archive.Archive) []string { c, err := a.Counts(ctx, of); return []string{line(c, err)} })
	}
	add("dyads", func(a *archive.Archive) []string {
		d, err := a.Dyads(ctx, archive.DyadsOf{})
		return []string{line(d, err)}
	})
	add("dyads of one", func(a *archive.Archive) []string {
		d, err := a.Dyads(ctx, archive.DyadsOf{Actor: filters[1].Actor[0], Until: "2015-01"})
		return []string{line(d, err)}
	})
	add("coders", func(a *archive.Archive) []string { c, err := a.Coders(ctx); return []string{line(c, err)} })
	add("records", func(a *archive.Archive) (all []string) {
		for r, err := range a.Each(ctx) {
			all = append(all, line(r, err))
		}
		return all
	})
	return out
}

func rowsOf(list []question) int {
	n := 0
	for _, q := range list {
		for _, row := range q.want {
			if row != "null" && row != `""` {
				n++
			}
		}
	}
	return n
}

// filtersOf are filters of every kind for which the archive has answers, and a
// last one that nothing meets.
func filtersOf(t *testing.T, ctx context.Context, a *archive.Archive) []archive.Filter {
	dyads, err := a.Dyads(ctx, archive.DyadsOf{})
	if err != nil || len(dyads) < 2 {
		t.Fatal(dyads, err)
	}
	var persons, speakers, publishers []string
	for x, err := range a.EachFact(ctx, []archive.Kind{archive.Quotation, archive.Encounter}, archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		publishers = append(publishers, x.Report.Story.Publisher)
		for _, e := range x.Report.Record.Entities {
			switch {
			case e.Kind != "person":
			case x.Quotation != nil && x.Quotation.Speaker == e.ID:
				speakers = append(speakers, e.Name)
			case x.Encounter != nil && slices.Contains(x.Encounter.Participants, e.ID):
				persons = append(persons, e.Ref)
			}
		}
	}
	if len(persons) == 0 || len(speakers) == 0 {
		t.Fatal("nobody met or spoke")
	}
	top := dyads[0]
	return []archive.Filter{
		{},
		{Actor: []string{top.Actor, dyads[1].Actor}},
		{Recipient: []string{top.Recipient}},
		{Dyad: []string{top.Recipient, top.Actor}},
		{Person: persons[:1]},
		{Speaker: speakers[:1]},
		{Office: []string{"foreign-minister"}},
		{Type: []string{"CONSULT", "direct"}},
		{CAMEO: []string{"04", "05"}},
		{Quad: []string{"2", "verbal-conflict"}},
		{Status: []string{"planned"}},
		{Since: "2015-01-02", Until: "2015-01"},
		{Place: []string{"CHN", "jakarta", "lima"}},
		{Lang: []string{"id"}},
		{Publisher: publishers[:2]},
		{MinConfidence: 0.8},
		{Words: "meeting OR pertemuan -tariff"},
		{Words: `"foreign minister" coop*`},
		{Words: "bertemu", Actor: []string{top.Actor, dyads[1].Actor, dyads[2].Actor}},
		{Actor: []string{top.Actor}, Recipient: []string{top.Recipient}, Type: []string{dyadType(t, ctx, a, top)}},
		{Person: []string{"nobody at all"}},
	}
}

// dyadType is a type of events of a dyad.
func dyadType(t *testing.T, ctx context.Context, a *archive.Archive, d archive.Dyad) string {
	counts, err := a.Counts(ctx, archive.CountsOf{Actor: d.Actor, Recipient: d.Recipient})
	if err != nil || len(counts) == 0 {
		t.Fatal(counts, err)
	}
	return counts[0].Type
}
