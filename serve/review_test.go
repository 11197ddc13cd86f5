package serve

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"kawat/archive"
)

var judgeAddress = regexp.MustCompile(`action="(/review/[0-9a-f]+/\w+)"`)

// A reviewer rejects, corrects, and takes back; the record stays, lists and the
// API say what was decided.
func TestReview(t *testing.T) {
	srv := server(t)
	_, body := do(t, get(t, srv.URL+"/review?kind=events"))
	m := judgeAddress.FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("nothing to judge:\n%s", body)
	}
	at := m[1]
	key := strings.Split(at, "/")[2]
	_, before := do(t, get(t, srv.URL+"/api/v1/stories/"+key))
	resp, _ := do(t, post(t, srv.URL+at, url.Values{"what": {"rejected"}, "note": {"<b>praise</b> only"}, "back": {"/review?kind=events"}}))
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/review?kind=events" {
		t.Errorf("rejecting: %d, back to %s", resp.StatusCode, resp.Header.Get("Location"))
	}
	if _, body := do(t, get(t, srv.URL+"/review?kind=events")); strings.Contains(body, `action="`+at+`"`) {
		t.Error("what was judged is still asked for")
	}
	_, page := do(t, get(t, srv.URL+at))
	if !strings.Contains(page, "&lt;b&gt;praise") || !strings.Contains(page, "desk, <time") {
		t.Errorf("the history does not tell who and why:\n%s", page)
	}
	for name, form := range map[string]url.Values{
		"an unchanged correction": {"what": {"corrected"}},
		"an unknown type":         {"what": {"corrected"}, "type": {"PRAISE"}},
		"an unknown state":        {"what": {"corrected"}, "actor": {"QQQ"}},
		"no decision":             {"what": {"perhaps"}},
		"a date that is none":     {"what": {"corrected"}, "date": {"Tuesday"}},
	} {
		// What the form does not name counts as emptied, so the whole form is sent.
		whole := formOf(page)
		for k, v := range form {
			whole[k] = v
		}
		if resp, body := do(t, post(t, srv.URL+at, whole)); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `role="alert"`) {
			t.Errorf("%s: %d", name, resp.StatusCode)
		}
	}
	form := formOf(page)
	form.Set("what", "corrected")
	form.Set("type", "AID")
	form.Set("actor", "idn, can")
	if resp, body := do(t, post(t, srv.URL+at, form)); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("correcting: %d\n%s", resp.StatusCode, body)
	}
	var p struct {
		Items []struct {
			Story  string
			Fact   struct{ ID, Type string }
			Review *struct {
				What, Who string
				Became    struct {
					Type           string
					ActorCountries []string `json:"actor_countries"`
				}
			}
		}
	}
	getJSON(t, srv.URL+"/api/v1/events?limit=1000", &p)
	found := false
	for _, x := range p.Items {
		if at == "/review/"+x.Story+"/"+x.Fact.ID {
			found = x.Review != nil && x.Review.What == "corrected" && x.Review.Became.Type == "AID" && strings.Join(x.Review.Became.ActorCountries, " ") == "IDN CAN"
		} else if x.Review != nil {
			t.Errorf("%s %s was not judged", x.Story, x.Fact.ID)
		}
	}
	if !found {
		t.Error("the API does not tell the correction")
	}
	if _, after := do(t, get(t, srv.URL+"/api/v1/stories/"+key)); after != before {
		t.Error("the record itself has changed")
	}
	req := post(t, srv.URL+at, url.Values{"what": {"undecided"}})
	req.Header.Set("Accept", "application/json")
	if resp, _ := do(t, req); resp.StatusCode != http.StatusNoContent {
		t.Errorf("taking back: %d", resp.StatusCode)
	}
	if _, body := do(t, get(t, srv.URL+"/review?kind=events")); !strings.Contains(body, `action="`+at+`"`) {
		t.Error("what was taken back is not asked for again")
	}
	for _, path := range []string{"/review/xyz/ev1", "/review/" + strings.Repeat("0", 32) + "/ev1", "/review/" + key + "/ev999"} {
		if resp, _ := do(t, post(t, srv.URL+path, url.Values{"what": {"accepted"}})); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}

// formOf returns what a form of a page would send untouched.
func formOf(page string) url.Values {
	out := url.Values{}
	for _, m := range regexp.MustCompile(`<input name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		out.Set(m[1], m[2])
	}
	for _, m := range regexp.MustCompile(`(?s)<select name="([^"]+)"[^>]*>(.*?)</select>`).FindAllStringSubmatch(page, -1) {
		for _, o := range regexp.MustCompile(`value="([^"]*)" selected`).FindAllStringSubmatch(m[2], -1) {
			out.Add(m[1], o[1])
		}
	}
	return out
}

// Every kind of fact has a form, which changes nothing when it is sent as it is.
func TestCorrectionForms(t *testing.T) {
	srv := server(t)
	for _, l := range lists {
		_, body := do(t, get(t, srv.URL+"/review?kind="+l.Path[1:]))
		m := judgeAddress.FindStringSubmatch(body)
		if m == nil {
			t.Errorf("%s: nothing to judge", l.Path)
			continue
		}
		_, page := do(t, get(t, srv.URL+m[1]))
		form := formOf(page)
		form.Set("what", "corrected")
		if resp, body := do(t, post(t, srv.URL+m[1], form)); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, errUnchanged.Error()) {
			t.Errorf("%s: %d with %v", l.Path, resp.StatusCode, form)
		}
	}
}

// An archive that cannot be written is shown, and nobody is asked to judge.
func TestNoReviewOfWhatCannotBeWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.kawat")
	a, err := archive.Open(path, archive.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
	a, err = archive.Open(path, archive.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Options{Archive: a, Reader: r})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	defer srv.Close()
	if resp, _ := do(t, get(t, srv.URL+"/review")); resp.StatusCode != http.StatusForbidden {
		t.Errorf("review: %d", resp.StatusCode)
	}
	if _, body := do(t, get(t, srv.URL+"/")); strings.Contains(body, `href="/review"`) {
		t.Error("the page leads to the review")
	}
}

// Two keys judge a fact: j goes to it, a accepts it.
func TestReviewByKeys(t *testing.T) {
	srv := server(t)
	ctx := browser(t)
	if err := chromedp.Do(ctx, chromedp.Navigate(srv.URL+"/review?kind=quotations"), chromedp.WaitVisible(chromedp.CSS(".card")),
		chromedp.KeyEvent("j"), chromedp.KeyEvent("a"), chromedp.WaitVisible(chromedp.CSS(".card.accepted")),
		chromedp.KeyEvent("r"), chromedp.WaitVisible(chromedp.CSS(".card.rejected"))); err != nil {
		t.Fatal(err)
	}
	var all struct {
		Items []struct{ Review *struct{ What string } }
	}
	getJSON(t, srv.URL+"/api/v1/quotations?limit=1000", &all)
	got := map[string]int{}
	for _, x := range all.Items {
		if x.Review != nil {
			got[x.Review.What]++
		}
	}
	if got["accepted"] != 1 || got["rejected"] != 1 {
		data, _ := json.Marshal(got)
		t.Errorf("decided: %s", data)
	}
}

// What reviewers decide is in the counts: a rejected event is counted no more, a
// corrected one as it was corrected, and what is taken back as before.
func TestCountsFollowReviewers(t *testing.T) {
	srv := server(t)
	count := func(query string) map[string]int {
		t.Helper()
		var c struct{ Items []archive.Count }
		getJSON(t, srv.URL+"/api/v1/counts?"+query, &c)
		n := map[string]int{}
		for _, x := range c.Items {
			n[x.Type] += x.Reports
			n["all"] += x.Reports
		}
		return n
	}
	dyads := func(query string) []archive.Dyad {
		t.Helper()
		var d struct{ Items []archive.Dyad }
		getJSON(t, srv.URL+"/api/v1/dyads?limit=1000"+query, &d)
		return d.Items
	}
	var p struct {
		Items []struct {
			Story string
			Fact  struct{ ID string }
		}
	}
	getJSON(t, srv.URL+"/api/v1/events?actor=IDN&type=CONSULT&limit=1", &p)
	if len(p.Items) != 1 {
		t.Fatal("no event of Indonesia")
	}
	at := srv.URL + "/review/" + p.Items[0].Story + "/" + p.Items[0].Fact.ID
	all, idn, dyad, before := count(""), count("actor=IDN"), count("actor=NOR&recipient=PER"), dyads("")
	decide := func(form url.Values) {
		t.Helper()
		if resp, body := do(t, post(t, at, form)); resp.StatusCode != http.StatusSeeOther {
			t.Fatalf("%v: %d\n%s", form, resp.StatusCode, body)
		}
	}
	decide(url.Values{"what": {"rejected"}})
	if got := count(""); got["all"] != all["all"]-1 || got["CONSULT"] != all["CONSULT"]-1 {
		t.Errorf("rejected: %v, was %v", got, all)
	}
	if got := count("actor=IDN"); got["CONSULT"] != idn["CONSULT"]-1 {
		t.Errorf("rejected: of Indonesia %v, was %v", got, idn)
	}
	_, page := do(t, get(t, at))
	form := formOf(page)
	for name, value := range map[string]string{"what": "corrected", "type": "AID", "cameo": "070", "actor": "NOR", "recipient": "PER"} {
		form.Set(name, value)
	}
	decide(form)
	if got := count(""); got["all"] != all["all"] || got["AID"] != all["AID"]+1 || got["CONSULT"] != all["CONSULT"]-1 {
		t.Errorf("corrected: %v, was %v", got, all)
	}
	if got := count("actor=NOR&recipient=PER"); got["AID"] != dyad["AID"]+1 {
		t.Errorf("corrected: of the dyad %v, was %v", got, dyad)
	}
	if list := dyads("&actor=NOR"); !slices.ContainsFunc(list, func(d archive.Dyad) bool { return d.Recipient == "PER" && d.Reports == dyad["all"]+1 }) {
		t.Errorf("the dyad is not among %+v", list)
	}
	decide(url.Values{"what": {"undecided"}})
	if got := count(""); got["all"] != all["all"] || got["CONSULT"] != all["CONSULT"] || !slices.Equal(dyads(""), before) {
		t.Errorf("taken back: %v, was %v", got, all)
	}
}
