package main

import (
	"strings"
	"testing"
)

const evalGold = `{"id":"a","lang":"en","published":"2024-05-15","phenomenon":["visit"],"text":"Peru condemned Chile.","events":[]}
{"id":"b","lang":"en","published":"2024-05-15","phenomenon":["accuse"],"text":"Peru condemned Chile.","events":[{"type":"ACCUSE","mode":"disapprove","cameo":"111","contexts":[],"actors":["PER"],"recipients":["CHL"],"status":"occurred","trigger":"condemned"}]}
`

func TestEvalEvents(t *testing.T) {
	name := write(t, "gold.jsonl", evalGold)
	status, out, errs := invoke("", "eval", "events", name)
	if status != 0 || errs != "" {
		t.Fatalf("status %d: %s", status, errs)
	}
	// The even line is right, the odd one has an event where its gold has none.
	if !strings.Contains(out, "type and sides") || !strings.Contains(out, "1.00 1.00 1.000 (1/0/0)  0.00 0.00 0.000 (0/1/0)") {
		t.Errorf("no halves in\n%s", out)
	}
	// The same from a file of records, of which one is lacking.
	_, rec, _ := invoke(`{"id":"b","lang":"en","text":"Peru condemned Chile."}`, "read", "--format", "jsonl")
	status, out, errs = invoke("", "eval", "events", name, write(t, "records.jsonl", rec))
	if status != 0 || !strings.Contains(out, "silent where nothing happens  1.000 (1 of 1)") {
		t.Errorf("status %d: %s%s", status, errs, out)
	}
}

func TestEvalEventsListsTheOpenHalfOnly(t *testing.T) {
	name := write(t, "gold.jsonl", strings.ReplaceAll(evalGold, "PER", "KEN"))
	status, out, _ := invoke("", "eval", "events", "--misses", name)
	if status != 0 || !strings.Contains(out, "b [accuse]") || strings.Contains(out, "a [visit]") {
		t.Errorf("status %d\n%s", status, out)
	}
}

func TestEvalRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		args   []string
		status int
	}{
		{"no gold", []string{"eval", "events"}, 2},
		{"gold that is not there", []string{"eval", "events", "absent.jsonl"}, 1},
		{"gold that is none", []string{"eval", "events", write(t, "x.jsonl", "once upon a time\n")}, 1},
		{"records that are none", []string{"eval", "events", write(t, "g.jsonl", evalGold), write(t, "y.jsonl", "once\n")}, 1},
	} {
		if status, _, errs := invoke("", c.args...); status != c.status || errs == "" {
			t.Errorf("%s: status %d, %q", c.name, status, errs)
		}
	}
}
