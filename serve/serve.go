// Package serve is the desk: web pages, and an API, over an archive of records.
//
// What comes in are HTTP requests; what goes out are pages in English and
// Indonesian in which every fact is one step from its words, the same facts as
// JSON, and live updates. Pages are made on the server and work without a
// script; one small script adds keys and lights. The package finds and judges
// nothing: what it shows stands in the archive. For example
//
//	s, err := serve.New(serve.Options{Reader: reader})
//	err = s.ListenAndServe(ctx, "127.0.0.1:8080", nil)
package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"kawat"
	"kawat/alert"
	"kawat/archive"
	"kawat/feed"
	"kawat/record"
)

// Options says how a Server behaves.
type Options struct {
	Archive *archive.Archive
	Reader  *kawat.Reader // reads what users paste
	Fetcher *feed.Fetcher // of pages that users ask to be read
	Log     *slog.Logger  // default discards
	Lang    string        // language of pages for browsers that ask for neither; default "en"
	Token   string        // lets who has it in; with it, or with accounts in the archive, everybody has to sign in
	Cert    string        // file of the certificate, to serve by TLS; with Key
	Key     string
	Secure  bool // browsers reach the server by TLS, of a proxy before it: cookies go that way alone
	// Hooks posts answers to saved questions, Mailer mails them; nil where the
	// server does not. They are looked for every AlertEvery, default 30 s.
	Hooks      alert.Poster
	Mailer     *alert.Mailer
	AlertEvery time.Duration
	// Write changes stories and what is derived from them, for what reviewers
	// decide of merges; nil where this process may not.
	Write func(ctx context.Context, change func(*archive.Batch) error) error
	// States returns what is known of the sources that are watched, by their
	// addresses; nil where nobody watches.
	States    func() (map[string]feed.State, error)
	PublicURL string // by which others reach the pages; default the address that is listened on
	Owner     string // who decides of facts where nobody signs in; default "desk"
}

// Server serves the desk. It is safe for concurrent use.
type Server struct {
	opt      Options
	frames   map[string]*frame // by language of the interface
	page     *record.Page
	limits   *limits
	news     *remembered[string, notables]
	dyads    *remembered[archive.DyadsOf, []archive.Dyad]
	counts   *remembered[archive.CountsOf, []archive.Count]
	quality  *quality
	topics   *topics
	examples examples
	door     *door

	streams  chan struct{}          // a place for each that is open
	stopping chan struct{}          // closed when the server stops
	address  atomic.Pointer[string] // of the pages, once it listens
}

// New makes a Server.
func New(opt Options) (*Server, error) {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Lang == "" {
		opt.Lang = "en"
	}
	if opt.AlertEvery == 0 {
		opt.AlertEvery = 30 * time.Second
	}
	if opt.Owner == "" {
		opt.Owner = "desk"
	}
	s := &Server{opt: opt, frames: map[string]*frame{}, limits: newLimits(), streams: make(chan struct{}, maxStreams), stopping: make(chan struct{})}
	s.news = newRemembered(s.findNotable)
	s.dyads = newRemembered(func(ctx context.Context, of archive.DyadsOf) ([]archive.Dyad, error) {
		return opt.Archive.Dyads(ctx, of)
	})
	s.counts = newRemembered(func(ctx context.Context, of archive.CountsOf) ([]archive.Count, error) {
		return opt.Archive.Counts(ctx, of)
	})
	var err error
	if s.door, err = newDoor(opt.Archive, opt.Token); err != nil {
		return nil, err
	}
	if s.quality, err = readQuality(qualityTable); err != nil {
		return nil, err
	}
	if s.examples, err = newExamples(opt.Reader.Packs()); err != nil {
		return nil, err
	}
	if s.topics, err = newTopics(opt.Reader.Packs()); err != nil {
		return nil, err
	}
	if s.page, err = record.NewPage(); err != nil {
		return nil, err
	}
	for _, lang := range languages {
		if s.frames[lang], err = newFrame(lang, opt.Reader.Packs()); err != nil {
			return nil, fmt.Errorf("pages in %s: %w", lang, err)
		}
	}
	return s, nil
}

// Handler answers every request, guarded as [Server.ListenAndServe] has it.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.today)
	for _, l := range lists {
		mux.HandleFunc("GET "+l.Path, s.listPage(l))
	}
	mux.HandleFunc("GET /story/{key}", s.storyPage)
	mux.HandleFunc("GET /happenings", s.happeningsPage)
	mux.HandleFunc("GET /happening/{key}/{fact}", s.happeningPage)
	mux.HandleFunc("POST /happening/{key}/{fact}/merge", s.merge)
	mux.HandleFunc("GET /happening/{key}/{fact}/merge", s.mergePage)
	mux.HandleFunc("POST /happening/{key}/{fact}/unite", s.unite)
	mux.HandleFunc("POST /happening/{key}/{fact}/recant", s.recant)
	mux.HandleFunc("GET /sources", s.sourcesPage)
	mux.HandleFunc("GET /search", s.search)
	mux.HandleFunc("GET /person", s.personPage)
	mux.HandleFunc("GET /country/{code}", s.statePage)
	mux.HandleFunc("GET /countries", s.statesPage)
	mux.HandleFunc("GET /dyad/{a}/{b}", s.dyadPage)
	mux.HandleFunc("GET /map", s.mapPage)
	mux.HandleFunc("GET /network", s.networkPage)
	mux.HandleFunc("GET /about", s.about)
	mux.HandleFunc("GET /review", s.reviewPage)
	mux.HandleFunc("GET /review/{key}/{fact}", s.judgePage)
	mux.HandleFunc("POST /review/{key}/{fact}", s.judge)
	mux.HandleFunc("GET /read", s.readForm)
	mux.HandleFunc("POST /read", s.readThis)
	mux.HandleFunc("POST /language", s.chooseLanguage)
	mux.HandleFunc("GET /alerts", s.alertsPage)
	mux.HandleFunc("POST /alerts", s.saveQuestion)
	mux.HandleFunc("POST /alerts/{id}/remove", s.removeQuestion)
	mux.HandleFunc("GET /login", s.loginPage)
	mux.HandleFunc("POST /login", s.login)
	mux.HandleFunc("POST /logout", s.logout)
	mux.Handle("GET /assets/", assetHandler())
	mux.HandleFunc("GET /healthz", s.health)
	s.api(mux)
	mux.HandleFunc("/", s.notFound)
	return s.guard(mux)
}

// Times within which a client must have sent its request and taken the answer.
const (
	readTimeout  = 30 * time.Second
	writeTimeout = 60 * time.Second
	idleTimeout  = 2 * time.Minute
	stopTimeout  = 10 * time.Second
)

// ListenAndServe serves until ctx ends, then lets requests that are under way
// finish. It binds to another address than a loopback one only where everybody
// has to sign in. ready, which may be nil, is told the address of the pages.
func (s *Server) ListenAndServe(ctx context.Context, address string, ready func(url string)) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	if a, ok := l.Addr().(*net.TCPAddr); !ok || !a.IP.IsLoopback() {
		locked, err := s.door.isLocked(ctx)
		if err == nil && !locked {
			err = ErrOpenDoor
		}
		if err != nil {
			l.Close()
			return fmt.Errorf("serve: %s: %w", address, err)
		}
	}
	at := "http://" + l.Addr().String() + "/"
	if s.opt.Cert != "" {
		at = "https" + strings.TrimPrefix(at, "http")
	}
	s.address.Store(&at)
	if ready != nil {
		ready(at)
	}
	return s.serve(ctx, l)
}

// ErrOpenDoor says that the server would stand open to others.
var ErrOpenDoor = errors.New("is no loopback address, and nobody would have to sign in: add an account, or give a token")

func (s *Server) serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{
		Handler: s.Handler(), ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(s.opt.Log.Handler(), slog.LevelWarn),
	}
	srv.RegisterOnShutdown(sync.OnceFunc(func() { close(s.stopping) }))
	done := make(chan error, 1)
	go func() {
		<-ctx.Done()
		stop, cancel := context.WithTimeout(context.Background(), stopTimeout)
		defer cancel()
		done <- srv.Shutdown(stop)
	}()
	if s.opt.Archive.Decides() {
		go s.watchQuestions(ctx)
	}
	go s.warm(ctx)
	s.opt.Log.Info("serving", "address", l.Addr().String())
	run := func() error { return srv.Serve(l) }
	if s.opt.Cert != "" {
		run = func() error { return srv.ServeTLS(l, s.opt.Cert, s.opt.Key) }
	}
	if err := run(); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return <-done
}

// warm finds what is dear to find before the first reader asks for it.
func (s *Server) warm(ctx context.Context) {
	_, err := s.notable(ctx, time.Now().UTC())
	if err == nil {
		_, err = s.dyads.get(ctx, archive.DyadsOf{Limit: dyadsListed})
	}
	if err != nil && ctx.Err() == nil {
		s.opt.Log.Warn("first page", "error", err)
	}
}

// health tells those who watch the server whether it can answer.
func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	if err := s.opt.Archive.Check(r.Context()); err != nil {
		s.opt.Log.Error("archive", "error", err)
		http.Error(w, "the archive cannot answer", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ok")
}
