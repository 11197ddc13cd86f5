package serve

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kawat/archive"
)

// twoPapers makes a desk, of which everybody may decide, over one meeting told
// by two papers in two languages.
func twoPapers(t *testing.T) (*archive.Archive, *httptest.Server) {
	t.Helper()
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	a, err := archive.Open(filepath.Join(t.TempDir(), "two.kawat"), archive.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	lines := `{"id":"a","publisher":"ANTARA","published":"2025-02-06","text":"Jakarta (ANTARA) - Menteri Luar Negeri Indonesia Arif Pranoto bertemu dengan Menteri Luar Negeri Norwegia Ingrid Solberg di Jakarta, Kamis (6/2)."}
{"id":"b","publisher":"NTB","published":"2025-02-06","text":"JAKARTA, Feb 6 (NTB) - Norwegian Foreign Minister Ingrid Solberg met Indonesian Foreign Minister Arif Pranoto in Jakarta on Thursday. President Rahmat Wibisono of Indonesia will visit Oslo in June."}
`
	if err := a.Update(t.Context(), func(b *archive.Batch) error { return putLines(a, b, r, "two", []byte(lines)) }); err != nil {
		t.Fatal(err)
	}
	s, err := New(Options{Archive: a, Reader: r, Write: a.Update})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	return a, srv
}

var (
	happeningAddress = regexp.MustCompile(`/happening/[0-9a-f]+/\w+`)
	mergeAddress     = regexp.MustCompile(`/happening/[0-9a-f]+/\w+/merge`)
)

// One meeting told by two papers in two languages is one happening, whose page
// shows both, whom only one of them names and whom the other leaves out.
func TestHappeningSideBySide(t *testing.T) {
	_, srv := twoPapers(t)
	_, body := do(t, get(t, srv.URL+"/happenings?type=CONSULT"))
	links := happeningAddress.FindAllString(body, -1)
	if len(links) == 0 || strings.Count(body, `data-item`) != 1 {
		t.Fatalf("happenings:\n%s", body)
	}
	_, page := do(t, get(t, srv.URL+links[0]))
	for _, want := range []string{"bertemu dengan", "met Indonesian", "Only this story names", "Not named here", "Rahmat Wibisono", "ANTARA", "NTB", "2 stories"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for format, want := range map[string]string{"csv": "ANTARA; NTB", "jsonl": `"publishers":["ANTARA","NTB"]`, "atom": "urn:kawat:hap:"} {
		if _, body := do(t, get(t, srv.URL+"/happenings?type=CONSULT&format="+format)); !strings.Contains(body, want) {
			t.Errorf("as %s:\n%s", format, body)
		}
	}
	var p struct{ Items []happeningJSON }
	getJSON(t, srv.URL+"/api/v1/happenings?type=CONSULT", &p)
	if len(p.Items) != 1 || len(p.Items[0].Events) != 2 || p.Items[0].Words == "" {
		t.Fatalf("the API tells %+v", p)
	}
	var one happeningJSON
	getJSON(t, srv.URL+"/api/v1/happenings"+strings.TrimPrefix(links[0], "/happening"), &one)
	if one.ID != p.Items[0].ID {
		t.Errorf("by its report it is %q, in the list %q", one.ID, p.Items[0].ID)
	}
}

// A reviewer takes a report out, sees what may be the same, unites it again, and
// takes decisions back; who decided is kept.
func TestMergesAreDecided(t *testing.T) {
	a, srv := twoPapers(t)
	happenings := func() int {
		t.Helper()
		_, body := do(t, get(t, srv.URL+"/happenings?type=CONSULT"))
		return strings.Count(body, `data-item`)
	}
	ask := func(path string, form url.Values, want int) {
		t.Helper()
		if resp, body := do(t, post(t, srv.URL+path, form)); resp.StatusCode != want {
			t.Fatalf("%s %v: %d, want %d\n%s", path, form, resp.StatusCode, want, body)
		}
	}
	_, body := do(t, get(t, srv.URL+"/review?kind=merges"))
	apart := mergeAddress.FindString(body)
	if apart == "" {
		t.Fatalf("no merge to judge:\n%s", body)
	}
	page := strings.TrimSuffix(apart, "/merge")
	ask(apart, url.Values{"what": {"perhaps"}}, http.StatusUnprocessableEntity)
	ask(apart, url.Values{"what": {"rejected"}}, http.StatusSeeOther)
	if n := happenings(); n != 2 {
		t.Fatalf("taken apart there are %d happenings", n)
	}
	ask(apart, url.Values{"what": {"rejected"}}, http.StatusUnprocessableEntity) // it stands alone now
	if list, err := a.Verdicts(t.Context()); err != nil || len(list) != 1 || list[0].Who != "desk" {
		t.Errorf("kept: %+v %v", list, err)
	}
	_, body = do(t, get(t, srv.URL+page))
	near := regexp.MustCompile(`name="with" value="(/happening/[0-9a-f]+/\w+)"`).FindStringSubmatch(body)
	if near == nil || !strings.Contains(body, "taken out") {
		t.Fatalf("the page offers no happening to unite, or does not tell the decision:\n%s", body)
	}
	for _, with := range []string{"", "https://example.org/", "/story/xyz#ev1", page, "%zz"} {
		ask(page+"/unite", url.Values{"with": {with}}, http.StatusUnprocessableEntity)
	}
	ask(page+"/unite", url.Values{"with": {srv.URL + near[1]}}, http.StatusSeeOther)
	if n := happenings(); n != 1 {
		t.Fatalf("united there are %d happenings", n)
	}
	list, err := a.Verdicts(t.Context())
	if err != nil || len(list) != 2 {
		t.Fatalf("kept: %+v %v", list, err)
	}
	ask(page+"/recant", url.Values{"verdict": {"x"}}, http.StatusUnprocessableEntity)
	_, body = do(t, get(t, srv.URL+page))
	ids := regexp.MustCompile(`name="verdict" value="(\d+)"`).FindAllStringSubmatch(body, -1)
	for _, m := range ids {
		ask(page+"/recant", url.Values{"verdict": {m[1]}}, http.StatusSeeOther)
	}
	if list, err := a.Verdicts(t.Context()); err != nil || len(list) != 0 || len(ids) != 2 {
		t.Errorf("after all was taken back: %+v %v", list, err)
	}
	if n := happenings(); n != 1 {
		t.Errorf("left to the program there are %d happenings", n)
	}
}
