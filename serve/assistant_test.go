package serve

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// An assistant's session over a real client: it finds a meeting, gets the words
// and a citation, reads a story, and is told what is wrong.
func TestAssistant(t *testing.T) {
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Options{Archive: golden(t), Reader: r})
	if err != nil {
		t.Fatal(err)
	}
	ours, theirs := mcp.NewInMemoryTransports()
	go s.Assistant().Run(t.Context(), ours)
	client, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), theirs, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	call := func(tool string, args map[string]any, into any) *mcp.CallToolResult {
		t.Helper()
		res, err := client.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: args})
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(res.StructuredContent)
		if err == nil && into != nil {
			err = json.Unmarshal(data, into)
		}
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	var a assistantAnswer
	call("timeline", map[string]any{"dyad": []string{"IDN", "CAN"}, "type": []string{"CONSULT"}}, &a)
	if len(a.Facts) == 0 || a.Facts[0].Words == "" || a.Facts[0].Citation == "" {
		t.Errorf("timeline: %+v", a)
	}
	call("quotations", map[string]any{"speaker": []string{"Yusuf Hadian"}, "limit": 2}, &a)
	if len(a.Facts) == 0 || len(a.Facts) > 2 {
		t.Errorf("quotations: %+v", a)
	}
	var rec struct {
		Events []struct{ Type string }
	}
	call("read_this", map[string]any{"text": pasted}, &rec)
	if len(rec.Events) == 0 || rec.Events[0].Type != "CONSULT" {
		t.Errorf("read_this: %+v", rec)
	}
	res, err := client.CallTool(t.Context(), &mcp.CallToolParams{Name: "pledges", Arguments: map[string]any{"since": "yesterday"}})
	if err != nil || !res.IsError {
		t.Fatalf("a day that is none: %v %+v", err, res)
	}
	if text, ok := res.Content[0].(*mcp.TextContent); !ok || !strings.Contains(text.Text, "not a date") {
		t.Errorf("the error: %+v", res.Content[0])
	}
}
