package main

import (
	"context"
	"iter"

	"kawat/archive"
	"kawat/export"
)

// archived is an archive as the source of an export.
type archived struct{ a *archive.Archive }

func (s archived) Reports(ctx context.Context) iter.Seq2[*export.Report, error] {
	return func(yield func(*export.Report, error) bool) {
		for r, err := range s.a.Reports(ctx, archive.Filter{}) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(&export.Report{Record: r.Record}, nil) {
				return
			}
		}
	}
}

func (s archived) Happenings(context.Context) iter.Seq2[*export.Happening, error] { return nil }
