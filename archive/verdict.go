package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"kawat/archive/happening"
)

// What people decide of merges. A verdict is the truth, as a record is: it
// outlives recoding and a rebuild.
const (
	// Apart: the report tells another happening than those it was taken with.
	Apart = "apart"
	// Together: the reports tell one happening, whatever their scores.
	Together = "together"
	// Recanted: an earlier verdict does not hold any more.
	Recanted = "recanted"
)

// Verdict is what somebody decided of a merge.
type Verdict struct {
	ID      int64       `json:"id"`
	Made    string      `json:"made"` // RFC 3339, UTC
	Who     string      `json:"who"`
	What    string      `json:"what"` // Apart, Together
	Reports []ReportRef `json:"reports"`
	Others  []ReportRef `json:"others"` // from which they are apart, or with which they are together
}

// ReportRef names a report in every archive and by every coder: the story's
// key, and the event's key in its record, or the id of an encounter, which has
// none.
type ReportRef struct {
	Story Key    `json:"story"`
	Event string `json:"event"`
}

// String is the story's key and the event's, with a space between.
func (r ReportRef) String() string { return r.Story.String() + " " + r.Event }

// ErrAlone says that a report is the only one of its happening.
var ErrAlone = errors.New("is the only report of its happening")

// Separate undoes a merge: the reports, which must be of one happening, leave
// it and never come back, also when the archive is made anew; they stay with
// one another. Each may join another happening that it fits.
func (b *Batch) Separate(who string, reports ...FactID) (int64, error) {
	h, err := b.happeningOf(reports)
	if err != nil {
		return 0, err
	}
	v := Verdict{Who: who, What: Apart}
	for i := range h.Reports {
		if id := FactID(h.Reports[i].Fact); !slices.Contains(reports, id) && len(v.Others) < maxOthers {
			ref, err := b.refOf(id)
			if err != nil {
				return 0, err
			}
			v.Others = append(v.Others, ref)
		}
	}
	if len(v.Others) == 0 {
		return 0, fmt.Errorf("report %d: %w", reports[0], ErrAlone)
	}
	return b.decide(&v, reports)
}

// maxOthers bounds the reports that a verdict names; the first of a happening
// stay the first, so that the hundredth copy adds nothing.
const maxOthers = 100

// Unite says that reports tell the happening of another one: those that do not
// stand there yet are moved to it, those that do stay there whatever a later
// comparison says.
func (b *Batch) Unite(who string, with FactID, reports ...FactID) (int64, error) {
	ref, err := b.refOf(with)
	if err != nil {
		return 0, err
	}
	return b.decide(&Verdict{Who: who, What: Together, Others: []ReportRef{ref}}, slices.DeleteFunc(slices.Clone(reports), func(id FactID) bool { return id == with }))
}

// Recant takes a verdict back and joins all reports on both of its sides, and
// those that stand with them now, as if it had never been: one that another
// verdict kept from going home then is named on neither side of this one.
func (b *Batch) Recant(who string, verdict int64) error {
	list, err := b.verdicts()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(v Verdict) bool { return v.ID == verdict })
	if i < 0 {
		return fmt.Errorf("verdict %d %w", verdict, ErrNotFound)
	}
	if err := b.record(&Verdict{Who: who, What: Recanted}, fmt.Sprint(verdict)); err != nil {
		return err
	}
	facts, err := b.factsBy(slices.Concat(list[i].Reports, list[i].Others), map[Key]bool{})
	if err == nil {
		facts, err = b.withCompanions(facts)
	}
	if err != nil {
		return err
	}
	return b.rejoin(facts)
}

// decide writes a verdict down and joins its reports by it.
func (b *Batch) decide(v *Verdict, reports []FactID) (int64, error) {
	if len(reports) == 0 {
		return 0, errors.New("a verdict names no reports")
	}
	for _, id := range reports {
		ref, err := b.refOf(id)
		if err != nil {
			return 0, err
		}
		v.Reports = append(v.Reports, ref)
	}
	if err := b.record(v, v.Reports[0].String()); err != nil {
		return 0, err
	}
	return v.ID, b.rejoin(reports)
}

// record writes the row of a verdict.
func (b *Batch) record(v *Verdict, subject string) error {
	body, err := json.Marshal(map[string][]ReportRef{"reports": v.Reports, "others": v.Others})
	if err != nil {
		return err
	}
	v.Made = time.Now().UTC().Format(time.RFC3339)
	b.w.verdicts = nil
	_, err = b.one("INSERT INTO verdict(made, who, what, subject, body) VALUES (?, ?, ?, ?, ?) RETURNING id",
		[]any{v.Made, v.Who, v.What, subject, string(body)}, &v.ID)
	return err
}

// happeningOf returns the one happening of which all facts are reports.
func (b *Batch) happeningOf(facts []FactID) (*happening.Happening, error) {
	var one int64
	for i, id := range facts {
		var n int64
		found, err := b.one("SELECT happening FROM member WHERE fact = ?", []any{int64(id)}, &n)
		switch {
		case err != nil:
			return nil, err
		case !found:
			return nil, fmt.Errorf("report %d %w", id, ErrNotFound)
		case i > 0 && n != one:
			return nil, fmt.Errorf("reports %d and %d are of two happenings", facts[0], id)
		}
		one = n
	}
	if one == 0 {
		return nil, errors.New("a verdict names no reports")
	}
	return b.happening(one)
}

// refOf names a report for good.
func (b *Batch) refOf(id FactID) (ReportRef, error) {
	r, err := b.a.scanReport(b.tx.row(reportQuery+"WHERE s.id = ?", int64(id.Story())))
	if err != nil {
		return ReportRef{}, notFound(err)
	}
	x, ok := factOf(r, id)
	if !ok || x.Kind != Event && x.Kind != Encounter {
		return ReportRef{}, fmt.Errorf("fact %d is no report: %w", id, ErrNotFound)
	}
	return x.ReportRef(), nil
}

// ReportRef names a fact for good, as verdicts do.
func (x *Fact) ReportRef() ReportRef { return ReportRef{x.Report.Story.Key, eventRef(x)} }

// eventRef is what a record calls an event, the same by every coder.
func eventRef(x *Fact) string {
	if x.Kind == Event && x.Event.Key != "" {
		return x.Event.Key
	}
	return x.Local()
}

// factBy finds a report by its name; 0 where the story is gone, or its record
// tells no such event any more.
func (b *Batch) factBy(ref ReportRef) (FactID, error) {
	var id int64
	found, err := b.one("SELECT id FROM story WHERE key = ? AND state = 0", []any{ref.Story[:]}, &id)
	if err != nil || !found {
		return 0, err
	}
	r, err := b.a.scanReport(b.tx.row(reportQuery+"WHERE s.id = ?", id))
	if err != nil {
		return 0, notFound(err)
	}
	for n := 1; n <= len(r.Record.Events)+len(r.Record.Encounters); n++ {
		if x, ok := factOf(r, r.Story.ID.fact(n)); ok && eventRef(&x) == ref.Event {
			return x.ID, nil
		}
	}
	return 0, nil
}

// settled is what verdicts say of two reports.
type settled map[[2]FactID]string

func pairOf(x, y FactID) [2]FactID { return [2]FactID{min(x, y), max(x, y)} }

// settle returns what verdicts say, by the reports' numbers of now. They are
// few, for people make them: they are all kept, and looked up again whenever
// the record of a story that they name changes.
func (b *Batch) settle() (*verdicts, error) {
	if b.w.verdicts != nil {
		return b.w.verdicts, nil
	}
	list, err := b.verdicts()
	if err != nil {
		return nil, err
	}
	out := &verdicts{of: settled{}, stories: map[Key]bool{}}
	for _, v := range list {
		reports, err := b.factsBy(v.Reports, out.stories)
		if err != nil {
			return nil, err
		}
		others, err := b.factsBy(v.Others, out.stories)
		if err != nil {
			return nil, err
		}
		for _, x := range reports {
			for _, y := range others {
				out.of[pairOf(x, y)] = v.What // the last verdict on two holds
			}
		}
	}
	b.w.verdicts = out
	return out, nil
}

// verdicts are the verdicts that hold.
type verdicts struct {
	of      settled
	stories map[Key]bool // that they name
}

func (b *Batch) factsBy(refs []ReportRef, stories map[Key]bool) ([]FactID, error) {
	var out []FactID
	for _, ref := range refs {
		stories[ref.Story] = true
		id, err := b.factBy(ref)
		if err != nil {
			return nil, err
		}
		if id != 0 {
			out = append(out, id)
		}
	}
	return out, nil
}

// unsettle forgets the reports' numbers where a story's record changed.
func (b *Batch) unsettle(k Key) {
	if v := b.w.verdicts; v != nil && v.stories[k] {
		b.w.verdicts = nil
	}
}

// say reports what verdicts say of a report and a happening: Apart, Together,
// or "".
func (v *verdicts) say(h *happening.Happening, rep *happening.Report) string {
	if len(v.of) == 0 {
		return ""
	}
	out := ""
	for i := range h.Reports {
		switch v.of[pairOf(FactID(h.Reports[i].Fact), FactID(rep.Fact))] {
		case Apart:
			return Apart
		case Together:
			out = Together
		}
	}
	return out
}

// withDecided adds the happenings that verdicts lead to, which may lie anywhere
// in time.
func (b *Batch) withDecided(v *verdicts, ids []int64, rep *happening.Report) ([]int64, error) {
	for pair, what := range v.of {
		if what != Together || pair[0] != FactID(rep.Fact) && pair[1] != FactID(rep.Fact) {
			continue
		}
		other := pair[0] + pair[1] - FactID(rep.Fact)
		more, err := b.ids("SELECT happening FROM member WHERE fact = ?", int64(other))
		if err != nil {
			return nil, err
		}
		ids = append(ids, more...)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

const verdictQuery = `SELECT v.id, v.made, v.who, v.what, v.body FROM verdict v WHERE v.what IN ('apart', 'together')
	AND NOT EXISTS (SELECT 1 FROM verdict x WHERE x.what = 'recanted' AND x.subject = CAST(v.id AS text)) ORDER BY v.id`

// verdicts returns those that hold, oldest first.
func (b *Batch) verdicts() (out []Verdict, err error) {
	err = b.tx.each(verdictQuery, nil, func(row scanner) error {
		v, err := scanVerdict(row)
		out = append(out, v)
		return err
	})
	return out, err
}

func scanVerdict(row scanner) (Verdict, error) {
	var v Verdict
	var body string
	if err := row.Scan(&v.ID, &v.Made, &v.Who, &v.What, &body); err != nil {
		return v, err
	}
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		return v, fmt.Errorf("verdict %d: %w: %w", v.ID, errDamaged, err)
	}
	return v, nil
}

// Verdicts returns what people decided of merges and holds, oldest first.
func (a *Archive) Verdicts(ctx context.Context) ([]Verdict, error) {
	out, err := collect(ctx, a, verdictQuery, nil, func(row scanner, v *Verdict) (err error) {
		*v, err = scanVerdict(row)
		return err
	})
	if out == nil {
		out = []Verdict{}
	}
	return out, a.failed(err)
}

// MarshalText writes the key as String does.
func (k Key) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText is the inverse of MarshalText.
func (k *Key) UnmarshalText(text []byte) error {
	read, err := ParseKey(strings.TrimSpace(string(text)))
	if err == nil {
		*k = read
	}
	return err
}
