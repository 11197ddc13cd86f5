package feed

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"sync"
	"time"
)

// Found is a story that a source has newly listed.
type Found struct {
	Source Source
	Item   Item
	Page   *Page  // of a listing
	Path   string // of a folder
}

// WatchOptions says how a Watcher behaves. Zero values mean the defaults.
type WatchOptions struct {
	Agent   string        // token of the user agent that robots.txt names; default "kawat"
	Every   time.Duration // between two looks at a source; default 10 minutes
	Pace    time.Duration // between two requests to a host; default 2 s
	AtOnce  int           // requests under way; default 16
	MaxWait time.Duration // of backing off; default a day
	Once    bool          // look at every source once, whatever is due, and return
	Log     *slog.Logger  // default discards
}

func (o *WatchOptions) defaults() {
	if o.Agent == "" {
		o.Agent = "kawat"
	}
	if o.Every == 0 {
		o.Every = 10 * time.Minute
	}
	if o.Pace == 0 {
		o.Pace = 2 * time.Second
	}
	if o.AtOnce == 0 {
		o.AtOnce = 16
	}
	if o.MaxWait == 0 {
		o.MaxWait = 24 * time.Hour
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
}

// Watcher looks at sources for new stories.
type Watcher struct {
	opt     WatchOptions
	fetcher *Fetcher
	memory  Memory
	robots  *robots
	pacer   *pacer
	take    func(context.Context, *Found) error
}

// NewWatcher makes a Watcher. It hands every new story to take, from many
// goroutines; a story for which take returns an error is handed over again at a
// later look, any other never again.
func NewWatcher(f *Fetcher, m Memory, take func(context.Context, *Found) error, opt WatchOptions) *Watcher {
	opt.defaults()
	return &Watcher{opt: opt, fetcher: f, memory: m, robots: newRobots(f, opt.Agent), pacer: newPacer(opt.Pace, opt.AtOnce), take: take}
}

// Run watches until the context ends, or, with Once, until every source has
// been looked at. Sources do not wait for one another. An error is one of the
// memory; what sources and pages do wrong stands in their states and in the log.
func (w *Watcher) Run(ctx context.Context, sources []Source) error {
	var wg sync.WaitGroup
	errs := make([]error, len(sources))
	for i, s := range sources {
		wg.Go(func() { errs[i] = w.watch(ctx, s) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

func (w *Watcher) watch(ctx context.Context, s Source) error {
	for {
		st, err := w.memory.Load(s.Address)
		if err != nil {
			return err
		}
		if !w.opt.Once && !sleep(ctx, time.Until(st.Next)) {
			return nil
		}
		if err := w.look(ctx, s, &st); err != nil {
			return err
		}
		if w.opt.Once || ctx.Err() != nil {
			return nil
		}
	}
}

// sleep waits; false means that the context ended.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// look looks at a source once and keeps what it learned.
func (w *Watcher) look(ctx context.Context, s Source, st *State) error {
	if st.Seen == nil {
		st.Seen = map[string]time.Time{}
	}
	var err error
	if s.Folder() {
		err = w.lookFolder(ctx, s, st)
	} else {
		err = w.lookListing(ctx, s, st)
	}
	if ctx.Err() != nil {
		err = nil // stopped, not failed
	} else {
		w.settle(s, st, err)
	}
	forget(st)
	if saveErr := w.memory.Save(s.Address, *st); saveErr != nil {
		return saveErr
	}
	return nil
}

// settle says when the source is looked at next: after its interval, or later
// and later while it fails, or when its server says. A jitter of a tenth keeps
// sources from falling into step.
func (w *Watcher) settle(s Source, st *State, err error) {
	wait := w.opt.Every
	if s.Every > 0 {
		wait = s.Every
	}
	now := time.Now()
	if err == nil {
		st.LastOK, st.LastError, st.Fails = now, "", 0
	} else {
		w.opt.Log.Warn("source failed", "source", s.Address, "error", err)
		st.LastError, st.Fails = err.Error(), st.Fails+1
		wait = min(wait<<min(st.Fails, 16), w.opt.MaxWait)
		var status *StatusError
		if errors.As(err, &status) {
			wait = max(wait, status.RetryAfter)
		}
	}
	st.Next = now.Add(wait + time.Duration(rand.Int64N(int64(wait/10)+1)))
}

// forget keeps the items that were listed last.
func forget(st *State) {
	if len(st.Seen) <= maxSeen {
		return
	}
	var newest time.Time
	for _, at := range st.Seen {
		if at.After(newest) {
			newest = at
		}
	}
	for id, at := range st.Seen {
		if at.Before(newest) {
			delete(st.Seen, id)
		}
	}
}

// get fetches a page as robots.txt allows and at the host's pace.
func (w *Watcher) get(ctx context.Context, address string, known Validators) (*Page, error) {
	ok, delay := w.robots.allowed(ctx, address)
	if !ok {
		return nil, &RobotsError{address}
	}
	done, err := w.pacer.wait(ctx, address, delay)
	if err != nil {
		return nil, err
	}
	defer done()
	return w.fetcher.GetIf(ctx, address, known)
}

// RobotsError says that a page is not called because its host forbids it, or
// because the host could not say.
type RobotsError struct{ URL string }

func (e *RobotsError) Error() string { return "robots.txt does not allow " + e.URL }

// lookListing takes what a feed or a sitemap newly lists.
func (w *Watcher) lookListing(ctx context.Context, s Source, st *State) error {
	page, err := w.get(ctx, s.Address, st.Validators)
	if err != nil {
		return err
	}
	if page.Unchanged {
		return nil
	}
	items, more, err := listing(page.Body, page.URL)
	if err != nil {
		return err
	}
	for _, address := range more[:min(len(more), maxSitemaps)] {
		if address == "" {
			continue
		}
		sub, err := w.get(ctx, address, Validators{})
		if err != nil {
			return err
		}
		part, _, err := listing(sub.Body, sub.URL)
		if err != nil {
			return err
		}
		items = append(items, part...)
	}
	failed := 0
	now := time.Now()
	for i := range items {
		if ctx.Err() != nil {
			return nil
		}
		id := items[i].version()
		if _, ok := st.Seen[id]; ok {
			st.Seen[id] = now
			continue
		}
		if err := w.takeItem(ctx, s, items[i]); err != nil {
			w.opt.Log.Warn("story failed", "source", s.Address, "story", items[i].Address, "error", err)
			if lasting(err) {
				st.Seen[id] = now
			} else {
				failed++
			}
			continue
		}
		st.Seen[id] = now
		st.Taken++
	}
	if failed == 0 {
		st.Validators = page.Validators // else the listing must come again whole
	}
	return nil
}

// maxSitemaps bounds how many sitemaps of an index are read: news stands in the
// first ones.
const maxSitemaps = 8

// lasting reports whether it makes no sense to ask for a story again.
func lasting(err error) bool {
	var status *StatusError
	if errors.As(err, &status) {
		return status.Code >= 400 && status.Code < 500 && status.Code != 429 && status.Code != 408
	}
	var forbidden *RobotsError
	var private *PrivateError
	return errors.As(err, &forbidden) || errors.As(err, &private)
}

func (w *Watcher) takeItem(ctx context.Context, s Source, it Item) error {
	page, err := w.get(ctx, it.Address, Validators{})
	if err != nil {
		return err
	}
	if it.Lang == "" {
		it.Lang = s.Lang
	}
	return w.take(ctx, &Found{Source: s, Item: it, Page: page})
}

// settledAfter is how long a dropped file must have been left alone: wires are
// written in pieces.
const settledAfter = time.Second

// lookFolder takes files that are new or have changed. A file in a folder below
// or whose name begins with a dot is not looked at.
func (w *Watcher) lookFolder(ctx context.Context, s Source, st *State) error {
	files, err := os.ReadDir(s.Address)
	if err != nil {
		return fmt.Errorf("folder: %w", err)
	}
	now := time.Now()
	for _, f := range files {
		if ctx.Err() != nil {
			return nil
		}
		info, err := f.Info()
		if err != nil || !info.Mode().IsRegular() || f.Name()[0] == '.' || now.Sub(info.ModTime()) < settledAfter {
			continue
		}
		id := fmt.Sprintf("%s %d %d", f.Name(), info.Size(), info.ModTime().UnixNano())
		if _, ok := st.Seen[id]; !ok {
			path := s.Address + string(os.PathSeparator) + f.Name()
			if err := w.take(ctx, &Found{Source: s, Item: Item{ID: id, Lang: s.Lang}, Path: path}); err != nil {
				w.opt.Log.Warn("story failed", "source", s.Address, "story", f.Name(), "error", err)
				continue
			}
			st.Taken++
		}
		st.Seen[id] = now
	}
	return nil
}
