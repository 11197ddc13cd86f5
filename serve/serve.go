// Package serve is the desk: web pages, and an API, over an archive of records.
//
// What comes in are HTTP requests; what goes out are pages in English and
// Indonesian in which every fact is one step from its words, the same facts as
// JSON, and live updates. Pages are made on the server and work without a
// script; one small script adds keys and lights. The package finds and judges
// nothing: what it shows stands in the archive. For example
//
//	s, err := serve.New(serve.Options{Reader: reader})
//	err = s.ListenAndServe(ctx, "127.0.0.1:8080")
package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"kawat"
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
	Owner   string        // who decides of facts where nobody signs in; default "desk"
}

// Server serves the desk. It is safe for concurrent use.
type Server struct {
	opt    Options
	frames map[string]*frame // by language of the interface
	page   *record.Page
	limits *limits
}

// New makes a Server.
func New(opt Options) (*Server, error) {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Lang == "" {
		opt.Lang = "en"
	}
	if opt.Owner == "" {
		opt.Owner = "desk"
	}
	s := &Server{opt: opt, frames: map[string]*frame{}, limits: newLimits()}
	var err error
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
	mux.Handle("GET /assets/", assetHandler())
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
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
// finish. It binds to loopback addresses only.
func (s *Server) ListenAndServe(ctx context.Context, address string) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	if a, ok := l.Addr().(*net.TCPAddr); !ok || !a.IP.IsLoopback() {
		l.Close()
		return fmt.Errorf("serve: %s is no loopback address, and nobody would have to sign in", address)
	}
	return s.serve(ctx, l)
}

func (s *Server) serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{
		Handler: s.Handler(), ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(s.opt.Log.Handler(), slog.LevelWarn),
	}
	done := make(chan error, 1)
	go func() {
		<-ctx.Done()
		stop, cancel := context.WithTimeout(context.Background(), stopTimeout)
		defer cancel()
		done <- srv.Shutdown(stop)
	}()
	s.opt.Log.Info("serving", "address", l.Addr().String())
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return <-done
}
