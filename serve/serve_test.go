package serve

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"kawat"
	"kawat/feed"
)

func server(t *testing.T) *httptest.Server {
	t.Helper()
	r, err := kawat.New(kawat.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Options{Reader: r, Fetcher: feed.New(feed.Options{})})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	return srv
}

func do(t *testing.T, req *http.Request) (*http.Response, string) {
	t.Helper()
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func get(t *testing.T, address string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return req
}

func post(t *testing.T, address string, form url.Values) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return req
}

const pasted = "Lima (ANTARA) - Presiden Peru Ana Silva pada Selasa (9/4) bertemu dengan Menteri Luar Negeri China Li Wen di Lima. <script>alert(1)</script>"

func TestReadThis(t *testing.T) {
	srv := server(t)
	resp, body := do(t, post(t, srv.URL+"/read", url.Values{"text": {pasted}, "day": {"2024-04-10"}}))
	if resp.StatusCode != http.StatusOK || !strings.Contains(body, "CONSULT 040") || !strings.Contains(body, "2024-04-09") {
		t.Errorf("status %d, page:\n%s", resp.StatusCode, body)
	}
	if strings.Contains(body, "<script>alert") {
		t.Error("the story's markup is markup of the page")
	}
	for name, form := range map[string]url.Values{
		"nothing":         {},
		"private address": {"address": {srv.URL}},
		"unknown tongue":  {"text": {"Ceci est une phrase qui parle de la rencontre entre les deux ministres."}},
	} {
		resp, body := do(t, post(t, srv.URL+"/read", form))
		if resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `role="alert"`) {
			t.Errorf("%s: status %d", name, resp.StatusCode)
		}
	}
}

func TestLanguageOfPages(t *testing.T) {
	srv := server(t)
	req := get(t, srv.URL+"/read")
	req.Header.Set("Accept-Language", "id-ID,id;q=0.9,en;q=0.8")
	if _, body := do(t, req); !strings.Contains(body, "Baca ini") {
		t.Error("the page does not follow the browser's language")
	}
	resp, _ := do(t, post(t, srv.URL+"/language", url.Values{"lang": {"id"}, "back": {"/read?x=1"}}))
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/read?x=1" || len(resp.Cookies()) != 1 {
		t.Errorf("choosing a language: %d %s", resp.StatusCode, resp.Header.Get("Location"))
	}
	for _, back := range []string{"https://example.org/", "//example.org/", "/\\example.org"} {
		resp, _ = do(t, post(t, srv.URL+"/language", url.Values{"lang": {"id"}, "back": {back}}))
		if got := resp.Header.Get("Location"); got != "/" {
			t.Errorf("back to %q leads to %q", back, got)
		}
	}
}

func TestGuard(t *testing.T) {
	srv := server(t)
	resp, _ := do(t, get(t, srv.URL+"/read"))
	if resp.Header.Get("Content-Security-Policy") != policy || resp.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers %v", resp.Header)
	}
	rebound := get(t, srv.URL+"/read")
	rebound.Host = "attacker.example"
	if resp, _ := do(t, rebound); resp.StatusCode != http.StatusForbidden {
		t.Errorf("a foreign name for this machine: %d", resp.StatusCode)
	}
	foreign := post(t, srv.URL+"/language", url.Values{"lang": {"id"}})
	foreign.Header.Set("Origin", "https://attacker.example")
	foreign.Header.Set("Sec-Fetch-Site", "cross-site")
	if resp, _ := do(t, foreign); resp.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another site: %d", resp.StatusCode)
	}
	large := post(t, srv.URL+"/read", url.Values{"text": {strings.Repeat("a ", maxBody)}})
	if resp, _ := do(t, large); resp.StatusCode == http.StatusOK {
		t.Error("a body over the limit was read")
	}
	if resp, _ := do(t, get(t, srv.URL+"/no/such")); resp.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown page: %d", resp.StatusCode)
	}
	if resp, _ := do(t, get(t, srv.URL+"/assets/0/desk.css")); resp.StatusCode != http.StatusNotFound {
		t.Errorf("an asset of another version: %d", resp.StatusCode)
	}
	if resp, body := do(t, get(t, srv.URL+assetPath("desk.js"))); resp.StatusCode != http.StatusOK || !strings.Contains(body, "data-go") {
		t.Errorf("the script: %d", resp.StatusCode)
	}
}
