package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"kawat/record"
)

// invoke runs the command as a shell would.
func invoke(stdin string, args ...string) (status int, out, errs string) {
	var o, e bytes.Buffer
	status = run(context.Background(), args, strings.NewReader(stdin), &o, &e)
	return status, o.String(), e.String()
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func validator(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(record.SchemaJSON))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("record.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("record.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestExamplesMakeRecords(t *testing.T) {
	schema := validator(t)
	status, out, errs := invoke("", "read", "--format", "jsonl", "../../examples/beijing.txt", "../../examples/geneva.txt")
	if status != 0 || errs != "" {
		t.Fatalf("status %d: %s", status, errs)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d records of two stories", len(lines))
	}
	for i, line := range lines {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Error(err)
		}
		var r record.Record
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		if want := []string{"beijing", "geneva"}[i]; r.Story.ID != want {
			t.Errorf("record %d is of %q, want %q", i, r.Story.ID, want)
		}
		if len(r.Events) == 0 || len(r.Quotations) == 0 || len(r.Entities) == 0 {
			t.Errorf("%s: %d events, %d quotations, %d entities", r.Story.ID, len(r.Events), len(r.Quotations), len(r.Entities))
		}
	}
}

func TestBadInputAmongGood(t *testing.T) {
	good := write(t, "good.txt", "Presiden Peru Ana Silva bertemu Presiden Chile Juan Rojas di Lima.")
	empty := write(t, "empty.txt", "")
	binary := write(t, "picture.png", "\x89PNG\x00\x00")
	cut := write(t, "cut.jsonl", `{"id":"a","lang":"id","text":"Peru mengecam Chile."}`+"\n"+`{"id":"b","te`)
	french := write(t, "french.txt", "Le président du Pérou a condamné la décision du Chili, mais il a dit que les deux pays ne sont pas en guerre.")
	status, out, errs := invoke("", "read", "--format", "jsonl", empty, "missing.txt", binary, cut, french, t.TempDir(), good)
	if status != 1 {
		t.Errorf("status %d, want 1", status)
	}
	if n := strings.Count(out, "\n"); n != 2 {
		t.Errorf("%d records of two good stories", n)
	}
	for _, want := range []string{"empty.txt: is empty", "missing.txt", "picture.png: is binary", "cut.jsonl:2:", "not supported yet: fr", "the folder holds no file"} {
		if !strings.Contains(errs, want) {
			t.Errorf("standard error does not say %q:\n%s", want, errs)
		}
	}
	if strings.Contains(out, "kawat:") {
		t.Error("a diagnostic is in the data")
	}
}

func TestOneSentenceFromStandardInput(t *testing.T) {
	status, out, errs := invoke("Peru on Tuesday condemned Chile over the raid.", "read", "--format", "jsonl", "--date", "2024-04-10", "-")
	if status != 0 || !strings.Contains(out, `"ACCUSE"`) || !strings.Contains(out, `"2024-04-09"`) {
		t.Errorf("status %d: %s\n%s", status, errs, out)
	}
}

func TestMisuse(t *testing.T) {
	for _, args := range [][]string{
		{"read", "--format", "xml", "-"},
		{"read", "--min-confidence", "2", "-"},
		{"read", "--date", "yesterday", "-"},
		{"read", "--lang", "xx", "-"},
		{"read", "--nonsense"},
		{"fly"},
		{"parse", "--lang", "xx"},
		{"train"},
	} {
		if status, _, errs := invoke("Satu.", args...); status != 2 || errs == "" {
			t.Errorf("%v: status %d, %q", args, status, errs)
		}
	}
}

func TestForms(t *testing.T) {
	for format, want := range map[string]string{"text": "WHAT HAPPENED", "html": "<!doctype html>", "json": "{\n  \"schema\""} {
		status, out, errs := invoke("", "read", "--format", format, "--ui", "en", "--explain", "../../examples/beijing.txt")
		if status != 0 || !strings.Contains(out, want) {
			t.Errorf("%s: status %d, %s; %.200s", format, status, errs, out)
		}
	}
	if _, out, _ := invoke("", "read", "--format", "text", "--ui", "id", "../../examples/beijing.txt"); !strings.Contains(out, "YANG TERJADI") {
		t.Errorf("the page does not speak Indonesian: %.200s", out)
	}
}

func TestSameBytesAgain(t *testing.T) {
	_, a, _ := invoke("", "read", "--format", "jsonl", "../../examples/beijing.txt", "../../examples/geneva.txt", "../../examples/beijing.txt")
	_, b, _ := invoke("", "read", "--format", "jsonl", "../../examples/beijing.txt", "../../examples/geneva.txt", "../../examples/beijing.txt")
	if a != b {
		t.Error("two runs over the same stories differ")
	}
}

func TestParseKeepsWordsOfATreebank(t *testing.T) {
	in := "1\tPeru\t_\tX\t_\t_\t0\tdep\t_\t_\n2\tmengecam\t_\tX\t_\t_\t1\tdep\t_\t_\n3\tChile\t_\tX\t_\t_\t1\tdep\t_\t_\n\n"
	status, out, errs := invoke(in, "parse", "--lang", "id", "--input", "conllu")
	if status != 0 || !strings.Contains(out, "2\tmengecam\t") || !strings.Contains(out, "VERB") || !strings.Contains(out, "root") {
		t.Errorf("status %d %s\n%s", status, errs, out)
	}
}

func TestVersionNamesLicences(t *testing.T) {
	status, out, _ := invoke("", "version", "--licences")
	if status != 0 || !strings.Contains(out, "CC BY-SA 4.0") || !strings.Contains(out, "UD_Indonesian-CSUI") {
		t.Errorf("status %d\n%s", status, out)
	}
}
