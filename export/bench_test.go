package export

import (
	"context"
	"io"
	"iter"
	"testing"

	"kawat/record"
)

// BenchmarkWrite writes the records of a few stories again and again.
func BenchmarkWrite(b *testing.B) {
	rs := records(b)
	x := exporter(b)
	for _, f := range Formats() {
		b.Run(string(f), func(b *testing.B) {
			b.ReportAllocs()
			src := Stream(repeatedly(rs, b.N))
			if err := x.Write(context.Background(), io.Discard, src, Options{Format: f}); err != nil {
				b.Fatal(err)
			}
		})
	}
}

func repeatedly(rs []*record.Record, n int) iter.Seq2[*record.Record, error] {
	return func(yield func(*record.Record, error) bool) {
		for i := range n {
			if !yield(rs[i%len(rs)], nil) {
				return
			}
		}
	}
}
