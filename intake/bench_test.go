package intake

import (
	"bytes"
	"os"
	"testing"
)

// BenchmarkItems takes the samples of every format apart; bytes are those of
// the sample.
func BenchmarkItems(b *testing.B) {
	entries, err := os.ReadDir(formats)
	if err != nil {
		b.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() == "want.txt" || e.Name()[0] == '.' {
			continue
		}
		data := sample(b, e.Name())
		b.Run(e.Name(), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				for range Items(e.Name(), bytes.NewReader(data)) {
				}
			}
		})
	}
}
