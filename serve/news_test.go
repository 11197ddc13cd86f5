package serve

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kawat/archive"
)

// wires is half a year of copy: two ministers who meet every month, two leaders
// who meet for the first time in June, and five papers in June, and one story in
// March, in which China accuses Japan.
func wires() []map[string]string {
	var out []map[string]string
	add := func(day, text string) {
		out = append(out, map[string]string{"id": fmt.Sprintf("s%d", len(out)), "publisher": "NTB", "published": day, "text": text})
	}
	for _, m := range []struct{ day, place, name string }{
		{"2025-01-14", "JAKARTA", "Jakarta"},
		{"2025-02-11", "OSLO", "Oslo"},
		{"2025-03-11", "JAKARTA", "Jakarta"},
		{"2025-04-15", "OSLO", "Oslo"},
		{"2025-05-13", "JAKARTA", "Jakarta"},
		{"2025-06-10", "OSLO", "Oslo"},
	} {
		add(m.day, m.place+" (NTB) - Norwegian Foreign Minister Ingrid Solberg met Indonesian Foreign Minister Arif Pranoto in "+m.name+" on Tuesday.")
	}
	add("2025-06-11", "TOKYO (NTB) - Japanese Prime Minister Haruto Mori met Peruvian President Ana Silva in Tokyo on Wednesday.")
	add("2025-03-03", "BEIJING (NTB) - China accused Japan of dumping cheap steel on its markets on Monday.")
	for i, what := range []string{"of sending patrol boats into its waters", "of spying on a naval drill", "of breaking a fishing agreement", "of hiding test results", "of jamming the radio of a survey ship"} {
		add(fmt.Sprintf("2025-06-%02d", 2+i), "BEIJING (NTB) - China accused Japan "+what+".")
	}
	return out
}

// Today tells who meets for the first time, and not who met before, and which
// dyads are reported on far more than in the months before.
func TestTodayTellsWhatIsNotable(t *testing.T) {
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	a, err := archive.Open(filepath.Join(t.TempDir(), "wires.kawat"), archive.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	var lines []byte
	for _, st := range wires() {
		line, err := json.Marshal(st)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(append(lines, line...), '\n')
	}
	if err := a.Update(t.Context(), func(b *archive.Batch) error { return putLines(a, b, r, "wires", lines) }); err != nil {
		t.Fatal(err)
	}
	s, err := New(Options{Archive: a, Reader: r})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	defer srv.Close()
	for lang, want := range map[string]struct{ first, spike, china, japan string }{
		"en": {"They meet for the first time", "Much more than before", "China", "Japan"},
		"id": {"Bertemu untuk pertama kali", "Jauh lebih banyak dari sebelumnya", "China", "Jepang"},
	} {
		req := get(t, srv.URL+"/")
		req.Header.Set("Accept-Language", lang)
		_, body := do(t, req)
		first := regexp.MustCompile(`(?s)aria-label="` + want.first + `".*?</section>`).FindString(body)
		if !strings.Contains(first, "Haruto Mori") || !strings.Contains(first, "Ana Silva") {
			t.Errorf("%s: the first encounter is not told:\n%s", lang, first)
		}
		if strings.Contains(first, "Solberg") {
			t.Errorf("%s: who met before is told to meet for the first time", lang)
		}
		spikes := regexp.MustCompile(`(?s)` + want.spike + `</h2>.*?</ul>`).FindString(body)
		if !strings.Contains(spikes, want.china+" → "+want.japan) || !strings.Contains(spikes, "<b>5</b>") || strings.Count(spikes, "<li>") != 1 {
			t.Errorf("%s: spikes:\n%s", lang, spikes)
		}
	}
}
