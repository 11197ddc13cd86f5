package serve

import (
	"bytes"
	"context"
	"errors"
	"html/template"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"kawat/feed"
	"kawat/record"
	"kawat/story"
	"kawat/wire"
)

// readForm shows the box into which one pastes a story.
func (s *Server) readForm(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, "read", s.frame(r).ui.Say("read-this"), readData{})
}

type readData struct {
	Text, Address, Day string
	Error              string
	Body               template.HTML // of the record's page, escaped there
}

// readTimeLimit bounds the fetching of a page for a user.
const readTimeLimit = 20 * time.Second

// readThis reads what a user pasted, or the page whose address they gave, and
// shows its record. Nothing is kept.
func (s *Server) readThis(w http.ResponseWriter, r *http.Request) {
	ui := s.frame(r).ui
	d := readData{
		Text: strings.TrimSpace(r.FormValue("text")), Address: strings.TrimSpace(r.FormValue("address")), Day: strings.TrimSpace(r.FormValue("day")),
	}
	ctx, cancel := context.WithTimeout(r.Context(), readTimeLimit)
	defer cancel()
	rec, err := s.readOne(ctx, &d)
	if err != nil {
		s.opt.Log.Warn("not read", "address", d.Address, "error", err)
		d.Error = s.plainly(ui, err)
		s.show(w, r, http.StatusUnprocessableEntity, "read", ui.Say("read-this"), d)
		return
	}
	var b bytes.Buffer
	if err := s.page.Body(&b, rec, record.HTMLOptions{Words: ui, Explain: true, Example: s.examples.of(rec.Story.Lang)}); err != nil {
		s.opt.Log.Error("record page", "error", err)
		s.fail(w, r, http.StatusInternalServerError, "went-wrong")
		return
	}
	d.Body = template.HTML(b.String())
	s.show(w, r, http.StatusOK, "read", ui.Say("read-this"), d)
}

// plainly says in the language of the page why a page could not be had: what a
// resolver or a socket says is for the log, names machines of the house, and
// means nothing to who pasted an address.
func (s *Server) plainly(ui *record.Words, err error) string {
	var private *feed.PrivateError
	var dns *net.DNSError
	var status *feed.StatusError
	var op *net.OpError
	switch {
	case errors.As(err, &private):
		return ui.Say("private-address")
	case errors.As(err, &dns):
		return ui.Say("no-such-host")
	case errors.As(err, &status):
		return ui.Say("page-refused") + ": " + strconv.Itoa(status.Code)
	case errors.Is(err, context.DeadlineExceeded):
		return ui.Say("too-slow")
	case errors.As(err, &op):
		return ui.Say("no-connection")
	}
	return err.Error()
}

// readOne reads the first story of what the user gave.
func (s *Server) readOne(ctx context.Context, d *readData) (*record.Record, error) {
	name, in := "text", io.Reader(strings.NewReader(d.Text))
	if d.Text == "" {
		if d.Address == "" {
			return nil, errors.New("neither text nor address")
		}
		if s.opt.Fetcher == nil {
			return nil, errors.New("this server fetches no pages")
		}
		page, err := s.opt.Fetcher.Get(ctx, d.Address)
		if err != nil {
			return nil, err
		}
		name, in = page.URL, bytes.NewReader(page.Body)
	}
	for st, err := range s.opt.Reader.Stories(name, in) {
		if err != nil {
			return nil, err
		}
		return s.readStory(st, d.Day)
	}
	return nil, errors.New("there is no story in it")
}

func (s *Server) readStory(st *story.Story, day string) (*record.Record, error) {
	if day != "" && st.Published.Raw == "" {
		st.Published = wire.ParsePublished(day)
	}
	if err := s.opt.Reader.Read(st); err != nil {
		return nil, err
	}
	return s.opt.Reader.Record(st), nil
}

func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, http.StatusNotFound, "not-found")
}
