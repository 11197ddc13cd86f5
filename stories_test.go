package kawat_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"kawat"
	"kawat/gold"
	"kawat/story"
)

var updateKnown = flag.Bool("update-known", false, "rewrite testdata/stories/known.txt; reasons are kept")

const knownFile = "testdata/stories/known.txt"

const knownHead = `# Gold facts that are not met yet: story, file and line, the details that are
# wrong ("found": all of it), and why. Tab-separated; see README.md.
`

// TestStories reads every golden story from its bytes to its facts. What is
// missed must be listed in known.txt with a reason, and nothing else may be.
func TestStories(t *testing.T) {
	reader, err := kawat.New(kawat.Options{})
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/stories/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden stories", err)
	}
	known := readKnown(t, knownFile)
	missed := map[string]string{}
	total := map[string]*count{}
	for _, file := range files {
		c := openCase(t, file)
		st := readCase(t, reader, c)
		if st == nil {
			continue
		}
		if err := st.Check(); err != nil {
			t.Errorf("%s: %v", c.Name, err)
		}
		out := c.Compare(st)
		for _, f := range c.Facts {
			tally(total, c.Name[:2]+" "+f.Kind).gold++
		}
		for _, m := range out.Missed {
			missed[c.Name+"\t"+m.Fact.Kind+"\t"+m.Fact.Line] = strings.Join(m.Details, ",")
			tally(total, c.Name[:2]+" "+m.Fact.Kind).missed++
		}
		for kind, n := range out.Extra {
			tally(total, c.Name[:2]+" "+kind).extra += n
		}
	}
	logTotals(t, total)
	if *updateKnown {
		writeKnown(t, knownFile, missed, known)
		return
	}
	holdKnown(t, knownFile, missed, known)
}

// holdKnown holds what is missed and what is listed to each other.
func holdKnown(t *testing.T, file string, missed map[string]string, known map[string]knownFact) {
	t.Helper()
	for key, details := range missed {
		if k, ok := known[key]; !ok {
			t.Errorf("%s\n\tmissed (%s), not in %s", strings.ReplaceAll(key, "\t", " "), details, file)
		} else if k.details != details {
			t.Errorf("%s\n\tmissed (%s), listed with (%s) in %s", strings.ReplaceAll(key, "\t", " "), details, k.details, file)
		}
	}
	for key := range known {
		if _, ok := missed[key]; !ok {
			t.Errorf("%s\n\tis met now or gone: take it out of %s", strings.ReplaceAll(key, "\t", " "), file)
		}
	}
}

type count struct{ gold, missed, extra int }

func tally(m map[string]*count, key string) *count {
	if m[key] == nil {
		m[key] = &count{}
	}
	return m[key]
}

func logTotals(t *testing.T, total map[string]*count) {
	keys := make([]string, 0, len(total))
	for k := range total {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		c := total[k]
		t.Logf("%-16s %3d of %3d wholly met, %d more found", k, c.gold-c.missed, c.gold, c.extra)
	}
}

func openCase(t *testing.T, file string) *gold.Case {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.ToSlash(strings.TrimSuffix(strings.TrimPrefix(file, filepath.FromSlash("testdata/stories/")), ".txtar"))
	c, err := gold.ParseCase(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// readCase reads the story as it would come in a line of JSON.
func readCase(t *testing.T, reader *kawat.Reader, c *gold.Case) *story.Story {
	t.Helper()
	in := map[string]string{"id": c.Name, "text": c.Text}
	for _, field := range []string{"lang", "published", "publisher", "title", "url"} {
		if v := c.Header[field]; v != "" {
			in[field] = v
		}
	}
	line, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	for st, err := range reader.Stories(c.Name+".jsonl", bytes.NewReader(append(line, '\n'))) {
		if err == nil {
			err = reader.Read(st)
		}
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			return nil
		}
		// Gold counts occurrences in the text as written; cleaning may drop
		// bytes of noise, but none of these words.
		if err := c.Fits(st.Text); err != nil {
			t.Error(err)
			return nil
		}
		return st
	}
	t.Errorf("%s: no story came out", c.Name)
	return nil
}

type knownFact struct{ details, reason string }

func readKnown(t *testing.T, file string) map[string]knownFact {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil && !(*updateKnown && os.IsNotExist(err)) {
		t.Fatal(err)
	}
	known := map[string]knownFact{}
	for n, line := range strings.Split(string(data), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 5 || cells[4] == "" {
			t.Fatalf("%s:%d: want story, file, line, details and a reason", file, n+1)
		}
		known[strings.Join(cells[:3], "\t")] = knownFact{cells[3], cells[4]}
	}
	return known
}

func writeKnown(t *testing.T, file string, missed map[string]string, known map[string]knownFact) {
	t.Helper()
	lines := make([]string, 0, len(missed))
	for key, details := range missed {
		reason := known[key].reason
		if reason == "" || known[key].details != details {
			reason = category(strings.Split(key, "\t")[1], strings.Contains(key, "\tsame "), details)
		}
		lines = append(lines, fmt.Sprintf("%s\t%s\t%s\n", key, details, reason))
	}
	slices.Sort(lines)
	if err := os.WriteFile(file, []byte(knownHead+strings.Join(lines, "")), 0o644); err != nil {
		t.Fatal(err)
	}
}

// categories are the reasons that -update-known gives a fact that is newly
// missed, by its file and its first wrong detail. A person makes them finer.
var categories = map[string]string{
	"entities found":          "the name is not found as it is written",
	"entities country":        "the state that the person acts for is not taken from the words",
	"entities office":         "the office is not read from the title",
	"entities kind":           "taken for another kind of entity",
	"same found":              "the pronoun or description stays unresolved",
	"same entity":             "the pronoun or description is resolved to somebody else",
	"encounters found":        "no encounter of these people is found",
	"encounters kind":         "the encounter is found under another kind",
	"encounters participants": "somebody too many takes part",
	"encounters none":         "an encounter is found where none took place",
	"events found":            "no frame reads these words as this type with these sides",
	"events none":             "words of another trade are read as an act between states",
	"events not":              "words that deny it, or of another story, are read as the act",
	"quotations found":        "the reported clause is not found",
	"quotations speaker":      "the speaker is a pronoun or a description that is not resolved, or is another",
	"quotations end":          "the reported clause is cut short or runs on",
	"quotations none":         "words that report nothing are read as a quotation",
	"quotations extra":        "a quotation too many",
	"quotations to":           "the addressee is not found, or is another",
	"quotations behalf":       "the side spoken for is not found, or is another",
	"quotations relay":        "the relay is not found",
	"quotations medium":       "the medium is not told from speech",
	"same nobody":             "words that point to nobody are resolved",
	"quotations kind":         "direct, indirect and mixed are taken for one another",
	"pledges found":           "the promise is not found, or is given to the state and not to who made it",
	"pledges none":            "words of another trade are read as a promise",
	"messages found":          "the message is not found",
	"messages none":           "a message is found where none was carried",
	"references found":        "the reference is not found",
}

func category(kind string, same bool, details string) string {
	if same {
		kind = "same"
	}
	first, _, _ := strings.Cut(details, ",")
	if reason := categories[kind+" "+first]; reason != "" {
		return reason
	}
	return "found, but wrong in: " + strings.ReplaceAll(details, ",", ", ")
}
