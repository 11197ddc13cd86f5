package serve

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"kawat"
	"kawat/gold"
)

var updateQuality = flag.Bool("update-quality", false, "measure again, and write quality.tsv and its copy in docs/benchmarks.md")

// By how much the page may claim more, and less, than this version of the coder
// does before the table has to be made anew: it must not promise too much, and a
// rule that is better by one item need not touch it.
const (
	tooMuch   = 0.035
	tooLittle = 0.10
)

// The page about the coding tells what this version does: the table is measured
// here, and docs/benchmarks.md says the same.
func TestQualityIsMeasured(t *testing.T) {
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	var now []figure
	for _, lang := range languages {
		now = append(now, measured(t, r, lang)...)
	}
	if *updateQuality {
		writeQuality(t, now)
		return
	}
	q, err := readQuality(qualityTable)
	if err != nil {
		t.Fatal(err)
	}
	if len(q.Figures) != len(now) {
		t.Fatalf("the table has %d figures, %d are measured", len(q.Figures), len(now))
	}
	for i, f := range q.Figures {
		for _, pair := range [][2]string{{f.Precision, now[i].Precision}, {f.Recall, now[i].Recall}} {
			if f.Lang != now[i].Lang || f.What != now[i].What || stale(t, pair[0], pair[1]) {
				t.Errorf("%s %s: the page says %s, measured is %s; go test ./serve -run Quality -update-quality", f.Lang, f.What, pair[0], pair[1])
			}
		}
	}
	doc, err := os.ReadFile("../docs/benchmarks.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(doc), qualityBlock(q)) {
		t.Errorf("docs/benchmarks.md does not hold the table as it is:\n%s", qualityBlock(q))
	}
}

// stale reports whether a figure is no longer what is measured.
func stale(t *testing.T, says, is string) bool {
	t.Helper()
	if says == "" && is == "" {
		return false
	}
	a, errA := strconv.ParseFloat(says, 64)
	b, errB := strconv.ParseFloat(is, 64)
	if errA != nil || errB != nil {
		t.Fatalf("%q or %q is no figure", says, is)
	}
	return a > b+tooMuch || a < b-tooLittle
}

// measured scores the closed half of a language's gold, which nobody looks at.
func measured(t *testing.T, r *kawat.Reader, lang string) []figure {
	t.Helper()
	f, err := os.Open("../testdata/events/" + lang + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	items, err := gold.ReadEvents(f)
	if err != nil {
		t.Fatal(err)
	}
	score := gold.NewEventScore()
	for i := 0; i < len(items); i += 2 { // the first line is odd, and closed
		score.Add(&items[i], readItem(t, r, &items[i]))
	}
	row := func(what string, x gold.Tally, recall bool) figure {
		out := figure{Lang: lang, What: what, Precision: fmt.Sprintf("%.2f", x.Precision()), Of: strconv.Itoa(score.Items)}
		if recall {
			out.Recall = fmt.Sprintf("%.2f", x.Recall())
		} else {
			out.Of = strconv.Itoa(x.Right + x.False)
		}
		return out
	}
	return []figure{
		row("quality-type", score.Type, true), row("quality-sides", score.Joint, true), row("quality-sure", score.Sure, false),
		row("quality-encounters", score.Encounters, true), row("quality-pledges", score.Pledges, true),
	}
}

func readItem(t *testing.T, r *kawat.Reader, it *gold.EventItem) *gold.Reading {
	t.Helper()
	line, err := json.Marshal(map[string]string{"id": it.ID, "lang": it.Lang, "published": it.Published, "text": it.Text})
	if err != nil {
		t.Fatal(err)
	}
	var out *gold.Reading
	for st, err := range r.Stories("gold.jsonl", bytes.NewReader(append(line, '\n'))) {
		if err == nil {
			err = r.Read(st)
		}
		if err != nil {
			t.Fatal(err)
		}
		rec, err := r.Record(st).AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		if out, err = gold.ParseReading(rec); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// Marks of the table's copy in docs/benchmarks.md.
const (
	qualityBegin = "<!-- measured quality: go test ./serve -run Quality -update-quality -->\n"
	qualityEnd   = "<!-- end of measured quality -->\n"
)

// qualityBlock is the table as docs/benchmarks.md has it.
func qualityBlock(q *quality) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%sMeasured on %s at commit %s by `%s`, on the closed halves of the event gold, which are scored and not read:\n\n", qualityBegin, q.Day, q.Commit, q.Command)
	b.WriteString("| language | what | right | found | of |\n|---|---|---|---|---|\n")
	en := map[string]string{
		"quality-type": "type of event", "quality-sides": "type and both sides", "quality-sure": "events of confidence 0.9 and more",
		"quality-encounters": "encounters", "quality-pledges": "pledges",
	}
	for _, f := range q.Figures {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", f.Lang, en[f.What], f.Precision, f.Recall, f.Of)
	}
	b.WriteString("\n" + qualityEnd)
	return b.String()
}

// writeQuality writes the table and its copy.
func writeQuality(t *testing.T, list []figure) {
	t.Helper()
	commit, err := exec.Command("git", "rev-parse", "--short", "HEAD").Output()
	if err != nil {
		t.Fatal(err)
	}
	q := &quality{Day: time.Now().UTC().Format(time.DateOnly), Commit: strings.TrimSpace(string(commit)), Command: "go test ./serve -run Quality -update-quality", Figures: list}
	var b strings.Builder
	b.WriteString("# How right the coder is on texts that were coded before any program read them: the closed half of testdata/events,\n" +
		"# which nobody looks at. Written by the command of the first row; TestQualityIsMeasured fails where it is out of date.\n")
	fmt.Fprintf(&b, "measured\t%s\t%s\t%s\t\nlang\twhat\tprecision\trecall\tof\n", q.Day, q.Commit, q.Command)
	for _, f := range list {
		b.WriteString(strings.Join([]string{f.Lang, f.What, f.Precision, f.Recall, f.Of}, "\t") + "\n")
	}
	if err := os.WriteFile("quality.tsv", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("../docs/benchmarks.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(doc), qualityBegin)
	_, after, ok2 := strings.Cut(rest, qualityEnd)
	if !ok || !ok2 {
		t.Fatal("docs/benchmarks.md has no place for the table")
	}
	if err := os.WriteFile("../docs/benchmarks.md", []byte(before+qualityBlock(q)+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
