package serve

import (
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kawat/archive"
)

// The ledger of pledges tells what became of them: aid that was promised in May
// and sent in June, though no story says that it is the same.
func TestPledgesTellWhatBecame(t *testing.T) {
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	a, err := archive.Open(filepath.Join(t.TempDir(), "pledge.kawat"), archive.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	lines := `{"id":"a","publisher":"NTB","published":"2025-05-13","text":"OSLO (NTB) - Norway will send 300 tents to Peru in June, Norwegian Foreign Minister Ingrid Solberg said on Tuesday."}
{"id":"b","publisher":"NTB","published":"2025-06-11","text":"OSLO (NTB) - Norway sent 300 tents to Peru on Wednesday."}
`
	if err := a.Update(t.Context(), func(b *archive.Batch) error { return putLines(a, b, r, "pledge", []byte(lines)) }); err != nil {
		t.Fatal(err)
	}
	s, err := New(Options{Archive: a, Reader: r})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	defer srv.Close()
	_, body := do(t, get(t, srv.URL+"/pledges"))
	m := regexp.MustCompile(`(?s)class="foot became">What became of it \(perhaps\): <a href="(/happening/[^"]+)"><span class="status (\w+)">`).FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("the ledger does not tell what became:\n%s", body[strings.Index(body, `<ol class="rows"`):])
	}
	if m[2] != "occurred" {
		_, page := do(t, get(t, srv.URL+m[1]))
		t.Errorf("it became %q\n%s", m[2], page[strings.Index(page, "<h1>"):])
	}
}
