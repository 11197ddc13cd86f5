package serve

import (
	"encoding/csv"
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"kawat/feed"
)

func server(t *testing.T) *httptest.Server {
	t.Helper()
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Options{Archive: golden(t), Reader: r, Fetcher: feed.New(feed.Options{})})
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
	if !strings.Contains(body, "· as in “") {
		t.Error("no example of a rule stands beside the facts")
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

// links are all pages that a walk from the first one reaches, at most so many.
const maxWalk = 250

// Every link of every page that a reader can reach answers, in both languages.
func TestWalk(t *testing.T) {
	srv := server(t)
	for _, lang := range languages {
		seen := map[string]bool{"/": true}
		for todo := []string{"/"}; len(todo) > 0 && len(seen) < maxWalk; {
			path := todo[0]
			todo = todo[1:]
			req := get(t, srv.URL+path)
			req.Header.Set("Accept-Language", lang)
			resp, body := do(t, req)
			if resp.StatusCode != http.StatusOK {
				t.Errorf("%s: %d", path, resp.StatusCode)
				continue
			}
			if !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
				continue
			}
			for _, m := range hrefs.FindAllStringSubmatch(body, -1) {
				link := html.UnescapeString(m[1])
				link, _, _ = strings.Cut(link, "#")
				if strings.HasPrefix(link, "?") {
					link = path + link
				}
				if strings.HasPrefix(link, "/") && !strings.HasPrefix(link, "/assets/") && !seen[link] {
					seen[link] = true
					todo = append(todo, link)
				}
			}
		}
		if len(seen) < 100 {
			t.Errorf("%s: the walk found only %d pages", lang, len(seen))
		}
	}
}

var hrefs = regexp.MustCompile(`href="([^"]+)"`)

// A fact on any list leads to its story, where its words are lit.
func TestFactsLeadToTheirWords(t *testing.T) {
	srv := server(t)
	for _, l := range lists {
		_, body := do(t, get(t, srv.URL+l.Path+"?limit=5"))
		m := regexp.MustCompile(`href="(/story/[0-9a-f]+)#(\w+)"`).FindStringSubmatch(body)
		if m == nil {
			t.Errorf("%s shows no fact", l.Path)
			continue
		}
		_, page := do(t, get(t, srv.URL+m[1]))
		if !strings.Contains(page, `id="`+m[2]+`"`) || !strings.Contains(page, m[2]) {
			t.Errorf("%s: the story does not have fact %s", l.Path, m[2])
		}
	}
}

func TestFormats(t *testing.T) {
	srv := server(t)
	for _, l := range lists {
		resp, body := do(t, get(t, srv.URL+l.Path+"?format=csv&limit=3"))
		rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
		if err != nil || len(rows) < 2 || len(rows) > 4 || resp.Header.Get("Content-Type") != "text/csv; charset=utf-8" {
			t.Errorf("%s as CSV: %d rows, %v", l.Path, len(rows), err)
		}
		_, body = do(t, get(t, srv.URL+l.Path+"?format=jsonl&limit=3"))
		for line := range strings.Lines(body) {
			var f factJSON
			if err := json.Unmarshal([]byte(line), &f); err != nil || f.Words == "" || f.Story == "" {
				t.Errorf("%s as JSON Lines: %v: %s", l.Path, err, line)
			}
		}
		_, body = do(t, get(t, srv.URL+l.Path+"?format=atom"))
		feed, err := gofeed.NewParser().ParseString(body)
		if err != nil || len(feed.Items) == 0 || feed.Items[0].Link == "" {
			t.Errorf("%s as Atom: %v", l.Path, err)
		}
	}
}

func TestBadQuestions(t *testing.T) {
	srv := server(t)
	for path, want := range map[string]int{
		"/events?since=yesterday": 400, "/events?dyad=CHN": 400, "/events?min-confidence=x": 400, "/events?after=zzz": 400, "/events?min-confidence=NaN": 400, "/events?after=1.2x": 400,
		"/story/xyz": 404, "/story/" + strings.Repeat("0", 32): 404, "/person?ref=person:XXX/nobody": 404, "/person": 404,
		"/country/QQQ": 404, "/dyad/QQQ/RRR": 404, "/network?since=x": 400, "/map?since=x": 400,
	} {
		resp, body := do(t, get(t, srv.URL+path))
		if resp.StatusCode != want || strings.Contains(body, "goroutine") {
			t.Errorf("%s: %d, want %d", path, resp.StatusCode, want)
		}
	}
}

func TestNamesOfStates(t *testing.T) {
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]map[string]string{
		"en": {"ISR": "Israel", "TCD": "Chad", "USA": "United States", "KOR": "South Korea", "UNO": "United Nations", "QQQ": "QQQ"},
		"id": {"USA": "Amerika Serikat", "KOR": "Korea Selatan", "DEU": "Jerman", "CHN": "China"},
	} {
		f, err := newFrame(lang, r.Packs())
		if err != nil {
			t.Fatal(err)
		}
		for code, name := range want {
			if got := f.names.of(code); got != name {
				t.Errorf("%s: %s is called %q, want %q", lang, code, got, name)
			}
		}
	}
}
