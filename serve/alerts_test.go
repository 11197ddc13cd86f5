package serve

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"kawat/alert"
	"kawat/archive"
	"kawat/feed"
)

// hook receives deliveries, and fails as long as it is told to.
type hook struct {
	mu     sync.Mutex
	status int
	got    []alert.Delivery
	signed []string
	bodies []string
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var d alert.Delivery
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.status != 0 {
		w.WriteHeader(h.status)
		return
	}
	if json.Unmarshal(body, &d) == nil {
		h.got = append(h.got, d)
		h.signed = append(h.signed, r.Header.Get(alert.SignatureHeader))
		h.bodies = append(h.bodies, string(body))
	}
}

// A saved question is answered once with what came in since, over failures and
// restarts.
func TestSavedQuestionByWebhook(t *testing.T) {
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	receiver := &hook{}
	hooks := httptest.NewServer(receiver)
	defer hooks.Close()
	path := filepath.Join(t.TempDir(), "a.kawat")
	open := func() (*archive.Archive, *Server, *httptest.Server) {
		a, err := archive.Open(path, archive.Options{Create: true})
		if err != nil {
			t.Fatal(err)
		}
		s, err := New(Options{
			Archive: a, Reader: r, Owner: "sari", PublicURL: "https://desk.example.org/",
			Hooks: feed.New(feed.Options{UserAgent: "kawat/test", Allow: func(netip.Addr) bool { return true }}),
		})
		if err != nil {
			t.Fatal(err)
		}
		return a, s, httptest.NewServer(s.Handler())
	}
	add := func(a *archive.Archive, id, place string) {
		t.Helper()
		line := `{"id":"` + id + `","publisher":"ANTARA","published":"2024-04-10","text":"` + place + ` (ANTARA) - Presiden Peru Ana Silva pada Selasa (9/4) bertemu dengan Menteri Luar Negeri China Li Wen di ` + place + `."}` + "\n"
		if err := a.Update(t.Context(), func(b *archive.Batch) error { return putLines(a, b, r, id, []byte(line)) }); err != nil {
			t.Fatal(err)
		}
	}
	a, s, srv := open()
	add(a, "old", "Lima")
	form := url.Values{"title": {"Peru"}, "list": {"/events"}, "query": {"actor=PER"}, "channel": {"webhook"}, "target": {hooks.URL}}
	if resp, body := do(t, post(t, srv.URL+"/alerts", form)); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("saving: %d %s", resp.StatusCode, body)
	}
	answer := func(s *Server) {
		t.Helper()
		if err := s.answerQuestions(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	answer(s)
	if len(receiver.got) != 0 {
		t.Errorf("what was there before is told: %+v", receiver.got)
	}
	add(a, "new", "Cusco")
	receiver.status = http.StatusServiceUnavailable
	answer(s)
	list, err := a.Questions(t.Context())
	if err != nil || len(list) != 1 || list[0].State.Fails != 1 || !list[0].State.Next.After(time.Now()) || !strings.Contains(list[0].State.LastError, "503") {
		t.Fatalf("after a failure: %+v %v", list, err)
	}
	receiver.status = 0
	answer(s) // not due
	if len(receiver.got) != 0 {
		t.Error("tried again at once")
	}
	srv.Close()
	a.Close()
	a, s, srv = open() // a restart
	defer a.Close()
	defer srv.Close()
	due := list[0].State
	due.Next = time.Time{}
	if err := a.Answered(t.Context(), list[0].ID, due); err != nil {
		t.Fatal(err)
	}
	add(a, "newer", "Tacna")
	answer(s)
	answer(s)
	if len(receiver.got) != 1 || len(receiver.got[0].Items) != 2 {
		t.Fatalf("told: %+v", receiver.got)
	}
	d := receiver.got[0]
	if it := d.Items[0]; !strings.HasPrefix(it.Link, "https://desk.example.org/story/") || !strings.Contains(it.Heading, "CONSULT") || d.Link != "https://desk.example.org/events?actor=PER" {
		t.Errorf("%+v", d)
	}
	if err := alert.Verify(list[0].Secret, receiver.signed[0], []byte(receiver.bodies[0]), time.Now(), time.Minute); err != nil {
		t.Error(err)
	}
	_, page := do(t, get(t, srv.URL+"/alerts"))
	if !strings.Contains(page, list[0].Secret) || !strings.Contains(page, "actor PER") {
		t.Errorf("the page:\n%s", page)
	}
	remove := regexp.MustCompile(`/alerts/\w+/remove`).FindString(page)
	if resp, _ := do(t, post(t, srv.URL+remove, nil)); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("removing: %d", resp.StatusCode)
	}
	if list, err := a.Questions(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%+v %v", list, err)
	}
}

func TestBadQuestionsAreNotSaved(t *testing.T) {
	srv := server(t)
	for name, form := range map[string]url.Values{
		"no list":         {"list": {"/nowhere"}, "channel": {"atom"}},
		"a bad filter":    {"list": {"/events"}, "query": {"since=yesterday"}, "channel": {"atom"}},
		"no channel":      {"list": {"/events"}, "channel": {"pigeon"}},
		"no mail server":  {"list": {"/events"}, "channel": {"mail"}, "target": {"a@example.org"}},
		"too long a name": {"list": {"/events"}, "channel": {"atom"}, "title": {strings.Repeat("x", maxQuestionName+1)}},
	} {
		if resp, _ := do(t, post(t, srv.URL+"/alerts", form)); resp.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, resp.StatusCode)
		}
	}
	for _, q := range []archive.Question{{Channel: channelWebhook, Target: "ftp://example.org/"}, {Channel: channelWebhook, Target: "https://a:b@example.org/"}, {Channel: channelMail, Target: "nobody"}} {
		if err := checkTarget(&q); err == nil {
			t.Errorf("%+v passes", q)
		}
	}
	if resp, _ := do(t, post(t, srv.URL+"/alerts", url.Values{"list": {"/quotations"}, "query": {"speaker=Yusuf"}, "channel": {"atom"}})); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("a feed: %d", resp.StatusCode)
	}
	if _, page := do(t, get(t, srv.URL+"/alerts")); !strings.Contains(page, `href="/quotations?speaker=Yusuf&amp;format=atom"`) {
		t.Errorf("the page does not lead to the feed:\n%s", page)
	}
}

// Nobody sees or removes what another asked, but a reviewer.
func TestQuestionsOfOthers(t *testing.T) {
	srv, a := locked(t, "")
	sari, budi := signIn(t, srv, "sari", goodPassword), signIn(t, srv, "budi", goodPassword)
	form := url.Values{"list": {"/events"}, "query": {"actor=PER"}, "channel": {"atom"}, "title": {"of sari"}}
	if resp, _ := do(t, with(post(t, srv.URL+"/alerts", form), sari)); resp.StatusCode != http.StatusSeeOther {
		t.Fatal(resp.StatusCode)
	}
	list, err := a.Questions(t.Context())
	if err != nil || len(list) != 1 || list[0].Owner != "sari" {
		t.Fatal(list, err)
	}
	if _, page := do(t, with(get(t, srv.URL+"/alerts"), budi)); strings.Contains(page, "of sari") {
		t.Error("a reader sees another's question")
	}
	if resp, _ := do(t, with(post(t, srv.URL+"/alerts/"+list[0].ID+"/remove", nil), budi)); resp.StatusCode != http.StatusNotFound {
		t.Errorf("a reader removes another's question: %d", resp.StatusCode)
	}
}
