package serve

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kawat/record"
)

func getJSON(t *testing.T, address string, into any) *http.Response {
	t.Helper()
	resp, body := do(t, get(t, address))
	if err := json.Unmarshal([]byte(body), into); err != nil {
		t.Fatalf("%s: %v: %.200s", address, err, body)
	}
	return resp
}

type factsPage struct {
	Items []struct {
		Kind, Words, Story string
		Fact               map[string]any
	}
	Next string
}

// Pages follow one another by their cursors, without a gap or a repetition.
func TestAPIPages(t *testing.T) {
	srv := server(t)
	for _, l := range lists {
		var all factsPage
		getJSON(t, srv.URL+"/api/v1"+l.Path+"?limit=1000", &all)
		if len(all.Items) == 0 || all.Next != "" {
			t.Fatalf("%s: %d facts, next %q", l.Path, len(all.Items), all.Next)
		}
		var got []string
		for after, n := "", 0; n < 200; n++ {
			var p factsPage
			getJSON(t, srv.URL+"/api/v1"+l.Path+"?limit=3&after="+url.QueryEscape(after), &p)
			for _, x := range p.Items {
				got = append(got, x.Story+" "+x.Fact["id"].(string))
			}
			if after = p.Next; after == "" {
				break
			}
		}
		var want []string
		for _, x := range all.Items {
			want = append(want, x.Story+" "+x.Fact["id"].(string))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: pages give %d facts, the whole %d", l.Path, len(got), len(want))
		}
	}
}

func TestAPIAnswers(t *testing.T) {
	srv := server(t)
	var p factsPage
	getJSON(t, srv.URL+"/api/v1/events?dyad=IDN,CAN&type=CONSULT", &p)
	if len(p.Items) == 0 {
		t.Fatal("no meeting of Indonesia and Canada")
	}
	for _, x := range p.Items {
		if x.Fact["type"] != "CONSULT" || x.Words == "" {
			t.Errorf("%+v", x)
		}
	}
	var rec record.Record
	getJSON(t, srv.URL+"/api/v1/stories/"+p.Items[0].Story, &rec)
	if rec.Schema != record.Schema || !strings.Contains(strings.Join(strings.Fields(rec.Story.Text), " "), p.Items[0].Words[:20]) {
		t.Errorf("the story of the event: %+v", rec.Story)
	}
	var people struct{ Items []struct{ Ref, Name string } }
	getJSON(t, srv.URL+"/api/v1/people?name=Wibisono", &people)
	if len(people.Items) == 0 || people.Items[0].Ref != somebody {
		t.Errorf("people: %+v", people)
	}
	var counts struct {
		Items []struct{ Month, Type string }
	}
	getJSON(t, srv.URL+"/api/v1/counts?actor=IDN&recipient=CAN", &counts)
	var dyads struct {
		Items []struct{ Actor, Recipient string }
	}
	getJSON(t, srv.URL+"/api/v1/dyads?limit=5", &dyads)
	if len(counts.Items) == 0 || len(dyads.Items) != 5 {
		t.Errorf("%d counts, %d dyads", len(counts.Items), len(dyads.Items))
	}
}

// What cannot be answered is a problem document (RFC 9457) that says why.
func TestAPIProblems(t *testing.T) {
	srv := server(t)
	for path, want := range map[string]int{
		"/api/v1/events?since=yesterday": 422, "/api/v1/events?limit=0": 422, "/api/v1/events?after=x": 422, "/api/v1/events?dyad=CHN": 422,
		"/api/v1/stories/" + strings.Repeat("0", 32): 404, "/api/v1/stories/" + strings.Repeat("z", 32): 422, "/api/v1/people": 422, "/api/v1/counts?recipient=IDN": 422,
	} {
		var problem struct {
			Status int
			Detail string
		}
		resp := getJSON(t, srv.URL+path, &problem)
		if resp.StatusCode != want || problem.Status != want || problem.Detail == "" || resp.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %+v %s", path, resp.StatusCode, problem, resp.Header.Get("Content-Type"))
		}
	}
}

func TestAPIReads(t *testing.T) {
	srv := server(t)
	body, err := json.Marshal(map[string]string{"text": pasted, "published": "2024-04-10"})
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL+"/api/v1/read", strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, answer := do(t, req)
	var rec record.Record
	if err := json.Unmarshal([]byte(answer), &rec); err != nil || resp.StatusCode != http.StatusOK || len(rec.Events) == 0 || rec.Events[0].Date != "2024-04-09" {
		t.Errorf("%d %v %.300s", resp.StatusCode, err, answer)
	}
}

func TestAPIIsDescribed(t *testing.T) {
	srv := server(t)
	var doc struct {
		OpenAPI string                    `json:"openapi"`
		Paths   map[string]map[string]any `json:"paths"`
	}
	getJSON(t, srv.URL+"/openapi.json", &doc)
	if !strings.HasPrefix(doc.OpenAPI, "3.1") || len(doc.Paths) < len(lists)+5 {
		t.Errorf("OpenAPI %s with %d paths", doc.OpenAPI, len(doc.Paths))
	}
}
