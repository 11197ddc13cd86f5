package kawat_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"kawat"
	"kawat/gold"
)

const speechKnown = "testdata/speech/known.txt"

// speechLangs are the languages that have short stories of speech.
var speechLangs = []string{"id", "en"}

func openSpeech(t *testing.T, lang string) []*gold.Case {
	t.Helper()
	data, err := os.ReadFile("testdata/speech/" + lang + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	cases, err := gold.ParseCases(lang, data)
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

// TestSpeech reads the short stories of speech: one phenomenon each, nearly
// half of them traps. What is missed must be listed, and nothing else may be.
func TestSpeech(t *testing.T) {
	reader, err := kawat.New(kawat.Options{})
	if err != nil {
		t.Fatal(err)
	}
	known, missed := readKnown(t, speechKnown), map[string]string{}
	for _, lang := range speechLangs {
		met, traps := 0, 0
		cases := openSpeech(t, lang)
		for _, c := range cases {
			c.Header["lang"] = lang
			st := readCase(t, reader, c)
			if st == nil {
				continue
			}
			out := c.Compare(st)
			for _, m := range out.Missed {
				missed[c.Name+"\t"+m.Fact.Kind+"\t"+m.Fact.Line] = strings.Join(m.Details, ",")
			}
			told := func(f gold.Fact) bool { return f.Kind == "quotations" && f.Line != "none" }
			if out.Extra["quotations"] > 0 && slices.ContainsFunc(c.Facts, told) {
				missed[c.Name+"\tquotations\tno more"] = "extra"
			}
			if c.Trap() {
				traps++
			}
			if len(out.Missed) == 0 {
				met++
			}
		}
		t.Logf("%s: %d of %d stories wholly met, %d of them traps", lang, met, len(cases), traps)
		if traps*5 < len(cases)*2 {
			t.Errorf("%s: %d traps of %d stories", lang, traps, len(cases))
		}
	}
	if *updateKnown {
		writeKnown(t, speechKnown, missed, known)
		return
	}
	holdKnown(t, speechKnown, missed, known)
}
