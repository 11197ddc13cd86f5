package gold

import (
	"encoding/json"
	"strings"
	"testing"
)

const judgedRecord = `{"story":{"id":"s","lang":"en","published":"2024-04-10","title":"Two  meet","text":"Ana Silva of Peru met Li Wen in Lima on Tuesday.\n\nSilva said Peru would buy nothing from anybody at all this year."},
"entities":[{"id":"e1","name":"Ana Silva","mentions":[{"start":0,"end":9},{"start":50,"end":55}]},{"id":"e2","name":"Li Wen","mentions":[{"start":22,"end":28}]}]}`

// What was judged becomes gold that a reader of the format takes, with words
// that are in the text.
func TestCaseOf(t *testing.T) {
	judged := []Judged{
		{Kind: "event", Was: json.RawMessage(`{"type":"CONSULT","cameo":"040","symmetric":true,"actor_countries":["PER"],"recipient_countries":["CHN"],"status":"occurred","date":"2024-04-09","place":{"country":"PER"},"trigger":{"start":18,"end":21}}`), Right: true},
		{Kind: "event", Was: json.RawMessage(`{"type":"AID","cameo":"070","actor_countries":["PER"],"recipient_countries":[],"status":"planned","trigger":{"start":72,"end":75}}`)},
		{Kind: "quotation", Was: json.RawMessage(`{"kind":"indirect","speaker":"e2","content":[{"start":61,"end":113}]}`), Became: json.RawMessage(`{"kind":"indirect","speaker":"e1","content":[{"start":61,"end":113}]}`)},
		{Kind: "pledge", Was: json.RawMessage(`{"act":"will","by":["e1"],"to":[],"content":{"start":66,"end":113}}`), Right: true},
		{Kind: "message", Was: json.RawMessage(`{"kind":"letter","status":"occurred","from":"e1","to":"e2"}`)},
		{Kind: "event", Was: json.RawMessage(`{"type":"AID","status":"planned","trigger":{"start":73,"end":75}}`), Right: true}, // "ld" of "would"
	}
	data, left, err := CaseOf("s", []byte(judgedRecord), judged)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"CONSULT PER = CHN occurred cameo=040 date=2024-04-09 place=PER words=\"met\"",
		"not AID PER > - planned",
		"indirect \"Ana Silva\" \"Peru would buy nothing from anybody\" \"from anybody at all this year\"\nnot indirect \"Li Wen\"",
		"will \"Ana Silva\" > - \"would buy nothing from anybody at\"",
		"not letter occurred \"Ana Silva\" > - > \"Li Wen\"",
		"title: Two meet\n",
	} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the gold lacks %q:\n%s", want, data)
		}
	}
	if len(left) != 1 {
		t.Errorf("left out: %q", left)
	}
	c, err := ParseCase("s", data)
	if err != nil || len(c.Facts) != 6 {
		t.Fatalf("%d facts, %v", len(c.Facts), err)
	}
	if _, _, err := CaseOf("s", []byte(judgedRecord), nil); err == nil {
		t.Error("a story of which nothing was judged is gold")
	}
	hostile := strings.Replace(judgedRecord, `\n\n`, `\n-- events --\n`, 1)
	if _, _, err := CaseOf("s", []byte(hostile), judged[:1]); err == nil {
		t.Error("a text whose line is the head of a file is gold")
	}
}
