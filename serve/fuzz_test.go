package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"

	"kawat/feed"
)

// FuzzAsk asks pages and API whatever an address can say. The server answers or
// says what is wrong with the question, never fails itself; what is asked does
// not become markup; the answers of the API are JSON, and a next page goes on.
func FuzzAsk(f *testing.F) {
	for _, q := range []string{
		"/events?actor=PER&since=2024&until=2024-05&min-confidence=0.5&limit=2", "/api/v1/events?dyad=IDN,CAN&type=CONSULT&quad=1&cameo=04",
		"/api/v1/quotations?words=%22a+b*%22+OR+-c&said=x&speaker=Silva&limit=1", "/events?min-confidence=NaN&after=1.2", "/api/v1/events?after=9.9x&limit=1001",
		"/search?q=<xss>&words=%27%29%3BDROP", "/person?ref=person:PER/silva", "/country/PER?x=%00", "/dyad/PER/CHL", "/network?since=2024&topic=economic",
		"/api/v1/counts?actor=PER&recipient=CHL", "/api/v1/people?name=%ff%fe&limit=200", "/api/v1/dyads?since=0000", "/happenings?person=<xss>&format=atom",
		"/api/v1/happenings?office=foreign-minister&publisher=a,b&lang=id", "/story/00112233445566778899aabbccddeeff", "/review?type=<xss>", "/map?until=2024-02-30",
		"/events?format=csv&place=Lima", "/messages?format=jsonl&status=planned",
	} {
		f.Add(q)
	}
	r, err := reader()
	if err != nil {
		f.Fatal(err)
	}
	s, err := New(Options{Archive: golden(f), Reader: r, Fetcher: feed.New(feed.Options{})})
	if err != nil {
		f.Fatal(err)
	}
	h := s.Handler()
	var asked atomic.Uint32
	ask := func(target string) *httptest.ResponseRecorder {
		req := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/", nil)
		path, query, _ := strings.Cut(target, "?")
		req.URL.Path, req.URL.RawQuery, req.RequestURI = "/"+strings.TrimPrefix(path, "/"), query, ""
		n := asked.Add(1) // everybody asks once: who asks too often is told to wait
		req.RemoteAddr = fmt.Sprintf("198.18.%d.%d:%d", n>>8&255, n&255, 1+n>>16&0x7fff)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, req)
		return rec
	}
	f.Fuzz(func(t *testing.T, target string) {
		if strings.Contains(target, "/stream") { // never ends
			return
		}
		rec := ask(target)
		body := rec.Body.String()
		if rec.Code >= http.StatusInternalServerError {
			t.Fatalf("status %d: %.300s", rec.Code, body)
		}
		if strings.HasPrefix(rec.Header().Get("Content-Type"), "text/html") && strings.Contains(strings.ToLower(body), "<xss") {
			t.Fatal("the question became markup")
		}
		path, query, _ := strings.Cut(target, "?")
		if strings.HasPrefix(path, "/api/") && rec.Code == http.StatusOK {
			goesOn(t, ask, path, query, body)
		}
		q, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		in, err := s.parseInquiry(t.Context(), q)
		if err != nil {
			return
		}
		again, err := s.parseInquiry(t.Context(), in.query())
		if err != nil || !reflect.DeepEqual(in, again) {
			t.Fatalf("%+v was written as %v and read as %+v: %v", in, in.query(), again, err)
		}
	})
}

// goesOn holds an answer of the API to JSON, and its next page to other facts.
func goesOn(t *testing.T, ask func(string) *httptest.ResponseRecorder, path, query, body string) {
	t.Helper()
	var page struct {
		Items []json.RawMessage
		Next  string
	}
	if !json.Valid([]byte(body)) {
		t.Fatalf("no JSON: %.300s", body)
	}
	if json.Unmarshal([]byte(body), &page) != nil || page.Next == "" || len(page.Items) == 0 {
		return
	}
	q, err := url.ParseQuery(query)
	if err != nil {
		return
	}
	q.Set("after", page.Next)
	rec := ask(path + "?" + q.Encode())
	if rec.Code != http.StatusOK {
		t.Fatalf("the next page: status %d", rec.Code)
	}
	first := string(page.Items[0])
	page.Items = nil
	if err := json.Unmarshal(rec.Body.Bytes(), &page); err != nil {
		t.Fatal(err)
	}
	for _, item := range page.Items {
		if string(item) == first {
			t.Fatal("the next page begins anew")
		}
	}
}
