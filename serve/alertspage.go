package serve

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"

	"kawat/archive"
)

// Limits on saved questions.
const (
	maxQuestions    = 500
	maxQuestionName = 120
	maxTarget       = 1000
)

// savedRow is a saved question as its page shows it.
type savedRow struct {
	archive.Question
	Title  string // of the list
	Href   string // of the answers
	Feed   string
	Filter string // in words of its parameters
	Mine   bool
}

func (s *Server) alertsPage(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r)
	all, err := s.opt.Archive.Questions(r.Context())
	if err != nil {
		s.broken(w, r, err)
		return
	}
	var rows []savedRow
	for _, q := range all {
		if !s.mayManage(r, &q) {
			continue
		}
		l, in, err := s.parseQuestion(r.Context(), &q)
		if err != nil {
			s.broken(w, r, err)
			return
		}
		same := in.query()
		row := savedRow{
			Question: q, Title: f.ui.Say(l.Key), Href: l.Path + "?" + same.Encode(), Feed: l.Path + "?" + same.Encode() + "&format=atom",
			Mine: q.Owner == userOf(r.Context()).Name,
		}
		for _, name := range sortedNames(same) {
			row.Filter = strings.TrimPrefix(row.Filter+" · "+name+" "+same.Get(name), " · ")
		}
		rows = append(rows, row)
	}
	s.show(w, r, http.StatusOK, "alerts", f.ui.Say("alerts"), map[string]any{"Rows": rows})
}

func sortedNames(q url.Values) []string {
	out := make([]string, 0, len(q))
	for name := range q {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// mayManage reports whether a request's user may see and remove a question:
// their own, and reviewers any.
func (s *Server) mayManage(r *http.Request, q *archive.Question) bool {
	u := userOf(r.Context())
	return u.reviews() || u.Name == q.Owner
}

// saveQuestion keeps the question that a list's form asks for.
func (s *Server) saveQuestion(w http.ResponseWriter, r *http.Request) {
	q, err := s.newQuestion(r)
	if err == nil {
		var all []archive.Question
		if all, err = s.opt.Archive.Questions(r.Context()); err == nil && len(all) >= maxQuestions {
			err = fmt.Errorf("%d questions are saved, and no more can be", len(all))
		}
	}
	if err == nil {
		err = s.opt.Archive.PutQuestion(r.Context(), q)
	}
	if err != nil {
		s.opt.Log.Warn("question not saved", "error", err)
		s.show(w, r, http.StatusUnprocessableEntity, "error", err.Error(), nil)
		return
	}
	http.Redirect(w, r, "/alerts", http.StatusSeeOther)
}

func (s *Server) newQuestion(r *http.Request) (*archive.Question, error) {
	if err := r.ParseForm(); err != nil {
		return nil, err
	}
	form := r.PostForm
	q := &archive.Question{
		Owner: userOf(r.Context()).Name, Name: oneLine(form.Get("title")), List: form.Get("list"), Query: form.Get("query"),
		Channel: form.Get("channel"), Target: strings.TrimSpace(form.Get("target")), Made: time.Now().UTC().Format(time.RFC3339),
	}
	l, in, err := s.parseQuestion(r.Context(), q)
	if err != nil {
		return nil, err
	}
	q.Query = in.query().Encode()
	if q.Name == "" {
		q.Name = strings.TrimPrefix(l.Path, "/")
	}
	switch {
	case len(q.Name) > maxQuestionName:
		return nil, fmt.Errorf("the name is longer than %d bytes", maxQuestionName)
	case len(q.Target) > maxTarget:
		return nil, fmt.Errorf("the address is longer than %d bytes", maxTarget)
	case !slices.Contains(s.channels(), q.Channel):
		return nil, fmt.Errorf("this server sends nothing by %q", q.Channel)
	}
	if err := checkTarget(q); err != nil {
		return nil, err
	}
	if q.ID, err = randomHex(8); err != nil {
		return nil, err
	}
	if q.Channel == channelWebhook {
		if q.Secret, err = randomHex(24); err != nil {
			return nil, err
		}
	}
	q.State.After, err = s.opt.Archive.LastArrival(r.Context())
	return q, err
}

// checkTarget reports an address to which nothing can go.
func checkTarget(q *archive.Question) error {
	switch q.Channel {
	case channelAtom:
		q.Target = ""
	case channelWebhook:
		u, err := url.Parse(q.Target)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
			return errors.New("a webhook's address is an http or https one, without a password")
		}
	case channelMail:
		a, err := mail.ParseAddress(q.Target)
		if err != nil {
			return fmt.Errorf("%q is no address of mail", q.Target)
		}
		q.Target = a.Address
	}
	return nil
}

func randomHex(n int) (string, error) {
	b := make([]byte, n)
	_, err := rand.Read(b)
	return hex.EncodeToString(b), err
}

func (s *Server) removeQuestion(w http.ResponseWriter, r *http.Request) {
	all, err := s.opt.Archive.Questions(r.Context())
	if err != nil {
		s.broken(w, r, err)
		return
	}
	i := slices.IndexFunc(all, func(q archive.Question) bool { return q.ID == r.PathValue("id") })
	if i < 0 || !s.mayManage(r, &all[i]) {
		s.notFound(w, r)
		return
	}
	if _, err := s.opt.Archive.RemoveQuestion(r.Context(), all[i].ID); err != nil {
		s.broken(w, r, err)
		return
	}
	http.Redirect(w, r, "/alerts", http.StatusSeeOther)
}

// publicURL is the address by which others reach the pages.
func (s *Server) publicURL() string {
	if s.opt.PublicURL != "" {
		return s.opt.PublicURL
	}
	if at := s.address.Load(); at != nil {
		return *at
	}
	return "http://localhost/"
}
