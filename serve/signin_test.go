package serve

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"kawat/archive"
)

const goodPassword = "correct horse battery"

// locked serves an archive with a reader and a reviewer, and with a token where
// one is given.
func locked(t *testing.T, token string) (*httptest.Server, *archive.Archive) {
	t.Helper()
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	a := golden(t)
	if token == "" {
		hash, err := HashPassword(goodPassword)
		if err != nil {
			t.Fatal(err)
		}
		for name, role := range map[string]string{"budi": roleReader, "sari": roleReviewer} {
			if err := a.PutAccount(t.Context(), archive.Account{Name: name, Role: role, Secret: hash}); err != nil {
				t.Fatal(err)
			}
		}
	}
	s, err := New(Options{Archive: a, Reader: r, Token: token})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	return srv, a
}

// signIn returns the cookie of a session.
func signIn(t *testing.T, srv *httptest.Server, name, password string) *http.Cookie {
	t.Helper()
	resp, body := do(t, post(t, srv.URL+"/login", url.Values{"name": {name}, "password": {password}, "back": {"/events?actor=IDN"}}))
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/events?actor=IDN" || len(resp.Cookies()) != 1 {
		t.Fatalf("signing in: %d\n%s", resp.StatusCode, body)
	}
	c := resp.Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode {
		t.Errorf("the cookie is %+v", c)
	}
	return c
}

func with(req *http.Request, c *http.Cookie) *http.Request {
	req.AddCookie(c)
	return req
}

func TestNobodyComesInUnproved(t *testing.T) {
	srv, _ := locked(t, "")
	for path, want := range map[string]int{
		"/": 303, "/events": 303, "/review": 303, "/story/" + strings.Repeat("0", 32): 303, "/no/such": 303, "/events?format=atom": 401, "/events?format=csv": 401,
		"/api/v1/events": 401, "/api/v1/no/such": 401, "/openapi.json": 401, "/login": 200, "/healthz": 200, assetPath("desk.css"): 200,
	} {
		resp, body := do(t, get(t, srv.URL+path))
		if resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, resp.StatusCode, want)
		}
		if strings.Contains(body, "Wibisono") {
			t.Errorf("%s shows what it should not", path)
		}
		if want == 303 && !strings.HasPrefix(resp.Header.Get("Location"), "/login?back=%2F") {
			t.Errorf("%s leads to %s", path, resp.Header.Get("Location"))
		}
		if strings.HasPrefix(path, "/api") && resp.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s answers with %s", path, resp.Header.Get("Content-Type"))
		}
	}
	if resp, _ := do(t, post(t, srv.URL+"/read", url.Values{"text": {pasted}})); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("read this: %d", resp.StatusCode)
	}
}

func TestSignIn(t *testing.T) {
	srv, a := locked(t, "")
	sari, budi := signIn(t, srv, "sari", goodPassword), signIn(t, srv, "budi", goodPassword)
	_, body := do(t, with(get(t, srv.URL+"/review?kind=events"), sari))
	m := judgeAddress.FindStringSubmatch(body)
	if m == nil || !strings.Contains(body, `title="sari"`) {
		t.Fatalf("a reviewer's page:\n%s", body)
	}
	for name, c := range map[string]struct {
		who  *http.Cookie
		want int
	}{"a reader": {budi, 403}, "a reviewer": {sari, 303}, "a made-up session": {&http.Cookie{Name: sessionCookie, Value: "AAAA"}, 303}} {
		resp, _ := do(t, with(post(t, srv.URL+m[1], url.Values{"what": {"accepted"}}), c.who))
		if resp.StatusCode != c.want {
			t.Errorf("%s judges: %d, want %d", name, resp.StatusCode, c.want)
		}
	}
	if list, err := a.LatestRulings(t.Context(), 5); err != nil || len(list) != 1 || list[0].Who != "sari" {
		t.Errorf("decided: %+v %v", list, err)
	}
	if resp, body := do(t, with(get(t, srv.URL+"/"), budi)); resp.StatusCode != 200 || strings.Contains(body, `href="/review"`) {
		t.Errorf("a reader's page: %d", resp.StatusCode)
	}
	if resp, _ := do(t, with(post(t, srv.URL+"/logout", nil), sari)); resp.StatusCode != http.StatusSeeOther || resp.Cookies()[0].MaxAge >= 0 {
		t.Errorf("signing out: %d", resp.StatusCode)
	}
	if resp, _ := do(t, with(get(t, srv.URL+"/events"), sari)); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("after signing out: %d", resp.StatusCode)
	}
	if _, err := a.RemoveAccount(t.Context(), "budi"); err != nil {
		t.Fatal(err)
	}
	if resp, _ := do(t, with(get(t, srv.URL+"/events"), budi)); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("a removed user: %d", resp.StatusCode)
	}
}

// Whoever guesses is stopped, whether the name is known or not, and told
// nothing of which it is.
func TestGuessing(t *testing.T) {
	srv, _ := locked(t, "")
	page := ""
	for i := range triesAtOnce + 2 {
		for _, name := range []string{"sari", "nobody"} {
			resp, body := do(t, post(t, srv.URL+"/login", url.Values{"name": {name}, "password": {"wrong wrong wrong"}}))
			if tried := 2*i + 1; tried < triesAtOnce && resp.StatusCode != http.StatusUnauthorized || i > triesAtOnce && resp.StatusCode != http.StatusTooManyRequests {
				t.Errorf("try %d of %s: %d", i, name, resp.StatusCode)
			}
			body = strings.ReplaceAll(body, `value="`+name+`"`, "")
			if i == 0 && page != "" && page != body {
				t.Error("the answer tells whether the name is known")
			}
			page = body
		}
	}
	if resp, _ := do(t, post(t, srv.URL+"/login", url.Values{"name": {"sari"}, "password": {goodPassword}})); resp.StatusCode != http.StatusTooManyRequests || resp.Header.Get("Retry-After") == "" {
		t.Errorf("the right password after too many tries: %d", resp.StatusCode)
	}
	req := get(t, srv.URL+"/api/v1/events")
	req.SetBasicAuth("sari", goodPassword)
	if resp, _ := do(t, req); resp.StatusCode != http.StatusTooManyRequests {
		t.Errorf("the other way in: %d", resp.StatusCode)
	}
}

// Programs and readers of feeds bring their proof with every request.
func TestProofsOfPrograms(t *testing.T) {
	srv, _ := locked(t, "")
	req := get(t, srv.URL+"/events?format=atom")
	req.SetBasicAuth("budi", goodPassword)
	if resp, _ := do(t, req); resp.StatusCode != http.StatusOK {
		t.Errorf("a feed with a password: %d", resp.StatusCode)
	}
	req.SetBasicAuth("budi", "wrong wrong wrong")
	if resp, _ := do(t, req); resp.StatusCode != http.StatusUnauthorized {
		t.Errorf("a feed with a wrong one: %d", resp.StatusCode)
	}
	const token = "a-token-of-more-than-twenty-signs"
	srv, _ = locked(t, token)
	for bearer, want := range map[string]int{token: 200, token + "x": 401, "": 401} {
		req := get(t, srv.URL+"/api/v1/events")
		req.Header.Set("Authorization", "Bearer "+bearer)
		if resp, _ := do(t, req); resp.StatusCode != want {
			t.Errorf("bearer %q: %d, want %d", bearer, resp.StatusCode, want)
		}
	}
	c := signIn(t, srv, "", token)
	if strings.Contains(c.Value, token) {
		t.Error("the cookie holds the token")
	}
	if resp, _ := do(t, with(get(t, srv.URL+"/review"), c)); resp.StatusCode != http.StatusOK {
		t.Errorf("the token's session: %d", resp.StatusCode)
	}
	c.Value = strings.Replace(c.Value, "t.1", "t.9", 1)
	if resp, _ := do(t, with(get(t, srv.URL+"/review"), c)); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("a session made longer: %d", resp.StatusCode)
	}
}

// Another site's page cannot act for a user who is signed in.
func TestOtherSitesCannotAct(t *testing.T) {
	srv, a := locked(t, "")
	sari := signIn(t, srv, "sari", goodPassword)
	_, body := do(t, with(get(t, srv.URL+"/review?kind=events"), sari))
	at := judgeAddress.FindStringSubmatch(body)[1]
	for _, path := range []string{at, "/logout", "/login", "/read", "/language", "/api/v1/read"} {
		for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://example.org"} {
			req := with(post(t, srv.URL+path, url.Values{"what": {"accepted"}}), sari)
			req.Header.Set(header, value)
			if resp, _ := do(t, req); resp.StatusCode != http.StatusForbidden {
				t.Errorf("%s from %s %s: %d", path, header, value, resp.StatusCode)
			}
		}
	}
	if list, err := a.LatestRulings(t.Context(), 5); err != nil || len(list) != 0 {
		t.Errorf("decided: %+v %v", list, err)
	}
}

// The server stands open on no address that others reach.
func TestBinding(t *testing.T) {
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	a, err := archive.Open(t.TempDir()+"/a.kawat", archive.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for _, c := range []struct{ address, token string }{{"127.0.0.1:0", ""}, {"[::1]:0", ""}, {"0.0.0.0:0", "a-token-of-more-than-twenty-signs"}} {
		s, err := New(Options{Archive: a, Reader: r, Token: c.token})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithTimeout(t.Context(), 5*time.Second)
		if err := s.ListenAndServe(ctx, c.address, func(string) { stop() }); err != nil && !strings.Contains(err.Error(), "assign requested address") {
			t.Errorf("%s: %v", c.address, err)
		}
		stop()
	}
	s, err := New(Options{Archive: a, Reader: r})
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"0.0.0.0:0", ":0"} {
		if err := s.ListenAndServe(t.Context(), address, nil); !errors.Is(err, ErrOpenDoor) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if _, err := New(Options{Archive: a, Reader: r, Token: "short"}); err == nil {
		t.Error("a short token is taken")
	}
}

func TestPasswords(t *testing.T) {
	hash, err := HashPassword(goodPassword)
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatal(hash, err)
	}
	if again, err := HashPassword(goodPassword); err != nil || again == hash {
		t.Error("two hashes of a password are the same", err)
	}
	for password, want := range map[string]bool{goodPassword: true, goodPassword + "x": false, "": false, strings.Repeat("x", 1<<20): false} {
		if got, err := checkPassword(hash, password); err != nil || got != want {
			t.Errorf("%.20q: %v %v", password, got, err)
		}
	}
	for _, bad := range []string{"", "x", "$argon2id$v=19$m=99999999,t=2,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAA", "$argon2i$v=19$m=1,t=1,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=16,t=0,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAA"} {
		if _, err := checkPassword(bad, goodPassword); !errors.Is(err, errHash) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for _, bad := range []string{"", "short", strings.Repeat("x", maxPassword+1)} {
		if _, err := HashPassword(bad); err == nil {
			t.Errorf("%.20q is taken for a password", bad)
		}
	}
}
