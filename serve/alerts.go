package serve

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"time"

	"kawat/alert"
	"kawat/archive"
	"kawat/feed"
)

// Channels by which answers to saved questions travel.
const (
	channelAtom    = "atom"
	channelWebhook = "webhook"
	channelMail    = "mail"
)

// Limits on what one delivery holds, and on one try.
const (
	maxDelivered   = 50
	deliveryTime   = 2 * time.Minute
	deliveriesOnce = 4 // under way
)

// watchQuestions answers saved questions until ctx ends. A slow receiver holds
// up no other.
func (s *Server) watchQuestions(ctx context.Context) {
	t := time.NewTicker(s.opt.AlertEvery)
	defer t.Stop()
	for {
		if err := s.answerQuestions(ctx); err != nil && ctx.Err() == nil {
			s.opt.Log.Error("saved questions", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

// answerQuestions sends what is new to everybody who asked for it and is due.
func (s *Server) answerQuestions(ctx context.Context) error {
	list, err := s.opt.Archive.Questions(ctx)
	if err != nil {
		return err
	}
	last, err := s.opt.Archive.LastArrival(ctx)
	if err != nil {
		return err
	}
	place := make(chan struct{}, deliveriesOnce)
	errs := make(chan error, len(list))
	n := 0
	now := time.Now()
	for i := range list {
		q := &list[i]
		if q.Channel == channelAtom || q.State.After >= last || q.State.Next.After(now) {
			continue
		}
		n++
		go func() {
			place <- struct{}{}
			defer func() { <-place }()
			errs <- s.answerQuestion(ctx, q)
		}()
	}
	var all []error
	for range n {
		all = append(all, <-errs)
	}
	return errors.Join(all...)
}

// answerQuestion sends what is new to one who asked, and keeps how far it got.
// Its error is one of the archive: what receivers do wrong stands in the state.
func (s *Server) answerQuestion(ctx context.Context, q *archive.Question) error {
	d, last, err := s.delivery(ctx, q)
	if err != nil {
		return err
	}
	st := q.State
	if len(d.Items) > 0 {
		ctx, cancel := context.WithTimeout(ctx, deliveryTime)
		err = s.deliver(ctx, q, d)
		cancel()
	}
	now := time.Now().UTC()
	switch {
	case ctx.Err() != nil:
		return nil // stopped, not failed
	case err != nil:
		st.Fails++
		st.LastError = err.Error()
		var status *feed.StatusError
		asked := time.Duration(0)
		if errors.As(err, &status) {
			asked = status.RetryAfter
		}
		st.Next = now.Add(alert.Wait(st.Fails, asked, rand.Float64()))
		s.opt.Log.Warn("alert failed", "question", q.ID, "error", err, "again", st.Next)
	default:
		st.After, st.Fails, st.LastError, st.Next = last, 0, "", time.Time{}
		if len(d.Items) > 0 {
			st.Sent++
			st.LastOK = now
		}
	}
	return s.opt.Archive.Answered(ctx, q.ID, st)
}

// delivery puts together what is new for a question.
func (s *Server) delivery(ctx context.Context, q *archive.Question) (*alert.Delivery, int64, error) {
	l, in, err := s.parseQuestion(ctx, q)
	if err != nil {
		return nil, 0, err
	}
	frame := s.frames[s.opt.Lang]
	base := s.publicURL()
	d := &alert.Delivery{Question: q.ID, Name: q.Name, Link: absoluteHref(base, l.Path+"?"+in.query().Encode()), Items: []alert.Item{}}
	after := q.State.After
	for {
		facts, last, err := s.opt.Archive.Arrived(ctx, l.Kinds, in.index(), after)
		if err == nil {
			facts, err = s.narrowed(&in, facts)
		}
		if err != nil {
			return nil, 0, err
		}
		if last == after {
			break
		}
		after = last
		rows, err := s.rows(ctx, frame, facts)
		if err != nil {
			return nil, 0, err
		}
		for i := range rows {
			if len(d.Items) == maxDelivered {
				d.Left++
				continue
			}
			r := &rows[i]
			d.Items = append(d.Items, alert.Item{Heading: r.heading(), Words: r.Words, Day: r.Day, Source: r.Source, Link: absoluteHref(base, r.Href), Fact: newFactJSON(r)})
		}
	}
	// A try that failed is tried again with what came in since, and is then
	// another delivery.
	d.ID = fmt.Sprintf("%s-%d-%d", q.ID, q.State.After, after)
	return d, after, nil
}

func (s *Server) deliver(ctx context.Context, q *archive.Question, d *alert.Delivery) error {
	switch {
	case q.Channel == channelWebhook && s.opt.Hooks != nil:
		return alert.Webhook(ctx, s.opt.Hooks, q.Target, q.Secret, d)
	case q.Channel == channelMail && s.opt.Mailer != nil:
		return s.opt.Mailer.Send(ctx, q.Target, d)
	}
	return fmt.Errorf("this server sends nothing by %s", q.Channel)
}

// channels are those that this server can use.
func (s *Server) channels() []string {
	out := []string{channelAtom}
	if s.opt.Hooks != nil {
		out = append(out, channelWebhook)
	}
	if s.opt.Mailer != nil {
		out = append(out, channelMail)
	}
	return out
}

// heading is a fact in a line.
func (r *row) heading() string {
	h := strings.TrimSpace(r.Badge + " " + nameList(r.From))
	if len(r.To) > 0 {
		h += " " + r.Arrow + " " + nameList(r.To)
	}
	return h
}

// parseQuestion returns the list and the inquiry of a question.
func (s *Server) parseQuestion(ctx context.Context, q *archive.Question) (*list, inquiry, error) {
	i := slices.IndexFunc(lists, func(l list) bool { return l.Path == q.List })
	if i < 0 {
		return nil, inquiry{}, fmt.Errorf("%q is no list", q.List)
	}
	values, err := url.ParseQuery(q.Query)
	if err != nil {
		return nil, inquiry{}, err
	}
	in, err := s.parseInquiry(ctx, values)
	return &lists[i], in, err
}
