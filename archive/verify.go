package archive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/fnv"

	"kawat/record"
)

// Fault is something that is not as it should be.
type Fault struct {
	Story  string // "" where it is of the archive as a whole
	Reason string
}

// String tells the fault in one line.
func (f Fault) String() string {
	if f.Story == "" {
		return f.Reason
	}
	return "story " + f.Story + ": " + f.Reason
}

// Verification is what Verify looked at.
type Verification struct {
	Stories, Facts int
	Faults         int
}

// Verifying is how far a run of Verify is.
type Verifying struct {
	Step       string // what is looked at
	Done, Rows int    // of the step; Rows is 0 where their number is unknown
}

// Verify proves that every story has its record, every record is as it was put
// and every span has its words, and that everything derived is what the
// records give. It hands faults to found as it meets them, tells show now and
// then how far it is, and reads the whole archive once.
func (a *Archive) Verify(ctx context.Context, found func(Fault), show ...func(Verifying)) (*Verification, error) {
	a.codes.takeUp(0)
	v := &verifier{a: a, ctx: ctx, found: found, show: show, terms: map[term]int64{}}
	for _, step := range []struct {
		what, rows string
		prove      func() error
	}{
		{"pages", "", v.pages},
		{"stories", "SELECT count(*) FROM story", v.stories},
		{"index of facts", "", v.posts},
		{"index of words", "", v.words},
		{"counts", "", v.tallies},
		{"happenings", "SELECT count(*) FROM happening", v.happenings},
	} {
		if err := v.step(step.what, step.rows, step.prove); err != nil {
			return &v.Verification, fmt.Errorf("archive %s: verify: %w", a.path, explain(err))
		}
	}
	return &v.Verification, nil
}

func (v *verifier) step(what, rows string, prove func() error) error {
	v.at = Verifying{Step: what}
	if rows != "" {
		if err := v.a.read.QueryRowContext(v.ctx, rows).Scan(&v.at.Rows); err != nil {
			return err
		}
	}
	v.tell()
	return prove()
}

// showEvery is how many rows lie between two words on how far a run is.
const showEvery = 1000

// did counts a row of a step.
func (v *verifier) did() {
	if v.at.Done++; v.at.Done%showEvery == 0 {
		v.tell()
	}
}

func (v *verifier) tell() {
	for _, show := range v.show {
		show(v.at)
	}
}

// verifier is one run of Verify.
type verifier struct {
	Verification
	a     *Archive
	ctx   context.Context
	found func(Fault)
	show  []func(Verifying)
	at    Verifying
	terms map[term]int64

	posted       int // entries of the index that the records give
	sum          uint64
	texts, event int
}

func (v *verifier) fault(story, format string, args ...any) {
	v.Faults++
	v.found(Fault{story, fmt.Sprintf(format, args...)})
}

// pages lets the engine look at what it stores.
func (v *verifier) pages() error {
	return v.a.read.pages(v.ctx, func(reason string) { v.fault("", "%s", reason) })
}

func (v *verifier) each(query string, take func(scanner) error) error {
	return v.a.each(v.ctx, query, nil, take)
}

// stories walks all stories, in all states.
func (v *verifier) stories() error {
	return v.each(`SELECT s.id, s.name, s.state, s.coder, s.text_sha, d.coder, d.sum, d.body, c.text
		FROM story s LEFT JOIN record d ON d.story = s.id LEFT JOIN copy c ON c.story = s.id ORDER BY s.id`, func(row scanner) error {
		var s storedStory
		if err := row.Scan(&s.id, &s.name, &s.state, &s.coder, &s.sha, &s.recordCoder, &s.sum, &s.body, &s.text); err != nil {
			return err
		}
		v.Stories++
		v.did()
		return v.story(&s)
	})
}

// storedStory is a story's rows as they are stored.
type storedStory struct {
	id                   StoryID
	name                 string
	state                state
	coder                int
	recordCoder          sql.NullInt64
	sha, sum, body, text []byte
}

func (v *verifier) story(s *storedStory) error {
	switch {
	case s.body == nil:
		v.fault(s.name, "has no record")
		return nil
	case !bytes.Equal(s.sum, sumOf(s.body, s.sha)):
		v.fault(s.name, "its record is not the one that was put")
		return nil
	case int(s.recordCoder.Int64) != s.coder:
		v.fault(s.name, "its record is by another coder than the story says")
	case s.text == nil && !v.a.noTexts:
		v.fault(s.name, "has no text")
		return nil
	}
	r, err := unpackReport(s.body, s.text)
	if err != nil {
		v.fault(s.name, "%v", err)
		return nil
	}
	if s.text != nil {
		if sum := sha256.Sum256([]byte(r.Story.Text)); !bytes.Equal(sum[:], s.sha) {
			v.fault(s.name, "its text is not the one that was put")
			return nil
		}
	}
	if r.Story.SHA256 != "" && r.Story.SHA256 != hex.EncodeToString(s.sha) {
		v.fault(s.name, "its record was read from another text")
	}
	v.spans(s, r)
	if s.state == current {
		return v.derived(s, r)
	}
	return nil
}

// spans proves that every fact has words.
func (v *verifier) spans(s *storedStory, r *record.Record) {
	n := len([]rune(r.Story.Text))
	if s.text == nil {
		n = int(^uint(0) >> 1) // without the text, only that the span is one
	}
	for i := 1; ; i++ {
		x, ok := factOf(&Report{Record: r}, s.id.fact(i))
		if !ok {
			return
		}
		v.Facts++
		spans := x.Spans()
		if len(spans) == 0 {
			v.fault(s.name, "%s %s has no words", x.Kind, x.Local())
		}
		for _, sp := range spans {
			if sp.Start < 0 || sp.Start >= sp.End || sp.End > n {
				v.fault(s.name, "%s %s: [%d, %d) is no span of a text of %d", x.Kind, x.Local(), sp.Start, sp.End, n)
			}
		}
	}
}

// derived adds up what the story must have in the index.
func (v *verifier) derived(s *storedStory, r *record.Record) error {
	e := &Entry{item: Item{Record: r}, day: s.id.Day()}
	if err := e.derive(r); err != nil {
		v.fault(s.name, "%v", err)
		return nil
	}
	posts, facts, err := postsOf(v, s.id, e)
	if err != nil {
		v.fault(s.name, "is not in the index: %v", err)
		return nil
	}
	for _, p := range append(posts, facts...) {
		v.posted++
		v.sum += p.hash()
	}
	for i := range e.facts {
		if e.facts[i].kind == Event {
			v.event++
		}
	}
	if s.text != nil {
		v.texts++
	}
	return nil
}

// hash is a number of an entry; the sum of all is the same in every order.
func (p *post) hash() uint64 {
	h := fnv.New64a()
	var b [32]byte
	for i, n := range [4]uint64{uint64(p.term), uint64(p.day), uint64(p.fact), uint64(p.traits)} {
		binary.LittleEndian.PutUint64(b[8*i:], n)
	}
	h.Write(b[:])
	return h.Sum64()
}

// number and termID look up what the index must know already.

func (v *verifier) number(kind codeKind, text string) (int, error) {
	if n, ok := v.a.codes.find(kind, text); ok || text == "" {
		return n, nil
	}
	return 0, fmt.Errorf("code %q: %w", text, ErrNotFound)
}

func (v *verifier) termID(t term) (int64, error) {
	if id, ok := v.terms[t]; ok {
		return id, nil
	}
	var id int64
	if err := v.a.read.QueryRowContext(v.ctx, "SELECT id FROM term WHERE kind = ? AND text = ?", t.kind, t.text).Scan(&id); err != nil {
		return 0, fmt.Errorf("term %q: %w", t.text, notFound(err))
	}
	if len(v.terms) >= maxCachedTerms {
		clear(v.terms)
	}
	v.terms[t] = id
	return id, nil
}

// posts compares the index of facts with what the records give.
func (v *verifier) posts() error {
	n, sum := 0, uint64(0)
	err := v.each("SELECT term, day, fact, traits FROM post UNION ALL SELECT 0, day, id, traits FROM fact", func(row scanner) error {
		var p post
		var t int64
		if err := row.Scan(&p.term, &p.day, &p.fact, &t); err != nil {
			return err
		}
		p.traits = traits(t)
		n++
		sum += p.hash()
		v.did()
		return nil
	})
	if err == nil && (n != v.posted || sum != v.sum) {
		v.fault("", "the index of facts has %d entries and is not what the records give, which is %d; `kawat archive rebuild` makes it anew", n, v.posted)
	}
	return err
}

// count compares a number with what a query returns.
func (v *verifier) count(want int, query, fault string) error {
	n := 0
	if err := v.a.read.QueryRowContext(v.ctx, query).Scan(&n); err != nil {
		return err
	}
	if n != want {
		v.fault("", fault+"; `kawat archive rebuild` makes it anew", n, want)
	}
	return nil
}

func (v *verifier) words() error {
	return v.count(v.texts, v.a.read.wordsQuery(), "the index of words has %d stories, and there are %d")
}

func (v *verifier) tallies() error {
	return v.count(v.event, fmt.Sprintf("SELECT coalesce(sum(y.reports), 0) FROM tally y JOIN term t ON t.id = y.term WHERE t.kind = %d", termAll),
		"the counts have %d events, and there are %d")
}

// happenings proves that happenings and their reports agree, and that none is
// of a story that does not count.
func (v *verifier) happenings() error {
	if err := v.count(0, "SELECT count(*) FROM member m LEFT JOIN story s ON s.id = m.fact >> 10 WHERE s.id IS NULL OR s.state <> 0",
		"%d reports of happenings are of stories that do not count, want %d"); err != nil {
		return err
	}
	if err := v.count(0, "SELECT count(*) FROM member m LEFT JOIN happening h ON h.id = m.happening WHERE h.id IS NULL",
		"%d reports are of no happening, want %d"); err != nil {
		return err
	}
	if err := v.count(0, fmt.Sprintf(`SELECT count(*) FROM happening h WHERE NOT EXISTS (SELECT 1 FROM happening_post p JOIN term t ON t.id = p.term
		WHERE t.kind = %d AND t.text = '%s' AND p.day = h.day AND p.fact = h.id)`, termAll, Event), "%d happenings are not in the index, want %d"); err != nil {
		return err
	}
	reports := 0
	if err := v.a.read.QueryRowContext(v.ctx, "SELECT count(*) FROM member").Scan(&reports); err != nil {
		return err
	}
	have := 0
	err := v.each("SELECT id, body FROM happening", func(row scanner) error {
		var id int64
		var body []byte
		if err := row.Scan(&id, &body); err != nil {
			return err
		}
		h, err := unpackHappening(id, body)
		if err != nil {
			v.fault("", "%v", err)
			return nil
		}
		have += len(h.Reports)
		v.did()
		return nil
	})
	if err == nil && have != reports {
		v.fault("", "happenings hold %d reports, and %d are listed; `kawat archive rebuild` makes them anew", have, reports)
	}
	return err
}
