package alert

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"kawat/feed"
)

var delivery = &Delivery{
	ID: "q1-7", Question: "q1", Name: "Perú\r\nBcc: all@example.org", Link: "http://127.0.0.1/events?actor=PER", Left: 2,
	Items: []Item{{Heading: "CONSULT 040 Peru ↔ China", Words: "Ana Silva bertemu\nLi Wen.", Day: "2024-04-09", Source: "ANTARA", Link: "http://127.0.0.1/story/x#ev1", Fact: map[string]string{"id": "ev1"}}},
}

func anywhere(netip.Addr) bool { return true }

// A receiver that knows the secret can tell the sender and the time.
func TestWebhook(t *testing.T) {
	var got []byte
	var header http.Header
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header = r.Header
		got, _ = io.ReadAll(r.Body)
		switch r.URL.Path {
		case "/busy":
			w.Header().Set("Retry-After", "120")
			w.WriteHeader(http.StatusTooManyRequests)
		case "/moved":
			http.Redirect(w, r, "/ok", http.StatusTemporaryRedirect)
		}
	}))
	defer srv.Close()
	f := feed.New(feed.Options{UserAgent: "kawat/test", Allow: anywhere})
	if err := Webhook(t.Context(), f, srv.URL+"/ok", "secret", delivery); err != nil {
		t.Fatal(err)
	}
	if err := Verify("secret", header.Get(SignatureHeader), got, time.Now(), time.Minute); err != nil || header.Get(DeliveryHeader) != "q1-7" {
		t.Errorf("%v: %v", header, err)
	}
	for name, err := range map[string]error{
		"another secret": Verify("other", header.Get(SignatureHeader), got, time.Now(), time.Minute),
		"another body":   Verify("secret", header.Get(SignatureHeader), append(got, ' '), time.Now(), time.Minute),
		"an old one":     Verify("secret", header.Get(SignatureHeader), got, time.Now().Add(time.Hour), time.Minute),
		"none":           Verify("secret", "", got, time.Now(), time.Minute),
	} {
		if !errors.Is(err, ErrSignature) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var status *feed.StatusError
	if err := Webhook(t.Context(), f, srv.URL+"/busy", "secret", delivery); !errors.As(err, &status) || status.RetryAfter != 2*time.Minute {
		t.Errorf("a busy receiver: %v", err)
	}
	if err := Webhook(t.Context(), f, srv.URL+"/moved", "secret", delivery); !errors.As(err, &status) || status.Code != http.StatusTemporaryRedirect {
		t.Errorf("a redirect: %v", err)
	}
	var private *feed.PrivateError
	if err := Webhook(t.Context(), feed.New(feed.Options{}), srv.URL+"/ok", "secret", delivery); !errors.As(err, &private) {
		t.Errorf("a private address: %v", err)
	}
}

// inbox is a mail server that keeps what it gets.
type inbox struct {
	mu       sync.Mutex
	from, to []string
	messages []string
	refuse   bool
}

func (in *inbox) NewSession(*smtp.Conn) (smtp.Session, error) { return &letter{in}, nil }

type letter struct{ in *inbox }

func (l *letter) AuthMechanisms() []string { return []string{sasl.Plain} }

func (l *letter) Mail(from string, _ *smtp.MailOptions) error {
	l.in.mu.Lock()
	defer l.in.mu.Unlock()
	if l.in.refuse {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "later"}
	}
	l.in.from = append(l.in.from, from)
	return nil
}

func (l *letter) Rcpt(to string, _ *smtp.RcptOptions) error {
	l.in.mu.Lock()
	defer l.in.mu.Unlock()
	l.in.to = append(l.in.to, to)
	return nil
}

func (l *letter) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	l.in.mu.Lock()
	defer l.in.mu.Unlock()
	l.in.messages = append(l.in.messages, string(data))
	return err
}

func (l *letter) Reset()        {}
func (l *letter) Logout() error { return nil }

func mailServer(t *testing.T, in *inbox) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := smtp.NewServer(in)
	go func() { _ = s.Serve(l) }() // ends with Close
	t.Cleanup(func() { s.Close() })
	return l.Addr().String()
}

func TestMail(t *testing.T) {
	in := &inbox{}
	m := &Mailer{Server: mailServer(t, in), From: "Kawat <desk@example.org>", Security: "none"}
	if err := m.Check(); err != nil {
		t.Fatal(err)
	}
	if err := m.Send(t.Context(), "Sari <sari@example.org>", delivery); err != nil {
		t.Fatal(err)
	}
	if len(in.messages) != 1 || in.from[0] != "desk@example.org" || in.to[0] != "sari@example.org" {
		t.Fatalf("%+v", in)
	}
	msg, err := mail.ReadMessage(strings.NewReader(in.messages[0]))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
	if err != nil || subject != "[Kawat] Perú Bcc: all@example.org: 3" || msg.Header.Get("Bcc") != "" {
		t.Errorf("subject %q, header %v, %v", subject, msg.Header, err)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(msg.Body))
	if err != nil || !strings.Contains(string(body), "Peru ↔ China\r\n  Ana Silva bertemu Li Wen.\r\n  2024-04-09 · ANTARA\r\n  http://127.0.0.1/story/x#ev1\r\n") {
		t.Errorf("body %q, %v", body, err)
	}
	in.refuse = true
	if err := m.Send(t.Context(), "sari@example.org", delivery); err == nil || !strings.Contains(err.Error(), "later") {
		t.Errorf("a server that refuses: %v", err)
	}
	// The server offers no TLS: nothing is sent in the clear instead.
	in.refuse = false
	m.Security = "starttls"
	if err := m.Send(t.Context(), "sari@example.org", delivery); err == nil || len(in.messages) != 1 {
		t.Errorf("%d messages, %v", len(in.messages), err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := m.Send(ctx, "sari@example.org", delivery); err == nil {
		t.Error("a delivery that was given up is sent")
	}
}

func TestBadMailers(t *testing.T) {
	for name, m := range map[string]Mailer{
		"no port": {Server: "mail", From: "a@example.org"}, "no sender": {Server: "mail:25", From: "Kawat"},
		"a password in the clear": {Server: "mail:25", From: "a@example.org", User: "a", Security: "none"}, "another way": {Server: "mail:25", From: "a@example.org", Security: "rot13"},
	} {
		if err := m.Check(); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}

func TestWait(t *testing.T) {
	last := time.Duration(0)
	for fails := 1; fails < 100; fails++ {
		w := Wait(fails, 0, 0)
		if w < last || w > longestWait || Wait(fails, 0, 1) > w+w/5 {
			t.Errorf("after %d failures %s", fails, w)
		}
		last = w
	}
	if Wait(1, 0, 0) != time.Minute || Wait(1, time.Hour, 0) != time.Hour || Wait(1, 1000*time.Hour, 0) != longestWait {
		t.Error(Wait(1, 0, 0), Wait(1, time.Hour, 0))
	}
}
