package ingest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync"

	"kawat"
	"kawat/archive"
	"kawat/record"
	"kawat/story"
	"kawat/wire"
)

// RecodeOptions says what Recode does.
type RecodeOptions struct {
	All      bool // also records by this very coder, such as after a change of a pack in place
	Drop     bool // do not keep the former records
	Progress func(Progress)
}

// Recoded is what became of a run of Recode.
type Recoded struct {
	Read, Failed int
	Reasons      []error // at most maxFailures
}

// Recode reads the stories of an archive again whose records are not by this
// reader. What was recoded before a run ended early is not read again.
func Recode(ctx context.Context, a *archive.Archive, r *kawat.Reader, opt RecodeOptions) (*Recoded, error) {
	if !a.KeepsTexts() {
		return nil, fmt.Errorf("archive %s keeps no texts, so nothing can be read again", a.Path())
	}
	n := &recoding{a: a, r: r, opt: opt}
	type done struct {
		id    archive.StoryID
		entry *archive.Entry
	}
	var batch []done
	flush := func(ctx context.Context) error {
		err := a.Update(ctx, func(b *archive.Batch) error {
			for _, d := range batch {
				if err := b.Recode(d.id, d.entry, opt.Drop); err != nil {
					return err
				}
			}
			return nil
		})
		n.out.Read += len(batch)
		batch = batch[:0]
		if err == nil && opt.Progress != nil {
			opt.Progress(Progress{Stories: n.out.Read + n.out.Failed})
		}
		return err
	}
	ready := func(st *story.Story) (done, error) {
		from, _ := n.came.LoadAndDelete(st)
		rep := from.(*archive.Report)
		e, err := a.Prepare(archive.Item{Key: rep.Story.Key, Record: r.Record(st)})
		return done{rep.Story.ID, e}, err
	}
	for d, err := range kawat.StreamOf(ctx, r, n.source(ctx), ready) {
		var store *storeError
		switch {
		case errors.As(err, &store):
			return &n.out, store.err
		case err != nil:
			if n.out.Failed++; len(n.out.Reasons) < maxFailures {
				n.out.Reasons = append(n.out.Reasons, err)
			}
			continue
		}
		if batch = append(batch, d); len(batch) == recodeBatch {
			if err := flush(ctx); err != nil {
				return &n.out, err
			}
		}
	}
	if err := flush(context.WithoutCancel(ctx)); err != nil {
		return &n.out, err
	}
	return &n.out, ctx.Err()
}

const recodeBatch = 200

// recoding is one run of Recode.
type recoding struct {
	a    *archive.Archive
	r    *kawat.Reader
	opt  RecodeOptions
	came sync.Map // *story.Story -> *archive.Report
	out  Recoded
}

// source yields the stories to read, as their inputs gave them.
func (n *recoding) source(ctx context.Context) iter.Seq2[*story.Story, error] {
	return func(yield func(*story.Story, error) bool) {
		for rep, err := range n.a.Each(ctx) {
			if err != nil {
				yield(nil, &storeError{err})
				return
			}
			s := &rep.Record.Story
			if !n.opt.All && rep.Story.Coder == n.coder(s.Lang) {
				continue
			}
			st := &story.Story{
				ID: s.ID, URL: s.URL, Lang: s.Lang, Title: s.Title, Publisher: s.Publisher, Text: s.Text,
				Version: s.Version, PubStatus: s.PubStatus, Published: wire.ParsePublished(s.Published),
				Found: story.Found{Format: rep.Story.Format, Input: rep.Story.Input},
			}
			asGiven(st, s)
			n.came.Store(st, rep)
			if !yield(st, nil) {
				return
			}
		}
	}
}

// asGiven gives a story the credits and the copyright line that were fields of
// its input. A record does not tell them from those of the text; what is not in
// the text can have come from nowhere else, and the text is read again.
func asGiven(st *story.Story, s *record.Story) {
	for _, c := range s.Credits {
		if !strings.Contains(s.Text, c.Name) {
			st.Credits = append(st.Credits, story.Credit{Name: c.Name, Role: c.Role})
		}
	}
	if !strings.Contains(s.Text, s.Copyright) {
		st.Copyright = s.Copyright
	}
}

// coder is the name that records of a language get from this reader.
func (n *recoding) coder(lang string) string {
	return archive.CoderName(n.r.Record(&story.Story{Lang: lang}).Coder)
}
