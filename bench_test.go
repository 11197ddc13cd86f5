package kawat_test

import (
	"bytes"
	"os"
	"testing"

	"kawat"
	"kawat/story"
)

// BenchmarkRead reads the two examples with every stage and makes their
// records.
func BenchmarkRead(b *testing.B) {
	for _, name := range []string{"beijing", "geneva"} {
		b.Run(name, func(b *testing.B) {
			r, err := kawat.New(kawat.Options{})
			if err != nil {
				b.Fatal(err)
			}
			data, err := os.ReadFile("examples/" + name + ".txt")
			if err != nil {
				b.Fatal(err)
			}
			words, stories := 0, 0
			var out []byte
			b.ReportAllocs()
			for b.Loop() {
				for st, err := range r.Stories(name, bytes.NewReader(data)) {
					if err == nil {
						err = r.Read(st)
					}
					if err != nil {
						b.Fatal(err)
					}
					if out, err = r.Record(st).AppendJSON(out[:0]); err != nil {
						b.Fatal(err)
					}
					words += len(st.Words)
					stories++
				}
			}
			b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
			b.ReportMetric(float64(stories)/b.Elapsed().Seconds(), "stories/s")
		})
	}
}

// BenchmarkColdStart makes a Reader and reads one sentence, as a command does.
func BenchmarkColdStart(b *testing.B) {
	for b.Loop() {
		r, err := kawat.New(kawat.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := r.Read(&story.Story{ID: "one", Lang: "id", Text: "Presiden Peru bertemu Presiden Chile di Lima."}); err != nil {
			b.Fatal(err)
		}
	}
}
