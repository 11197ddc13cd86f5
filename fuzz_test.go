package kawat_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kawat"
	"kawat/gold"
	"kawat/story"
)

// FuzzRead reads any text as a story of any supported language: no stage may
// fail, and what it finds must hold together.
func FuzzRead(f *testing.F) {
	r, err := kawat.New(kawat.Options{})
	if err != nil {
		f.Fatal(err)
	}
	files, err := filepath.Glob("testdata/stories/*/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	langs := r.Packs().Codes()
	for _, code := range langs {
		// A language is loaded here: the engine gives one input ten seconds by the
		// clock, which a busy machine may need for that alone.
		if err := r.Read(&story.Story{ID: "first", Lang: code, Text: "Silva tiba."}); err != nil {
			f.Fatal(err)
		}
	}
	for i, file := range files {
		if i%4 != 0 { // as many as are read in a few seconds, instrumented; TestSpansHoldTheirWords reads all
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		c, err := gold.ParseCase(file, data)
		if err != nil {
			f.Fatal(err)
		}
		for i := range langs {
			f.Add(uint8(i), c.Text)
			// The same words in another order, and broken marks.
			words := strings.Fields(c.Text)
			for k := range words {
				j := (k * 7) % len(words)
				words[k], words[j] = words[j], words[k]
			}
			f.Add(uint8(i), strings.Join(words, " "))
		}
	}
	for _, text := range []string{"Told she.", "Said.", "\"", "\" said", "kata", "menurut", ", katanya", "According to", "reportedly told on Sunday."} {
		for i := range langs {
			f.Add(uint8(i), text)
		}
	}
	f.Fuzz(func(t *testing.T, lang uint8, text string) {
		if len(text) > 4000 {
			return
		}
		st := &story.Story{ID: "fuzz", Lang: langs[int(lang)%len(langs)], Text: strings.ToValidUTF8(text, "")}
		if strings.TrimSpace(st.Text) == "" {
			return
		}
		if err := r.Read(st); err != nil {
			t.Fatal(err)
		}
		if err := st.Check(); err != nil {
			t.Fatal(err)
		}
		wordsHold(t, st, r.Record(st))
	})
}
