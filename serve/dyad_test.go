package serve

import (
	"strings"
	"testing"
)

// Two charts beside each other have one axis of time.
func TestSpread(t *testing.T) {
	labels := func(months []month) string {
		var out []string
		for i := range months {
			out = append(out, months[i].Label)
		}
		return strings.Join(out, " ")
	}
	a := []month{{Label: "2024-11"}, {Label: "2024-12"}}
	b := []month{{Label: "2024-09"}, {Label: "2024-10"}}
	const all = "2024-09 2024-10 2024-11 2024-12"
	if got := labels(spread(a, b)); got != all {
		t.Error(got)
	}
	if got := labels(spread(b, a)); got != all {
		t.Error(got)
	}
	if got := labels(spread(a, nil)); got != "2024-11 2024-12" || spread(nil, a) != nil {
		t.Error(got)
	}
}

func TestDyadsCompared(t *testing.T) {
	srv := server(t)
	_, body := do(t, get(t, srv.URL+"/dyad/IDN/CAN?with=nor,idn"))
	if strings.Count(body, `<svg class="chart`) != 2 || !strings.Contains(body, "/dyad/NOR/IDN") {
		t.Errorf("the page:\n%s", body)
	}
	if _, body := do(t, get(t, srv.URL+"/dyad/IDN/CAN?with=qqq,<b>")); strings.Count(body, `<svg class="chart`) != 1 || strings.Contains(body, "<b>\"") {
		t.Errorf("a dyad that is none:\n%s", body)
	}
}

// What came in since the last visit is told, and what readers want the page to
// be about is remembered.
func TestTodayOfAReader(t *testing.T) {
	srv := server(t)
	resp, body := do(t, get(t, srv.URL+"/?of=idn,qqq"))
	cookies := resp.Cookies()
	if len(cookies) != 2 || strings.Contains(body, "New since") {
		t.Fatalf("cookies %v", cookies)
	}
	req := get(t, srv.URL+"/")
	for _, c := range cookies {
		if c.Name == visitCookie {
			c.Value = "2020-01-01T00:00:00Z"
		}
		req.AddCookie(c)
	}
	_, body = do(t, req)
	if !strings.Contains(body, "New since your last visit") || !strings.Contains(body, `value="IDN"`) || !strings.Contains(body, "/happenings?actor=IDN") {
		t.Errorf("the page:\n%s", body)
	}
	resp, _ = do(t, get(t, srv.URL+"/?of="))
	for _, c := range resp.Cookies() {
		if c.Name == filterCookie && c.MaxAge >= 0 {
			t.Errorf("cleared: %+v", c)
		}
	}
}
