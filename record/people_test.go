package record

import (
	"strings"
	"testing"
	"unicode"

	"kawat/story"
)

func words(t *testing.T, lang string) *Words {
	t.Helper()
	w, err := UI(lang)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestInterfaceSpeaksBothLanguages(t *testing.T) {
	en, id := words(t, "en"), words(t, "id")
	if len(en.phrases) != len(id.phrases) || len(en.phrases) < 50 {
		t.Fatalf("%d English and %d Indonesian phrases", len(en.phrases), len(id.phrases))
	}
	for key, s := range id.phrases {
		if s == "" {
			t.Errorf("%s has no Indonesian words", key)
		}
	}
	if _, err := UI("xx"); err == nil {
		t.Error("an unknown language of the interface is accepted")
	}
}

func TestTextTellsTheFacts(t *testing.T) {
	var sb strings.Builder
	if err := Text(&sb, New(meeting(t), Options{}), TextOptions{Words: words(t, "en"), Explain: true}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"PEOPLE", "Xi  ", "CONSULT 040", "CHN (Xi) ↔ RUS (Lavrov)", "2024-04-09", "“Kami siap,”", "test/rule", "0.87", "since 1949"} {
		if !strings.Contains(sb.String(), want) {
			t.Errorf("%q is missing in\n%s", want, sb.String())
		}
	}
	if strings.Contains(sb.String(), "\x1b") {
		t.Error("colour without being asked")
	}
}

// TestWithdrawnCopyIsMarked: who looks at a killed story is told.
func TestWithdrawnCopyIsMarked(t *testing.T) {
	st := meeting(t)
	st.PubStatus = "canceled"
	var text, html strings.Builder
	if err := Text(&text, New(st, Options{}), TextOptions{Words: words(t, "id")}); err != nil {
		t.Fatal(err)
	}
	page, err := NewPage()
	if err != nil {
		t.Fatal(err)
	}
	if err := page.HTML(&html, New(st, Options{}), HTMLOptions{Words: words(t, "en")}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text.String(), "Ditarik penerbitnya") || !strings.Contains(html.String(), "Withdrawn by its publisher") {
		t.Errorf("not marked:\n%s", text.String())
	}
}

func TestTextCannotDriveTheTerminal(t *testing.T) {
	st := meeting(t)
	st.Title = "evil\x1b[2Jtitle\u202e"
	st.Entities[0].Name = "X\x07i\x1b]0;pwned\x07"
	var sb strings.Builder
	if err := Text(&sb, New(st, Options{}), TextOptions{Words: words(t, "id")}); err != nil {
		t.Fatal(err)
	}
	for _, r := range sb.String() {
		if unicode.IsControl(r) && r != '\n' {
			t.Fatalf("control character %U in %q", r, sb.String())
		}
	}
}

func TestHTMLEscapesTheStory(t *testing.T) {
	st := meeting(t)
	st.Title = "<script>alert(1)</script>"
	st.Entities[1].Name = `"><img src=x onerror=alert(1)>`
	page, err := NewPage()
	if err != nil {
		t.Fatal(err)
	}
	var sb strings.Builder
	if err := page.HTML(&sb, New(st, Options{}), HTMLOptions{Words: words(t, "en"), Explain: true}); err != nil {
		t.Fatal(err)
	}
	out := sb.String()
	if strings.Contains(out, "<script>alert") || strings.Contains(out, "<img") {
		t.Error("the story's markup reaches the page")
	}
	if strings.Contains(out, "ZgotmplZ") {
		t.Error("the template refused a value")
	}
	if !strings.Contains(out, `<span data-f="e1 ev1 en1 q1`) && !strings.Contains(out, `data-f="e1`) {
		t.Error("no words are tied to facts")
	}
}

func TestHTMLShowsEveryCharacterOnce(t *testing.T) {
	st := meeting(t)
	r := New(st, Options{})
	h := &sheet{view: newView(r, words(t, "en"))}
	h.collect()
	for i, p := range h.parts() {
		var sb strings.Builder
		for _, s := range p.Segments {
			sb.WriteString(s.Text)
		}
		if want := st.Slice(st.Parts[i].Span); sb.String() != want {
			t.Errorf("part %d shows %q, want %q", i, sb.String(), want)
		}
	}
}

func TestWrapKeepsWords(t *testing.T) {
	long := strings.Repeat("kata ", 50)
	rec := New(&story.Story{ID: "w", Title: long, Lang: "id"}, Options{})
	var sb strings.Builder
	if err := Text(&sb, rec, TextOptions{Words: words(t, "id"), Width: 42}); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(sb.String(), "kata"); got != 50 {
		t.Errorf("%d of 50 words are printed", got)
	}
	for line := range strings.Lines(sb.String()) {
		if len(line) > 43 {
			t.Errorf("line of %d bytes: %q", len(line), line)
		}
	}
}
