package serve

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// What is asked of a fact's own words, and of its topic, holds of every fact
// that is found, page by page, and leaves none out.
func TestInquiry(t *testing.T) {
	srv := server(t)
	all := func(query string) []factJSON {
		t.Helper()
		var out []factJSON
		for after := ""; ; {
			var p struct {
				Items []factJSON
				Next  string
			}
			getJSON(t, srv.URL+"/api/v1/"+query+"&limit=3&after="+url.QueryEscape(after), &p)
			out = append(out, p.Items...)
			if after = p.Next; after == "" {
				return out
			}
		}
	}
	said, story := all("quotations?said=gencatan"), all("quotations?words=gencatan")
	if len(said) == 0 || len(said) >= len(story) {
		t.Errorf("%d quotations hold the word, of %d in stories that do", len(said), len(story))
	}
	want := 0
	for i := range story {
		if strings.Contains(strings.ToLower(story[i].Words), "gencatan") {
			want++
		}
	}
	if want != len(said) {
		t.Errorf("%d quotations hold the word, %d were found", want, len(said))
	}
	economic := all("events?topic=economic")
	if len(economic) == 0 {
		t.Error("no event is about the economy")
	}
	for i := range economic {
		line, err := json.Marshal(economic[i].Fact)
		if err != nil || !strings.Contains(string(line), `"economic"`) {
			t.Errorf("not about the economy: %s", line)
		}
	}
	if list := all("quotations?topic=military"); len(list) == 0 {
		t.Error("nobody speaks of the military")
	}
	for _, path := range []string{"/api/v1/events?topic=weather", "/api/v1/happenings?said=x"} {
		if resp, _ := do(t, get(t, srv.URL+path)); resp.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
	if resp, _ := do(t, get(t, srv.URL+"/quotations?topic=weather")); resp.StatusCode != http.StatusBadRequest {
		t.Errorf("an unknown topic on a page: %d", resp.StatusCode)
	}
	// Names of states do as well as their codes.
	_, codes := do(t, get(t, srv.URL+"/api/v1/events?actor=IDN&limit=5"))
	for _, name := range []string{"Indonesia", "indonesia"} {
		if _, names := do(t, get(t, srv.URL+"/api/v1/events?actor="+name+"&limit=5")); names != codes || codes == "" {
			t.Errorf("actor=%s finds something else than IDN", name)
		}
	}
}

// Every choice of a filter has a name in both languages.
func TestChoicesHaveNames(t *testing.T) {
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	known, err := newTopics(r.Packs())
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range languages {
		f, err := newFrame(lang, r.Packs())
		if err != nil {
			t.Fatal(err)
		}
		keys := append([]string{}, offices...)
		keys = append(keys, statuses...)
		for _, name := range known.names {
			keys = append(keys, "topic-"+name)
		}
		for _, code := range r.Packs().Codes() {
			keys = append(keys, "lang-"+code)
		}
		for _, l := range lists {
			keys = append(keys, "said-"+l.Key)
		}
		for _, key := range keys {
			if f.ui.Say(key) == key && lang != "en" { // in English some keys are their own names
				t.Errorf("%s: %q has no name", lang, key)
			}
		}
	}
}
